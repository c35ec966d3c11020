#include "loop/node_loop.h"

#include "loop/callbacks.h"
#include "loop/timer_lists.h"
#include "trace/readiness.h"

typedef struct node {
  callbacks c;
  bell_readiness readiness; /* sockets and promises that are not ready yet, or not noticed */
  queue sockets;            /* ready, for the next poll */
  queue turn;               /* what the phase at work has yet to run */
  timer_lists timers;
  uint32_t next_list;     /* of lists that expire at once, the one that was filed first goes first */
  int64_t next_expiry_us; /* the list for which libuv's timer was set */
  int64_t alarm_us;       /* when libuv's timer is due */
  int64_t clock_us;       /* libuv's clock; no callback moves it, but by setting a timer */
  uint32_t pass_step;     /* the first one of this pass through the timers */
  uint32_t close; /* were the loop a little late, it would go before the next callback of a phase; or BELL_NONE */
  bool is_apart;  /* rather, were that callback ready a little later than the one before it */
} node;

#define NEVER_US INT64_MAX

enum { NODE_TIMER_LEAST_US = 1000 }; /* a delay is at least 1 ms */

/* There is something in the queue, and the run may go on. */
static bool has_next(const node *n, queue q) { return !n->c.spent && !queue_is_empty(q); }

/* ---- what is ready ---------------------------------------------------------------------------------------------- */

/* The next socket or promise. The scenario's timers lie in Node's lists, and its script has run. */
static const bell_ready *first_ready(node *n) {
  const bell_ready *first;
  while ((first = bell_readiness_first(&n->readiness)) != NULL) {
    uint8_t kind = callbacks_statement(&n->c, first->event)->kind;
    if (kind == BELL_SOCKET || kind == BELL_PROMISE) break;
    bell_readiness_take(&n->readiness);
  }
  return first;
}

/* Puts every socket and promise whose time has come into its queue. */
static void notice(node *n) {
  const bell_ready *first;
  while ((first = first_ready(n)) != NULL && first->ready_us <= n->c.now_us) {
    bool is_promise = callbacks_statement(&n->c, first->event)->kind == BELL_PROMISE;
    callbacks_put(&n->c, is_promise ? &n->c.microtasks : &n->sockets, first->event);
    bell_readiness_take(&n->readiness);
  }
}

/* ---- between callbacks ------------------------------------------------------------------------------------------ */

static void run(node *n, uint32_t event, bell_queue from, bell_reason reason, uint32_t other) {
  callbacks_run(&n->c, event, from, reason, other);
  notice(n);
}

static void run_tick(node *n) {
  uint32_t event = callbacks_take(&n->c, &n->c.ticks);
  uint32_t other = queue_is_empty(n->c.microtasks) ? n->c.ticks.first : n->c.microtasks.first;
  run(n, event, BELL_QUEUE_TICK, BELL_REASON_TICK, other);
}

static void run_microtask(node *n) {
  uint32_t event = callbacks_take(&n->c, &n->c.microtasks);
  uint32_t other = queue_is_empty(n->c.ticks) ? n->c.microtasks.first : n->c.ticks.first;
  run(n, event, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK, other);
}

/* After every callback, and when poll wakes up. */
static void drain(node *n) {
  while (has_next(n, n->c.ticks) || has_next(n, n->c.microtasks)) {
    while (has_next(n, n->c.ticks)) run_tick(n);
    while (has_next(n, n->c.microtasks)) run_microtask(n);
  }
}

/* ---- timers ----------------------------------------------------------------------------------------------------- */

static void set_timer(callbacks *c, uint32_t event) {
  node *n = (node *)c; /* whose first member it is */
  n->clock_us = c->now_us;
  int64_t delay_us = c->events[event].ready_us - c->now_us;
  if (delay_us < NODE_TIMER_LEAST_US) delay_us = NODE_TIMER_LEAST_US;
  c->events[event].ready_us = c->now_us + delay_us;
  timer_list *list = timer_lists_of(&n->timers, delay_us, c->events[event].ready_us, n->next_list++);
  callbacks_put(c, &list->timers, event);
  if (list->expiry_us < n->next_expiry_us) n->next_expiry_us = n->alarm_us = list->expiry_us;
}

static bool is_due(const node *n, const timer_list *list, int64_t now_us) {
  return list != NULL && !queue_is_empty(list->timers) && n->c.events[list->timers.first].ready_us <= now_us;
}

/* Is there something that would have run before `event`, were the loop a little late? A promise that has settled by
 * now is none: it did run. */
