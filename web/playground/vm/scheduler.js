// @ts-check
/** scheduler.postTask, scheduler.yield (Prioritized Task Scheduling), requestIdleCallback, frames. */
import { ASK } from './kernel.js';

const PRIORITIES = ['user-blocking', 'user-visible', 'background'];
const IDLE_MS = 50; // "Cooperative scheduling of background tasks": a deadline is at most so far away

/** @param {import('./kernel.js').Kernel} kernel @param {any} web see web.js @param {(name: string) => number} source */
export function makeScheduler(kernel, web, source) {
  const { AbortController, DOMException } = web.globals;
  const SOURCES = /** @type {Record<string, number>} */ ({
    'user-blocking': source('user-blocking tasks'),
    'user-visible': source('user-visible tasks'),
    background: source('background tasks'),
  });
  /** @type {WeakMap<object, string>} */ const priorities = new WeakMap();
  /** Of the task that runs: what `yield` goes on with. */
  let running = 'user-visible';

  class TaskController extends AbortController {
    constructor({ priority = 'user-visible' } = {}) {
      super();
      priorities.set(this.signal, priority);
    }
    setPriority(/** @type {string} */ priority) {
      priorities.set(this.signal, priority);
    }
  }

  const scheduler = {
    postTask(/** @type {any} */ callback, /** @type {any} */ { signal, priority, delay = 0 } = {}) {
      return new Promise((resolve, reject) => {
        if (typeof callback !== 'function') throw new TypeError("parameter 1 is not of type 'Function'.");
        const its = priority ?? (signal && priorities.get(signal)) ?? 'user-visible';
        if (!PRIORITIES.includes(its))
          throw new TypeError(`'${its}' is not a valid value for enumeration TaskPriority.`);
        if (signal?.aborted) return reject(signal.reason);
        let isOver = false;
        signal?.addEventListener('abort', () => {
          isOver = true;
          reject(signal.reason);
        });
        const run = () => {
          if (isOver) return;
          isOver = true;
          running = its;
          try {
            resolve(callback());
          } catch (error) {
            reject(error);
          }
        };
        const wait = Math.max(0, Number(delay)) * 1000;
        kernel.ask(ASK.EXPECT, 'socket', run, callback.name, 'postTask callback', wait, SOURCES[its]);
      });
    },
    yield() {
      return new Promise((resolve) => {
        const its = running === 'background' ? SOURCES.background : source('scheduler.yield');
        kernel.ask(ASK.EXPECT, 'socket', () => resolve(undefined), '', 'scheduler.yield', 0, its);
      });
    },
  };

  // ---- idle callbacks

  /** @type {Map<number, number>} */ const idle = new Map();
  let handles = 0;
  const requestIdleCallback = (/** @type {any} */ callback, /** @type {any} */ { timeout } = {}) => {
    if (typeof callback !== 'function') throw new TypeError("parameter 1 is not of type 'Function'.");
    const handle = ++handles;
    const run = (/** @type {boolean} */ didTimeout) => {
      if (!idle.delete(handle)) return;
      const end = kernel.now + IDLE_MS * 1000;
      callback({ didTimeout, timeRemaining: () => (didTimeout ? 0 : Math.max(0, (end - kernel.look()) / 1000)) });
    };
    idle.set(handle, 1);
    kernel.ask(ASK.EXPECT, 'socket', () => run(false), callback.name, 'idle callback', 0, source('idle callbacks'));
    if (timeout > 0) {
      kernel.ask(ASK.TIMER, 'timer', () => run(true), callback.name, 'idle callback, timed out', timeout * 1000);
    }
    return handle;
  };

  // ---- frames

  /** @type {Map<number, { event: number }>} */ const frames = new Map();
  /** Those that were asked for the same frame have one time. @type {{ time: number | undefined }} */
  let batch = { time: undefined };
  const requestAnimationFrame = (/** @type {any} */ callback) => {
    if (typeof callback !== 'function') throw new TypeError("parameter 1 is not of type 'Function'.");
    const handle = ++handles;
    if (batch.time !== undefined) batch = { time: undefined };
    const mine = batch;
    const run = () => {
      frames.delete(handle);
      mine.time ??= kernel.now / 1000;
      callback(mine.time);
    };
    frames.set(handle, { event: kernel.ask(ASK.QUEUE, 'frame', run, callback.name, 'frame callback') });
    return handle;
  };

  return {
    scheduler,
    TaskController,
    requestIdleCallback,
    cancelIdleCallback: (/** @type {number} */ handle) => void idle.delete(handle),
    requestAnimationFrame,
    cancelAnimationFrame(/** @type {number} */ handle) {
      const frame = frames.get(handle);
      if (frame) kernel.cancel(frame.event);
      frames.delete(handle);
    },
    DOMException,
  };
}
