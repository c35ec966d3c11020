/* Handlers that write, in all ways of waiting that do: what finds room, what becomes of the rest, and the traps. The
 * order of the steps is the business of test_waiting_small_scope.c. */
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "multiplexer/closing.h"
#include "multiplexer/writing.h"
#include "support.h"

/* "A 1: 16 48": of each row its socket, when, and its bytes: written, and owed then. A row that is no step: "A 1 for
 * ever". */
static void check_rows(const char *text, bell_strategy strategy, const char *expected) {
  run r;
  run_by(&r, text, strategy);
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    string_add(&rows, "%s%s %d", k > 0 ? "; " : "", step_name(&r.trace, k), (int)(r.trace.steps[k].time_us / 1000));
    int wrote = (int)bell_writing_wrote_column(&r.trace, k);
    int owed = (int)bell_writing_owed_column(&r.trace, k);
    if (bell_trace_is_stop(&r.trace, k)) string_add(&rows, " for ever");
    else string_add(&rows, ": %d %d", wrote, owed);
  }
  CHECK_TEXT(text, bell_strategy_name(strategy), rows.bytes, expected);
  string_free(&rows);
  run_free(&r);
}

static const bell_strategy watching[] = {BELL_READINESS, BELL_SELECT, BELL_POLL, BELL_EPOLL};

/* ---- what finds room --------------------------------------------------------------------------------------------- */

static void what_finds_room_is_written_at_once(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 3 buffer 8 bytes takes 1\n  write 8 bytes\n";
  for (bell_strategy s = 0; s < BELL_IO_URING; s++) {
    check_rows(text, s, "A 1: 8 0; A 3: 8 0");
    check_reason(text, s, 0, "Its answer of 8 bytes finds room: write takes all of it.");
  }
}

static void who_writes_does_not_read(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 buffer 1 KB reads 1 KB every 2\n  write 3 KB\n  stop watching\n";
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    run r;
    run_by(&r, text, s);
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      bell_calls calls = bell_trace_calls(&r.trace, k);
      bool reads = !bell_trace_is_write(&r.trace, k) && s != BELL_IO_URING;
      CHECK_EQUAL(bell_strategy_name(s), "reads", calls.reads - calls.in_vain, reads);
    }
    run_free(&r);
  }
}

/* At 10 and at 20 the peer takes 4 bytes: then a third of the buffer is free. */
static void the_rest_is_written_when_a_third_of_the_buffer_is_free(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 buffer 18 bytes reads 4 bytes every 10\n  write 30 bytes\n  stop watching\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) check_rows(text, watching[i], "A 1: 18 12; A 20: 8 4; A 40: 4 0");
  check_rows(text, BELL_EPOLL_ET, "A 1: 18 12; A 20: 8 4; A 40: 4 0");
  check_reason(
      text, BELL_POLL, 0,
      "Of its answer of 30 bytes write takes 18 bytes, and then fails with EAGAIN, for the buffer is full. The "
      "handler keeps 12 bytes, and watches for writing.");
  check_reason(text, BELL_POLL, 1,
               "There is room again: write takes 8 bytes, and then fails with EAGAIN. The handler "
               "keeps 4 bytes, and watches on.");
  check_reason(text, BELL_POLL, 2,
               "There is room again: write takes the last 4 bytes, and the handler stops to watch for writing.");
}

/* Nobody tells it of room: it finds it. */
static void busy_polling_finds_the_first_byte_of_room(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 buffer 18 bytes reads 4 bytes every 10\n  write 26 bytes\n";
  check_rows(text, BELL_BUSY_POLL, "A 1: 18 8; A 10: 4 4; A 20: 4 0");
  check_reason(text, BELL_BUSY_POLL, 0, "The handler keeps 8 bytes, and tries again in each round.");
}

