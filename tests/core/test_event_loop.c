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
  check_rows("timer t ready 1 3\n  microtask m\n  timer u after 1\n    microtask n\n",
             "1 task t timer\n1 microtask m microtask\n2 task u timer\n2 microtask n microtask\n"
             "3 task t timer\n3 microtask m microtask\n4 task u timer\n4 microtask n microtask\n");
}

static void the_clock_moves_only_when_both_queues_are_empty(void **state) {
  (void)state;
  check_rows("timer a ready 5\npromise b ready 7\ntimer c ready 5 takes 1\n",
             "5 task a timer\n5 task c timer\n7 microtask b promise\n");
}

static void times_at_the_left_edge_are_exact_to_a_microsecond(void **state) {
  (void)state;
  check_rows("script main takes 1.002\ntimer late ready 1.003\ntimer early ready 0.999\n",
             "0 task main script\n1.002 task early timer\n1.003 task late timer\n");
}

/* https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#dom-settimeout: its timeout is a long. */
static void a_delay_is_cut_to_whole_milliseconds(void **state) {
  (void)state;
  check_rows("timer t ready 1.001\n  timer whole after 2.999\n  timer none after 0.999\n",
             "1.001 task t timer\n1.001 task none timer\n3.001 task whole timer\n");
  check_rows("script main\n  promise p\n  then f of p\n  resolve p after 2.5\n",
             "0 task main script\n2 task p resolve\n2 microtask f then\n");
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
  check_small_arenas("timer t ready 1 2\n  microtask m\n  timer u after 0\npromise p ready 0\n", BELL_BROWSER, 7);
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
  assert_int_equal(bell_trace_totals(&r.trace).end_us, (6 * 1 + 122 * 4) * 1000); /* see the clamp of nested timers */
  run_free(&r);
  string_free(&text);
}

/* ---- frames: https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#animation-frames ---- */

static void a_frame_callback_runs_at_the_first_multiple_of_a_60th_of_a_second_after_the_asking(void **state) {
  (void)state;
  check_rows("script main\n  frame f\n", "0 task main script\n16.667 frame f frame\n");
  check_rows("timer t ready 16.667\n  frame f\n", "16.667 task t timer\n33.333 frame f frame\n");
  check_rows("timer t ready 33.333\n  frame f\n", "33.333 task t timer\n50 frame f frame\n");
}

static void all_callbacks_asked_for_before_a_frame_run_in_it_in_order_each_with_its_microtasks(void **state) {
  (void)state;
  check_rows("script main\n  frame a\n    microtask m\n  frame b\ntimer t ready 5\n  frame c\n",
             "0 task main script\n5 task t timer\n16.667 frame a frame\n16.667 microtask m microtask\n"
             "16.667 frame b frame\n16.667 frame c frame\n");
}

static void a_callback_asked_for_during_a_frame_waits_for_the_next(void **state) {
  (void)state;
  check_rows("script main\n  frame a\n    frame b\n    microtask m\n      frame c\n",
             "0 task main script\n16.667 frame a frame\n16.667 microtask m microtask\n33.333 frame b frame\n"
             "33.333 frame c frame\n");
}

static void a_long_task_delays_a_frame_and_what_it_asks_for_joins(void **state) {
  (void)state;
  check_rows("script main\n  frame a\nscript busy ready 10 takes 30\nsocket s ready 11\n  frame b\n",
             "0 task main script\n10 task busy script\n40 task s socket\n40 frame a frame\n40 frame b frame\n");
}

static void a_frame_that_is_due_waits_its_turn_among_the_tasks(void **state) {
  (void)state;
  check_rows(
      "script main\n  frame f takes 3\nscript busy ready 10 takes 30\ntimer early ready 16\ntimer late ready 17\n",
      "0 task main script\n10 task busy script\n40 task early timer\n40 frame f frame\n43 task late timer\n");
}

static void between_the_callbacks_of_one_frame_no_task_runs(void **state) {
  (void)state;
  check_rows("script main\n  frame a takes 5\n  frame b\ntimer t ready 17\n",
             "0 task main script\n16.667 frame a frame\n21.667 frame b frame\n21.667 task t timer\n");
}

/* ---- timers: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timer-initialisation-steps ---- */

