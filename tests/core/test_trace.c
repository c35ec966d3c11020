#include "support.h"

enum { STEPS_MAX = 20000 };
#define LATE_US INT64_C(9000000000000000) /* as late as a run can end */

/* A trace made by hand: step k handles event k, which became ready `latency` before. */
typedef struct sheet {
  bell_scenario scenario;
  bell_statement statements[2]; /* the first takes no time, the second takes 2 ms */
  bell_event events[STEPS_MAX];
  bell_step steps[STEPS_MAX];
  bell_trace trace;
} sheet;

static sheet *new_sheet(void) {
  sheet *s = calloc(1, sizeof *s);
  assert_non_null(s);
  s->statements[1].takes_us = 2000;
  s->scenario = (bell_scenario){.statements = s->statements, .events = s->events, .statement_count = 2};
  s->trace = (bell_trace){.scenario = &s->scenario, .events = s->events, .steps = s->steps};
  return s;
}

static void add_step(sheet *s, uint32_t statement, int64_t time_us, int64_t latency_us) {
  uint32_t k = s->trace.step_count++;
  s->trace.event_count++;
  s->events[k] = (bell_event){.ready_us = time_us - latency_us, .statement = statement, .parent = BELL_NONE};
  s->steps[k] = (bell_step){.time_us = time_us, .event = k, .other = BELL_NONE};
}

static void a_trace_without_steps_has_totals_of_zero(void **state) {
  (void)state;
  sheet *s = new_sheet();
  bell_totals totals = bell_trace_totals(&s->trace);
  assert_int_equal(totals.end_us, 0);
  assert_int_equal(totals.idle_us, 0);
  assert_int_equal(totals.mean_latency_us, 0);
  assert_int_equal(totals.median_latency_us, 0);
  assert_int_equal(totals.p99_latency_us, 0);
  assert_int_equal(totals.max_latency_us, 0);
  assert_int_equal(totals.messages, 0);
  assert_int_equal(totals.wake_ups, 0);
  free(s);
}

static void end_idle_and_wake_ups_follow_the_thread(void **state) {
  (void)state;
  sheet *s = new_sheet();
  add_step(s, 0, 1000, 0); /* slept 0 to 1 */
  add_step(s, 1, 1000, 0); /* at once */
  add_step(s, 1, 3000, 0); /* at once: the step before took 2 ms */
  add_step(s, 0, 5500, 0); /* slept 5 to 5.5 */
  add_step(s, 1, 9000, 0); /* slept 5.5 to 9 */
  bell_totals totals = bell_trace_totals(&s->trace);
  assert_int_equal(totals.messages, 5);
  assert_int_equal(totals.wake_ups, 3);
  assert_int_equal(totals.idle_us, 1000 + 500 + 3500);
  assert_int_equal(totals.end_us, 11000);
  free(s);
}

static void latencies_are_summed_up_as_mean_median_p99_and_max(void **state) {
  (void)state;
  static const struct {
    int64_t latency_us[8];
    uint32_t count;
    int64_t mean;
    int64_t median;
    int64_t p99;
    int64_t max;
  } cases[] = {
      {{0}, 1, 0, 0, 0, 0},
      {{7}, 1, 7, 7, 7, 7},
      {{1, 3}, 2, 2, 1, 3, 3}, /* nearest rank: a latency that is there, not a mean of two */
      {{3, 1}, 2, 2, 1, 3, 3},
      {{0, 0, 5000}, 3, 1667, 0, 5000, 5000}, /* lesson 4, blocking, would be 0, 5000, 3000 */
      {{0, 5000, 3000}, 3, 2667, 3000, 5000, 5000},
      {{9, 1, 5, 3}, 4, 5, 3, 9, 9},
      {{1, 1, 2}, 3, 1, 1, 2, 2}, /* 1.33 */
      {{1, 2, 2}, 3, 2, 2, 2, 2}, /* 1.67 */
      {{4, 4, 4, 4, 4}, 5, 4, 4, 4, 4},
      {{8, 7, 6, 5, 4, 3, 2, 1}, 8, 5, 4, 8, 8}, /* the mean is 4.5, and a half goes up */
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    sheet *s = new_sheet();
    for (uint32_t k = 0; k < cases[i].count; k++) add_step(s, 0, 10000, cases[i].latency_us[k]);
    bell_totals totals = bell_trace_totals(&s->trace);
    char which[32];
    snprintf(which, sizeof which, "case %zu", i);
    CHECK_EQUAL(which, "mean", totals.mean_latency_us, cases[i].mean);
    CHECK_EQUAL(which, "median", totals.median_latency_us, cases[i].median);
    CHECK_EQUAL(which, "p99", totals.p99_latency_us, cases[i].p99);
    CHECK_EQUAL(which, "max", totals.max_latency_us, cases[i].max);
    free(s);
  }
}

/* Latencies 1 ... n in a scrambled order: the rank is the latency. */
static void the_rank_of_a_percentile_is_rounded_up(void **state) {
  (void)state;
  static const struct {
    uint32_t count;
    int64_t median;
    int64_t p99;
  } cases[] = {{99, 50, 99},    {100, 50, 99},   {101, 51, 100},     {199, 100, 198},
               {200, 100, 198}, {201, 101, 199}, {10007, 5004, 9907}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    sheet *s = new_sheet();
    uint32_t count = cases[i].count;
    for (uint32_t k = 0; k < count; k++) add_step(s, 0, 100000, k * 7 % count + 1); /* no count is a multiple of 7 */
    bell_totals totals = bell_trace_totals(&s->trace);
    char which[32];
    snprintf(which, sizeof which, "latencies 1 to %u", count);
    CHECK_EQUAL(which, "median", totals.median_latency_us, cases[i].median);
    CHECK_EQUAL(which, "p99", totals.p99_latency_us, cases[i].p99);
    CHECK_EQUAL(which, "max", totals.max_latency_us, count);
    free(s);
  }
}

