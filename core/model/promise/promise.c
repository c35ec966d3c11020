#include "promise/promise.h"

#include <string.h>

/* A reaction waits with its promise until that one settles; then, being a job, in the microtask queue. Jobs that are no
 * reactions are kept in the same way. */
struct bell_reaction {
  uint32_t next;
  uint32_t kind; /* a bell_job_kind */
  uint32_t label;
  uint32_t source;  /* the promise that it reacts to; BELL_JOB_THEN: the tag of the value whose `then` is called */
  uint32_t derived; /* the promise that it settles, or BELL_NO_PROMISE */
  union {
    uint32_t on_fulfilled; /* a handler, or BELL_NO_HANDLER */
    uint32_t value_kind;   /* BELL_JOB_THEN */
    uint32_t old_value;    /* BELL_JOB_RESTORE */
  };
  union {
    uint32_t on_rejected;
    uint32_t old_rejected; /* BELL_JOB_RESTORE: 1 when the old value is a reason to throw */
  };
};

const char *bell_job_name(bell_job_kind kind) {
  static const char *const names[BELL_JOB_KINDS] = {"microtask", "handler", "finally", "pass",
                                                    "then",      "follow",  "restore"};
  return names[kind];
}

/* ---- memory ----------------------------------------------------------------------------------------------------- */

size_t bell_promise_memory(uint32_t promises, uint32_t reactions) {
  return bell_arena_sum(bell_arena_bytes(promises, sizeof(bell_promise)),
                        bell_arena_bytes(reactions, sizeof(bell_reaction)));
}

bool bell_promise_start(bell_promises *promises, uint32_t capacity, uint32_t reactions, bell_arena *arena) {
  *promises = (bell_promises){.capacity = capacity,
                              .reaction_capacity = reactions,
                              .reactions_free = BELL_CHAIN_END,
                              .queue = BELL_CHAIN_EMPTY,
                              .rejected = BELL_CHAIN_EMPTY};
  promises->all = bell_arena_take(arena, capacity, sizeof *promises->all);
  promises->reactions = bell_arena_take(arena, reactions, sizeof *promises->reactions);
  return promises->all != NULL && promises->reactions != NULL;
}

bool bell_promise_grow(bell_promises *promises, uint32_t capacity, uint32_t reactions, bell_arena *arena) {
  if (capacity < promises->capacity || reactions < promises->reaction_capacity) return false;
  bell_arena larger = *arena;
  bell_promise *all = bell_arena_take(&larger, capacity, sizeof *all);
  bell_reaction *list = bell_arena_take(&larger, reactions, sizeof *list);
  if (all == NULL || list == NULL) return false;
  if (promises->count > 0) memcpy(all, promises->all, promises->count * sizeof *all);
  if (promises->reactions_touched > 0) memcpy(list, promises->reactions, promises->reactions_touched * sizeof *list);
  promises->all = all;
  promises->capacity = capacity;
  promises->reactions = list;
  promises->reaction_capacity = reactions;
  *arena = larger;
  return true;
}

bool bell_promise_has_room(const bell_promises *promises) {
  return promises->capacity - promises->count >= BELL_PROMISES_AN_OPERATION &&
         promises->reaction_capacity - promises->reaction_count >= BELL_REACTIONS_AN_OPERATION;
}

/* ---- reactions and jobs ----------------------------------------------------------------------------------------- */

/* A new one, in no chain yet; `a` and `b` are what the two unions hold. */
static uint32_t new_reaction(bell_promises *p, bell_job_kind kind, uint32_t label, uint32_t source, uint32_t derived,
                             uint32_t a, uint32_t b) {
  uint32_t r = p->reactions_free;
  if (r != BELL_CHAIN_END) {
    p->reactions_free = p->reactions[r].next;
  } else {
    r = p->reactions_touched++;
  }
  p->reaction_count++;
  p->reactions[r] = (bell_reaction){BELL_CHAIN_END, (uint32_t)kind, label, source, derived, {a}, {b}};
  return r;
}

static bell_reaction give_back(bell_promises *p, uint32_t r) {
  bell_reaction reaction = p->reactions[r];
  p->reactions[r].next = p->reactions_free;
  p->reactions_free = r;
  p->reaction_count--;
  return reaction;
}

static void append(bell_promises *p, bell_chain *chain, uint32_t r) {
  bell_chain_put(chain, p->reactions, sizeof *p->reactions, r);
}

/* 9.5.5 HostEnqueuePromiseJob */
static void enqueue(bell_promises *p, uint32_t r) {
  append(p, &p->queue, r);
  if (p->queued != NULL) p->queued(p->context, p->reactions[r].label);
}

/* 27.2.5.4.1 PerformPromiseThen: a reaction to a pending promise waits, to a settled one it is a job at once. */
static void react(bell_promises *p, bell_job_kind kind, uint32_t label, uint32_t source, uint32_t derived, uint32_t a,
                  uint32_t b) {
  bell_promise *promise = &p->all[source];
  uint32_t r = new_reaction(p, kind, label, source, derived, a, b);
  if (promise->state == BELL_PENDING) {
    append(p, &promise->reactions, r);
  } else {
    enqueue(p, r);
  }
  promise->is_handled = true;
}

