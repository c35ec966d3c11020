#include "loop/callbacks.h"

#include "loop/promise_actions.h"

/* What goes on forever is stopped between callbacks: the last one may create as many as there are statements. */
static uint32_t event_room(const bell_scenario *scenario) {
  return scenario->run_count + (scenario->endless ? scenario->statement_count : 0);
}

uint32_t callbacks_add(callbacks *c, uint32_t statement, int64_t ready_us) {
  bell_trace *trace = c->trace;
  if (trace->event_count >= c->scenario->run_count) c->spent = true;
  if (trace->event_count == event_room(c->scenario)) return BELL_NONE; /* never, but for a mistake in the bounds */
  c->events[trace->event_count] = (bell_event){ready_us, statement, trace->step_count};
  c->waits[trace->event_count].level = c->level & 7U;
  return trace->event_count++;
}

bool callbacks_are_late(callbacks *c, int64_t us, int64_t margin_us) {
  if (c->choices == NULL || us == INT64_MAX) return false;
  int64_t late_us = c->late_us + us - c->now_us;
  if (late_us >= c->choices->late_us + margin_us || bell_choose(c->choices, 2) == 0) return false;
  c->late_us = late_us;
  c->now_us = us;
  return true;
}

void callbacks_act(callbacks *c, uint32_t action) {
  const bell_statement *s = &c->scenario->statements[action];
  uint32_t event = callbacks_add(c, action, c->now_us + s->after_us);
  if (event == BELL_NONE) return;
  if (s->kind == BELL_MICROTASK) callbacks_put(c, &c->microtasks, event);
  if (s->kind == BELL_TICK) callbacks_put(c, &c->ticks, event);
  if (s->kind == BELL_IMMEDIATE) callbacks_put(c, &c->immediates, event);
  if (s->kind == BELL_FRAME || s->kind == BELL_TIMER) c->ask(c, event);
}

void callbacks_run(callbacks *c, uint32_t event, bell_queue from, bell_reason reason, uint32_t other) {
  const bell_statement *statements = c->scenario->statements;
  uint32_t me = c->events[event].statement;
  bool drained = from != BELL_QUEUE_MICROTASK && from != BELL_QUEUE_TICK;
  if (c->promises != NULL && drained) promise_actions_tell(c);
  c->trace->steps[c->trace->step_count] = (bell_step){.time_us = c->now_us,
                                                      .event = event,
                                                      .other = other,
                                                      .queued_at = c->waits[event].at,
                                                      .queue = (uint8_t)from,
                                                      .reason = (uint8_t)reason,
                                                      .level = c->level & 7U,
                                                      .no_guarantee = c->no_guarantee};
  bool runs_code = true;
  if (c->promises != NULL) {
    runs_code = c->run_with_promises(c, me);
  } else {
    for (uint32_t a = me + 1; a < statements[me].end; a = statements[a].end) callbacks_act(c, a);
  }
  if (statements[me].forever) callbacks_act(c, me);
  c->trace->step_count++;
  if (runs_code) c->now_us += statements[me].takes_us;
}

void callbacks_sleep(callbacks *c, int64_t us) {
  if (c->promises != NULL) promise_actions_tell(c);
  c->now_us = us;
  c->late_us = 0;
}

/* Nobody knows which rejections would yet have been handled in a run that was stopped. */
void callbacks_end(callbacks *c) {
  if (c->promises != NULL && !c->spent) promise_actions_tell(c);
}

/* The last callback that goes on forever, or asked for another that does not. */
static uint32_t endless(const callbacks *c) {
  for (uint32_t k = c->trace->step_count; k > 0; k--) {
    uint32_t event = c->trace->steps[k - 1].event;
    while (!callbacks_statement(c, event)->forever && c->events[event].parent != BELL_NONE) {
      event = c->trace->steps[c->events[event].parent].event;
    }
    if (callbacks_statement(c, event)->forever) return event;
  }
  return BELL_NONE; /* never: else the run would not be spent */
}

void callbacks_stop(callbacks *c, uint32_t next) {
  uint32_t me = endless(c);
  uint8_t kind = callbacks_statement(c, me)->kind;
  bool goes_first = kind == BELL_MICROTASK || kind == BELL_TICK;
  if (!goes_first && !queue_is_empty(c->microtasks)) next = c->microtasks.first;
  if (!goes_first && !queue_is_empty(c->ticks)) next = c->ticks.first;
  bool starves = goes_first && next != BELL_NONE;
  uint32_t event = next == BELL_NONE ? me : next;
  bool is_queued = c->events[event].ready_us <= c->now_us;
  c->trace->steps[c->trace->step_count] =
      (bell_step){.time_us = c->now_us,
                  .event = event,
                  .other = me,
                  .queued_at = is_queued ? c->waits[event].at : c->trace->step_count,
                  .queue = starves ? BELL_QUEUE_STARVED : BELL_QUEUE_STOPPED,
                  .reason = starves ? BELL_REASON_STARVED : BELL_REASON_STOPPED};
  c->trace->step_count++;
}

/* A step for each event, and the last row of a run that is stopped. */
static size_t step_room(const bell_scenario *scenario) { return (size_t)scenario->run_count + scenario->endless; }

size_t callbacks_memory(const bell_scenario *scenario) {
  size_t promises = scenario->promise_count > 0 ? promise_actions_memory(scenario) : 0;
  return bell_arena_bytes(step_room(scenario), sizeof(bell_step)) +
         bell_arena_bytes(event_room(scenario), sizeof(bell_event)) +
         bell_arena_bytes(event_room(scenario), sizeof(queued)) + promises;
}

bool callbacks_start(callbacks *c, bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  *trace = (bell_trace){.scenario = scenario, .event_count = scenario->event_count};
  *c = (callbacks){
      .scenario = scenario, .trace = trace, .microtasks = QUEUE_EMPTY, .ticks = QUEUE_EMPTY, .immediates = QUEUE_EMPTY};
  trace->steps = bell_arena_take(arena, step_room(scenario), sizeof *trace->steps);
  c->events = bell_arena_take(arena, event_room(scenario), sizeof *c->events);
  c->waits = bell_arena_take(arena, event_room(scenario), sizeof *c->waits);
  if (trace->steps == NULL || c->events == NULL || c->waits == NULL) return false;
  for (uint32_t i = 0; i < scenario->event_count; i++) c->events[i] = scenario->events[i];
  trace->events = c->events;
  return scenario->promise_count == 0 || promise_actions_start(c, arena);
}
