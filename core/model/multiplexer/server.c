#include "multiplexer/server.h"

#include "multiplexer/kevent.h"

bool server_is_left(const server *s, uint32_t socket) {
  return server_has_message(s, socket) && s->next[socket] == bell_scenario_events_end(s->scenario, socket);
}

bool server_is_at_end(const server *s, uint32_t socket) {
  uint32_t next = s->next[socket];
  return next > bell_scenario_first_event(s->scenario, socket) && bell_scenario_is_end(s->scenario, next - 1);
}

bool server_is_open_for_writing(const server *s, uint32_t socket) {
  if (server_is_written_to(s, socket)) return s->outboxes[socket].spins;
  bool is_closed = server_is_at_end(s, socket) && !bell_closing_is_ignored(s->scenario, socket);
  return bell_closing_watches(s->scenario, socket) && !is_closed;
}

void server_count_watched(server *s) {
  for (uint32_t i = 0; s->scenario->closing && i < server_sockets(s); i++) {
    bool is_counted = server_is_written_to(s, i) || !server_is_watched(s, i);
    if (is_counted) continue;
    s->spinning++;
    if (BELL_HAS_BYTES) s->watched ^= i;
  }
}

/* The next arrival that is there by now. */
static uint32_t take_arrival(server *s) {
  for (;;) {
    const bell_ready *first = bell_readiness_first(&s->arrivals);
    if (first == NULL || first->ready_us > s->now_us) return BELL_NONE;
    bell_ready next = bell_readiness_take(&s->arrivals);
    bool is_room = server_is_of_room(s, next.event);
    if (!is_room || server_notice_room(s, next.event - s->scenario->event_count, next.ready_us)) return next.event;
  }
}

uint32_t server_notice(server *s) {
  uint32_t event = take_arrival(s);
  if (event == BELL_NONE) return BELL_NONE;
  if (BELL_HAS_BYTES) s->noticed = event;
  if (server_is_of_room(s, event)) return event - s->scenario->event_count;
  uint32_t socket = server_socket_of(s, event);
  if (bell_worker_is(s->scenario, socket)) event = s->come[socket]; /* what is done is told in the order of time */
  if (!server_has_bytes(s) && !server_has_message(s, socket)) {
    s->next[socket] = event; /* those before it that came alone have been read */
  }
  bool is_read = server_has_bytes(s) && event < s->next[socket]; /* by a read that took what had just come */
  s->come[socket] = event + 1;
  if (s->scenario->closing && !is_read) s->news++;
  return socket;
}

bool server_sleep(server *s) {
  if (server_may_end_early(s)) return server_sleep_or_end_early(s);
  const bell_ready *first = bell_readiness_first(&s->arrivals);
  if (first == NULL) return false;
  if (first->ready_us > s->now_us) s->now_us = first->ready_us;
  return true;
}

void server_add_step(server *s, uint32_t event, uint32_t batch, bell_reason reason, uint32_t other) {
  uint32_t step = s->trace->step_count++;
  s->trace->steps[step] =
      (bell_step){.time_us = s->now_us, .event = event, .other = other, .queued_at = batch, .reason = (uint8_t)reason};
  s->trace->answers[step] = s->answers;
  s->answers = (bell_answers){0};
  if (BELL_HAS_BYTES && s->trace->accepting != NULL) server_note_descriptors(s, step);
  if (!server_has_writing(s)) return;
  if (s->trace->spinning != NULL)
    s->trace->spinning[step].writable = s->spinning; /* all: closing.c knows who is at an end */
  server_keep_watched(s, step);
  if (s->trace->handled_us != NULL) s->trace->handled_us[step] = s->now_us;
}

/* The end has been read, or a timer has not: the socket is closed, or is told again from now on. */
static void reach_end(server *s, uint32_t socket) {
  bool is_written_to = server_is_written_to(s, socket);
  bool was_spinning = s->has_interest && bell_closing_watches(s->scenario, socket);
  if (is_written_to) was_spinning = s->outboxes[socket].spins;
  bool is_ignored = bell_closing_is_ignored(s->scenario, socket) || server_leaves_unread(s, socket);
  if (is_ignored) s->come[socket] = s->next[socket] + 1;
  if (is_ignored && !was_spinning) s->spinning++;
  if (was_spinning && !is_ignored) s->spinning--;
  if (BELL_HAS_BYTES && was_spinning) s->watched ^= socket;
  if (is_written_to) s->outboxes[socket].spins = false;
}

uint32_t server_come(const server *s, uint32_t socket) {
  bool is_timer = bell_timer_is(s->scenario, socket);
  return is_timer ? bell_timer_come(s->trace, socket, s->now_us) : bell_bytes_come(s->trace, socket, s->now_us);
}

/* Reads what is there of a message, whoever noticed it. Returns how many of the events that were noticed have been read
 * to their end. */
static uint32_t take_bytes(server *s, uint32_t socket, uint32_t step) {
  bell_place place = {s->next[socket], s->so_far[socket]};
  bool is_kqueues = bell_strategy_is_kqueue(s->trace->strategy) && bell_timer_is(s->scenario, socket);
  bool was_read = s->trace->strategy == BELL_IO_URING || is_kqueues; /* by the kernel */
  uint32_t come = was_read ? s->within[socket] : server_come(s, socket);
  bell_taken taken;
  if (bell_timer_is(s->scenario, socket)) {
    taken = bell_timer_take(s->scenario, socket, &place, come);
  } else {
    taken = bell_bytes_take(s->scenario, socket, &place, bell_bytes_taken(s->scenario, socket, place, come));
  }
  s->trace->taken[step] = taken;
  uint32_t noticed = place.next < s->come[socket] ? place.next : s->come[socket];
  uint32_t read = noticed > s->next[socket] ? noticed - s->next[socket] : 0;
  s->next[socket] = place.next;
  s->so_far[socket] = place.so_far;
  return read;
}