/* ---- settling --------------------------------------------------------------------------------------------------- */

/* 27.2.1.9 HostPromiseRejectionTracker, operation "reject" */
static void note_rejected(bell_promises *p, uint32_t promise) {
  bell_chain_put(&p->rejected, p->all, sizeof *p->all, promise);
}

/* 27.2.1.4 FulfillPromise, 27.2.1.7 RejectPromise, 27.2.1.8 TriggerPromiseReactions */
static void settle(bell_promises *p, uint32_t index, bell_promise_state state, uint32_t result) {
  bell_promise *promise = &p->all[index];
  promise->state = (uint8_t)state;
  promise->result = result;
  if (state == BELL_REJECTED && !promise->is_handled) note_rejected(p, index);
  uint32_t r = promise->reactions.first;
  promise->reactions = BELL_CHAIN_EMPTY;
  while (r != BELL_CHAIN_END) {
    uint32_t next = p->reactions[r].next;
    enqueue(p, r);
    r = next;
  }
}

/* 27.2.1.3: are these the newest functions, and is this their first call? Then it counts. */
static bool is_first_call(bell_promises *p, bell_resolvers resolvers) {
  if (resolvers.promise == BELL_NO_PROMISE) return false;
  bell_promise *promise = &p->all[resolvers.promise];
  if (promise->pair != resolvers.pair || promise->is_resolved) return false;
  promise->is_resolved = true;
  return true;
}

void bell_promise_reject(bell_promises *promises, bell_resolvers resolvers, uint32_t reason) {
  if (is_first_call(promises, resolvers)) settle(promises, resolvers.promise, BELL_REJECTED, reason);
}

/* 27.2.1.3.2, Promise Resolve Functions */
static void resolve(bell_promises *p, bell_resolvers resolvers, bell_value value, uint32_t label) {
  if (!is_first_call(p, resolvers)) return;
  if (value.kind == BELL_VALUE_PLAIN) {
    settle(p, resolvers.promise, BELL_FULFILLED, value.tag);
  } else if (value.kind == BELL_VALUE_PROMISE && value.tag == resolvers.promise) {
    settle(p, resolvers.promise, BELL_REJECTED, BELL_TYPE_ERROR);
  } else { /* 27.2.2.2 NewPromiseResolveThenableJob */
    enqueue(p, new_reaction(p, BELL_JOB_THEN, label, value.tag, resolvers.promise, value.kind, 0));
  }
}

static uint32_t create(bell_promises *p, uint32_t label) {
  p->all[p->count] = (bell_promise){.reactions = BELL_CHAIN_EMPTY, .label = label};
  return p->count++;
}

/* 27.2.4.7.1 PromiseResolve */
static uint32_t promise_of(bell_promises *p, bell_value value, uint32_t label) {
  if (value.kind == BELL_VALUE_PROMISE) return value.tag;
  uint32_t promise = create(p, BELL_NO_LABEL);
  resolve(p, (bell_resolvers){.promise = promise}, value, label);
  return promise;
}

/* ---- what a program does with promises -------------------------------------------------------------------------- */

uint32_t bell_promise_create(bell_promises *promises, uint32_t label) {
  return bell_promise_has_room(promises) ? create(promises, label) : BELL_NO_PROMISE;
}

void bell_promise_resolve(bell_promises *promises, bell_resolvers resolvers, bell_value value, uint32_t label) {
  if (bell_promise_has_room(promises)) resolve(promises, resolvers, value, label);
}

static uint32_t then(bell_promises *p, bell_job_kind kind, uint32_t label, uint32_t promise, uint32_t on_fulfilled,
                     uint32_t on_rejected) {
  if (!bell_promise_has_room(p)) return BELL_NO_PROMISE;
  uint32_t derived = create(p, label);
  react(p, kind, label, promise, derived, on_fulfilled, on_rejected);
  return derived;
}

uint32_t bell_promise_then(bell_promises *promises, uint32_t promise, uint32_t on_fulfilled, uint32_t on_rejected,
                           uint32_t label) {
  return then(promises, BELL_JOB_HANDLER, label, promise, on_fulfilled, on_rejected);
}

uint32_t bell_promise_finally(bell_promises *promises, uint32_t promise, uint32_t handler, uint32_t label) {
  return then(promises, BELL_JOB_FINALLY, label, promise, handler, handler);
}

uint32_t bell_promise_from(bell_promises *promises, bell_value value, uint32_t label) {
  return bell_promise_has_room(promises) ? promise_of(promises, value, label) : BELL_NO_PROMISE;
}

void bell_promise_await(bell_promises *promises, bell_value value, uint32_t handler, uint32_t label) {
  if (!bell_promise_has_room(promises)) return;
  uint32_t source = promise_of(promises, value, label);
  react(promises, BELL_JOB_HANDLER, label, source, BELL_NO_PROMISE, handler, handler);
}

