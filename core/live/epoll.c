#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "live_server.h"
#include "multiplexer/timer.h"

/* The kernel keeps the set: each socket is handed over once. Closing a socket takes it out. */
static bool add_all(live_server *s, int epoll, uint32_t how) {
  for (uint32_t i = 0; i < live_sockets(s); i++) {
    uint32_t write = live_is_watched(s, i) ? EPOLLOUT : 0;
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | write | how, .data.u32 = i};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, live_descriptor(s, i), &event) != 0) return false;
  }
  return true;
}

/* Reads what an edge-triggered socket has until a read would block: it is not told again. That last read belongs to the
 * step before it, as in the model. */
static void drain(live_server *s, uint32_t socket) {
  live_read_result result = LIVE_MESSAGE;
  while (result == LIVE_MESSAGE) {
    result = live_read(s, socket);
    if (live_is_something(result)) live_handle(s, socket, BELL_REASON_DRAIN);
  }
  live_belongs_to_last_step(s);
}

static void wait_and_serve(live_server *s, int epoll, struct epoll_event *events, bool drains) {
  while (live_goes_on(s)) {
    live_wait_begins(s);
    int ready = epoll_wait(epoll, events, (int)s->options.maxevents, -1);
    live_call_ended(s, 0);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return live_fail(s, "epoll_wait", errno);
    live_answered(s, (uint32_t)ready);
    for (int i = 0; i < ready; i++) {
      uint32_t socket = events[i].data.u32;
      bool is_unread = bell_timer_is_left_unread(s->scenario, s->trace->strategy, socket);
      if (live_serve(s, socket, events[i].events) == LIVE_MESSAGE && drains && !is_unread) drain(s, socket);
    }
  }
}

static void run(live_server *s, uint32_t how, bool drains) {
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event *events = calloc(s->options.maxevents, sizeof *events);
  if (epoll < 0 || events == NULL || !add_all(s, epoll, how)) {
    live_fail(s, "epoll", errno);
  } else {
    wait_and_serve(s, epoll, events, drains);
  }
  free(events);
  if (epoll >= 0) close(epoll);
}

void live_epoll(live_server *s) { run(s, 0, false); }
void live_epoll_et(live_server *s) { run(s, EPOLLET, !s->options.no_drain); }
