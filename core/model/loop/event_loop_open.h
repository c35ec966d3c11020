/* event_loop_open: which other orders HTML allows than the one that event_loop.c takes, and why: three doors of the
 * loop.
 *
 * At each, a run with choices (choices.h) may go another way; and a step is marked where another might have come
 * (bell_step.no_guarantee), as far as that is seen from there.
 *   - which task source goes next, of those that have a task;
 *   - which of two timers, where HTML keeps no order (event_loop.h);
 *   - when a frame is drawn: from its asking on to 1/60 s later;
 *   - whether the loop is on time: late, it may find ready what in the model is not yet. */
#ifndef BELL_EVENT_LOOP_OPEN_H
#define BELL_EVENT_LOOP_OPEN_H

#include "loop/event_loop.h"

/* A task is about to be taken, of the source `from`, one of the set of those that `may` go. May take another source
 * instead, and put another timer first in its queue. False when the time has changed instead: look again. */
bool event_loop_open_before_task(event_loop *b, bell_source *from, uint32_t may);

/* The loop is about to sleep. True when a frame is drawn at another time. */
bool event_loop_open_before_sleep(event_loop *b);

/* It has slept, and noticed what is ready. */
void event_loop_open_after_sleep(event_loop *b);

#endif
