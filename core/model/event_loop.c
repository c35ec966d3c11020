#include "event_loop.h"

#include "readiness.h"

/* A first-in, first-out queue of events, chained through loop.next: an event waits in one queue at a time. */
typedef struct queue {
  uint32_t first; /* BELL_NONE when empty */
  uint32_t last;
} queue;

typedef struct loop {
  const bell_scenario *scenario;
  bell_trace *trace;
  bell_event *events; /* the trace's events, which actions extend */
  uint32_t *next;     /* of an event in a queue: the one behind it */
  uint32_t *queued_at;
  bell_readiness readiness; /* what is not ready yet, or not noticed */
  queue microtasks;
  queue tasks;
  int64_t now_us;
} loop;

static bool is_empty(queue q) { return q.first == BELL_NONE; }

static void put(loop *l, queue *q, uint32_t event) {
  l->next[event] = BELL_NONE;
  l->queued_at[event] = l->trace->step_count;
  if (is_empty(*q)) {
    q->first = event;
  } else {
    l->next[q->last] = event;
  }
  q->last = event;
}

static uint32_t take(const loop *l, queue *q) {
  uint32_t event = q->first;
  q->first = l->next[event];
  return event;
}

/* Puts every event whose time has come into its queue. */
static void notice(loop *l) {
  const bell_ready *first;
  while ((first = bell_readiness_first(&l->readiness)) != NULL && first->ready_us <= l->now_us) {
    bool is_promise = l->scenario->statements[l->events[first->event].statement].kind == BELL_PROMISE;
    put(l, is_promise ? &l->microtasks : &l->tasks, first->event);
    bell_readiness_take(&l->readiness);
  }
}

/* What the callback of this step does, in order: it queues microtasks and starts timers. */
static void act(loop *l, uint32_t statement) {
  const bell_statement *statements = l->scenario->statements;
  for (uint32_t a = statement + 1; a < statements[statement].end; a = statements[a].end) {
    uint32_t event = l->trace->event_count++;
    int64_t ready_us = l->now_us + statements[a].after_us;
    l->events[event] = (bell_event){ready_us, a, l->trace->step_count};
    if (statements[a].kind == BELL_MICROTASK) {
      put(l, &l->microtasks, event);
    } else {
      bell_readiness_add(&l->readiness, (bell_ready){ready_us, event, statements[a].takes_us});
    }
  }
}

/* Runs one callback to its end; nothing interrupts it. */
static void run(loop *l, uint32_t event, bell_queue from, bell_reason reason, uint32_t other) {
  uint32_t statement = l->events[event].statement;
  l->trace->steps[l->trace->step_count] = (bell_step){.time_us = l->now_us,
                                                      .event = event,
                                                      .other = other,
                                                      .queued_at = l->queued_at[event],
                                                      .queue = (uint8_t)from,
                                                      .reason = (uint8_t)reason};
  act(l, statement);
  l->trace->step_count++;
  l->now_us += l->scenario->statements[statement].takes_us;
}

static void run_microtask(loop *l) {
  uint32_t event = take(l, &l->microtasks);
  if (!is_empty(l->tasks)) {
    run(l, event, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK_FIRST, l->tasks.first);
  } else if (!is_empty(l->microtasks)) {
    run(l, event, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK_OLDEST, l->microtasks.first);
  } else {
    run(l, event, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK_ONLY, BELL_NONE);
  }
}

static void run_task(loop *l) {
  uint32_t event = take(l, &l->tasks);
  uint32_t other = l->tasks.first;
  if (is_empty(l->tasks)) {
    run(l, event, BELL_QUEUE_TASK, BELL_REASON_TASK_ONLY, BELL_NONE);
  } else if (l->events[other].ready_us == l->events[event].ready_us) {
    run(l, event, BELL_QUEUE_TASK, BELL_REASON_TASK_TIE, other);
  } else {
    run(l, event, BELL_QUEUE_TASK, BELL_REASON_TASK_OLDEST, other);
  }
}

/* The whole event loop. */
static void run_until_done(loop *l) {
  for (;;) {
    notice(l);
    if (!is_empty(l->microtasks)) {
      run_microtask(l);
    } else if (!is_empty(l->tasks)) {
      run_task(l);
    } else if (bell_readiness_first(&l->readiness) != NULL) {
      l->now_us = bell_readiness_first(&l->readiness)->ready_us;
    } else {
      return;
    }
  }
}

/* How many events the actions of a run create. */
static uint32_t created(const bell_scenario *scenario) { return scenario->run_count - scenario->event_count; }

/* What a run keeps besides the readiness queue; the steps are more than that queue gives back. */
static size_t own_memory(const bell_scenario *scenario) {
  return bell_arena_bytes(scenario->run_count, sizeof(bell_step)) +
         bell_arena_bytes(scenario->run_count, sizeof(bell_event)) +
         2 * bell_arena_bytes(scenario->run_count, sizeof(uint32_t));
}

size_t bell_event_loop_memory(const bell_scenario *scenario) {
  return bell_readiness_memory(scenario->event_count, created(scenario)) + own_memory(scenario);
}

bool bell_event_loop_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  *trace = (bell_trace){.scenario = scenario, .event_count = scenario->event_count};
  loop l = {
      .scenario = scenario, .trace = trace, .microtasks = {BELL_NONE, BELL_NONE}, .tasks = {BELL_NONE, BELL_NONE}};
  if (!bell_readiness_start(&l.readiness, scenario, created(scenario), arena)) return false;
  trace->steps = bell_arena_take(arena, scenario->run_count, sizeof *trace->steps);
  l.events = bell_arena_take(arena, scenario->run_count, sizeof *l.events);
  l.next = bell_arena_take(arena, scenario->run_count, sizeof *l.next);
  l.queued_at = bell_arena_take(arena, scenario->run_count, sizeof *l.queued_at);
  if (trace->steps == NULL || l.events == NULL || l.next == NULL || l.queued_at == NULL) return false;
  for (uint32_t i = 0; i < scenario->event_count; i++) l.events[i] = scenario->events[i];
  trace->events = l.events;
  run_until_done(&l);
  return true;
}
