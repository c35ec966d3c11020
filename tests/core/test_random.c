/* What is true of every run, on scenarios that nobody thought of. Each starts from a seed, which is printed when it
 * fails; DOORBELL_SEED=N tries that seed first, and the same scenarios after it. */
#include <time.h>

#include "support.h"

enum { SMALL_RUNS = 100, LARGE_SOURCES = 20000 };

/* The scenario at hand, and what to print of it when a check fails. */
typedef struct trial {
  uint64_t seed;
  string text;
  string label;
} trial;

static uint64_t first_seed;

static void make_trial(trial *t, uint64_t seed, bell_host host, uint32_t sources) {
  uint64_t chance = t->seed = seed;
  string_cut(&t->text, 0);
  string_cut(&t->label, 0);
  random_scenario(&chance, host, sources, &t->text);
  string_add(&t->label, "DOORBELL_SEED=%llu, %u sources\n", (unsigned long long)seed, sources);
  if (sources < 50) string_add_bytes(&t->label, t->text.bytes, t->text.length);
}

static void free_trial(trial *t) {
  string_free(&t->text);
  string_free(&t->label);
}

/* A check of a run, given all that a failure has to print. */
typedef void check(const char *label, const bell_trace *trace);

/* ---- true of every trace ---------------------------------------------------------------------------------------- */

/* The step that handles each event. The caller frees it. */
static uint32_t *steps_of_events(const char *label, const bell_trace *trace) {
  uint32_t *step_of = malloc((trace->event_count + 1) * sizeof *step_of);
  assert_non_null(step_of);
  for (uint32_t e = 0; e < trace->event_count; e++) step_of[e] = BELL_NONE;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    CHECK(label, trace->steps[k].event < trace->event_count);
    CHECK_EQUAL(label, "an earlier step of the same event", step_of[trace->steps[k].event], BELL_NONE);
    step_of[trace->steps[k].event] = k;
  }
  return step_of;
}

static void check_every_event_is_handled_once(const char *label, const bell_trace *trace) {
  CHECK_EQUAL(label, "steps", trace->step_count, trace->scenario->run_count);
  CHECK_EQUAL(label, "events", trace->event_count, trace->scenario->run_count);
  free(steps_of_events(label, trace)); /* as many steps as events, and none twice */
}

static void check_time_never_goes_back_and_nothing_is_handled_before_it_is_ready(const char *label,
                                                                                 const bell_trace *trace) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    CHECK(label, trace->steps[k].time_us >= bell_trace_free_us(trace, k));
    CHECK(label, bell_trace_latency_us(trace, k) >= 0);
  }
}

/* Whatever the order, the thread sleeps no longer than until the event that it then handles; in Node, a timer that came
 * due while others ran may wait for 1 ms more. */
static void check_a_sleep_ends_when_the_next_event_is_ready(const char *label, const bell_trace *trace) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    int64_t free_us = bell_trace_free_us(trace, k);
    if (trace->steps[k].time_us > free_us) {
      bool outlasted =
          trace->steps[k].queue == BELL_QUEUE_TIMERS && bell_trace_event(trace, k)->ready_us <= free_us + 1000;
      int64_t latest_us = outlasted ? free_us + 1000 : bell_trace_event(trace, k)->ready_us;
      if (outlasted) CHECK(label, trace->steps[k].time_us <= latest_us);
      else CHECK_EQUAL(label, "time", trace->steps[k].time_us, latest_us);
    }
  }
}

/* Those who wait are ready, and are handled later; or they might have come first, were they ready a little sooner. */
static void check_the_other_waits(const char *label, const bell_trace *trace) {
  uint32_t *step_of = steps_of_events(label, trace);
  for (uint32_t k = 0; k < trace->step_count; k++) {
    uint32_t other = trace->steps[k].other;
    if (other == BELL_NONE) continue;
    CHECK(label, other < trace->event_count);
    CHECK(label, step_of[other] > k);
    uint8_t open = trace->steps[k].no_guarantee;
    int64_t late_us = open == BELL_NO_GUARANTEE_LATE || open == BELL_NO_GUARANTEE_EDGE ? BELL_LATE_US : 0;
    CHECK(label, trace->events[other].ready_us <= trace->steps[k].time_us + late_us);
  }
  free(step_of);
}

