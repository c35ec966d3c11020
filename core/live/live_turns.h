/* live_turns: a bounded drain on the real kernel, by the rules of core/model/multiplexer/turns.h. */
#ifndef BELL_LIVE_TURNS_H
#define BELL_LIVE_TURNS_H

#include "live_server.h"

typedef struct live_turns {
  uint32_t *told;     /* whom the last wait told of; owned */
  uint32_t *list;     /* the server's own list; owned */
  bool *is_in_either; /* by socket; owned */
  uint32_t told_count;
  uint32_t list_count;
} live_turns;

/* An empty list. False when there is not enough memory. */
bool live_turns_start(live_turns *turns, const live_server *s);
void live_turns_free(live_turns *turns);

/* A wait has told of a socket, with what it reported: it will have its turn in the next round. */
void live_turns_tell(live_turns *turns, live_server *s, uint32_t socket, uint32_t reported);

/* That round. */
void live_turns_take(live_turns *turns, live_server *s);

#endif