static bool is_open(const node *n, uint32_t event) {
  if (n->close == BELL_NONE || n->close == event) return false;
  return callbacks_statement(&n->c, n->close)->kind != BELL_PROMISE || n->c.events[n->close].ready_us > n->c.now_us;
}

/* Runs a callback of a phase. */
static void run_in_phase(node *n, uint32_t event, bell_queue phase, bell_reason reason, uint32_t other) {
  if (is_open(n, event)) {
    n->c.no_guarantee = n->is_apart ? BELL_NO_GUARANTEE_EDGE : BELL_NO_GUARANTEE_LATE;
    other = n->close;
  }
  n->close = BELL_NONE;
  n->is_apart = false;
  callbacks_run(&n->c, event, phase, reason, other);
  n->c.no_guarantee = BELL_GUARANTEED;
  notice(n);
}

/* Node notes in whole milliseconds when a timer was set, and code takes time. So the second of two that are
 * due at once may have been set beyond a millisecond's edge, and is not due yet in this pass. That is seen where
 * something else can come before the next pass. */
static bool may_slip(const node *n, const timer_list *list, int64_t now_us, int64_t late_us) {
  bool is_second = n->c.trace->step_count > n->pass_step;
  return is_second && n->c.events[list->timers.first].ready_us > now_us - late_us;
}

/* Runs the first timer of a list that is due. Behind it waits the next list, if it is due too, else the next timer. */
static void run_timer(node *n, timer_list *list, int64_t now_us) {
  const timer_list *second = timer_lists_second(&n->timers);
  if (n->close == BELL_NONE && may_slip(n, list, now_us, BELL_LATE_US)) {
    n->close = n->c.immediates.first;
    n->is_apart = true;
  }
  uint32_t event = callbacks_take(&n->c, &list->timers);
  uint32_t other = is_due(n, list, now_us) ? list->timers.first : BELL_NONE;
  bell_reason reason = BELL_REASON_TIMERS;
  if (second != NULL && second->expiry_us <= now_us) {
    other = second->timers.first;
    if (n->c.events[other].ready_us < n->c.events[event].ready_us) reason = BELL_REASON_TIMERS_LIST;
  }
  run_in_phase(n, event, BELL_QUEUE_TIMERS, reason, other);
}

/* Does it, in this run? */
static bool slips(node *n, const timer_list *list, int64_t now_us) {
  if (n->c.choices == NULL || !may_slip(n, list, now_us, n->c.choices->late_us)) return false;
  bool is_seen = !queue_is_empty(n->c.immediates) || !queue_is_empty(n->c.ticks) || !queue_is_empty(n->c.microtasks);
  return is_seen && bell_choose(n->c.choices, 2) == 1;
}

/* The first list goes to the place of its next timer's end, though not before the next millisecond. */
static void file_again(node *n, const timer_list *list, int64_t now_us) {
  int64_t ready_us = n->c.events[list->timers.first].ready_us;
  int64_t soon_us = now_us + NODE_TIMER_LEAST_US;
  timer_lists_move(&n->timers, ready_us > soon_us ? ready_us : soon_us, n->next_list++);
}

/* Runs the timers of the first list, as far as they are due. */
static void run_list(node *n, int64_t now_us) {
  timer_list *list = timer_lists_first(&n->timers);
  run_timer(n, list, now_us);
  while (!n->c.spent && is_due(n, list, now_us) && !slips(n, list, now_us)) {
    drain(n);
    run_timer(n, list, now_us);
  }
  if (queue_is_empty(list->timers)) {
    timer_lists_remove(&n->timers);
  } else {
    file_again(n, list, now_us);
  }
}

static bool has_list(const node *n, int64_t now_us) {
  const timer_list *list = timer_lists_first(&n->timers);
  return !n->c.spent && list != NULL && list->expiry_us <= now_us;
}

/* ---- late, or just in time ---------------------------------------------------------------------------------------- */

/* As the timers phase begins: a timer may be due that in the model is not yet. Node's clock has whole milliseconds and
 * may be up to one ahead, so one that ends in just as late as the loop may be counts too. */
static void be_late_for_timers(node *n) {
  /* Only a search for other orders asks: that looks through all lists. */
  while (n->c.choices != NULL && callbacks_are_late(&n->c, timer_lists_next_after(&n->timers, n->c.now_us), 1)) {
    notice(n);
    drain(n);
  }
}

/* As poll looks: a socket may be ready, a promise settled. */
static void be_late_for_poll(node *n) {
  const bell_ready *next;
  while ((next = first_ready(n)) != NULL && callbacks_are_late(&n->c, next->ready_us, 0)) notice(n);
}

/* The timer that a timers phase would run as well, were it to begin a little later than `now_us`, before the step
 * `next_step`; BELL_NONE when there is none. */
