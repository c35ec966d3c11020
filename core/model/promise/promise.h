/* promise: promises exactly as ECMAScript has them, one job of the microtask queue at a time.
 *
 * Why does a log sometimes come two microtasks later than expected? Because a promise never calls anybody: it puts jobs
 * into the microtask queue, and some of these jobs do no more than pass a value on. This module has them all, and gives
 * each a name. Clause numbers are those of ECMAScript, https://tc39.es/ecma262/.
 *
 * A promise is pending, then fulfilled with a value or rejected with a reason, and never changes again.
 *
 * 1. Reactions (27.2.5.4.1 PerformPromiseThen). `p.then(f)` leaves a reaction with p: the handler f, and the derived
 *    promise that `then` returned. When p settles, its reactions become jobs, in their order; on a p that has settled
 *    already, at once. Such a job (27.2.2.1) calls the handler and settles the derived promise by what it did:
 *
 *        p.then(f).then(g)            p fulfilled:    1 f    2 g
 *
 *    Without a handler for what happened (`then(f)` of a rejected p, `catch(f)` of a fulfilled one) the job is still
 *    there: it passes value or reason on, and takes its turn like any other.
 *
 * 2. Await (27.7.5.3) is a reaction too. Its handler is the rest of the function, and nothing is derived:
 *
 *        await p; g()                 p fulfilled:    1 the rest, which calls g
 *
 * 3. Resolving is not yet fulfilling (27.2.1.3.2, promise resolve functions). With a plain value, a promise is
 *    fulfilled at once. With another promise, or with any object that has a `then` method (a thenable), it is locked
 *    in: it will follow the other one, and its own resolving functions do nothing from now on. It learns of the other
 *    only by its `then`, which is called by a job of its own (27.2.2.2), for it may be anybody's code. So a promise
 *    that is resolved with a promise comes two jobs later, even if that one is fulfilled:
 *
 *        resolve(q); p.then(g)        q fulfilled:    1 q.then(follow)    2 follow: p is fulfilled    3 g
 *
 *    The same when a handler, or an async function, returns a promise:
 *
 *        async function h() { return q }  h().then(g)                     1 q.then(follow)    2 follow    3 g
 *        async function h() { return await q }  h().then(g)               1 the rest of h     2 g
 *
 *    A thenable that calls back at once saves the second job. `await` asks first whether it was given a promise
 *    (27.2.4.7.1 PromiseResolve) and then needs no new one: that is why `await q` costs one job and not three.
 *
 * 4. Finally (27.2.5.3) must wait for what its handler returned, and then give the old value back. It does so with the
 *    two means above: result.then(() => the old value), returned from the handler, which makes three jobs more:
 *
 *        p.finally(f).then(g)         1 f    2 the old value    3 .then(follow)    4 follow    5 g
 *
 * 5. Rejections that nobody handles (27.2.1.9 HostPromiseRejectionTracker). A promise that is rejected while it has no
 *    reaction is noted; a host asks for those when the microtask queue is empty, and tells of each that has none still
 *    (HTML 8.1.4.7 "Unhandled promise rejections"; Node's 'unhandledRejection').
 *
 * There is one microtask queue, first in, first out, and it is in here; `bell_promise_microtask` is queueMicrotask.
 *
 * The module knows nothing of the code whose promises these are. Values, handlers and labels are the caller's, 32 bits
 * each, and never looked into; a promise is an index. A program is run so:
 *
 *     while (bell_promise_take(promises, &job)) {
 *       bell_completion done = ...;             // run the handler that the job has, if it has one
 *       bell_promise_finish(promises, &job, done);
 *     }
 *
 * Memory is the caller's arena. Every operation takes constant time, whatever the number of promises; what it may need
 * is bounded too, so that a caller who asks `bell_promise_has_room` before each (and grows, or stops) is never let
 * down; without room an operation does nothing.
 *
 * Not here: subclasses of Promise, and promises whose own `then` or `constructor` was replaced. Promise.all and its kin
 * are reactions that a caller can write with what is here. */
