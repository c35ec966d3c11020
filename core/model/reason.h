/* reason: why a step came next, in English. The only place that turns reasons into sentences. */
#ifndef BELL_REASON_H
#define BELL_REASON_H

#include "trace.h"

/* Why step k came when it did: one to three short sentences, with their full stops. */
void bell_reason_print(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
