/* Connections that end, in all ways of waiting: what is reported, what a read gives, and the traps. The order of the
 * steps is the business of test_waiting_small_scope.c. */
#include <time.h>

#include "multiplexer/closing.h"
#include "multiplexer/io_multiplexer.h"
#include "scale/cost.h"
#include "support.h"

/* poll(2): "POLLRDHUP: Stream socket peer closed connection, or shut down writing half of connection." read(2): "zero
 * indicates end of file". What both sent before goes first. */
static void an_end_is_readable_and_read_gives_0(void **state) {
  (void)state;
  static const char one[] = "socket A ready 1 closes 3\n";
  static const char both[] = "socket A ready 3 closes 3\n";
  for (bell_strategy s = BELL_POLL; s <= BELL_EPOLL_ET; s++) {
    check_reported(one, s, "A IN message; A IN|RDHUP 0");
    check_reported(both, s, "A IN|RDHUP message; A IN|RDHUP 0");
  }
  check_reported(one, BELL_SELECT, "A readable message; A readable 0");
  check_reported(one, BELL_READINESS, "A readable message; A readable 0");
  check_reported(one, BELL_BLOCKING, "A  message; A  0");
  check_reported(one, BELL_BUSY_POLL, "A  message; A  0");
  check_reported(one, BELL_THREADS, "A  message; A  0");
  check_reported(one, BELL_IO_URING, "A  message; A  0");
}

/* What came before can be read first, as on Linux: tcp_recvmsg_locked in net/ipv4/tcp.c looks for the error when the
 * queue is empty. */
static void a_reset_is_an_error_that_is_told_once(void **state) {
  (void)state;
  static const char text[] = "socket A ready 3 resets 3\n  ignore end\n";
  for (bell_strategy s = BELL_POLL; s <= BELL_EPOLL; s++) {
    check_reported(text, s, "A IN|RDHUP|HUP|ERR message; A IN|RDHUP|HUP|ERR ECONNRESET; A IN|RDHUP|HUP 0");
  }
  check_reported(text, BELL_SELECT, "A readable message; A readable ECONNRESET; A readable 0");
  check_reported(text, BELL_EPOLL_ET, "A IN|RDHUP|HUP|ERR message; A IN|RDHUP|HUP|ERR ECONNRESET");
  check_reported(text, BELL_IO_URING, "A  message; A  ECONNRESET; A  0");
}

/* The end comes while the message is handled: it was not reported with it. */
static void what_is_reported_is_what_was_there_when_the_wait_began(void **state) {
  (void)state;
  check_reported("socket A ready 1 takes 2 closes 2\n", BELL_POLL, "A IN message; A IN|RDHUP 0");
  check_reported("socket A ready 1 takes 2 closes 2\n", BELL_EPOLL_ET, "A IN message; A IN 0"); /* read in the drain */
}

/* ---- the traps -------------------------------------------------------------------------------------------------- */

static const char left_open[] = "socket A \"bye\" ready 1 closes 3\n  ignore end\nsocket B ready 13\n";

typedef struct trap {
  bell_strategy strategy;
  uint64_t waits; /* of the last row, */
  uint64_t reads;
  const char *fact; /* and what it says */
} trap;

static void check_last(const char *text, const trap *t) {
  run r;
  run_by(&r, text, t->strategy);
  uint32_t last = r.trace.step_count - 1;
  bell_calls calls = bell_trace_calls(&r.trace, last);
  string sentence = {0};
  string_cut(&sentence, 0);
  string_add_cell(&sentence, bell_multiplexer_lesson.print_reason, &r.trace, last);
  CHECK_CONTAINS(text, bell_strategy_name(t->strategy), sentence.bytes, t->fact);
  CHECK_EQUAL(text, "waits", calls.waits, t->waits);
  CHECK_EQUAL(text, "reads", calls.reads, t->reads);
  CHECK_EQUAL(text, "is a step", !bell_trace_is_stop(&r.trace, last), 0);
  CHECK_EQUAL(text, "messages", bell_trace_totals(&r.trace).messages, 2);
  string_free(&sentence);
  run_free(&r);
}

/* 10 ms, by what a wait for two sockets and a read that gives nothing take. */
static void a_handler_that_does_not_close_never_lets_its_thread_sleep_again(void **state) {
  (void)state;
  static const trap traps[] = {
      {BELL_READINESS, 0, 0, "The thread never sleeps again"},
      {BELL_BLOCKING, 0, 29411, "the thread reads again: 29411 times in 10 ms"},
      {BELL_SELECT, 6493, 6493, "select answers at once, for A is at its end and was not closed. The thread"},
      {BELL_POLL, 7518, 7518, "poll answers at once, for A is at its end and was not closed. The thread"},
      {BELL_EPOLL, 11904, 11904, "The thread woke 11904 times in 10 ms, and read nothing. The cure: close a socket"},
      {BELL_THREADS, 0, 29411, "the thread reads again: 29411 times in 10 ms"},
      {BELL_IO_URING, 7299, 0, "each new read completes at once, with 0"},
  };
  for (size_t i = 0; i < COUNT_OF(traps); i++) check_last(left_open, &traps[i]);
}