#ifndef BELL_PROMISE_H
#define BELL_PROMISE_H

#include "arena.h"
#include "chain.h"

#define BELL_NO_PROMISE UINT32_MAX
#define BELL_NO_HANDLER UINT32_MAX
#define BELL_NO_LABEL UINT32_MAX
#define BELL_TYPE_ERROR (UINT32_MAX - 1) /* the reason when a promise is resolved with itself */

/* A value, as far as promises can tell values apart. */
typedef enum bell_value_kind {
  BELL_VALUE_PLAIN,    /* the tag is the caller's */
  BELL_VALUE_PROMISE,  /* the tag is a promise */
  BELL_VALUE_THENABLE, /* another object with a `then` method; the tag is the caller's */
} bell_value_kind;

typedef struct bell_value {
  bell_value_kind kind;
  uint32_t tag;
} bell_value;

/* How a handler ended: it returned a value, or threw one. */
typedef struct bell_completion {
  bool threw;
  bell_value value;
  uint32_t label; /* of the `return`: for the jobs that a returned promise costs */
} bell_completion;

/* The pair of functions that settle a promise (27.2.1.3 CreateResolvingFunctions). Only the first call of either does
 * anything. A promise is made with pair 0; following another one, it gets a new pair each time. */
typedef struct bell_resolvers {
  uint32_t promise;
  uint32_t pair;
} bell_resolvers;

typedef enum bell_promise_state { BELL_PENDING, BELL_FULFILLED, BELL_REJECTED } bell_promise_state;

/* What a reaction is for, and what a job does. */
typedef enum bell_job_kind {
  BELL_JOB_MICROTASK, /* queueMicrotask(handler): no promise has a part in it */
  BELL_JOB_HANDLER,   /* a reaction calls its handler: then, catch, await. 27.2.2.1 */
  BELL_JOB_FINALLY,   /* the same, for a handler of `finally`, which gets no argument. 27.2.5.3 */
  BELL_JOB_PASS,      /* a reaction without a handler for what happened: passes it on. 27.2.2.1 */
  BELL_JOB_THEN,      /* calls the `then` of what a promise was resolved with. 27.2.2.2 */
  BELL_JOB_FOLLOW,    /* what that `then` left behind: the promise becomes what the other one is. 27.2.1.3 */
  BELL_JOB_RESTORE,   /* after `finally`: gives the old value, or throws the old reason. 27.2.5.3 */
  BELL_JOB_KINDS
} bell_job_kind;

const char *bell_job_name(bell_job_kind kind); /* "microtask", "handler", "finally", "pass", ... */

/* A job that has come to its turn. The caller has code to run when `handler` is not BELL_NO_HANDLER, and when a
 * BELL_JOB_THEN calls the `then` of a thenable, which it gives `resolvers`. `bell_promise_finish` does the rest. */
typedef struct bell_job {
  bell_job_kind kind;
  bool rejected;            /* the argument is the reason of a rejection */
  uint32_t label;           /* of the call that led here: then, catch, finally, await, resolve or return */
  uint32_t handler;         /* what to call */
  bell_value argument;      /* the value or reason that comes in; BELL_JOB_THEN: whose `then` to call */
  bell_resolvers resolvers; /* of the promise that the job settles, which may be BELL_NO_PROMISE */
} bell_job;

typedef struct bell_reaction bell_reaction; /* a reaction, and the job that it becomes: see promise.c */

typedef struct bell_promise {
  uint32_t next_rejected; /* behind this one among those to tell of: see chain.h */
  bell_chain reactions;   /* [[PromiseFulfillReactions]] and [[PromiseRejectReactions]], which go in pairs */
  uint32_t result;        /* [[PromiseResult]]: a value's tag, or the reason's */
  uint32_t pair;          /* the newest resolving functions; all older ones have been called */
  uint32_t label;         /* of the call that made it; BELL_NO_LABEL for one that the language made on its own */
  uint8_t state;          /* [[PromiseState]], a bell_promise_state */
  bool is_resolved;       /* [[AlreadyResolved]] of that pair: called, so that what comes is decided */
  bool is_handled;        /* [[PromiseIsHandled]]: somebody has reacted */
} bell_promise;

