/* What scale.h reckons, against runs of the model: the same counts; and times, added up call by call. */
#include "scale/scale.h"
#include "support.h"

static const bell_costs costs = {
    .waits = {{{{10, 2500}, {1000, 200500}}, {{10, 5000}, {1000, 403000}}, {{10, 6000}, {1000, 204000}}},
              {{{10, 2000}, {1000, 150500}, {10000, 4500500}},
               {{10, 4000}, {1000, 302000}},
               {{10, 5500}, {1000, 155000}}},
              {{{10, 500}, {1000, 500}}, {{10, 2500}, {1000, 2500}}, {{10, 4000}, {1000, 4000}}},
              {{{10, 1600}, {1000, 1600}}, {{10, 4200}, {1000, 4200}}, {{10, 5200}, {1000, 5200}}}},
    .wait_points = {{2, 2, 2}, {3, 2, 2}, {2, 2, 2}, {2, 2, 2}},
    .answer_ns = {0, 0, 100, 700},
    .read_ns = 900,
    .read_in_vain_ns = 300,
    .read_asleep_ns = 2900,
    .read_woken_ns = 4500,
    .context_switch_ns = 2400,
    .thread_resident_bytes = 8000,
    .thread_kernel_bytes = 16000,
};

/* `ready` of the sockets get a message at 1 ms, as evenly spread as they can be, the last among them; the others never
 * get one: theirs come when the run is as good as over. */
static void add_crowd(string *text, bell_crowd crowd) {
  uint64_t passed = 0;
  for (uint32_t i = 0; i < crowd.connections; i++) {
    uint64_t until = (uint64_t)(i + 1) * crowd.ready / crowd.connections;
    string_add(text, "socket s%lu ready %s\n", (unsigned long)i, until > passed ? "1" : "1000");
    passed = until;
  }
}

/* Busy polling goes round and round until the messages come; its wake-up begins with the first round that finds one. */
static bell_calls without_idle_rounds(bell_calls calls, uint32_t sockets) {
  uint64_t idle = calls.in_vain / sockets * sockets;
  calls.in_vain -= idle;
  calls.reads -= idle;
  return calls;
}

/* The wake-up, and when each of its messages has been read, summed up over the calls that the trace shows. */
typedef struct counted {
  bell_calls calls;
  uint32_t sleeps;
  double latency_ns;
} counted;

/* By how much longer a message takes that wakes the thread than one that is found at once. */
static double waking_ns(bell_strategy strategy, uint32_t connections) {
  static const bell_wait_call calls[BELL_STRATEGIES] = {[BELL_SELECT] = BELL_WAIT_SELECT,
                                                        [BELL_POLL] = BELL_WAIT_POLL,
                                                        [BELL_EPOLL] = BELL_WAIT_EPOLL,
                                                        [BELL_EPOLL_ET] = BELL_WAIT_EPOLL,
                                                        [BELL_IO_URING] = BELL_WAIT_IO_URING};
  return bell_cost_wait_ns(&costs, calls[strategy], BELL_WAIT_WOKEN, connections - 1.0) -
         bell_cost_wait_ns(&costs, calls[strategy], BELL_WAIT_AT_ONCE, connections - 1.0);
}

static counted count(bell_strategy strategy, bell_crowd crowd) {
  string text = {0};
  run r;
  counted c = {0};
  double now_ns = 0;
  add_crowd(&text, crowd);
  run_waiting(&r, text.bytes, strategy, (bell_waiting_options){0});
  for (uint32_t k = 0; k < crowd.ready; k++) {
    bell_calls calls = bell_trace_calls(&r.trace, k);
    if (strategy == BELL_BUSY_POLL && k == 0) calls = without_idle_rounds(calls, crowd.connections);
    bool slept = bell_trace_slept(&r.trace, k);
    c.sleeps += slept;
    now_ns += bell_scale_calls_ns(&costs, strategy, crowd.connections, calls, 0);
    if (slept && strategy != BELL_THREADS) now_ns += waking_ns(strategy, crowd.connections);
    /* The read in vain that ends the draining of an edge-triggered socket comes after the message. */
    double after_ns = strategy == BELL_EPOLL_ET ? (double)calls.in_vain * costs.read_in_vain_ns : 0;
    c.latency_ns += (now_ns - after_ns) / crowd.ready;
    c.calls.reads += calls.reads;
    c.calls.in_vain += calls.in_vain;
    c.calls.waits += calls.waits;
    c.calls.scanned += calls.scanned;
    c.calls.returned += calls.returned;
  }
  run_free(&r);
  string_free(&text);
  return c;
}

