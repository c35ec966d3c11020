#include <time.h>

#include "support.h"

/* ---- scenarios with their rows ---------------------------------------------------------------------------------- */

/* A step: when, which socket's message; the step that the wait ended with; what the wait answered with, if it came
 * just before; the reads in vain since the step before. */
typedef struct row {
  double ms;
  const char *name;
  uint32_t queued_at;
  uint32_t returned;
  uint32_t in_vain;
} row;

static int64_t us(double ms) { return (int64_t)(ms * 1000 + 0.5); }

static void check_rows(const char *text, bell_strategy strategy, bell_waiting_options options, const row *rows,
                       uint32_t count) {
  run r;
  run_waiting(&r, text, strategy, options);
  CHECK_EQUAL(text, "steps", r.trace.step_count, count);
  CHECK_EQUAL(text, "strategy", r.trace.strategy, strategy);
  for (uint32_t k = 0; k < count; k++) {
    char what[64];
    snprintf(what, sizeof what, "%s, step %u", bell_strategy_name(strategy), k);
    CHECK_TEXT(text, what, step_name(&r.trace, k), rows[k].name);
    CHECK_EQUAL(text, what, r.trace.steps[k].time_us, us(rows[k].ms));
    CHECK_EQUAL(text, what, r.trace.steps[k].queued_at, rows[k].queued_at);
    bool answers = strategy != BELL_THREADS;
    CHECK_EQUAL(text, what, answers ? r.trace.answers[k].returned : 0, rows[k].returned);
    CHECK_EQUAL(text, what, answers ? r.trace.answers[k].in_vain : 0, rows[k].in_vain);
    CHECK_EQUAL(text, what, r.trace.steps[k].queue, BELL_QUEUE_NONE);
  }
  run_free(&r);
}

#define CHECK_ROWS(text, strategy, options, ...) \
  do { \
    static const row rows[] = {__VA_ARGS__}; \
    check_rows(text, strategy, (bell_waiting_options)options, rows, COUNT_OF(rows)); \
  } while (0)
#define USUAL \
  { 0 }
#define MAXEVENTS(n) \
  { .maxevents = (n) }
#define NO_DRAIN \
  { .no_drain = true }

/* The lesson's own scenario. */
static const char lesson[] =
    "socket A \"slow report\" ready 6\n"
    "socket B \"chat ping\"   ready 1\n"
    "socket C \"image tile\"  ready 3\n";

static void whoever_is_alone_when_it_comes_is_served_at_once(void **state) {
  (void)state;
  static const bell_strategy waiting[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL, BELL_EPOLL_ET, BELL_IO_URING};
  for (size_t i = 0; i < COUNT_OF(waiting); i++) {
    uint32_t drained = waiting[i] == BELL_EPOLL_ET; /* each was read until a read would block */
    const row rows[] = {{1, "B", 0, 1, drained}, {3, "C", 1, 1, drained}, {6, "A", 2, 1, drained}};
    check_rows(lesson, waiting[i], (bell_waiting_options){0}, rows, COUNT_OF(rows));
  }
  CHECK_ROWS(lesson, BELL_THREADS, USUAL, {1, "B", 0, 0, 0}, {3, "C", 1, 0, 0}, {6, "A", 2, 0, 0});
}

static void a_scenario_without_sockets_has_no_steps(void **state) {
  (void)state;
  for (int strategy = SIMPLE_STRATEGIES; strategy < BELL_STRATEGIES; strategy++) {
    check_rows("# nobody\n", (bell_strategy)strategy, (bell_waiting_options){0}, NULL, 0);
  }
}

/* select(2), poll(2): the sets are looked at as they are when the call returns; what comes while the answers are
 * handled is in the next answer, in the order of descriptors again. */
static void select_and_poll_answer_in_the_order_of_descriptors(void **state) {
  (void)state;
  static const char late_first[] = "socket A ready 2\nsocket B ready 1\nsocket C ready 0 takes 3\n";
  static const char meanwhile[] = "socket A ready 0 0 takes 1\nsocket B ready 0\nsocket C ready 0.5\n";
  for (bell_strategy s = BELL_SELECT; s <= BELL_POLL; s++) {
    CHECK_ROWS(late_first, s, USUAL, {0, "C", 0, 1, 0}, {3, "A", 1, 2, 0}, {3, "B", 1, 0, 0});
    CHECK_ROWS(meanwhile, s, USUAL, {0, "A", 0, 2, 0}, {1, "B", 0, 0, 0}, {1, "A", 2, 2, 0}, {2, "C", 2, 0, 0});
  }
}

/* do_select and do_poll in fs/select.c: one look at all before the sleep, and one after. */
static void select_looks_from_descriptor_0_poll_at_its_array_each_twice_if_it_slept(void **state) {
  (void)state;
  static const uint32_t scanned[BELL_STRATEGIES] = {[BELL_SELECT] = 3 + 3, [BELL_POLL] = 3};
  for (int strategy = SIMPLE_STRATEGIES; strategy < BELL_STRATEGIES; strategy++) {
    run r;
    run_waiting(&r, lesson, (bell_strategy)strategy, (bell_waiting_options){0});
    bool waits = strategy != BELL_BUSY_POLL && strategy != BELL_THREADS;
    bell_calls all = bell_trace_all_calls(&r.trace);
    CHECK_EQUAL(lesson, bell_strategy_name((bell_strategy)strategy), bell_trace_scanned(&r.trace), scanned[strategy]);
    CHECK_EQUAL(lesson, "scanned", all.scanned, 3 * 2 * scanned[strategy]);
    CHECK_EQUAL(lesson, "waits", all.waits, waits ? 3 : 0);
    CHECK_EQUAL(lesson, "returned", all.returned, waits ? 3 : 0);
    run_free(&r);
  }
  static const struct {
    const char *text;
    uint64_t scanned;
  } cases[] = {
      {"socket A ready 1\n", 2}, {"socket A ready 0\n", 1}, {"socket A ready 0 1 1\nsocket B ready 0\n", 2 + 4 + 2}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    run r;
    run_waiting(&r, cases[i].text, BELL_POLL, (bell_waiting_options){0});
    CHECK_EQUAL(cases[i].text, "scanned", bell_trace_all_calls(&r.trace).scanned, cases[i].scanned);
    run_free(&r);
  }
}

