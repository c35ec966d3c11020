// Promises/A+ (https://promisesaplus.com) asks the playground's Promise. Its tests wait in real time, 17 seconds in
// all; here their clock jumps.
//
//     node promises-aplus.mjs      the last line is `N passed, N failed`
import { createRequire } from 'node:module';
import { makePromise } from '../../web/playground/vm/promise.js';

const require = createRequire(import.meta.url);
const suite = require('promises-aplus-tests');

const { Promise } = makePromise({
  enqueue: (job) => queueMicrotask(job),
  place: () => 0,
  caught: (error) => error,
  reject() {},
  handle() {},
  tell() {},
});

/** What waits: with its time, in the order of that. @type {{ time: number, callback: () => void }[]} */
const timers = [];
let now = 0;

/** The next timer is due when everything else has been done. */
function turn() {
  const timer = timers.shift();
  if (!timer) return;
  now = timer.time;
  timer.callback();
  setImmediate(turn);
}

globalThis.setTimeout = /** @type {any} */ (
  (callback, ms = 0, ...list) => {
    const time = now + ms;
    const index = timers.findIndex((timer) => timer.time > time);
    timers.splice(index < 0 ? timers.length : index, 0, { time, callback: () => callback(...list) });
    setImmediate(turn);
  }
);

const adapter = {
  deferred() {
    let resolve;
    let reject;
    const promise = new Promise((...functions) => ([resolve, reject] = functions));
    return { promise, resolve, reject };
  },
  resolved: (value) => Promise.resolve(value),
  rejected: (reason) => Promise.reject(reason),
};

let passed = 0;
let failed = 0;

/** Mocha tells of each test. */
function Reporter(runner) {
  runner.on('pass', () => passed++);
  runner.on('fail', (test, error) => {
    failed++;
    console.log(test.fullTitle(), error);
  });
}

suite(adapter, { reporter: Reporter, timeout: 60_000 }, () => {
  console.log(`${passed} passed, ${failed} failed`);
});
