/* loop_parts: what the browser's loop and Node's are made of. For this folder alone. */
#ifndef BELL_LOOP_PARTS_H
#define BELL_LOOP_PARTS_H

#include "chain.h"
#include "loop/loop.h"
#include "loop/timer_lists.h"
#include "trace/readiness.h"

#define LOOP_NEVER_US INT64_MAX

/* What the loop keeps of an event, beside what the trace does. Waiting, it is in one queue at a time. The last two the
 * trace has too: but the row that asked for a timer lies far off when it ends. */
typedef struct loop_event {
  uint32_t next;       /* the event behind it */
  uint32_t at : 24;    /* see bell_step.queued_at */
  uint32_t source : 5; /* a bell_source */
  uint32_t level : 3;  /* bell_step.level */
  int64_t asked_us;    /* when it was asked for */
} loop_event;

#define LOOP_AT_MAX ((UINT32_C(1) << 24) - 1)
_Static_assert(BELL_EVENTS_MAX + BELL_FOREVER_MORE < LOOP_AT_MAX, "a step's number fits");
#define LOOP_SOURCE_MAX ((UINT32_C(1) << 5) - 1)
_Static_assert(BELL_MAIN <= LOOP_SOURCE_MAX, "a source fits");

struct bell_loop {
  bell_host host;
  bell_trace *trace;
  bell_event *events;  /* the trace's */
  loop_event *waits;   /* of each event */
  int64_t *asked_us;   /* the trace's; may be NULL */
  uint32_t known_room; /* for events before the first step, */
  uint32_t event_room; /* and in all */
  int64_t now_us;
  bell_readiness sources; /* what is expected and not ready yet, or not noticed */
  timer_lists timers;     /* those that callbacks set, until they are due */
  bell_chain microtasks;
  bell_chain ticks;      /* Node's */
  bell_chain immediates; /* Node's */
  bell_loop_open open;
  int64_t late_us;      /* how late the choices have made the loop, since it slept */
  uint8_t level;        /* for the next step: see bell_step */
  uint8_t no_guarantee; /* for the next step */
  bool has_begun;
};

static inline int64_t loop_ready_us(const bell_loop *l, uint32_t event) { return l->events[event].ready_us; }

static inline bell_source loop_source(const bell_loop *l, uint32_t event) { return l->waits[event].source; }

/* The event behind another one in its queue; BELL_NONE when there is none. */
static inline uint32_t loop_behind(const bell_loop *l, uint32_t event) { return l->waits[event].next; }

static inline void loop_put(bell_loop *l, bell_chain *queue, uint32_t event) {
  l->waits[event].at = l->trace->step_count & LOOP_AT_MAX;
  bell_chain_put(queue, l->waits, sizeof *l->waits, event);
}

/* Removes the oldest event. There must be one. */
static inline uint32_t loop_take(bell_loop *l, bell_chain *queue) {
  return bell_chain_take(queue, l->waits, sizeof *l->waits);
}

static inline bool loop_remove(bell_loop *l, bell_chain *queue, uint32_t event) {
  return bell_chain_remove(queue, l->waits, sizeof *l->waits, event);
}

/* How long a timer was set for, from then on. */
static inline int64_t loop_delay_us(const bell_loop *l, uint32_t timer) {
  return loop_ready_us(l, timer) - l->waits[timer].asked_us;
}

/* The next step: the event runs now. */
bell_step *loop_step(bell_loop *l, uint32_t event, bell_queue from, bell_reason reason, uint32_t other);

/* The loop sleeps until `us`, and is on time again. */
void loop_sleep(bell_loop *l, int64_t us);

/* May the loop be so late that it is `us` already? If so, and if that is the choice, the clock moves. `margin_us` is
 * added to what the choices allow. */
bool loop_is_late(bell_loop *l, int64_t us, int64_t margin_us);

#endif
