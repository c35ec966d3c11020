#include "support.h"

/* What a scenario must give, row by row: "MS QUEUE NAME KIND", one a line. */
static void check_rows(const char *text, const char *expected) {
  run r;
  run_loop(&r, text, BELL_BROWSER);
  string rows = rows_of(&r.trace);
  CHECK_TEXT(text, "rows", rows.bytes, expected);
  CHECK_EQUAL(text, "run_count", r.reading.scenario.run_count, r.trace.step_count);
  CHECK_EQUAL(text, "events", r.trace.event_count, r.trace.step_count);
  string_free(&rows);
  run_free(&r);
}

/* The lesson's own scenario. */
static void the_microtask_of_time_2_runs_before_the_task_of_time_2(void **state) {
  (void)state;
  check_rows(
      "promise onResolve ready 2\n"
      "timer onTimeout ready 2\n"
      "socket onMessage ready 4\n",
      "2 microtask onResolve promise\n"
      "2 task onTimeout timer\n"
      "4 task onMessage socket\n");
  check_rows(
      "socket onMessage ready 4\n"
      "timer onTimeout ready 2\n"
      "promise onResolve ready 2\n",
      "2 microtask onResolve promise\n"
      "2 task onTimeout timer\n"
      "4 task onMessage socket\n");
}

static void without_sources_there_are_no_rows(void **state) {
  (void)state;
  check_rows("", "");
}

static void everything_but_a_promise_joins_the_task_queue(void **state) {
  (void)state;
  check_rows("script s\nsocket k ready 0\ntimer t ready 0\npromise p ready 0\n",
             "0 microtask p promise\n0 task s script\n0 task k socket\n0 task t timer\n");
}

static void all_microtasks_run_before_the_next_task(void **state) {
  (void)state;
  check_rows("script first\n  microtask a\n    microtask b\n      microtask c\nscript second\n",
             "0 task first script\n"
             "0 microtask a microtask\n"
             "0 microtask b microtask\n"
             "0 microtask c microtask\n"
             "0 task second script\n");
}

static void the_oldest_microtask_runs_first(void **state) {
  (void)state;
  check_rows("script main\n  microtask a\n    microtask c\n  microtask b\n    microtask d\n",
             "0 task main script\n"
             "0 microtask a microtask\n"
             "0 microtask b microtask\n"
             "0 microtask c microtask\n"
             "0 microtask d microtask\n");
}

static void tasks_run_in_the_order_of_their_ready_time_then_of_creation(void **state) {
  (void)state;
  check_rows("timer c ready 3\nsocket a ready 1 3\nscript b ready 2\ntimer z ready 0 takes 9\n",
             "0 task z timer\n9 task a socket\n9 task b script\n9 task c timer\n9 task a socket\n");
}

/* The first was noticed before the callback ran, the second was created by it, later. */
static void a_source_of_the_same_time_goes_before_a_timer_that_a_callback_set(void **state) {
  (void)state;
  check_rows("script main\n  timer set after 2\ntimer known ready 2\n",
             "0 task main script\n2 task known timer\n2 task set timer\n");
}

static void an_actions_timer_counts_from_the_start_of_its_callback(void **state) {
  (void)state;
  check_rows("timer t ready 1 takes 5\n  timer soon after 2\n  timer late after 7\n",
             "1 task t timer\n6 task soon timer\n8 task late timer\n");
}

/* HTML clamps only nested timers; the model takes a duration as it is written. */
static void a_timer_of_0_ms_is_a_task_and_waits_for_all_microtasks_and_older_tasks(void **state) {
  (void)state;
  check_rows("script main\n  timer zero after 0\n  microtask m\nscript other\n",
             "0 task main script\n0 microtask m microtask\n0 task other script\n0 task zero timer\n");
}

static void a_microtask_that_a_running_callback_queued_goes_before_a_promise_that_settles_meanwhile(void **state) {
  (void)state;
  check_rows("script main takes 3\n  microtask m\npromise p ready 1\n",
             "0 task main script\n3 microtask m microtask\n3 microtask p promise\n");
}

static void a_promise_that_settles_during_a_microtask_runs_before_the_waiting_task(void **state) {
  (void)state;
  check_rows("script main\n  microtask m takes 3\npromise p ready 1\ntimer t ready 0\n",
             "0 task main script\n0 microtask m microtask\n3 microtask p promise\n3 task t timer\n");
}

static void microtasks_that_keep_coming_hold_up_a_timer(void **state) {
  (void)state;
  check_rows(
      "promise p ready 0 takes 1\n  microtask a takes 1\n    microtask b takes 1\n      microtask c takes 1\n"
      "timer t ready 1\n",
      "0 microtask p promise\n1 microtask a microtask\n2 microtask b microtask\n3 microtask c microtask\n"
      "4 task t timer\n");
}

static void actions_happen_anew_each_time_their_callback_runs(void **state) {
  (void)state;
  check_rows("timer t ready 1 2\n  microtask m\n  timer u after 0.5\n    microtask n\n",
             "1 task t timer\n1 microtask m microtask\n1.5 task u timer\n1.5 microtask n microtask\n"
             "2 task t timer\n2 microtask m microtask\n2.5 task u timer\n2.5 microtask n microtask\n");
}

static void the_clock_moves_only_when_both_queues_are_empty(void **state) {
  (void)state;
  check_rows("timer a ready 5\npromise b ready 7\ntimer c ready 5 takes 1\n",
             "5 task a timer\n5 task c timer\n7 microtask b promise\n");
}

