// @ts-check
/** Host `browser`: the window of a page that is empty. */
import { browserTimers, microtasks } from './timers.js';
import { makeWeb } from './web.js';

/** @param {any} parts see main.js */
export function makeBrowser(parts) {
  const { kernel, errors, print, inspection } = parts;
  const uncaught = (/** @type {any} */ error) => {
    const text = error instanceof Error ? errors.stackOf(error) : inspection.inspect(error);
    print(2, `Uncaught ${text}\n`);
  };
  const web = makeWeb(parts, uncaught);
  const globals = {
    ...web.globals,
    ...browserTimers(kernel),
    queueMicrotask: microtasks(kernel),
    window: globalThis,
    self: globalThis,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  return {
    uncaught,
    checkpoint() {},
    listens: () => 0,
    emit() {},
    /** @param {any} program @param {any} $ */
    start(program, $) {
      program.call(parts.options.module ? undefined : globalThis, $);
    },
  };
}
