/* The end of a pipe that is read: it is served as a socket is, and what is reported of it is other. Its order is held
 * to the plain model of test_waiting_small_scope.c. */
#include <string.h>

#include "multiplexer/closing.h"
#include "support.h"

static const bell_strategy with_conditions[] = {BELL_POLL, BELL_EPOLL};

/* poll(2), of POLLHUP: "Subsequent reads from the channel will return 0 (end of file) only after all outstanding data
 * in the channel has been consumed." */
static void at_its_end_it_has_hup_alone_once_it_is_empty(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(with_conditions); i++) {
    bell_strategy s = with_conditions[i];
    check_reported("pipe P ready 1 closes 2\n", s, "P IN message; P HUP 0");
    check_reported("pipe P ready 1 closes 1\n", s, "P IN|HUP message; P HUP 0");
    check_reported("pipe P ready 1 takes 2 closes 2\n", s, "P IN message; P HUP 0");
    check_reported("pipe P never closes 2\n  ignore end\nsocket A ready 3\n", s, "P HUP 0; A IN message; P HUP 0");
    check_reported("pipe P ready 1 1 closes 1 size 4 bytes in 2 parts\n  read up to 3 bytes\n", s,
                   "P IN|HUP 3; P IN|HUP 1; P HUP 0");
    check_reported("pipe P ready 1 closes 2 size 4 bytes in 2 parts\n", s, "P IN 2; P HUP 0");
  }
}

/* A pipe is no stream socket, whose RDHUP it has not; to select(2) one that has HUP is readable. */
static void every_way_tells_of_it_as_it_does(void **state) {
  (void)state;
  static const char text[] = "pipe P ready 1 closes 1\n";
  check_reported(text, BELL_SELECT, "P readable message; P readable 0");
  check_reported(text, BELL_READINESS, "P readable message; P readable 0");
  check_reported(text, BELL_EPOLL_ET, "P IN|HUP message; P IN|HUP 0"); /* the second is read in the drain */
  check_reported("pipe P ready 1 closes 2\n", BELL_EPOLL_ET, "P IN message; P HUP 0");
  check_reported("pipe P ready 1 takes 2 closes 2\n", BELL_EPOLL_ET, "P IN message; P IN 0");
  check_reported(text, BELL_BLOCKING, "P  message; P  0");
  check_reported(text, BELL_BUSY_POLL, "P  message; P  0");
  check_reported(text, BELL_THREADS, "P  message; P  0");
  check_reported(text, BELL_IO_URING, "P  message; P  0");
  check_reported(text, BELL_KQUEUE, "P READ EOF message; P READ EOF 0");
  check_reported("pipe P ready 1 closes 1\n  ignore end\nsocket A ready 2\n", BELL_SELECT,
                 "P readable message; P readable 0; A readable message; P readable 0");
}

/* What is left over at its end is told of with it, and lost where an edge is told once and read once. */
static void an_edge_is_told_once(void **state) {
  (void)state;
  run r;
  run_waiting(&r, "pipe P ready 1 1 closes 2\n", BELL_EPOLL_ET, (bell_waiting_options){.no_drain = true});
  assert_int_equal(r.trace.step_count, 2);
  string reported = {0};
  string_cut(&reported, 0);
  string_add_cell(&reported, bell_closing_print_reported, &r.trace, 1);
  assert_string_equal(reported.bytes, "IN|HUP");
  string_free(&reported);
  run_free(&r);
}

static void its_end_is_said_to_be_nobody_at_the_other_one(void **state) {
  (void)state;
  check_reason("pipe P never closes 2\n", BELL_POLL, 0,
               " Nobody has its other end any more: read gives 0, and the handler closes P too.");
  static const char ignored[] = "pipe P never closes 2\n  ignore end\npipe Q never closes 2\n  ignore end\n";
  check_reason(ignored, BELL_POLL, 0, "read gives 0, but the handler does not close P, so P is ready from now on");
  check_reason(ignored, BELL_POLL, 2, "for 2 descriptors are at their end and were not closed.");
  check_reason(ignored, BELL_POLL, 2, "The cure: close a descriptor when read gives 0.");
  check_reason("socket A never closes 2\n  ignore end\nsocket B never closes 2\n  ignore end\n", BELL_POLL, 2,
               "for 2 sockets are at their end and were not closed.");
}

