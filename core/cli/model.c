#include "model.h"

#include <stdlib.h>

#include "multiplexer/io_multiplexer.h"

bool model_arena(bell_arena *arena, size_t capacity) {
  *arena = (bell_arena){.base = malloc(capacity > 0 ? capacity : 1), .capacity = capacity};
  return arena->base != NULL;
}

bool model_multiplex(bell_trace *trace, const bell_scenario *scenario, bell_strategy strategy,
                     bell_waiting_options options, bell_arena *arena) {
  if (strategy <= BELL_READINESS) {
    return model_arena(arena, bell_multiplexer_memory(scenario)) &&
           bell_multiplexer_run(trace, scenario, strategy, arena);
  }
  return model_arena(arena, bell_waiting_memory(scenario)) &&
         bell_waiting_run(trace, scenario, strategy, options, arena);
}

bool model_loop(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  return model_arena(arena, bell_orders_run_memory(scenario)) && bell_orders_run(trace, scenario, arena);
}

bool model_orders(bell_orders *orders, const bell_scenario *scenario, bell_arena *arena) {
  return model_arena(arena, bell_orders_memory(scenario)) && bell_orders_find(orders, scenario, BELL_LATE_US, arena);
}