void server_begin(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other) {
  uint32_t event = s->next[socket];
  uint32_t read = 1;
  bool is_unread = server_leaves_unread(s, socket);
  uint32_t steps = s->trace->step_count;
  if (server_takes_bytes(s) && !is_unread) read = take_bytes(s, socket, steps);
  else s->next[socket]++;
  int64_t answered_us = batch < steps ? s->trace->steps[batch].time_us : s->now_us;
  bool has_room = server_has_writing(s) && server_finds_room(s, socket, answered_us);
  if (reason == BELL_REASON_DRAIN) has_room = s->trace->steps[steps - 1].has_room; /* of the same wait */
  server_add_step(s, event, batch, reason, other);
  s->trace->steps[steps].has_room = has_room;
  if (!s->scenario->closing) return;
  if (BELL_HAS_BYTES && s->trace->accepting != NULL) server_count_descriptor(s, steps);
  s->news -= read;
  if (s->is_told_again && (is_unread || bell_scenario_is_end(s->scenario, event))) reach_end(s, socket);
}

void server_pass(server *s, uint32_t socket) {
  bool is_left = server_is_left(s, socket) && !server_leaves_unread(s, socket);
  is_left = is_left || server_is_out_of_descriptors(s, socket);
  bool is_read = is_left && s->trace->strategy != BELL_IO_URING; /* where the kernel has read */
  if (is_read) s->answers.in_vain++;
}

static void handle_message(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other) {
  uint32_t takes_us = bell_scenario_takes_us(s->scenario, s->next[socket], socket);
  server_begin(s, socket, batch, reason, other);
  uint32_t step = s->trace->step_count - 1;
  if (BELL_HAS_BYTES && bell_trace_is_given(s->trace, step)) {
    server_give(s, takes_us);
    return;
  }
  bool is_brief = server_read_piece(s) || bell_trace_is_turned_away(s->trace, step);
  if (!is_brief) s->now_us += takes_us;
}

void server_handle(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other) {
  if (BELL_HAS_BYTES && s->is_asleep) return;
  bool has_none = server_has_none(s, socket);
  if (has_none) server_pass(s, socket);
  else handle_message(s, socket, batch, reason, other);
  if (!server_has_writing(s)) return;
  if (!has_none) server_answer(s, socket);
  bool is_own = s->trace->strategy == BELL_IO_URING || bell_strategy_is_kqueue(s->trace->strategy);
  is_own = is_own || server_has_turns(s); /* completions, events or turns */
  if (is_own || !server_has_room(s, socket)) return;
  bool came_since = s->trace->strategy == BELL_EPOLL_ET && s->outboxes[socket].told == s->answered;
  if (came_since) return; /* the next wait tells of it */
  bool is_next = !has_none && reason != BELL_REASON_ROUND;
  s->outboxes[socket].is_to_read = !has_none;
  server_write_rest(s, socket, batch, is_next ? BELL_REASON_ANSWER_NEXT : reason, has_none ? other : BELL_NONE);
}

bool server_read_on(server *s, uint32_t socket, server_reading on, uint32_t most) {
  while (!server_is_over(s, socket)) {
    if (BELL_HAS_BYTES && s->is_asleep) break;
    if (BELL_HAS_BYTES && most-- == 0) return true;
    on.notice(s, on.kernels);
    if (!server_has_message(s, socket) || server_is_out_of_descriptors(s, socket)) {
      s->trace->answers[s->trace->step_count - 1].in_vain++;
      break;
    }
    server_handle(s, socket, on.batch, BELL_REASON_DRAIN, BELL_NONE);
  }
  return false;
}

static bool next_is_alone(const server *s) {
  const bell_readiness *arrivals = &s->arrivals;
  if (arrivals->known_next == arrivals->known_count || s->scenario->closing || server_has_bytes(s)) return false;
  const bell_ready *next = &arrivals->known[arrivals->known_next];
  int64_t start_us = next->ready_us > s->now_us ? next->ready_us : s->now_us;
  return arrivals->known_next + 1 == arrivals->known_count || next[1].ready_us > start_us + next->takes_us;
}

void server_answer_those_alone(server *s, uint32_t in_vain) {
  while (next_is_alone(s)) {
    server_sleep(s);
    bell_ready alone = bell_readiness_take(&s->arrivals);
    s->answers = (bell_answers){.returned = 1, .in_vain = in_vain};
    server_add_step(s, alone.event, s->trace->step_count, BELL_REASON_ANSWER_FIRST, BELL_NONE);
    s->now_us += alone.takes_us;
  }
}

void server_find_those_alone(server *s) {
  while (next_is_alone(s)) {
    server_sleep(s);
    bell_ready alone = bell_readiness_take(&s->arrivals);
    uint32_t socket = server_socket_of(s, alone.event);
    s->answers.in_vain += socket;
    server_add_step(s, alone.event, BELL_NONE, BELL_REASON_ROUND, BELL_NONE);
    s->answers.in_vain = server_sockets(s) - socket - 1;
    s->now_us += alone.takes_us;
  }
}
