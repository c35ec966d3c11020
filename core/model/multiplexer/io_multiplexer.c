#include "multiplexer/io_multiplexer.h"

#include <string.h>

#include "multiplexer/closing.h"
#include "trace/readiness.h"

/* One thread, at work on one scenario. */
typedef struct worker {
  const bell_scenario *scenario;
  bell_readiness readiness;
  bell_trace *trace;
  uint32_t last_wait; /* the step that the last sleep ended with */
} worker;

/* Sleeps until `ready_us`, or goes on at once when that is past. Returns when the thread goes on. */
static int64_t wait_until(worker *w, int64_t ready_us, int64_t now_us) {
  if (ready_us <= now_us) return now_us;
  w->last_wait = w->trace->step_count;
  return ready_us;
}

/* Handles one message, which takes its time. Returns when the thread is free again. */
static int64_t handle(worker *w, bell_ready message, int64_t now_us, bell_reason reason, uint32_t other) {
  bell_step *step = &w->trace->steps[w->trace->step_count++];
  *step = (bell_step){
      .time_us = now_us, .event = message.event, .other = other, .queued_at = w->last_wait, .reason = (uint8_t)reason};
  return now_us + message.takes_us;
}

/* The message that has been ready longest, if any is ready. */
static const bell_ready *ready_longest(const worker *w, int64_t now_us) {
  const bell_ready *first = bell_readiness_first(&w->readiness);
  return first != NULL && first->ready_us <= now_us ? first : NULL;
}

/* ---- readiness: one wait for all sockets ------------------------------------------------------------------------ */

static void run_readiness(worker *w) {
  int64_t now_us = 0;
  while (bell_readiness_first(&w->readiness) != NULL) {
    bell_ready message = bell_readiness_take(&w->readiness);
    now_us = wait_until(w, message.ready_us, now_us); /* the first in line: if it is not ready, nothing is */
    const bell_ready *other = ready_longest(w, now_us);
    if (other == NULL) {
      now_us = handle(w, message, now_us, BELL_REASON_ONLY_READY, BELL_NONE);
    } else {
      bool tie = other->ready_us == message.ready_us;
      now_us = handle(w, message, now_us, tie ? BELL_REASON_READY_TIE : BELL_REASON_READY_LONGEST, other->event);
    }
  }
}

/* ---- blocking: a wait at each socket in turn -------------------------------------------------------------------- */

/* Who has been ready longest and is being ignored. The model looks for the sake of the learner: the blocking thread
 * itself cannot see it, which is the point of the lesson. */
static uint32_t longest_ignored(worker *w, int64_t now_us, const uint8_t *handled) {
  const bell_ready *first;
  while ((first = ready_longest(w, now_us)) != NULL && handled[first->event]) bell_readiness_take(&w->readiness);
  return first == NULL ? BELL_NONE : first->event;
}

/* `open` lists the sockets with something still to come, `handled` all messages. */
static void run_blocking(worker *w, uint32_t *open, uint8_t *handled) {
  const bell_scenario *scenario = w->scenario;
  uint32_t open_count = scenario->statement_count;
  int64_t now_us = 0;
  for (uint32_t socket = 0; socket < open_count; socket++) open[socket] = socket;
  memset(handled, 0, scenario->event_count);
  for (uint32_t round = 0; open_count > 0; round++) {
    uint32_t still_open = 0;
    for (uint32_t i = 0; i < open_count; i++) {
      uint32_t socket = open[i];
      if (bell_closing_is_silent(scenario, socket)) return;              /* a sleep for good */
      uint32_t event = scenario->statements[socket].first_event + round; /* one a round, so far, from each */
      uint32_t takes_us = bell_scenario_takes_us(scenario, event, socket);
      bell_ready message = {scenario->events[event].ready_us, event, takes_us};
      now_us = wait_until(w, message.ready_us, now_us);
      handled[event] = 1;
      now_us = handle(w, message, now_us, BELL_REASON_TURN, longest_ignored(w, now_us, handled));
      if (event + 1 < bell_scenario_events_end(scenario, socket)) open[still_open++] = socket;
    }
    open_count = still_open;
  }
}

/* ----------------------------------------------------------------------------------------------------------------- */

static uint32_t rows_of(const bell_scenario *scenario) { return scenario->event_count + bell_closing_rows(scenario); }

typedef struct own_memory {
  uint32_t *open;
  uint8_t *handled;
} own_memory;

/* What a run keeps besides the readiness queue; the steps are more than that queue gives back. */
static own_memory take_memory(bell_trace *trace, bell_arena *arena) {
  const bell_scenario *scenario = trace->scenario;
  trace->steps = bell_arena_take(arena, rows_of(scenario), sizeof *trace->steps);
  own_memory own = {.open = bell_arena_take(arena, scenario->statement_count, sizeof *own.open),
                    .handled = bell_arena_take(arena, scenario->event_count, sizeof *own.handled)};
  bell_closing_start(trace, rows_of(scenario), arena);
  return own;
}

size_t bell_multiplexer_memory(const bell_scenario *scenario) {
  bell_trace trace = {.scenario = scenario, .strategy = BELL_READINESS}; /* more may keep it from sleeping */
  bell_arena arena = BELL_ARENA_TO_COUNT;
  take_memory(&trace, &arena);
  return bell_arena_sum(bell_readiness_memory(scenario->event_count, 0), arena.used);
}

bool bell_multiplexer_run(bell_trace *trace, const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena) {
  *trace = (bell_trace){
      .scenario = scenario, .strategy = strategy, .events = scenario->events, .event_count = scenario->event_count};
  worker w = {.scenario = scenario, .trace = trace, .last_wait = BELL_NONE};
  if (!bell_readiness_start(&w.readiness, scenario, 0, arena)) return false;
  own_memory own = take_memory(trace, arena);
  if (arena->is_too_small) return false;
  if (strategy == BELL_READINESS) {
    run_readiness(&w);
  } else {
    run_blocking(&w, own.open, own.handled);
    if (scenario->closing) bell_closing_starve(trace, own.handled);
  }
  bell_closing_finish(trace);
  return true;
}
