/* totals: what a whole trace comes to. A last row that is no step (bell_trace_is_stop) is left out. */
#ifndef BELL_TOTALS_H
#define BELL_TOTALS_H

#include "trace/trace.h"

typedef struct bell_totals {
  int64_t end_us;            /* when the last step ends */
  int64_t idle_us;           /* time in which the thread slept; of threads, all of them */
  int64_t mean_latency_us;   /* latency: handled minus ready; rounded to the nearest microsecond */
  int64_t median_latency_us; /* nearest rank: the smallest latency that half of the events do not exceed */
  int64_t p99_latency_us;    /* the same for 99 of 100 */
  int64_t max_latency_us;
  uint32_t messages; /* events handled; the ends of connections are none */
  uint32_t wake_ups; /* times that a thread slept and something woke it */
} bell_totals;

bell_totals bell_trace_totals(const bell_trace *trace);

#endif
