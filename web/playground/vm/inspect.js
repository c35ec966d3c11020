// @ts-check
/**
 * What Node's console shows of values: util.inspect and util.format, as in Node 20 (lib/internal/util/inspect.js, whose
 * names its functions keep), without colors. It is ours, for the library that has it does not run here, and is larger
 * than all else in this folder. tests/playground/inspect.test.mjs holds it against the real one.
 *
 *     const { inspect, format } = makeInspect(details)
 *
 *     details.promise(value)   { status: 'pending' | 'fulfilled' | 'rejected', result }; undefined for what is none
 *     details.proxy(value)     a proxy's target; undefined for what is none
 *     details.stack(error)     an error's stack, with its header, as V8 has it
 *     details.functionType(f)  'Async', 'AsyncGenerator' or '' (in the VM these are lowered ones)
 *     details.entries(value)   { tag, items } of an iterator of a map's or a set's; undefined for what is none
 */
import { makeFormat } from './format.js';
import {
  ARRAY,
  ARRAY_EXTRAS,
  LINE_LEAST,
  OBJECT,
  TO_ESCAPE,
  emptyItems,
  escapeOne,
  formatNumber,
  getClassBase,
  getKeys,
  getPrefix,
  has,
  improveStack,
  isBuiltIn,
  isEnumerable,
  moreItems,
  nonIndexKeys,
  reduceToSingleString,
  strEscape,
} from './inspect-text.js';

/** @typedef {object} Details
 * @property {(value: any) => any} promise
 * @property {(value: any) => any} proxy
 * @property {(value: any) => any} stack
 * @property {(value: any) => string} functionType
 * @property {(value: any) => { tag: string, items: any[], isPairs: boolean } | undefined} entries
 */

/**
 * @typedef {object} Shape  of what is shown between braces
 * @property {string} [base]
 * @property {string[]} braces
 * @property {PropertyKey[]} keys
 * @property {number} [type]
 * @property {(depth: number) => string[]} [entries]
 */

const DEFAULTS = {
  showHidden: false,
  depth: /** @type {number | null} */ (2),
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: /** @type {number | null} */ (100),
  maxStringLength: /** @type {number | null} */ (10000),
  breakLength: 80,
  compact: /** @type {number | boolean} */ (3),
  sorted: /** @type {any} */ (false),
  getters: /** @type {any} */ (false),
  numericSeparator: false,
};

/** Has the value such an internal slot? @param {() => any} ask throws if it has not */
const answers = (ask) => {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
};
const getter = (/** @type {any} */ prototype, /** @type {PropertyKey} */ key) =>
  /** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, key)).get;

const mapSize = getter(Map.prototype, 'size');
const setSize = getter(Set.prototype, 'size');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
const viewLength = getter(DataView.prototype, 'byteLength');
const typedTag = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const regexpSource = RegExp.prototype.toString;
const { getTime, toISOString, toString: dateToString } = Date.prototype;
const { has: mapHas } = Map.prototype;
const { has: weakMapHas } = WeakMap.prototype;
const { has: weakSetHas } = WeakSet.prototype;
const functionToString = Function.prototype.toString;
const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor;
const BOXED = /** @type {any[]} */ ([Number, String, Boolean, BigInt, Symbol]);

const isMap = (/** @type {any} */ value) => value instanceof Map && answers(() => mapHas.call(value, 0));
const isSet = (/** @type {any} */ value) => value instanceof Set && answers(() => setSize.call(value));
const isTypedArray = (/** @type {any} */ value) => ArrayBuffer.isView(value) && typedTag.call(value) !== undefined;
const tagOf = (/** @type {any} */ value) => Object.prototype.toString.call(value).slice(8, -1);

/** What a boxed primitive holds; undefined for what is none. @param {any} value */
function boxed(value) {
  for (const Box of BOXED) {
    if (answers(() => Box.prototype.valueOf.call(value)))
      return { type: Box.name, value: Box.prototype.valueOf.call(value) };
  }
  return undefined;
}

