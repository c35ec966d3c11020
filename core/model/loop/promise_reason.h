/* promise_reason: what a promise's job is called, and what it is for, in English. A part of loop_reason.c. */
#ifndef BELL_PROMISE_REASON_H
#define BELL_PROMISE_REASON_H

#include "trace/sentence.h"

/* One sentence, with a space before it, its facts in braces: what step k does for promises. NULL when it does nothing
 * for them. */
const char *promise_reason(const bell_trace *trace, uint32_t k);
sentence_print_fact promise_print_fact;

/* Where step k handles a rejection that was told before: a sentence that says so, with a space before it. */
void promise_print_late(const bell_trace *trace, uint32_t k, bell_text *out);

/* After a step, the rejections that are told as it is over: a sentence each, with a space before it. */
void promise_print_told(const bell_trace *trace, uint32_t k, bell_text *out);

/* What runs, or waits, for an event: "onTimeout" as a rule; "p's job" for a hop, "f's second await" for what comes
 * behind an await, "p's timer" for a later resolve or reject. `k` is a step that the event runs in, or one before
 * it. */
void promise_print_job(const bell_trace *trace, uint32_t event, uint32_t k, bell_text *out);

/* The same for who did something in step k, where the rest of a function goes by the function's name. */
void promise_print_caller(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
