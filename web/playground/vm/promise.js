// @ts-check
/**
 * Promise, as ECMAScript has it (https://tc39.es/ecma262/, clause 27.2; the numbers below are its), in JavaScript.
 *
 * Why once more? A host that shows every job must have every job. An engine's own are behind glass; these go through a
 * door. Nothing else differs: subclasses, species, thenables, the order and number of jobs, the attributes of every
 * property, what is called when and with what; and errors are worded as V8 words them.
 *
 *     const { Promise, newPromise, resolve, reject, promiseOf, performThen, ... } = makePromise(door)
 *
 *     door.enqueue(job, kind, place, promise, of, context)   HostEnqueuePromiseJob (9.5.5): `job()` is to run as a
 *                                               microtask; it throws nothing. `promise` is the one that it settles,
 *                                               `of` the one that it is about. `kind` is what it does:
 *         'handler'    calls what was given to `then` or `catch`      'finally'    the same, for `finally`
 *         'pass'       there is no handler: passes value or reason on
 *         'then'       calls the `then` of what a promise was resolved with. 27.2.2.2
 *         'follow'     what that `then` left behind: a promise becomes what another one is
 *         'restore'    after `finally`: gives the old value, or throws the old reason. 27.2.5.3
 *         'combine'    one of those that Promise.all and its kin wait for has settled
 *         'unwrap'     an element of what is no async iterable has settled. 27.1.6.4
 *         'await'      an async function goes on
 *     door.context()              HostMakeJobCallback (9.5.2): what a handler is to find again when it runs, whoever
 *                                 has settled the promise: comes back as the `context` of its job
 *     door.place()                where the program is: comes back as the `place` of the jobs that this leads to
 *     door.caught(error)          what the program threw, before anybody else sees it; the same error
 *     door.reject(promise, id)    HostPromiseRejectionTracker (27.2.1.9): rejected, and nobody has reacted
 *     door.handle(promise, id)    now somebody has
 *     door.tell(event, id, other, place, value)      what a picture shows of promises (in told.js, as is MADE):
 *         MADE         promise `id`; `other` says by whom
 *         FULFILLED, REJECTED    promise `id`, with a value
 *         LOCKED       promise `id` follows promise `other`, or a thenable (0)
 *         REACTED      a reaction waits with promise `id`; it will settle promise `other` (0: an await)
 *
 * A promise's number is from 1, in the order in which they were made; 0 is none.
 */
import { installCombinators } from './combinators.js';
import * as language from './language.js';
import { MADE, TELL } from './told.js';

const { call, called, construct, create, define, described, install, isCallable, isConstructor, isObject } = language;
const { getPrototypeOf, makeSlot, nameless, species, tagged, typeError } = language;
const ObjectPrototype = Object.prototype;

/**
 * @typedef {'handler' | 'finally' | 'pass' | 'then' | 'follow' | 'restore' | 'combine' | 'unwrap' | 'await'} JobKind
 *
 * @typedef {object} Door
 * @property {(job: () => void, kind: JobKind, place: number, promise: number, of: number, context: any) => void
 *   } enqueue
 * @property {() => any} [context]  none: nothing goes with a job
 * @property {() => number} place
 * @property {(error: any, more?: object) => any} caught
 * @property {boolean} [closesSync]  see async-from-sync.js
 * @property {(promise: object, id: number) => void} reject
 * @property {(promise: object, id: number) => void} handle
 * @property {(event: number, id: number, other: number, place: number, value?: any) => void} tell
 *
 * @typedef {object} State  the slots of a promise, 27.2.6
 * @property {number} id
 * @property {'pending' | 'fulfilled' | 'rejected'} status
 * @property {any} result
 * @property {Reaction[]} reactions
 * @property {boolean} handled
 *
 * @typedef {object} Capability  a PromiseCapability record, 27.2.1.1. Without functions, it is of a promise of ours
 * @property {any} promise       that nobody else can settle: then there is no need for them
 * @property {any} [resolve]
 * @property {any} [reject]
 *
 * @typedef {object} Reaction  27.2.1.2
 * @property {Capability | undefined} capability
 * @property {any} onFulfilled  undefined: none
 * @property {any} onRejected
 * @property {number} place  of the call that left it
 * @property {'await' | undefined} kind
 * @property {any} context
 */

