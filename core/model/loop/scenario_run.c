#include "loop/scenario_run.h"

#include "loop/promise_actions.h"

static bell_source source_of(bell_kind kind) {
  if (kind == BELL_TICK) return BELL_TICKS;
  if (kind == BELL_IMMEDIATE) return BELL_IMMEDIATES;
  return bell_words[kind].task_source; /* a promise, or a microtask, has none */
}

/* ---- what callbacks do ------------------------------------------------------------------------------------------ */

void scenario_run_ask(scenario_run *run, uint32_t action, bell_source source) {
  if (run->trace->event_count >= run->scenario->run_count) run->is_spent = true;
  if (source == BELL_TASKS_TIMERS) {
    bell_loop_set_timer(run->loop, action, run->scenario->statements[action].after_us);
  } else if (source == BELL_TASKS_RENDERING) {
    bell_loop_ask_frame(run->loop, action);
  } else {
    bell_loop_queue(run->loop, source, action);
  }
}

void scenario_run_act(scenario_run *run, uint32_t action) {
  scenario_run_ask(run, action, source_of((bell_kind)run->scenario->statements[action].kind));
}

/* Runs one callback. False when it is a job of promises that runs no code of the program, and takes no time. */
static bool run_callback(scenario_run *run, uint32_t me) {
  const bell_statement *statements = run->scenario->statements;
  bool runs_code = true;
  if (run->promises != NULL) {
    runs_code = promise_actions_run(run, me);
  } else {
    for (uint32_t a = me + 1; a < statements[me].end; a = statements[a].end) {
      scenario_run_ask(run, a, source_of((bell_kind)statements[a].kind));
    }
  }
  if (statements[me].forever) scenario_run_act(run, me);
  return runs_code;
}

/* Were the microtask queue, and Node's ticks, empty before this step? */
static bool is_checkpoint(const scenario_run *run, const bell_step *step) {
  bool is_between = step->queue == BELL_QUEUE_MICROTASK || step->queue == BELL_QUEUE_TICK;
  return !is_between || step->time_us > run->free_us; /* the loop has slept */
}

/* The process ends as its last callback is over; NULL: nothing would have come next. */
static void end(const scenario_run *run, const bell_step *next) {
  bell_trace *trace = run->trace;
  trace->unhandled_count = 1; /* the others are never told */
  bell_loop_end(run->loop, BELL_REASON_ENDED, run->free_us, trace->steps[trace->step_count - 1].event, next);
}

/* A run that is spent tells of no rejection more: nobody knows who would yet have handled it. */
static void run_all(scenario_run *run) {
  while (!run->is_spent) {
    const bell_step *step = bell_loop_take(run->loop);
    if (run->promises != NULL && (step == NULL || is_checkpoint(run, step))) promise_actions_tell(run);
    if (run->is_fatal && run->trace->unhandled_count > 0) {
      end(run, step);
      return;
    }
    if (step == NULL) return;
    uint32_t me = run->trace->events[step->event].statement;
    bool runs_code = run_callback(run, me);
    int64_t takes_us = runs_code ? run->scenario->statements[me].takes_us : 0;
    run->free_us = step->time_us + takes_us;
    bell_loop_finish(run->loop, takes_us);
  }
}

static bool has_listener(const bell_scenario *scenario) {
  uint32_t i = 0;
  while (i < scenario->statement_count && scenario->statements[i].kind != BELL_LISTENER)
    i = scenario->statements[i].end;
  return i < scenario->statement_count;
}

/* The last callback that goes on forever, or asked for another that does not. */
static uint32_t last_endless(const bell_trace *trace) {
  const bell_statement *statements = trace->scenario->statements;
  for (uint32_t k = trace->step_count; k > 0; k--) {
    uint32_t event = trace->steps[k - 1].event;
    while (!statements[trace->events[event].statement].forever && trace->events[event].parent != BELL_NONE) {
      event = trace->steps[trace->events[event].parent].event;
    }
    if (statements[trace->events[event].statement].forever) return event;
  }
  return BELL_NONE; /* never: else the run would not be spent */
}

/* How long after its start all is over that a callback leads to, at the most. */
static int64_t follow_up_us(const void *context, uint32_t statement) {
  const bell_scenario *scenario = context;
  const bell_statement *me = &scenario->statements[statement];
  const bell_statement *end = scenario->statements + me->end;
  int64_t us = me->takes_us;
  for (const bell_statement *s = me + 1; s < end; s++) {
    us += s->takes_us;
    if (s->kind == BELL_TIMER) us += s->after_us > BELL_NESTED_LEAST_US ? s->after_us : BELL_NESTED_LEAST_US;
    if (s->kind == BELL_FRAME) us += BELL_FRAME_US;
  }
  return us;
}

/* ---- a whole run ------------------------------------------------------------------------------------------------ */

/* An action's delay may become a nested timer's least. In Node the scenario's own timers have delays too, from 0 on. */
static uint32_t delays(const bell_scenario *scenario) {
  uint32_t count = 1;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    const bell_statement *s = &scenario->statements[i];
    count += s->depth > 0 && source_of((bell_kind)s->kind) == BELL_TASKS_TIMERS;
  }
  for (uint32_t i = 0; scenario->host == BELL_NODE && i < scenario->event_count; i++) {
    count += scenario->statements[scenario->events[i].statement].kind == BELL_TIMER;
  }
  return count;
}

/* What goes on forever is stopped between callbacks: the last one may ask for as many as there are statements. */
static bell_loop_room room_of(const bell_scenario *scenario) {
  return (bell_loop_room){.events = scenario->run_count + (scenario->endless ? scenario->statement_count : 0),
                          .known = scenario->event_count,
                          .delays = delays(scenario)};
}

size_t bell_scenario_run_memory(const bell_scenario *scenario) {
  size_t promises = scenario->promise_count > 0 ? promise_actions_memory(scenario) : 0;
  return bell_arena_sum(bell_loop_memory(scenario->host, room_of(scenario)), promises);
}

static void know_sources(const scenario_run *run) {
  const bell_scenario *scenario = run->scenario;
  for (uint32_t i = 0; i < scenario->event_count; i++) {
    bell_event event = scenario->events[i];
    bell_kind kind = (bell_kind)scenario->statements[event.statement].kind;
    bool is_main = kind == BELL_SCRIPT && scenario->host == BELL_NODE;
    bell_source source = is_main ? BELL_MAIN : source_of(kind);
    bell_loop_know(run->loop, source, event.statement, event.ready_us);
  }
}

bool bell_scenario_run_otherwise(bell_trace *trace, const bell_scenario *scenario, bell_choices *choices,
                                 bell_arena *arena) {
  *trace = (bell_trace){.scenario = scenario};
  scenario_run run = {.scenario = scenario, .trace = trace};
  bell_loop_open open = {.choices = choices, .context = scenario};
  if (!scenario->endless && scenario->promise_count == 0) open.follow_up_us = follow_up_us;
  run.loop = bell_loop_start(trace, scenario->host, room_of(scenario), open, arena);
  if (run.loop == NULL) return false;
  if (scenario->promise_count > 0 && !promise_actions_start(&run, arena)) return false;
  run.is_fatal = scenario->promise_count > 0 && scenario->host == BELL_NODE && !has_listener(scenario);
  know_sources(&run);
  run_all(&run);
  if (run.promises != NULL) promise_actions_end(&run);
  if (run.is_spent) bell_loop_stop(run.loop, last_endless(trace));
  return true;
}

bool bell_scenario_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  return bell_scenario_run_otherwise(trace, scenario, NULL, arena);
}
