/* Waits that end before anything is ready, by a timeout or a signal: what is done then, and what the next wait is
 * given. The order of the steps is the business of test_waiting_small_scope.c. */
#include <time.h>

#include "multiplexer/early.h"
#include "support.h"

static const bell_strategy with_waits[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL, BELL_EPOLL_ET, BELL_IO_URING};

/* "A 3; timeout 5": of each row what it is about, and when. */
static void check_rows(const char *text, const char *expected) {
  for (size_t i = 0; i < COUNT_OF(with_waits); i++) {
    run r;
    run_by(&r, text, with_waits[i]);
    string rows = {0};
    string_cut(&rows, 0);
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      string_add(&rows, "%s%s %d", k > 0 ? "; " : "", step_name(&r.trace, k), (int)(r.trace.steps[k].time_us / 1000));
    }
    CHECK_TEXT(text, bell_strategy_name(with_waits[i]), rows.bytes, expected);
    string_free(&rows);
    run_free(&r);
  }
}

/* ---- timeouts ---- */

static void a_wait_that_times_out_comes_back_with_0_and_the_housekeeping_is_done(void **state) {
  (void)state;
  static const char text[] = "socket A ready 12\ntimeout 5 takes 1\n";
  check_rows(text, "timeout 5; timeout 11; A 12");
  check_reason(
      text, BELL_POLL, 0,
      "Nothing was ready, so the thread slept in poll from 0 to 5 ms. It came back with 0: its timeout of 5 ms "
      "has passed, and it is time for the housekeeping.");
  check_reason(text, BELL_IO_URING, 0, "It came back with no completion: its timeout of 5 ms has passed");
  check_reason(text, BELL_EPOLL_ET, 0, "Nothing new had come, so the thread slept in epoll_wait");
}

static void a_timeout_begins_anew_with_each_wait_so_what_comes_often_puts_it_off(void **state) {
  (void)state;
  static const char text[] = "socket A ready 4 8 12 16 20\ntimeout 5\n";
  check_rows(text, "A 4; A 8; A 12; A 16; A 20");
  check_reason(text, BELL_EPOLL, 2,
               "The housekeeping is put off, since 0 ms: no wait has lasted 5 ms. The cure: compute "
               "the time that is left before each wait, timeout every 5.");
  run r;
  run_by(&r, text, BELL_EPOLL);
  char *sentence = reason_sentence(&r.trace, 1); /* twice the timeout is not over yet */
  CHECK(sentence, strstr(sentence, "put off") == NULL);
  free(sentence);
  run_free(&r);
  static const char later[] = "socket A ready 7 11 15 19 30\ntimeout 5\n";
  check_rows(later, "timeout 5; A 7; A 11; A 15; A 19; timeout 24; timeout 29; A 30");
  check_reason(later, BELL_POLL, 4, "The housekeeping is put off, since 5 ms");
}

/* Seconds to look at; what is quadratic takes hours. */
static void it_is_said_of_many_messages_in_a_moment(void **state) {
  (void)state;
  uint32_t sockets = many(500000);
  string text = {0};
  string_add(&text, "timeout 5\n");
  for (uint32_t i = 0; i < sockets; i++) string_add(&text, "socket s%u ready %u\n", i, 4 * i);
  run r;
  run_by(&r, text.bytes, BELL_POLL);
  clock_t start = clock();
  bell_text length = {0};
  for (uint32_t k = 0; k < r.trace.step_count; k++) bell_multiplexer_lesson.print_reason(&r.trace, k, &length);
  CHECK("each says so", length.length > (size_t)sockets * strlen("The housekeeping is put off, since 0 ms"));
  print_message("%u reasons in %.3f s\n", r.trace.step_count, (double)(clock() - start) / CLOCKS_PER_SEC);
  run_free(&r);
  string_free(&text);
}

static void who_computes_the_time_that_is_left_keeps_it(void **state) {
  (void)state;
  static const char text[] = "socket A ready 4 8 12 16 20\ntimeout every 5 takes 1\n";
  check_rows(text, "A 4; timeout 5; A 8; timeout 10; A 12; timeout 15; A 16; A 20; timeout 20");
  check_reason(text, BELL_SELECT, 1,
               "It came back with 0: the 1 ms have passed that were left until the housekeeping is");
}