static uint32_t close_timer(const node *n, int64_t now_us, uint32_t next_step) {
  const timer_list *list = timer_lists_first(&n->timers);
  if (list == NULL || list->expiry_us > now_us + BELL_LATE_US) return BELL_NONE;
  uint32_t timer = list->timers.first;
  bool is_set = n->c.events[timer].parent == BELL_NONE || n->c.events[timer].parent < next_step;
  return is_set ? timer : BELL_NONE;
}

/* The same for poll. */
static uint32_t close_socket(node *n) {
  const bell_ready *next = first_ready(n);
  return next != NULL && next->ready_us < n->c.now_us + BELL_LATE_US ? next->event : BELL_NONE;
}

/* ---- the phases ------------------------------------------------------------------------------------------------- */

/* Node's processTimers, and what its caller does: libuv's timer is set by libuv's clock, which may be behind. */
static void process_timers(node *n) {
  int64_t now_us = n->clock_us = n->c.now_us; /* for the whole pass */
  n->next_expiry_us = NEVER_US;
  n->pass_step = n->c.trace->step_count;
  while (has_list(n, now_us)) {
    run_list(n, now_us);
    if (!has_list(n, now_us)) break;
    if (slips(n, timer_lists_first(&n->timers), now_us)) break;
    drain(n);
  }
  const timer_list *next = timer_lists_first(&n->timers);
  n->next_expiry_us = next == NULL ? NEVER_US : next->expiry_us;
  n->alarm_us = n->next_expiry_us > n->clock_us ? n->next_expiry_us : n->clock_us + NODE_TIMER_LEAST_US;
}

/* The ticks and microtasks after the last timer come when libuv's timer is set already. If one of them moves the clock
 * past it, there is another pass. */
static void run_timers(node *n) {
  be_late_for_timers(n);
  n->clock_us = n->c.now_us;
  do {
    int64_t now_us = n->c.now_us;
    uint32_t next_step = n->c.trace->step_count;
    if (n->alarm_us <= n->clock_us) process_timers(n);
    n->close = close_timer(n, now_us, next_step);
    drain(n);
  } while (!n->c.spent && n->alarm_us <= n->clock_us);
}

static void sleep(node *n) {
  const bell_ready *first = first_ready(n);
  int64_t wake_us = first != NULL && first->ready_us < n->alarm_us ? first->ready_us : n->alarm_us;
  bool is_needed = queue_is_empty(n->sockets) && queue_is_empty(n->c.immediates) && wake_us != NEVER_US;
  if (!is_needed || wake_us <= n->c.now_us || n->c.spent) return;
  callbacks_sleep(&n->c, wake_us);
}

/* Two sockets that became ready as poll looked, at `look_us`, do so one after the other: poll may find the first alone, and
 * the next a round later. What would run in between? BELL_NONE when nothing would. */
static uint32_t between_sockets(node *n, int64_t look_us, int64_t late_us) {
  if (queue_is_empty(n->turn) || n->c.events[n->turn.first].ready_us <= look_us - late_us) return BELL_NONE;
  if (!queue_is_empty(n->c.immediates)) return n->c.immediates.first;
  const timer_list *list = timer_lists_first(&n->timers);
  if (list != NULL && list->expiry_us <= n->c.now_us + late_us) return list->timers.first;
  const bell_ready *next = first_ready(n);
  if (next == NULL || next->ready_us >= n->c.now_us + late_us) return BELL_NONE;
  return callbacks_statement(&n->c, next->event)->kind == BELL_PROMISE ? next->event : BELL_NONE;
}

/* Is the next one found a round later, in this run? */
static bool comes_apart(node *n, int64_t look_us) {
  bool may = n->c.choices != NULL && between_sockets(n, look_us, n->c.choices->late_us) != BELL_NONE;
  return may && bell_choose(n->c.choices, 2) == 1;
}

/* What poll has yet to run waits for the next round, before what became ready meanwhile. */
static void leave_turn(node *n) {
  n->c.waits[n->turn.last].next = n->sockets.first;
  n->sockets = (queue){n->turn.first, queue_is_empty(n->sockets) ? n->turn.last : n->sockets.last};
  n->turn = QUEUE_EMPTY;
}

