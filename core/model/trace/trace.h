/* trace: what happened, step by step, and why. Every view (page, command, tests) reads it and adds nothing.
 *
 * A trace only grows. Stepping back is reading an earlier row. */
#ifndef BELL_TRACE_H
#define BELL_TRACE_H

#include "promise/promise.h"
#include "scenario/scenario.h"

/* Where an event waited before its step. */
typedef enum bell_queue {
  BELL_QUEUE_NONE, /* lesson 4: no queue, sockets alone */
  BELL_QUEUE_MICROTASK,
  BELL_QUEUE_TASK,
  BELL_QUEUE_FRAME,  /* callbacks that run before a frame is drawn */
  BELL_QUEUE_MAIN,   /* Node's: the main script, */
  BELL_QUEUE_TICK,   /* the tick queue, */
  BELL_QUEUE_TIMERS, /* and its phases */
  BELL_QUEUE_POLL,
  BELL_QUEUE_CHECK,
  BELL_QUEUE_STARVED, /* the last row of a run that was stopped: the event waited, and would never get its turn */
  BELL_QUEUE_STOPPED, /* the same, where nobody starves: the event would come next */
  BELL_QUEUE_ENDED,   /* the last row where Node ends the process, for nobody handles a rejection: the event would have
                         come next; if nothing would have, it is the last that ran */
  BELL_QUEUES
} bell_queue;

/* Why this event, and not another, was the next one. `other` is the event that had to wait, BELL_NONE if nobody had. */
typedef enum bell_reason {
  BELL_REASON_TURN,             /* blocking: its socket is next in the list; `other` has been ready longest */
  BELL_REASON_ONLY_READY,       /* readiness: nothing else was ready */
  BELL_REASON_READY_LONGEST,    /* readiness: `other` became ready later */
  BELL_REASON_READY_TIE,        /* readiness: `other` became ready at the same time and stands later in the file */
  BELL_REASON_MICROTASK_FIRST,  /* microtasks go before tasks; `other` is the oldest task, or a frame's next callback */
  BELL_REASON_MICROTASK_OLDEST, /* no task was waiting; `other` is the next microtask */
  BELL_REASON_MICROTASK_ONLY,   /* nothing else was queued */
  BELL_REASON_TASK_OLDEST,      /* no microtask was left; `other` is the next task, which became ready later */
  BELL_REASON_TASK_TIE,         /* no microtask was left; `other`, the next task, was ready at the same time */
  BELL_REASON_TASK_ONLY,        /* nothing else was queued */
  BELL_REASON_ROUND,            /* busy-poll: the round came to its socket */
  BELL_REASON_ANSWER_FIRST,     /* a wait answered with this one first; `other` came with it, behind it */
  BELL_REASON_ANSWER_NEXT,      /* it came with the same answer as the step before; `other` is behind it */
  BELL_REASON_DRAIN,            /* epoll-et: its socket is read until a read would block */
  BELL_REASON_THREAD,           /* threads: its socket's own thread, and a core was free, or the thread's still */
  BELL_REASON_CORE,             /* threads: it waited for a core */
  BELL_REASON_SLICE,            /* threads: the thread of `other` had had its slice of a core, and made room */
  BELL_REASON_SPINS,            /* the run goes on for ever: see multiplexer/closing.h */
  BELL_REASON_MAIN,             /* Node: the main script */
  BELL_REASON_TICK,             /* Node: `other` is the oldest microtask; if there is none, the next tick */
  BELL_REASON_MICROTASK,        /* Node: no tick was left; `other` is a tick that was queued since the microtasks began;
                                   if there is none, the next microtask */
  BELL_REASON_TIMERS,           /* Node, timers phase: it is due; `other` is the next that is */
  BELL_REASON_TIMERS_LIST, /* the same, but `other` was due earlier: it has another delay, and lies in another list */
  BELL_REASON_POLL,        /* Node, poll phase: it is ready; `other` is the next that poll found */
  BELL_REASON_CHECK,       /* Node, check phase: an immediate; `other` is a timer that is due; if there is none, the
                                   next immediate */
  BELL_REASON_FRAME,       /* the first callback of a frame; `other` is the next, or else the oldest task */
  BELL_REASON_FRAME_NEXT,  /* one more of the same frame; `other` as well */
  BELL_REASON_STARVED,     /* it never gets its turn; `other`, already handled, is the last of what goes on forever;
                              blocking: the thread sleeps for good, and `other` is nobody */
  BELL_REASON_STOPPED,     /* it would come next; `other` as well */
  BELL_REASON_ENDED,       /* it would have come next; `other` is the last that ran */
  BELL_REASON_ENDED_THREW, /* the same, where that one threw, and nobody caught it */
  BELL_REASON_ENDED_EXIT,  /* or called process.exit */
  BELL_REASON_BEFORE_EXIT, /* Node: nothing was to come, which is told as beforeExit; */
  BELL_REASON_EXIT,        /* and that the process ends, as exit */
  BELL_REASON_REJECTIONS,  /* and, when ticks and microtasks are done, what became of rejections */
  BELL_REASON_THROWN,      /* and, at once, that a callback threw and nobody caught it */
  BELL_REASON_LISTENER,    /* browser: the next listener of an event; */
  BELL_REASON_SETTLES,     /* and, after a task's microtasks, the settling of its promise */
  BELL_REASON_TIMEOUT,     /* a wait's timeout has passed, or the time that the housekeeping was due at; from here on:
                              what the small modules have not, see multiplexer/early.h */
  BELL_REASON_SIGNAL,      /* a signal ended the wait */
  BELL_REASON_FLAG,        /* a signal had come before, which nobody had noticed */
  BELL_REASON_OWN_LIST,    /* a bounded drain: the server's own list remembered its socket: multiplexer/turns.h */
  BELL_ALL_REASONS,
  BELL_REASONS = BELL_HAS_BYTES ? BELL_ALL_REASONS : BELL_REASON_TIMEOUT
} bell_reason;

