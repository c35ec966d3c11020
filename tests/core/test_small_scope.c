/* Every small scenario there is, against a second model that is as plain as can be: time goes millisecond by
 * millisecond, and "who is next?" looks at everybody. Most mistakes in an order show in a scenario of three. */
#include "support.h"

/* What both lessons' plain models tell of one step. Times are in milliseconds. */
typedef struct plain_step {
  int time;
  int event;
  int other; /* -1 for nobody */
  bell_reason reason;
  bell_queue queue;
  int queued_at;
} plain_step;

/* What both tell of a plain. */
enum { EVENTS_MAX = 16 };
typedef struct plain_run {
  int ready[EVENTS_MAX];
  int statement[EVENTS_MAX];
  int parent[EVENTS_MAX]; /* the step that asked for the event; -1 for none */
  int event_count;
  plain_step steps[EVENTS_MAX];
  int step_count;
  int idle;
  int wake_ups;
  int end;
} plain_run;

static uint32_t or_none(int index) { return index < 0 ? BELL_NONE : (uint32_t)index; }

static void check_totals(const char *text, const bell_trace *trace, const plain_run *plain) {
  int latency[EVENTS_MAX];
  int sum = 0;
  int count = plain->step_count;
  for (int k = 0; k < count; k++) { /* sorted by insertion */
    int l = plain->steps[k].time - plain->ready[plain->steps[k].event];
    int place = k;
    for (; place > 0 && latency[place - 1] > l; place--) latency[place] = latency[place - 1];
    latency[place] = l;
    sum += l;
  }
  bell_totals totals = bell_trace_totals(trace);
  CHECK_EQUAL(text, "messages", totals.messages, count);
  CHECK_EQUAL(text, "end", totals.end_us, 1000 * plain->end);
  CHECK_EQUAL(text, "idle", totals.idle_us, 1000 * plain->idle);
  CHECK_EQUAL(text, "wake-ups", totals.wake_ups, plain->wake_ups);
  if (count == 0) return;
  CHECK_EQUAL(text, "mean latency", totals.mean_latency_us, (2 * 1000 * sum + count) / (2 * count));
  CHECK_EQUAL(text, "median latency", totals.median_latency_us, 1000 * latency[(count + 1) / 2 - 1]);
  CHECK_EQUAL(text, "p99 latency", totals.p99_latency_us, 1000 * latency[(99 * count + 99) / 100 - 1]);
  CHECK_EQUAL(text, "max latency", totals.max_latency_us, 1000 * latency[count - 1]);
}

static void check_run(const char *text, const bell_trace *trace, const plain_run *plain) {
  CHECK_EQUAL(text, "events", trace->event_count, plain->event_count);
  for (int i = 0; i < plain->event_count; i++) {
    CHECK_EQUAL(text, "ready", trace->events[i].ready_us, 1000 * plain->ready[i]);
    CHECK_EQUAL(text, "statement", trace->events[i].statement, plain->statement[i]);
    CHECK_EQUAL(text, "parent", trace->events[i].parent, or_none(plain->parent[i]));
  }
  CHECK_EQUAL(text, "steps", trace->step_count, plain->step_count);
  for (int k = 0; k < plain->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    CHECK_EQUAL(text, "event", step->event, plain->steps[k].event);
    CHECK_EQUAL(text, "time", step->time_us, 1000 * plain->steps[k].time);
    CHECK_EQUAL(text, "queue", step->queue, plain->steps[k].queue);
    CHECK_EQUAL(text, "reason", step->reason, plain->steps[k].reason);
    CHECK_EQUAL(text, "other", step->other, or_none(plain->steps[k].other));
    CHECK_EQUAL(text, "queued_at", step->queued_at, or_none(plain->steps[k].queued_at));
    CHECK_EQUAL(text, "core", step->core, 0);
  }
  check_totals(text, trace, plain);
}

/* ---- lesson 4 --------------------------------------------------------------------------------------------------- */

enum { SOCKETS_MAX = 3, MESSAGES_MAX = 2, TIME_MAX = 4, TAKES_MAX = 2 };

typedef struct plain_socket {
  int ready[MESSAGES_MAX];
  int count;
  int takes;
} plain_socket;

typedef struct hallway {
  plain_socket sockets[SOCKETS_MAX];
  int count;
  string text;
  uint32_t scenarios; /* checked so far */
} hallway;

