/* bench_loop HOST FILE: parses a lesson 5 scenario and runs it, several times over in the same memory; prints the
 * seconds of each run and the bytes of arena that it took. A contestant of loop.mjs. */
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "loop/scenario_run.h"

enum { RUNS = 3 };

static uint32_t callbacks; /* of the last run */

static bool run(bell_arena *arena, const void *scenario) {
  bell_trace trace;
  bool good = bell_scenario_run(&trace, scenario, arena);
  callbacks = trace.step_count;
  return good;
}

int main(int argc, char **argv) {
  if (argc != 3) frame_fail("name a host and a file");
  bell_host host = strcmp(argv[1], bell_host_name(BELL_NODE)) == 0 ? BELL_NODE : BELL_BROWSER;
  bell_arena for_scenario;
  double seconds;
  bell_scenario scenario = frame_scenario(argv[2], host, &for_scenario, &seconds);
  bell_arena for_run = frame_arena(bell_scenario_run_memory(&scenario));
  printf("{");
  frame_print_runs("runs", RUNS, run, &scenario, &for_run);
  printf(",\"bytes\":%zu,\"callbacks\":%lu}\n", for_run.capacity, (unsigned long)callbacks);
  return 0;
}