/* ---- no sockets -------------------------------------------------------------------------------------------------- */

static const char *const others[] = {
    "timer n%u ready %u\n",
    "timer n%u every %u.5 until 9\n",
    "timer n%u ready %u\n  leave unread\n",
    "pipe n%u ready %u 5 closes 6\n",
    "pipe n%u ready %u closes 4\n  ignore end\n",
    "listener n%u ready %u 3 3 takes 1\n",
    "file n%u reads 1 takes %u\n",
    "file n%u reads 2 takes %u\n  ignore end\n",
};

static const char *const among[] = {
    "socket n%u ready %u 4 4 takes 2\n",
    "socket n%u ready %u closes 4\n  ignore end\n",
    "socket n%u ready %u 3 3\n  watch write\n",
    "socket n%u ready %u 3 size 9 bytes in 2 parts\n  read up to 2 bytes\n",
};

static void add_line(uint64_t *chance, const char *const *lines, uint32_t count, uint32_t name, string *text) {
  char line[160];
  snprintf(line, sizeof line, lines[random_below(chance, count)], name, random_below(chance, 4)); /* NOLINT: its own */
  string_add(text, "%s", line);
}

/* Why of each step, and of the last row, however it is served. */
static void check_no_socket_is_named(const char *text, bell_strategy strategy, bell_waiting_options waiting) {
  bool is_refused = strstr(text, "file ") != NULL && (strategy == BELL_EPOLL || strategy == BELL_EPOLL_ET);
  if (is_refused) return;
  run r;
  run_lesson_4(&r, text, (bell_lesson_options){.strategy = strategy, .waiting = waiting});
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    char *reason = reason_sentence(&r.trace, k);
    if (strstr(reason, "socket") != NULL) {
      fail_msg("%s, step %u: \"%s\" in\n%s", bell_strategy_name(strategy), k, reason, text);
    }
    free(reason);
  }
  run_free(&r);
}

/* A timer, a pipe or a worker's eventfd is no socket; so where there are some, what is said of all speaks of
 * descriptors. */
static void where_some_are_no_sockets_none_is_called_one(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= rounds(300); seed++) {
    uint64_t chance = seed;
    string text = {0};
    string_cut(&text, 0);
    for (uint32_t i = 0, count = 1 + random_below(&chance, 4); i < count; i++) {
      bool is_other = i == 0 || random_below(&chance, 2) == 0;
      add_line(&chance, is_other ? others : among, is_other ? COUNT_OF(others) : COUNT_OF(among), i, &text);
    }
    for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
      check_no_socket_is_named(text.bytes, s, (bell_waiting_options){.maxevents = random_below(&chance, 3)});
    }
    check_no_socket_is_named(text.bytes, BELL_EPOLL_ET, (bell_waiting_options){.no_drain = true});
    check_no_socket_is_named(text.bytes, BELL_EPOLL_ET, (bell_waiting_options){.reads_a_turn = 2});
    string_add(&text, "socket A ready 1 2 takes 3\n  hand over\nworker W\n");
    for (bell_strategy s = BELL_SELECT; s <= BELL_EPOLL_ET; s++) {
      check_no_socket_is_named(text.bytes, s, (bell_waiting_options){0});
    }
    string_free(&text);
  }
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all("pipe P ready 1 2 closes 3\n  ignore end\nsocket A ready 1\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(at_its_end_it_has_hup_alone_once_it_is_empty),
      cmocka_unit_test(every_way_tells_of_it_as_it_does),
      cmocka_unit_test(an_edge_is_told_once),
      cmocka_unit_test(its_end_is_said_to_be_nobody_at_the_other_one),
      cmocka_unit_test(where_some_are_no_sockets_none_is_called_one),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("pipe", tests, NULL, NULL);
}
