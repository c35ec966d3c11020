/* event_loop: lesson 5, the browser's loop. Readiness becomes queued callbacks, and one thread runs them one by one.
 *
 * Before each pick, every event whose time has come is noticed, in the order of ready time, then of creation: a
 * promise joins the microtask queue, everything else the task queue of its source. Then:
 *   1. the oldest microtask runs, if there is one;
 *   2. else the task that has been ready longest;
 *   3. else the clock moves on to the next ready time;
 *   4. else the loop ends.
 * So all microtasks, those that microtasks queue too, run before the next task.
 * Source: HTML, 8.1.7.3 "Processing model" of event loops, and "perform a microtask checkpoint".
 *
 * Task sources: timers, networking (sockets, and scripts, which come over the network), user interaction (input), and
 * rendering. HTML guarantees the order within one source; which source goes next is left to the browser. The model
 * takes the task that has been ready longest; where it is not the only one that might come next, the step says so
 * (bell_step.no_guarantee), as far as it can be seen without going another way: orders.h has the rest.
 * Source: HTML, 8.1.7.1 "Definitions" of event loops, "task source".
 *
 * A program has more sources, and an order of its own among them: program_turns.h.
 *
 * Timers: one that is set by a timer that was set by a timer, more than five deep, waits at least 4 ms. Timers end in
 * the order of their times; but HTML does not guarantee it of two where the one that was set first has the longer
 * delay. So where a busy thread finds several that have ended, a later one may run first: in Chromium one of 0 ms does.
 * Source: HTML, 8.7 "Timers": "timer initialization steps", "run steps after a timeout".
 *
 * Frames: a screen of 60 Hz can be drawn at each multiple of 1000/60 ms, which the browser does only when a callback
 * was asked for. Then that moment, the first one after the asking, is when a task of rendering becomes ready. On its
 * turn run all callbacks that were asked for before it began, in order, each with its microtasks; those that they ask
 * for wait for the next one. But HTML promises no rate: a browser that nobody asked for frames sleeps, and may draw the
 * first one at once. So the model guarantees no order that depends on when a frame is drawn.
 * Source: HTML, 8.1.7.3, "update the rendering"; 8.11 "Animation frames".
 *
 * The rule is in event_loop.c. Which other orders are allowed is in event_loop_open.c. */
#ifndef BELL_EVENT_LOOP_H
#define BELL_EVENT_LOOP_H

#include "loop/loop_parts.h"

typedef struct event_loop {
  bell_loop loop;
  bell_ready next;                     /* the first of all that is not ready yet; at LOOP_NEVER_US when there is none */
  bell_chain tasks[BELL_TASK_SOURCES]; /* of rendering, the callbacks for the next frame: one task, when it is due */
  bell_chain drawing;                  /* callbacks of the frame that is being drawn */
  uint32_t
      look_step; /* a browser looks for tasks between tasks: what joined its queue from this step on it has not seen
                         before the task, or the sleep, that is the last so far */
} event_loop;

/* What loop.h asks of a host, for an event that was just made: false when there is no room. */
void event_loop_start(bell_loop *loop);
bell_step *event_loop_take(bell_loop *loop);
bool event_loop_know(bell_loop *loop, uint32_t event);      /* it will be ready */
bool event_loop_set_timer(bell_loop *loop, uint32_t event); /* ready after its delay from now on */
bool event_loop_ask_frame(bell_loop *loop, uint32_t event);
bool event_loop_cancel(bell_loop *loop, uint32_t event);
void event_loop_move(bell_loop *loop, uint32_t event, bell_source source);

/* Who has waited longest for a turn of the loop, or would be the next to get one; BELL_NONE when nothing is to come but
 * what goes before all turns. */
uint32_t event_loop_next(bell_loop *loop);

/* When the next thing becomes ready of what is not; LOOP_NEVER_US when there is nothing. */
int64_t event_loop_next_ready_us(const event_loop *b);

/* Of a set of task sources. */
static inline uint32_t event_loop_bit(bell_source s) { return UINT32_C(1) << s; }
_Static_assert(BELL_TASK_SOURCES <= 32, "a set of sources fits");

static inline uint32_t event_loop_first(const event_loop *b, bell_source s) { return b->tasks[s].first; }

/* A frame is no task before it is due; the others are noticed only then. */
static inline bool event_loop_has_task(const event_loop *b, bell_source s) {
  uint32_t event = event_loop_first(b, s);
  return event != BELL_NONE && (s != BELL_TASKS_RENDERING || loop_ready_us(&b->loop, event) <= b->loop.now_us);
}

#endif