/* epoll(7), "round robin" in epoll_wait(2). */
static void epoll_answers_in_the_order_of_readiness(void **state) {
  (void)state;
  static const char late_first[] = "socket A ready 2\nsocket B ready 1\nsocket C ready 0 takes 3\n";
  CHECK_ROWS(late_first, BELL_EPOLL, USUAL, {0, "C", 0, 1, 0}, {3, "B", 1, 2, 0}, {3, "A", 1, 0, 0});
}

static void epoll_with_few_maxevents_goes_round_all_that_are_ready(void **state) {
  (void)state;
  static const char busy_a[] = "socket A ready 0 0 0\nsocket B ready 0\nsocket C ready 0\n";
  CHECK_ROWS(busy_a, BELL_EPOLL, MAXEVENTS(1), {0, "A", 0, 1, 0}, {0, "B", 1, 1, 0}, {0, "C", 2, 1, 0},
             {0, "A", 3, 1, 0}, {0, "A", 4, 1, 0});
  CHECK_ROWS(busy_a, BELL_EPOLL, MAXEVENTS(2), {0, "A", 0, 2, 0}, {0, "B", 0, 0, 0}, {0, "C", 2, 2, 0},
             {0, "A", 2, 0, 0}, {0, "A", 4, 1, 0});
  CHECK_ROWS(busy_a, BELL_EPOLL, MAXEVENTS(3), {0, "A", 0, 3, 0}, {0, "B", 0, 0, 0}, {0, "C", 0, 0, 0},
             {0, "A", 3, 1, 0}, {0, "A", 4, 1, 0});
}

/* As Linux has it (ep_send_events in fs/eventpoll.c), and as a kernel 6.18 showed. */
static void epoll_moves_a_socket_to_the_end_as_it_is_reported_and_drops_it_when_it_has_nothing(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 0 0 takes 2\nsocket B ready 0 0 takes 1\nsocket C ready 1\n", BELL_EPOLL, USUAL,
             {0, "A", 0, 2, 0}, {2, "B", 0, 0, 0}, {3, "A", 2, 3, 0}, {5, "B", 2, 0, 0}, {6, "C", 2, 0, 0});
  CHECK_ROWS("socket A ready 0 1.5 takes 2\nsocket B ready 0 takes 1\nsocket C ready 1\n", BELL_EPOLL, USUAL,
             {0, "A", 0, 2, 0}, {2, "B", 0, 0, 0}, {3, "A", 2, 2, 0}, {5, "C", 2, 0, 0});
  CHECK_ROWS("socket A ready 0 4\nsocket B ready 3 takes 2\nsocket C ready 3.5\n", BELL_EPOLL, USUAL, {0, "A", 0, 1, 0},
             {3, "B", 1, 1, 0}, {5, "C", 2, 2, 0}, {5, "A", 2, 0, 0});
}

/* epoll(7): "The suggested way to use epoll as an edge-triggered (EPOLLET) interface is [...] by waiting for an event
 * only after read(2) or write(2) return EAGAIN." */
static void edge_triggered_reads_each_until_a_read_would_block(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 0 0 takes 1\nsocket B ready 0\n", BELL_EPOLL_ET, USUAL, {0, "A", 0, 2, 0},
             {1, "A", 0, 0, 1}, {2, "B", 0, 0, 1});
  /* What comes during the draining is read in it, and not reported again. */
  CHECK_ROWS("socket A ready 0 0.5 takes 1\nsocket B ready 0 5\n", BELL_EPOLL_ET, USUAL, {0, "A", 0, 2, 0},
             {1, "A", 0, 0, 1}, {2, "B", 0, 0, 1}, {5, "B", 3, 1, 1});
  /* One that talks without end starves the others: draining is not fair. */
  CHECK_ROWS("socket A ready 0 1 2 3 takes 1\nsocket B ready 0\n", BELL_EPOLL_ET, USUAL, {0, "A", 0, 2, 0},
             {1, "A", 0, 0, 0}, {2, "A", 0, 0, 0}, {3, "A", 0, 0, 1}, {4, "B", 0, 0, 1});
}

/* Which messages have no step: "event event ...". */
static void check_stuck(const char *text, const char *expected) {
  run r;
  run_waiting(&r, text, BELL_EPOLL_ET, (bell_waiting_options)NO_DRAIN);
  string stuck = {0};
  string_cut(&stuck, 0);
  for (uint32_t e = 0; e < r.trace.event_count; e++) {
    uint32_t k = 0;
    while (k < r.trace.step_count && r.trace.steps[k].event != e) k++;
    if (k == r.trace.step_count) string_add(&stuck, "%u ", e);
  }
  CHECK_TEXT(text, "stuck", stuck.bytes, expected);
  CHECK_EQUAL(text, "in vain", bell_trace_all_calls(&r.trace).in_vain, 0);
  string_free(&stuck);
  run_free(&r);
}

