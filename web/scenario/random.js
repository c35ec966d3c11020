// @ts-check
/**
 * Fresh scenarios to predict, in ten levels a lesson. A level and a seed give the same scenario everywhere: nothing
 * here asks for chance or for the time. What is drawn is run by the page's own model, and drawn again until it is worth
 * a guess.
 *
 * @typedef {(below: number) => number} Random  a whole number from 0 to below - 1
 *
 * @typedef {object} Level
 * @property {string} name  one short line
 * @property {string} way  the mode of lesson 4, or the host of lesson 5
 * @property {(random: Random) => string} draw  a scenario
 * @property {(trace: Trace) => boolean} [shows]  whether it has what the level is about
 * @property {boolean} [isPlain]  no choice among what is ready can go wrong in it
 *
 * @typedef {{ level: number, seed: number, name: string, way: string, text: string }} Challenge  levels count from 1
 * @typedef {(text: string, way: string) => { trace: Trace, orders?: Orders }} Model  runs a scenario
 * @typedef {{ level: number, right: number, asked: number }} Result  of a challenge that was run to its end
 */
import { Predictions, verdictOf } from '../elements/predict/predictions.js';

/** @typedef {import('../core/doorbell.js').Trace} Trace */
/** @typedef {import('../elements/orders/swaps.js').Orders} Orders */

/** As many seeds there are, so that they are short in a link. */
export const SEEDS = 100_000;

const TRIES = 500; // then a level is not made well
const DRAWS = 100; // of seeds, for a fresh challenge: where it is hard to find, one in four will do
const STEPS = { least: 2, most: 10 };
const ORDERS = 6; // allowed ones, at most

/** The same numbers for the same seed: mulberry32. @param {number} seed @returns {Random} */
export function randomFrom(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** @template T @param {Random} random @param {T[]} list @returns {T[]} */
function shuffled(random, list) {
  const left = [...list];
  return list.map(() => left.splice(random(left.length), 1)[0]);
}

/** @template T @param {Random} random @param {T[]} list */
const oneOf = (random, list) => list[random(list.length)];

/** From and to are among them. @param {Random} random @param {number} from @param {number} to */
const between = (random, from, to) => from + random(to - from + 1);

// ---- Lesson 4 -------------------------------------------------------------------------------------------------------

const PAYLOADS = ['slow report', 'chat ping', 'image tile', 'search hits', 'login', 'price list', 'photo', 'song'];

const LATEST = 9; // no message comes later

/**
 * Doors from A on, with one message each; then so many `more` messages, so many `ties`, and so many that are `slow` to
 * handle.
 *
 * @param {Random} random
 * @param {{ doors: number, more?: number, ties?: number, slow?: number }} what
 */
function hallway(random, { doors, more = 0, ties = 0, slow = 0 }) {
  const every = Array.from({ length: LATEST }, (_, i) => i + 1);
  const drawn = shuffled(random, every).slice(0, doors + more);
  const times = drawn.splice(0, doors).map((time) => [time]);
  for (const time of drawn) times[random(doors)].push(time);
  for (let i = 0; i < ties; i++) {
    const [from, to] = shuffled(random, [...times.keys()]);
    times[to][0] = times[from][0];
  }
  const takes = times.map((_, i) => (i < slow ? between(random, 2, 4) : 0));
  const durations = shuffled(random, takes);
  const payloads = shuffled(random, PAYLOADS);
  return times
    .map((of, i) => {
      const ready = of.sort((a, b) => a - b).join(' ');
      const handling = durations[i] ? ` takes ${durations[i]}` : '';
      return `socket ${'ABCDEFGH'[i]} "${payloads[i]}" ready ${ready}${handling}`;
    })
    .join('\n');
}

/** Somebody waits because the thread is busy. @param {Trace} trace */
const hasWait = (trace) => steps(trace).some(({ latency, time, free }) => latency > 0 && time === free);

/** Two sockets have a message of the same time. @param {Trace} trace */
const hasTie = (trace) => {
  const all = steps(trace);
  return all.some((a) => all.some((b) => a.ready === b.ready && a.statement !== b.statement));
};

/** A door is gone to again when others have been gone to. @param {Trace} trace */
const comesBack = (trace) => {
  const order = steps(trace).map(({ statement }) => statement);
  return order.some((one, k) => order.lastIndexOf(one) > k && order[k + 1] !== one);
};

/** @param {Trace} trace */
const steps = (trace) => Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));

