// @ts-check
/** timers/promises of Node 20 (lib/timers/promises.js). */

/** @param {any} signal */
function abortError(signal) {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  error.name = 'AbortError';
  return Object.assign(error, { code: 'ABORT_ERR' });
}

/** @param {any} timers see timers.js @param {any} kernel @param {any} $ see async.js */
export function makePromisedTimers(timers, kernel, $) {
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

  const setInterval = $.asyncGenerator(function* (
    /** @type {any} */ ms,
    /** @type {any} */ value,
    /** @type {any} */ { signal, ref = true } = {},
  ) {
    const { place } = kernel;
    if (signal?.aborted) throw abortError(signal);
    let beats = 0;
    /** @type {((value?: any) => void) | undefined} */ let wake;
    const timer = new timers.Timeout(
      () => {
        beats++;
        wake?.();
        wake = undefined;
      },
      [],
      ms,
      true,
      'timers/promises interval',
    );
    if (!ref) timer.unref();
    const aborted = () => {
      timers.clearInterval(timer);
      if (wake) wake(Promise.reject(abortError(signal)));
      wake = undefined;
    };
    signal?.addEventListener('abort', aborted, { once: true });
    try {
      while (!signal?.aborted) {
        if (beats === 0) yield $.await(place, new Promise((resolve) => (wake = resolve)));
        for (; beats > 0; beats--) yield $.yield(place, yield $.await(place, value));
      }
      throw abortError(signal);
    } finally {
      timers.clearInterval(timer);
      signal?.removeEventListener('abort', aborted);
    }
  }, 'setInterval');

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
