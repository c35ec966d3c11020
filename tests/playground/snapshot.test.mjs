// A run begins from the very bytes from which the first one began, whatever the program before it did. So it is the run
// that it would be in a fresh engine, and the memory that it leaves is the same, bit for bit.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Snapshot } from '../../web/playground/host/snapshot.js';
import { loadPlayground } from '../../web/playground/play.mjs';
import { recordingOf } from '../../web/playground/player/record.js';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { newQuickJSWASMModuleFromVariant } = require('quickjs-emscripten-core');
const { default: variant } = require('@jitl/quickjs-wasmfile-release-sync');

const UNHURRIED_MS = 120_000;

/** A playground, its instances of QuickJS, and what is in the memory of the newest. */
async function open() {
  const quickjs = [];
  const playground = await loadPlayground(async () => {
    quickjs.push(await newQuickJSWASMModuleFromVariant(variant));
    return quickjs.at(-1);
  });
  playground.limits = { ...playground.limits, ms: UNHURRIED_MS };
  return { playground, quickjs, memory: () => Buffer.from(quickjs.at(-1).getWasmMemory().buffer) };
}

/** Programs that look at much of their world. */
const PROBES = {
  node: `const { EventEmitter } = require('events');
console.log([1, 2].map(String), new Map([[1, { a: 2 }]]), [..."ab"].sort(), JSON.stringify({ a: [1] }), Math.random());
console.log(Object.getOwnPropertyNames(globalThis).join(' '), typeof left, Array.prototype.left);
const emitter = new EventEmitter();
emitter.on('x', (x) => console.log('heard', x));
(async () => {
  try { await Promise.any([Promise.reject(new Error('no'))]); } catch (e) { console.log(e.name, e.errors.length); }
  for await (const x of (async function* () { yield 1; yield 2; })()) emitter.emit('x', x);
})();
setTimeout(() => console.log('timer', new Date().toISOString()), 5);
process.nextTick(console.log, 'tick');`,
  browser: `const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }) => { console.log(data, Object.keys(document.body), typeof left); port1.close(); };
port2.postMessage({ a: [1, new Date(0)] });
requestAnimationFrame((t) => console.log('frame', t));
fetch('/').catch((e) => console.log(e.message)).finally(() => console.log(performance.now(), Math.random()));`,
};

const HOSTILE = {
  'changes prototypes': `globalThis.left = 1;
    for (const Kind of [Array, Map, Promise, Object, Function, String, Set, WeakMap, RegExp, Date])
      for (const key of Object.getOwnPropertyNames(Kind.prototype))
        try { Kind.prototype[key] = () => { throw 1; }; } catch {}
    Array.prototype.left = 1; setTimeout(() => {}, 1);`,
  'replaces globals': `for (const key of Object.getOwnPropertyNames(globalThis)) try { globalThis[key] = null; } catch {}`,
  'fills the memory to the limit': `const list = []; for (;;) new Uint8Array((list[list.length] = new ArrayBuffer(1e6)))[5e5] = 7;`,
  'takes some memory': 'globalThis.left = Array.from({ length: 40 }, () => (new Uint8Array(1e6)[5e5] = 7));',
  'is broken off in a callback': `setTimeout(() => { for (;;); }); new Promise(() => {}).then();`,
  'is broken off by time': `setTimeout(() => { [/^(a+)+$/].map((r) => r.test('a'.repeat(40) + 'b')); });`,
  'is broken off with jobs to do': '(async () => { for (;;) await null; })();',
  'goes too deep': 'const f = (x) => [x].map(f); try { f(1) } catch {} f(1);',
  'exits in the middle': `setInterval(() => {}, 1); queueMicrotask(() => { [1].forEach(() => process.exit(3)); });`,
  'throws in each callback': `process.on('uncaughtException', () => {});
    for (let i = 0; i < 50; i++) setTimeout(() => { throw new Error('e' + i); }, i);`,
};

