#include "io_multiplexer.h"

#include <string.h>

#include "readiness.h"

const char *bell_strategy_name(bell_strategy strategy) {
  static const char *const names[BELL_STRATEGIES] = {"blocking", "readiness"};
  return names[strategy];
}

/* One thread, at work on one scenario. */
typedef struct worker {
  const bell_scenario *scenario;
  bell_readiness readiness;
  bell_trace *trace;
  int64_t now_us;
} worker;

static int64_t ready_us(const worker *w, uint32_t event) { return w->scenario->events[event].ready_us; }

/* Sleeps until the event is ready; returns at once when it is. */
static void wait_until_ready(worker *w, uint32_t event) {
  if (ready_us(w, event) > w->now_us) w->now_us = ready_us(w, event);
}

/* Handles one message, which takes its time. */
static void handle(worker *w, uint32_t event, bell_reason reason, uint32_t other) {
  w->trace->steps[w->trace->step_count++] = (bell_step){
      .time_us = w->now_us, .event = event, .other = other, .queued_at = BELL_NONE, .reason = (uint8_t)reason};
  w->now_us += w->scenario->statements[w->scenario->events[event].statement].takes_us;
}

/* ---- readiness: one wait for all sockets ------------------------------------------------------------------------ */

static bell_reason why_ready(const worker *w, uint32_t event, uint32_t other) {
  if (other == BELL_NONE) return BELL_REASON_ONLY_READY;
  if (ready_us(w, other) == ready_us(w, event)) return BELL_REASON_READY_TIE;
  return BELL_REASON_READY_LONGEST;
}

/* The next in line, if it is ready already. */
static uint32_t also_ready(const worker *w) {
  uint32_t next = bell_readiness_first(&w->readiness);
  return next != BELL_NONE && ready_us(w, next) <= w->now_us ? next : BELL_NONE;
}

static void run_readiness(worker *w) {
  uint32_t event;
  while ((event = bell_readiness_take(&w->readiness)) != BELL_NONE) {
    /* The first in line is ready before all others: if it is not ready yet, nothing is. */
    wait_until_ready(w, event);
    uint32_t other = also_ready(w);
    handle(w, event, why_ready(w, event, other), other);
  }
}

/* ---- blocking: a wait at each socket in turn -------------------------------------------------------------------- */

/* Who has been ready longest and is being ignored. The model looks for the sake of the learner: the blocking thread
 * itself cannot see it, which is the point of the lesson. */
static uint32_t longest_ignored(worker *w, const uint8_t *handled) {
  uint32_t event;
  while ((event = bell_readiness_first(&w->readiness)) != BELL_NONE && handled[event]) {
    bell_readiness_take(&w->readiness);
  }
  return also_ready(w);
}

/* `open` lists the sockets with something still to come, `next` the next message of each, `handled` all messages. */
static void run_blocking(worker *w, uint32_t *open, uint32_t *next, uint8_t *handled) {
  const bell_scenario *scenario = w->scenario;
  uint32_t open_count = scenario->statement_count;
  for (uint32_t socket = 0; socket < open_count; socket++) {
    open[socket] = socket;
    next[socket] = scenario->statements[socket].first_event;
  }
  memset(handled, 0, scenario->event_count);
  while (open_count > 0) {
    uint32_t still_open = 0;
    for (uint32_t i = 0; i < open_count; i++) {
      uint32_t socket = open[i];
      uint32_t event = next[socket]++;
      wait_until_ready(w, event);
      handled[event] = 1;
      handle(w, event, BELL_REASON_TURN, longest_ignored(w, handled));
      if (next[socket] < bell_scenario_events_end(scenario, socket)) open[still_open++] = socket;
    }
    open_count = still_open;
  }
}

/* ----------------------------------------------------------------------------------------------------------------- */

size_t bell_multiplexer_memory(const bell_scenario *scenario) {
  return bell_arena_bytes(scenario->event_count, sizeof(bell_step)) + bell_readiness_memory(scenario->event_count, 0) +
         2 * bell_arena_bytes(scenario->statement_count, sizeof(uint32_t)) +
         bell_arena_bytes(scenario->event_count, sizeof(uint8_t));
}

bool bell_multiplexer_run(bell_trace *trace, const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena) {
  *trace = (bell_trace){.scenario = scenario, .events = scenario->events, .event_count = scenario->event_count};
  trace->steps = bell_arena_take(arena, scenario->event_count, sizeof *trace->steps);
  worker w = {.scenario = scenario, .trace = trace};
  if (trace->steps == NULL) return false;
  if (!bell_readiness_start(&w.readiness, scenario->events, scenario->event_count, 0, arena)) return false;
  if (strategy == BELL_READINESS) {
    run_readiness(&w);
    return true;
  }
  uint32_t *open = bell_arena_take(arena, scenario->statement_count, sizeof *open);
  uint32_t *next = bell_arena_take(arena, scenario->statement_count, sizeof *next);
  uint8_t *handled = bell_arena_take(arena, scenario->event_count, sizeof *handled);
  if (open == NULL || next == NULL || handled == NULL) return false;
  run_blocking(&w, open, next, handled);
  return true;
}
