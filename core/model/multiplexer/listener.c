#include "multiplexer/listener.h"

#include "multiplexer/server.h"
#include "multiplexer/turns.h"

uint32_t bell_listener_find(const bell_scenario *scenario) {
  uint32_t socket = 0;
  while (!bell_listener_is(scenario, socket)) socket++;
  return socket;
}

/* Is the step the last that its socket has, and closes it? */
static bool is_closed_by(const bell_trace *trace, uint32_t k) {
  if (bell_early_is_step(trace, k)) return false;
  if (bell_trace_is_end(trace, k)) return !bell_trace_is_ignored_end(trace, k);
  uint32_t socket = bell_trace_event(trace, k)->statement;
  bool is_periodic = bell_timer_is(trace->scenario, socket) && bell_timer_is_periodic(trace->scenario, socket);
  bool is_descriptor = is_periodic && !bell_strategy_is_kqueue(trace->strategy);
  if (!is_descriptor) return false;
  uint32_t end = bell_scenario_events_end(trace->scenario, socket);
  return trace->steps[k].event + trace->taken[k].bytes >= end;
}

uint32_t bell_listener_left_behind(const bell_trace *trace, uint32_t k, uint32_t left) {
  if (bell_listener_is_step(trace, k)) return left > 0 ? left - 1 : 0;
  return left + is_closed_by(trace, k);
}

uint32_t bell_listener_lost(const bell_trace *trace, uint32_t k) {
  if (!bell_strategy_tells_once(trace->strategy) || !bell_listener_is_step(trace, k)) return 0;
  uint32_t listener = bell_trace_event(trace, k)->statement;
  uint32_t come = bell_bytes_come(trace, listener, trace->steps[k].time_us);
  bool is_told = bell_bytes_come(trace, listener, trace->steps[trace->steps[k].queued_at].time_us) == come;
  bool is_served = bell_bytes_are_read_on(trace, k) || bell_turns_is_remembered(trace, k);
  return is_told && !is_served ? come - trace->steps[k].event - 1 : 0;
}

bool bell_listener_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report) {
  if (scenario->descriptors == 0) return true;
  bool has_waits = strategy == BELL_READINESS || (strategy >= BELL_SELECT && strategy <= BELL_EPOLL_ET) ||
                   bell_strategy_is_kqueue(strategy);
  bool has_more = scenario->writing;
  for (uint32_t i = 0; i < scenario->stream_count; i++) has_more = has_more || scenario->streams[i].descriptor > 0;
  if (has_waits && !has_more) return true;
  bell_problem_code code = has_waits ? BELL_PROBLEM_DESCRIPTORS_WRITES : BELL_PROBLEM_DESCRIPTORS_WAIT;
  return bell_waiting_refuse(scenario, bell_listener_find(scenario), code, report);
}

void bell_listener_print_result(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool is_in_vain = bell_trace_is_stop(trace, k) || bell_trace_is_turned_away(trace, k);
  bell_text_string(out, is_in_vain ? "EMFILE" : "connection");
}

/* ---- the server ---- */

void server_start_accepting(server *s) {
  s->descriptors = UINT32_MAX;
  s->listener = BELL_NONE;
  if (s->trace->accepting == NULL) return;
  uint32_t listener = bell_listener_find(s->scenario);
  s->descriptors = s->scenario->descriptors;
  if (!bell_listener_has_spare(s->scenario, listener)) s->listener = listener;
}

/* One that comes at the very moment at which the thread wakes has kept nobody awake before. */
void server_note_descriptors(server *s, uint32_t row) {
  uint32_t first = server_starved(s) > 0 ? s->next[s->listener] : BELL_NONE;
  bool is_step = row < s->trace->step_count;
  if (first != BELL_NONE && is_step && s->trace->events[first].ready_us == s->now_us) first = BELL_NONE;
  s->trace->accepting[row] = (bell_accepting){.left = s->descriptors, .waits = first};
}

void server_count_descriptor(server *s, uint32_t step) {
  s->descriptors = bell_listener_left_behind(s->trace, step, s->descriptors);
}