/* The message that has been ready longest at `now`, of those not handled; the lowest index wins. -1 for none. */
static int ready_longest(const plain_run *plain, const bool *handled, int now) {
  int best = -1;
  for (int i = 0; i < plain->event_count; i++) {
    if (handled[i] || plain->ready[i] > now) continue;
    if (best < 0 || plain->ready[i] < plain->ready[best]) best = i;
  }
  return best;
}

static plain_run list_messages(const hallway *h) {
  plain_run plain = {0};
  for (int s = 0; s < h->count; s++) {
    for (int m = 0; m < h->sockets[s].count; m++) {
      int i = plain.event_count++;
      plain.ready[i] = h->sockets[s].ready[m];
      plain.statement[i] = s;
      plain.parent[i] = -1;
    }
  }
  return plain;
}

static plain_run plain_readiness(const hallway *h) {
  plain_run plain = list_messages(h);
  bool handled[EVENTS_MAX] = {false};
  bool slept = false;
  int last_sleep = -1; /* the step that it ended with */
  int now = 0;
  while (plain.step_count < plain.event_count) {
    int next = ready_longest(&plain, handled, now);
    if (next < 0) {
      now++;
      plain.idle++;
      slept = true;
      continue;
    }
    handled[next] = true;
    int other = ready_longest(&plain, handled, now);
    bell_reason reason = other < 0                                 ? BELL_REASON_ONLY_READY
                         : plain.ready[other] == plain.ready[next] ? BELL_REASON_READY_TIE
                                                                   : BELL_REASON_READY_LONGEST;
    if (slept) last_sleep = plain.step_count;
    plain.steps[plain.step_count++] = (plain_step){now, next, other, reason, BELL_QUEUE_NONE, last_sleep};
    plain.wake_ups += slept;
    slept = false;
    now += h->sockets[plain.statement[next]].takes;
  }
  plain.end = now;
  return plain;
}

static plain_run plain_blocking(const hallway *h) {
  plain_run plain = list_messages(h);
  bool handled[EVENTS_MAX] = {false};
  int last_sleep = -1;
  int now = 0;
  for (int round = 0; round < MESSAGES_MAX; round++) {
    for (int s = 0, first = 0; s < h->count; first += h->sockets[s++].count) {
      if (round >= h->sockets[s].count) continue; /* nothing more to come */
      int next = first + round;
      bool slept = false;
      while (now < plain.ready[next]) {
        now++;
        plain.idle++;
        slept = true;
      }
      handled[next] = true;
      int other = ready_longest(&plain, handled, now);
      if (slept) last_sleep = plain.step_count;
      plain.steps[plain.step_count++] = (plain_step){now, next, other, BELL_REASON_TURN, BELL_QUEUE_NONE, last_sleep};
      plain.wake_ups += slept;
      now += h->sockets[s].takes;
    }
  }
  plain.end = now;
  return plain;
}

static void check_hallway(hallway *h) {
  for (int strategy = 0; strategy < SIMPLE_STRATEGIES; strategy++) {
    run r;
    run_multiplexer(&r, h->text.bytes, (bell_strategy)strategy);
    plain_run plain = strategy == BELL_BLOCKING ? plain_blocking(h) : plain_readiness(h);
    check_run(h->text.bytes, &r.trace, &plain);
    run_free(&r);
  }
  h->scenarios++;
}

static void check_hallways_that_begin_so(hallway *h);

/* The hallway with one more socket, and all that begin with it. */
static void with_socket(hallway *h, plain_socket socket) {
  size_t length = h->text.length;
  string_add(&h->text, "socket %c ready", 'A' + h->count);
  for (int m = 0; m < socket.count; m++) string_add(&h->text, " %d", socket.ready[m]);
  if (socket.takes > 0) string_add(&h->text, " takes %d", socket.takes);
  string_add(&h->text, "\n");
  h->sockets[h->count++] = socket;
  check_hallways_that_begin_so(h);
  h->count--;
  string_cut(&h->text, length);
}

static void check_hallways_that_begin_so(hallway *h) {
  check_hallway(h);
  if (h->count == SOCKETS_MAX) return;
  for (int takes = 0; takes <= TAKES_MAX; takes++) {
    for (int first = 0; first <= TIME_MAX; first++) {
      with_socket(h, (plain_socket){.ready = {first}, .count = 1, .takes = takes});
      for (int second = first; second <= TIME_MAX; second++) {
        with_socket(h, (plain_socket){.ready = {first, second}, .count = 2, .takes = takes});
      }
    }
  }
}

