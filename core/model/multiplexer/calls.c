#include "multiplexer/calls.h"

#include "multiplexer/closing.h"
#include "multiplexer/early.h"
#include "multiplexer/kevent.h"
#include "multiplexer/timer.h"
#include "multiplexer/turns.h"

uint32_t bell_strategy_scans(bell_strategy strategy, uint32_t sockets) {
  if (strategy == BELL_SELECT) return sockets + 3; /* from 0 up to the highest, standard streams and all */
  return strategy == BELL_POLL ? sockets : 0;
}

/* What a wait takes that finds somebody ready at once: `select` to `io_uring` in core/live/measured.tsv. */
typedef struct wait_cost {
  uint32_t ns;
  uint32_t socket_ns; /* and each socket that it looks at */
} wait_cost;

static const wait_cost costs[BELL_STRATEGIES] = {
    [BELL_SELECT] = {900, 150}, [BELL_POLL] = {700, 145}, [BELL_EPOLL] = {500, 0}, [BELL_IO_URING] = {1370, 0}};

static uint64_t idle_us(const bell_trace *trace, uint32_t k) {
  if (bell_trace_is_stop(trace, k)) return BELL_SPIN_WATCHED_US;
  int64_t free_us = bell_trace_free_us(trace, k);
  return (uint64_t)(trace->steps[k].time_us - bell_trace_spun_from_us(trace, k, free_us));
}

static bool has_waits(const bell_trace *trace) {
  return trace->strategy >= BELL_SELECT && trace->strategy != BELL_THREADS;
}

/* How many calls each round makes that give nothing. */
static uint64_t in_vain(const bell_trace *trace, uint32_t k) {
  uint64_t ended = trace->spinning != NULL ? trace->spinning[k].ended : 0;
  return ended + bell_trace_starved(trace, k);
}

static uint64_t measured_rounds(const bell_trace *trace, uint32_t k) {
  bell_calls calls = trace->measured[k].calls;
  if (!has_waits(trace)) return calls.in_vain / trace->spinning[k].ended;
  return calls.waits - (calls.waits > 0 && !bell_trace_is_stop(trace, k));
}

uint64_t bell_trace_rounds(const bell_trace *trace, uint32_t k) {
  if (trace->measured != NULL) return measured_rounds(trace, k);
  if (bell_strategy_is_kqueue(trace->strategy)) return 0; /* what its wait takes was not measured */
  wait_cost cost = costs[trace->strategy];
  uint64_t wait_ns = cost.ns + (uint64_t)cost.socket_ns * trace->scenario->statement_count;
  uint64_t reads = in_vain(trace, k);
  if (trace->strategy == BELL_THREADS) reads = 1;  /* each on a core of its own */
  if (trace->strategy == BELL_IO_URING) reads = 0; /* the kernel has read */
  uint64_t read_ns = reads * BELL_READ_IN_VAIN_NS;
  return idle_us(trace, k) * 1000 / (wait_ns + read_ns);
}

/* Does the step read what it is about? Else the kernel has, or nobody does, or it writes. */
static bool reads_its_own(const bell_trace *trace, uint32_t k) {
  if (bell_early_is_step(trace, k) || bell_trace_is_write(trace, k)) return false;
  bool has_read = trace->strategy == BELL_IO_URING || bell_kevent_has_read(trace, k); /* the kernel */
  return !has_read && !bell_trace_is_stop(trace, k) && !bell_timer_is_unread(trace, k);
}

/* The rounds in which a thread that cannot sleep wakes for nothing. The last row of such a run has nothing else. */
static void add_rounds(const bell_trace *trace, uint32_t k, bell_calls *calls) {
  uint64_t rounds = bell_trace_rounds(trace, k);
  bool reads = trace->strategy != BELL_IO_URING;
  calls->in_vain += reads ? rounds * in_vain(trace, k) : 0;
  calls->reads = calls->in_vain + reads_its_own(trace, k);
  if (!has_waits(trace)) return;
  calls->waits += rounds;
  calls->returned += rounds * bell_trace_awake(trace, k);
  calls->scanned += rounds * bell_trace_scanned(trace);
}

bell_calls bell_trace_calls(const bell_trace *trace, uint32_t k) {
  if (trace->measured != NULL) return trace->measured[k].calls;
  bell_calls none = {.reads = reads_its_own(trace, k)};
  if (trace->answers == NULL || trace->strategy == BELL_THREADS) {
    if (bell_trace_spins(trace, k) && trace->strategy != BELL_READINESS) add_rounds(trace, k, &none);
    return none;
  }
  bell_answers answers = trace->answers[k];
  bell_calls calls = {.in_vain = answers.in_vain, .returned = answers.returned};
  if (bell_trace_is_turned_away(trace, k)) calls.in_vain++; /* before the spare descriptor was closed */
  if (trace->strategy == BELL_BUSY_POLL) {
    /* Nobody sleeps: while nothing comes, round follows round. */
    uint64_t round = trace->scenario->statement_count;
    calls.in_vain += idle_us(trace, k) * 1000 / (round * BELL_READ_IN_VAIN_NS) * round;
  }
  calls.reads = calls.in_vain + reads_its_own(trace, k);
  calls.waits = answers.returned > 0 || bell_early_ended_wait(trace, k);
  if (BELL_HAS_BYTES) calls.waits += bell_turns_waits_in_vain(trace, k);
  calls.scanned = calls.waits * bell_trace_scanned(trace) * (bell_trace_slept(trace, k) ? 2 : 1);
  if (bell_trace_spins(trace, k)) add_rounds(trace, k, &calls);
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
