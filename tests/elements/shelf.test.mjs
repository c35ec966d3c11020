// What stands at the doors besides, where connections end and messages have sizes (web/elements/shelf/on-shelf.js), and
// which step reads the last of a message (web/elements/player/messages.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hallwayInWords } from '../../web/elements/hallway/hallway-in-words.js';
import { messagesOf, NEVER } from '../../web/elements/player/messages.js';
import { moreMessages } from '../../web/elements/player/more-messages.js';
import { isHandedOver } from '../../web/elements/shelf/at-the-bench.js';
import { alarmAt } from '../../web/elements/shelf/on-the-clock.js';
import { shelfAt, sizeInWords } from '../../web/elements/shelf/on-shelf.js';
import { neverHandled, stuckSockets } from '../../web/elements/side-by-side/pair.js';
import { nameOf, wayOf } from '../../web/elements/side-by-side/ways.js';
import { traffic } from '../doorbell.mjs';

/** What there is at each position, in words. */
function told(text, way) {
  const { strategy, options } = wayOf(way);
  const trace = traffic.multiplex(text, strategy, options);
  const states = Array.from({ length: trace.stepCount + 1 }, (_, k) => shelfAt(trace, k, strategy));
  return { trace, states, words: states.map((state) => hallwayInWords(state).join(' ').replaceAll('\u00a0', ' ')) };
}

const doorsOf = (state) => state.doors.map(({ state, words }) => `${state} ${words?.[0] ?? ''}`.trim());

const GONE = 'socket A ready 1 closes 2\n  ignore end\nsocket B ready 4\n';
const PARTS = 'socket A size 4 KB in 2 parts ready 1 6\nsocket B size 1 KB ready 3\n';
const PIECES = 'socket A size 4 KB ready 1\n  read up to 1 KB\nsocket B size 512 bytes ready 2\n';

test('at an end that nobody closes the lamp stays lit, and nobody is there', () => {
  const { states, words } = told(GONE, 'epoll');
  assert.deepEqual(states.map(doorsOf), [
    ['quiet', 'quiet'],
    ['handling', 'quiet'],
    ['handling nobody is there', 'quiet'],
    ['late lit, nobody there', 'handling'],
    ['late nobody is there', 'done'],
  ]);
  assert.match(words[3], /At door A the lamp stays lit, and nobody is there\./);
  assert.ok(states.every(({ doors }, k) => k < 2 || !doors[0].caller));
});

test('edge-triggered the end is told once: no lamp tells of it after that', () => {
  const { states, words } = told(GONE, 'epoll-et');
  assert.equal(doorsOf(states[3])[0], 'done never closed');
  assert.match(words[3], /Door A was never closed, and nobody is there\./);
  for (const said of words) assert.doesNotMatch(said, /stays lit/);
});

test('who resets is gone without a word; who closes is not', () => {
  const { states } = told('socket A ready 1 resets 2\nsocket B ready 3 closes 4\nsocket C ready 5\n', 'epoll');
  assert.deepEqual(doorsOf(states[2]), ['handling gone without a word', 'quiet', 'quiet']);
  assert.deepEqual(doorsOf(states[4]), ['done shut', 'handling nobody is there', 'quiet']);
});

test('a door that is closed is shut', () => {
  const { states, words } = told('socket A ready 1 closes 2\nsocket B ready 4\n', 'epoll');
  assert.deepEqual(doorsOf(states[3]), ['done shut', 'done']);
  assert.match(words[3], /Door A is shut\./);
  assert.doesNotMatch(words[1], /shut/);
});

test('whoever is watched for writing keeps the guard from resting', () => {
  const { states, words } = told('socket A ready 1\n  watch write\nsocket B ready 4\n', 'epoll');
  assert.equal(states[0].caption, 'he cannot rest');
  assert.match(words[0], /The letter box of door A is watched, and has room all the time\./);
  assert.equal(told('socket A ready 1\nsocket B ready 4\n', 'epoll').states[0].caption, undefined);
});

test('a parcel comes in parts: so much of it is here', () => {
  const { states, words } = told(PARTS, 'epoll');
  assert.deepEqual(
    states.map(({ doors }) => doors[0].words?.[0].replaceAll('\u00a0', ' ')),
    [undefined, '2 KB of 4 KB', '2 KB of 4 KB', '4 KB of 4 KB'],
  );
  assert.match(words[2], /Of the parcel at door A 2 KB of 4 KB are here\./);
});

