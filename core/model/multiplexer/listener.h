/* listener: a socket on which connections come; and what becomes of it when the program has no descriptor left.
 *
 *   listener L ready 1 1 1     At 1 three connections come, and wait in L's queue. The socket is readable, and its read
 *                              is accept, which takes the first of them, and gives it a descriptor of its own.
 *                              accept(2): "In order to be notified of incoming connections on a socket, you can use
 *                              select(2), poll(2), or epoll(7). A readable event will be delivered when a new
 *                              connection is attempted". The connection stays open; what is said on it then is no
 *                              part of the scenario.
 *     descriptors 2            So many descriptors are left to the program. Each accept takes one. A socket that is
 *                              closed at its end gives one back; so does a timer with `until` that expires no more,
 *                              unless it is kqueue's: those are no descriptors.
 *                              When none is left, accept fails: EMFILE, "The per-process limit on the number of open
 *                              file descriptors has been reached". The connection stays in the queue.
 *     keep spare               The handler has a spare descriptor for that. It closes it, accepts, closes the
 *                              connection at once, and opens the spare one again: its peer is told, and does not wait.
 *                              That takes no time here. libuv does so (uv__emfile_trick in src/unix/stream.c) with all
 *                              that wait, here it is one a report. (nginx stops to watch its listeners for a while:
 *                              accept_mutex_delay.)
 *
 * A listener that is out of descriptors is a trap, for it is readable as long as somebody waits in its queue:
 *
 *   select, poll, epoll, kqueue, readiness   answer at once, each time, with it: the thread spins (closing.h) until a
 *              socket is closed. What it accepts in vain makes no step. A socket that is closed and stands before the
 *              listener in the same answer has made room for it.
 *   epoll-et, kqueue-clear   tell of a connection once, when it comes. Nothing spins; but when a descriptor is free
 *              again nobody tells of those that still wait in the queue, until another connection comes.
 *
 * Edge-triggered, an accept once a report, --drain=no, leaves the others of a burst in the queue, as a read does what
 * is left over: waiting.h.
 *
 * The other strategies are not shown with `descriptors`, nor are handlers that write, and sockets with
 * an `fd`. */
#ifndef BELL_LISTENER_H
#define BELL_LISTENER_H

#include "scenario/problem.h"
#include "trace/trace.h"

static inline bool bell_listener_is(const bell_scenario *scenario, uint32_t source) {
  return BELL_HAS_BYTES && scenario->statements[source].kind == BELL_ACCEPTING;
}

/* Has it a spare descriptor? */
static inline bool bell_listener_has_spare(const bell_scenario *scenario, uint32_t listener) {
  return (scenario->statements[listener].conduct & BELL_KEEPS_SPARE) != 0;
}

/* Where descriptors run out, the listener that takes them. */
uint32_t bell_listener_find(const bell_scenario *scenario);

/* Is the step an accept? */
static inline bool bell_listener_is_step(const bell_trace *trace, uint32_t k) {
  return BELL_HAS_BYTES && !bell_trace_is_stop(trace, k) &&
         bell_listener_is(trace->scenario, bell_trace_event(trace, k)->statement);
}

/* How many descriptors there are behind a step that found so many. */
uint32_t bell_listener_left_behind(const bell_trace *trace, uint32_t k, uint32_t left);

/* How many connections wait behind the one that the step accepts, and an edge-triggered server is not told of them
 * again, until another comes? */
uint32_t bell_listener_lost(const bell_trace *trace, uint32_t k);

/* Can the strategy serve a scenario in which descriptors run out? */
bool bell_listener_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report);

/* What an accept gave: a "connection", or "EMFILE" where it was turned away. */
void bell_listener_print_result(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
