/* What the handler of a source does, in lesson 4: the lines that are indented under it. */
#include "scenario/parser_parts.h"

static bool has_stream(const parser *p, uint32_t socket) {
  return p->scenario->stream_count > 0 && p->streams->statement == socket;
}

/* The last message may break off. */
static uint64_t messages_of(const bell_stream *stream, uint32_t events) {
  return (events + stream->parts - 1) / stream->parts;
}

/* Each read takes so much, or ends a part: the parts are counted already. */
static bool tell_stream(parser *p, uint32_t socket, uint32_t events) {
  bool is_sized = has_stream(p, socket) && p->streams->size > 0;
  if (!is_sized) return fail_statement(p, BELL_PROBLEM_NO_SIZE);
  if (p->streams->limit < UINT32_MAX) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  p->streams->limit = p->stream.limit;
  return parser_count(p, capped(messages_of(p->streams, events) * (p->streams->size / p->streams->limit)));
}

/* Of what is written each time takes so much at least, or ends an answer: there is that much room, or it is all. */
static uint32_t least_write(const bell_stream *stream, bool is_read_at_once) {
  uint32_t enough = is_read_at_once ? bell_stream_buffer(stream) : bell_stream_enough(stream);
  return stream->reads > 0 && stream->reads < enough ? stream->reads : enough;
}

/* What a run holds besides are writes, and how often the peer reads bounds its time. */
static bool tell_answer(parser *p, bell_statement *socket, uint32_t events) {
  uint32_t statement = parent_of(p)->statement;
  uint32_t answer = p->stream.answer;
  if (!has_stream(p, statement)) {
    p->stream.answer = 0;
    parser_put_stream(p, statement);
  }
  bell_stream *stream = p->streams;
  if (stream->answer > 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  stream->answer = answer;
  uint64_t messages = messages_of(stream, events);
  if (messages * answer > BELL_ANSWERS_MAX) return fail_statement(p, BELL_PROBLEM_ANSWERS);
  bool watches = (socket->conduct & BELL_WATCHES_WRITE) != 0;
  bool does_not = (socket->conduct & (BELL_WAITS_TO_WRITE | BELL_FORGETS_REST)) != 0;
  if (watches && does_not) return fail_statement(p, BELL_PROBLEM_WATCHING);
  bool is_read_at_once = stream->reads == 0 && (socket->conduct & BELL_READS_NEVER) == 0;
  uint32_t writes = capped(messages * (answer / least_write(stream, is_read_at_once) + 1));
  p->scenario->writing = p->scenario->closing = true;
  p->scenario->writes += writes;
  bool is_at_once = is_read_at_once && answer <= bell_stream_buffer(stream);
  if (is_at_once || (socket->conduct & BELL_WAITS_TO_WRITE) != 0) p->scenario->writes_at_once += writes;
  return parser_count(p, writes);
}

/* `stop watching` */
static bool tell_stop(parser *p, bell_statement *socket) {
  bool writes = has_stream(p, parent_of(p)->statement) && p->streams->answer > 0;
  unsigned others = BELL_WATCHES_WRITE | BELL_WAITS_TO_WRITE | BELL_FORGETS_REST;
  if (!writes) return fail_statement(p, BELL_PROBLEM_NO_WRITE);
  if ((socket->conduct & others) != 0) return fail_statement(p, BELL_PROBLEM_WATCHING);
  if ((socket->conduct & BELL_STOPS_WATCHING) != 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  socket->conduct |= BELL_STOPS_WATCHING;
  return true;
}

/* `hand over`: of each message the worker tells, once it is done. */
static bool tell_hand(parser *p, bell_statement *socket, uint32_t events) {
  if ((socket->conduct & BELL_HANDS_OVER) != 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  socket->conduct |= BELL_HANDS_OVER;
  if (p->handed == 0) p->handed = p->lx.problem.line;
  uint32_t messages = has_stream(p, parent_of(p)->statement) ? events / p->streams->parts : events; /* whole ones */
  p->scenario->given_max += messages;
  return parser_count(p, messages);
}

/* What such a line says, where that is all of it. */
static uint8_t bit_of(bell_kind kind) {
  if (BELL_HAS_BYTES && kind == BELL_LEAVE) return BELL_LEAVES_UNREAD;
  if (BELL_HAS_BYTES && kind == BELL_KEEP) return BELL_KEEPS_SPARE;
  return kind == BELL_IGNORE ? BELL_IGNORES_END : BELL_WATCHES_WRITE;
}

/* A file has its end in a run. */
static bool is_ending(const bell_statement *source, bool has_end) {
  return has_end || (BELL_HAS_BYTES && source->kind == BELL_FILE);
}

bool parser_tell(parser *p, const bell_statement *s) {
  if (parent_of(p)->statement == BELL_NONE) return true; /* its line was wrong, which was reported */
  bell_statement *socket = &p->scenario->statements[parent_of(p)->statement];
  uint32_t events = p->scenario->event_count;
  bool has_end = events > socket->first_event && p->scenario->events[events - 1].parent == BELL_END;
  bool fits = !BELL_HAS_BYTES || bell_word_fits((bell_kind)s->kind, BELL_MULTIPLEXER, (bell_kind)socket->kind);
  bool is_under_none = socket->kind == BELL_TIMEOUT || socket->kind == BELL_SIGNAL; /* they have no handler */
  bool writes = BELL_HAS_BYTES && socket->kind == BELL_PIPE && (word_of(s)->places & BELL_IN_HANDLER) != 0;
  if (!fits && writes) return fail_statement(p, BELL_PROBLEM_PIPE);
  if (!fits) return fail_statement(p, is_under_none ? BELL_PROBLEM_PROMISE_BARE : BELL_PROBLEM_HOST_ACTIONS);
  if (BELL_HAS_BYTES && s->kind == BELL_READ) {
    return tell_stream(p, parent_of(p)->statement, events - socket->first_event - has_end);
  }
  if (BELL_HAS_BYTES && s->kind == BELL_WRITE) {
    socket->conduct |= s->conduct;
    return tell_answer(p, socket, events - socket->first_event - has_end);
  }
  if (BELL_HAS_BYTES && s->kind == BELL_STOP) return tell_stop(p, socket);
  if (BELL_HAS_BYTES && s->kind == BELL_HAND) return tell_hand(p, socket, events - socket->first_event - has_end);
  uint8_t bit = bit_of((bell_kind)s->kind);
  bool keeps_for_nothing = BELL_HAS_BYTES && s->kind == BELL_KEEP && p->scenario->descriptors == 0;
  if (keeps_for_nothing) return fail_statement(p, BELL_PROBLEM_NO_BOUND);
  if (s->kind == BELL_IGNORE && !is_ending(socket, has_end)) return fail_statement(p, BELL_PROBLEM_NO_END);
  if ((socket->conduct & bit) != 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  unsigned beside = BELL_STOPS_WATCHING | BELL_WAITS_TO_WRITE | BELL_FORGETS_REST;
  bool does_not_go = BELL_HAS_BYTES && s->kind == BELL_WATCH && (socket->conduct & beside) != 0;
  if (does_not_go) return fail_statement(p, BELL_PROBLEM_WATCHING);
  socket->conduct |= bit;
  return p->scenario->closing = true;
}
