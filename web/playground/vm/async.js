// @ts-check
/**
 * Async functions and async generators (https://tc39.es/ecma262/, clauses 27.7 and 27.6) out of generators.
 *
 * A lowered function is a generator that yields what it awaits, and a driver goes on with it in a job when that has
 * settled. What a `yield` of the generator means, its code says just before:
 *
 *     yield $.await(place, value)      await value
 *     yield $.yield(place, value)      in an async generator: yield value, which was awaited before
 *     yield* $.delegate(place, value)  in an async generator: yield* value
 *
 * `makeAsync(promises, door)` gives what `$` has of this, see lower/lower.js:
 *
 *     $.async(generator, name)           the async function. Binding its parameters is a part of calling the generator,
 *     $.asyncGenerator(generator, name)  so what throws there rejects; in an async generator it throws at once
 *     $.run(generator, this, list)       a call of an async function that has no object of its own; $.runGenerator
 *     $.in(key, object), $.put(object, key, value), ...     see members.js
 *     $.key(value), $.name()             a property key; and the same once more, as a function's name
 *     $.global(name, get, set)           in a page, a variable of a script is a property of the global object
 *     $.object(object), $.class(C)       the methods that are such generators become what they are written as
 *     $.each(value), $.next(each), $.more(each, result), $.failed(each, error), $.close(place, each)    for await
 */
import { makeIteration } from './async-iteration.js';
import * as language from './language.js';
import { makeMembers } from './members.js';
import { kindOf } from './source-text.js';
import { MADE } from './told.js';

const { asyncIterator, call, create, define, described, getPrototypeOf, install, isObject, makeSlot } = language;
const { setPrototypeOf, tagged, typeError, uncurried } = language;
const { ownKeys, getOwnPropertyDescriptor } = Reflect;

const GeneratorPrototype = getPrototypeOf(getPrototypeOf((function* () {})()));
/** How a generator goes on: with a value, with an error that its `yield` throws, or with a return there. */
const CONTINUE = {
  next: uncurried(GeneratorPrototype.next),
  throw: uncurried(GeneratorPrototype.throw),
  return: uncurried(GeneratorPrototype.return),
};

const EvalErrorOf = EvalError;
const push = uncurried(Array.prototype.push);
const shift = uncurried(Array.prototype.shift);

/**
 * @typedef {'next' | 'throw' | 'return'} Way  the completion that a generator is given: normal, throw, return
 *
 * @typedef {object} Request  27.6.3.1 AsyncGeneratorRequest
 * @property {Way} way
 * @property {any} value
 * @property {object} promise
 *
 * @typedef {object} AsyncGenerator  its slots, 27.6.2
 * @property {any} iterator
 * @property {'start' | 'yield' | 'executing' | 'draining' | 'completed'} state  suspended at its start, at a yield...
 * @property {Request[]} queue
 * @property {{ place: number, delegates: boolean }} yielded  what the newest yield was
 */

