// @ts-check
/** Buffer, as far as a program needs it that reads files: text in and out, and how a console shows it. */

/** @param {string} text */
export function utf8Bytes(text) {
  const bytes = [];
  for (const character of text) {
    const code = /** @type {number} */ (character.codePointAt(0));
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** @param {ArrayLike<number>} bytes */
export function utf8Text(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i++];
    const more = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    let code = more === 0 ? lead : lead & (0x3f >> more);
    for (let k = 0; k < more; k++) code = (code << 6) | (bytes[i++] & 63);
    text += String.fromCodePoint(lead >= 0x80 && lead < 0xc0 ? 0xfffd : code);
  }
  return text;
}

/** @type {Record<string, (bytes: ArrayLike<number>) => string>} */
const DECODE = {
  utf8: utf8Text,
  'utf-8': utf8Text,
  hex: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  latin1: (bytes) => String.fromCharCode(...Array.from(bytes)),
  ascii: (bytes) => String.fromCharCode(...Array.from(bytes, (byte) => byte & 127)),
};

export function makeBuffer() {
  class Buffer extends Uint8Array {
    static from(/** @type {any} */ value) {
      const bytes = typeof value === 'string' ? utf8Bytes(value) : [...value];
      const buffer = new Buffer(bytes.length);
      buffer.set(bytes);
      return buffer;
    }
    static alloc(/** @type {number} */ length, fill = 0) {
      return new Buffer(length).fill(fill);
    }
    static isBuffer(/** @type {any} */ value) {
      return value instanceof Buffer;
    }
    static byteLength(/** @type {any} */ value) {
      return typeof value === 'string' ? utf8Bytes(value).length : value.byteLength;
    }
    static concat(/** @type {Uint8Array[]} */ list) {
      return Buffer.from(list.flatMap((one) => [...one]));
    }
    toString(encoding = 'utf8') {
      return DECODE[`${encoding}`.toLowerCase()](this);
    }
    equals(/** @type {Uint8Array} */ other) {
      return this.length === other.length && this.every((byte, i) => byte === other[i]);
    }
    toJSON() {
      return { type: 'Buffer', data: [...this] };
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      const shown = Array.from(this.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      const more = this.length - 50;
      return `<Buffer${shown && ` ${shown}`}${more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''}>`;
    }
  }
  return Buffer;
}
