#include "crowd.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static bool read_one(int descriptor) {
  char message;
  return read(descriptor, &message, 1) == 1;
}

/* ---- select ----------------------------------------------------------------------------------------------------- */

static bool prepare_select(crowd *c) { return c->sockets[c->count - 1] < FD_SETSIZE; }

static uint32_t wait_select(crowd *c, uint32_t ready) {
  (void)ready;
  FD_ZERO(&c->ready_set);
  for (uint32_t i = 0; i < c->count; i++) FD_SET(c->sockets[i], &c->ready_set);
  int found = select(c->sockets[c->count - 1] + 1, &c->ready_set, NULL, NULL, NULL);
  return found > 0 ? (uint32_t)found : 0;
}

static bool take_select(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) {
    if (FD_ISSET(c->sockets[i], &c->ready_set) && !read_one(c->sockets[i])) return false;
  }
  return true;
}

/* ---- poll ------------------------------------------------------------------------------------------------------- */

static bool prepare_poll(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) c->set[i] = (struct pollfd){.fd = c->sockets[i], .events = POLLIN};
  return true;
}

static uint32_t wait_poll(crowd *c, uint32_t ready) {
  (void)ready;
  int found = poll(c->set, c->count, -1);
  return found > 0 ? (uint32_t)found : 0;
}

static bool take_poll(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) {
    if (c->set[i].revents != 0 && !read_one(c->sockets[i])) return false;
  }
  return true;
}

/* ---- epoll ------------------------------------------------------------------------------------------------------ */

static bool prepare_epoll(crowd *c) {
  for (uint32_t i = 0; i < c->count; i++) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = c->sockets[i]};
    if (epoll_ctl(c->epoll, EPOLL_CTL_ADD, c->sockets[i], &event) != 0) return false;
  }
  return true;
}

static uint32_t wait_epoll(crowd *c, uint32_t ready) {
  (void)ready;
  int found = epoll_wait(c->epoll, c->events, CROWD_READY_MAX, -1);
  c->found = found > 0 ? (uint32_t)found : 0;
  return c->found;
}

static bool take_epoll(crowd *c) {
  for (uint32_t i = 0; i < c->found; i++) {
    if (!read_one(c->events[i].data.fd)) return false;
  }
  return true;
}

/* ---- io_uring --------------------------------------------------------------------------------------------------- */

static bool is_taken(crowd *c) {
  (void)c;
  return true;
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

/* The kernel has read the messages: the wait has the reads in it, and the handing over of the next ones. */
static uint32_t wait_io_uring(crowd *c, uint32_t ready) {
  if (io_uring_submit_and_wait(&c->ring, ready) < 0) return 0;
  struct io_uring_cqe *completions[CROWD_READY_MAX];
  uint32_t found = io_uring_peek_batch_cqe(&c->ring, completions, CROWD_READY_MAX);
  for (uint32_t i = 0; i < found; i++) {
    if (completions[i]->res != 1 || !ask(c, (uint32_t)io_uring_cqe_get_data64(completions[i]))) return 0;
  }
  io_uring_cq_advance(&c->ring, found);
  return found;
}
#endif

/* ---- read ------------------------------------------------------------------------------------------------------- */

static bool prepare_read(crowd *c) { return c->count == 1; }

static uint32_t wait_read(crowd *c, uint32_t ready) { return ready == 1 && read_one(c->sockets[0]) ? 1 : 0; }

const crowd_call crowd_read = {"read", false, prepare_read, wait_read, is_taken};

/* ----------------------------------------------------------------------------------------------------------------- */

const crowd_call crowd_calls[] = {
    {"select", false, prepare_select, wait_select, take_select},
    {"poll", false, prepare_poll, wait_poll, take_poll},
    {"epoll", true, prepare_epoll, wait_epoll, take_epoll},
#ifdef DOORBELL_LIBURING
    {"io_uring", true, prepare_io_uring, wait_io_uring, is_taken},
#endif
};
const uint32_t crowd_call_count = sizeof crowd_calls / sizeof *crowd_calls;

bool crowd_gather(crowd *c, uint32_t idle) {
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

void crowd_leave(crowd *c) {
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