/** @param {any} promises  as makePromise gives them @param {import('./promise.js').Door} door */
export function makeAsync(promises, door) {
  const { newPromise, resolve, reject, promiseOf, performThen } = promises;

  // ---- what a yield means

  /** @type {'await' | 'yield' | 'delegate' | 'return'} */
  let asked = 'await';
  let askedAt = 0;

  /** @param {typeof asked} what */
  const asking = (what) => (place, value) => {
    asked = what;
    askedAt = place;
    return value;
  };

  /**
   * 27.7.5.3 Await: `goOn` is called in a job, or at once when value is a promise whose `constructor` throws.
   *
   * @param {any} value @param {number} place @param {(way: Way, value: any) => void} goOn
   */
  function awaitValue(value, place, goOn) {
    let promise;
    try {
      promise = promiseOf(value, place);
    } catch (error) {
      return goOn('throw', door.caught(error));
    }
    performThen(
      promise,
      (result) => goOn('next', result),
      (reason) => goOn('throw', reason),
      undefined,
      place,
    );
  }

  // ---- async functions

  /** 27.7.5.1 AsyncFunctionStart */
  function run(generator, thisValue, list) {
    const promise = newPromise(undefined, MADE.BY_ASYNC);
    let iterator;
    try {
      iterator = call(generator, thisValue, list);
    } catch (error) {
      reject(promise, door.caught(error));
      return promise;
    }
    const goOn = (way, value) => {
      let result;
      try {
        result = CONTINUE[way](iterator, value);
      } catch (error) {
        return reject(promise, door.caught(error));
      }
      if (result.done) resolve(promise, result.value);
      else awaitValue(result.value, askedAt, goOn);
    };
    goOn('next', undefined);
    return promise;
  }

  const AsyncFunctionPrototype = functionPrototype('AsyncFunction');
  const generatorOf = makeSlot();

  /** A function is what its generator says: its length, its text. */
  function dressed(f, generator, name, prototype) {
    define(f, 'length', { value: generator.length });
    define(f, 'name', { value: nameFrom(name) });
    define(generator, 'name', { value: nameFrom(name) }); // for who reads a stack
    setPrototypeOf(f, prototype);
    generatorOf.add(f, generator);
    return f;
  }

  function asyncFunction(generator, name) {
    const { f } = {
      f(...list) {
        return run(generator, this, list);
      },
    };
    return dressed(f, generator, name, AsyncFunctionPrototype);
  }

  // ---- async generators

  const AsyncIteratorPrototype = create(Object.prototype);
  install(AsyncIteratorPrototype, {
    [asyncIterator]() {
      return this;
    },
  });
  const AsyncGeneratorPrototype = create(AsyncIteratorPrototype);
  const AsyncGeneratorFunctionPrototype = functionPrototype('AsyncGeneratorFunction', AsyncGeneratorPrototype);
  link(AsyncGeneratorPrototype, 'constructor', AsyncGeneratorFunctionPrototype);
  const slot = /** @type {ReturnType<typeof makeSlot<AsyncGenerator>>} */ (makeSlot());

  /** 15.6.2 EvaluateAsyncGeneratorBody. @param {any} [f]  is asked for its prototype after parameters are bound */
  function runGenerator(generator, thisValue, list, f) {
    const iterator = call(generator, thisValue, list);
    const prototype = f?.prototype;
    const object = create(isObject(prototype) ? prototype : AsyncGeneratorPrototype);
    slot.add(object, { iterator, state: 'start', queue: [], yielded: { place: 0, delegates: false } });
    return object;
  }

  function asyncGenerator(generator, name) {
    const { f } = {
      f(...list) {
        return runGenerator(generator, this, list, f);
      },
    };
    dressed(f, generator, name, AsyncGeneratorFunctionPrototype);
    return define(f, 'prototype', { value: create(AsyncGeneratorPrototype), writable: true });
  }

  /** Goes on with what stands first in the queue, or with what an await of its own gave. */
  function goOn(generator, way, value) {
    generator.state = 'executing';
    let result;
    try {
      result = CONTINUE[way](generator.iterator, value);
    } catch (error) {
      return ended(generator, 'throw', door.caught(error));
    }
    if (result.done) return ended(generator, 'next', result.value);
    switch (asked) {
      case 'await':
        return awaitValue(result.value, askedAt, (way, value) => goOn(generator, way, value));
      case 'return':
        return goOn(generator, 'return', result.value);
      default:
        return yielded(generator, result.value, asked === 'delegate');
    }
  }

  /** 27.6.3.8 AsyncGeneratorYield. A delegating generator wants to know what came in. */
  function yielded(generator, value, delegates) {
    generator.yielded = { place: askedAt, delegates };
    completeStep(generator, 'next', value, false);
    if (generator.queue.length > 0) resume(generator, generator.queue[0]);
    else generator.state = 'yield';
  }

  /** Goes on from a yield. @param {AsyncGenerator} generator @param {Request} request */
  function resume(generator, { way, value }) {
    const { place, delegates } = generator.yielded;
    generator.state = 'executing';
    const send = (way, value) => (delegates ? goOn(generator, 'next', { way, value }) : goOn(generator, way, value));
    if (way !== 'return') return send(way, value);
    // 27.6.3.7 AsyncGeneratorUnwrapYieldResumption
    awaitValue(value, place, (way, value) => send(way === 'next' ? 'return' : way, value));
  }

  function ended(generator, way, value) {
    generator.state = 'draining';
    completeStep(generator, way, value, true);
    drain(generator);
  }

  /** 27.6.3.5 AsyncGeneratorCompleteStep */
  function completeStep(generator, way, value, done) {
    const { promise } = shift(generator.queue);
    if (way === 'throw') reject(promise, value);
    else resolve(promise, { value, done });
  }

  /** 27.6.3.9 AsyncGeneratorAwaitReturn */
  function awaitReturn(generator) {
    generator.state = 'draining';
    awaitValue(generator.queue[0].value, door.place(), (way, value) => {
      completeStep(generator, way, value, true);
      drain(generator);
    });
  }

  /** 27.6.3.10 AsyncGeneratorDrainQueue */
  function drain(generator) {
    while (generator.queue.length > 0) {
      const { way, value } = generator.queue[0];
      if (way === 'return') return awaitReturn(generator);
      completeStep(generator, way, way === 'next' ? undefined : value, true);
    }
    generator.state = 'completed';
  }

  /** 27.6.1.2, .3, .4: what the three methods have in common. @param {Way} way */
  function ask(object, way, value) {
    const promise = newPromise();
    const generator = slot.of(object);
    if (generator === undefined) {
      const method = `[AsyncGenerator].prototype.${way}`;
      reject(promise, typeError(`Method ${method} called on incompatible receiver ${described(object)}`));
      return promise;
    }
    if (generator.state === 'start' && way === 'throw') generator.state = 'completed';
    push(generator.queue, { way, value, promise });
    if (generator.state === 'completed') drain(generator);
    else if (generator.state === 'start') way === 'return' ? awaitReturn(generator) : goOn(generator, way, value);
    else if (generator.state === 'yield') resume(generator, generator.queue[0]);
    return promise;
  }

  install(AsyncGeneratorPrototype, {
    next(value) {
      return ask(this, 'next', value);
    },
    return(value) {
      return ask(this, 'return', value);
    },
    throw(exception) {
      return ask(this, 'throw', exception);
    },
  });
  tagged(AsyncGeneratorPrototype, 'AsyncGenerator');

  // ---- methods, names

  /** The next name of a function whose key is computed. @type {PropertyKey} */
  let key = '';

  /** A generator method that was an async method is one again. @param {any} object */
  function dressMethods(object) {
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const property = /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(object, key));
      const kind = typeof property.value === 'function' && kindOf(property.value);
      if (!kind) continue;
      const make = kind === 'async' ? asyncFunction : asyncGenerator;
      define(object, key, { ...property, value: make(property.value, key) });
    }
    return object;
  }

  const awaiting = asking('await');
  return {
    async: asyncFunction,
    asyncGenerator,
    global,
    run,
    runGenerator,
    call,
    await: awaiting,
    yield: asking('yield'),
    object: dressMethods,
    class(C) {
      dressMethods(C.prototype);
      dressMethods(C);
    },
    key: (value) => (key = ownKeys({ [value]: 0 })[0]),
    name: () => key,
    ...makeMembers(door.caught),
    ...makeIteration(promises, door, {
      awaiting,
      handing: asking('delegate'),
      returning: asking('return'),
    }),
    AsyncIteratorPrototype,
    generatorOf: generatorOf.of,
  };
}

/**
 * What functions of a kind inherit from. Its constructor would make functions out of text (27.7.1, 27.4.1); as in a
 * page that allows none, it does not.
 *
 * @param {string} name @param {object} [prototype]  of what the functions return
 */
function functionPrototype(name, prototype) {
  const constructor = function () {
    throw new EvalErrorOf('Code generation from strings disallowed for this context');
  };
  const object = create(Function.prototype);
  define(constructor, 'name', { value: name });
  define(constructor, 'length', { value: 1 });
  define(constructor, 'prototype', { value: object, writable: false });
  setPrototypeOf(constructor, Function);
  if (prototype) link(object, 'prototype', prototype);
  link(object, 'constructor', constructor);
  return tagged(object, name);
}

/** A variable that is a property of the global object, in a page's script. @param {string} name */
const global = (name, get, set) => define(globalThis, name, { get, set, enumerable: true, configurable: false });

/** 10.2.9 SetFunctionName @param {PropertyKey} key */
const nameFrom = (key) =>
  typeof key === 'symbol' ? (key.description === undefined ? '' : `[${key.description}]`) : String(key);

/** A property that the language links its prototypes by. @param {object} object @param {string} key */
const link = (object, key, value) => define(object, key, { value, configurable: true });
