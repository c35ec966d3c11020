#include "loop/node_open.h"

static int64_t choices_late_us(const node_loop *n) { return n->loop.open.choices->late_us; }

/* ---- timers ----------------------------------------------------------------------------------------------------- */

/* Node's clock has whole milliseconds and may be up to one ahead, so a timer that ends in just as late as the loop may
 * be counts too. Only a search for other orders asks: that looks through all lists. */
bool node_open_before_timers(node_loop *n) {
  if (n->loop.open.choices == NULL) return false;
  if (!loop_is_late(&n->loop, timer_lists_next_after(&n->loop.timers, n->loop.now_us), 1)) return false;
  node_loop_notice(n);
  return true;
}

/* Node notes in whole milliseconds when a timer was set, and code takes time: of two that are due at once the second
 * may have been set beyond a millisecond's edge, and is not due yet in this pass. That is seen where something else can
 * come before the next pass, or be due in it: the clock may have moved. */
static bool may_slip(const node_loop *n, const timer_list *list, int64_t late_us) {
  bool is_second = n->loop.trace->step_count > n->pass_step;
  return is_second && loop_ready_us(&n->loop, list->timers.first) > n->pass_us - late_us;
}

/* The first list's timer was set beyond a millisecond's edge, and so ends that much later. When does the other list
 * expire? A timer that was set after it counts from beyond the edge as well. */
static int64_t expiry_beyond_us(const timer_list *list, const timer_list *other, int64_t edge_us) {
  int64_t us = list->expiry_us - list->delay_us + edge_us + other->delay_us;
  bool counts = other->timers.first >= list->timers.first; /* events are numbered as they are asked for */
  return counts && us > other->expiry_us ? us : other->expiry_us;
}

/* Would the other list go first then? Not if the first was moved already, or filed again, for it expires later than its
 * timer ends; nor if the pass is in it. */
static bool may_cross(const node_loop *n, const timer_list *list, const timer_list *other, int64_t edge_us) {
  if (n->open.list_us == list->delay_us || list->expiry_us != loop_ready_us(&n->loop, list->timers.first)) return false;
  int64_t ahead_us = list->expiry_us + edge_us - expiry_beyond_us(list, other, edge_us);
  return ahead_us > 0 || (ahead_us == 0 && other->id < list->id);
}

bool node_open_crosses(node_loop *n, timer_list *list) {
  timer_lists *t = &n->loop.timers;
  if (n->loop.open.choices == NULL) return false;
  int64_t edge_us = choices_late_us(n);
  uint32_t i = 1;
  while (i < t->heap_count && !may_cross(n, list, &t->lists[t->heap[i]], edge_us)) i++;
  if (i >= t->heap_count || bell_choose(n->loop.open.choices, 2) == 0) return false;
  for (i = t->heap_count; i-- > 0;) { /* in a heap, what moves back comes to places that were looked at */
    timer_list *other = &t->lists[t->heap[i]];
    timer_lists_move(t, other, expiry_beyond_us(list, other, edge_us), other->id);
  }
  return true;
}

void node_open_before_timer(node_loop *n, const timer_list *list, const timer_list *second) {
  bool may = second != NULL && may_cross(n, list, second, BELL_LATE_US);
  n->open.list_us = list->delay_us;
  if (n->open.close != BELL_NONE && n->open.close != list->timers.first) return;
  n->open.close = may_slip(n, list, BELL_LATE_US) ? n->loop.immediates.first : BELL_NONE;
  if (may && n->open.close == BELL_NONE) n->open.close = second->timers.first;
  n->open.is_apart = n->open.close != BELL_NONE;
}

bool node_open_slips(node_loop *n, const timer_list *list) {
  const bell_loop *l = &n->loop;
  if (l->open.choices == NULL || !may_slip(n, list, choices_late_us(n))) return false;
  const timer_list *second = timer_lists_second(&l->timers);
  bool is_seen = !bell_chain_is_empty(l->immediates) || !bell_chain_is_empty(l->ticks) ||
                 !bell_chain_is_empty(l->microtasks) || l->now_us > n->pass_us ||
                 (second != NULL && second->expiry_us <= n->pass_us + choices_late_us(n));
  return is_seen && bell_choose(l->open.choices, 2) == 1;
}

/* The timer that the pass would have run as well, had it begun a little later. One that the pass itself set is none. */
void node_open_after_pass(node_loop *n, int64_t pass_us, uint32_t step) {
  const timer_list *list = timer_lists_first(&n->loop.timers);
  n->open.close = BELL_NONE;
  if (list == NULL || list->expiry_us > pass_us + BELL_LATE_US) return;
  uint32_t timer = list->timers.first;
  uint32_t parent = n->loop.events[timer].parent;
  if (parent == BELL_NONE || parent < step) n->open.close = timer;
}

