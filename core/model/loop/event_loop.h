/* event_loop: lesson 5, the browser's loop. Readiness becomes queued callbacks, and one thread runs them one by one.
 *
 * Before each pick, every event whose time has come is noticed, in the order of ready time, then of creation: a
 * promise joins the microtask queue, everything else the task queue of its source. Then:
 *   1. the oldest microtask runs, if there is one;
 *   2. else the task that has been ready longest;
 *   3. else the clock moves on to the next ready time;
 *   4. else the loop ends.
 * So all microtasks, those that microtasks queue too, run before the next task.
 * Source: HTML, 8.1.7.3 "Processing model" of event loops, and "perform a microtask checkpoint".
 *
 * Task sources: timers, networking (sockets, and scripts, which come over the network), user interaction (input), and
 * rendering. HTML guarantees the order within one source; which source goes next is left to the browser. The model
 * takes the task that has been ready longest; where it is not the only one that might come next, the step says so
 * (bell_step.no_guarantee), as far as it can be seen without going another way: orders.h has the rest.
 * Source: HTML, 8.1.7.1 "Definitions" of event loops, "task source".
 *
 * Timers: one that is set by a timer that was set by a timer, more than five deep, waits at least 4 ms. Timers end in
 * the order of their times; but HTML guarantees it only of two where the one that was set first has no longer a delay.
 * Source: HTML, 8.7 "Timers": "timer initialization steps", "run steps after a timeout".
 *
 * Frames: a screen of 60 Hz can be drawn at each multiple of 1000/60 ms, which the browser does only when a callback
 * was asked for. Then that moment, the first one after the asking, is when a task of rendering becomes ready. On its
 * turn run all callbacks that were asked for before it began, in order, each with its microtasks; those that they ask
 * for wait for the next one. But HTML promises no rate: a browser that nobody asked for frames sleeps, and may draw the
 * first one at once. So the model guarantees no order that depends on when a frame is drawn.
 * Source: HTML, 8.1.7.3, "update the rendering"; 8.11 "Animation frames". */
#ifndef BELL_EVENT_LOOP_H
#define BELL_EVENT_LOOP_H

#include "loop/choices.h"
#include "trace/trace.h"

/* How many bytes of arena `bell_event_loop_run` takes. */
size_t bell_event_loop_memory(const bell_scenario *scenario);

/* Runs a scenario that was parsed for BELL_BROWSER or BELL_NODE, as that host does (Node's rules: node_loop.h). The
 * trace lives in the arena and reads the scenario, which must outlive it. False when the arena is too small; then there
 * is no trace. */
bool bell_event_loop_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena);

/* The same, where reality may differ from the model as `choices` says: see orders.h. */
bool bell_event_loop_run_otherwise(bell_trace *trace, const bell_scenario *scenario, bell_choices *choices,
                                   bell_arena *arena);

#endif
