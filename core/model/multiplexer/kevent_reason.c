#include "multiplexer/kevent_reason.h"

#include "multiplexer/kevent.h"

const char *kevent_what_was_told(const bell_trace *trace, uint32_t k) {
  if (bell_kevent_has_read(trace, k)) {
    return bell_timer_expirations_column(trace, k) == 1
               ? " Its event says 1, for {me} has expired once: there is nothing to read."
               : " Its event says {expirations}, for {me} has expired {expirations} times since it was told last. Who "
                 "counts events, and not what they say, misses {missed}.";
  }
  if (!bell_kevent_has_data_at_eof(trace, k)) return "";
  return bell_bytes_told(trace, k) > 0
             ? " Its event says EV_EOF, and that there are {told} to read: who closes {me} at EV_EOF loses them."
             : " Its event says EV_EOF, and there is something to read: who closes {me} at EV_EOF loses it.";
}

void kevent_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (sentence_fact_is(f, "told")) bell_text_size(out, bell_bytes_told(trace, k));
}
