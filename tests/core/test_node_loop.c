/* Node's loop, rule by rule. The sources: libuv's uv_run, https://docs.libuv.org/en/v1.x/design.html#the-i-o-loop;
 * https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick; Node's lib/internal/timers.js and
 * lib/internal/process/task_queues.js. */
#include "support.h"

static void check_rows(const char *text, const char *expected) {
  run r;
  run_loop(&r, text, BELL_NODE);
  string rows = rows_of(&r.trace);
  CHECK_TEXT(text, "rows", rows.bytes, expected);
  CHECK_EQUAL(text, "run_count", r.reading.scenario.run_count, r.trace.step_count);
  CHECK_EQUAL(text, "events", r.trace.event_count, r.trace.step_count);
  string_free(&rows);
  run_free(&r);
}

static void without_sources_there_are_no_rows(void **state) {
  (void)state;
  check_rows("", "");
}

static void the_main_script_runs_first_wherever_it_stands(void **state) {
  (void)state;
  check_rows("socket s ready 0\npromise p ready 0\ntimer t ready 0\nscript main takes 2\n",
             "0 main main script\n2 microtask p promise\n2 timers t timer\n2 poll s socket\n");
}

/* process.nextTick(): https://nodejs.org/api/process.html#processnexttickcallback-args */
static void ticks_run_after_every_callback_and_before_microtasks(void **state) {
  (void)state;
  check_rows("script main\n  microtask m\n  tick t\n", "0 main main script\n0 tick t tick\n0 microtask m microtask\n");
  check_rows("timer a ready 1\n  microtask m\n  tick t\ntimer b ready 1\n",
             "1 timers a timer\n1 tick t tick\n1 microtask m microtask\n1 timers b timer\n");
}

static void
the_tick_queue_empties_before_the_first_microtask_and_the_microtask_queue_before_the_next_tick(void **state) {
  (void)state;
  check_rows("script main\n  microtask m1\n    tick t3\n      microtask m3\n  microtask m2\n  tick t1\n    tick t2\n",
             "0 main main script\n0 tick t1 tick\n0 tick t2 tick\n0 microtask m1 microtask\n0 microtask m2 microtask\n"
             "0 tick t3 tick\n0 microtask m3 microtask\n");
}

static void a_timer_waits_at_least_1_ms(void **state) {
  (void)state;
  check_rows(
      "script main\n  timer zero after 0\n  timer half after 0.5\n  timer one after 1\ntimer source ready 0\n",
      "0 main main script\n1 timers source timer\n1 timers zero timer\n1 timers half timer\n1 timers one timer\n");
}

/* From the main script, the model's clock stands still: the timer is not due when the loop begins. */
static void an_immediate_of_the_main_script_runs_before_a_timer_of_0_ms(void **state) {
  (void)state;
  check_rows("script main\n  timer t after 0\n  immediate i\n",
             "0 main main script\n0 check i immediate\n1 timers t timer\n");
  check_rows("script main takes 1\n  timer t after 0\n  immediate i\n",
             "0 main main script\n1 timers t timer\n1 check i immediate\n");
}

/* The guide's example, "setImmediate() vs setTimeout()", inside an I/O callback. */
static void inside_a_socket_s_callback_the_immediate_always_runs_first(void **state) {
  (void)state;
  check_rows("socket s ready 2 takes 5\n  timer t after 0\n  immediate i\n",
             "2 poll s socket\n7 check i immediate\n7 timers t timer\n");
}

static void immediates_queued_while_immediates_run_wait_for_the_next_round(void **state) {
  (void)state;
  check_rows("script main\n  immediate a\n    immediate c\n  immediate b takes 1\nsocket s ready 0.5\n",
             "0 main main script\n0 check a immediate\n0 check b immediate\n1 poll s socket\n1 check c immediate\n");
}

static void each_phase_takes_all_it_has_before_the_next(void **state) {
  (void)state;
  check_rows("socket s ready 0 0\n  immediate i\ntimer t ready 1 1\nscript main takes 1\n",
             "0 main main script\n1 timers t timer\n1 timers t timer\n1 poll s socket\n1 poll s socket\n"
             "1 check i immediate\n1 check i immediate\n");
}

