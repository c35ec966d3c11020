// @ts-check
/**
 * util.format, as in Node 20: a text whose placeholders take the values behind it, and these, inspected.
 *
 *     const { format, formatWithOptions } = makeFormat(inspect, { formatPrimitive, proxy })    see inspect.js
 */
import { formatNumber, has, isBuiltIn } from './inspect-text.js';

/**
 * @param {(value: any, options?: any) => string} inspect
 * @param {{ formatPrimitive: (value: any) => string, proxy: (value: any) => any }} details
 */
export function makeFormat(inspect, { formatPrimitive, proxy }) {
  /** Is its toString the language's own? @param {any} value */
  function hasBuiltInToString(value) {
    const target = proxy(value);
    if (target !== undefined) value = target;
    if (typeof value.toString !== 'function') return true;
    if (has(value, 'toString')) return false;
    let pointer = value;
    do pointer = Object.getPrototypeOf(pointer);
    while (!has(pointer, 'toString'));
    const constructor = Object.getOwnPropertyDescriptor(pointer, 'constructor')?.value;
    return typeof constructor === 'function' && isBuiltIn(constructor);
  }

  /** @param {any} value */
  function stringify(value) {
    try {
      return JSON.stringify(value);
    } catch (error) {
      if (/circular/i.test(/** @type {any} */ (error).message)) return '[Circular]';
      throw error;
    }
  }

  /** @type {Record<string, (value: any, options: any) => any>} */
  const PLACEHOLDERS = {
    s: (value, options) => {
      if (typeof value === 'number' || typeof value === 'bigint') return formatPrimitive(value);
      if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) return String(value);
      return inspect(value, { ...options, depth: 0, compact: 3 });
    },
    j: stringify,
    d: (value) =>
      typeof value === 'bigint' ? `${value}n` : formatNumber(typeof value === 'symbol' ? NaN : Number(value)),
    O: (value, options) => inspect(value, options),
    o: (value, options) => inspect(value, { ...options, showHidden: true, depth: 4 }),
    i: (value) =>
      typeof value === 'bigint' ? `${value}n` : formatNumber(typeof value === 'symbol' ? NaN : parseInt(value)),
    f: (value) => formatNumber(typeof value === 'symbol' ? NaN : parseFloat(value)),
    c: () => '',
  };

  /** @param {any} options @param {any[]} values */
  function formatWithOptions(options, ...values) {
    const [first] = values;
    let next = 0;
    const parts = [];
    if (typeof first === 'string') {
      if (values.length === 1) return first;
      let isFormat = false;
      const text = first.replace(/%(.)/gs, (whole, letter) => {
        if (letter === '%') {
          isFormat = true;
          return '%';
        }
        if (next + 1 === values.length || !has(PLACEHOLDERS, letter)) return whole;
        isFormat = true;
        return PLACEHOLDERS[letter](values[++next], options);
      });
      if (isFormat) {
        next++;
        parts.push(text);
      }
    }
    for (const value of values.slice(next)) parts.push(typeof value === 'string' ? value : inspect(value, options));
    return parts.join(' ');
  }

  return { formatWithOptions, format: (/** @type {any[]} */ ...values) => formatWithOptions({}, ...values) };
}
