#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"
#include "thread_limit.h"

enum { THREADS = 1000 };

/* One thread a connection, asleep in read(2). */
typedef struct sleeper {
  pthread_t thread;
  int descriptor;
  int64_t asked_ns;
  int64_t began_ns;
} sleeper;

static void *sleep_in_read(void *context) {
  sleeper *s = context;
  s->began_ns = measure_now_ns();
  char message;
  return read(s->descriptor, &message, 1) == 0 ? NULL : context; /* 0: the other end was closed */
}

/* The number after `key` in a file of /proc, which counts in KiB; here in bytes. */
static int64_t proc_bytes(const char *path, const char *key) {
  char line[256];
  long long kib = 0;
  FILE *file = fopen(path, "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, key, strlen(key)) == 0) kib = strtoll(line + strlen(key), NULL, 10);
  }
  if (file != NULL) fclose(file);
  return kib * 1024;
}

static int64_t reserved_bytes(void) {
  pthread_attr_t defaults;
  size_t bytes = 0;
  pthread_attr_init(&defaults);
  pthread_attr_getstacksize(&defaults, &bytes);
  pthread_attr_destroy(&defaults);
  return (int64_t)bytes;
}

/* Starts them one after another; returns how many could be started. */
static uint32_t start(sleeper *sleepers, int descriptor) {
  for (uint32_t i = 0; i < THREADS; i++) {
    sleepers[i] = (sleeper){.descriptor = descriptor, .asked_ns = measure_now_ns()};
    if (pthread_create(&sleepers[i].thread, NULL, sleep_in_read, &sleepers[i]) != 0) return i;
    usleep(100); /* so that it has begun, and sleeps, before the next one */
  }
  return THREADS;
}

static int64_t start_ns(const sleeper *sleepers) {
  int64_t values[THREADS];
  for (uint32_t i = 0; i < THREADS; i++) values[i] = sleepers[i].began_ns - sleepers[i].asked_ns;
  return measure_median(values, THREADS);
}

bool measure_threads(FILE *out, char *problem, size_t size) {
  static sleeper sleepers[THREADS];
  int ends[2];
  if (pipe(ends) != 0) return true;
  memset(sleepers, 1, sizeof sleepers); /* so that their own pages are not counted as the threads' */
  int64_t resident = proc_bytes("/proc/self/status", "VmRSS:");
  int64_t kernel = proc_bytes("/proc/meminfo", "KernelStack:");
  uint32_t started = start(sleepers, ends[0]);
  resident = proc_bytes("/proc/self/status", "VmRSS:") - resident;
  kernel = proc_bytes("/proc/meminfo", "KernelStack:") - kernel;
  close(ends[1]);
  for (uint32_t i = 0; i < started; i++) pthread_join(sleepers[i].thread, NULL);
  close(ends[0]);
  if (started < THREADS) {
    snprintf(problem, size, "%d threads are measured together, and %s", THREADS, live_thread_limit());
    return false;
  }
  measure_print(out, "thread_start", THREADS, start_ns(sleepers), "ns");
  measure_print(out, "thread_resident", THREADS, resident / THREADS, "bytes");
  measure_print(out, "thread_kernel", THREADS, kernel / THREADS, "bytes");
  measure_print(out, "thread_reserved", THREADS, reserved_bytes(), "bytes");
  return true;
}
