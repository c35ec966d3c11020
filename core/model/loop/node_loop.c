#include "loop/node_loop.h"

#include "loop/node_open.h"

/* ---- the loop --------------------------------------------------------------------------------------------------- */

static bell_step *take_between(node_loop *n);
static bell_step *take_main(node_loop *n);
static bell_step *take_timer(node_loop *n);
static bell_step *take_socket(node_loop *n);
static bell_step *take_immediate(node_loop *n);
static void end_timer(node_loop *n);
static void begin_timers(node_loop *n);
static void begin_poll(node_loop *n);
static void begin_check(node_loop *n);
static bool is_alive(const node_loop *n);

/* libuv's uv_run, a callback at a time: what runs next. */
bell_step *node_loop_take(bell_loop *loop) {
  node_loop *n = (node_loop *)loop;
  if (!bell_chain_is_empty(n->main)) return take_main(n);
  node_loop_notice(n);
  if (n->delay_us > 0) end_timer(n);
  for (;;) {
    bell_step *step = take_between(n);
    if (step != NULL) return step;
    switch (n->phase) {
    case NODE_LOOP_TIMERS:
      step = take_timer(n);
      if (step == NULL) begin_poll(n);
      break;
    case NODE_LOOP_POLL:
      step = take_socket(n);
      if (step == NULL) begin_check(n);
      break;
    case NODE_LOOP_CHECK:
      step = take_immediate(n);
      if (step != NULL) break;
      if (!is_alive(n)) return NULL;
      begin_timers(n);
      break;
    }
    if (step != NULL) return step;
  }
}

/* Is anything to come? */
static bool is_alive(const node_loop *n) {
  return timer_lists_first(&n->loop.timers) != NULL || bell_readiness_first(&n->loop.sources) != NULL ||
         !bell_chain_is_empty(n->sockets) || !bell_chain_is_empty(n->loop.immediates);
}

void node_loop_notice(node_loop *n) {
  const bell_ready *first;
  while ((first = bell_readiness_first(&n->loop.sources)) != NULL && first->ready_us <= n->loop.now_us) {
    bool settles = loop_source(&n->loop, first->event) == BELL_MICROTASKS && !node_open_has_turn(n, first->event);
    loop_put(&n->loop, settles ? &n->loop.microtasks : &n->sockets, first->event);
    bell_readiness_take(&n->loop.sources);
  }
}

/* Runs a callback of a phase. */
static bell_step *step_of_phase(node_loop *n, uint32_t event, bell_queue phase, bell_reason reason, uint32_t other) {
  other = node_open_before_step(n, event, other);
  return loop_step(&n->loop, event, phase, reason, other);
}

/* ---- main, and between callbacks -------------------------------------------------------------------------------- */

static bell_step *take_main(node_loop *n) {
  return loop_step(&n->loop, loop_take(&n->loop, &n->main), BELL_QUEUE_MAIN, BELL_REASON_MAIN, BELL_NONE);
}

static bell_step *take_oldest(node_loop *n, bell_chain *queue, const bell_chain *other, bell_queue from,
                              bell_reason reason) {
  uint32_t event = loop_take(&n->loop, queue);
  return loop_step(&n->loop, event, from, reason, bell_chain_is_empty(*other) ? queue->first : other->first);
}

/* After every callback, and when poll wakes up: first the ticks, then the microtasks, and over again. */
static bell_step *take_between(node_loop *n) {
  bell_chain *ticks = &n->loop.ticks;
  bell_chain *microtasks = &n->loop.microtasks;
  if (bell_chain_is_empty(*microtasks)) n->is_draining = false;
  if (!n->is_draining && !bell_chain_is_empty(*ticks)) {
    return take_oldest(n, ticks, microtasks, BELL_QUEUE_TICK, BELL_REASON_TICK);
  }
  if (bell_chain_is_empty(*microtasks)) return NULL;
  n->is_draining = true;
  return take_oldest(n, microtasks, ticks, BELL_QUEUE_MICROTASK, BELL_REASON_MICROTASK);
}

/* ---- timers ----------------------------------------------------------------------------------------------------- */

static void begin_timers(node_loop *n) {
  n->phase = NODE_LOOP_TIMERS;
  n->is_new = true;
  n->has_begun_check = false;
}

static void update_clock(node_loop *n) {
  if (n->clock_us < n->loop.now_us) n->clock_us = n->loop.now_us;
}

