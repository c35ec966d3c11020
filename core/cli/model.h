/* model: runs a scenario in the model, with memory of its own. */
#ifndef BELL_CLI_MODEL_H
#define BELL_CLI_MODEL_H

#include "loop/orders.h"
#include "multiplexer/waiting.h"

/* An empty arena of that capacity; the caller frees arena->base. False when there is not so much memory. */
bool model_arena(bell_arena *arena, size_t capacity);

/* Lesson 4's strategies, and lesson 5. The caller frees arena->base. False when there is not enough memory. */
bool model_multiplex(bell_trace *trace, const bell_scenario *scenario, bell_strategy strategy,
                     bell_waiting_options options, bell_arena *arena);
bool model_loop(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena);
bool model_orders(bell_orders *orders, const bell_scenario *scenario, bell_arena *arena);

#endif
