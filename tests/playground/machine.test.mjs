// The machine of the playground: each limit is reached with a reason and a trace, programs that try to get out get
// nowhere, and the trace says where control was and who waited.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadPlayground } from '../../web/playground/play.mjs';

const PLAY = fileURLToPath(new URL('../../web/playground/play.mjs', import.meta.url));
const playground = await loadPlayground();
const { limits } = playground;
const UNHURRIED = { ...limits, ms: 120_000 }; // where the machine is busy, a limit of time comes first
const outOf = ({ console }, stream = 1) =>
  console
    .filter((line) => line.stream === stream)
    .map(({ text }) => text)
    .join('');
const run = async (source, options) => {
  await playground.ready;
  playground.limits = UNHURRIED;
  return playground.run(source, options);
};
const printed = async (source, options) => outOf(await run(source, options)).trimEnd();

const ENDLESS = {
  'a loop': ['statements', 'for (;;) n++;'],
  'a loop without statements': ['statements', 'for (;;);'],
  microtasks: ['jobs', '(function again() { queueMicrotask(again); })();'],
  'awaits in a loop': ['jobs', '(async () => { for (;;) await null; })();'],
  'for await': ['jobs', '(async () => { for await (const n of (async function* () { for (;;) yield 1; })()); })();'],
  ticks: ['jobs', '(function again() { process.nextTick(again); })();'],
  immediates: ['jobs', '(function again() { setImmediate(again); })();'],
  'an interval': ['jobs', 'setInterval(() => n++, 1000);'],
  'a regular expression': ['time', '/^(a+)+$/.test("a".repeat(40) + "b");'],
  'a list': ['memory', 'const list = []; for (;;) list.push(new Array(1e5).fill(n++));'],
  output: ['output', 'for (;;) console.log("x".repeat(10000));'],
};

for (const [name, [limit, source]] of Object.entries(ENDLESS)) {
  test(`what goes on for ever is stopped: ${name}`, async () => {
    await playground.ready;
    playground.limits = limit === 'time' ? { ...limits, ms: 300 } : UNHURRIED;
    const result = playground.run(`let n = 0; console.log('begun'); ${source}`);
    assert.equal(result.limit, limit);
    assert.equal(result.status, 3);
    assert.match(outOf(result), /^begun\n/);
    const { trace } = result;
    const last = trace.step(trace.stepCount - 1);
    assert.match(last.queue, /^(?:starved|stopped)$/);
    assert.match(last.reason, /^After \d+ callbacks the run was stopped\. .*\.$/);
  });
}

const WAITS = {
  'immediates for a timer': 'setTimeout(() => { isDone = true; }, 20); const again = () => setImmediate(look);',
  'immediates for a file':
    "require('fs').readFile(__filename, () => { isDone = true; }); const again = () => setImmediate(look);",
};
for (const [name, source] of Object.entries(WAITS)) {
  test(`tasks that wait for another end when it comes: ${name}`, async () => {
    const loop = 'let n = 0; function look() { n++; if (isDone) console.log(n > 1); else again(); }';
    assert.equal(await printed(`let isDone = false; ${source} ${loop} look();`), 'true');
  });
}

test('messages that wait for a timer and a frame end when they come', async () => {
  const source = `let n = 0, isFrame = false, isDone = false;
setTimeout(() => { isDone = true; }, 60);
requestAnimationFrame(() => { isFrame = n > 1; });
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => { if (++n && isDone) console.log(isFrame); else port2.postMessage(0); };
port2.postMessage(0);`;
  assert.equal(await printed(source, { host: 'browser' }), 'true');
});

test('of many tasks in a row each thousandth takes time, until the loop sleeps', async () => {
  const source = `const spin = (tasks) => new Promise((resolve) => {
  (function next() { tasks-- === 0 ? resolve(console.log(Math.floor(performance.now()))) : setImmediate(next); })();
});
(async () => {
  await spin(999); // after the main script, the first task
  await spin(1);
  await spin(999);
  await spin(1);
  setTimeout(spin, 7, 999);
})();`;
  assert.equal(await printed(source), '0\n1\n1\n3\n10');
});

test('recursion without an end is a RangeError, which can be caught', async () => {
  const source = `const f = () => f() + 1; try { f(); } catch (e) { console.log(e instanceof RangeError, e.message); }`;
  assert.equal(await printed(source), 'true Maximum call stack size exceeded');
});

const ESCAPES = {
  'Function of a text': `console.log([].map.constructor === Function); [].map.constructor('return 1')`,
  'of a generator': `(function* () {}).constructor('yield 1')`,
  'of an async function': `(async () => {}).constructor('await 1')`,
  'of an async generator': `(async function* () {}).constructor('await 1')`,
  'by a proxy': `Reflect.construct(Object.getPrototypeOf(function* () {}).constructor, ['yield 1'])`,
  'indirect eval': `globalThis['ev' + 'al']('1')`,
};
for (const [name, source] of Object.entries(ESCAPES)) {
  test(`no code is made of texts: ${name}`, async () => {
    const result = await run(`try { ${source}; console.log('made'); } catch (e) { console.log(e.name); }`);
    assert.doesNotMatch(outOf(result), /made/);
  });
}

