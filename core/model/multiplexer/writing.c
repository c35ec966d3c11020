#include "multiplexer/writing.h"

bell_outbox bell_outbox_of(const bell_scenario *scenario, uint32_t socket) {
  const bell_stream *stream = scenario->writing ? bell_scenario_find_stream(scenario, socket) : NULL;
  bool is_written_to = stream != NULL && stream->answer > 0;
  bool is_never_read = (scenario->statements[socket].conduct & BELL_READS_NEVER) != 0;
  return (bell_outbox){.stream = is_written_to ? stream : NULL, .since_us = is_never_read ? INT64_MAX : 0};
}

bool bell_writing_waits(const bell_scenario *scenario, bell_strategy strategy, uint32_t socket) {
  bool always = strategy == BELL_BLOCKING || strategy == BELL_THREADS;
  return always || (scenario->statements[socket].conduct & BELL_WAITS_TO_WRITE) != 0;
}

int64_t bell_writing_reset_us(const bell_trace *trace, uint32_t socket) {
  bool resets = (trace->scenario->statements[socket].conduct & BELL_RESETS) != 0;
  return resets ? trace->events[bell_scenario_events_end(trace->scenario, socket) - 1].ready_us : INT64_MAX;
}

static bool is_never_read(const bell_outbox *box) { return box->since_us == INT64_MAX; }

/* The peer takes what it has taken by now. */
static void drain(bell_outbox *box, int64_t now_us) {
  const bell_stream *stream = box->stream;
  if (is_never_read(box)) return;
  uint64_t taken = box->buffered;
  if (stream->reads > 0) {
    taken = (uint64_t)(now_us / stream->every_us - box->since_us / stream->every_us) * stream->reads;
  }
  box->buffered -= taken < box->buffered ? (uint32_t)taken : box->buffered;
  box->since_us = now_us;
}

uint32_t bell_outbox_room(bell_outbox *box, int64_t now_us) {
  drain(box, now_us);
  return bell_stream_buffer(box->stream) - box->buffered;
}

int64_t bell_outbox_room_us(bell_outbox *box, uint32_t room, int64_t now_us) {
  uint32_t there = bell_outbox_room(box, now_us);
  const bell_stream *stream = box->stream;
  if (there >= room) return now_us;
  if (is_never_read(box)) return INT64_MAX;
  uint32_t times = (room - there + stream->reads - 1) / stream->reads;
  return (now_us / stream->every_us + times) * stream->every_us;
}

uint32_t bell_outbox_write(bell_outbox *box, int64_t now_us) {
  uint32_t room = bell_outbox_room(box, now_us);
  uint32_t bytes = box->owed < room ? box->owed : room;
  box->owed -= bytes;
  box->buffered += bytes;
  return bytes;
}

static bool is_row(const bell_trace *trace, uint32_t k) {
  return trace->written != NULL && !bell_trace_is_stop(trace, k);
}

int64_t bell_writing_wrote_column(const bell_trace *trace, uint32_t k) {
  return is_row(trace, k) ? trace->written[k].bytes : 0;
}

int64_t bell_writing_owed_column(const bell_trace *trace, uint32_t k) {
  return is_row(trace, k) ? trace->written[k].owed : 0;
}
