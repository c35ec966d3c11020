// @ts-check
/**
 * Timers, microtasks, ticks, immediates: the program's words for what it asks the core.
 * Browser: HTML 8.7 "Timers", 8.8 "Microtask queuing". Node 20: lib/timers.js, lib/internal/timers.js,
 * lib/internal/process/task_queues.js.
 */
import { needFunction } from './errors.js';
import { ASK } from './kernel.js';
import { call, safe } from './language.js';

const { max } = Math;

const TIMEOUT_MAX = 2 ** 31 - 1;

/** @typedef {import('./kernel.js').Kernel} Kernel */

/** What a callback is called. @param {any} callback */
const nameOf = (callback) => (typeof callback?.name === 'string' ? callback.name : '');

/**
 * A timer that is set, again and again if it is an interval.
 *
 * @param {Kernel} kernel @param {(event: number) => void} moved its event has another number from now on
 * @param {any} callback @param {number} us @param {boolean} repeats @param {string} what
 */
function setTimer(kernel, moved, callback, us, repeats, what) {
  const name = nameOf(callback);
  const { place } = kernel; // of a timer that is set again, too
  let isSet = true;
  let event = 0;
  const run = () => {
    event = 0;
    try {
      callback();
    } finally {
      if (repeats && isSet) start(ASK.REPEAT);
      else moved(0);
    }
  };
  const start = (/** @type {number} */ ask) => {
    event = kernel.ask(ask, 'timer', run, name, what, us, 0, place);
    moved(event);
  };
  start(ASK.TIMER);
  return {
    stop() {
      isSet = false;
      if (event !== 0) kernel.cancel(event);
      moved(0);
    },
    restart() {
      if (event !== 0) kernel.cancel(event);
      start(ASK.TIMER);
    },
  };
}

/** Those of a browser: handles are numbers. @param {Kernel} kernel */
export function browserTimers(kernel) {
  let handles = 0;
  /** @type {Map<number, () => void>} */
  const stops = safe(new Map());

  /** @param {string} what @param {boolean} repeats @param {any} handler @param {any} delay @param {any[]} values */
  const set = (what, repeats, handler, delay, values) => {
    if (handler === undefined)
      throw new TypeError(`Failed to execute '${what}' on 'Window': 1 argument required, but only 0 present.`);
    if (typeof handler !== 'function')
      throw new TypeError(`${what} takes no text in this playground: give a function.`);
    const handle = ++handles;
    const ms = max(0, delay | 0);
    const callback = { [nameOf(handler)]: () => call(handler, globalThis, values) }[nameOf(handler)];
    const moved = (/** @type {number} */ event) => {
      if (event === 0 && !repeats) stops.delete(handle);
    };
    stops.set(handle, setTimer(kernel, moved, callback, ms * 1000, repeats, `${what} callback`).stop);
    return handle;
  };
  const clear = (/** @type {any} */ handle) => {
    stops.get(handle | 0)?.();
    stops.delete(handle | 0);
  };
  return {
    setTimeout: (/** @type {any} */ f, /** @type {any} */ ms = 0, /** @type {any[]} */ ...values) =>
      set('setTimeout', false, f, ms, values),
    setInterval: (/** @type {any} */ f, /** @type {any} */ ms = 0, /** @type {any[]} */ ...values) =>
      set('setInterval', true, f, ms, values),
    clearTimeout: (/** @type {any} */ handle) => clear(handle),
    clearInterval: (/** @type {any} */ handle) => clear(handle),
  };
}

/**
 * Those of Node: handles are objects.
 *
 * @param {Kernel} kernel @param {(text: string, name: string) => void} warn
 */
