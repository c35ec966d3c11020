#include <string.h>

#include "multiplexer/kevent.h"
#include "multiplexer/server.h"

/* Events that come about: one each time that there is room, which is written then, or was noticed when its socket was
 * closed, and what was still owed is written no more. */
uint32_t server_count_rooms(const bell_scenario *scenario, bell_strategy strategy) {
  if (strategy == BELL_IO_URING) return scenario->writes; /* each completes */
  bool all_wait = strategy == BELL_BLOCKING || strategy == BELL_THREADS;
  return all_wait ? 0 : scenario->writes - scenario->writes_at_once;
}

/* May a write sleep? */
static bool may_wait(const bell_scenario *scenario, bell_strategy strategy) {
  if (strategy == BELL_IO_URING) return false;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    if (bell_writing_waits(scenario, strategy, i)) return true;
  }
  return false;
}

/* The trace's events are the scenario's own, if no others come about. */
void server_take_writing(server *s, uint32_t rows, bell_arena *arena) {
  bell_trace *trace = s->trace;
  uint32_t rooms = server_count_rooms(s->scenario, trace->strategy);
  trace->written = bell_arena_take(arena, rows, sizeof *trace->written);
  if (may_wait(s->scenario, trace->strategy)) {
    trace->handled_us = bell_arena_take(arena, rows, sizeof *trace->handled_us);
  }
  if (bell_closing_tells_of_room(trace->strategy)) {
    trace->since_us = bell_arena_take(arena, rows, sizeof *trace->since_us);
    trace->watched = bell_arena_take(arena, rows, sizeof *trace->watched);
  }
  if (rooms > 0) s->events = bell_arena_take(arena, (size_t)trace->event_count + rooms, sizeof *s->events);
  s->outboxes = bell_arena_take(arena, server_sockets(s), sizeof *s->outboxes);
}

/* ---- who waits for room ----------------------------------------------------------------------------------------- */

/* Who does not watch finds room as soon as there is a byte of it. */
static uint32_t room_needed(const server *s, const server_outbox *o) {
  if (bell_strategy_is_kqueue(s->trace->strategy)) return bell_kevent_enough(o->box.stream);
  return s->trace->strategy == BELL_BUSY_POLL ? 1 : bell_stream_enough(o->box.stream);
}

/* When there is room; INT64_MAX for never, as once the connection is reset. */
static int64_t room_us_of(const server *s, uint32_t socket, int64_t now_us) {
  server_outbox *o = &s->outboxes[socket];
  int64_t room_us = bell_outbox_room_us(&o->box, room_needed(s, o), now_us);
  return room_us < bell_writing_reset_us(s->trace, socket) ? room_us : INT64_MAX;
}

/* When a write that waits comes back. */
static int64_t back_us(const server *s, uint32_t socket) {
  int64_t room_us = room_us_of(s, socket, s->now_us);
  return room_us < INT64_MAX ? room_us : bell_writing_reset_us(s->trace, socket);
}

static bool is_reset(const server *s, uint32_t socket, int64_t now_us) {
  return now_us >= bell_writing_reset_us(s->trace, socket);
}

/* A write, which fails once the connection is reset. */
static uint32_t write_some(const server *s, uint32_t socket, int64_t now_us) {
  return is_reset(s, socket, now_us) ? 0 : bell_outbox_write(&s->outboxes[socket].box, now_us);
}

static void begin_spinning(server *s, uint32_t socket) {
  s->outboxes[socket].spins = true;
  if (s->spinning++ == 0) s->since_us = s->now_us;
  s->watched ^= socket;
}

static void stop_spinning(server *s, uint32_t socket) {
  s->outboxes[socket].spins = false;
  s->spinning--;
  s->watched ^= socket;
}

/* There is room, since `room_us`: an event comes about. */
static void take_room(server *s, uint32_t socket) {
  server_outbox *o = &s->outboxes[socket];
  o->room = s->trace->event_count++;
  if (s->trace->strategy == BELL_EPOLL_ET) o->told = s->answered;
  s->events[o->room] = (bell_event){.ready_us = o->room_us, .statement = socket, .parent = BELL_NONE};
  s->news++;
}

/* Will room come? Then the socket's entry is put into the queue of arrivals. */
static void expect(server *s, uint32_t socket) {
  server_outbox *o = &s->outboxes[socket];
  o->is_expected = o->room_us < INT64_MAX;
  bell_ready entry = {o->room_us, s->scenario->event_count + socket, 0};
  if (o->is_expected) bell_readiness_add(&s->arrivals, entry);
}

static uint8_t conduct_of(const server *s, uint32_t socket) { return s->scenario->statements[socket].conduct; }

static bool waits(const server *s, uint32_t socket) {
  return bell_writing_waits(s->scenario, s->trace->strategy, socket);
}