/* A completion says how much found room of what was handed over before the next message. */
static void io_uring_hands_over_what_is_owed_until_all_has_found_room(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 2 buffer 18 bytes reads 4 bytes every 10\n  write 20 bytes\n";
  check_rows(text, BELL_IO_URING, "A 1: 0 20; A 1: 18 2; A 2: 0 22; A 20: 2 20; A 20: 6 14; A 40: 8 6; A 60: 6 0");
  check_reason(text, BELL_IO_URING, 0, "Its answer of 20 bytes is handed over with the next wait.");
  check_reason(text, BELL_IO_URING, 1,
               "The write is complete, and short: 18 bytes found room. The handler keeps 2 "
               "bytes, and hands that over with the next wait.");
  check_reason(text, BELL_IO_URING, 2, "Its answer of 20 bytes is put behind what is still to be written: 22 bytes");
  check_reason(text, BELL_IO_URING, 6, "The write is complete: the last 6 bytes found room.");
  static const char waits[] = "socket A ready 1 buffer 18 bytes reads 4 bytes every 10\n  write 20 bytes and wait\n";
  check_rows(waits, BELL_IO_URING, "A 1: 0 20; A 20: 20 0");
  static const char forgets[] = "socket A ready 1 buffer 18 bytes reads never\n  write 20 bytes and forget\n";
  check_rows(forgets, BELL_IO_URING, "A 1: 0 20; A 1: 18 2");
  check_reason(forgets, BELL_IO_URING, 1, "the rest, 2 bytes, is never sent.");
}

/* B's thread has the core meanwhile. */
static void a_thread_that_sleeps_in_write_needs_no_core(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 3 buffer 6 bytes reads 2 bytes every 10\n  write 12 bytes\nsocket B ready 1 takes 2\n";
  run r;
  bell_lesson_options options = {.strategy = BELL_THREADS, .waiting = {.cores = 1}};
  run_lesson_4(&r, text, options);
  static const int ends[] = {30, 3, 90};
  for (uint32_t k = 0; k < COUNT_OF(ends); k++)
    CHECK_EQUAL(text, "end", bell_trace_end_us(&r.trace, k), 1000 * ends[k]);
  CHECK_EQUAL(text, "the second of A", r.trace.steps[2].time_us, 30000);
  run_free(&r);
  check_reason(text, BELL_THREADS, 0, "write waits, and A's own thread sleeps in it from 1 to 30 ms.");
  check_rows("socket A ready 1 2 buffer 6 bytes reads never\n  write 12 bytes\nsocket B ready 1\n", BELL_THREADS,
             "A 1: 6 6; B 1: 0 0");
}

/* ---- that a run ends: one that did not would freeze the page ---------------------------------------------------- */

static const char *tried; /* the scenario whose run is awaited */

static void tell_what_was_tried(int signal_number) {
  (void)signal_number;
  if (write(STDERR_FILENO, tried, strlen(tried)) < 0) abort();
  abort();
}

static void run_within_a_minute(run *r, const char *text, bell_lesson_options options) {
  tried = text;
  signal(SIGALRM, tell_what_was_tried);
  alarm(60);
  run_lesson_4(r, text, options);
  alarm(0);
}

/* Two that spin share a core for ever. With A, which sleeps for good, nothing of the run is left behind their ends. */
static void a_run_ends_though_threads_spin_beside_one_that_sleeps_in_write_for_good(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 2 buffer 6 bytes reads never\n  write 12 bytes\n"
      "socket B ready 1 closes 3\n  ignore end\nsocket C ready 1 closes 3\n  ignore end\n";
  for (uint32_t cores = 1; cores <= 3; cores++) {
    run r;
    run_within_a_minute(&r, text, (bell_lesson_options){.strategy = BELL_THREADS, .waiting = {.cores = cores}});
    CHECK_EQUAL(text, "steps: of A one, of B and C two, and how it goes on", r.trace.step_count, 6);
    CHECK_EQUAL(text, "A is left asleep", r.trace.steps[0].is_asleep, true);
    run_free(&r);
  }
}

/* What a socket may be, and what its handler may do. */
static const char *const heads[] = {
    "ready 1",
    "ready 1 3 takes 5",
    "never",
    "ready 1 closes 1",
    "never closes 3",
    "ready 1 resets 2",
    "ready 1 resets 2 buffer 6 bytes reads never",
    "ready 1 3 buffer 6 bytes reads never",
    "ready 1 closes 1 buffer 6 bytes reads never",
    "ready 1 closes 9 buffer 6 bytes reads 2 bytes every 10",
};
static const char *const handlers[] = {
    "",
    "  ignore end\n",
    "  watch write\n",
    "  write 12 bytes\n",
    "  ignore end\n  write 12 bytes\n  stop watching\n",
    "  write 12 bytes and wait\n",
    "  ignore end\n  write 12 bytes and forget\n",
};

/* What cannot come cannot be ignored. */
static bool is_a_kind(unsigned kind) {
  bool ignores = strstr(handlers[kind / COUNT_OF(heads)], "ignore end") != NULL;
  return !ignores || strstr(heads[kind % COUNT_OF(heads)], "closes") != NULL;
}

