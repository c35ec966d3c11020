// Which callbacks may change places (web/elements/orders/swaps.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsWithCode, swapsOf } from '../../web/elements/orders/swaps.js';
import { eventLoop } from '../doorbell.mjs';

const swaps = (text, host) => {
  const trace = eventLoop.loop(text, host);
  const found = swapsOf(trace, eventLoop.orders(text, host));
  const inOrder = [...found].sort(([a], [b]) => a - b);
  return inOrder.map(([step, names]) => [trace.statements[trace.step(step).statement].name, ...names]);
};

test('two callbacks may swap where an allowed order turns them round', () => {
  assert.deepEqual(swaps('timer a ready 2\nsocket b ready 2\ntimer c ready 9', 'browser'), [
    ['a', 'b'],
    ['b', 'a'],
  ]);
});

test('where one order alone is allowed, nothing may swap', () => {
  assert.deepEqual(swaps('script main\n  microtask m\n  timer t after 5', 'browser'), []);
});

test('of a source that is ready several times each run is told apart', () => {
  assert.deepEqual(swaps('timer a ready 2 2\nsocket b ready 2', 'browser'), [
    ['a', 'b'],
    ['a', 'b'],
    ['b', 'a'],
  ]);
});

test('a hop of a promise runs no code, and stands in no order', () => {
  const trace = eventLoop.loop('script main\n  promise p\n  promise q\n  then f of p\n  resolve p with q\n  resolve q');
  const names = stepsWithCode(trace).map((step) => trace.statements[trace.step(step).statement].name);
  assert.deepEqual(names, ['main', 'f']);
});
