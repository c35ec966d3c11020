/* live: the model's scenario on real sockets and this machine's own kernel (Linux).
 *
 * Every socket of the scenario is a connection: the server's end of it, and a peer's. A second thread, the peers,
 * sends each message when it is due; the strategy waits, reads and handles with the real calls; the clock is the real
 * one. What comes out is a trace as the model makes it, with the times that were measured. The rules that the two
 * share stand in core/model/multiplexer/waiting.h. */
#ifndef BELL_LIVE_H
#define BELL_LIVE_H

#include "multiplexer/waiting.h"

enum { BELL_LIVE_SECONDS_MAX = 60 }; /* of real time: a longer run is for the caller to refuse */

typedef struct live_options {
  bell_waiting_options waiting;
  bool tcp; /* TCP on 127.0.0.1 instead of socket pairs */
} live_options;

typedef enum live_status {
  LIVE_DONE,
  LIVE_INTERRUPTED, /* by SIGINT: the trace holds what was handled until then */
  LIVE_FAILED       /* `problem` says why */
} live_status;

/* What became of a run, besides its trace. */
typedef struct live_outcome {
  live_status status;
  char problem[256]; /* what is wrong; what would help */
} live_outcome;

/* How many cores this process may use. `threads` runs on so many, and on no more than its options say. */
uint32_t live_cores(void);

/* How many bytes of arena `live_run` takes. */
size_t live_memory(const bell_scenario *scenario);

/* Runs a scenario that was parsed for BELL_MULTIPLEXER and checked; BELL_READINESS is no call of a kernel, and fails.
 * Messages that are ready at 0 are there before the server starts. The trace lives in the arena and reads the
 * scenario; its `events` have the times at which the messages were sent. A message that was not handled is one that
 * the server was never told of (epoll-et without drain), or was cut off by SIGINT, which ends a run early.
 * Its `measured` has what the model would know by its clock. Whether a thread slept in a wait is what the kernel says:
 * ru_nvcsw in getrusage(2), which is read before the wait and after it, goes up each time that a thread gives its core
 * away because it has to wait. So nothing is asked of the sockets but what the strategy itself asks.
 * With threads a message takes so much of a core's time, and the kernel divides the cores among the threads. */
live_outcome live_run(bell_trace *trace, const bell_scenario *as_read, bell_strategy strategy, live_options options,
                      bell_arena *arena);

#endif
