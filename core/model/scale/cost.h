/* cost: what the system calls of a strategy cost in time and memory, by measurement.
 *
 * `doorbell live --measure` prints a TSV of what it found on a machine (core/live/measure.h says what stands in it);
 * core/live/measured.tsv is such a run. A cost between two counts that were measured is read off the line between them,
 * with one exception. Where many sockets are looked at, a line that was straight bends upward once the descriptors
 * outgrow the processor's cache; it goes on straight up to there. Two points do not say where that is: it is taken to
 * be at their geometric mean. Below the first point the nearest line goes on; above the last as well, unless its rise
 * is noise. */
#ifndef BELL_COST_H
#define BELL_COST_H

#include "trace/trace.h"

enum { BELL_COST_POINTS_MAX = 16 };

typedef enum bell_wait_call {
  BELL_WAIT_SELECT,
  BELL_WAIT_POLL,
  BELL_WAIT_EPOLL,
  BELL_WAIT_IO_URING, /* its costs have the reads in them, which the kernel does */
  BELL_WAIT_CALLS
} bell_wait_call;

/* What is known of a wait that finds one socket ready beside `idle` others. */
typedef enum bell_wait_cost {
  BELL_WAIT_AT_ONCE, /* the processor's time, when the message is there already */
  BELL_WAIT_ASLEEP,  /* the same, when it sleeps until the message comes */
  BELL_WAIT_WOKEN,   /* from when the message is sent until such a wait returns */
  BELL_WAIT_COSTS
} bell_wait_cost;

typedef struct bell_cost_point {
  double idle;
  double ns;
} bell_cost_point;

/* Zero is what was not measured. */
typedef struct bell_costs {
  bell_cost_point waits[BELL_WAIT_CALLS][BELL_WAIT_COSTS][BELL_COST_POINTS_MAX]; /* of each call, by `idle` */
  uint32_t wait_points[BELL_WAIT_CALLS][BELL_WAIT_COSTS];
  double answer_ns[BELL_WAIT_CALLS]; /* of each further socket that the same wait finds ready */
  double system_call_ns;
  double read_ns;         /* of a message that is there */
  double read_in_vain_ns; /* one that would block */
  double read_asleep_ns;  /* one that sleeps until its message comes, as a thread's does: the processor's time, */
  double read_woken_ns;   /* and from when the message is sent until it returns */
  double context_switch_ns;
  double thread_start_ns;
  double thread_resident_bytes;
  double thread_kernel_bytes;
  double thread_reserved_bytes;
} bell_costs;

const char *bell_wait_call_name(bell_wait_call call); /* "select", as the TSV has it */

/* Reads such a TSV; rows of other names are passed over. */
void bell_costs_read(bell_costs *costs, const char *tsv, size_t length);

/* What one wait costs. At least two points must have been measured, else it is 0. */
double bell_cost_wait_ns(const bell_costs *costs, bell_wait_call call, bell_wait_cost cost, double idle);

#endif