/* A holds the thread from 3 to 9. */
static void housekeeping_that_was_due_while_the_thread_was_busy_is_done_behind_the_wait(void **state) {
  (void)state;
  static const char text[] = "socket A ready 3 10 takes 6\ntimeout every 5\n";
  check_rows(text, "A 3; timeout 9; A 10; timeout 16");
  check_reason(text, BELL_POLL, 1, "The housekeeping was due at 5 ms; behind each wait the thread looks at the clock");
  run r;
  run_by(&r, text, BELL_POLL);
  CHECK_EQUAL(text, "latency", bell_trace_latency_us(&r.trace, 1), 4000);
  CHECK_EQUAL(text, "waits of its own", bell_trace_calls(&r.trace, 1).waits, 0);
  CHECK_EQUAL(text, "messages", bell_trace_totals(&r.trace).messages, 2);
  run_free(&r);
}

static void what_is_ready_all_the_time_keeps_a_timeout_from_passing(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 30\n  watch write\ntimeout 5\n";
  run r;
  run_by(&r, text, BELL_POLL);
  CHECK_EQUAL(text, "rows", r.trace.step_count, 3);
  run_free(&r);
  check_reason(text, BELL_POLL, 1, "The housekeeping is put off, since 0 ms");
  run_by(&r, "socket A ready 1 12\n  watch write\ntimeout every 5\n", BELL_POLL);
  CHECK_EQUAL(text, "with the time kept", r.trace.steps[1].time_us, 5000);
  CHECK_EQUAL(text, "with the time kept", r.trace.steps[2].time_us, 10000);
  run_free(&r);
}

/* Nor is a wait over then that would have slept. */
static void housekeeping_comes_in_time_where_nobody_sleeps(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 closes 2\n  ignore end\ntimer T ready 2\n  leave unread\nsocket B ready 8\ntimeout every 5\n";
  check_reason(text, BELL_POLL, 3, "The housekeeping was due at 5 ms; behind each wait the thread looks at the clock");
  check_reported(text, BELL_POLL, "A IN message; A IN|RDHUP 0; T IN ; timeout  ; B IN message; T IN ");
}

/* ---- signals ---- */

static void a_signal_ends_a_wait_with_eintr(void **state) {
  (void)state;
  static const char text[] = "signal S ready 3\nsocket A ready 5\n";
  check_rows(text, "S 3; A 5");
  check_reason(text, BELL_EPOLL, 0,
               "Then the signal S came: its handler ran, and epoll_wait came back with EINTR. The "
               "loop waits again.");
  check_reason(text, BELL_IO_URING, 0, "io_uring_enter came back with no completion. The loop waits again.");
}

static void a_wait_that_is_begun_again_with_its_whole_timeout_is_late(void **state) {
  (void)state;
  static const char text[] = "signal S ready 3\nsocket A ready 9\ntimeout 5\n";
  check_rows(text, "S 3; timeout 8; A 9");
  check_reason(text, BELL_POLL, 0,
               "The next wait has 5 ms again, though 2 were left: the housekeeping comes 3 ms later");
}

static void a_wait_that_is_given_what_is_left_is_not(void **state) {
  (void)state;
  static const char text[] = "signal S ready 3\nsocket A ready 9\ntimeout every 5\n";
  check_rows(text, "S 3; timeout 5; A 9");
  check_reason(text, BELL_POLL, 0, "The next wait is given the 2 ms that are left.");
  /* It was the housekeeping, and not the wait, that would have been due 5 ms later. */
  check_reason("signal S ready 3\nsocket A ready 1 9 takes 1\ntimeout every 5\n", BELL_POLL, 1,
               "The next wait is given the 2 ms that are left.");
}

/* It is due when the signal comes; or there is none any more behind it. */
static void what_is_left_is_never_nothing(void **state) {
  (void)state;
  static const char text[] = "signal S ready 5\nsignal T ready 5\nsocket A ready 9\ntimeout every 5\n";
  check_rows(text, "S 5; T 5; timeout 5; A 9");
  run r;
  run_by(&r, text, BELL_POLL);
  char *sentence = reason_sentence(&r.trace, 0);
  CHECK(sentence, strstr(sentence, "came back with EINTR.") != NULL && strstr(sentence, "next wait") == NULL);
  free(sentence);
  run_free(&r);
  static const char last[] = "signal S ready 8\nsocket A ready 5 takes 1\ntimeout every 5 takes 1\n";
  check_rows(last, "A 5; timeout 6; S 8");
  check_reason(last, BELL_POLL, 2, "The next wait is given the 3 ms that are left.");
}

