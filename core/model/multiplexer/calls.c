#include "multiplexer/calls.h"

uint32_t bell_strategy_scans(bell_strategy strategy, uint32_t sockets) {
  if (strategy == BELL_SELECT) return sockets + 3; /* from 0 up to the highest, standard streams and all */
  return strategy == BELL_POLL ? sockets : 0;
}

bell_calls bell_trace_calls(const bell_trace *trace, uint32_t k) {
  if (trace->measured != NULL) return trace->measured[k].calls;
  if (trace->answers == NULL || trace->strategy == BELL_THREADS) return (bell_calls){.reads = 1};
  bell_answers answers = trace->answers[k];
  bell_calls calls = {.in_vain = answers.in_vain, .returned = answers.returned};
  if (trace->strategy == BELL_BUSY_POLL) {
    /* Nobody sleeps: while nothing comes, round follows round. */
    uint64_t idle_us = (uint64_t)(trace->steps[k].time_us - bell_trace_free_us(trace, k));
    uint64_t round = trace->scenario->statement_count;
    calls.in_vain += idle_us * 1000 / (round * BELL_READ_IN_VAIN_NS) * round;
  }
  calls.reads = calls.in_vain + (trace->strategy == BELL_IO_URING ? 0 : 1); /* the kernel has read */
  calls.waits = answers.returned > 0;
  calls.scanned = calls.waits * bell_trace_scanned(trace) * (bell_trace_slept(trace, k) ? 2 : 1);
  return calls;
}

bell_calls bell_trace_all_calls(const bell_trace *trace) {
  bell_calls all = {0};
  for (uint32_t k = 0; k < trace->step_count; k++) {
    bell_calls calls = bell_trace_calls(trace, k);
    all.reads += calls.reads;
    all.in_vain += calls.in_vain;
    all.waits += calls.waits;
    all.scanned += calls.scanned;
    all.returned += calls.returned;
  }
  return all;
}
