/* The beginner's two where messages have sizes: what io_multiplexer.c does, but a step is a read, which may take a
 * piece. */
#include "multiplexer/server.h"

/* Sleeps until the event is there, or goes on at once. `last_wait` becomes the step that the last sleep ended with. */
static void wait_for(server *s, uint32_t event, uint32_t *last_wait) {
  int64_t ready_us = s->scenario->events[event].ready_us;
  if (ready_us <= s->now_us) return;
  s->now_us = ready_us;
  *last_wait = s->trace->step_count;
}

/* The event that has been there longest, of those of which something was not read; BELL_NONE when there is none. */
static uint32_t ready_longest(server *s) {
  const bell_ready *first;
  while ((first = bell_readiness_first(&s->arrivals)) != NULL && first->ready_us <= s->now_us) {
    if (first->event >= s->next[server_socket_of(s, first->event)]) return first->event;
    bell_readiness_take(&s->arrivals);
  }
  return BELL_NONE;
}

/* One read of the socket. Returns how long handling takes: nothing, as long as the message is not whole. */
static uint32_t read_once(server *s, uint32_t socket, uint32_t last_wait, bell_reason reason, uint32_t other) {
  uint32_t takes_us = bell_scenario_takes_us(s->scenario, s->next[socket], socket);
  server_begin(s, socket, last_wait, reason, other);
  return server_read_piece(s) ? 0 : takes_us;
}

void bell_readiness_bytes(server *s) {
  uint32_t last_wait = BELL_NONE;
  while (bell_readiness_first(&s->arrivals) != NULL) {
    uint32_t event = bell_readiness_take(&s->arrivals).event;
    uint32_t socket = server_socket_of(s, event);
    while (s->next[socket] <= event) {
      wait_for(s, event, &last_wait);
      uint32_t other = ready_longest(s);
      bool is_tie = other != BELL_NONE && s->scenario->events[other].ready_us == s->scenario->events[event].ready_us;
      bell_reason reason = other == BELL_NONE ? BELL_REASON_ONLY_READY
                           : is_tie           ? BELL_REASON_READY_TIE
                                              : BELL_REASON_READY_LONGEST;
      s->now_us += read_once(s, socket, last_wait, reason, other);
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
      wait_for(s, event, &last_wait);
      uint32_t takes_us = read_once(s, socket, last_wait, BELL_REASON_TURN, BELL_NONE);
      uint32_t other = ready_longest(s);
      bool is_rest = other == event; /* of what was read just now */
      s->trace->steps[s->trace->step_count - 1].other = is_rest ? BELL_NONE : other;
      s->now_us += takes_us;
      if (s->next[socket] < bell_scenario_events_end(s->scenario, socket)) s->list[still_open++] = socket;
    }
    open_count = still_open;
  }
}
