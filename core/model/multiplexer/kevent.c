#include "multiplexer/kevent.h"

#include "multiplexer/listener.h"

static bool is_of_connection(const bell_trace *trace, uint32_t k) {
  bell_reason reason = (bell_reason)trace->steps[k].reason;
  return !bell_early_is_step(trace, k) && reason != BELL_REASON_DRAIN && reason != BELL_REASON_OWN_LIST;
}

bool bell_kevent_is_eof(const bell_trace *trace, uint32_t k) {
  if (!is_of_connection(trace, k) || bell_kevent_has_read(trace, k)) return false;
  uint32_t last = bell_scenario_events_end(trace->scenario, bell_trace_event(trace, k)->statement) - 1;
  int64_t told_us = trace->steps[trace->steps[k].queued_at].time_us;
  return bell_scenario_is_end(trace->scenario, last) && trace->events[last].ready_us <= told_us;
}

bool bell_kevent_has_data_at_eof(const bell_trace *trace, uint32_t k) {
  bool is_read = !bell_trace_is_end(trace, k) && !bell_trace_is_write(trace, k);
  return bell_strategy_is_kqueue(trace->strategy) && is_read && bell_kevent_is_eof(trace, k);
}

static void print_number(uint64_t number, bell_text *out) {
  bell_text_string(out, " ");
  bell_text_number(out, (int64_t)number);
}

static bool spins_for_room(const bell_trace *trace, uint32_t k) {
  return bell_trace_awake(trace, k) == trace->spinning[k].writable;
}

/* How many connections waited. */
static uint32_t backlog(const bell_trace *trace, uint32_t k) {
  uint32_t listener = bell_trace_event(trace, k)->statement;
  int64_t told_us = trace->steps[trace->steps[k].queued_at].time_us;
  return bell_bytes_come(trace, listener, told_us) - trace->steps[k].event;
}

/* The last row of a run that spins is about the end that is told again and again, or about room. */
static void print_of_connection(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_scenario *scenario = trace->scenario;
  bool is_stop = bell_trace_is_stop(trace, k);
  bool is_room = is_stop ? spins_for_room(trace, k) : bell_trace_is_write(trace, k);
  uint32_t socket = bell_trace_event(trace, k)->statement;
  bool resets = (scenario->statements[socket].conduct & BELL_RESETS) != 0;
  bool is_sized = bell_scenario_stream(scenario, socket) != NULL;
  bell_text_string(out, is_room ? "WRITE" : "READ");
  if (is_room && !is_stop) print_number(bell_trace_event(trace, k)->parent, out);
  if (bell_listener_is(scenario, socket)) print_number(backlog(trace, k), out);
  if (!is_room && is_sized) print_number(is_stop ? 0 : bell_bytes_told(trace, k), out);
  bool is_eof = bell_kevent_is_eof(trace, k) && (resets || !is_room); /* a peer that sends no more may still read */
  if (is_eof) bell_text_string(out, " EOF");
  if (is_eof && resets && !is_stop) bell_text_string(out, " ECONNRESET");
}

void bell_kevent_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (!is_of_connection(trace, k)) return;
  if (!bell_kevent_has_read(trace, k)) {
    print_of_connection(trace, k, out);
    return;
  }
  bell_text_string(out, "TIMER");
  print_number(trace->taken[k].bytes, out);
}
