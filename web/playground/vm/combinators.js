// @ts-check
/**
 * Promise.all, allSettled, any and race (27.2.4.1, .2, .3, .5): one loop, and what each does with an element.
 *
 * Each asks the constructor for its `resolve` once, and each element for its `then`: both may be anybody's code. What
 * throws there closes the iterator; what the iterator itself throws does not (7.4).
 */
import {
  call,
  called,
  install,
  isCallable,
  isObject,
  mustBeObject,
  nameless,
  syncIterator,
  typeError,
  typed,
} from './language.js';
import { invokeThen } from './promise.js';

/** @typedef {import('./promise.js').JobKind} JobKind */

/** What this file uses of the language. */
const AggregateErrorOf = AggregateError;
const define = Object.defineProperty;

/** 7.4.4 GetIterator(iterable, sync) @param {any} iterable */
function iteratorOf(iterable) {
  const method = iterable?.[syncIterator];
  if (!isCallable(method)) {
    const what = iterable === undefined ? 'undefined' : typed(iterable);
    throw typeError(`${what} is not iterable (cannot read property Symbol(Symbol.iterator))`);
  }
  const iterator = call(method, iterable, []);
  if (!isObject(iterator)) throw typeError('Result of the Symbol.iterator method is not an object');
  return { iterator, next: iterator.next, done: false };
}

/** 7.4.9 IteratorStepValue; `record.done` says whether there was one. */
function valueOf(record) {
  record.done = true; // so it is if anything here throws
  const { iterator, next } = record;
  const result = called(next, iterator, []);
  mustBeObject(result);
  if (result.done) return undefined;
  const { value } = result;
  record.done = false;
  return value;
}

/** 7.4.11 IteratorClose, after a throw: that error counts, whatever happens here. */
function close({ iterator }) {
  try {
    const method = iterator.return;
    if (method !== undefined && method !== null) call(method, iterator, []);
  } catch {
    // the first error wins
  }
}

/** Own elements, whatever the program has made of Array.prototype. @param {any[]} list @param {number} index */
const put = (list, index, value) =>
  define(list, index, { value, writable: true, enumerable: true, configurable: true });

/** @param {any} intrinsics */
export function installCombinators({ OurPromise, newCapability, withRole, inside, caught }) {
  /**
   * @param {string} name
   * @param {(of: { resolve: any, reject: any, element(store: (value: any) => any): any }) => [any, any]} handlers
   *     the two that the next element's `then` is given
   * @param {(capability: any, values: any[]) => void} [finish]  when every element has its value
   */
  function combinator(name, handlers, finish) {
    /** @this {any} */
    return function (iterable) {
      if (!isObject(this)) throw typeError(`Promise.${name} called on non-object`);
      const capability = newCapability(this);
      withRole('combine', capability.resolve);
      withRole('combine', capability.reject);
      try {
        const promiseResolve = this.resolve; // 27.2.4.1.1 GetPromiseResolve
        if (!isCallable(promiseResolve)) throw typeError('resolve is not a function');
        loop(this, promiseResolve, iteratorOf(iterable), capability);
      } catch (error) {
        call(capability.reject, undefined, [caught(error)]);
      }
      return capability.promise;
    };

    function loop(C, promiseResolve, record, capability) {
      const values = [];
      let remaining = 1;
      const finishIfLast = () => {
        if (--remaining === 0) return finish?.(capability, values);
      };
      try {
        for (;;) {
          const value = valueOf(record);
          if (record.done) break;
          const index = values.length;
          put(values, index, undefined);
          let alreadyCalled = false;
          const { resolve, reject } = capability;
          /** Takes this element's place in the list, once. @param {(value: any) => any} store */
          const element = (store) =>
            withRole(
              'combine',
              nameless((value) => {
                if (alreadyCalled) return undefined;
                alreadyCalled = true;
                put(values, index, store(value));
                return finishIfLast();
              }),
            );
          const next = inside(() => call(promiseResolve, C, [value]));
          const both = handlers({ resolve, reject, element });
          remaining++;
          inside(() => invokeThen(next, both[0], both[1]));
        }
      } catch (error) {
        if (!record.done) close(record);
        throw error;
      }
      finishIfLast();
    }
  }

  const fulfilWithList = ({ resolve }, values) => call(resolve, undefined, [values]);
  const all = combinator('all', ({ element, reject }) => [element((value) => value), reject], fulfilWithList);
  const allSettled = combinator(
    'allSettled',
    ({ element }) => [
      element((value) => ({ status: 'fulfilled', value })),
      element((reason) => ({ status: 'rejected', reason })),
    ],
    fulfilWithList,
  );
  const any = combinator(
    'any',
    ({ element, resolve }) => [resolve, element((reason) => reason)],
    ({ reject }, errors) => {
      const error = new AggregateErrorOf([], 'All promises were rejected');
      define(error, 'stack', {
        value: 'AggregateError: All promises were rejected',
        writable: true,
        configurable: true,
      });
      define(error, 'errors', { value: errors, writable: true, enumerable: false, configurable: true });
      return call(reject, undefined, [error]);
    },
  );
  const race = combinator('race', ({ resolve, reject }) => [resolve, reject]);

  install(OurPromise, {
    all(iterable) {
      return call(all, this, [iterable]);
    },
    allSettled(iterable) {
      return call(allSettled, this, [iterable]);
    },
    any(iterable) {
      return call(any, this, [iterable]);
    },
    race(iterable) {
      return call(race, this, [iterable]);
    },
  });
}
