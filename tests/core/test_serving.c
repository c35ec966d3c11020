/* What serving.h runs: against a second model that is as plain as can be, time going nanosecond by nanosecond; and
 * against runs of lesson 4's strategies. */
#include "scale/serving.h"
#include "support.h"

static bell_handler line[BELL_SERVED_MAX];

/* ---- the plain model -------------------------------------------------------------------------------------------- */

enum { PLAIN_MAX = 12, CORES = 3 };

typedef struct plain {
  uint64_t done[PLAIN_MAX]; /* when each message has been handled */
  uint32_t queue_max;
  uint32_t line_max;
  uint32_t switches;
  uint64_t end;
} plain;

/* Where a message is. */
enum { TO_COME, IN_QUEUE, IN_LINE, ON_CORE, DONE };

typedef struct plain_message {
  int place;
  uint64_t comes;
  uint64_t left;   /* of its handling, or of the switch before it */
  uint64_t ticket; /* in the line, the lowest is the first */
  uint32_t core;
} plain_message;

static uint32_t count_in(const plain_message *all, uint32_t count, int place) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < count; i++) found += all[i].place == place;
  return found;
}

/* The first in the line, or `count`. */
static uint32_t first_in_line(const plain_message *all, uint32_t count) {
  uint32_t first = count;
  for (uint32_t i = 0; i < count; i++) {
    if (all[i].place == IN_LINE && (first == count || all[i].ticket < all[first].ticket)) first = i;
  }
  return first;
}

static uint32_t on_core(const plain_message *all, uint32_t count, uint32_t core) {
  uint32_t i = 0;
  while (i < count && !(all[i].place == ON_CORE && all[i].core == core)) i++;
  return i;
}

static uint32_t first_in_queue(const plain_message *all, uint32_t count) {
  uint32_t i = 0;
  while (i < count && all[i].place != IN_QUEUE) i++;
  return i;
}

/* Each core is switching for so long, and then its thread has had it for so long. */
typedef struct plain_core {
  uint64_t switching;
  uint64_t had;
} plain_core;

static void plain_give(plain *p, plain_message *all, uint32_t count, plain_core *cores, const bell_crew *crew) {
  for (uint32_t c = 0; c < crew->cores; c++) {
    uint32_t next = first_in_line(all, count);
    if (next == count || on_core(all, count, c) < count) continue;
    all[next].place = ON_CORE;
    all[next].core = c;
    cores[c] = (plain_core){.switching = crew->switch_ns};
    p->switches++;
  }
}

static plain plain_run(const bell_load *load, const bell_crew *crew) {
  plain p = {0};
  plain_message all[PLAIN_MAX] = {0};
  plain_core cores[CORES] = {0};
  uint32_t count = load->messages;
  uint64_t ticket = 0;
  for (uint32_t i = 0; i < count; i++) {
    all[i].comes = (uint64_t)(i / load->at_once) * load->at_once * 1000000000 / load->rate;
    all[i].left = i % load->slow_one_of == 0 ? load->slow_ns : load->quick_ns;
  }
  for (uint64_t now = 0;; now++) {
    for (uint32_t i = 0; i < count; i++) {
      if (all[i].place == TO_COME && all[i].comes == now) all[i].place = IN_QUEUE;
    }
    for (uint32_t i = 0; i < count; i++) {
      uint32_t in_hand = count_in(all, count, IN_LINE) + count_in(all, count, ON_CORE);
      if (all[i].place != IN_QUEUE || in_hand >= crew->threads) continue;
      all[i].place = IN_LINE;
      all[i].ticket = ticket++;
    }
    for (uint32_t c = 0; c < crew->cores; c++) {
      uint32_t i = on_core(all, count, c);
      if (i == count || cores[c].switching > 0 || all[i].left > 0) continue;
      all[i].place = DONE;
      p.done[i] = p.end = now;
      uint32_t next = first_in_queue(all, count);
      if (next == count) continue;
      all[next].place = ON_CORE;
      all[next].core = c;
    }
    plain_give(&p, all, count, cores, crew);
    uint32_t needed = count_in(all, count, IN_LINE);
    bool some = needed > 0;
    for (uint32_t c = 0; c < crew->cores && some; c++) {
      if (cores[c].switching > 0 || cores[c].had < crew->slice_ns) continue;
      cores[c].had = 0;
      if (needed == 0) continue;
      needed--;
      uint32_t i = on_core(all, count, c);
      all[i].place = IN_LINE;
      all[i].ticket = ticket++;
    }
    plain_give(&p, all, count, cores, crew);
    uint32_t queue = count_in(all, count, IN_QUEUE);
    uint32_t waiting = count_in(all, count, IN_LINE);
    if (queue > p.queue_max) p.queue_max = queue;
    if (waiting > p.line_max) p.line_max = waiting;
    if (count_in(all, count, DONE) == count) return p;
    for (uint32_t c = 0; c < crew->cores; c++) {
      uint32_t i = on_core(all, count, c);
      if (cores[c].switching > 0) {
        cores[c].switching--;
      } else if (i < count) {
        all[i].left--;
        cores[c].had++;
      }
    }
  }
}

