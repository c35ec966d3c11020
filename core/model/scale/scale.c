#include "scale/scale.h"

#include "multiplexer/calls.h"

/* What one socket takes; `set_bytes` is the whole bitmap of select. */
static const uint32_t descriptor_bytes = 4, set_bytes = BELL_SELECT_LIMIT / 8, entry_bytes = 64, pollfd_bytes = 8,
                      epoll_bytes = 160;

const char *bell_limit_name(bell_limit limit) {
  static const char *const names[BELL_LIMITS] = {"none", "set", "threads", "stacks", "in-vain", "scan", "descriptors"};
  return names[limit];
}

bool bell_scale_serves(bell_strategy strategy, uint32_t connections) {
  return strategy != BELL_SELECT || connections <= BELL_SELECT_LIMIT - BELL_FIRST_DESCRIPTOR;
}

/* The call that a strategy waits with; BELL_WAIT_CALLS when it has none. */
static bell_wait_call call_of(bell_strategy strategy) {
  switch (strategy) {
  case BELL_SELECT:
    return BELL_WAIT_SELECT;
  case BELL_POLL:
    return BELL_WAIT_POLL;
  case BELL_EPOLL:
  case BELL_EPOLL_ET:
    return BELL_WAIT_EPOLL;
  case BELL_IO_URING:
    return BELL_WAIT_IO_URING;
  default:
    return BELL_WAIT_CALLS;
  }
}

const bell_cost_point *bell_scale_point(const bell_costs *costs, bell_strategy strategy, uint32_t i) {
  bell_wait_call call = call_of(strategy);
  bool is_there = call != BELL_WAIT_CALLS && i < costs->wait_points[call][BELL_WAIT_ASLEEP];
  return is_there ? &costs->waits[call][BELL_WAIT_ASLEEP][i] : NULL;
}

/* How many of the ready are served at a turn: by a wait, or by the cores. */
static uint32_t turn_of(bell_strategy strategy, uint32_t ready) {
  bell_waiting_options options = bell_waiting_with_defaults((bell_waiting_options){0});
  if (strategy == BELL_SELECT || strategy == BELL_POLL) return ready;
  return strategy == BELL_THREADS ? options.cores : options.maxevents;
}

/* ---- counts ----------------------------------------------------------------------------------------------------- */

bell_calls bell_scale_calls(bell_strategy strategy, bell_crowd crowd) {
  bell_calls calls = {0};
  if (call_of(strategy) != BELL_WAIT_CALLS) {
    uint32_t turn = turn_of(strategy, crowd.ready);
    calls.waits = (crowd.ready + turn - 1) / turn;
    calls.returned = crowd.ready;
    calls.scanned = (calls.waits + 1) * bell_strategy_scans(strategy, crowd.connections); /* the first wait slept */
  }
  if (strategy == BELL_BUSY_POLL) calls.in_vain = crowd.connections - crowd.ready;
  if (strategy == BELL_EPOLL_ET) calls.in_vain = crowd.ready;
  calls.reads = calls.in_vain + (strategy == BELL_IO_URING ? 0 : crowd.ready);
  return calls;
}

uint32_t bell_scale_sleeps(bell_strategy strategy, bell_crowd crowd) {
  if (strategy == BELL_THREADS) return crowd.ready;
  return call_of(strategy) != BELL_WAIT_CALLS;
}

/* ---- times ------------------------------------------------------------------------------------------------------ */

/* `ns` is 0 when it was not measured. */
static double times(double count, double ns) { return ns > 0 ? count * ns : BELL_UNKNOWN; }

/* A wait that finds one ready beside all the others. */
static double wait_ns(const bell_costs *costs, bell_strategy strategy, bell_wait_cost cost, uint32_t connections) {
  double ns = bell_cost_wait_ns(costs, call_of(strategy), cost, connections - 1.0);
  return ns > 0 && bell_scale_serves(strategy, connections) ? ns : BELL_UNKNOWN;
}

double bell_scale_asking_ns(const bell_costs *costs, bell_strategy strategy, uint32_t connections, bell_calls calls,
                            uint32_t sleeps) {
  if (strategy == BELL_BUSY_POLL) return times((double)calls.in_vain, costs->read_in_vain_ns);
  if (strategy == BELL_THREADS) return times(sleeps, costs->read_asleep_ns - costs->read_ns);
  if (call_of(strategy) == BELL_WAIT_CALLS) return BELL_UNKNOWN;
  double asleep_ns = wait_ns(costs, strategy, BELL_WAIT_ASLEEP, connections);
  double at_once_ns = wait_ns(costs, strategy, BELL_WAIT_AT_ONCE, connections);
  if (asleep_ns < 0 || at_once_ns < 0) return BELL_UNKNOWN;
  double more = (double)calls.returned - (double)calls.waits; /* answers besides the first of each wait */
  return sleeps * asleep_ns + ((double)calls.waits - sleeps) * at_once_ns + more * costs->answer_ns[call_of(strategy)] +
         (double)calls.in_vain * costs->read_in_vain_ns;
}

