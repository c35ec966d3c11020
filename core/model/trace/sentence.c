#include "trace/sentence.h"

#include <string.h>

bool fact_is(fact f, const char *word) { return strlen(word) == f.length && memcmp(f.word, word, f.length) == 0; }

void sentence_print_statement(const bell_trace *trace, uint32_t statement, bell_text *out) {
  bell_scenario_print_name(bell_scenario_name(trace->scenario, statement), out);
}

void sentence_print_event(const bell_trace *trace, uint32_t event, bell_text *out) {
  sentence_print_statement(trace, trace->events[event].statement, out);
}

bool sentence_other_is_same(const bell_trace *trace, uint32_t k) {
  uint32_t other = trace->steps[k].other;
  return other != BELL_NONE && trace->events[other].statement == bell_trace_event(trace, k)->statement;
}

static void print_shared(const bell_trace *trace, uint32_t k, fact f, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  if (fact_is(f, "me")) sentence_print_event(trace, step->event, out);
  if (fact_is(f, "ready")) bell_text_ms(out, bell_trace_event(trace, k)->ready_us);
  if (fact_is(f, "other ready")) bell_text_ms(out, trace->events[step->other].ready_us);
  if (fact_is(f, "free")) bell_text_ms(out, bell_trace_free_us(trace, k));
  if (fact_is(f, "time")) bell_text_ms(out, step->time_us);
  if (fact_is(f, "late")) bell_text_ms(out, bell_trace_latency_us(trace, k));
}

void sentence_print(const bell_trace *trace, uint32_t k, const char *sentence, print_fact *own, bell_text *out) {
  const char *brace;
  while ((brace = strchr(sentence, '{')) != NULL) {
    const char *end = strchr(brace, '}');
    fact f = {brace + 1, (size_t)(end - brace - 1)};
    bell_text_bytes(out, sentence, (size_t)(brace - sentence));
    print_shared(trace, k, f, out);
    own(trace, k, f, out);
    sentence = end + 1;
  }
  bell_text_string(out, sentence);
}