/* What was handed over is tried at that time; the kernel does not wait until the thread looks. One that waits completes
 * when all of it has found room. */
static bool try_write(server *s, uint32_t socket, int64_t at_us) {
  server_outbox *o = &s->outboxes[socket];
  uint32_t later = o->box.owed - (o->handed - o->done); /* was not handed over */
  o->box.owed -= later;
  o->done += write_some(s, socket, at_us);
  o->box.owed += later;
  bool is_complete = waits(s, socket) ? o->done == o->handed : o->done > 0;
  o->room_us = is_complete ? at_us : room_us_of(s, socket, at_us);
  if (is_complete) take_room(s, socket);
  else expect(s, socket);
  return is_complete;
}

/* Something has changed: does the socket spin now, or is room to be expected? */
static void look_after(server *s, uint32_t socket) {
  server_outbox *o = &s->outboxes[socket];
  int64_t room_us = room_us_of(s, socket, s->now_us);
  bool was_there = o->is_expected && o->room_us <= s->now_us && room_us <= s->now_us; /* and has not been noticed */
  if (!was_there) o->room_us = room_us;
  bool is_told_in_vain = s->has_interest && s->is_told_again && o->is_watched && o->box.owed == 0 &&
                         !server_is_at_end(s, socket); /* else it is told of that again and again */
  bool spins = is_told_in_vain && room_us <= s->now_us;
  if (spins && !o->spins) begin_spinning(s, socket);
  if (!spins && o->spins) stop_spinning(s, socket);
  bool is_wanted = !spins && (o->box.owed > 0 || is_told_in_vain) && o->room == BELL_NONE;
  if (is_wanted && !o->is_expected) expect(s, socket);
}

bool server_notice_room(server *s, uint32_t socket, int64_t expected_us) {
  server_outbox *o = &s->outboxes[socket];
  o->is_expected = false;
  if (o->box.stream == NULL) return false;
  if (o->room_us > expected_us) { /* more was written since */
    expect(s, socket);
    return false;
  }
  if (s->trace->strategy == BELL_IO_URING) return try_write(s, socket, o->room_us);
  bool is_there = room_us_of(s, socket, s->now_us) <= s->now_us;
  if (o->box.owed > 0 && is_there) {
    take_room(s, socket);
    return true;
  }
  look_after(s, socket);
  return o->spins;
}

bool server_finds_room(const server *s, uint32_t socket, int64_t answered_us) {
  const server_outbox *o = &s->outboxes[socket];
  bool tells_once = s->trace->strategy == BELL_EPOLL_ET;
  if (server_has_room(s, socket)) return !tells_once || o->told != s->answered; /* else it has come since */
  bool is_told_beside = tells_once && o->box.stream != NULL && o->is_watched && o->box.owed == 0;
  return server_is_watched(s, socket) || (is_told_beside && o->room_us <= answered_us);
}

