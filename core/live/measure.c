#include "measure.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

int64_t measure_now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a;
  int64_t right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

int64_t measure_median(int64_t *values, uint32_t count) {
  qsort(values, count, sizeof *values, ascending);
  return values[count / 2];
}

int64_t measure_clock_ns(void) {
  int64_t values[1001];
  for (uint32_t i = 0; i < 1001; i++) {
    int64_t before = measure_now_ns();
    values[i] = measure_now_ns() - before;
  }
  return measure_median(values, 1001);
}

void measure_print(FILE *out, const char *what, uint32_t count, int64_t value, const char *unit) {
  fprintf(out, "%s\t%lu\t%lld\t%s\n", what, (unsigned long)count, (long long)value, unit);
  fflush(out);
}

/* "model name : AMD EPYC" in /proc/cpuinfo; other processors than those of PCs may have none. */
static void print_processor(FILE *out) {
  char line[256];
  FILE *file = fopen("/proc/cpuinfo", "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    char *colon = strchr(line, ':');
    if (strncmp(line, "model name", 10) != 0 || colon == NULL) continue;
    fprintf(out, "%.*s, ", (int)strcspn(colon + 2, "\n"), colon + 2);
    break;
  }
  if (file != NULL) fclose(file);
}

static void print_machine(FILE *out) {
  struct utsname system = {0};
  uname(&system);
  fputs("# ", out);
  print_processor(out);
  fprintf(out, "%ld cores, %ld KiB of level 2 cache each, %s %s %s\n", sysconf(_SC_NPROCESSORS_ONLN),
          sysconf(_SC_LEVEL2_CACHE_SIZE) / 1024, system.sysname, system.release, system.machine);
}

void live_measure(FILE *out) {
  print_machine(out);
  fputs("what\tcount\tvalue\tunit\n", out);
  measure_waits(out);
  measure_threads(out);
  measure_calls(out);
}
