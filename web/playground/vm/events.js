// @ts-check
/** EventEmitter, and `once` and `on` of it, as Node 20 has them (lib/events.js). @module */
import { argumentTypeError, codedError, comesFrom, needFunction } from './errors.js';
import { call, create, list as lists, nameless } from './language.js';

/** @typedef {{ listener: any, raw: any }} Entry */

/** Where Node throws what nobody listens for. @param {number} line @param {string} name @param {number} indent */
const THROW = (line, name, indent) =>
  `node:events:${line}\n${' '.repeat(indent)}throw ${name}; // Unhandled 'error' event\n${' '.repeat(indent)}^`;

const emptyEvents = () => create(null);

/** @param {any} target @param {any} type @param {any} listener @param {boolean} prepend */
function addListener(target, type, listener, prepend) {
  needFunction('listener', listener);
  if (target._events === undefined) {
    target._events = emptyEvents();
    target._eventsCount = 0;
  } else if (target._events.newListener !== undefined) {
    target.emit('newListener', type, listener.listener ?? listener);
  }
  const list = target._events[type];
  if (list === undefined) {
    target._events[type] = listener;
    target._eventsCount++;
  } else if (typeof list === 'function') {
    target._events[type] = prepend ? [listener, list] : [list, listener];
  } else if (prepend) lists.unshift(list, listener);
  else lists.push(list, listener);
  warnOfMany(target, type, target._events[type]);
  return target;
}

