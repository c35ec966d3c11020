// @ts-check
import { ms } from '../../core/time.js';

/** Text for places of a given size. */

/** 10000 -> "10,000". @param {number} n */
export const number = (n) => n.toLocaleString('en');

/**
 * A time with its unit, from which no line parts it. On its way from one moment to the next it is no whole number of
 * microseconds: then it has as many digits as the eye can follow.
 *
 * @param {number} us
 */
export const inMs = (us) => `${Number.isInteger(us) ? ms(us) : (us / 1000).toFixed(1)}\u00a0ms`;

/** How many columns a text takes: East Asian characters and pictures take two. @param {string} text */
export const columns = (text) => [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);

/**
 * The text, cut with an ellipsis where it would be wider than `width`: SVG text neither wraps nor cuts itself.
 *
 * @param {string} text
 * @param {number} width
 */
export function fit(text, width, columnWidth = 7) {
  const room = Math.floor(width / columnWidth);
  if (columns(text) <= room) return text;
  const kept = [...text].slice(0, room); // a text of a megabyte is not shortened one by one
  while (kept.length && columns(kept.join('')) >= room) kept.pop();
  return `${kept.join('')}…`;
}
