// @ts-check
/**
 * What a world without Intl does in American English (ECMA-402, for who says nothing of language and form): numbers
 * and dates as texts, texts in the order of a dictionary, the name of the time zone. A program that says more of it is
 * refused before it runs (../host/absent.js).
 */
import { install } from './language.js';

/** Before the letters, in the order of Unicode's root collation (UTS 10). */
const BEFORE = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789';

/** @param {string} digits */
const grouped = (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ',');

/** To three digits behind the point, halves up. @param {number} value */
function numberText(value) {
  if (isNaN(value)) return 'NaN';
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (size === Infinity) return `${sign}∞`;
  if (size >= 1e15) return sign + grouped(String(BigInt(Math.round(size))));
  const rounded = size < 1e-6 ? 0 : Number(`${Math.round(Number(`${size}e3`))}e-3`);
  const [whole, part] = String(rounded).split('.');
  return sign + grouped(whole) + (part ? `.${part}` : '');
}

const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
/** @param {Date} date */
const day = (date) => `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}`;
/** @param {Date} date */
function time(date) {
  const hours = date.getHours();
  return `${hours % 12 || 12}:${two(date.getMinutes())}:${two(date.getSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}
/** @param {Date} date @param {(date: Date) => string} text */
const unlessInvalid = (date, text) => (isNaN(date.getTime()) ? 'Invalid Date' : text(date));

const order = (/** @type {any} */ a, /** @type {any} */ b) => (a < b ? -1 : a > b ? 1 : 0);

/** First by letters alone, then by accents, then small ones first. @param {string} a @param {string} b */
function compare(a, b) {
  const parts = [a, b].map((text) => text.normalize('NFD'));
  const [first, second] = parts.map((text) => text.toLowerCase());
  const [letters, others] = [first, second].map((text) =>
    Array.from(text.replace(/\p{M}/gu, ''), (c) => BEFORE.indexOf(c) + 1 || 99 + /** @type {any} */ (c.codePointAt(0))),
  );
  for (let i = 0; i < letters.length && i < others.length; i++) {
    if (letters[i] !== others[i]) return order(letters[i], others[i]);
  }
  return order(letters.length, others.length) || order(first, second) || order(parts[1], parts[0]);
}

/** @param {Record<number, string>} zones  names, by their offset in minutes */
export function installLocale(zones) {
  const { toString, toTimeString } = Date.prototype;
  /** @param {Date} date @param {string} text */
  const zoned = (date, text) => {
    const name = zones[date.getTimezoneOffset()];
    return name ? `${text} (${name})` : text;
  };
  const ofDates = /** @type {ThisType<any>} */ ({
    toString() {
      return zoned(this, toString.call(this));
    },
    toTimeString() {
      return zoned(this, toTimeString.call(this));
    },
    toLocaleString() {
      return unlessInvalid(this, (date) => `${day(date)}, ${time(date)}`);
    },
    toLocaleDateString() {
      return unlessInvalid(this, day);
    },
    toLocaleTimeString() {
      return unlessInvalid(this, time);
    },
  });
  install(Date.prototype, ofDates);
  install(Number.prototype, {
    toLocaleString() {
      return numberText(Number(this));
    },
  });
  install(BigInt.prototype, {
    toLocaleString() {
      return String(this).replace(/\d+/, grouped);
    },
  });
  install(String.prototype, {
    localeCompare(/** @type {any} */ that) {
      return compare(`${this}`, `${that}`);
    },
  });
}
