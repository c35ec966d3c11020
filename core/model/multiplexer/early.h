/* early: waits that end before anything is ready: by their own timeout, or by a signal.
 *
 *   timeout 5 "close idle ones" takes 1
 *                            Each wait is given a timeout of 5 ms. When that has passed it comes back with 0, and the
 *                            loop does what it does besides, its housekeeping, which takes 1 ms. poll(2): "A return
 *                            value of zero indicates that the system call timed out before any file descriptors became
 *                            ready".
 *   timeout every 5          The housekeeping is due each 5 ms after the last time. Before each wait the loop computes
 *                            the time that is left until then, and gives that to the wait; behind each it looks at the
 *                            clock.
 *   signal CHLD ready 3 8    At 3 and at 8 a signal comes. Its handler sets a flag, which takes no time. A wait that
 *                            sleeps then comes back with EINTR, whatever SA_RESTART says. signal(7): "The following
 *                            interfaces are never restarted after being interrupted by a signal handler, regardless of
 *                            the use of SA_RESTART: ... epoll_wait(2), ... poll(2), ... select(2)". Behind each wait
 *                            the loop looks at the flags, then at its timeout, and waits again.
 *
 * io_uring_enter gives EINTR, or ETIME, only where it has handed nothing over before: else it gives the number of that.
 *
 * With `timeout 5` each wait has all of the 5 ms, however it ended before: where something comes each 4 ms, or a signal
 * does, no wait lasts so long, and the housekeeping is put off again and again. The cure is `timeout every 5`, or a
 * timer.
 *
 * A signal that comes while the thread is busy ends no wait. It is noticed when the thread has served what its wait had
 * answered with; and where it comes during the housekeeping, behind which nobody looks, only when the next wait has
 * ended. (To look takes no time in the model, so nothing comes between that and the wait. In a program something may:
 * for that select(2) has pselect, whose signal mask lets signals in only while it waits, and there are ppoll and
 * epoll_pwait.)
 *
 * select, poll, epoll, epoll-et, io_uring and kqueue have such waits. A run ends when nothing more comes; the timeouts
 * that would go on for ever are not shown. A socket that keeps the thread from sleeping (closing.h) keeps `timeout 5`
 * from ever passing. What comes at the same time as a timeout is ready first; so is a signal. */
#ifndef BELL_EARLY_H
#define BELL_EARLY_H

#include "trace/trace.h"

/* Is the statement no descriptor? */
static inline bool bell_early_is(const bell_scenario *scenario, uint32_t statement) {
  uint8_t kind = scenario->statements[statement].kind;
  return BELL_HAS_BYTES && (kind == BELL_TIMEOUT || kind == BELL_SIGNAL);
}

/* Can a wait of the strategy end so? */
static inline bool bell_early_may_end(bell_strategy strategy) {
  return (strategy >= BELL_SELECT && strategy <= BELL_EPOLL_ET) || strategy >= BELL_IO_URING;
}

/* Is the step about a timeout or a signal, and reads nothing? */
static inline bool bell_early_is_step(const bell_trace *trace, uint32_t k) {
  bell_reason reason = (bell_reason)trace->steps[k].reason;
  return BELL_HAS_BYTES && reason >= BELL_REASON_TIMEOUT && reason <= BELL_REASON_FLAG;
}

/* Did the wait before it answer with nobody? While somebody keeps the thread from sleeping none does. */
static inline bool bell_early_ended_wait(const bell_trace *trace, uint32_t k) {
  return bell_early_is_step(trace, k) && trace->steps[k].queued_at == k && !bell_trace_spins(trace, k);
}

/* What the wait gave, which no socket has: 0, or EINTR; nothing of other steps. */
void bell_early_print_result(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
