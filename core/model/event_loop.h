/* event_loop: lesson 5, the browser's loop. Readiness becomes queued callbacks, and one thread runs them one by one.
 *
 * Before each pick, every event whose time has come is noticed, in the order of ready time, then of creation: a
 * promise joins the microtask queue, everything else the task queue. Then:
 *   1. the oldest microtask runs, if there is one;
 *   2. else the oldest task;
 *   3. else the clock moves on to the next ready time;
 *   4. else the loop ends.
 * So all microtasks, those that microtasks queue too, run before the next task.
 * Source: HTML, 8.1.7.3 "Processing model" of event loops, and "perform a microtask checkpoint".
 *
 * A callback starts at `now`; its actions happen then, in order; then it holds the thread for `takes`. */
#ifndef BELL_EVENT_LOOP_H
#define BELL_EVENT_LOOP_H

#include "trace.h"

/* How many bytes of arena `bell_event_loop_run` takes. */
size_t bell_event_loop_memory(const bell_scenario *scenario);

/* Runs a scenario that was parsed for BELL_BROWSER. The trace lives in the arena and reads the scenario, which must
 * outlive it. False when the arena is too small; then there is no trace. */
bool bell_event_loop_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena);

#endif
