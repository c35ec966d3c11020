#include "frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double frame_seconds(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void frame_fail(const char *what) {
  fprintf(stderr, "the benchmark: %s\n", what);
  exit(1);
}

bell_arena frame_arena(size_t bytes) {
  bell_arena arena = {.base = malloc(bytes), .capacity = bytes};
  if (arena.base == NULL) frame_fail("not enough memory");
  return arena;
}

static void tell(void *context, const bell_problem *problem) {
  (void)context;
  (void)problem;
  frame_fail("the scenario has mistakes");
}

bell_scenario frame_scenario(const char *path, bell_host host, bell_arena *arena, double *seconds) {
  FILE *file = path == NULL ? NULL : fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) frame_fail("name a file");
  size_t length = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(length);
  if (bytes == NULL || fread(bytes, 1, length, file) != length) frame_fail("the file cannot be read");
  fclose(file);

  double start = frame_seconds();
  bell_scenario_text text = bell_scenario_measure(bytes, length);
  *arena = frame_arena(bell_scenario_memory(text));
  bell_scenario scenario;
  bell_scenario_parse(&scenario, text, host, arena, (bell_report){.tell = tell});
  *seconds = frame_seconds() - start;
  free(bytes);
  return scenario;
}

void frame_print_runs(const char *name, int count, frame_run *run, const void *of, bell_arena *arena) {
  printf("\"%s\":[", name);
  for (int i = 0; i < count; i++) {
    double start = frame_seconds();
    arena->used = 0;
    if (!run(arena, of)) frame_fail("the run failed");
    printf("%s%.9f", i == 0 ? "" : ",", frame_seconds() - start);
  }
  printf("]");
}
