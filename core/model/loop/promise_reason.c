#include "loop/promise_reason.h"

#define CALLS(whose) ", so this job calls " whose " then{back} (ECMAScript 27.2.2.2)."
#define PASSES_ON \
  " A hop: {of} {settled}, but {me} does not react to that: this job runs no code and passes it on to {me}'s own " \
  "promise (ECMAScript 27.2.2.1)."
#define REACTS " {of} {settled}, and {me} reacts to that."
#define FIRST_CALL " of {me}; only the first of all such calls counts (ECMAScript 27.2.1.3)."

/* By statement and job. */
static const struct {
  uint8_t kind;
  uint8_t job;
  const char *sentence;
} why[] = {
    {BELL_THEN, BELL_JOB_HANDLER, REACTS},
    {BELL_THEN, BELL_JOB_PASS, PASSES_ON},
    {BELL_CATCH, BELL_JOB_HANDLER, REACTS},
    {BELL_CATCH, BELL_JOB_PASS, PASSES_ON},
    {BELL_FINALLY, BELL_JOB_FINALLY, " {of} {settled}, and {me} runs either way."},
    {BELL_FINALLY, BELL_JOB_PASS,
     " A hop: what {me} returned was rejected, and that goes on, whatever {of} was (ECMAScript 27.2.5.3)."},
    {BELL_FINALLY, BELL_JOB_RESTORE,
     " A hop: what {me} returned has settled, and what became of {of} goes on (ECMAScript 27.2.5.3)."},
    {BELL_FINALLY, BELL_JOB_THEN, " A hop: {me}'s own promise waits for what {me} returned" CALLS("its")},
    {BELL_FINALLY, BELL_JOB_FOLLOW, " A hop: what {me}'s own promise waited for {settled}, and now it is too."},
    {BELL_RESOLVE_WITH, BELL_JOB_THEN, " A hop: {me} was resolved with {thing}" CALLS("{with}'s")},
    {BELL_RESOLVE_WITH, BELL_JOB_FOLLOW, " A hop: {with} {settled}, and now {me} is too."},
    {BELL_RETURN, BELL_JOB_THEN, " A hop: {me} returned {thing}" CALLS("{of}'s")},
    {BELL_RETURN, BELL_JOB_FOLLOW, " A hop: {of} {settled}, and now {me}'s own promise is too."},
    {BELL_AWAIT, BELL_JOB_HANDLER, " {me} awaited {of}, which {settled}: the rest of {me} runs."},
    {BELL_AWAIT, BELL_JOB_THEN, " A hop: {me} awaited {thing}" CALLS("{of}'s")},
    {BELL_RESOLVE_AFTER, 0, " It calls the resolve" FIRST_CALL},
    {BELL_REJECT_AFTER, 0, " It calls the reject" FIRST_CALL},
};

static const char await_threw[] = " {me} awaited {of}, which was rejected: await throws, and {me} is rejected.";
static const char await_nothing[] = " {me} awaited no promise, and goes on a microtask later all the same.";
static const char await_thenable[] = " {me} awaited the thenable {of}, which has called back: the rest of {me} runs.";

/* What the statement of a step is about; BELL_NONE when it is about nothing. */
static uint32_t subject_of(const bell_trace *trace, uint32_t k) {
  const bell_statement *s = bell_trace_statement(trace, k);
  return s->kind == BELL_RESOLVE_WITH ? s->with : s->of;
}

static bool is_thenable(const bell_trace *trace, uint32_t statement) {
  return trace->scenario->statements[statement].kind == BELL_THENABLE;
}

const char *promise_reason(const bell_trace *trace, uint32_t k) {
  const bell_statement *s = bell_trace_statement(trace, k);
  if (!bell_statement_is_of_promises(s)) return NULL;
  if (s->kind == BELL_AWAIT && trace->steps[k].job == BELL_JOB_HANDLER) {
    if (trace->steps[k].rejected) return await_threw;
    if (s->of == BELL_NONE) return await_nothing;
    if (is_thenable(trace, s->of)) return await_thenable;
  }
  for (size_t i = 0; i < sizeof why / sizeof *why; i++) {
    if (why[i].kind == s->kind && why[i].job == trace->steps[k].job) return why[i].sentence;
  }
  return NULL;
}

/* ---- rejections ------------------------------------------------------------------------------------------------- */

/* The rejection of this promise, if it was told that nobody had handled it, which is before anybody does; else NULL. */
static const bell_rejection *told_of(const bell_trace *trace, uint32_t statement) {
  uint32_t told = trace->told[statement];
  return told == BELL_NONE ? NULL : &trace->unhandled[told];
}

