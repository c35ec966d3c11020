/* reason: why a step came next, in English: one to three short sentences, with their full stops. The only place that
 * turns reasons into sentences. */
#ifndef BELL_REASON_H
#define BELL_REASON_H

#include "trace/trace.h"

void bell_reason_print(const bell_trace *trace, uint32_t k, bell_text *out);

/* The same, for who has traces of one lesson only (a page), and need not carry the sentences of the other. */
void bell_multiplexer_reason_print(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_loop_reason_print(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
