// A trace of lesson 4 turned on its side (web/elements/player/messages.js), and two of them on one clock
// (web/elements/side-by-side/pair.js), against what a plain look through the steps finds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begunBy, messagesOf, NEVER, PAGE, pageAt, pendingAt, timeAt } from '../../web/elements/player/messages.js';
import { Pair, stuckSockets } from '../../web/elements/side-by-side/pair.js';
import { multiplexer, stepsOf, traffic } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const RUNS = 100;

/** Sockets with a few messages each. */
const scenarios = fc
  .array(fc.record({ times: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }), takes: fc.nat(5) }), { maxLength: 6 })
  .map((sockets) =>
    sockets
      .map(({ times, takes }, i) => `socket s${i} ready ${times.sort((a, b) => a - b).join(' ')} takes ${takes}\n`)
      .join(''),
  );
const strategies = fc.constantFrom(...multiplexer.strategies);

const ofEveryTrace = (t, check) =>
  fc.assert(
    fc.property(scenarios, strategies, (text, strategy) => check(multiplexer.multiplex(text, strategy))),
    replayable(t, RUNS),
  );

test('the messages of a socket stand together, as they came, each with the step that handles it', (t) =>
  ofEveryTrace(t, (trace) => {
    const { first, ready, step } = messagesOf(trace);
    const steps = stepsOf(trace);
    for (let s = 0; s < trace.statements.length; s++) {
      for (let m = first[s]; m < first[s + 1]; m++) {
        assert.equal(trace.events(m).statement, s);
        assert.equal(ready[m], trace.events(m).ready);
        const handledBy = steps.findIndex(({ event }) => event === m);
        assert.equal(step[m], handledBy < 0 ? NEVER : handledBy);
      }
    }
    assert.equal(first[trace.statements.length], trace.eventCount);
  }));

test('the message that a socket waits with is its first that no step has handled yet', (t) =>
  ofEveryTrace(t, (trace) => {
    const messages = messagesOf(trace);
    const steps = stepsOf(trace);
    for (let position = 0; position <= trace.stepCount; position++) {
      const handled = new Set(steps.slice(0, position).map(({ event }) => event));
      for (let s = 0; s < trace.statements.length; s++) {
        let pending = messages.first[s];
        while (pending < messages.first[s + 1] && handled.has(pending)) pending++;
        assert.equal(pendingAt(messages, s, position), pending);
      }
    }
  }));

test('the thread is awake from when its reason says that it could not sleep', () => {
  const KEPT = [
    ['epoll', 'socket A ready 3 closes 6\n  ignore end\nsocket B ready 20\n'],
    ['poll', 'socket A ready 3 11\n  write 1 KB\n  watch write\n'],
    ['epoll', 'timer T every 4 until 4\n  leave unread\nsocket A ready 12\n'],
    ['epoll', 'socket A never closes 20\nlistener L ready 1 5 descriptors 1\n'],
    ['epoll-et', 'socket A never closes 20\nlistener L ready 1 5 descriptors 1\n'],
    ['select', 'socket A never closes 20\nlistener L ready 1 1 9 descriptors 1\n'],
  ];
  for (const [way, text] of KEPT) {
    const trace = traffic.multiplex(text, way);
    const { awake, free } = messagesOf(trace);
    const said = stepsOf(trace).map(({ reason }) => reason.match(/could not sleep: from ([\d.]+) to/)?.[1]);
    for (const [k, since] of said.entries()) {
      if (trace.step(k).queue) continue; // goes on for ever, which is told in another way
      assert.equal(awake[k] < Infinity, since !== undefined, `${text}step ${k + 1}`);
      if (since) assert.equal(Math.max(awake[k], free[k]) / 1000, Number(since), `${text}step ${k + 1}`);
    }
    assert.equal(said.some(Boolean), way !== 'epoll-et', text);
  }
});

test('so many steps have begun by a moment', (t) =>
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(25), (times, now) => {
      const rising = Float64Array.from(times).sort();
      assert.equal(begunBy(rising, now), times.filter((time) => time <= now).length);
    }),
    replayable(t, RUNS),
  ));

test('a position shows the moment at which its step begins, and the last one the end', (t) =>
  ofEveryTrace(t, (trace) => {
    const steps = stepsOf(trace);
    assert.equal(timeAt(trace, trace.stepCount), trace.end);
    for (let position = 1; position < trace.stepCount; position++) {
      assert.equal(timeAt(trace, position), steps[position - 1].time);
    }
  }));

test('of many sockets a page is shown, that of the current step', () => {
  const text = Array.from({ length: 3 * PAGE }, (_, i) => `socket s${i} ready ${i}\n`).join('');
  const trace = multiplexer.multiplex(text, 'readiness');
  assert.equal(pageAt(trace, 0), 0);
  assert.equal(pageAt(trace, PAGE), 0);
  assert.equal(pageAt(trace, PAGE + 1), PAGE);
  assert.equal(pageAt(trace, 3 * PAGE), 2 * PAGE);
});

test('two runs on one clock: at each moment as many steps are taken as have begun in each', (t) =>
  fc.assert(
    fc.property(scenarios, strategies, strategies, (text, a, b) => {
      const runs = [a, b].map((strategy) => ({
        name: strategy,
        strategy,
        trace: multiplexer.multiplex(text, strategy),
      }));
      const pair = new Pair(runs);
      assert.deepEqual(pair.taken(0), [0, 0]);
      for (let position = 1; position <= pair.stepCount; position++) {
        const { time } = pair.step(position - 1);
        const begun = runs.map(({ trace }) => stepsOf(trace).filter((step) => step.time <= time).length);
        assert.deepEqual(pair.taken(position), begun);
      }
    }),
    replayable(t, RUNS),
  ));

test('a socket is stuck whose last message nobody handles', () => {
  const trace = multiplexer.multiplex('socket A ready 0 0\nsocket B ready 1', 'epoll-et', { drain: false });
  assert.deepEqual(
    stuckSockets({ name: '', strategy: 'epoll-et', trace }).map(({ name }) => name),
    ['A'],
  );
});
