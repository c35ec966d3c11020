#include "loop/timer_lists.h"

/* ---- the priority queue ----------------------------------------------------------------------------------------- */

static bool is_before(const timer_list *a, const timer_list *b) {
  return a->expiry_us != b->expiry_us ? a->expiry_us < b->expiry_us : a->id < b->id;
}

/* Puts a list into the heap's hole, or above it. */
static void rise(timer_lists *t, uint32_t hole, uint32_t list) {
  while (hole > 0) {
    uint32_t above = (hole - 1) / 2;
    if (!is_before(&t->lists[list], &t->lists[t->heap[above]])) break;
    t->heap[hole] = t->heap[above];
    hole = above;
  }
  t->heap[hole] = list;
}

/* Puts a list into the heap's hole, or below it. */
static void sink(timer_lists *t, uint32_t hole, uint32_t list) {
  for (;;) {
    uint32_t below = 2 * hole + 1;
    if (below >= t->heap_count) break;
    bool right = below + 1 < t->heap_count && is_before(&t->lists[t->heap[below + 1]], &t->lists[t->heap[below]]);
    if (right) below++;
    if (!is_before(&t->lists[t->heap[below]], &t->lists[list])) break;
    t->heap[hole] = t->heap[below];
    hole = below;
  }
  t->heap[hole] = list;
}

timer_list *timer_lists_second(const timer_lists *t) {
  if (t->heap_count < 2) return NULL;
  timer_list *left = &t->lists[t->heap[1]];
  timer_list *right = t->heap_count < 3 ? left : &t->lists[t->heap[2]];
  return is_before(right, left) ? right : left;
}

/* ---- the lists, by delay ---------------------------------------------------------------------------------------- */

/* Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3, 6.4. */
static uint32_t *bucket(const timer_lists *t, int64_t delay_us) {
  uint64_t hash = (uint64_t)delay_us * UINT64_C(0x9E3779B97F4A7C15) >> 32;
  return &t->hash[hash & (t->hash_size - 1)];
}

timer_list *timer_lists_find(const timer_lists *t, int64_t delay_us) {
  uint32_t i = *bucket(t, delay_us);
  while (i != BELL_CHAIN_END && t->lists[i].delay_us != delay_us) i = t->lists[i].same;
  return i == BELL_CHAIN_END ? NULL : &t->lists[i];
}

timer_list *timer_lists_of(timer_lists *t, int64_t delay_us, int64_t expiry_us, uint32_t id) {
  timer_list *known = timer_lists_find(t, delay_us);
  if (known != NULL) return known;
  if (t->heap_count == t->capacity) return NULL;
  uint32_t *found = bucket(t, delay_us);
  uint32_t list = t->free;
  t->free = t->lists[list].same;
  t->lists[list] = (timer_list){expiry_us, delay_us, BELL_CHAIN_EMPTY, id, *found};
  *found = list;
  rise(t, t->heap_count++, list);
  return &t->lists[list];
}

/* Its place in the priority queue. */
static uint32_t place_of(const timer_lists *t, const timer_list *list) {
  uint32_t place = 0;
  while (&t->lists[t->heap[place]] != list) place++;
  return place;
}

/* The list goes into the hole, or above it, or below. */
static void fill(timer_lists *t, uint32_t hole, uint32_t list) {
  rise(t, hole, list);
  if (t->heap[hole] == list) sink(t, hole, list);
}

void timer_lists_move(timer_lists *t, timer_list *list, int64_t expiry_us, uint32_t id) {
  list->expiry_us = expiry_us;
  list->id = id;
  fill(t, place_of(t, list), (uint32_t)(list - t->lists));
}

void timer_lists_remove(timer_lists *t, timer_list *list) {
  uint32_t place = place_of(t, list);
  uint32_t *link = bucket(t, list->delay_us);
  while (&t->lists[*link] != list) link = &t->lists[*link].same;
  *link = list->same;
  list->same = t->free;
  t->free = (uint32_t)(list - t->lists);
  if (place < --t->heap_count) fill(t, place, t->heap[t->heap_count]);
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static uint32_t hash_size(uint32_t count) {
  uint32_t size = 1;
  while (size < count) size *= 2;
  return size;
}

size_t timer_lists_memory(uint32_t delays) {
  return bell_arena_bytes(delays, sizeof(timer_list)) + bell_arena_bytes(delays, sizeof(uint32_t)) +
         bell_arena_bytes(hash_size(delays), sizeof(uint32_t));
}

bool timer_lists_start(timer_lists *t, uint32_t delays, bell_arena *arena) {
  *t = (timer_lists){.capacity = delays, .hash_size = hash_size(delays)};
  t->lists = bell_arena_take(arena, delays, sizeof *t->lists);
  t->heap = bell_arena_take(arena, delays, sizeof *t->heap);
  t->hash = bell_arena_take(arena, t->hash_size, sizeof *t->hash);
  if (t->lists == NULL || t->heap == NULL || t->hash == NULL) return false;
  for (uint32_t i = 0; i < delays; i++) t->lists[i] = (timer_list){.same = i + 1};
  for (uint32_t i = 0; i < t->hash_size; i++) t->hash[i] = BELL_CHAIN_END;
  return true;
}
