// @ts-check
/** The part of Node's util that programs about async code use. */
import { codedError, needFunction } from './errors.js';

const tagOf = (/** @type {any} */ value) => Object.prototype.toString.call(value).slice(8, -1);

/** @param {any} parts see main.js @param {any} timers */
export function makeUtil({ inspection, language, proxyTarget }, timers) {
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
    Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
    return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
  }
  promisify.custom = custom;

  /** A callback must see that there was an error. @param {any} reason */
  const falsyReason = (reason) =>
    Object.assign(codedError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), { reason });

  /** @param {any} original */
  function callbackify(original) {
    needFunction('original', original);
    return /** @this {any} */ function (/** @type {any[]} */ ...values) {
      const callback = values.pop();
      needFunction('last argument', callback);
      Reflect.apply(original, this, values).then(
        (/** @type {any} */ value) => timers.nextTick(callback, null, value),
        (/** @type {any} */ reason) => timers.nextTick(callback, reason || falsyReason(reason)),
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
      ...Object.fromEntries(
        ['Date', 'Map', 'RegExp', 'Set', 'WeakMap', 'WeakSet'].map((tag) => [
          `is${tag}`,
          (/** @type {any} */ value) => tagOf(value) === tag,
        ]),
      ),
      isPromise: (/** @type {any} */ value) => language.stateOf(value) !== undefined,
      isProxy: (/** @type {any} */ value) => proxyTarget(value) !== undefined,
      isNativeError: (/** @type {any} */ value) => value instanceof Error,
      isAsyncFunction: (/** @type {any} */ value) => language.functionType(value).startsWith('Async'),
      isGeneratorFunction: (/** @type {any} */ value) =>
        tagOf(value) === 'GeneratorFunction' || language.functionType(value) === 'AsyncGenerator',
      isGeneratorObject: (/** @type {any} */ value) => /^(?:Async)?Generator$/.test(tagOf(value)),
      isTypedArray: (/** @type {any} */ value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
      isUint8Array: (/** @type {any} */ value) => value instanceof Uint8Array,
    },
  };
}
