// The module of the scale lab: what it is told is checked, and what it does not know it says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Scale } from '../../web/core/scale.js';
import { wasmBytes } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const module = new WebAssembly.Module(wasmBytes('scale'));
const measured = readFileSync(new URL('../../core/live/measured.tsv', import.meta.url), 'utf8');
const scale = new Scale(module, measured);

test('a wait that was measured, asleep, costs what was measured', () => {
  for (const name of ['select', 'poll', 'epoll', 'io_uring']) {
    const points = scale.points(name);
    assert.ok(points.length >= 5, name);
    for (const [connections, ns] of points) {
      assert.ok(measured.includes(`\n${name}_asleep\t${connections - 1}\t${ns}\tns\n`), `${name} ${connections} ${ns}`);
      assert.ok(Math.abs((scale.asking(name, connections, 1) ?? 0) - ns) < 0.01, `${name} ${connections}`);
    }
  }
});

test('with one socket ready, epoll is no quicker than a thread that sleeps in its own read', () => {
  for (const connections of [10, 1000, 10_000]) {
    const [epoll, threads] = ['epoll', 'threads'].map((name) => scale.latency(name, connections, 1) ?? NaN);
    assert.ok(epoll > threads, `${connections}: ${epoll} ns, ${threads} ns`);
  }
});

test('the machine is named', () => assert.match(scale.machine, /, Linux /));

test('select is refused above 1,021 sockets', () => {
  assert.equal(scale.asking('select', 1022, 1), null);
  assert.equal(scale.limit('select', 1022, 1), 'set');
  assert.ok(scale.asking('select', 1021, 1));
});

test('nothing is known of a strategy that nobody knows, of no sockets, or of more ready than there are', () => {
  for (const [name, connections, ready] of /** @type {const} */ ([
    ['kqueue', 10, 1],
    ['poll', 0, 0],
    ['poll', 10, 0],
    ['poll', 10, 11],
    ['poll', 1e9, 1],
    ['poll', NaN, NaN],
  ])) {
    assert.equal(scale.asking(name, connections, ready), null);
    assert.equal(scale.latency(name, connections, ready), null);
  }
});

test('without measurements no time is known; with too many bytes of them they are refused', () => {
  assert.equal(new Scale(module, '').asking('poll', 10, 1), null);
  assert.throws(() => new Scale(module, 'x'.repeat(20_000)), /too many/);
});

const LOAD = { rate: 1000, atOnce: 1, slowOneOf: 100, quick: 100, slow: 50_000 };
const CREW = { workers: 4, cores: 4, slice: 3000 };

test('a slow message holds up a loop, and no pool or threads that have a core left', () => {
  const served = scale.serve(LOAD, CREW);
  assert.deepEqual([...(served?.keys() ?? [])], ['loop', 'pool', 'threads']);
  const [loop, pool, threads] = [...(served?.values() ?? [])];
  assert.deepEqual([loop.lack, pool.lack, threads.lack], ['thread', 'none', 'none']);
  assert.equal(loop.queue, 50);
  assert.equal(Math.round(loop.quickMax), 49_100_000 + scale.switch);
  assert.equal(threads.quick, 100_000 + scale.switch);
  const woken = Number(/^epoll_woken\t10\t(\d+)/m.exec(measured)?.[1]);
  assert.ok(Math.abs((pool.quick - threads.quick) / woken - 1) < 0.01, 'the loop is told');
});

test('what comes faster than it can be handled is not run', () => {
  const loop = scale.serve({ ...LOAD, rate: 2000 }, CREW)?.get('loop');
  assert.equal(loop?.lack, 'time');
  assert.equal(Math.floor(loop?.most ?? 0), 1669); // each takes 0.599 ms in the mean
});

test('a load or a crew out of bounds is not served', () => {
  for (const odd of [{ rate: 0 }, { atOnce: 0 }, { atOnce: 5000 }, { slowOneOf: 1 }, { quick: 0 }, { slow: 2e6 }])
    assert.equal(scale.serve({ ...LOAD, ...odd }, CREW), null, JSON.stringify(odd));
  for (const odd of [{ workers: 0 }, { cores: 0 }, { cores: 65 }, { slice: 99 }, { slice: 100_001 }])
    assert.equal(scale.serve(LOAD, { ...CREW, ...odd }), null, JSON.stringify(odd));
});

test('no number makes a call trap, and every answer is a number', (t) => {
  const { exports } = /** @type {any} */ (new WebAssembly.Instance(module));
  const odd = fc.constantFrom(0, 1, -1, 2 ** 31, 2 ** 32 - 1, 0.5, NaN, Infinity, -Infinity, 1e300, 1021, 1e6);
  const calls = Object.keys(exports).filter((name) => typeof exports[name] === 'function');
  const call = fc.constantFrom(...calls).chain((name) => {
    const { length } = exports[name];
    return fc.tuple(fc.constant(name), fc.array(odd, { minLength: length, maxLength: length }));
  });
  const answers = ([name, numbers]) => {
    const answer = exports[name](...numbers);
    assert.ok(answer === undefined || !Number.isNaN(answer), name);
  };
  fc.assert(fc.property(call, answers), replayable(t, 20_000));
});
