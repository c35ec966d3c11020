// The words of a lowered program: where control is, step by step (web/playground/lower/lower.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lower } from '../../web/playground/lower/lower.js';
import { makeAsync } from '../../web/playground/vm/async.js';
import { makePromise } from '../../web/playground/vm/promise.js';
import { faultsOf, lineOf } from './words.mjs';

/** Runs a program and its jobs. @param {string} source @param {{ module?: boolean, limit?: number }} [options] */
function run(source, { module = false, limit = 1 << 12 } = {}) {
  const lowered = lower(source, { module });
  const jobs = [];
  const queued = [];
  let meter;
  const door = {
    enqueue(job, kind, place, promise) {
      jobs.push(job);
      queued.push({ kind, place: lowered.places[place], promise });
    },
    place: () => meter.word() & 0xfffff,
    caught: (error) => error,
    reject() {},
    handle() {},
    tell() {},
  };
  const promises = makePromise(door);
  const trace = new Int32Array(limit + lowered.places.length);
  const logged = [];
  const $ = {
    ...makeAsync(promises, door),
    trace,
    limit,
    full() {
      throw new Error('full');
    },
    open: (opened) => (meter = opened),
    caught: door.caught,
  };
  const host = { Promise: promises.Promise, log: (value) => void logged.push(value) };
  const code = new Function(...Object.keys(host), `return ${lowered.code}`)(...Object.values(host));
  code.call(undefined, $);
  while (jobs.length > 0) {
    meter.write(0);
    jobs.shift()();
  }
  const words = [...trace.subarray(0, meter.at())];
  return { lowered, words, queued, logged, lines: words.map((word) => lineOf(word, source, lowered)) };
}

/** What a program writes. @param {string} source */
function linesOf(source) {
  const { lowered, words, lines } = run(source);
  assert.deepEqual(faultsOf(words, lowered), []);
  return lines;
}

test('a call goes deeper, and comes back to where it was made', () => {
  assert.deepEqual(linesOf('const f = (x) => x; f(1);'), [
    'program const f = (x) => x; f(1…',
    'statement const f = (x) => x;',
    'statement f(1);',
    '  enter (x) => x',
    '  statement x',
    'call f(1)',
    'end',
  ]);
});

test('an error lands in the frame of its catch', () => {
  assert.deepEqual(
    linesOf('const f = () => { throw 1 }; const g = () => f(); try { g() } catch (e) { log(e) }').slice(4),
    [
      'statement g()',
      '  enter () => f()',
      '  statement f()',
      '    enter () => { throw 1 }',
      '    statement throw 1',
      'statement log(e)',
      'end',
    ],
  );
});

test('a return through finally ends the function when that is over', () => {
  assert.deepEqual(linesOf('const f = () => { try { return 1 } finally { log(2) } }; log(f())').slice(3), [
    '  enter () => { try { return 1 …',
    '  statement try { return 1 } finall…',
    '  statement return 1',
    '  statement log(2)',
    'call f()',
    'end',
  ]);
});

test('a finally in a finally does not end what is to return later', () => {
  const source = 'const f = () => { try { return 1 } finally { try { log(2) } finally { log(3) } log(4) } }; log(f())';
  assert.deepEqual(linesOf(source).slice(4), [
    '  statement try { return 1 } finall…',
    '  statement return 1',
    '  statement try { log(2) } finally …',
    '  statement log(2)',
    '  statement log(3)',
    '  statement log(4)',
    'call f()',
    'end',
  ]);
});

test('an await stops the function, and a job goes on with it, in a frame of its own', () => {
  assert.deepEqual(linesOf('const f = async () => { await 1; log(2) }; f(); log(3)').slice(2), [
    'statement f();',
    '  enter async () => { await 1; …',
    '  statement await 1;',
    'call f()',
    'statement log(3)',
    'end',
    'end',
    'await await 1',
    'statement log(2)',
    'end',
  ]);
});

test('an await that throws goes on in its catch', () => {
  const source = 'const f = async () => { try { await Promise.reject(1) } catch (e) { log(e) } }; f()';
  assert.deepEqual(linesOf(source).slice(-4), ['end', 'await await Promise.reject(1)', 'statement log(e)', 'end']);
});

test('a generator has its frame wherever it goes on', () => {
  const source = 'function* g() { yield 1; yield 2 } const i = g(); const f = () => i.next(); i.next(); f();';
  assert.deepEqual(linesOf(source).slice(3), [
    'statement i.next();',
    '  enter function* g() { yield 1…',
    '  statement yield 1;',
    'call i.next()',
    'statement f();',
    '  enter () => i.next()',
    '  statement i.next()',
    '    yield yield 1',
    '    statement yield 2',
    '  call i.next()',
    'call f()',
    'end',
  ]);
});

