/* The modules of lesson 4: the one of its demo, and the whole one, where messages have sizes (see words.h). */
#include "face.h"
#include "multiplexer/calls.h"
#include "trace/totals.h"

const bell_lesson *const bell_face_lesson = &bell_multiplexer_lesson;

/* Runs the scenario that was parsed. The options are those of waiting.h, 0 for the default; `drain` is how many reads a
 * turn has; 0 for no drain, -1 for as many as there is something to read. */
EXPORT("multiplex") uint32_t multiplex(uint32_t strategy, uint32_t maxevents, uint32_t cores, uint32_t drain) {
  if (strategy >= BELL_STRATEGIES) return bell_face_fail("There is no such strategy.");
  if (!bell_face_is_parsed()) return 0;
  bell_lesson_options options = {
      .strategy = (bell_strategy)strategy,
      .waiting = {.maxevents = maxevents,
                  .cores = cores,
                  .no_drain = drain == 0,
                  .reads_a_turn = BELL_HAS_BYTES && drain <= BELL_TURN_MAX ? (uint16_t)drain : 0},
  };
  if (!bell_face_lesson->check(&bell_self.scenario, options, bell_face_report)) {
    return bell_face_fail("The strategy cannot serve this scenario.");
  }
  return bell_face_run(options);
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

#ifndef DOORBELL_WITHOUT_BYTES
static const bell_face_member spinning_members[] = {MEMBER(bell_spinning, ended), MEMBER(bell_spinning, writable)};

static const bell_face_member unread_members[] = {{"timers", 0, sizeof(uint32_t)}};

static const bell_face_member taken_members[] = {MEMBER(bell_taken, bytes), MEMBER(bell_taken, missing)};

static const bell_face_member written_members[] = {MEMBER(bell_written, bytes), MEMBER(bell_written, owed)};

static const bell_face_member stream_members[] = {MEMBER(bell_stream, statement), MEMBER(bell_stream, size),
                                                  MEMBER(bell_stream, parts), MEMBER(bell_stream, answer)};

static const bell_face_member accepting_members[] = {MEMBER(bell_accepting, left), MEMBER(bell_accepting, waits)};

/* Behind the last step there is a row, too. */
static uint32_t count_accepting(const bell_trace *trace) {
  if (trace->accepting == NULL) return 0;
  bool has_stop = trace->step_count > 0 && bell_trace_is_stop(trace, trace->step_count - 1);
  return trace->step_count + !has_stop;
}

static const bell_face_member timeout_members[] = {MEMBER(bell_scenario, timeout_us),
                                                   MEMBER(bell_scenario, keeps_time)};

/* Who kept the thread awake before each step, what that read and wrote, how many descriptors were left, how large the
 * messages are, and how long each wait may last. */
static void describe_traffic(bell_text *out) {
  const bell_trace *trace = &bell_self.trace;
  bell_face_write_table("spinning", trace->spinning, trace->spinning != NULL ? trace->step_count : 0,
                        sizeof(bell_spinning), spinning_members, COUNT(spinning_members), out);
  bell_face_write_table("unread", trace->unread, trace->unread != NULL ? trace->step_count : 0, sizeof(uint32_t),
                        unread_members, COUNT(unread_members), out);
  bell_face_write_table("taken", trace->taken, trace->taken != NULL ? trace->step_count : 0, sizeof(bell_taken),
                        taken_members, COUNT(taken_members), out);
  bell_face_write_table("written", trace->written, trace->written != NULL ? trace->step_count : 0, sizeof(bell_written),
                        written_members, COUNT(written_members), out);
  bell_face_write_table("accepting", trace->accepting, count_accepting(trace), sizeof(bell_accepting),
                        accepting_members, COUNT(accepting_members), out);
  const bell_scenario *scenario = trace->scenario != NULL ? trace->scenario : &bell_self.scenario;
  bell_face_write_table("streams", scenario->streams, scenario->stream_count, sizeof(bell_stream), stream_members,
                        COUNT(stream_members), out);
  bell_face_write_table("timeout", scenario, scenario->timeout_us > 0, sizeof(bell_scenario), timeout_members,
                        COUNT(timeout_members), out);
}
#else
static void describe_traffic(bell_text *out) { (void)out; }
#endif

static const char *strategy_word(uint32_t i) { return bell_strategy_name((bell_strategy)i); }

void bell_face_describe_own(bell_text *out) {
  totals = bell_trace_totals(&bell_self.trace);
  calls = bell_self.trace.scenario == NULL ? (bell_calls){0} : bell_trace_all_calls(&bell_self.trace);
  bell_face_write_table("totals", &totals, 1, sizeof totals, total_members, COUNT(total_members), out);
  describe_traffic(out);
  bell_face_write_table("calls", &calls, 1, sizeof calls, call_members, COUNT(call_members), out);
  bell_face_write_words("strategies", strategy_word, BELL_STRATEGIES, out);
}