test('a letter box is full: so much found no room', () => {
  const text = 'socket A ready 1 buffer 16 KB reads 8 KB every 2\n  write 32 KB\n  stop watching\n';
  const { states, words } = told(text, 'epoll');
  assert.deepEqual(
    states.map(({ doors }) => doors[0].words?.[0].replaceAll('\u00a0', ' ')),
    [undefined, 'no room: 16 KB', 'no room: 8 KB', 'all is written'],
  );
  assert.match(words[1], /The letter box of door A is full: 16 KB found no room\./);
});

test('what found no room and is forgotten is lost, and the letter box does not stay full', () => {
  const text = 'socket A ready 1 buffer 16 KB reads 8 KB every 2\n  write 32 KB and forget\nsocket B ready 9\n';
  const { states, words } = told(text, 'epoll');
  assert.equal(states.at(-1)?.doors[0].words?.[0].replace('\u00a0', ' '), '16 KB lost');
  assert.match(words.at(-1) ?? '', /Of the answer at door A 16 KB found no room, and are lost\./);
  assert.doesNotMatch(words.at(-1) ?? '', /is full/);
});

test('nobody is said to take a message where there is none: at an end, for room to write, or in a spin', () => {
  const errand = (text, way, k) => {
    const { states, words } = told(text, way);
    assert.ok(!states.at(k)?.doors[0].caller, words.at(k));
    return words.at(k)?.split('. ')[1];
  };
  assert.equal(errand(GONE, 'epoll', 2), 'The guard opens door A, and nobody is there');
  assert.equal(errand(GONE, 'epoll', 4), 'The guard is called to door A over and over, and nobody is there');
  assert.equal(
    errand('socket A ready 1\n  watch write\n', 'epoll', 2),
    'The guard is called to door A over and over, for there is room in its letter box',
  );
  assert.equal(
    errand('socket A ready 1 buffer 16 KB reads 8 KB every 2\n  write 32 KB\n  stop watching\n', 'epoll', 2),
    'The guard puts more of his answer into the letter box of door A',
  );
  assert.match(told(PIECES, 'epoll').words[1], /The guard takes a part of the message at door A\./);
});

test('behind a timer’s door is a clock, and a read of it says how often it has expired', () => {
  const { states, words } = told('timer T every 2 until 10\nsocket A ready 3 takes 4\n', 'epoll');
  assert.deepEqual(
    states.slice(1, 4).map((state) => doorsOf(state)[0]),
    ['handling expired once', 'quiet', 'handling expired 2 times'], // at 4 and at 6, while A was handled
  );
  assert.match(words[0], /Behind door T is a clock\./);
  assert.match(words[1], /The guard is called by the clock at door T\./);
  assert.equal(states[0].doors[0].beyond.timer.part, 0);
  assert.equal(states[2].doors[0].beyond.timer.part, 0.5); // at 3 ms
});

test('a timer that is not read keeps its lamp lit; edge-triggered nobody hears of it again', () => {
  const text = 'timer T every 3 until 9\n  leave unread\nsocket B ready 4\n';
  const { states, words } = told(text, 'epoll');
  assert.deepEqual(
    states.map((state) => doorsOf(state)[0]),
    ['quiet', 'handling not read', 'late lit, not read', 'late not read'],
  );
  assert.match(words[1], /The guard is called by the clock at door T, and does not read it\./);
  assert.match(words[2], /At door T the lamp stays lit, for nobody reads the clock\./);
  assert.match(words[3], /The guard is called to door T over and over, for nobody reads the clock\./);
  assert.equal(states[2].doors[0].beyond.timer.part, 0); // as it was when it expired
  const once = told(text, 'epoll-et');
  assert.equal(doorsOf(once.states[2])[0], 'done not read');
  assert.match(once.words[2], /At door T nobody has read the clock, and it does not go on\./);
});

const PINGS = 'socket A ready 3 6 9 12\n';

