// @ts-check
/**
 * EventTarget (DOM 2.7), and how an event is dispatched: at once, as code does it, or a listener at a time, as the
 * browser does it in a task.
 */
import { argumentTypeError } from './errors.js';
import { makeEvent, showsAs } from './event.js';
import { GOES_ON } from './kernel.js';
import { call, list, safe, uncurried } from './language.js';

const { assign } = Object;
const some = uncurried(Array.prototype.some);

/** An `onclick` of a target: one more listener, which can be replaced. What it returns may cancel the event (HTML
 * 8.1.8.1, "the event handler processing algorithm"). @param {object} prototype
 * @param {string} type */
export function handlerAttribute(prototype, type) {
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

/**
 * @param {any} parts see main.js; and isNode, DOMException, missing: see web.js
 * @param {(error: any) => void} reportError what becomes of an error that a listener throws
 */
export function makeEvents(parts, reportError) {
  const { kernel, errors, isNode, DOMException, missing } = parts;
  const { Event, CustomEvent, stateOf } = makeEvent(parts);

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
      list.push(all, {
        type,
        callback,
        capture: !!capture,
        once: !!once,
        passive: !isNode && !!passive,
        isRemoved: false,
      });
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

  return {
    Event,
    CustomEvent,
    EventTarget,
    dispatch,
    fire: (/** @type {any} */ target, /** @type {any} */ event) => go(trusted(target, event)),
    go,
    goOn,
    hears: (/** @type {any} */ target, /** @type {string} */ type) =>
      some(listenersOf(target), (/** @type {Listener} */ listener) => listener.type === type),
    trusted,
    parents,
    pathOf,
    isEvent: (/** @type {any} */ value) => stateOf(value) !== undefined,
    setTrusted: (/** @type {any} */ event) => (stateOf(event).isTrusted = true),
  };
}
