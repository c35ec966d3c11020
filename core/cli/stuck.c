#include "stuck.h"

#include <stdlib.h>

#include "multiplexer/timer.h"

/* Messages alone can be: what a timer counts is read as one. */
bool stuck_find(stuck *found, const bell_trace *trace) {
  uint32_t sockets = trace->scenario->statement_count;
  *found = (stuck){.sockets = calloc((size_t)sockets + 1, sizeof *found->sockets),
                   .messages = calloc((size_t)sockets + 1, sizeof *found->messages)};
  if (found->sockets == NULL || found->messages == NULL) {
    stuck_free(found);
    return false;
  }
  for (uint32_t i = 0; i < trace->scenario->event_count; i++) {
    uint32_t source = trace->events[i].statement;
    bool is_message = !bell_timer_is(trace->scenario, source) && bell_bytes_end_message(trace->scenario, i);
    found->messages[source] += is_message;
  }
  for (uint32_t k = 0; k < trace->step_count; k++) {
    bool is_other = bell_trace_is_stop(trace, k) || bell_trace_is_piece(trace, k) || bell_trace_is_write(trace, k);
    if (is_other) continue;
    uint32_t source = bell_trace_event(trace, k)->statement;
    if (!bell_timer_is(trace->scenario, source)) found->messages[source]--;
  }
  const bell_step *last = trace->step_count > 0 ? &trace->steps[trace->step_count - 1] : NULL;
  bool is_told = last != NULL && last->queue == BELL_QUEUE_STARVED;
  bool is_in_vain =
      last != NULL && trace->accepting != NULL && trace->accepting[trace->step_count - 1].waits != BELL_NONE;
  if (is_in_vain) found->messages[trace->events[last->event].statement] = 0; /* the last row tells */
  for (uint32_t i = 0; i < sockets && !is_told; i++) {
    if (found->messages[i] > 0) found->sockets[found->count++] = i;
  }
  return true;
}

void stuck_free(stuck *found) {
  free(found->sockets);
  free(found->messages);
  *found = (stuck){0};
}
