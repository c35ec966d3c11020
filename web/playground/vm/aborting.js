// @ts-check
/** AbortController and AbortSignal (DOM 3). */
import { argumentTypeError, codedError, needWhole } from './errors.js';
import { showsAs } from './event.js';
import { handlerAttribute } from './event-target.js';
import { ASK } from './kernel.js';
import { list } from './language.js';

const { isArray } = Array;

/**
 * @param {any} parts see main.js; and isNode, DOMException, missing: see web.js
 * @param {ReturnType<typeof import('./event-target.js').makeEvents>} events
 */
export function makeAborting({ kernel, isNode, DOMException, missing }, { Event, EventTarget, setTrusted }) {
  const secret = {};
  const withoutReason = () =>
    new DOMException(isNode ? 'This operation was aborted' : 'signal is aborted without reason', 'AbortError');
  const afterTime = () =>
    new DOMException(isNode ? 'The operation was aborted due to timeout' : 'signal timed out', 'TimeoutError');

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
        setTrusted(event);
        one.dispatchEvent(event);
      }
    }
    /** @param {any} reason */
    #abort(reason) {
      this.#isAborted = true;
      this.#reason = reason;
    }
    static abort(reason = withoutReason()) {
      const signal = new AbortSignal(secret);
      abort(secret, signal, reason);
      return signal;
    }
    static timeout(/** @type {number} */ ms) {
      const call = "execute 'timeout' on 'AbortSignal'";
      if (isNode) needWhole('delay', ms, 2 ** 32 - 1);
      else if (arguments.length === 0) throw missing('', call, 1, 0);
      else if (!(ms >= 0)) {
        const wrong = ms < 0 ? "outside the 'unsigned long long' value range" : "not of type 'unsigned long long'";
        throw new TypeError(`Failed to ${call}: Value is ${wrong}.`);
      }
      const signal = new AbortSignal(secret);
      const end = () => {
        kernel.loosen(-1);
        abort(secret, signal, afterTime());
      };
      kernel.ask(ASK.TIMER, 'timer', end, '', 'AbortSignal.timeout', (ms < 2 ** 31 ? ms : 1) * 1000);
      kernel.loosen(1);
      return signal;
    }
    static any(/** @type {Iterable<any>} */ signals) {
      const call = "execute 'any' on 'AbortSignal'";
      if (isNode && !isArray(signals)) throw argumentTypeError('signals', 'an instance of Array', signals);
      if (arguments.length === 0) throw missing('', call, 1, 0);
      if (typeof signals !== 'object' || !signals?.[Symbol.iterator])
        throw new TypeError(`Failed to ${call}: The provided value cannot be converted to a sequence.`);
      const all = [...signals];
      const wrong = all.findIndex((one) => !(one instanceof AbortSignal));
      if (wrong >= 0)
        throw isNode
          ? argumentTypeError(`signals[${wrong}]`, 'an instance of AbortSignal', all[wrong])
          : new TypeError(`Failed to ${call}: Failed to convert value to 'AbortSignal'.`);
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

  return { AbortController, AbortSignal };
}
