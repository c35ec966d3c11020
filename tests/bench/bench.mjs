// make bench: the budgets that are ratios, measured side by side in one run, and the memory of a run.
//
// Each round runs all contestants one after another on the same scenario, each in a process of its own, so that no
// contestant pays for another's garbage and a noisy machine slows all of them. A ratio is taken within a round; the
// median of the rounds is printed, with the lowest and the highest. A contestant runs several times: the first run pays
// for fresh memory and cold code, the last shows the work itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFrom, wasmBytes } from '../doorbell.mjs';

const SOCKETS = 1_000_000;
const ROUNDS = 7;
const RUNS = 4;

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
  const run = () => {
    if (exports.multiplex(1) === 0) throw new Error('the run failed');
  };
  return { parse, runs: Array.from({ length: RUNS }, () => seconds(run)) };
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
const line = (cells) => console.log(cells[0].padEnd(44), ...cells.slice(1).map((cell) => cell.padStart(9)));

function row(what, of, atMost) {
  const sorted = rounds.map(of).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  const missed = atMost !== undefined && median > atMost;
  if (missed) process.exitCode = 1;
  const verdict = atMost === undefined ? [] : [show(atMost), missed ? 'NO' : 'yes'];
  line([what, show(median), show(sorted[0]), show(sorted[sorted.length - 1]), ...verdict]);
}

const first = ({ runs }) => runs[0];
const last = ({ runs }) => runs[RUNS - 1];
const whole = (contestant) => contestant.parse + first(contestant);

console.log('1,000,000 sockets with one message each, readiness\n');
line(['', 'median', 'lowest', 'highest', 'at most', 'met']);
row('run, wasm / JavaScript', (r) => last(r.wasm) / last(r.javascript), 1 / 30);
row('run, wasm / native', (r) => last(r.wasm) / last(r.native), 1.25);
row('first run, wasm / JavaScript', (r) => first(r.wasm) / first(r.javascript));
row('first run, wasm / native', (r) => first(r.wasm) / first(r.native));
row('text to trace, wasm / JavaScript', (r) => whole(r.wasm) / whole(r.javascript));
row('text to trace, wasm / native', (r) => whole(r.wasm) / whole(r.native));
row('run, JavaScript, seconds', (r) => last(r.javascript));
row('run, wasm, seconds', (r) => last(r.wasm));
row('run, native, seconds', (r) => last(r.native));
row('a run, bytes a message', (r) => r.native.runBytes / r.native.steps, 64);
row('a scenario, bytes a message', (r) => r.native.scenarioBytes / r.native.steps);