static void what_becomes_ready_while_poll_works_waits_for_the_next_round(void **state) {
  (void)state;
  check_rows("socket a ready 1 takes 2\n  immediate i\nsocket b ready 2\n",
             "1 poll a socket\n3 check i immediate\n3 poll b socket\n");
}

static void the_timers_phase_looks_at_the_clock_once(void **state) {
  (void)state;
  /* t2 becomes due while t1 runs: next round. */
  check_rows("timer t1 ready 1 takes 3\ntimer t2 ready 2\nsocket s ready 3\n",
             "1 timers t1 timer\n4 poll s socket\n4 timers t2 timer\n");
}

/* timer6 is set at 10, and so due at 15 for libuv, though the callback ends at 22: it comes in the next round. */
static void libuv_s_clock_stands_still_while_a_callback_runs(void **state) {
  (void)state;
  check_rows(
      "script main\n timer timer5 after 10 takes 12\n  timer timer6 after 5\n  immediate immediate7\n"
      "   immediate immediate11\n",
      "0 main main script\n10 timers timer5 timer\n22 check immediate7 immediate\n22 timers timer6 timer\n"
      "22 check immediate11 immediate\n");
}

/* The microtask sets a timer, and so moves libuv's clock past timer2's time: another pass, before the check phase. */
static void a_timer_set_after_the_last_timer_s_callback_may_bring_another_pass(void **state) {
  (void)state;
  check_rows(
      "script main\n timer timer5 after 5 takes 12\n  microtask m\n   timer timer9 after 10\n"
      "  immediate immediate14\ntimer timer2 ready 11\n",
      "0 main main script\n5 timers timer5 timer\n17 microtask m microtask\n17 timers timer2 timer\n"
      "17 check immediate14 immediate\n27 timers timer9 timer\n");
}

static void poll_sleeps_until_a_timer_or_a_socket_unless_an_immediate_waits(void **state) {
  (void)state;
  check_rows("script main\n  immediate i\nsocket s ready 4\ntimer t ready 3\n",
             "0 main main script\n0 check i immediate\n3 timers t timer\n4 poll s socket\n");
}

static void a_promise_wakes_poll_and_joins_the_microtask_queue(void **state) {
  (void)state;
  check_rows("promise p ready 2\n  tick k\nsocket s ready 2\ntimer t ready 5\n",
             "2 microtask p promise\n2 tick k tick\n2 poll s socket\n5 timers t timer\n");
}

/* One list a delay, one list after the other: the comment at the head of lib/internal/timers.js. b was due at 6 and
 * runs before a's second timer only when the loop is late; then the list of 4 ms, which expired first, is gone through
 * as far as it is due: 4 and 7 before 6. */
static void a_late_loop_goes_through_one_list_of_timers_before_the_next(void **state) {
  (void)state;
  static const char on_time[] = "timer a ready 4\ntimer b ready 6\nsocket s ready 3\n  timer c after 4\n";
  check_rows(on_time, "3 poll s socket\n4 timers a timer\n6 timers b timer\n7 timers c timer\n");
  check_rows("timer a ready 4\ntimer b ready 6\nsocket s ready 3\n  timer c after 4\nsocket busy ready 3 takes 5\n",
             "3 poll s socket\n3 poll busy socket\n8 timers a timer\n8 timers c timer\n8 timers b timer\n");
}

/* listOnTimeout: a list that is not due yet is filed again, behind others of the same expiry. */
static void a_list_that_is_filed_again_goes_behind_those_of_the_same_expiry(void **state) {
  (void)state;
  check_rows("timer a ready 5\nsocket s ready 1\n  timer c after 5\nsocket u ready 3\n  timer b after 3\n",
             "1 poll s socket\n3 poll u socket\n5 timers a timer\n6 timers b timer\n6 timers c timer\n");
}