/* Whatever two sockets are, beside one that spins. */
static void every_run_of_every_kind_of_socket_ends(void **state) {
  (void)state;
  enum { HEADS = COUNT_OF(heads), KINDS = HEADS * COUNT_OF(handlers), CORES = 3 };
  for (unsigned a = 0; a < KINDS; a++) {
    for (unsigned b = 0; b < KINDS; b++) {
      if (!is_a_kind(a) || !is_a_kind(b)) continue;
      string text = {0};
      string_add(&text, "socket A %s\n%s", heads[a % HEADS], handlers[a / HEADS]);
      string_add(&text, "socket B %s\n%s", heads[b % HEADS], handlers[b / HEADS]);
      string_add(&text, "socket C ready 1 closes 2\n  ignore end\n");
      for (bell_strategy s = BELL_BLOCKING; s < BELL_STRATEGIES; s++) {
        for (uint32_t cores = 1; cores <= (s == BELL_THREADS ? CORES : 1); cores++) {
          run r;
          bell_lesson_options options = {.strategy = s, .waiting = {.cores = cores}};
          run_within_a_minute(&r, text.bytes, options);
          CHECK(text.bytes, r.trace.step_count > 0);
          run_free(&r);
        }
      }
      string_free(&text);
    }
  }
}

/* ---- the traps, and their cures ---------------------------------------------------------------------------------- */

static void who_does_not_stop_to_watch_spins(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 buffer 6 bytes reads 6 bytes every 10\n  write 12 bytes\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) {
    check_rows(text, watching[i], "A 1: 6 6; A 10: 6 0; A 30 for ever");
    check_reason(text, watching[i], 1, "but the handler goes on to watch for writing, with nothing to write.");
  }
  check_reason(text, BELL_POLL, 2, "and wrote nothing. The cure: watch for writing only while there is something");
  static const char cured[] =
      "socket A ready 1 buffer 6 bytes reads 6 bytes every 10\n  write 12 bytes\n  stop watching\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) check_rows(cured, watching[i], "A 1: 6 6; A 10: 6 0");
  check_rows(text, BELL_EPOLL_ET, "A 1: 6 6; A 10: 6 0");
}

/* From 10 on A is ready all the time: what is reported of it says so, beside a message and in the last row. */
static void room_is_reported_of_a_socket_that_spins(void **state) {
  (void)state;
  static const char text[] =
      "socket B ready 1\nsocket A ready 1 20 buffer 6 bytes reads 6 bytes every 10\n  write 12 bytes\n";
  static const char rows[] = "B IN message; A IN message; A OUT 6; A IN|OUT message; A OUT 6; A OUT ";
  check_reported(text, BELL_POLL, rows);
  check_reported(text, BELL_EPOLL, rows);
  check_reported(text, BELL_EPOLL_ET, "B IN message; A IN message; A OUT 6; A IN|OUT message; A OUT 6");
  check_reported(
      "socket A size 9 bytes ready 1 5 5 buffer 6 bytes reads 6 bytes every 5\n  write 8 bytes\n", BELL_EPOLL_ET,
      "A IN 9; A IN|OUT 9; A IN|OUT 6; A IN|OUT 9; A OUT 6; A OUT 6"); /* of the drain what its wait reported */
  check_reported("socket B ready 3 takes 2\nsocket A ready 1 3 buffer 6 bytes reads 6 bytes every 4\n  write 8 bytes\n",
                 BELL_EPOLL_ET, "A IN message; B IN message; A IN message; A OUT 6; A OUT 4"); /* room came since */
  check_reported(text, BELL_SELECT,
                 "B readable message; A readable message; A writable 6; A readable|writable message; A writable 6; "
                 "A writable ");
}

/* From 20 on A and B are ready all the time. */
static void of_two_that_spin_the_one_that_is_not_closed_goes_on(void **state) {
  (void)state;
  static const char text[] =
      "socket C ready 1\nsocket A ready 1 closes 25 buffer 6 bytes reads 6 bytes every 10\n  write 12 bytes\n"
      "socket B ready 1 buffer 6 bytes reads 6 bytes every 10\n  write 12 bytes\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) {
    check_rows(text, watching[i], "C 1: 0 0; A 1: 6 6; B 1: 6 6; A 10: 6 0; B 10: 6 0; A 25: 0 0; B 35 for ever");
    check_reason(text, watching[i], 6, "for B is watched for writing with nothing to write");
  }
}

