/* A worker beside the loop: what it is given, what its eventfd tells, and what becomes of one that nobody reads. The
 * order of the steps is the business of test_waiting_small_scope.c. */
#include "multiplexer/worker.h"

#include "multiplexer/waiting.h"
#include "support.h"

static const bell_strategy all[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL, BELL_EPOLL_ET};
static const bell_strategy level_triggered[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL};

/* "W 28: 2": of each row whose it is, when, and what a worker's read gave. */
static void check_rows(const char *text, bell_strategy strategy, const char *expected) {
  run r;
  run_by(&r, text, strategy);
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    string_add(&rows, "%s%s %g", k > 0 ? "; " : "", step_name(&r.trace, k), (double)r.trace.steps[k].time_us / 1000);
    bool is_workers = bell_worker_is(r.trace.scenario, bell_trace_event(&r.trace, k)->statement);
    if (is_workers) string_add(&rows, ": %u", r.trace.taken[k].bytes);
  }
  CHECK_TEXT(text, bell_strategy_name(strategy), rows.bytes, expected);
  string_free(&rows);
  run_free(&r);
}

static const char answered[] =
    "socket A ready 1 takes 5\n  hand over\nsocket B ready 2 3 takes 0.5\nworker W takes 0.25\n";

static void what_is_handed_over_takes_the_worker_s_time_and_the_thread_serves_others(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    check_rows(answered, all[i], "A 1; B 2; B 3; W 6: 1");
    check_reason(answered, all[i], 0, "Its handler hands the work over to W, who needs 5 ms for it, and the thread");
    check_reason(answered, all[i], 1, "so the thread slept in "); /* it was not busy with A */
    check_reason(answered, all[i], 3, "The read gives 1: W has done one piece of work, which is answered now.");
  }
  run r;
  run_by(&r, answered, BELL_POLL);
  CHECK_EQUAL(answered, "end", bell_trace_totals(&r.trace).end_us, 6250);
  CHECK_EQUAL(answered, "idle", bell_trace_totals(&r.trace).idle_us, 5000);
  CHECK_EQUAL(answered, "longest latency", bell_trace_totals(&r.trace).max_latency_us, 0);
  run_free(&r);
}

static void it_does_one_piece_after_another_in_the_order_in_which_they_were_given(void **state) {
  (void)state;
  static const char text[] =
      "worker W\nsocket A ready 1 2 takes 4\n  hand over\nsocket B ready 2 takes 1\n  hand over\n";
  for (size_t i = 0; i < COUNT_OF(all); i++) check_rows(text, all[i], "A 1; A 2; B 2; W 5: 1; W 9: 1; W 10: 1");
  check_rows("socket A ready 1 9 takes 2\n  hand over\nworker W\n", BELL_EPOLL, "A 1; W 3: 1; A 9; W 11: 1");
}

/* B holds the thread from 4 to 10; at 3, 5 and 7 something is done. */
static void what_is_done_meanwhile_is_one_read(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 1 1 takes 2\n  hand over\nsocket B ready 4 takes 6\nworker W\n";
  for (size_t i = 0; i < COUNT_OF(all); i++) check_rows(text, all[i], "A 1; A 1; A 1; W 3: 1; B 4; W 10: 2");
  check_reason(text, BELL_POLL, 5,
               "Its piece of work has been ready since 5 ms: it waited 5 ms. The read gives 2: W has done so many "
               "pieces of work without a read, and all are answered. Who answers one a wake forgets 1.");
  check_reported(text, BELL_POLL, "A IN message; A IN message; A IN message; W IN 1; B IN message; W IN 2");
}

/* ---- a pool ---- */

/* The first has a thread until 9; the other one does both of B's. */
static void of_a_pool_who_is_free_first_takes_the_next_and_they_tell_as_they_are_done(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 takes 8\n  hand over\nsocket B ready 2 3 takes 1\n  hand over\nworker W threads 2\n";
  for (size_t i = 0; i < COUNT_OF(all); i++) check_rows(text, all[i], "A 1; B 2; B 3; W 3: 1; W 4: 1; W 9: 1");
  check_reason(
      text, BELL_EPOLL, 0,
      "Its handler hands the work over to one of W's 2 threads, who needs 8 ms for it, and the thread goes on.");
  static const char queue[] = "socket A ready 1 1 1 1 1 takes 2\n  hand over\nworker W threads 2\n";
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    check_rows(queue, all[i], "A 1; A 1; A 1; A 1; A 1; W 3: 2; W 5: 2; W 7: 1");
  }
}