/* libuv's timer is due: Node goes through its lists, by one time for the whole pass. */
static void begin_pass(node_loop *n) {
  n->is_in_pass = true;
  update_clock(n);
  n->pass_us = n->clock_us;
  n->pass_step = n->loop.trace->step_count;
  n->next_expiry_us = LOOP_NEVER_US;
}

/* libuv's timer is set by libuv's clock, which may be behind. The pass ends well, whoever threw in it. */
static void end_pass(node_loop *n) {
  const timer_list *next = timer_lists_first(&n->loop.timers);
  n->is_in_pass = n->has_thrown = false;
  n->next_expiry_us = next == NULL ? LOOP_NEVER_US : next->expiry_us;
  n->alarm_us = n->next_expiry_us > n->clock_us ? n->next_expiry_us : n->clock_us + NODE_LOOP_TIMER_LEAST_US;
  node_open_after_pass(n, n->pass_us, n->pass_step);
}

/* The first list, if this pass is to go through it; else NULL. */
static timer_list *due_list(const node_loop *n) {
  timer_list *list = timer_lists_first(&n->loop.timers);
  return list != NULL && list->expiry_us <= n->pass_us ? list : NULL;
}

/* The list goes to the place of its next timer's end, though not before the next millisecond. */
static void file_again(node_loop *n, timer_list *list) {
  int64_t ready_us = loop_ready_us(&n->loop, list->timers.first);
  int64_t soon_us = n->pass_us + NODE_LOOP_TIMER_LEAST_US;
  timer_lists_move(&n->loop.timers, list, ready_us > soon_us ? ready_us : soon_us, n->next_list++);
}

/* The first timer of the first list. Behind it waits the next list, if it is due too, else the next timer. */
static bell_step *take_first_timer(node_loop *n, timer_list *list) {
  const timer_list *second = timer_lists_second(&n->loop.timers);
  node_open_before_timer(n, list);
  uint32_t event = loop_take(&n->loop, &list->timers);
  n->delay_us = list->delay_us;
  uint32_t other = node_loop_is_due(n, list, n->pass_us) ? list->timers.first : BELL_NONE;
  bell_reason reason = BELL_REASON_TIMERS;
  if (second != NULL && second->expiry_us <= n->pass_us) {
    other = second->timers.first;
    if (loop_ready_us(&n->loop, other) < loop_ready_us(&n->loop, event)) reason = BELL_REASON_TIMERS_LIST;
  }
  return step_of_phase(n, event, BELL_QUEUE_TIMERS, reason, other);
}

/* uv__run_timers, and Node's processTimers. The ticks and microtasks after the last timer come when libuv's timer is
 * set already: if one of them moves the clock past it, there is another pass. */
static bell_step *take_timer(node_loop *n) {
  while (n->is_new && node_open_before_timers(n)) {
    bell_step *step = n->has_thrown ? NULL : take_between(n);
    if (step != NULL) return step;
  }
  if (n->is_new) {
    n->is_new = false;
    update_clock(n);
    if (n->alarm_us > n->clock_us) node_open_after_pass(n, n->loop.now_us, n->loop.trace->step_count);
  }
  if (!n->is_in_pass) {
    if (n->alarm_us > n->clock_us) return NULL;
    begin_pass(n);
  }
  for (timer_list *list; (list = due_list(n)) != NULL;) {
    if (node_loop_is_due(n, list, n->pass_us)) return take_first_timer(n, list);
    file_again(n, list); /* the timer was cancelled for which it was here */
    if (n->has_thrown && due_list(n) != NULL) {
      n->has_thrown = false; /* ticks come between two lists, though no timer of the first one ran */
      return NULL;
    }
  }
  end_pass(n);
  return NULL;
}

/* A timer ran just now, and its ticks and microtasks are still to come. As long as the next one of its list is due, the
 * list stays where it is. */
static void end_timer(node_loop *n) {
  timer_list *list = due_list(n);
  bool is_its_own =
      list != NULL && list->delay_us == n->delay_us; /* else it was removed, for its timers were cancelled */
  n->delay_us = 0;
  if (is_its_own) {
    bool is_empty = bell_chain_is_empty(list->timers);
    if (!is_empty && node_loop_is_due(n, list, n->pass_us)) return;
    if (is_empty) timer_lists_remove(&n->loop.timers, list);
    else file_again(n, list);
    n->has_thrown = false; /* between two lists, too, ticks come */
  }
  if (due_list(n) == NULL) end_pass(n);
}

