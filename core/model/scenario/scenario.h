/* scenario: what becomes ready, and when. parser.h reads it from text, print.h writes it.
 *
 *     socket A "slow report" ready 6        # lesson 4: a door, and when somebody rings
 *     socket B ready 1 closes 9              # lesson 4: its peer goes; closing.h
 *       ignore end                          # and nobody takes notice of it
 *     socket C size 4 KB ready 2            # lesson 4: what comes has a size; multiplexer/bytes.h
 *       read up to 1 KB                     # and is read piece by piece
 *     socket D ready 1 buffer 16 KB reads 4 KB every 10   # lesson 4: how fast the peer takes what is written to it,
 *       write 64 KB                         # and what the handler answers; multiplexer/writing.h
 *       stop watching                       # it waits for room to write no longer than it has something to write
 *     pipe P ready 1 closes 5               # lesson 4: the end of a pipe that is read; multiplexer/pipe.h
 *     file F reads 3 takes 2                # lesson 4: which is always ready; multiplexer/file.h
 *     timer T every 10 until 50             # lesson 4: it expires again and again; multiplexer/timer.h
 *     listener L ready 1 1 descriptors 1    # lesson 4: connections come, and descriptors run out;
 *       keep spare                          # multiplexer/listener.h
 *     timer  onTimeout ready 2              # lesson 5: a source, and the callback that it queues
 *       microtask cleanUp takes 0.5         # indented: what the callback does when it runs
 *       timer poll after 3 forever          # and again, and again: what never ends
 *       promise p                           # promises, as JavaScript has them: promise_actions.h
 *       then onP of p
 *     listener unhandledRejection           # somebody handles a rejection that nobody else does: without this line
 *                                           # Node ends there (scenario_run.h); in a browser, the window's listener
 *
 * Times in the text are milliseconds; everything in this header is an integer number of microseconds (`_us`).
 *
 * Two tables hold a scenario. `statements` are the lines, in file order; an action follows its parent, and
 * `statements[i].end` is the index after the last line indented under i, so that the actions of i are found by
 *     for (a = i + 1; a < statements[i].end; a = statements[a].end)
 * `events` are the moments at which something becomes ready, source by source in file order: a socket with three
 * ready times has three events, one after another. An event of an action is not here, for its time is not known
 * before the run. */
#ifndef BELL_SCENARIO_H
#define BELL_SCENARIO_H

#include "scenario/words.h"

#define BELL_NONE UINT32_MAX      /* "no such statement, event or step" */
#define BELL_END (UINT32_MAX - 1) /* the `parent` of an event that is the end of a connection */

/* Bounds: past them a scenario is refused with a problem that names the bound. */
enum {
  BELL_EVENTS_MAX = 10000000, /* ready times, and callbacks that actions queue, in one run */
  BELL_FOREVER_MORE = 1000,   /* a run in which something goes on forever is stopped this many callbacks later */
  BELL_NESTING_MAX = 256,     /* actions within actions */
  BELL_LINE_MAX = 65536,      /* bytes in a line */
  BELL_SIZE_MAX = 16777216,   /* bytes in a message */
  BELL_PARTS_MAX = 1000,      /* of a message */
  BELL_ANSWERS_MAX = 1 << 30, /* bytes that are written to one socket */
  BELL_BUFFER = 212992,       /* bytes that a send buffer has room for: Linux's net.core.wmem_default */
  BELL_FD_MIN = 1024,         /* a descriptor's number that is said: FD_SETSIZE of select(2) */
  BELL_FD_MAX = UINT16_MAX,
  BELL_THREADS_MAX = 64,          /* that a worker is */
  BELL_DESCRIPTORS_MAX = 1000000, /* that are left: Linux's default for fs.nr_open is 1048576 */
};
#define BELL_TIME_MAX_US INT64_C(1000000000000) /* a ready time: 1,000,000,000 ms, eleven days */
#define BELL_DURATION_MAX_US INT64_C(400000000) /* what something takes, a timer's delay: 400,000 ms */
/* So even if every event takes as long and is set as far ahead as it may, a run ends before 2^53 us: its times are
 * exact in a JavaScript number. */

typedef struct bell_statement {
  uint32_t name;    /* where in `strings`; a row's callback. A resolve or reject has the name of its promise; an await,
                    return or throw that of the function in which it stands */
  uint32_t payload; /* where in `strings`; 0, the empty string, when there is none. A program's has the name of the port
                       that a message comes to */
  union {
    uint32_t first_event; /* a source's events are first_event ... up to the next source's first_event */
    uint32_t of;          /* of promises: the statement that made the one it is about, BELL_NONE when there is none;
                             async: the async that calls it, BELL_NONE when another callback does */
  };
  uint32_t end;      /* index after the last statement indented under this one */
  uint32_t takes_us; /* how long its callback, or the handling of one message, holds the thread */
  union {
    uint32_t after_us; /* an action's timer, or a resolve or reject later on: ready this long after the action */
    uint32_t with;     /* resolve with: the statement that made what it is resolved with */
    uint32_t function; /* await, return, throw: the statement whose code they are in */
    uint32_t threads;  /* a worker's: how many it is, at least 1 */
    uint32_t shadows;  /* while the text is read: see names.h */
  };
  uint32_t line;  /* in the text, from 1; a program's has what its source_name looks at */
  uint16_t depth; /* 0 for a source, 1 for its actions, ... */
  uint8_t kind;   /* a bell_kind */
  union {
    uint8_t forever; /* 1: when it runs, it queues itself again, right after its actions */
    uint8_t conduct; /* of lesson 4's sources: bits, see below */
  };
} bell_statement;

