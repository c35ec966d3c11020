#include "trace/readiness.h"

#include <string.h>

/* ---- the known events: sorted once ------------------------------------------------------------------------------ */

/* They are sorted digit by digit, lowest digit first. Each pass keeps the order of equal digits, so after the last
 * pass equal times are still in the order of their index: stability is what makes ties come out right.
 *
 * At a million events it is memory that takes the time. So the first pass takes the events from where they lie, each
 * walk counts the digits that the next one sorts by, and a digit has 10 bits: the ends of 2048 runs fit no first-level
 * cache, and each pass would take twice as long. */
enum { DIGIT_BITS = 10, DIGITS = 1 << DIGIT_BITS };

typedef uint32_t runs[DIGITS]; /* of each value of a digit: how often it stands; in its pass, where its run goes on */

static uint32_t digit_of(int64_t us, unsigned d) { return (uint32_t)(us >> d * DIGIT_BITS) & (DIGITS - 1); }

/* How many digits there are to sort: none when the times are in order already. Counts the lowest. */
static unsigned digits_to_sort(const bell_event *events, uint32_t count, runs lowest) {
  bool in_order = true;
  int64_t latest_us = 0;
  memset(lowest, 0, sizeof(runs));
  for (uint32_t i = 0; i < count; i++) {
    int64_t us = events[i].ready_us;
    if (us < latest_us) in_order = false;
    if (us > latest_us) latest_us = us;
    lowest[digit_of(us, 0)]++;
  }
  unsigned digits = 0;
  for (; !in_order && latest_us > 0; latest_us >>= DIGIT_BITS) digits++;
  return digits;
}

/* From how often each value stands to where its run begins; the next digit's are not counted yet. */
static void start_pass(runs at, runs next) {
  uint32_t sum = 0;
  for (uint32_t value = 0; value < DIGITS; value++) {
    uint32_t run = at[value];
    at[value] = sum;
    sum += run;
  }
  memset(next, 0, sizeof(runs));
}

/* To the end of its run. */
static void put(bell_ready entry, unsigned d, runs at, runs next, bell_ready *to) {
  to[at[digit_of(entry.ready_us, d)]++] = entry;
  next[digit_of(entry.ready_us >> DIGIT_BITS, d)]++;
}

/* `statements` is NULL where nobody asks an entry how long it takes. */
static bell_ready entry_of(const bell_event *events, const bell_statement *statements, uint32_t i) {
  bell_event event = events[i];
  return (bell_ready){event.ready_us, i, statements == NULL ? 0 : statements[event.statement].takes_us};
}

/* Each is put behind those that are not later. For what is in order already, and for a few: to count the digits of
 * three takes longer than their whole run, and a search for orders (orders.h) makes thousands of these. */
static void insert_each(const bell_event *events, const bell_statement *statements, uint32_t count, bell_ready *list) {
  for (uint32_t i = 0; i < count; i++) {
    bell_ready entry = entry_of(events, statements, i);
    uint32_t hole = i;
    for (; hole > 0 && entry.ready_us < list[hole - 1].ready_us; hole--) list[hole] = list[hole - 1];
    list[hole] = entry;
  }
}

/* Fills `list` with the events in their order; `spare` is as long, to work in. */
static void sort(const bell_event *events, const bell_statement *statements, uint32_t count, bell_ready *list,
                 bell_ready *spare) {
  enum { FEW = 32 };
  runs counted[2];
  unsigned digits = count <= FEW ? 0 : digits_to_sort(events, count, counted[0]);
  if (digits == 0) {
    insert_each(events, statements, count, list);
    return;
  }
  bell_ready *to = digits % 2 == 1 ? list : spare; /* so that the last pass ends in `list` */
  start_pass(counted[0], counted[1]);
  for (uint32_t i = 0; i < count; i++) put(entry_of(events, statements, i), 0, counted[0], counted[1], to);
  for (unsigned d = 1; d < digits; d++) {
    uint32_t *at = counted[d % 2];
    uint32_t *next = counted[1 - d % 2];
    const bell_ready *from = to;
    to = from == list ? spare : list;
    start_pass(at, next);
    for (uint32_t i = 0; i < count; i++) put(from[i], d, at, next, to);
  }
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
  sort(scenario->events, scenario->statements, known, list, spare);
  for (uint32_t i = 0; scenario->closing && i < known; i++) {
    if (bell_scenario_is_end(scenario, list[i].event)) list[i].takes_us = 0;
  }
  *readiness = (bell_readiness){.known = list, .known_count = known, .later = heap, .later_capacity = later};
  return true;
}

bool bell_readiness_start_empty(bell_readiness *readiness, uint32_t known, uint32_t later, bell_arena *arena) {
  bell_ready *list = bell_arena_take(arena, known, sizeof *list);
  bell_ready *heap = bell_arena_take(arena, later, sizeof *heap);
  *readiness = (bell_readiness){.known = list, .later = heap, .later_capacity = later};
  return list != NULL && heap != NULL;
}

void bell_readiness_sort(bell_readiness *readiness, const bell_event *events, uint32_t count, bell_ready *spare) {
  sort(events, NULL, count, readiness->known, spare);
  readiness->known_count = count;
}

/* ---- the later ones: a heap ------------------------------------------------------------------------------------- */

bool bell_readiness_add(bell_readiness *readiness, bell_ready event) {
  bool uses_again = BELL_HAS_BYTES && readiness->later_capacity == BELL_NONE;
  if (readiness->later_count == (uses_again ? readiness->known_next : readiness->later_capacity)) return false;
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

bool bell_readiness_remove(bell_readiness *readiness, uint32_t event) {
  bell_ready *heap = readiness->later;
  uint32_t count = readiness->later_count;
  uint32_t i = 0;
  while (i < count && heap[i].event != event) i++;
  if (i == count) return false;
  readiness->later_count = i; /* what stands before it is a heap; what stands behind it is put in again */
  while (++i < count) bell_readiness_add(readiness, heap[i]);
  return true;
}
