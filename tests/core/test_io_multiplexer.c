#include "support.h"

/* What a scenario must give, row by row. */
typedef struct row {
  const char *name;
  int64_t ready_us;
  int64_t time_us;
} row;

static void check_rows(const char *text, bell_strategy strategy, const row *rows, uint32_t count) {
  run r;
  run_multiplexer(&r, text, strategy);
  CHECK_EQUAL(text, "steps", r.trace.step_count, count);
  for (uint32_t k = 0; k < count; k++) {
    char what[64];
    snprintf(what, sizeof what, "%s, step %u", bell_strategy_name(strategy), k);
    CHECK_TEXT(text, what, step_name(&r.trace, k), rows[k].name);
    CHECK_EQUAL(text, what, bell_trace_event(&r.trace, k)->ready_us, rows[k].ready_us);
    CHECK_EQUAL(text, what, r.trace.steps[k].time_us, rows[k].time_us);
    CHECK_EQUAL(text, what, bell_trace_latency_us(&r.trace, k), rows[k].time_us - rows[k].ready_us);
    CHECK_EQUAL(text, what, r.trace.steps[k].queue, BELL_QUEUE_NONE);
  }
  run_free(&r);
}

#define CHECK_ROWS(text, strategy, ...) \
  do { \
    static const row rows[] = {__VA_ARGS__}; \
    check_rows(text, strategy, rows, COUNT_OF(rows)); \
  } while (0)

/* The lesson's own scenario. */
static const char lesson[] =
    "socket A \"slow report\" ready 6\n"
    "socket B \"chat ping\"   ready 1\n"
    "socket C \"image tile\"  ready 3\n";

static void blocking_waits_at_slow_a_while_b_and_c_are_ready(void **state) {
  (void)state;
  CHECK_ROWS(lesson, BELL_BLOCKING, {"A", 6000, 6000}, {"B", 1000, 6000}, {"C", 3000, 6000});
}

static void readiness_handles_each_when_it_is_ready(void **state) {
  (void)state;
  CHECK_ROWS(lesson, BELL_READINESS, {"B", 1000, 1000}, {"C", 3000, 3000}, {"A", 6000, 6000});
}

static void without_sockets_there_are_no_rows(void **state) {
  (void)state;
  for (int strategy = 0; strategy < SIMPLE_STRATEGIES; strategy++) {
    check_rows("", (bell_strategy)strategy, NULL, 0);
    check_rows("# nobody\n", (bell_strategy)strategy, NULL, 0);
  }
}

static void blocking_goes_round_after_round_and_leaves_out_sockets_with_nothing_more_to_come(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 0 5 9\nsocket B ready 1\nsocket C ready 2 3\n", BELL_BLOCKING, {"A", 0, 0},
             {"B", 1000, 1000}, {"C", 2000, 2000}, {"A", 5000, 5000}, {"C", 3000, 5000}, {"A", 9000, 9000});
}

static void blocking_handles_one_message_a_visit(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 0 0 0\nsocket B ready 0 0\n", BELL_BLOCKING, {"A", 0, 0}, {"B", 0, 0}, {"A", 0, 0},
             {"B", 0, 0}, {"A", 0, 0});
}

static void handling_holds_the_thread_for_takes(void **state) {
  (void)state;
  static const char text[] = "socket A ready 2 3 takes 4\nsocket B ready 1 takes 0.5\n";
  CHECK_ROWS(text, BELL_BLOCKING, {"A", 2000, 2000}, {"B", 1000, 6000}, {"A", 3000, 6500});
  CHECK_ROWS(text, BELL_READINESS, {"B", 1000, 1000}, {"A", 2000, 2000}, {"A", 3000, 6000});
}

static void readiness_takes_what_has_been_ready_longest(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 4\nsocket B ready 3\nsocket C ready 2\nsocket D ready 0 takes 9\n", BELL_READINESS,
             {"D", 0, 0}, {"C", 2000, 9000}, {"B", 3000, 9000}, {"A", 4000, 9000});
}

static void equal_ready_times_go_in_file_order_then_message_order(void **state) {
  (void)state;
  CHECK_ROWS("socket C ready 1 1\nsocket A ready 1\nsocket B ready 0 1\n", BELL_READINESS, {"B", 0, 0},
             {"C", 1000, 1000}, {"C", 1000, 1000}, {"A", 1000, 1000}, {"B", 1000, 1000});
}

static void a_message_that_comes_while_the_thread_is_busy_does_not_interrupt_it(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 1 takes 5\nsocket B ready 2\n", BELL_READINESS, {"A", 1000, 1000}, {"B", 2000, 6000});
}

static void a_message_ready_at_the_very_end_of_handling_is_ready(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 2 takes 1\nsocket B ready 0 takes 2\n", BELL_READINESS, {"B", 0, 0}, {"A", 2000, 2000});
}

