#include "plain.h"

/* A list of timers is told by its delay; in it are the timers of that delay that have not run, in order of creation,
 * which is the order in which they were set. */
typedef struct plain_list {
  int delay;
  int expiry;
  int id;
} plain_list;

enum { NEVER = 1000000000, LISTS_MAX = 8, SENT_LATE = 100 };

typedef struct plain_node {
  const program *p;
  plain_clock *real; /* NULL: it is the model's */
  int late;          /* how far behind it is, since it slept */
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

/* ---- time ------------------------------------------------------------------------------------------------------- */

static int ms(const plain_node *n, int count) { return count * 1000 / n->plain.us; }

/* What Node does takes time, mostly none to speak of. */
static void take_time(plain_node *n) {
  if (n->real == NULL || random_below(&n->real->chance, 3) > 0) return;
  int most = n->real->late_most - n->late;
  if (most <= 0) return;
  int takes = (int)random_below(&n->real->chance, (uint32_t)most + 1);
  n->late += takes;
  n->now += takes;
}

/* Node's clock has whole milliseconds. */
static int clock_of(const plain_node *n) { return n->real == NULL ? n->now : n->now - n->now % 1000; }

/* ---- the loop --------------------------------------------------------------------------------------------------- */

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
    bool settles_alone = kind_of(n, next) == BELL_PROMISE && n->real == NULL;
    put(settles_alone ? &n->microtasks : &n->sockets, next, n->plain.step_count);
  }
}

static void node_set(plain_node *n, int event, int delay) {
  if (delay < ms(n, 1)) delay = ms(n, 1);
  take_time(n);
  n->clock = clock_of(n); /* getLibuvNow */
  n->delay[event] = delay;
  n->plain.ready[event] = n->clock + delay;
  n->set_at[event] = n->plain.step_count;
  for (int i = 0; i < n->list_count; i++) {
    if (n->lists[i].delay == delay) return;
  }
  n->lists[n->list_count++] = (plain_list){delay, n->clock + delay, n->next_id++};
  if (n->clock + delay < n->next_expiry) n->next_expiry = n->alarm = n->clock + delay;
}

static void node_run(plain_node *n, int event, bell_queue queue, bell_reason reason, int other, int queued_at) {
  take_time(n);
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
  take_time(n);
  int now = n->clock = clock_of(n);
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
        n->lists[list].expiry = n->plain.ready[timer] > now + ms(n, 1) ? n->plain.ready[timer] : now + ms(n, 1);
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
  n->alarm = n->next_expiry > n->clock ? n->next_expiry : n->clock + ms(n, 1); /* Environment::RunTimers */
}

/* uv__run_timers: it looks again after each. */
static void node_timers(plain_node *n) {
  take_time(n);
  n->clock = clock_of(n);
  bool again = true;
  while (again) {
    int now = clock_of(n);
    int step = n->plain.step_count;
    node_timers_if_due(n);
    int list = first_list(n, -1);
    n->close = list >= 0 && n->lists[list].expiry <= now + ms(n, 1) ? first_timer(n, n->lists[list].delay) : -1;
    if (n->close >= 0 && n->plain.parent[n->close] >= step) n->close = -1; /* it was set in this very phase */
    node_drain(n);
    again = n->alarm <= n->clock;
  }
}

static void node_poll(plain_node *n) {
  bool more = n->list_count > 0;
  for (int i = 0; i < n->plain.event_count; i++) more = more || (!n->gone[i] && kind_of(n, i) != BELL_SCRIPT);
  take_time(n);
  node_notice(n);
  int wakes = n->alarm == NEVER ? NEVER : n->now + n->alarm - clock_of(n); /* it sleeps whole milliseconds */
  while (more && n->immediates.count == 0 && n->sockets.count == 0 && n->microtasks.count == 0 && wakes > n->now) {
    n->now++;
    n->plain.idle++;
    n->slept = true;
    n->late = 0;
    node_notice(n);
  }
  tray batch = n->sockets;
  n->sockets.count = 0;
  int look = n->now;
  node_drain(n);
  for (bool first = true; batch.count > 0; first = false) {
    if (!first && n->plain.ready[batch.events[0]] == look) {
      int list = first_list(n, -1);
      bool is_due = list >= 0 && n->lists[list].expiry <= n->now + ms(n, 1);
      n->close = n->immediates.count > 0 ? n->immediates.events[0] : is_due ? first_timer(n, n->lists[list].delay) : -1;
      n->apart = n->close >= 0;
    }
    if (kind_of(n, batch.events[0]) == BELL_PROMISE) {
      put(&n->microtasks, batch.events[0], n->plain.step_count);
      remove_oldest(&batch);
    } else {
      node_run_oldest(n, &batch, BELL_QUEUE_POLL, BELL_REASON_POLL, -1);
    }
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

plain_run plain_node_loop(const program *p, plain_clock *clock) {
  plain_node n = {.p = p, .real = clock, .plain = {.us = clock == NULL ? 1000 : 1}};
  n.next_expiry = n.alarm = NEVER;
  n.close = -1;
  if (clock != NULL) n.now = (int)random_below(&clock->chance, 1000);
  int start = n.now;
  int sent_late = 0; /* one message after the other */
  int script = -1;
  for (int s = 0; s < p->count; s++) {
    if (p->statements[s].depth > 0) continue;
    bool is_sent = clock != NULL && p->statements[s].kind != BELL_TIMER && p->statements[s].kind != BELL_SCRIPT;
    if (is_sent) sent_late += (int)random_below(&clock->chance, SENT_LATE);
    int event = add_event(&n.plain, s, start + p->statements[s].ready + (is_sent ? sent_late : 0), -1);
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
