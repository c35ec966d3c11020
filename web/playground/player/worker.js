// @ts-check
// A worker's program: runs programs. It is told first of what it is made ({ quickjs, core }: bytes of wasm modules),
// then { id, source, host, module }; it answers { id, recording } or { id, refusal }. Whoever does not want to wait for
// an answer ends the worker.
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import vm from 'vm:playground';
import { Playground } from '../host/run.js';
import { recordingOf } from './record.js';
import { refusalOf } from './refusal.js';

/** @type {Promise<Playground> | undefined} */
let playground;

/** @param {{ quickjs: ArrayBuffer, core: ArrayBuffer }} parts */
async function make({ quickjs: wasmBinary, core }) {
  const loadQuickJS = () => newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmBinary }));
  return new Playground({ quickjs: await loadQuickJS(), loadQuickJS, core: await WebAssembly.compile(core), vm });
}

self.onmessage = async ({ data }) => {
  playground ??= make(data);
  if (data.quickjs) return;
  const { id, source, host, module } = data;
  try {
    const ready = await playground;
    await ready.ready;
    self.postMessage({ id, recording: recordingOf(ready.run(source, { host, module }), host) });
  } catch (error) {
    self.postMessage({ id, refusal: refusalOf(error) });
  }
};
