// @ts-check
/**
 * What the language gives, as it was before the program began. A program may replace every method, and what writes for
 * the console must not call its own: Node keeps copies of all that it uses. Here the originals are put back while the
 * console writes; then the program has its own again.
 *
 *     const pristine = makePristine()
 *     pristine.run(f)     f, which runs in the world as it was when it was kept; runAll(object), each of its methods
 *     pristine.keep()     before the program begins
 *
 * To look at all of them takes 40 us each time that something is written. So they are kept only for a program that
 * speaks of what it would replace.
 */

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

const { create } = Object;

/** What a descriptor may inherit: it is put right first, and given back last. */
const FACTS = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable'];
const CLASSES = [Array, String, Number, RegExp, Map, Set, Function, Object];

/** @param {string} source */
export const mayReplace = (source) =>
  /prototype|__proto__|\b(?:Object|Array|JSON|Reflect|String|Number)(?:\.\w+|\[.+?\]) *=[^=]/i.test(source);

/** Whose methods are kept. */
function ownersOf() {
  const iterators = [[][Symbol.iterator](), new Map().entries(), new Set().values(), ''[Symbol.iterator]()];
  const theirs = iterators.map((one) => Object(getPrototypeOf(one)));
  return [...CLASSES.map((C) => C.prototype), ...theirs, Object, Array, Number, String, Reflect, JSON];
}

export function makePristine() {
  // What is kept, in columns: they are gone through each time that something is written.
  /** @type {any[]} */ const owners = [];
  /** @type {PropertyKey[]} */ const keys = [];
  /** @type {any[]} */ const values = [];
  /** @type {(PropertyDescriptor | undefined)[]} */ const descriptors = [];
  let count = 0; // of those: a program may replace what a list is read by
  let isRunning = false;

  /** @param {any} owner @param {PropertyKey} key */
  function keepOne(owner, key) {
    const was = getOwnPropertyDescriptor(owner, key);
    if (was && !('value' in was && was.configurable)) return;
    owners.push(owner);
    keys.push(key);
    values.push(was?.value);
    descriptors.push(was);
  }

  function keep() {
    for (const key of FACTS) keepOne(Object.prototype, key);
    for (const owner of ownersOf()) for (const key of ownKeys(owner)) keepOne(owner, key);
    for (const C of [...CLASSES, Error, TypeError, RangeError]) keepOne(globalThis, C.name);
    count = owners.length;
  }

  /** The next one from here on that the program has changed; `count` when there is none. @param {number} i */
  function nextChanged(i) {
    try {
      while (i < count && owners[i][keys[i]] === values[i]) i++;
    } catch {
      // a getter of its own: that is a change, too
    }
    return i;
  }

  /** @param {any} owner @param {PropertyKey} key @param {PropertyDescriptor | undefined} descriptor */
  const put = (owner, key, descriptor) =>
    descriptor ? defineProperty(owner, key, descriptor) : deleteProperty(owner, key);

  /** @template {(...list: any[]) => any} F @param {F} f @param {string} [name] @returns {F} */
  function run(f, name = f.name) {
    /** @this {any} */
    const inside = function (/** @type {any[]} */ ...list) {
      let i = isRunning ? count : nextChanged(0);
      if (i === count) return apply(f, this, list);
      /** What the program has, and where. */
      const replaced = /** @type {Record<number, any>} */ (create(null));
      let changes = 0;
      isRunning = true;
      for (; i < count; i = nextChanged(i + 1)) {
        replaced[changes++] = { i, now: getOwnPropertyDescriptor(owners[i], keys[i]) };
        put(owners[i], keys[i], descriptors[i]);
      }
      try {
        return apply(f, this, list);
      } finally {
        isRunning = false;
        while (changes > 0) {
          const { i: place, now } = replaced[--changes];
          put(owners[place], keys[place], now);
        }
      }
    };
    defineProperty(inside, 'name', { value: name, configurable: true });
    defineProperty(inside, 'length', { value: f.length, configurable: true });
    return /** @type {F} */ (inside);
  }

  /** The same for all methods of an object, each of which has its name.
   * @template {object} T @param {T} object @returns {T} */
  function runAll(object) {
    for (const key of ownKeys(object)) {
      const property = /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(object, key));
      if (!property.configurable || key === 'constructor') continue;
      for (const fact of ['value', 'get', 'set']) {
        const f = /** @type {any} */ (property)[fact];
        const name = fact === 'value' && typeof key === 'string' ? key : undefined;
        if (typeof f === 'function') defineProperty(object, key, { [fact]: run(f, name) });
      }
    }
    return object;
  }

  return { keep, run, runAll };
}
