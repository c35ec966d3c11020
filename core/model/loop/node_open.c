#include "loop/node_open.h"

/* ---- timers ----------------------------------------------------------------------------------------------------- */

/* When, after now, the next timer is due that is not yet. Looks at all lists: those that are due may have more. */
static int64_t next_due_us(const node_loop *n) {
  const bell_loop *l = &n->loop;
  int64_t next_us = LOOP_NEVER_US;
  for (uint32_t i = 0; i < l->timers.heap_count; i++) {
    const timer_list *list = &l->timers.lists[l->timers.heap[i]];
    int64_t due_us = list->expiry_us;
    for (uint32_t timer = list->timers.first; timer != BELL_NONE && due_us <= l->now_us;
         timer = loop_behind(l, timer)) {
      due_us = loop_ready_us(l, timer);
    }
    if (due_us > l->now_us && due_us < next_us) next_us = due_us;
  }
  return next_us;
}

/* Node's clock has whole milliseconds and may be up to one ahead, so a timer that ends in just as late as the loop may
 * be counts too. */
bool node_open_before_timers(node_loop *n) {
  if (n->loop.open.choices == NULL) return false;
  if (!loop_is_late(&n->loop, next_due_us(n), 1)) return false;
  node_loop_notice(n);
  return true;
}

/* What is set first counts from where all else does: then no edge matters, unless sockets are to come, which have a
 * clock of their own. */
int64_t node_open_edge_us(node_loop *n) {
  bell_loop *l = &n->loop;
  bool counts_alone = timer_lists_first(&l->timers) == NULL && bell_readiness_first(&l->sources) == NULL;
  if (counts_alone) return 0;
  if (n->open.edge_us != l->now_us && bell_choose(l->open.choices, 2) == 1) n->open.edge_us = l->now_us;
  return n->open.edge_us == l->now_us ? NODE_LOOP_TIMER_LEAST_US : 0;
}

/* Two are due at once. The second may have been set beyond a millisecond's edge, and is not due yet in this pass. */
static bool may_slip(const node_loop *n, const timer_list *list) {
  bool is_second = n->loop.trace->step_count > n->pass_step;
  return is_second && loop_ready_us(&n->loop, list->timers.first) > n->pass_us - BELL_LATE_US;
}

void node_open_before_timer(node_loop *n, const timer_list *list) {
  if (n->open.close != BELL_NONE || !may_slip(n, list)) return;
  n->open.close = n->loop.immediates.first;
  n->open.is_apart = true;
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

/* Is a timer due that was set beyond a millisecond's edge? */
static bool is_beyond_edge(const node_loop *n) {
  const timer_list *list = timer_lists_first(&n->loop.timers);
  return node_loop_is_due(n, list, n->loop.now_us) && loop_delay_us(&n->loop, list->timers.first) > list->delay_us;
}

/* ---- poll ------------------------------------------------------------------------------------------------------- */

static bool is_promise(const node_loop *n, uint32_t event) { return loop_source(&n->loop, event) == BELL_MICROTASKS; }

/* A socket may settle it, which has its turn behind those that were ready before, and after the timers that are due. In
 * the model it goes first where it is on time. */
bool node_open_has_turn(node_loop *n, uint32_t promise) {
  const bell_loop *l = &n->loop;
  if (l->open.choices == NULL || loop_ready_us(l, promise) < l->now_us) return false;
  bool is_behind = l->late_us > 0 && !bell_chain_is_empty(n->sockets);
  return (is_behind || is_beyond_edge(n)) && bell_choose(l->open.choices, 2) == 1;
}

/* What is expected within this time; BELL_NONE when nothing is. */
static uint32_t expected_within(const node_loop *n, int64_t late_us) {
  const bell_ready *next = bell_readiness_first(&n->loop.sources);
  return next != NULL && next->ready_us < n->loop.now_us + late_us ? next->event : BELL_NONE;
}

/* Something is ready a little later. A promise goes before the sockets that poll has found, a socket after them. */
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

/* Its bytes may come a moment later. Poll does not wait for them where an immediate is there, or a timer is due, by
 * Node's clock, which may be up to a millisecond ahead of the sockets'. */
bool node_open_finds_none(node_loop *n) {
  bell_loop *l = &n->loop;
  if (l->open.choices == NULL || bell_chain_is_empty(n->sockets)) return false;
  if (loop_ready_us(l, n->sockets.first) < l->now_us) return false;
  bool is_awake = n->alarm_us <= l->now_us || !bell_chain_is_empty(l->immediates);
  return is_awake ? bell_choose(l->open.choices, 2) == 1 : loop_is_late(l, n->alarm_us, 1);
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

bool node_open_between_sockets(node_loop *n) {
  if (n->open.has_turn) {
    if (comes_apart(n)) leave_turn(n);
    n->open.close = between_sockets(n, BELL_LATE_US);
    n->open.is_apart = n->open.close != BELL_NONE;
  }
  n->open.has_turn = true;
  if (bell_chain_is_empty(n->turn) && n->open.behind != BELL_NONE) n->open.close = n->open.behind;
  if (bell_chain_is_empty(n->turn) || !is_promise(n, n->turn.first)) return false;
  loop_put(&n->loop, &n->loop.microtasks, loop_take(&n->loop, &n->turn));
  return true;
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
