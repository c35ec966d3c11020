/* readiness: who is ready next? A stable queue in virtual time. Both lessons stand on it.
 *
 * Events come out in the order of their ready time; equal times in the order of their index, which is the order in
 * which they were created.
 *
 * Most events are known before a run begins; some are added while it goes on (of threads each waits for its socket's
 * next message; what callbacks set lies in timer_lists.h). So there are two parts: the known ones are sorted once, in
 * linear time; later ones go into a binary heap. The next event is the earlier of the two fronts.
 *
 * An entry carries what a run needs of its event, and what a run asks at each step is inline: at a million events each
 * look into another table costs more than all the rest (with bare indexes a run took three times as long). */
#ifndef BELL_READINESS_H
#define BELL_READINESS_H

#include "trace/trace.h"

/* An event in the queue. */
typedef struct bell_ready {
  int64_t ready_us;
  uint32_t event;    /* its index */
  uint32_t takes_us; /* how long it will hold the thread */
} bell_ready;

typedef struct bell_readiness {
  bell_ready *known; /* sorted; those from known_next on are still to come */
  uint32_t known_count;
  uint32_t known_next;
  bell_ready *later; /* a binary heap, the earliest at 0 */
  uint32_t later_count;
  uint32_t later_capacity; /* BELL_NONE: where known ones lay, as many as were taken */
} bell_readiness;

/* How many bytes of arena `bell_readiness_start` takes and keeps; and how many more it takes and gives back. A run that
 * puts its steps where the queue was sorted needs nothing more, for it has a step for each event. */
size_t bell_readiness_memory(uint32_t known, uint32_t later);
size_t bell_readiness_scratch(uint32_t known);
_Static_assert(sizeof(bell_ready) <= sizeof(bell_step), "steps fit where the queue was sorted");

/* Begins with the scenario's events, with room for `later` more to be waiting at a time. False when the arena is too
 * small. */
bool bell_readiness_start(bell_readiness *readiness, const bell_scenario *scenario, uint32_t later, bell_arena *arena);

/* Begins with no event at all, with room for `known` that become known before the first is asked for, and `later`. */
bool bell_readiness_start_empty(bell_readiness *readiness, uint32_t known, uint32_t later, bell_arena *arena);

/* All that are known beforehand, when they are; there is room for them. `spare` has as much, to work in. */
void bell_readiness_sort(bell_readiness *readiness, const bell_event *events, uint32_t count, bell_ready *spare);

/* Adds one event; its index is above those of all events added before it. At most `later` may be waiting:
 * false when there is no room. */
bool bell_readiness_add(bell_readiness *readiness, bell_ready event);

/* Later events are to lie where known ones lay that have been taken: for a run that adds one for each of these, at
 * most. Begun with no room for later ones. */
static inline void bell_readiness_use_again(bell_readiness *readiness) {
  readiness->later = readiness->known;
  readiness->later_capacity = BELL_NONE;
}

/* Removes the earliest of the later events. There must be one. Called by `bell_readiness_take`. */
bell_ready bell_readiness_take_later(bell_readiness *readiness);

/* Removes one of the later events, wherever it is; false when it is not among them. It is looked for one by one. */
bool bell_readiness_remove(bell_readiness *readiness, uint32_t event);

static inline bool bell_ready_is_before(bell_ready a, bell_ready b) {
  return a.ready_us != b.ready_us ? a.ready_us < b.ready_us : a.event < b.event;
}

/* Is the earlier of the two fronts in the heap? */
static inline bool bell_readiness_later_is_first(const bell_readiness *readiness) {
  if (readiness->later_count == 0) return false;
  if (readiness->known_next == readiness->known_count) return true;
  return bell_ready_is_before(readiness->later[0], readiness->known[readiness->known_next]);
}

/* The event that is ready first; NULL when none is left. Good until the next call. */
static inline const bell_ready *bell_readiness_first(const bell_readiness *readiness) {
  if (bell_readiness_later_is_first(readiness)) return &readiness->later[0];
  if (readiness->known_next == readiness->known_count) return NULL;
  return &readiness->known[readiness->known_next];
}

/* The same, and removes it. There must be one. */
static inline bell_ready bell_readiness_take(bell_readiness *readiness) {
  if (bell_readiness_later_is_first(readiness)) return bell_readiness_take_later(readiness);
  return readiness->known[readiness->known_next++];
}

#endif
