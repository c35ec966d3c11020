/* Every small scenario there is, against a second model that is as plain as can be: time goes millisecond by
 * millisecond, and "who is next?" looks at everybody. Most mistakes in an order show in a scenario of three. */
#include "loop/orders.h"
#include "plain.h"

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
  CHECK_EQUAL(text, "end", totals.end_us, plain->us * plain->end);
  CHECK_EQUAL(text, "idle", totals.idle_us, plain->us * plain->idle);
  CHECK_EQUAL(text, "wake-ups", totals.wake_ups, plain->wake_ups);
  if (count == 0) return;
  CHECK_EQUAL(text, "mean latency", totals.mean_latency_us, (2 * plain->us * sum + count) / (2 * count));
  CHECK_EQUAL(text, "median latency", totals.median_latency_us, plain->us * latency[(count + 1) / 2 - 1]);
  CHECK_EQUAL(text, "p99 latency", totals.p99_latency_us, plain->us * latency[(99 * count + 99) / 100 - 1]);
  CHECK_EQUAL(text, "max latency", totals.max_latency_us, plain->us * latency[count - 1]);
}

static void check_run(const char *text, const bell_trace *trace, const plain_run *plain) {
  CHECK_EQUAL(text, "events", trace->event_count, plain->event_count);
  for (int i = 0; i < plain->event_count; i++) {
    CHECK_EQUAL(text, "ready", trace->events[i].ready_us, plain->us * plain->ready[i]);
    CHECK_EQUAL(text, "statement", trace->events[i].statement, plain->statement[i]);
    CHECK_EQUAL(text, "parent", trace->events[i].parent, or_none(plain->parent[i]));
  }
  CHECK_EQUAL(text, "steps", trace->step_count, plain->step_count);
  for (int k = 0; k < plain->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    CHECK_EQUAL(text, "event", step->event, plain->steps[k].event);
    CHECK_EQUAL(text, "time", step->time_us, plain->us * plain->steps[k].time);
    CHECK_EQUAL(text, "queue", step->queue, plain->steps[k].queue);
    CHECK_EQUAL(text, "reason", step->reason, plain->steps[k].reason);
    CHECK_EQUAL(text, "other", step->other, or_none(plain->steps[k].other));
    CHECK_EQUAL(text, "queued_at", step->queued_at, or_none(plain->steps[k].queued_at));
    CHECK_EQUAL(text, "level", step->level, plain->steps[k].level);
    CHECK_EQUAL(text, "no_guarantee", step->no_guarantee, plain->steps[k].no_guarantee);
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
  uint32_t scenarios; /* so far */
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
  plain_run plain = {.us = 1000};
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
    plain.steps[plain.step_count++] = (plain_step){now, next, other, reason, BELL_QUEUE_NONE, last_sleep, 0, 0};
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
      plain.steps[plain.step_count++] =
          (plain_step){now, next, other, BELL_REASON_TURN, BELL_QUEUE_NONE, last_sleep, 0, 0};
      plain.wake_ups += slept;
      now += h->sockets[s].takes;
    }
  }
  plain.end = now;
  return plain;
}

