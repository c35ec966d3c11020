#include "trace/columns.h"

int64_t bell_column_step(const bell_trace *trace, uint32_t k) {
  (void)trace;
  return (int64_t)k + 1;
}

int64_t bell_column_time(const bell_trace *trace, uint32_t k) { return trace->steps[k].time_us; }

const char *bell_column_name(const bell_trace *trace, uint32_t k) {
  return bell_scenario_name(trace->scenario, bell_trace_event(trace, k)->statement);
}

const char *bell_column_payload(const bell_trace *trace, uint32_t k) {
  return bell_scenario_payload(trace->scenario, bell_trace_event(trace, k)->statement);
}

int64_t bell_column_ready(const bell_trace *trace, uint32_t k) { return bell_trace_event(trace, k)->ready_us; }

int64_t bell_column_latency(const bell_trace *trace, uint32_t k) { return bell_trace_latency_us(trace, k); }

const char *bell_column_queue(const bell_trace *trace, uint32_t k) { return bell_queue_name(trace->steps[k].queue); }

const char *bell_column_kind(const bell_trace *trace, uint32_t k) {
  return bell_words[bell_trace_statement(trace, k)->kind].text;
}
