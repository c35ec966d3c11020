#include "chain.h"
#include "multiplexer/server.h"

/* The kernel's ready list is a chain through `list`; who is not in it is absent. */
enum { ABSENT = BELL_CHAIN_END - 1 };

/* In `link`, whatever comes before the socket is served: the answer tells nothing new of it, or of room alone. */
#define NOTHING_NEW (UINT32_C(1) << 31)
#define ROOM_ALONE (BELL_HAS_BYTES ? UINT32_C(1) << 30 : 0)

static uint32_t socket_in(const server *s, uint32_t i) { return s->link[i] & ~(NOTHING_NEW | ROOM_ALONE); }

/* What an answer tells of a socket. */
static uint32_t told_of(const server *s, uint32_t socket) {
  if (server_is_out_of_descriptors(s, socket)) return 0; /* one may be closed before its turn comes */
  if (server_spins(s, socket)) return NOTHING_NEW;
  bool is_room_alone = server_has_room(s, socket) && !server_has_message(s, socket);
  return is_room_alone ? ROOM_ALONE : 0;
}

/* Puts a socket at the end of the list, unless it is in it already. */
static void join(server *s, bell_chain *ready, uint32_t socket) {
  if (s->list[socket] == ABSENT) bell_chain_put(ready, s->list, sizeof *s->list, socket);
}

static uint32_t leave(server *s, bell_chain *ready) {
  uint32_t socket = bell_chain_take(ready, s->list, sizeof *s->list);
  s->list[socket] = ABSENT;
  return socket;
}

static void notice(server *s, bell_chain *ready) {
  uint32_t socket;
  while ((socket = server_notice(s)) != BELL_NONE) join(s, ready, socket);
}

/* Where turns are bounded room to write is a turn of its own. */
static void tell_turns(server *s, uint32_t socket, uint32_t told) {
  if (told == 0) server_tell_turns(s, socket);
  if (!server_has_room(s, socket)) return;
  s->outboxes[socket].is_to_read = told == 0;
  server_tell_turns(s, server_room_of(s, socket));
}

/* What one wait answers: sockets from the front of the list, moved to `link`, or where turns are bounded to their
 * chain; those that have been read empty since they joined are dropped. Returns how many. */
static uint32_t answer(server *s, bell_chain *ready) {
  uint32_t count = 0;
  while (!bell_chain_is_empty(*ready) && count < s->options.maxevents) {
    uint32_t socket = leave(s, ready);
    bool has_room = server_has_writing(s) && server_finds_room(s, socket, s->now_us);
    if (!has_room && !server_is_ready(s, socket)) continue;
    uint32_t told = told_of(s, socket);
    if (server_has_turns(s)) tell_turns(s, socket, told);
    else s->link[count] = socket | told;
    count++;
  }
  return count;
}

/* While those that are always ready are answered again and again, all others are dropped. */
static void drop_read_empty(server *s, bell_chain *ready) {
  bell_chain old = *ready;
  *ready = BELL_CHAIN_EMPTY;
  while (!bell_chain_is_empty(old)) {
    uint32_t socket = leave(s, &old);
    if (server_is_ready(s, socket)) join(s, ready, socket);
  }
}

/* The list is empty. Then nothing is left to be read, unless messages are stuck. False when no more will come. */
static bool wait_for_more(server *s, bool edge) {
  bool may_be_left = edge && (s->options.no_drain || server_has_turns(s));
  if (!may_be_left) server_answer_those_alone(s, edge ? 1 : 0);
  return server_sleep(s);
}

/* A set is filled socket by socket, and each that is ready then joins the list. */
static void join_from_the_beginning(server *s, bell_chain *ready) {
  for (uint32_t socket = 0; socket < server_sockets(s); socket++) {
    bool speaks = !bell_closing_is_silent(s->scenario, socket);
    bool has_message = speaks && s->scenario->events[bell_scenario_first_event(s->scenario, socket)].ready_us == 0;
    if (has_message || server_is_watched(s, socket)) join(s, ready, socket);
  }
}

/* Its handler has begun to watch for writing, or has stopped to: epoll_ctl looks at the socket anew, and puts it on the
 * list if it is ready, edge-triggered too (ep_modify in fs/eventpoll.c). Level-triggered, it is there already. */
static void look_anew(server *s, bell_chain *ready, uint32_t socket, uint32_t step) {
  if (s->is_told_again || !server_is_written_to(s, socket)) return;
  if (s->outboxes[socket].is_watched == s->outboxes[socket].is_registered) return;
  s->outboxes[socket].is_registered = s->outboxes[socket].is_watched;
  s->trace->steps[step].is_looked_at_anew = true;
  notice(s, ready); /* those that came before it looks */
  if (server_is_ready(s, socket)) join(s, ready, socket);
}

/* Reads each of an answer's sockets, which stand in `link`. */
static void serve(server *s, bell_chain *ready, bool drains, uint32_t count) {
  uint32_t batch = s->trace->step_count;
  for (uint32_t i = 0; i < count; i++) {
    bool has_other = i + 1 < count && (s->link[i + 1] & NOTHING_NEW) == 0;
    uint32_t other = has_other ? server_behind(s, socket_in(s, i + 1)) : BELL_NONE;
    uint32_t socket = socket_in(s, i);
    if ((s->link[i] & NOTHING_NEW) != 0) {
      server_pass(s, socket);
      continue;
    }
    bool is_room_alone = (s->link[i] & ROOM_ALONE) != 0;
    uint32_t before = s->trace->step_count;
    if (!is_room_alone) server_handle(s, socket, batch, server_place(s, batch), other);
    else server_write_rest(s, socket, batch, server_place(s, batch), other);
    bool is_in_vain = BELL_HAS_BYTES && s->trace->step_count == before;
    if (drains && !is_room_alone && !is_in_vain && !server_leaves_unread(s, socket)) {
      server_read_on(s, socket, (server_reading){.notice = notice, .kernels = ready, .batch = batch}, UINT32_MAX);
    }
    look_anew(s, ready, socket, before);
  }
}

static void run(server *s, bool edge) {
  bell_chain ready = BELL_CHAIN_EMPTY;
  for (uint32_t socket = 0; socket < server_sockets(s); socket++) s->list[socket] = ABSENT;
  if (s->has_interest) join_from_the_beginning(s, &ready);
  for (;;) {
    notice(s, &ready);
    bool only_spins = server_only_spins(s);
    if (only_spins) drop_read_empty(s, &ready);
    if (BELL_HAS_BYTES) s->answered++;
    uint32_t count = only_spins ? 0 : answer(s, &ready);
    if (count == 0 && !server_remembers(s)) {
      if (!wait_for_more(s, edge)) return;
      continue;
    }
    s->answers.returned = count;
    for (uint32_t i = 0; !edge && i < count; i++) join(s, &ready, socket_in(s, i)); /* behind those that had to wait */
    uint32_t batch = s->trace->step_count;
    if (server_has_turns(s)) batch = server_take_turns(s, (server_reading){notice, &ready, batch, look_anew});
    else serve(s, &ready, edge && !s->options.no_drain, count);
    if (server_may_end_early(s)) server_look_around(s, batch);
  }
}

void bell_epoll(server *s) { run(s, false); }
void bell_epoll_et(server *s) { run(s, true); }
