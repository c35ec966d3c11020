// @ts-check
/**
 * Host `browser`: the window of a page that is empty. Errors that nobody caught and rejections that nobody handled are
 * told by events of the window (HTML 8.1.4.6 and .7), and then on the console; the page goes on.
 */
import { makeElements } from './elements.js';
import { needCallback } from './errors.js';
import { handlerAttribute } from './event-target.js';
import { makeFetch } from './fetch.js';
import { ASK } from './kernel.js';
import { list, safe } from './language.js';
import { makeMessages } from './messages.js';
import { makeScheduler } from './scheduler.js';
import { makeStreams } from './streams.js';
import { browserTimers, microtasks } from './timers.js';
import { makeWeb } from './web.js';

const { assign } = Object;

/** @param {any} parts see main.js */
export function makeBrowser(parts) {
  const { kernel, language, errors, print, inspection, options, pristine } = parts;
  /** @param {string} name the core's @returns {number} from 1 on */
  const source = (name) => places[name];
  /** @type {Record<string, number>} */ const places = {};
  options.sources.forEach((/** @type {string} */ name, /** @type {number} */ i) => (places[name] ??= i + 1));
  const ports = options.sources.map((_, i) => i + 1).slice(source('message ports') - 1);
  /** @param {any} error */
  const shown = (error) => (error instanceof Error ? errors.stackOf(error) : inspection.inspect(error));

  const lineOf = pristine.run((/** @type {any} */ error) => {
    const [, line = options.lines[kernel.placeOfCode]] =
      /^ +at .*:(\d+)\)?$/m.exec(error instanceof Error ? errors.stackOf(error) : '') ?? [];
    return Number(line ?? 0);
  });

  let isReporting = false;
  /** @param {any} error */
  function uncaught(error) {
    if (isReporting) return print(2, `Uncaught ${shown(error)}\n`);
    isReporting = true;
    const lineno = lineOf(error);
    const place = { filename: `https://playground.invalid${options.file}`, lineno };
    const event = new ErrorEvent('error', { cancelable: true, error, message: `Uncaught ${error}`, ...place });
    web.setTrusted(event);
    const isTaken = !window.dispatchEvent(event);
    isReporting = false;
    if (!isTaken) print(2, `Uncaught ${shown(error)}\n`);
  }

  const web = makeWeb(parts, uncaught);
  const { Event, EventTarget } = web.globals;
  const window = /** @type {any} */ (globalThis);
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
    web.globals[name] = EventTarget.prototype[name].bind(globalThis);
  }

  class ErrorEvent extends Event {
    constructor(/** @type {string} */ type, /** @type {any} */ init = {}) {
      super(type, init);
      const { error, message = '', filename = '', lineno = 0, colno = 0 } = init;
      assign(this, { error, message, filename, lineno, colno });
    }
  }
  class PromiseRejectionEvent extends Event {
    constructor(/** @type {string} */ type, /** @type {any} */ { promise, reason, ...init }) {
      super(type, init);
      assign(this, { promise, reason });
    }
  }

  // ---- rejections

  /** @type {any[]} */ let pending = [];
  const told = safe(new WeakSet());
  language.tracker.reject = (/** @type {any} */ promise) => {
    list.push(pending, promise);
    kernel.setRejections(pending.length);
  };
  language.tracker.handle = (/** @type {any} */ promise) => {
    for (let i = 0; i < pending.length; i++) {
      if (pending[i] !== promise) continue;
      list.splice(pending, i, 1);
      kernel.setRejections(pending.length);
      return;
    }
    if (told.delete(promise)) tellHandled(promise);
  };

  /** An event of the window about a rejection. @param {string} type @param {any} promise @returns {any} */
  const eventOf = (type, promise) => {
    const reason = errors.asV8(language.stateOf(promise).result);
    return new PromiseRejectionEvent(type, { promise, reason, cancelable: type === 'unhandledrejection' });
  };

  /** Of each that nobody has handled meanwhile. @param {any[]} promises */
  function* unhandled(promises) {
    let wasHeard = false;
    for (let i = 0; i < promises.length; i++) {
      const promise = promises[i];
      if (language.stateOf(promise).handled) continue;
      if (wasHeard) yield; // what the listeners before queued comes now, and may handle this one
      if (language.stateOf(promise).handled) continue;
      wasHeard = web.hears(window, 'unhandledrejection');
      const event = eventOf('unhandledrejection', promise);
      if (yield* web.trusted(window, event)) print(2, `Uncaught (in promise) ${shown(event.reason)}\n`);
      if (!language.stateOf(promise).handled) told.add(promise);
    }
  }

  /** @param {string} type @param {() => void} task */
  const queue = (type, task) => kernel.ask(ASK.EXPECT, 'socket', task, '', type, 0, source('DOM manipulation'));

  const tellHandled = (/** @type {any} */ promise) =>
    queue('rejectionhandled', () => web.fire(window, eventOf('rejectionhandled', promise)));

  /** HTML 8.1.4.7, "notify about rejected promises": in one task, all. */
  function checkpoint() {
    const all = pending;
    pending = [];
    kernel.setRejections(0);
    queue('unhandledrejection', () => web.go(unhandled(all)));
  }

  const messages = makeMessages(kernel, web, source('posted messages'), ports, options.lines);
  const globals = {
    ...web.globals,
    ...browserTimers(kernel),
    ...messages,
    ...makeScheduler(kernel, web, source),
    ...makeElements(kernel, web),
    ...makeStreams(parts),
    ErrorEvent,
    PromiseRejectionEvent,
    queueMicrotask: microtasks(kernel, (f) => needCallback("execute 'queueMicrotask' on 'Window'", f)),
    reportError: (/** @type {any} */ error) => uncaught(error),
    window,
    self: window,
    location: { href: 'https://playground.invalid/', origin: 'https://playground.invalid', pathname: '/' },
    navigator: { userAgent: 'playground', onLine: true, language: 'en' },
  };
  for (const [name, value] of Object.entries({ ...globals, ...makeFetch(parts, globals) })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  for (const type of ['message', 'error', 'unhandledrejection', 'rejectionhandled', 'load', 'click']) {
    handlerAttribute(globalThis, type);
  }
  Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'Window', configurable: true });

  const $ = language.$;
  const noModule = (/** @type {any} */ specifier) =>
    new TypeError(`Failed to resolve module specifier '${specifier}'. There are no other modules in this playground.`);
  $.import = (/** @type {string} */ specifier) => {
    throw noModule(specifier);
  };
  $.dynamicImport = (/** @type {any} */ specifier) => Promise.reject(noModule(specifier));
  $.meta = { url: `https://playground.invalid${options.file}` };

  return {
    uncaught,
    checkpoint,
    listens: () => 0,
    emit() {},
    /** What the learner wants to happen. @param {import('../host/world.js').Happening} happening */
    happen({ type, target }) {
      const { document } = globals;
      const found = target === 'window' ? window : target === 'document' ? document : document.querySelector(target);
      if (!found) return print(2, `${type} ${target}: there is no such element then\n`);
      if (type === 'click' && found.disabled) return;
      const event = new Event(type, { bubbles: true, cancelable: true, composed: true });
      web.fire(found, event);
    },
    goOn: web.goOn,
    /** @param {any} program @param {any} $ */
    start(program, $) {
      program.call(options.module ? undefined : globalThis, $);
    },
  };
}
