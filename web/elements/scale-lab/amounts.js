// @ts-check
// The lab's numbers: those that its sliders go through, and all of them in words.
import { number } from '../player/labels.js';

/** Ten numbers in each power of ten; below ten those that are whole. */
export const COUNTS = [0, 1, 2, 3, 4, 5]
  .flatMap((e) => [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].map((m) => Math.round(m * 10 ** (e + 1)) / 10))
  .filter(Number.isInteger)
  .concat(1_000_000);

/** Three digits and a unit. @param {number} value @param {[string, number][]} units from small to large */
function withUnit(value, units) {
  const [unit, size] = units.filter(([, from]) => value >= from * 0.9995).pop() ?? units[0];
  return `${number(Number((value / size).toPrecision(3)))}\u00a0${unit}`;
}

export const time = (/** @type {number} */ ns) =>
  withUnit(ns, [
    ['ns', 1],
    ['µs', 1e3],
    ['ms', 1e6],
    ['s', 1e9],
    ['minutes', 60e9],
    ['hours', 3600e9],
    ['days', 86400e9],
  ]);

export const bytes = (/** @type {number} */ n) =>
  withUnit(n, [
    ['B', 1],
    ['KB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
    ['TB', 1e12],
  ]);

/** @param {number} n @param {string} one @param {string} [many] */
export const count = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
