/* Lesson 4's row of the table of lessons. */
#include "lessons.h"
#include "multiplexer/bytes.h"
#include "multiplexer/calls.h"
#include "multiplexer/closing.h"
#include "multiplexer/io_multiplexer.h"
#include "multiplexer/multiplexer_reason.h"

/* Where messages have sizes, waiting.h has all strategies. */
static bool is_the_beginners(const bell_scenario *scenario, bell_strategy strategy) {
  return (strategy == BELL_BLOCKING || strategy == BELL_READINESS) && !bell_scenario_has_bytes(scenario);
}

static bool check(const bell_scenario *scenario, bell_lesson_options options, bell_report report) {
  return bell_waiting_check(scenario, options.strategy, report);
}

static size_t memory(const bell_scenario *scenario, bell_lesson_options options) {
  return is_the_beginners(scenario, options.strategy) ? bell_multiplexer_memory(scenario)
                                                      : bell_waiting_memory(scenario);
}

static bool run(bell_trace *trace, const bell_scenario *scenario, bell_lesson_options options, bell_arena *arena) {
  return is_the_beginners(scenario, options.strategy)
             ? bell_multiplexer_run(trace, scenario, options.strategy, arena)
             : bell_waiting_run(trace, scenario, options.strategy, options.waiting, arena);
}

/* An end has none. */
static void print_payload(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (!bell_trace_is_end(trace, k)) bell_column_payload(trace, k, out);
}

static void print_waits(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).waits);
}

static void print_scanned(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).scanned);
}

static void print_returned(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).returned);
}

static void print_reads(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).reads);
}

static void print_would_block(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).in_vain);
}

static const bell_column columns[] = {
    {"step", true, BELL_COLUMN_ALWAYS, bell_column_step},
    {"time", true, BELL_COLUMN_ALWAYS, bell_column_time},
    {"socket", false, BELL_COLUMN_ALWAYS, bell_column_name},
    {"payload", false, BELL_COLUMN_ALWAYS, print_payload},
    {"ready", true, BELL_COLUMN_ALWAYS, bell_column_ready},
    {"latency", true, BELL_COLUMN_ALWAYS, bell_column_latency},
    {"reported", false, BELL_COLUMN_OF_CLOSING, bell_closing_print_reported},
    {"result", false, BELL_COLUMN_OF_CLOSING, bell_closing_print_result},
#ifndef DOORBELL_WITHOUT_BYTES
    {"bytes", true, BELL_COLUMN_OF_BYTES, bell_bytes_print_taken},
    {"so_far", true, BELL_COLUMN_OF_BYTES, bell_bytes_print_so_far},
    {"unread", true, BELL_COLUMN_OF_BYTES, bell_bytes_print_unread},
#endif
    {"waits", true, BELL_COLUMN_OF_CALLS, print_waits},
    {"scanned", true, BELL_COLUMN_OF_CALLS, print_scanned},
    {"returned", true, BELL_COLUMN_OF_CALLS, print_returned},
    {"reads", true, BELL_COLUMN_OF_CALLS, print_reads},
    {"would_block", true, BELL_COLUMN_OF_CALLS, print_would_block},
    {"reason", false, BELL_COLUMN_NOT_IN_TSV, multiplexer_reason_print},
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