static void who_waits_in_write_lets_all_others_wait(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 buffer 6 bytes reads 2 bytes every 10\n  write 12 bytes and wait\nsocket B ready 2\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) check_rows(text, watching[i], "A 1: 12 0; B 30: 0 0");
  check_reason(text, BELL_EPOLL, 0, "write waits, and the thread sleeps in it from 1 to 30 ms, whoever else is ready.");
  check_rows(text, BELL_BLOCKING, "A 1: 12 0; B 30: 0 0");
  check_reason(text, BELL_BLOCKING, 1, "it waited 28 ms, for the thread slept 28 ms in write.");
}

static void who_waits_for_a_peer_that_never_reads_sleeps_for_good(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 buffer 6 bytes reads never\n  write 12 bytes and wait\nsocket B ready 2\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) {
    check_rows(text, watching[i], "A 1: 6 6; B 2 for ever");
    check_reason(text, watching[i], 1,
                 "B never gets its turn: the thread sleeps in write at A, whose peer never reads");
    string beside = {0}; /* another keeps it from sleeping, until then */
    string_add(&beside, "%ssocket W never\n  watch write\n", text);
    check_rows(beside.bytes, watching[i], "A 1: 6 6; B 2 for ever");
    string_free(&beside);
  }
}

static void who_forgets_the_rest_loses_it(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 2 buffer 6 bytes reads 6 bytes every 10\n  write 8 bytes and forget\n";
  for (bell_strategy s = BELL_READINESS; s < BELL_THREADS; s++) {
    check_rows(text, s, "A 1: 6 2; A 2: 0 8");
    check_reason(text, s, 0, "Nobody looks at how much it took, and the rest, 2 bytes, is never sent.");
  }
}

static void what_is_owed_to_a_connection_that_is_closed_is_lost(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 closes 2 buffer 6 bytes reads never\n  write 8 bytes\n";
  for (bell_strategy s = BELL_READINESS; s < BELL_THREADS; s++) {
    check_rows(text, s, "A 1: 6 2; A 2: 0 2");
    check_reason(text, s, 1, "What it still had to write, 2 bytes, is lost.");
  }
}

/* At 10 the peer would have taken what was written, and there would be room for the rest. */
static void nothing_is_written_to_a_connection_that_is_closed_or_broken(void **state) {
  (void)state;
  static const char closed[] =
      "socket A ready 1 closes 2 buffer 6 bytes reads 6 bytes every 10\n  write 8 bytes\n  stop watching\n";
  for (bell_strategy s = BELL_READINESS; s < BELL_THREADS; s++) check_rows(closed, s, "A 1: 6 2; A 2: 0 2");
  static const char broken[] =
      "socket A ready 1 resets 2 buffer 6 bytes reads 6 bytes every 10\n  write 8 bytes\n  stop watching\n"
      "  ignore end\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) {
    check_rows(broken, watching[i], "A 1: 6 2; A 2: 0 2; A 12 for ever");
  }
  check_rows(broken, BELL_EPOLL_ET, "A 1: 6 2; A 2: 0 2");
}

/* It had room for 6 bytes. */
static void a_write_fails_once_the_connection_is_reset(void **state) {
  (void)state;
  static const char before[] = "socket A ready 1 takes 2 resets 2 buffer 6 bytes reads never\n  write 8 bytes\n";
  for (bell_strategy s = BELL_READINESS; s < BELL_STRATEGIES; s++) {
    check_rows(before, s, s == BELL_THREADS ? "A 1: 0 8; A 3: 0 0" : "A 1: 0 8; A 3: 0 8");
    if (s == BELL_IO_URING) continue; /* there it is handed over */
    check_reason(before, s, 0,
                 " Of its answer of 8 bytes write takes 0 bytes, and then fails at 3 ms, for the peer has reset the "
                 "connection.");
  }
  static const char meanwhile[] =
      "socket A ready 1 resets 5 buffer 6 bytes reads never\n  write 8 bytes and wait\nsocket B ready 3\n";
  for (size_t i = 0; i < COUNT_OF(watching); i++) {
    check_rows(meanwhile, watching[i],
               watching[i] == BELL_READINESS ? "A 1: 6 2; B 5: 0 0; A 5: 0 2" : "A 1: 6 2; A 5: 0 2; B 5: 0 0");
    check_reason(meanwhile, watching[i], 0, "write takes 6 bytes, and then fails at 5 ms, for the peer has reset");
  }
  check_rows(meanwhile, BELL_THREADS, "A 1: 6 2; B 3: 0 0; A 5: 0 0");
  check_rows(meanwhile, BELL_BLOCKING, "A 1: 6 2; B 5: 0 0; A 5: 0 2");
  static const char both[] = "socket A ready 1 closes 1\n  write 8 bytes\n";
  check_reason(both, BELL_IO_URING, 1,
               "Something was complete, so io_uring_enter answered at once, with 2 completions");
  check_rows(meanwhile, BELL_IO_URING, "A 1: 0 8; B 3: 0 0; A 5: 0 2"); /* the kernel has taken 6 */
}