/** @param {((trace: Trace) => boolean)[]} tests @returns {(trace: Trace) => boolean} */
const all =
  (...tests) =>
  (trace) =>
    tests.every((test) => test(trace));

/** @type {Level[]} */
const MULTIPLEXER = [
  { name: 'two sockets', way: 'readiness', isPlain: true, draw: (random) => hallway(random, { doors: 2 }) },
  { name: 'three sockets', way: 'readiness', isPlain: true, draw: (random) => hallway(random, { doors: 3 }) },
  { name: 'a guard who blocks', way: 'blocking', draw: (random) => hallway(random, { doors: 3 }) },
  {
    name: 'two messages at one door',
    way: 'readiness',
    isPlain: true,
    draw: (random) => hallway(random, { doors: 3, more: 1 }),
    shows: comesBack,
  },
  {
    name: 'a slow handler',
    way: 'readiness',
    draw: (random) => hallway(random, { doors: 4, slow: 1 }),
    shows: hasWait,
  },
  {
    name: 'a tie',
    way: 'readiness',
    isPlain: true,
    draw: (random) => hallway(random, { doors: 4, ties: 1 }),
    shows: hasTie,
  },
  {
    name: 'round after round, blocking',
    way: 'blocking',
    draw: (random) => hallway(random, { doors: 3, more: 2 }),
    shows: comesBack,
  },
  {
    name: 'two slow handlers',
    way: 'readiness',
    draw: (random) => hallway(random, { doors: 5, slow: 2 }),
    shows: hasWait,
  },
  {
    name: 'a slow handler, and a door that rings again',
    way: 'readiness',
    draw: (random) => hallway(random, { doors: 4, more: 2, slow: 1 }),
    shows: all(hasWait, comesBack),
  },
  {
    name: 'a busy hallway, with a tie',
    way: 'readiness',
    draw: (random) => hallway(random, { doors: 5, more: 2, ties: 1, slow: 2 }),
    shows: all(hasWait, hasTie, comesBack),
  },
];

// ---- Lesson 5 -------------------------------------------------------------------------------------------------------

/** Names for the callbacks of a kind. */
const NAMES = {
  timer: ['onTimeout', 'blink', 'retry', 'remind'],
  socket: ['onMessage', 'onReply', 'onNews'],
  promise: ['onResolve', 'onUser', 'onPrice'],
  microtask: ['cleanUp', 'notify', 'tidy', 'count', 'save'],
};

/** Gives out the names of each kind in another order, each once. @param {Random} random */
function namer(random) {
  const left = Object.fromEntries(Object.entries(NAMES).map(([kind, names]) => [kind, shuffled(random, names)]));
  return (/** @type {keyof typeof NAMES} */ kind) => left[kind].pop() ?? kind;
}

/** Blocks of lines, each under its first one, in another order. @param {Random} random @param {string[]} blocks */
const inAnyOrder = (random, blocks) => shuffled(random, blocks).join('\n');

