/* writing_reason: what is to be said of writes. Sentences with gaps, for multiplexer_reason to print. */
#ifndef BELL_WRITING_REASON_H
#define BELL_WRITING_REASON_H

#include "trace/sentence.h"

/* Of a step: what it wrote, and what becomes of the rest; empty where there is nothing to be said. */
const char *writing_what_was_written(const bell_trace *trace, uint32_t k);
const char *writing_what_follows(const bell_trace *trace, uint32_t k);

/* Why a step writes that comes behind one of the same socket: it was told, or found, with that; NULL of others. */
const char *writing_why(const bell_trace *trace, uint32_t k);

/* How long a step slept in write; 0 for what slept for good. */
int64_t writing_waited_us(const bell_trace *trace, uint32_t k);

/* Does the thread sleep in write for good, when the last row is reached? */
bool writing_sleeps_for_good(const bell_trace *trace, uint32_t k);

/* The facts that these sentences have besides those of all others. */
void writing_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
