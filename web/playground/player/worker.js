// @ts-check
// A worker's program: runs programs. It is told first of what it is made ({ quickjs, core }: packed wasm modules),
// then { id, source, host, module }; it answers { id, recording } or { id, refusal }, or, where `orders` are asked for,
// { id, orders }: how many runs it looks at. Whoever does not want to wait for an answer ends the worker.
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import vm from 'vm:playground';
import { Playground } from '../host/run.js';
import { recordingOf } from './record.js';
import { refusalOf } from './refusal.js';
import { unpack } from './unpack.js';

/** @type {Promise<Playground> | undefined} */
let playground;

/** @param {{ quickjs: Uint8Array, core: Uint8Array }} parts */
async function make({ quickjs, core }) {
  const wasmBinary = unpack(quickjs).buffer;
  const loadQuickJS = () => newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmBinary }));
  const [engine, loop] = await Promise.all([loadQuickJS(), WebAssembly.compile(unpack(core))]);
  return new Playground({ quickjs: engine, loadQuickJS, core: loop, vm });
}

self.onmessage = async ({ data }) => {
  playground ??= make(data);
  if (data.quickjs) return;
  const { id, source, host, module, orders: runs } = data;
  try {
    const ready = await playground;
    await ready.ready;
    if (runs) self.postMessage({ id, orders: ready.orders(source, { host, module }, { runs }) });
    else self.postMessage({ id, recording: recordingOf(ready.run(source, { host, module }), host) });
  } catch (error) {
    self.postMessage({ id, refusal: refusalOf(error) });
  }
};
