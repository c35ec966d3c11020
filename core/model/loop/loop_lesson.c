/* Lesson 5's row of the table of lessons. */
#include "lessons.h"
#include "loop/loop_reason.h"
#include "loop/orders.h"

/* A loop runs whatever was parsed for it. */
static bool check(const bell_scenario *scenario, bell_lesson_options options, bell_report report) {
  (void)scenario, (void)options, (void)report;
  return true;
}

static size_t memory(const bell_scenario *scenario, bell_lesson_options options) {
  (void)options;
  return bell_orders_run_memory(scenario);
}

static bool run(bell_trace *trace, const bell_scenario *scenario, bell_lesson_options options, bell_arena *arena) {
  (void)options;
  return bell_orders_run(trace, scenario, arena);
}

static const bell_column columns[] = {
    {"tick", .us = bell_column_time},
    {"queue", .string = bell_column_queue},
    {"callback", .string = bell_column_name},
    {"source", .string = bell_column_kind},
    {"reason", BELL_COLUMN_NOT_IN_TSV, .print = loop_reason_print},
};

const bell_lesson bell_loop_lesson = {
    .first_host = BELL_BROWSER,
    .host_count = 2,
    .check = check,
    .memory = memory,
    .run = run,
    .print_reason = loop_reason_print,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
};