/* poll(2), POLLOUT: "Writing is now possible". There is room nearly always. */
static void who_watches_for_writing_with_nothing_to_write_never_sleeps_either(void **state) {
  (void)state;
  static const char text[] = "socket A \"hi\" ready 1\n  watch write\nsocket B ready 13 closes 20\n  watch write\n";
  static const trap traps[] = {
      {BELL_READINESS, 0, 0, "for A is watched for writing with nothing to write. The thread never sleeps again"},
      {BELL_SELECT, 8333, 0, "woke 8333 times in 10 ms, and wrote nothing. The cure: watch for writing only while"},
      {BELL_POLL, 10101, 0, "poll answers at once, for A is watched for writing with nothing to write"},
      {BELL_EPOLL, 20000, 0, "woke 20000 times in 10 ms, and wrote nothing"},
  };
  for (size_t i = 0; i < COUNT_OF(traps); i++) check_last(text, &traps[i]);
  for (bell_strategy s = BELL_POLL; s <= BELL_EPOLL; s++) {
    check_reported(text, s, "A IN|OUT message; B IN|OUT message; B IN|OUT|RDHUP 0; A OUT ");
  }
  check_reported(text, BELL_SELECT,
                 "A readable|writable message; B readable|writable message; B readable|writable 0; A writable ");
  check_reported(text, BELL_EPOLL_ET, "A IN|OUT message; B IN|OUT message; B IN|OUT|RDHUP 0");
  check_reported(text, BELL_IO_URING, "A  message; B  message; B  0"); /* no interest, and no trap */
}

/* Nothing is ever said on A, so that the last row is B's, which is closed by then. */
static void of_a_socket_that_was_closed_nothing_is_reported(void **state) {
  (void)state;
  static const char closes[] = "socket A never\n  watch write\nsocket B ready 1 closes 1\n";
  static const char resets[] = "socket A never\n  watch write\nsocket B ready 1 resets 2\n  watch write\n";
  static const char pipe[] = "socket A never\n  watch write\npipe B ready 1 closes 2\n";
  for (bell_strategy s = BELL_POLL; s <= BELL_EPOLL; s++) {
    check_reported(closes, s, "B IN|RDHUP message; B IN|RDHUP 0; B  ");
    check_reported(resets, s, "B IN|OUT message; B IN|OUT|RDHUP|HUP|ERR ECONNRESET; B  ");
    check_reported(pipe, s, "B IN message; B HUP 0; B  ");
  }
  check_reported(closes, BELL_SELECT, "B readable message; B readable 0; B  ");
  check_reported(closes, BELL_KQUEUE, "B READ EOF message; B READ EOF 0; B  ");
}

/* A's end is ignored, and B is watched. */
static void both_traps_are_named_together(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 closes 1\n  ignore end\nsocket B ready 2\n  watch write\n";
  static const trap both = {
      BELL_EPOLL, 11904, 11904,
      "A is at its end and was not closed, and B is watched for writing with nothing to write. The "
      "thread woke 11904 times in 10 ms, and read and wrote nothing. The cure: close a socket when "
      "read gives 0; watch for writing only while there is something to write."};
  check_last(text, &both);
}

static void where_the_end_is_told_once_nothing_spins(void **state) {
  (void)state;
  static const bell_strategy calm[] = {BELL_EPOLL_ET, BELL_BUSY_POLL};
  for (size_t i = 0; i < COUNT_OF(calm); i++) {
    run r;
    run_by(&r, left_open, calm[i]);
    CHECK_EQUAL(left_open, bell_strategy_name(calm[i]), r.trace.step_count, 3);
    for (uint32_t k = 0; k < 3; k++) CHECK_EQUAL(left_open, "spins", bell_trace_spins(&r.trace, k), 0);
    run_free(&r);
  }
}

static void who_closes_sleeps_again(void **state) {
  (void)state;
  static const char cured[] = "socket A \"bye\" ready 1 closes 3\nsocket B ready 13\n";
  for (bell_strategy s = BELL_READINESS; s < BELL_STRATEGIES; s++) {
    run r;
    run_by(&r, cured, s);
    CHECK_EQUAL(cured, "steps", r.trace.step_count, 3);
    bool sleeps = s != BELL_BUSY_POLL;
    CHECK_EQUAL(cured, bell_strategy_name(s), bell_trace_slept(&r.trace, 2), sleeps);
    CHECK_EQUAL(cured, "idle", bell_trace_totals(&r.trace).idle_us, sleeps ? 13000 : 0);
    run_free(&r);
  }
}

