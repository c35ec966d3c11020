// The moments of a run, and what stands where at each: what the playground's page shows.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadPlayground } from '../../web/playground/play.mjs';
import { Moments } from '../../web/playground/player/moments.js';
import { recordingOf } from '../../web/playground/player/record.js';
import { LINES, States } from '../../web/playground/player/state.js';
import { fc, replayable } from '../random.mjs';
import { randomPrograms } from './random-programs.mjs';
import { tokensOf } from '../../web/playground/views/tokens.js';

/** @type {Awaited<ReturnType<typeof loadPlayground>>} */
let playground;
before(async () => (playground = await loadPlayground()));

const PROGRAM = `async function load() {
  console.log('begins');
  await null;
  console.log('goes on');
}
setTimeout(() => console.log('timer'), 0);
setTimeout(console.log, 5, 'later');
load();
console.log('sync');
`;

/** @param {string} source @param {'browser' | 'node'} [host] */
function play(source, host = 'browser') {
  const recording = recordingOf(playground.run(source, { host }), host);
  const moments = new Moments(recording);
  const textAt = (/** @type {number} */ moment) => {
    const place = moments.place(moment);
    return place === null ? null : source.slice(recording.places[place].start, recording.places[place].end);
  };
  const states = new States(recording, moments);
  return { recording, moments, textAt, at: (/** @type {number} */ moment) => states.at(moment) };
}

const names = (cards) => cards.map(({ name }) => name);
const queue = (state, wanted) => names(state.queues.find(({ queue }) => queue === wanted).cards);

test('the first moment comes before the program, and nothing has been printed then', () => {
  const { at, moments } = play(PROGRAM);
  assert.equal(moments.step(0), -1);
  assert.deepEqual(at(0).console, []);
  assert.deepEqual(queue(at(0), 'task'), ['program.js']);
});

test('each moment says which statement runs, and who called it', () => {
  const { textAt, at, moments } = play(PROGRAM);
  const begins = Array.from({ length: moments.count }, (_, m) => m).find((m) => textAt(m) === "console.log('begins');");
  assert.deepEqual(
    at(begins).stack.map(({ name, line }) => [name, line]),
    [
      ['the program', 8],
      ['load', 2],
    ],
  );
});

test('at the last moment everything is printed, in the order of the run', () => {
  const { at, moments, recording } = play(PROGRAM);
  const all = at(moments.count - 1).console.map(({ text }) => text);
  assert.deepEqual(all, ['begins\n', 'sync\n', 'goes on\n', 'timer\n', 'later\n']);
  assert.equal(all.length, recording.console.length);
});

test('a line is there from the moment on that wrote it, and not before', () => {
  const { at, moments, recording, textAt } = play(PROGRAM);
  recording.console.forEach(({ step, at: words, text }, i) => {
    const moment = moments.momentOf(step, words);
    assert.equal(at(moment).console.length, i + 1, text);
    assert.equal(at(moment - 1).console.length, i, text);
    if (text !== 'later\n') assert.match(String(textAt(moment)), new RegExp(`console.log\\('${text.trim()}'\\)`));
  });
});

test('a callback waits until its time has come, then in its queue, until it runs', () => {
  const { at, moments } = play(PROGRAM);
  const seen = Array.from({ length: moments.count }, (_, m) => {
    const state = at(m);
    if (names(state.waiting).includes('log')) return 'waiting';
    return state.running?.name === 'log' ? 'running' : 'not asked for';
  });
  assert.deepEqual([...new Set(seen)], ['not asked for', 'waiting', 'running']);
});

test('a step over a call ends behind it; the next callback is the next', () => {
  const { moments, textAt } = play(PROGRAM);
  const call = Array.from({ length: moments.count }, (_, m) => m).find((m) => textAt(m) === 'load();');
  assert.equal(moments.depth(moments.into(call)), 2);
  assert.equal(moments.depth(moments.over(call)), 1);
  assert.equal(moments.step(moments.nextCallback(call)), 1);
  assert.equal(moments.over(moments.count - 1), moments.count - 1);
});

test('control is back with who called as a function returns, and not before its finally is over', () => {
  const { moments, textAt } = play(`function f() {
  try {
    return 1;
  } finally {
    try {
      2;
    } finally {
      3;
    }
    4;
  }
}
function g() {
  return;
}
f() + g();
`);
  const seen = Array.from({ length: moments.count }, (_, m) => `${moments.depth(m)} ${textAt(m)?.split('\n')[0]}`);
  assert.deepEqual(seen, [
    '0 undefined',
    '1 function f() {',
    '1 f() + g();',
    '2 function f() {',
    '2 try {',
    '2 return 1;',
    '2 try {',
    '2 2;',
    '2 3;',
    '2 4;',
    '1 f()',
    '2 function g() {',
    '2 return;',
    '1 g()',
  ]);
});

