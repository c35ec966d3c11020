#include "multiplexer/server.h"

/* Most reads of a round are in vain. They are counted, not made: `list` is a heap of the sockets that this round will
 * still come to and that have a message, `link` those that it has passed by, for the next round. */
typedef struct rounds {
  uint32_t this_count;
  uint32_t next_count;
  uint32_t cursor; /* the socket that this round comes to next */
} rounds;

static void push(uint32_t *heap, uint32_t *count, uint32_t socket) {
  uint32_t hole = (*count)++;
  for (; hole > 0 && socket < heap[(hole - 1) / 2]; hole = (hole - 1) / 2) heap[hole] = heap[(hole - 1) / 2];
  heap[hole] = socket;
}

static uint32_t pop(uint32_t *heap, uint32_t *count) {
  uint32_t first = heap[0];
  uint32_t last = heap[--*count];
  uint32_t hole = 0;
  for (uint32_t below; (below = 2 * hole + 1) < *count; hole = below) {
    if (below + 1 < *count && heap[below + 1] < heap[below]) below++;
    if (last <= heap[below]) break;
    heap[hole] = heap[below];
  }
  heap[hole] = last;
  return first;
}

/* A socket that has a message waits for the round to come to it: this one, or the next. */
static void await(server *s, rounds *r, uint32_t socket) {
  if (server_has_writing(s)) s->outboxes[socket].is_listed = true;
  if (socket >= r->cursor) {
    push(s->list, &r->this_count, socket);
  } else {
    s->link[r->next_count++] = socket;
  }
}

static void notice(server *s, rounds *r) {
  uint32_t socket;
  while ((socket = server_notice(s)) != BELL_NONE) {
    bool is_first = s->come[socket] - s->next[socket] == 1; /* one that has more waits already */
    if (server_has_writing(s)) is_first = !s->outboxes[socket].is_listed;
    if (is_first) await(s, r, socket);
  }
}

/* The rest of this round finds nothing; the next one begins. (A round that found nothing at all is one of those that
 * bell_trace_calls counts by the clock.) */
static void begin_round(server *s, rounds *r) {
  if (r->cursor > 0) s->answers.in_vain += server_sockets(s) - r->cursor;
  r->cursor = 0;
  while (r->next_count > 0) push(s->list, &r->this_count, s->link[--r->next_count]);
}

void bell_busy_poll(server *s) {
  rounds r = {0};
  for (;;) {
    notice(s, &r);
    if (r.this_count > 0) {
      uint32_t socket = pop(s->list, &r.this_count);
      s->answers.in_vain += socket - r.cursor;
      r.cursor = socket + 1;
      if (server_has_writing(s)) s->outboxes[socket].is_listed = false;
      server_handle(s, socket, BELL_NONE, BELL_REASON_ROUND, BELL_NONE);
      if (server_has_message(s, socket)) await(s, &r, socket);
    } else if (r.next_count > 0) {
      begin_round(s, &r);
    } else {
      begin_round(s, &r);
      server_find_those_alone(s);
      if (!server_sleep(s)) return;
    }
  }
}
