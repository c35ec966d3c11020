// Runs many programs one after another in this process, each begun by an immediate: what comes next is then the timers
// phase, as it is after a main script. It is started by many-in-node.mjs, which sends lists of programs.
import { createRequire } from 'node:module';
import { formatWithOptions } from 'node:util';

const require = createRequire(import.meta.url);
const PARAMETERS = ['require', 'process', 'console', 'setTimeout', 'setImmediate'];

/** @type {(reason: unknown, promise: Promise<unknown>) => void} what the program that runs wants to be told */
let onUnhandled = () => {};
process.on('unhandledRejection', (reason, promise) => onUnhandled(reason, promise));

/**
 * @typedef {object} Run
 * @property {string} stdout
 * @property {number} late  by how many milliseconds a timer or an immediate came too late, at most
 * @property {boolean} isOpen  two timers that were set at different times are due together: who comes first is an
 * accident
 */

/** @param {string} source of a CommonJS module @returns {Promise<Run>} when nothing of it is left to do */
function runHere(source) {
  return new Promise((resolve) => {
    const run = { stdout: '', late: 0, isOpen: false };
    let pending = 1; // the start
    let moment = 0; // what the clock would show if nothing were ever late
    const setAt = new Map(); // when a timer was set, by when it is due

    /** What a task of the program does, and then the end, when it was the last. */
    const task = (callback, due) => {
      run.late = Math.max(run.late, performance.now() - due);
      callback();
      pending--;
      const isOver = () => pending === 0 && resolve(run);
      if (pending === 0) setImmediate(isOver); // microtasks and ticks may ask for more
    };
    const later = (callback, ms, ...given) => {
      const due = performance.now() + ms;
      const dueMoment = moment + ms;
      run.isOpen ||= (setAt.get(dueMoment) ?? moment) !== moment;
      setAt.set(dueMoment, moment);
      pending++;
      return setTimeout(() => {
        moment = dueMoment;
        task(() => callback(...given), due);
      }, ms);
    };
    const immediate = (callback, ...given) => {
      const due = performance.now();
      pending++;
      return setImmediate(() => task(() => callback(...given), due));
    };
    const print = (...values) => (run.stdout += `${formatWithOptions({}, ...values)}\n`);
    const its = { nextTick: process.nextTick, on: (event, listener) => (onUnhandled = listener) };
    const program = new Function(...PARAMETERS, source);
    setImmediate(() => task(() => program(require, its, { log: print }, later, immediate), Infinity));
  });
}

process.on('message', async (/** @type {string[]} */ programs) => {
  const runs = [];
  for (const program of programs) runs.push(await runHere(program));
  process.send(runs);
});
