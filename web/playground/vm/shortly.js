// @ts-check
/**
 * makeShortly(isProxy) -> shortly(value): what a picture of promises shows of a value, in the console's manner, cut
 * after a few words. No code of the program's runs for it: nothing is asked of a proxy or a getter, and no method is
 * used that the program may have replaced.
 */
import { uncurried } from './language.js';

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { isArray } = Array;
const { is } = Object;
const textOf = String;
const cut = uncurried(String.prototype.slice);

const LETTERS = 24;
const MEMBERS = 3;

/** A property, if it is there and no getter. @param {any} object @param {PropertyKey} key */
const own = (object, key) => getOwnPropertyDescriptor(object, key)?.value;

/** @param {string} text */
const short = (text) => (text.length > LETTERS ? `${cut(text, 0, LETTERS)}…` : text);

/** @param {(value: any) => boolean} isProxy */
export function makeShortly(isProxy) {
  /** The name of its class; '' for a plain object's. @param {any} object */
  function classOf(object) {
    const prototype = getPrototypeOf(object);
    if (prototype === null || isProxy(prototype)) return '';
    const constructor = own(prototype, 'constructor');
    const name = typeof constructor === 'function' && !isProxy(constructor) ? own(constructor, 'name') : '';
    return typeof name === 'string' && name !== 'Object' && name !== 'Array' ? name : '';
  }

  /** @param {any[]} list */
  function items(list) {
    let text = '';
    for (let i = 0; i < list.length; i++) {
      if (i === MEMBERS) return `${text}, …`;
      text += `${i === 0 ? '' : ', '}${shortly(own(list, i), false)}`;
    }
    return text;
  }

  /** @param {any} object */
  function properties(object) {
    let text = '';
    let count = 0;
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i++) {
      const descriptor = /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(object, keys[i]));
      if (!descriptor.enumerable) continue;
      if (count === MEMBERS) return `${text}, …`;
      const shown = descriptor.get || descriptor.set ? '[Getter]' : shortly(descriptor.value, false);
      text += `${count++ === 0 ? '' : ', '}${textOf(keys[i])}: ${shown}`;
    }
    return text;
  }

  /** @param {any} value @param {boolean} [isOuter] then its members are shown too @returns {string} */
  function shortly(value, isOuter = true) {
    if (typeof value === 'string') return `'${short(value)}'`;
    if (typeof value === 'bigint') return `${value}n`;
    if (is(value, -0)) return '-0';
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return short(textOf(value));
    if (isProxy(value)) return 'Proxy';
    if (typeof value === 'function') {
      const name = own(value, 'name');
      return `[Function: ${typeof name === 'string' && name ? short(name) : '(anonymous)'}]`;
    }
    const name = classOf(value);
    const message = own(value, 'message');
    if (typeof message === 'string' && cut(name, -5) === 'Error') {
      const ownName = own(value, 'name');
      return `${typeof ownName === 'string' && ownName ? ownName : name}: ${short(message)}`;
    }
    if (isArray(value)) return !isOuter ? '[…]' : value.length ? `[ ${items(value)} ]` : '[]';
    if (name || !isOuter) return `${name ? `${name} ` : ''}{…}`;
    const inner = properties(value);
    return inner ? `{ ${inner} }` : '{}';
  }
  return shortly;
}