static void a_peer_that_never_reads_is_written_to_in_vain(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 2 buffer 6 bytes reads never\n  write 8 bytes\n";
  for (bell_strategy s = BELL_READINESS; s < BELL_THREADS; s++) {
    check_rows(text, s, "A 1: 6 2; A 2: 0 10");
    check_reason(text, s, 0, "for which there will never be room: the peer does not read.");
    check_reason(text, s, 1, "Its answer of 8 bytes is put behind what is still to be written: 10 bytes in all.");
  }
}

/* ---- no sentence says what is not so ----------------------------------------------------------------------------- */

static void add_random(uint64_t *chance, string *text) {
  static const char *const manners[] = {"", " and wait", " and forget"};
  static const char *const peers[] = {"", " reads never", " reads 3 bytes every 4", " reads 1 byte every 9"};
  string_cut(text, 0);
  for (uint32_t socket = 0, sockets = 1 + random_below(chance, 3); socket < sockets; socket++) {
    uint32_t ready = random_below(chance, 4);
    string_add(text, "socket %c ready", 'A' + (int)socket);
    for (uint32_t times = 1 + random_below(chance, 3); times > 0; times--) {
      string_add(text, " %u", ready);
      ready += random_below(chance, 5);
    }
    if (random_below(chance, 2) == 0) string_add(text, " takes %u", 1 + random_below(chance, 3));
    bool is_written_to = socket == 0 || random_below(chance, 2) == 0;
    if (is_written_to)
      string_add(text, " buffer %u bytes%s", 1 + random_below(chance, 8), peers[random_below(chance, 4)]);
    bool ends = random_below(chance, 4) == 0;
    if (ends) string_add(text, random_below(chance, 2) == 0 ? " closes %u" : " resets %u", ready);
    string_add(text, ends && random_below(chance, 2) == 0 ? "\n  ignore end\n" : "\n");
    if (!is_written_to) continue;
    uint32_t manner = random_below(chance, 3);
    string_add(text, "  write %u bytes%s\n", 1 + random_below(chance, 12), manners[manner]);
    if (manner == 0 && random_below(chance, 2) == 0) string_add(text, "  stop watching\n");
  }
}

static bool says(const char *sentence, const char *words) { return strstr(sentence, words) != NULL; }

/* Is it written to, and does the run not end there, with something owed? */
static bool goes_on_writing(const bell_trace *trace, uint32_t k) {
  uint32_t socket = bell_trace_event(trace, k)->statement;
  for (uint32_t next = k + 1; next < trace->step_count; next++) {
    if (bell_trace_event(trace, next)->statement != socket || bell_trace_is_stop(trace, next)) continue;
    if (bell_trace_is_write(trace, next) || bell_trace_is_end(trace, next)) return true;
  }
  return false;
}

