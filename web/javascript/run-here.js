// @ts-check
// Runs a scenario's JavaScript (see javascript.js) with this page's, or this process's, own event loop.
//
// The program is given functions of its own in place of setTimeout and its kin. They do nothing but count, so that the
// end is known when nothing more can come, a run that would go on for ever can be stopped, and a machine that was busy
// with something else is noticed.
import { BUSY, PENDING, SOCKET_IN_BROWSER } from './javascript.js';

/**
 * What came of a run.
 *
 * @typedef {object} Run
 * @property {string[]} names  as they were logged, in order
 * @property {number[]} times  when each was, milliseconds from the start
 * @property {number} late  by how many milliseconds it was behind a run that nothing else holds up, at the worst place
 * @property {'done' | 'callbacks' | 'time'} ended  it came to its end, or was stopped: too many callbacks, too long
 *
 * @typedef {object} Options
 * @property {(name: string, time: number) => void} [log]  is told of each callback when it runs
 * @property {number} [callbacks]  stop after as many
 * @property {number} [time]  stop after as many milliseconds
 * @property {(begin: () => void) => void} [start]  calls `begin` in the callback in which the program shall begin
 * @property {(ms: number, callback: (late?: number) => void) => void} [socket]  how a message comes from outside; it
 *   may say by how many milliseconds it was sent late
 */

const FRAME_MS = 1000 / 60;
const TOLD_MS = 100; // after the end of a run all its rejections are told

const host = /** @type {any} */ (globalThis);

/** A function of a text. @param {string} text @param {string} name */
const functionOf = (text, name) => new Function(`${text} return ${name};`)();

/** Made when something is first run, for a page may forbid to make functions of texts. @type {(ms: number) => void} */
let busy;
/** @type {unknown} */
let pending;

/** @type {Options['socket']} */
let port; // one for all runs
const portSocket = () => (port ??= functionOf(SOCKET_IN_BROWSER, 'socket'));

/** Begins in a task that no timer queued. @param {() => void} begin */
const inOwnTask = (begin) => portSocket()(0, begin);

/** That nobody handles a rejection is a part of the scenario, not a fault of the page. A page is told in a later
 * task. */
function ignoreRejections() {
  const ignore = (/** @type {Event} */ event) => event.preventDefault();
  host.addEventListener?.('unhandledrejection', ignore); // in Node whoever runs this decides
  return () => host.setTimeout(() => host.removeEventListener?.('unhandledrejection', ignore), TOLD_MS);
}

