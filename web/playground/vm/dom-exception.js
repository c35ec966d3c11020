// @ts-check
/** DOMException (Web IDL 3.14.1): an error whose name says what is wrong. */
import { define } from './language.js';

const CODES = {
  InvalidCharacterError: 5,
  NotFoundError: 8,
  InvalidStateError: 11,
  SyntaxError: 12,
  AbortError: 20,
  TimeoutError: 23,
  DataCloneError: 25,
};

/** The class, of the world's own Error. */
export function makeDOMException() {
  return class DOMException extends Error {
    #name;
    constructor(message = '', name = 'Error') {
      super(message);
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
  };
}