/* ---- poll ------------------------------------------------------------------------------------------------------- */

static bool is_promise(const node_loop *n, uint32_t event) { return loop_source(&n->loop, event) == BELL_MICROTASKS; }

/* What is expected within this time; BELL_NONE when nothing is. */
static uint32_t expected_within(const node_loop *n, int64_t late_us) {
  const bell_ready *next = bell_readiness_first(&n->loop.sources);
  return next != NULL && next->ready_us < n->loop.now_us + late_us ? next->event : BELL_NONE;
}

/* Of what is ready a little later, a promise goes before the sockets that poll has found, a socket after them. */
void node_open_before_poll(node_loop *n) {
  const bell_ready *next;
  while ((next = bell_readiness_first(&n->loop.sources)) != NULL && loop_is_late(&n->loop, next->ready_us, 0)) {
    node_loop_notice(n);
  }
  n->open.look_us = n->loop.now_us;
  n->open.has_turn = false;
  n->open.behind = expected_within(n, BELL_LATE_US);
  if (n->open.behind == BELL_NONE || !is_promise(n, n->open.behind)) return;
  n->open.close = n->open.behind;
  n->open.behind = BELL_NONE;
}

/* Its bytes may come a moment later. Poll does not wait for them where a timer is due, or an immediate is there. */
bool node_open_finds_none(const node_loop *n) {
  const bell_loop *l = &n->loop;
  if (l->open.choices == NULL || bell_chain_is_empty(n->sockets)) return false;
  if (loop_ready_us(l, n->sockets.first) < l->now_us) return false;
  bool is_awake = n->alarm_us <= l->now_us || !bell_chain_is_empty(l->immediates);
  return is_awake && bell_choose(l->open.choices, 2) == 1;
}

/* Two sockets that became ready as poll looked do so one after the other: poll may find the first alone, and the next a
 * round later. What would run in between? BELL_NONE when nothing would. */
static uint32_t between_sockets(const node_loop *n, int64_t late_us) {
  const bell_loop *l = &n->loop;
  bool is_open = !bell_chain_is_empty(n->turn) && loop_ready_us(l, n->turn.first) > n->open.look_us - late_us;
  if (!is_open) return BELL_NONE;
  if (!bell_chain_is_empty(l->immediates)) return l->immediates.first;
  const timer_list *list = timer_lists_first(&l->timers);
  if (list != NULL && list->expiry_us <= l->now_us + late_us) return list->timers.first;
  uint32_t next = expected_within(n, late_us);
  return next != BELL_NONE && is_promise(n, next) ? next : BELL_NONE;
}

/* Is the next one found a round later, in this run? */
static bool comes_apart(node_loop *n) {
  bell_choices *choices = n->loop.open.choices;
  bool may = choices != NULL && between_sockets(n, choices->late_us) != BELL_NONE;
  return may && bell_choose(choices, 2) == 1;
}

/* What poll has yet to run waits for the next round, before what became ready meanwhile. */
static void leave_turn(node_loop *n) {
  n->loop.waits[n->turn.last].next = n->sockets.first;
  n->sockets = (bell_chain){n->turn.first, bell_chain_is_empty(n->sockets) ? n->turn.last : n->sockets.last};
  n->turn = BELL_CHAIN_EMPTY;
}

void node_open_between_sockets(node_loop *n) {
  if (n->open.has_turn) {
    if (comes_apart(n)) leave_turn(n);
    n->open.close = between_sockets(n, BELL_LATE_US);
    n->open.is_apart = n->open.close != BELL_NONE;
  }
  n->open.has_turn = true;
  if (bell_chain_is_empty(n->turn) && n->open.behind != BELL_NONE) n->open.close = n->open.behind;
}

/* ---- every phase ------------------------------------------------------------------------------------------------ */

/* Is there something that would have run before `event`, were the loop a little late? A promise that has settled by
 * now is none: it did run. */
static bool is_open(const node_loop *n, uint32_t event) {
  uint32_t close = n->open.close;
  if (close == BELL_NONE || close == event) return false;
  return !is_promise(n, close) || loop_ready_us(&n->loop, close) > n->loop.now_us;
}

uint32_t node_open_before_step(node_loop *n, uint32_t event, uint32_t other) {
  if (is_open(n, event)) {
    n->loop.no_guarantee = n->open.is_apart ? BELL_NO_GUARANTEE_EDGE : BELL_NO_GUARANTEE_LATE;
    other = n->open.close;
  }
  n->open.close = BELL_NONE;
  n->open.is_apart = false;
  return other;
}
