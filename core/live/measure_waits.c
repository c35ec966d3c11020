#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

#include "crowd.h"
#include "measure.h"

enum { REPEATS_MAX = 1001, REPEATS_MIN = 9, CROWDS = 5, ANSWERS_IDLE = 1000 };

static const int64_t crowd_ns = 100000000, crowd_longest_ns = 1000000000; /* with enough laps; with too few */

static const uint32_t counts[] = {10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000, 300000, 1000000};

/* What a wait took. */
typedef struct lap {
  int64_t at_once_ns; /* the message was there: the whole wait */
  int64_t asleep_ns;  /* the wait slept: the processor's time in it, */
  int64_t woken_ns;   /* and the time from the message's being sent until it returned */
} lap;

typedef enum outcome { TAKEN, NOT_ASLEEP, WRONG } outcome;

/* ---- a wait that finds its messages at once ---------------------------------------------------------------------- */

/* It finds `ready` sockets: the last one, and every other before it. */
static outcome find_at_once(crowd *c, const crowd_call *call, uint32_t ready, lap *l) {
  for (uint32_t i = 0; i < ready; i++) {
    if (write(crowd_door(c, i), "x", 1) != 1) return WRONG;
  }
  int64_t before_ns = measure_thread_ns();
  uint32_t found = call->wait(c, ready);
  l->at_once_ns = measure_thread_ns() - before_ns;
  return found == ready && call->take(c) ? TAKEN : WRONG;
}

/* ---- a wait that sleeps ------------------------------------------------------------------------------------------ */

/* A second thread, on the same core, which sends a message each time that it is asked to. It runs when the one that
 * waits is asleep: a thread of SCHED_BATCH does not push another aside when it wakes up, sched(7). */
typedef struct sender {
  pthread_t thread;
  int asked[2]; /* a pipe */
  int door;
  _Atomic int64_t sent_ns; /* just before the last message */
} sender;

static void *send_when_asked(void *context) {
  sender *s = context;
  sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0});
  for (char word; read(s->asked[0], &word, 1) == 1;) {
    atomic_store(&s->sent_ns, measure_now_ns());
    if (write(s->door, "x", 1) != 1) break;
  }
  return NULL;
}