/* In the sentences as in the counts: 10 ms pass before B comes. */
static void the_trap_is_named_in_the_next_step_too(void **state) {
  (void)state;
  run r;
  run_by(&r, left_open, BELL_POLL);
  string sentence = {0};
  string_cut(&sentence, 0);
  string_add_cell(&sentence, bell_multiplexer_lesson.print_reason, &r.trace, 1);
  CHECK_CONTAINS(left_open, "the end", sentence.bytes, "read gives 0, but the handler does not close A, so A is ready");
  string_cut(&sentence, 0);
  string_add_cell(&sentence, bell_multiplexer_lesson.print_reason, &r.trace, 2);
  CHECK_CONTAINS(left_open, "the step after", sentence.bytes,
                 "could not sleep: from 3 to 13 ms poll answered 7518 times at once");
  CHECK_EQUAL(left_open, "reads", bell_trace_calls(&r.trace, 2).reads, 7518 + 2); /* the last answer has A and B */
  string_free(&sentence);
  run_free(&r);
}

static void a_blocking_thread_sleeps_for_good_where_nothing_is_ever_said(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1\nsocket Mute never\nsocket C ready 3\nsocket B ready 4\n";
  run r;
  run_by(&r, text, BELL_BLOCKING);
  CHECK_EQUAL(text, "rows", r.trace.step_count, 2);
  CHECK_TEXT(text, "starved", step_name(&r.trace, 1), "C");
  CHECK_EQUAL(text, "queue", r.trace.steps[1].queue, BELL_QUEUE_STARVED);
  CHECK_EQUAL(text, "time", r.trace.steps[1].time_us, 3000);
  string sentence = {0};
  string_cut(&sentence, 0);
  string_add_cell(&sentence, bell_multiplexer_lesson.print_reason, &r.trace, 1);
  CHECK_CONTAINS(text, "reason", sentence.bytes, "the thread sleeps at Mute, on which nothing is ever said");
  string_free(&sentence);
  run_free(&r);
  for (bell_strategy s = BELL_READINESS; s < BELL_STRATEGIES; s++) {
    run_by(&r, text, s);
    CHECK_EQUAL(text, bell_strategy_name(s), r.trace.step_count, 3);
    run_free(&r);
  }
  run_by(&r, "socket Mute never\nsocket B never closes 8\n  ignore end\n",
         BELL_BLOCKING); /* who sleeps does not spin */
  CHECK_EQUAL("Mute, then B", "rows", r.trace.step_count, 1);
  CHECK_EQUAL("Mute, then B", "queue", r.trace.steps[0].queue, BELL_QUEUE_STARVED);
  run_free(&r);
  run_by(&r, "socket A ready 1\nsocket Mute never\n", BELL_BLOCKING); /* nobody else waits */
  CHECK_EQUAL("A, then Mute", "rows", r.trace.step_count, 1);
  run_free(&r);
}

/* ---- how often it wakes ----------------------------------------------------------------------------------------- */

static bell_costs measured_costs(void) {
  FILE *file = fopen("core/live/measured.tsv", "rb");
  if (file == NULL) fail_msg("core/live/measured.tsv is not here: run this where the sources are");
  char tsv[8192];
  size_t length = fread(tsv, 1, sizeof tsv, file);
  fclose(file);
  bell_costs costs;
  bell_costs_read(&costs, tsv, length);
  return costs;
}

/* One of so many sockets is at its end. How long a round takes by the model, in nanoseconds. */
static double round_ns(bell_strategy strategy, unsigned sockets) {
  string text = {0};
  string_add(&text, "socket a never closes 0\n  ignore end\n");
  for (unsigned i = 1; i < sockets; i++) string_add(&text, "socket s%u never\n", i);
  run r;
  run_by(&r, text.bytes, strategy);
  double rounds = (double)bell_trace_rounds(&r.trace, 1);
  run_free(&r);
  string_free(&text);
  return BELL_SPIN_WATCHED_US * 1000.0 / rounds;
}