test('the timeout is no door: the guard has an alarm clock, which he sets anew for each wait, or keeps', () => {
  const captions = (timeout) =>
    told(PINGS + timeout, 'epoll').states.map(({ caption }) => caption?.replace('\u00a0', ' '));
  assert.deepEqual(captions('timeout 5\n'), [
    'alarm: 0 of 5 ms',
    ...Array(4).fill('alarm: 3 of 5 ms'), // it never rings
  ]);
  assert.deepEqual(captions('timeout every 5\n'), [
    'alarm: 0 of 5 ms',
    'alarm: 3 of 5 ms',
    'his alarm clock rings',
    'alarm: 1 of 5 ms',
    'alarm: 4 of 5 ms',
    'his alarm clock rings',
    'alarm: 2 of 5 ms',
  ]);
  const { states, words } = told(`${PINGS}timeout every 5 "close idle ones"\n`, 'epoll');
  for (const state of states) {
    assert.deepEqual([state.doors.length, state.cells.length, state.count], [1, 1, 1]);
    assert.equal(
      Object.values(state.counts).reduce((sum, n) => sum + n),
      1,
    );
  }
  assert.equal(states[2].guard, -1);
  assert.match(words[0], /^A hallway of 1 door, .* Of the 5 ms of the guard’s alarm clock 0 ms have passed\./);
  assert.match(words[1], /alarm clock 3 ms have passed\.$/);
  assert.match(told(`${PINGS}timeout 5\n`, 'epoll').words[1], /3 ms have passed; for the next wait he sets it back\.$/);
  assert.match(words[2], /The guard’s alarm clock has rung, and he does his housekeeping \(close idle ones\)\./);
});

test('the alarm clock goes on while time passes, from where his wait began', () => {
  const trace = traffic.multiplex(`${PINGS}timeout 5\n`, 'epoll', {});
  assert.equal(shelfAt(trace, 2, 'epoll', 4000).caption?.replace('\u00a0', ' '), 'alarm: 1 of 5 ms');
  const kept = traffic.multiplex('socket A ready 3 9\ntimeout every 5 takes 1\n', 'epoll', {});
  const alarmOf = (position, now) => alarmAt(kept, messagesOf(kept), position, now);
  assert.deepEqual(alarmOf(2, 5000), { passed: 5000, of: 5000, keeps: true, rings: true });
  assert.deepEqual(alarmOf(2, 7000), { passed: 2000, of: 5000, keeps: true, rings: false }); // the housekeeping is done
});

test('kqueue is drawn as epoll is, and with EV_CLEAR as EPOLLET', () => {
  const text = 'socket A ready 1 resets 2\n  ignore end\nsocket B ready 4\n';
  const [level, edge] = ['kqueue', 'kqueue-clear'].map((way) => doorsOf(told(text, way).states[3])[0]);
  assert.deepEqual([level, edge], ['late lit, nobody there', 'done never closed']);
});

test('a signal is no door: it taps the guard on the shoulder', () => {
  const { states, words } = told('socket A ready 1\nsignal CHLD "a child ended" ready 3\nsocket B ready 5\n', 'epoll');
  assert.deepEqual(
    states.map(({ doors, guard, caption }) => [doors.length, guard, caption]),
    [
      [2, -1, undefined],
      [2, 0, undefined],
      [2, -1, 'CHLD taps him'],
      [2, 1, undefined],
    ],
  );
  assert.match(words[2], /The signal CHLD \(a child ended\) taps the guard on the shoulder\./);
});

test('who asks without end watches no panel', () => {
  const { words, states } = told('socket A ready 3\nsocket B ready 1\n', 'busy-poll');
  assert.match(words[0], /The guard goes from door to door, and tries each\./);
  for (const { caption } of states) assert.equal(caption, 'nobody looks here');
});

test('a blocking guard who sleeps for good sleeps at the silent door, and not where somebody rings', () => {
  const { states, words } = told('socket A never\nsocket B ready 1\nsocket C ready 3\n', 'blocking');
  for (const [k, state] of states.entries()) {
    assert.equal(state.guard, 0, words[k]);
    assert.equal(state.busy, false);
    assert.ok(state.doors.every(({ open }) => !open));
  }
  assert.equal(states[0].doors[0].state, 'quiet');
  assert.match(words.at(-1) ?? '', /The guard waits at door A\. Ringing: B for 0 ms\. To come: C at 3 ms\./);
});

