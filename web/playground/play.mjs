// @ts-check
/**
 * Runs a program in the playground, as Node or a browser would:
 *
 *     node web/playground/play.mjs [--host=node|browser] [--module] [--trace | --orders] FILE.js
 *
 * Standard output is what the program printed; with --trace, each step and its reason; with --orders, instead, all that
 * it may print where no order is guaranteed, the model's own first, a line of dashes between two. Status: the
 * program's own, 1 for an uncaught error or an unhandled rejection; 2 for what is not in this playground, or a wrong
 * command; 3 for a limit. `--module` is implied by the name `FILE.mjs`.
 */
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleVm } from './bundle.mjs';
import { AbsentError, textOf } from './host/absent.js';
import { LIMIT_WORDS } from './host/limits.js';
import { Playground } from './host/run.js';

const CORE = fileURLToPath(new URL('../../build/wasm/play.wasm', import.meta.url));

/** A playground of this machine's. */
export async function loadPlayground(loadQuickJS = () => newQuickJSWASMModuleFromVariant(variant)) {
  const [quickjs, core] = await Promise.all([loadQuickJS(), WebAssembly.compile(readFileSync(CORE))]);
  return new Playground({ quickjs, loadQuickJS, core, vm: bundleVm() });
}

/** Standard output and standard error: these wait for a slow reader, which a write to their files does not. */
const STREAMS = { 1: process.stdout, 2: process.stderr };

/** @param {import('./host/trace.js').Trace} trace */
function* traceLines(trace) {
  for (let k = 0; k < trace.stepCount; k++) {
    const step = trace.step(k);
    yield `${step.time / 1000} ms  ${step.queue}  ${trace.event(step.event).name}\n    ${step.reason}\n`;
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    options: {
      host: { type: 'string', default: 'node' },
      module: { type: 'boolean' },
      trace: { type: 'boolean' },
      orders: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const { host, module, trace, orders } = values;
  if (positionals.length !== 1 || (host !== 'node' && host !== 'browser')) {
    console.error('play: node web/playground/play.mjs [--host=node|browser] [--module] [--trace | --orders] FILE.js');
    return 2;
  }
  const file = resolve(positionals[0]);
  const source = readFileSync(file, 'utf8');
  const options = { host, module: module || file.endsWith('.mjs'), file };
  const playground = await loadPlayground();
  let run;
  try {
    if (orders) {
      const { outputs, complete } = playground.orders(source, options);
      process.stdout.write(outputs.join('---\n'));
      if (!complete) console.error('play: there may be other orders, which were not looked for');
      return 0;
    }
    run = playground.run(source, options);
  } catch (error) {
    if (error instanceof AbsentError) {
      for (const absence of error.absences) console.error(`${file}:${textOf(absence)}`);
      return 2;
    }
    if (!(error instanceof SyntaxError)) throw error;
    const { line } = /** @type {any} */ (error);
    console.error(`${file}:${line}\n${error.message}`);
    return 1;
  }
  for (const { stream, text } of run.console) STREAMS[stream].write(text);
  if (trace) for (const line of traceLines(run.trace)) process.stdout.write(line);
  if (run.limit) console.error(`play: the program was stopped, for ${LIMIT_WORDS[run.limit]}`);
  return run.status;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
