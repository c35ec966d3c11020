#include "live_turns.h"

#include <poll.h>
#include <stdlib.h>

#include "multiplexer/timer.h"

bool live_turns_start(live_turns *turns, const live_server *s) {
  size_t sockets = live_sockets(s);
  turns->told = calloc(3 * sockets + 1, sizeof *turns->told); /* the list goes behind them */
  turns->list = calloc(sockets + 1, sizeof *turns->list);
  turns->is_in_either = calloc(sockets + 1, sizeof *turns->is_in_either);
  return turns->told != NULL && turns->list != NULL && turns->is_in_either != NULL;
}

void live_turns_free(live_turns *turns) {
  free(turns->told);
  free(turns->list);
  free(turns->is_in_either);
}

/* That there is room to write is nothing to read. */
void live_turns_tell(live_turns *turns, live_server *s, uint32_t socket, uint32_t reported) {
  bool may_read = reported != POLLOUT && !turns->is_in_either[socket];
  bool may_write = (reported & POLLOUT) != 0 && live_owes(s, socket);
  if (may_read || may_write) s->inboxes[socket].reported = (uint16_t)reported;
  if (may_read) turns->is_in_either[socket] = true;
  if (may_read) turns->told[turns->told_count++] = socket;
  if (may_write) turns->told[turns->told_count++] = live_sockets(s) + socket;
}

/* Unless the socket was closed since. */
static void write_in_turn(live_server *s, uint32_t socket) {
  if (live_is_open(s, socket) && live_owes(s, socket)) live_write_rest(s, socket, live_place(s));
}

/* Returns whether the socket had as many reads as a turn has. */
static bool read_in_turn(live_server *s, uint32_t socket, bool is_remembered) {
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
    bool is_of_room = turns->told[i] >= live_sockets(s);
    uint32_t socket = turns->told[i] - (is_of_room ? live_sockets(s) : 0);
    uint32_t step = s->trace->step_count;
    if (is_of_room) write_in_turn(s, socket);
    else turns->is_in_either[socket] = read_in_turn(s, socket, i >= told);
    if (!is_of_room && turns->is_in_either[socket]) turns->list[turns->list_count++] = socket;
    turns->watch(s, turns->set, socket, step);
  }
  if (!was_asked || s->trace->step_count > before) return;
  live_belongs_to_last_step(s);
  s->batch = s->trace->steps[before - 1].queued_at;
}
