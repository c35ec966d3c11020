/* In place of all other files here on a system that is not Linux, and has not all of the calls. */
#include "live.h"
#include "measure.h"

uint32_t live_cores(void) { return 0; }

size_t live_memory(const bell_scenario *scenario) {
  (void)scenario;
  return 0;
}

live_outcome live_run(bell_trace *trace, const bell_scenario *as_read, bell_strategy strategy, live_options options,
                      bell_arena *arena) {
  (void)options;
  (void)arena;
  *trace = (bell_trace){.scenario = as_read, .strategy = strategy};
  return (live_outcome){LIVE_FAILED, "live needs Linux; multiplex shows the same in the model"};
}

bool live_measure(FILE *out, char *problem, size_t size) {
  (void)out;
  snprintf(problem, size, "measuring needs Linux");
  return false;
}
