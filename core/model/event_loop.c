#include "event_loop.h"

#include "callbacks.h"
#include "node_loop.h"
#include "readiness.h"

typedef struct loop {
  callbacks c;
  bell_readiness readiness; /* what is not ready yet, or not noticed */
  queue tasks;
} loop;

/* Puts every event whose time has come into its queue. */
static void notice(loop *l) {
  const bell_ready *first;
  while ((first = bell_readiness_first(&l->readiness)) != NULL && first->ready_us <= l->c.now_us) {
    bool is_promise = callbacks_statement(&l->c, first->event)->kind == BELL_PROMISE;
    callbacks_put(&l->c, is_promise ? &l->c.microtasks : &l->tasks, first->event);
    bell_readiness_take(&l->readiness);
  }
}

static void set_timer(callbacks *c, uint32_t event) {
  loop *l = (loop *)c; /* whose first member it is */
  bell_readiness_add(&l->readiness,
                     (bell_ready){c->events[event].ready_us, event, callbacks_statement(c, event)->takes_us});
}

static void run_microtask(loop *l) {
  uint32_t event = callbacks_take(&l->c, &l->c.microtasks);
  if (!queue_is_empty(l->tasks)) {
    callbacks_run(&l->c, event, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK_FIRST, l->tasks.first);
  } else if (!queue_is_empty(l->c.microtasks)) {
    callbacks_run(&l->c, event, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK_OLDEST, l->c.microtasks.first);
  } else {
    callbacks_run(&l->c, event, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK_ONLY, BELL_NONE);
  }
}

static void run_task(loop *l) {
  uint32_t event = callbacks_take(&l->c, &l->tasks);
  uint32_t other = l->tasks.first;
  if (queue_is_empty(l->tasks)) {
    callbacks_run(&l->c, event, BELL_QUEUE_TASK, BELL_REASON_TASK_ONLY, BELL_NONE);
  } else if (l->c.events[other].ready_us == l->c.events[event].ready_us) {
    callbacks_run(&l->c, event, BELL_QUEUE_TASK, BELL_REASON_TASK_TIE, other);
  } else {
    callbacks_run(&l->c, event, BELL_QUEUE_TASK, BELL_REASON_TASK_OLDEST, other);
  }
}

/* The whole event loop. */
static void run_until_done(loop *l) {
  for (;;) {
    notice(l);
    if (!queue_is_empty(l->c.microtasks)) {
      run_microtask(l);
    } else if (!queue_is_empty(l->tasks)) {
      run_task(l);
    } else if (bell_readiness_first(&l->readiness) != NULL) {
      l->c.now_us = bell_readiness_first(&l->readiness)->ready_us;
    } else {
      return;
    }
  }
}

/* How many events the actions of a run create. */
static uint32_t created(const bell_scenario *scenario) { return scenario->run_count - scenario->event_count; }

size_t bell_event_loop_memory(const bell_scenario *scenario) {
  if (scenario->host == BELL_NODE) return node_loop_memory(scenario);
  /* The steps are more than the readiness queue gives back. */
  return bell_readiness_memory(scenario->event_count, created(scenario)) + callbacks_memory(scenario);
}

bool bell_event_loop_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  if (scenario->host == BELL_NODE) return node_loop_run(trace, scenario, arena);
  loop l = {.tasks = QUEUE_EMPTY};
  if (!bell_readiness_start(&l.readiness, scenario, created(scenario), arena)) return false;
  if (!callbacks_start(&l.c, trace, scenario, arena)) return false;
  l.c.set_timer = set_timer;
  run_until_done(&l);
  callbacks_end(&l.c);
  return true;
}
