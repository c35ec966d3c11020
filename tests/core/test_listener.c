/* Listeners in lesson 4, and descriptors that run out: what an accept gives, and what becomes of a thread that has none
 * left. The order of the steps is the business of test_waiting_small_scope.c. */
#include "multiplexer/listener.h"

#include "support.h"

static const bell_strategy level_triggered[] = {BELL_READINESS, BELL_SELECT, BELL_POLL, BELL_EPOLL};

/* "A 1; L 1": of each row whose it is, and when. */
static char *rows_by_time(const bell_trace *trace) {
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < trace->step_count; k++) {
    string_add(&rows, "%s%s %g", k > 0 ? "; " : "", step_name(trace, k), (double)trace->steps[k].time_us / 1000);
  }
  return rows.bytes;
}

static void check_rows(const char *text, bell_strategy strategy, const char *expected) {
  run r;
  run_by(&r, text, strategy);
  char *rows = rows_by_time(&r.trace);
  CHECK_TEXT(text, bell_strategy_name(strategy), rows, expected);
  free(rows);
  run_free(&r);
}

/* ---- connections that come ---- */

static void an_accept_takes_one_connection(void **state) {
  (void)state;
  static const char text[] = "socket A ready 3\nlistener L ready 1 1 1 takes 1\n";
  static const bell_strategy by_descriptor[] = {BELL_BUSY_POLL, BELL_SELECT, BELL_POLL};
  for (size_t i = 0; i < COUNT_OF(by_descriptor); i++) check_rows(text, by_descriptor[i], "L 1; L 2; A 3; L 3");
  check_rows(text, BELL_READINESS, "L 1; L 2; L 3; A 4");
  check_rows(text, BELL_EPOLL_ET, "L 1; L 2; L 3; A 4");
  check_rows(text, BELL_THREADS, "L 1; L 2; A 3; L 3");
  check_rows(text, BELL_BLOCKING, "A 3; L 3; L 4; L 5");
}

static void it_is_said_to_accept_and_what_comes_is_a_connection(void **state) {
  (void)state;
  static const char text[] = "listener L ready 1 1\nsocket A ready 9 closes 9\n";
  check_reason(text, BELL_BUSY_POLL, 0, "until L had a connection to accept.");
  check_reason("listener L ready 1 1\n", BELL_THREADS, 1, "L's own thread has a connection to accept, and a core");
  check_reason(text, BELL_BLOCKING, 2, "Its connection has been ready since 1 ms");
  check_reason(text, BELL_READINESS, 0, "Then two connections of L came at once; they go in their order.");
  check_reason(text, BELL_EPOLL_ET, 1,
               "L accepts until nobody is left in its queue: edge-triggered, epoll_wait reports "
               "who comes, not who is left over.");
  check_reported(text, BELL_POLL, "L IN connection; L IN connection; A IN|RDHUP message; A IN|RDHUP 0");
  check_reason("socket W ready 2\n  watch write\nlistener L ready 5\n", BELL_POLL, 1,
               "Then L had a connection to accept.");
}

static void check_no_drain(const char *text, uint32_t k, const char *words, bool is_there) {
  run r;
  run_lesson_4(&r, text, (bell_lesson_options){.strategy = BELL_EPOLL_ET, .waiting = {.no_drain = true}});
  char *sentence = reason_sentence(&r.trace, k);
  CHECK(sentence, (strstr(sentence, words) != NULL) == is_there);
  free(sentence);
  run_free(&r);
}

