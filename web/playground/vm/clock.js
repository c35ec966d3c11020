// @ts-check
/** The world's clocks, which are the kernel's: Date and performance (High Resolution Time). */
import { construct } from './language.js';

const { floor } = Math;
const START_MS = 1_700_000_000_000;

/** @param {import('./kernel.js').Kernel} kernel */
export const makePerformance = (kernel) => ({
  now: () => kernel.look() / 1000,
  timeOrigin: START_MS,
  mark: () => {},
  measure: () => {},
  toJSON: () => ({ timeOrigin: START_MS }),
});

/**
 * The clock of the wall begins at a fixed moment, and goes with the kernel's.
 *
 * @param {import('./kernel.js').Kernel} kernel
 */
export function installDate(kernel) {
  const Native = Date;
  const now = () => START_MS + floor(kernel.look() / 1000);
  const Ours = /** @type {any} */ (
    function (/** @type {any[]} */ ...values) {
      if (!new.target) return new Native(now()).toString();
      return construct(Native, values.length === 0 ? [now()] : values, new.target);
    }
  );
  Object.defineProperty(Ours, 'name', { value: 'Date', configurable: true });
  Object.defineProperty(Ours, 'length', { value: 7, configurable: true });
  Object.defineProperty(Ours, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(Native.prototype, 'constructor', { value: Ours, writable: true, configurable: true });
  for (const [name, value] of Object.entries({ now, parse: Native.parse, UTC: Native.UTC })) {
    Object.defineProperty(Ours, name, { value, writable: true, configurable: true });
  }
  Object.defineProperty(globalThis, 'Date', { value: Ours, writable: true, configurable: true });
}
