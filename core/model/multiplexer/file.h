/* file: a regular file, which no wait can wait for.
 *
 *   file F reads 3 takes 2   It lies on the disk from the beginning on, and takes three reads; each waits 2 ms for the
 *                            disk. Then a read gives 0: its end. It has no times of its own, for it is never not ready:
 *                            so what is said of it is how much there is.
 *     ignore end             Its handler does not close it, as if more would come.
 *
 *   select, poll, readiness   "Regular files shall always poll TRUE for reading and writing": poll(3p) of POSIX. So a
 *              wait that has one in its list never sleeps, and says nothing of when a read would not block. At the end
 *              it still says so: who keeps the file open spins (closing.h).
 *   O_NONBLOCK "has no effect for regular files and block devices; that is, I/O operations will (briefly) block when
 *              device activity is required, regardless of whether O_NONBLOCK is set": open(2). The thread waits in the
 *              read, with select, poll, kqueue and busy-poll too, and all others wait with it.
 *   epoll      does not take it: "EPERM The target file fd does not support epoll. This error can occur if fd refers
 *              to, for example, a regular file or a directory": epoll_ctl(2). The model refuses it.
 *   threads    the file's own thread sleeps for the disk, and holds no core meanwhile. Here the kernel reads ahead:
 *              the n-th part is there after n times as long, whoever asks when.
 *   io_uring   the kernel waits, in the same way.
 *   kqueue     EVFILT_READ "returns when the file pointer is not at the end of file": kqueue(2), of vnodes. So all is
 *              told but the end, and nothing spins; with EV_CLEAR what was there is told once. */
#ifndef BELL_FILE_H
#define BELL_FILE_H

#include "scenario/problem.h"
#include "trace/trace.h"

static inline bool bell_file_is(const bell_scenario *scenario, uint32_t source) {
  return BELL_HAS_BYTES && scenario->statements[source].kind == BELL_FILE;
}

/* Does somebody else wait for the disk than the one who reads? */
static inline bool bell_file_is_read_apart(bell_strategy strategy) {
  return strategy == BELL_THREADS || strategy == BELL_IO_URING;
}

/* Can the strategy serve a scenario with a file? */
bool bell_file_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report);

/* Of a step: what its reader waits for. */
const char *bell_file_why_it_waits(const bell_trace *trace, uint32_t k);

#endif
