/* live_worker: real threads beside a live server's loop, one or several, which do what handlers hand over, one piece
 * after another, and then write to an eventfd. See multiplexer/worker.h. */
#ifndef BELL_LIVE_WORKER_H
#define BELL_LIVE_WORKER_H

#include "peers.h"

typedef struct live_worker {
  pthread_t threads[BELL_THREADS_MAX];
  uint32_t count;       /* of those that run */
  pthread_mutex_t lock; /* for what stands below it */
  pthread_cond_t news;  /* work was given, or there will be none */
  uint32_t *takes_us;   /* how long each piece takes, in the order in which they are given; there is room for all */
  uint32_t given;
  uint32_t taken; /* by a thread, */
  uint32_t done;  /* and told of */
  bool over;
  live_peers *peers;
  uint32_t first; /* of the worker's events; those up to `end` are to be written down */
  uint32_t end;
  int eventfd;
} live_worker;

/* Starts it, for the scenario's worker. NULL when it cannot; errno says why. */
live_worker *live_worker_start(live_peers *peers);

/* Gives it a piece of work. */
void live_worker_give(live_worker *worker, uint32_t takes_us);

/* Ends it, whatever it has still to do. NULL is none. */
void live_worker_stop(live_worker *worker);

#endif