/* epoll(7), the example of the pipe with 2 kB in it of which 1 kB is read. */
static void edge_triggered_without_draining_loses_what_was_left_over(void **state) {
  (void)state;
  check_stuck("socket A ready 0 0\nsocket B ready 0\n", "1 ");
  check_stuck("socket A ready 0 0 0\nsocket B ready 0\n", "1 2 ");
  check_stuck("socket A ready 0 0 3\nsocket B ready 0\n", "2 ");         /* told again at 3, of the one before */
  check_stuck("socket A ready 0 0 3 4\nsocket B ready 0\n", "3 ");       /* always one behind */
  check_stuck("socket A ready 0 1\nsocket B ready 0\n", "");             /* each told of in its time */
  check_stuck("socket A ready 0 1 takes 2\nsocket B ready 0\n", "");     /* told again while it was handled */
  check_stuck("socket A ready 0 1 1 takes 2\nsocket B ready 0\n", "2 "); /* told once of two */
  check_stuck("socket A ready 1 2\nsocket B ready 0 takes 3\n", "1 ");   /* the same before it was read at all */
  check_stuck("socket A ready 1 1\nsocket B ready 2 2\nsocket C ready 0 0\n", "1 3 5 ");
  CHECK_ROWS("socket A ready 0 0 3\nsocket B ready 0\n", BELL_EPOLL_ET, NO_DRAIN, {0, "A", 0, 2, 0}, {0, "B", 0, 0, 0},
             {3, "A", 2, 1, 0});
}

/* io_uring(7). A read that is handed over with a wait is completed in it, after those that were completed before. */
static void io_uring_answers_in_the_order_of_completion(void **state) {
  (void)state;
  CHECK_ROWS("socket A ready 2\nsocket B ready 1\nsocket C ready 0 takes 3\n", BELL_IO_URING, USUAL, {0, "C", 0, 1, 0},
             {3, "B", 1, 2, 0}, {3, "A", 1, 0, 0});
  CHECK_ROWS("socket A ready 0 0 takes 1\nsocket B ready 0.5\n", BELL_IO_URING, USUAL, {0, "A", 0, 1, 0},
             {1, "B", 1, 2, 0}, {1, "A", 1, 0, 0});
  static const char busy_a[] = "socket A ready 0 0 0\nsocket B ready 0\nsocket C ready 0\n";
  CHECK_ROWS(busy_a, BELL_IO_URING, MAXEVENTS(1), {0, "A", 0, 1, 0}, {0, "B", 1, 1, 0}, {0, "C", 2, 1, 0},
             {0, "A", 3, 1, 0}, {0, "A", 4, 1, 0});
  CHECK_ROWS(busy_a, BELL_IO_URING, MAXEVENTS(2), {0, "A", 0, 2, 0}, {0, "B", 0, 0, 0}, {0, "C", 2, 2, 0},
             {0, "A", 2, 0, 0}, {0, "A", 4, 1, 0});
}

static void with_io_uring_the_kernel_has_read_already(void **state) {
  (void)state;
  run r;
  run_waiting(&r, lesson, BELL_IO_URING, (bell_waiting_options){0});
  CHECK_EQUAL(lesson, "reads", bell_trace_all_calls(&r.trace).reads, 0);
  run_free(&r);
}

/* Whole rounds that there is time for, and the reads in them. */
#define IDLE(us, sockets) (UINT64_C(1000) * (us) / ((uint64_t)BELL_READ_IN_VAIN_NS * (sockets)) * (sockets))

/* A round that finds something takes no time in the model: so all can be counted. */
static void busy_polling_reads_everybody_in_vain_round_after_round(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *order;
    uint64_t in_vain[4]; /* before each step, idle rounds and all */
  } cases[] = {
      {"socket A ready 0 0\nsocket B ready 0\n", "ABA", {0, 0, 0}},
      /* The last: B and C of A's round, the rounds from 0 to 5 us, and A of the next. */
      {"socket A ready 0 0\nsocket B ready 0.005\nsocket C ready 0\n", "ACAB", {0, 1, 0, 2 + IDLE(5, 3) + 1}},
      {"socket A ready 0.009\nsocket B ready 0.004\n", "BA", {IDLE(4, 2) + 1, IDLE(5, 2)}},
      /* B and C of the first round, 4 us; B; 1 us, in which no round of three has room, and A of the next. */
      {"socket A ready 0 0.004\nsocket B ready 0.005\nsocket C ready 0.004\n", "AACB", {0, 2 + IDLE(4, 3), 1, 0 + 1}},
      /* C comes while A is handled, further on in the same round; 2 us, and A of the next round. */
      {"socket A ready 0 takes 0.003\nsocket B ready 0.005\nsocket C ready 0.002\n", "ACB", {0, 1, IDLE(2, 3) + 1}},
      /* A comes while B is handled, but the round has passed it: C first. B and C, 2 us, A and B. */
      {"socket A ready 0.001\nsocket B ready 0 takes 0.003\nsocket C ready 0.005\n", "BAC", {1, 1, 2 + IDLE(2, 3) + 2}},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    run r;
    run_waiting(&r, cases[i].text, BELL_BUSY_POLL, (bell_waiting_options){0});
    CHECK_EQUAL(cases[i].text, "steps", r.trace.step_count, strlen(cases[i].order));
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      bell_calls calls = bell_trace_calls(&r.trace, k);
      CHECK_EQUAL(cases[i].text, "name", step_name(&r.trace, k)[0], cases[i].order[k]);
      CHECK_EQUAL(cases[i].text, "in vain", calls.in_vain, cases[i].in_vain[k]);
      CHECK_EQUAL(cases[i].text, "reads", calls.reads, cases[i].in_vain[k] + 1);
      CHECK_EQUAL(cases[i].text, "waits", calls.waits, 0);
    }
    run_free(&r);
  }
}

