/* timer: a descriptor that becomes readable when its time has come. timerfd_create(2).
 *
 *   timer T ready 5              Expires once, at 5.
 *   timer U every 10 until 50    Expires at 10, at 20, and so on. Its handler closes it with the read of the expiration
 *                                at 50, or of one after that.
 *     leave unread               The handler does its work and does not read the timer.
 *
 * "Readable" is a condition, which stays until somebody reads. A read takes all expirations at once, and gives their
 * number: "If the timer has already expired one or more times since its settings were last modified using
 * timerfd_settime(), or since the last successful read(2), then the buffer given to read(2) returns an unsigned 8-byte
 * integer (uint64_t) containing the number of expirations that have occurred." So a step is a read; its event is the
 * first of the expirations that it takes, and `ready` says since when there was something to read.
 *
 * A handler that leaves its timer unread has fallen into a trap:
 *
 *   select, poll, epoll, readiness   are level-triggered: "the file descriptor is readable ... if one or more timer
 *              expirations have occurred". From its first expiration on each wait answers at once, with that timer. The
 *              thread never sleeps again: it spins, as at the end of a connection that is ignored (closing.h). What its
 *              handler does again at each of these wakes makes no step, and takes no time in the model.
 *   epoll-et   tells of the first expiration, and of no other: Linux sets a timer that repeats going again when it is
 *              read (timerfd_read in fs/timerfd.c), so that nothing happens of which there would be something to tell.
 *              Nothing spins, and nobody hears of the timer again.
 *   blocking, busy-poll, threads, io_uring   notice a timer by its read, which cannot be left out.
 *   kqueue     says itself how often it has expired, and there is nothing to read: kevent.h. */
#ifndef BELL_TIMER_H
#define BELL_TIMER_H

#include "multiplexer/bytes.h"

/* Is it a timer, or a worker, whose eventfd is read in the same way (worker.h)? */
static inline bool bell_timer_is(const bell_scenario *scenario, uint32_t source) {
  uint8_t kind = scenario->statements[source].kind;
  return BELL_HAS_BYTES && (kind == BELL_TIMER || kind == BELL_WORKER);
}

/* Does it expire again and again? */
static inline bool bell_timer_is_periodic(const bell_scenario *scenario, uint32_t timer) {
  return bell_scenario_find_stream(scenario, timer) != NULL;
}

/* Does its handler leave it unread, where it has something else to notice it by than the read? */
static inline bool bell_timer_is_left_unread(const bell_scenario *scenario, bell_strategy strategy, uint32_t source) {
  bool has_answers = strategy == BELL_READINESS || (strategy >= BELL_SELECT && strategy <= BELL_EPOLL_ET);
  bool is_left = (scenario->statements[source].conduct & BELL_LEAVES_UNREAD) != 0;
  return bell_timer_is(scenario, source) && has_answers && is_left;
}

/* Does the step? */
static inline bool bell_timer_is_unread(const bell_trace *trace, uint32_t k) {
  return BELL_HAS_BYTES && !bell_trace_is_stop(trace, k) &&
         bell_timer_is_left_unread(trace->scenario, trace->strategy, bell_trace_event(trace, k)->statement);
}

/* The index after the last expiration by then. Past the timer's end they are counted on. */
uint32_t bell_timer_come(const bell_trace *trace, uint32_t source, int64_t time_us);

/* A read takes what has come: `come` is such an index. `bytes` of what it returns is their number. */
bell_taken bell_timer_take(const bell_scenario *scenario, uint32_t source, bell_place *place, uint32_t come);

/* What a read gave of a timer, or a worker; 0 of others. A cell of a row: of timers alone. */
int64_t bell_timer_count(const bell_trace *trace, uint32_t k);
int64_t bell_timer_expirations_column(const bell_trace *trace, uint32_t k);

#endif
