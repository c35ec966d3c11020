// make bench: the budgets that are ratios, measured side by side in one run, and the memory of a run.
//
// Each round runs all contestants one after another on the same scenario, each in a process of its own, so that no
// contestant pays for another's garbage and a noisy machine slows all of them. A ratio is taken within a round; the
// median of the rounds is printed, with the lowest and the highest. A contestant runs several times: the first run pays
// for fresh memory and cold code, the fastest shows the work itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { multiplexer, randomFrom, wasmBytes } from '../doorbell.mjs';

const SOCKETS = 1_000_000;
const ROUNDS = 5;
const RUNS = 4;
const JAVASCRIPT_MOST = 1 / 30;
const NATIVE_MOST = 1.25;
const BYTES_MOST = 64;
const { strategies } = multiplexer;
const RUN = strategies.filter((name) => name !== 'threads' && name !== 'select'); // one thread; a million sockets

function seconds(work) {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

// ---- the contestants ---------------------------------------------------------------------------------------------------

/** What a programmer would write: `split` and a pattern, objects, `sort`, `map`. It gives no reasons. */
function javascript(file) {
  const text = readFileSync(file, 'utf8');
  /** @type {{ name: string, payload: string, ready: number, takes: number }[]} */
  let sockets = [];
  const parse = seconds(() => {
    sockets = text
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [, name, payload = '', ready, takes = '0'] =
          /^socket (\S+)(?: "([^"]*)")? ready (\S+)(?: takes (\S+))?/.exec(line) ?? [];
        return { name, payload, ready: Math.round(Number(ready) * 1000), takes: Math.round(Number(takes) * 1000) };
      });
  });
  const run = () => {
    let now = 0;
    return [...sockets]
      .sort((a, b) => a.ready - b.ready)
      .map(({ name, payload, ready, takes }, i) => {
        now = Math.max(now, ready);
        const row = { step: i + 1, time: now, socket: name, payload, ready, latency: now - ready };
        now += takes;
        return row;
      });
  };
  return { parse, runs: Array.from({ length: RUNS }, () => seconds(run)) };
}

function wasm(file) {
  const text = readFileSync(file);
  const exports = /** @type {any} */ (
    new WebAssembly.Instance(new WebAssembly.Module(wasmBytes('multiplexer'))).exports
  );
  const parse = seconds(() => {
    const place = exports.text(text.length) >>> 0;
    new Uint8Array(exports.memory.buffer, place, text.length).set(text);
    if (exports.parse(0) === 0) throw new Error('the scenario does not parse');
  });
  const run = (strategy) => () => {
    if (exports.multiplex(strategies.indexOf(strategy), 0, 0, 0) === 0) throw new Error('the run failed');
  };
  const runs = RUN.map((name) => [name, { runs: Array.from({ length: RUNS }, () => seconds(run(name))) }]);
  return { parse, ...Object.fromEntries(runs) };
}

const contestants = { javascript, wasm };

const [, script, name, file] = process.argv;
if (name) {
  console.log(JSON.stringify(contestants[name](file)));
  process.exit();
}

// ---- the rounds --------------------------------------------------------------------------------------------------------

function writeScenario(to) {
  const random = randomFrom(1);
  const lines = Array.from({ length: SOCKETS }, (_, i) => `socket s${i} ready ${random(1_000_000_000) / 1000}\n`);
  writeFileSync(to, lines.join(''));
}

const ask = (command, ...words) => JSON.parse(execFileSync(command, words, { encoding: 'utf8' }));
const native = fileURLToPath(new URL('../../build/native/bench_native', import.meta.url));

function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'doorbell-'));
  try {
    const scenario = join(folder, 'sockets.txt');
    writeScenario(scenario);
    return Array.from({ length: ROUNDS }, () => ({
      javascript: ask('node', script, 'javascript', scenario),
      wasm: ask('node', script, 'wasm', scenario),
      native: ask(native, scenario),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// ---- the table ---------------------------------------------------------------------------------------------------------

const rounds = measure();
const show = (number) => Number(number.toPrecision(3)).toString();
const line = (head, cells) => console.log(head.padEnd(12), ...cells.map((cell) => cell.padStart(24)));

/** The median of the rounds, and the lowest and the highest. */
function spread(of) {
  const sorted = rounds.map(of).sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], range: `${show(sorted[0])}-${show(sorted[sorted.length - 1])}` };
}

/** A ratio with its verdict. */
function judged(of, atMost) {
  const { median } = spread(of);
  if (median > atMost) process.exitCode = 1;
  return `${show(median)} ${median > atMost ? 'MISSED' : 'met'}`;
}

const seen = (of) => `${show(spread(of).median)} (${spread(of).range})`;
const first = ({ runs }) => runs[0];
const best = ({ runs }) => Math.min(...runs);
const whole = ({ parse, readiness, runs }) => parse + first(readiness ?? { runs });

console.log('1,000,000 sockets with one message each: medians of the rounds. JavaScript does what readiness does.\n');
line('', ['wasm, seconds', 'native, seconds', 'wasm / JavaScript', 'wasm / native', 'bytes a message']);
line('at most', ['', '', show(JAVASCRIPT_MOST), show(NATIVE_MOST), show(BYTES_MOST)]);
for (const name of RUN) {
  line(name, [
    seen((r) => best(r.wasm[name])),
    seen((r) => best(r.native[name])),
    judged((r) => best(r.wasm[name]) / best(r.javascript), JAVASCRIPT_MOST),
    judged((r) => best(r.wasm[name]) / best(r.native[name]), NATIVE_MOST),
    judged((r) => r.native[name].bytes / r.native.messages, BYTES_MOST),
  ]);
}
console.log('select       refused: it can serve 1,021 sockets');

console.log(`
JavaScript, seconds                        ${seen((r) => best(r.javascript))}
first run of readiness, wasm / JavaScript  ${seen((r) => first(r.wasm.readiness) / first(r.javascript))}
first run of readiness, wasm / native      ${seen((r) => first(r.wasm.readiness) / first(r.native.readiness))}
text to trace, wasm / JavaScript           ${seen((r) => whole(r.wasm) / whole(r.javascript))}
text to trace, wasm / native               ${seen((r) => whole(r.wasm) / whole(r.native))}
a scenario, bytes a message                ${show(rounds[0].native.scenarioBytes / rounds[0].native.messages)}`);