static void check(const bell_load *load, const bell_crew *crew) {
  char what[200];
  snprintf(what, sizeof what, "rate %u at_once %u of %u: one of %u takes %u, others %u; %u threads %u cores %u/%u", //
           load->rate, load->at_once, load->messages, load->slow_one_of, (unsigned)load->slow_ns,
           (unsigned)load->quick_ns, crew->threads, crew->cores, (unsigned)crew->slice_ns, (unsigned)crew->switch_ns);
  plain p = plain_run(load, crew);
  uint64_t sum[2] = {0};
  uint32_t count[2] = {0};
  uint64_t quick_max = 0;
  for (uint32_t i = 0; i < load->messages; i++) {
    bool slow = i % load->slow_one_of == 0;
    uint64_t latency =
        p.done[i] - (uint64_t)(i / load->at_once) * load->at_once * 1000000000 / load->rate + crew->tell_ns;
    sum[slow] += latency;
    count[slow]++;
    if (!slow && latency > quick_max) quick_max = latency;
  }
  bell_served served = bell_serving_run(load, crew, line);
  CHECK_EQUAL(what, "longest", served.quick_max_ns, quick_max);
  CHECK_EQUAL(what, "quick", (uint64_t)(served.quick_ns * count[false] + 0.5), sum[false]);
  CHECK_EQUAL(what, "slow", (uint64_t)(served.slow_ns * count[true] + 0.5), sum[true]);
  CHECK_EQUAL(what, "queue", served.queue_max, p.queue_max);
  CHECK_EQUAL(what, "line", served.line_max, p.line_max);
  CHECK_EQUAL(what, "switches", (uint64_t)(served.switches * (double)p.end / 1e9 + 0.5), p.switches);
}

static void every_small_load_is_served_as_by_the_plain_model(void **state) {
  (void)state;
  static const uint32_t threads[] = {1, 2, 3, BELL_A_THREAD_EACH};
  static const uint32_t bursts[] = {1, 2, 7};
  static const uint32_t every_ns[] = {1, 2, 5};
  static const uint64_t slow[] = {1, 4, 9};
  for (size_t t = 0; t < COUNT_OF(threads); t++) {
    for (uint32_t cores = 1; cores <= CORES; cores++) {
      for (uint64_t slice_ns = 1; slice_ns <= 4; slice_ns++) {
        for (uint64_t switch_ns = 0; switch_ns <= 2; switch_ns++) {
          bell_crew crew = {threads[t], cores, slice_ns, switch_ns, switch_ns * 3};
          for (size_t i = 0; i < COUNT_OF(bursts) * COUNT_OF(every_ns) * COUNT_OF(slow); i++) {
            for (uint64_t quick_ns = 1; quick_ns <= 3; quick_ns++) {
              bell_load load = {.rate = 1000000000 / every_ns[i / 3 % 3],
                                .at_once = bursts[i % 3],
                                .messages = 9,
                                .slow_one_of = 4,
                                .quick_ns = quick_ns,
                                .slow_ns = slow[i / 9]};
              check(&load, &crew);
            }
          }
        }
      }
    }
  }
}

/* ---- lesson 4's strategies -------------------------------------------------------------------------------------- */

