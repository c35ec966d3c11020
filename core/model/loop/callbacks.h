/* callbacks: what the browser's loop and Node's share: queues of events, and the run of one callback.
 *
 * A callback starts at `now`; its actions happen then, in order; then it holds the thread for `takes`. An action
 * creates an event, which joins its queue at once, or, if it is a timer, whenever its host says. A callback that goes
 * on `forever` is queued again, right after its actions.
 *
 * A run of those would never end. All others need at most scenario.run_count events; when one more is asked for, the run
 * is `spent`: once that callback is over, the loop stops, and one last row tells what would have come next. */
#ifndef BELL_CALLBACKS_H
#define BELL_CALLBACKS_H

#include "loop/choices.h"
#include "trace/trace.h"

/* A first-in, first-out queue of events, chained through callbacks.waits: an event waits in one queue at a time. */
typedef struct queue {
  uint32_t first; /* BELL_NONE when empty */
  uint32_t last;
} queue;

#define QUEUE_EMPTY ((queue){BELL_NONE, BELL_NONE})

typedef struct queued {
  uint32_t next;      /* the event behind it */
  uint32_t at : 29;   /* see bell_step.queued_at */
  uint32_t level : 3; /* bell_step.level of the callback that created it: that row lies far off when a timer ends */
} queued;

#define QUEUED_AT_MAX ((UINT32_C(1) << 29) - 1)
_Static_assert(BELL_EVENTS_MAX + BELL_FOREVER_MORE < QUEUED_AT_MAX, "a step's number fits");

typedef struct callbacks callbacks;
typedef struct promise_actions promise_actions;
struct callbacks {
  const bell_scenario *scenario;
  bell_trace *trace;
  bell_event *events; /* the trace's events, which actions extend */
  queued *waits;      /* of each event */
  int64_t now_us;
  queue microtasks;
  queue ticks;                               /* Node's */
  queue immediates;                          /* Node's */
  void (*ask)(callbacks *c, uint32_t event); /* the host's: a callback sets a timer, ready after its delay from now on,
                                                or asks for a frame */
  bell_choices *choices;                     /* NULL for the model's own */
  int64_t late_us;                           /* how late the choices have made the loop, since it slept */
  uint8_t level;                             /* for the next step: see bell_step */
  uint8_t no_guarantee;
  bool spent;
  promise_actions
      *promises; /* NULL when the scenario has none; else this runs a statement's code; false: it has none */
  bool (*run_with_promises)(callbacks *c, uint32_t statement); /* by address, or it would be inlined in a hot place */
};

/* How many bytes of arena `callbacks_start` takes. */
size_t callbacks_memory(const bell_scenario *scenario);

/* Begins a trace, with the scenario's own events and empty queues; `ask` is left to the host. False when the
 * arena is too small. */
bool callbacks_start(callbacks *c, bell_trace *trace, const bell_scenario *scenario, bell_arena *arena);

static inline const bell_statement *callbacks_statement(const callbacks *c, uint32_t event) {
  return &c->scenario->statements[c->events[event].statement];
}

static inline bool queue_is_empty(queue q) { return q.first == BELL_NONE; }

static inline void callbacks_put(callbacks *c, queue *q, uint32_t event) {
  c->waits[event].next = BELL_NONE;
  c->waits[event].at = c->trace->step_count & QUEUED_AT_MAX;
  if (queue_is_empty(*q)) {
    q->first = event;
  } else {
    c->waits[q->last].next = event;
  }
  q->last = event;
}

/* Removes the oldest event. There must be one. */
static inline uint32_t callbacks_take(const callbacks *c, queue *q) {
  uint32_t event = q->first;
  q->first = c->waits[event].next;
  return event;
}

/* May the loop be so late that it is `us` already? If so, and if that is the choice, the clock moves. `margin_us` is
 * added to what the choices allow. */
bool callbacks_are_late(callbacks *c, int64_t us, int64_t margin_us);

/* The loop sleeps until `us`, and is on time again. */
void callbacks_sleep(callbacks *c, int64_t us);

/* A new event, asked for by the callback that runs; BELL_NONE when there is no room. */
uint32_t callbacks_add(callbacks *c, uint32_t statement, int64_t ready_us);

/* One action of the callback that runs; not one of promises. */
void callbacks_act(callbacks *c, uint32_t action);

/* Runs one callback to its end; nothing interrupts it. */
void callbacks_run(callbacks *c, uint32_t event, bell_queue from, bell_reason reason, uint32_t other);

/* After the last one. */
void callbacks_end(callbacks *c);
/* The last row of a run that is spent. `next` has waited longest for a turn of the loop, or would be the next to get
 * one; BELL_NONE when nothing is to come but what goes on forever. */
void callbacks_stop(callbacks *c, uint32_t next);

#endif
