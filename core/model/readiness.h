/* readiness: who is ready next? A stable queue in virtual time. Both lessons stand on it.
 *
 * Events come out in the order of their ready time; equal times in the order of their index, which is the order in
 * which they were created. The queue holds indexes into a table of events that the caller owns and may extend.
 *
 * Most events are known before a run begins, and a few are added while it goes on (a callback starts a timer). So
 * there are two parts: the known ones are sorted once, in linear time; later ones go into a binary heap. The next
 * event is the earlier of the two fronts. */
#ifndef BELL_READINESS_H
#define BELL_READINESS_H

#include "scenario.h"

typedef struct bell_readiness {
  const bell_event *events; /* the caller's table */
  uint32_t *known;          /* sorted; those from known_next on are still to come */
  uint32_t known_count;
  uint32_t known_next;
  uint32_t *later; /* a binary heap, the earliest at 0 */
  uint32_t later_count;
  uint32_t later_capacity;
} bell_readiness;

/* How many bytes of arena `bell_readiness_start` takes. */
size_t bell_readiness_memory(uint32_t known, uint32_t later);

/* Begins with events 0 ... known - 1, with room for `later` more to be waiting at a time. False when the arena is
 * too small. No ready time is below 0. */
bool bell_readiness_start(bell_readiness *readiness, const bell_event *events, uint32_t known, uint32_t later,
                          bell_arena *arena);

/* Adds one event; its index is above those of all events added before it. At most `later` may be waiting. */
void bell_readiness_add(bell_readiness *readiness, uint32_t event);

/* The event that is ready first; BELL_NONE when none is left. */
uint32_t bell_readiness_first(const bell_readiness *readiness);

/* The same, and removes it. */
uint32_t bell_readiness_take(bell_readiness *readiness);

#endif
