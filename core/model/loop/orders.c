#include "loop/orders.h"

#include <string.h>

/* How many orders there is room for: one alone where many would be too long. */
static uint32_t room(const bell_scenario *scenario) {
  return scenario->run_count > BELL_ORDERS_STEPS / BELL_ORDERS_MAX ? 1 : BELL_ORDERS_MAX;
}

size_t bell_orders_memory(const bell_scenario *scenario) {
  size_t orders = (size_t)scenario->run_count * (room(scenario) + 1); /* and one that is being compared */
  return bell_arena_sum(bell_arena_bytes(orders, sizeof(uint32_t)), bell_scenario_run_memory(scenario));
}

/* A hop runs no code of the program. */
static bool is_hop(const bell_trace *trace, uint32_t step) { return bell_trace_job(trace, step) >= BELL_JOB_PASS; }

/* Appends the order of a trace's first `steps` rows, unless it is there. */
static void keep(bell_orders *orders, const bell_trace *trace, uint32_t steps) {
  uint32_t *order = orders->statements + (size_t)orders->count * orders->room;
  uint32_t length = 0;
  for (uint32_t k = 0; k < steps; k++) {
    if (!is_hop(trace, k)) order[length++] = bell_trace_event(trace, k)->statement;
  }
  for (uint32_t i = 0; i < orders->count; i++) {
    bool is_as_long = orders->lengths[i] == length;
    if (is_as_long && memcmp(order, bell_orders_at(orders, i), length * sizeof *order) == 0) return;
  }
  orders->lengths[orders->count++] = length;
}

bool bell_orders_find(bell_orders *orders, const bell_scenario *scenario, int64_t late_us, bell_arena *arena) {
  uint32_t most = room(scenario);
  *orders = (bell_orders){.room = scenario->run_count};
  orders->statements = bell_arena_take(arena, (size_t)scenario->run_count * (most + 1), sizeof(uint32_t));
  if (orders->statements == NULL) return false;
  bell_choices choices = {.late_us = late_us};
  uint64_t steps = 0;
  do {
    bell_arena again = *arena; /* each run in the same memory */
    bell_trace trace;
    if (!bell_scenario_run_otherwise(&trace, scenario, most == 1 ? NULL : &choices, &again)) return false;
    bool is_cut = trace.step_count > 0 && bell_trace_is_stop(&trace, trace.step_count - 1);
    bool is_endless = is_cut && scenario->endless;
    orders->runs++;
    steps += trace.step_count;
    keep(orders, &trace, trace.step_count - is_cut);
    if (is_endless || choices.more || most == 1) return true;
    if (orders->count > most) {
      orders->count = most;
      return true;
    }
    if (!bell_choose_otherwise(&choices)) {
      orders->complete = true;
      return true;
    }
  } while (orders->runs < BELL_ORDERS_RUNS && steps < BELL_ORDERS_STEPS);
  return true;
}

/* ---- a run whose steps say where orders depart ------------------------------------------------------------------- */

/* The step at which an order departs from the model's own. */
static void mark(bell_trace *trace, const uint32_t *order, uint32_t length) {
  uint32_t k = 0;
  for (uint32_t step = 0; step < trace->step_count; step++) {
    if (is_hop(trace, step)) continue;
    if (k == length || order[k++] != bell_trace_event(trace, step)->statement) {
      bell_step *departs = &trace->steps[step];
      if (departs->no_guarantee == BELL_GUARANTEED) departs->no_guarantee = BELL_NO_GUARANTEE_ORDERS;
      return;
    }
  }
}

static bool is_long(const bell_scenario *scenario) { return scenario->run_count > BELL_ORDERS_MARKED; }

size_t bell_orders_run_memory(const bell_scenario *scenario) {
  return bell_arena_sum(bell_scenario_run_memory(scenario), is_long(scenario) ? 0 : bell_orders_memory(scenario));
}

bool bell_orders_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  if (!bell_scenario_run(trace, scenario, arena)) return false;
  if (is_long(scenario)) return true;
  bell_orders orders;
  bell_arena scratch = *arena;
  if (!bell_orders_find(&orders, scenario, BELL_LATE_US, &scratch)) return false;
  for (uint32_t i = 1; i < orders.count; i++) mark(trace, bell_orders_at(&orders, i), orders.lengths[i]);
  return true;
}