void server_start_writing(server *s, uint32_t rows) {
  const bell_scenario *scenario = s->scenario;
  memset(s->trace->written, 0, rows * sizeof *s->trace->written);
  if (s->events != NULL) {
    if (scenario->event_count > 0) memcpy(s->events, scenario->events, scenario->event_count * sizeof *s->events);
    s->trace->events = s->events;
  }
  for (uint32_t i = 0; i < server_sockets(s); i++) {
    s->outboxes[i] = (server_outbox){.box = bell_outbox_of(scenario, i), .room = BELL_NONE};
    if (s->outboxes[i].box.stream == NULL) continue;
    s->outboxes[i].is_watched = s->outboxes[i].is_registered = bell_closing_watches(scenario, i);
    look_after(s, i);
  }
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

/* Nothing that has come, and nothing that will, is anything to the thread any more. */
static void sleep_for_good(server *s) {
  s->is_asleep = true;
  s->trace->steps[s->trace->step_count - 1].is_asleep = true;
  s->arrivals.known_next = s->arrivals.known_count;
  s->arrivals.later_count = 0;
  s->has_interest = false;
  s->spinning = 0;
  for (uint32_t i = 0; i < server_sockets(s); i++) {
    s->come[i] = s->next[i];
    s->outboxes[i].room = BELL_NONE;
  }
}

/* Sleeps until all has found room, or the connection is reset. */
static uint32_t write_all(server *s, uint32_t socket) {
  uint32_t bytes = 0;
  for (;;) {
    bytes += write_some(s, socket, s->now_us);
    if (s->outboxes[socket].box.owed == 0 || is_reset(s, socket, s->now_us)) return bytes;
    int64_t room_us = back_us(s, socket);
    if (room_us == INT64_MAX) {
      sleep_for_good(s);
      return bytes;
    }
    s->now_us = room_us;
  }
}

static void keep_end(server *s, uint32_t step) {
  if (s->trace->handled_us != NULL) s->trace->handled_us[step] = s->now_us;
}

/* The last step has written so much. */
static void write_down(server *s, uint32_t socket, uint32_t bytes) {
  server_outbox *o = &s->outboxes[socket];
  uint32_t step = s->trace->step_count - 1;
  keep_end(s, step);
  s->trace->written[step] = (bell_written){.bytes = bytes, .owed = o->box.owed};
  bool is_handed_over = s->trace->strategy == BELL_IO_URING;
  bool is_tried = !is_handed_over || bytes > 0;
  if (is_tried && (conduct_of(s, socket) & BELL_FORGETS_REST) != 0) o->box.owed = 0;
  bool stops = !bell_closing_watches(s->scenario, socket) && (conduct_of(s, socket) & BELL_STOPS_WATCHING) != 0;
  if (o->box.owed > 0) o->is_watched = true;
  else if (stops) o->is_watched = false;
  if (!s->is_asleep && !is_handed_over) look_after(s, socket);
}

/* What was owed is lost. */
static void close_outbox(server *s, uint32_t socket) {
  server_outbox *o = &s->outboxes[socket];
  if (o->room != BELL_NONE) s->news--;
  o->room = BELL_NONE;
  o->box.stream = NULL;
}

void server_answer(server *s, uint32_t socket) {
  uint32_t step = s->trace->step_count - 1;
  server_outbox *o = &s->outboxes[socket];
  keep_end(s, step);
  if (o->box.stream == NULL) return;
  s->trace->written[step].owed = o->box.owed;
  bool is_broken = is_reset(s, socket, s->now_us);
  bool is_end = bell_trace_is_end(s->trace, step);
  if (is_end && (is_broken || !bell_closing_is_ignored(s->scenario, socket))) close_outbox(s, socket);
  if (is_end || server_read_piece(s)) return;
  bool is_later = o->box.owed > 0 || s->trace->strategy == BELL_IO_URING;
  o->box.owed += o->box.stream->answer;
  uint32_t bytes = 0;
  if (s->trace->strategy != BELL_IO_URING && waits(s, socket)) bytes = write_all(s, socket);
  else if (!is_later) bytes = write_some(s, socket, s->now_us);
  write_down(s, socket, bytes);
}

void server_write_rest(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other) {
  server_outbox *o = &s->outboxes[socket];
  if (o->room == BELL_NONE) return;
  server_add_step(s, o->room, batch, reason, other);
  s->trace->steps[s->trace->step_count - 1].has_room = true;
  s->trace->steps[s->trace->step_count - 1].is_ready = o->is_to_read;
  o->is_to_read = false;
  o->room = BELL_NONE;
  s->news--;
  bool is_done = s->trace->strategy == BELL_IO_URING;
  write_down(s, socket, is_done ? o->done : write_some(s, socket, s->now_us));
}

bool server_write_as_thread(server *s, uint32_t socket, uint32_t step) {
  server_outbox *o = &s->outboxes[socket];
  bell_written *written = &s->trace->written[step];
  if (o->box.stream == NULL || bell_trace_is_end(s->trace, step) || bell_trace_is_piece(s->trace, step)) return true;
  if (o->box.owed == 0) {
    o->box.owed = o->box.stream->answer;
    keep_end(s, step);
  }
  written->bytes += write_some(s, socket, s->now_us);
  written->owed = o->box.owed;
  if (is_reset(s, socket, s->now_us)) o->box.owed = 0; /* it has failed */
  if (o->box.owed == 0) return true;
  o->room_us = back_us(s, socket);
  s->trace->steps[step].is_asleep = o->room_us == INT64_MAX;
  expect(s, socket);
  return false;
}

bool server_begin_write(server *s, uint32_t socket) {
  server_outbox *o = &s->outboxes[socket];
  if (!server_is_written_to(s, socket)) return false;
  o->done = 0;
  o->handed = o->box.owed;
  return try_write(s, socket, s->now_us);
}

void server_keep_watched(server *s, uint32_t row) {
  if (s->trace->watched == NULL) return;
  s->trace->watched[row] = s->watched;
  s->trace->since_us[row] = s->since_us;
}

void server_finish_writing(server *s) {
  if (s->trace->strategy != BELL_BLOCKING && s->is_asleep) bell_closing_starve_behind(s->trace, s->next);
  uint32_t row = s->trace->step_count;
  bool is_told = row > 0 && bell_trace_is_stop(s->trace, row - 1);
  if (is_told) return;
  if (s->trace->spinning != NULL) s->trace->spinning[row].writable = s->spinning;
  server_keep_watched(s, row);
}
