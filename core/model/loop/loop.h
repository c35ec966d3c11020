/* loop: one thread, and whose callback is next. The contract of both hosts: a browser's loop (event_loop.h) and Node's
 * (node_loop.h).
 *
 * A loop does not know whose callbacks it runs. It hands out the next one, with the reason, and is told when that is
 * over; in between the callback asks for others. A program is run so:
 *
 *     while ((step = bell_loop_take(loop)) != NULL) {
 *       takes_us = ...;                     // run the callback: its label is that of the step's event
 *       bell_loop_finish(loop, takes_us);   // how long it held the thread
 *     }
 *
 * A scenario is one such program, and its labels are its statements (scenario_run.h). Promises are no part of a loop:
 * promise.h has their jobs, and whoever runs a program asks for a microtask for each.
 *
 * The steps go to a trace, each with its reason. Labels are the caller's, and never looked into. Time is virtual, in
 * microseconds. Memory is the caller's arena; an ask without room does nothing and gives BELL_NONE. */
#ifndef BELL_LOOP_H
#define BELL_LOOP_H

#include "loop/choices.h"
#include "scenario/words.h"
#include "trace/trace.h"

/* Where an event comes from: a bell_task_source, or what is no task. */
typedef unsigned bell_source;
enum {
  BELL_MICROTASKS = BELL_TASK_SOURCES, /* microtasks, and promises that settle */
  BELL_TICKS,                          /* Node: process.nextTick */
  BELL_IMMEDIATES,                     /* Node: setImmediate */
  BELL_MAIN                            /* Node: the main script */
};

/* A browser's constants: the least delay of a timer that is nested deep, and from one frame to the next, rounded up. */
enum { BELL_NESTED_LEAST_US = 4000, BELL_FRAME_US = 16667 };

/* How much a program may ask for. */
typedef struct bell_loop_room {
  uint32_t events; /* in all */
  uint32_t known;  /* of these, expected before the first step */
  uint32_t later;  /* expected while it runs: so many that are not ready yet at a time */
  uint32_t delays; /* different delays of timers, at a time */
  bool asks_late;  /* callbacks may hold the thread before they ask: see bell_loop_pass */
} bell_loop_room;

typedef struct bell_loop bell_loop;

/* What is open in this run. */
typedef struct bell_loop_open {
  bell_choices *choices; /* which way the run goes where no order is guaranteed; NULL for the model's own */
  /* How long after its start all is over, at the most, that a callback leads to. NULL: it may lead to anything. */
  int64_t (*follow_up_us)(const void *context, uint32_t label);
  /* The source of the browser's next task, where its `oldest` one has that source. `may` has a bit for each source that
   * has a task, and keeps those that may go next; none when no task goes yet. NULL: just that, and all may. */
  bell_source (*next_source)(const void *context, const bell_loop *loop, bell_source oldest, uint32_t *may);
  const void *context;
} bell_loop_open;

/* How many bytes of arena `bell_loop_start` takes. */
size_t bell_loop_memory(bell_host host, bell_loop_room room);

/* A loop of BELL_BROWSER or BELL_NODE, which writes its steps and events to the trace. NULL when the arena is too
 * small. */
bell_loop *bell_loop_start(bell_trace *trace, bell_host host, bell_loop_room room, bell_loop_open open,
                           bell_arena *arena);

/* ---- the next callback ------------------------------------------------------------------------------------------ */

/* The step that is next, as it stands in the trace: its callback starts now. NULL when nothing is to come. */
bell_step *bell_loop_take(bell_loop *loop);

/* It is over; it held the thread for so long, */
void bell_loop_finish(bell_loop *loop, int64_t takes_us);

/* beside this much, that it held it before it asked for what comes next. Where the room has `asks_late`. */
void bell_loop_pass(bell_loop *loop, int64_t us);

/* Does a microtask or a tick wait, or does something go before these (see below)? If neither, the checkpoint of the
 * callback that is over is reached. */
bool bell_loop_has_between(bell_loop *loop);

