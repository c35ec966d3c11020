/* node_loop: lesson 5, Node's loop: the phases of libuv, with Node's own two queues between all callbacks.
 *
 *   main     the main script runs first, to its end
 *   then, round after round, as long as anything is to come:
 *   timers   the timers that are due
 *   poll     sleeps until a timer is due or a socket is ready, unless an immediate waits; then the callbacks of the
 *            sockets that are ready now: what becomes ready meanwhile waits for the next round (as may one of two that
 *            become ready at once, which the model finds together: orders.h)
 *   check    the immediates that were queued before this phase began
 *
 * After every callback the tick queue (process.nextTick) runs until it is empty, then the microtask queue, and both
 * over again until both are empty. A promise that is a source joins the microtask queue when its time has come.
 * Sources: libuv's uv_run, src/unix/core.c, from 1.45 on; Node's lib/internal/process/task_queues.js and
 * lib/internal/timers.js, of version 20.
 *
 * Timers: a delay is at least 1 ms. A source `timer NAME ready T` was set at 0, before the main script. The phase looks
 * at the clock once, as it begins; what becomes due during it waits for the next round. libuv has one timer for all of
 * Node's. It is set as the phase ends, to 1 ms at least, by libuv's own clock, which stands still while callbacks run:
 * only a round, and the setting of a timer, bring it up to date. The ticks and microtasks after the last timer come
 * behind that; if they bring the clock past libuv's timer, the phase begins again. Source: Environment::RunTimers in
 * Node's src/env.cc, and uv__run_timers.
 *
 * Two traits are not modeled: Node cuts delays and its clock to whole milliseconds, and libuv takes at most 1024 sockets
 * at once. */
#ifndef BELL_NODE_LOOP_H
#define BELL_NODE_LOOP_H

#include "loop/choices.h"
#include "trace/trace.h"

/* As bell_event_loop_memory and bell_event_loop_run_otherwise, for a scenario that was parsed for BELL_NODE. */
size_t node_loop_memory(const bell_scenario *scenario);
bool node_loop_run(bell_trace *trace, const bell_scenario *scenario, bell_choices *choices, bell_arena *arena);

#endif
