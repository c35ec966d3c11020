#include "multiplexer/server.h"

/* The kernel's ready list: a chain through `list`, from first to last. */
enum { END = UINT32_MAX, ABSENT = UINT32_MAX - 1 };

typedef struct ready_list {
  uint32_t first; /* END when empty */
  uint32_t last;
  uint32_t count;
} ready_list;

/* Puts a socket at the end of the list, unless it is in it already. */
static void join(server *s, ready_list *ready, uint32_t socket) {
  if (s->list[socket] != ABSENT) return;
  s->list[socket] = END;
  if (ready->first == END) {
    ready->first = socket;
  } else {
    s->list[ready->last] = socket;
  }
  ready->last = socket;
  ready->count++;
}

static uint32_t leave(server *s, ready_list *ready) {
  uint32_t socket = ready->first;
  ready->first = s->list[socket];
  s->list[socket] = ABSENT;
  ready->count--;
  return socket;
}

static void notice(server *s, ready_list *ready) {
  uint32_t socket;
  while ((socket = server_notice(s)) != BELL_NONE) join(s, ready, socket);
}

/* What one wait answers: sockets from the front of the list, moved to `link`; those that have been read empty since
 * they joined are dropped. Returns how many. */
static uint32_t answer(server *s, ready_list *ready) {
  uint32_t count = 0;
  while (ready->first != END && count < s->options.maxevents) {
    uint32_t socket = leave(s, ready);
    if (server_has_message(s, socket)) s->link[count++] = socket;
  }
  return count;
}

/* Reads what an edge-triggered socket has until a read would block, or tells the end: it is not told again. That
 * last read belongs to the step before it, for there may be none after. */
static void drain(server *s, ready_list *ready, uint32_t socket, uint32_t batch) {
  while (!server_is_over(s, socket)) {
    notice(s, ready);
    if (!server_has_message(s, socket)) {
      s->trace->answers[s->trace->step_count - 1].in_vain++;
      return;
    }
    server_handle(s, socket, batch, BELL_REASON_DRAIN, BELL_NONE);
  }
}

/* The list is empty. Then nothing is left to be read, unless messages are stuck. False when no more will come. */
static bool wait_for_more(server *s, bool edge) {
  bool may_be_stuck = edge && s->options.no_drain;
  if (!may_be_stuck) server_answer_those_alone(s, edge ? 1 : 0);
  return server_sleep(s);
}

static void run(server *s, bool edge) {
  ready_list ready = {END, END, 0};
  for (uint32_t socket = 0; socket < server_sockets(s); socket++) s->list[socket] = ABSENT;
  for (;;) {
    notice(s, &ready);
    bool is_waiting = ready.count == s->spinning; /* the list is empty, as a rule */
    uint32_t count = is_waiting ? 0 : answer(s, &ready);
    if (count == 0) {
      if (!wait_for_more(s, edge)) return;
      continue;
    }
    s->answers.returned = count;
    uint32_t batch = s->trace->step_count;
    for (uint32_t i = 0; !edge && i < count; i++) join(s, &ready, s->link[i]); /* behind those that had to wait */
    for (uint32_t i = 0; i < count; i++) {
      uint32_t other = i + 1 < count ? server_behind(s, s->link[i + 1]) : BELL_NONE;
      server_handle(s, s->link[i], batch, server_place(s, batch), other);
      if (edge && !s->options.no_drain) drain(s, &ready, s->link[i], batch);
    }
  }
}

void bell_epoll(server *s) { run(s, false); }
void bell_epoll_et(server *s) { run(s, true); }
