// Lesson 4's exercise: the I/O multiplexer model, through WebAssembly.
//
//     node --test tests/io-multiplexer.test.mjs
//
// The page asks the same: the scenarios, the questions and the answers stand in web/lessons/exercises.js.
// Change a number there, guess what comes out, run it again. The rules are in core/model/multiplexer/io_multiplexer.h,
// and the code that follows them in core/model/multiplexer/io_multiplexer.c.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXERCISES } from '../web/lessons/exercises.js';
import { multiplexer, orderOf, stepsOf } from './doorbell.mjs';

const THREE_DOORS = EXERCISES.multiplexer[0].text;

/** [name, when it was handled, how long it waited], in milliseconds, in order. */
const rows = (trace) =>
  stepsOf(trace).map(({ statement, time, latency }) => [trace.statements[statement].name, time / 1000, latency / 1000]);

for (const { title, question, way, text, order, at } of EXERCISES.multiplexer) {
  test(`${title} ${question}`, () => {
    const trace = multiplexer.multiplex(text, way);
    if (order) assert.deepEqual(orderOf(trace), order);
    if (at) {
      const [, time, latency] = rows(trace).find(([name]) => name === at.name);
      assert.equal({ time, latency }[at.what], at.ms);
    }
  });
}

test('blocking wakes up once, at slow A, and the others are handled at once', () => {
  assert.deepEqual(rows(multiplexer.multiplex(THREE_DOORS, 'blocking')), [
    ['A', 6, 0],
    ['B', 6, 5],
    ['C', 6, 3],
  ]);
});

test('readiness wakes up for each, and nobody waits', () => {
  assert.deepEqual(rows(multiplexer.multiplex(THREE_DOORS, 'readiness')), [
    ['B', 1, 0],
    ['C', 3, 0],
    ['A', 6, 0],
  ]);
});

test('readiness does nothing for the slow socket, and the work ends at the same time', () => {
  const blocking = multiplexer.multiplex(THREE_DOORS, 'blocking');
  const readiness = multiplexer.multiplex(THREE_DOORS, 'readiness');
  const slow = (trace) => rows(trace).find(([name]) => name === 'A');
  assert.deepEqual(slow(readiness), slow(blocking));
  assert.equal(readiness.end, blocking.end);
});

test('while one message is handled, others become ready and wait: readiness does not cure a slow handler', () => {
  const trace = multiplexer.multiplex('socket slow ready 0 takes 50\nsocket quick ready 1', 'readiness');
  assert.deepEqual(rows(trace), [
    ['slow', 0, 0],
    ['quick', 50, 49],
  ]);
});

test('blocking goes round and round, leaving out the sockets with nothing more to come', () => {
  const trace = multiplexer.multiplex('socket A ready 1 2 9\nsocket B ready 5', 'blocking');
  assert.deepEqual(rows(trace), [
    ['A', 1, 0],
    ['B', 5, 0],
    ['A', 5, 3],
    ['A', 9, 0],
  ]);
});

test('every step says why it came next', () => {
  const reasons = stepsOf(multiplexer.multiplex(THREE_DOORS, 'blocking')).map(({ reason }) => reason);
  assert.match(reasons[0], /A's turn .* slept at A from 0 to 6 ms.* B has been ready since 1 ms/);
  assert.match(reasons[1], /B's turn .* waited 5 ms/);
});

test('an empty scenario gives no rows', () => {
  assert.equal(multiplexer.multiplex('# nobody\n', 'readiness').stepCount, 0);
});

test('a mistake is named with its place and its cure', () => {
  const mistakes = 'socket A ready 1\ntimer T ready 2\nsocket A ready 3';
  assert.throws(
    () => multiplexer.multiplex(mistakes, 'readiness'),
    ({ problems }) => {
      assert.deepEqual(
        problems.map(({ line, column }) => [line, column]),
        [
          [2, 1],
          [3, 8],
        ],
      );
      assert.match(problems[0].message, /the part of the page that runs "timer" has not come/);
      assert.match(problems[1].message, /stands on line 1 already/);
      return true;
    },
  );
});