static void edge_triggered_one_accept_a_report_loses_the_rest_of_a_burst(void **state) {
  (void)state;
  static const char burst[] = "listener L ready 1 1 1\n";
  check_no_drain(burst, 0,
                 " Behind it 2 more wait in the queue, and the edge was told already: nobody accepts on until another "
                 "connection comes. The cure: accept until it would block.",
                 true);
  check_no_drain("listener L ready 1 1\n", 0, "1 more waits in the queue", true);
  check_no_drain("listener L ready 1 2 takes 3\n", 0, "in the queue", false);
  check_no_drain("socket A ready 1 takes 3\nlistener L ready 1 2\n", 1, "in the queue",
                 false); /* the next wait tells */
  check_no_drain("listener L ready 1 1 1 descriptors 9\n", 0, "2 more wait in the queue", true);
  run r;
  run_by(&r, burst, BELL_EPOLL_ET);
  CHECK_EQUAL(burst, "steps with drain", r.trace.step_count, 3);
  char *sentence = reason_sentence(&r.trace, 0);
  CHECK(sentence, strstr(sentence, "in the queue") == NULL);
  free(sentence);
  run_free(&r);
}

/* ---- descriptors that run out ---- */

static const char few[] = "socket A ready 1 closes 20\nlistener L ready 1 1 5 5 descriptors 2\n";

static void level_triggered_a_listener_without_a_descriptor_is_ready_until_one_is_closed(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(level_triggered); i++) {
    bell_strategy s = level_triggered[i];
    check_rows(few, s, "A 1; L 1; L 1; A 20; L 20; L 30");
    check_reason(few, s, 1, "accept takes a descriptor for it: 1 is left.");
    check_reason(few, s, 2, "accept takes the last descriptor: from now on it fails with EMFILE, until one is closed.");
    check_reason(few, s, 3, "The thread could not sleep");
    check_reason(few, s, 3, "from 5 to 20 ms");
    check_reason(few, s, 3, "for L has a connection for which no descriptor is left");
    check_reason(few, s, 3, "So a descriptor is free: 1 is left.");
    check_reason(few, s, 5,
                 "The cure: close what is not needed, and keep a spare descriptor to turn away who comes "
                 "then.");
  }
  check_reason(few, BELL_POLL, 5,
               "The thread woke 7518 times in 10 ms, and accepted nothing: accept fails with EMFILE.");
  check_reported(few, BELL_POLL,
                 "A IN message; L IN connection; L IN connection; A IN|RDHUP 0; L IN connection; L IN EMFILE");
}

static void check_not_said(const char *text, uint32_t k, const char *words) {
  run r;
  run_by(&r, text, BELL_POLL);
  char *sentence = reason_sentence(&r.trace, k);
  CHECK(sentence, strstr(sentence, words) == NULL);
  free(sentence);
  run_free(&r);
}

static void who_sleeps_until_a_connection_comes_spins_from_then_on(void **state) {
  (void)state;
  run r;
  run_by(&r, few, BELL_POLL);
  CHECK_EQUAL(few, "spins at 1", bell_trace_spins(&r.trace, 2), false);
  CHECK_EQUAL(few, "spins at 20", bell_trace_spins(&r.trace, 3), true);
  CHECK_EQUAL(few, "slept", bell_trace_slept(&r.trace, 3), false);
  uint64_t rounds = bell_trace_rounds(&r.trace, 3);
  CHECK_EQUAL(few, "rounds in 15 ms", rounds, 15000000 / (700 + 2 * 145 + BELL_READ_IN_VAIN_NS));
  bell_calls calls = bell_trace_calls(&r.trace, 3);
  CHECK_EQUAL(few, "in vain", calls.in_vain, rounds);
  CHECK_EQUAL(few, "returned", calls.returned, rounds + 2);
  CHECK_EQUAL(few, "idle", bell_trace_totals(&r.trace).idle_us, 5000);
  run_free(&r);
}

/* It has waited longest, though the other came into the queue of arrivals before it was free. */
static void readiness_accepts_first_who_has_waited_longest(void **state) {
  (void)state;
  static const char text[] = "listener L ready 1 2 2 descriptors 1\nsocket A closes 4 never\nsocket B ready 4\n";
  check_rows(text, BELL_READINESS, "L 1; A 4; L 4; B 4; L 14");
  check_reason(text, BELL_READINESS, 2,
               "Two connections of L became ready at the same time, 2 ms; they go in their order.");
  check_rows("listener L ready 1 2 2 takes 1 descriptors 1\nsocket A closes 4 never\nsocket B closes 4 never\n",
             BELL_READINESS, "L 1; A 4; L 4; B 5; L 5");
}

