// Whatever JavaScript calls, in any order and with any number, the module neither traps nor writes where it must not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seedOf, wasmBytes } from './doorbell.mjs';

const module = new WebAssembly.Module(wasmBytes());
const SCENARIO = new TextEncoder().encode('socket A ready 6\nsocket B ready 1 2 takes 0.5\n');
const MISTAKE = new TextEncoder().encode('socket A\nsocket\n');

const fresh = () => /** @type {any} */ (new WebAssembly.Instance(module).exports);

function string(exports, place) {
  const bytes = new Uint8Array(exports.memory.buffer, place >>> 0);
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

function write(exports, bytes) {
  const place = exports.text(bytes.length) >>> 0;
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
}

test('the module needs nothing from its host', () => {
  assert.deepEqual(WebAssembly.Module.imports(module), []);
});

test('a run without a text says so', () => {
  const exports = fresh();
  for (const call of ['parse', 'multiplex', 'loop']) {
    assert.equal(exports[call](0), 0, call);
    assert.match(string(exports, exports.error()), /^No scenario/);
  }
});

test('a strategy, a host, a step and a problem that do not exist are refused, each in words', () => {
  const exports = fresh();
  write(exports, SCENARIO);
  assert.equal(exports.parse(0), 1);
  for (const [name, argument, why] of [
    ['multiplex', 99, /strategy/],
    ['multiplex', -1, /strategy/],
    ['loop', 0, /parsed for this lesson/],
    ['parse', 99, /host/],
    ['reason', 0, /step/],
    ['problem', 0, /problem/],
  ]) {
    assert.equal(exports[name](argument), 0, name);
    assert.match(string(exports, exports.error()), why);
  }
  assert.equal(exports.multiplex(1), 1, 'and the scenario is still there');
});

test('a text of four gigabytes does not fit, and says so', () => {
  const exports = fresh();
  assert.equal(exports.text(-1), 0);
  assert.match(string(exports, exports.error()), /memory/);
  assert.equal(exports.parse(0), 0);
});

test('a second run replaces the first', () => {
  const exports = fresh();
  const steps = () => JSON.parse(string(exports, exports.describe())).steps.count;
  write(exports, SCENARIO);
  exports.parse(0);
  exports.multiplex(0);
  assert.equal(steps(), 3);
  write(exports, MISTAKE);
  assert.equal(exports.parse(0), 0);
  assert.equal(steps(), 0);
  assert.equal(exports.reason(0), 0);
});

test('20,000 random calls with random numbers: no trap, and the module still works', (t) => {
  const random = randomFrom(seedOf(t));
  const exports = fresh();
  const names = Object.keys(exports).filter((name) => typeof exports[name] === 'function' && !name.startsWith('_'));
  const numbers = [0, 1, 2, 3, 7, 100, 65535, 65536, 1 << 20, 0x7fffffff, -1, -2, NaN, 1e300];
  for (let i = 0; i < 20000; i++) {
    const name = names[random(names.length)];
    const number = name === 'text' && random(50) ? random(64) : numbers[random(numbers.length)];
    exports[name](number);
    if (random(10) === 0) write(exports, random(2) ? SCENARIO : MISTAKE);
  }
  write(exports, SCENARIO);
  assert.equal(exports.parse(0), 1);
  assert.equal(exports.multiplex(1), 1);
  assert.match(string(exports, exports.reason(0)), /B/);
});
