#include "readiness.h"

#include <string.h>

/* The known events are sorted digit by digit, lowest digit first. Each pass keeps the order of equal digits, so after
 * the last pass equal times are still in the order of their index: stability is what makes ties come out right. */
enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

static uint32_t digit(int64_t us, unsigned shift) { return (uint32_t)(us >> shift) & (DIGITS - 1); }

static bool is_sorted(const bell_event *events, uint32_t count) {
  for (uint32_t i = 1; i < count; i++) {
    if (events[i].ready_us < events[i - 1].ready_us) return false;
  }
  return true;
}

static int64_t latest(const bell_event *events, uint32_t count) {
  int64_t us = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (events[i].ready_us > us) us = events[i].ready_us;
  }
  return us;
}

/* One pass: from `from` to `to`, ordered by one digit. */
static void sort_by_digit(const bell_event *events, const uint32_t *from, uint32_t *to, uint32_t count,
                          unsigned shift) {
  uint32_t start[DIGITS] = {0}; /* of each digit's run in `to` */
  for (uint32_t i = 0; i < count; i++) start[digit(events[i].ready_us, shift)]++;
  uint32_t sum = 0;
  for (uint32_t d = 0; d < DIGITS; d++) {
    uint32_t run = start[d];
    start[d] = sum;
    sum += run;
  }
  for (uint32_t i = 0; i < count; i++) to[start[digit(events[from[i]].ready_us, shift)]++] = from[i];
}

/* Sorts 0 ... count - 1 into `order`, with `spare` of the same length to work in. */
static void sort(const bell_event *events, uint32_t *order, uint32_t *spare, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) order[i] = i;
  if (is_sorted(events, count)) return;
  int64_t end_us = latest(events, count);
  uint32_t *from = order;
  uint32_t *to = spare;
  for (unsigned shift = 0; shift < 63 && end_us >> shift > 0; shift += DIGIT_BITS) {
    sort_by_digit(events, from, to, count, shift);
    uint32_t *swap = from;
    from = to;
    to = swap;
  }
  if (from != order) memcpy(order, from, count * sizeof *order);
}

size_t bell_readiness_memory(uint32_t known, uint32_t later) {
  return 2 * bell_arena_bytes(known, sizeof(uint32_t)) + bell_arena_bytes(later, sizeof(uint32_t));
}

bool bell_readiness_start(bell_readiness *readiness, const bell_event *events, uint32_t known, uint32_t later,
                          bell_arena *arena) {
  uint32_t *order = bell_arena_take(arena, known, sizeof *order);
  uint32_t *spare = bell_arena_take(arena, known, sizeof *spare);
  uint32_t *heap = bell_arena_take(arena, later, sizeof *heap);
  if (order == NULL || spare == NULL || heap == NULL) return false;
  sort(events, order, spare, known);
  *readiness =
      (bell_readiness){.events = events, .known = order, .known_count = known, .later = heap, .later_capacity = later};
  return true;
}

static bool is_before(const bell_readiness *readiness, uint32_t a, uint32_t b) {
  int64_t a_us = readiness->events[a].ready_us;
  int64_t b_us = readiness->events[b].ready_us;
  return a_us != b_us ? a_us < b_us : a < b;
}

void bell_readiness_add(bell_readiness *readiness, uint32_t event) {
  if (readiness->later_count == readiness->later_capacity) return; /* the contract was broken: never overrun */
  uint32_t hole = readiness->later_count++;
  while (hole > 0) {
    uint32_t above = (hole - 1) / 2;
    if (!is_before(readiness, event, readiness->later[above])) break;
    readiness->later[hole] = readiness->later[above];
    hole = above;
  }
  readiness->later[hole] = event;
}

static uint32_t take_later(bell_readiness *readiness) {
  uint32_t *heap = readiness->later;
  uint32_t first = heap[0];
  uint32_t count = --readiness->later_count;
  uint32_t last = heap[count];
  uint32_t hole = 0;
  for (;;) {
    uint32_t below = 2 * hole + 1;
    if (below >= count) break;
    if (below + 1 < count && is_before(readiness, heap[below + 1], heap[below])) below++;
    if (!is_before(readiness, heap[below], last)) break;
    heap[hole] = heap[below];
    hole = below;
  }
  heap[hole] = last;
  return first;
}

static bool later_is_first(const bell_readiness *readiness) {
  if (readiness->later_count == 0) return false;
  if (readiness->known_next == readiness->known_count) return true;
  return is_before(readiness, readiness->later[0], readiness->known[readiness->known_next]);
}

uint32_t bell_readiness_first(const bell_readiness *readiness) {
  if (later_is_first(readiness)) return readiness->later[0];
  if (readiness->known_next == readiness->known_count) return BELL_NONE;
  return readiness->known[readiness->known_next];
}

uint32_t bell_readiness_take(bell_readiness *readiness) {
  if (later_is_first(readiness)) return take_later(readiness);
  if (readiness->known_next == readiness->known_count) return BELL_NONE;
  return readiness->known[readiness->known_next++];
}
