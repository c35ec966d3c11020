// What a line may hold, with what buttons insert (web/scenario/line-help.js), against the core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examples } from '../../web/lessons/event-loop-examples.js';
import { helpAt } from '../../web/scenario/line-help.js';
import { linesOf, statementsIn } from '../../web/scenario/lines.js';
import { coreOf } from '../../web/scenario/words.js';
import { advice, eventLoop, traffic } from '../doorbell.mjs';

const LESSON_4 = 'socket A "slow report" ready 6\nsocket B ready 1 # twice\n\nsocket C ready 3 9 takes 0.5\n';
const read = { multiplexer: (text) => traffic.multiplex(text, 'poll') }; // epoll takes no file
for (const host of ['browser', 'node']) read[host] = (text) => eventLoop.loop(text, host);
const cores = Object.fromEntries(
  Object.entries(read).map(([host, run]) => [
    host,
    coreOf(host === 'multiplexer' ? traffic : eventLoop, advice, host, run),
  ]),
);

/** Scenarios of all hosts, each with a core. */
const scenarios = [
  ['multiplexer', LESSON_4],
  ['multiplexer', 'socket A ready 1 closes 2\n'],
  ['multiplexer', 'socket A size 4 KB ready 1\n'],
  ['multiplexer', 'socket A ready 1\n  write 4 KB\n'],
  ['multiplexer', 'timer T every 10 until 50\n'],
  ['multiplexer', 'listener L ready 1\n'],
  ['multiplexer', 'worker W\nsocket A ready 1\n'],
  ['multiplexer', 'listener L ready 1 descriptors 2\n'],
  ['node', 'script main\n  promise p\n  async f\n    await p\n  then t of p\n'],
  ...examples.filter(({ text }) => text && !text.includes('forever')).map(({ host, text }) => [host, text]),
];

/** All that is offered, at every line. */
const offers = scenarios.flatMap(([host, text]) =>
  text.split('\n').flatMap((_, line) => {
    const help = helpAt(text, line, cores[host]);
    return ['more', 'beside', 'under'].flatMap((group) => help[group].map((offer) => ({ host, text, group, offer })));
  }),
);

test('what is offered, the core reads: a statement more, or more of one', () => {
  for (const { host, text, group, offer } of offers) {
    const before = statementsIn(linesOf(text)).length;
    // Handlers are told of their sockets.
    const ofHandlers = offer.text.match(/^ +(ignore|watch|read|write|stop|leave|keep|hand)/gm)?.length ?? 0;
    const statements = read[host](offer.text).statements.length + ofHandlers;
    assert.equal(statements, before + (group === 'more' ? 0 : 1), offer.text);
  }
});

test('the line that is to be gone to is the one that has changed', () => {
  for (const { text, group, offer } of offers) {
    const [before, after] = [text, offer.text].map((each) => each.replace(/\n$/, '').split('\n'));
    const kept = [...after];
    if (group === 'more') assert.notEqual(after[offer.line], before[offer.line]);
    kept.splice(offer.line, 1, ...(group === 'more' ? [before[offer.line]] : []));
    assert.deepEqual(kept, before);
  }
});

test('every word that a host has is offered somewhere', () => {
  const offered = new Set();
  for (const { host, group, offer } of offers) if (group !== 'more') offered.add(`${host} ${offer.label}`);
  for (const host of Object.keys(cores)) {
    const { kinds, usage } = cores[host];
    const words = kinds.filter((_, kind) => [...kinds.keys(), kinds.length].some((under) => usage(kind, under)));
    assert.deepEqual(
      words.filter((word) => !offered.has(`${host} ${word}`)),
      [],
    );
  }
});

test('a line is helped as it stands: lesson 4', () => {
  const help = helpAt(LESSON_4, 1, cores.multiplexer);
  assert.equal(
    help.usage,
    'socket NAME ["PAYLOAD"] ready T [T...] [takes D] [size SIZE [in N parts]] [buffer SIZE] [reads SIZE every D] [fd N] [closes T | resets T]',
  );
  assert.deepEqual(
    help.more.map(({ label, text }) => [label, text.split('\n')[1]]),
    [
      ['"PAYLOAD"', 'socket B "hello" ready 1 # twice'],
      ['T...', 'socket B ready 1 2 # twice'],
      ['takes D', 'socket B ready 1 takes 1 # twice'],
      ['size SIZE', 'socket B ready 1 size 4 KB # twice'],
      ['buffer SIZE', 'socket B ready 1 buffer 4 KB # twice'],
      ['reads SIZE every D', 'socket B ready 1 reads 4 KB every 1 # twice'],
      ['closes T', 'socket B ready 1 closes 2 # twice'],
      ['resets T', 'socket B ready 1 resets 2 # twice'],
    ],
  );
  assert.deepEqual(
    help.beside.map(({ label, text }) => [label, text.split('\n')[2]]),
    [
      ['socket', 'socket D ready 2'],
      ['timer', 'timer timer1 ready 2'],
      ['timeout', 'timeout 1'],
      ['signal', 'signal signal1 ready 2'],
      ['listener', 'listener listener1 ready 2'],
      ['worker', 'worker worker1'],
      ['pipe', 'pipe pipe1 ready 2'],
      ['file', 'file file1 reads 2'],
    ],
  );
  assert.deepEqual(
    help.under.map(({ label }) => label),
    ['watch', 'write'],
  );
});

test('what a line has, it is not offered again', () => {
  assert.deepEqual(
    helpAt(
      'socket A "a" size 1 KB ready 1 takes 2 buffer 4 KB reads 1 KB every 1 closes 2',
      0,
      cores.multiplexer,
    ).more.map(({ label }) => label),
    ['T...'],
  );
});

test('a promise that is meant is the nearest above', () => {
  const text = 'script main\n  promise p\n  promise q\n  microtask m\n';
  const { beside } = helpAt(text, 3, cores.browser);
  const reaction = beside.find(({ label }) => label === 'then');
  assert.equal(reaction?.text.split('\n')[4], '  then then1 of q');
});

test('an empty text is offered what stands at the left edge', () => {
  const { beside, usage } = helpAt('', 0, cores.multiplexer);
  assert.equal(usage, '');
  assert.deepEqual(
    beside.map(({ text }) => text),
    [
      'socket socket1 ready 2\n',
      'timer timer1 ready 2\n',
      'timeout 1\n',
      'signal signal1 ready 2\n',
      'listener listener1 ready 2\n',
      'worker worker1\n',
      'pipe pipe1 ready 2\n',
      'file file1 reads 2\n',
    ],
  );
});

test('under a line with a mistake, and beside it, there is help too', () => {
  const text = 'socket A redy 1\nsocket B ready 1\n';
  assert.equal(helpAt(text, 0, cores.multiplexer).beside[0].text.split('\n')[1], 'socket C ready 2');
  const wrong = helpAt('soket A ready 1', 0, cores.multiplexer);
  assert.deepEqual([wrong.usage, wrong.more, wrong.under], ['', [], []]);
  const bare = helpAt('script main\n  then', 1, cores.browser);
  assert.deepEqual([bare.usage, bare.more], ['then NAME ["PAYLOAD"] of PROMISE [takes D]', []]);
});

test('a line is helped after each letter that is typed', () => {
  const typed = 'socket A "x" ready 1 2 takes 1';
  for (let length = 1; length <= typed.length; length++) helpAt(typed.slice(0, length), 0, cores.multiplexer);
  const time = helpAt('socket A ready', 0, cores.multiplexer).more.find(({ label }) => label === 'T...');
  assert.equal(time?.text, 'socket A ready 1');
});
