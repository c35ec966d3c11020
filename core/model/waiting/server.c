#include "server.h"

uint32_t server_notice(server *s) {
  const bell_ready *first = bell_readiness_first(&s->arrivals);
  if (first == NULL || first->ready_us > s->now_us) return BELL_NONE;
  uint32_t socket = s->scenario->events[bell_readiness_take(&s->arrivals).event].statement;
  s->come[socket]++;
  return socket;
}

bool server_sleep(server *s) {
  const bell_ready *first = bell_readiness_first(&s->arrivals);
  if (first == NULL) return false;
  if (first->ready_us > s->now_us) s->now_us = first->ready_us;
  return true;
}

void server_handle(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other) {
  uint32_t step = s->trace->step_count++;
  s->trace->steps[step] = (bell_step){
      .time_us = s->now_us, .event = s->next[socket]++, .other = other, .queued_at = batch, .reason = (uint8_t)reason};
  s->trace->answers[step] = s->answers;
  s->answers = (bell_answers){0};
  s->now_us += s->scenario->statements[socket].takes_us;
}
