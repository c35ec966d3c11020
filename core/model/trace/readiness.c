#include "trace/readiness.h"

#include <string.h>

/* ---- the known events: sorted once ------------------------------------------------------------------------------ */

/* They are sorted digit by digit, lowest digit first. Each pass keeps the order of equal digits, so after the last
 * pass equal times are still in the order of their index: stability is what makes ties come out right. */
enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

static uint32_t digit(int64_t us, unsigned shift) { return (uint32_t)(us >> shift) & (DIGITS - 1); }

/* One pass: `from`, in the order of one digit, goes to `to`. */
static void sort_by_digit(const bell_ready *from, bell_ready *to, uint32_t count, unsigned shift) {
  uint32_t start[DIGITS] = {0}; /* of each digit's run in `to` */
  for (uint32_t i = 0; i < count; i++) start[digit(from[i].ready_us, shift)]++;
  uint32_t sum = 0;
  for (uint32_t d = 0; d < DIGITS; d++) {
    uint32_t run = start[d];
    start[d] = sum;
    sum += run;
  }
  for (uint32_t i = 0; i < count; i++) to[start[digit(from[i].ready_us, shift)]++] = from[i];
}

/* How many digits to sort by, when the latest is at `latest_us`; none when all are in order already. */
static unsigned digits_to_sort(bool in_order, int64_t latest_us) {
  unsigned digits = 0;
  for (; !in_order && latest_us > 0; latest_us >>= DIGIT_BITS) digits++;
  return digits;
}

/* From `from` and back, digit by digit; after an odd number of digits all lie in `to`. */
static void sort(bell_ready *from, bell_ready *to, uint32_t count, unsigned digits) {
  for (unsigned d = 0; d < digits; d++) {
    sort_by_digit(from, to, count, d * DIGIT_BITS);
    bell_ready *swap = from;
    from = to;
    to = swap;
  }
}

/* Fills `list` with the scenario's events in their order; `spare` is as long, to work in. */
static void sort_events(const bell_scenario *scenario, bell_ready *list, bell_ready *spare) {
  uint32_t count = scenario->event_count;
  bool in_order = true;
  int64_t latest_us = 0;
  for (uint32_t i = 0; i < count; i++) {
    int64_t ready_us = scenario->events[i].ready_us;
    if (ready_us < latest_us) in_order = false;
    if (ready_us > latest_us) latest_us = ready_us;
  }
  unsigned digits = digits_to_sort(in_order, latest_us);
  bool is_odd = digits % 2 != 0;
  bell_ready *from = is_odd ? spare : list; /* so that the last pass ends in `list` */
  for (uint32_t i = 0; i < count; i++) {
    bell_event event = scenario->events[i];
    from[i] = (bell_ready){event.ready_us, i, scenario->statements[event.statement].takes_us};
  }
  sort(from, is_odd ? list : spare, count, digits);
}

size_t bell_readiness_memory(uint32_t known, uint32_t later) {
  return bell_arena_bytes(known, sizeof(bell_ready)) + bell_arena_bytes(later, sizeof(bell_ready));
}

size_t bell_readiness_scratch(uint32_t known) { return bell_arena_bytes(known, sizeof(bell_ready)); }

bool bell_readiness_start(bell_readiness *readiness, const bell_scenario *scenario, uint32_t later, bell_arena *arena) {
  uint32_t known = scenario->event_count;
  bell_ready *list = bell_arena_take(arena, known, sizeof *list);
  bell_ready *heap = bell_arena_take(arena, later, sizeof *heap);
  bell_arena scratch = *arena; /* what is taken from this copy is given back */
  bell_ready *spare = bell_arena_take(&scratch, known, sizeof *spare);
  if (list == NULL || heap == NULL || spare == NULL) return false;
  sort_events(scenario, list, spare);
  *readiness = (bell_readiness){.known = list, .known_count = known, .later = heap, .later_capacity = later};
  return true;
}

bool bell_readiness_start_empty(bell_readiness *readiness, uint32_t known, uint32_t later, bell_arena *arena) {
  bell_ready *list = bell_arena_take(arena, known, sizeof *list);
  bell_ready *heap = bell_arena_take(arena, later, sizeof *heap);
  *readiness = (bell_readiness){.known = list, .known_capacity = known, .later = heap, .later_capacity = later};
  return list != NULL && heap != NULL;
}

bool bell_readiness_know(bell_readiness *readiness, bell_ready event) {
  if (readiness->known_count == readiness->known_capacity) return false;
  readiness->known[readiness->known_count++] = event;
  return true;
}

void bell_readiness_sort(bell_readiness *readiness, bell_ready *spare) {
  bell_ready *list = readiness->known;
  uint32_t count = readiness->known_count;
  bool in_order = true;
  int64_t latest_us = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (list[i].ready_us < latest_us) in_order = false;
    if (list[i].ready_us > latest_us) latest_us = list[i].ready_us;
  }
  unsigned digits = digits_to_sort(in_order, latest_us);
  sort(list, spare, count, digits);
  if (digits % 2 != 0) memcpy(list, spare, count * sizeof *list);
}

/* ---- the later ones: a heap ------------------------------------------------------------------------------------- */

bool bell_readiness_add(bell_readiness *readiness, bell_ready event) {
  if (readiness->later_count == readiness->later_capacity) return false;
  uint32_t hole = readiness->later_count++;
  while (hole > 0) {
    uint32_t above = (hole - 1) / 2;
    if (!bell_ready_is_before(event, readiness->later[above])) break;
    readiness->later[hole] = readiness->later[above];
    hole = above;
  }
  readiness->later[hole] = event;
  return true;
}

bell_ready bell_readiness_take_later(bell_readiness *readiness) {
  bell_ready *heap = readiness->later;
  bell_ready first = heap[0];
  uint32_t count = --readiness->later_count;
  bell_ready last = heap[count];
  uint32_t hole = 0;
  for (;;) {
    uint32_t below = 2 * hole + 1;
    if (below >= count) break;
    if (below + 1 < count && bell_ready_is_before(heap[below + 1], heap[below])) below++;
    if (!bell_ready_is_before(heap[below], last)) break;
    heap[hole] = heap[below];
    hole = below;
  }
  heap[hole] = last;
  return first;
}