#define US ((uint64_t)1000) /* of nanoseconds */
#define MS (1000 * US)

enum { ROWS = 400 };

/* The same messages as a scenario. */
static void add_load(string *text, const bell_load *load) {
  for (uint32_t i = 0; i < load->messages; i++) {
    uint64_t comes_us = (uint64_t)(i / load->at_once) * load->at_once * 1000000 / load->rate;
    bool slow = i % load->slow_one_of == 0;
    string_add(text, "socket s%lu ready %.3f takes %.3f\n", (unsigned long)i, (double)comes_us / 1e3,
               (double)(slow ? load->slow_ns : load->quick_ns) / 1e6);
  }
}

static void check_run(bell_strategy strategy, uint32_t threads, const bell_load *load, uint32_t cores) {
  string text = {0};
  run r;
  double sum[2] = {0};
  uint32_t count[2] = {0};
  add_load(&text, load);
  run_lesson_4(&r, text.bytes, (bell_lesson_options){.strategy = strategy, .waiting = {.cores = cores}});
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    const bell_event *event = &r.trace.events[r.trace.steps[k].event];
    bool slow = event->statement % load->slow_one_of == 0;
    sum[slow] += (double)(bell_trace_end_us(&r.trace, k) - event->ready_us) * (double)US;
    count[slow]++;
  }
  bell_crew crew = {.threads = threads, .cores = cores, .slice_ns = BELL_SLICE_US * US};
  bell_served served = bell_serving_run(load, &crew, line);
  const char *name = bell_strategy_name(strategy);
  CHECK_EQUAL(name, "messages", count[false] + count[true], load->messages);
  CHECK_EQUAL(name, "quick", (uint64_t)(served.quick_ns * count[false] + 0.5), (uint64_t)sum[false]);
  CHECK_EQUAL(name, "slow", (uint64_t)(served.slow_ns * count[true] + 0.5), (uint64_t)sum[true]);
  run_free(&r);
  string_free(&text);
}

/* Where handing over and switching take no time, and the slice is that of waiting.h. */
static void threads_and_a_loop_serve_as_in_a_run_of_lesson_4(void **state) {
  (void)state;
  static const uint32_t bursts[] = {1, 7, 50, 400};
  static const uint32_t rates[] = {100, 1000, 5000};
  static const uint64_t slow_ns[] = {100 * US, 2900 * US, 50000 * US};
  for (size_t i = 0; i < COUNT_OF(bursts) * COUNT_OF(rates) * COUNT_OF(slow_ns); i++) {
    bell_load load = {.rate = rates[i / 4 % 3],
                      .at_once = bursts[i % 4],
                      .messages = ROWS,
                      .slow_one_of = 20,
                      .quick_ns = 100 * US,
                      .slow_ns = slow_ns[i / 12]};
    for (uint32_t cores = 1; cores <= 4; cores++) check_run(BELL_THREADS, BELL_A_THREAD_EACH, &load, cores);
    check_run(BELL_READINESS, 1, &load, 4);
  }
}

/* ---- what it comes to ------------------------------------------------------------------------------------------- */

static const bell_load mixed = {1000, 1, 2000, 100, 100 * US, 50 * MS};

static bell_crew crew_of(uint32_t threads, uint32_t cores) {
  return (bell_crew){.threads = threads, .cores = cores, .slice_ns = 3 * MS, .switch_ns = 2448};
}

static bell_served serve(const bell_load *load, bell_crew crew) { return bell_serving_run(load, &crew, line); }

static bell_lack lack(const bell_load *load, bell_crew crew) {
  bell_served served = serve(load, crew);
  return bell_serving_lack(load, &crew, &served);
}

/* One comes each millisecond while the loop is held for 50 ms: the next has waited 49, and is handled. */
static void a_slow_message_holds_the_loop_and_one_worker_of_a_pool(void **state) {
  (void)state;
  bell_served loop = serve(&mixed, crew_of(1, 4));
  assert_int_equal(loop.quick_max_ns, 49 * MS + 100 * US + 2448);
  assert_int_equal(loop.queue_max, 50);
  assert_int_equal(lack(&mixed, crew_of(1, 4)), BELL_LACK_THREAD);
  bell_served pool = serve(&mixed, crew_of(4, 4));
  assert_int_equal(pool.quick_max_ns, 100 * US + 2448);
  assert_int_equal(lack(&mixed, crew_of(4, 4)), BELL_LACK_NONE);
}

