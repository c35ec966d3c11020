// Lesson 5's exercise: the event loop model, through WebAssembly.
//
//     node --test tests/event-loop.test.mjs
//
// The page asks the same: the scenarios, the questions and the answers stand in web/lessons/exercises.js.
// Change a line there, guess the order, run it again. The rules are in core/model/loop/event_loop.h, and the code that
// follows them in core/model/loop/event_loop.c.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXERCISES } from '../web/lessons/exercises.js';
import { eventLoop, orderOf, stepsOf } from './doorbell.mjs';

/** "tick queue callback", in order. */
const rows = (trace) =>
  stepsOf(trace).map(({ time, queue, statement }) => `${time / 1000} ${queue} ${trace.statements[statement].name}`);

for (const { title, question, way, text, order, at } of EXERCISES.loop) {
  test(`${title} ${question}`, () => {
    const trace = eventLoop.loop(text, way);
    if (order) assert.deepEqual(orderOf(trace), order);
    if (at) {
      const step = stepsOf(trace).find(({ statement }) => trace.statements[statement].name === at.name);
      assert.equal(step[at.what], at.ms * 1000);
    }
    assert.equal(eventLoop.orders(text, way).orders.length, 1, 'one answer alone is right');
  });
}

test('at the same time the microtask runs before the task', () => {
  const trace = eventLoop.loop('timer onTimeout ready 2\npromise onResolve ready 2\nsocket onMessage ready 4');
  assert.deepEqual(rows(trace), ['2 microtask onResolve', '2 task onTimeout', '4 task onMessage']);
});

test('a callback is never interrupted: what becomes ready meanwhile waits', () => {
  const trace = eventLoop.loop('script main takes 10\npromise onResolve ready 1\ntimer onTimeout ready 0');
  assert.deepEqual(rows(trace), ['0 task main', '10 microtask onResolve', '10 task onTimeout']);
});

test('the thread sleeps only when both queues are empty', () => {
  const steps = stepsOf(eventLoop.loop('timer a ready 2 takes 1\ntimer b ready 2\ntimer c ready 7'));
  const slept = steps.map(({ free, time }) => (time - free) / 1000);
  assert.deepEqual(slept, [2, 0, 4]);
});

test('every step says why it came next', () => {
  const steps = stepsOf(eventLoop.loop('timer onTimeout ready 2\npromise onResolve ready 2'));
  assert.match(steps[0].reason, /slept from 0 to 2 ms.*Microtasks go before tasks.*onTimeout waits/);
  assert.match(steps[1].reason, /No microtask waited/);
});

test('where nobody promises the order, the step says so, and all orders can be told', () => {
  const scenario = 'timer onTimeout ready 2\nsocket onMessage ready 2';
  assert.deepEqual(
    stepsOf(eventLoop.loop(scenario)).map(({ guaranteed }) => guaranteed),
    [false, true],
  );
  assert.deepEqual(eventLoop.orders(scenario), {
    orders: [
      [0, 1],
      [1, 0],
    ],
    complete: true,
    runs: 2,
  });
});

test('microtasks that never end starve the timer, and the last row says so', () => {
  const trace = eventLoop.loop('script main\n  microtask again forever\ntimer onTimeout ready 0');
  assert.equal(rows(trace).at(-1), '0 starved onTimeout');
  assert.match(stepsOf(trace).at(-1).reason, /onTimeout starves: again queued itself/);
});

test('callbacks asked for a frame run before it is drawn, every 60th of a second', () => {
  const trace = eventLoop.loop('script main\n  frame draw\n    frame drawNext');
  assert.deepEqual(rows(trace), ['0 task main', '16.667 frame draw', '33.333 frame drawNext']);
});

test('an empty scenario runs no callback', () => {
  assert.equal(eventLoop.loop('').stepCount, 0);
});

test("in Node's loop ticks run before microtasks, and an immediate before a timer of 0 ms", () => {
  const trace = eventLoop.loop(
    `
script main
  timer zero after 0
  immediate soon
  microtask then
  tick next`,
    'node',
  );
  assert.deepEqual(rows(trace), ['0 main main', '0 tick next', '0 microtask then', '0 check soon', '1 timers zero']);
});

test("a statement of Node's loop is an error in a browser, not ignored", () => {
  assert.throws(() => eventLoop.loop('script main\n  tick soon'), /2:3: "tick" is of Node's loop/);
});