/* What is to be known of a connection besides its messages. If it has an end, that is the last of its events. */
enum {
  BELL_HANDS_OVER = 1,      /* its handler gives its work to the worker */
  BELL_RESETS = 2,          /* it ends with a reset; else the peer closes it */
  BELL_LEAVES_UNREAD = 2,   /* a timer's or a worker's, which has no end: its handler does not read it */
  BELL_KEEPS_SPARE = 2,     /* a listener's, the same: its handler has a spare descriptor */
  BELL_IGNORES_END = 4,     /* its handler reads on, and does not close it */
  BELL_WATCHES_WRITE = 8,   /* and waits for room to write all the time, with nothing to write */
  BELL_STOPS_WATCHING = 16, /* or only while something is left to write */
  BELL_WAITS_TO_WRITE = 32, /* a write waits until all of it has found room */
  BELL_FORGETS_REST = 64,   /* or what finds none is forgotten */
  BELL_READS_NEVER = 128,   /* its peer never takes what is written to it */
};

/* One thing that becomes ready: a message on a socket, a timer's end, a promise's settling, a queued callback. */
typedef struct bell_event {
  int64_t ready_us;
  uint32_t statement; /* whose it is */
  uint32_t parent;    /* the step of the trace whose callback asked for it; BELL_NONE for a source's, BELL_END for the
                         end of a socket's connection; of room to write, how much of it kqueue told of */
} bell_event;

/* What comes on a socket of lesson 4 whose messages have a size, and how it is read; and what is written to it. Or a
 * timer that expires again and again: in a scenario as it was read it has one event, and a run has the others. Or a
 * file, which has events in a run alone. */
typedef struct bell_stream {
  uint32_t statement;
  uint32_t size;       /* of a message, in bytes; 0 when it has none */
  uint16_t parts;      /* so many of the socket's events bring one message together; at least 1; 0 of a timer, and
                          of a file */
  uint16_t descriptor; /* its number, from BELL_FD_MIN up; 0: the next that is free */
  union {
    uint32_t limit;       /* what a read takes at most; UINT32_MAX when it takes all that is there of a message */
    uint32_t expirations; /* a timer's: it is closed when so many were read, or more; a file's: its reads, and the one
                             that gives 0 */
  };
  uint32_t answer;   /* what the handler writes for each message; 0 when it writes nothing */
  uint32_t buffer;   /* how much of that the kernel keeps for the peer; 0: BELL_BUFFER */
  uint32_t reads;    /* what the peer takes of it at a time; 0: all, as soon as it is there */
  uint32_t every_us; /* and how often: at this time, and at each multiple of it */
} bell_stream;
_Static_assert(sizeof(bell_stream) <= 2 * sizeof(bell_event),
               "each lies in the room of two events that the text has not");

/* What the kernel has room for; and how much of that must be free for somebody who waits: see multiplexer/writing.h. */
static inline uint32_t bell_stream_buffer(const bell_stream *s) { return s->buffer > 0 ? s->buffer : BELL_BUFFER; }
static inline uint32_t bell_stream_enough(const bell_stream *s) { return (bell_stream_buffer(s) + 2) / 3; }