static void check_sentence(const char *text, const bell_trace *trace, uint32_t k) {
  char *sentence = reason_sentence(trace, k);
  bell_written w = trace->written[k];
  uint8_t conduct = bell_trace_statement(trace, k)->conduct;
  const bell_stream *stream = bell_scenario_find_stream(trace->scenario, bell_trace_event(trace, k)->statement);
  CHECK(text, !says(sentence, "{") && !says(sentence, "  "));
  if (says(sentence, "write takes all of it")) CHECK(text, w.owed == 0 && w.bytes == stream->answer);
  if (says(sentence, "and then fails with EAGAIN")) CHECK(text, w.owed > 0 && w.bytes > 0);
  if (says(sentence, "write fails with EAGAIN")) CHECK(text, w.owed == stream->answer && w.bytes == 0);
  if (says(sentence, "is put behind")) CHECK(text, w.bytes == 0 && w.owed > stream->answer);
  if (says(sentence, "and watches for writing") || says(sentence, "and watches on") ||
      says(sentence, "in each round") || says(sentence, "will tell of room once") ||
      says(sentence, "that over with the next wait")) {
    bool falls_asleep = false;
    for (uint32_t next = k + 1; next < trace->step_count; next++) {
      falls_asleep = falls_asleep || trace->steps[next].is_asleep;
    }
    CHECK(text, goes_on_writing(trace, k) || falls_asleep);
  }
  if (says(sentence, "there will never be room")) CHECK(text, (conduct & BELL_READS_NEVER) != 0 && w.owed > 0);
  if (says(sentence, "is never sent")) CHECK(text, (conduct & BELL_FORGETS_REST) != 0 && w.owed > 0);
  if (says(sentence, "the last")) CHECK_EQUAL(text, "owed", w.owed, 0);
  if (says(sentence, "is lost.")) CHECK(text, bell_trace_is_end(trace, k) && w.owed > 0);
  if (says(sentence, "for the peer has reset")) {
    CHECK(text, !says(sentence, "The handler keeps") && !says(sentence, "is never sent"));
    CHECK(text, (conduct & BELL_RESETS) != 0 && w.owed > 0);
    CHECK(text, bell_writing_reset_us(trace, bell_trace_event(trace, k)->statement) <= bell_trace_end_us(trace, k));
  }
  if (says(sentence, "sleeps in it from")) {
    CHECK(text, bell_trace_end_us(trace, k) > trace->steps[k].time_us + bell_trace_statement(trace, k)->takes_us);
  }
  if (says(sentence, "sleeps for good")) CHECK(text, trace->steps[k].is_asleep && w.owed > 0);
  if (says(sentence, "told of room to write at")) CHECK(text, !bell_trace_is_write(trace, k - 1));
  if (trace->steps[k].reason == BELL_REASON_READY_TIE) {
    CHECK_EQUAL(text, "a tie", trace->events[trace->steps[k].other].ready_us, bell_trace_event(trace, k)->ready_us);
  }
  free(sentence);
}

static void what_is_said_of_writing_is_so(void **state) {
  (void)state;
  string text = {0};
  for (uint64_t seed = 0; seed < rounds(1500); seed++) {
    uint64_t chance = seed;
    add_random(&chance, &text);
    for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
      run r;
      run_by(&r, text.bytes, s);
      for (uint32_t k = 0; k < r.trace.step_count; k++) {
        if (bell_trace_is_stop(&r.trace, k)) free(reason_sentence(&r.trace, k));
        else check_sentence(text.bytes, &r.trace, k);
      }
      CHECK(text.bytes, r.trace.step_count <= r.reading.scenario.run_count + 1);
      bell_totals totals = bell_trace_totals(&r.trace);
      CHECK(text.bytes, totals.idle_us >= 0 && totals.idle_us <= 4 * totals.end_us);
      run_free(&r);
    }
  }
  string_free(&text);
}

/* ---- bounds, memory and time ------------------------------------------------------------------------------------- */

static void more_writes_than_a_run_may_have_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bell_problem_code code; /* BELL_PROBLEM_CODES: none */
  } cases[] = {
      {"socket A ready 1 buffer 1 byte\n  write 9 MB\n", BELL_PROBLEM_CODES},
      {"socket A ready 1 buffer 1 byte\n  write 10 MB\n", BELL_PROBLEM_EVENTS},
      {"socket A ready 1 reads 1 byte every 1\n  write 10 MB\n", BELL_PROBLEM_EVENTS},
      {"socket A ready 1 1 1 1\n  write 16 MB\n", BELL_PROBLEM_CODES},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    reading r = read_text(cases[i].text, BELL_MULTIPLEXER);
    CHECK_EQUAL(cases[i].text, "read", r.good, cases[i].code == BELL_PROBLEM_CODES);
    if (!r.good) CHECK_EQUAL(cases[i].text, "code", r.problems[0].code, cases[i].code);
    reading_free(&r);
  }
  string many = {0};
  string_add(&many, "socket A ready");
  for (int i = 0; i < 65; i++) string_add(&many, " 1");
  string_add(&many, "\n  write 16 MB\n");
  reading r = read_text(many.bytes, BELL_MULTIPLEXER);
  CHECK_EQUAL(many.bytes, "code", r.problems[0].code, BELL_PROBLEM_ANSWERS);
  reading_free(&r);
  string_free(&many);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 2 closes 4 buffer 3 bytes reads 2 bytes every 3\n  write 9 bytes\n  ignore end\n"
      "socket B ready 1\nsocket C ready 1 buffer 1 byte\n  write 4 bytes and wait\n";
  check_small_arenas_by_all(text);
}

