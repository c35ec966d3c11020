/* Timers in lesson 4: what a read gives, and what becomes of one that nobody reads. The order of the steps is the
 * business of test_waiting_small_scope.c. */
#include "multiplexer/timer.h"

#include "multiplexer/expand.h"
#include "support.h"

/* "T 28: 2": of each row its source, when, and how often it had expired. */
static void check_rows(const char *text, bell_strategy strategy, const char *expected) {
  run r;
  run_by(&r, text, strategy);
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    string_add(&rows, "%s%s %d: %d", k > 0 ? "; " : "", step_name(&r.trace, k), (int)(r.trace.steps[k].time_us / 1000),
               (int)bell_timer_expirations_column(&r.trace, k));
  }
  CHECK_TEXT(text, bell_strategy_name(strategy), rows.bytes, expected);
  string_free(&rows);
  run_free(&r);
}

/* ---- what a read gives ---- */

static void a_timer_becomes_readable_at_its_time_and_a_read_gives_1(void **state) {
  (void)state;
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) check_rows("timer T ready 5\n", s, "T 5: 1");
}

static void one_that_repeats_is_readable_each_time_until_its_end_was_read(void **state) {
  (void)state;
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    check_rows("timer T every 10 until 35\n", s, "T 10: 1; T 20: 1; T 30: 1");
  }
}

/* A holds the thread from 5 to 28. The read of io_uring that was under way completed at 10. Threads have it from
 * nobody. */
static void a_read_gives_how_often_it_has_expired_since_the_last_and_a_read_under_way_completes_with_1(void **state) {
  (void)state;
  static const char text[] = "socket A ready 5 takes 23\ntimer T every 10 until 30\n";
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    const char *expected = s == BELL_IO_URING  ? "A 5: 0; T 28: 1; T 28: 1; T 30: 1"
                           : s == BELL_THREADS ? "A 5: 0; T 10: 1; T 20: 1; T 30: 1"
                                               : "A 5: 0; T 28: 2; T 30: 1";
    check_rows(text, s, expected);
  }
  check_reason(text, BELL_POLL, 1,
               "Its expiration has been ready since 10 ms: it waited 18 ms. The read gives 2, for T "
               "has expired 2 times without a read. Who counts wakes, and not what a read gives, misses 1.");
  check_reason(text, BELL_POLL, 2, "The read gives 1, for T has expired once.");
  run r;
  run_by(&r, text, BELL_POLL);
  char *sentence = reason_sentence(&r.trace, 0);
  CHECK(sentence, strstr(sentence, "expired") == NULL);
  free(sentence);
  run_free(&r);
}

/* Which is at 20; the timer goes on until then. */
static void expirations_after_the_end_are_counted_too_by_who_reads_late(void **state) {
  (void)state;
  static const char text[] = "socket A ready 5 takes 60\ntimer T every 10 until 20\n";
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    const char *expected = s == BELL_IO_URING  ? "A 5: 0; T 65: 1; T 65: 5"
                           : s == BELL_THREADS ? "A 5: 0; T 10: 1; T 20: 1"
                                               : "A 5: 0; T 65: 6";
    check_rows(text, s, expected);
  }
}

static void one_that_does_not_repeat_gives_1_however_late_it_is_read(void **state) {
  (void)state;
  check_rows("socket A ready 5 takes 60\ntimer T ready 10\n", BELL_EPOLL, "A 5: 0; T 65: 1");
}

/* 4,294,967,295 microseconds later there are more than a number of 32 bits holds. */
static void expirations_that_no_number_holds_are_not_counted_on(void **state) {
  (void)state;
  reading r = read_good("timer T every 0.001 until 0.002\n", BELL_MULTIPLEXER);
  bell_trace trace = {.scenario = &r.scenario};
  CHECK_EQUAL("of a few", "come", bell_timer_come(&trace, 0, 5), 5);
  CHECK_EQUAL("of many", "come", bell_timer_come(&trace, 0, INT64_C(5000000000)), UINT32_MAX);
  reading_free(&r);
}

static void what_a_wait_answered_with_is_no_socket_where_there_is_a_timer(void **state) {
  (void)state;
  static const bell_strategy waits[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL, BELL_EPOLL_ET};
  for (size_t i = 0; i < COUNT_OF(waits); i++) {
    check_reason("timer T ready 10\n", waits[i], 0, "It answered with 1 descriptor, T first.");
    check_reason("timer T ready 10\nsocket A ready 10\n", waits[i], 0, "It answered with 2 descriptors, ");
    check_reason("socket A ready 10\n", waits[i], 0, "It answered with 1 socket, A first.");
  }
  check_reason("timer T ready 10\n", BELL_IO_URING, 0, "It answered with 1 completion, T first.");
}

/* ---- one that nobody reads ---- */

static const char unread[] = "timer T every 10 until 50 takes 1\n  leave unread\nsocket B ready 30\n";

