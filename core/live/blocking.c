#include "live_server.h"

/* A wait at each socket in turn: read(2) sleeps until this one's next message has come. */
void live_blocking(live_server *s) {
  while (live_goes_on(s)) {
    for (uint32_t i = 0; i < live_sockets(s); i++) {
      live_wait_begins(s);
      live_read_result result = live_read(s, i);
      if (live_wait_ended(s) > 0) s->batch = s->trace->step_count;
      if (live_is_something(result)) live_handle(s, i, BELL_REASON_TURN);
    }
  }
}
