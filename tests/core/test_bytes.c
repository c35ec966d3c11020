/* Messages that have a size, in all ways of waiting: what a read takes, what lies unread, and the trap. The order of
 * the steps is the business of test_waiting_small_scope.c. */
#include <time.h>

#include "multiplexer/bytes.h"
#include "support.h"

static const bell_lesson_options no_drain = {BELL_EPOLL_ET, {.no_drain = true}};

/* "A 1: 4 4 6": of each row its socket, when, and its bytes: taken, so far, unread. */
static void check_rows(const char *text, bell_lesson_options options, const char *expected) {
  run r;
  run_lesson_4(&r, text, options);
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    string_add(&rows, "%s%s %d:", k > 0 ? "; " : "", step_name(&r.trace, k), (int)(r.trace.steps[k].time_us / 1000));
    string_add(&rows, " %d %d %d", (int)bell_bytes_taken_column(&r.trace, k),
               (int)bell_bytes_so_far_column(&r.trace, k), (int)bell_bytes_unread_column(&r.trace, k));
  }
  CHECK_TEXT(text, bell_strategy_name(options.strategy), rows.bytes, expected);
  string_free(&rows);
  run_free(&r);
}

/* ---- what a read takes ------------------------------------------------------------------------------------------- */

/* The message is handled, and takes its time, when it is whole. */
static void a_read_takes_up_to_its_limit_and_what_is_left_is_read_next(void **state) {
  (void)state;
  static const char text[] = "socket A size 10 bytes ready 1 takes 2\n  read up to 4 bytes\n";
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    check_rows(text, (bell_lesson_options){.strategy = s}, "A 1: 4 4 6; A 1: 4 8 2; A 1: 2 10 0");
    run r;
    run_by(&r, text, s);
    bell_totals totals = bell_trace_totals(&r.trace);
    CHECK_EQUAL(text, "messages", totals.messages, 1);
    CHECK_EQUAL(text, "end", totals.end_us, 3000);
    CHECK_EQUAL(text, bell_strategy_name(s), totals.max_latency_us, 0);
    run_free(&r);
  }
}

static void a_message_in_parts_wakes_the_handler_for_each_of_them(void **state) {
  (void)state;
  static const char text[] = "socket A size 10 bytes in 3 parts ready 1 3 5 takes 1\n";
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    check_rows(text, (bell_lesson_options){.strategy = s}, "A 1: 3 3 0; A 3: 3 6 0; A 5: 4 10 0");
    run r;
    run_by(&r, text, s);
    CHECK_EQUAL(text, "messages", bell_trace_totals(&r.trace).messages, 1);
    CHECK_EQUAL(text, "end", bell_trace_totals(&r.trace).end_us, 6000);
    run_free(&r);
  }
}

/* B is handled from 1 to 5, while both parts of A come. io_uring has a read under way, which the first part completes.
 * (Threads handle both at once.) */
static void a_read_takes_all_parts_that_have_come_but_a_read_under_way_completes_with_the_first(void **state) {
  (void)state;
  static const char text[] = "socket B ready 1 takes 4\nsocket A size 10 bytes in 2 parts ready 2 3\n";
  for (bell_strategy s = BELL_BLOCKING; s < BELL_STRATEGIES; s++) {
    const char *expected = s == BELL_IO_URING  ? "B 1: 0 0 0; A 5: 5 5 5; A 5: 5 10 0"
                           : s == BELL_THREADS ? "B 1: 0 0 0; A 2: 5 5 0; A 3: 5 10 0"
                                               : "B 1: 0 0 0; A 5: 10 10 0";
    check_rows(text, (bell_lesson_options){.strategy = s}, expected);
  }
}

/* No read takes anything of the next message, nor the end. */
static void a_read_ends_with_its_message(void **state) {
  (void)state;
  static const char text[] = "socket A size 10 bytes ready 1 1 closes 1\n  read up to 8 bytes\n";
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    check_rows(text, (bell_lesson_options){.strategy = s},
               "A 1: 8 8 12; A 1: 2 10 10; A 1: 8 8 2; A 1: 2 10 0; A 1: 0 0 0");
  }
}

