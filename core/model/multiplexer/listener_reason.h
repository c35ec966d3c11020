/* listener_reason: what is said of a listener, and of the descriptors that run out. */
#ifndef BELL_LISTENER_REASON_H
#define BELL_LISTENER_REASON_H

#include "trace/sentence.h"

/* What an accept took, and what becomes of the others in the queue; or what the step of a timer gave back: a sentence
 * with gaps, which `listener_print_fact` fills; "" of other steps. */
const char *listener_what_it_took(const bell_trace *trace, uint32_t k);

/* What a step that closed a socket gave back. */
const char *listener_what_it_gave_back(const bell_trace *trace, uint32_t k);

void listener_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
