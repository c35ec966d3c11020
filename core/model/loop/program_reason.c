#include "loop/program_reason.h"

#include <string.h>

#include "loop/loop_reason.h"
#include "loop/program_turns.h"
#include "loop/program_work.h"
#include "trace/sentence.h"

static const char *const why[BELL_REASONS] = {
    [BELL_REASON_STARVED] =
        "After {steps} callbacks the run was stopped. {me} starves: what goes before it has no "
        "end; the last of that was {last}.",
    [BELL_REASON_STOPPED] = "After {steps} callbacks the run was stopped. {me} would come next.",
    [BELL_REASON_ENDED_THREW] = "{last} threw, and nobody caught it: Node ends the process here, with status 1.",
    [BELL_REASON_ENDED_EXIT] = "{last} called process.exit: Node ends the process here.",
    [BELL_REASON_BEFORE_EXIT] =
        "Nothing is to come that keeps the process alive. Node tells that as beforeExit: {me} may "
        "ask for more.",
    [BELL_REASON_EXIT] = "The process ends. Node tells that as exit: {me} runs, and nothing that it asks for will.",
    [BELL_REASON_REJECTIONS] =
        "No tick and no microtask is left: Node now tells which rejections have no handler, or "
        "got one late, and {me} is called.",
    [BELL_REASON_THROWN] =
        "What ran before threw, and nobody caught it: Node tells that at once, and {me} is called "
        "before anything else runs.",
    [BELL_REASON_LISTENER] =
        "No microtask is left of the listener before, and nothing else comes in between: {me} goes "
        "on with its next listener.",
    [BELL_REASON_SETTLES] =
        "No microtask is left of its callback, and nothing else comes in between: the promise of {me} "
        "is settled.",
};

static const char check_again[] =
    "Check phase: the last of the immediates from before the phase began threw, so Node goes through those that were "
    "queued since: {me} is the oldest.";

/* Behind the reason of a phase's callback. */
static const char skipped[] = " A callback threw just now, so ticks and microtasks wait until this one is over.";

/* ---- tasks ------------------------------------------------------------------------------------------------------- */

static const char by_priority[] =
    "No microtask waited. Of the scheduler's tasks those with the highest priority go first: {me} is {priority}, and "
    "that of {other} is lower.";
static const char before_idle[] =
    "No microtask waited, and {me} goes first: {other} is an idle callback, and these wait until no task does.";
static const char put_off[] =
    "No guarantee: no task waited, so idle callbacks may run, and {me} does. "
    "But a browser may put them off for as long as it likes.";

static const char by_threads[] =
    "Poll phase: {me} is done. No guarantee: threads beside the loop work on it and on {other}, and either may be done "
    "first.";

/* By program_turns_priority. */
static const char *const priorities[] = {
    "",
    "background",
    "background and goes on after a yield",
    "user-visible",
    "user-visible and goes on after a yield",
    "user-blocking",
    "user-blocking and goes on after a yield",
};

/* What no scenario's callback has for a reason; NULL when it has none of these. */
static const char *own_why(const bell_trace *trace, uint32_t k) {
  const bell_step *step = &trace->steps[k];
  if (step->queue == BELL_QUEUE_POLL && step->no_guarantee == BELL_NO_GUARANTEE_SOURCES) return by_threads;
  if (step->queue == BELL_QUEUE_CHECK && (step->job & PROGRAM_GOES_AGAIN) != 0) return check_again;
  if (step->queue != BELL_QUEUE_TASK || step->reason > BELL_REASON_TASK_ONLY) return NULL;
  bool is_open = step->no_guarantee != BELL_GUARANTEED;
  if (program_reason_source(trace, step->event) == BELL_TASKS_IDLE) {
    return is_open && step->no_guarantee != BELL_NO_GUARANTEE_SOURCES ? put_off : NULL;
  }
  if (is_open) return NULL;
  if (program_reason_source(trace, step->other) == BELL_TASKS_IDLE) return before_idle;
  return step->job > 0 ? by_priority : NULL;
}

static void print_own(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  if (sentence_fact_is(f, "other")) sentence_print_event(trace, step->other, out);
  if (sentence_fact_is(f, "priority")) bell_text_string(out, priorities[step->job]);
  if (sentence_fact_is(f, "steps")) bell_text_number(out, k);
  if (sentence_fact_is(f, "last")) sentence_print_event(trace, trace->steps[k].other, out);
}

/* ---- a promise's job --------------------------------------------------------------------------------------------- */

static const char *const job_names[PROGRAM_JOB_KINDS] = {
    [PROGRAM_JOB_NONE] = "",
    [PROGRAM_JOB_HANDLER] = "handler",
    [PROGRAM_JOB_FINALLY] = "finally",
    [PROGRAM_JOB_PASS] = "pass",
    [PROGRAM_JOB_THEN] = "then",
    [PROGRAM_JOB_FOLLOW] = "follow",
    [PROGRAM_JOB_RESTORE] = "restore",
    [PROGRAM_JOB_AWAIT] = "await",
    [PROGRAM_JOB_AWAIT_PLAIN] = "await-plain",
    [PROGRAM_JOB_AWAIT_THENABLE] = "await-thenable",
    [PROGRAM_JOB_COMBINE] = "combine",
    [PROGRAM_JOB_COMBINE_LATE] = "combine-late",
    [PROGRAM_JOB_UNWRAP] = "unwrap",
};

const char *program_job_name(program_job_kind kind) { return job_names[kind]; }

#define QUEUED " {Of} {settled}{where}, so its {method} from line {line} was queued"
#define AT_ONCE " {Of} {settled} already when line {line} called its {method}, so that was queued at once"
#define HOP " A hop: {of} {settled}{where}"

