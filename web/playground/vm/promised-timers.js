// @ts-check
/** timers/promises of Node 20 (lib/timers/promises.js). */

/** @param {any} signal */
function abortError(signal) {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  error.name = 'AbortError';
  return Object.assign(error, { code: 'ABORT_ERR' });
}

/** @param {any} timers see timers.js */
export function makePromisedTimers(timers) {
  /**
   * @param {(resolve: (value: any) => void) => any} start @param {(handle: any) => void} clear
   * @param {any} value @param {any} options
   */
  const promised = (start, clear, value, { signal, ref = true } = /** @type {any} */ ({})) => {
    if (signal?.aborted) return Promise.reject(abortError(signal));
    let aborted = () => {};
    const promise = new Promise((resolve, reject) => {
      const handle = start(() => resolve(value));
      if (!ref) handle.unref();
      if (!signal) return;
      aborted = () => {
        clear(handle);
        reject(abortError(signal));
      };
      signal.addEventListener('abort', aborted);
    });
    return signal ? promise.finally(() => signal.removeEventListener('abort', aborted)) : promise;
  };

  const setTimeout = (/** @type {any} */ ms, /** @type {any} */ value, /** @type {any} */ options) =>
    promised(
      (done) => new timers.Timeout(done, [], ms, false, 'timers/promises timer'),
      timers.clearTimeout,
      value,
      options,
    );
  const setImmediate = (/** @type {any} */ value, /** @type {any} */ options) =>
    promised((done) => new timers.Immediate(done, []), timers.clearImmediate, value, options);

  /** An async generator in Node: its requests are promises, each with as many jobs as there. */
  function setInterval(/** @type {any} */ ms, /** @type {any} */ value, /** @type {any} */ options = {}) {
    const { signal, ref = true } = options;
    let beats = 0;
    let isOver = false;
    /** @type {any} */ let error;
    /** @type {((value: any) => void) | undefined} */ let wake;
    /** @type {any} */ let timer;
    const start = () => {
      timer = new timers.Timeout(
        () => {
          beats++;
          wake?.(undefined);
          wake = undefined;
        },
        [],
        ms,
        true,
        'timers/promises interval',
      );
      if (!ref) timer.unref();
      signal?.addEventListener(
        'abort',
        () => {
          error = abortError(signal);
          timers.clearInterval(timer);
          wake?.(undefined);
        },
        { once: true },
      );
    };
    /** @returns {Promise<any>} */
    const next = () => {
      if (isOver) return Promise.resolve({ value: undefined, done: true });
      if (signal?.aborted && !error) error = abortError(signal);
      if (error) {
        isOver = true;
        return Promise.reject(error);
      }
      if (!timer) start();
      if (beats > 0) {
        beats--;
        return Promise.resolve({ value, done: false });
      }
      return new Promise((resolve) => (wake = resolve)).then(next);
    };
    return {
      next,
      return() {
        isOver = true;
        if (timer) timers.clearInterval(timer);
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  return {
    setTimeout,
    setImmediate,
    setInterval,
    scheduler: {
      wait: (/** @type {any} */ ms, /** @type {any} */ options) => setTimeout(ms, undefined, options),
      yield: () => setImmediate(undefined, undefined),
    },
  };
}
