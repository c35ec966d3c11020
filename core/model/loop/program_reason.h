/* program_reason: why a loop came to a step next, in English, where its callbacks are a program's
 * (bell_scenario.source_name). What lesson 5 can say too, loop_reason.h says.
 *
 * A statement's `line` is 1 + its source; 0 where that goes by its kind; program_work.h has one more.
 *
 * Behind it, of a promise's job: why there is such a job. A program's promises are its own, and so are their jobs: it
 * tells what a sentence needs. A promise goes by where it was made, "p (line 3)". */
#ifndef BELL_PROGRAM_REASON_H
#define BELL_PROGRAM_REASON_H

#include "loop/loop.h"

/* What a job does: as bell_job_kind in promise.h, and four more. */
typedef enum program_job_kind {
  PROGRAM_JOB_NONE,
  PROGRAM_JOB_HANDLER,
  PROGRAM_JOB_FINALLY,
  PROGRAM_JOB_PASS,
  PROGRAM_JOB_THEN,
  PROGRAM_JOB_FOLLOW,
  PROGRAM_JOB_RESTORE,
  PROGRAM_JOB_AWAIT,          /* the rest of a function */
  PROGRAM_JOB_AWAIT_PLAIN,    /* the same, which awaited what is no promise */
  PROGRAM_JOB_AWAIT_THENABLE, /* or what has a `then`, but is none */
  PROGRAM_JOB_COMBINE,        /* one of those that Promise.all and its kin wait for has settled */
  PROGRAM_JOB_COMBINE_LATE,   /* the same, when that itself has */
  PROGRAM_JOB_UNWRAP,         /* what an iterator gave that is not async has settled. 27.1.6.4 */
  PROGRAM_JOB_KINDS
} program_job_kind;

/* Of a program's names, those are "" that are not known, and those lines are 0. */
typedef struct program_job {
  program_job_kind kind;
  bool rejected;         /* the promise that it is about was */
  bool was_settled;      /* already, when the reaction came */
  const char *of;        /* that promise */
  const char *own;       /* whom it is for: the promise that it settles; await: the function */
  const char *method;    /* then, catch, finally */
  uint32_t line;         /* of the call of that method, of the await */
  uint32_t settled_line; /* where the program's code settled it */
} program_job;

const char *program_job_name(program_job_kind kind); /* "handler", "await-plain", ... */

/* bell_step.job of a callback of a phase of Node's: it came though ticks or microtasks waited (bell_loop_take_first);
 * and it is an immediate that bell_loop_goes_again. */
enum { PROGRAM_SKIPS = 1, PROGRAM_GOES_AGAIN = 2 };

void program_reason_print(const bell_trace *trace, uint32_t k, const program_job *job, bell_text *out);

/* The task source of an event, as its statement's `line` has it; BELL_TASK_SOURCES when that goes by its kind, and of
 * BELL_NONE. */
static inline bell_source program_reason_source(const bell_trace *trace, uint32_t event) {
  if (event == BELL_NONE) return BELL_TASK_SOURCES;
  uint32_t line = trace->scenario->statements[trace->events[event].statement].line;
  return line == 0 ? BELL_TASK_SOURCES : line - 1;
}

#endif