/** @param {string[]} lines */
const indented = (lines) => lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`);

/** A statement, and what its callback does, in order. @param {string} head @param {string[]} does */
const block = (head, ...does) => [head, ...indented(does)].join('\n');

/** Microtasks, each queued by the one before. @param {string[]} names @returns {string} */
const chain = ([name, ...rest]) => block(`microtask ${name}`, ...(rest.length ? [chain(rest)] : []));

/** @type {Level[]} */
const LOOP = [
  {
    name: 'a timer against a promise',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const time = between(random, 1, 4);
      const later = between(random, time + 2, 9);
      return inAnyOrder(random, [
        `timer ${name('timer')} ready ${time}`,
        `promise ${name('promise')} ready ${time}`,
        `${oneOf(random, ['timer', 'promise'])} later ready ${later}`,
      ]);
    },
  },
  {
    name: 'four doorbells',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const [a, b, c] = shuffled(random, [2, 4, 6, 8]);
      return inAnyOrder(random, [
        `timer ${name('timer')} ready ${a}`,
        `socket ${name('socket')} ready ${b}`,
        `promise ${name('promise')} ready ${oneOf(random, [a, b])}`,
        `timer ${name('timer')} ready ${c}`,
      ]);
    },
  },
  {
    name: 'a callback that queues a microtask',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const time = between(random, 1, 5);
      return inAnyOrder(random, [
        block(`timer ${name('timer')} ready ${time}`, `microtask ${name('microtask')}`),
        `timer ${name('timer')} ready ${time}`,
        `promise ${name('promise')} ready ${oneOf(random, [time, time + 3])}`,
      ]);
    },
  },
  {
    name: 'timers of 0 ms',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const does = [
        `timer ${name('timer')} after 0`,
        `microtask ${name('microtask')}`,
        `timer ${name('timer')} after ${oneOf(random, [0, 4])}`,
        `microtask ${name('microtask')}`,
      ];
      return block('script main', ...shuffled(random, does));
    },
  },
  {
    name: 'a slow callback',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const [a, b, c] = shuffled(random, [1, 3, 5, 7]);
      return [
        `script main takes ${between(random, 8, 12)}`,
        inAnyOrder(random, [
          `timer ${name('timer')} ready ${a}`,
          `socket ${name('socket')} ready ${b}`,
          `promise ${name('promise')} ready ${c}`,
          `timer ${name('timer')} ready ${oneOf(random, [14, 16])}`,
        ]),
      ].join('\n');
    },
    shows: hasWait,
  },
  {
    name: 'a chain of microtasks',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const links = [name('microtask'), name('microtask'), name('microtask')];
      const does = [chain(links), `microtask ${name('microtask')}`, `timer ${name('timer')} after 0`];
      return block('script main', ...shuffled(random, does));
    },
  },
  {
    name: 'a timer within a timer',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const time = between(random, 1, 3);
      const inner = block(`timer ${name('timer')} after ${oneOf(random, [0, 2, 4])}`, `microtask ${name('microtask')}`);
      return inAnyOrder(random, [
        block(`timer ${name('timer')} ready ${time}`, ...shuffled(random, [inner, `microtask ${name('microtask')}`])),
        `timer ${name('timer')} ready ${time + oneOf(random, [0, 2])}`,
        `promise ${name('promise')} ready ${time + oneOf(random, [0, 2, 4])}`,
      ]);
    },
  },
  {
    name: 'await against then',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const does = [
        'then one of p\nthen two of one',
        block('async load', 'await p', 'await p'),
        `microtask ${name('microtask')}`,
        `timer ${name('timer')} after 0`,
      ];
      return block('script main', 'promise p', 'resolve p', ...shuffled(random, does));
    },
  },
  {
    name: 'ticks and immediates, in Node',
    way: 'node',
    draw(random) {
      const name = namer(random);
      const does = [
        'tick onTick',
        block(`microtask ${name('microtask')}`, ...(random(2) ? ['tick lateTick'] : [])),
        `microtask ${name('microtask')}`,
        'immediate onImmediate',
        `timer ${name('timer')} after ${oneOf(random, [0, 4])}`,
      ];
      return block('script main', ...shuffled(random, does));
    },
  },
  {
    name: 'a microtask chain against a timer',
    way: 'browser',
    draw(random) {
      const name = namer(random);
      const links = [name('microtask'), name('microtask'), name('microtask')];
      const inner = block(`timer ${name('timer')} after 0`, `microtask ${name('microtask')}`);
      const does = [chain(links), inner, 'promise p', 'resolve p', 'then one of p\nthen two of one'];
      const [first, second, ...promise] = does;
      const parts = shuffled(random, [first, second, promise.join('\n')]);
      return [block('script main takes 2', ...parts), `timer ${name('timer')} ready ${oneOf(random, [1, 2])}`].join(
        '\n',
      );
    },
  },
];

export const LEVELS = { multiplexer: MULTIPLEXER, loop: LOOP };

// ---- What is worth a guess ------------------------------------------------------------------------------------------

/**
 * What somebody guesses who does not know the rule: readiness goes by the list, a guard who blocks by who rings first.
 *
 * @param {import('../elements/predict/predictions.js').Question} question @param {string} way
 */
export function naiveGuess({ candidates }, way) {
  const [first] = way === 'blocking' ? [...candidates].sort((a, b) => a.ready - b.ready) : candidates;
  return first.statement;
}

/** @param {Level} level @param {ReturnType<Model>} run */
function isWorthIt({ way, shows }, { trace, orders }) {
  if (trace.stepCount < STEPS.least || trace.stepCount > STEPS.most) return false;
  if (orders && (!orders.complete || orders.orders.length > ORDERS)) return false;
  const predictions = new Predictions(trace, orders);
  const questions = steps(trace).flatMap((_, k) => predictions.questionAt(k) ?? []);
  const isTrap = questions.some((question) => verdictOf(question, naiveGuess(question, way)) === 'wrong');
  return isTrap && (shows?.(trace) ?? true);
}

/**
 * The challenge of a level and a seed.
 *
 * @param {keyof typeof LEVELS} lesson @param {number} level from 1 @param {number} seed below SEEDS
 * @param {Model} model
 * @returns {Challenge}
 */
export function challengeOf(lesson, level, seed, model) {
  const of = LEVELS[lesson][level - 1];
  const random = randomFrom(seed * LEVELS[lesson].length + level);
  for (let tries = 0; tries < TRIES; tries++) {
    const text = of.draw(random);
    if (isWorthIt(of, model(text, of.way))) return { level, seed, name: of.name, way: of.way, text };
  }
  throw new Error(`Level ${level} of ${lesson} gives nothing that is worth a guess, from seed ${seed}.`);
}

/**
 * What somebody guesses who knows that only what is ready can come, and not which of it: readiness goes by the list,
 * all else by who was ready first. Nothing where no two are ready.
 *
 * @param {import('../elements/predict/predictions.js').Question} question @param {string} way @param {Trace} trace
 */
function guessAmongReady({ step, candidates }, way, trace) {
  const { time } = trace.step(step);
  const ready = candidates.filter((one) => one.ready <= time);
  if (ready.length < 2) return undefined;
  if (way !== 'readiness') ready.sort((a, b) => a.ready - b.ready || a.event - b.event);
  return ready[0].statement;
}

/**
 * A challenge nobody has a link to yet. Of several the first is taken in which even a choice among what is ready can go
 * wrong.
 *
 * @param {keyof typeof LEVELS} lesson @param {number} level from 1 @param {() => number} drawSeed @param {Model} model
 * @returns {Challenge}
 */
export function freshChallenge(lesson, level, drawSeed, model) {
  const isKeen = (/** @type {Challenge} */ { text, way }) => {
    const { trace, orders } = model(text, way);
    const predictions = new Predictions(trace, orders);
    return steps(trace).some((_, k) => {
      const question = predictions.questionAt(k);
      const guess = question ? guessAmongReady(question, way, trace) : undefined;
      return question && guess !== undefined && verdictOf(question, guess) === 'wrong';
    });
  };
  for (let draws = 1; ; draws++) {
    const challenge = challengeOf(lesson, level, drawSeed(), model);
    if (LEVELS[lesson][level - 1].isPlain || draws === DRAWS || isKeen(challenge)) return challenge;
  }
}

/**
 * Which level comes next: up after a run without a mistake, down after one that was wrong for the most part.
 *
 * @param {Result | undefined} last @param {number} count of the levels
 */
export function nextLevel(last, count) {
  if (!last) return 1;
  const { level, right, asked } = last;
  if (right === asked) return Math.min(count, level + 1);
  return 2 * right < asked ? Math.max(1, level - 1) : level;
}

/** A challenge in a link. @param {{ level: number, seed: number }} challenge */
export const challengeInLink = ({ level, seed }) => `${level}.${seed}`;

/**
 * What a link says, or null: anybody may have written it.
 *
 * @param {string | null} text @param {number} count of the levels
 */
export function challengeFromLink(text, count) {
  const [, level, seed] = (/^(\d{1,2})\.(\d{1,5})$/.exec(text ?? '') ?? []).map(Number);
  return level >= 1 && level <= count && seed < SEEDS ? { level, seed } : null;
}
