/* bench_native FILE: parses a lesson 4 scenario and runs it with each strategy of one thread that can serve it, several
 * times over in the same memory; prints the seconds of each and the bytes of arena that they took. A contestant of
 * bench.mjs. */
#include <stdio.h>

#include "frame.h"
#include "multiplexer/io_multiplexer.h"
#include "multiplexer/waiting.h"

enum { RUNS = 4 };

typedef struct contest {
  const bell_scenario *scenario;
  bell_strategy strategy;
} contest;

static size_t memory_of(const contest *c) {
  return c->strategy <= BELL_READINESS ? bell_multiplexer_memory(c->scenario)
                                       : bell_waiting_memory(c->scenario, c->strategy);
}

static bool run(bell_arena *arena, const void *of) {
  const contest *c = of;
  bell_trace trace;
  return c->strategy <= BELL_READINESS
             ? bell_multiplexer_run(&trace, c->scenario, c->strategy, arena)
             : bell_waiting_run(&trace, c->scenario, c->strategy, (bell_waiting_options){0}, arena);
}

/* `select` cannot serve a million: bench.mjs says so. */
static void pass_over(void *context, const bell_problem *problem) {
  (void)context;
  (void)problem;
}

/* "epoll":{"runs":[0.1,...],"bytes":640}, */
static void time_runs(contest c, bell_arena *arena) {
  printf("\"%s\":{", bell_strategy_name(c.strategy));
  frame_print_runs("runs", RUNS, run, &c, arena);
  printf(",\"bytes\":%zu},", memory_of(&c));
}

int main(int argc, char **argv) {
  bell_arena for_scenario;
  double seconds;
  bell_scenario scenario = frame_scenario(argc == 2 ? argv[1] : NULL, BELL_MULTIPLEXER, &for_scenario, &seconds);
  printf("{\"parse\":%.9f,", seconds);
  bell_arena for_run = frame_arena(bell_waiting_memory(&scenario, BELL_EPOLL)); /* the most that any takes */
  for (bell_strategy strategy = BELL_BLOCKING; strategy < BELL_STRATEGIES; strategy++) {
    bool served = bell_waiting_check(&scenario, strategy, (bell_report){.tell = pass_over});
    if (served && strategy != BELL_THREADS) time_runs((contest){&scenario, strategy}, &for_run);
  }
  printf("\"scenarioBytes\":%zu,\"messages\":%lu}\n", for_scenario.used, (unsigned long)scenario.event_count);
  return 0;
}
