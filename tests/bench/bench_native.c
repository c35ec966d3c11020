/* bench_native FILE: parses a lesson 4 scenario and runs it with each strategy of one thread that can serve it, several
 * times over in the same memory; prints the seconds of each and the bytes of arena that they took. A contestant of
 * bench.mjs. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "multiplexer/io_multiplexer.h"
#include "multiplexer/waiting.h"
#include "scenario/parser.h"

enum { RUNS = 4 };

static double seconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fail(const char *what) {
  fprintf(stderr, "bench_native: %s\n", what);
  exit(1);
}

static bell_arena arena_of(size_t bytes) {
  bell_arena arena = {.base = malloc(bytes), .capacity = bytes};
  if (arena.base == NULL) fail("not enough memory");
  return arena;
}

static void tell(void *context, const bell_problem *problem) {
  (void)context;
  (void)problem;
  fail("the scenario has mistakes");
}

static size_t memory_of(const bell_scenario *scenario, bell_strategy strategy) {
  return strategy <= BELL_READINESS ? bell_multiplexer_memory(scenario) : bell_waiting_memory(scenario);
}

static bool run(bell_trace *trace, const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena) {
  arena->used = 0;
  return strategy <= BELL_READINESS ? bell_multiplexer_run(trace, scenario, strategy, arena)
                                    : bell_waiting_run(trace, scenario, strategy, (bell_waiting_options){0}, arena);
}

/* `select` cannot serve a million: bench.mjs says so. */
static void pass_over(void *context, const bell_problem *problem) {
  (void)context;
  (void)problem;
}

/* "epoll":{"runs":[0.1,...],"bytes":640}, */
static void time_runs(const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena) {
  bell_trace trace;
  printf("\"%s\":{\"runs\":[", bell_strategy_name(strategy));
  for (int i = 0; i < RUNS; i++) {
    double start = seconds();
    if (!run(&trace, scenario, strategy, arena)) fail("the run failed");
    printf("%s%.9f", i == 0 ? "" : ",", seconds() - start);
  }
  printf("],\"bytes\":%zu},", memory_of(scenario, strategy));
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) fail("name a file");
  size_t length = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(length);
  if (text == NULL || fread(text, 1, length, file) != length) fail("the file cannot be read");

  double start = seconds();
  bell_arena for_scenario = arena_of(bell_scenario_memory(text, length));
  bell_scenario scenario;
  bell_scenario_parse(&scenario, text, length, BELL_MULTIPLEXER, &for_scenario, (bell_report){.tell = tell});
  printf("{\"parse\":%.9f,", seconds() - start);

  bell_arena for_run = arena_of(bell_waiting_memory(&scenario)); /* the most that any takes */
  for (bell_strategy strategy = BELL_BLOCKING; strategy < BELL_STRATEGIES; strategy++) {
    bool served = bell_waiting_check(&scenario, strategy, (bell_report){.tell = pass_over});
    if (served && strategy != BELL_THREADS) time_runs(&scenario, strategy, &for_run);
  }
  printf("\"scenarioBytes\":%zu,\"messages\":%lu}\n", for_scenario.used, (unsigned long)scenario.event_count);
  fclose(file);
  free(for_run.base);
  free(for_scenario.base);
  free(text);
  return 0;
}
