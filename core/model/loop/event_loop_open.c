#include "loop/event_loop_open.h"

/* ---- timers ----------------------------------------------------------------------------------------------------- */

/* Timer a ends first, or they end together. Does HTML guarantee that b does not run before it? */
static bool is_guaranteed(const bell_loop *l, uint32_t a, uint32_t b) {
  return a < b && loop_delay_us(l, a) <= loop_delay_us(l, b);
}

/* Timer a ends first, or they end together. Is it left open which of the two runs first, were the loop a little
 * late? */
static bool may_swap(const bell_loop *l, uint32_t a, uint32_t b, int64_t late_us) {
  return loop_ready_us(l, b) - loop_ready_us(l, a) < late_us && !is_guaranteed(l, a, b);
}

/* Is it left open whether this timer comes before all that stand before it in the queue? All have ended, and it matters
 * not how far apart. Chromium takes one of 0 ms before others that ended while the thread was busy, for it needs no
 * clock for that. */
static bool may_be_first(const event_loop *b, uint32_t timer) {
  uint32_t before = event_loop_first(b, BELL_TASKS_TIMERS);
  while (before != timer && !is_guaranteed(&b->loop, before, timer)) before = loop_behind(&b->loop, before);
  return before == timer;
}

/* Where another than the oldest timer may come next: moves the one that was chosen to the front. */
static void choose_timer(event_loop *b) {
  bell_loop *l = &b->loop;
  bell_chain *timers = &b->tasks[BELL_TASKS_TIMERS];
  bell_choices *choices = l->open.choices;
  uint32_t count = 0;
  for (uint32_t t = timers->first; t != BELL_NONE; t = loop_behind(l, t)) {
    count += may_be_first(b, t);
  }
  uint32_t skip = bell_choose(choices, count);
  if (skip == 0) return;
  uint32_t chosen = loop_behind(l, timers->first);
  while (!may_be_first(b, chosen) || --skip > 0) chosen = loop_behind(l, chosen);
  loop_remove(l, timers, chosen);
  l->waits[chosen].next = timers->first;
  timers->first = chosen;
}

/* ---- frames ----------------------------------------------------------------------------------------------------- */

/* A frame was asked for, and is not due yet. */
static bool is_early(const event_loop *b) {
  return !bell_chain_is_empty(b->tasks[BELL_TASKS_RENDERING]) && !event_loop_has_task(b, BELL_TASKS_RENDERING);
}

/* When the frame that was asked for is due at the latest, whatever the screen's phase. */
static int64_t latest_frame_us(const event_loop *b) {
  uint32_t parent = b->loop.events[event_loop_first(b, BELL_TASKS_RENDERING)].parent;
  return b->loop.trace->steps[parent].time_us + BELL_FRAME_US;
}

/* The loop is about to sleep, and a frame is to be drawn: when? It may be before the next event, or after it, where the
 * loop asks again. Before it, each whole millisecond is another way, for the timers that the frame sets count from it.
 * The sets stay small: 4 in 5 random programs of up to 20 lines, a third of them frames, are searched to the end. */
static void choose_frame(event_loop *b) {
  int64_t next_us = b->next.ready_us;
  if (next_us == LOOP_NEVER_US) return; /* all that comes counts from the frame */
  int64_t *frame_us = &b->loop.events[event_loop_first(b, BELL_TASKS_RENDERING)].ready_us;
  int64_t latest_us = latest_frame_us(b);
  int64_t until_us = next_us < latest_us ? next_us : latest_us;
  uint32_t sooner = (uint32_t)((until_us - b->loop.now_us + 999) / 1000);
  bool may_be_later = *frame_us < next_us && next_us <= latest_us;
  uint32_t way = bell_choose(b->loop.open.choices, 1 + sooner + may_be_later);
  if (way > 0) *frame_us = way <= sooner ? b->loop.now_us + INT64_C(1000) * (way - 1) : latest_us;
}

/* The frame came due while the thread was busy. Is the screen's own moment yet to come, after the next event? */
static bool is_put_off(event_loop *b) {
  int64_t *frame_us = &b->loop.events[event_loop_first(b, BELL_TASKS_RENDERING)].ready_us;
  int64_t latest_us = latest_frame_us(b);
  if (*frame_us == b->loop.now_us || b->next.ready_us > latest_us) return false;
  if (bell_choose(b->loop.open.choices, 2) == 0) return false;
  *frame_us = latest_us;
  return true;
}

/* Were frames drawn at other times, might `event`, which is next, or what follows from it, change places with another?
 * Yes, if a frame is to be drawn after it; or if it is a frame, and the next event may become ready before all that
 * follows is over. */
