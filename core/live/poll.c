#include <errno.h>
#include <poll.h>
#include <stdlib.h>

#include "live_listener.h"

/* The whole set is handed over at each wait; the answers stand in its order. poll(2) passes over a descriptor below 0,
 * which is what a closed socket has. */
static void wait_and_serve(live_server *s, struct pollfd *set) {
  while (live_goes_on(s)) {
    uint32_t count = live_sockets(s);
    for (uint32_t i = 0; i < count; i++) {
      short write = live_is_watched(s, i) ? POLLOUT : 0;
      set[i] = (struct pollfd){.fd = live_descriptor(s, i), .events = (short)(POLLIN | POLLRDHUP | write)};
    }
    live_wait_begins(s);
    struct timespec room;
    int ready = ppoll(set, count, live_timeout(s, &room), NULL);
    live_call_ended(s, atomic_load(s->open) + atomic_load(s->spinning));
    if (ready < 0 && errno != EINTR) return live_fail(s, "poll", errno);
    if (ready <= 0) {
      live_look_around(s, ready < 0 ? EINTR : 0, ready == 0);
      continue;
    }
    live_answered(s, (uint32_t)ready);
    for (uint32_t i = 0; i < count; i++) {
      if (set[i].revents != 0) live_serve(s, i, (uint32_t)set[i].revents);
    }
    live_look_around(s, 0, false);
  }
}

void live_poll(live_server *s) {
  struct pollfd *set = calloc(live_sockets(s) + 1, sizeof *set);
  if (set == NULL) return live_fail(s, "poll", ENOMEM);
  live_limit_descriptors(s);
  wait_and_serve(s, set);
  free(set);
}
