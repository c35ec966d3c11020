/* bench_native FILE: parses a lesson 4 scenario and runs it with `readiness`, several times over in the same memory;
 * prints the seconds of each and the bytes of arena that they took. A contestant of bench.mjs. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "io_multiplexer.h"

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
  printf("{\"parse\":%.9f,\"runs\":[", seconds() - start);

  bell_arena for_run = arena_of(bell_multiplexer_memory(&scenario));
  bell_trace trace;
  for (int run = 0; run < RUNS; run++) {
    start = seconds();
    for_run.used = 0;
    if (!bell_multiplexer_run(&trace, &scenario, BELL_READINESS, &for_run)) fail("the run failed");
    printf("%s%.9f", run == 0 ? "" : ",", seconds() - start);
  }
  printf("],\"runBytes\":%zu,\"scenarioBytes\":%zu,\"steps\":%lu}\n", for_run.used, for_scenario.used,
         (unsigned long)trace.step_count);
  fclose(file);
  free(for_run.base);
  free(for_scenario.base);
  free(text);
  return 0;
}
