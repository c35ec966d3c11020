#include "trace/sentence.h"

#include "scenario/print.h"

void sentence_print_statement(const bell_trace *trace, uint32_t statement, bell_text *out) {
  const char *name = bell_scenario_name(trace->scenario, statement);
  if (trace->scenario->source_name != NULL) bell_text_string(out, name);
  else bell_scenario_print_name(name, out);
}

void sentence_print_event(const bell_trace *trace, uint32_t event, bell_text *out) {
  sentence_print_statement(trace, trace->events[event].statement, out);
}

void sentence_print_step(const bell_trace *trace, uint32_t k, bell_text *out) {
  sentence_print_event(trace, trace->steps[k].event, out);
}

bool sentence_other_is_same(const bell_trace *trace, uint32_t k) {
  uint32_t other = trace->steps[k].other;
  return other != BELL_NONE && trace->events[other].statement == bell_trace_event(trace, k)->statement;
}

static void print_shared(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  if (sentence_fact_is(f, "me")) sentence_print_event(trace, step->event, out);
  if (sentence_fact_is(f, "ready")) bell_text_ms(out, bell_trace_event(trace, k)->ready_us);
  if (sentence_fact_is(f, "other ready")) bell_text_ms(out, trace->events[step->other].ready_us);
  if (sentence_fact_is(f, "free")) bell_text_ms(out, bell_trace_free_us(trace, k));
  if (sentence_fact_is(f, "time")) bell_text_ms(out, step->time_us);
  if (sentence_fact_is(f, "late")) bell_text_ms(out, bell_trace_latency_us(trace, k));
}

/* The step that a sentence is about, and who knows the lesson's own words. */
typedef struct subject {
  const bell_trace *trace;
  uint32_t k;
  sentence_print_fact *own;
} subject;

static void fill(const void *context, bell_slice gap, bell_text *out) {
  const subject *s = context;
  print_shared(s->trace, s->k, gap, out);
  s->own(s->trace, s->k, gap, out);
}

void sentence_print(const bell_trace *trace, uint32_t k, const char *sentence, sentence_print_fact *own,
                    bell_text *out) {
  subject s = {trace, k, own};
  bell_text_filled(out, sentence, fill, &s);
}