test('a message that is read in pieces, or in parts, is handled when the last of it is read', () => {
  const stepsOf = (text, way) => {
    const { strategy, options } = wayOf(way);
    return [...messagesOf(traffic.multiplex(text, strategy, options)).step];
  };
  assert.deepEqual(stepsOf(PIECES, 'epoll'), [3, 4]);
  assert.deepEqual(stepsOf(PIECES, 'epoll-et, no drain'), [NEVER, 1]);
  assert.deepEqual(stepsOf(PARTS, 'epoll'), [0, 2, 1]);
  // Two parts come while the thread is busy: one read takes both.
  assert.deepEqual(
    stepsOf('socket A size 2 KB in 2 parts ready 1 2\nsocket B size 1 KB ready 0 takes 5\n', 'epoll'),
    [1, 1, 0],
  );
});

test('a size is written as the core writes it', () => {
  assert.deepEqual(
    [512, 1024, 1536, 4096, 2 ** 20].map((bytes) => sizeInWords(bytes).replace('\u00a0', ' ')),
    ['512 bytes', '1 KB', '1536 bytes', '4 KB', '1 MB'],
  );
});

const CROWDED = 'socket A ready 1 closes 20\nlistener L ready 1 1 5 descriptors 2\n';

test('at a listener’s door each who comes is given a key, and without one the lamp stays lit', () => {
  const { states, words, trace } = told(CROWDED, 'epoll');
  assert.deepEqual(
    trace.tables.accepting.count,
    trace.stepCount + 1, // it ends well, so there is a row behind the last step
  );
  assert.deepEqual(states.map(doorsOf), [
    ['quiet', 'quiet 2 keys left'],
    ['handling', 'ready 2 keys left'],
    ['quiet', 'handling accepted'],
    ['quiet', 'handling accepted'],
    ['handling nobody is there', 'late 1 key left'],
    ['done shut', 'done accepted'],
  ]);
  assert.match(words[2], /The guard accepts a connection at door L, and gives it a key\./);
  assert.match(words[0], /Of the keys, which are descriptors, 2 hang there\./);
  const between = shelfAt(trace, 4, 'epoll', 10_000); // while the clock goes on to A's end
  assert.deepEqual(doorsOf(between), ['quiet', 'late lit, no key']);
  assert.equal(between.caption, 'he cannot rest');
  assert.match(hallwayInWords(between).join(' '), /At door L the lamp stays lit, for there is no key to give\./);
  assert.doesNotMatch(words.join(' '), /message at door L/);
});

test('a spare key turns away who comes, and edge-triggered nobody tells again of who waits', () => {
  const { states, words } = told(`${CROWDED}  keep spare\n`, 'epoll');
  const away = states.findIndex(({ doors }) => doors[1].words?.[0] === 'turned away');
  assert.match(words[away], /with the spare key, and sends it away at once, for no other is left\./);
  assert.doesNotMatch(words.join(' '), /stays lit/);
  const edge = told(CROWDED, 'epoll-et');
  assert.match(edge.words.at(-1), /At door L somebody waits, and nobody tells of it again\./);
});

const WORK = 'socket A "resize" ready 1 1 1 takes 2\n  hand over\nsocket B ready 2 takes 4\nworker W\n';

test('behind a pool’s door several are at work', () => {
  const text = 'socket A ready 1 1 1 1 takes 2\n  hand over\nsocket B ready 2 takes 4\nworker W threads 2\n';
  const { words } = told(text, 'epoll');
  assert.match(words[1], /Behind door W somebody is at work\./);
  assert.match(words[2], /Behind door W 2 are at work\./);
  assert.match(words[3], /Behind door W 2 are at work, and 1 more piece waits\./);
  assert.match(words[4], /Behind door W 2 are at work, and 2 more pieces wait\./);
});

test('behind a worker’s door somebody is at work, and comes to it when a piece is done', () => {
  const { states, words } = told(WORK, 'epoll');
  assert.deepEqual(states.map(doorsOf), [
    ['quiet', 'quiet', 'quiet'],
    ['handling handed over', 'quiet', 'quiet at work'],
    ['handling handed over', 'quiet', 'quiet at work, 1 waits'],
    ['handling handed over', 'quiet', 'quiet at work, 2 wait'],
    ['done', 'handling', 'quiet at work, 2 wait'],
    ['done', 'done', 'handling 2 are done'],
    ['done', 'done', 'done one is done'],
  ]);
  const { trace } = told(WORK, 'epoll');
  const [, , door] = shelfAt(trace, 5, 'epoll', 4000).doors; // while B is served, the first piece is done
  assert.deepEqual([door.state, door.words, door.caller], ['late', undefined, true]);
  assert.match(words[1], /The guard hands over to the worker what came at door A\. .* somebody is at work\./);
  assert.match(words[2], /somebody is at work, and 1 more piece waits\./);
  assert.match(words[5], /The guard hears at door W that work is done\./);
  assert.ok(states[1].doors[0].caller && states[5].doors[2].caller);
});

