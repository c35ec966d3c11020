/* bytes_reason: what is to be said of reads that take a piece of a message. Sentences with gaps, for
 * multiplexer_reason to print. */
#ifndef BELL_BYTES_REASON_H
#define BELL_BYTES_REASON_H

#include "trace/sentence.h"

/* Of a step that is a read: what it took, then what becomes of the rest; empty where there is nothing to be said. */
const char *bytes_what_was_taken(const bell_trace *trace, uint32_t k);
const char *bytes_what_follows(const bell_trace *trace, uint32_t k);

/* Of a step that is an end: that it came in the middle of a message. */
const char *bytes_what_broke_off(const bell_trace *trace, uint32_t k);

/* The facts that these sentences have besides those of all others. */
void bytes_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

/* What an event of this socket is called: a "message", or a "part" where a message comes in several. */
const char *bytes_event_word(const bell_trace *trace, uint32_t event);

/* May somebody have read a piece of the event? Then it is not so that nobody looked. */
bool bytes_may_be_begun(const bell_trace *trace, uint32_t event);

/* Did the step read less than a message? Then what it had to read is called data. */
bool bytes_is_less(const bell_trace *trace, uint32_t k);

#endif