test('a loop tells each time that it looks whether to go on', () => {
  assert.deepEqual(linesOf('for (let i = 0; i < 2; i++) log(i)').slice(1), [
    'statement for (let i = 0; i < 2; …',
    'loop i < 2',
    'statement log(i)',
    'loop i < 2',
    'statement log(i)',
    'loop i < 2',
    'end',
  ]);
});

test('what is queued says from which call of a chain', () => {
  const { queued } = run('Promise.resolve(1)\n  .then(() => 2)\n  .then(() => 3)');
  assert.deepEqual(
    queued.map(({ kind, place, promise }) => [kind, place.kind, place.called, promise]),
    [
      ['handler', 'call', 'Promise.resolve(...).then', 2],
      ['handler', 'call', 'Promise.resolve(...).then(...).then', 3],
    ],
  );
});

test('each job says what it does', () => {
  const kindsOf = (source) => run(source).queued.map(({ kind }) => kind);
  const p = 'const p = Promise.resolve(1); ';
  assert.deepEqual(kindsOf(`${p}p.then(log); p.then(); p.catch(log)`), ['handler', 'pass', 'pass']);
  assert.deepEqual(kindsOf(`${p}p.finally(log).then(log)`), ['finally', 'restore', 'then', 'follow', 'handler']);
  assert.deepEqual(kindsOf(`${p}new Promise((f) => f(p))`), ['then', 'follow']);
  assert.deepEqual(kindsOf(`${p}Promise.all([p]).then(log)`), ['combine', 'handler']);
  assert.deepEqual(kindsOf(`${p}Promise.race([p])`), ['combine']);
  assert.deepEqual(kindsOf(`${p}(async () => await p)()`), ['await']);
  assert.deepEqual(kindsOf(`${p}(async () => p)()`), ['then', 'follow']);
  assert.deepEqual(kindsOf('(async () => { for await (const x of [1]); })()'), ['unwrap', 'await', 'unwrap', 'await']);
});

test('whoever loops for ever is asked', () => {
  for (const source of [
    'for (;;);',
    'while (1);',
    'do {} while (1)',
    'const f = () => { try { f() } catch {} f() }; f()',
  ]) {
    assert.throws(() => run(source), /full/);
  }
  assert.throws(() => run('function* g() { for (;;) yield } for (const x of g());'), /full/);
});

test('lines stay where they are', () => {
  const source = `#!/usr/bin/env node
import a,
  { b } from 'c';
export {
  f
};
async function f(
  x
) {
  await x; // one
  L:
  M:
  for await (
    const y of x
  ) {}
}
class A { async m() {
} async
  *n() {} }
const o = { async
  () {} }; where();`;
  const { code } = lower(source, { module: true });
  const lineIn = (text) => text.split('\n').findIndex((line) => line.includes('where'));
  assert.equal(lineIn(code), lineIn(source));
});

test('what is not JavaScript says where', () => {
  assert.throws(() => lower('let x;\nlet x;'), { name: 'SyntaxError', line: 2, column: 4 });
  assert.throws(() => lower('await 1'), { name: 'SyntaxError', line: 1 });
  assert.throws(() => lower('return 1', { module: true }), { name: 'SyntaxError', line: 1, column: 0 });
});

test('in a page, var and function at the top of a script are properties of the global object', () => {
  const source = `var a = 1, { b, c: [d = 2] } = { b: 3, c: [] }; function e() {} async function f() {} let g; class H {}
    { var i; function j() { var k; } } for (var l of []);`;
  const names = ({ code }) => [...code.matchAll(/\$\.global\("(.)"/g)].map(([, name]) => name).join('');
  assert.equal(names(lower(source, { host: 'browser' })), 'efabdil');
  assert.equal(names(lower(source, { host: 'node' })), '');
  assert.equal(names(lower(source, { host: 'browser', module: true })), '');
});

test('imports are told, and come from the machine', () => {
  const { imports, code } = lower(`import a, { b as c } from 'x';\nimport * as d from "y";\nimport 'z';`, {
    module: true,
  });
  assert.deepEqual(imports, [
    { specifier: 'x', names: ['default', 'b'], line: 1, column: 0 },
    { specifier: 'y', names: ['*'], line: 2, column: 0 },
    { specifier: 'z', names: [], line: 3, column: 0 },
  ]);
  assert.match(code, /const \{"default":a,"b":c\}=\$\.import\("x",\["default","b"\]\)/);
});

test('no name of ours is one of the program', () => {
  const { logged } = run('let $ = 1, $0 = 2, $1D = 3; (async () => { await 0; log($ + $0 + $1D) })()');
  assert.deepEqual(logged, [6]);
});