static void every_scenario_of_up_to_3_sockets_runs_as_the_rules_of_lesson_4_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_hallways_that_begin_so(&h);
  print_message("%u scenarios, both strategies\n", h.scenarios);
  assert_int_equal(h.scenarios, 1 + 60 + 60 * 60 + 60 * 60 * 60);
  string_free(&h.text);
}

/* ---- lesson 5 --------------------------------------------------------------------------------------------------- */

enum { STATEMENTS_MAX = 5 };

typedef struct plain_statement {
  bell_kind kind;
  int depth;
  int ready; /* of a source */
  int after; /* of an action's timer */
  int takes;
} plain_statement;

typedef struct program {
  plain_statement statements[STATEMENTS_MAX];
  int count;
  string text;
  uint32_t scenarios; /* checked so far */
} program;

typedef struct tray {
  int events[EVENTS_MAX];
  int queued_at[EVENTS_MAX]; /* the step before or in which each was queued */
  int count;
} tray;

static void put(tray *t, int event, int step) {
  t->events[t->count] = event;
  t->queued_at[t->count++] = step;
}

/* Removes the oldest card. */
static void remove_oldest(tray *t) {
  t->count--;
  for (int i = 0; i < t->count; i++) {
    t->events[i] = t->events[i + 1];
    t->queued_at[i] = t->queued_at[i + 1];
  }
}

static int add_event(plain_run *plain, int statement, int ready, int parent) {
  plain->ready[plain->event_count] = ready;
  plain->statement[plain->event_count] = statement;
  plain->parent[plain->event_count] = parent;
  return plain->event_count++;
}

static plain_run plain_loop(const program *p) {
  plain_run plain = {0};
  tray microtasks = {0};
  tray tasks = {0};
  bool noticed[EVENTS_MAX] = {false};
  bool slept = false;
  int now = 0;
  for (int s = 0; s < p->count; s++) {
    if (p->statements[s].depth == 0) add_event(&plain, s, p->statements[s].ready, -1);
  }
  for (;;) {
    /* Notice what has become ready, in order of ready time, then of creation. */
    for (int next; (next = ready_longest(&plain, noticed, now)) >= 0;) {
      noticed[next] = true;
      bool promise = p->statements[plain.statement[next]].kind == BELL_PROMISE;
      put(promise ? &microtasks : &tasks, next, plain.step_count);
    }

    /* Pick. */
    if (microtasks.count == 0 && tasks.count == 0) {
      bool more = false;
      for (int i = 0; i < plain.event_count; i++) more = more || !noticed[i];
      if (!more) break;
      now++;
      plain.idle++;
      slept = true;
      continue;
    }
    plain_step step = {.time = now, .other = -1};
    if (microtasks.count > 0) {
      step.event = microtasks.events[0];
      step.queued_at = microtasks.queued_at[0];
      step.queue = BELL_QUEUE_MICROTASK;
      step.reason = BELL_REASON_MICROTASK_ONLY;
      remove_oldest(&microtasks);
      if (microtasks.count > 0) {
        step.reason = BELL_REASON_MICROTASK_OLDEST;
        step.other = microtasks.events[0];
      }
      if (tasks.count > 0) {
        step.reason = BELL_REASON_MICROTASK_FIRST;
        step.other = tasks.events[0];
      }
    } else {
      step.event = tasks.events[0];
      step.queued_at = tasks.queued_at[0];
      step.queue = BELL_QUEUE_TASK;
      step.reason = BELL_REASON_TASK_ONLY;
      remove_oldest(&tasks);
      if (tasks.count > 0) {
        step.other = tasks.events[0];
        bool tie = plain.ready[step.other] == plain.ready[step.event];
        step.reason = tie ? BELL_REASON_TASK_TIE : BELL_REASON_TASK_OLDEST;
      }
    }
    plain.steps[plain.step_count] = step;
    plain.wake_ups += slept;
    slept = false;

    /* Run it: its actions happen now, in order; then it holds the thread. */
    int me = plain.statement[step.event];
    for (int s = me + 1; s < p->count && p->statements[s].depth > p->statements[me].depth; s++) {
      if (p->statements[s].depth != p->statements[me].depth + 1) continue;
      int event = add_event(&plain, s, now + p->statements[s].after, plain.step_count);
      if (p->statements[s].kind == BELL_MICROTASK) {
        noticed[event] = true;
        put(&microtasks, event, plain.step_count);
      }
    }
    plain.step_count++;
    now += p->statements[me].takes;
  }
  plain.end = now;
  return plain;
}

