/* live_turns: a bounded drain on the real kernel, by the rules of core/model/multiplexer/turns.h. */
#ifndef BELL_LIVE_TURNS_H
#define BELL_LIVE_TURNS_H

#include "live_server.h"

typedef struct live_turns {
  uint32_t *told;     /* whom the last wait told of: a socket, or behind the numbers of all of those its room; owned */
  uint32_t *list;     /* the server's own list; owned */
  bool *is_in_either; /* by socket, of what is to be read; owned */
  uint32_t told_count;
  uint32_t list_count;
  void (*watch)(live_server *s, const void *set, uint32_t socket, uint32_t step); /* behind each turn, that began so, */
  const void *set; /* with that, for its handler may write */
} live_turns;

/* An empty list. False when there is not enough memory. */
bool live_turns_start(live_turns *turns, const live_server *s);
void live_turns_free(live_turns *turns);

/* A wait has told of a socket, with what it reported: it will have its turn in the next round; two, if it can be read
 * and written to. */
void live_turns_tell(live_turns *turns, live_server *s, uint32_t socket, uint32_t reported);

/* That round. */
void live_turns_take(live_turns *turns, live_server *s);

#endif
