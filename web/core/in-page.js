// @ts-check
// A module as a page has it: compiled once, from bytes that the build compressed and put into the script (so file://
// works too).
import { loadDoorbell } from './doorbell.js';

/** The module that the build compressed. @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpack(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** @type {Map<Uint8Array, Promise<import('./doorbell.js').Doorbell>>} */
const loaded = new Map();

/** The core; rejected where WebAssembly is missing or forbidden. @param {Uint8Array<ArrayBuffer>} packed */
export function doorbellInPage(packed) {
  const doorbell = loaded.get(packed) ?? unpack(packed).then(loadDoorbell);
  loaded.set(packed, doorbell);
  return doorbell;
}
