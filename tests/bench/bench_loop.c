/* bench_loop HOST FILE: parses a lesson 5 scenario and runs it, several times over in the same memory; prints the
 * seconds of each run and the bytes of arena that it took. A contestant of loop.mjs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "loop/event_loop.h"
#include "scenario/parser.h"

enum { RUNS = 3 };

static double seconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fail(const char *what) {
  fprintf(stderr, "bench_loop: %s\n", what);
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
  FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) fail("name a host and a file");
  size_t length = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(length);
  if (text == NULL || fread(text, 1, length, file) != length) fail("the file cannot be read");
  bell_host host = strcmp(argv[1], bell_host_name(BELL_NODE)) == 0 ? BELL_NODE : BELL_BROWSER;

  bell_arena for_scenario = arena_of(bell_scenario_memory(text, length));
  bell_scenario scenario;
  bell_scenario_parse(&scenario, text, length, host, &for_scenario, (bell_report){.tell = tell});
  bell_arena for_run = arena_of(bell_event_loop_memory(&scenario));
  bell_trace trace;
  printf("{\"runs\":[");
  for (int i = 0; i < RUNS; i++) {
    double start = seconds();
    for_run.used = 0;
    if (!bell_event_loop_run(&trace, &scenario, &for_run)) fail("the run failed");
    printf("%s%.9f", i == 0 ? "" : ",", seconds() - start);
  }
  printf("],\"bytes\":%zu,\"callbacks\":%lu}\n", for_run.capacity, (unsigned long)trace.step_count);
  fclose(file);
  free(for_run.base);
  free(for_scenario.base);
  free(text);
  return 0;
}
