#include <string.h>

#include "loop/event_loop.h"
#include "loop/node_loop.h"

/* ---- the hosts -------------------------------------------------------------------------------------------------- */

static bool is_node(const bell_loop *l) { return l->host == BELL_NODE; }

static size_t size_of(bell_host host) { return host == BELL_NODE ? sizeof(node_loop) : sizeof(event_loop); }

static bool know(bell_loop *l, uint32_t event) {
  return is_node(l) ? node_loop_know(l, event) : event_loop_know(l, event);
}

static bool expect(bell_loop *l, uint32_t event) {
  bool fits = bell_readiness_add(&l->sources, (bell_ready){loop_ready_us(l, event), event, 0});
  return fits && (is_node(l) || event_loop_know(l, event));
}

static bool set_timer(bell_loop *l, uint32_t event) {
  return is_node(l) ? node_loop_set_timer(l, event) : event_loop_set_timer(l, event);
}

static bool ask_frame(bell_loop *l, uint32_t event) { return !is_node(l) && event_loop_ask_frame(l, event); }

bool bell_loop_cancel(bell_loop *l, uint32_t event) {
  return is_node(l) ? node_loop_cancel(l, event) : event_loop_cancel(l, event);
}

void bell_loop_move(bell_loop *l, uint32_t event, bell_source source) {
  if (!is_node(l)) event_loop_move(l, event, source);
}

static uint32_t add(bell_loop *l, bell_source source, uint32_t label, int64_t ready_us);

/* ---- the next callback ------------------------------------------------------------------------------------------ */

bell_step *bell_loop_take(bell_loop *l) {
  if (!l->has_begun) {
    l->has_begun = true;
    bell_ready *spare = (bell_ready *)(void *)l->trace->steps; /* which are not in use yet */
    bell_readiness_sort(&l->sources, l->events, l->trace->event_count, spare);
    if (is_node(l)) node_loop_begin(l);
  }
  return is_node(l) ? node_loop_take(l) : event_loop_take(l);
}

void bell_loop_finish(bell_loop *l, int64_t takes_us) {
  l->trace->step_count++;
  l->now_us += takes_us;
}

void bell_loop_pass(bell_loop *l, int64_t us) { l->now_us += us; }

bool bell_loop_has_between(bell_loop *l) {
  return is_node(l) ? node_loop_has_between(l) : !bell_chain_is_empty(l->microtasks);
}

bool bell_loop_throw(bell_loop *l) { return is_node(l) && node_loop_throw(l); }

bell_step *bell_loop_take_first(bell_loop *l) { return is_node(l) ? node_loop_take_first(l) : NULL; }

bool bell_loop_goes_again(const bell_loop *l, uint32_t immediate) {
  return is_node(l) && node_loop_goes_again(l, immediate);
}

void bell_loop_begin_in_poll(bell_loop *l) {
  if (is_node(l)) node_loop_begin_in_poll(l);
}

bell_step *bell_loop_call(bell_loop *l, uint32_t label, bell_reason reason) {
  uint32_t event = add(l, BELL_MAIN, label, l->now_us);
  if (event == BELL_NONE) return NULL;
  l->events[event].parent = BELL_NONE;
  l->waits[event].at = l->trace->step_count & LOOP_AT_MAX;
  return loop_step(l, event, is_node(l) ? BELL_QUEUE_MAIN : BELL_QUEUE_TASK, reason, BELL_NONE);
}

bell_step *loop_step(bell_loop *l, uint32_t event, bell_queue from, bell_reason reason, uint32_t other) {
  bell_step *step = &l->trace->steps[l->trace->step_count];
  *step = (bell_step){.time_us = l->now_us,
                      .event = event,
                      .other = other,
                      .queued_at = l->waits[event].at,
                      .queue = (uint8_t)from,
                      .reason = (uint8_t)reason,
                      .level = l->level & 7U,
                      .no_guarantee = l->no_guarantee};
  l->no_guarantee = BELL_GUARANTEED;
  return step;
}

void loop_sleep(bell_loop *l, int64_t us) {
  l->now_us = us;
  l->late_us = 0;
}

bool loop_is_late(bell_loop *l, int64_t us, int64_t margin_us) {
  bell_choices *choices = l->open.choices;
  if (choices == NULL || us == LOOP_NEVER_US) return false;
  int64_t late_us = l->late_us + us - l->now_us;
  if (late_us >= choices->late_us + margin_us || bell_choose(choices, 2) == 0) return false;
  l->late_us = late_us;
  l->now_us = us;
  return true;
}

void bell_loop_stop(bell_loop *l, uint32_t endless) {
  uint32_t next = is_node(l) ? node_loop_next(l) : event_loop_next(l);
  bell_source source = loop_source(l, endless);
  bool goes_first = source == BELL_MICROTASKS || source == BELL_TICKS;
  if (!goes_first && !bell_chain_is_empty(l->microtasks)) next = l->microtasks.first;
  if (!goes_first && !bell_chain_is_empty(l->ticks)) next = l->ticks.first;
  bool starves = goes_first && next != BELL_NONE;
  uint32_t event = next == BELL_NONE ? endless : next;
  bool is_queued = loop_ready_us(l, event) <= l->now_us;
  l->trace->steps[l->trace->step_count] =
      (bell_step){.time_us = l->now_us,
                  .event = event,
                  .other = endless,
                  .queued_at = is_queued ? l->waits[event].at : l->trace->step_count,
                  .queue = starves ? BELL_QUEUE_STARVED : BELL_QUEUE_STOPPED,
                  .reason = starves ? BELL_REASON_STARVED : BELL_REASON_STOPPED};
  l->trace->step_count++;
}

