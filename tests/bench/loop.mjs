// make bench, lesson 5: a million callbacks of mixed kinds, the model as WebAssembly against the same simulation in
// JavaScript as one would write it, side by side (see bench.mjs for how), and how the model's time grows.
//
// The JavaScript: an object an event, an array a queue, `push` and `shift`; timers in one sorted array. It keeps a row
// a callback, without reasons.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventLoop, randomFrom, wasmBytes } from '../doorbell.mjs';

const CALLBACKS = 1_000_000;
const ROUNDS = 3;
const RUNS = 3;
const JAVASCRIPT_MOST = 1 / 20;
const BYTES_MOST = 64;
const HOSTS = ['browser', 'node'];

function seconds(work) {
  const start = process.hrtime.bigint();
  const result = work();
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result };
}

// ---- the scenario ---------------------------------------------------------------------------------------------------

const microtask = (...actions) => ({ kind: 'microtask', actions });
const tick = (...actions) => ({ kind: 'tick', actions });
const immediate = (...actions) => ({ kind: 'immediate', actions });
const timer = (after, ...actions) => ({ kind: 'timer', after, actions });

/** What each source's callback does; with the source itself, 20 callbacks. */
const ACTIONS = {
  browser: [
    microtask(microtask(), microtask(timer(1, microtask()))),
    microtask(microtask(microtask()), timer(100)),
    timer(7, microtask(), timer(30, microtask(), microtask())),
    timer(2, microtask(timer(200))),
    microtask(microtask()),
  ],
  node: [
    tick(microtask(tick()), tick()),
    immediate(microtask(), immediate(tick())),
    timer(7, microtask(tick()), timer(30)),
    timer(2, microtask(timer(200))),
    timer(100, immediate()),
    microtask(microtask()),
  ],
};

const PER_SOURCE = 20;
const SOURCES = 20;

/** Sources that are ready so often that `callbacks` callbacks run, at random times; the thread is busy half of it. */
function makeSources(callbacks, host) {
  const random = randomFrom(1);
  const times = callbacks / PER_SOURCE / SOURCES;
  return Array.from({ length: SOURCES }, (_, i) => ({
    kind: 'socket',
    takes: 20,
    actions: ACTIONS[host],
    ready: Array.from({ length: times }, () => random(times * SOURCES * 40)).sort((a, b) => a - b),
    name: `s${i}`,
  }));
}

function write(statement, depth) {
  const { kind, name = 'a', ready = [], after, takes = 0, actions = [] } = statement;
  const clauses = [
    ready.length > 0 ? ` ready ${ready.map((us) => us / 1000).join(' ')}` : '',
    after === undefined ? '' : ` after ${after}`,
    takes > 0 ? ` takes ${takes / 1000}` : '',
  ];
  return `${' '.repeat(depth)}${kind} ${name}${clauses.join('')}\n${actions.map((a) => write(a, depth + 1)).join('')}`;
}

/** A line holds 64 KiB: long sources take several. */
function* lines(source) {
  for (let i = 0; i < source.ready.length; i += 4000) yield { ...source, ready: source.ready.slice(i, i + 4000) };
}

function makeStatements(callbacks, host) {
  return makeSources(callbacks, host).flatMap((source) => [...lines(source)]);
}

// ---- the contestants ------------------------------------------------------------------------------------------------

/** Behind all that are ready no later. */
function insert(timers, timer) {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timers[middle].ready <= timer.ready) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
}

/** The events of the sources, in order. */
const eventsOf = (statements) =>
  statements
    .flatMap((statement) => statement.ready.map((ready) => ({ statement, ready })))
    .sort((a, b) => a.ready - b.ready);

function browser(statements) {
  const sources = eventsOf(statements);
  const timers = [];
  const microtasks = [];
  const tasks = [];
  const rows = [];
  let now = 0;
  for (;;) {
    while (Math.min(sources[0]?.ready ?? Infinity, timers[0]?.ready ?? Infinity) <= now) {
      const isTimer = !sources[0] || timers[0]?.ready < sources[0].ready;
      tasks.push((isTimer ? timers : sources).shift());
    }
    const queue = microtasks.length > 0 ? microtasks : tasks;
    const event = queue.shift();
    if (event) {
      rows.push({ tick: now, queue: queue === tasks ? 'task' : 'microtask', source: event.statement.kind });
      for (const statement of event.statement.actions ?? []) {
        if (statement.kind === 'microtask') microtasks.push({ statement, ready: now });
        else insert(timers, { statement, ready: now + statement.after * 1000 });
      }
      now += event.statement.takes ?? 0;
    } else if (sources.length + timers.length > 0) {
      now = Math.min(sources[0]?.ready ?? Infinity, timers[0]?.ready ?? Infinity);
    } else return rows;
  }
}

function node(statements) {
  const sockets = eventsOf(statements);
  const timers = [];
  const ticks = [];
  const microtasks = [];
  let immediates = [];
  const rows = [];
  let now = 0;
  const run = (event, queue) => {
    rows.push({ tick: now, queue, source: event.statement.kind });
    for (const statement of event.statement.actions ?? []) {
      if (statement.kind === 'microtask') microtasks.push({ statement });
      else if (statement.kind === 'tick') ticks.push({ statement });
      else if (statement.kind === 'immediate') immediates.push({ statement });
      else insert(timers, { statement, ready: now + statement.after * 1000 });
    }
    now += event.statement.takes ?? 0;
  };
  const callback = (event, queue) => {
    run(event, queue);
    while (ticks.length > 0 || microtasks.length > 0) {
      while (ticks.length > 0) run(ticks.shift(), 'tick');
      while (microtasks.length > 0) run(microtasks.shift(), 'microtask');
    }
  };
  while (sockets.length + timers.length + immediates.length > 0) {
    const due = now;
    while (timers.length > 0 && timers[0].ready <= due) callback(timers.shift(), 'timers');
    if (immediates.length === 0) {
      const next = Math.min(sockets[0]?.ready ?? Infinity, timers[0]?.ready ?? Infinity);
      if (next > now && next < Infinity) now = next;
    }
    const batch = [];
    while (sockets.length > 0 && sockets[0].ready <= now) batch.push(sockets.shift());
    while (batch.length > 0) callback(batch.shift(), 'poll');
    const queued = immediates;
    immediates = [];
    while (queued.length > 0) callback(queued.shift(), 'check');
  }
  return rows;
}

