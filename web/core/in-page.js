// @ts-check
// A module as a page has it: compiled once, from bytes that the build compressed and put into the script (so file://
// works too).
import loadProblems from 'later:problem.wasm';
import { loadDoorbell } from './doorbell.js';

/** The module that the build compressed. @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpack(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** @type {Map<Uint8Array, Promise<import('./doorbell.js').Doorbell>>} */
const loaded = new Map();

/** The core; rejected where WebAssembly is missing or forbidden. @param {Uint8Array<ArrayBuffer>} packed */
export function doorbellInPage(packed) {
  const doorbell = loaded.get(packed) ?? unpack(packed).then((lesson) => loadDoorbell(lesson));
  loaded.set(packed, doorbell);
  return doorbell;
}

/** @type {Promise<WebAssembly.Module> | undefined} */
let problems;

/** What says in words what is wrong with a scenario. Its script comes when it is first asked for. */
export const problemsInPage = () =>
  (problems ??= loadProblems()
    .then(unpack)
    .then((bytes) => WebAssembly.compile(bytes)));
