/* scenario_run: a scenario is a program, and this runs it on its host's loop: its statements are the callbacks.
 *
 * A callback starts at `now`; its actions happen then, in order; then it holds the thread for `takes`. A callback that
 * goes on `forever` is queued again, right after its actions.
 *
 * A run of those would never end. All others need at most scenario.run_count events; when one more is asked for, the
 * run is `spent`: once that callback is over, the loop stops, and one last row tells what would have come next.
 *
 * A rejection that nobody has handled when no tick and no microtask is left ends a Node process, with status 1; a last
 * row says so. It goes on if the scenario has a `listener unhandledRejection`. A browser tells its window, and goes on.
 * Source: Node's lib/internal/process/promises.js, processPromiseRejections, and its option --unhandled-rejections;
 * HTML 8.1.4.7 "Unhandled promise rejections". */
#ifndef BELL_SCENARIO_RUN_H
#define BELL_SCENARIO_RUN_H

#include "loop/loop.h"

/* How many bytes of arena `bell_scenario_run` takes. */
size_t bell_scenario_run_memory(const bell_scenario *scenario);

/* Runs a scenario that was parsed for BELL_BROWSER or BELL_NODE. The trace lives in the arena and reads the scenario,
 * which must outlive it. False when the arena is too small; then there is no trace. */
bool bell_scenario_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena);

/* The same, where reality may differ from the model as `choices` says: see orders.h. */
bool bell_scenario_run_otherwise(bell_trace *trace, const bell_scenario *scenario, bell_choices *choices,
                                 bell_arena *arena);

/* ---- for promise_actions ---------------------------------------------------------------------------------------- */

typedef struct promise_actions promise_actions;

typedef struct scenario_run {
  const bell_scenario *scenario;
  bell_trace *trace;
  bell_loop *loop;
  promise_actions *promises; /* NULL when the scenario has none */
  int64_t free_us;           /* when the last callback was over */
  bool is_spent;
  bool is_fatal; /* a rejection that nobody handles ends it */
} scenario_run;

/* The callback that runs asks for one of `action`. What its source is does not go by the statement where that is of
 * promises. */
void scenario_run_ask(scenario_run *run, uint32_t action, bell_source source);

/* One action of the callback that runs; not one of promises, unless it waits. */
void scenario_run_act(scenario_run *run, uint32_t action);

#endif