typedef struct bell_promises {
  bell_promise *all;
  uint32_t count;
  uint32_t capacity;
  bell_reaction *reactions; /* those that wait with their promise, and the jobs in the queue */
  uint32_t reaction_count;
  uint32_t reaction_capacity;
  uint32_t reactions_touched; /* those from here on were never used */
  uint32_t reactions_free;    /* those that were given back, chained */
  bell_chain queue;           /* the microtask queue */
  bell_chain rejected;        /* promises to tell of */

  /* When a caller has more to do at that moment: told of each job that joins the queue (9.5.5 HostEnqueuePromiseJob),
   * by its label. May be NULL. */
  void (*queued)(void *context, uint32_t label);
  void *context;
} bell_promises;

/* ---- memory ----------------------------------------------------------------------------------------------------- */

/* How many bytes of arena so many promises, and so many reactions and jobs waiting at a time, take. */
size_t bell_promise_memory(uint32_t promises, uint32_t reactions);

/* Begins with none. False when the arena is too small. */
bool bell_promise_start(bell_promises *promises, uint32_t capacity, uint32_t reactions, bell_arena *arena);

/* Moves to larger arrays, taken from the arena; the old ones are the caller's to forget. False when the arena is too
 * small; then nothing has changed. */
bool bell_promise_grow(bell_promises *promises, uint32_t capacity, uint32_t reactions, bell_arena *arena);

/* Is there room for whatever the next operation needs? It needs at most so much: */
enum { BELL_PROMISES_AN_OPERATION = 2, BELL_REACTIONS_AN_OPERATION = 3 };
bool bell_promise_has_room(const bell_promises *promises);

/* ---- what a program does with promises -------------------------------------------------------------------------- */

/* new Promise(...): pending, its resolving functions are {promise, 0}. */
uint32_t bell_promise_create(bell_promises *promises, uint32_t label);

/* Calls a promise's resolving functions, 27.2.1.3.1 and .2. `label` comes back in the jobs that this makes. */
void bell_promise_resolve(bell_promises *promises, bell_resolvers resolvers, bell_value value, uint32_t label);
void bell_promise_reject(bell_promises *promises, bell_resolvers resolvers, uint32_t reason);

/* promise.then(on_fulfilled, on_rejected), either of which may be BELL_NO_HANDLER; the derived promise. */
uint32_t bell_promise_then(bell_promises *promises, uint32_t promise, uint32_t on_fulfilled, uint32_t on_rejected,
                           uint32_t label);

/* promise.finally(handler); the derived promise. */
uint32_t bell_promise_finally(bell_promises *promises, uint32_t promise, uint32_t handler, uint32_t label);

/* Promise.resolve(value): a promise as it is, anything else in a new one. 27.2.4.7.1 PromiseResolve. */
uint32_t bell_promise_from(bell_promises *promises, bell_value value, uint32_t label);

/* await value: `handler` is the rest of the function; the job says whether it gets a value or a reason to throw. */
void bell_promise_await(bell_promises *promises, bell_value value, uint32_t handler, uint32_t label);

/* queueMicrotask(handler) */
void bell_promise_microtask(bell_promises *promises, uint32_t handler);

/* ---- the microtask queue ---------------------------------------------------------------------------------------- */

/* Takes the oldest job. False when there is none. */
bool bell_promise_take(bell_promises *promises, bell_job *job);

/* Ends the job that was taken. `done` is how its handler ended, or the `then` of the caller's thenable; it does not
 * matter where there was no code to run. Before the next job is taken. */
void bell_promise_finish(bell_promises *promises, const bell_job *job, bell_completion done);

/* The next promise that was rejected and has no reaction still; each is told once. BELL_NO_PROMISE when there is none.
 * For a host to ask when the microtask queue is empty. */
uint32_t bell_promise_take_unhandled(bell_promises *promises);

#endif
