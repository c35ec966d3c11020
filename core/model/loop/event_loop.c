#include "loop/event_loop.h"

#include "loop/event_loop_open.h"

/* ---- the loop --------------------------------------------------------------------------------------------------- */

static void notice(event_loop *b);
static bell_source oldest_source(const event_loop *b, uint32_t *may);
static bell_step *take_microtask(event_loop *b);
static bell_step *take_frame_callback(event_loop *b, bell_reason reason);
static bell_step *take_task(event_loop *b, bell_source from);
static void sleep_until(event_loop *b, int64_t us);

/* What runs next. */
bell_step *event_loop_take(bell_loop *loop) {
  event_loop *b = (event_loop *)loop;
  for (;;) {
    if (b->next.ready_us <= b->loop.now_us) notice(b); /* asked here, for there is seldom something */
    if (!bell_chain_is_empty(b->loop.microtasks)) return take_microtask(b);
    if (!bell_chain_is_empty(b->drawing)) return take_frame_callback(b, BELL_REASON_FRAME_NEXT);

    uint32_t may;
    bell_source from = oldest_source(b, &may);
    const bell_loop_open *open = &b->loop.open;
    if (may != 0 && open->next_source != NULL) from = open->next_source(open->context, loop, from, &may);
    if (may != 0) {
      if (event_loop_open_before_task(b, &from, may)) return take_task(b, from);
    } else {
      int64_t us = event_loop_next_ready_us(b);
      if (us == LOOP_NEVER_US) return NULL;
      sleep_until(b, us);
    }
  }
}

/* ---- what is ready ---------------------------------------------------------------------------------------------- */

static void find_next(event_loop *b) {
  const bell_ready *expected = bell_readiness_first(&b->loop.sources);
  const timer_list *list = timer_lists_first(&b->loop.timers);
  b->next = expected == NULL ? (bell_ready){LOOP_NEVER_US, BELL_NONE, 0} : *expected;
  bool is_timer = list != NULL && (list->expiry_us < b->next.ready_us ||
                                   (list->expiry_us == b->next.ready_us && list->timers.first < b->next.event));
  if (is_timer) b->next = (bell_ready){list->expiry_us, list->timers.first, 0};
}

/* The first timer of a list was taken, or cancelled. */
static void move_list(bell_loop *l, timer_list *list) {
  uint32_t first = list->timers.first;
  if (first == BELL_NONE) timer_lists_remove(&l->timers, list);
  else timer_lists_move(&l->timers, list, loop_ready_us(l, first), first);
}

/* Takes the next event from where it lies. */
static void take_next(event_loop *b) {
  timer_list *list = timer_lists_first(&b->loop.timers);
  if (list == NULL || list->timers.first != b->next.event) {
    bell_readiness_take(&b->loop.sources);
    return;
  }
  loop_take(&b->loop, &list->timers);
  move_list(&b->loop, list);
}

/* Puts every event whose time has come into its queue. */
static void notice(event_loop *b) {
  while (b->next.ready_us <= b->loop.now_us) {
    uint32_t event = b->next.event;
    take_next(b);
    find_next(b);
    bell_source s = loop_source(&b->loop, event);
    loop_put(&b->loop, s == BELL_MICROTASKS ? &b->loop.microtasks : &b->tasks[s], event);
  }
}

/* The source of the oldest task that waits; and a bit for each source that has one. */
static bell_source oldest_source(const event_loop *b, uint32_t *may) {
  bell_source oldest = BELL_TASK_SOURCES;
  bell_ready first = {LOOP_NEVER_US, BELL_NONE, 0};
  *may = 0;
  bell_source end = b->loop.asked_us == NULL ? BELL_TASKS_MESSAGES : BELL_TASK_SOURCES; /* no scenario has the rest */
  for (bell_source s = BELL_TASKS_TIMERS; s < end; s++) {
    if (!event_loop_has_task(b, s)) continue;
    *may |= event_loop_bit(s);
    uint32_t event = event_loop_first(b, s);
    bell_ready task = {loop_ready_us(&b->loop, event), event, 0};
    if (!bell_ready_is_before(task, first)) continue;
    first = task;
    oldest = s;
  }
  return oldest;
}