test('a pipe leads to its door, and what comes of it is handed over as a socket’s is', () => {
  const { states, words } = told('pipe P ready 1 takes 2 closes 9\n  hand over\nsocket A ready 2\nworker W\n', 'epoll');
  assert.deepEqual(
    states[0].doors.map(({ beyond }) => beyond.pipe),
    [true, false, false],
  );
  assert.match(words[0], /A pipe leads to door P\./);
  assert.doesNotMatch(words[0], /leads to door [AW]/);
  assert.equal(doorsOf(states[1])[0], 'handling handed over');
  assert.equal(doorsOf(states.at(-1))[0], 'done nobody is there'); // it takes no time
});

test('beside a file’s door stands a cabinet, and its lamp is lit until it is closed', () => {
  const { states, words } = told('file F reads 2 takes 2\n  ignore end\nsocket A ready 9\n', 'poll');
  assert.deepEqual(
    states[0].doors.map(({ beyond }) => beyond.file),
    [true, false],
  );
  assert.match(words[0], /Beside door F stands the cabinet of a file: its lamp is lit until it is closed\./);
  assert.deepEqual(states.slice(0, 2).map(doorsOf), [
    ['ready', 'quiet'],
    ['handling', 'quiet'],
  ]);
  assert.equal(doorsOf(states[4])[0], 'late lit, nobody there');
});

test('a message is handed over when it is whole; an end is not', () => {
  const text = 'socket A size 2 KB in 2 parts ready 1 2 takes 3 closes 3\n  hand over\n  ignore end\nworker W\n';
  const { trace, states } = told(text, 'epoll');
  assert.deepEqual(
    Array.from({ length: trace.stepCount }, (_, k) => isHandedOver(trace, k)),
    [false, true, false, false, false],
  );
  assert.deepEqual(
    states.map((state) => doorsOf(state)[1]),
    ['quiet', 'quiet', 'quiet at work', 'quiet at work', 'handling one is done', 'done'],
  );
});

test('one whose eventfd is not read keeps its lamp lit', () => {
  const { states, words } = told(`${WORK}  leave unread\n`, 'epoll');
  assert.deepEqual(
    states.slice(-2).map((state) => doorsOf(state)[2]),
    ['handling not read', 'late not read'],
  );
  assert.match(words.at(-2), /where work is done, and does not read how much\./);
  assert.match(words.at(-1), /over and over, for nobody reads how much is done\..* for nobody reads what is done\./);
  const { trace } = told('socket A ready 1\n  hand over\nsocket B ready 9\nworker W\n  leave unread\n', 'epoll');
  const between = shelfAt(trace, 3, 'epoll', 5000);
  assert.equal(doorsOf(between)[2], 'late lit, not read');
  assert.equal(between.caption, 'he cannot rest');
});

test('work that is never handed over is missed by nobody', () => {
  const trace = traffic.multiplex('socket A ready 1 1 takes 2\n  hand over\nworker W\n', 'epoll-et', { drain: false });
  assert.equal(trace.more, moreMessages);
  const { ready, step, lost } = messagesOf(trace);
  assert.deepEqual([...ready], [1000, 1000, 3000, Infinity]);
  assert.deepEqual([...step], [0, NEVER, 1, trace.stepCount]);
  assert.equal(lost, 1000);
  const run = { name: 'Trap', strategy: 'epoll-et', trace };
  assert.equal(neverHandled(run), 1);
  assert.deepEqual(
    stuckSockets(run).map(({ name }) => name),
    ['A'],
  );
});

test('a way is named as it was read', () => {
  for (const name of ['poll', 'epoll-et, no drain', 'epoll, maxevents 1', 'epoll-et, maxevents 2, no drain'])
    assert.equal(nameOf(wayOf(name)), name);
});