/* Each for a reaction that waited, and for one whose promise had settled already. */
static const char *const job_why[PROGRAM_JOB_KINDS][2] = {
    [PROGRAM_JOB_HANDLER] = {QUEUED ".", AT_ONCE "."},
    [PROGRAM_JOB_FINALLY] = {QUEUED ": it runs either way.", AT_ONCE ": it runs either way."},
    [PROGRAM_JOB_PASS] = {HOP ", but its {method} from line {line} does not react to that: this job runs no code and "
                              "passes it on to {own} (ECMAScript 27.2.2.1)."},
    [PROGRAM_JOB_THEN] = {" A hop: {own} was resolved with {of}, so this job calls the then of that (ECMAScript "
                          "27.2.2.2)."},
    [PROGRAM_JOB_FOLLOW] = {HOP ", and now {own} is too."},
    [PROGRAM_JOB_RESTORE] = {" A hop: what the finally callback of line {line} returned has settled, and what was "
                             "before goes on (ECMAScript 27.2.5.3)."},
    [PROGRAM_JOB_AWAIT] = {" {Of} {settled}{where}, so the await of {own} on line {line} {goes on}.",
                           " {Of} {settled} already when {own} awaited it on line {line}, so the rest was queued at "
                           "once{throws}."},
    [PROGRAM_JOB_AWAIT_PLAIN] = {" {Own} awaited no promise on line {line}, and goes on a microtask later all the "
                                 "same."},
    [PROGRAM_JOB_AWAIT_THENABLE] = {" The thenable that {own} awaited on line {line} has called back, so the await "
                                    "{goes on}."},
    [PROGRAM_JOB_COMBINE] = {" {Of} {settled}{where}: this job tells {own}, which hears of each of them."},
    [PROGRAM_JOB_COMBINE_LATE] = {" {Of} {settled}{where}: this job tells {own}, which has settled: nothing changes."},
    [PROGRAM_JOB_UNWRAP] = {" {Of} {settled}{where}: this job hands on what the iterator gave (ECMAScript 27.1.6.4)."},
};

static void print_name(const char *name, const char *unknown, bell_text *out) {
  bell_text_string(out, *name == '\0' ? unknown : name);
}

/* The same where a sentence begins: "an inner promise" is no name of the program's. */
static void print_first(const char *name, const char *unknown, bell_text *out) {
  if (*name == '\0') name = unknown;
  static const char *const articles[][2] = {{"a ", "A "}, {"an ", "An "}, {"the ", "The "}};
  for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
    size_t length = strlen(articles[i][0]);
    if (strncmp(name, articles[i][0], length) != 0 || name[length] == '(') continue; /* a variable's name */
    bell_text_string(out, articles[i][1]);
    name += length;
  }
  bell_text_string(out, name);
}

static void print_job_fact(const void *context, sentence_fact f, bell_text *out) {
  const program_job *job = context;
  bool is_done = job->was_settled || job->settled_line > 0;
  if (sentence_fact_is(f, "of")) print_name(job->of, job->kind == PROGRAM_JOB_THEN ? "a thenable" : "a promise", out);
  if (sentence_fact_is(f, "Of")) print_first(job->of, "a promise", out);
  if (sentence_fact_is(f, "Own")) print_first(job->own, "a function", out);
  if (sentence_fact_is(f, "own")) print_name(job->own, "its promise", out);
  if (sentence_fact_is(f, "method")) print_name(job->method, "then", out);
  if (sentence_fact_is(f, "line")) bell_text_number(out, job->line);
  if (sentence_fact_is(f, "settled")) {
    bell_text_string(out, job->rejected ? "was rejected" : is_done ? "was fulfilled" : "is fulfilled");
  }
  if (sentence_fact_is(f, "where") && job->was_settled) bell_text_string(out, " already");
  else if (sentence_fact_is(f, "where") && job->settled_line > 0) {
    bell_text_string(out, " on line ");
    bell_text_number(out, job->settled_line);
  }
  if (sentence_fact_is(f, "goes on")) bell_text_string(out, job->rejected ? "throws" : "goes on");
  if (sentence_fact_is(f, "throws") && job->rejected) bell_text_string(out, ": the await throws");
}

static void print_job(const program_job *job, bell_text *out) {
  const char *const *sentences = job_why[job->kind];
  const char *sentence = sentences[job->was_settled && sentences[1] != NULL];
  if (sentence != NULL) bell_text_filled(out, sentence, print_job_fact, job);
}

/* ------------------------------------------------------------------------------------------------------------------ */

/* Did it come though ticks or microtasks waited? */
static bool came_first(const bell_step *step) {
  bool is_of_phase =
      step->queue == BELL_QUEUE_TIMERS || step->queue == BELL_QUEUE_POLL || step->queue == BELL_QUEUE_CHECK;
  return is_of_phase && (step->job & PROGRAM_SKIPS) != 0;
}

void program_reason_print(const bell_trace *trace, uint32_t k, const program_job *job, bell_text *out) {
  const char *own = own_why(trace, k);
  const char *sentence = own == NULL ? why[trace->steps[k].reason] : own;
  if (own == by_threads) loop_reason_print_sleep(trace, k, out);
  if (sentence == NULL) loop_reason_print(trace, k, out);
  else sentence_print(trace, k, sentence, print_own, out);
  if (own != NULL) loop_reason_print_origin(trace, k, out);
  if (came_first(&trace->steps[k])) bell_text_string(out, skipped);
  if (!bell_trace_is_stop(trace, k)) print_job(job, out);
}
