#include "multiplexer/timer.h"

#include <string.h>

/* ---- all expirations --------------------------------------------------------------------------------------------- */

uint32_t bell_timer_count_events(const bell_scenario *scenario) {
  uint32_t count = scenario->event_count;
  for (uint32_t i = 0; i < scenario->stream_count; i++) {
    if (scenario->streams[i].parts == 0) count += scenario->streams[i].expirations - 1;
  }
  return count;
}

size_t bell_timer_memory(const bell_scenario *scenario) {
  if (!BELL_HAS_BYTES || scenario->timer_count == 0) return 0;
  return bell_arena_bytes(1, sizeof(bell_scenario)) +
         bell_arena_bytes(scenario->statement_count, sizeof(bell_statement)) +
         bell_arena_bytes(bell_timer_events(scenario), sizeof(bell_event));
}

/* One that is left unread has its first expiration alone. */
static void add_expirations(bell_scenario *expanded, uint32_t source, bell_strategy strategy) {
  const bell_stream *timer = bell_scenario_find_stream(expanded, source);
  int64_t every_us = expanded->events[expanded->event_count - 1].ready_us;
  bool is_unread = bell_timer_is_left_unread(expanded, strategy, source);
  uint32_t times = timer == NULL || is_unread ? 1 : timer->expirations;
  for (uint32_t i = 1; i < times; i++) {
    expanded->events[expanded->event_count++] =
        (bell_event){.ready_us = every_us * (i + 1), .statement = source, .parent = BELL_NONE};
  }
}

const bell_scenario *bell_timer_expand_all(const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena) {
  bell_scenario *expanded = bell_arena_take(arena, 1, sizeof *expanded);
  bell_statement *statements = bell_arena_take(arena, scenario->statement_count, sizeof *statements);
  bell_event *events = bell_arena_take(arena, bell_timer_events(scenario), sizeof *events);
  if (expanded == NULL || statements == NULL || events == NULL) return NULL;
  memcpy(statements, scenario->statements, scenario->statement_count * sizeof *statements);
  *expanded = *scenario;
  expanded->statements = statements;
  expanded->events = events;
  expanded->event_count = 0;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    uint32_t first = scenario->statements[i].first_event;
    uint32_t count = bell_scenario_events_end(scenario, i) - first;
    statements[i].first_event = expanded->event_count;
    memcpy(events + expanded->event_count, scenario->events + first, count * sizeof *events);
    expanded->event_count += count;
    if (bell_timer_is(scenario, i)) add_expirations(expanded, i, strategy);
  }
  return expanded;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

uint32_t bell_timer_come(const bell_trace *trace, uint32_t source, int64_t time_us) {
  uint32_t first = trace->scenario->statements[source].first_event;
  int64_t every_us = trace->scenario->events[first].ready_us;
  if (time_us < every_us) return first;
  if (!bell_timer_is_periodic(trace->scenario, source)) return first + 1;
  int64_t times = time_us / every_us;
  return times < UINT32_MAX - first ? first + (uint32_t)times : UINT32_MAX;
}

bell_taken bell_timer_take(const bell_scenario *scenario, uint32_t source, bell_place *place, uint32_t come) {
  uint32_t end = bell_scenario_events_end(scenario, source);
  bell_taken taken = {.bytes = come - place->next};
  place->next = come < end ? come : end;
  return taken;
}

int64_t bell_timer_expirations_column(const bell_trace *trace, uint32_t k) {
  bool is_step = trace->taken != NULL && !bell_trace_is_stop(trace, k);
  bool is_timers = is_step && bell_timer_is(trace->scenario, bell_trace_event(trace, k)->statement);
  return is_timers ? trace->taken[k].bytes : 0;
}
