#include "multiplexer/server.h"

/* A socket's read is under way in the kernel, or completed and in the completion queue, or not handed over again yet.
 * `list` chains the completion queue; `link` holds the sockets whose last completion was handled, in that order. */
enum { END = UINT32_MAX, UNDER_WAY = UINT32_MAX - 1, NOT_HANDED_OVER = UINT32_MAX - 2 };

typedef struct completions {
  uint32_t first; /* END when empty */
  uint32_t last;
  uint32_t count;
} completions;

/* A read that completes takes what is there by then: events before `come`. */
static void complete(server *s, completions *queue, uint32_t socket, uint32_t come) {
  if (server_has_bytes(s)) s->within[socket] = come;
  s->list[socket] = END;
  if (queue->first == END) {
    queue->first = socket;
  } else {
    s->list[queue->last] = socket;
  }
  queue->last = socket;
  queue->count++;
}

/* A message that comes completes the read that is under way. */
static void notice(server *s, completions *queue) {
  uint32_t socket;
  while ((socket = server_notice(s)) != BELL_NONE) {
    if (s->list[socket] == UNDER_WAY) complete(s, queue, socket, s->come[socket]);
  }
}

/* Hands over the reads of the sockets in `link`; where a message is there already, the read completes at once. */
static void submit(server *s, completions *queue, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t socket = s->link[i];
    s->list[socket] = UNDER_WAY;
    if (!server_has_message(s, socket)) continue;
    complete(s, queue, socket, server_has_bytes(s) ? server_come(s, socket) : 0);
  }
}

void bell_io_uring(server *s) {
  completions queue = {END, END, 0};
  uint32_t handled = server_sockets(s);
  for (uint32_t socket = 0; socket < handled; socket++) {
    s->link[socket] = socket;
    s->list[socket] = NOT_HANDED_OVER;
  }
  for (;;) {
    notice(s, &queue);
    submit(s, &queue, handled);
    handled = 0;
    if (queue.count == 0 || server_only_spins(s)) {
      server_answer_those_alone(s, 0);
      if (!server_sleep(s)) return;
      continue;
    }
    uint32_t count = queue.count < s->options.maxevents ? queue.count : s->options.maxevents;
    s->answers.returned = count;
    uint32_t batch = s->trace->step_count;
    for (; handled < count; handled++) {
      uint32_t socket = queue.first;
      queue.first = s->list[socket];
      queue.count--;
      s->list[socket] = NOT_HANDED_OVER;
      s->link[handled] = socket;
      uint32_t other = handled + 1 < count ? server_behind(s, queue.first) : BELL_NONE;
      server_handle(s, socket, batch, server_place(s, batch), other);
    }
  }
}
