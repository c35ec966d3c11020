/* worker_reason: what is to be said of work that is handed over, and of what a worker has done. */
#ifndef BELL_WORKER_REASON_H
#define BELL_WORKER_REASON_H

#include "trace/sentence.h"

/* The sentence about it; "" where there is none. */
const char *worker_what_was_given(const bell_trace *trace, uint32_t k);

/* The same, of a read that gave so many pieces. */
const char *worker_what_was_done(int64_t pieces);

void worker_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

#endif
