/* program_reason: why a loop came to a step next, in English, where its callbacks are a program's
 * (bell_scenario.source_name). What lesson 5 can say too, loop_reason.h says. */
#ifndef BELL_PROGRAM_REASON_H
#define BELL_PROGRAM_REASON_H

#include "trace/trace.h"

void program_reason_print(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