/* For who reads on a real kernel, and does not know what has come. */
static void a_read_asks_for_what_its_message_lacks_and_no_more_than_its_limit(void **state) {
  (void)state;
  static const char text[] =
      "socket A size 10 bytes in 2 parts ready 1 1 2 2 closes 3\n  read up to 8 bytes\n"
      "socket B ready 1\n";
  reading r = read_good(text, BELL_MULTIPLEXER);
  bell_place place = {0};
  static const uint32_t rooms[] = {8, 2, 8, 2, 0};
  for (size_t i = 0; i < COUNT_OF(rooms); i++) {
    CHECK_EQUAL(text, "room", bell_bytes_room(&r.scenario, 0, place), rooms[i]);
    bell_bytes_take(&r.scenario, 0, &place, rooms[i]);
  }
  CHECK_EQUAL(text, "next", place.next, 5);
  CHECK_EQUAL(text, "of B", bell_bytes_room(&r.scenario, 1, place), 0);
  static const bool ends[] = {false, true, false, true, true, true};
  for (uint32_t e = 0; e < COUNT_OF(ends); e++)
    CHECK_EQUAL(text, "ends", bell_bytes_end_message(&r.scenario, e), ends[e]);
  reading_free(&r);
}

/* A blocking thread that sleeps for good: of those who wait in vain the one who waits longest is told of. */
static void who_waits_longest_for_a_thread_that_sleeps_for_good_is_told_of(void **state) {
  (void)state;
  check_rows("socket A size 4 bytes ready 1\nsocket M never\nsocket B ready 3\nsocket C ready 2\nsocket D ready 5\n",
             (bell_lesson_options){.strategy = BELL_BLOCKING}, "A 1: 4 4 0; C 2: 0 0 0");
}

/* What came of it is read; then the end is told as any other. */
static void a_message_may_break_off(void **state) {
  (void)state;
  static const char text[] = "socket A size 4 KB in 2 parts ready 1 2 3 closes 5 takes 1\n";
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    run r;
    run_by(&r, text, s);
    CHECK_EQUAL(text, "steps", r.trace.step_count, 4);
    CHECK_EQUAL(text, "messages", bell_trace_totals(&r.trace).messages, 1);
    char *sentence = reason_sentence(&r.trace, 3);
    CHECK_CONTAINS(text, bell_strategy_name(s), sentence,
                   "A message broke off with it: 2 KB of 4 KB came. A read of 0");
    free(sentence);
    run_free(&r);
  }
  run r;
  run_by(&r, "socket A size 2 bytes in 2 parts ready 1 resets 1\n", BELL_POLL);
  char *sentence = reason_sentence(&r.trace, 1);
  const char *words = "broke off with it: 1 byte of 2 bytes came.";
  CHECK_TEXT("a reset", "the last words", strstr(sentence, "broke off"), words);
  free(sentence);
  run_free(&r);
  run_by(&r, "socket A size 2 bytes in 2 parts ready 1 2 closes 3\n", BELL_POLL);
  sentence = reason_sentence(&r.trace, 2);
  CHECK("a whole one", strstr(sentence, "broke off") == NULL);
  free(sentence);
  run_free(&r);
}

/* ---- the trap ---------------------------------------------------------------------------------------------------- */