static void total_work_is_the_same_in_both_strategies(void **state) {
  (void)state;
  static const char text[] = "socket A ready 6 takes 2\nsocket B ready 1 takes 3\nsocket C ready 3 3 takes 0.5\n";
  int64_t work[SIMPLE_STRATEGIES] = {0};
  for (int strategy = 0; strategy < SIMPLE_STRATEGIES; strategy++) {
    run r;
    run_multiplexer(&r, text, (bell_strategy)strategy);
    bell_totals totals = bell_trace_totals(&r.trace);
    work[strategy] = totals.end_us - totals.idle_us;
    run_free(&r);
  }
  CHECK_EQUAL(text, "work", work[BELL_BLOCKING], 6000);
  CHECK_EQUAL(text, "work", work[BELL_READINESS], 6000);
}

static void times_to_a_microsecond_are_exact(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 999999999.999 takes 0.001\nsocket B ready 1000000000\n", BELL_READINESS,
             {"A", 999999999999, 999999999999}, {"B", 1000000000000, 1000000000000});
  static const char close_by[] = "socket A ready 0 takes 1\nsocket B ready 1.001\nsocket C ready 0.999\n";
  CHECK_ROWS(close_by, BELL_READINESS, {"A", 0, 0}, {"C", 999, 1000}, {"B", 1001, 1001});
  CHECK_ROWS(close_by, BELL_BLOCKING, {"A", 0, 0}, {"B", 1001, 1001}, {"C", 999, 1001});
}

static void each_strategy_has_its_name(void **state) {
  (void)state;
  static const char *const names[BELL_STRATEGIES] = {"blocking", "readiness", "busy-poll",   "select",
                                                     "poll",     "epoll",     "epoll-et",    "threads",
                                                     "io_uring", "kqueue",    "kqueue-clear"};
  for (int s = 0; s < BELL_STRATEGIES; s++) assert_string_equal(bell_strategy_name((bell_strategy)s), names[s]);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  for (int strategy = 0; strategy < SIMPLE_STRATEGIES; strategy++) {
    reading r = read_good(lesson, BELL_MULTIPLEXER);
    size_t bytes = bell_multiplexer_memory(&r.scenario);
    size_t refused = 0;
    for (size_t capacity = 0; capacity <= bytes; capacity++) {
      unsigned char *memory = malloc(capacity > 0 ? capacity : 1);
      bell_arena arena = {.base = memory, .capacity = capacity};
      bell_trace trace;
      bool good = bell_multiplexer_run(&trace, &r.scenario, (bell_strategy)strategy, &arena);
      if (good) assert_int_equal(trace.step_count, 3);
      if (capacity == bytes) assert_true(good);
      refused += !good;
      free(memory);
    }
    assert_true(refused > 0);
    reading_free(&r);
  }
}

/* DESIGN's budget: 64 bytes a message for a run, which is the scenario's tables and the run's own. */
static void a_run_takes_at_most_64_bytes_a_message(void **state) {
  (void)state;
  string text = {0};
  for (int i = 0; i < 1000; i++) {
    string_add(&text, "socket s%d ready", i);
    for (int t = 0; t < 100; t++) string_add(&text, " %d", t);
    string_add(&text, "\n");
  }
  reading r = read_good(text.bytes, BELL_MULTIPLEXER);
  size_t bytes = bell_multiplexer_memory(&r.scenario) + r.scenario.event_count * sizeof(bell_event);
  assert_true(bytes <= 64 * (size_t)r.scenario.event_count);
  reading_free(&r);
  string_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocking_waits_at_slow_a_while_b_and_c_are_ready),
      cmocka_unit_test(readiness_handles_each_when_it_is_ready),
      cmocka_unit_test(without_sockets_there_are_no_rows),
      cmocka_unit_test(blocking_goes_round_after_round_and_leaves_out_sockets_with_nothing_more_to_come),
      cmocka_unit_test(blocking_handles_one_message_a_visit),
      cmocka_unit_test(handling_holds_the_thread_for_takes),
      cmocka_unit_test(readiness_takes_what_has_been_ready_longest),
      cmocka_unit_test(equal_ready_times_go_in_file_order_then_message_order),
      cmocka_unit_test(a_message_that_comes_while_the_thread_is_busy_does_not_interrupt_it),
      cmocka_unit_test(a_message_ready_at_the_very_end_of_handling_is_ready),
      cmocka_unit_test(total_work_is_the_same_in_both_strategies),
      cmocka_unit_test(times_to_a_microsecond_are_exact),
      cmocka_unit_test(each_strategy_has_its_name),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(a_run_takes_at_most_64_bytes_a_message),
  };
  return cmocka_run_group_tests_name("io_multiplexer", tests, NULL, NULL);
}