/* Why another event might have come instead: the order is left to the browser, or goes by the clock's chance. */
typedef enum bell_no_guarantee {
  BELL_GUARANTEED,
  BELL_NO_GUARANTEE_SOURCES, /* a task of another source waits too */
  BELL_NO_GUARANTEE_TIMERS, /* another timer ends at almost the same time, and was not set first with a shorter delay */
  BELL_NO_GUARANTEE_LATE,   /* were the loop a little late, another would be ready, and might go first */
  BELL_NO_GUARANTEE_FRAME,  /* a frame that was asked for might be drawn first; or this one later, or sooner */
  BELL_NO_GUARANTEE_EDGE,   /* Node: a timer may be due 1 ms later, or a socket be found a round later */
  BELL_NO_GUARANTEE_ORDERS, /* none of these is seen from here, and yet there are orders that depart: see orders.h */
  BELL_NO_GUARANTEES
} bell_no_guarantee;

/* How lesson 4's thread waits: the beginner's two in io_multiplexer.h, the real ones in waiting.h. */
typedef enum bell_strategy {
  BELL_BLOCKING,
  BELL_READINESS,
  BELL_BUSY_POLL,
  BELL_SELECT,
  BELL_POLL,
  BELL_EPOLL,
  BELL_EPOLL_ET,
  BELL_THREADS,
  BELL_IO_URING,
  BELL_KQUEUE, /* from here on: what the small modules have not, see multiplexer/kevent.h */
  BELL_KQUEUE_CLEAR,
  BELL_ALL_STRATEGIES,
  BELL_STRATEGIES = BELL_HAS_BYTES ? BELL_ALL_STRATEGIES : BELL_KQUEUE
} bell_strategy;

const char *bell_strategy_name(bell_strategy strategy); /* "blocking", "busy-poll", "epoll-et", ... */

static inline bool bell_strategy_is_kqueue(bell_strategy strategy) { return BELL_HAS_BYTES && strategy >= BELL_KQUEUE; }

/* Edge-triggered: does that say of what comes, once, and not of what is still there? */
static inline bool bell_strategy_tells_once(bell_strategy strategy) {
  return strategy == BELL_EPOLL_ET || (BELL_HAS_BYTES && strategy == BELL_KQUEUE_CLEAR);
}

