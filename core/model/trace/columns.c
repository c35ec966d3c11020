#include "trace/columns.h"

void bell_column_step(const bell_trace *trace, uint32_t k, bell_text *out) {
  (void)trace;
  bell_text_number(out, (int64_t)k + 1);
}

void bell_column_time(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_ms(out, trace->steps[k].time_us);
}

void bell_column_name(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_scenario_name(trace->scenario, bell_trace_event(trace, k)->statement));
}

void bell_column_payload(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_scenario_payload(trace->scenario, bell_trace_event(trace, k)->statement));
}

void bell_column_ready(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_ms(out, bell_trace_event(trace, k)->ready_us);
}

void bell_column_latency(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_ms(out, bell_trace_latency_us(trace, k));
}

void bell_column_queue(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_queue_name(trace->steps[k].queue));
}

void bell_column_kind(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_words[bell_trace_statement(trace, k)->kind].text);
}
