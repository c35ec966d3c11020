// Why there is each job of a promise, as the playground says it: by the clauses of ECMAScript, one by one, and in
// random programs by the core's own promises (core/model/promise), which share no line with the playground's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPlayground } from '../../web/playground/play.mjs';
import { PENDING, programOf } from '../../web/javascript/javascript.js';
import { eventLoop } from '../doorbell.mjs';
import { programs } from '../engines/programs.mjs';
import { browserPromises, nodePromises } from '../engines/shapes.mjs';
import { fc, replayable } from '../random.mjs';

const playground = await loadPlayground();
playground.limits = { ...playground.limits, ms: 60_000 }; // of a machine that is busy with other tests

/** Of each microtask what it is called, and what its reason says behind the loop's own. */
function reasonsOf(source, host = 'browser') {
  const { trace } = playground.run(source, { host });
  const steps = Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));
  return steps
    .filter(({ queue }) => queue === 'microtask')
    .map(({ event, reason }) => {
      const { name } = trace.event(event);
      const it = reason.includes(' queued this one') ? 'this one' : name; // a long name is said once
      const [, behind] = reason.split(` queued ${it}`);
      return `${name}: ${behind.replace(/^(?: at .*?)?\. ?/, '')}`;
    });
}

const CLAUSES = {
  'then of a promise that settles later': [
    `const p = new Promise((resolve) => {
  setTimeout(() => {
    resolve();
  });
});
p.then(() => {});`,
    ['then callback (line 6): p (line 1) was fulfilled on line 3, so its then from line 6 was queued.'],
  ],
  'then of one that has settled': [
    `Promise.resolve(1).then(() => {});`,
    [
      'then callback (line 1): Promise.resolve(…) (line 1) was fulfilled already when line 1 called its then, so that ' +
        'was queued at once.',
    ],
  ],
  'a rejection passes through': [
    `const p = Promise.reject(1);
const q = p.then(() => {});
q.catch(() => {});`,
    [
      'then job (line 2): A hop: p (line 1) was rejected already, but its then from line 2 does not react to that: ' +
        'this job runs no code and passes it on to q (line 2) (ECMAScript 27.2.2.1).',
      'catch callback (line 3): q (line 2) was rejected, so its catch from line 3 was queued.',
    ],
  ],
  'a promise that is resolved with another': [
    `const q = Promise.resolve(1);
const p = new Promise((resolve) => resolve(q));`,
    [
      'then call (line 2): A hop: p (line 2) was resolved with q (line 1), so this job calls the then of that ' +
        '(ECMAScript 27.2.2.2).',
      'follow job (line 2): A hop: q (line 1) was fulfilled already, and now p (line 2) is too.',
    ],
  ],
  'the same by what a callback returns, and q settles later': [
    `let go;
const q = new Promise((resolve) => (go = resolve));
const p = Promise.resolve().then(() => q);
setTimeout(() => go());`,
    [
      'then callback (line 3): Promise.resolve(…) (line 3) was fulfilled already when line 3 called its then, so that ' +
        'was queued at once.',
      'then call (line 3): A hop: p (line 3) was resolved with q (line 2), so this job calls the then of that ' +
        '(ECMAScript 27.2.2.2).',
      'follow job (line 3): A hop: q (line 2) was fulfilled on line 4, and now p (line 3) is too.',
    ],
  ],
  'a thenable': [
    `const t = { then(f) { f(1); } };
const p = Promise.resolve(t);`,
    [
      'then call (line 2): A hop: p (line 2) was resolved with a thenable, so this job calls the then of that ' +
        '(ECMAScript 27.2.2.2).',
    ],
  ],
  finally: [
    `const p = Promise.resolve(1);
const q = p.finally(() => {});`,
    [
      'finally callback (line 2): p (line 1) was fulfilled already when line 2 called its finally, so that was queued ' +
        'at once: it runs either way.',
      'finally job (line 2): A hop: what the finally callback of line 2 returned has settled, and what was before ' +
        'goes on (ECMAScript 27.2.5.3).',
      'then call (line 2): A hop: q (line 2) was resolved with an inner promise (line 2), so this job calls the then ' +
        'of that (ECMAScript 27.2.2.2).',
      'follow job (line 2): A hop: an inner promise (line 2) was fulfilled already, and now q (line 2) is too.',
    ],
  ],
  'await of a promise that settles later': [
    `const wait = () => new Promise((resolve) => setTimeout(resolve));
async function f() {
  await wait();
}
f();`,
    ["f's await (line 3): new Promise(…) (line 1) is fulfilled, so the await of f on line 3 goes on."],
  ],
  'await of one that has settled, of none, of a thenable': [
    `const p = Promise.resolve();
async function f() {
  await p;
  await 1;
  await { then(go) { go(); } };
}
f();`,
    [
      "f's await (line 3): p (line 1) was fulfilled already when f awaited it on line 3, so the rest was queued at once.",
      "f's await (line 4): f awaited no promise on line 4, and goes on a microtask later all the same.",
      'then call (line 5): A hop: the await (line 5) was resolved with a thenable, so this job calls the then of that ' +
        '(ECMAScript 27.2.2.2).',
      "f's await (line 5): The thenable that f awaited on line 5 has called back, so the await goes on.",
    ],
  ],
  'await of a rejection': [
    `const p = Promise.reject(1);
(async () => {
  await p;
})().catch(() => {});`,
    [
      'await (line 3): p (line 1) was rejected already when an async arrow awaited it on line 3, so the rest was queued ' +
        'at once: the await throws.',
      "catch callback (line 2): An async arrow's promise (line 2) was rejected, so its catch from line 2 was queued.",
    ],
  ],
  'await of a promise of another class': [
    `class Own extends Promise {}
const o = Own.resolve(1);
async function f() {
  await o;
}
f();`,
    [
      'then call (line 4): A hop: the await (line 4) was resolved with o (line 2), so this job calls the then of that ' +
        '(ECMAScript 27.2.2.2).',
      'follow job (line 4): A hop: o (line 2) was fulfilled already, and now the await (line 4) is too.',
      "f's await (line 4): o (line 2) is fulfilled, so the await of f on line 4 goes on.",
    ],
  ],
  'Promise.all': [
    `const p = Promise.resolve(1);
const all = Promise.all([p, 2]);`,
    [
      'combinator job (line 2): p (line 1) was fulfilled already: this job tells all (line 2), which hears of each of ' +
        'them.',
      'combinator job (line 2): The promise of a plain value (line 2) was fulfilled already: this job tells all (line 2), ' +
        'which hears of each of them.',
    ],
  ],
  'Promise.race, which is over when the second one settles': [
    `const p = Promise.resolve(1);
const q = Promise.resolve(2);
const first = Promise.race([p, q]);`,
    [
      'combinator job (line 3): p (line 1) was fulfilled already: this job tells first (line 3), which hears of each of ' +
        'them.',
      'combinator job (line 3): q (line 2) was fulfilled already: this job tells first (line 3), which has settled: ' +
        'nothing changes.',
    ],
  ],
  'Promise.all, over by a rejection, in the second round of a loop too': [
    `const bad = Promise.reject(1);
const good = Promise.resolve(2);
for (const list of [[bad, good], [good]]) {
  const all = Promise.all(list).catch(() => {});
}`,
    [
      'combinator job (line 4): bad (line 1) was rejected already: this job tells Promise.all(…) (line 4), which hears ' +
        'of each of them.',
      'combinator job (line 4): good (line 2) was fulfilled already: this job tells Promise.all(…) (line 4), which has ' +
        'settled: nothing changes.',
      'combinator job (line 4): good (line 2) was fulfilled already: this job tells Promise.all(…) (line 4), which ' +
        'hears of each of them.',
      'catch callback (line 4): Promise.all(…) (line 4) was rejected, so its catch from line 4 was queued.',
      'catch job (line 4): A hop: Promise.all(…) (line 4) is fulfilled, but its catch from line 4 does not react to ' +
        'that: this job runs no code and passes it on to all (line 4) (ECMAScript 27.2.2.1).',
    ],
  ],
  'for await': [
    `async function f() {
  for await (const x of [1]) x;
}
f();`,
    [
      'await of an iterator (line 2): An inner promise (line 2) was fulfilled already: this job hands on what the ' +
        'iterator gave (ECMAScript 27.1.6.4).',
      "f's await (line 2): The next value (line 2) is fulfilled, so the await of f on line 2 goes on.",
      'await of an iterator (line 2): An inner promise (line 2) was fulfilled already: this job hands on what the ' +
        'iterator gave (ECMAScript 27.1.6.4).',
      "f's await (line 2): The next value (line 2) is fulfilled, so the await of f on line 2 goes on.",
    ],
  ],
};