/** @param {Door} door */
export function makePromise(door) {
  let count = 0;
  /** While the language does something for its own use: where the program is (else -1), */
  let insideAt = -1;
  let saidAt = -1; // and where that is said to be
  const isInside = () => insideAt !== -1 && insideAt === door.place();
  const here = () => (isInside() ? saidAt : door.place());
  const contextNow = () => door.context?.();
  const slot = /** @type {ReturnType<typeof makeSlot<State>>} */ (makeSlot());
  /** What functions of the language do when they are handlers. */
  const roles = /** @type {ReturnType<typeof makeSlot<JobKind>>} */ (makeSlot());

  /** A promise's number, 0 for what is none of ours. @param {any} promise */
  const idOf = (promise) => slot.of(promise)?.id ?? 0;

  /** @template F @param {JobKind} kind @param {F} f @returns {F} */
  function withRole(kind, f) {
    if (roles.of(f) === undefined) roles.add(/** @type {any} */ (f), kind);
    return f;
  }

  /** @param {object} prototype @param {number} made one of MADE */
  function newPromise(prototype = PromisePrototype, made = MADE.BY_CALL) {
    const promise = create(prototype);
    const id = ++count;
    slot.add(promise, { id, status: 'pending', result: undefined, reactions: [], handled: false });
    if (isInside()) door.tell(TELL.MADE, id, MADE.INSIDE, saidAt);
    else door.tell(TELL.MADE, id, made, door.place());
    return promise;
  }

  /** Does something for the language's own use. @template T @param {() => T} act @param {number} [said] */
  function inside(act, said = here()) {
    const atBefore = insideAt;
    const saidBefore = saidAt;
    insideAt = door.place();
    saidAt = said;
    try {
      return act();
    } finally {
      insideAt = atBefore;
      saidAt = saidBefore;
    }
  }

  // ---- 27.2.1 abstract operations

  /** 27.2.1.4 FulfillPromise, 27.2.1.7 RejectPromise. @param {'fulfilled' | 'rejected'} status */
  function settle(promise, status, result) {
    const state = /** @type {State} */ (slot.of(promise));
    const { id, reactions } = state;
    state.status = status;
    state.result = result;
    state.reactions = [];
    door.tell(status === 'fulfilled' ? TELL.FULFILLED : TELL.REJECTED, id, 0, door.place(), result);
    if (status === 'rejected' && !state.handled) door.reject(promise, id);
    for (let i = 0; i < reactions.length; i++) enqueueReaction(reactions[i], status, result, id); // 27.2.1.8
  }

  const reject = (promise, reason) => settle(promise, 'rejected', reason);

  /** 27.2.1.3.2, the steps of a promise resolve function. */
  function resolve(promise, resolution) {
    if (resolution === promise) return reject(promise, typeError('Chaining cycle detected for promise #<Promise>'));
    if (!isObject(resolution)) return settle(promise, 'fulfilled', resolution);
    let then;
    try {
      then = resolution.then;
    } catch (error) {
      return reject(promise, door.caught(error));
    }
    if (!isCallable(then)) return settle(promise, 'fulfilled', resolution);
    const id = idOf(promise);
    door.tell(TELL.LOCKED, id, idOf(resolution), here());
    door.enqueue(() => callThen(promise, resolution, then), 'then', here(), id, idOf(resolution), contextNow());
  }

  /** 27.2.2.2 NewPromiseResolveThenableJob, the job. */
  function callThen(promise, thenable, then) {
    const functions = resolvingFunctions(promise);
    withRole('follow', functions.resolve);
    withRole('follow', functions.reject);
    try {
      call(then, thenable, [functions.resolve, functions.reject]);
    } catch (error) {
      functions.reject(door.caught(error));
    }
  }

  /** 27.2.1.3 CreateResolvingFunctions */
  function resolvingFunctions(promise) {
    let alreadyResolved = false;
    /** @param {(promise: object, value: any) => void} act */
    const once = (act) =>
      nameless((value) => {
        if (alreadyResolved) return;
        alreadyResolved = true;
        act(promise, value);
      });
    return { promise, resolve: once(resolve), reject: once(reject) };
  }

  /** 27.2.1.5 NewPromiseCapability @param {any} C @returns {Required<Capability>} */
  function newCapability(C) {
    if (C === OurPromise) return resolvingFunctions(newPromise());
    if (!isConstructor(C)) throw typeError(`${described(C)} is not a constructor`);
    let resolveFunction;
    let rejectFunction;
    const executor = nameless((resolve, reject) => {
      if (resolveFunction !== undefined || rejectFunction !== undefined) {
        throw typeError('Promise executor has already been invoked with non-undefined arguments');
      }
      resolveFunction = resolve;
      rejectFunction = reject;
    });
    const promise = construct(C, [executor]);
    if (!isCallable(resolveFunction) || !isCallable(rejectFunction)) {
      throw typeError('Promise resolve or reject function is not callable');
    }
    return { promise, resolve: resolveFunction, reject: rejectFunction };
  }

  /** The same, for whom nobody sees the functions of. @param {any} C @returns {Capability} */
  const newQuietCapability = (C) => (C === OurPromise ? { promise: newPromise() } : newCapability(C));

  /** Calls a capability's function; `status` says which. @param {Capability} capability */
  function settleCapability({ promise, resolve: resolveIt, reject: rejectIt }, status, value) {
    const act = status === 'fulfilled' ? resolveIt : rejectIt;
    if (act) call(act, undefined, [value]);
    else if (status === 'fulfilled') resolve(promise, value);
    else reject(promise, value);
  }

  // ---- 27.2.2 jobs

  /** Triggers a reaction. @param {Reaction} reaction @param {'fulfilled' | 'rejected'} status @param {number} of */
  function enqueueReaction(reaction, status, argument, of) {
    const { capability, place, context } = reaction;
    const handler = status === 'fulfilled' ? reaction.onFulfilled : reaction.onRejected;
    const kind = reaction.kind ?? (handler === undefined ? 'pass' : (roles.of(handler) ?? 'handler'));
    door.enqueue(
      () => react(capability, handler, status, argument),
      kind,
      place,
      capability ? idOf(capability.promise) : 0,
      of,
      context,
    );
  }

  /** 27.2.2.1 NewPromiseReactionJob, the job. @param {Capability | undefined} capability */
  function react(capability, handler, status, argument) {
    let value = argument;
    if (handler !== undefined) {
      try {
        value = call(handler, undefined, [argument]);
        status = 'fulfilled';
      } catch (error) {
        value = door.caught(error);
        status = 'rejected';
      }
    }
    if (capability) {
      try {
        settleCapability(capability, status, value);
      } catch {
        // A subclass gave functions that throw: a job has nobody to tell of it.
      }
    }
  }

  /**
   * 27.2.5.4.1 PerformPromiseThen. An await has no capability, and says its own place.
   *
   * @param {any} promise @param {any} onFulfilled @param {any} onRejected
   * @param {Capability} [capability] @param {number} [place]
   */
  function performThen(promise, onFulfilled, onRejected, capability, place = door.place()) {
    const state = /** @type {State} */ (slot.of(promise));
    const kind = capability ? undefined : 'await';
    /** @type {Reaction} */
    const reaction = { capability, onFulfilled, onRejected, place, kind, context: contextNow() };
    door.tell(TELL.REACTED, state.id, capability ? idOf(capability.promise) : 0, place);
    if (state.status === 'pending') {
      define(state.reactions, state.reactions.length, { value: reaction });
    } else {
      if (state.status === 'rejected' && !state.handled) door.handle(promise, state.id);
      enqueueReaction(reaction, state.status, state.result, state.id);
    }
    state.handled = true;
  }

  // ---- 27.2.3 the constructor

  /** @this {any} */
  function OurPromise(executor) {
    if (new.target === undefined) throw typeError("Promise constructor cannot be invoked without 'new'");
    if (!isCallable(executor)) throw typeError(`Promise resolver ${described(executor)} is not a function`);
    // The engine has asked for it already, and has taken Object's where there was none.
    let prototype = getPrototypeOf(this);
    if (prototype === ObjectPrototype) ({ prototype } = /** @type {any} */ (new.target));
    const promise = newPromise(isObject(prototype) ? prototype : PromisePrototype);
    const functions = resolvingFunctions(promise);
    try {
      call(executor, undefined, [functions.resolve, functions.reject]);
    } catch (error) {
      functions.reject(door.caught(error));
    }
    return promise;
  }
  define(OurPromise, 'name', { value: 'Promise' });
  const PromisePrototype = OurPromise.prototype;
  define(OurPromise, 'prototype', { writable: false });

  /** 27.2.4.7.1 PromiseResolve */
  function promiseResolve(C, value) {
    if (slot.of(value) !== undefined && value.constructor === C) return value;
    const capability = newQuietCapability(C);
    settleCapability(capability, 'fulfilled', value);
    return capability.promise;
  }

  /** 7.3.22 SpeciesConstructor, of a promise. */
  function speciesOf(promise) {
    const C = promise.constructor;
    if (C === undefined) return OurPromise;
    if (!isObject(C)) throw typeError('The .constructor property is not an object');
    const S = C[species];
    if (S === undefined || S === null) return OurPromise;
    if (!isConstructor(S)) throw typeError('object.constructor[Symbol.species] is not a constructor');
    return S;
  }

  // ---- 27.2.4 properties of the constructor

  installCombinators({ OurPromise, newCapability, withRole, inside, caught: door.caught });
  install(OurPromise, {
    /** 27.2.4.7 */
    resolve(value) {
      if (!isObject(this)) throw typeError('PromiseResolve called on non-object');
      return promiseResolve(this, value);
    },
    /** 27.2.4.6 */
    reject(reason) {
      if (!isObject(this)) throw typeError('PromiseReject called on non-object');
      const capability = newQuietCapability(this);
      settleCapability(capability, 'rejected', reason);
      return capability.promise;
    },
    /** 27.2.4.9 */
    withResolvers() {
      if (!isObject(this)) throw typeError('Promise.withResolvers called on non-object');
      const { promise, resolve, reject } = newCapability(this);
      return { promise, resolve, reject };
    },
    /** 27.2.4.8 */
    try(callback, ...list) {
      if (!isObject(this)) throw typeError('Promise.try called on non-object');
      const capability = newQuietCapability(this);
      let status = 'fulfilled';
      let value;
      try {
        value = called(callback, undefined, list);
      } catch (error) {
        status = 'rejected';
        value = door.caught(error);
      }
      settleCapability(capability, status, value);
      return capability.promise;
    },
    /** 27.2.4.10 */
    get [species]() {
      return this;
    },
  });

  // ---- 27.2.5 properties of the prototype

  install(PromisePrototype, {
    /** 27.2.5.4 */
    then(onFulfilled, onRejected) {
      if (slot.of(this) === undefined) {
        throw typeError(`Method Promise.prototype.then called on incompatible receiver ${described(this)}`);
      }
      const capability = newQuietCapability(speciesOf(this));
      performThen(this, handlerOf(onFulfilled), handlerOf(onRejected), capability);
      return capability.promise;
    },
    /** 27.2.5.1 */
    catch(onRejected) {
      if (this === undefined || this === null) throw typeError(`Cannot read properties of ${this} (reading 'then')`);
      return invokeThen(this, undefined, onRejected);
    },
    /** 27.2.5.3 */
    finally(onFinally) {
      if (!isObject(this)) throw typeError('Promise.prototype.finally called on non-object');
      const C = speciesOf(this);
      if (!isCallable(onFinally)) return invokeThen(this, onFinally, onFinally);
      /** What comes in, after what onFinally returns. @param {(old: any) => any} restore */
      const handler = (restore) =>
        withRole(
          'finally',
          nameless((old) => {
            const result = call(onFinally, undefined, []);
            return invokeThen(promiseResolve(C, result), withRole('restore', restore(old)));
          }),
        );
      const thenFinally = handler((value) => nameless(() => value));
      const catchFinally = handler((reason) =>
        nameless(() => {
          throw reason;
        }),
      );
      return invokeThen(this, thenFinally, catchFinally);
    },
  });
  tagged(PromisePrototype, 'Promise');

  /** For the language's own use. @param {any} value @param {number} [place] */
  function promiseOf(value, place) {
    if (slot.of(value) !== undefined && value.constructor === OurPromise) return value;
    return inside(() => {
      const promise = newPromise();
      resolve(promise, value);
      return promise;
    }, place);
  }
  return {
    Promise: OurPromise,
    newPromise,
    resolve,
    reject,
    promiseOf,
    performThen,
    withRole,
    inside,
    idOf,
    stateOf: slot.of,
  };
}

/** A handler that is none is as if there were none. */
const handlerOf = (handler) => (isCallable(handler) ? handler : undefined);

/** Invoke(value, 'then', list). @param {any} value @param {any[]} list */
export function invokeThen(value, ...list) {
  if (value === undefined || value === null) throw typeError(`Cannot read properties of ${value} (reading 'then')`);
  return called(value.then, value, list);
}
