// make bench: the budgets that are ratios, measured side by side in one run, and the memory of a run.
//
// Each round runs all contestants one after another on the same scenario, each in a process of its own, so that no
// contestant pays for another's garbage and a noisy machine slows all of them. A ratio is taken within a round; the
// median of the rounds is printed, with the lowest and the highest. A contestant runs several times: the first run pays
// for fresh memory and cold code, the fastest shows the work itself.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { multiplexer, randomFrom, wasmBytes } from '../doorbell.mjs';

const SOCKETS = 1_000_000;
const ROUNDS = 5;
const RUNS = 4;
const JAVASCRIPT_MOST = 1 / 30;
const NATIVE_MOST = 1.25;
const BYTES_MOST = 64;
const TEXT_TO_TRACE_MOST = 0.25;
const COMMAND_MOST = 0.12;
const { strategies } = multiplexer;
const RUN = strategies.filter((name) => name !== 'threads' && name !== 'select'); // one thread; a million sockets

function seconds(work) {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

// ---- the contestants ------------------------------------------------------------------------------------------------

// What a programmer would write: `split` and a pattern, objects, `sort`, `map`, a template for each row. No reasons.

const socketsOf = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, name, payload = '', ready, takes = '0'] =
        /^socket (\S+)(?: "([^"]*)")? ready (\S+)(?: takes (\S+))?/.exec(line) ?? [];
      return { name, payload, ready: Math.round(Number(ready) * 1000), takes: Math.round(Number(takes) * 1000) };
    });

function rowsOf(sockets) {
  let now = 0;
  return [...sockets]
    .sort((a, b) => a.ready - b.ready)
    .map(({ name, payload, ready, takes }, i) => {
      now = Math.max(now, ready);
      const row = { step: i + 1, time: now, socket: name, payload, ready, latency: now - ready };
      now += takes;
      return row;
    });
}

const tsvOf = (rows) =>
  ['step\ttime\tsocket\tpayload\tready\tlatency']
    .concat(
      rows.map(
        ({ step, time, socket, payload, ready, latency }) =>
          `${step}\t${time / 1000}\t${socket}\t${payload}\t${ready / 1000}\t${latency / 1000}`,
      ),
    )
    .join('\n') + '\n';

function javascript(file) {
  const text = readFileSync(file, 'utf8');
  /** @type {ReturnType<typeof socketsOf>} */
  let sockets = [];
  const parse = seconds(() => (sockets = socketsOf(text)));
  return { parse, runs: Array.from({ length: RUNS }, () => seconds(() => rowsOf(sockets))) };
}

/** The command, as JavaScript: the text of a file to a file of rows. */
function rows(file, to) {
  writeFileSync(to, tsvOf(rowsOf(socketsOf(readFileSync(file, 'utf8')))));
  return {};
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

const contestants = { javascript, wasm, rows };

const [, script, name, ...files] = process.argv;
if (name) {
  console.log(JSON.stringify(contestants[name](...files)));
  process.exit();
}

// ---- the rounds -----------------------------------------------------------------------------------------------------

function writeScenario(to) {
  const random = randomFrom(1);
  const lines = Array.from({ length: SOCKETS }, (_, i) => `socket s${i} ready ${random(1_000_000_000) / 1000}\n`);
  writeFileSync(to, lines.join(''));
}

const ask = (command, ...words) => JSON.parse(execFileSync(command, words, { encoding: 'utf8' }));
const built = (program) => fileURLToPath(new URL(`../../build/native/${program}`, import.meta.url));

/** The command's rows, to a file as a shell does it. */
function runCommand(scenario, to) {
  const out = openSync(to, 'w');
  execFileSync(built('doorbell'), ['multiplex', '--strategy=readiness', scenario], {
    stdio: ['ignore', out, 'inherit'],
  });
  closeSync(out);
}

/** Both as whole processes, which must write the same, to new files: to empty an old one means to wait for the disk. */
function measureCommand(folder, scenario) {
  const [byCommand, byJavaScript] = ['command.tsv', 'javascript.tsv'].map((name) => join(folder, name));
  for (const file of [byCommand, byJavaScript]) rmSync(file, { force: true });
  const times = {
    command: seconds(() => runCommand(scenario, byCommand)),
    rows: seconds(() => ask('node', script, 'rows', scenario, byJavaScript)),
  };
  if (!readFileSync(byCommand).equals(readFileSync(byJavaScript))) throw new Error('the command wrote other rows');
  return times;
}

function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'doorbell-'));
  try {
    const scenario = join(folder, 'sockets.txt');
    writeScenario(scenario);
    return Array.from({ length: ROUNDS }, () => ({
      javascript: ask('node', script, 'javascript', scenario),
      wasm: ask('node', script, 'wasm', scenario),
      native: ask(built('bench_native'), scenario),
      ...measureCommand(folder, scenario),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// ---- the table ------------------------------------------------------------------------------------------------------

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
  return `${show(median)} ${median > atMost ? 'MISSED' : 'met'}`;
}

const budgeted = (of, atMost) => `${judged(of, atMost)}, at most ${show(atMost)} (${spread(of).range})`;
const seen = (of) => `${show(spread(of).median)} (${spread(of).range})`;
const first = ({ runs }) => runs[0];
const best = ({ runs }) => Math.min(...runs);
const whole = ({ parse, readiness, runs }) => parse + first(readiness ?? { runs });

console.log(`Measured on ${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}.\n`);
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
text to trace, wasm / JavaScript           ${budgeted((r) => whole(r.wasm) / whole(r.javascript), TEXT_TO_TRACE_MOST)}
text to TSV, the command / JavaScript      ${budgeted((r) => r.command / r.rows, COMMAND_MOST)}
the command, seconds                       ${seen((r) => r.command)}
text to trace, wasm / native               ${seen((r) => whole(r.wasm) / whole(r.native))}
a scenario, bytes a message                ${show(rounds[0].native.scenarioBytes / rounds[0].native.messages)}`);
