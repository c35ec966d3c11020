#include "loop/promise_actions.h"

#include "promise/promise.h"

struct promise_actions {
  scenario_run *run;
  bell_promises promises;
  uint32_t *made; /* by statement: the promise that it made, whose label is the statement */
  bell_rejection *unhandled;
};

/* Where values come from and what they are does not matter here. */
static const bell_value undefined = {BELL_VALUE_PLAIN, 0};
static const uint32_t some_reason = 0;

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static uint32_t promises_of(const bell_scenario *scenario) {
  return scenario->promise_count + BELL_PROMISES_AN_OPERATION;
}

/* There are never more reactions and jobs at a time than there are jobs in all. */
static uint32_t reactions_of(const bell_scenario *scenario) {
  return scenario->promise_jobs + BELL_REACTIONS_AN_OPERATION;
}

size_t promise_actions_memory(const bell_scenario *scenario) {
  size_t bytes = bell_promise_memory(promises_of(scenario), reactions_of(scenario));
  bytes = bell_arena_sum(bytes, bell_arena_bytes(1, sizeof(promise_actions)));
  bytes = bell_arena_sum(bytes, bell_arena_bytes(scenario->statement_count, sizeof(uint32_t)));
  return bell_arena_sum(bytes, bell_arena_bytes(scenario->promise_count, sizeof(bell_rejection)));
}

/* A job joins the microtask queue: it is an event, of the statement that led to it. The loop's queue holds all events;
 * of those of promises it has the same, in the same order, as promise.h has jobs. */
static void job_queued(void *context, uint32_t statement) { scenario_run_ask(context, statement, BELL_MICROTASKS); }

bool promise_actions_start(scenario_run *run, bell_arena *arena) {
  const bell_scenario *scenario = run->scenario;
  promise_actions *p = bell_arena_take(arena, 1, sizeof *p);
  if (p == NULL) return false;
  if (!bell_promise_start(&p->promises, promises_of(scenario), reactions_of(scenario), arena)) return false;
  p->promises.queued = job_queued;
  p->promises.context = run;
  p->run = run;
  p->made = bell_arena_take(arena, scenario->statement_count, sizeof *p->made);
  p->unhandled = bell_arena_take(arena, scenario->promise_count, sizeof *p->unhandled);
  if (p->made == NULL || p->unhandled == NULL) return false;
  run->promises = p;
  run->trace->unhandled = p->unhandled;
  return true;
}

/* ---- statements ------------------------------------------------------------------------------------------------- */

static const bell_statement *statement_at(const promise_actions *p, uint32_t i) {
  return &p->run->scenario->statements[i];
}

/* What a statement made, as a value; undefined when there is none. */
static bell_value value_of(const promise_actions *p, uint32_t statement) {
  if (statement == BELL_NONE) return undefined;
  if (statement_at(p, statement)->kind == BELL_THENABLE) return (bell_value){BELL_VALUE_THENABLE, statement};
  return (bell_value){BELL_VALUE_PROMISE, p->made[statement]};
}

static void resolve(promise_actions *p, uint32_t maker, bell_value value, uint32_t label) {
  bell_promise_resolve(&p->promises, (bell_resolvers){.promise = p->made[maker]}, value, label);
}

static void reject(promise_actions *p, uint32_t maker) {
  bell_promise_reject(&p->promises, (bell_resolvers){.promise = p->made[maker]}, some_reason);
}

/* One action, unless it is the call or the end of a function. */
static void act(promise_actions *p, uint32_t action) {
  const bell_statement *s = statement_at(p, action);
  if (!bell_statement_is_of_promises(s)) {
    scenario_run_act(p->run, action);
    return;
  }
  bell_promises *all = &p->promises;
  uint32_t *made = &p->made[action];
  switch (s->kind) {
  case BELL_PROMISE:
    *made = bell_promise_create(all, action);
    break;
  case BELL_THEN:
    *made = bell_promise_then(all, p->made[s->of], action, BELL_NO_HANDLER, action);
    break;
  case BELL_CATCH:
    *made = bell_promise_then(all, p->made[s->of], BELL_NO_HANDLER, action, action);
    break;
  case BELL_FINALLY:
    *made = bell_promise_finally(all, p->made[s->of], action, action);
    break;
  case BELL_RESOLVE:
    resolve(p, s->of, undefined, action);
    break;
  case BELL_RESOLVE_WITH:
    resolve(p, s->of, value_of(p, s->with), action);
    break;
  case BELL_REJECT:
    reject(p, s->of);
    break;
  case BELL_RESOLVE_AFTER:
  case BELL_REJECT_AFTER:
    scenario_run_act(p->run, action);
    break;
  default:
    break; /* a thenable: there is nothing to do until somebody calls its `then` */
  }
}

/* ---- code ------------------------------------------------------------------------------------------------------- */

