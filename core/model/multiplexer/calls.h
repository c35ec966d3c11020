/* calls: the system calls that lesson 4's run costs, step by step and in all. Of a run on a real kernel they were
 * counted there; in the model they follow from its answers. */
#ifndef BELL_CALLS_H
#define BELL_CALLS_H

#include "trace/trace.h"

/* What a read that would block takes: read_in_vain in core/live/measured.tsv. A run takes no account of it. It says
 * only how many rounds a thread makes that polls busily and finds nothing. */
enum { BELL_READ_IN_VAIN_NS = 340 };

/* The system calls of one step, and of all. Lesson 4 alone has them. */
bell_calls bell_trace_calls(const bell_trace *trace, uint32_t k);
bell_calls bell_trace_all_calls(const bell_trace *trace);

/* Of a step before which the thread spun (bell_trace_spins): how often it woke and found only what is at its end. As
 * busy-poll's, the rounds go by the clock. 0 of kqueue, whose wait was measured nowhere. */
uint64_t bell_trace_rounds(const bell_trace *trace, uint32_t k);

/* The descriptors that the kernel looks at when a wait begins, and once more when it has slept: do_select and do_poll
 * in Linux's fs/select.c. */
uint32_t bell_strategy_scans(bell_strategy strategy, uint32_t sockets);
static inline uint32_t bell_trace_scanned(const bell_trace *trace) {
  return bell_strategy_scans(trace->strategy, trace->scenario->statement_count);
}

#endif
