/* program_work: what a thread of libuv's pool does for a program in Node, such as to read a file; poll finds what is
 * done. Which of several that are under way is done first, nobody promises. Sources: libuv, "Thread pool work
 * scheduling"; Node.js, File system, "Threadpool usage" and "Ordering of callback and promise-based operations". */
#ifndef BELL_PROGRAM_WORK_H
#define BELL_PROGRAM_WORK_H

#include "loop/loop.h"

enum { PROGRAM_WORK = BELL_TASK_SOURCES + 2 }; /* a statement's `line`: see program_reason.h */

static inline bool program_work_is(const bell_trace *trace, uint32_t event) {
  return trace->scenario->statements[trace->events[event].statement].line == PROGRAM_WORK;
}

/* This work was asked for just now. In a run with choices it may be done before other work that is under way, or after
 * it; of what is done within that time of each other, as late as the loop may be. */
void program_work_order(bell_loop *loop, uint32_t event);

/* This work's callback is about to run: which other is under way, and might have been done before it? BELL_NONE when
 * none is. */
uint32_t program_work_beside(const bell_loop *loop, uint32_t event);

#endif