static void check_each_reason_is_told_in_whole_sentences(const char *label, const bell_trace *trace) {
  if (trace->step_count > 2000) return; /* printing takes most of the time, and the small runs say it all */
  for (uint32_t k = 0; k < trace->step_count; k++) {
    char *reason = reason_sentence(trace, k);
    size_t length = strlen(reason);
    CHECK(label, length > 10 && reason[length - 1] == '.');
    string name = {0};
    string_add(&name, "%s", step_name(trace, k));
    if (!strpbrk(name.bytes, " \t\"#\\")) CHECK_CONTAINS(label, "reason", reason, name.bytes);
    string_free(&name);
    free(reason);
  }
}

static int compare(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a;
  int64_t y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static void check_totals_are_those_of_the_rows(const char *label, const bell_trace *trace) {
  uint32_t n = trace->step_count;
  int64_t *latency = malloc((n + 1) * sizeof *latency);
  assert_non_null(latency);
  int64_t idle = 0;
  int64_t sum = 0;
  uint32_t wake_ups = 0;
  for (uint32_t k = 0; k < n; k++) {
    int64_t slept = trace->steps[k].time_us - bell_trace_free_us(trace, k);
    idle += slept;
    wake_ups += slept > 0;
    sum += latency[k] = bell_trace_latency_us(trace, k);
  }
  qsort(latency, n, sizeof *latency, compare);
  bell_totals totals = bell_trace_totals(trace);
  CHECK_EQUAL(label, "messages", totals.messages, n);
  CHECK_EQUAL(label, "end", totals.end_us, n == 0 ? 0 : bell_trace_end_us(trace, n - 1));
  CHECK_EQUAL(label, "idle", totals.idle_us, idle);
  CHECK_EQUAL(label, "wake-ups", totals.wake_ups, wake_ups);
  if (n > 0) {
    CHECK_EQUAL(label, "mean", totals.mean_latency_us, (2 * sum + n) / (2 * (int64_t)n));
    CHECK_EQUAL(label, "median", totals.median_latency_us, latency[(n + 1) / 2 - 1]);
    CHECK_EQUAL(label, "p99", totals.p99_latency_us, latency[(99 * (uint64_t)n + 99) / 100 - 1]);
    CHECK_EQUAL(label, "max", totals.max_latency_us, latency[n - 1]);
  }
  free(latency);
}

static check *const of_every_trace[] = {
    check_every_event_is_handled_once,
    check_time_never_goes_back_and_nothing_is_handled_before_it_is_ready,
    check_a_sleep_ends_when_the_next_event_is_ready,
    check_the_other_waits,
    check_each_reason_is_told_in_whole_sentences,
    check_totals_are_those_of_the_rows,
};

/* The same scenario, read and run twice in memory with other contents: equal byte for byte. */
static void check_twins(const char *label, const bell_trace *a, const bell_trace *b) {
  CHECK_EQUAL(label, "steps", a->step_count, b->step_count);
  CHECK_EQUAL(label, "events", a->event_count, b->event_count);
  if (a->step_count == 0) return;
  CHECK(label, memcmp(a->steps, b->steps, a->step_count * sizeof *a->steps) == 0);
  CHECK(label, memcmp(a->events, b->events, a->event_count * sizeof *a->events) == 0);
}

/* ---- lesson 4 --------------------------------------------------------------------------------------------------- */

/* Nobody overtakes: the order is that of the ready times, then of the file. */
static void check_readiness_order(const char *label, const bell_trace *trace) {
  for (uint32_t k = 1; k < trace->step_count; k++) {
    const bell_event *before = bell_trace_event(trace, k - 1);
    const bell_event *now = bell_trace_event(trace, k);
    CHECK(label, before->ready_us < now->ready_us ||
                     (before->ready_us == now->ready_us && trace->steps[k - 1].event < trace->steps[k].event));
  }
}

/* The order is that of the rounds, then of the file: the n-th message of a socket is handled in round n. */
static void check_blocking_order(const char *label, const bell_trace *trace) {
  uint32_t round_before = 0;
  uint32_t socket_before = 0;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    uint32_t socket = bell_trace_event(trace, k)->statement;
    uint32_t round = trace->steps[k].event - trace->scenario->statements[socket].first_event;
    if (k > 0) CHECK(label, round > round_before || (round == round_before && socket > socket_before));
    round_before = round;
    socket_before = socket;
    CHECK_EQUAL(label, "reason", trace->steps[k].reason, BELL_REASON_TURN);
  }
}