test('a step over passes what a statement calls, and nothing else; it ends with the callback at the latest', () => {
  const { moments } = play(PROGRAM);
  for (let m = 0; m < moments.count - 1; m++) {
    const next = moments.over(m);
    assert.ok(next > m);
    for (let k = m + 1; k < next; k++) assert.ok(moments.depth(k) > moments.depth(m));
    if (moments.step(next) !== moments.step(m)) assert.equal(next, moments.firstOf(moments.step(m) + 1));
  }
});

test('Node has its phases; who runs before whom stands in the queues in that order', () => {
  const { at, moments } = play(
    `setImmediate(() => {}); process.nextTick(() => {}); queueMicrotask(() => {}); setTimeout(() => {}, 3); 0;`,
    'node',
  );
  const state = at(moments.firstOf(1) - 1);
  assert.deepEqual(queue(state, 'tick'), ['nextTick callback (line 1)']);
  assert.deepEqual(queue(state, 'microtask'), ['queueMicrotask callback (line 1)']);
  assert.deepEqual(queue(state, 'check'), ['setImmediate callback (line 1)']);
  assert.deepEqual(names(state.waiting), ['setTimeout callback (line 1)']);
});

test('what waits nowhere stands in no queue: the next listener of an event, a process event', () => {
  for (const [source, host] of /** @type {const} */ ([
    [
      `//@ click body at 1 ms
document.body.addEventListener('click', () => queueMicrotask(() => {}));
document.body.addEventListener('click', () => {});`,
      'browser',
    ],
    ["process.on('exit', () => {}); setTimeout(() => {}, 3);", 'node'],
  ])) {
    const { at, moments, recording } = play(source, host);
    const called = recording.events.findIndex(({ what }) => what === 'called');
    assert.ok(called > 0);
    for (let m = 0; m < moments.count; m++) {
      const { queues, waiting } = at(m);
      const cards = [...waiting, ...queues.flatMap(({ cards }) => cards)];
      assert.ok(
        cards.every(({ event }) => event !== called),
        `${host}, moment ${m}`,
      );
    }
  }
});

test('a queue that the run has a callback for stands there at every moment, and no other comes and goes', () => {
  for (const [source, host, wanted] of /** @type {const} */ ([
    ['0;', 'node', 6],
    ['0;', 'browser', 2],
    ['setTimeout(() => requestAnimationFrame(() => {}), 1);', 'browser', 3],
  ])) {
    const { at, moments } = play(source, host);
    for (let m = 0; m < moments.count; m++) assert.equal(at(m).queues.length, wanted, `${source}, moment ${m}`);
  }
});

/** Each card of a promise in words, as it changes from moment to moment. */
function promisesOf(source, host) {
  const { at, moments } = play(source, host);
  const seen = Array.from({ length: moments.count }, (_, m) =>
    at(m)
      .promises.map(({ name, status, value, follows, runs, waits }) =>
        [
          name,
          status,
          value,
          follows && `follows ${follows}`,
          runs && `> ${runs}`,
          waits.length && `| ${waits.join(', ')}`,
        ]
          .filter(Boolean)
          .join(' '),
      )
      .join(' & '),
  );
  return seen.filter((text, i) => text !== seen[i - 1]);
}

test('a promise waits, is there while it is reacted to, and then is forgotten', () => {
  assert.deepEqual(
    promisesOf(`let settle;
const p = new Promise((resolve) => (settle = resolve));
p.then(() => {
  0;
});
setTimeout(() => {
  settle('x');
  0;
});`),
    [
      '',
      'p (line 2) pending',
      'p (line 2) pending | then (line 3)',
      "p (line 2) fulfilled 'x' | then (line 3)",
      "p (line 2) fulfilled 'x' > then (line 3)",
      "p (line 2) fulfilled 'x' > then (line 3) & p.then(…) (line 3) fulfilled undefined",
    ],
  );
});

test('an await waits for a promise, one promise follows another, a rejection that nobody handles stays', () => {
  const seen = promisesOf(`const q = new Promise((resolve) => setTimeout(resolve, 3));
async function f() {
  await q;
  throw new TypeError('no');
}
const r = new Promise((resolve) => resolve(q));
const end = f();
0;`);
  assert.ok(
    seen.includes(
      "q (line 1) pending | f's await (line 3) & r (line 6) pending follows q (line 1) & end (line 7) pending",
    ),
    seen.join('\n'),
  );
  assert.equal(seen.at(-1), 'end (line 7) rejected TypeError: no');
});

