// Runs programs in this engine, each in a realm of its own, and says what each logged. A child process of lowered.mjs:
// a message { source, module } is answered by an array of lines.
//
//     node run-lowered.mjs native|lowered
//
// 'native': the source as it is. 'lowered': what lower() makes of it, with the promises and async functions of
// web/playground/vm. Either has the same host: this process's microtasks, ticks and immediates. So the lines must be
// the same.
import vm from 'node:vm';
import { lower } from '../../web/playground/lower/lower.js';
import { closesSync } from './engine.mjs';
import { ecmascriptSource } from './ecmascript-source.mjs';
import { TOLD } from './told.mjs';
import { faultsOf } from './words.mjs';

const isLowered = process.argv[2] === 'lowered';
const ecmascript = isLowered ? new vm.Script(ecmascriptSource()) : undefined;

const told = new vm.Script(TOLD);

/** What runs now. @type {any} */
let run;
process.on('unhandledRejection', (reason, promise) => run.rejected.set(promise, reason));
process.on('rejectionHandled', (promise) => run.rejected.delete(promise));
process.on('uncaughtException', (error) => run.lines.push(`uncaught ${run.told(error)}`));

async function start({ source, module }) {
  const context = vm.createContext({ queueMicrotask, setImmediate, nextTick: process.nextTick });
  const tell = told.runInContext(context);
  run = { lines: [], rejected: new Map(), told: tell };
  const { lines } = run;
  context.log = (...values) => void lines.push(values.map((value) => tell(value)).join(' '));
  try {
    if (module) await null; // a module runs in a job, as it does in Node
    if (isLowered) runLowered(context, source, module);
    else if (module) await runModule(context, source);
    else vm.runInContext(`(function () {${source}\n})`, context).call({});
  } catch (error) {
    lines.push(`threw ${tell(error)}`);
  }
}

async function runModule(context, source) {
  const module = new vm.SourceTextModule(source, { context });
  await module.link(() => {});
  module.evaluate().catch((error) => run.lines.push(`threw ${run.told(error)}`));
}

function runLowered(context, source, module) {
  const { lines, rejected } = run;
  const program = { source, ...lower(source, { module }) };
  const make = ecmascript.runInContext(context);
  /** The host's functions, with what a host does before it calls the program. */
  const hosted =
    (host) =>
    (job, ...list) =>
      host(() => {
        run.meter.move(0);
        job(...list);
      });
  for (const name of ['queueMicrotask', 'setImmediate', 'nextTick']) context[name] = hosted(context[name]);
  const door = {
    enqueue: hosted(queueMicrotask),
    place: () => 0,
    caught: (error) => error,
    closesSync,
    reject: (promise) => void rejected.set(promise, undefined),
    handle: (promise) => void rejected.delete(promise),
    tell() {},
  };
  const { Promise, stateOf, $ } = make(door, program);
  context.Promise = Promise;
  run.reasonOf = (promise) => stateOf(promise).result;
  const code = vm.runInContext(program.code, context);
  const trace = new Int32Array(1 << 16);
  /** The words so far must be right; then the trace begins anew. */
  function check(count) {
    for (const fault of faultsOf([...trace.subarray(0, count)], program)) lines.push(fault);
    return 0;
  }
  run.check = () => check(run.meter.at());
  const promise = code.call(module ? undefined : {}, {
    ...$,
    trace,
    limit: trace.length - program.places.length,
    full: check,
    open: (meter) => (run.meter = meter),
    caught: door.caught,
  });
  promise?.then(undefined, (error) => lines.push(`threw ${run.told(error)}`));
}

/** After that long, nothing more will come: no program here waits for anything but turns of the loop, and a random one
 * for so many immediates in each other for each of its twenty calls. */
const TURNS = 200;

function end(turns) {
  if (turns > 0) return setImmediate(end, turns - 1);
  const { lines, rejected, reasonOf, told, check } = run;
  check?.();
  for (const [promise, reason] of rejected) lines.push(`unhandled ${told(reasonOf ? reasonOf(promise) : reason)}`);
  process.send?.(lines);
}

process.on('message', (program) => start(program).then(() => end(TURNS)));
