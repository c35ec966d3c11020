/* program_open: which other tasks a browser may take next than program_turns.c says, where the callbacks are a
 * program's.
 *
 * Of the scheduler's tasks it may take none but the oldest of those with the highest effective priority. Between these
 * and other sources it may choose: Prioritized Task Scheduling 4.1, "select the next scheduler task queue" and
 * "Event loop: processing model".
 *
 * An idle period begins only when no task waits, but from then on the callbacks of it are tasks like others, one after
 * another. And a browser may let a period begin later: requestIdleCallback 5.2, "start an idle period algorithm",
 * step 1. */
#ifndef BELL_PROGRAM_OPEN_H
#define BELL_PROGRAM_OPEN_H

#include "loop/program_turns.h"

/* The set of the sources whose first task may go next, a bit each; none when a run with choices goes the way that an
 * idle period begins later. */
uint32_t program_open_sources(const program_turns *turns, const bell_loop *loop);

/* The oldest task that might have gone in the place of one of this source, which was taken; BELL_NONE when none might.
 */
uint32_t program_open_instead(const program_turns *turns, const bell_loop *loop, bell_source source);

/* Might something come before an idle callback, were its period to begin later? */
bool program_open_may_be_put_off(const bell_loop *loop);

#endif