const all = (playground) =>
  Object.entries(PROBES).map(([host, source]) => recordingOf(playground.run(source, { host }), host));

const fresh = all((await open()).playground);

const ZEROS = Buffer.alloc(65_536);

/** Is a memory the same as before, and zero where it was not there before? @param {Buffer} memory
 * @param {Buffer} before */
function isSame(memory, before) {
  if (!memory.subarray(0, before.length).equals(before)) return false;
  for (let at = before.length; at < memory.length; at += ZEROS.length)
    if (!memory.subarray(at, at + ZEROS.length).equals(ZEROS)) return false;
  return true;
}

for (const [name, source] of Object.entries(HOSTILE)) {
  test(`nothing is left of a program that ${name}`, async () => {
    const { playground, quickjs, memory } = await open();
    assert.deepEqual(all(playground), fresh);
    const before = Buffer.from(memory());
    playground.limits = { ...playground.limits, ms: name === 'is broken off by time' ? 100 : UNHURRIED_MS };
    playground.run(source);
    playground.limits = { ...playground.limits, ms: UNHURRIED_MS };
    assert.ok(!isSame(memory(), before), 'it does something');
    assert.deepEqual(all(playground), fresh);
    if (quickjs.length === 1) assert.ok(isSame(memory(), before));
    await playground.ready;
    assert.deepEqual(all(playground), fresh);
  });
}

test('nothing is left of the ways that a program may go', async () => {
  const { playground, memory } = await open();
  all(playground);
  const before = Buffer.from(memory());
  const zero = `setTimeout(() => console.log('timer'), 0); setImmediate(() => console.log('immediate'));`;
  assert.equal(playground.orders(zero).outputs.length, 2);
  assert.equal(playground.allows(zero, {}, ['immediate', 'timer']), true);
  assert.deepEqual(all(playground), fresh);
  assert.ok(isSame(memory(), before));
});

test('a memory that has grown large goes, with its module', async () => {
  const { playground, quickjs } = await open();
  const take = (bytes) => `globalThis.left = new Uint8Array(${bytes});`;
  playground.run(take(2e7));
  await playground.ready;
  assert.equal(quickjs.length, 1);
  playground.run(take(6e7));
  await playground.ready;
  assert.equal(quickjs.length, 2);
});

/** Calls itself so often, and then what is given. @param {number} depth @param {() => void} call */
const at = (depth, call) => (depth === 0 ? call() : [at(depth - 1, call)]);

test('when the stack of the host ends within a run, the next one has another QuickJS', async () => {
  const { playground, quickjs } = await open();
  let depth = 0;
  const measure = () => {
    depth++;
    measure();
  };
  assert.throws(measure, RangeError);
  const deep = 'const f = () => 1 + f(); try { f(); } catch (e) { console.log(e.message); }';
  let limit = null;
  // Nearer to the end of the stack, it ends before the VM is entered.
  for (; limit === null && depth > 0; depth -= 10) {
    try {
      at(depth, () => ({ limit } = playground.run(deep)));
    } catch {
      // There, or in the VM while its world is made.
    }
  }
  assert.equal(limit, 'stack');
  await playground.ready;
  assert.ok(quickjs.length > 1);
  assert.deepEqual(all(playground), fresh);
});

test('a snapshot puts back each byte, and makes zero what was not there', () => {
  const memory = new WebAssembly.Memory({ initial: 3 });
  const places = [0, 65_535, 65_536, 131_071];
  for (const place of places) new Uint8Array(memory.buffer)[place] = 1;
  const snapshot = new Snapshot(memory);
  memory.grow(1);
  new Uint8Array(memory.buffer).fill(9);
  snapshot.restore();
  const bytes = new Uint8Array(memory.buffer);
  assert.equal(bytes.length, 4 * 65_536);
  assert.deepEqual(
    [...bytes.keys()].filter((place) => bytes[place] !== 0),
    places,
  );
  assert.ok(places.every((place) => bytes[place] === 1));
});