/* The oldest task that waits; BELL_NONE when none does. */
static uint32_t oldest_task(const event_loop *b) {
  uint32_t may;
  bell_source oldest = oldest_source(b, &may);
  return may == 0 ? BELL_NONE : event_loop_first(b, oldest);
}

int64_t event_loop_next_ready_us(const event_loop *b) {
  uint32_t frame = event_loop_first(b, BELL_TASKS_RENDERING);
  int64_t frame_us = frame == BELL_NONE ? LOOP_NEVER_US : loop_ready_us(&b->loop, frame);
  return b->next.ready_us < frame_us ? b->next.ready_us : frame_us;
}

static void sleep_until(event_loop *b, int64_t us) {
  if (event_loop_open_before_sleep(b)) us = event_loop_next_ready_us(b);
  loop_sleep(&b->loop, us);
  b->loop.level = 0;
  notice(b);
  event_loop_open_after_sleep(b);
}

/* ---- what runs -------------------------------------------------------------------------------------------------- */

static bell_step *take_microtask(event_loop *b) {
  uint32_t event = loop_take(&b->loop, &b->loop.microtasks);
  uint32_t other = bell_chain_is_empty(b->drawing) ? oldest_task(b) : b->drawing.first;
  bell_reason reason = BELL_REASON_MICROTASK_FIRST;
  if (other == BELL_NONE) {
    other = b->loop.microtasks.first;
    reason = other == BELL_NONE ? BELL_REASON_MICROTASK_ONLY : BELL_REASON_MICROTASK_OLDEST;
  }
  return loop_step(&b->loop, event, BELL_QUEUE_MICROTASK, reason, other);
}

/* One callback of the frame that is being drawn. */
static bell_step *take_frame_callback(event_loop *b, bell_reason reason) {
  uint32_t event = loop_take(&b->loop, &b->drawing);
  uint32_t other = bell_chain_is_empty(b->drawing) ? oldest_task(b) : b->drawing.first;
  return loop_step(&b->loop, event, BELL_QUEUE_FRAME, reason, other);
}

/* A frame is drawn: all that was asked for runs, and what these ask for waits for the next one. */
static bell_step *take_frame(event_loop *b) {
  b->drawing = b->tasks[BELL_TASKS_RENDERING];
  b->tasks[BELL_TASKS_RENDERING] = BELL_CHAIN_EMPTY;
  return take_frame_callback(b, BELL_REASON_FRAME);
}

enum { NESTED_DEEP = 5 };

/* How deep in other timers this one was set, itself included. Deeper than it matters is not counted. */
static uint8_t nesting_level(const event_loop *b, uint32_t timer) {
  uint8_t level = b->loop.waits[timer].level;
  return level > NESTED_DEEP ? level : (uint8_t)(level + 1);
}

/* The oldest task of this source. */
static bell_step *take_task(event_loop *b, bell_source from) {
  b->loop.level = 0;
  if (from == BELL_TASKS_RENDERING) return take_frame(b);
  if (from == BELL_TASKS_TIMERS) b->loop.level = nesting_level(b, event_loop_first(b, from));
  uint32_t event = loop_take(&b->loop, &b->tasks[from]);
  uint32_t other = oldest_task(b);
  bell_reason reason = BELL_REASON_TASK_ONLY;
  if (other != BELL_NONE) {
    bool is_tie = loop_ready_us(&b->loop, other) == loop_ready_us(&b->loop, event);
    reason = is_tie ? BELL_REASON_TASK_TIE : BELL_REASON_TASK_OLDEST;
  }
  return loop_step(&b->loop, event, BELL_QUEUE_TASK, reason, other);
}

/* ---- what callbacks ask for ------------------------------------------------------------------------------------- */

static void may_be_next(event_loop *b, uint32_t event) {
  int64_t ready_us = loop_ready_us(&b->loop, event);
  if (ready_us < b->next.ready_us) b->next = (bell_ready){ready_us, event, 0};
}

bool event_loop_know(bell_loop *l, uint32_t event) {
  may_be_next((event_loop *)l, event);
  return true;
}

