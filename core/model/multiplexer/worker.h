/* worker: a thread beside the loop, or a pool of them, to which handlers give what would hold the loop for long; and
 * the eventfd by which it says that something is done. eventfd(2).
 *
 *   socket A ready 1 takes 5   Its handler needs 5 ms for a message.
 *     hand over                It gives that work to the worker, which takes no time, and the thread goes on. The
 *                              worker does one piece of work after another, in the order in which it was given them,
 *                              each for as long as its message takes.
 *   worker W takes 0.5         When a piece is done the worker adds 1 to its eventfd, a descriptor that the loop
 *                              watches as any other. It is readable then: "The file descriptor is readable ... if the
 *                              counter has a value greater than 0". A read gives what was added since the last one,
 *                              "and the counter's value is reset to zero": several pieces that were done meanwhile are
 *                              one read. The handler answers all of them, which takes 0.5 ms.
 *     leave unread             It answers, and does not read.
 *   worker P threads 4         Four threads take the pieces from one queue: who is free first takes the next. A piece
 *                              that was given later may be done before others, if it is shorter; they tell by one
 *                              eventfd, in the order in which they are done. Each has a core when it wants one.
 *
 * So a step of W's is a read; its event is the first of the pieces that it answers, and `ready` says since when there
 * was one. When a piece is done is not known before the run: until it is given to the worker its event lies at
 * BELL_NOT_GIVEN, and so it does for good if its message is never handled. A pipe to which the worker writes a byte
 * does the same, and says how many by how many bytes there are: the "self-pipe trick" of select(2).
 *
 * Who leaves it unread has fallen into a trap:
 *
 *   select, poll, epoll   are level-triggered: from the first piece on each wait answers at once, with W, and the
 *              thread spins, as with a timer that is not read (timer.h). What its handler answers then makes no step.
 *   epoll-et   tells of each write to an eventfd, read or not (eventfd_write in Linux's fs/eventfd.c wakes whoever
 *              waits): there it is no trap, and not shown.
 *
 * Nor is a worker shown with the other strategies, for it is there to wake a wait for many; nor beside handlers that
 * write, waits that end early, or descriptors that run out; nor a pool that is left unread. */
#ifndef BELL_WORKER_H
#define BELL_WORKER_H

#include "scenario/problem.h"
#include "trace/trace.h"

#define BELL_NOT_GIVEN INT64_MAX

static inline bool bell_worker_is(const bell_scenario *scenario, uint32_t source) {
  return BELL_HAS_BYTES && scenario->statements[source].kind == BELL_WORKER;
}

/* How many events it has in a run. */
uint32_t bell_worker_events(const bell_scenario *scenario);

/* Can the strategy serve a scenario with a worker? */
bool bell_worker_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report);

#endif