/* epoll(7), question 9. 128 bytes stay behind at 1, and nothing tells of them until 9. */
static void without_drain_the_rest_lies_unread_until_more_comes(void **state) {
  (void)state;
  static const char text[] = "socket A size 1152 bytes ready 1 9\n  read up to 1 KB\n";
  check_rows(text, no_drain, "A 1: 1024 1024 128; A 9: 128 1152 1152");
  check_rows(text, (bell_lesson_options){.strategy = BELL_EPOLL_ET},
             "A 1: 1024 1024 128; A 1: 128 1152 0; A 9: 1024 1024 128; A 9: 128 1152 0");
  run r;
  run_lesson_4(&r, text, no_drain);
  char *first = reason_sentence(&r.trace, 0);
  CHECK_CONTAINS(text, "the first", first,
                 "The read takes 1 KB of 1152 bytes, for that is its limit; 128 bytes lie unread, and the edge was "
                 "told already: nobody reads on until more comes. The cure: read until a read would block.");
  char *second = reason_sentence(&r.trace, 1);
  CHECK_CONTAINS(text, "the second", second,
                 "Its data has been ready since 1 ms: it waited 8 ms. With 128 bytes the message of 1152 bytes is "
                 "whole. Behind it 1152 bytes lie unread, and the edge was told already: nothing more comes, so "
                 "nobody ever reads on.");
  free(first);
  free(second);
  run_free(&r);
}

static void what_came_since_the_wait_is_told_of(void **state) {
  (void)state;
  static const char text[] = "socket B ready 1 takes 3\nsocket A size 8 bytes ready 1 2\n  read up to 4 bytes\n";
  check_rows(text, no_drain, "B 1: 0 0 0; A 4: 4 4 12; A 4: 4 8 8");
  run r;
  run_lesson_4(&r, text, no_drain);
  char *sentence = reason_sentence(&r.trace, 1);
  CHECK_CONTAINS(text, "reason", sentence, "12 bytes lie unread, and epoll_wait will tell of what came since");
  free(sentence);
  run_free(&r);
}

/* epoll_ctl looks anew at what its handler has begun to watch for, or stopped to: ep_modify in fs/eventpoll.c. */
static void who_begins_to_watch_is_told_anew_of_what_lies_unread(void **state) {
  (void)state;
  static const char text[] =
      "socket A size 8 bytes ready 1 1 1 buffer 9 bytes reads 9 bytes every 5\n  write 12 bytes\n";
  static const char *const words[] = {
      "Behind it 16 bytes lie unread: epoll_wait tells of that again, for epoll_ctl changes what A is watched for",
      "Behind it 8 bytes lie unread, and the edge was told already: nobody reads on until more comes, or room to "
      "write."};
  run r;
  run_lesson_4(&r, text, no_drain);
  for (uint32_t k = 0; k < COUNT_OF(words); k++) {
    char *sentence = reason_sentence(&r.trace, k);
    CHECK_CONTAINS(text, "reason", sentence, words[k]);
    free(sentence);
  }
  CHECK_EQUAL(text, "the third waits for room", r.trace.steps[2].time_us, 5000);
  run_free(&r);
}

/* ---- no sentence says what is not so ----------------------------------------------------------------------------- */

static void add_random(uint64_t *chance, string *text) {
  static const char *const peers[] = {" reads never", " reads 3 bytes every 4", " reads 1 byte every 9"};
  static const char *const manners[] = {"", " and forget", "\n  stop watching"};
  string_cut(text, 0);
  for (uint32_t socket = 0, sockets = 1 + random_below(chance, 4); socket < sockets; socket++) {
    uint32_t parts = 1 + random_below(chance, 3);
    uint32_t size = parts + random_below(chance, 9);
    uint32_t ready = random_below(chance, 4);
    string_add(text, "socket %c ready", 'A' + (int)socket);
    bool is_ending = random_below(chance, 4) == 0;
    bool breaks_off = is_ending && parts > 1 && random_below(chance, 2) == 0;
    for (uint32_t times = parts * (1 + random_below(chance, 2)) - breaks_off; times > 0; times--) {
      string_add(text, " %u", ready);
      ready += random_below(chance, 4);
    }
    if (random_below(chance, 2) == 0) string_add(text, " takes %u", 1 + random_below(chance, 3));
    bool is_sized = socket == 0 || random_below(chance, 4) > 0;
    if (is_sized) string_add(text, " size %u bytes in %u parts", size, parts);
    bool writes = is_sized && random_below(chance, 4) == 0;
    if (writes) string_add(text, " buffer %u bytes%s", 1 + random_below(chance, 8), peers[random_below(chance, 3)]);
    if (is_ending) string_add(text, " closes %u", ready);
    bool is_ignored = is_ending && random_below(chance, 2) == 0;
    string_add(text, is_ignored ? "\n  ignore end\n" : "\n");
    if (is_sized && random_below(chance, 3) > 0) {
      string_add(text, "  read up to %u bytes\n", size / 3 + 1 + random_below(chance, 3));
    }
    if (writes)
      string_add(text, "  write %u bytes%s\n", 1 + random_below(chance, 12), manners[random_below(chance, 3)]);
  }
}

