#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "live_server.h"
#include "multiplexer/closing.h"
#include "multiplexer/writing.h"

enum { PIECE = 65536 /* bytes that are written in one call */ };

static uint8_t conduct_of(const live_server *s, uint32_t socket) { return s->scenario->statements[socket].conduct; }

bool live_owes(const live_server *s, uint32_t socket) { return s->outboxes != NULL && s->outboxes[socket].owed > 0; }

bool live_is_written_to(const live_server *s, uint32_t socket) {
  return s->outboxes != NULL && s->outboxes[socket].answer > 0;
}

bool live_waits_to_write(const live_server *s, uint32_t socket) {
  return bell_writing_waits(s->scenario, s->trace->strategy, socket);
}

/* Linux doubles what it is told, for what it keeps besides the bytes themselves: socket(7). */
void live_start_writing(live_server *s) {
  for (uint32_t i = 0; i < live_sockets(s); i++) {
    const bell_stream *stream = bell_scenario_find_stream(s->scenario, i);
    if (stream == NULL || stream->answer == 0) continue;
    s->outboxes[i] = (live_outbox){.answer = stream->answer, .is_watched = bell_closing_watches(s->scenario, i)};
    int half = (int)stream->buffer / 2;
    if (half > 0) setsockopt(live_descriptor(s, i), SOL_SOCKET, SO_SNDBUF, &half, sizeof half);
  }
}

/* ---- what is written --------------------------------------------------------------------------------------------- */

size_t live_fill_rest(const live_server *s, uint32_t socket, unsigned char *bytes, size_t size) {
  const live_outbox *o = &s->outboxes[socket];
  size_t count = o->owed < size ? o->owed : size;
  for (size_t i = 0; i < count; i++) {
    uint64_t at = o->written + i;
    bytes[i] = live_byte((uint32_t)(at / o->answer), (uint32_t)(at % o->answer));
  }
  return count;
}

void live_wrote(live_server *s, uint32_t socket, size_t bytes) {
  s->outboxes[socket].written += bytes;
  s->outboxes[socket].owed -= (uint32_t)bytes;
}

/* Writes until nothing is owed, or a write would block. Returns how much. */
static uint32_t write_on(live_server *s, uint32_t socket) {
  static _Thread_local unsigned char bytes[PIECE];
  uint32_t sum = 0;
  while (live_owes(s, socket) && live_is_open(s, socket)) {
    size_t count = live_fill_rest(s, socket, bytes, sizeof bytes);
    ssize_t gone = send(live_descriptor(s, socket), bytes, count, MSG_NOSIGNAL);
    if (gone < 0 && errno == EINTR) continue;
    if (gone < 0) break; /* EAGAIN, or the peer is gone, which will be read */
    live_wrote(s, socket, (size_t)gone);
    sum += (uint32_t)gone;
  }
  return sum;
}

/* The socket is in blocking mode while it writes, and a read of it does not block. */
static uint32_t write_all(live_server *s, uint32_t socket) {
  int flags = fcntl(live_descriptor(s, socket), F_GETFL);
  fcntl(live_descriptor(s, socket), F_SETFL, flags & ~O_NONBLOCK);
  uint32_t bytes = write_on(s, socket);
  fcntl(live_descriptor(s, socket), F_SETFL, flags);
  return bytes;
}

/* The step has written so much; a rest is kept, and watched for, or forgotten. */
static void write_down(live_server *s, uint32_t socket, uint32_t step, uint32_t bytes) {
  live_outbox *o = &s->outboxes[socket];
  s->trace->written[step].bytes = bytes;
  s->trace->written[step].owed = o->owed;
  bool is_tried = s->trace->strategy != BELL_IO_URING || bytes > 0;
  if (is_tried && (conduct_of(s, socket) & BELL_FORGETS_REST) != 0) {
    o->written += o->owed;
    o->owed = 0;
  }
  if (o->owed > 0) o->is_watched = true;
  else if ((conduct_of(s, socket) & BELL_STOPS_WATCHING) != 0) o->is_watched = false;
}

void live_answer(live_server *s, uint32_t socket, uint32_t step) {
  live_outbox *o = &s->outboxes[socket];
  bool is_end = bell_trace_is_end(s->trace, step);
  s->trace->written[step].owed = o->owed;
  if (is_end && !bell_closing_is_ignored(s->scenario, socket)) o->owed = 0;
  if (is_end || bell_trace_is_piece(s->trace, step) || atomic_load(&s->peers->over)) return;
  bool is_later = o->owed > 0 || s->trace->strategy == BELL_IO_URING;
  o->owed += o->answer;
  uint32_t bytes = 0;
  bool waits = s->trace->strategy != BELL_IO_URING && live_waits_to_write(s, socket);
  int64_t began_us = live_now_us(s->peers);
  live_wait_begins(s);
  if (waits) bytes = write_all(s, socket);
  else if (!is_later) bytes = write_on(s, socket);
  bool slept = waits && live_wait_ended(s) > 0;
  s->waited = false; /* that was not before a step */
  s->trace->handled_us[step] = slept ? began_us : live_now_us(s->peers);
  bool is_reset = (conduct_of(s, socket) & BELL_RESETS) != 0; /* which has ended the sleep */
  s->trace->steps[step].is_asleep = waits && o->owed > 0 && !is_reset;
  write_down(s, socket, step, bytes);
}

void live_write_rest(live_server *s, uint32_t socket, bell_reason reason) {
  int64_t now_us = live_now_us(s->peers);
  uint32_t bytes = write_on(s, socket);
  if (bytes > 0) live_write_down_rest(s, socket, reason, bytes, now_us);
}

void live_write_down_rest(live_server *s, uint32_t socket, bell_reason reason, uint32_t bytes, int64_t ready_us) {
  if (s->trace->step_count >= s->reads) return live_fail(s, "it is written in more pieces than there is room for", 0);
  uint32_t event = s->trace->event_count++;
  s->peers->events[event] = (bell_event){ready_us, socket, BELL_NONE};
  s->result = (int32_t)bytes;
  uint32_t step = live_write_down_event(s, socket, event, reason);
  s->trace->steps[step].is_ready = (s->inboxes[socket].reported & POLLIN) != 0;
  write_down(s, socket, step, bytes);
  s->trace->measured[step].end_us = live_now_us(s->peers);
  live_leave_if_done(s, socket);
}

/* Who is watched, and has nothing to write: by exclusive or, so that if it is one, it is that. Returns how many. */
static uint32_t count_idle(const live_server *s, uint32_t *watched) {
  uint32_t count = 0;
  *watched = 0;
  for (uint32_t i = 0; i < live_sockets(s); i++) {
    bool is_idle = live_is_open(s, i) && live_is_watched(s, i) && !live_owes(s, i);
    count += is_idle;
    if (is_idle) *watched ^= i;
  }
  return count;
}

void live_keep_spinning(live_server *s, uint32_t row) {
  s->trace->since_us[row] = s->since_us;
  s->trace->watched[row] = 0;
  uint32_t idle = s->since_us > 0 ? count_idle(s, &s->trace->watched[row]) : 0;
  if (s->trace->spinning != NULL) s->trace->spinning[row].writable = idle + atomic_load(s->ended);
}