typedef struct bell_scenario {
  bell_statement *statements;
  bell_event *events;
  bell_stream *streams; /* of the sources that have one, the last source first; NULL when none has */
  const char *strings;  /* names and payloads, each ended by a NUL; strings[0] is the empty string */
  uint32_t statement_count;
  uint32_t event_count;
  uint32_t stream_count;
  uint32_t run_count; /* how many events a run has: event_count, and one for each time an action happens; lesson 4: how
                         many reads it has at most, which are more where a message is read in pieces; if some go on
                         forever, at most this many, of which BELL_FOREVER_MORE are for going on; and with promises at
                         most this many, for a promise may never settle */
  uint32_t promise_count; /* how many promises and thenables a run makes at most; 0 when no statement is of promises */
  uint32_t promise_jobs;  /* how many jobs they give at most; they are part of run_count */
  bell_host host;
  bool endless; /* something goes on forever */
  bool closing; /* lesson 4: a connection ends, nothing is ever said on it, its handler watches for writing, or writes:
                   see multiplexer/closing.h; or it leaves a timer unread, or descriptors run out */
  bool sized;   /* lesson 4: messages of a socket have a size, */
  bool writing; /* or a handler writes: */
  uint32_t writes;         /* so often at most, besides that it answers; they are part of run_count, */
  uint32_t writes_at_once; /* and these of them find room at once, or wait for it, and are io_uring's alone */
  /* NULL, or it was not written, but is what a program asked for, a statement each time: the task source of one. */
  const char *(*source_name)(const bell_statement *statement);
  uint32_t timer_count;  /* lesson 4: how many of its sources are timers, or a worker, */
  uint32_t apart_count;  /* and how many statements are no descriptors: see multiplexer/early.h */
  uint32_t timeout_us;   /* of each wait; 0 when it has none */
  bool keeps_time;       /* the time that is left of it is computed before each wait */
  uint32_t timeouts_max; /* how many come about in a run, at most */
  const uint32_t
      *first_events;          /* in a run of timers that repeat: of each source, in the place of what was read; NULL */
  uint32_t timeout_statement; /* in a run (multiplexer/expand.h): where its statement stands, */
  uint32_t signal_count;      /* and how many signals come */
  uint32_t descriptors;       /* lesson 4: how many are left before the run; 0: as many as are asked for */
  uint32_t given_max;         /* lesson 4: how many messages are given to its worker, at most, */
  bool has_worker;            /* if it has one; */
  uint32_t worker;            /* and where that stands */
  bool has_files;             /* lesson 4: some of its sources are files; */
  bool reads_apart;           /* in a run: and nobody is kept from others while they are read */
  bool has_others;            /* lesson 4: some of its descriptors are timers, pipes, ...: not each is a socket that
                                 something is said on */
} bell_scenario;

static inline const char *bell_scenario_name(const bell_scenario *scenario, uint32_t statement) {
  return scenario->strings + scenario->statements[statement].name;
}

static inline const char *bell_scenario_payload(const bell_scenario *scenario, uint32_t statement) {
  return scenario->strings + scenario->statements[statement].payload;
}

/* A source's first event. */
static inline uint32_t bell_scenario_first_event(const bell_scenario *scenario, uint32_t source) {
  bool is_kept = BELL_HAS_BYTES && scenario->first_events != NULL;
  return is_kept ? scenario->first_events[source] : scenario->statements[source].first_event;
}

/* The index after the last of a source's own events. */
static inline uint32_t bell_scenario_events_end(const bell_scenario *scenario, uint32_t source) {
  uint32_t next = scenario->statements[source].end;
  return next < scenario->statement_count ? bell_scenario_first_event(scenario, next) : scenario->event_count;
}

/* Is the event the end of a connection, no message? */
static inline bool bell_scenario_is_end(const bell_scenario *scenario, uint32_t event) {
  bool is_own = !BELL_HAS_BYTES || event < scenario->event_count; /* others are a run's: see multiplexer/writing.h */
  return scenario->closing && is_own && scenario->events[event].parent == BELL_END;
}

/* Is the source read while nobody is kept from others? */
static inline bool bell_scenario_is_read_apart(const bell_scenario *scenario, uint32_t source) {
  return BELL_HAS_BYTES && scenario->reads_apart && scenario->statements[source].kind == BELL_FILE;
}

/* How long handling it holds the thread of lesson 4: closing a socket takes no time, nor does a file that somebody else
 * waits for. */
static inline uint32_t bell_scenario_takes_us(const bell_scenario *scenario, uint32_t event, uint32_t socket) {
  bool is_apart = bell_scenario_is_read_apart(scenario, socket);
  return is_apart || bell_scenario_is_end(scenario, event) ? 0 : scenario->statements[socket].takes_us;
}

/* The stream of a socket; NULL when it has none. */
const bell_stream *bell_scenario_find_stream(const bell_scenario *scenario, uint32_t socket);

/* Of a socket whose messages have a size; NULL of all others. */
static inline const bell_stream *bell_scenario_stream(const bell_scenario *scenario, uint32_t socket) {
  if (!BELL_HAS_BYTES || scenario->stream_count == 0) return NULL;
  const bell_stream *stream = bell_scenario_find_stream(scenario, socket);
  return stream != NULL && stream->size > 0 ? stream : NULL;
}

/* Does anything have a size, what comes or what is written? Or are there timers? Then a read need not take what one
 * event brought; nor need an accept, where descriptors run out. */
static inline bool bell_scenario_has_bytes(const bell_scenario *scenario) {
  if (!BELL_HAS_BYTES) return false;
  if (BELL_HAS_BYTES_ALONE) return true;
  return scenario->stream_count + scenario->timer_count + scenario->apart_count + scenario->descriptors > 0;
}

/* Is it of promises? A `promise` at the left edge is a source. */
static inline bool bell_statement_is_of_promises(const bell_statement *s) {
  return s->depth > 0 && bell_words[s->kind].making != BELL_MAKES_CALLBACK;
}

#endif
