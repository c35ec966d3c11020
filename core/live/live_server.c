#include "live_server.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static live_read_result end(live_server *s, uint32_t socket) {
  if (!live_is_open(s, socket)) return LIVE_ENDED;
  close(live_descriptor(s, socket));
  s->connections[socket].server = -1;
  atomic_fetch_sub(&s->open, 1);
  return LIVE_ENDED;
}

static live_record record_of(const live_server *s, uint32_t socket) {
  live_record record;
  memcpy(&record, s->inboxes[socket].bytes, sizeof record);
  return record;
}

live_read_result live_take_in(live_server *s, uint32_t socket, ssize_t result) {
  if (result == -EAGAIN || result == -EINTR) return LIVE_NOTHING;
  if (result <= 0 || atomic_load(&s->peers->over)) return end(s, socket);
  s->inboxes[socket].count += (uint32_t)result;
  if (live_inbox_room(s, socket) > 0) return LIVE_NOTHING;
  uint32_t expected = s->next[socket] - s->scenario->statements[socket].first_event;
  if (record_of(s, socket).sequence == expected) return LIVE_MESSAGE;
  live_fail(s, "a message came twice, or one was lost", 0);
  return end(s, socket);
}

live_read_result live_read(live_server *s, uint32_t socket) {
  while (live_is_open(s, socket) && !atomic_load(&s->peers->over)) {
    ssize_t count = read(live_descriptor(s, socket), live_inbox_end(s, socket), live_inbox_room(s, socket));
    int error = errno;
    live_read_result result = live_take_in(s, socket, count < 0 ? -error : count);
    if (result != LIVE_NOTHING) return result;
    if (count < 0 && error != EINTR) {
      s->answers.in_vain++;
      return LIVE_NOTHING;
    }
  }
  return end(s, socket);
}

void live_write_down(live_server *s, uint32_t socket, bell_reason reason) {
  uint32_t step = s->trace->step_count++;
  s->trace->steps[step] = (bell_step){.time_us = live_now_us(s->peers),
                                      .event = s->next[socket]++,
                                      .other = BELL_NONE,
                                      .queued_at = s->batch,
                                      .reason = (uint8_t)reason};
  s->trace->answers[step] = s->answers;
  s->answers = (bell_answers){0};
  atomic_fetch_add(&s->peers->handled, 1);
}

void live_be_busy(live_server *s, uint32_t socket) {
  uint32_t takes_us = s->scenario->statements[socket].takes_us;
  if (takes_us > 0 && !atomic_load(&s->peers->over)) live_sleep_until(s->peers, live_now_us(s->peers) + takes_us);
  s->inboxes[socket].count = 0;
  if (record_of(s, socket).is_last) end(s, socket);
}

void live_handle(live_server *s, uint32_t socket, bell_reason reason) {
  live_write_down(s, socket, reason);
  live_be_busy(s, socket);
}

void live_answered(live_server *s, uint32_t count) {
  s->answers.returned = count;
  s->batch = s->trace->step_count;
}

live_read_result live_serve(live_server *s, uint32_t socket) {
  live_read_result result = live_read(s, socket);
  bool first = s->trace->step_count == s->batch;
  if (result == LIVE_MESSAGE) live_handle(s, socket, first ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT);
  return result;
}

void live_fail(live_server *s, const char *what, int error) {
  s->outcome->status = LIVE_FAILED;
  snprintf(s->outcome->problem, sizeof s->outcome->problem, "%s%s%s", what, error != 0 ? ": " : "",
           error != 0 ? strerror(error) : "");
}