static void a_socket_that_closes_earlier_in_the_same_answer_makes_room(void **state) {
  (void)state;
  static const char before[] = "socket A closes 9 never\nlistener L ready 1 9 descriptors 1\n";
  static const char behind[] = "listener L ready 1 9 descriptors 1\nsocket A closes 9 never\n";
  check_rows(before, BELL_POLL, "L 1; A 9; L 9");
  check_rows(behind, BELL_POLL, "L 1; A 9; L 9");
  run r;
  run_by(&r, before, BELL_POLL);
  CHECK_EQUAL(before, "the same answer", r.trace.steps[2].queued_at, 1);
  run_free(&r);
  run_by(&r, behind, BELL_POLL);
  CHECK_EQUAL(behind, "the next", r.trace.steps[2].queued_at, 2);
  CHECK_EQUAL(behind, "tried in vain", r.trace.answers[1].in_vain, 1);
  run_free(&r);
}

static void edge_triggered_nobody_tells_when_a_descriptor_is_free_again(void **state) {
  (void)state;
  check_rows(few, BELL_EPOLL_ET, "A 1; L 1; L 1; A 20");
  check_reason(few, BELL_EPOLL_ET, 2,
               "Edge-triggered, epoll_wait does not tell again of who waits in the queue then, though one be closed.");
  check_reason(
      few, BELL_EPOLL_ET, 3,
      "So a descriptor is free, but edge-triggered epoll_wait does not tell again of who waits in the queue of "
      "L: nobody accepts until another connection comes.");
  check_rows("socket A closes 20 never\nsocket B closes 20 never\nlistener L ready 1 5 30 descriptors 1\n",
             BELL_EPOLL_ET, "L 1; A 20; B 20; L 30; L 30");
  check_reason("socket A closes 20 never\nlistener L ready 1 descriptors 1\n", BELL_EPOLL_ET, 1,
               "So a descriptor is free: 1 is left.");
}

static void a_spare_descriptor_turns_away_who_finds_none(void **state) {
  (void)state;
  static const char text[] =
      "listener L ready 1 3 3 takes 2 descriptors 1\n  keep spare\nsocket A closes 9 never\nsocket B ready 4\n";
  for (size_t i = 0; i < COUNT_OF(level_triggered); i++) {
    check_rows(text, level_triggered[i], "L 1; L 3; L 3; B 4; A 9");
    check_reason(text, level_triggered[i], 0, "accept takes the last descriptor, besides the spare one.");
    check_reason(
        text, level_triggered[i], 1,
        "No descriptor is left, so accept fails with EMFILE. The handler closes its spare one, accepts, closes "
        "the connection at once, and opens the spare one again: the peer is told, and nobody spins.");
  }
  check_rows(text, BELL_EPOLL_ET, "L 1; L 3; L 3; B 4; A 9");
  check_reported(text, BELL_SELECT,
                 "L readable connection; L readable EMFILE; L readable EMFILE; B readable message; A readable 0");
  run r;
  run_by(&r, text, BELL_POLL);
  CHECK_EQUAL(text, "reads", bell_trace_calls(&r.trace, 1).reads, 2);
  CHECK_EQUAL(text, "in vain", bell_trace_calls(&r.trace, 1).in_vain, 1);
  run_free(&r);
}

/* Behind its last expiration; one that is left unread stays. */
static void a_timer_that_expires_no_more_gives_its_descriptor_back(void **state) {
  (void)state;
  static const char text[] = "timer T every 4 until 8\nlistener L ready 1 2 descriptors 1\n";
  for (size_t i = 0; i < COUNT_OF(level_triggered); i++) check_rows(text, level_triggered[i], "L 1; T 4; T 8; L 8");
  check_reason(text, BELL_POLL, 2, "So a descriptor is free: 1 is left.");
  check_rows("timer T ready 4\nlistener L ready 1 2 descriptors 1\n", BELL_POLL, "L 1; T 4; L 14");
  check_rows("timer T every 4 until 8\n  leave unread\nlistener L ready 1 2 descriptors 1\n", BELL_POLL,
             "L 1; T 4; L 14");
}

