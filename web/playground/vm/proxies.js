// @ts-check
/** A console shows what is behind a proxy: so each one that the program makes is noted. */
export function proxies() {
  const Native = Proxy;
  /** @type {WeakMap<object, object>} */ const targets = new WeakMap();
  const get = WeakMap.prototype.get.bind(targets);
  const set = WeakMap.prototype.set.bind(targets);
  const construct = Reflect.construct;
  /** @this {any} */
  const Ours = function Proxy(/** @type {any} */ target, /** @type {any} */ handler) {
    if (!new.target) throw new TypeError("Constructor Proxy requires 'new'");
    const proxy = construct(Native, [target, handler]);
    set(proxy, target);
    return proxy;
  };
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