/* One row: the thread handles one event. */
typedef struct bell_step {
  int64_t time_us;    /* when handling starts */
  uint32_t event;     /* which one, in bell_trace.events */
  uint32_t other;     /* see bell_reason */
  uint32_t queued_at; /* lesson 5: the event joined its queue just before this step was chosen, or while it ran;
                         lesson 4: a wait ended just before this step: blocking and readiness have the last wait that
                         slept, threads this step's if its thread slept until the message came, all others the wait
                         that answered with it; BELL_NONE if there was none */
  uint8_t queue;      /* a bell_queue */
  uint8_t reason;     /* a bell_reason */
  union {
    struct {
      uint8_t level : 3;    /* lesson 5, browser: how deep in timers it runs, 0 for in none; counted up to 6 */
      uint8_t job : 3;      /* lesson 5: of a promise's job, the bell_job_kind; of a program's task that goes before
                             `other` by its priority, that (program_turns.h); of its callback
                             of a phase of Node's, see program_reason.h; else 0 */
      uint8_t rejected : 1; /* and whether it is about a rejection */
    };
    struct {
      bool has_room : 1;          /* lesson 4: the wait found room to write on its socket, which is watched for that, */
      bool is_ready : 1;          /* and something to read */
      bool is_asleep : 1;         /* the write found no room, and sleeps for good */
      bool is_asked_behind : 1;   /* a wait without sleep behind it had no step: see multiplexer/turns.h */
      bool is_looked_at_anew : 1; /* epoll: in its turn the handler changed what its socket is watched for */
    };
  };
  uint8_t no_guarantee; /* lesson 5: a bell_no_guarantee */
} bell_step;

/* A rejection that nobody had handled when the microtask queue was empty. It was told then, as `step` was over. */
typedef struct bell_rejection {
  uint32_t statement; /* that made the promise */
  uint32_t step;      /* the last one before it was told */
} bell_rejection;

/* What led to a step, as it is kept for each: see bell_trace_calls for what it means. */
typedef union bell_answers {
  struct {
    uint32_t returned; /* how many sockets the wait before the step answered with; 0 when there was no wait */
    uint32_t in_vain;  /* reads that gave nothing: busy-poll's since the step before, but for those of idle rounds;
                         epoll-et's at the end of a drain, after the step; those of an end that is ignored */
  };
  int64_t end_us; /* of threads, which wait for no answer: when handling ended; between, others had the core too */
} bell_answers;

/* The system calls that a step cost. */
typedef struct bell_calls {
  uint64_t reads;    /* the read of its message, and those that would have blocked */
  uint64_t in_vain;  /* of these, those that would have blocked, or gave 0 once more */
  uint64_t waits;    /* calls of select, poll, epoll_wait, io_uring_enter */
  uint64_t scanned;  /* descriptors that the kernel looked at in them */
  uint64_t returned; /* descriptors, or completions, that they answered with */
} bell_calls;

/* A step of a run on a real kernel. What the model knows by its clock was measured there. */
typedef struct bell_measured {
  int64_t end_us;    /* when handling ended */
  bell_calls calls;  /* that led to the step */
  bool waited;       /* see bell_trace_waited */
  uint16_t reported; /* what the wait reported of its socket: bits as poll(2) has them */
  int32_t result;    /* what the read gave: bytes, 0 at the end, or an error's number below 0 */
} bell_measured;

/* How many sockets keep a thread from sleeping, and give it nothing to do: see multiplexer/closing.h. */
typedef struct bell_spinning {
  uint32_t ended;    /* at an end that is ignored: each is read in vain */
  uint32_t writable; /* watched for writing, with nothing to write */
} bell_spinning;

/* The first of each kind that does so: if it is one, it is that. */
typedef struct bell_first_awake {
  uint32_t ended;
  uint32_t writable; /* where handlers do not write: the one that is left, when it is one */
  uint32_t unread;
} bell_first_awake;

/* What a read took, where messages have sizes: see multiplexer/bytes.h. */
typedef struct bell_taken {
  uint32_t bytes;
  uint32_t missing; /* of its message when it had been read; 0: the message was whole, and was handled */
} bell_taken;

/* What a step wrote, where handlers write: see multiplexer/writing.h. */
typedef struct bell_written {
  uint32_t bytes; /* that found room */
  uint32_t owed;  /* what is left to write behind it; what is lost, where a rest is forgotten or its socket closed */
} bell_written;

/* Where descriptors run out, before a row: see multiplexer/listener.h. */
typedef struct bell_accepting {
  uint32_t left;  /* how many there are */
  uint32_t waits; /* the connection that waits in vain, and keeps the thread from sleeping; BELL_NONE if none does */
} bell_accepting;