/* What was given first is done last, and its event is behind those of the others. */
static void what_was_given_later_may_be_done_before(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 takes 9\n  hand over\nsocket B ready 1 takes 7\n  hand over\nsocket C ready 1 1 takes 1\n"
      "  hand over\nworker W threads 3\n";
  run r;
  run_by(&r, text, BELL_EPOLL_ET);
  uint32_t first = bell_scenario_first_event(r.trace.scenario, r.trace.scenario->worker);
  static const int64_t done_us[] = {2000, 3000, 8000, 10000};
  for (uint32_t i = 0; i < COUNT_OF(done_us); i++) {
    CHECK_EQUAL(text, "done", r.trace.events[first + i].ready_us, done_us[i]);
  }
  for (uint32_t k = 4; k < r.trace.step_count; k++) CHECK_EQUAL(text, "latency", bell_trace_latency_us(&r.trace, k), 0);
  CHECK_EQUAL(text, "steps", r.trace.step_count, 8);
  run_free(&r);
}

static void a_pool_that_is_left_unread_is_refused(void **state) {
  (void)state;
  check_refused("socket A ready 1\nworker W threads 2\n  leave unread\n", BELL_POLL,
                "is the same trap as one thread's: leave out threads");
  check_rows("socket A ready 1 takes 1\n  hand over\nworker W threads 1\n  leave unread\n", BELL_POLL,
             "A 1; W 2: 0; W 12: 0");
}

/* A part is no message, nor is an end; and what breaks off is never handed over. */
static void a_message_is_handed_over_when_it_is_whole(void **state) {
  (void)state;
  static const char text[] =
      "socket A size 2 KB in 2 parts ready 1 2 6 takes 3 closes 7\n  hand over\n  ignore end\nworker W\n";
  check_rows(text, BELL_EPOLL_ET, "A 1; A 2; W 5: 1; A 6; A 7");
  run r;
  run_by(&r, text, BELL_EPOLL_ET);
  CHECK_EQUAL(text, "given at most", r.trace.scenario->given_max, 1);
  CHECK_EQUAL(text, "the worker's events", bell_worker_events(r.trace.scenario), 1);
  CHECK_EQUAL(text, "the first of A's", bell_trace_is_given(&r.trace, 0), false);
  CHECK_EQUAL(text, "the second", bell_trace_is_given(&r.trace, 1), true);
  CHECK_EQUAL(text, "its end", bell_trace_is_given(&r.trace, 4), false);
  run_free(&r);
}

/* Edge-triggered, without drain, A's second message lies unread: its work is never given. */
static void what_is_never_handled_is_never_given(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 1 takes 3\n  hand over\nworker W\n";
  run r;
  run_lesson_4(&r, text, (bell_lesson_options){.strategy = BELL_EPOLL_ET, .waiting = {.no_drain = true}});
  CHECK_EQUAL(text, "steps", r.trace.step_count, 2);
  uint32_t first = r.trace.scenario->statements[1].first_event;
  CHECK_EQUAL(text, "when the first was done", r.trace.events[first].ready_us, 4000);
  CHECK_EQUAL(text, "the second", r.trace.events[first + 1].ready_us, BELL_NOT_GIVEN);
  run_free(&r);
}

/* ---- one that nobody reads ---- */

static const char unread[] = "socket A ready 1 2 takes 2\n  hand over\nsocket B ready 9\nworker W\n  leave unread\n";

static void level_triggered_one_that_is_left_unread_is_ready_for_ever(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(level_triggered); i++) {
    check_rows(unread, level_triggered[i], "A 1; A 2; W 3: 0; B 9; W 19: 0");
    check_reason(unread, level_triggered[i], 2, "The handler does not read W, so W is ready from now on, for ever.");
    check_reason(unread, level_triggered[i], 3, "for W has done something and is not read.");
    check_reason(unread, level_triggered[i], 4, "The cure: read an eventfd when it was written to.");
  }
  run r;
  run_by(&r, unread, BELL_POLL);
  CHECK_EQUAL(unread, "reads of W", bell_trace_calls(&r.trace, 2).reads, 0);
  CHECK_EQUAL(unread, "slept", bell_trace_slept(&r.trace, 3), false);
  run_free(&r);
}