/** In which order queues had their turn. */
const digest = (queues) => createHash('sha256').update(queues.join()).digest('hex');

const textOf = (host, callbacks) =>
  makeStatements(callbacks, host)
    .map((statement) => write(statement, 0))
    .join('');

function javascript(host, callbacks) {
  const statements = makeStatements(callbacks, host);
  const runs = Array.from({ length: RUNS }, () => seconds(() => (host === 'node' ? node : browser)(statements)));
  const rows = runs[0].result;
  return {
    runs: runs.map((run) => run.seconds),
    callbacks: rows.length,
    order: digest(rows.map(({ queue }) => queue)),
  };
}

function wasm(host, callbacks) {
  const text = new TextEncoder().encode(textOf(host, callbacks));
  const exports = /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(wasmBytes('loop'))).exports);
  const place = exports.text(text.length) >>> 0;
  new Uint8Array(exports.memory.buffer, place, text.length).set(text);
  if (exports.parse(1 + HOSTS.indexOf(host)) === 0) throw new Error('the scenario does not parse');
  return { runs: Array.from({ length: RUNS }, () => seconds(() => exports.loop()).seconds) };
}

/** The order of the model, for comparing. */
function model(host, callbacks) {
  const trace = eventLoop.loop(textOf(host, callbacks), host);
  return { order: digest(Array.from({ length: trace.stepCount }, (_, k) => trace.step(k).queue)) };
}

const contestants = { javascript, wasm, model };
const [, script, name, onHost, callbacks] = process.argv;
if (name) {
  console.log(JSON.stringify(contestants[name](onHost, Number(callbacks))));
  process.exit();
}

// ---- the rounds -----------------------------------------------------------------------------------------------------

const ask = (command, ...words) => JSON.parse(execFileSync(command, words, { encoding: 'utf8' }));
const native = fileURLToPath(new URL('../../build/native/bench_loop', import.meta.url));

/** The native run, with its memory. */
function askNative(host, callbacks) {
  const folder = mkdtempSync(join(tmpdir(), 'doorbell-'));
  try {
    const file = join(folder, 'loop.txt');
    writeFileSync(file, textOf(host, callbacks));
    return ask(native, host, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const best = ({ runs }) => Math.min(...runs); // of a busy machine
const show = (number) => Number(number.toPrecision(3)).toString();
const line = (head, cells) => console.log(head.padEnd(20), ...cells.map((cell) => cell.padStart(18)));

/** A figure with its verdict. */
function judged(figure, atMost) {
  return `${show(figure)} ${figure > atMost ? 'MISSED' : 'met'}`;
}

console.log("lesson 5: callbacks of mixed kinds. JavaScript does what the host's loop does, in arrays.\n");
line('', ['wasm, seconds', 'JavaScript, s', 'wasm / JavaScript', 'bytes a callback', 'ns a callback']);
line('at most', ['', '', show(JAVASCRIPT_MOST), show(BYTES_MOST), '']);
for (const host of HOSTS) {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    javascript: ask('node', script, 'javascript', host, CALLBACKS),
    wasm: ask('node', script, 'wasm', host, CALLBACKS),
  }));
  const { bytes, callbacks: count } = askNative(host, CALLBACKS);
  if (rounds[0].javascript.callbacks !== count) throw new Error('JavaScript ran another number of callbacks');
  /* Node's loop keeps its timers in lists, which the plain JavaScript does not: there a late timer may swap. */
  if (host === 'browser' && rounds[0].javascript.order !== ask('node', script, 'model', host, CALLBACKS).order) {
    throw new Error('JavaScript found another order');
  }
  const time = median(rounds.map((round) => best(round.wasm)));
  line(`${host}, ${CALLBACKS}`, [
    show(time),
    show(median(rounds.map((round) => best(round.javascript)))),
    judged(median(rounds.map((round) => best(round.wasm) / best(round.javascript))), JAVASCRIPT_MOST),
    judged(bytes / count, BYTES_MOST),
    show((time / count) * 1e9),
  ]);
}

// ---- growth ---------------------------------------------------------------------------------------------------------

/** n log n: from 10^4 to 10^6 callbacks the time of one may grow as log n does, half as much again; and as much for
 * what no longer fits in the processor's caches. */
const GROWTH_MOST = 1.5 * 1.5;

for (const host of HOSTS) {
  const sizes = [1e4, 1e5, 1e6];
  const times = sizes.map(
    (size) => Math.min(...Array.from({ length: ROUNDS }, () => best(ask('node', script, 'wasm', host, size)))) / size,
  );
  const growth = judged(times[2] / times[0], GROWTH_MOST);
  console.log(
    `\n${host}: ns a callback at 10^4, 10^5, 10^6: ${times.map((time) => show(time * 1e9)).join(', ')}; ` +
      `grows by ${growth} (n log n, and caches: at most ${show(GROWTH_MOST)})`,
  );
}
