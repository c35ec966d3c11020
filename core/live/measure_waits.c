#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"

enum { REPEATS_MAX = 1001, CROWDS = 5, CROWD_NS = 100000000, OTHERS = 16 };

static const uint32_t counts[] = {10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000, 300000, 1000000};

/* `count` idle sockets and, last, one that gets a message from `writer`. */
typedef struct crowd {
  int *sockets;
  uint32_t count; /* with the last one */
  int writer;
  int epoll;
  struct pollfd *set;
} crowd;

/* ---- the calls -------------------------------------------------------------------------------------------------- */

static void prepare_select(crowd *c) { (void)c; }

static int wait_select(crowd *c) {
  fd_set set;
  FD_ZERO(&set);
  for (uint32_t i = 0; i < c->count; i++) FD_SET(c->sockets[i], &set);
  return select(c->sockets[c->count - 1] + 1, &set, NULL, NULL, NULL);
}

static void prepare_poll(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) c->set[i] = (struct pollfd){.fd = c->sockets[i], .events = POLLIN};
}

static int wait_poll(crowd *c) { return poll(c->set, c->count, -1); }

static void prepare_epoll(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) {
    struct epoll_event event = {.events = EPOLLIN};
    epoll_ctl(c->epoll, EPOLL_CTL_ADD, c->sockets[i], &event);
  }
}

static int wait_epoll(crowd *c) {
  struct epoll_event events[64];
  return epoll_wait(c->epoll, events, 64, -1);
}

static const struct call {
  const char *name;
  void (*prepare)(crowd *c);
  int (*wait)(crowd *c);
} calls[] = {
    {"select", prepare_select, wait_select}, {"poll", prepare_poll, wait_poll}, {"epoll", prepare_epoll, wait_epoll}};

/* ---- the crowd -------------------------------------------------------------------------------------------------- */

static void leave(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) {
    if (c->sockets[i] >= 0) close(c->sockets[i]);
  }
  if (c->writer >= 0) close(c->writer);
  if (c->epoll >= 0) close(c->epoll);
  free(c->sockets);
  free(c->set);
}

/* Both ends of a pair are idle sockets. False when not so many may be open. */
static bool gather(crowd *c, uint32_t idle) {
  *c = (crowd){.count = idle + 1, .writer = -1, .epoll = -1};
  c->sockets = calloc(c->count, sizeof *c->sockets);
  c->set = calloc(c->count, sizeof *c->set);
  if (c->sockets == NULL || c->set == NULL) {
    c->count = 0;
    return false;
  }
  for (uint32_t i = 0; i < c->count; i++) c->sockets[i] = -1;
  for (uint32_t i = 0; i + 1 < c->count; i += 2) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, c->sockets + i) != 0) return false;
  }
  int active[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, active) != 0) return false;
  c->sockets[idle] = active[0];
  c->writer = active[1];
  c->epoll = epoll_create1(0);
  return c->epoll >= 0;
}

/* ---- measuring -------------------------------------------------------------------------------------------------- */

static int64_t wake_up_ns(crowd *c, int (*wait)(crowd *)) {
  static int64_t values[REPEATS_MAX];
  uint32_t repeats = 0;
  char message = 'x';
  int64_t end = measure_now_ns() + CROWD_NS;
  while (repeats < REPEATS_MAX && measure_now_ns() < end) {
    if (write(c->writer, &message, 1) != 1) return 0;
    int64_t before = measure_now_ns();
    if (wait(c) != 1) return 0;
    values[repeats++] = measure_now_ns() - before;
    if (read(c->sockets[c->count - 1], &message, 1) != 1) return 0;
  }
  return measure_median(values, repeats);
}

/* Of one crowd. 0 when there are not so many, or it cannot be measured. */
static int64_t crowd_ns(const struct call *call, uint32_t idle) {
  crowd c;
  int64_t ns = 0;
  bool all_here = gather(&c, idle);
  bool too_high = all_here && call->wait == wait_select && c.sockets[idle] >= FD_SETSIZE;
  if (all_here && !too_high) {
    call->prepare(&c);
    ns = wake_up_ns(&c, call->wait);
  }
  leave(&c);
  return ns;
}

/* Where its sockets come to lie in memory makes one crowd slower than another: the median of some. */
static void measure_point(FILE *out, const struct call *call, uint32_t idle) {
  int64_t values[CROWDS];
  for (uint32_t i = 0; i < CROWDS; i++) {
    values[i] = crowd_ns(call, idle);
    if (values[i] <= 0) return;
  }
  measure_print(out, call->name, idle, measure_median(values, CROWDS) - measure_clock_ns(), "ns");
}

/* As many open files as may be; returns how many. */
static rlim_t raise_limit(void) {
  struct rlimit limit = {0};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

void measure_waits(FILE *out) {
  rlim_t allowed = raise_limit();
  for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
    for (size_t i = 0; i < sizeof counts / sizeof *counts && counts[i] + OTHERS <= allowed; i++) {
      measure_point(out, &calls[k], counts[i]);
    }
  }
}
