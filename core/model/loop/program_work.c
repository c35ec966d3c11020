#include "loop/program_work.h"

#include "loop/node_loop.h"

enum { TOGETHER = 8 }; /* so many at a time are put in any order */

/* Work that is under way, in the order in which it will be done. */
typedef struct under_way {
  bell_ready work[TOGETHER];
  uint32_t count;
} under_way;

static void insert(under_way *u, uint32_t place, bell_ready work) {
  for (uint32_t i = u->count++; i > place; i--) u->work[i] = u->work[i - 1];
  u->work[place] = work;
}

/* False when there is no place left for it. */
static bool take_in(const bell_loop *l, bell_ready work, int64_t near_us, int64_t within_us, under_way *u) {
  int64_t apart_us = work.ready_us > near_us ? work.ready_us - near_us : near_us - work.ready_us;
  bool is_near = work.ready_us >= l->now_us && apart_us < within_us;
  if (!is_near || !program_work_is(l->trace, work.event)) return true;
  if (u->count == TOGETHER) return false;
  uint32_t place = u->count;
  while (place > 0 && bell_ready_is_before(work, u->work[place - 1])) place--;
  insert(u, place, work);
  return true;
}

static bool take_in_all(const bell_loop *l, bell_chain chain, int64_t near_us, int64_t within_us, under_way *u) {
  for (uint32_t event = chain.first; event != BELL_NONE; event = loop_behind(l, event)) {
    if (!take_in(l, (bell_ready){loop_ready_us(l, event), event, 0}, near_us, within_us, u)) return false;
  }
  return true;
}

/* What is not done before now, and so close to `near_us`; poll may have found what is done just now. False when there
 * is too much of it. */
static bool find_near(const node_loop *n, int64_t near_us, int64_t within_us, under_way *u) {
  const bell_loop *l = &n->loop;
  for (uint32_t i = 0; i < l->sources.later_count; i++) {
    if (!take_in(l, l->sources.later[i], near_us, within_us, u)) return false;
  }
  return take_in_all(l, n->turn, near_us, within_us, u) && take_in_all(l, n->sockets, near_us, within_us, u);
}

/* They are done in this order, each when the one was that had its place. Of two that are done at once the one that was
 * asked for first goes first; where that is not to be, the other is done right after it. */
static void put_back(node_loop *n, const under_way *u, const int64_t *done_us) {
  bell_loop *l = &n->loop;
  for (uint32_t i = 0; i < u->count; i++) {
    uint32_t event = u->work[i].event;
    bool is_found = loop_remove(l, &n->turn, event) || loop_remove(l, &n->sockets, event);
    if (!is_found) bell_readiness_remove(&l->sources, event);
  }
  bell_ready last = {0, 0, 0};
  for (uint32_t i = 0; i < u->count; i++) {
    bell_ready work = u->work[i];
    work.ready_us = done_us[i];
    if (!bell_ready_is_before(last, work)) work.ready_us = last.ready_us + 1;
    l->events[work.event].ready_us = work.ready_us;
    bell_readiness_add(&l->sources, work);
    last = work;
  }
}

void program_work_order(bell_loop *l, uint32_t event) {
  node_loop *n = (node_loop *)l;
  bell_choices *choices = l->open.choices;
  if (choices == NULL) return;
  under_way u = {.count = 0};
  if (!find_near(n, loop_ready_us(l, event), choices->late_us, &u)) {
    choices->more = true;
    return;
  }
  uint32_t own = 0;
  int64_t done_us[TOGETHER];
  for (uint32_t i = 0; i < u.count; i++) {
    done_us[i] = u.work[i].ready_us;
    if (u.work[i].event == event) own = i;
  }
  uint32_t way = bell_choose(choices, u.count); /* the first is its own place */
  if (way == 0) return;
  bell_ready work = u.work[own];
  u.count--;
  for (uint32_t i = own; i < u.count; i++) u.work[i] = u.work[i + 1];
  insert(&u, way <= own ? way - 1 : way, work);
  put_back(n, &u, done_us);
}

uint32_t program_work_beside(const bell_loop *l, uint32_t event) {
  const node_loop *n = (const node_loop *)l;
  if (!program_work_is(l->trace, event)) return BELL_NONE;
  bell_ready next = {loop_ready_us(l, event) + BELL_LATE_US - 1, BELL_NONE, 0};
  uint32_t noticed = bell_chain_is_empty(n->turn) ? n->sockets.first : n->turn.first;
  if (noticed != BELL_NONE) return loop_ready_us(l, noticed) <= next.ready_us ? noticed : BELL_NONE;
  for (uint32_t i = 0; i < l->sources.later_count; i++) {
    bell_ready work = l->sources.later[i];
    if (program_work_is(l->trace, work.event) && bell_ready_is_before(work, next)) next = work;
  }
  return next.event;
}
