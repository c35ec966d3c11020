// Whatever JavaScript calls, in any order and with any number, a module neither traps nor writes where it must not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderOf, traffic, wasmBytes } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

/** Each module, with the host that its scenarios are parsed for, what runs them, and with which number. */
const MODULES = [
  { name: 'multiplexer', host: 0, run: 'multiplex', argument: 1, wrong: ['multiplex', 99, /strategy/] },
  { name: 'traffic', host: 0, run: 'multiplex', argument: 1, wrong: ['multiplex', 99, /strategy/] },
  { name: 'loop', host: 1, run: 'loop', argument: 0, wrong: ['parse', 99, /host/] },
];
const SCENARIO = new TextEncoder().encode('socket A ready 6\nsocket B ready 1 2 takes 0.5\n');
const MISTAKE = new TextEncoder().encode('socket A\nsocket\n');

function string(exports, place) {
  const bytes = new Uint8Array(exports.memory.buffer, place >>> 0);
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

function write(exports, bytes) {
  const place = exports.text(bytes.length) >>> 0;
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
}

for (const { name, host, run, argument, wrong } of MODULES) {
  const module = new WebAssembly.Module(wasmBytes(name));
  const fresh = () => /** @type {any} */ (new WebAssembly.Instance(module).exports);

  test(`${name}: the module needs nothing from its host`, () => {
    assert.deepEqual(WebAssembly.Module.imports(module), []);
  });

  test(`${name}: a run without a text says so`, () => {
    const exports = fresh();
    for (const call of ['parse', run]) {
      assert.equal(exports[call](0), 0, call);
      assert.match(string(exports, exports.error()), /^No scenario/);
    }
  });

  test(`${name}: a strategy, a host and a step that do not exist are refused, each in words`, () => {
    const exports = fresh();
    write(exports, SCENARIO);
    assert.equal(exports.parse(host), 1);
    for (const [call, number, why] of [wrong, ['parse', -1, /host/], ['reason', 0, /step/]]) {
      assert.equal(exports[call](number), 0, call);
      assert.match(string(exports, exports.error()), why);
    }
    assert.equal(exports[run](argument), 1, 'and the scenario is still there');
  });

  test(`${name}: a scenario that was parsed for the other lesson is refused`, () => {
    const exports = fresh();
    write(exports, SCENARIO);
    assert.equal(exports.parse(1 - host), 1);
    assert.equal(exports[run](argument), 0);
    assert.match(string(exports, exports.error()), /parsed for this lesson/);
  });

  test(`${name}: a text of four gigabytes does not fit, and says so`, () => {
    const exports = fresh();
    assert.equal(exports.text(-1), 0);
    assert.match(string(exports, exports.error()), /memory/);
    assert.equal(exports.parse(0), 0);
  });

  test(`${name}: a second run replaces the first`, () => {
    const exports = fresh();
    const steps = () => JSON.parse(string(exports, exports.describe())).steps.count;
    write(exports, SCENARIO);
    exports.parse(host);
    exports[run](0);
    assert.equal(steps(), 3);
    write(exports, MISTAKE);
    assert.equal(exports.parse(host), 0);
    assert.equal(steps(), 0);
    assert.equal(exports.reason(0), 0);
  });

  test(`${name}: after 200 random calls with random numbers, 100 times: no trap, and the module still works`, (t) => {
    const exports = fresh();
    const isCall = (call) => typeof exports[call] === 'function' && call !== 'text' && !call.startsWith('_');
    const calls = Object.keys(exports).filter(isCall);
    const number = fc.constantFrom(0, 1, 2, 3, 7, 100, 65535, 65536, 1 << 20, 0x7fffffff, -1, -2, NaN, 1e300);
    const anyCall = fc.tuple(fc.constantFrom(...calls), number).map(
      ([call, x]) =>
        () =>
          exports[call](x),
    );
    const short = fc.nat(63).map((bytes) => () => exports.text(bytes));
    const long = number.map((bytes) => () => exports.text(bytes)); // seldom: a long one takes long to read
    const text = fc.constantFrom(SCENARIO, MISTAKE).map((bytes) => () => write(exports, bytes));
    const weighed = (weight, arbitrary) => ({ weight, arbitrary });
    const mix = fc.oneof(weighed(500, anyCall), weighed(50, short), weighed(50, text), weighed(1, long));
    const works = (list) => {
      for (const call of list) call();
      write(exports, SCENARIO);
      assert.equal(exports.parse(host), 1);
      assert.equal(exports[run](argument), 1);
      assert.match(string(exports, exports.reason(0)), /B/);
    };
    fc.assert(fc.property(fc.array(mix, { maxLength: 200, size: 'max' }), works), replayable(t, 100));
  });
}

test('what is no descriptor stands behind the sockets in a run, and each step names its own', () => {
  const scenario = 'timeout every 5\nsocket A ready 3\nsignal S ready 7\ntimer T every 6 until 6\n';
  assert.deepEqual(orderOf(traffic.multiplex(scenario, 'epoll')), ['A', 'timeout', 'T', 'S']);
});
