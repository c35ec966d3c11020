// @ts-check
// What the files here use of the language, taken before a program runs: the program may replace what it likes. And the
// few words of ECMAScript's own that JavaScript has no name for.

/** Call(f, thisValue, list). */
export const call = Reflect.apply;
/** Construct(f, list, newTarget). */
export const construct = Reflect.construct;
export const create = Object.create;
export const define = Object.defineProperty;
const { getPrototypeOf, setPrototypeOf } = Object;
export { getPrototypeOf, setPrototypeOf };
export const { species, iterator: syncIterator, asyncIterator, toStringTag } = Symbol;

const { bind, call: calls } = Function.prototype;
/** A method as a function of its `this`: whatever becomes of the prototypes. @returns {(...list: any[]) => any} */
export const uncurried = /** @type {any} */ (bind.bind(calls));

const { slice, splice, push, unshift } = Array.prototype;
/** Methods of lists, of which the program may have others. */
export const list = {
  copy: uncurried(slice),
  splice: uncurried(splice),
  push: uncurried(push),
  unshift: uncurried(unshift),
};

/** What such a collection has, by its prototype. */
const METHODS = [Map, Set, WeakMap, WeakSet].map(({ prototype }) => ({
  prototype,
  own: ['get', 'set', 'add', 'has', 'delete', 'clear']
    .filter((key) => key in prototype)
    .map((key) => ({ key, value: /** @type {any} */ (prototype)[key] })),
}));
/** A map or a set of ours: its methods are its own. @template {object} T @param {T} collection @returns {T} */
export function safe(collection) {
  let kind = 0;
  while (METHODS[kind].prototype !== getPrototypeOf(collection)) kind++;
  const { own } = METHODS[kind];
  for (let i = 0; i < own.length; i++) define(collection, own[i].key, own[i]);
  return collection;
}

const ProxyOf = Proxy;
const ObjectToString = uncurried(Object.prototype.toString);
const text = String;
const errorOf = TypeError;

/** @param {unknown} value @returns {boolean} */
export const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** @param {unknown} value @returns {boolean} */
export const isCallable = (value) => typeof value === 'function';

/** Asks nothing of the value. @param {any} value */
export function isConstructor(value) {
  try {
    const Probe = new ProxyOf(value, { construct: () => ({}) });
    new Probe();
    return true;
  } catch {
    return false;
  }
}

/** GetMethod(value, key). @param {any} value @param {PropertyKey} key */
export function methodOf(value, key) {
  const method = value[key];
  if (method === undefined || method === null) return undefined;
  if (!isCallable(method)) throw typeError(`${typed(method)} is not a function`);
  return method;
}

/** @param {string} message */
export const typeError = (message) => new errorOf(message);

/** A value as V8 words it in messages. @param {any} value @returns {string} */
export function described(value) {
  if (typeof value === 'function') return call(Function.prototype.toString, value, []);
  if (!isObject(value)) return text(value);
  const name = typeof value.constructor === 'function' ? value.constructor.name : '';
  return name === '' || Array.isArray(value) ? ObjectToString(value) : `#<${name}>`;
}

/** The same, with its type. @param {any} value @returns {string} */
export function typed(value) {
  const type = typeof value;
  if (value === null) return 'object null';
  return type === 'number' || type === 'boolean' ? `${type} ${value}` : type === 'string' ? `string "${value}"` : type;
}

/** A call of what may be no function. @param {any} f @param {any} thisValue @param {any[]} list */
export function called(f, thisValue, list) {
  if (!isCallable(f)) throw typeError(`${typed(f)} is not a function`);
  return call(f, thisValue, list);
}

/** What iterators answer must be objects. @param {any} value @param {string} [message] */
export function mustBeObject(value, message) {
  if (!isObject(value)) throw typeError(message ?? `Iterator result ${text(value)} is not an object`);
}

/** A function of the language that has no name. @template F @param {F} f @returns {F} */
export const nameless = (f) => f;

/** Properties as the language defines its own: all but enumerable. @param {object} object @param {object} properties */
export function install(object, properties) {
  for (const key of Reflect.ownKeys(properties)) {
    const property = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(properties, key));
    define(object, key, { ...property, enumerable: false });
  }
}

/** A property that says what an object is. @param {object} object @param {string} tag */
export const tagged = (object, tag) => define(object, toStringTag, { value: tag, configurable: true });

/**
 * Something of ours on an object that nobody else can see: an internal slot.
 *
 * @template T
 * @returns {{ add(object: object, value: T): void, of(value: any): T | undefined }}
 */
export function makeSlot() {
  /** What a constructor returns is what its fields go to. */
  const itself = /** @type {any} */ (
    function (object) {
      return object;
    }
  );
  class Slot extends itself {
    #value;
    constructor(object, value) {
      super(object);
      this.#value = value;
    }
    static of(object) {
      return isObject(object) && #value in object ? object.#value : undefined;
    }
  }
  return { add: (object, value) => void new Slot(object, value), of: Slot.of };
}
