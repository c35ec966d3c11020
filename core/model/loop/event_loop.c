#include "loop/event_loop.h"

#include "loop/callbacks.h"
#include "loop/node_loop.h"
#include "loop/timer_lists.h"
#include "trace/readiness.h"

#define NEVER_US INT64_MAX

/* The task sources. */
typedef enum source { TIMERS, NETWORKING, USER, RENDERING, SOURCES } source;

typedef struct loop {
  callbacks c;
  bell_readiness sources; /* of the scenario, those that are not ready yet, or not noticed */
  timer_lists timers;     /* the same, of those that callbacks set */
  bell_ready next;        /* the first of both; at NEVER_US when none is left */
  queue tasks[SOURCES];   /* of rendering, the callbacks for the next frame: one task, when it is due */
  queue drawing;          /* callbacks of the frame that is being drawn */
} loop;

/* ---- what is ready ---------------------------------------------------------------------------------------------- */

/* The task source of an event. A promise has none. */
static source source_of(const loop *l, uint32_t event) {
  static const source sources[BELL_KINDS] = {
      [BELL_SOCKET] = NETWORKING,    [BELL_SCRIPT] = NETWORKING,  [BELL_TIMER] = TIMERS,
      [BELL_INPUT] = USER,           [BELL_FRAME] = RENDERING,    [BELL_PROMISE] = SOURCES,
      [BELL_RESOLVE_AFTER] = TIMERS, [BELL_REJECT_AFTER] = TIMERS};
  return sources[callbacks_statement(&l->c, event)->kind];
}

/* Equal times go in the order of creation: a source before a timer that a callback set. */
static void find_next(loop *l) {
  const bell_ready *own = bell_readiness_first(&l->sources);
  const timer_list *list = timer_lists_first(&l->timers);
  l->next = own == NULL ? (bell_ready){NEVER_US, BELL_NONE, 0} : *own;
  if (list != NULL && list->expiry_us < l->next.ready_us) {
    l->next = (bell_ready){list->expiry_us, list->timers.first, 0};
  }
}

static void take_timer(loop *l) {
  timer_list *list = timer_lists_first(&l->timers);
  callbacks_take(&l->c, &list->timers);
  if (queue_is_empty(list->timers)) {
    timer_lists_remove(&l->timers);
  } else {
    timer_lists_move(&l->timers, l->c.events[list->timers.first].ready_us, list->timers.first);
  }
}

/* Puts every event whose time has come into its queue. */
static void notice(loop *l) {
  while (l->next.ready_us <= l->c.now_us) {
    uint32_t event = l->next.event;
    if (event < l->c.scenario->event_count) {
      bell_readiness_take(&l->sources);
    } else {
      take_timer(l);
    }
    find_next(l);
    source s = source_of(l, event);
    callbacks_put(&l->c, s == SOURCES ? &l->c.microtasks : &l->tasks[s], event);
  }
}

static uint32_t first_of(const loop *l, source s) { return l->tasks[s].first; }

/* A frame is no task before it is due; the others are noticed only then. */
static bool has_task(const loop *l, source s) {
  uint32_t event = first_of(l, s);
  return event != BELL_NONE && (s != RENDERING || l->c.events[event].ready_us <= l->c.now_us);
}

/* Has a been ready longer than b? Equal times go in the order of creation. */
static bool is_older(const loop *l, uint32_t a, uint32_t b) {
  int64_t a_us = l->c.events[a].ready_us;
  int64_t b_us = l->c.events[b].ready_us;
  return a_us != b_us ? a_us < b_us : a < b;
}

/* The source of the oldest task that waits, SOURCES when none does; and how many sources have one. */
static source find_oldest(const loop *l, uint32_t *count) {
  source oldest = SOURCES;
  *count = 0;
  for (source s = TIMERS; s < SOURCES; s++) {
    if (!has_task(l, s)) continue;
    ++*count;
    if (oldest == SOURCES || is_older(l, first_of(l, s), first_of(l, oldest))) oldest = s;
  }
  return oldest;
}

/* The oldest task that waits; BELL_NONE when none does. */
static uint32_t oldest_task(const loop *l) {
  uint32_t count;
  source oldest = find_oldest(l, &count);
  return oldest == SOURCES ? BELL_NONE : first_of(l, oldest);
}