/* A thread that sleeps only when nothing is ready is done first; and when every message takes as long as any other,
 * no order has a lower mean or maximum. (When they differ, handling a long one later can lower the maximum.) */
static void check_readiness_is_no_later(const char *label, const bell_trace *blocking, const bell_trace *readiness) {
  bell_totals b = bell_trace_totals(blocking);
  bell_totals r = bell_trace_totals(readiness);
  CHECK(label, r.end_us <= b.end_us);
  CHECK_EQUAL(label, "work", r.end_us - r.idle_us, b.end_us - b.idle_us);
  const bell_scenario *scenario = readiness->scenario;
  for (uint32_t s = 1; s < scenario->statement_count; s++) {
    if (scenario->statements[s].takes_us != scenario->statements[0].takes_us) return;
  }
  CHECK(label, r.mean_latency_us <= b.mean_latency_us);
  CHECK(label, r.max_latency_us <= b.max_latency_us);
}

static void try_multiplexer(uint64_t seed, uint32_t sources) {
  trial t = {0};
  make_trial(&t, seed, BELL_MULTIPLEXER, sources);
  run runs[SIMPLE_STRATEGIES][2];
  for (int strategy = 0; strategy < SIMPLE_STRATEGIES; strategy++) {
    for (int twin = 0; twin < 2; twin++) {
      run_multiplexer(&runs[strategy][twin], t.text.bytes, (bell_strategy)strategy);
    }
    const bell_trace *trace = &runs[strategy][0].trace;
    for (size_t c = 0; c < COUNT_OF(of_every_trace); c++) of_every_trace[c](t.label.bytes, trace);
    check_twins(t.label.bytes, trace, &runs[strategy][1].trace);
  }
  check_blocking_order(t.label.bytes, &runs[BELL_BLOCKING][0].trace);
  check_readiness_order(t.label.bytes, &runs[BELL_READINESS][0].trace);
  check_readiness_is_no_later(t.label.bytes, &runs[BELL_BLOCKING][0].trace, &runs[BELL_READINESS][0].trace);
  for (int strategy = 0; strategy < SIMPLE_STRATEGIES; strategy++) {
    for (int twin = 0; twin < 2; twin++) run_free(&runs[strategy][twin]);
  }
  free_trial(&t);
}

static void small_runs_of_lesson_4_keep_its_rules(void **state) {
  (void)state;
  for (uint64_t i = 0; i < rounds(SMALL_RUNS); i++) try_multiplexer(first_seed + i, (uint32_t)(first_seed + i) % 13);
}

static void a_large_run_of_lesson_4_keeps_its_rules(void **state) {
  (void)state;
  try_multiplexer(first_seed, LARGE_SOURCES);
}

/* ---- lesson 5 --------------------------------------------------------------------------------------------------- */

static bool is_microtask(const bell_trace *trace, uint32_t step) {
  uint8_t kind = bell_trace_statement(trace, step)->kind;
  return kind == BELL_PROMISE || kind == BELL_MICROTASK;
}

static void check_microtasks_frames_and_tasks_have_queues_of_their_own(const char *label, const bell_trace *trace) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    bool frame = bell_trace_statement(trace, k)->kind == BELL_FRAME;
    bell_queue queue = is_microtask(trace, k) ? BELL_QUEUE_MICROTASK : frame ? BELL_QUEUE_FRAME : BELL_QUEUE_TASK;
    CHECK_EQUAL(label, "queue", trace->steps[k].queue, queue);
  }
}