/* Part i of n ends at size * i / n. */
static uint64_t bytes_of(const bell_scenario *scenario, uint32_t event) {
  uint32_t socket = scenario->events[event].statement;
  const bell_stream *stream = bell_scenario_stream(scenario, socket);
  if (stream == NULL || bell_scenario_is_end(scenario, event)) return 0;
  uint32_t part = (event - scenario->statements[socket].first_event) % stream->parts;
  return stream->size * (part + 1) / stream->parts - stream->size * part / stream->parts;
}

static uint64_t count_unread(const bell_trace *trace, uint32_t k) {
  const bell_scenario *scenario = trace->scenario;
  uint32_t socket = bell_trace_event(trace, k)->statement;
  uint64_t unread = 0;
  for (uint32_t e = 0; e < scenario->event_count; e++) {
    bool has_come = trace->events[e].statement == socket && trace->events[e].ready_us <= trace->steps[k].time_us;
    if (has_come) unread += bytes_of(scenario, e);
  }
  for (uint32_t j = 0; j <= k; j++) {
    if (bell_trace_event(trace, j)->statement == socket) unread -= trace->taken[j].bytes;
  }
  return unread;
}

/* The next read of the same socket; step_count when there is none. */
static uint32_t next_of_same(const bell_trace *trace, uint32_t k) {
  uint32_t next = k + 1;
  while (next < trace->step_count && (bell_trace_is_write(trace, next) || bell_trace_event(trace, next)->statement !=
                                                                              bell_trace_event(trace, k)->statement)) {
    next++;
  }
  return next;
}

/* The same of its writes. */
static uint32_t next_write_of_same(const bell_trace *trace, uint32_t k) {
  uint32_t next = k + 1;
  while (next < trace->step_count && (!bell_trace_is_write(trace, next) || bell_trace_event(trace, next)->statement !=
                                                                               bell_trace_event(trace, k)->statement)) {
    next++;
  }
  return next;
}

static bool says(const char *sentence, const char *words) { return strstr(sentence, words) != NULL; }

