// Runs many programs one after another in this process, each begun by an immediate: what comes next is then the timers
// phase, as it is after a main script. It is started by many-in-node.mjs, which sends lists of programs.
import { createRequire } from 'node:module';
import { formatWithOptions } from 'node:util';

const require = createRequire(import.meta.url);
/** @type {(reason: unknown, promise: Promise<unknown>) => void} what the program that runs wants to be told */
let onUnhandled = () => {};
process.on('unhandledRejection', (reason, promise) => onUnhandled(reason, promise));
const fail = (error) => {
  console.error(error);
  process.exit(1);
};
/** @type {(error: unknown) => void} */
let onUncaught = fail;
process.on('uncaughtException', (error) => onUncaught(error));

const APART_MS = 0.1; // Node counts in whole ones: the next begins between the two in one run of ten

/**
 * @typedef {object} Run
 * @property {string} stdout
 * @property {number} late  by how many milliseconds a timer or an immediate came too late, at most; Infinity: of two
 * timers that are due together one was set so much later that it may be due a millisecond later
 * @property {boolean} isOpen  two timers that were set at different times are due together: who comes first is an
 * accident
 */

/** @param {string} source of a CommonJS module @returns {Promise<Run>} when nothing of it is left to do */
function runHere(source) {
  return new Promise((resolve) => {
    const run = { stdout: '', late: 0, isOpen: false };
    let moment = 0; // what the clock would show if nothing were ever late
    const setAt = new Map(); // when a timer was set, by when it is due: the moment, and what the clock showed

    /** A task of the program, which should have come at `due`. */
    const task = (callback, due) => {
      run.late = Math.max(run.late, performance.now() - due);
      callback();
    };
    /** When something is due that is set now. */
    const dueIn = (ms) => {
      const due = moment + ms;
      const now = performance.now();
      const other = setAt.get(due) ?? { moment, now };
      run.isOpen ||= other.moment !== moment;
      if (now - other.now > APART_MS) run.late = Infinity;
      setAt.set(due, { moment, now });
      return due;
    };

    const its = {
      require,
      process: {
        nextTick: process.nextTick,
        on(event, listener) {
          if (event === 'uncaughtException') onUncaught = listener;
          else onUnhandled = listener;
        },
      },
      console: { log: (...values) => (run.stdout += `${formatWithOptions({}, ...values)}\n`) },
      clearTimeout,
      clearImmediate,
      clearInterval,

      setTimeout(callback, ms, ...given) {
        const due = performance.now() + ms;
        const dueMoment = dueIn(ms);
        return setTimeout(() => {
          moment = dueMoment;
          task(() => callback(...given), due);
        }, ms);
      },

      setInterval(callback, ms) {
        let due = performance.now() + ms;
        let dueMoment = dueIn(ms);
        return setInterval(() => {
          moment = dueMoment;
          try {
            task(callback, due);
          } finally {
            due = performance.now() + ms;
            dueMoment = dueIn(ms);
          }
        }, ms);
      },

      setImmediate(callback) {
        const due = performance.now();
        return setImmediate(() => task(callback, due));
      },
    };
    onUncaught = fail;
    const program = new Function(...Object.keys(its), source);
    const start = () => {
      try {
        program(...Object.values(its));
      } catch (error) {
        onUncaught(error); // and ticks follow, as after a main script, but not after an immediate that throws
        setImmediate(() => {});
      }
    };
    setImmediate(start);
    process.once('beforeExit', () => resolve(run));
  });
}

process.on('message', async (/** @type {string[]} */ programs) => {
  const runs = [];
  process.channel.unref(); // what is left to do is the program's: Node itself tells when nothing is
  for (const program of programs) runs.push(await runHere(program));
  process.channel.ref();
  process.send(runs);
});
