/* Lesson 4's row of the table of lessons. */
#include "lessons.h"
#include "multiplexer/bytes.h"
#include "multiplexer/calls.h"
#include "multiplexer/closing.h"
#include "multiplexer/io_multiplexer.h"
#include "multiplexer/multiplexer_reason.h"
#include "multiplexer/timer.h"
#include "multiplexer/turns.h"
#include "multiplexer/writing.h"

/* Where messages have sizes, or there are timers, waiting.h has all strategies. */
static bool is_the_beginners(const bell_scenario *scenario, bell_strategy strategy) {
  return (strategy == BELL_BLOCKING || strategy == BELL_READINESS) && !bell_scenario_has_bytes(scenario);
}

static bool check(const bell_scenario *scenario, bell_lesson_options options, bell_report report) {
  return bell_waiting_check(scenario, options.strategy, report) &&
         (!BELL_HAS_BYTES || bell_turns_check(scenario, options.waiting, report));
}

static size_t memory(const bell_scenario *scenario, bell_lesson_options options) {
  return is_the_beginners(scenario, options.strategy) ? bell_multiplexer_memory(scenario)
                                                      : bell_waiting_memory(scenario, options.strategy);
}

static bool run(bell_trace *trace, const bell_scenario *scenario, bell_lesson_options options, bell_arena *arena) {
  return is_the_beginners(scenario, options.strategy)
             ? bell_multiplexer_run(trace, scenario, options.strategy, arena)
             : bell_waiting_run(trace, scenario, options.strategy, options.waiting, arena);
}

/* An end has none, nor has room. */
static const char *payload(const bell_trace *trace, uint32_t k) {
  bool has_none = bell_trace_is_end(trace, k) || bell_trace_is_write(trace, k);
  return has_none ? "" : bell_column_payload(trace, k);
}

static int64_t waits(const bell_trace *trace, uint32_t k) { return (int64_t)bell_trace_calls(trace, k).waits; }
static int64_t scanned(const bell_trace *trace, uint32_t k) { return (int64_t)bell_trace_calls(trace, k).scanned; }
static int64_t returned(const bell_trace *trace, uint32_t k) { return (int64_t)bell_trace_calls(trace, k).returned; }
static int64_t reads(const bell_trace *trace, uint32_t k) { return (int64_t)bell_trace_calls(trace, k).reads; }
static int64_t would_block(const bell_trace *trace, uint32_t k) { return (int64_t)bell_trace_calls(trace, k).in_vain; }

static const bell_column columns[] = {
    {"step", .number = bell_column_step},
    {"time", .us = bell_column_time},
    {"socket", .string = bell_column_name},
    {"payload", .string = payload},
    {"ready", .us = bell_column_ready},
    {"latency", .us = bell_column_latency},
    {"reported", BELL_COLUMN_OF_REPORTS, .print = bell_closing_print_reported},
    {"result", BELL_COLUMN_OF_CLOSING, .print = bell_closing_print_result},
#ifndef DOORBELL_WITHOUT_BYTES
    {"bytes", BELL_COLUMN_OF_BYTES, .number = bell_bytes_taken_column},
    {"so_far", BELL_COLUMN_OF_BYTES, .number = bell_bytes_so_far_column},
    {"unread", BELL_COLUMN_OF_BYTES, .number = bell_bytes_unread_column},
    {"expirations", BELL_COLUMN_OF_TIMERS, .number = bell_timer_expirations_column},
    {"wrote", BELL_COLUMN_OF_WRITING, .number = bell_writing_wrote_column},
    {"owed", BELL_COLUMN_OF_WRITING, .number = bell_writing_owed_column},
#endif
    {"waits", BELL_COLUMN_OF_CALLS, .number = waits},
    {"scanned", BELL_COLUMN_OF_CALLS, .number = scanned},
    {"returned", BELL_COLUMN_OF_CALLS, .number = returned},
    {"reads", BELL_COLUMN_OF_CALLS, .number = reads},
    {"would_block", BELL_COLUMN_OF_CALLS, .number = would_block},
    {"reason", BELL_COLUMN_NOT_IN_TSV, .print = multiplexer_reason_print},
};

const bell_lesson bell_multiplexer_lesson = {
    .first_host = BELL_MULTIPLEXER,
    .host_count = 1,
    .check = check,
    .memory = memory,
    .run = run,
    .print_reason = multiplexer_reason_print,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
};