export function nodeTimers(kernel, warn) {
  let ids = 0;
  /** @type {Map<number, Timeout>} */
  const byId = safe(new Map());

  class Timeout {
    #stop = () => {};
    #restart = () => {};
    #id = 0;
    #isSet = true;
    #isRef = true;

    /** @param {any} callback @param {any[]} values @param {any} delay @param {boolean} repeats @param {string} what */
    constructor(callback, values, delay, repeats, what) {
      let ms = delay * 1;
      if (!(ms >= 1 && ms <= TIMEOUT_MAX)) {
        if (ms > TIMEOUT_MAX) {
          const message = `${ms} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`;
          warn(message, 'TimeoutOverflowWarning');
        }
        ms = 1;
      }
      this._idleTimeout = ms;
      this._onTimeout = callback;
      this._repeat = repeats ? ms : null;
      const name = nameOf(callback);
      const run = { [name]: () => call(callback, this, values) }[name];
      const { stop, restart } = setTimer(kernel, (event) => this.#moved(event), run, ms * 1000, repeats, what);
      this.#stop = stop;
      this.#restart = restart;
    }

    /** @param {number} event */
    #moved(event) {
      if (event === 0 && this.#isSet) {
        this.#isSet = false;
        byId.delete(this.#id);
        if (!this.#isRef) kernel.loosen(-1);
      } else if (this.#id === 0) {
        this.#id = ++ids;
      }
    }

    close() {
      this.#stop();
      return this;
    }

    ref() {
      if (this.#isSet && !this.#isRef) kernel.loosen(-1);
      this.#isRef = true;
      return this;
    }

    unref() {
      if (this.#isSet && this.#isRef) kernel.loosen(1);
      this.#isRef = false;
      return this;
    }

    hasRef() {
      return this.#isRef;
    }

    refresh() {
      this.#restart();
      return this;
    }

    [Symbol.toPrimitive]() {
      byId.set(this.#id, this);
      return this.#id;
    }

    [/** @type {any} */ (Symbol).dispose ?? Symbol.for('nodejs.dispose')]() {
      this.close();
    }
  }

  class Immediate {
    #event;
    #isRef = true;

    /** @param {any} callback @param {any[]} values */
    constructor(callback, values) {
      const run = () => {
        this.#event = 0;
        if (!this.#isRef) kernel.loosen(-1);
        call(callback, this, values);
      };
      this.#event = kernel.ask(ASK.QUEUE, 'immediate', run, nameOf(callback), 'setImmediate callback');
    }

    clear() {
      if (this.#event === 0 || !kernel.cancel(this.#event)) return;
      this.#event = 0;
      if (!this.#isRef) kernel.loosen(-1);
    }

    ref() {
      if (this.#event !== 0 && !this.#isRef) kernel.loosen(-1);
      this.#isRef = true;
      return this;
    }

    unref() {
      if (this.#event !== 0 && this.#isRef) kernel.loosen(1);
      this.#isRef = false;
      return this;
    }

    hasRef() {
      return this.#isRef;
    }
  }

  const clear = (/** @type {any} */ handle) => {
    if (handle instanceof Timeout) handle.close();
    else if (typeof handle === 'number' || typeof handle === 'string') byId.get(Number(handle))?.close();
  };
  return {
    Timeout,
    Immediate,
    setTimeout(/** @type {any} */ callback, /** @type {any} */ after, /** @type {any[]} */ ...values) {
      needFunction('callback', callback);
      return new Timeout(callback, values, after, false, 'setTimeout callback');
    },
    setInterval(/** @type {any} */ callback, /** @type {any} */ repeat, /** @type {any[]} */ ...values) {
      needFunction('callback', callback);
      return new Timeout(callback, values, repeat, true, 'setInterval callback');
    },
    setImmediate(/** @type {any} */ callback, /** @type {any[]} */ ...values) {
      needFunction('callback', callback);
      return new Immediate(callback, values);
    },
    clearTimeout(/** @type {any} */ handle) {
      clear(handle);
    },
    clearInterval(/** @type {any} */ handle) {
      clear(handle);
    },
    clearImmediate(/** @type {any} */ handle) {
      if (handle instanceof Immediate) handle.clear();
    },
    /** process.nextTick */
    nextTick(/** @type {any} */ callback, /** @type {any[]} */ ...values) {
      needFunction('callback', callback);
      const run = () => call(callback, undefined, values);
      kernel.ask(ASK.QUEUE, 'tick', run, nameOf(callback), 'nextTick callback');
    },
  };
}

/** @param {Kernel} kernel @param {(callback: any) => void} need throws for what is no function */
export function microtasks(kernel, need = (callback) => needFunction('callback', callback)) {
  return function queueMicrotask(/** @type {any} */ callback) {
    need(callback);
    const job = kernel.handOn(() => callback(), kernel.handedOn);
    kernel.ask(ASK.QUEUE, 'microtask', job, nameOf(callback), 'queueMicrotask callback');
  };
}