static void check_sentence(const char *text, const bell_trace *trace, uint32_t k) {
  char *sentence = reason_sentence(trace, k);
  uint32_t next = next_of_same(trace, k);
  bool is_last = next == trace->step_count || bell_trace_is_stop(trace, next);
  uint32_t socket = bell_trace_event(trace, k)->statement;
  uint32_t come = bell_bytes_come(trace, socket, trace->steps[k].time_us);
  bool is_more = come < bell_scenario_events_end(trace->scenario, socket);
  if (says(sentence, "or room to write")) {
    uint32_t room = next_write_of_same(trace, next);
    bool has_more = is_more && trace->steps[next].time_us >= trace->events[come].ready_us;
    CHECK(text, !is_last && (has_more || (room == next + 1 && trace->steps[next].has_room)));
  } else if (says(sentence, "until more comes")) {
    CHECK(text, is_more && !is_last && trace->steps[next].time_us >= trace->events[come].ready_us);
  }
  if (says(sentence, "tells of that again")) {
    CHECK(text, !is_last && trace->steps[next].reason <= BELL_REASON_ANSWER_NEXT);
  }
  if (says(sentence, "nobody ever reads on")) CHECK(text, !is_more && is_last);
  if (says(sentence, "answers with")) CHECK(text, !is_last && trace->steps[next].reason >= BELL_REASON_ANSWER_FIRST);
  if (says(sentence, "the thread reads on") && trace->strategy == BELL_EPOLL_ET) {
    CHECK(text, next == k + 1 || (next == k + 2 && bell_trace_is_write(trace, k + 1)));
  }
  if (says(sentence, "is ready still")) CHECK(text, !is_last);
  if (says(sentence, "which is what is there")) CHECK_EQUAL(text, "unread", count_unread(trace, k), 0);
  if (says(sentence, "is whole")) CHECK(text, !bell_trace_is_piece(trace, k));
  if (says(sentence, "will tell of what came")) {
    CHECK(text, !is_last && trace->steps[next].reason <= BELL_REASON_ANSWER_NEXT);
  }
  bool leaves_some = trace->strategy == BELL_EPOLL_ET && bell_bytes_unread(trace, k) > 0;
  if (leaves_some) CHECK(text, says(sentence, "lie unread") || says(sentence, "lies unread") || !is_last);
  CHECK(text, !says(sentence, "{") && !says(sentence, "  "));
  free(sentence);
}

static void what_is_said_of_the_rest_is_what_becomes_of_it(void **state) {
  (void)state;
  string text = {0};
  uint32_t lost = 0;
  uint32_t looked_at_anew = 0;
  for (uint64_t seed = 0; seed < rounds(1500); seed++) {
    uint64_t chance = seed;
    add_random(&chance, &text);
    for (int way = 0; way < BELL_STRATEGIES + 2; way++) { /* two more: without drain, and in turns */
      bell_lesson_options options = {.strategy = (bell_strategy)way};
      if (way == BELL_STRATEGIES) options = no_drain;
      if (way > BELL_STRATEGIES) options = (bell_lesson_options){BELL_EPOLL_ET, {.reads_a_turn = (1 + seed % 2) & 3}};
      run r;
      run_lesson_4(&r, text.bytes, options);
      uint32_t steps = r.trace.step_count;
      if (steps > 0 && bell_trace_is_stop(&r.trace, steps - 1)) steps--;
      for (uint32_t k = 0; k < steps; k++) {
        bool is_sized = r.trace.taken[k].bytes > 0;
        if (is_sized) CHECK_EQUAL(text.bytes, "unread", bell_bytes_unread(&r.trace, k), count_unread(&r.trace, k));
        check_sentence(text.bytes, &r.trace, k);
        lost += bell_bytes_are_lost(&r.trace, k);
        looked_at_anew += r.trace.steps[k].is_looked_at_anew;
      }
      CHECK(text.bytes, r.trace.step_count <= r.reading.scenario.run_count + 1);
      run_free(&r);
    }
  }
  assert_true(lost > 100 && looked_at_anew > 100);
  string_free(&text);
}

/* Two parts that come at once are no two messages. */
static void parts_are_called_parts(void **state) {
  (void)state;
  static const char text[] = "socket A size 4 bytes in 2 parts ready 1 1\n  read up to 2 bytes\n";
  run r;
  run_by(&r, text, BELL_READINESS);
  char *sentence = reason_sentence(&r.trace, 0);
  CHECK_CONTAINS(text, "readiness", sentence, "Then two parts of A came at once; they go in their order.");
  free(sentence);
  run_free(&r);
}

/* ---- bounds, memory and time ------------------------------------------------------------------------------------- */