static void check_hallway(hallway *h) {
  if (!is_run_here(h->scenarios++)) return;
  for (int strategy = 0; strategy < SIMPLE_STRATEGIES; strategy++) {
    run r;
    run_multiplexer(&r, h->text.bytes, (bell_strategy)strategy);
    plain_run plain = strategy == BELL_BLOCKING ? plain_blocking(h) : plain_readiness(h);
    check_run(h->text.bytes, &r.trace, &plain);
    run_free(&r);
  }
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

/* HTML's task sources; -1 is of none. */
static int source_of(const program *p, const plain_run *plain, int event) {
  switch (p->statements[plain->statement[event]].kind) {
  case BELL_TIMER:
    return 0;
  case BELL_SOCKET:
  case BELL_SCRIPT:
    return 1;
  case BELL_INPUT:
    return 2;
  case BELL_FRAME:
    return 3;
  default:
    return -1;
  }
}

/* Timer a is to come before b. Must it? */
static bool html_guarantees(const plain_run *plain, int a, int b) {
  int set[2] = {0, 0};
  int timers[2] = {a, b};
  for (int i = 0; i < 2; i++) {
    if (plain->parent[timers[i]] >= 0) set[i] = plain->steps[plain->parent[timers[i]]].time;
  }
  return a < b && plain->ready[a] - set[0] <= plain->ready[b] - set[1];
}

enum { FRAME_AGAIN = 16667, CLOSE = 1000, CLAMP = 4000 }; /* us */

/* When the first of these callbacks for a frame must be called at the latest: a 60th of a second after its asking. */
static int latest_frame(const plain_run *plain, const tray *frames) {
  return plain->steps[plain->parent[frames->events[0]]].time + FRAME_AGAIN;
}

/* When all may be over that callbacks of a frame lead to. */
static int frame_over(const program *p, const plain_run *plain, const tray *frames) {
  int over = latest_frame(plain, frames) + CLOSE;
  const plain_statement *all = p->statements;
  for (int i = 0; i < frames->count; i++) {
    int me = plain->statement[frames->events[i]];
    over += all[me].takes * 1000;
    for (int s = me + 1; s < p->count && all[s].depth > all[me].depth; s++) {
      over += all[s].takes * 1000;
      if (all[s].kind == BELL_TIMER) over += all[s].after * 1000 > CLAMP ? all[s].after * 1000 : CLAMP;
      if (all[s].kind == BELL_FRAME) over += FRAME_AGAIN;
    }
  }
  return over;
}

/* The next that is not ready yet, but for `without`; -1 for none. */
static int next_to_come(const plain_run *plain, const bool *noticed, int without) {
  int best = -1;
  for (int i = 0; i < plain->event_count; i++) {
    if (!noticed[i] && i != without && (best < 0 || plain->ready[i] < plain->ready[best])) best = i;
  }
  return best;
}

/* Were the loop a little late, might one that is not ready yet come before the task? */
static bool may_be_late(const program *p, const plain_run *plain, int me, const bool *noticed, int without, int now) {
  int close = CLOSE / plain->us;
  int mine = source_of(p, plain, me);
  for (int i = 0; i < plain->event_count; i++) {
    if (noticed[i] || i == without || plain->ready[i] >= now + close) continue;
    if (source_of(p, plain, i) != mine) return true;
    if (mine == 0 && plain->ready[i] - plain->ready[me] < close && !html_guarantees(plain, me, i)) return true;
  }
  return false;
}

/* Might a timer of the tray run before `me`, and before all timers that stand before it in the tray? */
static bool another_may_be_first(const plain_run *plain, int me, const int *timers, int count) {
  for (int t = 0; t < count; t++) {
    bool may = !html_guarantees(plain, me, timers[t]);
    for (int before = 0; before < t; before++) may = may && !html_guarantees(plain, timers[before], timers[t]);
    if (may) return true;
  }
  return false;
}

/* It looks at the task that is picked, the tasks behind it, what a frame is to call, and what was not noticed yet. */
static bell_no_guarantee plain_guarantee(const program *p, const plain_run *plain, int me, const tray *tasks,
                                         const tray *frames, const bool *noticed, int now) {
  int frame = frames->count > 0 ? frames->events[0] : -1;
  int next = next_to_come(plain, noticed, frame);
  int mine = source_of(p, plain, me);
  for (int i = 0; i < tasks->count; i++) {
    if (source_of(p, plain, tasks->events[i]) != mine) return BELL_NO_GUARANTEE_SOURCES;
  }
  bool draws = mine == 3;
  if (!draws && frames->count > 0 && plain->ready[frames->events[0]] > now) return BELL_NO_GUARANTEE_FRAME;
  if (draws && next >= 0 && plain->ready[next] < frame_over(p, plain, frames)) return BELL_NO_GUARANTEE_FRAME;
  if (may_be_late(p, plain, me, noticed, frame, now)) return BELL_NO_GUARANTEE_LATE;
  bool is_open = mine == 0 && another_may_be_first(plain, me, tasks->events, tasks->count);
  return is_open ? BELL_NO_GUARANTEE_TIMERS : BELL_GUARANTEED;
}

/* When a frame that is asked for now is drawn: by a screen of 60 Hz, or any time, by chance. */
static int next_frame(uint64_t *chance, int now) {
  if (chance != NULL) return now + (int)random_below(chance, FRAME_AGAIN + 1);
  int frame = 0;
  while ((frame * 1000000 + 30) / 60 <= now) frame++;
  return (frame * 1000000 + 30) / 60;
}

/* The first callback of a frame stands for it among the tasks; the others are with it. */
static plain_run plain_loop(const program *p, int us, uint64_t *chance) {
  plain_run plain = {.us = us};
  tray microtasks = {0};
  tray tasks = {0};
  tray frames = {0};
  tray drawing = {0};
  bool noticed[EVENTS_MAX] = {false};
  bool slept = false;
  int level = 0;
  int now = 0;
  for (int s = 0; s < p->count; s++) {
    if (p->statements[s].depth == 0) add_event(&plain, s, p->statements[s].ready * 1000 / us, -1);
  }
  for (;;) {
    /* Notice what has become ready, in order of ready time, then of creation. */
    for (int next; (next = ready_longest(&plain, noticed, now)) >= 0;) {
      noticed[next] = true;
      put(source_of(p, &plain, next) < 0 ? &microtasks : &tasks, next, plain.step_count);
    }

    /* Pick. */
    if (microtasks.count == 0 && tasks.count == 0 && drawing.count == 0) {
      int next = next_to_come(&plain, noticed, -1);
      if (next < 0) break;
      plain.idle += plain.ready[next] - now;
      now = plain.ready[next];
      level = 0; /* whoever settles a promise now is no timer */
      slept = true;
      continue;
    }
    plain_step step = {.time = now, .other = -1};
    tray *from = microtasks.count > 0 ? &microtasks : drawing.count > 0 ? &drawing : &tasks;
    step.event = from->events[0];
    step.queued_at = from->queued_at[0];
    remove_oldest(from);
    if (from == &microtasks) {
      step.queue = BELL_QUEUE_MICROTASK;
      step.reason = BELL_REASON_MICROTASK_ONLY;
      bool draws_later = frames.count > 0 && plain.ready[frames.events[0]] > now;
      if (slept && draws_later) step.no_guarantee = BELL_NO_GUARANTEE_FRAME;
      if (microtasks.count > 0) {
        step.reason = BELL_REASON_MICROTASK_OLDEST;
        step.other = microtasks.events[0];
      }
      const tray *then = drawing.count > 0 ? &drawing : &tasks;
      if (then->count > 0) {
        step.reason = BELL_REASON_MICROTASK_FIRST;
        step.other = then->events[0];
      }
    } else if (from == &drawing) {
      step.queue = BELL_QUEUE_FRAME;
      step.reason = BELL_REASON_FRAME_NEXT;
      step.other = drawing.count > 0 ? drawing.events[0] : tasks.count > 0 ? tasks.events[0] : -1;
    } else {
      int source = source_of(p, &plain, step.event);
      step.no_guarantee = plain_guarantee(p, &plain, step.event, &tasks, &frames, noticed, now);
      step.queue = BELL_QUEUE_TASK;
      step.reason = BELL_REASON_TASK_ONLY;
      if (tasks.count > 0) {
        step.other = tasks.events[0];
        bool tie = plain.ready[step.other] == plain.ready[step.event];
        step.reason = tie ? BELL_REASON_TASK_TIE : BELL_REASON_TASK_OLDEST;
      }
      level = 0;
      if (source == 0) {
        level = 1 + (plain.parent[step.event] < 0 ? 0 : plain.steps[plain.parent[step.event]].level);
      }
      if (source == 3) {
        drawing = frames;
        frames.count = 0;
        step.queued_at = drawing.queued_at[0];
        remove_oldest(&drawing);
        step.queue = BELL_QUEUE_FRAME;
        step.reason = BELL_REASON_FRAME;
        if (drawing.count > 0) step.other = drawing.events[0];
      }
    }
    step.level = level;
    plain.steps[plain.step_count] = step;
    plain.wake_ups += slept;
    slept = false;

    /* Run it: its actions happen now, in order; then it holds the thread. */
    int me = plain.statement[step.event];
    for (int s = me + 1; s < p->count && p->statements[s].depth > p->statements[me].depth; s++) {
      if (p->statements[s].depth != p->statements[me].depth + 1) continue;
      int event = add_event(&plain, s, now + p->statements[s].after * 1000 / us, plain.step_count);
      if (p->statements[s].kind == BELL_MICROTASK) {
        noticed[event] = true;
        put(&microtasks, event, plain.step_count);
      }
      if (p->statements[s].kind == BELL_FRAME) {
        int due = frames.count > 0 ? plain.ready[frames.events[0]] : next_frame(chance, now);
        plain.ready[event] = due > now ? due : now;
        noticed[event] = frames.count > 0;
        put(&frames, event, plain.step_count);
      }
    }
    plain.step_count++;
    now += p->statements[me].takes * 1000 / us;
  }
  plain.end = now;
  return plain;
}

/* ---- both ---- */

/* How far a family of programs goes, and what is checked of each. */
typedef struct scope scope;
struct scope {
  void (*check)(program *p, const scope *limits);
  bell_host host;
  int sources;
  int statements;         /* sources and actions together */
  int ready;              /* the latest ready time; the earliest is 0 */
  const bell_kind *kinds; /* of sources */
  int kind_count;
  const bell_kind *actions; /* besides timers */
  int action_count;
  int takes; /* what takes time takes this long */
  int us;    /* the plain model's unit of time */
};

static bool is_among(const bell_orders *found, const plain_run *plain) {
  for (uint32_t i = 0; i < found->count; i++) {
    const uint32_t *order = bell_orders_at(found, i);
    int k = 0;
    while (k < plain->step_count && order[k] == (uint32_t)plain->statement[plain->steps[k].event]) k++;
    if (k == plain->step_count) return true;
  }
  return false;
}

/* Does a callback of a frame hold the thread, or set a timer, itself or later on? */
static bool frames_last(const program *p) {
  int frame = -1; /* its depth; -1 for none */
  for (int s = 0; s < p->count; s++) {
    const plain_statement *me = &p->statements[s];
    if (frame >= me->depth) frame = -1;
    if (frame < 0 && me->kind == BELL_FRAME) frame = me->depth;
    if (frame >= 0 && (me->takes > 0 || me->kind == BELL_TIMER)) return true;
  }
  return false;
}

static bool has_mark(const bell_trace *trace) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    if (trace->steps[k].no_guarantee != BELL_GUARANTEED) return true;
  }
  return false;
}