static void check_program(program *p) {
  run r;
  run_loop(&r, p->text.bytes, BELL_BROWSER);
  plain_run plain = plain_loop(p);
  check_run(p->text.bytes, &r.trace, &plain);
  run_free(&r);
  p->scenarios++;
}

/* How far a family of programs goes. */
typedef struct scope {
  int sources;
  int statements; /* sources and actions together */
  int ready;      /* the latest ready time; the earliest is 0 */
  const bell_kind *kinds;
  int kind_count;
} scope;

static void check_programs_that_begin_so(program *p, const scope *limits);

static void with_statement(program *p, const scope *limits, plain_statement statement) {
  size_t length = p->text.length;
  string_add(&p->text, "%*s%s %c", statement.depth, "", bell_kind_name(statement.kind), 'a' + p->count);
  bool first_script = statement.kind == BELL_SCRIPT && statement.ready == 0; /* the one that may leave `ready` out */
  if (statement.depth == 0 && !first_script) string_add(&p->text, " ready %d", statement.ready);
  if (statement.depth > 0 && statement.kind == BELL_TIMER) string_add(&p->text, " after %d", statement.after);
  if (statement.takes > 0) string_add(&p->text, " takes %d", statement.takes);
  string_add(&p->text, "\n");
  p->statements[p->count++] = statement;
  check_programs_that_begin_so(p, limits);
  p->count--;
  string_cut(&p->text, length);
}

static void check_programs_that_begin_so(program *p, const scope *limits) {
  check_program(p);
  if (p->count == limits->statements) return;
  int sources = 0;
  for (int s = 0; s < p->count; s++) sources += p->statements[s].depth == 0;
  for (int takes = 0; takes <= 1; takes++) {
    for (int k = 0; k < limits->kind_count && sources < limits->sources; k++) {
      for (int ready = 0; ready <= limits->ready; ready++) {
        with_statement(p, limits, (plain_statement){.kind = limits->kinds[k], .ready = ready, .takes = takes});
      }
    }
    int deepest = p->count == 0 ? 0 : p->statements[p->count - 1].depth + 1;
    for (int depth = 1; depth <= deepest; depth++) {
      with_statement(p, limits, (plain_statement){.kind = BELL_MICROTASK, .depth = depth, .takes = takes});
      for (int after = 0; after <= 1; after++) {
        with_statement(p, limits,
                       (plain_statement){.kind = BELL_TIMER, .depth = depth, .after = after, .takes = takes});
      }
    }
  }
}

static void check_programs(const scope *limits) {
  program p = {0};
  string_cut(&p.text, 0);
  check_programs_that_begin_so(&p, limits);
  print_message("%u programs of up to %d statements\n", p.scenarios, limits->statements);
  assert_true(p.scenarios > 100000);
  string_free(&p.text);
}

static void every_program_of_up_to_4_statements_runs_as_the_rules_of_lesson_5_say(void **state) {
  (void)state;
  static const bell_kind kinds[] = {BELL_PROMISE, BELL_TIMER, BELL_SOCKET, BELL_SCRIPT};
  check_programs(&(scope){.sources = 3, .statements = 4, .ready = 2, .kinds = kinds, .kind_count = COUNT_OF(kinds)});
}

/* One statement more. Socket and script are left out: they queue as a timer does, as the programs above have shown. */
static void so_does_every_program_of_up_to_5_statements_of_promises_and_timers(void **state) {
  (void)state;
  static const bell_kind kinds[] = {BELL_PROMISE, BELL_TIMER};
  check_programs(&(scope){.sources = 3, .statements = 5, .ready = 1, .kinds = kinds, .kind_count = COUNT_OF(kinds)});
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_scenario_of_up_to_3_sockets_runs_as_the_rules_of_lesson_4_say),
      cmocka_unit_test(every_program_of_up_to_4_statements_runs_as_the_rules_of_lesson_5_say),
      cmocka_unit_test(so_does_every_program_of_up_to_5_statements_of_promises_and_timers),
  };
  return cmocka_run_group_tests_name("small scope", tests, NULL, NULL);
}