typedef struct bell_trace {
  const bell_scenario *scenario;
  bell_strategy strategy;   /* of lesson 4 */
  const bell_event *events; /* the scenario's own, then one for each time an action happened */
  bell_step *steps;
  bell_answers *answers;   /* of the real ways of waiting: one for each step; else NULL */
  bell_measured *measured; /* of a run on a real kernel: one for each step; NULL in the model */
  bell_spinning *spinning; /* lesson 4, where sockets may keep the thread from sleeping: before each row; else NULL */
  bell_first_awake first_awake; /* there, too: sockets */
#ifndef DOORBELL_WITHOUT_BYTES
  uint32_t *unread; /* there, too, where there are timers: how many expired and are not read, and keep
                                      the thread from sleeping, before each row; else NULL */
#endif
  bell_taken *taken;         /* lesson 4, where messages have sizes, or timers count: one for each step; else NULL */
  bell_written *written;     /* lesson 4, where handlers write: one for each row; else NULL */
  int64_t *handled_us;       /* there, too, where a write may wait: when each row ended, of threads when they began
                                      to write; NULL: when it had taken its time */
  int64_t *since_us;         /* there, too, where somebody may spin who is watched for writing: when room came that
                                      made the first of those do so that do before each row; else NULL */
  uint32_t *watched;         /* there, too: before each row the socket that keeps the thread from sleeping, for it
                                      is watched for writing with nothing to write, if there is one such; else NULL */
  bell_accepting *accepting; /* lesson 4, where descriptors run out: one for each row; else NULL */
  const bell_rejection *unhandled; /* in the order in which they were told; NULL in a scenario without promises */
  const uint32_t *told;            /* by statement: which of them is its promise's; BELL_NONE when none is */
  const int64_t *asked_us; /* by event: when it was asked for, where callbacks hold the thread before they ask; NULL:
                              as they begin */
  int64_t due_us;          /* lesson 4, where waits time out: when the housekeeping is due behind the last step */
  uint32_t event_count;
  uint32_t step_count;
  uint32_t unhandled_count;
  uint32_t reads_a_turn; /* epoll-et, kqueue-clear: see multiplexer/turns.h; 0 where turns have no bound */
} bell_trace;

const char *bell_queue_name(bell_queue queue); /* "microtask"; "" for none */

static inline const bell_event *bell_trace_event(const bell_trace *trace, uint32_t step) {
  return &trace->events[trace->steps[step].event];
}

static inline const bell_statement *bell_trace_statement(const bell_trace *trace, uint32_t step) {
  return &trace->scenario->statements[bell_trace_event(trace, step)->statement];
}

/* What a step that is a promise's job does; BELL_JOB_MICROTASK for all other steps. */
static inline bell_job_kind bell_trace_job(const bell_trace *trace, uint32_t step) {
  return trace->scenario->promise_count == 0 ? BELL_JOB_MICROTASK : (bell_job_kind)trace->steps[step].job;
}

/* The last row of a run that was stopped, or ended, is no step of the thread. */
static inline bool bell_trace_is_stop(const bell_trace *trace, uint32_t step) {
  return trace->steps[step].queue >= BELL_QUEUE_STARVED;
}

/* Is it the end of a connection, no message? */
static inline bool bell_trace_is_end(const bell_trace *trace, uint32_t step) {
  return bell_scenario_is_end(trace->scenario, trace->steps[step].event);
}

/* And does its handler leave the socket open? */
static inline bool bell_trace_is_ignored_end(const bell_trace *trace, uint32_t step) {
  return bell_trace_is_end(trace, step) && (bell_trace_statement(trace, step)->conduct & BELL_IGNORES_END) != 0;
}

/* Did it read a piece of a message, and could not handle it yet? */
static inline bool bell_trace_is_piece(const bell_trace *trace, uint32_t step) {
  return BELL_HAS_BYTES && trace->taken != NULL && trace->taken[step].missing > 0;
}

/* Was its socket served because there is room to write again? Then its event is no scenario's, but came about. */
static inline bool bell_trace_is_write(const bell_trace *trace, uint32_t step) {
  return BELL_HAS_BYTES && trace->written != NULL && trace->steps[step].event >= trace->scenario->event_count;
}

/* Was it a connection for which no descriptor was left, and that its listener's spare one turned away? */
static inline bool bell_trace_is_turned_away(const bell_trace *trace, uint32_t step) {
  if (!BELL_HAS_BYTES || trace->accepting == NULL || trace->accepting[step].left > 0) return false;
  return !bell_trace_is_stop(trace, step) && bell_trace_statement(trace, step)->kind == BELL_ACCEPTING;
}

/* Does the handler give its work to a worker (multiplexer/worker.h)? One that reads a piece, or an end, does not. */
static inline bool bell_trace_is_given(const bell_trace *trace, uint32_t step) {
  if (!BELL_HAS_BYTES || !trace->scenario->has_worker || bell_trace_is_stop(trace, step)) return false;
  bool is_given = (bell_trace_statement(trace, step)->conduct & BELL_HANDS_OVER) != 0;
  return is_given && !bell_trace_is_end(trace, step) && !bell_trace_is_piece(trace, step);
}

