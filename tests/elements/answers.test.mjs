// When each way answers a ring (web/elements/take-hold/answers.js), against a plain look through the steps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersOf } from '../../web/elements/take-hold/answers.js';
import { multiplexer, stepsOf } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const scenarios = fc
  .array(fc.record({ ready: fc.nat(12), takes: fc.nat(4) }), { minLength: 1, maxLength: 5 })
  .map((sockets) => sockets.map(({ ready, takes }, i) => `socket s${i} ready ${ready} takes ${takes}\n`).join(''));

test('a message is answered when its step begins, in each way', (t) => {
  const property = fc.property(scenarios, (text) => {
    const answers = answersOf(multiplexer, text);
    assert.deepEqual(
      answers.map(({ mode }) => mode),
      ['Blocking', 'Readiness'],
    );
    for (const { mode, answer } of answers) {
      const trace = multiplexer.multiplex(text, mode.toLowerCase());
      for (const { statement, ready, time } of stepsOf(trace)) {
        assert.equal(answer({ name: trace.statements[statement].name, ready }), time);
      }
      multiplexer.recycle(trace);
    }
  });
  fc.assert(property, replayable(t, 200));
});

test('what the text does not have is never answered', () => {
  for (const { answer } of answersOf(multiplexer, 'socket A ready 1')) {
    assert.equal(answer({ name: 'A', ready: 2000 }), undefined);
  }
});