for (const [name, [source, reasons]] of Object.entries(CLAUSES)) {
  test(`why there is a job: ${name}`, () => {
    assert.deepEqual(reasonsOf(source), reasons);
    assert.deepEqual(reasonsOf(source, 'node'), reasons);
  });
}

test('what is queued by a microtask of the program is no promise’s job', () => {
  assert.deepEqual(reasonsOf('queueMicrotask(() => {});'), ['queueMicrotask callback (line 1): ']);
});

test('what listens to rejections is a step of its own, and what it asks for is its own', () => {
  const source = `process.on('unhandledRejection', (reason, p) => p.catch(() => {}));
process.on('rejectionHandled', () => {});
Promise.reject(1);`;
  const { trace } = playground.run(source, { host: 'node' });
  const steps = Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));
  const names = steps.map(({ event }) => trace.event(event).name);
  assert.deepEqual(names, [
    'program.js',
    "process.on('unhandledRejection')",
    'catch callback (line 1)',
    "process.on('rejectionHandled')",
  ]);
  assert.equal(trace.event(steps[2].event).parent, 1);
  assert.match(
    steps[1].reason,
    /^No tick and no microtask is left: .* process\.on\('unhandledRejection'\) is called\.$/,
  );
});

test('what listens to what nobody caught is a step of its own, at once, and what it asks for is its own', () => {
  const source = `process.on('uncaughtException', () => queueMicrotask(() => {}));
setTimeout(() => {
  process.nextTick(() => {});
  throw new Error();
});`;
  const { trace } = playground.run(source, { host: 'node' });
  const steps = Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));
  const names = steps.map(({ event }) => trace.event(event).name);
  assert.deepEqual(names, [
    'program.js',
    'setTimeout callback (line 2)',
    "process.on('uncaughtException')",
    'nextTick callback (line 3)',
    'queueMicrotask callback (line 1)',
    "Node's empty immediate",
  ]);
  assert.equal(trace.event(steps[4].event).parent, 2);
  assert.equal(trace.event(steps[5].event).parent, 2);
  assert.match(steps[2].reason, /^What ran before threw, and nobody caught it: Node tells that at once, /);
});