/** So many listeners of one event may be a leak: said once. @param {any} target @param {any} type @param {any} list */
function warnOfMany(target, type, list) {
  const most = target.getMaxListeners?.() ?? 0;
  const count = typeof list === 'function' ? 1 : list.length;
  if (!(most > 0) || count <= most || list.warned) return;
  list.warned = true;
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${count} ${String(type)} listeners added to ` +
      `[${target.constructor?.name ?? 'Object: null prototype'}]. MaxListeners is ${most}. Use emitter.setMaxListeners() to increase limit`,
  );
  Object.assign(warning, { name: 'MaxListenersExceededWarning', emitter: target, type, count });
  nodes().emitWarning(warning);
}

/** @param {any} target @param {any} type @param {any} listener */
function wrapOnce(target, type, listener) {
  needFunction('listener', listener);
  let fired = false;
  const wrapped = function (/** @type {any[]} */ ...values) {
    if (fired) return undefined;
    target.removeListener(type, wrapped);
    fired = true;
    return call(listener, target, values);
  };
  wrapped.listener = listener;
  return wrapped;
}

/** @param {any} list */
const asList = (list) => (list === undefined ? [] : typeof list === 'function' ? [list] : lists.copy(list));

const capture = Symbol('kCapture');
const rejection = Symbol.for('nodejs.rejection');
const errorMonitor = Symbol('events.errorMonitor');

/** What a listener returned: where an emitter captures rejections, that is told. @param {any} target
 * @param {any} promise @param {any} type @param {any[]} values */
function captured(target, promise, type, values) {
  if (promise === undefined || promise === null || !target[capture]) return;
  const tell = (/** @type {any} */ error) => {
    if (typeof target[rejection] === 'function') return target[rejection](error, type, ...values);
    const before = target[capture];
    try {
      target[capture] = false; // its own listeners' are not captured again
      target.emit('error', error);
    } finally {
      target[capture] = before;
    }
  };
  try {
    const { then } = promise;
    if (typeof then !== 'function') return;
    call(then, promise, [undefined, (/** @type {any} */ error) => nodes().nextTick(tell, error)]);
  } catch (error) {
    target.emit('error', error);
  }
}

/** The program's process, whatever it has made of it. */
const nodes = () => /** @type {any} */ (globalThis).process;

/** @param {(value: any) => string} inspect */
export function makeEvents(inspect) {
  const shapeMode = Symbol('shapeMode');
  /** @this {any} */
  function EventEmitter(/** @type {any} */ options) {
    call(EventEmitter.init, this, [options]);
  }
  EventEmitter.defaultMaxListeners = 10;
  EventEmitter.init = /** @this {any} */ function (/** @type {any} */ options) {
    if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
      this._events = emptyEvents();
      this._eventsCount = 0;
      this[shapeMode] = false;
    }
    this._maxListeners = this._maxListeners || undefined;
    this[capture] = options?.captureRejections ? true : EventEmitter.prototype[capture];
  };

  /** @type {any} */
  const methods = {
    setMaxListeners(/** @type {number} */ n) {
      this._maxListeners = n;
      return this;
    },
    getMaxListeners() {
      return this._maxListeners ?? EventEmitter.defaultMaxListeners;
    },
    emit(/** @type {any} */ type, /** @type {any[]} */ ...values) {
      const events = this._events;
      const list = events?.[type];
      if (type === 'error' && events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...values);
      if (type === 'error' && list === undefined) {
        const [error] = values;
        if (error instanceof Error) throw comesFrom(error, THROW(502, 'er', 6));
        const shown = inspect(error);
        const unhandled = codedError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${shown})`);
        unhandled.context = error;
        throw comesFrom(unhandled, THROW(515, 'err', 4));
      }
      if (list === undefined) return false;
      const listeners = asList(list);
      for (let i = 0; i < listeners.length; i++) captured(this, call(listeners[i], this, values), type, values);
      return true;
    },
    addListener(/** @type {any} */ type, /** @type {any} */ listener) {
      return addListener(this, type, listener, false);
    },
    prependListener(/** @type {any} */ type, /** @type {any} */ listener) {
      return addListener(this, type, listener, true);
    },
    once(/** @type {any} */ type, /** @type {any} */ listener) {
      return this.on(type, wrapOnce(this, type, listener));
    },
    prependOnceListener(/** @type {any} */ type, /** @type {any} */ listener) {
      return this.prependListener(type, wrapOnce(this, type, listener));
    },
    removeListener(/** @type {any} */ type, /** @type {any} */ listener) {
      needFunction('listener', listener);
      const list = asList(this._events?.[type]);
      let place = list.length - 1;
      while (place >= 0 && list[place] !== listener && list[place].listener !== listener) place--;
      if (place < 0) return this;
      const removed = lists.splice(list, place, 1)[0];
      if (list.length === 0) {
        delete this._events[type];
        this._eventsCount--;
      } else this._events[type] = list.length === 1 ? list[0] : list;
      if (this._events.removeListener !== undefined) this.emit('removeListener', type, removed.listener ?? removed);
      return this;
    },
    removeAllListeners(/** @type {any} */ ...types) {
      if (this._events === undefined) return this;
      if (types.length === 0) {
        for (const type of Reflect.ownKeys(this._events)) {
          if (type !== 'removeListener') this.removeAllListeners(type);
        }
        if (this._events.removeListener !== undefined) this.removeAllListeners('removeListener');
        return this;
      }
      const listeners = asList(this._events[types[0]]);
      for (let i = listeners.length - 1; i >= 0; i--) this.removeListener(types[0], listeners[i]);
      return this;
    },
    listeners(/** @type {any} */ type) {
      return asList(this._events?.[type]).map((/** @type {any} */ l) => l.listener ?? l);
    },
    rawListeners(/** @type {any} */ type) {
      return asList(this._events?.[type]);
    },
    listenerCount(/** @type {any} */ type, /** @type {any} */ listener) {
      const list = asList(this._events?.[type]);
      if (listener === undefined || listener === null) return list.length;
      return list.filter((/** @type {any} */ l) => l === listener || l.listener === listener).length;
    },
    eventNames() {
      return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
    },
  };
  methods.on = methods.addListener;
  methods.off = methods.removeListener;
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(EventEmitter.prototype, name, {
      value: method,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  Object.assign(EventEmitter.prototype, { _events: undefined, _eventsCount: 0, _maxListeners: undefined });
  Object.defineProperty(EventEmitter.prototype, capture, { value: false, writable: true });
  Object.defineProperty(EventEmitter, 'captureRejections', {
    get: () => EventEmitter.prototype[capture],
    set: (value) => (EventEmitter.prototype[capture] = value),
    enumerable: true,
  });
  Object.assign(EventEmitter, { captureRejectionSymbol: rejection, errorMonitor });

  /** @param {any} emitter @param {any} type @param {any} listener @param {boolean} isOnce */
  const listen = (emitter, type, listener, isOnce) => {
    if (typeof emitter.on === 'function') emitter[isOnce ? 'once' : 'on'](type, listener);
    else if (typeof emitter.addEventListener === 'function') {
      emitter.addEventListener(type, listener, isOnce ? { once: true } : {});
    } else throw argumentTypeError('emitter', 'an instance of EventEmitter', emitter);
  };
  /** @param {any} emitter @param {any} type @param {any} listener */
  const unlisten = (emitter, type, listener) => {
    if (typeof emitter.removeListener === 'function') emitter.removeListener(type, listener);
    else emitter.removeEventListener(type, listener);
  };

  /** @param {any} signal */
  const abortError = (signal) => {
    const error = new Error('The operation was aborted', { cause: signal.reason });
    error.name = 'AbortError';
    Object.assign(error, { code: 'ABORT_ERR' });
    return error;
  };

  // In Node an async function, which returns a promise: so it is resolved with that one.
  EventEmitter.once = function once(/** @type {any} */ emitter, /** @type {any} */ type, options = {}) {
    const signal = /** @type {any} */ (options).signal;
    if (signal?.aborted) return Promise.reject(abortError(signal));
    return new Promise((resolveOuter, rejectOuter) => {
      const inner = new Promise((resolve, reject) => {
        const errorListener = (/** @type {any} */ error) => {
          unlisten(emitter, type, resolver);
          reject(error);
        };
        const resolver = (/** @type {any[]} */ ...values) => {
          if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorListener);
          signal?.removeEventListener('abort', abortListener);
          resolve(values);
        };
        const abortListener = () => {
          unlisten(emitter, type, resolver);
          if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorListener);
          reject(abortError(signal));
        };
        try {
          listen(emitter, type, resolver, true);
          if (type !== 'error' && typeof emitter.once === 'function') emitter.once('error', errorListener);
        } catch (error) {
          rejectOuter(error);
          throw error;
        }
        signal?.addEventListener('abort', abortListener, { once: true });
      });
      resolveOuter(inner);
    });
  };
  EventEmitter.listenerCount = (/** @type {any} */ emitter, /** @type {any} */ type) => emitter.listenerCount(type);
  EventEmitter.EventEmitter = EventEmitter;

  /** An async iterator over an event's values. @param {any} emitter @param {any} type @param {any} options */
  EventEmitter.on = function on(emitter, type, options = {}) {
    const signal = /** @type {any} */ (options).signal;
    if (signal?.aborted) throw abortError(signal);
    /** @type {any[][]} */ const unread = [];
    /** @type {{ resolve: any, reject: any }[]} */ const asked = [];
    /** @type {any} */ let error = null;
    let isDone = false;
    const heard = nameless((/** @type {any[]} */ ...values) => {
      const next = lists.splice(asked, 0, 1)[0];
      if (next) next.resolve({ value: values, done: false });
      else lists.push(unread, values);
    });
    const errorHandler = (/** @type {any} */ e) => {
      const next = lists.splice(asked, 0, 1)[0];
      if (next) next.reject(e);
      else error = e;
      iterator.return();
    };
    /** @type {any} */
    const iterator = {
      next() {
        if (unread.length > 0) return Promise.resolve({ value: lists.splice(unread, 0, 1)[0], done: false });
        if (error) {
          const rejected = Promise.reject(error);
          error = null;
          return rejected;
        }
        if (isDone) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve, reject) => lists.push(asked, { resolve, reject }));
      },
      return() {
        if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorHandler);
        unlisten(emitter, type, heard);
        isDone = true;
        for (const { resolve } of asked) resolve({ value: undefined, done: true });
        return Promise.resolve({ value: undefined, done: true });
      },
      throw(/** @type {any} */ e) {
        errorHandler(e);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    listen(emitter, type, heard, false);
    if (type !== 'error' && typeof emitter.on === 'function') emitter.on('error', errorHandler);
    signal?.addEventListener('abort', () => errorHandler(abortError(signal)), { once: true });
    return iterator;
  };
  return EventEmitter;
}