/* A holds the thread from 3 to 8. */
static void a_signal_that_comes_while_the_thread_is_busy_ends_no_wait(void **state) {
  (void)state;
  static const char text[] = "socket A ready 3 takes 5\nsignal S ready 5\n";
  check_rows(text, "A 3; S 8");
  check_reason(text, BELL_POLL, 1,
               "The signal S came at 5 ms, while the thread was busy, and ended no wait. 3 ms later");
}

static void a_thread_that_spins_sees_the_flag_at_once(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1\n  watch write\nsignal S ready 5\n";
  check_reason(text, BELL_POLL, 1, "The signal S came, and the thread looks at the flag that its handler set.");
}

/* From 5 to 9. The next wait ends at 14. */
static void one_that_comes_during_the_housekeeping_is_noticed_behind_the_next_wait(void **state) {
  (void)state;
  check_rows("timeout 5 takes 4\nsignal S ready 7\nsocket A ready 20\n", "timeout 5; S 14; timeout 14; A 20");
}

static void signals_are_noticed_in_the_order_of_their_times_and_then_of_the_file(void **state) {
  (void)state;
  check_rows("signal S ready 4 6\nsignal T ready 2 4\nsocket A ready 1\n", "A 1; T 2; S 4; T 4; S 6");
}

static void what_the_wait_gave_is_its_result(void **state) {
  (void)state;
  check_reported("timeout every 5 takes 2\nsignal S ready 8 8\nsocket A ready 9 takes 3\n", BELL_POLL,
                 "timeout  0; S  EINTR; S  ; A IN message; timeout  ");
}

/* ---- who has none ---- */

static void who_does_not_wait_for_many_is_refused(void **state) {
  (void)state;
  static const bell_strategy without[] = {BELL_BLOCKING, BELL_READINESS, BELL_BUSY_POLL, BELL_THREADS};
  for (size_t i = 0; i < COUNT_OF(without); i++) {
    check_refused("socket A ready 1\ntimeout 5\n", without[i],
                  "timeout ends a wait for many, which this strategy has not");
    check_refused("socket A ready 1\nsignal S ready 5\n", without[i], "signal ends a wait for many");
  }
  check_refused("socket A ready 1\ntimeout 5\nsocket B ready 1\n  write 1 KB\n", BELL_POLL,
                "does not go with handlers that write yet");
}

/* They are no descriptors, so select has room for as many sockets as without them. */
static void a_timeout_and_a_signal_take_no_descriptor(void **state) {
  (void)state;
  static const char text[] = "timeout 5\nsocket A ready 1\nsignal S ready 2\nsocket B ready 1\n";
  run r;
  run_by(&r, text, BELL_SELECT);
  CHECK_EQUAL(text, "scanned", bell_trace_scanned(&r.trace), 5);
  CHECK_EQUAL(text, "sockets", r.trace.scenario->statement_count, 2);
  run_free(&r);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all("timeout every 5 takes 2\nsignal S ready 8 8\nsocket A ready 9 takes 3\ntimer T ready 4\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_wait_that_times_out_comes_back_with_0_and_the_housekeeping_is_done),
      cmocka_unit_test(a_timeout_begins_anew_with_each_wait_so_what_comes_often_puts_it_off),
      cmocka_unit_test(it_is_said_of_many_messages_in_a_moment),
      cmocka_unit_test(who_computes_the_time_that_is_left_keeps_it),
      cmocka_unit_test(housekeeping_that_was_due_while_the_thread_was_busy_is_done_behind_the_wait),
      cmocka_unit_test(what_is_ready_all_the_time_keeps_a_timeout_from_passing),
      cmocka_unit_test(housekeeping_comes_in_time_where_nobody_sleeps),
      cmocka_unit_test(a_signal_ends_a_wait_with_eintr),
      cmocka_unit_test(a_wait_that_is_begun_again_with_its_whole_timeout_is_late),
      cmocka_unit_test(a_wait_that_is_given_what_is_left_is_not),
      cmocka_unit_test(what_is_left_is_never_nothing),
      cmocka_unit_test(a_signal_that_comes_while_the_thread_is_busy_ends_no_wait),
      cmocka_unit_test(a_thread_that_spins_sees_the_flag_at_once),
      cmocka_unit_test(one_that_comes_during_the_housekeeping_is_noticed_behind_the_next_wait),
      cmocka_unit_test(signals_are_noticed_in_the_order_of_their_times_and_then_of_the_file),
      cmocka_unit_test(what_the_wait_gave_is_its_result),
      cmocka_unit_test(who_does_not_wait_for_many_is_refused),
      cmocka_unit_test(a_timeout_and_a_signal_take_no_descriptor),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("early", tests, NULL, NULL);
}
