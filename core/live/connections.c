#include "connections.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
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

/* To that number, which must be free. */
static bool move_to(int *descriptor, int number) {
  bool is_free = move(descriptor, number) && *descriptor == number;
  if (!is_free) errno = EBUSY;
  return is_free;
}

/* Nothing sends to a timer: the kernel's clock does. It is set when the run begins. */
static bool open_timer(live_connection *connection, live_manner manner) {
  connection->server = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | (manner.blocking ? 0 : TFD_NONBLOCK));
  return connection->server >= 0;
}

/* The worker writes to it. */
static bool open_eventfd(live_connection *connection) {
  connection->server = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return connection->server >= 0;
}

/* Its peer waits for no room. */
static bool open_pipe(live_connection *connection, live_manner manner, int lowest_peer) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  connection->server = ends[0];
  connection->peer = ends[1];
  return move(&connection->peer, lowest_peer) && fcntl(connection->peer, F_SETFL, O_NONBLOCK) == 0 &&
         (manner.blocking || fcntl(connection->server, F_SETFL, O_NONBLOCK) == 0);
}

/* Nobody else knows its name. */
static bool open_file(live_connection *connection, live_manner manner) {
  char name[] = "/tmp/doorbell-XXXXXX";
  connection->server = mkostemp(name, O_CLOEXEC);
  if (connection->server < 0 || unlink(name) != 0) return false;
  for (uint32_t i = 0; i < connection->records; i++) {
    live_record record = {.sequence = i};
    if (write(connection->server, &record, sizeof record) != sizeof record) return false;
  }
  return lseek(connection->server, 0, SEEK_SET) == 0 &&
         (manner.blocking || fcntl(connection->server, F_SETFL, O_NONBLOCK) == 0);
}

/* An address that the kernel chooses: unix(7), "autobind feature"; ip(7), port 0. */
static bool open_listener(live_connection *connection, live_manner manner) {
  struct sockaddr_in tcp = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr local = {.sa_family = AF_UNIX};
  int kind = SOCK_STREAM | SOCK_CLOEXEC | (manner.blocking ? 0 : SOCK_NONBLOCK);
  connection->server = socket(manner.tcp ? AF_INET : AF_UNIX, kind, 0);
  if (connection->server < 0) return false;
  int bound = manner.tcp ? bind(connection->server, (struct sockaddr *)&tcp, sizeof tcp)
                         : bind(connection->server, &local, sizeof local.sa_family);
  return bound == 0 && listen(connection->server, SOMAXCONN) == 0;
}

bool live_connect_to(const live_connection *listener, int client) {
  union {
    struct sockaddr any;
    struct sockaddr_in tcp;
    struct sockaddr_un local;
  } address;
  socklen_t length = sizeof address;
  return getsockname(listener->server, &address.any, &length) == 0 && connect(client, &address.any, length) == 0;
}

int live_open_client(live_manner manner, int lowest) {
  int client = socket(manner.tcp ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (client < 0 || move(&client, lowest)) return client;
  close_one(&client);
  return -1;
}

static bool open_one(live_connection *connection, live_manner manner, int lowest_peer) {
  int ends[2];
  if (connection->is_worker) return open_eventfd(connection);
  if (connection->is_timer) return open_timer(connection, manner);
  if (connection->is_listener) return open_listener(connection, manner);
  if (connection->is_pipe) return open_pipe(connection, manner, lowest_peer);
  if (connection->is_file) return open_file(connection, manner);
  if (!(manner.tcp ? open_tcp(ends) : open_pair(ends))) return false;
  connection->server = ends[0];
  connection->peer = ends[1];
  /* The listener of TCP had the lowest descriptor, which is free again. */
  if (manner.tcp && !move(&connection->server, 0)) return false;
  if (!move(&connection->peer, lowest_peer)) return false;
  if (connection->number > 0 && !move_to(&connection->server, connection->number)) return false;
  return manner.blocking || fcntl(connection->server, F_SETFL, O_NONBLOCK) == 0;
}

uint32_t live_lowest_peer(uint32_t connections, live_manner manner) {
  uint32_t low = connections + manner.clients + OTHERS;
  return low > manner.highest ? low : manner.highest + 1;
}

ssize_t live_send(const live_connection *connection, const void *bytes, size_t count) {
  if (connection->is_pipe) return write(connection->peer, bytes, count);
  return send(connection->peer, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void live_wake(const live_connection *connection) {
  if (connection->is_pipe) live_send(connection, "", 1); /* one that is full has something to read */
  else shutdown(connection->is_listener ? connection->server : connection->peer, SHUT_RDWR);
}

bool live_connect(live_connection *connections, uint32_t count, live_manner manner, char *problem, size_t size) {
  for (uint32_t i = 0; i < count; i++) connections[i].server = connections[i].peer = -1;
  if (!allow(live_lowest_peer(count, manner) + count + manner.clients, problem, size)) return false;
  for (uint32_t i = 0; i < count; i++) {
    if (open_one(&connections[i], manner, (int)live_lowest_peer(count, manner))) continue;
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