void bell_loop_end(bell_loop *l, bell_reason reason, int64_t at_us, uint32_t last, const bell_step *next) {
  uint32_t k = l->trace->step_count;
  l->trace->steps[k] = (bell_step){.time_us = at_us,
                                   .event = next == NULL ? last : next->event,
                                   .other = last,
                                   .queued_at = next == NULL ? k : next->queued_at,
                                   .queue = BELL_QUEUE_ENDED,
                                   .reason = (uint8_t)reason};
  l->trace->step_count++;
}

/* ---- what is asked for ------------------------------------------------------------------------------------------ */

static uint32_t add(bell_loop *l, bell_source source, uint32_t label, int64_t ready_us) {
  uint32_t event = l->trace->event_count;
  if (event == (l->has_begun ? l->event_room : l->known_room)) return BELL_NONE;
  l->events[event] = (bell_event){ready_us, label, l->has_begun ? l->trace->step_count : BELL_NONE};
  if (l->asked_us != NULL) l->asked_us[event] = l->now_us;
  l->waits[event] = (loop_event){.level = l->level & 7U, .source = source & LOOP_SOURCE_MAX, .asked_us = l->now_us};
  return l->trace->event_count++;
}

/* The event that was just made, or BELL_NONE when the host has no room for it. */
static uint32_t taken(bell_loop *l, uint32_t event, bool (*ask)(bell_loop *, uint32_t)) {
  if (event == BELL_NONE || ask(l, event)) return event;
  l->trace->event_count--;
  return BELL_NONE;
}

uint32_t bell_loop_know(bell_loop *l, bell_source source, uint32_t label, int64_t ready_us) {
  return taken(l, add(l, source, label, ready_us), know);
}

uint32_t bell_loop_expect(bell_loop *l, bell_source source, uint32_t label, int64_t ready_us) {
  return taken(l, add(l, source, label, ready_us), expect);
}

uint32_t bell_loop_set_timer(bell_loop *l, uint32_t label, int64_t after_us) {
  return taken(l, add(l, BELL_TASKS_TIMERS, label, l->now_us + after_us - after_us % 1000), set_timer);
}

uint32_t bell_loop_repeat(bell_loop *l, uint32_t label, int64_t after_us) {
  int64_t now_us = l->now_us;
  if (is_node(l)) l->now_us = l->trace->steps[l->trace->step_count].time_us;
  uint32_t event = bell_loop_set_timer(l, label, after_us);
  l->now_us = now_us;
  return event;
}

uint32_t bell_loop_ask_frame(bell_loop *l, uint32_t label) {
  return taken(l, add(l, BELL_TASKS_RENDERING, label, l->now_us), ask_frame);
}

uint32_t bell_loop_queue(bell_loop *l, bell_source source, uint32_t label) {
  uint32_t event = add(l, source, label, l->now_us);
  if (event == BELL_NONE) return BELL_NONE;
  bell_chain *queue = &l->immediates;
  if (source == BELL_MICROTASKS) queue = &l->microtasks;
  if (source == BELL_TICKS) queue = &l->ticks;
  loop_put(l, queue, event);
  return event;
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

/* A step for each event, and a last row for a run that is stopped. */
static size_t step_room(bell_loop_room room) { return (size_t)room.events + 1; }

size_t bell_loop_memory(bell_host host, bell_loop_room room) {
  return bell_arena_bytes(1, size_of(host)) + bell_arena_bytes(step_room(room), sizeof(bell_step)) +
         bell_arena_bytes(room.events, sizeof(bell_event)) + bell_arena_bytes(room.events, sizeof(loop_event)) +
         bell_arena_bytes(room.asks_late ? room.events : 0, sizeof(int64_t)) +
         bell_readiness_memory(room.known, room.later) + timer_lists_memory(room.delays);
}

bell_loop *bell_loop_start(bell_trace *trace, bell_host host, bell_loop_room room, bell_loop_open open,
                           bell_arena *arena) {
  bell_loop *l = bell_arena_take(arena, 1, size_of(host));
  if (l == NULL) return NULL;
  memset(l, 0, size_of(host));
  *l = (bell_loop){.host = host,
                   .trace = trace,
                   .known_room = room.known,
                   .event_room = room.events,
                   .microtasks = BELL_CHAIN_EMPTY,
                   .ticks = BELL_CHAIN_EMPTY,
                   .immediates = BELL_CHAIN_EMPTY,
                   .open = open};
  trace->steps = bell_arena_take(arena, step_room(room), sizeof *trace->steps);
  trace->events = l->events = bell_arena_take(arena, room.events, sizeof *l->events);
  l->waits = bell_arena_take(arena, room.events, sizeof *l->waits);
  if (room.asks_late) trace->asked_us = l->asked_us = bell_arena_take(arena, room.events, sizeof *l->asked_us);
  bool fits = trace->steps != NULL && l->events != NULL && l->waits != NULL;
  if (room.asks_late && l->asked_us == NULL) return NULL;
  if (!fits || !bell_readiness_start_empty(&l->sources, room.known, room.later, arena)) return NULL;
  if (!timer_lists_start(&l->timers, room.delays, arena)) return NULL;
  if (is_node(l)) node_loop_start(l);
  else event_loop_start(l);
  return l;
}
