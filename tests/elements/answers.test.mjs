// When each way answers a ring (web/elements/take-hold/answers.js), against a plain look through the steps; and the
// desk while the clock runs (desk-moment.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskAt } from '../../web/elements/desk/desk-state.js';
import { answersOf, timesOf, toldOf } from '../../web/elements/take-hold/answers.js';
import { deskAtMoment, inWordsAtDesk } from '../../web/elements/take-hold/desk-moment.js';
import { eventLoop, multiplexer, stepsOf } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const scenarios = fc
  .array(fc.record({ ready: fc.nat(12), takes: fc.nat(4) }), { minLength: 1, maxLength: 5 })
  .map((sockets) => sockets.map(({ ready, takes }, i) => `socket s${i} ready ${ready} takes ${takes}\n`).join(''));

const WAYS = {
  Blocking: (text) => timesOf(multiplexer, multiplexer.multiplex(text, 'blocking')),
  Readiness: (text) => timesOf(multiplexer, multiplexer.multiplex(text, 'readiness')),
};
const HOSTS = {
  Browser: (text) => timesOf(eventLoop, eventLoop.loop(text, 'browser')),
  Node: (text) => timesOf(eventLoop, eventLoop.loop(text, 'node')),
};

test('a message is answered when its step begins, in each way', (t) => {
  const property = fc.property(scenarios, (text) => {
    const answers = answersOf(WAYS, text);
    assert.deepEqual(
      answers.map(({ way }) => way),
      ['Blocking', 'Readiness'],
    );
    for (const { way, answer } of answers) {
      const trace = multiplexer.multiplex(text, way.toLowerCase());
      for (const { statement, ready, time } of stepsOf(trace)) {
        assert.equal(answer({ name: trace.statements[statement].name, ready }), time);
      }
      multiplexer.recycle(trace);
    }
  });
  fc.assert(property, replayable(t, 200));
});

test('a doorbell is answered when its callback begins, on each host', () => {
  const text = 'script main takes 3\n  timer B after 1\nsocket B ready 1 5\nsocket C ready 2';
  const [browser, node] = answersOf(HOSTS, text);
  const at = (ready) => ({ name: 'B', ready });
  assert.equal(browser.answer(at(1000)), 3000, 'the thread is busy until then');
  assert.equal(browser.answer(at(5000)), 5000);
  assert.equal(node.answer(at(1000)), 3000);
  assert.deepEqual(
    answersOf(HOSTS, 'script main\n  timer B after 1').map(({ answer }) => answer(at(1000))),
    [undefined, undefined],
    'what a callback asks for does not ring by itself',
  );
});

test('who never gets a turn is not answered', () => {
  const text = 'timer starved ready 1\nscript main\n  microtask again takes 1 forever';
  assert.equal(answersOf(HOSTS, text)[0].answer({ name: 'starved', ready: 1000 }), undefined);
});

test('another text, and other ways, have other answers', () => {
  const [first] = answersOf(WAYS, 'socket A ready 1');
  assert.equal(answersOf(WAYS, 'socket A ready 1')[0], first, 'the same is asked at every frame');
  assert.notEqual(answersOf(WAYS, 'socket A ready 2')[0], first);
  assert.equal(answersOf(HOSTS, 'socket A ready 2')[0].way, 'Browser');
});

test('an answer is told when it has come, and not before', () => {
  const told = (answers, now) =>
    toldOf(answers, { name: 'A', ready: 1000 }, now).map((each) => each.replaceAll('\u00a0', ' '));
  const answers = answersOf(WAYS, 'socket B ready 4\nsocket A ready 1');
  assert.deepEqual(told(answers, 3999), ['Blocking: not yet.', 'Readiness: answered at 1 ms, after 0 ms.']);
  assert.deepEqual(told(answers, 4000), [
    'Blocking: answered at 4 ms, after 3 ms.',
    'Readiness: answered at 1 ms, after 0 ms.',
  ]);
  assert.deepEqual(told(answersOf(WAYS, 'socket B ready 4'), 9000), [], 'it was taken back');
  assert.deepEqual(told(answersOf(HOSTS, 'script main ready 1\nsocket A ready 1'), 0), [
    'Browser: not yet.',
    'Node cannot run this.',
  ]);
});

test('what the text does not have is never answered', () => {
  for (const { answer } of answersOf(WAYS, 'socket A ready 1')) {
    assert.equal(answer({ name: 'A', ready: 2000 }), undefined);
  }
});

// ---- the desk while the clock runs ----------------------------------------------------------------------------------

test('between two steps the desk has the time of the clock, and nobody rings before his time', () => {
  const trace = eventLoop.loop('script main takes 3\nsocket A ready 2', 'browser');
  const step = deskAt(trace, 'browser', 1);
  const bellAt = (now) => deskAtMoment(step, now).bells.find(({ name }) => name === 'A').state;
  assert.equal(bellAt(1999), 'quiet');
  assert.equal(bellAt(2000), 'ringing');
  const { now, free, end } = deskAtMoment(step, 2500);
  assert.deepEqual([now, free, end], [2500, 2500, step.end]);
  assert.equal(deskAtMoment(step, 9000).end, 9000, 'the clock goes on behind the end');
});

test('between two steps it is told what the loop is at', () => {
  const trace = eventLoop.loop('script main takes 3\nsocket A ready 5', 'browser');
  const words = (position, now) => inWordsAtDesk(trace, position, now).replace('\u00a0', ' ');
  assert.equal(words(1, 2999), 'main holds the thread until 3 ms.');
  assert.equal(words(1, 3000), 'nothing is ready, and the loop sleeps.');
  assert.equal(words(0, 0), 'nothing is ready, and the loop sleeps.');
  assert.equal(words(2, 5000), 'nothing is left, and the loop sleeps.');
});
