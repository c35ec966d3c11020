/* The kernel's queue of events: kqueue_scan in FreeBSD's sys/kern/kern_event.c. One that becomes active goes to its
 * end. A wait takes up to `maxevents` from its front, passing over those whose filter finds nothing any more; each that
 * it takes goes to the end at once (TAILQ_INSERT_TAIL), or with EV_CLEAR out of it, until more comes. "Multiple events
 * which trigger the filter do not result in multiple kevents being placed on the kqueue": kqueue(2). */
#include "chain.h"
#include "multiplexer/server.h"

/* An event: of what comes on a socket it has the socket's number; of room to write on it that number behind all of
 * those. The queue is a chain through `list`; what is not in it is absent. `link` has what a wait tells. */
enum { ABSENT = BELL_CHAIN_END - 1 };

/* In `link`, whatever comes before the event is served: it tells nothing new. */
#define NOTHING_NEW (UINT32_C(1) << 31)

static bool is_timer(const server *s, uint32_t event) {
  return !server_tells_of_room(s, event) && bell_timer_is(s->scenario, event);
}

/* What its filter says. */
static bool holds(const server *s, uint32_t event) {
  uint32_t socket = server_told_socket(s, event);
  if (!server_tells_of_room(s, event)) return server_has_message(s, socket);
  return server_has_room(s, socket) || server_is_watched(s, socket);
}

/* Of a listener without a descriptor, too: one may be closed before its turn comes. */
static bool is_news(const server *s, uint32_t event) {
  if (server_is_out_of_descriptors(s, event)) return true;
  return server_tells_of_room(s, event) ? server_has_room(s, server_told_socket(s, event)) : !server_has_none(s, event);
}

/* Puts an event at the end of the queue, unless it is in it already. */
static void join(server *s, bell_chain *queue, uint32_t event) {
  if (s->list[event] == ABSENT) bell_chain_put(queue, s->list, sizeof *s->list, event);
}

static uint32_t leave(server *s, bell_chain *queue) {
  uint32_t event = bell_chain_take(queue, s->list, sizeof *s->list);
  s->list[event] = ABSENT;
  return event;
}

static void notice(server *s, bell_chain *queue) {
  uint32_t socket;
  while ((socket = server_notice(s)) != BELL_NONE) {
    join(s, queue, server_is_of_room(s, s->noticed) ? server_room_of(s, socket) : socket);
  }
}

/* While nothing is told but what always holds, again and again, all others are passed over. */
static void drop_those_that_hold_no_more(server *s, bell_chain *queue) {
  bell_chain old = *queue;
  *queue = BELL_CHAIN_EMPTY;
  while (!bell_chain_is_empty(old)) {
    uint32_t event = leave(s, &old);
    if (holds(s, event)) join(s, queue, event);
  }
}

/* As each is registered, its filter is run. */
static void join_from_the_beginning(server *s, bell_chain *queue) {
  for (uint32_t socket = 0; socket < server_sockets(s); socket++) {
    bool speaks = !bell_closing_is_silent(s->scenario, socket);
    bool has_message = speaks && s->scenario->events[bell_scenario_first_event(s->scenario, socket)].ready_us == 0;
    if (has_message) join(s, queue, socket);
    if (server_is_watched(s, socket)) join(s, queue, server_room_of(s, socket));
  }
}

/* What an event says in its data is what the kernel finds now. */
static void fill_in(server *s, uint32_t event) {
  uint32_t socket = server_told_socket(s, event);
  if (is_timer(s, event)) s->within[socket] = server_come(s, socket);
  if (server_tells_of_room(s, event) && server_has_room(s, socket)) {
    server_outbox *o = &s->outboxes[socket];
    s->events[o->room].parent = bell_outbox_room(&o->box, s->now_us);
  }
}

/* What one wait tells: events from the front of the queue, in `link`, or where turns are bounded in their chain.
 * Returns how many. */
static uint32_t answer(server *s, bell_chain *queue) {
  uint32_t count = 0;
  while (!bell_chain_is_empty(*queue) && count < s->options.maxevents) {
    uint32_t event = leave(s, queue);
    if (!holds(s, event)) continue;
    fill_in(s, event);
    bool is_new = is_news(s, event);
    if (!server_has_turns(s)) s->link[count] = event | (is_new ? 0 : NOTHING_NEW);
    else if (is_new) server_tell_turns(s, event);
    count++;
  }
  for (uint32_t i = 0; s->is_told_again && i < count; i++) {
    uint32_t event = s->link[i] & ~NOTHING_NEW;
    if (!is_timer(s, event)) join(s, queue, event);
  }
  return count;
}

/* What stands behind an event in an answer; nobody where that tells nothing new, or cannot be accepted. */
static uint32_t behind(const server *s, uint32_t told) {
  if ((told & NOTHING_NEW) != 0 || server_is_out_of_descriptors(s, told)) return BELL_NONE;
  return server_told_event(s, told);
}

/* Serves what a wait told. */
static void serve(server *s, bell_chain *queue, uint32_t count) {
  uint32_t batch = s->trace->step_count;
  bool drains = !s->is_told_again && !s->options.no_drain;
  for (uint32_t i = 0; i < count && !s->is_asleep; i++) {
    uint32_t event = s->link[i] & ~NOTHING_NEW;
    uint32_t other = i + 1 < count ? behind(s, s->link[i + 1]) : BELL_NONE;
    if (s->link[i] != event) {
      if (!server_tells_of_room(s, event)) server_pass(s, event);
    } else if (server_tells_of_room(s, event)) {
      server_write_rest(s, server_told_socket(s, event), batch, server_place(s, batch), other);
    } else {
      uint32_t before = s->trace->step_count;
      server_handle(s, event, batch, server_place(s, batch), other);
      bool is_read = s->trace->step_count > before && !is_timer(s, event);
      server_reading on = {.notice = notice, .kernels = queue, .batch = batch};
      if (drains && is_read) server_read_on(s, event, on, UINT32_MAX);
    }
  }
}

/* The queue is empty. Then nothing is left to be read, unless messages are stuck. False when no more will come. */
static bool wait_for_more(server *s) {
  bool is_once = !s->is_told_again;
  bool may_be_left = is_once && (s->options.no_drain || server_has_turns(s));
  if (!may_be_left) server_answer_those_alone(s, is_once ? 1 : 0);
  return server_sleep(s);
}

void bell_kqueue(server *s) {
  bell_chain queue = BELL_CHAIN_EMPTY;
  uint32_t events = (s->scenario->closing ? 2 : 1) * server_sockets(s);
  for (uint32_t event = 0; event < events; event++) s->list[event] = ABSENT;
  if (s->has_interest) join_from_the_beginning(s, &queue);
  for (;;) {
    notice(s, &queue);
    bool only_spins = server_only_spins(s);
    if (only_spins) drop_those_that_hold_no_more(s, &queue);
    uint32_t count = only_spins ? 0 : answer(s, &queue);
    if (count == 0 && !server_remembers(s)) {
      if (!wait_for_more(s)) return;
      continue;
    }
    s->answers.returned = count;
    uint32_t batch = s->trace->step_count;
    if (server_has_turns(s)) batch = server_take_turns(s, (server_reading){.notice = notice, .kernels = &queue});
    else serve(s, &queue, count);
    if (server_may_end_early(s)) server_look_around(s, batch);
  }
}
