#include <string.h>

#include "multiplexer/server.h"

/* `list` holds the sockets with a message, `link` is room to sort them in. */

/* Sorts what has become ready by descriptor, as the kernel meets it when it scans the set. Bottom-up merge sort. */
static void sort(uint32_t *list, uint32_t *room, uint32_t count) {
  for (uint32_t run = 1; run < count; run *= 2) {
    for (uint32_t start = 0; start < count; start += 2 * run) {
      uint32_t left = start;
      uint32_t middle = count - start > run ? start + run : count;
      uint32_t right = middle;
      uint32_t end = count - start > 2 * run ? start + 2 * run : count;
      for (uint32_t to = start; to < end; to++) {
        bool from_left = left < middle && (right == end || list[left] < list[right]);
        room[to] = from_left ? list[left++] : list[right++];
      }
    }
    memcpy(list, room, count * sizeof *list);
  }
}

/* Is it in the list, now that it is ready? */
static bool is_listed(const server *s, uint32_t socket) {
  if (server_has_writing(s)) return s->outboxes[socket].is_listed;
  return s->come[socket] - s->next[socket] != 1 || server_is_watched(s, socket);
}

static void put(server *s, uint32_t *count, uint32_t socket) {
  s->list[(*count)++] = socket;
  if (server_has_writing(s)) s->outboxes[socket].is_listed = true;
}

static void notice(server *s, uint32_t *count) {
  uint32_t socket;
  while ((socket = server_notice(s)) != BELL_NONE) {
    if (!is_listed(s, socket)) put(s, count, socket);
  }
}

/* Those that are ready from the beginning. Returns how many. */
static uint32_t list_watched(server *s) {
  uint32_t count = 0;
  for (uint32_t socket = 0; s->spinning > 0 && socket < server_sockets(s); socket++) {
    if (server_is_watched(s, socket)) put(s, &count, socket);
  }
  return count;
}

/* One wait after another: hand the set over, read each that is ready once. */
static void run(server *s) {
  uint32_t ready = list_watched(s);
  for (;;) {
    notice(s, &ready);
    if (ready == 0 || server_only_spins(s)) {
      server_answer_those_alone(s, 0);
      if (!server_sleep(s)) return;
      continue;
    }
    sort(s->list, s->link, ready);
    s->answers.returned = ready;
    uint32_t batch = s->trace->step_count;
    uint32_t left = 0;
    for (uint32_t i = 0; i < ready; i++) {
      uint32_t socket = s->list[i];
      uint32_t other = i + 1 < ready ? server_behind(s, s->list[i + 1]) : BELL_NONE;
      server_handle(s, socket, batch, server_place(s, batch), other);
      bool is_ready = server_is_ready(s, socket);
      if (is_ready) s->list[left++] = socket;
      if (server_has_writing(s)) s->outboxes[socket].is_listed = is_ready;
    }
    ready = left;
    if (server_may_end_early(s)) server_look_around(s, batch);
  }
}

void bell_poll(server *s) { run(s); }

/* The same order: what differs is the limit, which is checked before, and how far the set is scanned. */
void bell_select(server *s) { run(s); }
