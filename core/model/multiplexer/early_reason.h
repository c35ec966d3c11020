/* early_reason: what is said of a step that is about a timeout or a signal. Sentences with gaps, for multiplexer_reason
 * to print. */
#ifndef BELL_EARLY_REASON_H
#define BELL_EARLY_REASON_H

#include "trace/sentence.h"

/* Why it came now, and what follows. NULL of other steps. */
const char *early_why(const bell_trace *trace, uint32_t k);

/* What becomes of the next wait; "" where there is nothing to be said. */
const char *early_what_follows(const bell_trace *trace, uint32_t k);

/* Of a step that a wait answered with: that the waits put the housekeeping off; else "". */
const char *early_what_is_put_off(const bell_trace *trace, uint32_t k);

void early_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