/* Eight sockets and 9 ms: a round takes 8 * 340 ns = 2.72 us, so there is time for 3,308 of them. */
static void with_more_sockets_a_round_takes_longer(void **state) {
  (void)state;
  string text = {0};
  for (int i = 0; i < 8; i++) string_add(&text, "socket s%d ready 9\n", i);
  run r;
  run_waiting(&r, text.bytes, BELL_BUSY_POLL, (bell_waiting_options){0});
  CHECK_EQUAL(text.bytes, "in vain", bell_trace_all_calls(&r.trace).in_vain, 8 * 3308);
  run_free(&r);
  string_free(&text);
}

static void busy_polling_never_sleeps(void **state) {
  (void)state;
  run r;
  run_waiting(&r, lesson, BELL_BUSY_POLL, (bell_waiting_options){0});
  bell_totals totals = bell_trace_totals(&r.trace);
  CHECK_EQUAL(lesson, "idle", totals.idle_us, 0);
  CHECK_EQUAL(lesson, "wake-ups", totals.wake_ups, 0);
  run_free(&r);
}

/* ---- threads ---------------------------------------------------------------------------------------------------- */

typedef struct thread_row {
  double ms;
  const char *name;
  double end_ms;
  bell_reason reason;
} thread_row;

static void check_threads(const char *text, uint32_t cores, const thread_row *rows, uint32_t count) {
  run r;
  run_waiting(&r, text, BELL_THREADS, (bell_waiting_options){.cores = cores});
  CHECK_EQUAL(text, "steps", r.trace.step_count, count);
  for (uint32_t k = 0; k < count; k++) {
    char what[64];
    snprintf(what, sizeof what, "%u cores, step %u", cores, k);
    CHECK_TEXT(text, what, step_name(&r.trace, k), rows[k].name);
    CHECK_EQUAL(text, what, r.trace.steps[k].time_us, us(rows[k].ms));
    CHECK_EQUAL(text, what, bell_trace_end_us(&r.trace, k), us(rows[k].end_ms));
    CHECK_EQUAL(text, what, r.trace.steps[k].reason, rows[k].reason);
  }
  run_free(&r);
}

#define CHECK_THREADS(text, cores, ...) \
  do { \
    static const thread_row rows[] = {__VA_ARGS__}; \
    check_threads(text, cores, rows, COUNT_OF(rows)); \
  } while (0)

static void threads_run_as_soon_as_a_core_is_free_in_the_order_in_which_they_came_to_want_one(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 0 takes 2\nsocket B ready 1 takes 1\nsocket C ready 1 takes 1\n";
  CHECK_THREADS(text, 2, {0, "A", 2, BELL_REASON_THREAD}, {1, "B", 2, BELL_REASON_THREAD},
                {2, "C", 3, BELL_REASON_CORE}, {2, "A", 4, BELL_REASON_THREAD});
  for (uint32_t cores = 3; cores <= BELL_CORES_MAX; cores++) {
    CHECK_THREADS(text, cores, {0, "A", 2, BELL_REASON_THREAD}, {1, "B", 2, BELL_REASON_THREAD},
                  {1, "C", 2, BELL_REASON_THREAD}, {2, "A", 4, BELL_REASON_THREAD});
  }
}

static void more_cores_than_the_bound_are_as_many_as_the_bound(void **state) {
  (void)state;
  assert_int_equal(bell_waiting_with_defaults((bell_waiting_options){.cores = 1000}).cores, BELL_CORES_MAX);
}

/* Not held up to the end of a long message: on Linux, B is handled from 5 to 6 ms. */
static void a_thread_that_has_had_its_slice_makes_room_for_one_that_waits(void **state) {
  (void)state;
  CHECK_THREADS("socket A ready 1 takes 50\nsocket B ready 5 takes 1\n", 1, {1, "A", 52, BELL_REASON_THREAD},
                {5, "B", 6, BELL_REASON_SLICE});
  CHECK_THREADS("socket A ready 1 takes 50\nsocket B ready 2 takes 1\n", 1, {1, "A", 52, BELL_REASON_THREAD},
                {4, "B", 5, BELL_REASON_SLICE});
  /* Turn by turn, 3 ms each: A, B, C, A, B, C, A. */
  CHECK_THREADS("socket A ready 0 takes 7\nsocket B ready 0 takes 6\nsocket C ready 0 takes 4\n", 1,
                {0, "A", 17, BELL_REASON_THREAD}, {3, "B", 15, BELL_REASON_SLICE}, {6, "C", 16, BELL_REASON_SLICE});
  /* A's slice goes on over its messages. */
  CHECK_THREADS("socket A ready 0 0 0 0 takes 1\nsocket B ready 0 takes 1\n", 1, {0, "A", 1, BELL_REASON_THREAD},
                {1, "A", 2, BELL_REASON_THREAD}, {2, "A", 3, BELL_REASON_THREAD}, {3, "B", 4, BELL_REASON_SLICE},
                {4, "A", 5, BELL_REASON_CORE});
  /* Two cores: C comes when both threads have had their slice, and A's core is the first; C needs it for 1 ms. */
  CHECK_THREADS("socket A ready 0 takes 10\nsocket B ready 0 takes 10\nsocket C ready 5 takes 1\n", 2,
                {0, "A", 11, BELL_REASON_THREAD}, {0, "B", 10, BELL_REASON_THREAD}, {5, "C", 6, BELL_REASON_SLICE});
}