static const bell_crowd crowds[] = {{1, 1},     {2, 1},     {2, 2},      {10, 3},     {64, 64},    {65, 65},
                                    {100, 100}, {128, 128}, {1000, 1},   {1000, 10},  {1000, 200}, {1000, 1000},
                                    {1021, 63}, {1021, 64}, {1021, 129}, {1021, 1021}};

static const bell_strategy strategies[] = {BELL_BUSY_POLL, BELL_SELECT,  BELL_POLL,    BELL_EPOLL,
                                           BELL_EPOLL_ET,  BELL_THREADS, BELL_IO_URING};

static void one_wake_up_costs_the_calls_that_a_run_makes(void **state) {
  (void)state;
  for (size_t s = 0; s < COUNT_OF(strategies); s++) {
    for (size_t i = 0; i < COUNT_OF(crowds); i++) {
      const char *name = bell_strategy_name(strategies[s]);
      bell_calls made = count(strategies[s], crowds[i]).calls;
      bell_calls reckoned = bell_scale_calls(strategies[s], crowds[i]);
      CHECK_EQUAL(name, "reads", reckoned.reads, made.reads);
      CHECK_EQUAL(name, "in vain", reckoned.in_vain, made.in_vain);
      CHECK_EQUAL(name, "waits", reckoned.waits, made.waits);
      CHECK_EQUAL(name, "scanned", reckoned.scanned, made.scanned);
      CHECK_EQUAL(name, "returned", reckoned.returned, made.returned);
      CHECK_EQUAL(name, "sleeps", bell_scale_sleeps(strategies[s], crowds[i]), count(strategies[s], crowds[i]).sleeps);
    }
  }
}

/* For one thread. busy-poll comes to the ready ones after half of the others, give or take one place of the spread. */
static void latency_is_the_mean_over_the_calls_before_each_message(void **state) {
  (void)state;
  for (size_t s = 0; s < COUNT_OF(strategies); s++) {
    if (strategies[s] == BELL_THREADS) continue;
    for (size_t i = 0; i < COUNT_OF(crowds); i++) {
      double run_ns = count(strategies[s], crowds[i]).latency_ns;
      double reckoned_ns = bell_scale_latency_ns(&costs, strategies[s], crowds[i]);
      double slack_ns =
          0.001 +
          (strategies[s] == BELL_BUSY_POLL ? costs.read_in_vain_ns * crowds[i].connections / crowds[i].ready / 2 : 0);
      if (reckoned_ns < run_ns - slack_ns || reckoned_ns > run_ns + slack_ns) {
        fail_msg("%s, %lu of %lu: reckoned %f ns, run %f ns", bell_strategy_name(strategies[s]),
                 (unsigned long)crowds[i].ready, (unsigned long)crowds[i].connections, reckoned_ns, run_ns);
      }
    }
  }
}

/* The first on each core is woken from sleep; then it goes from thread to thread. */
static void threads_take_turns_on_the_cores(void **state) {
  (void)state;
  assert_int_equal(bell_scale_latency_ns(&costs, BELL_THREADS, (bell_crowd){1000, 1}), 4500);
  assert_int_equal(bell_scale_latency_ns(&costs, BELL_THREADS, (bell_crowd){1000, 4}), 4500);
  assert_int_equal(bell_scale_latency_ns(&costs, BELL_THREADS, (bell_crowd){1000, 6}), 4500 + 2400 * 2 / 6);
}

static double asking_ns(bell_strategy strategy, bell_crowd crowd) {
  return bell_scale_asking_ns(&costs, strategy, crowd.connections, bell_scale_calls(strategy, crowd),
                              bell_scale_sleeps(strategy, crowd));
}