/* Frames come by chance: the order is among those that are found. If there is another than the model's, one of its
 * steps says so; and only then, unless what a frame leads to lasts, where it is enough that others fall into that
 * time. */
static void check_orders(program *p, const scope *limits) {
  enum { CHANCES = 4 };
  run r;
  run_loop(&r, p->text.bytes, limits->host);
  size_t memory = bell_orders_memory(&r.reading.scenario);
  void *base = malloc(memory > 0 ? memory : 1);
  bell_arena arena = {.base = base, .capacity = memory};
  bell_orders found;
  CHECK(p->text.bytes, bell_orders_find(&found, &r.reading.scenario, BELL_LATE_US, &arena));
  CHECK(p->text.bytes, found.complete);
  CHECK(p->text.bytes, found.count == 1 || has_mark(&r.trace));
  CHECK(p->text.bytes, found.count > 1 || frames_last(p) || !has_mark(&r.trace));
  for (int i = 0; i < CHANCES; i++) {
    uint64_t chance = (uint64_t)p->scenarios * CHANCES + (uint64_t)i;
    plain_run plain = plain_loop(p, limits->us, &chance);
    CHECK(p->text.bytes, is_among(&found, &plain));
  }
  free(base);
  run_free(&r);
}

static void check_steps(program *p, const scope *limits) {
  run r;
  run_loop(&r, p->text.bytes, limits->host);
  plain_run plain = limits->host == BELL_NODE ? plain_node_loop(p, NULL) : plain_loop(p, limits->us, NULL);
  check_run(p->text.bytes, &r.trace, &plain);
  run_free(&r);
}

