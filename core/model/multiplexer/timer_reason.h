/* timer_reason: what is said of a step that is a timer's: what its read gave, or that there was none. Sentences with
 * gaps, for multiplexer_reason to print. */
#ifndef BELL_TIMER_REASON_H
#define BELL_TIMER_REASON_H

#include "trace/sentence.h"

/* A sentence with gaps, which `timer_print_fact` fills; "" of other steps. */
const char *timer_what_was_read(const bell_trace *trace, uint32_t k);

void timer_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