static void poll(node *n) {
  sleep(n);
  notice(n);
  be_late_for_poll(n);
  int64_t look_us = n->c.now_us;
  uint32_t close = close_socket(n);
  bool is_promise = close != BELL_NONE && callbacks_statement(&n->c, close)->kind == BELL_PROMISE;
  if (is_promise) n->close = close; /* it goes before sockets; one of these, after them */
  n->turn = n->sockets;
  n->sockets = QUEUE_EMPTY;
  drain(n);
  while (has_next(n, n->turn)) {
    uint32_t event = callbacks_take(&n->c, &n->turn);
    run_in_phase(n, event, BELL_QUEUE_POLL, BELL_REASON_POLL, n->turn.first);
    drain(n);
    if (comes_apart(n, look_us)) leave_turn(n);
    n->close = between_sockets(n, look_us, BELL_LATE_US);
    n->is_apart = n->close != BELL_NONE;
  }
  if (close != BELL_NONE && !is_promise) n->close = close;
}

static void check(node *n) {
  n->turn = n->c.immediates;
  n->c.immediates = QUEUE_EMPTY;
  while (has_next(n, n->turn)) {
    uint32_t event = callbacks_take(&n->c, &n->turn);
    const timer_list *list = timer_lists_first(&n->timers);
    uint32_t other = is_due(n, list, n->c.now_us) ? list->timers.first : n->turn.first;
    run_in_phase(n, event, BELL_QUEUE_CHECK, BELL_REASON_CHECK, other);
    drain(n);
  }
}

/* The scenario's timers are set, in the order of the file; the main script runs. */
static void run_main(node *n) {
  queue scripts = QUEUE_EMPTY; /* of one, at most */
  for (uint32_t event = 0; event < n->c.scenario->event_count; event++) {
    uint8_t kind = callbacks_statement(&n->c, event)->kind;
    if (kind == BELL_TIMER) set_timer(&n->c, event);
    if (kind == BELL_SCRIPT) callbacks_put(&n->c, &scripts, event);
  }
  if (!queue_is_empty(scripts)) run(n, scripts.first, BELL_QUEUE_MAIN, BELL_REASON_MAIN, BELL_NONE);
  notice(n);
  drain(n);
}

static bool is_alive(node *n) {
  return !n->c.spent && (timer_lists_first(&n->timers) != NULL || first_ready(n) != NULL ||
                         !queue_is_empty(n->sockets) || !queue_is_empty(n->c.immediates));
}

/* The whole loop. */
static void run_until_done(node *n) {
  run_main(n);
  while (is_alive(n)) {
    run_timers(n);
    poll(n);
    check(n);
  }
}

/* ---- a run that would not end ----------------------------------------------------------------------------------- */

/* The one of two events that became ready first. Either may be BELL_NONE. */
static uint32_t earlier(const node *n, uint32_t a, uint32_t b) {
  if (a == BELL_NONE || b == BELL_NONE) return a == BELL_NONE ? b : a;
  return n->c.events[b].ready_us < n->c.events[a].ready_us ? b : a;
}

/* Its last row: who has waited longest for the ticks and microtasks to end. */
static void stop(node *n) {
  const timer_list *list = timer_lists_first(&n->timers);
  const bell_ready *ready = first_ready(n);
  uint32_t next = earlier(n, n->turn.first, n->c.immediates.first);
  next = earlier(n, next, n->sockets.first);
  if (list != NULL) next = earlier(n, next, list->timers.first);
  if (ready != NULL) next = earlier(n, next, ready->event);
  if (next == BELL_NONE) next = n->c.microtasks.first; /* ticks go before them */
  callbacks_stop(&n->c, next);
}

/* ----------------------------------------------------------------------------------------------------------------- */

/* How many different ones there are at most: the scenario's own timers count from 0. */
static uint32_t delays(const bell_scenario *scenario) {
  uint32_t count = timer_lists_delays(scenario);
  for (uint32_t event = 0; event < scenario->event_count; event++) {
    count += scenario->statements[scenario->events[event].statement].kind == BELL_TIMER;
  }
  return count;
}

size_t node_loop_memory(const bell_scenario *scenario) {
  return bell_readiness_memory(scenario->event_count, 0) + timer_lists_memory(delays(scenario)) +
         callbacks_memory(scenario);
}

bool node_loop_run(bell_trace *trace, const bell_scenario *scenario, bell_choices *choices, bell_arena *arena) {
  node n = {.next_expiry_us = NEVER_US, .alarm_us = NEVER_US};
  if (!bell_readiness_start(&n.readiness, scenario, 0, arena)) return false;
  if (!callbacks_start(&n.c, trace, scenario, arena) || !timer_lists_start(&n.timers, delays(scenario), arena))
    return false;
  n.c.ask = set_timer;
  n.c.choices = choices;
  n.sockets = n.turn = QUEUE_EMPTY;
  n.close = BELL_NONE;
  run_until_done(&n);
  callbacks_end(&n.c);
  if (n.c.spent) stop(&n);
  return true;
}
