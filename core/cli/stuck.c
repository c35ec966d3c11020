#include "stuck.h"

#include <stdlib.h>

#include "multiplexer/bytes.h"

bool stuck_find(stuck *found, const bell_trace *trace) {
  uint32_t sockets = trace->scenario->statement_count;
  *found = (stuck){.sockets = calloc((size_t)sockets + 1, sizeof *found->sockets),
                   .messages = calloc((size_t)sockets + 1, sizeof *found->messages)};
  if (found->sockets == NULL || found->messages == NULL) {
    stuck_free(found);
    return false;
  }
  for (uint32_t i = 0; i < trace->scenario->event_count; i++) {
    found->messages[trace->events[i].statement] += bell_bytes_end_message(trace->scenario, i);
  }
  for (uint32_t k = 0; k < trace->step_count; k++) {
    if (!bell_trace_is_stop(trace, k) && !bell_trace_is_piece(trace, k) && !bell_trace_is_write(trace, k))
      found->messages[bell_trace_event(trace, k)->statement]--;
  }
  bool is_told = trace->step_count > 0 && trace->steps[trace->step_count - 1].queue == BELL_QUEUE_STARVED;
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