/** One run. */
class Runner {
  /** @type {string[]} */ #names = [];
  /** @type {number[]} */ #times = [];
  #begun = 0;
  /** @type {Set<{ due: number, behind: number }>} */ #pending = new Set(); // tasks and frames that will still come
  #going = true;
  #free = 0; // until when the thread is known to have been at work
  #behind = 0; // by how many milliseconds the callback that runs is late
  #late = 0; // at the worst place
  /** @type {Options} */ #options;
  /** @type {(run: Run) => void} */ #resolve = () => {};
  /** @type {(error: unknown) => void} */ #reject = () => {};

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
  }

  /** @param {string} program */
  async run(program) {
    const { time = 5000, start = inOwnTask } = this.#options;
    const given = this.#given();
    const run = new Function(...Object.keys(given), program);
    const limit = host.setTimeout(() => this.#stop('time'), time);
    const listenAgain = ignoreRejections();
    const begin = () => {
      this.#begun = this.#free = performance.now();
      this.#call(() => run(...Object.values(given)));
      this.#end();
    };
    try {
      return await new Promise((resolve, reject) => {
        [this.#resolve, this.#reject] = [resolve, reject];
        start(begin);
      });
    } finally {
      host.clearTimeout(limit);
      listenAgain();
    }
  }

  /** What the program calls. */
  #given() {
    const ring = this.#options.socket ?? portSocket();
    const socket = this.#task((callback, ms) =>
      ring(ms, (late = 0) => {
        this.#holdUp(late);
        callback();
      }),
    );
    busy ??= functionOf(BUSY, 'busy');
    pending ??= functionOf(PENDING, 'pending');
    return {
      log: (/** @type {string} */ name) => this.#log(name),
      busy: (/** @type {number} */ ms) => this.#hold(ms),
      pending,
      begin: () => {},
      socket: (/** @type {number} */ ms, /** @type {() => void} */ callback) => socket(callback, ms),
      setTimeout: this.#task(host.setTimeout),
      setImmediate: this.#task(host.setImmediate),
      requestAnimationFrame: this.#task(host.requestAnimationFrame, FRAME_MS),
      queueMicrotask: this.#microtask(host.queueMicrotask),
      process: { nextTick: this.#microtask(host.process?.nextTick) },
    };
  }

  /** @param {string} name */
  #log(name) {
    if (!this.#going) return;
    const { log, callbacks = 1000 } = this.#options;
    this.#work();
    this.#names.push(name);
    this.#times.push(this.#free - this.#begun);
    log?.(name, this.#free - this.#begun);
    if (this.#names.length >= callbacks) this.#stop('callbacks');
  }

  /** The thread was at work until now, which should have taken no time. */
  #work() {
    const now = performance.now();
    this.#holdUp(now - this.#free);
    this.#free = now;
  }

  /** Holds the thread; a machine that does something else meanwhile holds it longer. @param {number} ms */
  #hold(ms) {
    this.#work();
    busy(ms);
    this.#free += ms;
    this.#work();
  }

  /** The machine does something else. @param {number} ms */
  #holdUp(ms) {
    this.#behind += ms;
    this.#late = Math.max(this.#late, this.#behind);
  }

  /** Calls a callback. What lies between it and the one before, if the thread did not sleep, is work as well.
   * @param {() => void} callback */
  #call(callback) {
    try {
      if (this.#going) callback();
    } catch (error) {
      this.#going = false;
      this.#reject(error);
    }
    this.#work();
  }

  /**
   * What queues a task.
   *
   * @param {(callback: () => void, ms: number) => void} queue @param {number} wait  until its time, if it has none
   * itself
   */
  #task(queue, wait = 0) {
    return (/** @type {() => void} */ callback, /** @type {number} */ ms = wait) => {
      if (!this.#going) return;
      const task = { due: performance.now() + Math.trunc(ms), behind: this.#behind };
      this.#pending.add(task);
      const begin = () => {
        this.#noteIdle();
        this.#pending.delete(task);
        this.#call(callback);
        this.#end();
      };
      queue(begin, ms);
    };
  }

  /** A task begins: was the thread free before, although the time of this one or another had come? */
  #noteIdle() {
    const first = Array.from(this.#pending).reduce((a, b) => (b.due < a.due ? b : a));
    if (first.due > this.#free) {
      this.#behind = first.behind; // it slept until then, and is as late as who set the time
      this.#free = first.due;
    }
    this.#work();
  }

  /** What queues a microtask. @param {(callback: () => void) => void} queue */
  #microtask(queue) {
    return (/** @type {() => void} */ callback) => {
      if (this.#going) queue(() => this.#call(callback));
    };
  }

  /** It is over when no task is left, and the microtasks after the last one have asked for none. */
  #end() {
    if (this.#pending.size > 0) return;
    const later = host.setImmediate ?? host.setTimeout;
    later(() => this.#pending.size === 0 && this.#stop('done'));
  }

  /** @param {Run['ended']} ended */
  #stop(ended) {
    this.#going = false;
    this.#resolve({ names: this.#names, times: this.#times, late: this.#late, ended });
  }
}

/**
 * Runs a program. What throws out of one of its callbacks is a fault of the program itself, and is thrown here.
 *
 * @param {string} program @param {Options} [options] @returns {Promise<Run>}
 */
export const runHere = (program, options = {}) => new Runner(options).run(program);
