/* timer_lists: the timers that a run sets.
 *
 * Timers of the same delay lie in one list, in the order in which they were set, which is the order of their ends. So
 * setting one more costs no search, and the lists are few, for a program has few delays. They lie in a priority queue
 * by (expiry, id): what these are is up to the host, but a list's expiry is never before its first timer's end.
 *
 * Node keeps its timers so, and its order shows it. Source: lib/internal/timers.js, which explains it in a long
 * comment. Browsers keep theirs in one heap; with the id of its first timer for a list's id, what comes out is the
 * same. */
#ifndef BELL_TIMER_LISTS_H
#define BELL_TIMER_LISTS_H

#include "arena.h"
#include "chain.h"

typedef struct timer_list {
  int64_t expiry_us;
  int64_t delay_us;
  bell_chain timers;
  uint32_t id;
  uint32_t same; /* another list with the same hash; in a free list, the next free one */
} timer_list;

typedef struct timer_lists {
  timer_list *lists;
  uint32_t *heap; /* lists by (expiry, id), the first at 0 */
  uint32_t heap_count;
  uint32_t capacity;
  uint32_t *hash; /* lists by delay; `hash_size` is a power of two */
  uint32_t hash_size;
  uint32_t free; /* the first of the lists that are not in use */
} timer_lists;

/* How many bytes of arena `timer_lists_start` takes for so many delays; that is false when the arena is too small. */
size_t timer_lists_memory(uint32_t delays);
bool timer_lists_start(timer_lists *t, uint32_t delays, bell_arena *arena);

/* The list that expires first, NULL if there is none; and the one that would be the first without it. */
static inline timer_list *timer_lists_first(const timer_lists *t) {
  return t->heap_count == 0 ? NULL : &t->lists[t->heap[0]];
}
timer_list *timer_lists_second(const timer_lists *t);

/* The list of this delay; NULL when there is none. */
timer_list *timer_lists_find(const timer_lists *t, int64_t delay_us);

/* The list of this delay; if there is none, a new one; NULL when there is no room for it. */
timer_list *timer_lists_of(timer_lists *t, int64_t delay_us, int64_t expiry_us, uint32_t id);

/* The first timer of a list was taken, or cancelled: the list goes to another place. The first list is found at
 * once. */
void timer_lists_move(timer_lists *t, timer_list *list, int64_t expiry_us, uint32_t id);

/* Removes a list, which is empty. */
void timer_lists_remove(timer_lists *t, timer_list *list);

#endif
