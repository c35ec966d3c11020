#include "multiplexer/early.h"

#include "multiplexer/server.h"

void bell_early_print_result(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (trace->strategy == BELL_IO_URING) return; /* it may give how much it has handed over */
  if (trace->steps[k].reason == BELL_REASON_SIGNAL) bell_text_string(out, "EINTR");
  bool has_timed_out = trace->steps[k].reason == BELL_REASON_TIMEOUT && bell_early_ended_wait(trace, k);
  if (has_timed_out) bell_text_string(out, "0");
}

/* ---- the server ---- */

static const bell_event *signal_at(const server *s, uint32_t signal) {
  return &s->scenario->events[s->scenario->event_count + signal];
}

/* When a wait that begins now will time out; INT64_MAX for never. */
static int64_t timeout_at(const server *s) {
  const bell_scenario *scenario = s->scenario;
  if (scenario->timeout_us == 0) return INT64_MAX;
  if (scenario->keeps_time) return s->trace->due_us > s->now_us ? s->trace->due_us : s->now_us;
  return server_is_kept_awake(s) ? INT64_MAX : s->now_us + scenario->timeout_us; /* it would come back at once */
}

static void keep_house(server *s, uint32_t batch, int64_t due_us) {
  const bell_scenario *scenario = s->scenario;
  uint32_t timeout = scenario->timeout_statement;
  uint32_t event = s->trace->event_count++;
  scenario->events[event] = (bell_event){.ready_us = due_us, .statement = timeout, .parent = BELL_NONE};
  server_add_step(s, event, batch, BELL_REASON_TIMEOUT, BELL_NONE);
  s->trace->due_us = s->now_us + scenario->timeout_us;
  s->now_us += scenario->statements[timeout].takes_us;
}

/* The flags, then the clock. `ending` is the signal that ended the wait, if one did. */
static void look_around(server *s, uint32_t batch, uint32_t ending, bool has_timed_out) {
  const bell_scenario *scenario = s->scenario;
  s->answers.returned = 0; /* an answer without news is not counted */
  while (s->signal < scenario->signal_count && signal_at(s, s->signal)->ready_us <= s->now_us) {
    bell_reason reason = s->signal == ending ? BELL_REASON_SIGNAL : BELL_REASON_FLAG;
    server_add_step(s, scenario->event_count + s->signal++, batch, reason, BELL_NONE);
  }
  bool is_due = scenario->keeps_time && s->trace->due_us <= s->now_us;
  if (has_timed_out || is_due) keep_house(s, batch, is_due ? s->trace->due_us : s->now_us);
}

void server_start_early(server *s) {
  s->trace->event_count += s->scenario->signal_count;
  s->trace->due_us = s->scenario->timeout_us;
}

void server_look_around(server *s, uint32_t batch) { look_around(s, batch, BELL_NONE, false); }

/* Those that came during the housekeeping have set their flags, and end nothing. A thread that spins does not sleep. */
bool server_sleep_or_end_early(server *s) {
  const bell_ready *first = bell_readiness_first(&s->arrivals);
  if (first == NULL && s->signal == s->scenario->signal_count) return false;
  uint32_t next = s->signal;
  while (next < s->scenario->signal_count && signal_at(s, next)->ready_us < s->now_us) next++;
  int64_t arrival_us = first != NULL ? first->ready_us : INT64_MAX;
  int64_t signal_us = next < s->scenario->signal_count ? signal_at(s, next)->ready_us : INT64_MAX;
  int64_t timeout_us = timeout_at(s);
  int64_t end_us = arrival_us < signal_us ? arrival_us : signal_us;
  if (timeout_us < end_us) end_us = timeout_us;
  if (end_us > s->now_us) s->now_us = end_us;
  if (arrival_us == end_us) return true; /* what answers is looked at, and the rest behind it */
  bool is_signal = signal_us == end_us;
  uint32_t ending = is_signal && !server_is_kept_awake(s) ? next : BELL_NONE;
  look_around(s, s->trace->step_count, ending, !is_signal);
  return true;
}
