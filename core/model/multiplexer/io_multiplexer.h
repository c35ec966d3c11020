/* io_multiplexer: lesson 4. One thread serves many sockets, in one of two ways.
 *
 *   blocking   visits the sockets in file order, round after round, leaving out those with nothing more to come. At
 *              each it waits until that socket's next message is ready, then handles it: a read(2) on a descriptor
 *              that is not in non-blocking mode.
 *   readiness  waits, only when nothing is ready, until something is; then handles the message that has been ready
 *              longest, equal times in file order: a loop around one wait for many descriptors, as poll(2) gives it.
 *
 * Rows are in the order of handling. The same scenario gives the same trace on every machine. */
#ifndef BELL_IO_MULTIPLEXER_H
#define BELL_IO_MULTIPLEXER_H

#include "trace/trace.h"

/* How many bytes of arena `bell_multiplexer_run` takes. */
size_t bell_multiplexer_memory(const bell_scenario *scenario);

/* Runs a scenario that was parsed for BELL_MULTIPLEXER, BELL_BLOCKING or BELL_READINESS. The trace lives in the arena
 * and reads the scenario, which must outlive it. False when the arena is too small; then there is no trace. */
bool bell_multiplexer_run(bell_trace *trace, const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena);

#endif