static void level_triggered_one_that_is_left_unread_is_ready_for_ever(void **state) {
  (void)state;
  static const bell_strategy all[] = {BELL_READINESS, BELL_SELECT, BELL_POLL, BELL_EPOLL};
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    check_rows(unread, all[i], "T 10: 0; B 30: 0; T 40: 0");
    check_reason(unread, all[i], 0, "The handler does not read T, so T is ready from now on, for ever.");
    check_reason(unread, all[i], 1, "The thread could not ");
    check_reason(unread, all[i], 2, "for T has expired and is not read");
    check_reason(unread, all[i], 2, "The cure: read a timer when it has expired.");
  }
  check_reason(unread, BELL_POLL, 2, "The thread woke 10101 times in 10 ms, and read nothing.");
  run r;
  run_by(&r, unread, BELL_POLL);
  CHECK_EQUAL(unread, "reads of T", bell_trace_calls(&r.trace, 0).reads, 0);
  CHECK_EQUAL(unread, "reads of B, and in vain", bell_trace_calls(&r.trace, 1).reads, 1);
  CHECK_EQUAL(unread, "returned", bell_trace_calls(&r.trace, 2).returned, bell_trace_rounds(&r.trace, 2));
  CHECK_EQUAL(unread, "slept", bell_trace_slept(&r.trace, 1), false);
  run_free(&r);
}

/* fs/timerfd.c: what repeats is set going again by the read. */
static void edge_triggered_one_that_is_left_unread_is_told_of_once_and_does_not_go_on(void **state) {
  (void)state;
  check_rows(unread, BELL_EPOLL_ET, "T 10: 0; B 30: 0");
  check_reason(unread, BELL_EPOLL_ET, 0, "a timer that is not read does not go on: nobody hears of T again.");
  check_reason("timer T ready 1\n  leave unread\n", BELL_EPOLL_ET, 0, "epoll_wait tells of it this once.");
}

static void who_notices_a_timer_by_its_read_leaves_nothing_unread(void **state) {
  (void)state;
  static const bell_strategy all[] = {BELL_BLOCKING, BELL_BUSY_POLL, BELL_THREADS, BELL_IO_URING};
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    check_rows("timer T every 10 until 20\n  leave unread\n", all[i], "T 10: 1; T 20: 1");
  }
}

/* With an end that is ignored, and a socket that is watched for writing. */
static void all_that_keep_a_thread_from_sleeping_are_named(void **state) {
  (void)state;
  static const char text[] =
      "timer T ready 1\n  leave unread\ntimer U ready 1\n  leave unread\n"
      "socket A closes 2 never\n  ignore end\nsocket W never\n  watch write\n";
  check_reason(text, BELL_EPOLL, 3,
               "for A is at its end and was not closed, and W is watched for writing with nothing to write, and 2 "
               "timers have expired and are not read.");
  check_reason(text, BELL_EPOLL, 3, "read and wrote nothing");
  check_reason(text, BELL_EPOLL, 3, "something to write; read a timer when it has expired.");
}

/* What was reported, and what the read gave: a number. */
static void a_timer_is_reported_as_readable(void **state) {
  (void)state;
  check_reported("timer U ready 5\ntimer T ready 10\n  leave unread\n", BELL_POLL, "U IN 1; T IN ; T IN ");
}

/* ---- memory ---- */

static void a_scenario_without_timers_is_run_as_it_was_read(void **state) {
  (void)state;
  reading r = read_good("socket A ready 1 2\n", BELL_MULTIPLEXER);
  CHECK_EQUAL("no timer", "memory", bell_expand_memory(&r.scenario), 0);
  bell_arena none = {0};
  assert_ptr_equal(bell_expand(&r.scenario, BELL_POLL, &none), &r.scenario);
  reading_free(&r);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all("timer T every 1 until 20\ntimer U ready 3\n  leave unread\nsocket A ready 2\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_timer_becomes_readable_at_its_time_and_a_read_gives_1),
      cmocka_unit_test(one_that_repeats_is_readable_each_time_until_its_end_was_read),
      cmocka_unit_test(a_read_gives_how_often_it_has_expired_since_the_last_and_a_read_under_way_completes_with_1),
      cmocka_unit_test(expirations_after_the_end_are_counted_too_by_who_reads_late),
      cmocka_unit_test(one_that_does_not_repeat_gives_1_however_late_it_is_read),
      cmocka_unit_test(expirations_that_no_number_holds_are_not_counted_on),
      cmocka_unit_test(what_a_wait_answered_with_is_no_socket_where_there_is_a_timer),
      cmocka_unit_test(level_triggered_one_that_is_left_unread_is_ready_for_ever),
      cmocka_unit_test(edge_triggered_one_that_is_left_unread_is_told_of_once_and_does_not_go_on),
      cmocka_unit_test(who_notices_a_timer_by_its_read_leaves_nothing_unread),
      cmocka_unit_test(all_that_keep_a_thread_from_sleeping_are_named),
      cmocka_unit_test(a_timer_is_reported_as_readable),
      cmocka_unit_test(a_scenario_without_timers_is_run_as_it_was_read),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("timer", tests, NULL, NULL);
}
