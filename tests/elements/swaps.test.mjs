// Which cards say that they may swap with others (web/elements/orders/swaps.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsWithCode, swapsOf } from '../../web/elements/orders/swaps.js';
import { eventLoop } from '../doorbell.mjs';

/** Each callback that may swap, with whom. */
function swaps(text, host = 'browser') {
  const trace = eventLoop.loop(text, host);
  const found = swapsOf(trace, eventLoop.orders(text, host));
  return [...found]
    .map(([k, others]) => `${trace.statements[trace.step(k).statement].name}: ${others.join(' ')}`)
    .sort();
}

test('two tasks of different sources may swap', () => {
  assert.deepEqual(swaps('timer a ready 2\nsocket b ready 2'), ['a: b', 'b: a']);
});

test('a microtask swaps with no task: the callback that queued it does', () => {
  const text = 'timer a ready 2\n  microtask m\n    microtask n\nsocket b ready 2\n  microtask o';
  assert.deepEqual(swaps(text), ['a: b', 'b: a']);
});

test('nor does a tick', () => {
  const text = 'script main\n  timer t after 0\n    tick n\n  immediate i\n    tick o\n      microtask m';
  assert.deepEqual(swaps(text, 'node'), ['i: t', 't: i']);
});

test('the job of a promise that either of two tasks may resolve swaps with none of them', () => {
  const text = 'script main\n  promise p\n  then x of p\n  resolve p after 1\ntimer a ready 1.5\nsocket b ready 1';
  const told = swaps(text);
  assert.ok(told.length > 0);
  assert.ok(
    told.every((line) => !/\bx\b/.test(line)),
    told.join('\n'),
  );
});

test('a promise that settles by itself may come before a timer, or behind it', () => {
  assert.deepEqual(swaps('timer a ready 2\npromise p ready 2.5'), ['a: p', 'p: a']);
});

test('of a source that is ready several times each run is told apart', () => {
  assert.deepEqual(swaps('timer a ready 2 2\nsocket b ready 2'), ['a: b', 'a: b', 'b: a']);
});

test('a hop of a promise runs no code, and stands in no order', () => {
  const trace = eventLoop.loop('script main\n  promise p\n  promise q\n  then f of p\n  resolve p with q\n  resolve q');
  const names = stepsWithCode(trace).map((step) => trace.statements[trace.step(step).statement].name);
  assert.deepEqual(names, ['main', 'f']);
});