/* Whoever waits sleeps, in every way but one, and pays for it. */
static void falling_asleep_and_being_woken_is_charged_to_all_that_sleep(void **state) {
  (void)state;
  assert_int_equal(asking_ns(BELL_BUSY_POLL, (bell_crowd){1001, 1}), 300 * 1000);
  assert_int_equal(asking_ns(BELL_SELECT, (bell_crowd){1001, 1}), 403000);
  assert_int_equal(asking_ns(BELL_POLL, (bell_crowd){1001, 1}), 302000);
  assert_int_equal(asking_ns(BELL_EPOLL, (bell_crowd){1001, 1}), 2500);
  assert_int_equal(asking_ns(BELL_EPOLL, (bell_crowd){1001, 65}), 2500 + 500 + 63 * 100); /* the second finds one */
  assert_int_equal(asking_ns(BELL_EPOLL_ET, (bell_crowd){1001, 1}), 2500 + 300);
  assert_int_equal(asking_ns(BELL_THREADS, (bell_crowd){1001, 3}), 3 * (2900 - 900));
  assert_int_equal(asking_ns(BELL_IO_URING, (bell_crowd){1001, 1}), 4200);
}

/* With one message, a thread of its own is the quicker to read it, if only by a little: it makes one call, not two. */
static void epoll_is_no_quicker_than_a_thread_that_sleeps(void **state) {
  (void)state;
  bell_crowd crowd = {1001, 1};
  double epoll_ns = bell_scale_latency_ns(&costs, BELL_EPOLL, crowd);
  assert_int_equal(epoll_ns, 4000 + 900);
  assert_true(epoll_ns > bell_scale_latency_ns(&costs, BELL_THREADS, crowd));
}

static void select_serves_1021_sockets_and_no_more(void **state) {
  (void)state;
  assert_true(bell_scale_serves(BELL_SELECT, 1021));
  assert_false(bell_scale_serves(BELL_SELECT, 1022));
  bell_crowd crowd = {1022, 1};
  assert_true(bell_scale_latency_ns(&costs, BELL_SELECT, crowd) < 0);
  assert_true(bell_scale_memory_bytes(&costs, BELL_SELECT, 1022) < 0);
  assert_int_equal(bell_scale_limit(&costs, BELL_SELECT, crowd), BELL_LIMIT_SET);
}

/* "roughly 160 bytes on a 64-bit kernel": epoll(7). */
static void memory_is_so_many_bytes_a_socket(void **state) {
  (void)state;
  assert_int_equal(bell_scale_memory_bytes(&costs, BELL_BUSY_POLL, 1000), 4000);
  assert_int_equal(bell_scale_memory_bytes(&costs, BELL_SELECT, 1000), 64256);
  assert_int_equal(bell_scale_memory_bytes(&costs, BELL_POLL, 1000), 80000);
  assert_int_equal(bell_scale_memory_bytes(&costs, BELL_EPOLL, 1000), 160000);
  assert_int_equal(bell_scale_memory_bytes(&costs, BELL_THREADS, 1000), 24000000);
  assert_true(bell_scale_memory_bytes(&costs, BELL_IO_URING, 1000) < 0);
}

/* Up to 100 sockets each costs 1 ns, beyond that 4 in the mean. Straight on to 200, the geometric mean of 100 and 400,
 * a wait costs 300 ns; from there it rises to 1,400. */
static void a_line_that_bends_upward_goes_on_straight_up_to_the_geometric_mean(void **state) {
  (void)state;
  static const bell_costs bent = {.waits = {[BELL_WAIT_POLL] = {{{1, 101}, {100, 200}, {400, 1400}}}},
                                  .wait_points = {[BELL_WAIT_POLL] = {3}}};
  assert_int_equal(bell_cost_wait_ns(&bent, BELL_WAIT_POLL, BELL_WAIT_AT_ONCE, 150), 250);
  assert_int_equal(bell_cost_wait_ns(&bent, BELL_WAIT_POLL, BELL_WAIT_AT_ONCE, 300), 850);
}

