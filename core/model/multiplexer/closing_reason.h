/* closing_reason: what is to be said of connections that end. Sentences with gaps, for multiplexer_reason to print. */
#ifndef BELL_CLOSING_REASON_H
#define BELL_CLOSING_REASON_H

#include "trace/sentence.h"

/* Why a step came next whose thread could not sleep, or had to look at others in vain; NULL for all other steps. */
const char *closing_why(const bell_trace *trace, uint32_t k);

/* Of a step that is an end: what it was and what the handler did, then what that leads to. */
const char *closing_what_happened(const bell_trace *trace, uint32_t k);
const char *closing_what_follows(const bell_trace *trace, uint32_t k);

/* Of the last row of a run that would never end. */
const char *closing_why_for_ever(const bell_trace *trace, uint32_t k);

/* What each of the scenario's descriptors is: a "socket"; or, where some are timers, pipes or the like, a
 * "descriptor". */
const char *closing_descriptor_word(const bell_trace *trace);

/* The facts that these sentences have besides those of all others. */
void closing_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
