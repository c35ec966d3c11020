/* A regular file: every wait finds it ready, and each read waits for the disk. Its order is held to the plain model of
 * test_waiting_small_scope.c. */
#include <string.h>

#include "multiplexer/closing.h"
#include "support.h"

static const char text[] = "file F reads 2 takes 2\nsocket A ready 1 3\n";

static void check_served(const char *scenario, bell_strategy strategy, const char *expected) {
  run r;
  run_by(&r, scenario, strategy);
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    string_add(&rows, "%s%s %d", k > 0 ? "; " : "", step_name(&r.trace, k), (int)(r.trace.steps[k].time_us / 1000));
  }
  CHECK_TEXT(scenario, bell_strategy_name(strategy), rows.bytes, expected);
  string_free(&rows);
  run_free(&r);
}

/* POSIX, poll(): "Regular files shall always poll TRUE for reading and writing." open(2), of O_NONBLOCK: "this flag has
 * no effect for regular files". */
static void each_wait_comes_back_at_once_and_each_read_keeps_the_others_waiting(void **state) {
  (void)state;
  static const bell_strategy waits[] = {BELL_SELECT, BELL_POLL};
  for (size_t i = 0; i < COUNT_OF(waits); i++) {
    check_served(text, waits[i], "F 0; F 2; A 4; F 4; A 4");
    check_reason(text, waits[i], 0, "The read waits for the disk, whatever O_NONBLOCK says, and all others with it.");
    check_reason(text, waits[i], 3, "It is read to its end: read gives 0, and the handler closes F too.");
  }
  check_served(text, BELL_BUSY_POLL, "F 0; A 2; F 2; A 4; F 4");
  check_served(text, BELL_BLOCKING, "F 0; A 2; F 2; A 4; F 4");
  check_served(text, BELL_READINESS, "F 0; F 2; F 4; A 4; A 4");
  check_reason(text, BELL_BUSY_POLL, 2, "The round came to F: a file is always ready.");
}

/* Somebody else waits for the disk: the file's own thread, or the kernel. */
static void read_apart_it_keeps_nobody_waiting(void **state) {
  (void)state;
  static const bell_strategy apart[] = {BELL_THREADS, BELL_IO_URING};
  for (size_t i = 0; i < COUNT_OF(apart); i++) {
    check_served(text, apart[i], "A 1; F 2; A 3; F 4; F 4");
    run r;
    run_by(&r, text, apart[i]);
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      CHECK_EQUAL(text, "latency", bell_trace_latency_us(&r.trace, k), 0);
      CHECK_EQUAL(text, "end", bell_trace_end_us(&r.trace, k), r.trace.steps[k].time_us);
      char *reason = reason_sentence(&r.trace, k);
      CHECK(text, strstr(reason, "O_NONBLOCK") == NULL);
      free(reason);
    }
    run_free(&r);
  }
  check_reason(text, BELL_THREADS, 1, "F's part woke F's own thread");
  run r; /* with one core, for it holds none while it waits */
  run_waiting(&r, "file F reads 1 takes 9\nsocket A ready 1\n", BELL_THREADS, (bell_waiting_options){.cores = 1});
  CHECK_EQUAL("one core", "time of A", r.trace.steps[0].time_us, 1000);
  run_free(&r);
}

/* epoll_ctl(2): EPERM. */
static void epoll_takes_none(void **state) {
  (void)state;
  check_refused("socket A ready 1\nfile F reads 1\n", BELL_EPOLL, "epoll_ctl fails with EPERM for a regular file");
  check_refused("socket A ready 1\nfile F reads 1\n", BELL_EPOLL_ET, "use threads or io_uring");
}

static void it_is_reported_as_readable_at_its_end_too(void **state) {
  (void)state;
  static const char ignored[] = "file F reads 1\n  ignore end\nsocket A ready 1 closes 2\n";
  check_reported(ignored, BELL_POLL, "F IN message; F IN 0; A IN message; A IN|RDHUP 0; F IN 0");
  check_reported(ignored, BELL_SELECT,
                 "F readable message; F readable 0; A readable message; A readable 0; F readable 0");
  check_reason(ignored, BELL_POLL, 1, "but the handler does not close F, so F is ready from now on, for ever.");
  check_reason(ignored, BELL_POLL, 4, "for F is at its end and was not closed.");
  check_reason(ignored, BELL_POLL, 4, "The cure: close a descriptor when read gives 0.");
}

/* kqueue(2): "returns when the file pointer is not at the end of file". */
static void kqueue_tells_of_all_but_the_end(void **state) {
  (void)state;
  check_reported("file F reads 2\n  ignore end\n", BELL_KQUEUE, "F READ message; F READ message");
  check_reported("file F reads 2\nsocket A ready 1\n", BELL_KQUEUE_CLEAR, "F READ message; F  message; A READ message");
  run r;
  run_waiting(&r, "file F reads 3\n", BELL_KQUEUE_CLEAR, (bell_waiting_options){.no_drain = true});
  assert_int_equal(r.trace.step_count, 1);
  run_free(&r);
}

/* It goes with waits that end early: of the time that it takes somebody else, there are as many as fit. */
static void waits_time_out_beside_it(void **state) {
  (void)state;
  check_served("file F reads 2 takes 5\ntimeout 2\n", BELL_IO_URING,
               "timeout 2; timeout 4; F 5; timeout 7; timeout 9; F 10; F 10");
  check_served("file F reads 2 takes 5\ntimeout 2\nsocket A ready 12\n", BELL_POLL, "F 0; F 5; F 10; A 12");
  run r; /* and there is room for all of them */
  run_by(&r, "file F reads 1 takes 50\ntimeout 2\n", BELL_IO_URING);
  CHECK_EQUAL("timeouts", "steps", r.trace.step_count, 24 + 2);
  CHECK("timeouts", r.trace.step_count <= r.reading.scenario.run_count);
  run_free(&r);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all("file F reads 3 takes 1\n  ignore end\nsocket A ready 1\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_wait_comes_back_at_once_and_each_read_keeps_the_others_waiting),
      cmocka_unit_test(read_apart_it_keeps_nobody_waiting),
      cmocka_unit_test(epoll_takes_none),
      cmocka_unit_test(it_is_reported_as_readable_at_its_end_too),
      cmocka_unit_test(kqueue_tells_of_all_but_the_end),
      cmocka_unit_test(waits_time_out_beside_it),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
