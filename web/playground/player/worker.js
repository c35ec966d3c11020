// @ts-check
// A worker's program: runs programs. It is told first of what it is made ({ quickjs, core, unpacker }: wasm modules,
// two of them packed by LZMA, and what unpacks these by gzip; it answers { compiled: { quickjs, core } }, of which the
// next worker is made sooner), then { id, source, host, module }; it answers { id, recording } or { id, refusal }.
// Where it is told of `ways`, how many runs to look at, it answers { id, orders }, or, with the `calls` that a browser
// printed, { id, allowed }. Before that it says { id, begins }. Whoever does not want to wait for an answer ends it.
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import vm from 'vm:playground';
import { Playground } from '../host/run.js';
import { isLike } from './real-run.js';
import { unpack as gunzip } from '../../core/in-page.js';
import { recordingOf } from './record.js';
import { refusalOf } from './refusal.js';
import { unpack } from './unpack.js';

/** @type {Promise<Playground> | undefined} */
let playground;

/** @typedef {{ quickjs: Uint8Array, core: Uint8Array, unpacker: Uint8Array<ArrayBuffer> }} Packed */
/** @typedef {{ quickjs: WebAssembly.Module, core: WebAssembly.Module }} Compiled */

/** @param {Packed} parts @returns {Promise<Compiled>} */
async function compiled({ quickjs, core, unpacker }) {
  const lzma = await WebAssembly.compile(await gunzip(unpacker));
  const [engine, loop] = [quickjs, core].map((packed) => WebAssembly.compile(unpack(lzma, packed)));
  return { quickjs: await engine, core: await loop };
}

/** The engine, of a module that is here: it fetches none. @param {WebAssembly.Module} wasmModule */
const variantOf = (wasmModule) => ({
  ...variant,
  async importModuleLoader() {
    const load = /** @type {any} */ (await variant.importModuleLoader());
    /** @param {WebAssembly.Imports} imports @param {(instance: WebAssembly.Instance) => void} done */
    const instantiateWasm = async (imports, done) => done(await WebAssembly.instantiate(wasmModule, imports));
    return () => load({ instantiateWasm });
  },
});

/** @param {Packed | Compiled} parts */
async function make(parts) {
  const { quickjs: wasmModule, core } = 'unpacker' in parts ? await compiled(parts) : parts;
  if ('unpacker' in parts) self.postMessage({ compiled: { quickjs: wasmModule, core } });
  const loadQuickJS = () => newQuickJSWASMModuleFromVariant(variantOf(wasmModule));
  return new Playground({ quickjs: await loadQuickJS(), loadQuickJS, core, vm });
}

self.onmessage = async ({ data }) => {
  playground ??= make(data);
  if (data.quickjs) return;
  const { id, source, host, module, ways: runs, calls } = data;
  const options = { host, module };
  try {
    const ready = await playground;
    await ready.ready;
    self.postMessage({ id, begins: true });
    if (calls) self.postMessage({ id, allowed: ready.allows(source, options, calls, { runs, isLike }) });
    else if (runs) self.postMessage({ id, orders: ready.orders(source, options, { runs }) });
    else {
      const run = ready.run(source, options);
      self.postMessage({ id, recording: recordingOf(run, host) });
      ready.recycle(run);
    }
  } catch (error) {
    self.postMessage({ id, refusal: refusalOf(error) });
  }
};
