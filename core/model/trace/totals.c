#include "trace/totals.h"

/* A step that handles no message: it is about an end, a piece, or room to write. */
static bool is_none(const bell_trace *trace, uint32_t k) {
  bell_reason reason = (bell_reason)trace->steps[k].reason;
  if (BELL_HAS_BYTES && reason >= BELL_REASON_TIMEOUT && reason <= BELL_REASON_FLAG) return true;
  return bell_trace_is_end(trace, k) || bell_trace_is_piece(trace, k) || bell_trace_is_write(trace, k);
}

/* The latency that `rank` of the steps (from 1) do not exceed: found byte by byte from the highest that any has, by
 * counting. It takes time in proportion to the steps, and no memory. */
static int64_t latency_of_rank(const bell_trace *trace, uint32_t rank, int64_t max_us) {
  uint64_t found = 0; /* the bytes that are known, in their place */
  unsigned shift = 0;
  while (max_us >> shift > 0) shift += 8; /* a run ends before 2^53 */
  while (shift > 0) {
    shift -= 8;
    uint32_t count[256] = {0};
    for (uint32_t k = 0; k < trace->step_count; k++) {
      if (is_none(trace, k)) continue;
      uint64_t latency = (uint64_t)bell_trace_latency_us(trace, k);
      bool matches = latency >> shift >> 8 == found >> shift >> 8;
      if (matches) count[latency >> shift & 0xFF]++;
    }
    unsigned byte = 0;
    while (count[byte] < rank) rank -= count[byte++];
    found |= (uint64_t)byte << shift;
  }
  return (int64_t)found;
}

/* Nearest rank: ceil(percent / 100 * count). */
static int64_t percentile_us(const bell_trace *trace, uint32_t percent, uint32_t count, int64_t max_us) {
  uint64_t rank = ((uint64_t)count * percent + 99) / 100;
  return latency_of_rank(trace, (uint32_t)rank, max_us);
}

static uint32_t count_others(const bell_trace *trace) {
  uint32_t others = 0;
  bool has_some = trace->scenario->closing || (BELL_HAS_BYTES && trace->taken != NULL);
  for (uint32_t k = 0; has_some && k < trace->step_count; k++) others += is_none(trace, k);
  return others;
}

/* The totals of what the thread did, in a trace without a last row that is no step. */
static bell_totals sum_up(const bell_trace *trace) {
  bell_totals totals = {.messages = trace->step_count - count_others(trace)};
  uint32_t count = totals.messages > 0 ? totals.messages : 1;
  int64_t whole_us = 0; /* the mean, in whole parts and a rest: a plain sum could overflow */
  int64_t rest_us = 0;
  bool is_never_idle = false; /* a thread reads in vain for ever */
  for (uint32_t k = 0; k < trace->step_count; k++) {
    int64_t latency_us = is_none(trace, k) ? 0 : bell_trace_latency_us(trace, k);
    int64_t idle_us = trace->steps[k].time_us - totals.end_us; /* below 0 while another thread works */
    if (latency_us > totals.max_latency_us) totals.max_latency_us = latency_us;
    whole_us += latency_us / count;
    rest_us += latency_us % count;
    int64_t spun_from_us = bell_trace_spins(trace, k) ? bell_trace_spun_from_us(trace, k, totals.end_us) : 0;
    if (BELL_HAS_BYTES && spun_from_us > totals.end_us) totals.idle_us += spun_from_us - totals.end_us;
    if (bell_trace_slept(trace, k)) {
      totals.wake_ups++;
      if (idle_us > 0 && !is_never_idle) totals.idle_us += idle_us;
    }
    if (trace->strategy == BELL_THREADS && bell_trace_is_ignored_end(trace, k)) is_never_idle = true;
    if (bell_trace_end_us(trace, k) > totals.end_us) totals.end_us = bell_trace_end_us(trace, k);
  }
  if (totals.messages == 0) return totals;
  totals.mean_latency_us = whole_us + (rest_us + count / 2) / count;
  totals.median_latency_us = percentile_us(trace, 50, count, totals.max_latency_us);
  totals.p99_latency_us = percentile_us(trace, 99, count, totals.max_latency_us);
  return totals;
}

bell_totals bell_trace_totals(const bell_trace *trace) {
  bell_trace handled = *trace;
  if (handled.step_count > 0 && bell_trace_is_stop(trace, handled.step_count - 1)) handled.step_count--;
  return sum_up(&handled);
}
