// @ts-check
/**
 * The `$` of a lowered program (../lower/lower.js): its language (promise.js, async.js), whose jobs go to the core, and
 * its trace.
 */
import { makeAsync } from './async.js';
import { ASK, ENDED } from './kernel.js';
import { makePromise } from './promise.js';
import { installSourceText } from './source-text.js';
import { JOBS, TELL } from './told.js';

const NoSuch = ReferenceError;
/** So often the host looks at the limits. */
const WORDS_AT_ONCE = 1024;

/**
 * @param {import('./kernel.js').Kernel} kernel @param {any} errors see stack.js @param {any} options
 * @param {Int32Array} words
 */
export function makeLanguage(kernel, errors, options, words) {
  /** Those that were rejected, and nobody has reacted: what the host does with them is its own. */
  const tracker = { reject: (/** @type {any} */ promise) => {}, handle: (/** @type {any} */ promise) => {} };
  /** Nobody can take that memory has run out. @param {any} error */
  const caught = (error, /** @type {object | undefined} */ more) => {
    if (errors.isOutOfMemory(error)) kernel.end(ENDED.MEMORY, 3);
    return errors.asV8(error, more);
  };
  const door = {
    enqueue(
      /** @type {() => void} */ job,
      /** @type {keyof typeof JOBS} */ kind,
      /** @type {number} */ place,
      /** @type {number} */ promise,
      /** @type {number} */ of,
      /** @type {any} */ context,
    ) {
      kernel.ask(ASK.QUEUE, 'microtask', kernel.handOn(job, context), '', JOBS[kind], promise, of, place);
    },
    context: () => kernel.handedOn,
    place: () => kernel.place,
    reject: (/** @type {any} */ promise) => tracker.reject(promise),
    handle: (/** @type {any} */ promise) => tracker.handle(promise),
    /** @param {number} what @param {number} id @param {number} other @param {number} place @param {any} value */
    tell(what, id, other, place, value) {
      const isSettled = what === TELL.FULFILLED || what === TELL.REJECTED;
      kernel.tell(what, id, isSettled ? kernel.value(shown(value)) : other, place);
    },
    caught,
    closesSync: options.host === 'browser',
  };
  /** A value, for a picture of promises. */
  let shown = (/** @type {any} */ value) => '';
  const promises = makePromise(door);
  const asyncs = makeAsync(promises, door);
  installSourceText(Function, options, asyncs.generatorOf);
  errors.setWhere(() => ({
    key: kernel.meter.key(),
    called: options.called[kernel.placeOfCode],
    given: options.given[kernel.placeOfCode] ?? [],
    iterated: options.iterated[kernel.placeOfCode],
    changed: options.changed[kernel.placeOfCode] ?? undefined,
    inside: options.inside[kernel.placeOfCode] ?? undefined,
  }));
  Object.defineProperty(globalThis, 'Promise', { value: promises.Promise, writable: true, configurable: true });

  const $ = {
    ...asyncs,
    trace: words,
    limit: Math.min(WORDS_AT_ONCE, words.length - options.places - 16),
    full(/** @type {number} */ count) {
      kernel.takeWords(count);
      return 0;
    },
    open(/** @type {import('./kernel.js').Meter} */ meter) {
      kernel.meter = meter;
    },
    caught,
    get arguments() {
      throw new NoSuch('arguments is not defined');
    },
  };
  /** @param {any} f */
  function functionType(f) {
    if (asyncs.generatorOf(f) === undefined) return '';
    return Object.prototype.hasOwnProperty.call(f, 'prototype') ? 'AsyncGenerator' : 'Async';
  }
  const setShown = (/** @type {typeof shown} */ how) => (shown = how);
  return { $, tracker, promises, functionType, stateOf: promises.stateOf, setShown };
}
