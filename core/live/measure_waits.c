#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"

#ifdef DOORBELL_LIBURING
#include <liburing.h>
#endif

enum { REPEATS_MAX = 1001, CROWDS = 5, CROWD_NS = 100000000, OTHERS = 16, READY_MAX = 64, ANSWERS_IDLE = 1000 };

static const uint32_t counts[] = {10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000, 300000, 1000000};

/* Sockets in pairs, 0 with 1, 2 with 3, ...: what is written to one makes the other ready. The last is not waited for,
 * so that the one before it can be made ready from there. */
typedef struct crowd {
  int *sockets;
  uint32_t count; /* that are waited for: all but the last */
  int epoll;
  struct pollfd *set;
#ifdef DOORBELL_LIBURING
  struct io_uring ring;
  char *inbox; /* a byte for each socket; NULL: there is no ring */
#endif
} crowd;

/* ---- the calls: each waits until `ready` sockets have a message, and reads them ------------------------------------ */

static bool read_one(int descriptor) {
  char message;
  return read(descriptor, &message, 1) == 1;
}

static bool prepare_select(crowd *c) { return c->sockets[c->count - 1] < FD_SETSIZE; }

static int64_t wait_select(crowd *c, uint32_t ready) {
  int64_t before = measure_now_ns();
  fd_set set;
  FD_ZERO(&set);
  for (uint32_t i = 0; i < c->count; i++) FD_SET(c->sockets[i], &set);
  int found = select(c->sockets[c->count - 1] + 1, &set, NULL, NULL, NULL);
  int64_t after = measure_now_ns();
  for (uint32_t i = 0; i < c->count; i++) {
    if (FD_ISSET(c->sockets[i], &set) && !read_one(c->sockets[i])) return 0;
  }
  return found == (int)ready ? after - before : 0;
}

static bool prepare_poll(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) c->set[i] = (struct pollfd){.fd = c->sockets[i], .events = POLLIN};
  return true;
}

static int64_t wait_poll(crowd *c, uint32_t ready) {
  int64_t before = measure_now_ns();
  int found = poll(c->set, c->count, -1);
  int64_t after = measure_now_ns();
  for (uint32_t i = 0; i < c->count; i++) {
    if (c->set[i].revents != 0 && !read_one(c->sockets[i])) return 0;
  }
  return found == (int)ready ? after - before : 0;
}

static bool prepare_epoll(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = c->sockets[i]};
    if (epoll_ctl(c->epoll, EPOLL_CTL_ADD, c->sockets[i], &event) != 0) return false;
  }
  return true;
}

static int64_t wait_epoll(crowd *c, uint32_t ready) {
  struct epoll_event events[READY_MAX];
  int64_t before = measure_now_ns();
  int found = epoll_wait(c->epoll, events, READY_MAX, -1);
  int64_t after = measure_now_ns();
  for (int i = 0; i < found; i++) {
    if (!read_one(events[i].data.fd)) return 0;
  }
  return found == (int)ready ? after - before : 0;
}

#ifdef DOORBELL_LIBURING
enum { ENTRIES = 256 }; /* reads that are handed over in one call */

/* A read of the socket, to be handed over with the next call. */
static bool ask(crowd *c, uint32_t socket) {
  struct io_uring_sqe *entry = io_uring_get_sqe(&c->ring);
  if (entry == NULL && io_uring_submit(&c->ring) > 0) entry = io_uring_get_sqe(&c->ring);
  if (entry == NULL) return false;
  io_uring_prep_recv(entry, c->sockets[socket], c->inbox + socket, 1, 0);
  io_uring_sqe_set_data64(entry, socket);
  return true;
}

static bool prepare_io_uring(crowd *c) {
  char *inbox = calloc(c->count, 1);
  if (inbox == NULL || io_uring_queue_init(ENTRIES, &c->ring, 0) != 0) {
    free(inbox);
    return false;
  }
  c->inbox = inbox;
  for (uint32_t i = 0; i < c->count; i++) {
    if (!ask(c, i)) return false;
  }
  return io_uring_submit(&c->ring) >= 0;
}

/* A completion carries the data: the time has the read in it, and the handing over of the next one. */
static int64_t wait_io_uring(crowd *c, uint32_t ready) {
  int64_t before = measure_now_ns();
  if (io_uring_submit_and_wait(&c->ring, ready) < 0) return 0;
  struct io_uring_cqe *completions[READY_MAX];
  uint32_t found = io_uring_peek_batch_cqe(&c->ring, completions, READY_MAX);
  for (uint32_t i = 0; i < found; i++) {
    if (completions[i]->res != 1 || !ask(c, (uint32_t)io_uring_cqe_get_data64(completions[i]))) return 0;
  }
  io_uring_cq_advance(&c->ring, found);
  return found == ready ? measure_now_ns() - before : 0;
}
#endif