/* A's messages are there before its thread asks; B and C come to threads that sleep, though C has to wait for a
 * core. */
static void each_thread_sleeps_and_wakes_by_itself(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 0 takes 4\nsocket B ready 1 takes 1\nsocket C ready 1 takes 1\n";
  static const bool slept[] = {false, true, true, false};
  run r;
  run_waiting(&r, text, BELL_THREADS, (bell_waiting_options){.cores = 2});
  for (uint32_t k = 0; k < COUNT_OF(slept); k++) CHECK_EQUAL(text, "slept", bell_trace_slept(&r.trace, k), slept[k]);
  bell_totals totals = bell_trace_totals(&r.trace);
  CHECK_EQUAL(text, "wake-ups", totals.wake_ups, 2);
  CHECK_EQUAL(text, "idle", totals.idle_us, 0);
  run_free(&r);
}

/* Readiness does not cure it: whoever has one thread is held up by one slow handler. Threads are not, though on one
 * core they wait for the end of its slice. */
static void one_slow_handler_holds_up_every_ready_socket_but_not_every_thread(void **state) {
  (void)state;
  static const char text[] =
      "socket slow ready 0 takes 50\n"
      "socket A ready 1\n"
      "socket B ready 2\n"
      "socket C ready 3\n";
  for (int strategy = SIMPLE_STRATEGIES; strategy < BELL_STRATEGIES; strategy++) {
    for (uint32_t cores = 1; cores <= 4; cores++) {
      run r;
      run_waiting(&r, text, (bell_strategy)strategy, (bell_waiting_options){.cores = cores});
      int64_t free_us = strategy != BELL_THREADS ? 50000 : cores == 1 ? BELL_SLICE_US : 0;
      for (uint32_t k = 0; k < 4; k++) {
        CHECK_EQUAL(text, bell_strategy_name((bell_strategy)strategy), r.trace.steps[k].time_us,
                    k == 0            ? 0
                    : free_us > us(k) ? free_us
                                      : us(k));
      }
      CHECK_EQUAL(text, "end", bell_trace_totals(&r.trace).end_us, 50000);
      run_free(&r);
    }
  }
}

/* ---- what is asked for, and what is refused --------------------------------------------------------------------- */

static void zero_options_mean_64_answers_4_cores_and_draining(void **state) {
  (void)state;
  string text = {0};
  for (int i = 0; i < 70; i++) string_add(&text, "socket s%d ready 0 0 takes 1\n", i);
  for (int strategy = SIMPLE_STRATEGIES; strategy < BELL_STRATEGIES; strategy++) {
    run usual;
    run told;
    run_waiting(&usual, text.bytes, (bell_strategy)strategy, (bell_waiting_options){0});
    run_waiting(&told, text.bytes, (bell_strategy)strategy, (bell_waiting_options){.maxevents = 64, .cores = 4});
    assert_int_equal(usual.trace.step_count, 140);
    assert_int_equal(told.trace.step_count, 140);
    assert_memory_equal(usual.trace.steps, told.trace.steps, 140 * sizeof(bell_step));
    bool limited = strategy == BELL_EPOLL || strategy == BELL_EPOLL_ET || strategy == BELL_IO_URING;
    if (limited) assert_int_equal(usual.trace.answers[0].returned, 64);
    run_free(&usual);
    run_free(&told);
  }
  string_free(&text);
}

static void tell_reading(void *context, const bell_problem *problem) {
  reading *r = context;
  r->problems[r->problem_count++ % PROBLEMS_KEPT] = *problem;
}

/* FD_SETSIZE in select(2) is 1024, and descriptors 0, 1 and 2 are taken. */
static void select_takes_1021_sockets_and_reports_the_1022nd(void **state) {
  (void)state;
  string text = {0};
  string_add(&text, "# the sockets start on line 3\n\n");
  for (int i = 1; i <= 1500; i++) {
    string_add(&text, "socket s%d ready 1\n", i);
    if (i != 1021 && i != 1022 && i != 1500) continue;
    for (int strategy = SIMPLE_STRATEGIES; strategy < BELL_STRATEGIES; strategy++) {
      bool fine = strategy != BELL_SELECT || i == 1021;
      reading r = read_good(text.bytes, BELL_MULTIPLEXER);
      bool good = bell_waiting_check(&r.scenario, (bell_strategy)strategy, (bell_report){tell_reading, &r});
      assert_int_equal(good, fine);
      assert_int_equal(r.problem_count, fine ? 0 : 1);
      if (!fine) {
        assert_int_equal(r.problems[0].code, BELL_PROBLEM_SELECT);
        assert_int_equal(r.problems[0].line, 2 + 1022);
        assert_int_equal(r.problems[0].column, 1);
      }
      reading_free(&r);
    }
  }
  string_free(&text);
}