/* A burst of 400 has four slow ones: they hold all four workers, and whoever comes behind them waits. Threads take
 * turns with them. */
static void as_many_slow_messages_as_workers_hold_the_pool_but_no_threads(void **state) {
  (void)state;
  bell_load load = mixed;
  load.at_once = 400;
  bell_served pool = serve(&load, crew_of(4, 4));
  bell_served threads = serve(&load, crew_of(BELL_A_THREAD_EACH, 4));
  assert_true(pool.quick_max_ns > load.slow_ns);
  assert_true(threads.quick_max_ns < load.slow_ns);
  assert_true(threads.switches > pool.switches);
  assert_int_equal(lack(&load, crew_of(4, 4)), BELL_LACK_THREAD);
  assert_int_equal(lack(&load, crew_of(BELL_A_THREAD_EACH, 4)), BELL_LACK_CORE);
}

/* What is reckoned to be the most is handled without end, and more is not: over a longer run nobody waits longer, or
 * everybody does. */
static void above_the_most_that_it_can_handle_the_wait_grows_with_the_run(void **state) {
  (void)state;
  static const uint32_t threads[] = {1, 3, 4, 16, BELL_A_THREAD_EACH};
  for (size_t t = 0; t < COUNT_OF(threads); t++) {
    bell_crew crew = crew_of(threads[t], 4);
    crew.slice_ns = 200 * US;
    crew.switch_ns = 20 * US;
    bell_load load = mixed;
    double most = bell_serving_most(&load, &crew);
    for (int above = 0; above <= 1; above++) {
      load.rate = (uint32_t)(most * (above ? 1.1 : 0.98));
      load.messages = 2000;
      uint64_t half_ns = serve(&load, crew).quick_max_ns;
      load.messages = 4000;
      uint64_t whole_ns = serve(&load, crew).quick_max_ns;
      double grows = (double)whole_ns / (double)half_ns;
      if (above ? grows < 1.1 : grows > 1.02) fail_msg("%u threads, %u a second: %f", threads[t], load.rate, grows);
      assert_int_equal(lack(&load, crew) == BELL_LACK_TIME, above);
    }
  }
}

static void a_crew_is_made_of_what_was_measured(void **state) {
  (void)state;
  static const bell_costs costs = {
      .waits = {[BELL_WAIT_EPOLL] = {[BELL_WAIT_WOKEN] = {{10, 4000}, {1000, 4000}}}},
      .wait_points = {[BELL_WAIT_EPOLL] = {[BELL_WAIT_WOKEN] = 2}},
      .context_switch_ns = 2400,
  };
  bell_crew loop = bell_serving_crew(&costs, BELL_SERVER_LOOP, 8, 4, 3);
  bell_crew pool = bell_serving_crew(&costs, BELL_SERVER_POOL, 8, 4, 3);
  bell_crew threads = bell_serving_crew(&costs, BELL_SERVER_THREADS, 8, 4, 3);
  assert_int_equal(loop.threads, 1);
  assert_int_equal(pool.threads, 8);
  assert_int_equal(threads.threads, BELL_A_THREAD_EACH);
  assert_int_equal(loop.tell_ns + threads.tell_ns, 0);
  assert_int_equal(pool.tell_ns, 4000);
  assert_int_equal(pool.switch_ns, 2400);
  assert_int_equal(pool.cores, 4);
  assert_int_equal(pool.slice_ns, 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_small_load_is_served_as_by_the_plain_model),
      cmocka_unit_test(threads_and_a_loop_serve_as_in_a_run_of_lesson_4),
      cmocka_unit_test(a_slow_message_holds_the_loop_and_one_worker_of_a_pool),
      cmocka_unit_test(as_many_slow_messages_as_workers_hold_the_pool_but_no_threads),
      cmocka_unit_test(above_the_most_that_it_can_handle_the_wait_grows_with_the_run),
      cmocka_unit_test(a_crew_is_made_of_what_was_measured),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
