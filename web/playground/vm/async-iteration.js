// @ts-check
/**
 * What `for await` and `yield*` of an async generator ask of iterators (https://tc39.es/ecma262/, clauses 7.4,
 * 14.7.5.7, 27.1.6). They await in the middle, so each is in two parts or a generator of its own, whose yields are the
 * caller's.
 */
import * as language from './language.js';

const { asyncIterator, call, create, install, isCallable, isObject, makeSlot, methodOf, syncIterator } = language;
const { typeError, typed } = language;

/**
 * @typedef {object} Each  a `for await` at its work
 * @property {any} iterator
 * @property {any} next
 * @property {any} value  the newest
 * @property {boolean} inBody  so that an abrupt end is one of the body, which closes the iterator
 * @property {boolean} failed  by an error, which wins over any that closing brings
 */

/** Instead of a result, where an iterator lacks the method. */
const NONE = {};

/** @param {any} value @param {string} what */
function mustBeObject(value, what = `Iterator result ${String(value)} is not an object`) {
  if (!isObject(value)) throw typeError(what);
}

/** @param {any} promises @param {any} awaiting */
export function makeIteration(
  { promiseOf, newPromise, resolve, reject, performThen, withRole },
  { caught, awaiting, handing, returning },
) {
  const slot = makeSlot();

  /** 27.1.6.1 CreateAsyncFromSyncIterator: what it answers are promises of what the iterator answers. */
  const AsyncFromSyncIteratorPrototype = create(Object.prototype);
  install(AsyncFromSyncIteratorPrototype, {
    next(value) {
      const { iterator, next } = slot.of(this);
      return answer(() => called(next, iterator, [value]));
    },
    return(value) {
      const { iterator } = slot.of(this);
      return answer(() => {
        const method = methodOf(iterator, 'return');
        return method === undefined ? NONE : call(method, iterator, [value]);
      }, value);
    },
    throw(value) {
      const { iterator } = slot.of(this);
      return answer(() => {
        const method = methodOf(iterator, 'throw');
        if (method !== undefined) return call(method, iterator, [value]);
        throw value; // as ECMAScript had it up to 2023, and engines have; since then it is closed, and a TypeError
      });
    },
  });

  /** 27.1.6.4 AsyncFromSyncIteratorContinuation. What is NONE resolves at once. @param {() => any} step */
  function answer(step, value = undefined) {
    const promise = newPromise();
    try {
      const result = step();
      if (result === NONE) {
        resolve(promise, { value, done: true });
        return promise;
      }
      mustBeObject(result);
      const done = Boolean(result.done);
      const unwrap = withRole('unwrap', (value) => ({ value, done }));
      performThen(promiseOf(result.value), unwrap, undefined, { promise });
    } catch (error) {
      reject(promise, caught(error));
    }
    return promise;
  }

  /** @param {any} f @param {any} thisValue @param {any[]} list */
  function called(f, thisValue, list) {
    if (!isCallable(f)) throw typeError(`${typed(f)} is not a function`);
    return call(f, thisValue, list);
  }

  /** GetMethod(value, key), with V8's words. */
  function iteratorMethod(value, key, text) {
    const method = value[key];
    if (method === undefined || method === null || isCallable(method)) return method ?? undefined;
    throw typeError(text === undefined ? `${typed(method)} is not a function` : `${text} is not async iterable`);
  }

  /** 7.4.4 GetIterator(value, async). `text` is what the value is in the source, for the message. */
  function iteratorOf(value, text) {
    if (value === undefined || value === null) {
      throw typeError(`Cannot read properties of ${value} (reading 'Symbol(Symbol.asyncIterator)')`);
    }
    const method = iteratorMethod(value, asyncIterator, text);
    if (method === undefined) {
      const sync = iteratorMethod(value, syncIterator, text);
      if (sync === undefined)
        throw typeError(text === undefined ? 'undefined is not a function' : `${text} is not async iterable`);
      const iterator = call(sync, value, []);
      mustBeObject(iterator, 'Result of the Symbol.iterator method is not an object');
      const wrapper = create(AsyncFromSyncIteratorPrototype);
      slot.add(wrapper, { iterator, next: iterator.next });
      return { iterator: wrapper, next: wrapper.next };
    }
    const iterator = call(method, value, []);
    mustBeObject(iterator, 'Result of the Symbol.asyncIterator method is not an object');
    return { iterator, next: iterator.next };
  }

  return {
    // ---- for await, 14.7.5.7

    /** @returns {Each} */
    each: (value, text) => ({ ...iteratorOf(value, text), value: undefined, inBody: false, failed: false }),

    /** What is to be awaited for the next value. @param {Each} each */
    next(each) {
      each.inBody = false;
      return called(each.next, each.iterator, []);
    },

    /** Whether it is one. @param {Each} each */
    more(each, result) {
      mustBeObject(result);
      if (result.done) return false;
      each.value = result.value;
      return (each.inBody = true);
    },

    /** @param {Each} each */
    failed(each, error) {
      each.failed = true;
      return error;
    },

    /** 7.4.13 AsyncIteratorClose, when the body ended abruptly. @param {number} place @param {Each} each */
    *close(place, { iterator, failed }) {
      let result;
      try {
        const method = methodOf(iterator, 'return');
        if (method === undefined) return;
        result = yield awaiting(place, call(method, iterator, []));
      } catch (error) {
        if (!failed) throw error;
      }
      if (!failed) mustBeObject(result);
    },

    // ---- yield*, 15.5.5

    /** Comes with what the inner iterator returned; or makes the generator that delegates return. */
    *delegate(place, value) {
      const { iterator, next } = iteratorOf(value);
      let received = { way: 'next', value: undefined };
      for (;;) {
        let result;
        if (received.way === 'next') {
          result = yield awaiting(place, called(next, iterator, [received.value]));
        } else {
          const method = methodOf(iterator, received.way);
          if (method !== undefined) {
            result = yield awaiting(place, call(method, iterator, [received.value]));
          } else if (received.way === 'return') {
            yield returning(place, yield awaiting(place, received.value));
          } else {
            const close = methodOf(iterator, 'return');
            if (close !== undefined) mustBeObject(yield awaiting(place, call(close, iterator, [])));
            throw typeError("The iterator does not provide a 'throw' method.");
          }
        }
        mustBeObject(result);
        if (!result.done) received = yield handing(place, result.value);
        else if (received.way === 'return') yield returning(place, result.value);
        else return result.value;
      }
    },
  };
}
