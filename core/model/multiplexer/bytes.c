#include "multiplexer/bytes.h"

#include "multiplexer/turns.h"

/* ---- how far a socket has been read ----------------------------------------------------------------------------- */

/* Where its message begins: the index of its first event. */
static uint32_t begin_of(const bell_scenario *scenario, const bell_stream *stream, uint32_t event) {
  uint32_t first = bell_scenario_first_event(scenario, stream->statement);
  return event - (event - first) % stream->parts;
}

/* How much so many of a message's parts bring. */
static uint32_t bytes_of(const bell_stream *stream, uint32_t parts) {
  return (uint32_t)((uint64_t)stream->size * parts / stream->parts);
}

/* The stream of a socket whose next event is no end. */
static const bell_stream *stream_at(const bell_scenario *scenario, uint32_t socket, uint32_t event) {
  const bell_stream *stream = bell_scenario_stream(scenario, socket);
  return stream != NULL && !bell_scenario_is_end(scenario, event) ? stream : NULL;
}

uint32_t bell_bytes_taken(const bell_scenario *scenario, uint32_t socket, bell_place place, uint32_t come) {
  const bell_stream *stream = stream_at(scenario, socket, place.next);
  if (stream == NULL) return 0;
  bool has_end = bell_scenario_is_end(scenario, come - 1);
  uint32_t parts = come - has_end - begin_of(scenario, stream, place.next);
  uint32_t there = bytes_of(stream, parts < stream->parts ? parts : stream->parts) - place.so_far;
  return there < stream->limit ? there : stream->limit;
}

uint32_t bell_bytes_room(const bell_scenario *scenario, uint32_t socket, bell_place place) {
  const bell_stream *stream = stream_at(scenario, socket, place.next);
  if (stream == NULL) return 0;
  uint32_t missing = stream->size - place.so_far;
  return missing < stream->limit ? missing : stream->limit;
}

bell_taken bell_bytes_take(const bell_scenario *scenario, uint32_t socket, bell_place *place, uint32_t bytes) {
  const bell_stream *stream = stream_at(scenario, socket, place->next);
  if (stream == NULL) {
    place->next++;
    return (bell_taken){0};
  }
  uint32_t begin = begin_of(scenario, stream, place->next);
  place->so_far += bytes;
  while (place->next < begin + stream->parts && bytes_of(stream, place->next - begin + 1) <= place->so_far) {
    place->next++;
  }
  uint32_t missing = stream->size - place->so_far;
  if (missing == 0) place->so_far = 0;
  return (bell_taken){.bytes = bytes, .missing = missing};
}

/* ---- what lies there --------------------------------------------------------------------------------------------- */

/* They are in the order of time. */
uint32_t bell_bytes_come(const bell_trace *trace, uint32_t socket, int64_t time_us) {
  uint32_t first = bell_scenario_first_event(trace->scenario, socket);
  uint32_t count = bell_scenario_events_end(trace->scenario, socket) - first;
  while (count > 0) {
    uint32_t half = count / 2;
    bool has_come = trace->events[first + half].ready_us <= time_us;
    if (has_come) first += half + 1;
    count = has_come ? count - half - 1 : half;
  }
  return first;
}

/* The bytes of a socket's events before that one. */
static uint64_t bytes_before(const bell_scenario *scenario, const bell_stream *stream, uint32_t event) {
  uint32_t events = event - bell_scenario_first_event(scenario, stream->statement);
  bool has_end = event > 0 && events > 0 && bell_scenario_is_end(scenario, event - 1);
  events -= has_end;
  return (uint64_t)(events / stream->parts) * stream->size + bytes_of(stream, events % stream->parts);
}

static uint64_t bytes_read(const bell_trace *trace, const bell_stream *stream, uint32_t k) {
  uint32_t begin = begin_of(trace->scenario, stream, trace->steps[k].event);
  return bytes_before(trace->scenario, stream, begin) + stream->size - trace->taken[k].missing;
}

/* The stream that a step reads of; NULL when it reads an end, or is none. */
static const bell_stream *stream_of(const bell_trace *trace, uint32_t k) {
  bool has_none = bell_trace_is_stop(trace, k) || bell_trace_is_write(trace, k);
  if (!BELL_HAS_BYTES || trace->taken == NULL || has_none) return NULL;
  return stream_at(trace->scenario, bell_trace_event(trace, k)->statement, trace->steps[k].event);
}

uint64_t bell_bytes_unread(const bell_trace *trace, uint32_t k) {
  const bell_stream *stream = stream_of(trace, k);
  if (stream == NULL) return 0;
  uint32_t come = bell_bytes_come(trace, stream->statement, trace->steps[k].time_us);
  return bytes_before(trace->scenario, stream, come) - bytes_read(trace, stream, k);
}

uint64_t bell_bytes_told(const bell_trace *trace, uint32_t k) {
  const bell_stream *stream = stream_of(trace, k);
  if (stream == NULL) return 0;
  int64_t told_us = trace->steps[trace->steps[k].queued_at].time_us;
  uint32_t come = bell_bytes_come(trace, stream->statement, told_us);
  uint64_t read = bytes_read(trace, stream, k) - trace->taken[k].bytes;
  return bytes_before(trace->scenario, stream, come) - read;
}

/* If the same answer told of room to write, that goes before what is read on. */
bool bell_bytes_are_read_on(const bell_trace *trace, uint32_t k) {
  uint32_t next = k + 1;
  if (next < trace->step_count && bell_trace_is_write(trace, next)) next++;
  return next < trace->step_count && trace->steps[next].reason == BELL_REASON_DRAIN;
}

bool bell_bytes_end_message(const bell_scenario *scenario, uint32_t event) {
  const bell_stream *stream = stream_at(scenario, scenario->events[event].statement, event);
  return stream == NULL || begin_of(scenario, stream, event) + stream->parts == event + 1;
}

uint32_t bell_bytes_broken_off(const bell_trace *trace, uint32_t k) {
  if (trace->taken == NULL || bell_trace_is_stop(trace, k) || !bell_trace_is_end(trace, k)) return 0;
  const bell_stream *stream = bell_scenario_stream(trace->scenario, bell_trace_event(trace, k)->statement);
  if (stream == NULL) return 0;
  uint32_t end = trace->steps[k].event;
  uint32_t parts = (end - bell_scenario_first_event(trace->scenario, stream->statement)) % stream->parts;
  return bytes_of(stream, parts);
}

bool bell_bytes_are_lost(const bell_trace *trace, uint32_t k) {
  if (bell_bytes_unread(trace, k) == 0 || !bell_strategy_tells_once(trace->strategy)) return false;
  uint32_t socket = bell_trace_event(trace, k)->statement;
  int64_t told_us = trace->steps[trace->steps[k].queued_at].time_us;
  return !bell_bytes_are_read_on(trace, k) && !trace->steps[k].is_looked_at_anew &&
         !bell_turns_is_remembered(trace, k) &&
         bell_bytes_come(trace, socket, told_us) == bell_bytes_come(trace, socket, trace->steps[k].time_us);
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

int64_t bell_bytes_taken_column(const bell_trace *trace, uint32_t k) {
  return stream_of(trace, k) != NULL ? trace->taken[k].bytes : 0;
}

int64_t bell_bytes_so_far_column(const bell_trace *trace, uint32_t k) {
  const bell_stream *stream = stream_of(trace, k);
  return stream != NULL ? (int64_t)stream->size - trace->taken[k].missing : 0;
}

int64_t bell_bytes_unread_column(const bell_trace *trace, uint32_t k) { return (int64_t)bell_bytes_unread(trace, k); }
