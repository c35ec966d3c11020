// @ts-check
/**
 * Functions of the language whose errors tell what they were given. The engine's do not: so these call it, and have
 * its error worded by `asV8(error, more)`, `more` being what they know.
 */
import { call, construct, create, define, install } from './language.js';

const text = String;
const { isArray } = Array;
const { match } = Symbol;

/** RegExp tells of its pattern and its flags. @param {(error: any, more: object) => any} asV8 */
export function installRegExp(asV8) {
  const Native = RegExp;
  const { prototype } = Native;
  /** 22.2.4.1, 2 b: as a function it gives what is one already. @param {any} pattern */
  const isOne = (pattern) => typeof pattern === 'object' && pattern?.[match] && pattern.constructor === Ours;
  const Ours = function RegExp(/** @type {any} */ pattern, /** @type {any} */ flags) {
    if (!new.target && flags === undefined && isOne(pattern)) return pattern;
    try {
      return construct(Native, [pattern, flags], new.target ?? Ours);
    } catch (error) {
      throw asV8(error, { given: [pattern, flags] });
    }
  };
  for (const key of Reflect.ownKeys(Native)) {
    const property = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Native, key));
    define(Ours, key, property);
  }
  define(prototype, 'constructor', { value: Ours, writable: true, configurable: true });
  define(globalThis, 'RegExp', { value: Ours, writable: true, configurable: true });
}

const METHODS = /** @type {const} */ (['push', 'pop', 'unshift', 'splice']);

/**
 * A list that cannot grow or shrink tells where it would; for a program that makes one.
 *
 * @param {(error: any, more: object) => any} asV8 @param {string} source
 */
export function installLists(asV8, source) {
  if (!/\b(?:freeze|seal|preventExtensions)\b/.test(source)) return;
  const { prototype } = Array;
  for (const name of METHODS) {
    const native = prototype[name];
    const ours = {
      /** @this {any} */
      [name](/** @type {any[]} */ ...list) {
        try {
          return call(native, this, list);
        } catch (error) {
          throw asV8(error, isArray(this) ? { length: this.length } : create(null));
        }
      },
    }[name];
    define(ours, 'length', { value: native.length });
    install(prototype, { [name]: ours });
  }
}