/** @param {Details} details */
export function makeInspect(details) {
  const custom = Symbol.for('nodejs.util.inspect.custom');

  /** @param {any} ctx @param {any} value */
  function formatPrimitive(ctx, value) {
    if (typeof value === 'number') return formatNumber(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'string') return String(value);
    let trailer = '';
    if (value.length > ctx.maxStringLength) {
      const more = value.length - ctx.maxStringLength;
      value = value.slice(0, ctx.maxStringLength);
      trailer = `... ${more} more character${more > 1 ? 's' : ''}`;
    }
    const isLong = value.length > LINE_LEAST && value.length > ctx.breakLength - ctx.indentationLvl - 4;
    if (ctx.compact === true || !isLong) return strEscape(value) + trailer;
    return (
      value
        .split(/(?<=\n)/)
        .map(strEscape)
        .join(` +\n${' '.repeat(ctx.indentationLvl + 2)}`) + trailer
    );
  }

  /** @param {any} object @param {any} ctx @param {number} depth @returns {string | null} */
  function getConstructorName(object, ctx, depth) {
    let first;
    const value = object;
    while (object) {
      const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
      const name = typeof descriptor?.value === 'function' ? descriptor.value.name : '';
      if (
        name !== '' &&
        answers(() => {
          if (!(value instanceof descriptor?.value)) throw 0;
        })
      )
        return String(name);
      object = Object.getPrototypeOf(object);
      if (first === undefined) first = object;
    }
    if (first === null) return null;
    const own = typeof value === 'function' ? 'Function' : tagOf(value);
    if (ctx.depth !== null && depth > ctx.depth) return `${own} <Complex prototype>`;
    const above = getConstructorName(first, ctx, depth + 1);
    if (above !== null) return `${own} <${above}>`;
    return `${own} <${inspect(first, { ...ctx.options, customInspect: false, depth: -1 })}>`;
  }

  /** @param {any} value @param {string | null} constructor @param {string} tag */
  function getFunctionBase(value, constructor, tag) {
    const source = functionToString.call(value);
    if (source.startsWith('class') && source.endsWith('}')) {
      const brace = source.indexOf('{');
      const head = source.slice(5, brace);
      if (brace !== -1 && (!head.includes('(') || /^(\s+[^(]*?)\s*{/.test(source.slice(5)))) {
        return getClassBase(value, constructor, tag);
      }
    }
    let type = 'Function';
    const own = details.functionType(value);
    if (own !== '') type = `${own}${type}`;
    else if (value instanceof GeneratorFunction) type = `Generator${type}`;
    let base = `[${type}`;
    if (constructor === null) base += ' (null prototype)';
    base +=
      value.name === '' ? ' (anonymous)' : `: ${typeof value.name === 'string' ? value.name : inspect(value.name)}`;
    base += ']';
    if (constructor !== type && constructor !== null) base += ` ${constructor}`;
    if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
    return base;
  }

  /** @param {any} error @param {string | null} constructor @param {string} tag @param {any} ctx
   * @param {PropertyKey[]} keys */
  function formatError(error, constructor, tag, ctx, keys) {
    const name = error.name !== null && error.name !== undefined ? String(error.name) : 'Error';
    const own = details.stack(error);
    let stack = own ? String(own) : Error.prototype.toString.call(error);
    if (!ctx.showHidden && keys.length > 0) {
      for (const key of ['name', 'message', 'stack']) {
        const place = keys.indexOf(key);
        if (place !== -1 && (typeof error[key] !== 'string' || stack.includes(error[key]))) keys.splice(place, 1);
      }
    }
    if ('cause' in error && !keys.includes('cause')) keys.push('cause');
    if (Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
    stack = improveStack(stack, constructor, name, tag);
    let place = (error.message && stack.indexOf(error.message)) || -1;
    if (place !== -1) place += error.message.length;
    if (stack.indexOf('\n    at', place) === -1) stack = `[${stack}]`;
    if (ctx.indentationLvl !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
    return stack;
  }

  /** @param {any} ctx @param {any} value @param {number} depth @param {PropertyKey} key @param {number} type */
  function formatProperty(ctx, value, depth, key, type) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
    let shown = 'undefined';
    if (descriptor.value !== undefined) {
      ctx.indentationLvl += 2;
      shown = formatValue(ctx, descriptor.value, depth);
      ctx.indentationLvl -= 2;
    } else if (descriptor.get !== undefined) {
      shown = descriptor.set !== undefined ? '[Getter/Setter]' : '[Getter]';
    } else if (descriptor.set !== undefined) shown = '[Setter]';
    if (type === ARRAY) return shown;
    let name;
    if (typeof key === 'symbol') name = `[${String(key).replace(TO_ESCAPE, escapeOne)}]`;
    else if (key === '__proto__') name = "['__proto__']";
    else if (descriptor.enumerable === false) name = `[${String(key).replace(TO_ESCAPE, escapeOne)}]`;
    else if (/^[a-zA-Z_][a-zA-Z_0-9]*$/.test(String(key))) name = String(key);
    else name = strEscape(String(key));
    return `${name}: ${shown}`;
  }

  /** What a value has of prototypes that are not the language's, functions aside. @param {any} ctx @param {any} value
   * @param {number} depth */
  function formatPrototypeProperties(ctx, value, depth) {
    const output = [];
    const known = new Set();
    let object = Object.getPrototypeOf(value);
    for (let height = 0; height < 3 && object !== null; height++, object = Object.getPrototypeOf(object)) {
      const constructor = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
      if (typeof constructor === 'function' && isBuiltIn(constructor)) break;
      for (const key of Reflect.ownKeys(object)) {
        const descriptor = Object.getOwnPropertyDescriptor(object, key);
        const isShown = key !== 'constructor' && !has(value, key) && !known.has(key);
        known.add(key);
        if (isShown && typeof descriptor?.value !== 'function')
          output.push(formatProperty(ctx, object, depth, key, OBJECT));
      }
    }
    return output;
  }

  /** @param {any} ctx @param {any} value @param {number} depth */
  function formatArray(ctx, value, depth) {
    const most = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
    const output = [];
    for (let i = 0; i < most; i++) {
      if (!has(value, i)) return formatSparse(ctx, value, depth, most, output, i);
      output.push(formatProperty(ctx, value, depth, i, ARRAY));
    }
    if (value.length > most) output.push(moreItems(value.length - most));
    return output;
  }

  /** @param {any} ctx @param {any} value @param {number} depth @param {number} most @param {string[]} output
   * @param {number} from */
  function formatSparse(ctx, value, depth, most, output, from) {
    const keys = Object.keys(value);
    let index = from;
    for (let i = from; i < keys.length && output.length < most; i++) {
      const key = keys[i];
      if (+key > 2 ** 32 - 2) break;
      if (`${index}` !== key) {
        if (!/^(?:0|[1-9]\d*)$/.test(key)) break;
        output.push(emptyItems(+key - index));
        index = +key;
        if (output.length === most) break;
      }
      output.push(formatProperty(ctx, value, depth, key, ARRAY));
      index++;
    }
    const rest = value.length - index;
    if (rest > 0) output.push(output.length !== most ? emptyItems(rest) : moreItems(rest));
    return output;
  }

  /** @param {any} ctx @param {Iterable<any>} values @param {number} size @param {(value: any) => string} show */
  function formatList(ctx, values, size, show) {
    const most = Math.min(Math.max(0, ctx.maxArrayLength), size);
    const output = [];
    ctx.indentationLvl += 2;
    for (const value of values) {
      if (output.length >= most) break;
      output.push(show(value));
    }
    ctx.indentationLvl -= 2;
    if (size > most) output.push(moreItems(size - most));
    return output;
  }

  /** @param {any} ctx @param {ArrayBuffer} buffer */
  function formatArrayBuffer(ctx, buffer) {
    const bytes = new Uint8Array(buffer);
    const shown = bytes.subarray(0, Math.min(Math.max(0, ctx.maxArrayLength), 50));
    const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const more = bytes.length - shown.length;
    return [`[Uint8Contents]: <${hex}${more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''}>`];
  }

  /** @param {any} ctx @param {any} value @param {number} depth @param {boolean} [isTyped] */
  function formatValue(ctx, value, depth, isTyped) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function'))
      return formatPrimitive(ctx, value);
    const original = value;
    const target = details.proxy(value);
    if (target !== undefined) value = target;
    const own = ctx.customInspect ? value[custom] : undefined;
    const isPrototype = Object.getOwnPropertyDescriptor(value, 'constructor')?.value?.prototype === value;
    if (typeof own === 'function' && own !== inspect && !isPrototype) {
      const left = ctx.depth === null ? null : ctx.depth - depth;
      const shown = own.call(
        original,
        left,
        { ...ctx.options, stylize: (/** @type {any} */ text) => `${text}` },
        inspect,
      );
      if (shown !== original) {
        if (typeof shown === 'object') return formatValue(ctx, shown, depth);
        return `${shown}`.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
      }
    }
    if (ctx.seen.includes(value)) {
      ctx.circular ??= new Map();
      if (!ctx.circular.has(value)) ctx.circular.set(value, ctx.circular.size + 1);
      return `[Circular *${ctx.circular.get(value)}]`;
    }
    return formatRaw(ctx, value, depth, isTyped);
  }

  /** What a value of this kind is shown as. @param {any} ctx @param {any} value @param {number} depth
   * @param {string | null} constructor @param {string} tag @param {boolean} [isTyped]
   * @returns {string | Shape} */
  function describe(ctx, value, depth, constructor, tag, isTyped) {
    const { showHidden } = ctx;
    if (Array.isArray(value)) {
      const isPlain = constructor === 'Array' && tag === '';
      const prefix = isPlain ? '' : getPrefix(constructor, tag, 'Array', `(${value.length})`);
      const keys = nonIndexKeys(value, showHidden);
      if (value.length === 0 && keys.length === 0) return `${prefix}[]`;
      return {
        braces: [`${prefix}[`, ']'],
        keys,
        type: ARRAY_EXTRAS,
        entries: (below) => formatArray(ctx, value, below),
      };
    }
    if (isTypedArray(value)) {
      const keys = nonIndexKeys(value, showHidden);
      const fallback = constructor === null ? typedTag.call(value) : '';
      const prefix = getPrefix(constructor, tag, fallback, `(${value.length})`);
      if (value.length === 0 && keys.length === 0) return `${prefix}[]`;
      const entries = () => {
        const most = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
        const output = Array.from({ length: most }, (_, i) => formatPrimitive(ctx, value[i]));
        if (value.length > most) output.push(moreItems(value.length - most));
        return output;
      };
      return { braces: [`${prefix}[`, ']'], keys, type: ARRAY_EXTRAS, entries };
    }
    const keys = getKeys(value, showHidden);
    const isEmpty = keys.length === 0;
    if (isSet(value)) {
      const size = setSize.call(value);
      const prefix = getPrefix(constructor, tag, 'Set', `(${size})`);
      if (size === 0 && isEmpty) return `${prefix}{}`;
      const entries = (/** @type {number} */ below) =>
        formatList(ctx, value, size, (item) => formatValue(ctx, item, below));
      return { braces: [`${prefix}{`, '}'], keys, entries };
    }
    if (isMap(value)) {
      const size = mapSize.call(value);
      const prefix = getPrefix(constructor, tag, 'Map', `(${size})`);
      if (size === 0 && isEmpty) return `${prefix}{}`;
      const entries = (/** @type {number} */ below) =>
        formatList(ctx, value, size, ([k, v]) => `${formatValue(ctx, k, below)} => ${formatValue(ctx, v, below)}`);
      return { braces: [`${prefix}{`, '}'], keys, entries };
    }
    const iterated = details.entries(value);
    if (iterated) {
      const { items, isPairs } = iterated;
      const entries = (/** @type {number} */ below) => {
        if (!isPairs) return formatList(ctx, items, items.length, (item) => formatValue(ctx, item, below));
        return formatList(
          ctx,
          items,
          items.length,
          ([k, v]) => `[ ${formatValue(ctx, k, below)}, ${formatValue(ctx, v, below)} ]`,
        );
      };
      return { braces: [`[${iterated.tag}] {`, '}'], keys, entries };
    }
    if (tagOf(value) === 'Arguments' && tag === '') {
      const entries = (/** @type {number} */ below) => formatArray(ctx, value, below);
      const extras = nonIndexKeys(value, showHidden);
      if (value.length === 0 && extras.length === 0) return '[Arguments] {}';
      return constructor === 'Object'
        ? { braces: ['[Arguments] {', '}'], keys }
        : { braces: ['[Arguments] [', ']'], keys: extras, type: ARRAY_EXTRAS, entries };
    }
    if (typeof value === 'function') {
      const base = getFunctionBase(value, constructor, tag);
      return isEmpty ? base : { base, braces: ['{', '}'], keys };
    }
    if (constructor === 'Object' && !details.promise(value)) {
      const braces = [tag !== '' ? `${getPrefix(constructor, tag, 'Object')}{` : '{', '}'];
      return isEmpty ? `${braces[0]}}` : { braces, keys };
    }
    if (value instanceof RegExp || (constructor === null && tagOf(value) === 'RegExp')) {
      const prefix = getPrefix(constructor, tag, 'RegExp');
      const base = `${prefix !== 'RegExp ' ? prefix : ''}${regexpSource.call(value)}`;
      return isEmpty || (ctx.depth !== null && depth > ctx.depth) ? base : { base, braces: ['{', '}'], keys };
    }
    if (answers(() => getTime.call(value))) {
      const prefix = getPrefix(constructor, tag, 'Date');
      const shown = Number.isNaN(getTime.call(value)) ? dateToString.call(value) : toISOString.call(value);
      const base = `${prefix !== 'Date ' ? prefix : ''}${shown}`;
      return isEmpty ? base : { base, braces: ['{', '}'], keys };
    }
    if (value instanceof Error || tagOf(value) === 'Error') {
      const base = formatError(value, constructor, tag, ctx, keys);
      return keys.length === 0 ? base : { base, braces: ['{', '}'], keys };
    }
    if (answers(() => bufferLength.call(value))) {
      const prefix = getPrefix(constructor, tag, 'ArrayBuffer');
      if (isTyped && isEmpty) return `${prefix}{ byteLength: ${value.byteLength} }`;
      keys.unshift('byteLength');
      return { braces: [`${prefix}{`, '}'], keys, entries: () => formatArrayBuffer(ctx, value) };
    }
    if (answers(() => viewLength.call(value))) {
      keys.unshift('byteLength', 'byteOffset', 'buffer');
      return { braces: [`${getPrefix(constructor, tag, 'DataView')}{`, '}'], keys };
    }
    const promise = details.promise(value);
    if (promise) {
      const entries = (/** @type {number} */ below) => {
        if (promise.status === 'pending') return ['<pending>'];
        ctx.indentationLvl += 2;
        const shown = formatValue(ctx, promise.result, below);
        ctx.indentationLvl -= 2;
        return [promise.status === 'rejected' ? `<rejected> ${shown}` : shown];
      };
      return { braces: [`${getPrefix(constructor, tag, 'Promise')}{`, '}'], keys, entries };
    }
    for (const [ask, type] of /** @type {const} */ ([
      [weakSetHas, 'WeakSet'],
      [weakMapHas, 'WeakMap'],
    ])) {
      if (!answers(() => ask.call(value, {}))) continue;
      return { braces: [`${getPrefix(constructor, tag, type)}{`, '}'], keys, entries: () => ['<items unknown>'] };
    }
    const box = boxed(value);
    if (box) {
      let { type } = box;
      if (type === 'String') keys.splice(0, value.length);
      let base = `[${type}`;
      if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
      base += `: ${formatPrimitive({ ...ctx, compact: true }, box.value)}]`;
      if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
      return keys.length === 0 ? base : { base, braces: ['{', '}'], keys };
    }
    const prefix = getPrefix(constructor, tag, 'Object');
    return isEmpty ? `${prefix}{}` : { braces: [`${prefix}{`, '}'], keys };
  }

  /** @param {any} ctx @param {any} value @param {number} depth @param {boolean} [isTyped] */
  function formatRaw(ctx, value, depth, isTyped) {
    const constructor = getConstructorName(value, ctx, depth);
    let tag = value[Symbol.toStringTag];
    const isOwn = ctx.showHidden ? has : isEnumerable;
    if (typeof tag !== 'string' || (tag !== '' && isOwn(value, Symbol.toStringTag))) tag = '';
    const isDeep = ctx.depth !== null && depth > ctx.depth;
    const inherited = ctx.showHidden && !isDeep ? formatPrototypeProperties(ctx, value, depth) : [];
    const shape = describe(ctx, value, depth, constructor, tag, isTyped);
    if (typeof shape === 'string') return shape;
    if (isDeep) {
      const name = getPrefix(constructor, tag, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
      return constructor === null ? name : `[${name}]`;
    }
    const { braces, keys, type = OBJECT, entries } = shape;
    let { base = '' } = shape;
    const below = depth + 1;
    ctx.seen.push(value);
    ctx.currentDepth = below;
    const output = entries ? entries(below) : [];
    for (const key of keys) output.push(formatProperty(ctx, value, below, key, type));
    output.push(...inherited);
    const reference = ctx.circular?.get(value);
    if (reference !== undefined) base = base === '' ? `<ref *${reference}>` : `<ref *${reference}> ${base}`;
    ctx.seen.pop();
    if (ctx.sorted) {
      const least = type === OBJECT ? 0 : output.length - keys.length; // the elements of a list keep their places
      output.push(...output.splice(least).sort(typeof ctx.sorted === 'function' ? ctx.sorted : undefined));
    }
    return reduceToSingleString(ctx, output, base, braces, type, below, value);
  }

  /** @param {any} value @param {any} [options] @param {any} [depth] @returns {string} */
  function inspect(value, options, depth) {
    if (typeof options === 'boolean') options = { showHidden: options, ...(depth === undefined ? {} : { depth }) };
    const given = { ...DEFAULTS, ...(options ?? {}) };
    for (const key of /** @type {const} */ (['maxArrayLength', 'maxStringLength'])) given[key] ??= Infinity;
    const ctx = { ...given, options: given, seen: [], indentationLvl: 0, currentDepth: 0, circular: undefined };
    return formatValue(ctx, value, 0);
  }
  inspect.custom = custom;
  inspect.defaultOptions = DEFAULTS;

  return {
    inspect,
    ...makeFormat(inspect, { formatPrimitive: (value) => formatPrimitive(DEFAULTS, value), proxy: details.proxy }),
  };
}
