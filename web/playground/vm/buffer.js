// @ts-check
/** Buffer, as far as a program needs it that reads files: text in and out, how a console shows it; atob and btoa. */
import { codedError } from './errors.js';

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

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @param {ArrayLike<number>} bytes */
export function base64Text(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++) text += i + k > bytes.length ? '=' : DIGITS[(group >> (18 - 6 * k)) & 63];
  }
  return text;
}

/** @param {string} text base64, or base64url */
export function base64Bytes(text) {
  const bytes = [];
  let bits = 0;
  let count = 0;
  for (const character of text.replaceAll('-', '+').replaceAll('_', '/')) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) continue;
    bits = ((bits & 0x3ff) << 6) | digit;
    count += 6;
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 255);
  }
  return bytes;
}

/** @param {string} text */
export const latin1Bytes = (text) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i) & 255);

/** @type {Record<string, (text: string) => number[]>} */
const ENCODE = {
  utf8: utf8Bytes,
  'utf-8': utf8Bytes,
  hex: (text) => (/^(?:[\da-f]{2})*/i.exec(text)?.[0].match(/../g) ?? []).map((pair) => parseInt(pair, 16)),
  base64: base64Bytes,
  base64url: base64Bytes,
  latin1: latin1Bytes,
  ascii: latin1Bytes,
};

/** @template T @param {Record<string, T>} table @param {any} encoding @returns {T} */
function coder(table, encoding) {
  const name = `${encoding}`.toLowerCase();
  if (Object.keys(table).includes(name)) return table[name];
  throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
}

/** @type {Record<string, (bytes: ArrayLike<number>) => string>} */
const DECODE = {
  base64: base64Text,
  base64url: (bytes) => base64Text(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  utf8: utf8Text,
  'utf-8': utf8Text,
  hex: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  latin1: (bytes) => String.fromCharCode(...Array.from(bytes)),
  ascii: (bytes) => String.fromCharCode(...Array.from(bytes, (byte) => byte & 127)),
};

export function makeBuffer() {
  class Buffer extends Uint8Array {
    static from(/** @type {any} */ value, /** @type {any} */ encoding = 'utf8') {
      const bytes = typeof value === 'string' ? coder(ENCODE, encoding)(value) : [...value];
      const buffer = new Buffer(bytes.length);
      buffer.set(bytes);
      return buffer;
    }
    static alloc(/** @type {number} */ length, fill = 0) {
      return new Buffer(length).fill(fill);
    }
    static isEncoding(/** @type {any} */ encoding) {
      return Object.keys(DECODE).includes(`${encoding}`.toLowerCase());
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
    toString(encoding = 'utf8', start = 0, end = this.length) {
      return coder(DECODE, encoding)(this.subarray(start, end));
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
      return `<Buffer ${shown}${more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''}>`;
    }
  }
  return Buffer;
}