/* The first that was told as step k ended, or later. */
static uint32_t first_told(const bell_trace *trace, uint32_t k) {
  uint32_t first = 0;
  uint32_t end = trace->unhandled_count;
  while (first < end) {
    uint32_t middle = first + (end - first) / 2;
    if (trace->unhandled[middle].step < k) first = middle + 1;
    else end = middle;
  }
  return first;
}

void promise_print_late(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool is_of_finally = bell_trace_statement(trace, k)->kind == BELL_FINALLY; /* whose first job alone is about it */
  if (!trace->steps[k].rejected || (is_of_finally && trace->steps[k].job != BELL_JOB_FINALLY)) return;
  const bell_rejection *rejection = told_of(trace, subject_of(trace, k));
  if (rejection == NULL) return;
  bell_text_string(out, " That is late: the rejection was told at ");
  bell_text_ms(out, bell_trace_end_us(trace, rejection->step));
  bell_text_string(out, " ms.");
}

void promise_print_told(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool is_end = k + 1 < trace->step_count && trace->steps[k + 1].queue == BELL_QUEUE_ENDED;
  if (is_end) return; /* which says so itself */
  bool is_any = false;
  for (uint32_t i = first_told(trace, k); i < trace->unhandled_count && trace->unhandled[i].step == k; i++) {
    bell_text_string(out, is_any ? " and of " : " Then nobody has handled the rejection of ");
    sentence_print_statement(trace, trace->unhandled[i].statement, out);
    is_any = true;
  }
  if (!is_any) return;
  bool is_node = trace->scenario->host == BELL_NODE;
  bell_text_string(out, is_node ? ": that is told as unhandledRejection." : ": that is told as unhandledrejection.");
}

/* ---- facts ------------------------------------------------------------------------------------------------------ */

void promise_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  const bell_statement *s = bell_trace_statement(trace, k);
  if (sentence_fact_is(f, "of")) sentence_print_statement(trace, s->of, out);
  if (sentence_fact_is(f, "with")) sentence_print_statement(trace, s->with, out);
  if (sentence_fact_is(f, "settled")) bell_text_string(out, trace->steps[k].rejected ? "was rejected" : "is fulfilled");
  if (sentence_fact_is(f, "fatal")) sentence_print_statement(trace, trace->unhandled[0].statement, out);
  if (sentence_fact_is(f, "thing")) {
    bell_text_string(out, is_thenable(trace, subject_of(trace, k)) ? "the thenable " : "the promise ");
    sentence_print_statement(trace, subject_of(trace, k), out);
  }
  if (sentence_fact_is(f, "back") && is_thenable(trace, subject_of(trace, k))) {
    bell_text_string(out, ", which calls back at once");
  }
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

/* The function's how many-th await it is, where it has several. */
static void print_nth(const bell_scenario *scenario, uint32_t await, bell_text *out) {
  static const char *const words[] = {"first ", "second ", "third "};
  uint32_t function = scenario->statements[await].function;
  uint32_t count = 0;
  uint32_t nth = 0;
  for (uint32_t i = function + 1; i < scenario->statements[function].end; i++) {
    const bell_statement *s = &scenario->statements[i];
    if (s->kind != BELL_AWAIT || s->function != function) continue;
    count++;
    if (i < await) nth++;
  }
  if (count > 1) bell_text_string(out, nth < sizeof words / sizeof *words ? words[nth] : "later ");
}

/* What the event runs as; a job that does nothing but follow when it never runs. */
static bell_job_kind job_of(const bell_trace *trace, uint32_t event, uint32_t k) {
  while (k < trace->step_count && trace->steps[k].event != event) k++;
  bool runs = k < trace->step_count && !bell_trace_is_stop(trace, k);
  return runs ? bell_trace_job(trace, k) : BELL_JOB_FOLLOW;
}

void promise_print_job(const bell_trace *trace, uint32_t event, uint32_t k, bell_text *out) {
  uint32_t statement = trace->events[event].statement;
  const bell_statement *s = &trace->scenario->statements[statement];
  sentence_print_statement(trace, statement, out);
  if (!bell_statement_is_of_promises(s)) return;
  if (s->kind == BELL_AWAIT) {
    bell_text_string(out, "'s ");
    print_nth(trace->scenario, statement, out);
    bell_text_string(out, "await");
  } else if (s->kind == BELL_RESOLVE_AFTER || s->kind == BELL_REJECT_AFTER) {
    bell_text_string(out, "'s timer");
  } else if (job_of(trace, event, k) >= BELL_JOB_PASS) {
    bell_text_string(out, "'s job");
  }
}

void promise_print_caller(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool is_rest = bell_trace_statement(trace, k)->kind == BELL_AWAIT && bell_trace_job(trace, k) == BELL_JOB_HANDLER;
  if (is_rest) sentence_print_event(trace, trace->steps[k].event, out);
  else promise_print_job(trace, trace->steps[k].event, k, out);
}
