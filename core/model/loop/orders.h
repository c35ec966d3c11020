/* orders: all orders in which the callbacks of a scenario may run, where no standard and no clock promises one.
 *
 * Each point at which a loop's order is open has a few options (choices.h):
 *   browser   which task source goes next, of those that have a task; which of two timers, where HTML keeps no order
 *             (event_loop.h); when a frame is drawn, from its asking on to 1/60 s later; and whether the loop is on
 *             time
 *   Node      whether the loop is on time, as the timers phase begins and as poll looks for sockets; whether a timer is
 *             set beyond a millisecond's edge; whether sockets that are ready at once are found in the same round, or
 *             after a timer that is due about then; and whether a promise has its turn behind sockets and timers
 * A loop that is late by less than `late_us` may find ready what in the model is not yet. (In Node a timer counts that
 * ends in just `late_us` too, for Node's own clock has whole milliseconds, and is up to one ahead.)
 *
 * The search runs the loop again and again, each time another way: it goes back to the last point that has an option
 * left, and takes that. So it keeps nothing but the way it went. */
#ifndef BELL_ORDERS_H
#define BELL_ORDERS_H

#include "loop/scenario_run.h"

enum {
  BELL_ORDERS_MAX = 64,        /* different orders that are kept */
  BELL_ORDERS_RUNS = 10000,    /* runs of the search */
  BELL_ORDERS_STEPS = 1000000, /* callbacks in all of them */
  BELL_ORDERS_MARKED = 500 /* callbacks of a run that is marked by its orders: at each edit a search has to be short */
};

typedef struct bell_orders {
  uint32_t *statements; /* whose callbacks ran, one order after the other; hops of promises, which run no code of the
                           program, are left out */
  uint32_t room;        /* how far apart two orders lie */
  uint32_t count;       /* of orders; the first is the model's own */
  uint32_t lengths[BELL_ORDERS_MAX + 1]; /* of each; not the same where a promise is settled in more than one way */
  uint32_t runs;
  bool complete; /* there are no others */
} bell_orders;

/* How many bytes of arena `bell_orders_find` takes. */
size_t bell_orders_memory(const bell_scenario *scenario);

/* Finds the orders of a scenario that was parsed for a loop; what goes on forever has one alone. False when the arena
 * is too small. */
bool bell_orders_find(bell_orders *orders, const bell_scenario *scenario, int64_t late_us, bell_arena *arena);

/* Runs a scenario as bell_scenario_run does, and then marks its steps by its orders: where one departs from the model's
 * own, the step says that it is no guarantee. Most say so already, with the reason, as far as the loop sees it from
 * there; what it does not see are delays that add up from callback to callback, lists of timers that Node files another
 * way, timers that a frame sets. Such a step says BELL_NO_GUARANTEE_ORDERS. So none says as certain what the orders
 * that are found show as open. A run of more than BELL_ORDERS_MARKED callbacks has the loop's marks alone. */
size_t bell_orders_run_memory(const bell_scenario *scenario);
bool bell_orders_run(bell_trace *trace, const bell_scenario *scenario, bell_arena *arena);

static inline const uint32_t *bell_orders_at(const bell_orders *orders, uint32_t i) {
  return orders->statements + (size_t)i * orders->room;
}

#endif