/* The callback that is about to be over threw, and a listener of the process takes that: Node skips the ticks and
 * microtasks that would follow, and the checkpoint; they come after the next callback of a phase, at the latest as the
 * check phase begins. None is skipped after the main script, the last timer of a list, and a microtask. If the last
 * immediate threw, those that were queued since run in the same phase. A browser never skips any. Whoever calls this
 * asks for an empty immediate, as Node does, and takes each step by bell_loop_take_first, where that has one. False
 * when none is skipped here, whatever comes. Sources:
 * InternalCallbackScope::Close in Node's src/api/callback.cc, createOnGlobalUncaughtException in
 * lib/internal/process/execution.js; RunTimers, CheckImmediate and RunAndClearNativeImmediates in src/env.cc;
 * processTimers and processImmediate in lib/internal/timers.js. */
bool bell_loop_throw(bell_loop *loop);

/* The step that is next, if it goes before ticks and microtasks that wait, or before the checkpoint; else NULL. */
bell_step *bell_loop_take_first(bell_loop *loop);

/* Does an immediate run in the phase in which it was queued, for the last one threw? */
bool bell_loop_goes_again(const bell_loop *loop, uint32_t immediate);

/* A callback that no queue has and that runs at once, between two steps: a process event of Node's; a browser's next
 * listener of the same event, for a microtask checkpoint is between the two (Web IDL 3.12 "Invoking callback
 * functions", "clean up after running script"). */
bell_step *bell_loop_call(bell_loop *loop, uint32_t label, bell_reason reason);

/* No more steps, though more is to come, for `endless` (an event that ran, which goes on forever) would never end. One
 * last row tells who has waited longest for a turn, or would be the next to get one. */
void bell_loop_stop(bell_loop *loop, uint32_t endless);

/* No more steps, for Node ends the process at `at_us`, when `last` (an event) ran. The reason is one of
 * BELL_REASON_ENDED and those behind it. One last row tells who would have come next: `next`, which was taken and is
 * not over; NULL when nothing would have. */
void bell_loop_end(bell_loop *loop, bell_reason reason, int64_t at_us, uint32_t last, const bell_step *next);

/* ---- what a callback, or the world, asks for -------------------------------------------------------------------- */

/* Each gives the event's number, BELL_NONE when there is no room. */

/* What becomes ready at a time of its own, and is known before the first step: a message, a click, a promise that
 * settles, a timer that was set at 0, in Node the main script. */
uint32_t bell_loop_know(bell_loop *loop, bell_source source, uint32_t label, int64_t ready_us);

/* Node runs a main module, a BELL_MICROTASKS that is known at 0, in the poll phase, where its file was read: the check
 * phase comes before the first timers. Source: runEntryPointWithESMLoader in lib/internal/modules/run_main.js. */
void bell_loop_begin_in_poll(bell_loop *loop);

/* The same, but for timers, of what comes up while it runs; not before now. */
uint32_t bell_loop_expect(bell_loop *loop, bell_source source, uint32_t label, int64_t ready_us);

/* A microtask, a tick, or an immediate. */
uint32_t bell_loop_queue(bell_loop *loop, bell_source source, uint32_t label);

/* setTimeout. Both hosts cut a delay to whole milliseconds: HTML takes it as a `long` (8.7 "Timers"),
 * Node as a whole number (lib/internal/timers.js). */
uint32_t bell_loop_set_timer(bell_loop *loop, uint32_t label, int64_t after_us);
uint32_t bell_loop_ask_frame(bell_loop *loop, uint32_t label); /* requestAnimationFrame */

/* setInterval's next turn, asked for as its callback is about to be over. A browser counts from then on (HTML 8.7,
 * "timer initialization steps"), Node from the callback's beginning (listOnTimeout in lib/internal/timers.js). */
uint32_t bell_loop_repeat(bell_loop *loop, uint32_t label, int64_t after_us);

/* clearTimeout, clearImmediate, cancelAnimationFrame, cancelIdleCallback, a task of the scheduler's that is aborted: an
 * event that was asked for by a callback will not run. False when it has run, or was cancelled before; and for a
 * message, and what is known. */
bool bell_loop_cancel(bell_loop *loop, uint32_t event);

/* A task of the scheduler's, which has not run, has another priority: its source is another one from now on. It keeps
 * its age. */
void bell_loop_move(bell_loop *loop, uint32_t event, bell_source source);

#endif