/* Every run of three connections of each kind: what is said to have no end is said once, and nothing comes after it. */
static void nothing_follows_what_has_no_end(void **state) {
  (void)state;
  static const char *const rests[] = {"ready 1\n", "never\n", "ready 2 closes 3\n", "never closes 3\n  ignore end\n",
                                      "ready 1\n  watch write\n"};
  for (size_t mix = 0; mix < COUNT_OF(rests) * COUNT_OF(rests) * COUNT_OF(rests); mix++) {
    string text = {0};
    size_t left = mix;
    for (int i = 0; i < 3; i++) {
      string_add(&text, "socket %c %s", 'A' + i, rests[left % COUNT_OF(rests)]);
      left /= COUNT_OF(rests);
    }
    for (bell_strategy s = BELL_BLOCKING; s < BELL_STRATEGIES; s++) {
      run r;
      run_by(&r, text.bytes, s);
      for (uint32_t k = 0; k + 1 < r.trace.step_count; k++) CHECK(text.bytes, !bell_trace_is_stop(&r.trace, k));
      run_free(&r);
    }
    string_free(&text);
  }
}

static void rounds_take_what_was_measured(void **state) {
  (void)state;
  static const struct {
    bell_strategy strategy;
    bell_wait_call call;
    bool reads; /* besides */
  } ways[] = {{BELL_SELECT, BELL_WAIT_SELECT, true},
              {BELL_POLL, BELL_WAIT_POLL, true},
              {BELL_EPOLL, BELL_WAIT_EPOLL, true},
              {BELL_IO_URING, BELL_WAIT_IO_URING, false}};
  static const unsigned sockets[] = {10, 30, 100, 300, 1000};
  bell_costs costs = measured_costs();
  for (size_t w = 0; w < COUNT_OF(ways); w++) {
    for (size_t i = 0; i < COUNT_OF(sockets); i++) {
      double measured = bell_cost_wait_ns(&costs, ways[w].call, BELL_WAIT_AT_ONCE, sockets[i] - 1.0);
      if (ways[w].reads) measured += costs.read_in_vain_ns;
      double ratio = round_ns(ways[w].strategy, sockets[i]) / measured;
      print_message("%-8s %4u sockets: %.2f\n", bell_strategy_name(ways[w].strategy), sockets[i], ratio);
      CHECK("within a fifth", ratio > 0.8 && ratio < 1.25);
    }
  }
}

/* ---- memory and time -------------------------------------------------------------------------------------------- */

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all(left_open);
}

/* Seconds to look at; what is quadratic takes hours. 96 bytes an event at most. */
static void many_connections_that_end_are_served_in_a_moment(void **state) {
  (void)state;
  string text = {0};
  for (uint32_t i = 0; i < many(100000); i++) {
    string_add(&text, "socket s%u ready %u closes %u\n%s", i, i % 100, i % 100 + i % 7, i % 5 ? "" : "  ignore end\n");
  }
  reading r = read_good(text.bytes, BELL_MULTIPLEXER);
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    bell_lesson_options options = {.strategy = s};
    size_t bytes = bell_multiplexer_lesson.memory(&r.scenario, options);
    CHECK("96 bytes an event", bytes <= (size_t)96 * r.scenario.event_count);
    bell_arena arena = {.base = malloc(bytes), .capacity = bytes};
    assert_non_null(arena.base);
    bell_trace trace;
    clock_t start = clock();
    assert_true(bell_multiplexer_lesson.run(&trace, &r.scenario, options, &arena));
    print_message("%-10s %.3f s\n", bell_strategy_name(s), (double)(clock() - start) / CLOCKS_PER_SEC);
    bool goes_on = trace.step_count > r.scenario.event_count;
    CHECK_EQUAL("a row more", bell_strategy_name(s), goes_on, bell_closing_spins(s));
    free(arena.base);
  }
  reading_free(&r);
  string_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_end_is_readable_and_read_gives_0),
      cmocka_unit_test(a_reset_is_an_error_that_is_told_once),
      cmocka_unit_test(what_is_reported_is_what_was_there_when_the_wait_began),
      cmocka_unit_test(a_handler_that_does_not_close_never_lets_its_thread_sleep_again),
      cmocka_unit_test(who_watches_for_writing_with_nothing_to_write_never_sleeps_either),
      cmocka_unit_test(of_a_socket_that_was_closed_nothing_is_reported),
      cmocka_unit_test(both_traps_are_named_together),
      cmocka_unit_test(where_the_end_is_told_once_nothing_spins),
      cmocka_unit_test(who_closes_sleeps_again),
      cmocka_unit_test(the_trap_is_named_in_the_next_step_too),
      cmocka_unit_test(a_blocking_thread_sleeps_for_good_where_nothing_is_ever_said),
      cmocka_unit_test(nothing_follows_what_has_no_end),
      cmocka_unit_test(rounds_take_what_was_measured),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(many_connections_that_end_are_served_in_a_moment),
  };
  return cmocka_run_group_tests_name("closing", tests, NULL, NULL);
}
