/* node_timers: the timers of Node, as it keeps them.
 *
 * Timers of the same delay lie in one list, in the order in which they were set, which is the order of their ends. So
 * setting one more costs no search. The lists lie in a priority queue by (expiry, id); the expiry of a list is the end
 * of its first timer, or a little later: see `node_timers_file_again`.
 * Source: Node's lib/internal/timers.js, which explains it in a long comment. */
#ifndef BELL_NODE_TIMERS_H
#define BELL_NODE_TIMERS_H

#include "callbacks.h"

enum { NODE_TIMER_LEAST_US = 1000 }; /* a delay is at least 1 ms */

typedef struct timer_list {
  int64_t expiry_us;
  int64_t delay_us;
  queue timers;
  uint32_t id;   /* of lists that expire at once, the one that was filed first goes first */
  uint32_t same; /* another list with the same hash; in a free list, the next free one */
} timer_list;

typedef struct node_timers {
  timer_list *lists;
  uint32_t *heap; /* lists by (expiry, id), the first at 0 */
  uint32_t heap_count;
  uint32_t *hash; /* lists by delay; `hash_size` is a power of two */
  uint32_t hash_size;
  uint32_t free; /* the first of the lists that are not in use */
  uint32_t next_id;
} node_timers;

/* How many bytes of arena `node_timers_start` takes. There is at most one list for each delay in the scenario. */
size_t node_timers_memory(const bell_scenario *scenario);
bool node_timers_start(node_timers *t, const bell_scenario *scenario, bell_arena *arena);

/* The list that expires first, NULL if there is none; and the one that would be the first without it. */
timer_list *node_timers_first(const node_timers *t);
timer_list *node_timers_second(const node_timers *t);

/* The earliest expiry after `us`; INT64_MAX if there is none. Looks at all lists. */
int64_t node_timers_next_after(const node_timers *t, int64_t us);

/* The list of this delay; if there is none, a new one, which expires when a timer that is set now ends. */
timer_list *node_timers_list(node_timers *t, int64_t delay_us, int64_t now_us);

/* The first list's next timer is not due yet: it goes to the place of that one's end, though not before the next
 * millisecond. */
void node_timers_file_again(node_timers *t, int64_t ready_us, int64_t now_us);

/* Removes the first list, which is empty. */
void node_timers_remove(node_timers *t);

#endif
