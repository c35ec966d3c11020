/* The face of scale.h, serving.h and cost.h: a module of its own, for it is loaded with the lab that needs it.
 *
 * `tsv` is where JavaScript writes what `doorbell live --measure` printed, `costs` reads it; then each question is a
 * call, numbers in and a number out. Times are nanoseconds; a number below 0 is not known. Every number that comes in
 * is checked: what is out of bounds is not known either. */
#include "scale/scale.h"
#include "scale/serving.h"

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
EXPORT("context_switch_ns") double context_switch_ns(void) { return costs.context_switch_ns; }

/* ---- serving ---------------------------------------------------------------------------------------------------- */

enum { RATE_MAX = 10000000, TAKES_US_MAX = 1000000, SLICE_US_MIN = 100, SLICE_US_MAX = 100000, US = 1000 };

static bell_load load = {.rate = 1, .at_once = 1, .messages = 2, .slow_one_of = 2};

EXPORT("server_name") uint32_t server_name(uint32_t i) {
  return i < BELL_SERVERS ? (uint32_t)(uintptr_t)bell_server_name((bell_server)i) : 0;
}

EXPORT("lack_name") uint32_t lack_name(uint32_t i) {
  return i < BELL_LACKS ? (uint32_t)(uintptr_t)bell_lack_name((bell_lack)i) : 0;
}

/* What comes to the servers; false, and nothing changes, when that is out of bounds. */
EXPORT("load")
bool set_load(uint32_t rate, uint32_t at_once, uint32_t messages, uint32_t slow_one_of, uint32_t quick_us,
              uint32_t slow_us) {
  bool is_load = rate >= 1 && rate <= RATE_MAX && at_once >= 1 && messages >= 2 && messages <= BELL_SERVED_MAX &&
                 slow_one_of >= 2 && quick_us >= 1 && quick_us <= TAKES_US_MAX && slow_us <= TAKES_US_MAX;
  if (is_load)
    load = (bell_load){rate, at_once, messages, slow_one_of, quick_us * (uint64_t)US, slow_us * (uint64_t)US};
  return is_load;
}

static double most;
static bell_served served;

/* Serves it. A bell_lack; the numbers below are then those of this run. BELL_LACKS when a number is out of bounds. */
EXPORT("serve") uint32_t serve(uint32_t server, uint32_t workers, uint32_t cores, uint32_t slice_us) {
  static bell_handler line[BELL_SERVED_MAX];
  bool is_crew = server < BELL_SERVERS && workers >= 1 && cores >= 1 && cores <= BELL_CORES_MAX &&
                 slice_us >= SLICE_US_MIN && slice_us <= SLICE_US_MAX;
  if (!is_crew) return BELL_LACKS;
  bell_crew crew = bell_serving_crew(&costs, (bell_server)server, workers, cores, slice_us * (uint64_t)US);
  most = bell_serving_most(&load, &crew);
  served = load.rate > most ? (bell_served){0} : bell_serving_run(&load, &crew, line);
  return bell_serving_lack(&load, &crew, &served);
}

EXPORT("most") double served_most(void) { return most; }
EXPORT("quick_ns") double served_quick_ns(void) { return served.quick_ns; }
EXPORT("quick_max_ns") double served_quick_max_ns(void) { return (double)served.quick_max_ns; }
EXPORT("slow_ns") double served_slow_ns(void) { return served.slow_ns; }
EXPORT("switches") double served_switches(void) { return served.switches; }
EXPORT("queue_max") uint32_t served_queue_max(void) { return served.queue_max; }
EXPORT("line_max") uint32_t served_line_max(void) { return served.line_max; }
