/* promise_reason: what a promise's job is for, in English. A part of loop_reason.c. */
#ifndef BELL_PROMISE_REASON_H
#define BELL_PROMISE_REASON_H

#include "trace/trace.h"

/* One sentence, with a space before it, its facts in braces (see `print_own` in loop_reason.c): what step k does for
 * promises. NULL when it does nothing for them. */
const char *promise_reason(const bell_trace *trace, uint32_t k);

#endif
