#include <errno.h>
#include <sys/select.h>

#include "live_server.h"

/* The set of the open sockets; returns the highest descriptor in it, at which the kernel's scan ends. */
static int fill(const live_server *s, fd_set *set) {
  int highest = -1;
  FD_ZERO(set);
  for (uint32_t i = 0; i < live_sockets(s); i++) {
    if (!live_is_open(s, i)) continue;
    FD_SET(live_descriptor(s, i), set);
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

/* The whole set is handed over at each wait, and comes back with what is ready. */
void live_select(live_server *s) {
  if (!all_fit(s)) {
    return live_fail(s, "select takes descriptors below 1024, of which some are open already; use poll", 0);
  }
  while (live_goes_on(s)) {
    fd_set set;
    int end = fill(s, &set) + 1;
    live_wait_begins(s);
    int ready = select(end, &set, NULL, NULL, NULL);
    live_call_ended(s, (uint32_t)end);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return live_fail(s, "select", errno);
    live_answered(s, (uint32_t)ready);
    for (uint32_t i = 0; i < live_sockets(s); i++) {
      if (live_is_open(s, i) && FD_ISSET(live_descriptor(s, i), &set)) live_serve(s, i, 0);
    }
  }
}
