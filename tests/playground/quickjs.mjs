// Lowered programs in QuickJS, the playground's engine, on the simplest of hosts: the ticks, then the jobs, until there
// are none; then an immediate.
import { createRequire } from 'node:module';
import { lower } from '../../web/playground/lower/lower.js';
import { ecmascriptSource } from './ecmascript-source.mjs';
import { TOLD } from './told.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { newQuickJSWASMModuleFromVariant } = require('quickjs-emscripten-core');
const variant = require('@jitl/quickjs-wasmfile-release-sync');

const quickjs = await newQuickJSWASMModuleFromVariant(variant.default ?? variant);

/** Runs in the VM: a function of what lower() gave; the lines that the program logged, as JSON. */
const RUN = `((makeEcmascript, told, program) => {
  const lines = [], rejected = new Set(), ticks = [], jobs = [], immediates = [];
  let meter;
  const queue = (list) => (f, ...values) => void list.push(() => f(...values));
  const run = (job) => {
    meter.move(0);
    try { job(); } catch (error) { lines.push('uncaught ' + told(error)); }
  };
  const { Promise, stateOf, $ } = makeEcmascript({
    enqueue: (job) => void jobs.push(job), place: () => 0, caught: (error) => error, tell() {},
    closesSync: program.closesSync,
    reject: (promise) => void rejected.add(promise), handle: (promise) => void rejected.delete(promise),
  }, program);
  Object.assign(globalThis, {
    Promise, log: (...values) => void lines.push(values.map((value) => told(value)).join(' ')),
    nextTick: queue(ticks), queueMicrotask: queue(jobs), setImmediate: queue(immediates),
  });
  const trace = new Int32Array(1 << 16);
  const machine = {
    ...$, trace, limit: trace.length - program.places, full: () => 0, caught: (error) => error,
    open: (opened) => (meter = opened),
  };
  const drain = () => {
    for (;;) {
      if (ticks.length > 0) run(ticks.shift());
      else if (jobs.length > 0) do run(jobs.shift()); while (jobs.length > 0);
      else return;
    }
  };
  try {
    const promise = (0, eval)(program.code).call(program.module ? undefined : {}, machine);
    promise?.then(undefined, (error) => lines.push('threw ' + told(error)));
  } catch (error) {
    lines.push('threw ' + told(error));
  }
  while (program.module && jobs.length > 0) run(jobs.shift()); // a module runs in a job
  for (drain(); immediates.length > 0; drain()) run(immediates.shift());
  for (const promise of rejected) lines.push('unhandled ' + told(stateOf(promise).result));
  return JSON.stringify(lines);
})`;

/** @param {import('./lowered-programs/clause.mjs').Program} program @param {{ closesSync: boolean }} options */
export function inQuickJs({ source, module = false }, { closesSync }) {
  const { code, functions, places } = lower(source, { module });
  const program = JSON.stringify({ source, code, functions, places: places.length, module, closesSync });
  const context = quickjs.newContext();
  try {
    const call = `${RUN}(${ecmascriptSource()}, ${TOLD}, ${program})`;
    const result = context.unwrapResult(context.evalCode(call));
    const text = context.getString(result);
    result.dispose();
    return JSON.parse(text);
  } finally {
    context.dispose();
  }
}