/* The sum of these latencies does not fit in 64 bits; their mean does. */
static void huge_latencies_do_not_overflow_the_mean(void **state) {
  (void)state;
  sheet *s = new_sheet();
  for (uint32_t k = 0; k < STEPS_MAX; k++) add_step(s, 0, LATE_US, LATE_US - k % 2);
  bell_totals totals = bell_trace_totals(&s->trace);
  assert_true(totals.mean_latency_us == LATE_US || totals.mean_latency_us == LATE_US - 1);
  assert_int_equal(totals.median_latency_us, LATE_US - 1);
  assert_int_equal(totals.p99_latency_us, LATE_US);
  assert_int_equal(totals.max_latency_us, LATE_US);
  free(s);
}

static void reading_a_trace_changes_nothing(void **state) {
  (void)state;
  sheet *s = new_sheet();
  for (uint32_t k = 0; k < 500; k++) add_step(s, 0, INT64_C(1000) * k, k * 7919 % 500);
  sheet *copy = malloc(sizeof *copy);
  assert_non_null(copy);
  memcpy(copy, s, sizeof *s);
  bell_totals first = bell_trace_totals(&s->trace);
  bell_totals second = bell_trace_totals(&s->trace);
  assert_memory_equal(&first, &second, sizeof first);
  assert_memory_equal(copy->events, s->events, sizeof s->events);
  assert_memory_equal(copy->steps, s->steps, sizeof s->steps);
  free(copy);
  free(s);
}

static void a_step_tells_when_the_thread_was_free_and_when_it_is_again(void **state) {
  (void)state;
  sheet *s = new_sheet();
  add_step(s, 1, 3000, 1000);
  add_step(s, 0, 6000, 0);
  assert_int_equal(bell_trace_free_us(&s->trace, 0), 0);
  assert_int_equal(bell_trace_end_us(&s->trace, 0), 5000);
  assert_int_equal(bell_trace_latency_us(&s->trace, 0), 1000);
  assert_int_equal(bell_trace_free_us(&s->trace, 1), 5000);
  assert_int_equal(bell_trace_end_us(&s->trace, 1), 6000);
  assert_ptr_equal(bell_trace_statement(&s->trace, 0), &s->statements[1]);
  free(s);
}

/* Between the start and the end of its message a thread may have to wait for its turn on a core. */
static void of_threads_each_step_has_an_end_of_its_own(void **state) {
  (void)state;
  sheet *s = new_sheet();
  bell_answers ends[] = {{.end_us = 5000}, {.end_us = 2000}};
  add_step(s, 1, 1000, 0);
  add_step(s, 0, 2000, 0);
  s->trace.strategy = BELL_THREADS;
  s->trace.answers = ends;
  assert_int_equal(bell_trace_end_us(&s->trace, 0), 5000);
  assert_int_equal(bell_trace_end_us(&s->trace, 1), 2000);
  assert_int_equal(bell_trace_totals(&s->trace).end_us, 5000);
  assert_int_equal(bell_trace_all_calls(&s->trace).reads, 2);
  free(s);
}

static void each_queue_has_its_name(void **state) {
  (void)state;
  assert_string_equal(bell_queue_name(BELL_QUEUE_NONE), "");
  assert_string_equal(bell_queue_name(BELL_QUEUE_MICROTASK), "microtask");
  assert_string_equal(bell_queue_name(BELL_QUEUE_TASK), "task");
  assert_string_equal(bell_queue_name(BELL_QUEUE_MAIN), "main");
  assert_string_equal(bell_queue_name(BELL_QUEUE_TICK), "tick");
  assert_string_equal(bell_queue_name(BELL_QUEUE_TIMERS), "timers");
  assert_string_equal(bell_queue_name(BELL_QUEUE_POLL), "poll");
  assert_string_equal(bell_queue_name(BELL_QUEUE_CHECK), "check");
}

/* The layouts cross to JavaScript as columns; a hole in them would be bytes that differ from run to run. */
static void a_step_and_an_event_have_no_holes(void **state) {
  (void)state;
  assert_int_equal(sizeof(bell_step), 8 + 3 * 4 + 2 + 2);
  assert_int_equal(sizeof(bell_answers), 2 * 4);
  assert_int_equal(sizeof(bell_event), 8 + 2 * 4);
  assert_int_equal(sizeof(bell_statement), 7 * 4 + 2 + 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_trace_without_steps_has_totals_of_zero),
      cmocka_unit_test(end_idle_and_wake_ups_follow_the_thread),
      cmocka_unit_test(latencies_are_summed_up_as_mean_median_p99_and_max),
      cmocka_unit_test(the_rank_of_a_percentile_is_rounded_up),
      cmocka_unit_test(huge_latencies_do_not_overflow_the_mean),
      cmocka_unit_test(reading_a_trace_changes_nothing),
      cmocka_unit_test(a_step_tells_when_the_thread_was_free_and_when_it_is_again),
      cmocka_unit_test(of_threads_each_step_has_an_end_of_its_own),
      cmocka_unit_test(each_queue_has_its_name),
      cmocka_unit_test(a_step_and_an_event_have_no_holes),
  };
  return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