static void times_to_a_microsecond_are_exact(void **state) {
  (void)state;
  check_rows("script main takes 1\ntimer late ready 1.001\n  timer next after 0.001\ntimer early ready 0.999\n",
             "0 task main script\n1 task early timer\n1.001 task late timer\n1.002 task next timer\n");
}

/* Who asked for it, and since when it waits in its queue. */
static void a_step_knows_its_parent_and_when_it_was_queued(void **state) {
  (void)state;
  static const char text[] =
      "script main takes 2\n"
      "  microtask m\n"
      "  timer t after 1\n"
      "timer u ready 1\n"
      "promise p ready 9\n";
  static const struct {
    const char *name;
    int64_t ready_us;
    uint32_t parent;
    uint32_t queued_at;
  } rows[] = {
      {"main", 0, BELL_NONE, 0}, {"m", 0, 0, 0}, /* queued while step 0 ran */
      {"u", 1000, BELL_NONE, 1},                 /* noticed before step 1 was chosen */
      {"t", 1000, 0, 1},         {"p", 9000, BELL_NONE, 4},
  };
  run r;
  run_loop(&r, text, BELL_BROWSER);
  CHECK_EQUAL(text, "steps", r.trace.step_count, COUNT_OF(rows));
  for (uint32_t k = 0; k < COUNT_OF(rows); k++) {
    CHECK_TEXT(text, "name", step_name(&r.trace, k), rows[k].name);
    CHECK_EQUAL(text, "ready_us", bell_trace_event(&r.trace, k)->ready_us, rows[k].ready_us);
    CHECK_EQUAL(text, "parent", bell_trace_event(&r.trace, k)->parent, rows[k].parent);
    CHECK_EQUAL(text, "queued_at", r.trace.steps[k].queued_at, rows[k].queued_at);
  }
  run_free(&r);
}

static void the_scenarios_events_come_first_then_one_for_each_action_as_it_happens(void **state) {
  (void)state;
  static const char text[] = "script main\n  timer t after 5\n  microtask m\n    microtask n\ntimer u ready 1\n";
  static const uint32_t statement[] = {0, 4, 1, 2, 3};
  run r;
  run_loop(&r, text, BELL_BROWSER);
  CHECK_EQUAL(text, "events", r.trace.event_count, COUNT_OF(statement));
  for (uint32_t i = 0; i < COUNT_OF(statement); i++) {
    CHECK_EQUAL(text, "statement", r.trace.events[i].statement, statement[i]);
  }
  run_free(&r);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  reading r = read_good("timer t ready 1 2\n  microtask m\n  timer u after 0\npromise p ready 0\n", BELL_BROWSER);
  size_t bytes = bell_event_loop_memory(&r.scenario);
  size_t refused = 0;
  for (size_t capacity = 0; capacity <= bytes; capacity++) {
    unsigned char *memory = malloc(capacity > 0 ? capacity : 1);
    bell_arena arena = {.base = memory, .capacity = capacity};
    bell_trace trace;
    bool good = bell_event_loop_run(&trace, &r.scenario, &arena);
    if (good) assert_int_equal(trace.step_count, 7);
    if (capacity == bytes) assert_true(good);
    refused += !good;
    free(memory);
  }
  assert_true(refused > 0);
  reading_free(&r);
}

static void actions_256_deep_run(void **state) {
  (void)state;
  string text = {0};
  string_add(&text, "script s\n");
  for (int i = 1; i <= BELL_NESTING_MAX; i++)
    string_add(&text, "%*s%s\n", i, "", i % 2 ? "microtask m" : "timer t after 1");
  run r;
  run_loop(&r, text.bytes, BELL_BROWSER);
  assert_int_equal(r.trace.step_count, 1 + BELL_NESTING_MAX);
  assert_int_equal(bell_trace_totals(&r.trace).end_us, 128 * 1000);
  run_free(&r);
  string_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_microtask_of_time_2_runs_before_the_task_of_time_2),
      cmocka_unit_test(without_sources_there_are_no_rows),
      cmocka_unit_test(everything_but_a_promise_joins_the_task_queue),
      cmocka_unit_test(all_microtasks_run_before_the_next_task),
      cmocka_unit_test(the_oldest_microtask_runs_first),
      cmocka_unit_test(tasks_run_in_the_order_of_their_ready_time_then_of_creation),
      cmocka_unit_test(a_source_of_the_same_time_goes_before_a_timer_that_a_callback_set),
      cmocka_unit_test(an_actions_timer_counts_from_the_start_of_its_callback),
      cmocka_unit_test(a_timer_of_0_ms_is_a_task_and_waits_for_all_microtasks_and_older_tasks),
      cmocka_unit_test(a_microtask_that_a_running_callback_queued_goes_before_a_promise_that_settles_meanwhile),
      cmocka_unit_test(a_promise_that_settles_during_a_microtask_runs_before_the_waiting_task),
      cmocka_unit_test(microtasks_that_keep_coming_hold_up_a_timer),
      cmocka_unit_test(actions_happen_anew_each_time_their_callback_runs),
      cmocka_unit_test(the_clock_moves_only_when_both_queues_are_empty),
      cmocka_unit_test(times_to_a_microsecond_are_exact),
      cmocka_unit_test(a_step_knows_its_parent_and_when_it_was_queued),
      cmocka_unit_test(the_scenarios_events_come_first_then_one_for_each_action_as_it_happens),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(actions_256_deep_run),
  };
  return cmocka_run_group_tests_name("event_loop", tests, NULL, NULL);
}