/* ---- what runs -------------------------------------------------------------------------------------------------- */

static void run_microtask(loop *l) {
  uint32_t event = callbacks_take(&l->c, &l->c.microtasks);
  uint32_t other = queue_is_empty(l->drawing) ? oldest_task(l) : l->drawing.first;
  bell_reason reason = BELL_REASON_MICROTASK_FIRST;
  if (other == BELL_NONE) {
    other = l->c.microtasks.first;
    reason = other == BELL_NONE ? BELL_REASON_MICROTASK_ONLY : BELL_REASON_MICROTASK_OLDEST;
  }
  callbacks_run(&l->c, event, BELL_QUEUE_MICROTASK, reason, other);
  l->c.no_guarantee = BELL_GUARANTEED;
}

static void run_task(loop *l, source from) {
  uint32_t event = callbacks_take(&l->c, &l->tasks[from]);
  uint32_t other = oldest_task(l);
  bell_reason reason = BELL_REASON_TASK_ONLY;
  if (other != BELL_NONE) {
    bool is_tie = l->c.events[other].ready_us == l->c.events[event].ready_us;
    reason = is_tie ? BELL_REASON_TASK_TIE : BELL_REASON_TASK_OLDEST;
  }
  callbacks_run(&l->c, event, BELL_QUEUE_TASK, reason, other);
}

/* One callback of the frame that is being drawn. */
static void run_frame(loop *l, bell_reason reason) {
  uint32_t event = callbacks_take(&l->c, &l->drawing);
  uint32_t other = queue_is_empty(l->drawing) ? oldest_task(l) : l->drawing.first;
  callbacks_run(&l->c, event, BELL_QUEUE_FRAME, reason, other);
}

/* ---- timers ----------------------------------------------------------------------------------------------------- */

enum { NESTED_DEEP = 5, NESTED_LEAST_US = 4000 };

static int64_t delay_us(const loop *l, uint32_t timer) {
  bell_event event = l->c.events[timer];
  const bell_statement *s = callbacks_statement(&l->c, timer);
  if (s->depth > 0 && s->after_us >= NESTED_LEAST_US) return s->after_us; /* a look at its parent costs more */
  return event.ready_us - (event.parent == BELL_NONE ? 0 : l->c.trace->steps[event.parent].time_us);
}

/* How deep in other timers this one was set, itself included. Deeper than it matters is not counted. */
static uint8_t nesting_level(const loop *l, uint32_t timer) {
  uint8_t level = timer < l->c.scenario->event_count ? 0 : l->c.waits[timer].level;
  return level > NESTED_DEEP ? level : (uint8_t)(level + 1);
}

/* Timer a ends first, or they end together. Does HTML guarantee that b does not run before it? */
static bool is_guaranteed(const loop *l, uint32_t a, uint32_t b) { return a < b && delay_us(l, a) <= delay_us(l, b); }

/* Timer a ends first, or they end together. Is it left open which of the two runs first? */
static bool may_swap(const loop *l, uint32_t a, uint32_t b, int64_t late_us) {
  return l->c.events[b].ready_us - l->c.events[a].ready_us < late_us && !is_guaranteed(l, a, b);
}

/* Is it left open whether timer b, in the queue, comes before those from a on that stand before it? */
static bool may_overtake(const loop *l, uint32_t a, uint32_t b, int64_t late_us) {
  while (a != b && may_swap(l, a, b, late_us)) a = l->c.waits[a].next;
  return a == b;
}

/* Where another than the oldest timer may come next: moves the one that was chosen to the front. */
static void choose_timer(loop *l) {
  queue *timers = &l->tasks[TIMERS];
  bell_choices *choices = l->c.choices;
  uint32_t count = 0;
  for (uint32_t t = timers->first; t != BELL_NONE; t = l->c.waits[t].next) {
    count += may_overtake(l, timers->first, t, choices->late_us);
  }
  uint32_t skip = bell_choose(choices, count);
  if (skip == 0) return;
  uint32_t before = timers->first;
  uint32_t chosen = l->c.waits[before].next;
  while (!may_overtake(l, timers->first, chosen, choices->late_us) || --skip > 0) {
    before = chosen;
    chosen = l->c.waits[before].next;
  }
  l->c.waits[before].next = l->c.waits[chosen].next;
  if (timers->last == chosen) timers->last = before;
  l->c.waits[chosen].next = timers->first;
  timers->first = chosen;
}

