#include "loop/promise_reason.h"

#define THEN_JOB " learns of that only by its then, which this job calls (ECMAScript 27.2.2.2)."
#define THENABLE_JOB ": this job calls its then, which calls back at once (ECMAScript 27.2.2.2)."
#define NO_CODE "only. So no code runs, and this job passes it on to {name}'s own promise (ECMAScript 27.2.2.1)."
#define FIRST_CALL " of {name}; of all such calls, the first one counts (ECMAScript 27.2.1.3)."

/* Is it about a rejection? About something else than a promise? */
enum { NOTHING = 0x20, THENABLE = 0x40, REJECTED = 0x80 };

/* By statement and job, and whether it is about a rejection. */
static const struct {
  uint8_t kind;
  uint8_t job;
  const char *sentence;
} why[] = {
    {BELL_THEN, BELL_JOB_HANDLER, " {of} is fulfilled, and {name} reacts to that."},
    {BELL_THEN, BELL_JOB_PASS | REJECTED, " A hop: {of} was rejected, and {name} reacts to a fulfilment " NO_CODE},
    {BELL_CATCH, BELL_JOB_HANDLER | REJECTED, " {of} was rejected, and {name} reacts to that."},
    {BELL_CATCH, BELL_JOB_PASS, " A hop: {of} is fulfilled, and {name} reacts to a rejection " NO_CODE},
    {BELL_FINALLY, BELL_JOB_FINALLY, " {of} is fulfilled, and {name} runs either way."},
    {BELL_FINALLY, BELL_JOB_FINALLY | REJECTED, " {of} was rejected, and {name} runs either way."},
    {BELL_FINALLY, BELL_JOB_PASS | REJECTED,
     " A hop: what {name} returned was rejected, and that goes on, whatever {of} was (ECMAScript 27.2.5.3)."},
    {BELL_FINALLY, BELL_JOB_RESTORE,
     " A hop: what {name} returned has settled, so the value of {of} is given back (ECMAScript 27.2.5.3)."},
    {BELL_FINALLY, BELL_JOB_RESTORE | REJECTED,
     " A hop: what {name} returned has settled, so the rejection of {of} goes on (ECMAScript 27.2.5.3)."},
    {BELL_FINALLY, BELL_JOB_THEN, " A hop: {name}'s own promise waits for what {name} returned, and" THEN_JOB},
    {BELL_FINALLY, BELL_JOB_FOLLOW, " A hop: what {name}'s own promise waited for is done, and so it is fulfilled."},
    {BELL_FINALLY, BELL_JOB_FOLLOW | REJECTED,
     " A hop: what {name}'s own promise waited for is done, and so it is rejected."},
    {BELL_RESOLVE_WITH, BELL_JOB_THEN, " A hop: {name} was resolved with the promise {with}, and" THEN_JOB},
    {BELL_RESOLVE_WITH, BELL_JOB_THEN | THENABLE, " A hop: {name} was resolved with the thenable {with}" THENABLE_JOB},
    {BELL_RESOLVE_WITH, BELL_JOB_FOLLOW, " A hop: {with} is fulfilled, and so is {name}, which was resolved with it."},
    {BELL_RESOLVE_WITH, BELL_JOB_FOLLOW | REJECTED,
     " A hop: {with} was rejected, and so is {name}, which was resolved with it."},
    {BELL_RETURN, BELL_JOB_THEN, " A hop: {name} returned the promise {of}, and {name}'s own promise" THEN_JOB},
    {BELL_RETURN, BELL_JOB_THEN | THENABLE, " A hop: {name} returned the thenable {of}" THENABLE_JOB},
    {BELL_RETURN, BELL_JOB_FOLLOW, " A hop: {of} is fulfilled, and so is {name}'s own promise, which waited for it."},
    {BELL_RETURN, BELL_JOB_FOLLOW | REJECTED,
     " A hop: {of} was rejected, and so is {name}'s own promise, which waited for it."},
    {BELL_AWAIT, BELL_JOB_HANDLER, " {name} awaited {of}, and {of} is fulfilled: the rest of {name} runs."},
    {BELL_AWAIT, BELL_JOB_HANDLER | REJECTED,
     " {name} awaited {of}, and {of} was rejected: await throws, and {name} is rejected."},
    {BELL_AWAIT, BELL_JOB_HANDLER | NOTHING, " {name} awaited no promise, and goes on a microtask later all the same."},
    {BELL_AWAIT, BELL_JOB_HANDLER | THENABLE,
     " {name} awaited the thenable {of}, which has called back: the rest of {name} runs."},
    {BELL_AWAIT, BELL_JOB_THEN | THENABLE, " A hop: {name} awaited the thenable {of}" THENABLE_JOB},
    {BELL_RESOLVE_AFTER, 0, " It calls the resolve" FIRST_CALL},
    {BELL_REJECT_AFTER, 0, " It calls the reject" FIRST_CALL},
};

/* Is it about a promise? */
static unsigned subject_of(const bell_scenario *scenario, const bell_statement *s) {
  uint32_t subject = s->kind == BELL_RESOLVE_WITH ? s->with : s->of;
  if (subject == BELL_NONE) return NOTHING;
  return scenario->statements[subject].kind == BELL_THENABLE ? THENABLE : 0;
}

const char *promise_reason(const bell_trace *trace, uint32_t k) {
  const bell_statement *s = bell_trace_statement(trace, k);
  if (!bell_statement_is_of_promises(s)) return NULL;
  unsigned job = trace->steps[k].job | (trace->steps[k].rejected ? REJECTED : 0) | subject_of(trace->scenario, s);
  for (size_t i = 0; i < sizeof why / sizeof *why; i++) {
    if (why[i].kind == s->kind && why[i].job == job) return why[i].sentence;
  }
  return NULL;
}