static void what_was_measured_at_more_counts_than_fit_is_left_out(void **state) {
  (void)state;
  static const char row[] = "io_uring_woken\t10\t500\tns\n"; /* the last of all points: beyond it lies something else */
  enum { ROW = sizeof row - 1 };
  char tsv[(BELL_COST_POINTS_MAX + 1) * ROW + 1] = "";
  for (size_t i = 0; i <= BELL_COST_POINTS_MAX; i++) memcpy(tsv + i * ROW, row, ROW);
  bell_costs read;
  bell_costs_read(&read, tsv, strlen(tsv));
  assert_int_equal(read.wait_points[BELL_WAIT_IO_URING][BELL_WAIT_WOKEN], BELL_COST_POINTS_MAX);
}

static void what_stops_a_strategy_is_named(void **state) {
  (void)state;
  const struct {
    bell_strategy strategy;
    bell_crowd crowd;
    bell_limit limit;
  } cases[] = {{BELL_BUSY_POLL, {3, 1}, BELL_LIMIT_NONE},
               {BELL_BUSY_POLL, {1000, 1}, BELL_LIMIT_IN_VAIN},
               {BELL_BUSY_POLL, {1000, 1000}, BELL_LIMIT_NONE},
               {BELL_POLL, {1000, 1}, BELL_LIMIT_SCAN},
               {BELL_POLL, {1000, 1000}, BELL_LIMIT_NONE},
               {BELL_POLL, {2000, 2000}, BELL_LIMIT_DESCRIPTORS},
               {BELL_SELECT, {1021, 1}, BELL_LIMIT_SCAN},
               {BELL_SELECT, {1022, 1022}, BELL_LIMIT_SET},
               {BELL_EPOLL, {1021, 1}, BELL_LIMIT_NONE},
               {BELL_EPOLL, {1022, 1}, BELL_LIMIT_DESCRIPTORS},
               {BELL_EPOLL_ET, {1000000, 1}, BELL_LIMIT_DESCRIPTORS},
               {BELL_THREADS, {32765, 1}, BELL_LIMIT_STACKS},
               {BELL_THREADS, {32766, 1}, BELL_LIMIT_THREADS},
               {BELL_IO_URING, {10, 1}, BELL_LIMIT_NONE}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    bell_limit limit = bell_scale_limit(&costs, cases[i].strategy, cases[i].crowd);
    CHECK_TEXT(bell_strategy_name(cases[i].strategy), "limit", bell_limit_name(limit), bell_limit_name(cases[i].limit));
  }
}

static void what_was_not_measured_is_unknown(void **state) {
  (void)state;
  static const bell_costs none = {0};
  for (bell_strategy s = BELL_BLOCKING; s < BELL_STRATEGIES; s++) {
    bell_crowd crowd = {100, 10};
    assert_true(bell_scale_asking_ns(&none, s, 100, bell_scale_calls(s, crowd), bell_scale_sleeps(s, crowd)) < 0);
    assert_true(bell_scale_latency_ns(&none, s, crowd) < 0);
    assert_null(bell_scale_point(&none, s, 0));
  }
  assert_true(bell_scale_latency_ns(&costs, BELL_BLOCKING, (bell_crowd){100, 10}) < 0);
  assert_true(bell_scale_latency_ns(&costs, BELL_READINESS, (bell_crowd){100, 10}) < 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_wake_up_costs_the_calls_that_a_run_makes),
      cmocka_unit_test(latency_is_the_mean_over_the_calls_before_each_message),
      cmocka_unit_test(threads_take_turns_on_the_cores),
      cmocka_unit_test(falling_asleep_and_being_woken_is_charged_to_all_that_sleep),
      cmocka_unit_test(epoll_is_no_quicker_than_a_thread_that_sleeps),
      cmocka_unit_test(select_serves_1021_sockets_and_no_more),
      cmocka_unit_test(memory_is_so_many_bytes_a_socket),
      cmocka_unit_test(a_line_that_bends_upward_goes_on_straight_up_to_the_geometric_mean),
      cmocka_unit_test(what_was_measured_at_more_counts_than_fit_is_left_out),
      cmocka_unit_test(what_stops_a_strategy_is_named),
      cmocka_unit_test(what_was_not_measured_is_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
