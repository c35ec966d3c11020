#include <errno.h>
#include <poll.h>
#include <sys/select.h>

#include "live_listener.h"

/* The sets of the open sockets; returns the highest descriptor in them, at which the kernel's scan ends. */
static int fill(const live_server *s, fd_set *set, fd_set *write) {
  int highest = -1;
  FD_ZERO(set);
  FD_ZERO(write);
  for (uint32_t i = 0; i < live_sockets(s); i++) {
    if (!live_is_open(s, i)) continue;
    FD_SET(live_descriptor(s, i), set);
    if (live_is_watched(s, i)) FD_SET(live_descriptor(s, i), write);
    if (live_descriptor(s, i) > highest) highest = live_descriptor(s, i);
  }
  return highest;
}

/* A set has no place for a descriptor of FD_SETSIZE and above: it would be written beside it. */
static bool all_fit(const live_server *s) {
  for (uint32_t i = 0; i < live_sockets(s); i++) {
    if (live_descriptor(s, i) >= FD_SETSIZE) return false;
  }
  return true;
}

static uint32_t reported_of(const live_server *s, uint32_t socket, const fd_set *set, const fd_set *write) {
  if (!live_is_open(s, socket)) return 0;
  int descriptor = live_descriptor(s, socket);
  return (FD_ISSET(descriptor, set) ? POLLIN : 0U) | (FD_ISSET(descriptor, write) ? POLLOUT : 0U);
}

/* The call itself counts a socket twice that is in both sets. */
static uint32_t count_ready(const live_server *s, const fd_set *set, const fd_set *write) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < live_sockets(s); i++) count += reported_of(s, i, set, write) != 0;
  return count;
}

/* The whole set is handed over at each wait, and comes back with what is ready. */
void live_select(live_server *s) {
  if (!all_fit(s)) {
    return live_fail(s, "select takes descriptors below 1024, of which some are open already; use poll", 0);
  }
  live_limit_descriptors(s);
  while (live_goes_on(s)) {
    fd_set set;
    fd_set write;
    int end = fill(s, &set, &write) + 1;
    live_wait_begins(s);
    struct timespec room;
    int ready = pselect(end, &set, &write, NULL, live_timeout(s, &room), NULL);
    live_call_ended(s, (uint32_t)end);
    if (ready < 0 && errno != EINTR) return live_fail(s, "select", errno);
    if (ready <= 0) {
      live_look_around(s, ready < 0 ? EINTR : 0, ready == 0);
      continue;
    }
    live_answered(s, count_ready(s, &set, &write));
    for (uint32_t i = 0; i < live_sockets(s); i++) {
      uint32_t reported = reported_of(s, i, &set, &write);
      if (reported != 0) live_serve(s, i, reported);
    }
    live_look_around(s, 0, false);
  }
}