test('of many promises the first that matter are there, and how many there are', () => {
  const { at, moments } = play(`const all = [];
for (let i = 0; i < 9; i++) all.push(new Promise(() => {}));
for (const one of all) one.then(() => {});
0;`);
  const { promises, promiseCount } = at(moments.count - 1);
  assert.equal(promiseCount, 9);
  assert.ok(promises.length < 9);
});

test('of a long console the last lines are there, and how many there are', () => {
  const { at, moments } = play(`for (let i = 0; i < ${LINES + 5}; i++) console.log(i);`);
  const { console, consoleCount } = at(moments.count - 1);
  assert.equal(consoleCount, LINES + 5);
  assert.deepEqual([console.length, console[0].text, console.at(-1).text], [LINES, '5\n', `${LINES + 4}\n`]);
});

test('a stack is right in a long run too, deep and after errors', () => {
  const { at, moments, textAt } = play(`function deep(n) {
  if (n > 0) return deep(n - 1);
  for (let i = 0; i < 3000; i++) i;
  return 'there';
}
function throws() {
  throw 0;
}
for (let i = 0; i < 2000; i++) i;
try {
  throws();
} catch {
  'caught';
}
deep(4);`);
  const all = Array.from({ length: moments.count }, (_, m) => m);
  const stackAt = (text) => at(all.findLast((m) => textAt(m) === text)).stack.map(({ name, line }) => [name, line]);
  assert.deepEqual(stackAt("'caught';"), [['the program', 13]]);
  assert.deepEqual(stackAt("return 'there';"), [['the program', 15], ...Array(4).fill(['deep', 2]), ['deep', 4]]);
});

test('a moment of a long run is found in less than 4 ms: of 200,000 with 20,000 callbacks, promises, lines', () => {
  playground.limits = { ...playground.limits, ms: 120_000 }; // of a machine that is busy with other tests
  const { at, moments } =
    play(`for (let i = 0; i < 10000; i++) setTimeout(() => { for (let k = 0; k < 5; k++) k; }, i % 100);
let q = Promise.resolve();
for (let i = 0; i < 10000; i++) q = q.then(() => { i; i; console.log(i); });`);
  assert.ok(moments.count > 150_000);
  const looks = 200;
  const before = process.cpuUsage();
  for (let look = 0; look < looks; look++) at(Math.floor(moments.count * ((look * 0.618) % 1)));
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / looks < 4000, `${(user + system) / looks} us`);
});

