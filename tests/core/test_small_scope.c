/* Every small scenario there is, against a second model that is as plain as can be: time goes millisecond by
 * millisecond, and "who is next?" looks at everybody. Most mistakes in an order show in a scenario of three. */
#include "loop/orders.h"
#include "support.h"

/* What both lessons' plain models tell of one step. Times are in milliseconds, or, where frames come in between, in
 * microseconds. */
typedef struct plain_step {
  int time;
  int event;
  int other; /* -1 for nobody */
  bell_reason reason;
  bell_queue queue;
  int queued_at;
  int level; /* of timers within timers */
  bell_no_guarantee no_guarantee;
} plain_step;

/* What both tell of a plain. */
enum { EVENTS_MAX = 16 };
typedef struct plain_run {
  int us; /* in the unit of time */
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

/* ---- Node's ---- */

/* A list of timers is told by its delay; in it are the timers of that delay that have not run, in order of creation,
 * which is the order in which they were set. */
typedef struct plain_list {
  int delay;
  int expiry;
  int id;
} plain_list;

enum { NEVER = 1000000, LISTS_MAX = 8 };

typedef struct plain_node {
  const program *p;
  plain_run plain;
  bool gone[EVENTS_MAX];  /* has run, or has joined a tray */
  int delay[EVENTS_MAX];  /* of a timer; 0 of all else */
  int set_at[EVENTS_MAX]; /* the step */
  tray ticks;
  tray microtasks;
  tray sockets;
  tray immediates;
  plain_list lists[LISTS_MAX];
  int list_count;
  int next_id;
  int next_expiry;
  int alarm;
  int clock;  /* libuv's: as it was last brought up to date */
  int close;  /* a timer that a later clock would have found due, before the next callback of a phase; -1 for none */
  bool apart; /* rather: what would come in between, were that callback found a round later than the one before it */
  int now;
  bool slept;
} plain_node;

static bell_kind kind_of(const plain_node *n, int event) { return n->p->statements[n->plain.statement[event]].kind; }

static void node_notice(plain_node *n) {
  for (int next;;) {
    next = -1;
    for (int i = 0; i < n->plain.event_count; i++) {
      if (n->gone[i] || n->delay[i] > 0 || n->plain.ready[i] > n->now || kind_of(n, i) == BELL_SCRIPT) continue;
      if (next < 0 || n->plain.ready[i] < n->plain.ready[next]) next = i;
    }
    if (next < 0) return;
    n->gone[next] = true;
    put(kind_of(n, next) == BELL_PROMISE ? &n->microtasks : &n->sockets, next, n->plain.step_count);
  }
}

static void node_set(plain_node *n, int event, int delay) {
  if (delay < 1) delay = 1;
  n->clock = n->now; /* getLibuvNow */
  n->delay[event] = delay;
  n->plain.ready[event] = n->now + delay;
  n->set_at[event] = n->plain.step_count;
  for (int i = 0; i < n->list_count; i++) {
    if (n->lists[i].delay == delay) return;
  }
  n->lists[n->list_count++] = (plain_list){delay, n->now + delay, n->next_id++};
  if (n->now + delay < n->next_expiry) n->next_expiry = n->alarm = n->now + delay;
}

static void node_run(plain_node *n, int event, bell_queue queue, bell_reason reason, int other, int queued_at) {
  n->plain.steps[n->plain.step_count] = (plain_step){n->now, event, other, reason, queue, queued_at, 0, 0};
  n->plain.wake_ups += n->slept;
  n->slept = false;
  const plain_statement *all = n->p->statements;
  int me = n->plain.statement[event];
  for (int s = me + 1; s < n->p->count && all[s].depth > all[me].depth; s++) {
    if (all[s].depth != all[me].depth + 1) continue;
    int step = n->plain.step_count;
    int made = add_event(&n->plain, s, n->now, step);
    n->gone[made] = all[s].kind != BELL_TIMER;
    if (all[s].kind == BELL_TIMER) node_set(n, made, all[s].after);
    if (all[s].kind == BELL_TICK) put(&n->ticks, made, step);
    if (all[s].kind == BELL_MICROTASK) put(&n->microtasks, made, step);
    if (all[s].kind == BELL_IMMEDIATE) put(&n->immediates, made, step);
  }
  n->plain.step_count++;
  n->now += all[me].takes;
  node_notice(n);
}

/* A callback of a phase: not guaranteed where a later clock would have found a timer due. */
static void node_run_in_phase(plain_node *n, int event, bell_queue queue, bell_reason reason, int other,
                              int queued_at) {
  int step = n->plain.step_count;
  bool open = n->close >= 0 && n->close != event;
  node_run(n, event, queue, reason, open ? n->close : other, queued_at);
  bell_no_guarantee why = n->apart ? BELL_NO_GUARANTEE_EDGE : BELL_NO_GUARANTEE_LATE;
  n->plain.steps[step].no_guarantee = open ? why : BELL_GUARANTEED;
  n->close = -1;
  n->apart = false;
}

static int first_of(const tray *t) { return t->count > 0 ? t->events[0] : -1; }

static void node_run_oldest(plain_node *n, tray *t, bell_queue queue, bell_reason reason, int other_first) {
  int event = t->events[0];
  int queued_at = t->queued_at[0];
  remove_oldest(t);
  int other = other_first >= 0 ? other_first : first_of(t);
  bool of_phase = queue == BELL_QUEUE_POLL || queue == BELL_QUEUE_CHECK;
  (of_phase ? node_run_in_phase : node_run)(n, event, queue, reason, other, queued_at);
}

/* processTicksAndRejections, without rejections. */
static void node_drain(plain_node *n) {
  do {
    while (n->ticks.count > 0) {
      node_run_oldest(n, &n->ticks, BELL_QUEUE_TICK, BELL_REASON_TICK, first_of(&n->microtasks));
    }
    while (n->microtasks.count > 0) {
      node_run_oldest(n, &n->microtasks, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK, first_of(&n->ticks));
    }
  } while (n->ticks.count > 0);
}

/* The index of the list that expires first, `without` left out; -1 for none. */
static int first_list(const plain_node *n, int without) {
  int best = -1;
  for (int i = 0; i < n->list_count; i++) {
    const plain_list *l = &n->lists[i];
    const plain_list *b = &n->lists[best < 0 ? i : best];
    if (i == without) continue;
    if (best < 0 || l->expiry < b->expiry || (l->expiry == b->expiry && l->id < b->id)) best = i;
  }
  return best;
}

/* The first timer of a delay that has not run; -1 for none. */
static int first_timer(const plain_node *n, int delay) {
  for (int i = 0; i < n->plain.event_count; i++) {
    if (!n->gone[i] && n->delay[i] == delay) return i;
  }
  return -1;
}

/* processTimers and listOnTimeout. */
static void node_timers_if_due(plain_node *n) {
  if (n->alarm > n->clock) return;
  int now = n->clock = n->now;
  n->next_expiry = NEVER;
  bool ran_a_list = false;
  bool ran_in_this_pass = false;
  for (int list; (list = first_list(n, -1)) >= 0 && n->lists[list].expiry <= now;) {
    if (ran_a_list) node_drain(n);
    ran_a_list = true;
    bool ran_a_timer = false;
    int delay = n->lists[list].delay;
    for (int timer; (timer = first_timer(n, delay)) >= 0;) {
      if (n->plain.ready[timer] > now) {
        n->lists[list].expiry = n->plain.ready[timer] > now + 1 ? n->plain.ready[timer] : now + 1;
        n->lists[list].id = n->next_id++;
        break;
      }
      if (ran_a_timer) node_drain(n);
      bool due_just_now = n->plain.ready[timer] == now; /* then it might be a millisecond later, by Node's clock */
      if (ran_in_this_pass && due_just_now && n->close < 0) {
        n->close = first_of(&n->immediates);
        n->apart = true;
      }
      ran_a_timer = ran_in_this_pass = true;
      n->gone[timer] = true;
      int other = first_timer(n, delay);
      if (other >= 0 && n->plain.ready[other] > now) other = -1;
      int second = first_list(n, list);
      bell_reason reason = BELL_REASON_TIMERS;
      if (second >= 0 && n->lists[second].expiry <= now) {
        other = first_timer(n, n->lists[second].delay);
        if (n->plain.ready[other] < n->plain.ready[timer]) reason = BELL_REASON_TIMERS_LIST;
      }
      node_run_in_phase(n, timer, BELL_QUEUE_TIMERS, reason, other, n->set_at[timer]);
    }
    if (first_timer(n, delay) < 0) n->lists[list] = n->lists[--n->list_count];
  }
  int next = first_list(n, -1);
  n->next_expiry = next < 0 ? NEVER : n->lists[next].expiry;
  n->alarm = n->next_expiry > n->clock ? n->next_expiry : n->clock + 1; /* Environment::RunTimers */
}

/* uv__run_timers: it looks again after each. */
static void node_timers(plain_node *n) {
  n->clock = n->now;
  bool again = true;
  while (again) {
    int now = n->now;
    int step = n->plain.step_count;
    node_timers_if_due(n);
    int list = first_list(n, -1);
    n->close = list >= 0 && n->lists[list].expiry <= now + 1 ? first_timer(n, n->lists[list].delay) : -1;
    if (n->close >= 0 && n->plain.parent[n->close] >= step) n->close = -1; /* it was set in this very phase */
    node_drain(n);
    again = n->alarm <= n->clock;
  }
}

static void node_poll(plain_node *n) {
  bool more = n->list_count > 0;
  for (int i = 0; i < n->plain.event_count; i++) more = more || (!n->gone[i] && kind_of(n, i) != BELL_SCRIPT);
  node_notice(n);
  while (more && n->immediates.count == 0 && n->sockets.count == 0 && n->microtasks.count == 0 && n->alarm > n->now) {
    n->now++;
    n->plain.idle++;
    n->slept = true;
    node_notice(n);
  }
  tray batch = n->sockets;
  n->sockets.count = 0;
  int look = n->now;
  node_drain(n);
  for (bool first = true; batch.count > 0; first = false) {
    if (!first && n->plain.ready[batch.events[0]] == look) {
      int list = first_list(n, -1);
      bool is_due = list >= 0 && n->lists[list].expiry <= n->now + 1;
      n->close = n->immediates.count > 0 ? n->immediates.events[0] : is_due ? first_timer(n, n->lists[list].delay) : -1;
      n->apart = n->close >= 0;
    }
    node_run_oldest(n, &batch, BELL_QUEUE_POLL, BELL_REASON_POLL, -1);
    node_drain(n);
  }
}

static void node_check(plain_node *n) {
  tray batch = n->immediates;
  n->immediates.count = 0;
  while (batch.count > 0) {
    int list = first_list(n, -1);
    int timer = list < 0 ? -1 : first_timer(n, n->lists[list].delay);
    if (timer >= 0 && n->plain.ready[timer] > n->now) timer = -1;
    node_run_oldest(n, &batch, BELL_QUEUE_CHECK, BELL_REASON_CHECK, timer);
    node_drain(n);
  }
}

static plain_run plain_node_loop(const program *p) {
  plain_node n = {.p = p, .plain = {.us = 1000}, .next_expiry = NEVER, .alarm = NEVER, .close = -1};
  int script = -1;
  for (int s = 0; s < p->count; s++) {
    if (p->statements[s].depth > 0) continue;
    int event = add_event(&n.plain, s, p->statements[s].ready, -1);
    if (p->statements[s].kind == BELL_TIMER) node_set(&n, event, p->statements[s].ready);
    if (p->statements[s].kind == BELL_SCRIPT) script = event;
  }
  if (script >= 0) {
    n.gone[script] = true;
    node_run(&n, script, BELL_QUEUE_MAIN, BELL_REASON_MAIN, -1, 0);
  }
  node_notice(&n);
  node_drain(&n);
  for (;;) {
    bool alive = n.list_count > 0 || n.immediates.count > 0 || n.sockets.count > 0;
    for (int i = 0; i < n.plain.event_count; i++) alive = alive || !n.gone[i];
    if (!alive) break;
    node_timers(&n);
    node_poll(&n);
    node_check(&n);
  }
  n.plain.end = n.now;
  return n.plain;
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
  p->scenarios++;
  free(base);
  run_free(&r);
}

static void check_steps(program *p, const scope *limits) {
  run r;
  run_loop(&r, p->text.bytes, limits->host);
  plain_run plain = limits->host == BELL_NODE ? plain_node_loop(p) : plain_loop(p, limits->us, NULL);
  check_run(p->text.bytes, &r.trace, &plain);
  run_free(&r);
  p->scenarios++;
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
  limits->check(p, limits);
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