/* The others do not go by its number. */
static void nor_has_it_for_one_that_is_said(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1\nsocket B ready 2 fd 1500\nsocket C ready 3 fd 2000\n";
  check_refused(text, BELL_SELECT, "its descriptor would be 1500, and a set of select ends at 1023");
  run r;
  run_by(&r, text, BELL_POLL);
  CHECK_EQUAL(text, "steps", r.trace.step_count, 3);
  CHECK_EQUAL(text, "scanned", bell_trace_scanned(&r.trace), 3);
  run_free(&r);
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    if (s == BELL_SELECT) continue;
    run_by(&r, text, s);
    CHECK_EQUAL(text, bell_strategy_name(s), r.trace.step_count, 3);
    run_free(&r);
  }
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  check_small_arenas_by_all(lesson);
  check_small_arenas_by_all("socket A ready 0 0 takes 1\nsocket B ready 0 0 0\n");
}

/* DESIGN's budget: 64 bytes a message. One message a socket is the dearest, for a run keeps something of each socket.
 */
static void a_run_takes_at_most_64_bytes_a_message(void **state) {
  (void)state;
  static const int messages[] = {1, 2, 100};
  for (size_t i = 0; i < COUNT_OF(messages); i++) {
    string text = {0};
    for (int socket = 0; socket < 10000; socket++) {
      string_add(&text, "socket s%d ready", socket);
      for (int m = 0; m < messages[i]; m++) string_add(&text, " %d", m);
      string_add(&text, "\n");
    }
    reading r = read_good(text.bytes, BELL_MULTIPLEXER);
    double bytes = (double)bell_waiting_memory(&r.scenario, BELL_EPOLL) / r.scenario.event_count;
    print_message("%d messages a socket: %.2f bytes a message\n", messages[i], bytes);
    assert_true(bytes <= 64);
    reading_free(&r);
    string_free(&text);
  }
}

/* ---- large and random ------------------------------------------------------------------------------------------- */

static uint64_t first_seed;

enum { LARGE_SOCKETS = 20000 };

/* Each event once, and none too early; the messages of one socket in their order; the time never goes back. */
static void check_steps(const char *label, const bell_trace *trace, bool all_are_handled) {
  const bell_scenario *scenario = trace->scenario;
  uint32_t *next = malloc(((size_t)scenario->statement_count + 1) * sizeof *next);
  assert_non_null(next);
  for (uint32_t s = 0; s < scenario->statement_count; s++) next[s] = scenario->statements[s].first_event;
  if (all_are_handled) CHECK_EQUAL(label, "steps", trace->step_count, scenario->event_count);
  CHECK_EQUAL(label, "events", trace->event_count, scenario->event_count);
  bool one_thread = trace->strategy != BELL_THREADS;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    CHECK(label, step->event < trace->event_count);
    uint32_t socket = bell_trace_event(trace, k)->statement;
    CHECK_EQUAL(label, "the socket's next message", step->event, next[socket]++);
    CHECK(label, bell_trace_latency_us(trace, k) >= 0);
    if (one_thread) CHECK(label, step->time_us >= bell_trace_free_us(trace, k));
    else CHECK(label, k == 0 || step->time_us >= trace->steps[k - 1].time_us);
    if (step->other != BELL_NONE) {
      CHECK(label, step->other < trace->event_count);
      CHECK(label, trace->events[step->other].ready_us <= step->time_us);
    }
  }
  free(next);
}

/* An answer is as large as it says, of different sockets, and within the limit; nobody sleeps while somebody waits. */
static void check_answers(const char *label, const bell_trace *trace, uint32_t limit) {
  uint32_t *answered_at = calloc((size_t)trace->scenario->statement_count + 1, sizeof *answered_at); /* step + 1 */
  assert_non_null(answered_at);
  uint32_t left = 0;
  uint32_t wait = 0;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    if (step->reason == BELL_REASON_ANSWER_FIRST) {
      CHECK_EQUAL(label, "steps that are left of the answer before", left, 0);
      wait = k;
      left = trace->answers[k].returned;
      CHECK(label, left > 0 && left <= limit);
    }
    CHECK_EQUAL(label, "queued_at", step->queued_at, wait);
    if (k != wait) CHECK_EQUAL(label, "time", step->time_us, bell_trace_free_us(trace, k));
    if (step->reason == BELL_REASON_DRAIN) continue;
    uint32_t socket = bell_trace_event(trace, k)->statement;
    CHECK(label, answered_at[socket] != wait + 1);
    answered_at[socket] = wait + 1;
    left--;
    CHECK_EQUAL(label, "others behind it", step->other != BELL_NONE, left > 0);
  }
  CHECK_EQUAL(label, "steps that are left of the last answer", left, 0);
  free(answered_at);
}

/* A message is not begun before its thread has handled the one before, and takes its time at least. No more of them are
 * under way than there are sockets, and what the cores do adds up: while fewer threads than cores have something to do,
 * nobody waits. A thread has slept if its message came after it had handled the one before. */