static const char nested_timers[] =
    "script main\n timer a after 0\n  timer b after 0\n   timer c after 0\n    timer d after 0\n     timer e after 0\n"
    "      timer f after 0\n       timer g after 0\n        timer h after 5\n         timer i after 1\n";

static void a_timer_nested_deeper_than_five_waits_at_least_4_ms(void **state) {
  (void)state;
  check_rows(nested_timers,
             "0 task main script\n0 task a timer\n0 task b timer\n0 task c timer\n0 task d timer\n0 task e timer\n"
             "0 task f timer\n4 task g timer\n9 task h timer\n13 task i timer\n");
}

/* The nesting level is the task's: microtasks after it set timers as deep as it does, a socket's callback as none. */
static void a_microtask_nests_as_deep_as_the_task_before_it_and_any_other_task_not_at_all(void **state) {
  (void)state;
  check_rows(
      "timer a ready 0\n timer b after 0\n  timer c after 0\n   timer d after 0\n    timer e after 0\n"
      "     timer f after 0\n      microtask m\n       timer g after 0\nsocket s ready 1\n timer t after 0\n",
      "0 task a timer\n0 task b timer\n0 task c timer\n0 task d timer\n0 task e timer\n0 task f timer\n"
      "0 microtask m microtask\n1 task s socket\n1 task t timer\n4 task g timer\n");
}

/* Who settles it is a task of its own, and no timer. */
static void a_promise_that_wakes_the_loop_is_nested_in_no_timer(void **state) {
  (void)state;
  check_rows(
      "timer a ready 0\n timer b after 0\n  timer c after 0\n   timer d after 0\n    timer e after 0\n"
      "     timer f after 0\npromise p ready 50\n timer t after 0\nsocket s ready 52\n",
      "0 task a timer\n0 task b timer\n0 task c timer\n0 task d timer\n0 task e timer\n0 task f timer\n"
      "50 microtask p promise\n50 task t timer\n52 task s socket\n");
}

static void an_input_is_a_task(void **state) {
  (void)state;
  check_rows("input click ready 1 2\n  microtask m\npromise p ready 2\n",
             "1 task click input\n1 microtask m microtask\n2 microtask p promise\n2 task click input\n"
             "2 microtask m microtask\n");
}

/* ---- what HTML leaves open: https://html.spec.whatwg.org/multipage/webappapis.html#task-source ---- */

static void a_step_says_where_the_order_is_not_guaranteed(void **state) {
  (void)state;
  static const struct {
    const char *text;
    uint32_t step;
    bell_no_guarantee open;
  } cases[] = {
      {"timer a ready 2\nsocket b ready 2", 0, BELL_NO_GUARANTEE_SOURCES},
      {"timer a ready 2\nsocket b ready 2", 1, BELL_GUARANTEED},
      {"socket a ready 2\nsocket b ready 2", 0, BELL_GUARANTEED},
      {"socket a ready 2\nscript b ready 2", 0, BELL_GUARANTEED}, /* both come over the network */
      {"input a ready 2\ntimer b ready 2", 0, BELL_NO_GUARANTEE_SOURCES},
      {"timer a ready 2\ntimer b ready 2\npromise p ready 2", 1, BELL_GUARANTEED},
      {"script busy takes 5\ntimer a ready 1\nsocket b ready 4", 1, BELL_NO_GUARANTEE_SOURCES},
      {"timer a ready 2\nsocket b ready 2.9", 0, BELL_NO_GUARANTEE_LATE},
      {"timer a ready 2\nsocket b ready 3", 0, BELL_GUARANTEED},
      {"timer a ready 2\npromise p ready 2.5", 0, BELL_NO_GUARANTEE_LATE},
      {"timer b ready 2.5\ntimer a ready 2", 0, BELL_NO_GUARANTEE_LATE}, /* b was set first, with a longer delay */
      {"timer a ready 2\ntimer b ready 2.5", 0, BELL_GUARANTEED},
      {"timer a ready 2\nscript s ready 1\n  timer b after 1", 1, BELL_NO_GUARANTEE_TIMERS},
      {"script s ready 1\n  timer a after 2\n  timer b after 2", 1, BELL_GUARANTEED},
      {"script s\n  frame f\ntimer t ready 1", 0, BELL_GUARANTEED},
      {"script s\n  frame f\ntimer t ready 1", 1, BELL_NO_GUARANTEE_FRAME},
      {"script s\n  frame f\n  microtask m\npromise p ready 1", 1, BELL_GUARANTEED}, /* m: before any frame */
      {"script s\n  frame f\n  microtask m\npromise p ready 1", 2, BELL_NO_GUARANTEE_FRAME},
      {"script s\n  frame f\ntimer t ready 18", 1, BELL_GUARANTEED},
      {"script s\n  frame f takes 2\ntimer t ready 18", 1, BELL_NO_GUARANTEE_FRAME},
      {"timer t ready 16\n  frame f\nsocket s ready 32", 1, BELL_NO_GUARANTEE_FRAME},
      {"script s\n  frame f\nscript busy ready 10 takes 9\ninput i ready 17", 2, BELL_NO_GUARANTEE_SOURCES},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    run r;
    run_loop(&r, cases[i].text, BELL_BROWSER);
    CHECK_EQUAL(cases[i].text, "no_guarantee", r.trace.steps[cases[i].step].no_guarantee, cases[i].open);
    char *sentence = reason_sentence(&r.trace, cases[i].step);
    bool says = strstr(sentence, "No guarantee: ") != NULL;
    CHECK_EQUAL(cases[i].text, "says so", says, cases[i].open != BELL_GUARANTEED);
    free(sentence);
    run_free(&r);
  }
}

