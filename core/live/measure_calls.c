#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "measure.h"

enum { ROUNDS = 501, CALLS = 1000, READS = 2001, SWITCHES = 1001 };

static int64_t system_call_ns(void) {
  int64_t values[ROUNDS];
  for (uint32_t r = 0; r < ROUNDS; r++) {
    int64_t before = measure_now_ns();
    for (uint32_t i = 0; i < CALLS; i++) syscall(SYS_getppid);
    values[r] = (measure_now_ns() - before) / CALLS;
  }
  return measure_median(values, ROUNDS);
}

/* A read of a message of one byte that is there, or of nothing. */
static int64_t read_ns(const int *ends, bool in_vain) {
  int64_t values[READS];
  char message = 'x';
  for (uint32_t i = 0; i < READS; i++) {
    if (!in_vain && write(ends[1], &message, 1) != 1) return 0;
    int64_t before = measure_now_ns();
    if (read(ends[0], &message, 1) != (in_vain ? -1 : 1)) return 0;
    values[i] = measure_now_ns() - before;
  }
  return measure_median(values, READS) - measure_clock_ns(measure_now_ns);
}

static void measure_reads(FILE *out) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0) return;
  measure_print(out, "read", 1, read_ns(ends, false), "ns");
  measure_print(out, "read_in_vain", 1, read_ns(ends, true), "ns");
  close(ends[0]);
  close(ends[1]);
}

/* Two threads on one core, each of which lets the other go on and sleeps until it may itself. */
typedef struct table_tennis {
  int there[2];
  int back[2];
} table_tennis;

static void *send_back(void *context) {
  const table_tennis *t = context;
  char ball;
  while (read(t->there[0], &ball, 1) == 1 && write(t->back[1], &ball, 1) == 1) {
  }
  return NULL;
}

static int64_t round_trip_ns(const table_tennis *t) {
  int64_t values[SWITCHES];
  char ball = 'o';
  for (uint32_t i = 0; i < SWITCHES; i++) {
    int64_t before = measure_now_ns();
    if (write(t->there[1], &ball, 1) != 1 || read(t->back[0], &ball, 1) != 1) return 0;
    values[i] = measure_now_ns() - before;
  }
  return measure_median(values, SWITCHES) - measure_clock_ns(measure_now_ns);
}

static int64_t context_switch_ns(void) {
  table_tennis t;
  pthread_t other;
  if (pipe(t.there) != 0 || pipe(t.back) != 0 || pthread_create(&other, NULL, send_back, &t) != 0) return 0;
  int64_t ns = round_trip_ns(&t) / 2;
  close(t.there[1]);
  pthread_join(other, NULL);
  close(t.there[0]);
  close(t.back[0]);
  close(t.back[1]);
  return ns;
}

void measure_calls(FILE *out) {
  measure_print(out, "system_call", 1, system_call_ns(), "ns");
  measure_reads(out);
}

void measure_context_switch(FILE *out) { measure_print(out, "context_switch", 1, context_switch_ns(), "ns"); }
