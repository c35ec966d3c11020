#include "multiplexer/timer.h"

#include "multiplexer/worker.h"

uint32_t bell_timer_come(const bell_trace *trace, uint32_t source, int64_t time_us) {
  if (bell_worker_is(trace->scenario, source)) return bell_bytes_come(trace, source, time_us);
  uint32_t first = bell_scenario_first_event(trace->scenario, source);
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
  return bell_worker_is(trace->scenario, bell_trace_event(trace, k)->statement) ? 0 : bell_timer_count(trace, k);
}

int64_t bell_timer_count(const bell_trace *trace, uint32_t k) {
  bool is_timers = trace->taken != NULL && bell_timer_is(trace->scenario, bell_trace_event(trace, k)->statement);
  return is_timers ? trace->taken[k].bytes : 0;
}
