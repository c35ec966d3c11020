// @ts-check
// A worker's program: runs programs. It is told first of what it is made ({ quickjs, core, unpacker }: wasm modules,
// two of them packed by LZMA, and what unpacks these by gzip), then { id, source, host, module }; it answers
// { id, recording } or { id, refusal }. Where it is told of `ways`, how many runs to look at, it answers
// { id, orders }, or, with the `calls` that a browser printed, { id, allowed }. Whoever does not want to wait for an
// answer ends the worker.
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import vm from 'vm:playground';
import { Playground } from '../host/run.js';
import { isLike } from './real-run.js';
import { unpack as gunzip } from '../../core/in-page.js';
import { recordingOf } from './record.js';
import { refusalOf } from './refusal.js';
import { unpack } from './unpack.js';

/** @type {Promise<Playground> | undefined} */
let playground;

/** @param {{ quickjs: Uint8Array, core: Uint8Array, unpacker: Uint8Array<ArrayBuffer> }} parts */
async function make({ quickjs, core, unpacker }) {
  const lzma = await WebAssembly.compile(await gunzip(unpacker));
  const wasmBinary = unpack(lzma, quickjs).buffer;
  const loadQuickJS = () => newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmBinary }));
  const [engine, loop] = await Promise.all([loadQuickJS(), WebAssembly.compile(unpack(lzma, core))]);
  return new Playground({ quickjs: engine, loadQuickJS, core: loop, vm });
}

self.onmessage = async ({ data }) => {
  playground ??= make(data);
  if (data.quickjs) return;
  const { id, source, host, module, ways: runs, calls } = data;
  const options = { host, module };
  try {
    const ready = await playground;
    await ready.ready;
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
