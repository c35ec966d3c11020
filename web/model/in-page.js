// @ts-check
// The core as a page has it: compiled once, from bytes that the build compressed and put into the script (so file://
// works too).
// @ts-ignore the build finds this name
import packed from 'doorbell.wasm';
import { loadDoorbell } from './doorbell.js';

/** @type {Promise<import('./doorbell.js').Doorbell> | undefined} */
let doorbell;

/** The module that the build compressed. @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpack(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** The core; rejected where WebAssembly is missing or forbidden. */
export function doorbellInPage() {
  doorbell ??= unpack(packed).then(loadDoorbell);
  return doorbell;
}
