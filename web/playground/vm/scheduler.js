// @ts-check
/** scheduler.postTask, scheduler.yield (Prioritized Task Scheduling), requestIdleCallback, frames. */
import { needCallback } from './errors.js';
import { handlerAttribute } from './event-target.js';
import { ASK, GOES_ON } from './kernel.js';
import { safe, setPrototypeOf } from './language.js';

const { max } = Math;

const PRIORITIES = ['user-blocking', 'user-visible', 'background'];

/** @param {import('./kernel.js').Kernel} kernel @param {any} web see web.js @param {(name: string) => number} source */
export function makeScheduler(kernel, web, source) {
  const { AbortController, AbortSignal, Event } = web.globals;
  /** By priority: of tasks, and of what goes on after a yield. @type {Record<string, number>} */
  const tasks = Object.create(null);
  /** @type {Record<string, number>} */ const continuations = {};
  for (const priority of PRIORITIES) {
    tasks[priority] = source(`${priority} tasks`);
    continuations[priority] = source(`${priority} continuations`);
  }
  /** @param {string} priority @param {string} call @param {string} [of] the options that have it */
  const check = (priority, call, of) => {
    if (priority in tasks) return priority;
    const where = of ? `Failed to read the 'priority' property from '${of}': ` : '';
    const wrong = `The provided value '${priority}' is not a valid enum value of type TaskPriority.`;
    throw new TypeError(`Failed to ${call}: ${where}${wrong}`);
  };

  /** Of a signal: the priority of its tasks, and those that wait. */
  class Tasks {
    /** @type {Set<() => void>} */ moves = safe(new Set());
    constructor(/** @type {string} */ priority) {
      this.priority = priority;
    }
  }
  /** @type {WeakMap<object, Tasks>} */ const tasksOf = safe(new WeakMap());

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
  handlerAttribute(signalPrototype, 'prioritychange');
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
      tasksOf.set(this.signal, new Tasks(check(priority, "construct 'TaskController'", 'TaskControllerInit')));
      setPrototypeOf(this.signal, signalPrototype);
    }
    setPriority(/** @type {string} */ priority) {
      const its = /** @type {Tasks} */ (tasksOf.get(this.signal));
      const previousPriority = its.priority;
      if (check(priority, "execute 'setPriority' on 'TaskController'") === previousPriority) return;
      its.priority = priority;
      for (const move of its.moves) move();
      const event = new TaskPriorityChangeEvent('prioritychange', { previousPriority });
      web.setTrusted(event);
      this.signal.dispatchEvent(event);
    }
  }

  /**
   * Queues a task, which has another source when the priority of its signal changes. Until `run` calls what it is given
   * it goes, or what it gives is not taken, when the signal is aborted.
   *
   * @param {Record<string, number>} sources by priority @param {{ its: Tasks, signal: any }} state
   * @param {(settle: () => void) => void} run @param {(reason: any) => void} reject @param {string} what
   * @param {{ name?: string, wait?: number }} [more]
   */
  function queue(sources, { its, signal }, run, reject, what, { name = '', wait = 0 } = {}) {
    const forget = () => {
      its.moves.delete(move);
      signal?.removeEventListener('abort', abort);
    };
    const called = () => {
      kernel.handedOn = { its, signal };
      run(forget);
    };
    const abort = () => {
      forget();
      kernel.cancel(event);
      reject(signal.reason);
    };
    const event = kernel.ask(ASK.EXPECT, 'socket', called, name, what, wait, sources[its.priority]);
    const move = () => kernel.move(event, sources[its.priority]);
    signal?.addEventListener('abort', abort);
    its.moves.add(move);
  }

  const scheduler = {
    postTask(/** @type {any} */ callback, /** @type {any} */ { signal, priority, delay = 0 } = {}) {
      return new Promise((resolve, reject) => {
        const call = "execute 'postTask' on 'Scheduler'";
        needCallback(call, callback);
        const fixed = priority === undefined ? undefined : check(priority, call, 'SchedulerPostTaskOptions');
        if (signal?.aborted) return reject(signal.reason);
        const its = (!fixed && signal && tasksOf.get(signal)) || new Tasks(fixed ?? 'user-visible');
        /** Web IDL, "invoke a callback function": its microtasks run before anything is done with what it gave. */
        function* called(/** @type {() => void} */ forget) {
          const { microtasks } = kernel;
          let settle = resolve;
          let result;
          try {
            result = callback();
          } catch (error) {
            settle = reject;
            result = error;
          }
          if (kernel.microtasks > microtasks && !signal?.aborted) yield GOES_ON.SETTLES;
          forget();
          settle(result);
        }
        const more = { name: callback.name, wait: max(0, Number(delay)) * 1000 };
        queue(tasks, { its, signal }, (forget) => web.go(called(forget)), reject, 'postTask callback', more);
      });
    },
    /** Goes on with the priority of the task that it is in, and is aborted with it. */
    yield() {
      return new Promise((resolve, reject) => {
        const state = kernel.handedOn ?? { its: new Tasks('user-visible') };
        if (state.signal?.aborted) return reject(state.signal.reason);
        const run = (/** @type {() => void} */ forget) => {
          forget();
          resolve(undefined);
        };
        queue(continuations, state, run, reject, 'scheduler.yield');
      });
    },
  };

  // ---- idle callbacks

  class IdleDeadline {
    #end;
    #didTimeout;
    constructor(/** @type {number} */ end, /** @type {boolean} */ didTimeout) {
      this.#end = end;
      this.#didTimeout = didTimeout;
    }
    get didTimeout() {
      return this.#didTimeout;
    }
    timeRemaining() {
      return max(0, (this.#end - kernel.look()) / 1000);
    }
    get [Symbol.toStringTag]() {
      return 'IdleDeadline';
    }
  }

  /** The events of each handle. @type {Map<number, number[]>} */ const idle = safe(new Map());
  let handles = 0;
  const cancelIdleCallback = (/** @type {number} */ handle) => {
    const events = idle.get(handle) ?? [];
    for (let i = 0; i < events.length; i++) kernel.cancel(events[i]);
    idle.delete(handle);
  };
  const requestIdleCallback = (/** @type {any} */ callback, /** @type {any} */ { timeout } = {}) => {
    needCallback("execute 'requestIdleCallback' on 'Window'", callback);
    const handle = ++handles;
    const expect = (/** @type {string} */ what, /** @type {string} */ from, wait = 0) => {
      const didTimeout = wait > 0;
      const run = () => {
        cancelIdleCallback(handle);
        kernel.handedOn = { its: new Tasks('background') };
        callback(new IdleDeadline(didTimeout ? 0 : kernel.idleEnd, didTimeout));
      };
      return kernel.ask(ASK.EXPECT, 'socket', run, callback.name, what, wait, source(from));
    };
    const events = [expect('idle callback', 'idle callbacks')];
    if (timeout > 0) events[1] = expect('idle callback, timed out', 'idle callbacks that timed out', timeout * 1000);
    idle.set(handle, events);
    return handle;
  };

  // ---- frames

  /** @type {Map<number, { event: number }>} */ const frames = safe(new Map());
  /** Those that were asked for the same frame have one time. @type {{ time: number | undefined }} */
  let batch = { time: undefined };
  const requestAnimationFrame = (/** @type {any} */ callback) => {
    needCallback("execute 'requestAnimationFrame' on 'Window'", callback);
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
    cancelIdleCallback,
    IdleDeadline,
    requestAnimationFrame,
    cancelAnimationFrame(/** @type {number} */ handle) {
      const frame = frames.get(handle);
      if (frame) kernel.cancel(frame.event);
      frames.delete(handle);
    },
  };
}