void bell_promise_microtask(bell_promises *promises, uint32_t handler) {
  if (!bell_promise_has_room(promises)) return;
  enqueue(promises, new_reaction(promises, BELL_JOB_MICROTASK, handler, BELL_NO_PROMISE, BELL_NO_PROMISE, handler, 0));
}

/* ---- the microtask queue ---------------------------------------------------------------------------------------- */

/* 27.2.2.2: the promise gets new resolving functions, for the `then` of the other one to call. */
static void begin_then(bell_promises *p, const bell_reaction *r, bell_job *job) {
  bell_promise *promise = &p->all[r->derived];
  promise->pair++;
  promise->is_resolved = false;
  job->argument = (bell_value){(bell_value_kind)r->value_kind, r->source};
  job->resolvers.pair = promise->pair;
}

/* 27.2.2.1: the handler for what the promise has become, if there is one. */
static void begin_reaction(const bell_promises *p, const bell_reaction *r, bell_job *job) {
  const bell_promise *source = &p->all[r->source];
  job->rejected = source->state == BELL_REJECTED;
  job->argument = (bell_value){BELL_VALUE_PLAIN, source->result};
  if (r->derived != BELL_NO_PROMISE) job->resolvers.pair = p->all[r->derived].pair;
  if (r->kind == BELL_JOB_FOLLOW) return;
  if (r->kind != BELL_JOB_RESTORE) {
    job->handler = job->rejected ? r->on_rejected : r->on_fulfilled;
    if (job->handler == BELL_NO_HANDLER) job->kind = BELL_JOB_PASS;
  } else if (job->rejected) {
    job->kind = BELL_JOB_PASS; /* what the handler of `finally` returned was rejected */
  } else {
    job->rejected = r->old_rejected != 0;
    job->argument.tag = r->old_value;
  }
}

bool bell_promise_take(bell_promises *promises, bell_job *job) {
  if (bell_chain_is_empty(promises->queue)) return false;
  uint32_t first = bell_chain_take(&promises->queue, promises->reactions, sizeof *promises->reactions);
  bell_reaction r = give_back(promises, first);
  *job = (bell_job){
      .kind = (bell_job_kind)r.kind, .label = r.label, .handler = BELL_NO_HANDLER, .resolvers = {.promise = r.derived}};
  if (r.kind == BELL_JOB_MICROTASK) {
    job->handler = r.on_fulfilled;
  } else if (r.kind == BELL_JOB_THEN) {
    begin_then(promises, &r, job);
  } else {
    begin_reaction(promises, &r, job);
  }
  return true;
}

/* Settles the job's promise as a function does that ended so. */
static void complete(bell_promises *p, const bell_job *job, bell_completion done) {
  if (done.threw) {
    bell_promise_reject(p, job->resolvers, done.value.tag);
  } else {
    resolve(p, job->resolvers, done.value, done.label);
  }
}

/* 27.2.5.3, "Then Finally Functions" and "Catch Finally Functions": once the handler's result has settled, the old
 * value is given back; and for that promise the derived one waits. */
static void finish_finally(bell_promises *p, const bell_job *job, bell_value result) {
  uint32_t source = promise_of(p, result, job->label);
  uint32_t restored = create(p, BELL_NO_LABEL);
  react(p, BELL_JOB_RESTORE, job->label, source, restored, job->argument.tag, job->rejected);
  resolve(p, job->resolvers, (bell_value){BELL_VALUE_PROMISE, restored}, job->label);
}

/* The built-in `then` is called with the new resolving functions; a thenable's own has been, and may have thrown. */
static void finish_then(bell_promises *p, const bell_job *job, bell_completion done) {
  if (job->argument.kind == BELL_VALUE_PROMISE) {
    react(p, BELL_JOB_FOLLOW, job->label, job->argument.tag, job->resolvers.promise, 0, 0);
  } else if (done.threw) {
    bell_promise_reject(p, job->resolvers, done.value.tag);
  }
}

void bell_promise_finish(bell_promises *promises, const bell_job *job, bell_completion done) {
  if (!bell_promise_has_room(promises)) return;
  if (job->kind == BELL_JOB_THEN) {
    finish_then(promises, job, done);
  } else if (job->kind == BELL_JOB_FINALLY && !done.threw) {
    finish_finally(promises, job, done.value);
  } else if (job->kind < BELL_JOB_PASS) {
    complete(promises, job, done);
  } else { /* it gives on what came in */
    complete(promises, job, (bell_completion){.threw = job->rejected, .value = job->argument});
  }
}

uint32_t bell_promise_take_unhandled(bell_promises *promises) {
  while (!bell_chain_is_empty(promises->rejected)) {
    uint32_t promise = bell_chain_take(&promises->rejected, promises->all, sizeof *promises->all);
    if (!promises->all[promise].is_handled) return promise;
  }
  return BELL_NO_PROMISE;
}