static long times_asleep(void) {
  struct rusage usage;
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

/* The kernel counts how often a thread went to sleep by itself: so a wait that did not is known. */
static outcome sleep_until_sent(crowd *c, const crowd_call *call, sender *s, lap *l) {
  if (write(s->asked[1], "x", 1) != 1) return WRONG;
  long before = times_asleep();
  int64_t before_ns = measure_thread_ns();
  uint32_t found = call->wait(c, 1);
  int64_t now_ns = measure_now_ns();
  l->asleep_ns = measure_thread_ns() - before_ns;
  l->woken_ns = now_ns - atomic_load(&s->sent_ns);
  if (found != 1 || !call->take(c)) return WRONG;
  return times_asleep() > before ? TAKEN : NOT_ASLEEP;
}

static bool start_sender(sender *s, const crowd *c) {
  s->door = crowd_door(c, 0);
  if (pipe(s->asked) != 0) return false;
  if (pthread_create(&s->thread, NULL, send_when_asked, s) == 0) return true;
  close(s->asked[0]);
  close(s->asked[1]);
  return false;
}

static void end_sender(sender *s) {
  close(s->asked[1]);
  pthread_join(s->thread, NULL);
  close(s->asked[0]);
}

/* ---- medians ----------------------------------------------------------------------------------------------------- */

/* Some hundred waits of one crowd, at once (`s` is NULL) or asleep. Returns how many; 0 when something went wrong. */
static uint32_t wait_again_and_again(crowd *c, const crowd_call *call, uint32_t ready, sender *s, lap *laps) {
  uint32_t count = 0;
  int64_t start_ns = measure_now_ns();
  while (count < REPEATS_MAX && measure_now_ns() < start_ns + (count < REPEATS_MIN ? crowd_longest_ns : crowd_ns)) {
    lap *l = &laps[count];
    outcome o = s == NULL ? find_at_once(c, call, ready, l) : sleep_until_sent(c, call, s, l);
    if (o == WRONG) return 0;
    if (o == TAKEN) count++;
  }
  return count;
}

/* The median of each of a lap's times. */
static lap median_of(const lap *laps, uint32_t count) {
  static int64_t values[3][REPEATS_MAX];
  for (uint32_t i = 0; i < count; i++) {
    values[0][i] = laps[i].at_once_ns;
    values[1][i] = laps[i].asleep_ns;
    values[2][i] = laps[i].woken_ns;
  }
  return (lap){measure_median(values[0], count), measure_median(values[1], count), measure_median(values[2], count)};
}

/* The median laps of one crowd. False when there are not so many, or it cannot be measured. */
static bool measure_crowd(const crowd_call *call, uint32_t idle, uint32_t ready, bool asleep, lap *median) {
  static lap laps[REPEATS_MAX];
  crowd c;
  sender s;
  uint32_t count = 0;
  if (crowd_gather(&c, idle) && call->prepare(&c) && (!asleep || start_sender(&s, &c))) {
    count = wait_again_and_again(&c, call, ready, asleep ? &s : NULL, laps);
    if (asleep) end_sender(&s);
  }
  crowd_leave(&c);
  if (count > 0) *median = median_of(laps, count);
  return count > 0;
}

/* Where its sockets come to lie in memory makes one crowd slower than another: the median of some. */
static bool measure_crowds(const crowd_call *call, uint32_t idle, uint32_t ready, bool asleep, lap *median) {
  lap medians[CROWDS];
  for (uint32_t i = 0; i < CROWDS; i++) {
    if (!measure_crowd(call, idle, ready, asleep, &medians[i])) return false;
  }
  *median = median_of(medians, CROWDS);
  return true;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void print_row(FILE *out, const crowd_call *call, const char *of, uint32_t count, int64_t ns) {
  char what[32];
  snprintf(what, sizeof what, "%s%s", call->name, of);
  measure_print(out, what, count, ns, "ns");
}

static void print_at_once(FILE *out, const crowd_call *call, uint32_t idle) {
  lap l;
  if (!measure_crowds(call, idle, 1, false, &l)) return;
  print_row(out, call, "", idle, l.at_once_ns - measure_clock_ns(measure_thread_ns));
}

static void print_asleep(FILE *out, const crowd_call *call, uint32_t idle) {
  lap l;
  if (!measure_crowds(call, idle, 1, true, &l)) return;
  print_row(out, call, "_asleep", idle, l.asleep_ns - measure_clock_ns(measure_thread_ns));
  print_row(out, call, "_woken", idle, l.woken_ns - measure_clock_ns(measure_now_ns));
}

/* What each further socket costs that the same wake-up finds; where the whole set is the answer, nothing. */
static void print_answer(FILE *out, const crowd_call *call) {
  lap one;
  lap all;
  if (!measure_crowds(call, ANSWERS_IDLE, 1, false, &one)) return;
  if (!measure_crowds(call, ANSWERS_IDLE, CROWD_READY_MAX, false, &all)) return;
  print_row(out, call, "_answer", CROWD_READY_MAX, (all.at_once_ns - one.at_once_ns) / (CROWD_READY_MAX - 1));
}

static void each_count(FILE *out, const crowd_call *call, void (*print)(FILE *, const crowd_call *, uint32_t)) {
  rlim_t allowed = measure_files_allowed();
  for (size_t i = 0; i < sizeof counts / sizeof *counts && counts[i] + MEASURE_OTHER_FILES <= allowed; i++) {
    print(out, call, counts[i]);
  }
}

void measure_waits(FILE *out) {
  for (uint32_t k = 0; k < crowd_call_count; k++) {
    each_count(out, &crowd_calls[k], print_at_once);
    if (crowd_calls[k].answers_one_by_one) print_answer(out, &crowd_calls[k]);
  }
}

void measure_sleeping_waits(FILE *out) {
  for (uint32_t k = 0; k < crowd_call_count; k++) each_count(out, &crowd_calls[k], print_asleep);
  print_asleep(out, &crowd_read, 0);
}