test('comments, strings, numbers and keywords have colors; a name that holds one has none', () => {
  const text = 'const of = "a\\"b" + 0x1F; // of\n#async, a.new, `t${1}`, 1.5e3n';
  const found = tokensOf(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
  assert.deepEqual(found, [
    ['keyword', 'const'],
    ['string', '"a\\"b"'],
    ['number', '0x1F'],
    ['comment', '// of'],
    ['string', '`t${1}`'],
    ['number', '1.5e3n'],
  ]);
});

test('of two promises that one call makes the one on the way to the other is called an inner one', () => {
  const source = "const { once } = require('node:events');\nconst t = new EventTarget();\nonce(t, 'a').then(() => {});";
  const { at, moments, recording } = play(`${source}\nt.dispatchEvent(new Event('a'));`, 'node');
  assert.deepEqual(
    recording.promises.map(({ name }) => name),
    ['once(…) (line 3)', 'once(…).then(…) (line 3)'],
  );
  const all = Array.from({ length: moments.count }, (_, moment) => at(moment).reason);
  const hop =
    ' A hop: once(…) (line 3) was resolved with an inner promise (line 3), so this job calls the then of that';
  assert.ok(all.some((reason) => reason.includes(hop)));
});

test('a promise that is resolved with one of the same name is told from it', () => {
  const source = 'const f = (n) => Promise.reject(n).catch(() => (n ? f(n - 1) : 0));\nf(1);';
  const { at, moments } = play(source, 'node');
  const reasons = Array.from({ length: moments.count }, (_, moment) => at(moment).reason);
  const own = 'Promise.reject(…).catch(…) (line 1)';
  assert.ok(reasons.some((reason) => reason.includes(` A hop: ${own} was resolved with another ${own}, so this job`)));
  assert.ok(
    reasons.some((reason) => reason.includes(` A hop: another ${own} was fulfilled already, and now ${own} is too.`)),
  );
});

test('promises of one call that is made again and again are no inner ones', () => {
  const source = 'let p = Promise.resolve();\nfor (let i = 0; i < 3; i++) p = p.then(() => i);';
  const { recording } = play(source, 'node');
  const all = recording.promises.map(({ name }) => name);
  assert.deepEqual(all, ['p (line 1)', 'p (line 2)', 'p (line 2)', 'p (line 2)']);
});

/** All that waits, for its time or its turn. */
const waiting = (state) => [...names(state.waiting), ...state.queues.flatMap(({ cards }) => names(cards))];

const CANCELLED = {
  browser: {
    'a timer': 'const t = setTimeout(function it() {}, 5);\nclearTimeout(t);',
    'an interval': 'const t = setInterval(function it() {}, 5);\nclearInterval(t);',
    'a frame': 'const f = requestAnimationFrame(function it() {});\ncancelAnimationFrame(f);',
    'an idle callback': 'const i = requestIdleCallback(function it() {});\ncancelIdleCallback(i);',
    "a task of the scheduler's":
      'const c = new TaskController(); scheduler.postTask(function it() {}, c).catch(() => {});\nc.abort();',
  },
  node: {
    'a timer': 'const t = setTimeout(function it() {}, 5);\nclearTimeout(t);',
    'a timer that closes': 'const t = setTimeout(function it() {}, 5);\nt.close();',
    'an immediate': 'const i = setImmediate(function it() {});\nclearImmediate(i);',
  },
};
for (const [host, programs] of Object.entries(CANCELLED)) {
  for (const [name, source] of Object.entries(programs)) {
    test(`what is cancelled waits no more, and did before: ${name}, ${host}`, () => {
      const { at, moments, textAt } = play(`${source}\nconsole.log('after');`, host);
      const all = Array.from({ length: moments.count }, (_, moment) => moment);
      const cancels = all.find((moment) => textAt(moment) === source.split('\n')[1]);
      assert.ok(waiting(at(cancels - 1)).includes('it'));
      const after = all.find((moment) => textAt(moment) === "console.log('after');");
      for (const moment of all.slice(after)) assert.ok(!waiting(at(moment)).includes('it'));
    });
  }
}

test('the reply to a fetch that is aborted does not come', () => {
  const { recording, at, moments } = play(
    "const c = new AbortController();\nfetch('/', c).catch(() => {});\nc.abort();",
  );
  assert.deepEqual(waiting(at(moments.count - 1)), []);
  assert.ok(recording.steps.every(({ event }) => !recording.events[event].name.startsWith('reply')));
});

test("what a stream waits for is no promise of the program's", () => {
  const { recording } = play('const stream = new ReadableStream({ start() {}, pull(c) { c.close(); } });');
  assert.deepEqual(recording.promises, []);
});

test('functions and classes have their own names on the cards, as the program sees them', () => {
  const source = `setTimeout(console.log, 5);
const p = Promise.resolve(new Response());
const q = Promise.resolve(new DOMException('no', 'AbortError'));
const r = Promise.resolve(Object.assign(new Error('no'), { name: 'OwnError' }));
p.then(() => q.then(() => console.log(Response.name, console.log.name, queueMicrotask.name, EventTarget.name)));`;
  const { recording } = play(source);
  assert.deepEqual(
    recording.promises.slice(0, 3).map(({ value }) => value),
    ['Response {…}', 'DOMException {…}', 'OwnError: no'],
  );
  assert.ok(recording.events.some(({ name, kind }) => kind === 'timer' && name === 'log'));
  assert.equal(recording.console[0].text, 'Response log queueMicrotask EventTarget\n');
});

test('a timer that is refreshed waits once, until its new time, and goes by where it was set', () => {
  const { at, moments, textAt } = play(
    "const t = setTimeout(() => {}, 3);\nt.refresh();\nconsole.log('after');",
    'node',
  );
  const after = Array.from({ length: moments.count }, (_, m) => m).find((m) => textAt(m) === "console.log('after');");
  assert.deepEqual(waiting(at(after)), ['setTimeout callback (line 1)']);
});

for (const host of ['browser', 'node']) {
  test(`at the end of a random program nothing waits: ${host}`, (t) => {
    const has =
      host === 'node' ? ['files'] : ['scheduler', 'priorities', 'delegates', 'frames', 'idle', 'observers', 'changes'];
    const programs = randomPrograms({ host, isModule: false, unit: 8, has });
    fc.assert(
      fc.property(programs, (source) => {
        const { at, moments } = play(source, host);
        assert.deepEqual(waiting(at(moments.count - 1)), []);
      }),
      replayable(t, 40),
    );
  });
}
