/* serving: what a message waits for when handling takes time: for a thread, for a core, for its turn on it.
 *
 * `rate` messages come in a second, `at_once` of them together at even intervals, the first at 0; each is of another
 * connection. The first of each `slow_one_of` is slow and takes the processor for `slow_ns`, all others are quick and
 * take it for `quick_ns`. Three servers have the same cores:
 *
 *   loop      one thread waits for all, and handles one message after another
 *   pool      one thread waits for all and hands each message over to one of `workers` through a queue, first come,
 *             first served; who is done tells it so through an eventfd: "can be used as an event wait/notify
 *             mechanism", eventfd(2). A worker that finds another message in the queue goes on with it at once.
 *   threads   each connection has a thread, which sleeps in read(2) until its message comes
 *
 * All three are one thing: at most `threads` messages are in hand at a time, 1, `workers`, or as many as come; the
 * others wait in the queue. What has a thread wants a core, by the rules that `threads` in waiting.h has: one line for
 * all cores; who has one keeps it until it has nothing to do, or until it has had it for a slice and somebody waits:
 * then it goes to the end of the line. What happens at one moment happens in this order: messages come; messages have
 * been handled; idle cores go to the first in line; who has had his slice makes room, the lowest core first.
 *
 * A core that is given to a thread takes `switch_ns` first, context_switch in cost.h: that of two threads on one core
 * that write to each other. What a thread then lacks in the cache comes on top, and is not known here. The slice of
 * Linux goes by the number of cores, see waiting.h; since Linux 6.12 a thread may ask for one of 0.1 to 100 ms:
 * Documentation/scheduler/sched-eevdf.rst, and sched_runtime in __setparam_fair of kernel/sched/syscalls.c.
 *
 * A latency ends when the message has been handled; with a pool when the loop has been told: `tell_ns`, epoll_woken in
 * cost.h. What asking and reading cost, scale.h has; they are left out, and so is the core that the loop of a pool
 * needs for them.
 *
 * It is run, not reckoned: from an idle server on until `messages` have been handled. How much a server can do at most
 * is reckoned. What comes faster than that waits longer and longer: then the mean of a run says nothing but how long
 * the run was. tests/live/test_live_serving.c has real threads beside it. */
#ifndef BELL_SERVING_H
#define BELL_SERVING_H

#include "multiplexer/waiting.h"
#include "scale/cost.h"

enum { BELL_SERVED_MAX = 4096 };

typedef enum bell_server { BELL_SERVER_LOOP, BELL_SERVER_POOL, BELL_SERVER_THREADS, BELL_SERVERS } bell_server;

const char *bell_server_name(bell_server server); /* "loop", ... */

typedef struct bell_load {
  uint32_t rate;        /* messages a second, 1 or more */
  uint32_t at_once;     /* 1 or more */
  uint32_t messages;    /* 2 to BELL_SERVED_MAX */
  uint32_t slow_one_of; /* 2 or more */
  uint64_t quick_ns;
  uint64_t slow_ns; /* up to a minute, as `quick_ns` */
} bell_load;

typedef struct bell_crew {
  uint32_t threads;  /* 1 or more; BELL_A_THREAD_EACH */
  uint32_t cores;    /* 1 to BELL_CORES_MAX */
  uint64_t slice_ns; /* 1 or more */
  uint64_t switch_ns;
  uint64_t tell_ns;
} bell_crew;

#define BELL_A_THREAD_EACH UINT32_MAX

/* Of a server, with what was measured. */
bell_crew bell_serving_crew(const bell_costs *costs, bell_server server, uint32_t workers, uint32_t cores,
                            uint64_t slice_ns);

/* What a message had to wait for. */
typedef enum bell_lack {
  BELL_LACK_NONE,
  BELL_LACK_CORE,   /* threads stood in line for a core */
  BELL_LACK_THREAD, /* messages stood in the queue */
  BELL_LACK_TIME,   /* more comes than can be done: the queue, or the line, grows for ever */
  BELL_LACKS
} bell_lack;

const char *bell_lack_name(bell_lack lack); /* "none", ... */

typedef struct bell_served {
  double quick_ns;       /* mean latency of the quick ones */
  uint64_t quick_max_ns; /* and the longest */
  double slow_ns;        /* mean latency of the slow ones */
  double switches;       /* a second */
  uint32_t queue_max;    /* messages that had no thread, at most */
  uint32_t line_max;     /* threads that had no core, at most */
} bell_served;

/* How many messages a second it can handle at most, when it is never idle. */
double bell_serving_most(const bell_load *load, const bell_crew *crew);

/* A thread with a message in hand. */
typedef struct bell_handler {
  uint64_t left_ns;
  uint32_t message;
} bell_handler;

/* `line` is room for those that want a core. */
bell_served bell_serving_run(const bell_load *load, const bell_crew *crew, bell_handler line[BELL_SERVED_MAX]);

/* `served` is what came of it; it is not looked at when there is no time. */
bell_lack bell_serving_lack(const bell_load *load, const bell_crew *crew, const bell_served *served);

#endif
