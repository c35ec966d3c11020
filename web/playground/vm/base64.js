// @ts-check
/** atob and btoa (HTML 8.3). */
import { base64Bytes, base64Text, latin1Bytes } from './buffer.js';

/** @param {{ isNode: boolean, DOMException: any }} parts see web.js */
export function makeBase64({ isNode, DOMException }) {
  /** @param {string} why */
  const notEncoded = (/** @type {string} */ name, /** @type {string} */ why) =>
    new DOMException(isNode ? why : `Failed to execute '${name}' on 'Window': ${why}`, 'InvalidCharacterError');
  return {
    btoa(/** @type {any} */ text) {
      if (/[^\0-\xff]/.test(`${text}`)) {
        const why = 'The string to be encoded contains characters outside of the Latin1 range.';
        throw notEncoded('btoa', isNode ? 'Invalid character' : why);
      }
      return base64Text(latin1Bytes(`${text}`));
    },
    atob(/** @type {any} */ text) {
      const digits = `${text}`.replace(/[\t\n\f\r ]/g, '');
      if (isNode && /[^\w+/=]|_/.test(digits)) throw notEncoded('atob', 'Invalid character');
      if (!/^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}(?:==)?|[a-z\d+/]{3}=?)?$/i.test(digits))
        throw notEncoded('atob', 'The string to be decoded is not correctly encoded.');
      return String.fromCharCode(...base64Bytes(digits));
    },
  };
}
