/* multiplexer_reason: why lesson 4's thread came to a step next, in English: see bell_lesson. */
#ifndef BELL_MULTIPLEXER_REASON_H
#define BELL_MULTIPLEXER_REASON_H

#include "trace/trace.h"

void multiplexer_reason_print(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