test('a program sees nothing of the machine', async () => {
  const ours = /^(?:\$|std|os|bjson|__|scriptArgs|InternalError|print)/;
  const names = await printed('console.log(Object.getOwnPropertyNames(globalThis).join(" "))');
  assert.deepEqual(
    names.split(' ').filter((name) => ours.test(name)),
    [],
  );
});

/** Walks to all that can be reached, and prints what has no name but one that making the code small gave it. */
const NAMELESS = `
const seen = new Set();
const visit = (path, value) => {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return;
  seen.add(value);
  const isShort = typeof value === 'function' && /^[$\\w]{1,2}$/.test(value.name) && value.name !== 'ok';
  if (isShort && !path.endsWith('.' + value.name)) console.log(path);
  for (const key of Reflect.ownKeys(value)) {
    const { value: below, get } = Object.getOwnPropertyDescriptor(value, key);
    for (const one of [below, get]) visit(path + '.' + String(key), one);
  }
  visit(path, Object.getPrototypeOf(value));
};
visit('', globalThis);
if (globalThis.process) for (const name of MODULES) visit(name, require(name));
console.log(seen.size > 500);
`;
const MODULES = ['events', 'fs', 'timers/promises', 'util', 'buffer', 'assert', 'path'];

test('no function that a program reaches has lost its name', async () => {
  const source = `const MODULES = ${JSON.stringify(MODULES)};${NAMELESS}`;
  for (const host of /** @type {const} */ (['node', 'browser'])) assert.equal(await printed(source, { host }), 'true');
});

test('a program that spoils the language spoils its own run alone', async () => {
  const spoil = `
    for (const Kind of [Array, Map, Promise, Object, Function, String])
      for (const key of Object.getOwnPropertyNames(Kind.prototype))
        try { Kind.prototype[key] = () => { throw 1; }; } catch {}
    setTimeout(() => {}, 1);`;
  await run(spoil);
  assert.equal(await printed('console.log([1].map((n) => n + 1), new Map([[1, 2]]))'), '[ 2 ] Map(1) { 1 => 2 }');
});

test('the stack of an error tells the lines of the source, before an await and after it', async () => {
  const source = `const at = () => new Error('e').stack.match(/program.js.*/g).join(' ');
(async () => {
  console.log(at()); await null;
  console.log(at());
})();`;
  const lines = (await printed(source)).split('\n').map((line) => line.match(/\d+(?=\)|$| )/g));
  assert.deepEqual(lines, [
    ['1', '3', '5'],
    ['1', '4'],
  ]);
});

test('a run says of each callback where it was asked for, and of each line which one wrote it', async () => {
  const source = `setTimeout(function later() { console.log('late'); }, 5);
queueMicrotask(function soon() { console.log('soon'); });
console.log('now');`;
  const { trace, console: lines } = await run(source);
  const events = Array.from({ length: trace.eventCount }, (_, i) => trace.event(i));
  assert.deepEqual(
    events.map(({ name, kind, place, step }) => [name, kind, trace.places[place].line, step]),
    [
      ['program.js', 'script', 1, 0],
      ['later', 'timer', 1, 2],
      ['soon', 'microtask', 2, 1],
    ],
  );
  assert.deepEqual(
    lines.map(({ text, step }) => [text.trim(), step]),
    [
      ['now', 0],
      ['soon', 1],
      ['late', 2],
    ],
  );
});

test('a run says what became of each promise', async () => {
  const source = `let settle;
const first = new Promise((resolve) => { settle = resolve; });
const then = first.then(function use() {});
settle(1);`;
  const { trace } = await run(source);
  const [first, then] = trace.promises.stories(trace.values);
  assert.deepEqual([first.name, first.status, first.value], ['first (line 2)', 'fulfilled', '1']);
  assert.deepEqual([then.name, then.status, then.value], ['then (line 3)', 'fulfilled', 'undefined']);
  assert.deepEqual(
    first.reactions.map(({ what, event }) => [what, event]),
    [['then (line 3)', 1]],
  );
  const job = trace.event(1);
  assert.deepEqual([job.what, job.promise], ['then callback', 2]);
});

test('a clock that is looked at again and again moves: a busy wait ends, and timers are late by it', async () => {
  const source = `const start = performance.now();
setTimeout(() => console.log(performance.now() - start >= 50), 10);
while (performance.now() - start < 50);
console.log('waited', Math.round(performance.now() - start));`;
  assert.equal(await printed(source), 'waited 50\ntrue');
});

test('where no order is guaranteed, every way is gone', async () => {
  const zero = `setTimeout(() => console.log('timer'), 0); setImmediate(() => console.log('immediate'));`;
  const { outputs, complete } = playground.orders(zero);
  assert.ok(complete);
  assert.deepEqual(outputs.sort(), ['immediate\ntimer\n', 'timer\nimmediate\n']);
  const sure = `process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('then'));`;
  assert.deepEqual(playground.orders(sure), { outputs: ['tick\nthen\n'], complete: true });
});