static void time_a_run(const char *what, const char *text, bell_strategy strategy, size_t bytes_a_row) {
  reading r = read_good(text, BELL_MULTIPLEXER);
  bell_lesson_options options = {.strategy = strategy};
  size_t bytes = bell_multiplexer_lesson.memory(&r.scenario, options);
  CHECK(what, bytes <= bytes_a_row * r.scenario.run_count + 4096);
  bell_arena arena = {.base = malloc(bytes), .capacity = bytes};
  assert_non_null(arena.base);
  bell_trace trace;
  clock_t start = clock();
  assert_true(bell_multiplexer_lesson.run(&trace, &r.scenario, options, &arena));
  print_message("%s, %-10s %u rows in %.3f s, %.1f bytes a row\n", what, bell_strategy_name(strategy), trace.step_count,
                (double)(clock() - start) / CLOCKS_PER_SEC, (double)bytes / r.scenario.run_count);
  free(arena.base);
  reading_free(&r);
}

/* Seconds to look at; what is quadratic takes hours: many sockets, many writes of an answer, and many answers. */
static void many_writes_are_made_in_a_moment(void **state) {
  (void)state;
  string sockets = {0};
  for (uint32_t i = 0; i < many(50000); i++) {
    string_add(&sockets, "socket s%u ready %u buffer 4 bytes reads 2 bytes every %u\n  write 9 bytes\n", i, i % 100,
               1 + i % 7);
  }
  string answers = {0};
  string_add(&answers, "socket A buffer 1 KB reads 500 bytes every 0.1 ready");
  for (uint32_t i = 0; i < many(20000); i++) string_add(&answers, " %u", i / 1000);
  string_add(&answers, "\n  write 1 KB\n  stop watching\n");
  string large = {0};
  string_add(&large, "socket A ready 1 buffer 3 bytes reads 1 byte every 0.001\n  write %u KB\n", many(300));
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    time_a_run("many sockets", sockets.bytes, s, 136);
    time_a_run("many answers", answers.bytes, s, 112);
    time_a_run("many writes", large.bytes, s, 112);
  }
  string_free(&sockets);
  string_free(&answers);
  string_free(&large);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_finds_room_is_written_at_once),
      cmocka_unit_test(who_writes_does_not_read),
      cmocka_unit_test(the_rest_is_written_when_a_third_of_the_buffer_is_free),
      cmocka_unit_test(busy_polling_finds_the_first_byte_of_room),
      cmocka_unit_test(io_uring_hands_over_what_is_owed_until_all_has_found_room),
      cmocka_unit_test(a_thread_that_sleeps_in_write_needs_no_core),
      cmocka_unit_test(a_run_ends_though_threads_spin_beside_one_that_sleeps_in_write_for_good),
      cmocka_unit_test(every_run_of_every_kind_of_socket_ends),
      cmocka_unit_test(who_does_not_stop_to_watch_spins),
      cmocka_unit_test(room_is_reported_of_a_socket_that_spins),
      cmocka_unit_test(of_two_that_spin_the_one_that_is_not_closed_goes_on),
      cmocka_unit_test(who_waits_in_write_lets_all_others_wait),
      cmocka_unit_test(who_waits_for_a_peer_that_never_reads_sleeps_for_good),
      cmocka_unit_test(who_forgets_the_rest_loses_it),
      cmocka_unit_test(what_is_owed_to_a_connection_that_is_closed_is_lost),
      cmocka_unit_test(nothing_is_written_to_a_connection_that_is_closed_or_broken),
      cmocka_unit_test(a_write_fails_once_the_connection_is_reset),
      cmocka_unit_test(a_peer_that_never_reads_is_written_to_in_vain),
      cmocka_unit_test(what_is_said_of_writing_is_so),
      cmocka_unit_test(more_writes_than_a_run_may_have_are_refused),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(many_writes_are_made_in_a_moment),
  };
  return cmocka_run_group_tests_name("writing", tests, NULL, NULL);
}
