// @ts-check
/** Event and CustomEvent (DOM 2.2, 2.4). What is known of an event lies beside it: `stateOf(event)`. */
import { safe } from './language.js';

const { assign } = Object;

/** What Node's console shows of an object of ours. @param {any} C a class @param {(object: any) => object} facts
 * @param {(name: string) => string} deep  where it stands too deep for that */
export function showsAs(C, facts, deep = (name) => name) {
  Object.defineProperty(C.prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(/** @type {number} */ depth, /** @type {any} */ { depth: most, ...options }, /** @type {any} */ inspect) {
      const { name } = this.constructor;
      return depth < 0 ? deep(name) : `${name} ${inspect(facts(this), { ...options, depth: most && most - 1 })}`;
    },
    writable: true,
    configurable: true,
  });
}

/** @param {any} parts see main.js; and missing: see web.js */
export function makeEvent({ kernel, missing }) {
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

  return { Event, CustomEvent, stateOf };
}
