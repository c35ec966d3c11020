// make bench: the budgets that are ratios, measured side by side in one run, and those that are sizes.
//
// Each round runs all contestants one after another on the same scenario, so that a noisy machine slows all of them;
// the ratio is taken within a round, and the median of the rounds is printed, with the lowest and the highest.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFrom, wasmBytes } from '../doorbell.mjs';

const SOCKETS = 1_000_000;
const ROUNDS = 9;
const native = fileURLToPath(new URL('../../build/native/bench_native', import.meta.url));

// ---- the same sockets, as objects and as text ------------------------------------------------------------------------

const random = randomFrom(1);
const sockets = Array.from({ length: SOCKETS }, (_, i) => ({
  name: `s${i}`,
  payload: '',
  ready: random(1_000_000_000), // microseconds
  takes: 0,
}));
const text = sockets.map(({ name, ready }) => `socket ${name} ready ${ready / 1000}\n`).join('');
const bytes = new TextEncoder().encode(text);

// ---- the contestants ---------------------------------------------------------------------------------------------------

/** What a programmer would write: objects, `sort`, `map`. It gives no reasons. */
function inJavaScript(list) {
  let now = 0;
  return [...list]
    .sort((a, b) => a.ready - b.ready)
    .map(({ name, payload, ready, takes }, i) => {
      now = Math.max(now, ready);
      const row = { step: i + 1, time: now, socket: name, payload, ready, latency: now - ready };
      now += takes;
      return row;
    });
}

/** The same from the text, as `split` and a pattern read it. */
function parseInJavaScript(source) {
  return source
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, name, payload = '', ready, takes = '0'] =
        /^socket (\S+)(?: "([^"]*)")? ready (\S+)(?: takes (\S+))?/.exec(line) ?? [];
      return { name, payload, ready: Number(ready) * 1000, takes: Number(takes) * 1000 };
    });
}

const module = new WebAssembly.Module(wasmBytes());

function inWasm() {
  const exports = /** @type {any} */ (new WebAssembly.Instance(module).exports);
  const parse = time(() => {
    const place = exports.text(bytes.length) >>> 0;
    new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
    if (exports.parse(0) === 0) throw new Error('the scenario does not parse');
  });
  const run = time(() => {
    if (exports.multiplex(1) === 0) throw new Error('the run failed');
  });
  return { parse, run };
}

const inNative = (file) => JSON.parse(execFileSync(native, [file], { encoding: 'utf8' }));

function time(work) {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

// ---- measuring ---------------------------------------------------------------------------------------------------------

function measure(file) {
  const rounds = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const javascript = { parse: time(() => parseInJavaScript(text)), run: time(() => inJavaScript(sockets)) };
    rounds.push({ javascript, wasm: inWasm(), native: inNative(file) });
  }
  return rounds.slice(1); // the first one warms up
}

const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return { low: sorted[0], median: sorted[sorted.length >> 1], high: sorted[sorted.length - 1] };
};

const table = [];
const row = (what, measured, atMost) =>
  table.push({ what, ...measured, atMost, met: atMost ? measured.median <= atMost : '' });

const folder = mkdtempSync(join(tmpdir(), 'doorbell-'));
try {
  const file = join(folder, 'sockets.txt');
  writeFileSync(file, text);
  const rounds = measure(file);
  const ratio = (of) => spread(rounds.map(of));
  const whole = ({ parse, run }) => parse + run;
  row(
    '1,000,000 sockets, run: wasm / JavaScript',
    ratio((r) => r.wasm.run / r.javascript.run),
    1 / 30,
  );
  row(
    '1,000,000 sockets, text and run: wasm / JavaScript',
    ratio((r) => whole(r.wasm) / whole(r.javascript)),
  );
  row(
    '1,000,000 sockets, run: wasm / native',
    ratio((r) => r.wasm.run / r.native.run),
    1.25,
  );
  row(
    '1,000,000 sockets, text and run: wasm / native',
    ratio((r) => whole(r.wasm) / whole(r.native)),
  );
  row(
    'a run, bytes a message',
    ratio((r) => r.native.runBytes / r.native.steps),
    64,
  );
  row(
    'a parsed scenario, bytes a message',
    ratio((r) => r.native.scenarioBytes / r.native.steps),
  );
  row(
    'seconds: JavaScript, run',
    ratio((r) => r.javascript.run),
  );
  row(
    'seconds: wasm, run',
    ratio((r) => r.wasm.run),
  );
  row(
    'seconds: native, run',
    ratio((r) => r.native.run),
  );
} finally {
  rmSync(folder, { recursive: true });
}

// ---- printing ----------------------------------------------------------------------------------------------------------

const show = (number) => (number === undefined ? '' : Number(number.toPrecision(3)).toString());
const line = (cells) => console.log(cells[0].padEnd(52), ...cells.slice(1).map((cell) => cell.padStart(9)));
line(['', 'median', 'lowest', 'highest', 'at most', 'met']);
for (const { what, median, low, high, atMost, met } of table) {
  line([what, show(median), show(low), show(high), show(atMost), met === '' ? '' : met ? 'yes' : 'NO']);
}