static void run_timer(loop *l) {
  if (l->c.choices != NULL) choose_timer(l);
  uint32_t timer = l->tasks[TIMERS].first;
  uint32_t second = l->c.waits[timer].next;
  bool is_open = second != BELL_NONE && may_swap(l, timer, second, BELL_LATE_US);
  if (is_open && l->c.no_guarantee == BELL_GUARANTEED) l->c.no_guarantee = BELL_NO_GUARANTEE_TIMERS;
  l->c.level = nesting_level(l, timer);
  run_task(l, TIMERS);
}

/* ---- frames ----------------------------------------------------------------------------------------------------- */

enum { FRAME_US = 16667 }; /* from one to the next, rounded up */

/* The first moment after `us` at which a screen of 60 Hz can be drawn. */
static int64_t next_frame_us(int64_t us) {
  int64_t frame = us * 60 / 1000000;
  int64_t frame_us = us;
  while (frame_us <= us) frame_us = (frame++ * 1000000 + 30) / 60;
  return frame_us;
}

/* A frame was asked for, and is not due yet. */
static bool is_early(const loop *l) { return !queue_is_empty(l->tasks[RENDERING]) && !has_task(l, RENDERING); }

/* When the frame that was asked for is due at the latest, whatever the screen's phase. */
static int64_t latest_frame_us(const loop *l) {
  uint32_t parent = l->c.events[first_of(l, RENDERING)].parent;
  return l->c.trace->steps[parent].time_us + FRAME_US;
}

/* The loop is about to sleep, and a frame is to be drawn: when? It may be before the next event, or after it, where the
 * loop asks again. Before it, each whole millisecond is another way, for the timers that the frame sets count from it.
 * The sets stay small: 4 in 5 random programs of up to 20 lines, a third of them frames, are searched to the end. */
static void choose_frame(loop *l) {
  int64_t next_us = l->next.ready_us;
  if (next_us == NEVER_US) return; /* all that comes counts from the frame */
  int64_t *frame_us = &l->c.events[first_of(l, RENDERING)].ready_us;
  int64_t latest_us = latest_frame_us(l);
  int64_t until_us = next_us < latest_us ? next_us : latest_us;
  uint32_t sooner = (uint32_t)((until_us - l->c.now_us + 999) / 1000);
  bool may_be_later = *frame_us < next_us && next_us <= latest_us;
  uint32_t way = bell_choose(l->c.choices, 1 + sooner + may_be_later);
  if (way > 0) *frame_us = way <= sooner ? l->c.now_us + INT64_C(1000) * (way - 1) : latest_us;
}

/* The frame came due while the thread was busy. Is the screen's own moment yet to come, after the next event? */
static bool is_put_off(loop *l) {
  int64_t *frame_us = &l->c.events[first_of(l, RENDERING)].ready_us;
  int64_t latest_us = latest_frame_us(l);
  if (*frame_us == l->c.now_us || l->next.ready_us > latest_us || bell_choose(l->c.choices, 2) == 0) return false;
  *frame_us = latest_us;
  return true;
}

/* How long after its frame all is over that a callback leads to, at the most. */
static int64_t follow_up_us(const loop *l, uint32_t event) {
  const bell_statement *me = callbacks_statement(&l->c, event);
  const bell_statement *end = l->c.scenario->statements + me->end;
  int64_t us = me->takes_us;
  for (const bell_statement *s = me + 1; s < end; s++) {
    us += s->takes_us;
    if (s->kind == BELL_TIMER) us += s->after_us > NESTED_LEAST_US ? s->after_us : NESTED_LEAST_US;
    if (s->kind == BELL_FRAME) us += FRAME_US;
  }
  return us;
}

