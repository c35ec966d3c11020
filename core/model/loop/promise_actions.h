/* promise_actions: the promise statements of a scenario, carried out on promise.h.
 *
 *     script main
 *       promise p                    new Promise(...): pending
 *       then onP of p                p.then(onP); the derived promise has the name of the callback, so:
 *         microtask x                  what onP does, in order
 *         return q                     and how it ends: with a promise or a thenable, or with `throw`
 *       catch onErr of onP           p.then(onP).catch(onErr)
 *       finally onEnd of p           p.finally(onEnd)
 *       resolve p                    with a plain value, now
 *       resolve p with q             with another promise, or a thenable
 *       resolve p after 2            setTimeout(() => resolve p, 2)
 *       reject p [after 2]
 *       thenable t                   an object whose `then` calls its callback at once
 *       async f                      calls f, whose body runs at once, up to the first await; its promise is named f
 *         await p                      the rest runs when p has settled; if it was rejected, f is rejected
 *         await                        await undefined
 *         return q                     or throw
 *
 * Names are scoped as JavaScript's const: a name means the nearest thing of that name that was made before, at the same
 * depth or further out. All of this stands under what runs once, so that a statement makes one promise at most.
 *
 * Each job of the microtask queue is a row, named by the statement that led to it; bell_step.job says what it does, and
 * the reason tells it. A row that runs no code of the program (a hop) takes no time.
 *
 * A rejection that nobody handles is told of when the microtask queue (in Node, the tick queue too) is empty. What
 * follows from that is the host's: see scenario_run.h. */
#ifndef BELL_PROMISE_ACTIONS_H
#define BELL_PROMISE_ACTIONS_H

#include "loop/scenario_run.h"

/* How many bytes of arena `promise_actions_start` takes; it sets scenario_run.promises. For scenarios with promises. */
size_t promise_actions_memory(const bell_scenario *scenario);
bool promise_actions_start(scenario_run *run, bell_arena *arena);

/* What happens when the callback of this statement runs, whether promises have a part in it or not. False when it is a
 * job that runs no code of the program. */
bool promise_actions_run(scenario_run *run, uint32_t statement);

/* Notes the rejections that nobody has handled, as the last step ends and its microtasks are done. */
void promise_actions_tell(scenario_run *run);

/* The run is over: now its trace knows of each promise which rejection was told. */
void promise_actions_end(scenario_run *run);

#endif