static void check_cores(const char *label, const bell_trace *trace, uint32_t cores) {
  int64_t *thread_free_us = calloc((size_t)trace->scenario->statement_count + 1, sizeof *thread_free_us);
  assert_non_null(thread_free_us);
  bool one_each = trace->scenario->statement_count <= cores;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    uint32_t socket = bell_trace_event(trace, k)->statement;
    int64_t took_us = bell_trace_end_us(trace, k) - step->time_us;
    CHECK_EQUAL(label, "its thread slept", bell_trace_slept(trace, k),
                bell_trace_event(trace, k)->ready_us > thread_free_us[socket]);
    int64_t since_us = bell_trace_event(trace, k)->ready_us;
    if (since_us < thread_free_us[socket]) since_us = thread_free_us[socket];
    CHECK(label, step->time_us >= since_us);
    if (step->reason == BELL_REASON_THREAD) CHECK_EQUAL(label, "begins at once", step->time_us, since_us);
    if (step->reason == BELL_REASON_CORE) CHECK(label, step->time_us > since_us);
    if (one_each) CHECK_EQUAL(label, "reason", step->reason, BELL_REASON_THREAD);
    if (one_each) CHECK_EQUAL(label, "takes", took_us, bell_trace_statement(trace, k)->takes_us);
    CHECK(label, took_us >= bell_trace_statement(trace, k)->takes_us);
    thread_free_us[socket] = bell_trace_end_us(trace, k);
  }
  free(thread_free_us);
}

/* The cores together do one thing after another: of all work that is there, no more than `cores` can be done at a time,
 * and no core is idle while a thread wants it. So the last end is that of any order on one core. */
static void check_one_core(const char *label, const bell_trace *trace) {
  const bell_scenario *scenario = trace->scenario;
  bell_trace readiness = {0};
  size_t bytes = bell_multiplexer_memory(scenario);
  unsigned char *memory = malloc(bytes + 1);
  assert_non_null(memory);
  bell_arena arena = {.base = memory, .capacity = bytes};
  assert_true(bell_multiplexer_run(&readiness, scenario, BELL_READINESS, &arena));
  CHECK_EQUAL(label, "end", bell_trace_totals(trace).end_us, bell_trace_totals(&readiness).end_us);
  free(memory);
}

static void check_twins(const char *label, const bell_trace *a, const bell_trace *b) {
  CHECK_EQUAL(label, "steps", a->step_count, b->step_count);
  if (a->step_count == 0) return;
  CHECK(label, memcmp(a->steps, b->steps, a->step_count * sizeof *a->steps) == 0);
  CHECK(label, memcmp(a->answers, b->answers, a->step_count * sizeof *a->answers) == 0);
}

static void try_way(const char *text, const char *seed, bell_strategy strategy, bell_waiting_options options) {
  char label[200];
  snprintf(label, sizeof label, "%s: %s, maxevents %u, cores %u, %s", seed, bell_strategy_name(strategy),
           options.maxevents, options.cores, options.no_drain ? "no drain" : "drain");
  run r;
  run twin;
  run_waiting(&r, text, strategy, options);
  run_waiting(&twin, text, strategy, options);
  check_twins(label, &r.trace, &twin.trace);
  check_steps(label, &r.trace, !options.no_drain);
  if (strategy == BELL_THREADS) check_cores(label, &r.trace, options.cores > 0 ? options.cores : 4);
  if (strategy == BELL_THREADS && options.cores == 1) check_one_core(label, &r.trace);
  if (strategy >= BELL_SELECT && strategy != BELL_THREADS) {
    uint32_t limit = options.maxevents > 0 ? options.maxevents : 64;
    check_answers(label, &r.trace, strategy <= BELL_POLL ? r.reading.scenario.statement_count : limit);
  }
  run_free(&twin);
  run_free(&r);
}

static void try_all_ways(uint64_t seed, uint32_t sockets) {
  string text = {0};
  string_cut(&text, 0);
  uint64_t chance = seed;
  random_scenario(&chance, BELL_MULTIPLEXER, sockets, &text);
  char label[64];
  snprintf(label, sizeof label, "DOORBELL_SEED=%llu, %u sockets", (unsigned long long)seed, sockets);
  for (bell_strategy s = BELL_BUSY_POLL; s < BELL_STRATEGIES; s++) {
    if (s == BELL_SELECT && sockets > BELL_SELECT_LIMIT - BELL_FIRST_DESCRIPTOR) continue;
    try_way(text.bytes, label, s, (bell_waiting_options){0});
  }
  const uint32_t some = 1 + random_below(&chance, 5);
  const uint32_t cores = 1 + random_below(&chance, BELL_CORES_MAX);
  try_way(text.bytes, label, BELL_EPOLL, (bell_waiting_options){.maxevents = some});
  try_way(text.bytes, label, BELL_EPOLL_ET, (bell_waiting_options){.maxevents = some});
  try_way(text.bytes, label, BELL_EPOLL_ET, (bell_waiting_options){.maxevents = some, .no_drain = true});
  try_way(text.bytes, label, BELL_KQUEUE, (bell_waiting_options){.maxevents = some});
  try_way(text.bytes, label, BELL_KQUEUE_CLEAR, (bell_waiting_options){.maxevents = some});
  try_way(text.bytes, label, BELL_KQUEUE_CLEAR, (bell_waiting_options){.maxevents = some, .no_drain = true});
  try_way(text.bytes, label, BELL_IO_URING, (bell_waiting_options){.maxevents = some});
  try_way(text.bytes, label, BELL_THREADS, (bell_waiting_options){.cores = 1});
  try_way(text.bytes, label, BELL_THREADS, (bell_waiting_options){.cores = cores});
  string_free(&text);
}

static void small_random_runs_keep_the_rules(void **state) {
  (void)state;
  for (uint64_t i = 0; i < rounds(100); i++) try_all_ways(first_seed + i, (uint32_t)(first_seed + i) % 13);
}