static void more_reads_than_a_run_may_have_are_refused(void **state) {
  (void)state;
  reading r = read_text("socket A size 9 MB ready 1\n  read up to 1 byte\n", BELL_MULTIPLEXER);
  CHECK(r.text, r.good);
  reading_free(&r);
  r = read_text("socket A size 10 MB ready 1\n  read up to 1 byte\n", BELL_MULTIPLEXER);
  CHECK_EQUAL(r.text, "code", r.problems[0].code, BELL_PROBLEM_EVENTS);
  CHECK_EQUAL(r.text, "line", r.problems[0].line, 2);
  reading_free(&r);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  static const char text[] =
      "socket A size 9 bytes in 3 parts ready 1 2 3 closes 4\n  read up to 2 bytes\n"
      "  ignore end\nsocket B ready 1\n";
  check_small_arenas_by_all(text);
}

static void time_a_run(const char *what, const char *text, bell_strategy strategy) {
  reading r = read_good(text, BELL_MULTIPLEXER);
  bell_lesson_options options = {.strategy = strategy};
  size_t bytes = bell_multiplexer_lesson.memory(&r.scenario, options);
  CHECK("96 bytes a read", bytes <= (size_t)96 * r.scenario.run_count + 4096);
  bell_arena arena = {.base = malloc(bytes), .capacity = bytes};
  assert_non_null(arena.base);
  bell_trace trace;
  clock_t start = clock();
  assert_true(bell_multiplexer_lesson.run(&trace, &r.scenario, options, &arena));
  for (uint32_t k = 0; k < trace.step_count; k++) assert_true(bell_bytes_unread(&trace, k) < UINT32_MAX);
  print_message("%s, %-10s %u reads in %.3f s\n", what, bell_strategy_name(strategy), trace.step_count,
                (double)(clock() - start) / CLOCKS_PER_SEC);
  free(arena.base);
  reading_free(&r);
}

/* Seconds to look at; what is quadratic takes hours: many sockets, many reads of a message, and a long backlog. */
static void many_reads_are_made_in_a_moment(void **state) {
  (void)state;
  string sockets = {0};
  for (uint32_t i = 0; i < many(100000); i++) {
    string_add(&sockets, "socket s%u size 5 bytes ready %u\n  read up to 2 bytes\n", i, i % 100);
  }
  string backlog = {0};
  string_add(&backlog, "socket A size 1000 bytes in 1000 parts takes 1 ready");
  for (uint32_t i = 0; i < many(20000); i++) string_add(&backlog, " %u", i / 1000);
  string_add(&backlog, "\n  read up to 3 bytes\n");
  string reads = {0};
  string_add(&reads, "socket A size %u KB ready 1\n  read up to 1 byte\n", many(500));
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    time_a_run("many sockets", sockets.bytes, s);
    time_a_run("many reads", reads.bytes, s);
    time_a_run("a backlog", backlog.bytes, s);
  }
  string_free(&sockets);
  string_free(&backlog);
  string_free(&reads);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_read_takes_up_to_its_limit_and_what_is_left_is_read_next),
      cmocka_unit_test(a_message_in_parts_wakes_the_handler_for_each_of_them),
      cmocka_unit_test(a_read_takes_all_parts_that_have_come_but_a_read_under_way_completes_with_the_first),
      cmocka_unit_test(a_read_ends_with_its_message),
      cmocka_unit_test(who_waits_longest_for_a_thread_that_sleeps_for_good_is_told_of),
      cmocka_unit_test(a_message_may_break_off),
      cmocka_unit_test(a_read_asks_for_what_its_message_lacks_and_no_more_than_its_limit),
      cmocka_unit_test(without_drain_the_rest_lies_unread_until_more_comes),
      cmocka_unit_test(what_came_since_the_wait_is_told_of),
      cmocka_unit_test(who_begins_to_watch_is_told_anew_of_what_lies_unread),
      cmocka_unit_test(what_is_said_of_the_rest_is_what_becomes_of_it),
      cmocka_unit_test(parts_are_called_parts),
      cmocka_unit_test(more_reads_than_a_run_may_have_are_refused),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(many_reads_are_made_in_a_moment),
  };
  return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
