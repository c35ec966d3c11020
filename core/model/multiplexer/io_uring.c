#include "chain.h"
#include "multiplexer/server.h"

/* An operation of the kernel: a socket's read has the socket's number; its write, where handlers write, that number
 * behind all reads. It is under way, or in one of two chains through `list`. */
enum {
  UNDER_WAY = BELL_CHAIN_END - 1,
  NOT_NEEDED = BELL_CHAIN_END - 2, /* a write, while nothing is owed */
};

typedef struct completions {
  bell_chain chain;        /* the completion queue, */
  uint32_t count;          /* of those in it; */
  bell_chain to_hand_over; /* and what was not handed over again yet */
} completions;

static bool is_write(const server *s, uint32_t operation) { return BELL_HAS_BYTES && operation >= server_sockets(s); }
static uint32_t write_of(const server *s, uint32_t socket) { return server_sockets(s) + socket; }

static void complete(server *s, completions *queue, uint32_t operation) {
  bell_chain_put(&queue->chain, s->list, sizeof *s->list, operation);
  queue->count++;
}

/* A read that completes takes what is there by then: events before `come`. */
static void complete_read(server *s, completions *queue, uint32_t socket, uint32_t come) {
  if (server_takes_bytes(s)) s->within[socket] = come;
  complete(s, queue, socket);
}

/* A message that comes completes the read that is under way, room the write. */
static void notice(server *s, completions *queue) {
  uint32_t socket;
  while ((socket = server_notice(s)) != BELL_NONE) {
    bool is_room = server_has_room(s, socket) && s->list[write_of(s, socket)] == UNDER_WAY;
    if (is_room) complete(s, queue, write_of(s, socket));
    else if (s->list[socket] == UNDER_WAY) complete_read(s, queue, socket, s->come[socket]);
  }
}

static void prepare(server *s, completions *queue, uint32_t operation) {
  bell_chain_put(&queue->to_hand_over, s->list, sizeof *s->list, operation);
}

/* Hands those operations over. Where a message is there already, or room, they complete at once. */
static void submit(server *s, completions *queue) {
  while (!bell_chain_is_empty(queue->to_hand_over)) {
    uint32_t operation = bell_chain_take(&queue->to_hand_over, s->list, sizeof *s->list);
    s->list[operation] = UNDER_WAY;
    if (is_write(s, operation)) {
      uint32_t socket = operation - server_sockets(s);
      if (server_begin_write(s, socket)) complete(s, queue, operation);
    } else if (server_has_message(s, operation)) {
      complete_read(s, queue, operation, server_takes_bytes(s) ? server_come(s, operation) : 0);
    }
  }
}

/* Handles what the first in the queue gave, and prepares what comes of it: a write of what is owed, the next read. */
static void serve(server *s, completions *queue, uint32_t batch, bool is_last) {
  uint32_t operation = bell_chain_take(&queue->chain, s->list, sizeof *s->list);
  queue->count--;
  uint32_t socket = is_write(s, operation) ? operation - server_sockets(s) : operation;
  uint32_t behind = queue->chain.first; /* while it is not the last of the answer */
  uint32_t other = BELL_NONE;
  if (!is_last && is_write(s, behind)) other = s->outboxes[behind - server_sockets(s)].room;
  else if (!is_last) other = server_behind(s, behind);
  if (!is_write(s, operation)) {
    server_handle(s, socket, batch, server_place(s, batch), other);
  } else if (server_has_room(s, socket)) {
    server_write_rest(s, socket, batch, server_place(s, batch), other);
  }
  bool is_owed = server_is_written_to(s, socket) && s->outboxes[socket].box.owed > 0;
  if (is_write(s, operation)) s->list[operation] = NOT_NEEDED;
  if (is_owed && s->list[write_of(s, socket)] == NOT_NEEDED) prepare(s, queue, write_of(s, socket));
  if (!is_write(s, operation)) prepare(s, queue, socket);
}

void bell_io_uring(server *s) {
  completions queue = {.chain = BELL_CHAIN_EMPTY, .to_hand_over = BELL_CHAIN_EMPTY};
  for (uint32_t socket = 0; socket < server_sockets(s); socket++) prepare(s, &queue, socket);
  for (uint32_t socket = 0; server_has_writing(s) && socket < server_sockets(s); socket++) {
    s->list[write_of(s, socket)] = NOT_NEEDED;
  }
  for (;;) {
    notice(s, &queue);
    submit(s, &queue);
    if (queue.count == 0 || server_only_spins(s)) {
      server_answer_those_alone(s, 0);
      if (!server_sleep(s)) return;
      continue;
    }
    uint32_t count = queue.count < s->options.maxevents ? queue.count : s->options.maxevents;
    s->answers.returned = count;
    uint32_t batch = s->trace->step_count;
    for (uint32_t i = 0; i < count; i++) serve(s, &queue, batch, i + 1 == count);
    if (server_may_end_early(s)) server_look_around(s, batch);
  }
}
