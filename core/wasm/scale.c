/* The face of scale.h and cost.h: a module of its own, for it is loaded with the lab that needs it.
 *
 * `tsv` is where JavaScript writes what `doorbell live --measure` printed, `costs` reads it; then each question is a
 * call, numbers in and a number out. Times are nanoseconds; a number below 0 is not known. Every number that comes in
 * is checked: what is out of bounds is not known either. */
#include "scale/scale.h"

#define EXPORT(name) __attribute__((export_name(name)))

enum { TSV_MAX = 16384, CONNECTIONS_MAX = 10000000 };

static char tsv_bytes[TSV_MAX];
static bell_costs costs;

static bool is_crowd(uint32_t strategy, uint32_t connections, uint32_t ready) {
  return strategy < BELL_STRATEGIES && connections <= CONNECTIONS_MAX && ready >= 1 && ready <= connections;
}

/* ---- in --------------------------------------------------------------------------------------------------------- */

/* Room for a text of `length` bytes; 0 when that is too long. */
EXPORT("tsv") uint32_t tsv(uint32_t length) { return length <= TSV_MAX ? (uint32_t)(uintptr_t)tsv_bytes : 0; }

EXPORT("costs") void read_costs(uint32_t length) {
  bell_costs_read(&costs, tsv_bytes, length <= TSV_MAX ? length : TSV_MAX);
}

/* ---- out -------------------------------------------------------------------------------------------------------- */

/* The names of strategies, of waiting calls and of limits, by number; 0 past the last. */
EXPORT("strategy_name") uint32_t strategy_name(uint32_t i) {
  return i < BELL_STRATEGIES ? (uint32_t)(uintptr_t)bell_strategy_name((bell_strategy)i) : 0;
}

EXPORT("limit_name") uint32_t limit_name(uint32_t i) {
  return i < BELL_LIMITS ? (uint32_t)(uintptr_t)bell_limit_name((bell_limit)i) : 0;
}

EXPORT("asking_ns") double asking_ns(uint32_t strategy, uint32_t connections, uint32_t ready) {
  if (!is_crowd(strategy, connections, ready)) return BELL_UNKNOWN;
  bell_crowd crowd = {connections, ready};
  bell_calls calls = bell_scale_calls((bell_strategy)strategy, crowd);
  uint32_t sleeps = bell_scale_sleeps((bell_strategy)strategy, crowd);
  return bell_scale_asking_ns(&costs, (bell_strategy)strategy, connections, calls, sleeps);
}

EXPORT("latency_ns") double latency_ns(uint32_t strategy, uint32_t connections, uint32_t ready) {
  if (!is_crowd(strategy, connections, ready)) return BELL_UNKNOWN;
  return bell_scale_latency_ns(&costs, (bell_strategy)strategy, (bell_crowd){connections, ready});
}

EXPORT("memory_bytes") double memory_bytes(uint32_t strategy, uint32_t connections) {
  if (!is_crowd(strategy, connections, connections)) return BELL_UNKNOWN;
  return bell_scale_memory_bytes(&costs, (bell_strategy)strategy, connections);
}

/* A bell_limit. */
EXPORT("limit") uint32_t limit(uint32_t strategy, uint32_t connections, uint32_t ready) {
  if (!is_crowd(strategy, connections, ready)) return BELL_LIMIT_NONE;
  return bell_scale_limit(&costs, (bell_strategy)strategy, (bell_crowd){connections, ready});
}

/* What the calls of a whole run take; counts beyond 2^32 come in as numbers too. */
EXPORT("run_ns")
double run_ns(uint32_t strategy, uint32_t connections, double waits, double returned, double reads, double in_vain,
              double sleeps) {
  if (!is_crowd(strategy, connections, connections)) return BELL_UNKNOWN;
  bool are_counts = waits >= 0 && sleeps >= 0 && sleeps < 1e9 && returned >= waits && in_vain >= 0 &&
                    reads >= in_vain && returned < 1e18 && reads < 1e18;
  if (!are_counts) return BELL_UNKNOWN;
  bell_calls calls = {
      .waits = (uint64_t)waits, .returned = (uint64_t)returned, .reads = (uint64_t)reads, .in_vain = (uint64_t)in_vain};
  return bell_scale_calls_ns(&costs, (bell_strategy)strategy, connections, calls, (uint32_t)sleeps);
}

static const bell_cost_point *point_of(uint32_t strategy, uint32_t i) {
  return strategy < BELL_STRATEGIES ? bell_scale_point(&costs, (bell_strategy)strategy, i) : NULL;
}

/* The points that were measured of a strategy's waiting call; below 0 past the last. */
EXPORT("point_connections") double point_connections(uint32_t strategy, uint32_t i) {
  const bell_cost_point *point = point_of(strategy, i);
  return point != NULL ? point->idle + 1 : BELL_UNKNOWN;
}

EXPORT("point_ns") double point_ns(uint32_t strategy, uint32_t i) {
  const bell_cost_point *point = point_of(strategy, i);
  return point != NULL ? point->ns : BELL_UNKNOWN;
}

/* One of the rows that are no line: what a thread keeps of its own, and has reserved for its stack. */
EXPORT("thread_reserved_bytes") double thread_reserved_bytes(void) { return costs.thread_reserved_bytes; }
EXPORT("read_ns") double read_ns(void) { return costs.read_ns; }
