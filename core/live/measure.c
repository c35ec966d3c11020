#include "measure.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static int64_t read_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t measure_now_ns(void) { return read_ns(CLOCK_MONOTONIC); }
int64_t measure_thread_ns(void) { return read_ns(CLOCK_THREAD_CPUTIME_ID); }

static int ascending(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a;
  int64_t right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

int64_t measure_median(int64_t *values, uint32_t count) {
  qsort(values, count, sizeof *values, ascending);
  return values[count / 2];
}

int64_t measure_clock_ns(int64_t (*clock)(void)) {
  int64_t values[1001];
  for (uint32_t i = 0; i < 1001; i++) {
    int64_t before = clock();
    values[i] = clock() - before;
  }
  return measure_median(values, 1001);
}

void measure_print(FILE *out, const char *what, uint32_t count, int64_t value, const char *unit) {
  if (value <= 0) return;
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

/* As many open files as may be. */
static void raise_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

rlim_t measure_files_allowed(void) {
  struct rlimit limit = {0};
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

/* Threads that start from here on are on this core too. */
static void measure_on_one_core(FILE *out) {
  cpu_set_t before;
  cpu_set_t one;
  sched_getaffinity(0, sizeof before, &before);
  CPU_ZERO(&one);
  CPU_SET((size_t)sched_getcpu(), &one);
  sched_setaffinity(0, sizeof one, &one);
  measure_sleeping_waits(out);
  measure_context_switch(out);
  sched_setaffinity(0, sizeof before, &before);
}

bool live_measure(FILE *out, char *problem, size_t size) {
  raise_limit();
  if (measure_files_allowed() < MEASURE_FILES_MIN) {
    snprintf(problem, size, "measuring needs %d open files and %lu are allowed; raise the limit first: ulimit -n %d",
             MEASURE_FILES_MIN, (unsigned long)measure_files_allowed(), MEASURE_FILES_MIN);
    return false;
  }
  print_machine(out);
  fputs("what\tcount\tvalue\tunit\n", out);
  measure_waits(out);
  measure_calls(out);
  measure_on_one_core(out);
  return measure_threads(out, problem, size);
}