/* Timeout's constructor, in lib/internal/timers.js. */
static void a_delay_is_cut_to_whole_milliseconds(void **state) {
  (void)state;
  check_rows("script main\n  timer a after 2.9\n  timer b after 2.1\n  timer least after 0.5\n",
             "0 main main script\n1 timers least timer\n2 timers a timer\n2 timers b timer\n");
}

static void actions_happen_anew_each_time_their_callback_runs(void **state) {
  (void)state;
  check_rows(
      "socket s ready 1 2\n  immediate i\n    tick t\n",
      "1 poll s socket\n1 check i immediate\n1 tick t tick\n2 poll s socket\n2 check i immediate\n2 tick t tick\n");
}

static void a_step_knows_its_parent_and_when_it_was_queued(void **state) {
  (void)state;
  static const char text[] = "script main takes 2\n  timer t after 1\n  immediate i\n  tick k\nsocket s ready 1\n";
  static const struct {
    const char *name;
    int64_t ready_us;
    uint32_t parent;
    uint32_t queued_at;
  } rows[] = {{"main", 0, BELL_NONE, 0},
              {"k", 0, 0, 0},
              {"t", 1000, 0, 0}, /* set while step 0 ran */
              {"s", 1000, BELL_NONE, 1},
              {"i", 0, 0, 0}};
  run r;
  run_loop(&r, text, BELL_NODE);
  CHECK_EQUAL(text, "steps", r.trace.step_count, COUNT_OF(rows));
  for (uint32_t k = 0; k < COUNT_OF(rows); k++) {
    CHECK_TEXT(text, "name", step_name(&r.trace, k), rows[k].name);
    CHECK_EQUAL(text, "ready_us", bell_trace_event(&r.trace, k)->ready_us, rows[k].ready_us);
    CHECK_EQUAL(text, "parent", bell_trace_event(&r.trace, k)->parent, rows[k].parent);
    CHECK_EQUAL(text, "queued_at", r.trace.steps[k].queued_at, rows[k].queued_at);
  }
  run_free(&r);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas("timer t ready 1 2\n  tick m\n  timer u after 0\npromise p ready 0\n", BELL_NODE, 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_sources_there_are_no_rows),
      cmocka_unit_test(the_main_script_runs_first_wherever_it_stands),
      cmocka_unit_test(ticks_run_after_every_callback_and_before_microtasks),
      cmocka_unit_test(the_tick_queue_empties_before_the_first_microtask_and_the_microtask_queue_before_the_next_tick),
      cmocka_unit_test(a_timer_waits_at_least_1_ms),
      cmocka_unit_test(an_immediate_of_the_main_script_runs_before_a_timer_of_0_ms),
      cmocka_unit_test(inside_a_socket_s_callback_the_immediate_always_runs_first),
      cmocka_unit_test(immediates_queued_while_immediates_run_wait_for_the_next_round),
      cmocka_unit_test(each_phase_takes_all_it_has_before_the_next),
      cmocka_unit_test(what_becomes_ready_while_poll_works_waits_for_the_next_round),
      cmocka_unit_test(the_timers_phase_looks_at_the_clock_once),
      cmocka_unit_test(libuv_s_clock_stands_still_while_a_callback_runs),
      cmocka_unit_test(a_timer_set_after_the_last_timer_s_callback_may_bring_another_pass),
      cmocka_unit_test(poll_sleeps_until_a_timer_or_a_socket_unless_an_immediate_waits),
      cmocka_unit_test(a_promise_wakes_poll_and_joins_the_microtask_queue),
      cmocka_unit_test(a_late_loop_goes_through_one_list_of_timers_before_the_next),
      cmocka_unit_test(a_list_that_is_filed_again_goes_behind_those_of_the_same_expiry),
      cmocka_unit_test(a_delay_is_cut_to_whole_milliseconds),
      cmocka_unit_test(actions_happen_anew_each_time_their_callback_runs),
      cmocka_unit_test(a_step_knows_its_parent_and_when_it_was_queued),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("node_loop", tests, NULL, NULL);
}