static const struct call {
  const char *name;
  const char *answer;        /* its row for further answers; NULL where the whole set is the answer, ready or not */
  bool (*prepare)(crowd *c); /* false: not such a crowd, or not here */
  int64_t (*wait)(crowd *c, uint32_t ready); /* the nanoseconds; 0 when it went wrong */
} calls[] = {
    {"select", NULL, prepare_select, wait_select},
    {"poll", NULL, prepare_poll, wait_poll},
    {"epoll", "epoll_answer", prepare_epoll, wait_epoll},
#ifdef DOORBELL_LIBURING
    {"io_uring", "io_uring_answer", prepare_io_uring, wait_io_uring},
#endif
};

/* ---- the crowd -------------------------------------------------------------------------------------------------- */

static void leave(crowd *c) {
#ifdef DOORBELL_LIBURING
  if (c->inbox != NULL) io_uring_queue_exit(&c->ring);
  free(c->inbox);
#endif
  for (uint32_t i = 0; c->sockets != NULL && i <= c->count; i++) {
    if (c->sockets[i] >= 0) close(c->sockets[i]);
  }
  if (c->epoll >= 0) close(c->epoll);
  free(c->sockets);
  free(c->set);
}

/* `idle` is even. False when not so many may be open. */
static bool gather(crowd *c, uint32_t idle) {
  *c = (crowd){.count = idle + 1, .epoll = epoll_create1(0)};
  c->sockets = calloc(idle + 2, sizeof *c->sockets);
  c->set = calloc(idle + 1, sizeof *c->set);
  if (c->epoll < 0 || c->sockets == NULL || c->set == NULL) return false;
  for (uint32_t i = 0; i <= c->count; i++) c->sockets[i] = -1;
  for (uint32_t i = 0; i <= c->count; i += 2) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, c->sockets + i) != 0) return false;
  }
  return true;
}

/* ---- measuring -------------------------------------------------------------------------------------------------- */

/* A wake-up that finds `ready` sockets: the last one, and every other before it. */
static int64_t wake_up_ns(crowd *c, const struct call *call, uint32_t ready) {
  static int64_t values[REPEATS_MAX];
  uint32_t repeats = 0;
  int64_t end = measure_now_ns() + CROWD_NS;
  while (repeats < REPEATS_MAX && measure_now_ns() < end) {
    for (uint32_t i = 0; i < ready; i++) {
      if (write(c->sockets[c->count - 2 * i], "x", 1) != 1) return 0;
    }
    values[repeats] = call->wait(c, ready);
    if (values[repeats++] == 0) return 0;
  }
  return measure_median(values, repeats);
}

/* What a wake-up in one crowd costs. 0 when there are not so many sockets, or it cannot be measured. */
static int64_t crowd_ns(const struct call *call, uint32_t idle, uint32_t ready) {
  crowd c;
  int64_t ns = gather(&c, idle) && call->prepare(&c) ? wake_up_ns(&c, call, ready) : 0;
  leave(&c);
  return ns;
}

/* Where its sockets come to lie in memory makes one crowd slower than another: the median of some. */
static int64_t median_ns(const struct call *call, uint32_t idle, uint32_t ready) {
  int64_t values[CROWDS];
  for (uint32_t i = 0; i < CROWDS; i++) {
    values[i] = crowd_ns(call, idle, ready);
    if (values[i] <= 0) return 0;
  }
  return measure_median(values, CROWDS);
}

static void measure_point(FILE *out, const struct call *call, uint32_t idle) {
  int64_t ns = median_ns(call, idle, 1);
  if (ns > 0) measure_print(out, call->name, idle, ns - measure_clock_ns(), "ns");
}

/* What each further socket costs that the same wake-up finds; where the whole set is the answer, nothing. */
static void measure_answer(FILE *out, const struct call *call) {
  int64_t one_ns = median_ns(call, ANSWERS_IDLE, 1);
  int64_t all_ns = median_ns(call, ANSWERS_IDLE, READY_MAX);
  if (one_ns > 0 && all_ns > one_ns) {
    measure_print(out, call->answer, READY_MAX, (all_ns - one_ns) / (READY_MAX - 1), "ns");
  }
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
    if (calls[k].answer != NULL) measure_answer(out, &calls[k]);
  }
}