static bool hangs_on_frame(const event_loop *b, uint32_t event) {
  if (event != event_loop_first(b, BELL_TASKS_RENDERING) || is_early(b)) return is_early(b);
  const bell_loop *l = &b->loop;
  int64_t next_us = b->next.ready_us;
  if (l->open.follow_up_us == NULL) return next_us != LOOP_NEVER_US;
  int64_t over_us = latest_frame_us(b) + BELL_LATE_US;
  for (uint32_t f = event; f != BELL_NONE && over_us <= next_us; f = loop_behind(l, f)) {
    over_us += l->open.follow_up_us(l->open.context, l->events[f].statement);
  }
  return next_us < over_us;
}

/* ---- a loop that is late ---------------------------------------------------------------------------------------- */

enum { LOOKED_AT = 16 }; /* of what waits, or is expected: a million may be ready at once */

/* Might the event, which is not ready yet, come before this task, were the loop a little late? */
static bool may_precede(const bell_loop *l, uint32_t event, uint32_t task, bell_source from) {
  if (loop_ready_us(l, event) >= l->now_us + BELL_LATE_US) return false;
  return loop_source(l, event) != from || (from == BELL_TASKS_TIMERS && may_swap(l, task, event, BELL_LATE_US));
}

/* Might any? */
static bool is_close(const event_loop *b, uint32_t task, bell_source from) {
  const bell_loop *l = &b->loop;
  if (b->next.ready_us >= l->now_us + BELL_LATE_US) return false;
  const timer_list *list = timer_lists_first(&l->timers);
  bool may = list != NULL && may_precede(l, list->timers.first, task, from);
  uint32_t end = l->sources.known_next + LOOKED_AT;
  for (uint32_t i = l->sources.known_next; !may && i < l->sources.known_count && i < end; i++) {
    may = may_precede(l, l->sources.known[i].event, task, from);
  }
  return may || (l->sources.later_count > 0 && may_precede(l, l->sources.later[0].event, task, from));
}

/* ---- the doors -------------------------------------------------------------------------------------------------- */

/* Which of the sources that `may` goes next? The model takes its `own`. A frame may come too, before it is due. */
static bell_source choose_source(event_loop *b, bell_source own, uint32_t may) {
  uint32_t others = may & ~event_loop_bit(own);
  uint32_t count = 1 + (uint32_t)__builtin_popcount(others);
  uint32_t skip = bell_choose(b->loop.open.choices, count + is_early(b));
  if (skip == 0) return own;
  if (skip == count) return BELL_TASKS_RENDERING;
  while (--skip > 0) others &= others - 1; /* the lowest is passed over */
  return (bell_source)__builtin_ctz(others);
}

/* Might a timer behind the first one in the queue come before it? */
static bool is_open_between_timers(const event_loop *b, uint32_t first) {
  uint32_t looked = 0;
  uint32_t timer = loop_behind(&b->loop, first);
  for (; timer != BELL_NONE && looked < LOOKED_AT; timer = loop_behind(&b->loop, timer), looked++) {
    if (may_be_first(b, timer)) return true;
  }
  return false;
}

/* Why the first task of this source might not have been the next; of several reasons the first that holds. */
static bell_no_guarantee mark_of(const event_loop *b, bell_source from, bool is_alone) {
  uint32_t task = event_loop_first(b, from);
  if (!is_alone) return BELL_NO_GUARANTEE_SOURCES;
  if (hangs_on_frame(b, task)) return BELL_NO_GUARANTEE_FRAME;
  if (is_close(b, task, from)) return BELL_NO_GUARANTEE_LATE;
  bool is_open = from == BELL_TASKS_TIMERS && is_open_between_timers(b, task);
  return is_open ? BELL_NO_GUARANTEE_TIMERS : BELL_GUARANTEED;
}

bool event_loop_open_before_task(event_loop *b, bell_source *from, uint32_t may) {
  bool is_alone = may == event_loop_bit(*from);
  if (b->loop.open.choices != NULL) {
    if (loop_is_late(&b->loop, b->next.ready_us, 0)) return false;
    if (is_alone && *from == BELL_TASKS_RENDERING && is_put_off(b)) return false;
    *from = choose_source(b, *from, may);
    if (*from == BELL_TASKS_TIMERS) choose_timer(b);
  }
  b->loop.no_guarantee = mark_of(b, *from, is_alone) & 7U;
  return true;
}

bool event_loop_open_before_sleep(event_loop *b) {
  if (b->loop.open.choices == NULL || !is_early(b)) return false;
  choose_frame(b);
  return true;
}

void event_loop_open_after_sleep(event_loop *b) {
  uint32_t promise = b->loop.microtasks.first;
  if (promise != BELL_NONE && hangs_on_frame(b, promise)) b->loop.no_guarantee = BELL_NO_GUARANTEE_FRAME;
}
