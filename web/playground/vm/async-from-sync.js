// @ts-check
/**
 * An async iterator out of one that is none (https://tc39.es/ecma262/, 27.1.6): for `for await` and `yield*` over what
 * has only Symbol.iterator. What it answers are promises of what the iterator answers, and of the values in that. What
 * it was not given (by `for await`), it does not hand on.
 *
 * Up to ECMAScript 2024 nobody closed the iterator when a value was rejected, or when it had no `throw`. So it is in
 * Node 20; browsers close it by now. `door.closesSync` says which.
 */
import * as language from './language.js';

const { call, called, create, install, makeSlot, methodOf, mustBeObject, typeError } = language;

/** @param {any} promises  see promise.js @param {import('./promise.js').Door} door */
export function makeAsyncFromSync({ promiseOf, newPromise, resolve, reject, performThen, withRole }, door) {
  const slot = makeSlot();

  const AsyncFromSyncIteratorPrototype = create(Object.prototype);
  install(AsyncFromSyncIteratorPrototype, {
    next(...given) {
      const { iterator, next } = slot.of(this);
      return promised((promise) => goOn(iterator, called(next, iterator, given), promise));
    },
    return(...given) {
      const { iterator } = slot.of(this);
      return promised((promise) => {
        const method = methodOf(iterator, 'return');
        if (method === undefined) resolve(promise, { value: given[0], done: true });
        else goOn(undefined, call(method, iterator, given), promise);
      });
    },
    throw(value) {
      const { iterator } = slot.of(this);
      return promised((promise) => {
        const method = methodOf(iterator, 'throw');
        if (method !== undefined) return goOn(iterator, call(method, iterator, [value]), promise);
        if (!door.closesSync) throw value;
        const close = methodOf(iterator, 'return');
        if (close !== undefined) mustBeObject(call(close, iterator, []));
        throw typeError("The iterator does not provide a 'throw' method.");
      });
    },
  });

  /** A promise that a step settles, or rejects by throwing. @param {(promise: object) => void} step */
  function promised(step) {
    const promise = newPromise();
    try {
      step(promise);
    } catch (error) {
      reject(promise, door.caught(error));
    }
    return promise;
  }

  /** 27.1.6.4 AsyncFromSyncIteratorContinuation. @param {any} iterator  to be closed on a rejection; undefined: none */
  function goOn(iterator, result, promise) {
    mustBeObject(result);
    const done = Boolean(result.done);
    const { value } = result;
    const closes = door.closesSync && !done && iterator !== undefined;
    let wrapper;
    try {
      wrapper = promiseOf(value);
    } catch (error) {
      if (closes) close(iterator);
      throw error;
    }
    const unwrap = withRole('unwrap', (value) => ({ value, done }));
    const fail = (reason) => {
      close(iterator);
      throw reason;
    };
    performThen(wrapper, unwrap, closes ? withRole('unwrap', fail) : undefined, { promise });
  }

  /** 7.4.11 IteratorClose, because of an error: that one counts, whatever happens here. */
  function close(iterator) {
    try {
      const method = methodOf(iterator, 'return');
      if (method !== undefined) call(method, iterator, []);
    } catch {
      // the first error wins
    }
  }

  /** 27.1.6.1 CreateAsyncFromSyncIterator; an iterator record. */
  return (iterator) => {
    const wrapper = create(AsyncFromSyncIteratorPrototype);
    slot.add(wrapper, { iterator, next: iterator.next });
    return { iterator: wrapper, next: wrapper.next };
  };
}