/* Were frames drawn at other times, might `event`, which is next, or what follows from it, change places with another?
 * Yes, if a frame is to be drawn after it; or if it is a frame, and the next event may become ready before all that
 * follows is over. (What goes on forever, or settles promises, may lead to anything.) */
static bool hangs_on_frame(const loop *l, uint32_t event) {
  if (event != first_of(l, RENDERING) || is_early(l)) return is_early(l);
  int64_t next_us = l->next.ready_us;
  if (l->c.scenario->endless || l->c.scenario->promise_count > 0) return next_us != NEVER_US;
  int64_t over_us = latest_frame_us(l) + BELL_LATE_US;
  for (uint32_t f = event; f != BELL_NONE && over_us <= next_us; f = l->c.waits[f].next) over_us += follow_up_us(l, f);
  return next_us < over_us;
}

/* ---- what callbacks ask for ------------------------------------------------------------------------------------- */

/* A callback asks for a frame, or sets a timer. */
static void ask(callbacks *c, uint32_t event) {
  loop *l = (loop *)c; /* whose first member it is */
  bell_event *asked = &c->events[event];
  if (callbacks_statement(c, event)->kind == BELL_FRAME) {
    int64_t due_us =
        queue_is_empty(l->tasks[RENDERING]) ? next_frame_us(c->now_us) : c->events[first_of(l, RENDERING)].ready_us;
    asked->ready_us = due_us > c->now_us ? due_us : c->now_us; /* it is late: this one comes just in time */
    callbacks_put(c, &l->tasks[RENDERING], event);
    return;
  }
  bool too_soon = c->level > NESTED_DEEP && asked->ready_us < c->now_us + NESTED_LEAST_US;
  if (too_soon) asked->ready_us = c->now_us + NESTED_LEAST_US;
  timer_list *list = timer_lists_of(&l->timers, asked->ready_us - c->now_us, asked->ready_us, event);
  callbacks_put(c, &list->timers, event);
  if (asked->ready_us < l->next.ready_us) l->next = (bell_ready){asked->ready_us, event, 0};
}

/* ---- the loop --------------------------------------------------------------------------------------------------- */

/* When the next thing becomes ready, where none is. */
static int64_t next_ready_us(const loop *l) {
  int64_t frame_us = queue_is_empty(l->tasks[RENDERING]) ? NEVER_US : l->c.events[first_of(l, RENDERING)].ready_us;
  return l->next.ready_us < frame_us ? l->next.ready_us : frame_us;
}

enum { LOOKED_AT = 16 }; /* of the scenario's own events to come: a million may be ready at once */

/* Might the event, which is not ready yet, come before this task, were the loop a little late? */
static bool may_precede(const loop *l, uint32_t event, uint32_t task, source from) {
  if (l->c.events[event].ready_us >= l->c.now_us + BELL_LATE_US) return false;
  return source_of(l, event) != from || (from == TIMERS && may_swap(l, task, event, BELL_LATE_US));
}

/* Might any? */
static bool is_close(const loop *l, uint32_t task, source from) {
  if (l->next.ready_us >= l->c.now_us + BELL_LATE_US) return false;
  const timer_list *list = timer_lists_first(&l->timers);
  bool may = list != NULL && may_precede(l, list->timers.first, task, from);
  uint32_t end = l->sources.known_next + LOOKED_AT;
  for (uint32_t i = l->sources.known_next; !may && i < l->sources.known_count && i < end; i++) {
    may = may_precede(l, l->sources.known[i].event, task, from);
  }
  return may;
}

static void run_task_of(loop *l, source from) {
  l->c.level = 0;
  if (from == TIMERS) {
    run_timer(l);
  } else if (from == RENDERING) {
    l->drawing = l->tasks[RENDERING];
    l->tasks[RENDERING] = QUEUE_EMPTY;
    run_frame(l, BELL_REASON_FRAME);
  } else {
    run_task(l, from);
  }
}

/* Which of `count` sources goes next? The model's own choice is the one with the oldest task. A frame may come too, before
 * it is due. */
static source choose_source(loop *l, source oldest, uint32_t count) {
  uint32_t skip = bell_choose(l->c.choices, count + is_early(l));
  if (skip == count) return RENDERING;
  source chosen = oldest;
  for (source s = TIMERS; skip > 0; s++) {
    if (s == oldest || !has_task(l, s)) continue;
    chosen = s;
    skip--;
  }
  return chosen;
}