/* It tells of the first piece alone, and what stands behind it is left as it is. */
static void what_is_done_later_changes_nothing(void **state) {
  (void)state;
  static const char text[] = "worker W\n  leave unread\nsocket A ready 1 2 9 takes 2\n  hand over\n";
  for (size_t i = 0; i < COUNT_OF(level_triggered); i++) {
    check_rows(text, level_triggered[i], "A 1; A 2; W 3: 0; A 9; W 19: 0");
    reading r = read_good(text, BELL_MULTIPLEXER);
    CHECK(text, bell_waiting_check(&r.scenario, level_triggered[i], (bell_report){0}));
    reading_free(&r);
  }
  run r;
  run_by(&r, text, BELL_POLL);
  for (uint32_t k = 0; k < 2; k++) CHECK_EQUAL(text, "latency", bell_trace_latency_us(&r.trace, k), 0);
  run_free(&r);
}

static void beside_a_timer_that_is_not_read_each_is_named_for_what_it_is(void **state) {
  (void)state;
  static const char text[] =
      "timer T ready 1\n  leave unread\nsocket A ready 2 takes 2\n  hand over\nworker W\n  leave unread\n";
  check_reason(text, BELL_POLL, 1, "for T has expired and is not read.");
  check_reason(text, BELL_POLL, 3, "for 2 can be read and are not.");
  check_reason(text, BELL_POLL, 3, "The cure: read what can be read.");
  check_reason("timer T ready 1\n  leave unread\nworker W\n", BELL_POLL, 1, "read a timer when it has expired.");
  check_reason("socket W ready 2\n  watch write\nsocket A ready 3 takes 1\n  hand over\nworker V\n", BELL_POLL, 2,
               "Then V had something done to read.");
}

/* ---- what it is not shown with ---- */

static void it_wakes_a_wait_for_many_and_stands_beside_little_else(void **state) {
  (void)state;
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    bool is_shown = s >= BELL_SELECT && s <= BELL_EPOLL_ET;
    if (!is_shown) check_refused("socket A ready 1\nworker W\n", s, "a worker wakes a wait for many");
  }
  static const char *const beside[] = {"socket B ready 1\n  write 1 KB\n", "timeout 5\n", "signal S ready 1\n",
                                       "listener L ready 1 descriptors 1\n"};
  for (size_t i = 0; i < COUNT_OF(beside); i++) {
    string text = {0};
    string_add(&text, "socket A ready 1\nworker W\n%s", beside[i]);
    check_refused(text.bytes, BELL_EPOLL, "a worker is shown beside plain handlers alone; leave out what writes");
    string_free(&text);
  }
  check_refused("socket A ready 1\nworker W\n  leave unread\n", BELL_EPOLL_ET,
                "edge-triggered, each write to an eventfd is told");
}

static void a_worker_without_work_says_nothing(void **state) {
  (void)state;
  check_rows("worker W\nsocket A ready 1\n", BELL_EPOLL, "A 1");
  check_rows("worker W\n", BELL_SELECT, "");
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all("timer T every 1 until 3\nworker W\nsocket A ready 1 2 3\n  hand over\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_handed_over_takes_the_worker_s_time_and_the_thread_serves_others),
      cmocka_unit_test(it_does_one_piece_after_another_in_the_order_in_which_they_were_given),
      cmocka_unit_test(what_is_done_meanwhile_is_one_read),
      cmocka_unit_test(of_a_pool_who_is_free_first_takes_the_next_and_they_tell_as_they_are_done),
      cmocka_unit_test(what_was_given_later_may_be_done_before),
      cmocka_unit_test(a_pool_that_is_left_unread_is_refused),
      cmocka_unit_test(a_message_is_handed_over_when_it_is_whole),
      cmocka_unit_test(what_is_never_handled_is_never_given),
      cmocka_unit_test(level_triggered_one_that_is_left_unread_is_ready_for_ever),
      cmocka_unit_test(what_is_done_later_changes_nothing),
      cmocka_unit_test(beside_a_timer_that_is_not_read_each_is_named_for_what_it_is),
      cmocka_unit_test(it_wakes_a_wait_for_many_and_stands_beside_little_else),
      cmocka_unit_test(a_worker_without_work_says_nothing),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
