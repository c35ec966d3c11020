// Fresh random scenarios to predict (web/scenario/random.js): of any seed they are valid, short, and worth a guess; and
// what comes after a challenge goes by how it went.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Predictions, verdictOf } from '../../web/elements/predict/predictions.js';
import {
  challengeFromLink,
  challengeInLink,
  challengeOf,
  freshChallenge,
  LEVELS,
  naiveGuess,
  nextLevel,
  randomFrom,
  SEEDS,
} from '../../web/scenario/random.js';
import { eventLoop, multiplexer, orderOf, stepsOf } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const RUNS = 25;
const MODELS = {
  multiplexer: (text, mode) => ({ trace: multiplexer.multiplex(text, mode) }),
  loop: (text, host) => ({ trace: eventLoop.loop(text, host), orders: eventLoop.orders(text, host) }),
};
const seeds = fc.nat(SEEDS - 1);

const questionsOf = ({ trace, orders }) => {
  const predictions = new Predictions(trace, orders);
  return stepsOf(trace).flatMap((_, k) => predictions.questionAt(k) ?? []);
};

for (const [lesson, model] of Object.entries(MODELS)) {
  LEVELS[lesson].forEach(({ name, way }, i) => {
    test(`${lesson}, level ${i + 1}, ${name}: it is short, and a trap`, (t) =>
      fc.assert(
        fc.property(seeds, (seed) => {
          const challenge = challengeOf(lesson, i + 1, seed, model);
          assert.deepEqual({ ...challenge, text: '' }, { level: i + 1, seed, name, way, text: '' });
          const run = model(challenge.text, way);
          const questions = questionsOf(run);
          assert.ok(run.trace.stepCount <= 10 && questions.length >= 1);
          assert.ok(questions.some((question) => verdictOf(question, naiveGuess(question, way)) === 'wrong'));
          assert.ok((run.orders?.orders.length ?? 1) <= 6 && (run.orders?.complete ?? true));
          const names = orderOf(run.trace);
          if (lesson === 'loop') {
            const hasAwaits = name === 'await against then'; // load goes on twice
            assert.equal(new Set(names).size, names.length - (hasAwaits ? 1 : 0), 'each name means one thing');
          }
        }),
        replayable(t, RUNS),
      ));
  });

  test(`${lesson}: there are ten levels, in one short line each, and they ask more and more`, () => {
    assert.equal(LEVELS[lesson].length, 10);
    const names = LEVELS[lesson].map(({ name }) => name);
    assert.equal(new Set(names).size, 10);
    for (const name of names) assert.ok(name.length <= 50, name);
    const asked = (level) => {
      const challenges = Array.from({ length: 20 }, (_, seed) => challengeOf(lesson, level, seed, model));
      return challenges.flatMap(({ text, way }) => questionsOf(model(text, way))).length;
    };
    assert.ok(asked(10) > asked(5) && asked(5) > asked(1));
  });

  test(`${lesson}: the same seed gives the same scenario, and another one mostly another`, () => {
    const texts = (level) => Array.from({ length: 12 }, (_, seed) => challengeOf(lesson, level, seed, model).text);
    for (let level = 1; level <= 10; level++) {
      const once = texts(level);
      assert.deepEqual(texts(level), once);
      assert.ok(new Set(once).size > 8, `level ${level}`);
    }
  });
}

/** In readiness the list misleads among the lit lamps; elsewhere, whoever was ready first. */
function mislead({ trace, orders }, way) {
  return questionsOf({ trace, orders }).some((question) => {
    const there = question.candidates.filter(({ ready }) => ready <= trace.step(question.step).time);
    const least = Math.min(...there.map(({ ready }) => ready));
    const oldest = there.filter(({ ready }) => ready === least).sort((a, b) => a.event - b.event);
    const [guess] = way === 'readiness' ? there : oldest;
    return there.length > 1 && verdictOf(question, guess.statement) === 'wrong';
  });
}

for (const [lesson, model] of Object.entries(MODELS)) {
  LEVELS[lesson].forEach(({ name, way, isPlain }, i) => {
    test(`${lesson}, level ${i + 1}, ${name}: a fresh one has a link, and ${isPlain ? 'no ' : ''}choice among what is ready that may go wrong`, (t) =>
      fc.assert(
        fc.property(seeds, (first) => {
          let seed = first;
          const drawSeed = () => (seed = (seed + 1) % SEEDS);
          const challenge = freshChallenge(lesson, i + 1, drawSeed, model);
          assert.deepEqual(challenge, challengeOf(lesson, i + 1, seed, model), 'its link leads to the same');
          assert.equal(mislead(model(challenge.text, way), way), !isPlain, challenge.text);
        }),
        replayable(t, RUNS),
      ));
  });
}

test('a fresh challenge is worth a guess though none of the 25 seeds before it is', () => {
  const model = MODELS.multiplexer;
  let seed = 36393;
  const challenge = freshChallenge('multiplexer', 5, () => ++seed, model);
  assert.ok(seed > 36393 + 25 && mislead(model(challenge.text, challenge.way), challenge.way), challenge.text);
});

test('what a link of today leads to, it leads to tomorrow', () => {
  const textOf = (lesson, level, seed) => challengeOf(lesson, level, seed, MODELS[lesson]).text;
  assert.equal(
    textOf('multiplexer', 10, 99999),
    `socket A "search hits" ready 7 takes 2
socket B "login" ready 1
socket C "slow report" ready 6 9 takes 4
socket D "song" ready 1 8
socket E "price list" ready 2`,
  );
  assert.equal(
    textOf('loop', 10, 7),
    `script main takes 2
  timer blink after 0
    microtask tidy
  promise p
  resolve p
  then one of p
  then two of one
  microtask cleanUp
    microtask save
      microtask count
timer remind ready 1`,
  );
});

test('random numbers are spread, below their bound, and the same for the same seed', () => {
  const draw = (seed) => {
    const random = randomFrom(seed);
    return Array.from({ length: 6000 }, () => random(6));
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
  for (let face = 0; face < 6; face++) {
    const count = draw(7).filter((number) => number === face).length;
    assert.ok(count > 850 && count < 1150, `${face} came ${count} times of 6000`);
  }
});

test('after a clean run the next level comes; after some mistakes another of the same; after many the one before', () => {
  assert.equal(nextLevel(undefined, 10), 1);
  assert.equal(nextLevel({ level: 3, right: 4, asked: 4 }, 10), 4);
  assert.equal(nextLevel({ level: 3, right: 3, asked: 4 }, 10), 3);
  assert.equal(nextLevel({ level: 3, right: 2, asked: 4 }, 10), 3);
  assert.equal(nextLevel({ level: 3, right: 1, asked: 4 }, 10), 2);
  assert.equal(nextLevel({ level: 1, right: 0, asked: 1 }, 10), 1);
  assert.equal(nextLevel({ level: 10, right: 9, asked: 9 }, 10), 10);
});

test('a challenge in a link comes back as it was, and what is no challenge is none', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), seeds, (level, seed) =>
      assert.deepEqual(challengeFromLink(challengeInLink({ level, seed }), 10), { level, seed }),
    ),
    replayable(t, RUNS),
  );
  for (const text of [null, '', '3', '0.1', '11.1', '3.100000', '3.-1', '3.1e3', 'x3.1', '3.1x', '3.1.1', '٣.1'])
    assert.equal(challengeFromLink(text, 10), null, String(text));
});