/* ---- sockets and immediates ------------------------------------------------------------------------------------- */

/* Until libuv's timer is due, or something that is expected is ready. */
static void sleep_in_poll(node_loop *n) {
  const bell_ready *first = bell_readiness_first(&n->loop.sources);
  int64_t wake_us = first != NULL && first->ready_us < n->alarm_us ? first->ready_us : n->alarm_us;
  bool is_needed = bell_chain_is_empty(n->sockets) && bell_chain_is_empty(n->loop.immediates);
  if (is_needed && wake_us != LOOP_NEVER_US && wake_us > n->loop.now_us) loop_sleep(&n->loop, wake_us);
}

static void begin_poll(node_loop *n) {
  n->phase = NODE_LOOP_POLL;
  sleep_in_poll(n);
  node_loop_notice(n);
  node_open_before_poll(n);
  if (node_open_finds_none(n)) return;
  n->turn = n->sockets;
  n->sockets = BELL_CHAIN_EMPTY;
}

static bell_step *take_socket(node_loop *n) {
  if (node_open_between_sockets(n)) return take_between(n);
  if (bell_chain_is_empty(n->turn)) return NULL;
  uint32_t event = loop_take(&n->loop, &n->turn);
  return step_of_phase(n, event, BELL_QUEUE_POLL, BELL_REASON_POLL, n->turn.first);
}

static void begin_check(node_loop *n) {
  n->phase = NODE_LOOP_CHECK;
  n->turn = n->loop.immediates;
  n->loop.immediates = BELL_CHAIN_EMPTY;
}

static bell_step *take_immediate(node_loop *n) {
  if (bell_chain_is_empty(n->turn)) return NULL;
  uint32_t event = loop_take(&n->loop, &n->turn);
  const timer_list *list = timer_lists_first(&n->loop.timers);
  uint32_t other = node_loop_is_due(n, list, n->loop.now_us) ? list->timers.first : n->turn.first;
  return step_of_phase(n, event, BELL_QUEUE_CHECK, BELL_REASON_CHECK, other);
}

/* ---- when a callback throws ------------------------------------------------------------------------------------- */

bool node_loop_throw(bell_loop *l) {
  node_loop *n = (node_loop *)l;
  const bell_step *step = &l->trace->steps[l->trace->step_count];
  n->has_thrown = step->queue != BELL_QUEUE_MICROTASK && step->reason != BELL_REASON_MAIN;
  n->goes_again = step->queue == BELL_QUEUE_CHECK && bell_chain_is_empty(n->turn);
  return n->has_thrown;
}

/* The check phase begins with a scope, even where there is no immediate. */
static void end_poll(node_loop *n) {
  if (n->has_begun_check) begin_check(n);
  else n->has_thrown = false;
  n->has_begun_check = true;
}

/* The last immediate threw: those that are queued by now are the next. */
static void check_again(node_loop *n) {
  begin_check(n);
  n->again_end = n->turn.last + 1;
  n->goes_again = false;
}

/* The next callback of a phase, though ticks may wait; NULL when none is left before what runs them. Each callback has
 * a scope, which runs them as it ends well; all timers have one together, and so do the immediates from the one that
 * threw last on. */
static bell_step *take_skipping(node_loop *n) {
  bell_step *step = NULL;
  while (n->has_thrown && step == NULL) {
    switch (n->phase) {
    case NODE_LOOP_TIMERS:
      step = take_timer(n);
      if (step == NULL && n->has_thrown) begin_poll(n);
      break;
    case NODE_LOOP_POLL:
      step = take_socket(n);
      if (step == NULL) end_poll(n);
      break;
    case NODE_LOOP_CHECK:
      if (n->goes_again) check_again(n);
      step = take_immediate(n);
      if (step == NULL) begin_timers(n);
      break;
    }
  }
  n->has_thrown = false;
  return step;
}

bool node_loop_goes_again(const bell_loop *l, uint32_t event) { return event < ((const node_loop *)l)->again_end; }

bool node_loop_has_between(bell_loop *l) {
  node_loop *n = (node_loop *)l;
  if (n->delay_us > 0) end_timer(n);
  if (bell_chain_is_empty(l->microtasks)) n->is_draining = false;
  if (n->has_thrown) n->next = take_skipping(n);
  return n->next != NULL || !bell_chain_is_empty(l->microtasks) || !bell_chain_is_empty(l->ticks);
}

