/* waiting: the real ways in which a server waits for many sockets, over the same readiness queue as the beginner's two.
 *
 * All of them serve the same scenario: a message is (socket, ready time, payload, takes); what they do is wait, read
 * and handle. The model counts the system calls and lets them take no time (what they cost is the business of cost.h),
 * so only sleeping and handling move the clock. A socket is one descriptor: in file order 3, 4, 5, ..., for 0 to 2 are
 * standard input, output and error. A read takes one message.
 *
 *   busy-poll  reads all sockets without blocking, in file order, round after round. Where nothing has come, round
 *              follows round until something does: these rounds are counted, as many as there is time for with so many
 *              sockets (BELL_READ_IN_VAIN_NS); and the next one begins at the first socket. O_NONBLOCK in open(2),
 *              EAGAIN in read(2).
 *   select     hands the whole set over at each wait; the kernel looks at all of it, from descriptor 0 up to the
 *              highest, and a second time when it has slept; what is ready comes back in the order of descriptors; each
 *              is read once. A descriptor of 1024 or above does not fit into the set: FD_SETSIZE in select(2). The
 *              model refuses it. In C, FD_SET writes behind the set, or ends the program where _FORTIFY_SOURCE watches
 *              over it.
 *              `socket A ready 1 fd 1500` says that a socket has one: "select() can monitor only file descriptors
 *              numbers that are less than FD_SETSIZE (1024)—an unreasonably low limit for many modern applications".
 *   poll       the same without that limit: the array is looked at, and the answers stand in its order, whatever their
 *              numbers. poll(2).
 *   epoll      the kernel keeps the set, and a list of what became ready, in the order in which it did. A wait reports
 *              up to `maxevents` from its front; what is reported goes to the end of the list at once, and is dropped
 *              when its turn comes again and nothing is there to read. Each that is reported is read once.
 *              Level-triggered, the default of epoll(7); ep_send_events in Linux's fs/eventpoll.c.
 *   epoll-et   edge-triggered: a descriptor joins the list when a message comes, and leaves it when it is reported; one
 *              that has been read empty meanwhile is dropped. With `drain` it is read until a read would block.
 *              Without, it is read once, and what is left over is not reported again until another message comes: at
 *              the end such a socket is stuck. EPOLLET in epoll(7), and its question 9, "do I need to continuously
 *              read/write a file descriptor until EAGAIN?"
 *   threads    one thread a socket, which blocks in read. `cores` threads run at a time; those that want a core stand
 *              in one line, in the order in which they came to want it, equal times in file order. Who has a core keeps
 *              it, over several messages too, until it must sleep in read; or until it has had the core for a slice,
 *              BELL_SLICE_US, and somebody waits: then it goes to the end of the line. If more threads have had their
 *              slice than wait, those on the lowest cores make room, and the others begin another slice. So a short
 *              message need not wait for the end of a long one. pthreads(7), sched(7).
 *              Linux is as fair, but less regular. It has a line for each core, and looks at the slice when its clock
 *              ticks, each 1 to 10 ms. The slice goes by the number of cores: 0.75 ms on one to 3 ms on eight and more
 *              in Linux 6.6 to 6.14, and 0.7 to 2.8 ms since (sysctl_sched_base_slice in kernel/sched/fair.c).
 *   io_uring   one read of each socket is under way in the kernel, with a buffer. Its completion says how many bytes
 *              have been put there, so the program makes no call to read. Reads under way complete in the order in
 *              which messages come. The next reads of the sockets that were handled are handed over with the next wait,
 *              in that order, and complete then if a message is there already. io_uring(7), IORING_OP_RECV in
 *              io_uring_enter(2).
 *   kqueue     is FreeBSD's, macOS's and OpenBSD's. As with epoll the kernel keeps a set and a queue; but what is told
 *              are events, each of one filter of a descriptor, that say how much there is to read. kqueue(2), and
 *              kevent.h.
 *   kqueue-clear   the same with EV_CLEAR: told once, as epoll-et, with the same trap. */
#ifndef BELL_WAITING_H
#define BELL_WAITING_H

#include "scenario/problem.h"
#include "trace/trace.h"

enum {
  BELL_SELECT_LIMIT = 1024, /* FD_SETSIZE */
  BELL_FIRST_DESCRIPTOR = 3,
  BELL_CORES_MAX = 64,
  BELL_TURN_MAX = 0xFFFF, /* reads */
  BELL_SLICE_US = 3000,   /* for which a thread keeps its core, whoever waits */
};

/* Zero means the default. */
typedef struct bell_waiting_options {
  uint32_t maxevents;         /* epoll, epoll-et, io_uring, kqueue, kqueue-clear: answers a wait at most; default 64 */
  uint32_t cores;             /* threads: default 4 */
  bool no_drain : 1;          /* epoll-et, kqueue-clear: read once, and lose what is left over; or else */
  uint32_t reads_a_turn : 31; /* so often at most, and remember it: see turns.h; default: until a read would block */
} bell_waiting_options;

/* The same options with the defaults in place of zeros. */
bell_waiting_options bell_waiting_with_defaults(bell_waiting_options options);

/* How many bytes of arena `bell_waiting_run` takes. */
size_t bell_waiting_memory(const bell_scenario *scenario, bell_strategy strategy);

/* Can the strategy serve this scenario? If not, a problem is reported at the statement that is too much. */
bool bell_waiting_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report);

/* Reports that it is too much at this statement. Returns false. */
bool bell_waiting_refuse(const bell_scenario *scenario, uint32_t statement, bell_problem_code code, bell_report report);

/* Runs a scenario that was parsed for BELL_MULTIPLEXER and checked; with one of the beginner's two strategies only if
 * messages have sizes, or there are timers. The trace lives in the arena and reads the
 * scenario, which must outlive it. Messages that were never handled are those of stuck sockets. False when the arena is
 * too small; then there is no trace. */
bool bell_waiting_run(bell_trace *trace, const bell_scenario *as_read, bell_strategy strategy,
                      bell_waiting_options options, bell_arena *arena);

#endif
