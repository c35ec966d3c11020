/* The module of lesson 4. */
#include "multiplexer/io_multiplexer.h"

#include "face.h"
#include "multiplexer/waiting.h"
#include "trace/reason.h"

static bool run(bell_strategy strategy, bell_waiting_options options) {
  const bell_scenario *scenario = &bell_self.scenario;
  if (strategy <= BELL_READINESS) {
    return bell_face_start_run(bell_multiplexer_memory(scenario)) &&
           (bell_multiplexer_run(&bell_self.trace, scenario, strategy, &bell_self.memory) || bell_face_fail_memory());
  }
  return bell_face_start_run(bell_waiting_memory(scenario)) &&
         (bell_waiting_run(&bell_self.trace, scenario, strategy, options, &bell_self.memory) ||
          bell_face_fail_memory());
}

/* Runs the scenario that was parsed. The options are those of waiting.h, 0 for the default; no_drain is 1 or 0. */
EXPORT("multiplex") uint32_t multiplex(uint32_t strategy, uint32_t maxevents, uint32_t cores, uint32_t no_drain) {
  if (strategy >= BELL_STRATEGIES) return bell_face_fail("There is no such strategy.");
  if (!bell_face_is_parsed(true)) return 0;
  if (!bell_waiting_check(&bell_self.scenario, (bell_strategy)strategy, bell_face_report)) {
    return bell_face_fail("The strategy cannot serve this scenario.");
  }
  bell_waiting_options options = {.maxevents = maxevents, .cores = cores, .no_drain = no_drain != 0};
  return run((bell_strategy)strategy, options);
}

void bell_face_print_reason(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_multiplexer_reason_print(trace, k, out);
}

static bell_totals totals;
static bell_calls calls;

static const bell_face_member total_members[] = {
    MEMBER(bell_totals, end_us),          MEMBER(bell_totals, idle_us),
    MEMBER(bell_totals, mean_latency_us), MEMBER(bell_totals, median_latency_us),
    MEMBER(bell_totals, p99_latency_us),  MEMBER(bell_totals, max_latency_us),
    MEMBER(bell_totals, messages),        MEMBER(bell_totals, wake_ups)};

static const bell_face_member call_members[] = {MEMBER(bell_calls, reads), MEMBER(bell_calls, in_vain),
                                                MEMBER(bell_calls, waits), MEMBER(bell_calls, scanned),
                                                MEMBER(bell_calls, returned)};

static const bell_face_member end_members[] = {MEMBER(bell_answers, end_us)};

static const char *strategy_word(uint32_t i) { return bell_strategy_name((bell_strategy)i); }

void bell_face_describe_own(bell_text *out) {
  totals = bell_trace_totals(&bell_self.trace);
  calls = bell_self.trace.scenario == NULL ? (bell_calls){0} : bell_trace_all_calls(&bell_self.trace);
  bool shared = bell_self.trace.strategy == BELL_THREADS; /* elsewhere a message is handled in one piece */
  bell_face_write_table("ends", bell_self.trace.answers, shared ? bell_self.trace.step_count : 0, sizeof(bell_answers),
                        end_members, COUNT(end_members), out);
  bell_face_write_table("totals", &totals, 1, sizeof totals, total_members, COUNT(total_members), out);
  bell_face_write_table("calls", &calls, 1, sizeof calls, call_members, COUNT(call_members), out);
  bell_face_write_words("strategies", strategy_word, BELL_STRATEGIES, out);
}
