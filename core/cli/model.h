/* model: runs a scenario in the model, with memory of its own. */
#ifndef BELL_CLI_MODEL_H
#define BELL_CLI_MODEL_H

#include "lessons.h"
#include "loop/orders.h"

/* An empty arena of that capacity; the caller frees arena->base. False when there is not so much memory. */
bool model_arena(bell_arena *arena, size_t capacity);

/* The trace of a scenario, or its orders. The caller frees arena->base. False when there is not enough memory. */
bool model_run(const bell_lesson *lesson, bell_trace *trace, const bell_scenario *scenario, bell_lesson_options options,
               bell_arena *arena);
bool model_orders(bell_orders *orders, const bell_scenario *scenario, bell_arena *arena);

#endif
