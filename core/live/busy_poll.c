#include "live_server.h"

/* The sockets are O_NONBLOCK: a read that finds nothing says so at once (EAGAIN), and the round goes on. */
void live_busy_poll(live_server *s) {
  while (atomic_load(s->open) > 0) {
    uint32_t before = s->trace->step_count;
    for (uint32_t i = 0; i < live_sockets(s); i++) {
      if (live_is_something(live_read(s, i))) live_handle(s, i, BELL_REASON_ROUND);
      if (live_owes(s, i) && live_is_open(s, i)) live_write_rest(s, i, BELL_REASON_ROUND);
    }
    if (s->trace->step_count == before) s->waited = true;
  }
}
