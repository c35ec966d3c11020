#include "trace/reason.h"

void bell_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool of_lesson_4 = trace->scenario->host == BELL_MULTIPLEXER;
  (of_lesson_4 ? bell_multiplexer_reason_print : bell_loop_reason_print)(trace, k, out);
}
