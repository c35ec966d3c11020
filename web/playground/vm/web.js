// @ts-check
/**
 * What both hosts have of the web's: Event and EventTarget (DOM 2), AbortController and AbortSignal (DOM 3),
 * structuredClone (HTML 2.7), performance.now, DOMException.
 */
import { base64Bytes, base64Text, latin1Bytes } from './buffer.js';
import { argumentTypeError, codedError } from './errors.js';
import { ASK, GOES_ON } from './kernel.js';
import { call, construct, define, list, safe, uncurried } from './language.js';

const { assign } = Object;
const some = uncurried(Array.prototype.some);
const { floor } = Math;

const CODES = {
  InvalidCharacterError: 5,
  NotFoundError: 8,
  InvalidStateError: 11,
  SyntaxError: 12,
  AbortError: 20,
  TimeoutError: 23,
  DataCloneError: 25,
};

/**
 * @param {any} parts see main.js
 * @param {(error: any) => void} reportError what becomes of an error that a listener throws
 */
export function makeWeb({ kernel, errors, options, pristine }, reportError) {
  const isNode = options.host === 'node';

  class DOMException extends Error {
    #name;
    constructor(message = '', name = 'Error') {
      super(typeof name === 'object' ? message : message);
      this.#name = typeof name === 'string' ? name : (/** @type {any} */ (name)?.name ?? 'Error');
      const { stack } = this;
      const at = String(stack).indexOf('\n    at');
      define(this, 'stack', {
        value: `${this.#name}: ${message}${at < 0 ? '' : String(stack).slice(at)}`,
        writable: true,
        configurable: true,
      });
    }
    get name() {
      return this.#name;
    }
    get code() {
      return /** @type {any} */ (CODES)[this.#name] ?? 0;
    }
    get [Symbol.toStringTag]() {
      return 'DOMException';
    }
  }

  /** What Node's console shows of an object of ours. @param {any} C a class @param {(object: any) => object} facts
   * @param {(name: string) => string} deep  where it stands too deep for that */
  function showsAs(C, facts, deep = (name) => name) {
    Object.defineProperty(C.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(/** @type {number} */ depth, /** @type {any} */ { depth: most, ...options }, /** @type {any} */ inspect) {
        const { name } = this.constructor;
        return depth < 0 ? deep(name) : `${name} ${inspect(facts(this), { ...options, depth: most && most - 1 })}`;
      },
      writable: true,
      configurable: true,
    });
  }

  /** A call without what it needs. @param {string} needed as Node says it @param {string} call as a browser does
   * @param {number} count @param {number} given */
  const missing = (needed, call, count, given) =>
    isNode
      ? codedError(TypeError, 'ERR_MISSING_ARGS', `The ${needed} must be specified`)
      : new TypeError(
          `Failed to ${call}: ${count} argument${count > 1 ? 's' : ''} required, but only ${given} present.`,
        );

  // ---- events

  /** @type {WeakMap<object, any>} */ const states = safe(new WeakMap());
  const stateOf = (/** @type {any} */ event) => states.get(event);

  class Event {
    constructor(/** @type {string} */ type, /** @type {any} */ init = {}) {
      if (arguments.length === 0) throw missing('"type" argument', `construct '${new.target.name}'`, 1, 0);
      const { bubbles = false, cancelable = false, composed = false } = init ?? {};
      states.set(this, {
        type: `${type}`,
        bubbles: !!bubbles,
        cancelable: !!cancelable,
        composed: !!composed,
        target: null,
        currentTarget: null,
        phase: 0,
        path: [],
        time: kernel.now / 1000,
        isStopped: false,
        isStoppedAtOnce: false,
        isPrevented: false,
        isPassive: false,
        isTrusted: false,
        isDispatched: false,
      });
    }
    get type() {
      return stateOf(this).type;
    }
    get target() {
      return stateOf(this).target;
    }
    get srcElement() {
      return stateOf(this).target;
    }
    get currentTarget() {
      return stateOf(this).currentTarget;
    }
    get eventPhase() {
      return stateOf(this).phase;
    }
    get bubbles() {
      return stateOf(this).bubbles;
    }
    get cancelable() {
      return stateOf(this).cancelable;
    }
    get composed() {
      return stateOf(this).composed;
    }
    get defaultPrevented() {
      return stateOf(this).isPrevented;
    }
    get returnValue() {
      return !stateOf(this).isPrevented;
    }
    get cancelBubble() {
      return stateOf(this).isStopped;
    }
    get isTrusted() {
      return stateOf(this).isTrusted;
    }
    get timeStamp() {
      return stateOf(this).time;
    }
    composedPath() {
      return [...stateOf(this).path];
    }
    stopPropagation() {
      stateOf(this).isStopped = true;
    }
    stopImmediatePropagation() {
      assign(stateOf(this), { isStopped: true, isStoppedAtOnce: true });
    }
    preventDefault() {
      const state = stateOf(this);
      if (state.cancelable && !state.isPassive) state.isPrevented = true;
    }
    get [Symbol.toStringTag]() {
      return 'Event';
    }
  }
  for (const [name, value] of Object.entries({ NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 })) {
    Object.defineProperty(Event, name, { value, enumerable: true });
    Object.defineProperty(Event.prototype, name, { value, enumerable: true });
  }

  class CustomEvent extends Event {
    #detail;
    /** @param {[string, any?]} given */
    constructor(...given) {
      super(...given);
      this.#detail = given[1]?.detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
  }

  showsAs(Event, ({ type, defaultPrevented, cancelable, timeStamp }) => ({
    type,
    defaultPrevented,
    cancelable,
    timeStamp,
  }));

  /**
   * @typedef {{ type: string, callback: any, capture: boolean, once: boolean, passive: boolean, isRemoved: boolean }}
   *   Listener
   */
  /** @type {WeakMap<object, Listener[]>} */ const listeners = safe(new WeakMap());
  const listenersOf = (/** @type {object} */ target) => listeners.get(target) ?? [];

  /** DOM 2.9 "inner invoke". Between two listeners it yields. @param {any} target @param {any} event
   * @param {boolean} isCapture */
  function* invoke(target, event, isCapture) {
    const state = stateOf(event);
    if (state.isStopped) return;
    state.currentTarget = target;
    const all = list.copy(listenersOf(target));
    for (let i = 0; i < all.length; i++) {
      const listener = all[i];
      if (listener.type !== state.type || listener.capture !== isCapture || listener.isRemoved) continue;
      if (state.isBegun) yield;
      if (listener.isRemoved) continue;
      state.isBegun = true;
      if (listener.once) remove(target, listener.type, listener.callback, listener.capture);
      state.isPassive = listener.passive;
      try {
        const { callback } = listener;
        if (typeof callback === 'function') call(callback, target, [event]);
        else callback.handleEvent(event);
      } catch (error) {
        reportError(errors.asV8(error));
      }
      state.isPassive = false;
      if (state.isStoppedAtOnce) return;
    }
  }

  /** DOM 2.9 "dispatch", a listener at a time. @param {any} target @param {any} event
   * @param {any[]} path from the target outwards */
  function* steps(target, event, path) {
    const state = stateOf(event);
    assign(state, { target, path, isDispatched: true, isBegun: false });
    for (let i = path.length - 1; i >= 0; i--) {
      const node = path[i];
      state.phase = node === target ? 2 : 1;
      yield* invoke(node, event, true);
    }
    for (let i = 0; i < path.length; i++) {
      const node = path[i];
      state.phase = node === target ? 2 : 3;
      if (node === target || state.bubbles) yield* invoke(node, event, false);
    }
    assign(state, {
      phase: 0,
      currentTarget: null,
      path: [],
      isDispatched: false,
      isStopped: false,
      isStoppedAtOnce: false,
    });
    return !state.isPrevented;
  }

  /** Events of the browser's own, in a task: between two of their listeners no code is on the stack, so microtasks run,
   * and each listener has a step of its own. What yields says how it goes on. @type {Generator} */
  let fired;
  const goOn = () => {
    const { done, value = GOES_ON.LISTENER } = fired.next();
    kernel.setGoesOn(done ? GOES_ON.NOT : value);
  };
  const go = (/** @type {Generator} */ all) => {
    fired = all;
    goOn();
  };
  /** An event's listeners; the value: whether nobody prevented what is done by default. @param {any} target
   * @param {any} event */
  function trusted(target, event) {
    stateOf(event).isTrusted = true;
    return steps(target, event, pathOf(target));
  }

  /** The same at once. @param {any} target @param {any} event @param {any[]} path */
  function dispatch(target, event, path) {
    const all = steps(target, event, path);
    let step = all.next();
    while (!step.done) step = all.next();
    return step.value;
  }

  /** @param {Listener[]} all @param {string} type @param {any} callback @param {boolean} capture */
  function placeOf(all, type, callback, capture) {
    let place = all.length - 1;
    for (; place >= 0; place--) {
      const one = all[place];
      if (one.type === type && one.callback === callback && one.capture === capture) break;
    }
    return place;
  }

  /** @param {any} target @param {string} type @param {any} callback @param {boolean} capture */
  function remove(target, type, callback, capture) {
    const all = listenersOf(target);
    const place = placeOf(all, type, callback, capture);
    if (place < 0) return;
    all[place].isRemoved = true;
    list.splice(all, place, 1);
  }

  class EventTarget {
    addEventListener(/** @type {string} */ type, /** @type {any} */ callback, /** @type {any} */ init = {}) {
      if (arguments.length < 2) {
        const call = "execute 'addEventListener' on 'EventTarget'";
        throw missing('"type" and "listener" arguments', call, 2, arguments.length);
      }
      const given = typeof init === 'boolean' ? { capture: init } : (init ?? {});
      const { capture = false, once = false, passive = false, signal } = given;
      if (callback === null || callback === undefined || signal?.aborted) return;
      if (typeof callback !== 'function' && typeof callback !== 'object') throw notAListener();
      const target = this ?? globalThis;
      const all = listenersOf(target);
      listeners.set(target, all);
      type = `${type}`;
      if (placeOf(all, type, callback, !!capture) >= 0) return;
      list.push(all, { type, callback, capture: !!capture, once: !!once, passive: !!passive, isRemoved: false });
      signal?.addEventListener('abort', () => remove(target, type, callback, !!capture), { once: true });
    }
    removeEventListener(/** @type {string} */ type, /** @type {any} */ callback, /** @type {any} */ init = {}) {
      remove(this ?? globalThis, `${type}`, callback, !!(typeof init === 'boolean' ? init : init?.capture));
    }
    dispatchEvent(/** @type {any} */ event) {
      if (!stateOf(event)) {
        throw isNode
          ? argumentTypeError('event', 'an instance of Event', event)
          : new TypeError("Failed to execute 'dispatchEvent' on 'EventTarget': parameter 1 is not of type 'Event'.");
      }
      if (stateOf(event).isDispatched) {
        const message = isNode
          ? 'The event is already being dispatched'
          : "Failed to execute 'dispatchEvent' on 'EventTarget': The event is already being dispatched.";
        throw isNode
          ? Object.assign(new Error(message), { code: 'ERR_EVENT_RECURSION' })
          : new DOMException(message, 'InvalidStateError');
      }
      const target = this ?? globalThis;
      return dispatch(target, event, pathOf(target));
    }
    get [Symbol.toStringTag]() {
      return 'EventTarget';
    }
  }
  showsAs(EventTarget, () => ({}));
  const notAListener = () =>
    isNode
      ? Object.assign(new TypeError('The "listener" argument must be an instance of EventListener.'), {
          code: 'ERR_INVALID_ARG_TYPE',
        })
      : new TypeError("Failed to execute 'addEventListener' on 'EventTarget': parameter 2 is not of type 'Object'.");
  /** A target, and what is around it. @param {any} target */
  const pathOf = (target) => {
    const path = [];
    for (let node = target; node; node = parents.get(node)) list.push(path, node);
    return path;
  };
  /** @type {WeakMap<object, any>} */ const parents = safe(new WeakMap());

  /** An `onclick` of a target: one more listener, which can be replaced. What it returns may cancel the event (HTML
   * 8.1.8.1, "the event handler processing algorithm"). @param {object} prototype
   * @param {string} type */
  function handlerAttribute(prototype, type) {
    /** @type {WeakMap<object, { handler: any, listener: any }>} */ const handlers = safe(new WeakMap());
    Object.defineProperty(prototype, `on${type}`, {
      get() {
        return handlers.get(this)?.handler ?? null;
      },
      set(handler) {
        const known = handlers.get(this);
        const isFunction = typeof handler === 'function';
        if (known && isFunction) {
          known.handler = handler;
          return;
        }
        if (known) this.removeEventListener(type, known.listener);
        handlers.delete(this);
        if (!isFunction) return;
        const listener = (/** @type {any} */ event) => {
          const isError = type === 'error' && this === globalThis && 'error' in event;
          const { message, filename, lineno, colno, error } = event;
          const given = isError ? [message, filename, lineno, colno, error] : [event];
          if (call(entry.handler, this, given) === isError) event.preventDefault();
        };
        const entry = { handler, listener };
        handlers.set(this, entry);
        this.addEventListener(type, entry.listener);
      },
      enumerable: true,
      configurable: true,
    });
  }

  // ---- aborting

  const secret = {};
  class AbortSignal extends EventTarget {
    #isAborted = false;
    #reason = /** @type {any} */ (undefined);
    constructor(/** @type {any} */ key) {
      super();
      if (key !== secret)
        throw isNode
          ? codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
          : new TypeError("Failed to construct 'AbortSignal': Illegal constructor");
    }
    get aborted() {
      return this.#isAborted;
    }
    get reason() {
      return this.#reason;
    }
    throwIfAborted() {
      if (this.#isAborted) throw this.#reason;
    }
    /** Those that follow it; of those that follow others, the others. */
    /** @type {AbortSignal[]} */ #followers = [];
    /** @type {AbortSignal[]} */ #sources = [];
    /** DOM 3.2, "signal abort": who follows is aborted before anybody is told. In Node each is told at once. */
    static abortIt(/** @type {any} */ key, /** @type {AbortSignal} */ signal, /** @type {any} */ reason) {
      if (key !== secret || signal.#isAborted) return;
      const all = [signal];
      for (let i = 0; i < signal.#followers.length; i++)
        if (!signal.#followers[i].#isAborted) list.push(all, signal.#followers[i]);
      if (!isNode) for (let i = 0; i < all.length; i++) all[i].#abort(reason);
      for (let i = 0; i < all.length; i++) {
        const one = all[i];
        if (isNode) one.#abort(reason);
        const event = new Event('abort');
        stateOf(event).isTrusted = true;
        one.dispatchEvent(event);
      }
    }
    /** @param {any} reason */
    #abort(reason) {
      this.#isAborted = true;
      this.#reason = reason;
    }
    static any(/** @type {Iterable<any>} */ signals) {
      const all = [...signals];
      const signal = new AbortSignal(secret);
      for (let i = 0; i < all.length; i++) {
        if (!all[i].aborted) continue;
        signal.#abort(all[i].reason);
        return signal;
      }
      for (let i = 0; i < all.length; i++) {
        const sources = all[i].#sources.length > 0 ? all[i].#sources : [all[i]];
        for (let k = 0; k < sources.length; k++) {
          list.push(signal.#sources, sources[k]);
          list.push(sources[k].#followers, signal);
        }
      }
      return signal;
    }
    get [Symbol.toStringTag]() {
      return 'AbortSignal';
    }
  }
  showsAs(
    AbortSignal,
    ({ aborted }) => ({ aborted }),
    (name) => `[${name}]`,
  );
  const abort = AbortSignal.abortIt;
  delete (/** @type {any} */ (AbortSignal).abortIt);
  const statics = /** @type {any} */ (AbortSignal);
  const withoutReason = () =>
    new DOMException(isNode ? 'This operation was aborted' : 'signal is aborted without reason', 'AbortError');
  const afterTime = () =>
    new DOMException(isNode ? 'The operation was aborted due to timeout' : 'signal timed out', 'TimeoutError');
  statics.abort = (reason = withoutReason()) => {
    const signal = new AbortSignal(secret);
    abort(secret, signal, reason);
    return signal;
  };
  statics.timeout = function timeout(/** @type {number} */ ms) {
    if (arguments.length === 0) throw missing('"delay" argument', "execute 'timeout' on 'AbortSignal'", 1, 0);
    const signal = new AbortSignal(secret);
    const end = () => {
      kernel.loosen(-1);
      abort(secret, signal, afterTime());
    };
    kernel.ask(ASK.TIMER, 'timer', end, '', 'AbortSignal.timeout', ms * 1000);
    kernel.loosen(1);
    return signal;
  };
  handlerAttribute(AbortSignal.prototype, 'abort');

  class AbortController {
    #signal = new AbortSignal(secret);
    get signal() {
      return this.#signal;
    }
    abort(reason = withoutReason()) {
      abort(secret, this.#signal, reason);
    }
    get [Symbol.toStringTag]() {
      return 'AbortController';
    }
  }
  showsAs(
    AbortController,
    ({ signal }) => ({ signal }),
    (name) => `${name} {}`,
  );

  // ---- structuredClone

  /** @param {any} value @param {Map<any, any>} seen */
  function clone(value, seen) {
    if (typeof value === 'symbol' || typeof value === 'function') {
      const shown = typeof value === 'function' ? Function.prototype.toString.call(value) : String(value);
      throw new DOMException(`${shown} could not be cloned.`, 'DataCloneError');
    }
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const keep = (/** @type {any} */ copy) => {
      seen.set(value, copy);
      return copy;
    };
    if (value instanceof Date) return keep(new Date(value.getTime()));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    for (const Box of [Number, String, Boolean, BigInt]) if (value instanceof Box) return keep(Object(value.valueOf()));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) {
      const View = /** @type {any} */ (value).constructor;
      const { byteOffset } = value;
      const length = value instanceof DataView ? value.byteLength : /** @type {any} */ (value).length;
      return keep(new View(clone(value.buffer, seen), byteOffset, length));
    }
    if (value instanceof Map) {
      const copy = keep(new Map());
      for (const [key, item] of [...value]) copy.set(clone(key, seen), clone(item, seen));
      return copy;
    }
    if (value instanceof Set) {
      const copy = keep(new Set());
      for (const item of [...value]) copy.add(clone(item, seen));
      return copy;
    }
    if (value instanceof Error) {
      const names = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
      const Kind = /** @type {any} */ (globalThis)[names.includes(value.name) ? value.name : 'Error'];
      const copy = keep(Object.create(Kind.prototype));
      for (const key of ['stack', 'message', 'cause']) {
        if (!Object.prototype.hasOwnProperty.call(value, key)) continue;
        const copied = clone(/** @type {any} */ (value)[key], seen);
        Object.defineProperty(copy, key, { value: copied, writable: true, configurable: true });
      }
      return copy;
    }
    const isOther = value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet;
    if (isOther || states.has(value) || value instanceof EventTarget) {
      throw new DOMException(`#<${value.constructor.name}> could not be cloned.`, 'DataCloneError');
    }
    const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  }

  const notTransferable = (/** @type {number} */ index) =>
    isNode
      ? Object.assign(new TypeError('Found invalid object in transferList'), { code: 'ERR_INVALID_TRANSFER_OBJECT' })
      : new DOMException(`Value at index ${index} does not have a transferable type.`, 'DataCloneError');
  /** A clone; the buffers that are transferred are of no more use here. */
  const transferred = pristine.run((/** @type {any} */ value, /** @type {Iterable<any>} */ transfer = []) => {
    const buffers = [...transfer];
    const other = buffers.findIndex((one) => !(one instanceof ArrayBuffer));
    if (other >= 0) throw notTransferable(other);
    const copy = clone(value, new Map());
    for (const buffer of buffers) /** @type {any} */ (buffer).transfer();
    return copy;
  });

  /** The same, in a call. @param {string} call @param {any} value @param {Iterable<any>} [transfer] */
  function clonedFor(call, value, transfer) {
    try {
      return transferred(value, transfer);
    } catch (error) {
      if (isNode || !(error instanceof DOMException)) throw error;
      throw new DOMException(`Failed to ${call}: ${error.message}`, error.name);
    }
  }

  /** @param {string} why */
  const notEncoded = (/** @type {string} */ name, /** @type {string} */ why) =>
    new DOMException(isNode ? why : `Failed to execute '${name}' on 'Window': ${why}`, 'InvalidCharacterError');
  const base64 = {
    btoa(/** @type {any} */ text) {
      if (/[^\0-\xff]/.test(`${text}`)) {
        const why = 'The string to be encoded contains characters outside of the Latin1 range.';
        throw notEncoded('btoa', isNode ? 'Invalid character' : why);
      }
      return base64Text(latin1Bytes(`${text}`));
    },
    atob(/** @type {any} */ text) {
      const digits = `${text}`.replace(/[\t\n\f\r ]/g, '');
      if (isNode && /[^\w+/=]|_/.test(digits)) throw notEncoded('atob', 'Invalid character');
      if (!/^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}(?:==)?|[a-z\d+/]{3}=?)?$/i.test(digits))
        throw notEncoded('atob', 'The string to be decoded is not correctly encoded.');
      return String.fromCharCode(...base64Bytes(digits));
    },
  };

  const performance = {
    now: () => kernel.look() / 1000,
    timeOrigin: 1_700_000_000_000,
    mark: () => {},
    measure: () => {},
    toJSON: () => ({ timeOrigin: 1_700_000_000_000 }),
  };
  installDate(kernel);

  return {
    globals: {
      Event,
      CustomEvent,
      EventTarget,
      AbortController,
      AbortSignal,
      DOMException,
      performance,
      ...base64,
      structuredClone(/** @type {any} */ value, /** @type {any} */ options) {
        const call = "execute 'structuredClone' on 'Window'";
        if (arguments.length === 0) throw missing('value argument', call, 1, 0);
        return clonedFor(call, value, options?.transfer);
      },
    },
    dispatch,
    fire: (/** @type {any} */ target, /** @type {any} */ event) => go(trusted(target, event)),
    go,
    goOn,
    hears: (/** @type {any} */ target, /** @type {string} */ type) =>
      some(listenersOf(target), (/** @type {Listener} */ listener) => listener.type === type),
    trusted,
    parents,
    pathOf,
    handlerAttribute,
    setTrusted: (/** @type {any} */ event) => (stateOf(event).isTrusted = true),
    clonedFor,
    missing,
    pristine,
  };
}

/**
 * The clock of the wall begins at a fixed moment, and goes with the kernel's.
 *
 * @param {import('./kernel.js').Kernel} kernel
 */
function installDate(kernel) {
  const Native = Date;
  const START = 1_700_000_000_000;
  const now = () => START + floor(kernel.look() / 1000);
  const Ours = /** @type {any} */ (
    function (/** @type {any[]} */ ...values) {
      if (!new.target) return new Native(now()).toString();
      return construct(Native, values.length === 0 ? [now()] : values, new.target);
    }
  );
  Object.defineProperty(Ours, 'name', { value: 'Date', configurable: true });
  Object.defineProperty(Ours, 'length', { value: 7, configurable: true });
  Object.defineProperty(Ours, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(Native.prototype, 'constructor', { value: Ours, writable: true, configurable: true });
  for (const [name, value] of Object.entries({ now, parse: Native.parse, UTC: Native.UTC })) {
    Object.defineProperty(Ours, name, { value, writable: true, configurable: true });
  }
  Object.defineProperty(globalThis, 'Date', { value: Ours, writable: true, configurable: true });
}
