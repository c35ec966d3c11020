#include "multiplexer/timer_reason.h"

#include "multiplexer/kevent.h"
#include "multiplexer/worker.h"
#include "multiplexer/worker_reason.h"

static const char *what_is_left_unread(const bell_trace *trace, uint32_t k) {
  if (!bell_strategy_tells_once(trace->strategy)) {
    return " The handler does not read {me}, so {me} is ready from now on, for ever.";
  }
  uint32_t timer = bell_trace_event(trace, k)->statement;
  return !bell_timer_is_periodic(trace->scenario, timer)
             ? " The handler does not read {me}. Edge-triggered, {call} tells of it this once."
             : " The handler does not read {me}. Edge-triggered, {call} tells of it this once, and a timer that is not "
               "read does not go on: nobody hears of {me} again. The cure: read a timer when it has expired.";
}

const char *timer_what_was_read(const bell_trace *trace, uint32_t k) {
  if (trace->scenario->timer_count == 0) return "";
  if (bell_timer_is_unread(trace, k)) return what_is_left_unread(trace, k);
  int64_t expirations = bell_timer_count(trace, k);
  if (expirations == 0 || bell_kevent_has_read(trace, k)) return "";
  if (bell_worker_is(trace->scenario, bell_trace_event(trace, k)->statement)) return worker_what_was_done(expirations);
  return expirations == 1
             ? " The read gives 1, for {me} has expired once."
             : " The read gives {expirations}, for {me} has expired {expirations} times without a read. Who counts "
               "wakes, and not what a read gives, misses {missed}.";
}

void timer_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (trace->scenario->timer_count == 0) return;
  int64_t expirations = bell_timer_count(trace, k);
  if (sentence_fact_is(f, "expirations")) bell_text_number(out, expirations);
  if (sentence_fact_is(f, "missed")) bell_text_number(out, expirations - 1);
}
