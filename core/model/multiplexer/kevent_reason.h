/* kevent_reason: what kqueue's events say besides that something is ready, in words. */
#ifndef BELL_KEVENT_REASON_H
#define BELL_KEVENT_REASON_H

#include "trace/sentence.h"

/* Behind what a step read: what its event said. "" when that is no more than what was read. */
const char *kevent_what_was_told(const bell_trace *trace, uint32_t k);

void kevent_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
