/* turns_reason: a bounded drain in words. */
#ifndef BELL_TURNS_REASON_H
#define BELL_TURNS_REASON_H

#include "trace/sentence.h"

/* Why the step came next; NULL where turns have nothing to do with it. */
const char *turns_why(const bell_trace *trace, uint32_t k);

/* Behind what a step read: that its turn is over, and who remembers. */
const char *turns_what_follows(const bell_trace *trace, uint32_t k);

void turns_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
