#include "promise_reason.h"

/* For a fulfilment, and for a rejection. */
typedef struct outcomes {
  const char *fulfilled;
  const char *rejected;
} outcomes;

#define THEN_JOB ", and learns of it by its then, which this job calls (ECMAScript 27.2.2.2)."
#define FIRST_CALL "; of all calls of resolve and reject, the first one counts (ECMAScript 27.2.1.3)."
#define THENABLE_JOB ": this job calls its then, which calls back at once (ECMAScript 27.2.2.2)."

static const outcomes of_then = {
    " {of} is fulfilled, and {name} reacts to that.",
    " A hop: {of} was rejected, and {name} reacts to a fulfilment only. So no code runs, and the rejection goes on to "
    "{name}'s own promise (ECMAScript 27.2.2.1)."};
static const outcomes of_catch = {
    " A hop: {of} is fulfilled, and {name} catches rejections only. So no code runs, and the value goes on to {name}'s "
    "own promise (ECMAScript 27.2.2.1).",
    " {of} was rejected, and {name} catches that."};

static const outcomes of_finally[BELL_JOB_KINDS] = {
    [BELL_JOB_FINALLY] = {" {of} is fulfilled, and {name} runs either way.",
                          " {of} was rejected, and {name} runs either way."},
    [BELL_JOB_PASS] = {NULL,
                       " A hop: what {name} returned was rejected, and that goes on, whatever {of} was "
                       "(ECMAScript 27.2.5.3)."},
    [BELL_JOB_RESTORE] = {" A hop: what {name} returned has settled, so the value of {of} is given back (ECMAScript "
                          "27.2.5.3).",
                          " A hop: what {name} returned has settled, so the reason why {of} was rejected is thrown "
                          "again (ECMAScript 27.2.5.3)."},
    [BELL_JOB_THEN] = {" A hop: {name}'s own promise waits for that of what {name} returned" THEN_JOB, NULL},
    [BELL_JOB_FOLLOW] = {" A hop: all that {name}'s own promise waited for is done, so it is fulfilled now.",
                         " A hop: all that {name}'s own promise waited for is done, so it is rejected now."}};

static const outcomes of_resolve[BELL_JOB_KINDS] = {
    [BELL_JOB_THEN] = {" A hop: {name} was resolved with the promise {with}" THEN_JOB, NULL},
    [BELL_JOB_FOLLOW] = {" A hop: {with} is fulfilled, so {name}, which was resolved with it, is now, too.",
                         " A hop: {with} was rejected, so {name}, which was resolved with it, is now, too."}};

static const outcomes of_return[BELL_JOB_KINDS] = {
    [BELL_JOB_THEN] = {" A hop: {name} returned the promise {of}. {name}'s own promise waits for it" THEN_JOB, NULL},
    [BELL_JOB_FOLLOW] = {" A hop: {of} is fulfilled, so {name}'s own promise, which waited for it, is now, too.",
                         " A hop: {of} was rejected, so {name}'s own promise, which waited for it, is now, too."}};

static const outcomes of_await = {" {name} awaited {of}, and {of} is fulfilled: the rest of {name} runs.",
                                  " {name} awaited {of}, and {of} was rejected: await throws, and {name} is rejected."};
static const char await_nothing[] = " {name} awaited no promise, and goes on a microtask later all the same.";
static const char await_thenable[] =
    " {name} awaited the thenable {of}, which has called back: the rest of {name} runs.";

/* The job that calls a thenable's own `then`. */
static const char then_of_await[] = " A hop: {name} awaited the thenable {of}" THENABLE_JOB;
static const char then_of_return[] = " A hop: {name} returned the thenable {of}" THENABLE_JOB;
static const char then_of_resolve[] = " A hop: {name} was resolved with the thenable {with}" THENABLE_JOB;

static const char *pick(outcomes sentences, bool rejected) {
  return rejected ? sentences.rejected : sentences.fulfilled;
}

static bool is_thenable(const bell_trace *trace, uint32_t statement) {
  return statement != BELL_NONE && trace->scenario->statements[statement].kind == BELL_THENABLE;
}

static const char *awaited(const bell_trace *trace, const bell_statement *s, bell_job_kind job, bool rejected) {
  if (job == BELL_JOB_THEN) return then_of_await;
  if (is_thenable(trace, s->of)) return await_thenable;
  return s->of == BELL_NONE ? await_nothing : pick(of_await, rejected);
}

const char *promise_reason(const bell_trace *trace, uint32_t k) {
  if (trace->scenario->promise_count == 0) return NULL;
  const bell_statement *s = bell_trace_statement(trace, k);
  bell_job_kind job = bell_trace_job(trace, k);
  bool rejected = (trace->steps[k].job & BELL_STEP_REJECTED) != 0;
  switch (s->kind) {
  case BELL_THEN:
    return pick(of_then, rejected);
  case BELL_CATCH:
    return pick(of_catch, rejected);
  case BELL_FINALLY:
    return pick(of_finally[job], rejected);
  case BELL_RESOLVE_AFTER:
    return " It calls the resolve of {name}" FIRST_CALL;
  case BELL_REJECT_AFTER:
    return " It calls the reject of {name}" FIRST_CALL;
  case BELL_RESOLVE_WITH:
    return is_thenable(trace, s->with) ? then_of_resolve : pick(of_resolve[job], rejected);
  case BELL_RETURN:
    return is_thenable(trace, s->of) ? then_of_return : pick(of_return[job], rejected);
  case BELL_AWAIT:
    return awaited(trace, s, job, rejected);
  default:
    return NULL;
  }
}
