/* loop_reason: why lesson 5's loop came to a step next, in English: see bell_lesson. */
#ifndef BELL_LOOP_REASON_H
#define BELL_LOOP_REASON_H

#include "trace/trace.h"

void loop_reason_print(const bell_trace *trace, uint32_t k, bell_text *out);

/* Of that what stands before all else: that the loop slept, if it did. */
void loop_reason_print_sleep(const bell_trace *trace, uint32_t k, bell_text *out);

/* Of that what stands behind the first sentence of a callback's step: where the callback came from. */
void loop_reason_print_origin(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