/* Events beyond the scenario's own are those of actions: each step's, in the order of the file. */
static void check_each_callback_does_what_is_indented_under_it(const char *label, const bell_trace *trace) {
  const bell_statement *statements = trace->scenario->statements;
  uint32_t next = trace->scenario->event_count;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    uint32_t me = bell_trace_event(trace, k)->statement;
    for (uint32_t a = me + 1; a < statements[me].end; a = statements[a].end) {
      CHECK(label, next < trace->event_count);
      CHECK_EQUAL(label, "statement", trace->events[next].statement, a);
      CHECK_EQUAL(label, "parent", trace->events[next].parent, k);
      int64_t least_us = trace->scenario->host == BELL_NODE ? 1000 : trace->steps[k].level > 5 ? 4000 : 0;
      int64_t after_us = (int64_t)(statements[a].after_us / 1000) * 1000;
      if (statements[a].kind == BELL_TIMER && after_us < least_us) after_us = least_us;
      int64_t waited_us = trace->events[next].ready_us - trace->steps[k].time_us;
      if (statements[a].kind == BELL_FRAME) CHECK(label, waited_us >= 0 && waited_us <= 16667);
      else CHECK_EQUAL(label, "delay", waited_us, after_us);
      next++;
    }
  }
  CHECK_EQUAL(label, "events", next, trace->event_count);
}

static void check_no_task_runs_while_a_microtask_is_queued(const char *label, const bell_trace *trace) {
  uint32_t task = BELL_NONE; /* the last task before step k */
  for (uint32_t k = 0; k < trace->step_count; k++) {
    if (!is_microtask(trace, k)) {
      task = k;
    } else if (task != BELL_NONE) { /* it was queued in that task, or after it */
      const bell_event *event = bell_trace_event(trace, k);
      if (event->parent != BELL_NONE) CHECK(label, event->parent >= task);
      else CHECK(label, event->ready_us > trace->steps[task].time_us);
    }
  }
}

static void check_each_queue_is_first_in_first_out(const char *label, const bell_trace *trace) {
  uint32_t queued_before[BELL_QUEUES] = {0};
  const bell_event *task_before = NULL;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    CHECK(label, step->queued_at >= queued_before[step->queue]);
    queued_before[step->queue] = step->queued_at;
    if (step->queue != BELL_QUEUE_TASK) continue;
    const bell_event *task = bell_trace_event(trace, k);
    if (task_before) {
      CHECK(label,
            task_before->ready_us < task->ready_us || (task_before->ready_us == task->ready_us && task_before < task));
    }
    task_before = task;
  }
}

/* A microtask of a callback is queued as the callback runs; all else at the first pick that finds it ready. */
static void check_each_event_is_queued_as_soon_as_it_is_ready(const char *label, const bell_trace *trace) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_event *event = bell_trace_event(trace, k);
    uint32_t at = trace->steps[k].queued_at;
    CHECK(label, at <= k);
    if (bell_trace_statement(trace, k)->kind == BELL_MICROTASK || trace->steps[k].queue == BELL_QUEUE_FRAME) {
      CHECK_EQUAL(label, "queued_at", at, event->parent);
      continue;
    }
    CHECK(label, trace->steps[at].time_us >= event->ready_us);
    bool just_created = event->parent != BELL_NONE && event->parent + 1 == at;
    CHECK(label, at == 0 || just_created || trace->steps[at - 1].time_us < event->ready_us);
  }
}

static check *const of_every_loop[] = {
    check_microtasks_frames_and_tasks_have_queues_of_their_own,
    check_each_callback_does_what_is_indented_under_it,
    check_no_task_runs_while_a_microtask_is_queued,
    check_each_queue_is_first_in_first_out,
    check_each_event_is_queued_as_soon_as_it_is_ready,
};

/* ---- lesson 5, Node --------------------------------------------------------------------------------------------- */

static const bell_queue node_queue[BELL_KINDS] = {
    [BELL_SOCKET] = BELL_QUEUE_POLL,     [BELL_TIMER] = BELL_QUEUE_TIMERS,        [BELL_PROMISE] = BELL_QUEUE_MICROTASK,
    [BELL_SCRIPT] = BELL_QUEUE_MAIN,     [BELL_MICROTASK] = BELL_QUEUE_MICROTASK, [BELL_TICK] = BELL_QUEUE_TICK,
    [BELL_IMMEDIATE] = BELL_QUEUE_CHECK,
};

static void check_each_kind_runs_in_its_phase(const char *label, const bell_trace *trace) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    CHECK_EQUAL(label, "queue", trace->steps[k].queue, node_queue[bell_trace_statement(trace, k)->kind]);
    if (trace->steps[k].queue == BELL_QUEUE_MAIN) CHECK_EQUAL(label, "step of the main script", k, 0);
  }
}

