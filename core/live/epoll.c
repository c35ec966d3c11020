#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "live_listener.h"
#include "live_turns.h"
#include "multiplexer/timer.h"

/* The kernel's set, and how its sockets are watched: edge-triggered, or not. */
typedef struct set {
  int epoll;
  uint32_t how;
  bool drains;
  live_turns *turns; /* NULL where they have no bound */
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

/* A handler has begun to watch for writing, or has stopped to, in a turn that began with that step. */
static void watch(live_server *s, const void *of, uint32_t socket, uint32_t step) {
  if (!live_is_written_to(s, socket) || !live_is_open(s, socket)) return;
  if (s->outboxes[socket].is_registered == live_is_watched(s, socket)) return;
  s->trace->steps[step].is_looked_at_anew = ((const set *)of)->how == EPOLLET;
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

static void serve(live_server *s, const set *of, const struct epoll_event *events, int ready) {
  for (int i = 0; i < ready; i++) {
    uint32_t socket = events[i].data.u32;
    bool is_unread = bell_timer_is_left_unread(s->scenario, s->trace->strategy, socket);
    uint32_t step = s->trace->step_count;
    if (live_serve(s, socket, events[i].events) == LIVE_MESSAGE && of->drains && !is_unread) drain(s, socket);
    watch(s, of, socket, step);
  }
}

static void serve_in_turns(live_server *s, live_turns *turns, const struct epoll_event *events, int ready) {
  for (int i = 0; i < ready; i++) live_turns_tell(turns, s, events[i].data.u32, events[i].events);
  live_turns_take(turns, s);
}

static void wait_and_serve(live_server *s, const set *of, struct epoll_event *events) {
  while (live_goes_on(s)) {
    bool has_more = of->turns != NULL && of->turns->list_count > 0; /* to read: no time to sleep */
    live_wait_begins(s);
    int ready = epoll_wait(of->epoll, events, (int)s->options.maxevents, has_more ? 0 : live_timeout_ms(s));
    live_call_ended(s, 0);
    if (ready < 0 && errno != EINTR) return live_fail(s, "epoll_wait", errno);
    if (ready <= 0 && !has_more) {
      live_look_around(s, ready < 0 ? EINTR : 0, ready == 0);
      continue;
    }
    live_answered(s, ready > 0 ? (uint32_t)ready : 0);
    if (of->turns != NULL) serve_in_turns(s, of->turns, events, ready);
    else serve(s, of, events, ready);
    live_look_around(s, 0, false);
  }
}

static void run(live_server *s, uint32_t how, bool drains) {
  bool is_bounded = s->options.reads_a_turn > 0;
  set of = {.epoll = epoll_create1(EPOLL_CLOEXEC), .how = how, .drains = drains};
  live_turns turns = {.watch = watch, .set = &of};
  if (is_bounded) of.turns = &turns;
  struct epoll_event *events = calloc(s->options.maxevents, sizeof *events);
  bool has_list = !is_bounded || live_turns_start(&turns, s);
  if (of.epoll < 0 || events == NULL || !has_list || !add_all(s, &of)) {
    live_fail(s, "epoll", errno);
  } else {
    live_limit_descriptors(s);
    wait_and_serve(s, &of, events);
  }
  free(events);
  live_turns_free(&turns);
  if (of.epoll >= 0) close(of.epoll);
}

void live_epoll(live_server *s) { run(s, 0, false); }
void live_epoll_et(live_server *s) { run(s, EPOLLET, !s->options.no_drain); }
