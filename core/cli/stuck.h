/* stuck: the sockets with messages that were never handled, which epoll-et without draining leaves behind. (A
 * blocking thread that sleeps for good has a row that tells of it.) */
#ifndef BELL_CLI_STUCK_H
#define BELL_CLI_STUCK_H

#include "trace/trace.h"

typedef struct stuck {
  uint32_t *sockets;  /* in the order of the file; owned */
  uint32_t *messages; /* by socket: how many of its own were left; owned */
  uint32_t count;     /* of sockets */
} stuck;

/* False when there is not enough memory; then nothing is to be freed. */
bool stuck_find(stuck *found, const bell_trace *trace);
void stuck_free(stuck *found);

#endif