test('whether an order is allowed is told without going every way', () => {
  const doubled = Array.from({ length: 6 }, (_, i) => `setTimeout(() => console.log('timer ${i}')); message(${i});`);
  const source = `const message = (i) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => console.log('message ' + i);
    port2.postMessage(0);
  };
  ${doubled.join('\n')}`;
  const inOrder = (kind) => doubled.map((_, i) => `${kind} ${i}`);
  const [timers, messages] = [inOrder('timer'), inOrder('message')];
  const browser = { host: 'browser' };
  assert.equal(playground.orders(source, browser, { runs: 50 }).complete, false);
  const asked = (...calls) => playground.allows(source, browser, calls, { runs: 50 });
  assert.equal(asked(...timers, ...messages), true);
  assert.equal(asked(...messages, ...timers), true);
  assert.equal(asked(...messages, ...[...timers].reverse()), false);
  assert.equal(asked(...messages, ...timers.slice(1)), false, 'too few');
  assert.equal(asked(...messages, ...timers, 'another'), false, 'too many');
  const endless = playground.allows('setInterval(() => {}, 1)', browser, []);
  assert.equal(endless, null, 'what does not end tells nothing');
});

test('what each order of a small program prints is allowed, and nothing else', () => {
  const source = `setTimeout(() => console.log('timer'), 0); setImmediate(() => console.log('immediate'));`;
  const { outputs } = playground.orders(source);
  for (const output of outputs) assert.equal(playground.allows(source, {}, output.trimEnd().split('\n')), true);
  assert.equal(playground.allows(source, {}, ['timer', 'timer']), false);
  const runs = 1;
  const last = outputs.at(-1).trimEnd().split('\n');
  assert.equal(playground.allows(source, {}, last, { runs }), null, 'not every way was gone');
});

test('the same program gives the same run', async () => {
  const source =
    'setTimeout(() => console.log(performance.now(), Date.now()), 3); console.log(new Date().toISOString());';
  assert.equal(await printed(source), await printed(source));
});

test('numbers that are as good as random are the same in each run, and between 0 and 1', async () => {
  const source = `const counts = new Array(10).fill(0);
for (let i = 0; i < 1000; i++) counts[Math.floor(10 * Math.random())]++;
console.log(counts.every((n) => n > 60 && n < 140), counts.length, counts, Math.random(), String(Math.random));`;
  const output = await printed(source);
  assert.match(output, /^true 10 .*\ 0\.\d{12,} function random\(\) \{ \[native code\] \}$/s);
  assert.equal(await printed(source), output);
});

test('the command: what is printed, and its status', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'doorbell-play-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const command = (source, ...words) => {
    const file = join(folder, 'program.js');
    writeFileSync(file, source);
    return spawnSync(process.execPath, [PLAY, ...words, file], { encoding: 'utf8' });
  };
  assert.equal(command('console.log("hello")').stdout, 'hello\n');
  assert.equal(command('process.exit(4)').status, 4);
  const thrown = command('throw new TypeError("no")');
  assert.equal(thrown.status, 1);
  assert.match(thrown.stderr, /^\S+program\.js:1\nthrow new TypeError\("no"\)\n\^\n\nTypeError: no\n/);
  const absent = command('\nnew WebSocket("x")');
  assert.equal(absent.status, 2);
  assert.match(absent.stderr, /program\.js:2:5: WebSocket is not in this playground; \S/);
  const stopped = command('setInterval(() => {}, 1)');
  assert.equal(stopped.status, 3);
  assert.match(stopped.stderr, /^play: the program was stopped, for it \S/);
  assert.match(command('setTimeout(() => {}, 1)', '--trace').stdout, /^0 ms {2}main {2}program\.js\n {4}\S/);
  assert.match(
    command('setTimeout(() => console.log(1)); setImmediate(() => console.log(2))', '--orders').stdout,
    /---/,
  );
  assert.equal(command('', '--host=moon').status, 2);
});

const isLinux = process.platform === 'linux'; // where it is known how much a pipe holds
test('the command waits for whoever reads slowly, and nothing is lost', { skip: !isLinux }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'doorbell-slow-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [file, errors] = [join(folder, 'program.js'), join(folder, 'errors')];
  writeFileSync(file, 'console.error("now"); console.log("late");');
  // The pipe is full before the program begins. Its first line of standard error has the other end begin to read.
  const script = `mkfifo "$2" && { head -c 65536 /dev/zero; "$0" "$PLAY" "$1"; } 2>"$2" | { read -r _ <"$2"; wc -c; }`;
  const { stdout } = spawnSync('sh', ['-c', script, process.execPath, file, errors], {
    encoding: 'utf8',
    env: { ...process.env, PLAY },
  });
  assert.equal(Number(stdout), 65536 + 'late\n'.length);
});
