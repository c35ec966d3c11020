/* plain: second models, as plain as can be: "who is next?" looks at everybody. */
#ifndef TESTS_PLAIN_H
#define TESTS_PLAIN_H

#include "support.h"

/* What both lessons' plain models tell of one step. Times are in milliseconds, or, where frames come in between, in
 * microseconds. */
typedef struct plain_step {
  int time;
  int event;
  int other; /* -1 for nobody */
  bell_reason reason;
  bell_queue queue;
  int queued_at;
  int level; /* of timers within timers */
  bell_no_guarantee no_guarantee;
} plain_step;

/* What both tell of a plain. */
enum { EVENTS_MAX = 16 };
typedef struct plain_run {
  int us; /* in the unit of time */
  int ready[EVENTS_MAX];
  int statement[EVENTS_MAX];
  int parent[EVENTS_MAX]; /* the step that asked for the event; -1 for none */
  int event_count;
  plain_step steps[EVENTS_MAX];
  int step_count;
  int idle;
  int wake_ups;
  int end;
} plain_run;

enum { STATEMENTS_MAX = EVENTS_MAX };

typedef struct plain_statement {
  bell_kind kind;
  int depth;
  int ready; /* of a source */
  int after; /* of an action's timer */
  int takes;
} plain_statement;

typedef struct program {
  plain_statement statements[STATEMENTS_MAX];
  int count;
  string text;
  uint32_t scenarios; /* so far */
} program;

typedef struct tray {
  int events[EVENTS_MAX];
  int queued_at[EVENTS_MAX]; /* the step before or in which each was queued */
  int count;
} tray;

static inline void put(tray *t, int event, int step) {
  t->events[t->count] = event;
  t->queued_at[t->count++] = step;
}

/* Removes the oldest card. */
static inline void remove_oldest(tray *t) {
  t->count--;
  for (int i = 0; i < t->count; i++) {
    t->events[i] = t->events[i + 1];
    t->queued_at[i] = t->queued_at[i + 1];
  }
}

static inline int add_event(plain_run *plain, int statement, int ready, int parent) {
  plain->ready[plain->event_count] = ready;
  plain->statement[plain->event_count] = statement;
  plain->parent[plain->event_count] = parent;
  return plain->event_count++;
}

/* A real clock, whose time is in microseconds: what Node does takes some, by chance. */
typedef struct plain_clock {
  uint64_t chance;
  int late_most; /* how far behind the loop may be */
} plain_clock;

/* Node's loop. Without a clock it is the model's: callbacks take no time but what they say. With one it is what a
 * machine does. Then a promise that is a source is settled by the bytes of a socket. */
plain_run plain_node_loop(const program *p, plain_clock *clock);

#endif
