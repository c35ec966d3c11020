#include "trace.h"

const char *bell_queue_name(bell_queue queue) {
  static const char *const names[BELL_QUEUES] = {"", "microtask", "task"};
  return names[queue];
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
static int64_t percentile_us(const bell_trace *trace, uint32_t percent, int64_t max_us) {
  uint64_t rank = ((uint64_t)trace->step_count * percent + 99) / 100;
  return latency_of_rank(trace, (uint32_t)rank, max_us);
}

bell_totals bell_trace_totals(const bell_trace *trace) {
  bell_totals totals = {.messages = trace->step_count};
  if (trace->step_count == 0) return totals;
  int64_t whole_us = 0; /* the mean, in whole parts and a rest: a plain sum could overflow */
  int64_t rest_us = 0;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    int64_t latency_us = bell_trace_latency_us(trace, k);
    int64_t slept_us = trace->steps[k].time_us - bell_trace_free_us(trace, k);
    whole_us += latency_us / trace->step_count;
    rest_us += latency_us % trace->step_count;
    if (latency_us > totals.max_latency_us) totals.max_latency_us = latency_us;
    if (slept_us > 0) totals.wake_ups++;
    totals.idle_us += slept_us;
  }
  totals.end_us = bell_trace_end_us(trace, trace->step_count - 1);
  totals.mean_latency_us = whole_us + (rest_us + trace->step_count / 2) / trace->step_count;
  totals.median_latency_us = percentile_us(trace, 50, totals.max_latency_us);
  totals.p99_latency_us = percentile_us(trace, 99, totals.max_latency_us);
  return totals;
}