static void large_random_runs_keep_the_rules(void **state) {
  (void)state;
  try_all_ways(first_seed, BELL_SELECT_LIMIT - BELL_FIRST_DESCRIPTOR);
  try_all_ways(first_seed, LARGE_SOCKETS);
}

/* ---- how long a million takes ----------------------------------------------------------------------------------- */

static double seconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* When each of a million sockets has its message, and how long handling it takes. */
typedef struct load {
  const char *name;
  uint32_t spread_us; /* somewhere from 0 up to this */
  uint32_t takes_us;
} load;

static void report_seconds(bell_scenario *scenario, load of, unsigned char *memory, size_t bytes) {
  uint64_t chance = 4;
  for (uint32_t i = 0; i < scenario->event_count; i++) {
    scenario->events[i].ready_us = random_below(&chance, of.spread_us);
    scenario->statements[i].takes_us = of.takes_us;
  }
  print_message("%-11s", of.name);
  for (int strategy = SIMPLE_STRATEGIES; strategy < BELL_STRATEGIES; strategy++) {
    bell_arena arena = {.base = memory, .capacity = bytes};
    bell_trace trace;
    double start = seconds();
    assert_true(bell_waiting_run(&trace, scenario, (bell_strategy)strategy, (bell_waiting_options){0}, &arena));
    print_message(" %9.3f", seconds() - start);
    assert_int_equal(trace.step_count, scenario->event_count);
  }
  print_message("\n");
}

/* Seconds to look at, not a limit; what is quadratic takes hours. select would refuse so many, and is run all the
 * same, for it costs the model no less than poll. A million of them, when DOORBELL_ROUNDS gives the time. */
static void sockets_by_the_hundred_thousand_are_served_in_a_moment(void **state) {
  (void)state;
  uint32_t sockets = many(rounds(1) == 1 ? 100000 : 1000000);
  static const load loads[] = {{"all at once", 1, 0}, {"busy", 10000000, 10}, {"overloaded", 1000000, 10}};
  string text = {0};
  for (uint32_t i = 0; i < sockets; i++) string_add(&text, "socket s%u ready 0\n", i);
  reading r = read_good(text.bytes, BELL_MULTIPLEXER);
  size_t bytes = bell_waiting_memory(&r.scenario, BELL_EPOLL); /* as the others */
  unsigned char *memory = malloc(bytes);
  assert_non_null(memory);
  print_message("seconds    ");
  for (int strategy = SIMPLE_STRATEGIES; strategy < BELL_STRATEGIES; strategy++) {
    print_message(" %9s", bell_strategy_name((bell_strategy)strategy));
  }
  print_message("\n");
  for (size_t i = 0; i < COUNT_OF(loads); i++) report_seconds(&r.scenario, loads[i], memory, bytes);
  free(memory);
  reading_free(&r);
  string_free(&text);
}

int main(void) {
  const char *wanted = getenv("DOORBELL_SEED");
  first_seed = wanted ? strtoull(wanted, NULL, 10) : (uint64_t)time(NULL);
  printf("DOORBELL_SEED=%llu\n", (unsigned long long)first_seed);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whoever_is_alone_when_it_comes_is_served_at_once),
      cmocka_unit_test(a_scenario_without_sockets_has_no_steps),
      cmocka_unit_test(select_and_poll_answer_in_the_order_of_descriptors),
      cmocka_unit_test(select_looks_from_descriptor_0_poll_at_its_array_each_twice_if_it_slept),
      cmocka_unit_test(epoll_answers_in_the_order_of_readiness),
      cmocka_unit_test(epoll_with_few_maxevents_goes_round_all_that_are_ready),
      cmocka_unit_test(epoll_moves_a_socket_to_the_end_as_it_is_reported_and_drops_it_when_it_has_nothing),
      cmocka_unit_test(edge_triggered_reads_each_until_a_read_would_block),
      cmocka_unit_test(edge_triggered_without_draining_loses_what_was_left_over),
      cmocka_unit_test(io_uring_answers_in_the_order_of_completion),
      cmocka_unit_test(with_io_uring_the_kernel_has_read_already),
      cmocka_unit_test(busy_polling_reads_everybody_in_vain_round_after_round),
      cmocka_unit_test(with_more_sockets_a_round_takes_longer),
      cmocka_unit_test(busy_polling_never_sleeps),
      cmocka_unit_test(threads_run_as_soon_as_a_core_is_free_in_the_order_in_which_they_came_to_want_one),
      cmocka_unit_test(more_cores_than_the_bound_are_as_many_as_the_bound),
      cmocka_unit_test(a_thread_that_has_had_its_slice_makes_room_for_one_that_waits),
      cmocka_unit_test(each_thread_sleeps_and_wakes_by_itself),
      cmocka_unit_test(one_slow_handler_holds_up_every_ready_socket_but_not_every_thread),
      cmocka_unit_test(zero_options_mean_64_answers_4_cores_and_draining),
      cmocka_unit_test(select_takes_1021_sockets_and_reports_the_1022nd),
      cmocka_unit_test(nor_has_it_for_one_that_is_said),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(a_run_takes_at_most_64_bytes_a_message),
      cmocka_unit_test(small_random_runs_keep_the_rules),
      cmocka_unit_test(large_random_runs_keep_the_rules),
      cmocka_unit_test(sockets_by_the_hundred_thousand_are_served_in_a_moment),
  };
  return cmocka_run_group_tests_name("waiting", tests, NULL, NULL);
}
