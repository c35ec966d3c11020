// @ts-check
import { call } from './language.js';

/**
 * Iterators of maps and sets, whose entries a console shows: each is noted when it is made, and how far it has come.
 * Gives, of such an iterator, what it has yet to give.
 */
export function iterators() {
  /** @type {WeakMap<object, { of: any, way: string, count: number }>} */ const noted = new WeakMap();
  const get = WeakMap.prototype.get.bind(noted);
  const set = WeakMap.prototype.set.bind(noted);
  for (const Kind of /** @type {any[]} */ ([Map, Set])) {
    const { prototype } = Kind;
    const IteratorPrototype = Object.getPrototypeOf(new Kind()[Symbol.iterator]());
    const { next } = IteratorPrototype;
    const methods = {
      next() {
        const note = get(this);
        if (note) note.count++;
        return call(next, this, []);
      },
    };
    Object.defineProperty(IteratorPrototype, 'next', { value: methods.next });
    /** @type {Map<any, any>} */ const replaced = new Map();
    for (const way of ['entries', 'keys', 'values']) {
      const native = prototype[way];
      const ours = {
        [way]() {
          const iterator = call(native, this, []);
          set(iterator, { of: this, way, count: 0 });
          return iterator;
        },
      }[way];
      if (!replaced.has(native)) replaced.set(native, ours);
    }
    for (const key of ['entries', 'keys', 'values', Symbol.iterator]) {
      Object.defineProperty(prototype, key, { value: replaced.get(prototype[key]) });
    }
  }
  return (/** @type {any} */ value) => {
    const note = get(value);
    if (!note) return undefined;
    const { of, way, count } = note;
    const name = of instanceof Map ? 'Map' : 'Set';
    const isPairs = way === 'entries';
    return { tag: `${name} ${isPairs ? 'Entries' : 'Iterator'}`, items: [...of[way]()].slice(count), isPairs };
  };
}

/** A console shows what is behind a proxy: so each one that the program makes is noted. */
export function proxies() {
  const Native = Proxy;
  /** @type {WeakMap<object, object>} */ const targets = new WeakMap();
  const get = WeakMap.prototype.get.bind(targets);
  const set = WeakMap.prototype.set.bind(targets);
  const construct = Reflect.construct;
  /** @this {any} */
  const Ours = function (/** @type {any} */ target, /** @type {any} */ handler) {
    if (!new.target) throw new TypeError("Constructor Proxy requires 'new'");
    const proxy = construct(Native, [target, handler]);
    set(proxy, target);
    return proxy;
  };
  Object.defineProperty(Ours, 'name', { value: 'Proxy', configurable: true });
  Object.defineProperty(Ours, 'length', { value: 2, configurable: true });
  Object.defineProperty(Ours, 'prototype', { value: undefined });
  Ours.revocable = function revocable(/** @type {any} */ target, /** @type {any} */ handler) {
    const made = Native.revocable(target, handler);
    set(made.proxy, target);
    return made;
  };
  Object.defineProperty(globalThis, 'Proxy', { value: Ours, writable: true, configurable: true });
  return (/** @type {any} */ value) => get(value);
}
