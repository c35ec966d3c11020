#include "model.h"

#include "memory.h"

bool model_arena(bell_arena *arena, size_t capacity) {
  *arena = (bell_arena){.base = memory_take(capacity), .capacity = capacity};
  return arena->base != NULL;
}

bool model_run(const bell_lesson *lesson, bell_trace *trace, const bell_scenario *scenario, bell_lesson_options options,
               bell_arena *arena) {
  return model_arena(arena, lesson->memory(scenario, options)) && lesson->run(trace, scenario, options, arena);
}

bool model_orders(bell_orders *orders, const bell_scenario *scenario, bell_arena *arena) {
  return model_arena(arena, bell_orders_memory(scenario)) && bell_orders_find(orders, scenario, BELL_LATE_US, arena);
}
