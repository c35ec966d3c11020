// @ts-check
// What the lab's second bench begins with, and says of each server; its page has it too, when read without scripts.
import { number } from '../player/labels.js';
import { time } from './amounts.js';

/** @typedef {import('../../core/scale.js').Load} Load @typedef {import('../../core/scale.js').Crew} Crew */
/** @typedef {import('../../core/scale.js').Served} Served */

export const QUICK = 100; // µs
export const SLOW_ONE_OF = 100;

/** Where each slider is at first. Times are microseconds. */
export const START = { rate: 1000, atOnce: 20, slow: 50_000, cores: 4, workers: 4, slice: 3000 };

/** @param {Pick<typeof START, 'rate' | 'atOnce' | 'slow'>} sliders @returns {Load} */
export const loadOf = ({ rate, atOnce, slow }) => ({ rate, atOnce, slowOneOf: SLOW_ONE_OF, quick: QUICK, slow });

/** @param {Crew} sliders @returns {Crew} */
export const crewOf = ({ workers, cores, slice }) => ({ workers, cores, slice });

/** @type {{ title: string, of: (served: Served) => string }[]} */
export const COLUMNS = [
  { title: 'Quick, mean', of: ({ quick }) => time(quick) },
  { title: 'Quick, longest', of: ({ quickMax }) => time(quickMax) },
  { title: 'Slow, mean', of: ({ slow }) => time(slow) },
  { title: 'Switches/s', of: ({ switches }) => number(Math.round(switches)) },
];