/* When handling ends and the thread is free again. A promise's job that runs no code takes no time. */
static inline int64_t bell_trace_end_us(const bell_trace *trace, uint32_t step) {
  if (trace->measured != NULL) return trace->measured[step].end_us;
  if (trace->strategy == BELL_THREADS) return trace->answers[step].end_us;
  if (BELL_HAS_BYTES && trace->handled_us != NULL) return trace->handled_us[step];
  bool runs_code = !bell_trace_is_stop(trace, step) && bell_trace_job(trace, step) < BELL_JOB_PASS &&
                   !bell_trace_is_end(trace, step) && !bell_trace_is_piece(trace, step) &&
                   !bell_trace_is_write(trace, step) && !bell_trace_is_turned_away(trace, step) &&
                   !bell_trace_is_given(trace, step) &&
                   !bell_scenario_is_read_apart(trace->scenario, bell_trace_event(trace, step)->statement);
  return trace->steps[step].time_us + (runs_code ? bell_trace_statement(trace, step)->takes_us : 0);
}

/* When the one thread was free to begin this step: the end of the step before, 0 for the first. */
static inline int64_t bell_trace_free_us(const bell_trace *trace, uint32_t step) {
  return step == 0 ? 0 : bell_trace_end_us(trace, step - 1);
}

/* When an event was asked for; 0 for a source's. */
static inline int64_t bell_trace_asked_us(const bell_trace *trace, uint32_t event) {
  if (trace->events[event].parent == BELL_NONE) return 0;
  if (trace->asked_us != NULL) return trace->asked_us[event];
  return trace->steps[trace->events[event].parent].time_us;
}

/* How many timers that expired and are not read keep the thread from sleeping before a row, */
static inline uint32_t bell_trace_unread(const bell_trace *trace, uint32_t row) {
#ifndef DOORBELL_WITHOUT_BYTES
  return trace->unread != NULL ? trace->unread[row] : 0;
#else
  (void)trace, (void)row;
  return 0;
#endif
}

/* how many listeners, one or none, with a connection for which no descriptor is left: each is accepted in vain, */
static inline uint32_t bell_trace_starved(const bell_trace *trace, uint32_t row) {
  return BELL_HAS_BYTES && trace->accepting != NULL && trace->accepting[row].waits != BELL_NONE;
}

/* and how many in all. */
static inline uint64_t bell_trace_awake(const bell_trace *trace, uint32_t row) {
  if (trace->spinning == NULL) return 0;
  bell_spinning spinning = trace->spinning[row];
  return (uint64_t)spinning.ended + spinning.writable + bell_trace_unread(trace, row) + bell_trace_starved(trace, row);
}

/* Had a thread, with threads its own, nothing to do until just before this step? Then it slept; or, busy polling, it
 * asked all sockets in vain, at least once. */
static inline bool bell_trace_waited(const bell_trace *trace, uint32_t step) {
  if (trace->measured != NULL) return trace->measured[step].waited;
  if (trace->strategy == BELL_THREADS) return trace->steps[step].queued_at == step;
  return bell_trace_free_us(trace, step) < trace->steps[step].time_us;
}

/* Could it not sleep, because of a socket that is ready all the time? */
static inline bool bell_trace_spins(const bell_trace *trace, uint32_t step) {
  return bell_trace_awake(trace, step) > 0;
}

/* Since when? The thread was free at `free_us`, and may have slept then. */
static inline int64_t bell_trace_spun_from_us(const bell_trace *trace, uint32_t step, int64_t free_us) {
  if (!BELL_HAS_BYTES || trace->spinning == NULL) return free_us;
  int64_t since_us = free_us;
  if (trace->since_us != NULL) since_us = trace->since_us[step];
  bool is_starved_alone = bell_trace_starved(trace, step) > 0 && bell_trace_awake(trace, step) == 1;
  if (is_starved_alone) since_us = trace->events[trace->accepting[step].waits].ready_us;
  return since_us > free_us ? since_us : free_us;
}

static inline bool bell_trace_slept(const bell_trace *trace, uint32_t step) {
  return trace->strategy != BELL_BUSY_POLL && !bell_trace_spins(trace, step) && bell_trace_waited(trace, step);
}

static inline int64_t bell_trace_latency_us(const bell_trace *trace, uint32_t step) {
  return trace->steps[step].time_us - bell_trace_event(trace, step)->ready_us;
}

#endif