bell_step *node_loop_take_first(bell_loop *l) {
  node_loop *n = (node_loop *)l;
  bell_step *next = node_loop_has_between(l) ? n->next : NULL;
  n->next = NULL;
  return next;
}

/* ---- what callbacks ask for ------------------------------------------------------------------------------------- */

bool node_loop_set_timer(bell_loop *l, uint32_t event) {
  node_loop *n = (node_loop *)l;
  int64_t delay_us = loop_ready_us(l, event) - l->now_us;
  if (delay_us < NODE_LOOP_TIMER_LEAST_US) delay_us = NODE_LOOP_TIMER_LEAST_US;
  n->clock_us = l->now_us + node_open_edge_us(n);
  int64_t ready_us = l->events[event].ready_us = n->clock_us + delay_us;
  timer_list *list = timer_lists_of(&l->timers, delay_us, ready_us, n->next_list++);
  if (list == NULL) return false;
  loop_put(l, &list->timers, event);
  if (list->expiry_us < n->next_expiry_us) n->next_expiry_us = n->alarm_us = list->expiry_us;
  return true;
}

bool node_loop_know(bell_loop *l, uint32_t event) {
  bell_source source = loop_source(l, event);
  if (source == BELL_TASKS_TIMERS) return node_loop_set_timer(l, event);
  if (source == BELL_MAIN) loop_put(l, &((node_loop *)l)->main, event);
  return true;
}

bool node_loop_cancel(bell_loop *l, uint32_t event) {
  node_loop *n = (node_loop *)l;
  bell_source source = loop_source(l, event);
  if (source == BELL_IMMEDIATES) return loop_remove(l, &l->immediates, event) || loop_remove(l, &n->turn, event);
  timer_list *list = source == BELL_TASKS_TIMERS ? timer_lists_find(&l->timers, loop_delay_us(l, event)) : NULL;
  if (list == NULL || !loop_remove(l, &list->timers, event)) return false;
  if (bell_chain_is_empty(list->timers)) timer_lists_remove(&l->timers, list);
  return true;
}

/* ---- a run that would not end ----------------------------------------------------------------------------------- */

/* The one of two events that became ready first. Either may be BELL_NONE. */
static uint32_t earlier(const node_loop *n, uint32_t a, uint32_t b) {
  if (a == BELL_NONE || b == BELL_NONE) return a == BELL_NONE ? b : a;
  return loop_ready_us(&n->loop, b) < loop_ready_us(&n->loop, a) ? b : a;
}

/* Who has waited longest for the ticks and microtasks to end. */
uint32_t node_loop_next(bell_loop *l) {
  node_loop *n = (node_loop *)l;
  node_loop_notice(n);
  if (n->delay_us > 0) end_timer(n);
  const timer_list *list = timer_lists_first(&l->timers);
  const bell_ready *ready = bell_readiness_first(&l->sources);
  uint32_t first = earlier(n, n->turn.first, l->immediates.first);
  first = earlier(n, first, n->sockets.first);
  if (list != NULL) first = earlier(n, first, list->timers.first);
  if (ready != NULL) first = earlier(n, first, ready->event);
  return first == BELL_NONE ? l->microtasks.first : first; /* ticks go before them */
}

/* ----------------------------------------------------------------------------------------------------------------- */

void node_loop_begin_in_poll(bell_loop *l) { ((node_loop *)l)->phase = NODE_LOOP_POLL; }

void node_loop_start(bell_loop *l) {
  node_loop *n = (node_loop *)l;
  n->phase = NODE_LOOP_CHECK;
  n->next_expiry_us = n->alarm_us = LOOP_NEVER_US;
  n->main = n->sockets = n->turn = BELL_CHAIN_EMPTY;
  n->open.edge_us = -1;
  n->open.close = n->open.behind = BELL_NONE;
}

/* Timers lie in Node's lists, and the main script runs first: neither becomes ready on its own. */
void node_loop_begin(bell_loop *l) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < l->sources.known_count; i++) {
    bell_source source = loop_source(l, l->sources.known[i].event);
    bool is_ready_alone = source != BELL_TASKS_TIMERS && source != BELL_MAIN;
    if (is_ready_alone) l->sources.known[kept++] = l->sources.known[i];
  }
  l->sources.known_count = kept;
}