test('who goes before ticks and microtasks, for the one before threw, and why, is said of each', () => {
  const source = `process.on('uncaughtException', () => {});
setImmediate(function first() {
  process.nextTick(function tick() {});
  throw 1;
});
setImmediate(function last() {
  setImmediate(function again() {});
  throw 2;
});
setTimeout(() => setImmediate(function later() {}), 20);`;
  const { trace } = playground.run(source, { host: 'node' });
  const reasons = new Map();
  for (let k = 0; k < trace.stepCount; k++) {
    const { event, reason } = trace.step(k);
    if (!reasons.has(trace.event(event).name)) reasons.set(trace.event(event).name, reason);
  }
  const skips = 'A callback threw just now, so ticks and microtasks wait until this one is over.';
  assert.deepEqual(
    ['first', 'last', "Node's empty immediate", 'tick', 'again', 'later'].map((name) => reasons.get(name)),
    [
      'Check phase: first is the oldest immediate from before the phase began; last is behind it. program.js queued ' +
        'first.',
      'Check phase: last is the oldest immediate from before the phase began. program.js queued last. ' + skips,
      'Check phase: the last of the immediates from before the phase began threw, so Node goes through those that ' +
        "were queued since: Node's empty immediate is the oldest. process.on('uncaughtException') queued Node's " +
        'empty immediate. ' +
        skips,
      'Ticks run before microtasks, and before the loop goes on: tick is the oldest tick. first queued tick.',
      'Check phase: the last of the immediates from before the phase began threw, so Node goes through those that ' +
        'were queued since: again is the oldest. last queued again.',
      'Check phase: later is the oldest immediate from before the phase began. setTimeout callback (line 10) queued ' +
        'later.',
    ],
  );
});

// ---- against the core ----------------------------------------------------------------------------------------------

const LIKE = { await: 'handler', 'await-plain': 'handler', 'await-thenable': 'handler' };
const SETTLES = new Set(['handler', 'finally', 'pass', 'follow']); // jobs that are about a promise's state

for (const [name, shape] of Object.entries({ browserPromises, nodePromises })) {
  test(`${name}: in random programs each job does what the core’s promises say`, (t) => {
    fc.assert(
      fc.property(programs(shape), (text) => {
        const theirs = eventLoop.loop(text, shape.host);
        const expected = Array.from({ length: theirs.stepCount }, (_, k) => theirs.step(k))
          .filter(({ queue }) => queue === 'microtask')
          .map(({ job, rejected }) => `${job}${SETTLES.has(job) && rejected ? ' rejected' : ''}`);
        const listens = shape.host === 'node' ? "process.on('unhandledRejection', () => {});" : '';
        const source = `const log = () => {}; ${listens}\n${PENDING}\n${programOf(theirs.scenario, shape.host)}`;
        const { trace } = playground.run(source, { host: shape.host });
        const jobs = Array.from({ length: trace.stepCount }, (_, k) => trace.step(k))
          .filter(({ queue }) => queue === 'microtask')
          .map(({ event }) => trace.promises.jobs.get(event + 1))
          .map((job) => (job ? { ...job, kind: LIKE[job.kind] ?? job.kind } : { kind: 'microtask', rejected: false }))
          .map(({ kind, rejected }) => `${kind}${SETTLES.has(kind) && rejected ? ' rejected' : ''}`);
        assert.deepEqual(jobs, expected, source);
      }),
      replayable(t, 150),
    );
  });
}
