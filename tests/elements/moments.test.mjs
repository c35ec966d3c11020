// The moments at which one can stop (web/elements/take-hold/moments.js), against a plain look through the steps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, momentAt, momentBeside, momentsOf } from '../../web/elements/take-hold/moments.js';
import { timeAt } from '../../web/elements/player/messages.js';
import { multiplexer, stepsOf } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const RUNS = 200;
const LESSON = 'socket A ready 6\nsocket B ready 1\nsocket C ready 3 9 takes 0.5\n';

const scenarios = fc
  .array(fc.record({ times: fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }), takes: fc.nat(4) }), { maxLength: 5 })
  .map((sockets) =>
    sockets
      .map(({ times, takes }, i) => `socket s${i} ready ${times.sort((a, b) => a - b).join(' ')} takes ${takes}\n`)
      .join(''),
  );

const ofEveryTrace = (t, check) => {
  const strategies = fc.constantFrom('blocking', 'readiness');
  const property = fc.property(scenarios, strategies, (text, strategy) => {
    const trace = multiplexer.multiplex(text, strategy);
    check(trace, strategy);
    multiplexer.recycle(trace);
  });
  fc.assert(property, replayable(t, RUNS));
};

test('one can stop at every position, and wherever a message comes', (t) =>
  ofEveryTrace(t, (trace) => {
    const moments = momentsOf(trace);
    const steps = stepsOf(trace);
    for (let position = 0; position <= trace.stepCount; position++) {
      const time = timeAt(trace, position);
      assert.ok(moments.some((moment) => moment.time === time && moment.position === position));
    }
    for (let m = 0; m < trace.eventCount; m++) {
      const { ready, statement } = trace.events(m);
      const isAnswered = steps.some((step) => step.event === m && step.time === ready);
      const at = moments.filter(({ time }) => time === ready);
      assert.ok(at.length);
      for (const { rings } of at) {
        const others = stepsOf(trace).filter((s) => s.statement === statement && s.ready === ready && s.time !== ready);
        assert.equal(rings.includes(statement), !isAnswered || others.length > 0);
      }
    }
  }));

test('moments pass in order, each with the steps that have begun by then', (t) =>
  ofEveryTrace(t, (trace) => {
    const moments = momentsOf(trace);
    const steps = stepsOf(trace);
    moments.forEach(({ time, position }, i) => {
      if (i > 0) {
        const before = moments[i - 1];
        assert.ok(before.time < time || (before.time === time && before.position < position));
      }
      assert.ok(steps.slice(0, position).every((step) => step.time <= time));
      if (position > 0 && time > timeAt(trace, position)) {
        assert.ok(steps.slice(position).every((step) => step.time > time));
      }
    });
  }));

test('from one moment to the next, and back', (t) =>
  ofEveryTrace(t, (trace) => {
    const moments = momentsOf(trace);
    const way = [];
    for (let at = moments[0]; at; at = momentBeside(trace, at, 1)) way.push(at);
    assert.deepEqual(way, moments);
    const back = [];
    for (let at = moments.at(-1); at; at = momentBeside(trace, at, -1)) back.unshift(at);
    assert.deepEqual(back, moments);
  }));

test('from between two moments to the one before and the one behind', () => {
  const trace = multiplexer.multiplex(LESSON, 'blocking');
  const between = momentAt(trace, 2000);
  assert.deepEqual(between, { time: 2000, position: 0, rings: [] });
  assert.equal(momentBeside(trace, between, 1).time, 3000);
  assert.equal(momentBeside(trace, between, -1).time, 1000);
  assert.equal(momentBeside(trace, momentAt(trace, 8000), 1).time, 9000);
  assert.equal(momentAt(trace, 6000).position, 3, 'of several at a time it is the last');
  const last = momentsOf(trace).at(-1);
  assert.equal(momentBeside(trace, { ...last, time: last.time + 1 }, -1), last);
});

test('who rings in vain, and what the guard is at, in words', () => {
  const words = (strategy, time) => {
    const trace = multiplexer.multiplex(LESSON, strategy);
    return inWords(trace, momentAt(trace, time), strategy).join(' ').replaceAll('\u00a0', ' ');
  };
  assert.equal(words('blocking', 1000), '1 ms: B rings, and nobody looks: the guard waits at A.');
  assert.equal(words('blocking', 2000), '2 ms: the guard waits at A.');
  assert.equal(words('readiness', 2000), '2 ms: the guard watches the panel.');
  assert.equal(words('readiness', 3200), '3.2 ms: the guard is busy with C.');
  assert.equal(words('blocking', 9500), '9.5 ms: the guard is done.');
  const many = multiplexer.multiplex(
    'socket A ready 9\n' + [...'BCDEF'].map((n) => `socket ${n} ready 1\n`).join(''),
    'blocking',
  );
  assert.match(inWords(many, momentAt(many, 1000), 'blocking')[0], /B, C, D, and 2 more ring/);
});