/* How a callback ends by this `return` or `throw`. */
static bell_completion completion_of(const promise_actions *p, uint32_t action) {
  const bell_statement *s = statement_at(p, action);
  return (bell_completion){.threw = s->kind == BELL_THROW, .value = value_of(p, s->of), .label = action};
}

/* An async function comes to an `await`, a `return` or a `throw`. 27.7.5.2 AsyncBlockStart, 27.7.5.3 Await */
static void leave(promise_actions *p, uint32_t action) {
  const bell_statement *s = statement_at(p, action);
  if (s->kind == BELL_AWAIT) {
    bell_promise_await(&p->promises, value_of(p, s->of), action, action);
  } else if (s->kind == BELL_THROW) {
    reject(p, s->function);
  } else {
    resolve(p, s->function, value_of(p, s->of), action);
  }
}

/* Runs the code from line `a` up to `end`: the body of a callback, or of the async function `outermost` from where it
 * had stopped. An async function that is called on the way begins at once: its body is the next line. When it stops or
 * ends, whoever called it goes on behind its last line. */
static bell_completion run_code(promise_actions *p, uint32_t a, uint32_t end, uint32_t outermost) {
  bell_completion done = {.value = undefined};
  uint32_t function = outermost; /* the async function that is running; BELL_NONE: the callback itself */
  for (;;) {
    while (function != BELL_NONE && a == statement_at(p, function)->end) {
      resolve(p, function, undefined, function);
      function = function == outermost ? BELL_NONE : statement_at(p, function)->of;
    }
    if (a >= end) return done;
    const bell_statement *s = statement_at(p, a);
    if (s->kind == BELL_ASYNC) {
      p->made[a] = bell_promise_create(&p->promises, a);
      function = a++;
    } else if (s->kind < BELL_AWAIT) {
      act(p, a);
      a = s->end;
    } else if (function == BELL_NONE) {
      done = completion_of(p, a);
      a = end;
    } else {
      leave(p, a);
      a = statement_at(p, function)->end;
      function = function == outermost ? BELL_NONE : statement_at(p, function)->of;
    }
  }
}

/* The rest of an async function, behind its `await`. What was rejected is thrown there, and nothing in it catches. */
static void resume(promise_actions *p, uint32_t await, bool rejected) {
  uint32_t function = statement_at(p, await)->function;
  if (rejected) {
    reject(p, function);
  } else {
    run_code(p, await + 1, statement_at(p, function)->end, function);
  }
}

/* The oldest job of the microtask queue. */
static bool run_job(promise_actions *p, uint32_t statement) {
  bell_job job;
  if (!bell_promise_take(&p->promises, &job)) return false;
  bell_step *step = &p->run->trace->steps[p->run->trace->step_count];
  step->job = job.kind & 7;
  step->rejected = job.rejected;
  bell_completion done = {.value = undefined};
  if (job.kind == BELL_JOB_THEN && job.argument.kind == BELL_VALUE_THENABLE) {
    bell_promise_resolve(&p->promises, job.resolvers, undefined, statement);
  } else if (job.handler != BELL_NO_HANDLER && statement_at(p, statement)->kind == BELL_AWAIT) {
    resume(p, statement, job.rejected);
  } else if (job.handler != BELL_NO_HANDLER) {
    done = run_code(p, statement + 1, statement_at(p, statement)->end, BELL_NONE);
  }
  bell_promise_finish(&p->promises, &job, done);
  return job.handler != BELL_NO_HANDLER;
}

bool promise_actions_run(scenario_run *run, uint32_t statement) {
  promise_actions *p = run->promises;
  const bell_statement *s = statement_at(p, statement);
  if (s->kind == BELL_RESOLVE_AFTER) {
    resolve(p, s->of, undefined, statement);
  } else if (s->kind == BELL_REJECT_AFTER) {
    reject(p, s->of);
  } else if (bell_statement_is_of_promises(s)) {
    return run_job(p, statement);
  } else {
    run_code(p, statement + 1, s->end, BELL_NONE);
  }
  return true;
}

void promise_actions_tell(scenario_run *run) {
  promise_actions *p = run->promises;
  uint32_t promise;
  while ((promise = bell_promise_take_unhandled(&p->promises)) != BELL_NO_PROMISE) {
    uint32_t statement = p->promises.all[promise].label;
    if (statement == BELL_NO_LABEL) continue;
    p->unhandled[run->trace->unhandled_count++] = (bell_rejection){statement, run->trace->step_count - 1};
  }
}

/* Nobody asks any more what a statement made. */
void promise_actions_end(scenario_run *run) {
  bell_trace *trace = run->trace;
  uint32_t *told = run->promises->made;
  for (uint32_t i = 0; i < run->scenario->statement_count; i++) told[i] = BELL_NONE;
  for (uint32_t i = 0; i < trace->unhandled_count; i++) told[trace->unhandled[i].statement] = i;
  trace->told = told;
}