static void an_end_that_is_ignored_gives_nothing_back_and_both_are_named(void **state) {
  (void)state;
  static const char text[] =
      "socket A closes 4 never\n  ignore end\nsocket W ready 1\n  watch write\nlistener L ready 1 2 descriptors 1\n";
  check_rows(text, BELL_EPOLL, "W 1; L 1; A 4; L 14");
  check_reason(
      text, BELL_EPOLL, 3,
      "for A is at its end and was not closed, and W is watched for writing with nothing to write, and L has a "
      "connection for which no descriptor is left.");
  check_reason(text, BELL_EPOLL, 3, "and accepted and wrote nothing.");
  check_reason(
      text, BELL_EPOLL, 3,
      "something to write; close what is not needed, and keep a spare descriptor to turn away who comes then.");
  check_not_said(text, 0, "a descriptor is free");
  check_not_said(text, 2, "a descriptor is free");
  check_reason("socket A closes 4 never\n  ignore end\nlistener L ready 1 2 descriptors 1\n", BELL_EPOLL, 2,
               "and accepted and read nothing.");
}

static void it_keeps_a_timeout_from_passing(void **state) {
  (void)state;
  check_rows("timeout 5\nlistener L ready 1 4 descriptors 1\nsocket A ready 30 closes 30\n", BELL_POLL,
             "L 1; A 30; A 30; L 30");
  check_reason("signal S ready 20\nlistener L ready 1 4 descriptors 1\n", BELL_POLL, 1,
               "The signal S came, and the thread looks at the flag that its handler set.");
}

/* ---- who has no such wait ---- */

static void the_others_are_not_shown_without_descriptors(void **state) {
  (void)state;
  static const bell_strategy others[] = {BELL_BLOCKING, BELL_BUSY_POLL, BELL_THREADS, BELL_IO_URING};
  for (size_t i = 0; i < COUNT_OF(others); i++) {
    check_refused("socket A ready 1\nlistener L ready 1 descriptors 1\n", others[i],
                  "what becomes of a listener that is out of descriptors is not shown with this strategy");
  }
  check_refused("socket A ready 1\nlistener L ready 1 descriptors 1\nsocket B ready 1\n  write 1 KB\n", BELL_POLL,
                "descriptors do not go with handlers that write, or with fd");
  check_refused("socket A ready 1 fd 1500\nlistener L ready 1 descriptors 1\n", BELL_POLL, "or with fd");
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all(few);
  check_small_arenas_by_all("listener L ready 1 3 3 takes 2 descriptors 1\n  keep spare\ntimer T every 2 until 4\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_accept_takes_one_connection),
      cmocka_unit_test(it_is_said_to_accept_and_what_comes_is_a_connection),
      cmocka_unit_test(edge_triggered_one_accept_a_report_loses_the_rest_of_a_burst),
      cmocka_unit_test(level_triggered_a_listener_without_a_descriptor_is_ready_until_one_is_closed),
      cmocka_unit_test(who_sleeps_until_a_connection_comes_spins_from_then_on),
      cmocka_unit_test(readiness_accepts_first_who_has_waited_longest),
      cmocka_unit_test(a_socket_that_closes_earlier_in_the_same_answer_makes_room),
      cmocka_unit_test(edge_triggered_nobody_tells_when_a_descriptor_is_free_again),
      cmocka_unit_test(a_spare_descriptor_turns_away_who_finds_none),
      cmocka_unit_test(a_timer_that_expires_no_more_gives_its_descriptor_back),
      cmocka_unit_test(an_end_that_is_ignored_gives_nothing_back_and_both_are_named),
      cmocka_unit_test(it_keeps_a_timeout_from_passing),
      cmocka_unit_test(the_others_are_not_shown_without_descriptors),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("listener", tests, NULL, NULL);
}