static void check_programs_that_begin_so(program *p, const scope *limits);

static void with_statement(program *p, const scope *limits, plain_statement statement) {
  size_t length = p->text.length;
  string_add(&p->text, "%*s%s %c", statement.depth, "", bell_words[statement.kind].text, 'a' + p->count);
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
  if (is_run_here(p->scenarios++)) limits->check(p, limits);
  if (p->count == limits->statements) return;
  int sources = 0;
  int scripts = 0;
  for (int s = 0; s < p->count; s++) {
    sources += p->statements[s].depth == 0;
    scripts += p->statements[s].kind == BELL_SCRIPT;
  }
  for (int takes = 0; takes <= limits->takes; takes += limits->takes) {
    for (int k = 0; k < limits->kind_count && sources < limits->sources; k++) {
      for (int ready = 0; ready <= limits->ready; ready++) {
        if (limits->ready > 3 && ready > 0 && ready < limits->ready - 1) continue;
        if (limits->host == BELL_NODE && limits->kinds[k] == BELL_SCRIPT && scripts + ready > 0) continue;
        with_statement(p, limits, (plain_statement){.kind = limits->kinds[k], .ready = ready, .takes = takes});
      }
    }
    int deepest = p->count == 0 ? 0 : p->statements[p->count - 1].depth + 1;
    for (int depth = 1; depth <= deepest; depth++) {
      for (int k = 0; k < limits->action_count; k++) {
        with_statement(p, limits, (plain_statement){.kind = limits->actions[k], .depth = depth, .takes = takes});
      }
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
  static const bell_kind actions[] = {BELL_MICROTASK};
  check_programs(
      &(scope){check_steps, BELL_BROWSER, 3, 4, 2, kinds, COUNT_OF(kinds), actions, COUNT_OF(actions), 1, 1000});
}

/* One statement more. Socket and script are left out: they queue as a timer does, as the programs above have shown. */
static void so_does_every_program_of_up_to_5_statements_of_promises_and_timers(void **state) {
  (void)state;
  static const bell_kind kinds[] = {BELL_PROMISE, BELL_TIMER};
  static const bell_kind actions[] = {BELL_MICROTASK};
  check_programs(
      &(scope){check_steps, BELL_BROWSER, 3, 5, 1, kinds, COUNT_OF(kinds), actions, COUNT_OF(actions), 1, 1000});
}

/* Times around the first frames, which come at 16.667 and 33.333 ms. */
static void so_does_every_program_of_up_to_4_statements_with_frames_and_input(void **state) {
  (void)state;
  static const bell_kind kinds[] = {BELL_INPUT, BELL_TIMER, BELL_PROMISE};
  static const bell_kind actions[] = {BELL_MICROTASK, BELL_FRAME};
  check_programs(
      &(scope){check_steps, BELL_BROWSER, 3, 4, 17, kinds, COUNT_OF(kinds), actions, COUNT_OF(actions), 17, 1});
}

static void
whenever_frames_come_the_order_is_one_of_those_that_are_found_and_a_step_says_when_there_are_others(void **state) {
  (void)state;
  static const bell_kind kinds[] = {BELL_SOCKET, BELL_TIMER, BELL_PROMISE};
  static const bell_kind actions[] = {BELL_MICROTASK, BELL_FRAME};
  check_programs(
      &(scope){check_orders, BELL_BROWSER, 2, 4, 17, kinds, COUNT_OF(kinds), actions, COUNT_OF(actions), 17, 1});
}

static void every_program_of_up_to_4_statements_runs_as_node_s_sources_say(void **state) {
  (void)state;
  static const bell_kind kinds[] = {BELL_SCRIPT, BELL_SOCKET, BELL_TIMER, BELL_PROMISE};
  static const bell_kind actions[] = {BELL_MICROTASK, BELL_TICK, BELL_IMMEDIATE};
  check_programs(
      &(scope){check_steps, BELL_NODE, 3, 4, 2, kinds, COUNT_OF(kinds), actions, COUNT_OF(actions), 2, 1000});
}

/* One statement more, of those that make up the lists of timers, with longer delays and a busier thread. */
static void so_does_every_program_of_up_to_5_statements_of_timers_and_sockets(void **state) {
  (void)state;
  static const bell_kind kinds[] = {BELL_SOCKET, BELL_TIMER};
  check_programs(&(scope){check_steps, BELL_NODE, 3, 5, 3, kinds, COUNT_OF(kinds), NULL, 0, 3, 1000});
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_scenario_of_up_to_3_sockets_runs_as_the_rules_of_lesson_4_say),
      cmocka_unit_test(every_program_of_up_to_4_statements_runs_as_the_rules_of_lesson_5_say),
      cmocka_unit_test(so_does_every_program_of_up_to_5_statements_of_promises_and_timers),
      cmocka_unit_test(so_does_every_program_of_up_to_4_statements_with_frames_and_input),
      cmocka_unit_test(
          whenever_frames_come_the_order_is_one_of_those_that_are_found_and_a_step_says_when_there_are_others),
      cmocka_unit_test(every_program_of_up_to_4_statements_runs_as_node_s_sources_say),
      cmocka_unit_test(so_does_every_program_of_up_to_5_statements_of_timers_and_sockets),
  };
  return cmocka_run_group_tests_name("small scope", tests, NULL, NULL);
}