/* ---- forever ---- */

/* The last row, "MS QUEUE NAME KIND"; and that the totals are those of the rows before it. */
static void check_end(const char *text, bell_host host, const char *expected) {
  run r;
  run_loop(&r, text, host);
  string rows = rows_of(&r.trace);
  string_cut(&rows, rows.length - 1);
  CHECK_TEXT(text, "last row", strrchr(rows.bytes, '\n') + 1, expected);
  bell_totals totals = bell_trace_totals(&r.trace);
  uint32_t handled = r.trace.step_count - 1;
  CHECK_EQUAL(text, "messages", totals.messages, handled);
  CHECK_EQUAL(text, "end", totals.end_us, bell_trace_end_us(&r.trace, handled - 1));
  CHECK(text, handled > 300 && handled <= r.reading.scenario.run_count);
  string_free(&rows);
  run_free(&r);
}

static void what_goes_on_forever_is_stopped_and_who_never_got_a_turn_starves(void **state) {
  (void)state;
  check_end("script main\n  microtask again forever\ntimer t ready 0\n", BELL_BROWSER, "0 starved t timer");
  check_end("script main\n  microtask again takes 1 forever\ntimer t ready 9\nsocket s ready 8\n", BELL_BROWSER,
            "1001 starved s socket");
  check_end("script main\n  microtask again forever\ntimer t ready 7\n", BELL_BROWSER, "0 starved t timer");
  check_end("script main\n  frame f\n  microtask again forever\n", BELL_BROWSER, "0 starved f frame");
  check_end("script main\n  tick again forever\n  immediate i\n", BELL_NODE, "0 starved i immediate");
  check_end("script main\n  tick again forever\n  microtask m\n", BELL_NODE, "0 starved m microtask");
  check_end("script main\n  microtask again forever\n    tick t\n  timer z after 0\n", BELL_NODE, "0 starved z timer");
  check_end("timer t ready 1\n  microtask again forever\nsocket s ready 3\n", BELL_NODE, "1 starved s socket");
  check_end("script main\n  microtask again takes 1 forever\nsocket s ready 1000.5\n", BELL_BROWSER,
            "1001 starved s socket");
}

static void where_nobody_starves_the_last_row_says_what_would_come_next(void **state) {
  (void)state;
  check_end("script main\n  microtask again forever\n", BELL_BROWSER, "0 stopped again microtask");
  check_end("script main\n  timer again after 2 forever\n", BELL_BROWSER,
            "3992 stopped again timer"); /* 6 * 2 + 995 * 4 */
  check_end("script main\n  immediate again forever\nsocket s ready 1\n", BELL_NODE, "0 stopped again immediate");
  check_end("script main\n  timer again after 0 forever\n", BELL_NODE, "1001 stopped again timer");
  check_end("script main\n  immediate again forever\n    tick t\n    microtask m\n", BELL_NODE, "0 stopped t tick");
  check_end("script main\n  immediate again forever\n    microtask m\n", BELL_NODE, "0 stopped m microtask");
  check_end("script main\n  timer again after 0 forever\n    microtask m\n    microtask n\n", BELL_BROWSER,
            "1316 stopped m microtask"); /* 335 times, the first 6 at once, then each 4 ms later */
}

