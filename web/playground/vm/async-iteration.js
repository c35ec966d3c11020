// @ts-check
/**
 * What `for await` and `yield*` of an async generator ask of iterators (https://tc39.es/ecma262/, clauses 7.4,
 * 14.7.5.7, 27.1.6). They await in the middle, so each is in two parts or a generator of its own, whose yields are the
 * caller's.
 */
import { makeAsyncFromSync } from './async-from-sync.js';
import * as language from './language.js';

const { asyncIterator, call, called, isCallable, methodOf, mustBeObject, syncIterator, typeError, typed } = language;

/**
 * @typedef {object} Each  a `for await` at its work
 * @property {any} iterator
 * @property {any} next
 * @property {any} value  the newest
 * @property {boolean} inBody  so that an abrupt end is one of the body, which closes the iterator
 * @property {boolean} failed  by an error, which wins over any that closing brings
 */

/**
 * @param {any} promises  see promise.js @param {import('./promise.js').Door} door
 * @param {any} asks  what the yields of generators mean, see async.js
 */
export function makeIteration(promises, door, { awaiting, handing, returning }) {
  const asyncFromSync = makeAsyncFromSync(promises, door);

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
      return asyncFromSync(iterator);
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