static bool is_between_callbacks(const bell_trace *trace, uint32_t k) {
  return trace->steps[k].queue == BELL_QUEUE_TICK || trace->steps[k].queue == BELL_QUEUE_MICROTASK;
}

static void check_no_phase_goes_on_while_a_tick_or_a_microtask_is_queued(const char *label, const bell_trace *trace) {
  uint32_t callback = 0; /* the last one of a phase */
  for (uint32_t k = 0; k < trace->step_count; k++) {
    if (!is_between_callbacks(trace, k)) {
      callback = k;
    } else if (bell_trace_event(trace, k)->parent != BELL_NONE) {
      CHECK(label, bell_trace_event(trace, k)->parent >= callback);
    }
  }
}

/* All but timers, which go list by list. */
static void check_each_queue_of_node_is_first_in_first_out(const char *label, const bell_trace *trace) {
  uint32_t queued_before[BELL_QUEUES] = {0};
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    if (step->queue == BELL_QUEUE_TIMERS) continue;
    CHECK(label, step->queued_at >= queued_before[step->queue]);
    queued_before[step->queue] = step->queued_at;
  }
}

/* Between a tick that was queued and its turn run ticks alone, or microtasks of the same drain. */
static void check_no_microtask_begins_a_drain_while_a_tick_is_queued(const char *label, const bell_trace *trace) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    if (trace->steps[k].queue != BELL_QUEUE_TICK) continue;
    uint32_t asked = bell_trace_event(trace, k)->parent;
    if (trace->steps[asked].queue == BELL_QUEUE_MICROTASK) continue;
    for (uint32_t between = asked + 1; between < k; between++) {
      CHECK_EQUAL(label, "queue between", trace->steps[between].queue, BELL_QUEUE_TICK);
    }
  }
}

static check *const of_every_node_loop[] = {
    check_each_kind_runs_in_its_phase,
    check_each_callback_does_what_is_indented_under_it,
    check_no_phase_goes_on_while_a_tick_or_a_microtask_is_queued,
    check_each_queue_of_node_is_first_in_first_out,
    check_no_microtask_begins_a_drain_while_a_tick_is_queued,
};

static void try_loop(uint64_t seed, bell_host host, uint32_t sources) {
  trial t = {0};
  make_trial(&t, seed, host, sources);
  run runs[2];
  for (int twin = 0; twin < 2; twin++) run_loop(&runs[twin], t.text.bytes, host);
  const bell_trace *trace = &runs[0].trace;
  for (size_t c = 0; c < COUNT_OF(of_every_trace); c++) of_every_trace[c](t.label.bytes, trace);
  for (size_t c = 0; host == BELL_BROWSER && c < COUNT_OF(of_every_loop); c++) of_every_loop[c](t.label.bytes, trace);
  for (size_t c = 0; host == BELL_NODE && c < COUNT_OF(of_every_node_loop); c++) {
    of_every_node_loop[c](t.label.bytes, trace);
  }
  check_twins(t.label.bytes, trace, &runs[1].trace);
  for (int twin = 0; twin < 2; twin++) run_free(&runs[twin]);
  free_trial(&t);
}

static void small_runs_of_lesson_5_keep_its_rules(void **state) {
  (void)state;
  for (uint64_t i = 0; i < rounds(SMALL_RUNS); i++) {
    try_loop(first_seed + i, BELL_BROWSER, (uint32_t)(first_seed + i) % 13);
    try_loop(first_seed + i, BELL_NODE, (uint32_t)(first_seed + i) % 13);
  }
}

static void a_large_run_of_lesson_5_keeps_its_rules(void **state) {
  (void)state;
  try_loop(first_seed, BELL_BROWSER, LARGE_SOURCES);
  try_loop(first_seed, BELL_NODE, LARGE_SOURCES);
}

int main(void) {
  const char *wanted = getenv("DOORBELL_SEED");
  first_seed = wanted ? strtoull(wanted, NULL, 10) : (uint64_t)time(NULL);
  printf("DOORBELL_SEED=%llu\n", (unsigned long long)first_seed);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(small_runs_of_lesson_4_keep_its_rules),
      cmocka_unit_test(a_large_run_of_lesson_4_keeps_its_rules),
      cmocka_unit_test(small_runs_of_lesson_5_keep_its_rules),
      cmocka_unit_test(a_large_run_of_lesson_5_keeps_its_rules),
  };
  return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