/* A completion has the read in it. */
static double read_ns(const bell_costs *costs, bell_strategy strategy) {
  return strategy == BELL_IO_URING ? 0 : costs->read_ns;
}

double bell_scale_calls_ns(const bell_costs *costs, bell_strategy strategy, uint32_t connections, bell_calls calls,
                           uint32_t sleeps) {
  double asking_ns = bell_scale_asking_ns(costs, strategy, connections, calls, sleeps);
  if (asking_ns < 0) return BELL_UNKNOWN;
  return asking_ns + (double)(calls.reads - calls.in_vain) * read_ns(costs, strategy);
}

/* In which turn, from 1, one of the ready is served, in the mean, when each turn serves `turn` of them. */
static double mean_turn(uint32_t ready, uint32_t turn) {
  uint32_t whole = ready / turn;
  double full = whole;
  double rest = ready % turn;
  return (turn * full * (full + 1) / 2 + rest * (full + 1)) / ready;
}

/* How many answers besides the first of each wait have come when one of the ready is served, in the mean. */
static double mean_more(uint32_t ready, uint32_t turn) {
  uint32_t whole = ready / turn;
  double full = whole;
  double rest = ready % turn;
  double last = rest > 0 ? rest * (full * (turn - 1.0) + rest - 1) : 0;
  return (turn * (turn - 1.0) * full * (full + 1) / 2 + last) / ready;
}

double bell_scale_latency_ns(const bell_costs *costs, bell_strategy strategy, bell_crowd crowd) {
  double before = (crowd.ready - 1.0) / 2; /* reads of others, in the mean */
  if (strategy == BELL_BUSY_POLL) {
    double asking_ns = times((crowd.connections - crowd.ready) / 2.0, costs->read_in_vain_ns);
    return asking_ns < 0 ? BELL_UNKNOWN : asking_ns + (before + 1) * costs->read_ns;
  }
  double turns = mean_turn(crowd.ready, turn_of(strategy, crowd.ready));
  if (strategy == BELL_THREADS) {
    if (costs->read_woken_ns <= 0 || costs->context_switch_ns <= 0) return BELL_UNKNOWN;
    return costs->read_woken_ns + (turns - 1) * costs->context_switch_ns;
  }
  if (call_of(strategy) == BELL_WAIT_CALLS) return BELL_UNKNOWN;
  double woken_ns = wait_ns(costs, strategy, BELL_WAIT_WOKEN, crowd.connections);
  double at_once_ns = wait_ns(costs, strategy, BELL_WAIT_AT_ONCE, crowd.connections);
  if (woken_ns < 0 || at_once_ns < 0) return BELL_UNKNOWN;
  double more = mean_more(crowd.ready, turn_of(strategy, crowd.ready));
  double vain_ns = strategy == BELL_EPOLL_ET ? before * costs->read_in_vain_ns : 0;
  return woken_ns + (turns - 1) * at_once_ns + more * costs->answer_ns[call_of(strategy)] +
         (before + 1) * read_ns(costs, strategy) + vain_ns;
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

double bell_scale_memory_bytes(const bell_costs *costs, bell_strategy strategy, uint32_t connections) {
  double n = connections;
  if (!bell_scale_serves(strategy, connections)) return BELL_UNKNOWN;
  switch (strategy) {
  case BELL_BUSY_POLL:
    return n * descriptor_bytes;
  case BELL_SELECT:
    return 2 * set_bytes + n * entry_bytes;
  case BELL_POLL:
    return n * (2 * pollfd_bytes + entry_bytes);
  case BELL_EPOLL:
  case BELL_EPOLL_ET:
    return n * epoll_bytes;
  case BELL_THREADS:
    return times(n, costs->thread_resident_bytes + costs->thread_kernel_bytes);
  default:
    return BELL_UNKNOWN;
  }
}

/* ---- what stops it ---------------------------------------------------------------------------------------------- */

bell_limit bell_scale_limit(const bell_costs *costs, bell_strategy strategy, bell_crowd crowd) {
  if (!bell_scale_serves(strategy, crowd.connections)) return BELL_LIMIT_SET;
  if (strategy == BELL_THREADS) return crowd.connections > BELL_MAPPINGS / 2 ? BELL_LIMIT_THREADS : BELL_LIMIT_STACKS;
  /* Falling asleep and being woken is left out, for that is the same however many sockets there are. */
  bell_calls calls = bell_scale_calls(strategy, crowd);
  double looking_ns = bell_scale_asking_ns(costs, strategy, crowd.connections, calls, 0);
  bool mostly_asks = looking_ns > crowd.ready * costs->read_ns;
  if (mostly_asks && strategy == BELL_BUSY_POLL) return BELL_LIMIT_IN_VAIN;
  if (mostly_asks && (strategy == BELL_SELECT || strategy == BELL_POLL)) return BELL_LIMIT_SCAN;
  return crowd.connections > BELL_OPEN_FILES - BELL_FIRST_DESCRIPTOR ? BELL_LIMIT_DESCRIPTORS : BELL_LIMIT_NONE;
}
