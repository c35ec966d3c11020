// @ts-check
/** The part of Node's util that programs about async code use. */
import { needFunction } from './errors.js';

/** @param {any} parts see main.js @param {any} timers */
export function makeUtil({ inspection, language }, timers) {
  const custom = Symbol.for('nodejs.util.promisify.custom');

  /** @param {any} original */
  function promisify(original) {
    needFunction('original', original);
    if (original[custom]) return original[custom];
    const promised = {
      [original.name](/** @type {any[]} */ ...values) {
        return new Promise((resolve, reject) => {
          Reflect.apply(original, this, [
            ...values,
            (/** @type {any} */ error, /** @type {any} */ value) => (error ? reject(error) : resolve(value)),
          ]);
        });
      },
    }[original.name];
    return Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  }
  promisify.custom = custom;

  /** @param {any} original */
  function callbackify(original) {
    needFunction('original', original);
    return /** @this {any} */ function (/** @type {any[]} */ ...values) {
      const callback = values.pop();
      needFunction('last argument', callback);
      Reflect.apply(original, this, values).then(
        (/** @type {any} */ value) => timers.nextTick(callback, null, value),
        (/** @type {any} */ error) => timers.nextTick(callback, error),
      );
    };
  }

  return {
    ...inspection,
    promisify,
    callbackify,
    inherits(/** @type {any} */ constructor, /** @type {any} */ base) {
      Object.defineProperty(constructor, 'super_', { value: base, writable: true, configurable: true });
      Object.setPrototypeOf(constructor.prototype, base.prototype);
    },
    types: {
      isPromise: (/** @type {any} */ value) => language.stateOf(value) !== undefined,
      isAsyncFunction: (/** @type {any} */ value) => language.functionType(value).startsWith('Async'),
    },
  };
}
