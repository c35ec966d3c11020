// @ts-check
// The core as a page has it: compiled once, from bytes that the build put into the script (so file:// works too).
// @ts-ignore the build finds this name
import bytes from 'doorbell.wasm';
import { loadDoorbell } from './doorbell.js';

/** @type {Promise<import('./doorbell.js').Doorbell> | undefined} */
let doorbell;

/** The core; rejected where WebAssembly is missing or forbidden. */
export function doorbellInPage() {
  doorbell ??= loadDoorbell(bytes);
  return doorbell;
}