/* False when no task waits. */
static bool run_next_task(loop *l) {
  uint32_t count;
  source oldest = find_oldest(l, &count);
  if (count == 0) return false;
  if (callbacks_are_late(&l->c, l->next.ready_us, 0)) return true; /* which the loop is to notice first */
  if (count == 1 && oldest == RENDERING && is_put_off(l)) return true;
  source from = choose_source(l, oldest, count);
  if (is_close(l, first_of(l, from), from)) l->c.no_guarantee = BELL_NO_GUARANTEE_LATE;
  if (hangs_on_frame(l, first_of(l, from))) l->c.no_guarantee = BELL_NO_GUARANTEE_FRAME;
  if (count > 1) l->c.no_guarantee = BELL_NO_GUARANTEE_SOURCES;
  run_task_of(l, from);
  l->c.no_guarantee = BELL_GUARANTEED;
  return true;
}

static void sleep(loop *l) {
  if (l->c.choices != NULL && is_early(l)) choose_frame(l);
  callbacks_sleep(&l->c, next_ready_us(l));
  l->c.level = 0;
  notice(l);
  uint32_t promise = l->c.microtasks.first;
  if (promise != BELL_NONE && hangs_on_frame(l, promise)) l->c.no_guarantee = BELL_NO_GUARANTEE_FRAME;
}

/* The whole event loop. */
static void run_until_done(loop *l) {
  while (!l->c.spent) {
    notice(l);
    if (!queue_is_empty(l->c.microtasks)) {
      run_microtask(l);
    } else if (!queue_is_empty(l->drawing)) {
      run_frame(l, BELL_REASON_FRAME_NEXT);
    } else if (run_next_task(l)) {
      continue;
    } else if (next_ready_us(l) != NEVER_US) {
      sleep(l);
    } else {
      return;
    }
  }
}

/* ---- a run that would not end ----------------------------------------------------------------------------------- */

/* Its last row: who has waited longest for the microtasks to end, or would be next. */
static void stop(loop *l) {
  notice(l);
  uint32_t next = !queue_is_empty(l->drawing) ? l->drawing.first : oldest_task(l);
  if (next == BELL_NONE && next_ready_us(l) != NEVER_US) {
    next = l->next.ready_us == next_ready_us(l) ? l->next.event : first_of(l, RENDERING);
  }
  callbacks_stop(&l->c, next);
}

/* ----------------------------------------------------------------------------------------------------------------- */

/* How many different ones there are at most: an action's delay may become the least of nested timers. */
static uint32_t delays(const bell_scenario *scenario) { return timer_lists_delays(scenario) + 1; }

size_t bell_event_loop_memory(const bell_scenario *scenario) {
  if (scenario->host == BELL_NODE) return node_loop_memory(scenario);
  /* The steps are more than the readiness queue gives back. */
  return bell_readiness_memory(scenario->event_count, 0) + timer_lists_memory(delays(scenario)) +
         callbacks_memory(scenario);
}

bool bell_event_loop_run_otherwise(bell_trace *trace, const bell_scenario *scenario, bell_choices *choices,
                                   bell_arena *arena) {
  if (scenario->host == BELL_NODE) return node_loop_run(trace, scenario, choices, arena);
  loop l = {.tasks = {QUEUE_EMPTY, QUEUE_EMPTY, QUEUE_EMPTY, QUEUE_EMPTY}, .drawing = QUEUE_EMPTY};
  if (!bell_readiness_start(&l.sources, scenario, 0, arena)) return false;
  if (!callbacks_start(&l.c, trace, scenario, arena)) return false;
  if (!timer_lists_start(&l.timers, delays(scenario), arena)) return false;
  find_next(&l);
  l.c.ask = ask;
  l.c.choices = choices;
  run_until_done(&l);
  callbacks_end(&l.c);
  if (l.c.spent) stop(&l);
  return true;
}

bool bell_event_loop_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  return bell_event_loop_run_otherwise(trace, scenario, NULL, arena);
}
