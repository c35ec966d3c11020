/* node_open: which other orders Node's loop allows than the one that node_loop.c takes, and why: the doors of its
 * phases.
 *
 * At each, a run with choices (choices.h) may go another way; and a step is marked where another might have come
 * (bell_step.no_guarantee), as far as that is seen from there.
 *   - whether the loop is on time, as the timers phase begins, and as poll looks for sockets: late, it may find ready
 *     what in the model is not yet;
 *   - whether a timer is set before or beyond a millisecond's edge;
 *   - whether sockets that become ready at once are all found so in the same round;
 *   - whether a socket is found at all, when poll looks just as it becomes ready, and does not sleep. */
#ifndef BELL_NODE_OPEN_H
#define BELL_NODE_OPEN_H

#include "loop/node_loop.h"

/* The timers phase begins. True when the loop is late, and the clock has moved: ask again. */
bool node_open_before_timers(node_loop *n);

/* The first timer of this list is about to run. */
void node_open_before_timer(node_loop *n, const timer_list *list);

/* A timer is being set. Node notes when in whole milliseconds, and code takes time: it may be set beyond a
 * millisecond's edge, and so are then all that are set at the same time after it. How much later does it end? */
int64_t node_open_edge_us(node_loop *n);

/* A pass through the timers, by this time, is over; its first step was `step`. */
void node_open_after_pass(node_loop *n, int64_t pass_us, uint32_t step);

/* A promise is noticed. Does it wait for its turn in poll, as a socket does? */
bool node_open_has_turn(node_loop *n, uint32_t promise);

/* Poll has slept, and noticed what is ready. */
void node_open_before_poll(node_loop *n);

/* The first socket that waits for its turn became ready just now. Does poll not find it, nor those behind it? */
bool node_open_finds_none(node_loop *n);

/* Poll is about to run the next socket of its turn, which may end here instead. True when it has settled a promise. */
bool node_open_between_sockets(node_loop *n);

/* An event of a phase is about to run: marks its step. Returns whom the step names beside it. */
uint32_t node_open_before_step(node_loop *n, uint32_t event, uint32_t other);

#endif
