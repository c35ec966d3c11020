#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "live_listener.h"
#include "multiplexer/timer.h"

/* The kernel's set, and how its sockets are watched: edge-triggered, or not. */
typedef struct set {
  int epoll;
  uint32_t how;
  bool drains;
} set;

/* What a socket is to be watched for. */
static bool control(live_server *s, const set *of, int operation, uint32_t socket) {
  bool is_watched = live_is_watched(s, socket);
  uint32_t write = is_watched ? EPOLLOUT : 0;
  struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | write | of->how, .data.u32 = socket};
  if (s->outboxes != NULL) s->outboxes[socket].is_registered = is_watched;
  return epoll_ctl(of->epoll, operation, live_descriptor(s, socket), &event) == 0;
}

/* The kernel keeps the set: each socket is handed over once. Closing a socket takes it out. */
static bool add_all(live_server *s, const set *of) {
  for (uint32_t i = 0; i < live_sockets(s); i++) {
    if (!control(s, of, EPOLL_CTL_ADD, i)) return false;
  }
  return true;
}

/* A handler has begun to watch for writing, or has stopped to. */
static void watch(live_server *s, const set *of, uint32_t socket) {
  if (!live_is_written_to(s, socket) || !live_is_open(s, socket)) return;
  if (s->outboxes[socket].is_registered == live_is_watched(s, socket)) return;
  if (!control(s, of, EPOLL_CTL_MOD, socket)) live_fail(s, "epoll_ctl", errno);
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

static void wait_and_serve(live_server *s, const set *of, struct epoll_event *events) {
  while (live_goes_on(s)) {
    live_wait_begins(s);
    int ready = epoll_wait(of->epoll, events, (int)s->options.maxevents, live_timeout_ms(s));
    live_call_ended(s, 0);
    if (ready < 0 && errno != EINTR) return live_fail(s, "epoll_wait", errno);
    if (ready <= 0) {
      live_look_around(s, ready < 0 ? EINTR : 0, ready == 0);
      continue;
    }
    live_answered(s, (uint32_t)ready);
    for (int i = 0; i < ready; i++) {
      uint32_t socket = events[i].data.u32;
      bool is_unread = bell_timer_is_left_unread(s->scenario, s->trace->strategy, socket);
      if (live_serve(s, socket, events[i].events) == LIVE_MESSAGE && of->drains && !is_unread) drain(s, socket);
      watch(s, of, socket);
    }
    live_look_around(s, 0, false);
  }
}

static void run(live_server *s, uint32_t how, bool drains) {
  set of = {.epoll = epoll_create1(EPOLL_CLOEXEC), .how = how, .drains = drains};
  struct epoll_event *events = calloc(s->options.maxevents, sizeof *events);
  if (of.epoll < 0 || events == NULL || !add_all(s, &of)) {
    live_fail(s, "epoll", errno);
  } else {
    live_limit_descriptors(s);
    wait_and_serve(s, &of, events);
  }
  free(events);
  if (of.epoll >= 0) close(of.epoll);
}

void live_epoll(live_server *s) { run(s, 0, false); }
void live_epoll_et(live_server *s) { run(s, EPOLLET, !s->options.no_drain); }
