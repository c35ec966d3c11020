/* The beginner's two where messages have sizes, or handlers write: what io_multiplexer.c does, but a step is a read,
 * which may take a piece, or there is room to write. */
#include "multiplexer/server.h"

/* Sleeps until then, or goes on at once. `last_wait` becomes the step that the last sleep ended with. */
static void wait_until(server *s, int64_t ready_us, uint32_t *last_wait) {
  if (ready_us <= s->now_us) return;
  s->now_us = ready_us;
  *last_wait = s->trace->step_count;
}

/* A connection for which no descriptor is left is nothing to handle: it waits beside the queue. */
static bool hold(server *s, uint32_t socket, uint32_t event) {
  if (!server_is_out_of_descriptors(s, socket)) return false;
  s->come[socket] = event + 1;
  return true;
}

/* The event that has been there longest, of those of which something was not read; BELL_NONE when there is none. Where
 * handlers write, room is one: it stays first in the queue, and is an event of its own from now on. */
static uint32_t ready_longest(server *s) {
  const bell_ready *first;
  while ((first = bell_readiness_first(&s->arrivals)) != NULL && first->ready_us <= s->now_us) {
    if (server_is_of_room(s, first->event)) {
      uint32_t socket = first->event - s->scenario->event_count;
      if (server_has_room(s, socket)) return s->outboxes[socket].room;
      bell_ready room = bell_readiness_take(&s->arrivals);
      server_notice_room(s, socket, room.ready_us);
      if (server_has_room(s, socket)) bell_readiness_add(&s->arrivals, room);
      continue;
    }
    uint32_t socket = server_socket_of(s, first->event);
    bool is_unread = first->event >= s->next[socket];
    bool is_held = is_unread && hold(s, socket, first->event);
    if (is_unread && !is_held) return first->event;
    bell_readiness_take(&s->arrivals);
  }
  return BELL_NONE;
}

/* One read of the socket. Returns how long handling takes: nothing, as long as the message is not whole. */
static uint32_t read_once(server *s, uint32_t socket, uint32_t last_wait, bell_reason reason, uint32_t other) {
  uint32_t takes_us = bell_scenario_takes_us(s->scenario, s->next[socket], socket);
  server_begin(s, socket, last_wait, reason, other);
  bool is_brief = server_read_piece(s) || bell_trace_is_turned_away(s->trace, s->trace->step_count - 1);
  return is_brief ? 0 : takes_us;
}

/* Why the event is handled next, and `other` must wait. */
static bell_reason why_first(const server *s, int64_t ready_us, uint32_t other) {
  if (other == BELL_NONE) return BELL_REASON_ONLY_READY;
  return s->trace->events[other].ready_us == ready_us ? BELL_REASON_READY_TIE : BELL_REASON_READY_LONGEST;
}

/* Those that were held became ready before all that the queue still has, for they were taken from there. */
static bool accept_held(server *s, uint32_t last_wait) {
  bool may_accept = s->trace->accepting != NULL && s->descriptors > 0 && s->listener != BELL_NONE &&
                    server_has_message(s, s->listener);
  if (!may_accept) return false;
  uint32_t next = s->next[s->listener];
  uint32_t other = next + 1 < s->come[s->listener] ? next + 1 : ready_longest(s);
  bell_reason reason = why_first(s, s->trace->events[next].ready_us, other);
  s->now_us += read_once(s, s->listener, last_wait, reason, other);
  return true;
}

/* There is room for what is owed to the socket, unless the peer has not read as much as was thought. */
static void write_once(server *s, uint32_t socket, int64_t expected_us, uint32_t last_wait) {
  if (!server_has_room(s, socket)) server_notice_room(s, socket, expected_us);
  if (!server_has_room(s, socket)) return;
  uint32_t other = ready_longest(s);
  bell_reason reason = why_first(s, s->trace->events[s->outboxes[socket].room].ready_us, other);
  server_write_rest(s, socket, last_wait, reason, other);
}

void bell_readiness_bytes(server *s) {
  uint32_t last_wait = BELL_NONE;
  for (;;) {
    if (accept_held(s, last_wait)) continue;
    if (bell_readiness_first(&s->arrivals) == NULL) return;
    bell_ready first = bell_readiness_take(&s->arrivals);
    if (server_is_of_room(s, first.event)) {
      wait_until(s, first.ready_us, &last_wait);
      write_once(s, first.event - s->scenario->event_count, first.ready_us, last_wait);
      continue;
    }
    uint32_t socket = server_socket_of(s, first.event);
    if (hold(s, socket, first.event)) continue;
    while (s->next[socket] <= first.event && !s->is_asleep) {
      wait_until(s, first.ready_us, &last_wait);
      uint32_t other = ready_longest(s);
      bell_reason reason = why_first(s, first.ready_us, other);
      s->now_us += read_once(s, socket, last_wait, reason, other);
      if (server_has_writing(s)) server_answer(s, socket);
    }
  }
}

/* One read at each socket in turn; `list` has those with something to come. */
void bell_blocking_bytes(server *s) {
  uint32_t last_wait = BELL_NONE;
  uint32_t open_count = server_sockets(s);
  for (uint32_t socket = 0; socket < open_count; socket++) s->list[socket] = socket;
  while (open_count > 0) {
    uint32_t still_open = 0;
    for (uint32_t i = 0; i < open_count; i++) {
      uint32_t socket = s->list[i];
      if (bell_closing_is_silent(s->scenario, socket)) return; /* a sleep for good */
      uint32_t event = s->next[socket];
      wait_until(s, s->scenario->events[event].ready_us, &last_wait);
      uint32_t takes_us = read_once(s, socket, last_wait, BELL_REASON_TURN, BELL_NONE);
      uint32_t other = ready_longest(s);
      bool is_rest = other == event; /* of what was read just now */
      s->trace->steps[s->trace->step_count - 1].other = is_rest ? BELL_NONE : other;
      s->now_us += takes_us;
      if (server_has_writing(s)) server_answer(s, socket);
      if (s->is_asleep) return;
      if (s->next[socket] < bell_scenario_events_end(s->scenario, socket)) s->list[still_open++] = socket;
    }
    open_count = still_open;
  }
}
