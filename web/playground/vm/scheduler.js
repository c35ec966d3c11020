// @ts-check
/** scheduler.postTask, scheduler.yield (Prioritized Task Scheduling), requestIdleCallback, frames. */
import { ASK, GOES_ON } from './kernel.js';

const PRIORITIES = ['user-blocking', 'user-visible', 'background'];
const IDLE_MS = 50; // "Cooperative scheduling of background tasks": a deadline is at most so far away

/** @param {import('./kernel.js').Kernel} kernel @param {any} web see web.js @param {(name: string) => number} source */
export function makeScheduler(kernel, web, source) {
  const { AbortController, AbortSignal, Event } = web.globals;
  /** By priority: of tasks, and of what goes on after a yield. @type {Record<string, number>} */
  const tasks = {};
  /** @type {Record<string, number>} */ const continuations = {};
  for (const priority of PRIORITIES) {
    tasks[priority] = source(`${priority} tasks`);
    continuations[priority] = source(`${priority} continuations`);
  }
  const check = (/** @type {string} */ priority) => {
    if (priority in tasks) return priority;
    throw new TypeError(`The provided value '${priority}' is not a valid enum value of type TaskPriority.`);
  };

  /** Of a signal: the priority of its tasks, and those that wait. */
  class Tasks {
    /** @type {Set<() => void>} */ moves = new Set();
    constructor(/** @type {string} */ priority) {
      this.priority = check(priority);
    }
  }
  /** @type {WeakMap<object, Tasks>} */ const tasksOf = new WeakMap();

  class TaskPriorityChangeEvent extends Event {
    #init;
    constructor(/** @type {string} */ type, /** @type {any} */ init) {
      super(type, init);
      this.#init = init;
    }
    get previousPriority() {
      return this.#init.previousPriority;
    }
  }

  const signalPrototype = Object.create(AbortSignal.prototype);
  web.handlerAttribute(signalPrototype, 'prioritychange');
  const TaskSignal = function TaskSignal() {
    throw new TypeError('Illegal constructor');
  };
  TaskSignal.prototype = signalPrototype;
  Object.defineProperties(signalPrototype, {
    constructor: { value: TaskSignal, writable: true, configurable: true },
    priority: {
      /** @this {object} */
      get() {
        return tasksOf.get(this)?.priority;
      },
      configurable: true,
    },
    [Symbol.toStringTag]: { value: 'TaskSignal', configurable: true },
  });

  class TaskController extends AbortController {
    constructor({ priority = 'user-visible' } = {}) {
      super();
      tasksOf.set(this.signal, new Tasks(priority));
      Object.setPrototypeOf(this.signal, signalPrototype);
    }
    setPriority(/** @type {string} */ priority) {
      const its = /** @type {Tasks} */ (tasksOf.get(this.signal));
      const previousPriority = its.priority;
      if (check(priority) === previousPriority) return;
      its.priority = priority;
      for (const move of its.moves) move();
      const event = new TaskPriorityChangeEvent('prioritychange', { previousPriority });
      web.setTrusted(event);
      this.signal.dispatchEvent(event);
    }
  }

  const scheduler = {
    postTask(/** @type {any} */ callback, /** @type {any} */ { signal, priority, delay = 0 } = {}) {
      return new Promise((resolve, reject) => {
        if (typeof callback !== 'function') throw new TypeError("parameter 1 is not of type 'Function'.");
        const fixed = priority === undefined ? undefined : check(priority);
        if (signal?.aborted) return reject(signal.reason);
        const its = (!fixed && signal && tasksOf.get(signal)) || new Tasks(fixed ?? 'user-visible');
        const due = kernel.now + Math.max(0, Number(delay)) * 1000;
        let event = 0;
        const post = () => {
          const wait = Math.max(0, due - kernel.now);
          event = kernel.ask(ASK.EXPECT, 'socket', run, callback.name, 'postTask callback', wait, tasks[its.priority]);
        };
        const move = () => {
          if (kernel.cancel(event)) post();
        };
        const abort = () => {
          its.moves.delete(move);
          kernel.cancel(event);
          reject(signal.reason);
        };
        const run = () => {
          its.moves.delete(move);
          signal?.removeEventListener('abort', abort);
          kernel.handedOn = its;
          web.go(called());
        };
        /** Web IDL, "invoke a callback function": its microtasks run before anything is done with what it gave. */
        function* called() {
          const { microtasks } = kernel;
          let settle = resolve;
          let result;
          try {
            result = callback();
          } catch (error) {
            [settle, result] = [reject, error];
          }
          if (kernel.microtasks > microtasks) yield GOES_ON.SETTLES;
          settle(result);
        }
        signal?.addEventListener('abort', abort);
        its.moves.add(move);
        post();
      });
    },
    /** Goes on with the priority of the task that it is in. */
    yield() {
      return new Promise((resolve) => {
        const its = kernel.handedOn ?? new Tasks('user-visible');
        const goOn = () => {
          kernel.handedOn = its;
          resolve(undefined);
        };
        kernel.ask(ASK.EXPECT, 'socket', goOn, '', 'scheduler.yield', 0, continuations[its.priority]);
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
    TaskPriorityChangeEvent,
    TaskSignal,
    requestIdleCallback,
    cancelIdleCallback: (/** @type {number} */ handle) => void idle.delete(handle),
    requestAnimationFrame,
    cancelAnimationFrame(/** @type {number} */ handle) {
      const frame = frames.get(handle);
      if (frame) kernel.cancel(frame.event);
      frames.delete(handle);
    },
  };
}
