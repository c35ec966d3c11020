#include "multiplexer/early_reason.h"

#include "multiplexer/early.h"

static const char timed_out[] =
    "{nothing}, so the thread slept in {call} from {free} to {time} ms. It came back with {nobody}: its timeout of "
    "{timeout} ms has passed, and it is time for the housekeeping.";
static const char time_was_left[] =
    "{nothing}, so the thread slept in {call} from {free} to {time} ms. It came back with {nobody}: the {left} ms have "
    "passed that were left until the housekeeping is due.";
static const char was_due[] =
    "The housekeeping was due at {ready} ms; behind each wait the thread looks at the clock, and does it now.";
static const char interrupted[] =
    "{nothing}, so the thread slept in {call} from {free} to {time} ms. Then the signal {me} came: its handler "
    "ran, and {call} came back with {error}.";
static const char next_is_whole[] =
    " The next wait has {timeout} ms again, though {rest} were left: the housekeeping comes {spent} ms later for it. "
    "The cure: compute the time that is left before each wait, timeout every {timeout}.";
static const char next_is_rest[] = " The next wait is given the {rest} ms that are left.";
static const char next_is_same[] = " The loop waits again.";
static const char flag[] =
    "The signal {me} came at {ready} ms, while the thread was busy, and ended no wait. {late} ms later the thread "
    "looks at the flag that its handler set.";
static const char flag_at_once[] = "The signal {me} came, and the thread looks at the flag that its handler set.";

/* Is the housekeeping due by then, and done behind the same wait? */
static bool is_kept_behind(const bell_trace *trace, uint32_t k) {
  uint32_t wait = trace->steps[k].queued_at;
  while (++k < trace->step_count && trace->steps[k].queued_at == wait) {
    if (trace->steps[k].reason == BELL_REASON_TIMEOUT) return true;
  }
  return false;
}

/* What it says of the wait that comes next depends on the timeout. */
static const char *what_follows(const bell_trace *trace, uint32_t k) {
  const bell_scenario *scenario = trace->scenario;
  if (scenario->timeout_us == 0) return next_is_same;
  if (!scenario->keeps_time) return next_is_whole;
  return is_kept_behind(trace, k) ? "" : next_is_rest;
}

const char *early_why(const bell_trace *trace, uint32_t k) {
  switch ((bell_reason)trace->steps[k].reason) {
  case BELL_REASON_TIMEOUT:
    if (!bell_early_ended_wait(trace, k)) return was_due;
    return trace->scenario->keeps_time ? time_was_left : timed_out;
  case BELL_REASON_SIGNAL:
    return interrupted;
  case BELL_REASON_FLAG:
    return bell_trace_latency_us(trace, k) > 0 ? flag : flag_at_once;
  default:
    return NULL;
  }
}

const char *early_what_follows(const bell_trace *trace, uint32_t k) {
  return trace->steps[k].reason == BELL_REASON_SIGNAL ? what_follows(trace, k) : "";
}

/* The index of the first event that is due behind the step: those of the housekeeping stand in order behind all
 * others. */
static uint32_t due_behind(const bell_trace *trace, uint32_t k) {
  uint32_t before = trace->scenario->event_count + trace->scenario->signal_count; /* from `end` on they are behind */
  for (uint32_t end = trace->event_count; before < end;) {
    uint32_t middle = before + (end - before) / 2;
    if (trace->events[middle].ready_us <= trace->steps[k].time_us) before = middle + 1;
    else end = middle;
  }
  return before;
}

/* When it was done last, or the run began, where each wait has all of the timeout: then that is when it was due. */
static int64_t put_off_since_us(const bell_trace *trace, uint32_t k) {
  uint32_t next = due_behind(trace, k);
  bool is_first = next == trace->scenario->event_count + trace->scenario->signal_count;
  return is_first ? 0 : trace->events[next - 1].ready_us;
}

const char *early_what_is_put_off(const bell_trace *trace, uint32_t k) {
  const bell_scenario *scenario = trace->scenario;
  bool is_answer = trace->steps[k].reason == BELL_REASON_ANSWER_FIRST;
  if (!is_answer || scenario->timeout_us == 0 || scenario->keeps_time) return "";
  bool is_late = trace->steps[k].time_us - put_off_since_us(trace, k) > 2 * (int64_t)scenario->timeout_us;
  return is_late
             ? " The housekeeping is put off, since {kept} ms: no wait has lasted {timeout} ms. The cure: compute the "
               "time that is left before each wait, timeout every {timeout}."
             : "";
}

static int64_t rest_us(const bell_trace *trace, uint32_t k) {
  int64_t due_us = bell_trace_free_us(trace, k) + trace->scenario->timeout_us;
  uint32_t next = due_behind(trace, k);
  if (trace->scenario->keeps_time) due_us = next < trace->event_count ? trace->events[next].ready_us : trace->due_us;
  return due_us > trace->steps[k].time_us ? due_us - trace->steps[k].time_us : 0;
}

void early_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (!BELL_HAS_BYTES || trace->scenario->apart_count == 0) return;
  int64_t spent_us = trace->steps[k].time_us - bell_trace_free_us(trace, k);
  bool is_plain = trace->strategy != BELL_IO_URING;
  if (sentence_fact_is(f, "nobody")) bell_text_string(out, is_plain ? "0" : "no completion");
  if (sentence_fact_is(f, "error")) bell_text_string(out, is_plain ? "EINTR" : "no completion");
  if (sentence_fact_is(f, "timeout")) bell_text_ms(out, trace->scenario->timeout_us);
  if (sentence_fact_is(f, "left"))
    bell_text_ms(out, bell_trace_event(trace, k)->ready_us - bell_trace_free_us(trace, k));
  if (sentence_fact_is(f, "spent")) bell_text_ms(out, spent_us);
  if (sentence_fact_is(f, "rest")) bell_text_ms(out, rest_us(trace, k));
  if (sentence_fact_is(f, "kept")) bell_text_ms(out, put_off_since_us(trace, k));
}
