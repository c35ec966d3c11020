/* scale: one wake-up of a server with any number of connections, reckoned instead of run.
 *
 * Of `connections` sockets, `ready` get one message each, all at once, while the server sleeps (busy-poll: while it is
 * in the middle of a round). What it does until it has read them all is counted in closed form, as a run of waiting.h
 * counts it (tests/core/test_scale.c holds one against the other), and the counts are multiplied by what the calls cost
 * by measurement (cost.h):
 *
 *     asking    the processor's time in waits, in reads in vain, in falling asleep and being woken: all but the reads
 *               that bring a message
 *     latency   from when the messages are sent until one's read returns, the mean of the `ready`; handling takes no
 *     time
 *
 *   strategy        of one wake-up                                 its costs
 *   busy-poll       a round: each that is not ready, in vain       read_in_vain; on the way to a message, half of them
 *   select, poll    one wait, which sleeps, and answers all        *_asleep, *_woken, by connections
 *   epoll           a wait for each 64 (maxevents) that are ready  the same, for the first; epoll; epoll_answer
 *   epoll-et        the same; and a read in vain behind each read  the same; read_in_vain
 *   threads         each sleeps, and is woken; 4 (cores) at a time read_asleep; read_woken, and then context_switch
 *   io_uring        a wait for each 64 (maxevents) completions     io_uring*, as epoll's, with the reads in them
 *
 * Memory is what a strategy adds to the sockets themselves, which all of them need, while the server waits:
 *
 *   busy-poll       a list of the descriptors, 4 bytes each
 *   select          two sets of FD_SETSIZE bits, one of which the call overwrites: select(2); and in the kernel 64
 *                   bytes a socket to be woken by: struct poll_table_entry in Linux's include/linux/poll.h, with 64
 *                   bits
 *   poll            8 bytes a socket, struct pollfd in poll(2), and the kernel's copy; and 64 as for select
 *   epoll           about 160 bytes a socket in the kernel: max_user_watches in epoll(7)
 *   threads         thread_resident and thread_kernel, by measurement; thread_reserved is addresses, not memory
 *   io_uring        not known here */
#ifndef BELL_SCALE_H
#define BELL_SCALE_H

#include "multiplexer/waiting.h"
#include "scale/cost.h"

typedef struct bell_crowd {
  uint32_t connections;
  uint32_t ready; /* 1 or more, and not more than `connections` */
} bell_crowd;

/* What was not measured, is not known, or is a strategy that is not in the table above. */
#define BELL_UNKNOWN (-1.0)

/* The bounds that stop a strategy with a new Linux's settings. A socket is one descriptor; three are taken. */
enum {
  BELL_OPEN_FILES = 1024, /* soft limit on descriptors, `ulimit -n`: RLIMIT_NOFILE in getrlimit(2) */
  BELL_MAPPINGS =
      65530, /* vm.max_map_count in proc_sys_vm(5). A thread's stack and its guard page take two, up to glibc
                             2.41. From 2.42 on, with Linux 6.13, the guard lies within the stack's: MADV_GUARD_INSTALL
                             in madvise(2) */
};

/* What stops a strategy, or costs it most, at a count of connections. */
typedef enum bell_limit {
  BELL_LIMIT_NONE,        /* nothing: looking at sockets that are not ready takes less time than the reads, or none */
  BELL_LIMIT_SET,         /* select: descriptors of 1024 and above do not fit */
  BELL_LIMIT_THREADS,     /* more stacks than vm.max_map_count allows mappings for */
  BELL_LIMIT_STACKS,      /* threads: memory and switches */
  BELL_LIMIT_IN_VAIN,     /* busy-poll: most reads find nothing */
  BELL_LIMIT_SCAN,        /* select and poll: looking at the sockets costs more than reading those that are ready */
  BELL_LIMIT_DESCRIPTORS, /* nothing of its own: more sockets than may be open, until `ulimit -n` is raised */
  BELL_LIMITS
} bell_limit;

const char *bell_limit_name(bell_limit limit); /* "none", "set", ... */

/* Point i of those that were measured of the call that a strategy waits with, asleep; NULL when there is none. */
const bell_cost_point *bell_scale_point(const bell_costs *costs, bell_strategy strategy, uint32_t i);

/* Can it serve so many at all? */
bool bell_scale_serves(bell_strategy strategy, uint32_t connections);

/* The system calls of one wake-up. */
bell_calls bell_scale_calls(bell_strategy strategy, bell_crowd crowd);

/* How many of them sleep. */
uint32_t bell_scale_sleeps(bell_strategy strategy, bell_crowd crowd);

/* What the asking among such calls takes, be they of one wake-up or of a whole run. */
double bell_scale_asking_ns(const bell_costs *costs, bell_strategy strategy, uint32_t connections, bell_calls calls,
                            uint32_t sleeps);

/* What all of them take: the asking, and the reads that bring a message. */
double bell_scale_calls_ns(const bell_costs *costs, bell_strategy strategy, uint32_t connections, bell_calls calls,
                           uint32_t sleeps);

double bell_scale_latency_ns(const bell_costs *costs, bell_strategy strategy, bell_crowd crowd);
double bell_scale_memory_bytes(const bell_costs *costs, bell_strategy strategy, uint32_t connections);
bell_limit bell_scale_limit(const bell_costs *costs, bell_strategy strategy, bell_crowd crowd);

#endif
