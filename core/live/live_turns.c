#include "live_turns.h"

#include <poll.h>
#include <stdlib.h>

#include "multiplexer/timer.h"

bool live_turns_start(live_turns *turns, const live_server *s) {
  uint32_t sockets = live_sockets(s);
  *turns = (live_turns){.told = calloc((size_t)sockets + 1, sizeof *turns->told),
                        .list = calloc((size_t)sockets + 1, sizeof *turns->list),
                        .is_in_either = calloc((size_t)sockets + 1, sizeof *turns->is_in_either)};
  return turns->told != NULL && turns->list != NULL && turns->is_in_either != NULL;
}

void live_turns_free(live_turns *turns) {
  free(turns->told);
  free(turns->list);
  free(turns->is_in_either);
}

/* That there is room to write is nothing to read. */
void live_turns_tell(live_turns *turns, live_server *s, uint32_t socket, uint32_t reported) {
  if (turns->is_in_either[socket] || reported == POLLOUT) return;
  s->inboxes[socket].reported = (uint16_t)reported;
  turns->is_in_either[socket] = true;
  turns->told[turns->told_count++] = socket;
}

/* Returns whether the socket had as many reads as a turn has. */
static bool take_turn(live_server *s, uint32_t socket, bool is_remembered) {
  if (bell_timer_is_left_unread(s->scenario, s->trace->strategy, socket)) {
    live_serve(s, socket, s->inboxes[socket].reported);
    return false;
  }
  bell_reason reason = is_remembered ? BELL_REASON_OWN_LIST : live_place(s);
  if (is_remembered) s->inboxes[socket].reported = 0;
  for (uint32_t reads = 0; reads < s->options.reads_a_turn; reads++) {
    live_read_result result = live_read(s, socket);
    if (live_is_something(result)) live_handle(s, socket, reason);
    else if (reads > 0) live_belongs_to_last_step(s);
    if (result != LIVE_MESSAGE) return false;
    reason = BELL_REASON_DRAIN;
  }
  return true;
}

void live_turns_take(live_turns *turns, live_server *s) {
  uint32_t before = s->trace->step_count;
  uint32_t told = turns->told_count;
  uint32_t all = told;
  for (uint32_t i = 0; i < turns->list_count; i++) turns->told[all++] = turns->list[i];
  bool was_asked = turns->list_count > 0;
  turns->told_count = turns->list_count = 0;
  for (uint32_t i = 0; i < all; i++) {
    uint32_t socket = turns->told[i];
    turns->is_in_either[socket] = take_turn(s, socket, i >= told);
    if (turns->is_in_either[socket]) turns->list[turns->list_count++] = socket;
  }
  if (!was_asked || s->trace->step_count > before) return;
  live_belongs_to_last_step(s);
  s->batch = s->trace->steps[before - 1].queued_at;
}
