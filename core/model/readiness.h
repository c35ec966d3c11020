/* readiness: who is ready next? A stable queue in virtual time. Both lessons stand on it.
 *
 * Items come out in the order of their ready time; equal times come out in the order in which they were added.
 *
 * Most items are known before the run begins and a few are added while it goes on (a callback starts a timer), so
 * there are two parts: what is added first is sorted once, when the first item is asked for, in linear time; what is
 * added later goes into a heap. The next item is the earlier of the two fronts. */
#ifndef BELL_READINESS_H
#define BELL_READINESS_H

#include "arena.h"

typedef struct bell_readiness bell_readiness;

#endif
