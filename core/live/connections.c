#include "connections.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* Descriptors besides the connections': the standard three, what the caller has open, epoll's or io_uring's own. */
enum { OTHERS = 32 };

static void close_one(int *descriptor) {
  if (*descriptor >= 0) close(*descriptor);
  *descriptor = -1;
}

/* Allows as many open files as the hard limit does. */
static bool allow(uint32_t needed, char *problem, size_t size) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return true;
  limit.rlim_cur = limit.rlim_max;
  if (limit.rlim_max >= needed && setrlimit(RLIMIT_NOFILE, &limit) == 0) return true;
  snprintf(problem, size, "this needs %lu open files and %lu are allowed; raise the limit first: ulimit -n %lu",
           (unsigned long)needed, (unsigned long)limit.rlim_max, (unsigned long)needed);
  return false;
}

static bool open_pair(int *ends) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0; }

/* A TCP connection to ourselves. Small messages are sent at once: nothing is gained by collecting them (Nagle). */
static bool open_tcp(int *ends) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int on = 1;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ends[0] = ends[1] = -1;
  bool good = listener >= 0 && bind(listener, (struct sockaddr *)&address, length) == 0 && listen(listener, 1) == 0 &&
              getsockname(listener, (struct sockaddr *)&address, &length) == 0 &&
              (ends[1] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) >= 0 &&
              connect(ends[1], (struct sockaddr *)&address, length) == 0 &&
              (ends[0] = accept(listener, NULL, NULL)) >= 0 &&
              setsockopt(ends[1], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0;
  int why = errno;
  close_one(&listener);
  if (!good) close_one(&ends[0]);
  if (!good) close_one(&ends[1]);
  errno = why;
  return good;
}

/* Moves a descriptor to `lowest` or above. */
static bool move(int *descriptor, int lowest) {
  int moved = fcntl(*descriptor, F_DUPFD_CLOEXEC, lowest);
  if (moved < 0) return false;
  close(*descriptor);
  *descriptor = moved;
  return true;
}

/* Nothing sends to a timer: the kernel's clock does. It is set when the run begins. */
static bool open_timer(live_connection *connection, live_manner manner) {
  connection->server = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | (manner.blocking ? 0 : TFD_NONBLOCK));
  return connection->server >= 0;
}

static bool open_one(live_connection *connection, live_manner manner, int lowest_peer) {
  int ends[2];
  if (connection->is_timer) return open_timer(connection, manner);
  if (!(manner.tcp ? open_tcp(ends) : open_pair(ends))) return false;
  connection->server = ends[0];
  connection->peer = ends[1];
  /* The listener of TCP had the lowest descriptor, which is free again. */
  if (manner.tcp && !move(&connection->server, 0)) return false;
  if (!move(&connection->peer, lowest_peer)) return false;
  return manner.blocking || fcntl(connection->server, F_SETFL, O_NONBLOCK) == 0;
}

bool live_connect(live_connection *connections, uint32_t count, live_manner manner, char *problem, size_t size) {
  for (uint32_t i = 0; i < count; i++) connections[i].server = connections[i].peer = -1;
  if (!allow(2 * count + OTHERS, problem, size)) return false;
  for (uint32_t i = 0; i < count; i++) {
    if (open_one(&connections[i], manner, (int)(count + OTHERS))) continue;
    snprintf(problem, size, "connection %lu of %lu could not be opened: %s", i + 1UL, (unsigned long)count,
             strerror(errno));
    live_disconnect(connections, count);
    return false;
  }
  return true;
}

void live_disconnect(live_connection *connections, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    close_one(&connections[i].server);
    close_one(&connections[i].peer);
  }
}
