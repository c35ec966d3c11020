/* expand: a scenario as a run of the real ways of waiting has it.
 *
 * In a scenario as it was read each statement is in its line's place, and a timer has one event. In a run the sources
 * that are descriptors stand first, and behind them those that are none (early.h): `statement_count` leaves them out.
 * Without those the statements stay where they are, and `first_events` says where their events stand.
 *
 * All expirations of a timer up to its end are events, and so are all reads of a file, and its end. Behind the events
 * of the descriptors, which `event_count` counts, stand those of signals, in the order of their times, and then there
 * is room for the timeouts that come about. */
#ifndef BELL_EXPAND_H
#define BELL_EXPAND_H

#include "trace/trace.h"

/* How many bytes of arena it takes; 0 where nothing is to be added, and all are descriptors. */
size_t bell_expand_memory(const bell_scenario *scenario);

/* How many events its descriptors have then, at most. */
uint32_t bell_expand_count_events(const bell_scenario *scenario);
static inline uint32_t bell_expand_events(const bell_scenario *scenario) {
  return BELL_HAS_BYTES ? bell_expand_count_events(scenario) : scenario->event_count;
}

/* And with all others that come about. */
static inline uint32_t bell_expand_room(const bell_scenario *scenario) {
  return bell_expand_events(scenario) + (BELL_HAS_BYTES ? scenario->timeouts_max : 0);
}

/* The scenario in that way, in the arena; or the same one, where that is the same. NULL when the arena is too small. */
const bell_scenario *bell_expand_all(const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena);
static inline bool bell_expand_is_needed(const bell_scenario *scenario) {
  if (!BELL_HAS_BYTES || scenario->timer_count + scenario->apart_count + scenario->has_files == 0) return false;
  return scenario->apart_count > 0 || bell_expand_count_events(scenario) > scenario->event_count;
}
static inline const bell_scenario *bell_expand(const bell_scenario *scenario, bell_strategy strategy,
                                               bell_arena *arena) {
  return bell_expand_is_needed(scenario) ? bell_expand_all(scenario, strategy, arena) : scenario;
}

#endif
