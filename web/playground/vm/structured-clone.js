// @ts-check
/** The structured clone (HTML 2.7). */

/**
 * @param {any} parts see main.js; and isNode, DOMException: see web.js
 * @param {ReturnType<typeof import('./event-target.js').makeEvents>} events
 * @returns {(call: string, value: any, transfer?: Iterable<any>) => any} a clone, for a call: its errors name that
 */
export function makeCloning({ isNode, DOMException, pristine }, { EventTarget, isEvent }) {
  /** @param {any} value @param {Map<any, any>} seen */
  function clone(value, seen) {
    if (typeof value === 'symbol' || typeof value === 'function') {
      const shown = typeof value === 'function' ? Function.prototype.toString.call(value) : String(value);
      throw new DOMException(`${shown} could not be cloned.`, 'DataCloneError');
    }
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const keep = (/** @type {any} */ copy) => {
      seen.set(value, copy);
      return copy;
    };
    if (value instanceof Date) return keep(new Date(value.getTime()));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    for (const Box of [Number, String, Boolean, BigInt]) if (value instanceof Box) return keep(Object(value.valueOf()));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) {
      const View = /** @type {any} */ (value).constructor;
      const { byteOffset } = value;
      const length = value instanceof DataView ? value.byteLength : /** @type {any} */ (value).length;
      return keep(new View(clone(value.buffer, seen), byteOffset, length));
    }
    if (value instanceof Map) {
      const copy = keep(new Map());
      for (const [key, item] of [...value]) copy.set(clone(key, seen), clone(item, seen));
      return copy;
    }
    if (value instanceof Set) {
      const copy = keep(new Set());
      for (const item of [...value]) copy.add(clone(item, seen));
      return copy;
    }
    if (value instanceof Error) {
      const names = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
      const Kind = /** @type {any} */ (globalThis)[names.includes(value.name) ? value.name : 'Error'];
      const copy = keep(Object.create(Kind.prototype));
      for (const key of ['stack', 'message', 'cause']) {
        if (!Object.prototype.hasOwnProperty.call(value, key)) continue;
        const copied = clone(/** @type {any} */ (value)[key], seen);
        Object.defineProperty(copy, key, { value: copied, writable: true, configurable: true });
      }
      return copy;
    }
    const isOther = value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet;
    if (isOther || isEvent(value) || value instanceof EventTarget) {
      throw new DOMException(`#<${value.constructor.name}> could not be cloned.`, 'DataCloneError');
    }
    const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  }

  const notTransferable = (/** @type {number} */ index) =>
    isNode
      ? Object.assign(new TypeError('Found invalid object in transferList'), { code: 'ERR_INVALID_TRANSFER_OBJECT' })
      : new DOMException(`Value at index ${index} does not have a transferable type.`, 'DataCloneError');
  /** A clone; the buffers that are transferred are of no more use here. */
  const transferred = pristine.run((/** @type {any} */ value, /** @type {Iterable<any>} */ transfer = []) => {
    const buffers = [...transfer];
    const other = buffers.findIndex((one) => !(one instanceof ArrayBuffer));
    if (other >= 0) throw notTransferable(other);
    const copy = clone(value, new Map());
    for (const buffer of buffers) /** @type {any} */ (buffer).transfer();
    return copy;
  });

  return (call, value, transfer) => {
    try {
      return transferred(value, transfer);
    } catch (error) {
      if (isNode || !(error instanceof DOMException)) throw error;
      const { message, name } = /** @type {Error} */ (error);
      throw new DOMException(`Failed to ${call}: ${message}`, name);
    }
  };
}