static void what_becomes_ready_during_the_last_callback_has_joined_its_queue(void **state) {
  (void)state;
  run r;
  run_loop(&r, "script main\n  microtask again takes 1 forever\nsocket s ready 1000.5\n", BELL_BROWSER);
  uint32_t last = r.trace.step_count - 1;
  assert_int_equal(r.trace.steps[last].queued_at, last);
  run_free(&r);
}

/* Whoever ran last. */
static void the_last_row_names_what_goes_on_forever(void **state) {
  (void)state;
  for (int host = BELL_BROWSER; host <= BELL_NODE; host++) {
    string text = {0};
    string_add(&text, "script main\n  timer beat after 4 forever\nsocket s ready");
    for (int k = 1; k <= 1000; k++) string_add(&text, " %d.5", 8 * k);
    string_add(&text, "\n  microtask m\n");
    run r;
    run_loop(&r, text.bytes, (bell_host)host);
    const bell_step *last = &r.trace.steps[r.trace.step_count - 1];
    const bell_event *endless = &r.trace.events[last->other];
    CHECK_TEXT("", "endless", bell_scenario_name(r.trace.scenario, endless->statement), "beat");
    run_free(&r);
    string_free(&text);
  }
}

/* The event is queued right after the actions, so it is behind the microtasks that they queue. */
static void what_goes_on_forever_queues_itself_behind_what_it_queued(void **state) {
  (void)state;
  run r;
  run_loop(&r, "script main\n  microtask again forever\n    microtask m\n", BELL_BROWSER);
  static const char *const names[] = {"main", "again", "m", "again", "m", "again"};
  for (uint32_t k = 0; k < COUNT_OF(names); k++) assert_string_equal(step_name(&r.trace, k), names[k]);
  run_free(&r);
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
      cmocka_unit_test(times_at_the_left_edge_are_exact_to_a_microsecond),
      cmocka_unit_test(a_delay_is_cut_to_whole_milliseconds),
      cmocka_unit_test(a_step_knows_its_parent_and_when_it_was_queued),
      cmocka_unit_test(the_scenarios_events_come_first_then_one_for_each_action_as_it_happens),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(actions_256_deep_run),
      cmocka_unit_test(a_frame_callback_runs_at_the_first_multiple_of_a_60th_of_a_second_after_the_asking),
      cmocka_unit_test(all_callbacks_asked_for_before_a_frame_run_in_it_in_order_each_with_its_microtasks),
      cmocka_unit_test(a_callback_asked_for_during_a_frame_waits_for_the_next),
      cmocka_unit_test(a_long_task_delays_a_frame_and_what_it_asks_for_joins),
      cmocka_unit_test(a_frame_that_is_due_waits_its_turn_among_the_tasks),
      cmocka_unit_test(between_the_callbacks_of_one_frame_no_task_runs),
      cmocka_unit_test(a_timer_nested_deeper_than_five_waits_at_least_4_ms),
      cmocka_unit_test(a_promise_that_wakes_the_loop_is_nested_in_no_timer),
      cmocka_unit_test(a_microtask_nests_as_deep_as_the_task_before_it_and_any_other_task_not_at_all),
      cmocka_unit_test(an_input_is_a_task),
      cmocka_unit_test(a_step_says_where_the_order_is_not_guaranteed),
      cmocka_unit_test(what_goes_on_forever_is_stopped_and_who_never_got_a_turn_starves),
      cmocka_unit_test(where_nobody_starves_the_last_row_says_what_would_come_next),
      cmocka_unit_test(what_becomes_ready_during_the_last_callback_has_joined_its_queue),
      cmocka_unit_test(the_last_row_names_what_goes_on_forever),
      cmocka_unit_test(what_goes_on_forever_queues_itself_behind_what_it_queued),
  };
  return cmocka_run_group_tests_name("event_loop", tests, NULL, NULL);
}