bool event_loop_set_timer(bell_loop *l, uint32_t event) {
  int64_t *ready_us = &l->events[event].ready_us;
  bool is_deep = l->level > NESTED_DEEP;
  if (is_deep && *ready_us < l->now_us + BELL_NESTED_LEAST_US) *ready_us = l->now_us + BELL_NESTED_LEAST_US;
  timer_list *list = timer_lists_of(&l->timers, *ready_us - l->now_us, *ready_us, event);
  if (list == NULL) return false;
  loop_put(l, &list->timers, event);
  may_be_next((event_loop *)l, event);
  return true;
}

/* The first moment after `us` at which a screen of 60 Hz can be drawn. */
static int64_t next_frame_us(int64_t us) {
  int64_t frame = us * 60 / 1000000;
  int64_t frame_us = us;
  while (frame_us <= us) frame_us = (frame++ * 1000000 + 30) / 60;
  return frame_us;
}

/* If the frame is late, this one comes just in time for it. */
bool event_loop_ask_frame(bell_loop *l, uint32_t event) {
  event_loop *b = (event_loop *)l;
  uint32_t first = event_loop_first(b, BELL_TASKS_RENDERING);
  int64_t due_us = first == BELL_NONE ? next_frame_us(l->now_us) : loop_ready_us(l, first);
  l->events[event].ready_us = due_us > l->now_us ? due_us : l->now_us;
  loop_put(l, &b->tasks[BELL_TASKS_RENDERING], event);
  return true;
}

bool event_loop_cancel(bell_loop *l, uint32_t event) {
  event_loop *b = (event_loop *)l;
  bell_source s = loop_source(l, event);
  if (s == BELL_TASKS_RENDERING) return loop_remove(l, &b->tasks[s], event) || loop_remove(l, &b->drawing, event);
  if (s >= BELL_TASKS_PORTS) return false;
  if (loop_remove(l, &b->tasks[s], event)) return true;
  if (s != BELL_TASKS_TIMERS) {
    if (!bell_readiness_remove(&l->sources, event)) return false;
    find_next(b);
    return true;
  }
  timer_list *list = timer_lists_find(&l->timers, loop_delay_us(l, event));
  if (list == NULL || !loop_remove(l, &list->timers, event)) return false;
  move_list(l, list);
  find_next(b);
  return true;
}

void event_loop_move(bell_loop *l, uint32_t event, bell_source source) {
  event_loop *b = (event_loop *)l;
  bool is_task = loop_remove(l, &b->tasks[loop_source(l, event)], event);
  l->waits[event].source = source & LOOP_SOURCE_MAX;
  if (!is_task) return; /* not ready yet */
  bell_ready its = {loop_ready_us(l, event), event, 0};
  uint32_t before = BELL_NONE;
  for (uint32_t i = event_loop_first(b, source); i != BELL_NONE; i = loop_behind(l, i)) {
    if (bell_ready_is_before(its, (bell_ready){loop_ready_us(l, i), i, 0})) break;
    before = i;
  }
  bell_chain_put_behind(&b->tasks[source], l->waits, sizeof *l->waits, before, event);
}

/* ---- a run that would not end ----------------------------------------------------------------------------------- */

/* Who has waited longest for the microtasks to end, or would be next. */
uint32_t event_loop_next(bell_loop *l) {
  event_loop *b = (event_loop *)l;
  notice(b);
  if (!bell_chain_is_empty(b->drawing)) return b->drawing.first;
  uint32_t task = oldest_task(b);
  if (task != BELL_NONE || event_loop_next_ready_us(b) == LOOP_NEVER_US) return task;
  return b->next.ready_us == event_loop_next_ready_us(b) ? b->next.event : event_loop_first(b, BELL_TASKS_RENDERING);
}

/* ----------------------------------------------------------------------------------------------------------------- */

void event_loop_start(bell_loop *l) {
  event_loop *b = (event_loop *)l;
  b->next = (bell_ready){LOOP_NEVER_US, BELL_NONE, 0};
  for (bell_source s = BELL_TASKS_TIMERS; s < BELL_TASK_SOURCES; s++) b->tasks[s] = BELL_CHAIN_EMPTY;
  b->drawing = BELL_CHAIN_EMPTY;
}
