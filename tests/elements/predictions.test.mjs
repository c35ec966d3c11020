// What could come next, what of it is right, and what a guess was worth (web/elements/predict/predictions.js), at every
// position of random scenarios, against what the rules and all allowed orders say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskAt } from '../../web/elements/desk/desk-state.js';
import { stepsWithCode } from '../../web/elements/orders/swaps.js';
import {
  keyOf,
  longestVerdict,
  MOST,
  Predictions,
  questionInWords,
  scoreInWords,
  verdictInWords,
  verdictOf,
} from '../../web/elements/predict/predictions.js';
import { whyNot } from '../../web/elements/predict/where.js';
import { eventLoop, multiplexer, stepsOf } from '../doorbell.mjs';
import { programs } from '../engines/programs.mjs';
import * as shapes from '../engines/shapes.mjs';
import { fc, replayable } from '../random.mjs';

const RUNS = 60;
const SHAPES = [shapes.browserTasks, shapes.browserPromisesLater, shapes.browserFrames, shapes.nodePhases];

const hallways = fc
  .array(fc.record({ times: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), takes: fc.nat(3) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((sockets) =>
    sockets.map(({ times, takes }, i) => `socket s${i} ready ${times.sort().join(' ')} takes ${takes}\n`).join(''),
  );

const loops = fc
  .constantFrom(...SHAPES)
  .chain((shape) => fc.tuple(fc.constant(shape.host), programs({ ...shape, lines: 5 })));

/** All questions of a run. */
const questionsOf = (trace, orders) => {
  const predictions = new Predictions(trace, orders);
  return stepsOf(trace).flatMap((_, k) => predictions.questionAt(k) ?? []);
};

const loopOf = (text, host = 'browser') => ({
  trace: eventLoop.loop(text, host),
  orders: eventLoop.orders(text, host),
});

const namesOf = (trace, statements) => statements.map((statement) => trace.statements[statement].name);

test('in lesson 4 the sockets with something still to come are asked about, and one of them is right', (t) =>
  fc.assert(
    fc.property(hallways, fc.constantFrom('blocking', 'readiness'), (text, strategy) => {
      const trace = multiplexer.multiplex(text, strategy);
      const steps = stepsOf(trace);
      for (const { step, candidates, own, right } of questionsOf(trace)) {
        const left = steps.slice(step).map(({ statement }) => statement);
        assert.deepEqual(
          candidates.map(({ statement }) => statement),
          [...new Set(left)].sort((a, b) => a - b),
        );
        assert.equal(own, steps[step].statement);
        assert.deepEqual(right, [own]);
      }
    }),
    replayable(t, RUNS),
  ));

test('the right one is what the rule of readiness says: ready longest, and of equals the first in the list', (t) =>
  fc.assert(
    fc.property(hallways, (text) => {
      const trace = multiplexer.multiplex(text, 'readiness');
      for (const { candidates, own } of questionsOf(trace)) {
        const longest = Math.min(...candidates.map(({ ready }) => ready));
        assert.equal(own, candidates.find(({ ready }) => ready === longest)?.statement);
      }
    }),
    replayable(t, RUNS),
  ));

test('in lesson 5 what waits in trays and what has yet to ring is asked about', (t) =>
  fc.assert(
    fc.property(loops, ([host, text]) => {
      const { trace, orders } = loopOf(text, host);
      const all = { look: '', bells: trace.eventCount, cards: trace.eventCount, done: 0 };
      for (const { step, candidates } of questionsOf(trace, orders)) {
        const { trays, bells } = deskAt(trace, host, step, all);
        const names = new Set(candidates.map(({ name }) => name));
        for (const { cards } of trays) for (const { name } of cards) assert.ok(names.has(name), `${name} waits`);
        for (const { name, state } of bells)
          if (['quiet', 'ringing', 'queued'].includes(state)) assert.ok(names.has(name), `${name} is to come`);
        const waiting = new Set([...trays.flatMap(({ cards }) => cards), ...bells].map(({ name }) => name));
        for (const name of names) assert.ok(waiting.has(name), `${name} is on the desk's trays or its wall`);
      }
    }),
    replayable(t, RUNS),
  ));

test('what some allowed order puts next, after what has run, is right; and nothing else is', (t) =>
  fc.assert(
    fc.property(loops, ([host, text]) => {
      const { trace, orders } = loopOf(text, host);
      const ran = stepsWithCode(trace);
      for (const { step, candidates, right } of questionsOf(trace, orders)) {
        const taken = ran.filter((k) => k < step).map((k) => trace.step(k).statement);
        for (const { statement } of candidates) {
          const start = [...taken, statement].join();
          const isAllowed = orders.orders.some((order) => order.slice(0, taken.length + 1).join() === start);
          assert.equal(right.includes(statement), isAllowed || statement === trace.step(step).statement);
        }
      }
    }),
    replayable(t, RUNS),
  ));

test('where the step says that it is guaranteed, nothing else is right', (t) =>
  fc.assert(
    fc.property(loops, ([host, text]) => {
      const { trace, orders } = loopOf(text, host);
      for (const { step, right } of questionsOf(trace, orders))
        if (trace.step(step).guaranteed) assert.equal(right.length, 1);
    }),
    replayable(t, RUNS),
  ));

test('nothing is asked where there is no choice, where no code runs, where the run was stopped, and among too many', () => {
  const alone = multiplexer.multiplex('socket A ready 1 2', 'readiness');
  assert.deepEqual(questionsOf(alone), []);
  assert.equal(new Predictions(alone).questionAt(-1), null);

  const hops = eventLoop.loop(
    'script main\n  promise p\n  resolve p\n  async a\n    return p\n  then b of a\ntimer t ready 9',
  );
  const asked = questionsOf(hops).map(({ step }) => step);
  const hopping = stepsOf(hops).flatMap(({ isHop }, k) => (isHop ? [k] : []));
  assert.ok(hopping.length > 0 && asked.length > 0);
  assert.deepEqual(
    asked.filter((step) => hopping.includes(step)),
    [],
  );

  const starved = eventLoop.loop('script main\n  microtask m forever\ntimer t ready 0\ntimer u ready 0');
  assert.equal(new Predictions(starved).questionAt(starved.stepCount - 1), null);
  assert.ok(new Predictions(starved).questionAt(starved.stepCount - 2));

  const doors = (count) => Array.from({ length: count }, (_, i) => `socket s${i} ready ${i}\n`).join('');
  assert.equal(new Predictions(multiplexer.multiplex(doors(MOST + 1), 'readiness')).questionAt(0), null);
  assert.ok(new Predictions(multiplexer.multiplex(doors(MOST), 'readiness')).questionAt(0));
});

test('what runs no code does not stand between an order and what it puts next', () => {
  const hops = 'script main\n  promise p\n  promise q\n  resolve q\n  resolve p with q\n  then r of p\n';
  const text = `${hops}timer a ready 2\nsocket b ready 2`;
  const trace = eventLoop.loop(text, 'browser');
  assert.ok(stepsOf(trace).some(({ isHop }) => isHop));
  const [question] = questionsOf(trace, eventLoop.orders(text, 'browser')).slice(-1);
  assert.deepEqual(namesOf(trace, question.right).sort(), ['a', 'b']);
});

test('a question is said with its keys, as many as there are', () => {
  const answers = Array.from({ length: 10 }, (_, i) => ({ name: `s${i}`, where: `door ${i}` }));
  assert.match(questionInWords(answers), /^What comes next\? 1: s0, door 0; .*; 9: s8, door 8; Or: s9, door 9\.$/);
  assert.deepEqual([0, 8, 9].map(keyOf), ['1', '9', '']);
});

test('a guess is confirmed or corrected, by name; and where several are right, that is said', () => {
  const { trace, orders } = loopOf('timer onTimeout ready 2\nsocket onMessage ready 2\npromise onResolve ready 2');
  const predictions = new Predictions(trace, orders);
  const [timer, socket, promise] = [0, 1, 2];

  const first = predictions.questionAt(0);
  assert.deepEqual(namesOf(trace, first.right), ['onResolve']);
  const nothing = () => '';
  const later = ({ ready }) => `it rings at ${ready / 1000} ms`;
  assert.equal(verdictInWords(first, promise, later), 'Right.');
  assert.equal(verdictInWords(first, timer, nothing), 'Not onTimeout.');
  assert.equal(verdictInWords(first, timer, later), 'Not onTimeout: it rings at 2 ms.');

  const second = predictions.questionAt(1);
  assert.deepEqual(namesOf(trace, second.right), ['onTimeout', 'onMessage']);
  assert.equal(verdictOf(second, socket), 'allowed');
  assert.equal(verdictInWords(second, timer, later), 'Right. onMessage is allowed, too.');
  assert.equal(verdictInWords(second, socket, later), 'Right, onMessage is allowed. This run takes another.');
  assert.equal(longestVerdict(first, later), verdictInWords(first, timer, later));
  assert.equal(longestVerdict(second, later), verdictInWords(second, socket, later));
});

/** Why each wrong answer did not come, by the step that answers it. */
const whyNotOf = (demo, orders) =>
  questionsOf(demo.trace, orders).map((question) =>
    Object.fromEntries(
      question.candidates
        .filter(({ statement }) => verdictOf(question, statement) === 'wrong')
        .map((one) => [one.name, whyNot(demo, question.step, one)]),
    ),
  );

test('of a wrong guess is said what the reason does not say: that its time was later, or which place it had', () => {
  const hallway = 'socket A ready 9 \nsocket B ready 1 takes 5\nsocket C ready 3\nsocket D ready 2 7\nsocket E ready 3';
  const trace = multiplexer.multiplex(hallway, 'readiness');
  assert.deepEqual(whyNotOf({ trace, strategy: 'readiness' }).slice(0, 3), [
    {
      A: 'its next message comes at 9 ms',
      C: 'its next message comes at 3 ms',
      D: 'its next message comes at 2 ms',
      E: 'its next message comes at 3 ms',
    },
    {
      A: 'its next message comes at 9 ms',
      C: 'it has been ready only since 3 ms',
      E: 'it has been ready only since 3 ms',
    },
    { A: 'its next message comes at 9 ms', D: 'its next message comes at 7 ms', E: '' }, // a tie is for the reason
  ]);
  const blocking = multiplexer.multiplex(hallway, 'blocking');
  const whys = whyNotOf({ trace: blocking, strategy: 'blocking' }).flatMap(Object.values);
  assert.deepEqual([...new Set(whys)], [''], 'whose turn it is, the reason says');

  const loop = 'script main takes 3\n  microtask a\n  microtask b\ntimer t ready 2\ntimer late ready 9';
  const of = loopOf(loop);
  assert.deepEqual(whyNotOf({ trace: of.trace, host: 'browser', shownHost: 'browser' }, of.orders), [
    { t: 'it rings at 2 ms', late: 'it rings at 9 ms' },
    { b: 'it is second in the tray microtasks', t: '', late: 'it rings at 9 ms' },
    { t: 'it is first in the tray tasks', late: 'it rings at 9 ms' },
    { late: 'it rings at 9 ms' },
  ]);
});

test('where not all orders were looked through, a step without a guarantee is not held against anybody', () => {
  const { trace } = loopOf('timer a ready 2\nsocket b ready 2');
  const predictions = new Predictions(trace); // as in a long run
  const question = predictions.questionAt(0);
  assert.equal(verdictOf(question, 1), 'open');
  predictions.guess(0, 1);
  predictions.move(0, 1);
  assert.deepEqual(predictions.score, { right: 0, asked: 0 });
});

test('the score counts each question once, by its first guess; a step that was shown is not predicted', () => {
  const trace = multiplexer.multiplex(
    'socket A ready 6\nsocket B ready 1\nsocket C ready 3\nsocket D ready 8',
    'readiness',
  );
  const [a, b, c] = [0, 1, 2];
  const predictions = new Predictions(trace);
  assert.deepEqual(predictions.score, { right: 0, asked: 0 });
  predictions.guess(0, b);
  predictions.move(0, 1);
  assert.deepEqual(predictions.score, { right: 1, asked: 1 });
  predictions.guess(1, a);
  predictions.move(1, 2);
  assert.deepEqual(predictions.score, { right: 1, asked: 2 });
  predictions.move(2, 1); // back, and better
  predictions.guess(1, c);
  predictions.move(1, 2);
  assert.equal(predictions.guessAt(1), c);
  assert.deepEqual(predictions.score, { right: 1, asked: 2 });
  predictions.move(2, 4); // shown; of the last step nothing is asked
  assert.equal(scoreInWords(predictions.score), '1 of 3 predicted');
});

test('back to the start and on again is the same run; but after its end it is a new one', () => {
  const trace = multiplexer.multiplex('socket A ready 6\nsocket B ready 1\nsocket C ready 3', 'readiness');
  const predictions = new Predictions(trace);
  predictions.guess(0, 0);
  predictions.move(0, 1);
  predictions.move(1, 0);
  predictions.guess(0, 1);
  predictions.move(0, 1);
  assert.deepEqual(predictions.score, { right: 0, asked: 1 });
  predictions.move(1, 3);
  predictions.move(3, 0);
  assert.deepEqual(predictions.score, { right: 0, asked: 0 });
  assert.equal(predictions.guessAt(0), undefined);
  predictions.guess(0, 1);
  predictions.move(0, 1);
  assert.deepEqual(predictions.score, { right: 1, asked: 1 });
});

test('whoever always says what comes next has all of it right; whoever says what may not come has none', (t) =>
  fc.assert(
    fc.property(loops, ([host, text]) => {
      const { trace, orders } = loopOf(text, host);
      const [good, bad] = [new Predictions(trace, orders), new Predictions(trace, orders)];
      let traps = 0;
      stepsOf(trace).forEach((_, k) => {
        const question = good.questionAt(k);
        const wrong = question?.candidates.find(({ statement }) => verdictOf(question, statement) === 'wrong');
        if (question) good.guess(k, question.own);
        if (question) bad.guess(k, wrong?.statement ?? question.own);
        if (wrong) traps++;
        good.move(k, k + 1);
        bad.move(k, k + 1);
      });
      const { asked } = good.score;
      assert.equal(asked, questionsOf(trace, orders).length);
      assert.deepEqual(good.score, { right: asked, asked });
      assert.deepEqual(bad.score, { right: asked - traps, asked });
    }),
    replayable(t, RUNS),
  ));

test('a step of a long run is asked about in a few looks into the trace, and so is the score', () => {
  const trace = eventLoop.loop('script main\n  microtask m forever\ntimer t ready 0\ntimer u ready 0');
  const predictions = new Predictions(trace);
  let looks = 0;
  const counted = (/** @type {Function} */ read) => (/** @type {number} */ at) => {
    looks++;
    return read.call(trace, at);
  };
  for (const name of ['step', 'events'])
    Object.defineProperty(trace, name, { value: counted(/** @type {any} */ (trace)[name]) });
  const { stepCount } = trace;
  predictions.move(0, stepCount);
  assert.ok(stepCount > 1000 && predictions.score.asked > 1000);
  assert.ok(looks <= stepCount * 5, `${looks} looks for ${stepCount} steps`);
});
