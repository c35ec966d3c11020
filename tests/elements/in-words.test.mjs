// The scenes in sentences (web/elements/in-words/, hallway/hallway-in-words.js): letter for letter of the lessons’ own
// scenarios, and at every step of random ones against what the trace says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskAt, SIZES } from '../../web/elements/desk/desk-state.js';
import { hallwayInWords } from '../../web/elements/hallway/hallway-in-words.js';
import { hallwayAt } from '../../web/elements/hallway/hallway-state.js';
import { changed, doable } from '../../web/elements/in-words/changed.js';
import { deskChanges, deskInWords } from '../../web/elements/in-words/desk-words.js';
import { hallwayChanges } from '../../web/elements/in-words/hallway-changes.js';
import { eventLoop, multiplexer, stepsOf, traffic } from '../doorbell.mjs';
import { programs } from '../engines/programs.mjs';
import * as shapes from '../engines/shapes.mjs';
import { fc, replayable } from '../random.mjs';

const LESSON_4 = 'socket A "slow report" ready 6\nsocket B "chat ping" ready 1\nsocket C "image tile" ready 3';
const LESSON_5 = 'promise onResolve ready 2\ntimer onTimeout ready 2\nsocket onMessage ready 4';

/** A text as a line of words: a number's unbroken space is one like others. */
const plain = (sentences) => sentences.map((sentence) => sentence.replaceAll('\u00a0', ' '));

/** What is told at each position of a run of lesson 4, and what is told to have changed. */
function hallwayRun(text, mode) {
  const trace = multiplexer.multiplex(text, mode);
  const states = Array.from({ length: trace.stepCount + 1 }, (_, position) => hallwayAt(trace, position, mode));
  return { trace, states, told: states.map(hallwayInWords).map(plain) };
}

/** The same of lesson 5. */
function deskRun(text, host) {
  const trace = eventLoop.loop(text, host);
  const states = Array.from({ length: trace.stepCount + 1 }, (_, position) => deskAt(trace, host, position, SIZES[0]));
  return { trace, states, told: states.map(deskInWords).map(plain) };
}

// ---- the hallway ----------------------------------------------------------------------------------------------------

test('the hallway: who rings, where the guard is, and when each message will come', () => {
  const { told } = hallwayRun(LESSON_4, 'blocking');
  assert.deepEqual(told, [
    [
      'A hallway of 3 doors, blocking, at 0 ms.',
      'The guard waits at door A.',
      'Nobody rings.',
      'To come: A at 6 ms, B at 1 ms, C at 3 ms.',
    ],
    [
      'A hallway of 3 doors, blocking, at 6 ms.',
      'The guard takes the message at door A.',
      'Ringing: B for 5 ms, C for 3 ms.',
    ],
    ['A hallway of 3 doors, blocking, at 6 ms.', 'The guard takes the message at door B.', 'Ringing: C for 3 ms.'],
    [
      'A hallway of 3 doors, blocking, at 6 ms.',
      'The guard has taken the last message at door C.',
      'Nobody else rings.',
      'All messages are handled.',
    ],
  ]);
  const [start] = hallwayRun(LESSON_4, 'readiness').told;
  assert.equal(start[1], 'The guard watches the panel of lamps.');
  const [one] = hallwayRun('socket only ready 1', 'readiness').told;
  assert.equal(one[0], 'A hallway of 1 door, readiness, at 0 ms.');
});

test('the hallway: of more doors than are drawn, those that ring are counted', () => {
  const text = Array.from({ length: 20 }, (_, i) => `socket s${i} ready 1 takes 1`).join('\n');
  const { told } = hallwayRun(text, 'readiness');
  assert.equal(told[1][2].match(/, (\d+) more\.$/)?.[1], '12', 'seven are told, one is handled');
});

test('the hallway: what changed with each step', () => {
  const { states } = hallwayRun(LESSON_4, 'blocking');
  const changes = states.slice(1).map((state, i) => plain(hallwayChanges(states[i], state)));
  assert.deepEqual(changes, [
    [
      'The clock went from 0 ms to 6 ms.',
      'A rang at 6 ms.',
      'B rang at 1 ms.',
      'C rang at 3 ms.',
      'He opened door A, and takes “slow report”, which did not wait.',
    ],
    [
      'The guard went from door A to door B.',
      'He opened door B, and takes “chat ping”, which waited 5 ms.',
      'Nothing more comes to door A.',
    ],
    ['The guard went from door B to door C.', 'Nothing more comes to door B.', 'Nothing more comes to door C.'],
  ]);
  const readiness = hallwayRun('socket A ready 2', 'readiness').states;
  assert.deepEqual(plain(hallwayChanges(readiness[0], readiness[1])), [
    'The clock went from 0 ms to 2 ms.',
    'A rang at 2 ms.',
    'The guard went from the panel to door A.',
    'Nothing more comes to door A.',
  ]);
});

const hallways = fc
  .array(fc.record({ times: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), takes: fc.nat(3) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((sockets) =>
    sockets.map(({ times, takes }, i) => `socket s${i} ready ${times.sort().join(' ')} takes ${takes}\n`).join(''),
  );

test('the hallway: at a listener nobody takes a message', () => {
  const [before, after] = [0, 1].map((k) =>
    hallwayAt(traffic.multiplex('listener L ready 1 4\n', 'readiness'), k, 'readiness'),
  );
  assert.match(hallwayInWords(after).join(' '), /The guard answers at door L\./);
  assert.match(hallwayChanges(before, after).join(' '), /He opened door L, and takes what came, which did not wait\./);
});

test('the hallway: whatever is to come is told with its time, and nothing that has come', (t) => {
  const property = fc.property(hallways, fc.constantFrom('blocking', 'readiness'), (text, mode) => {
    const { trace, states, told } = hallwayRun(text, mode);
    states.forEach(({ now }, position) => {
      const coming = trace.statements.flatMap(({ name }, statement) => {
        const times = Array.from({ length: trace.eventCount }, (_, m) => trace.events(m))
          .filter((event) => event.statement === statement && event.ready > now)
          .map(({ ready }) => ready);
        return times.length ? `${name} at ${Math.min(...times) / 1000} ms` : [];
      });
      const sentence = told[position].find((each) => each.startsWith('To come'));
      assert.equal(sentence, coming.length ? `To come: ${coming.join(', ')}.` : undefined);
    });
    multiplexer.recycle(trace);
  });
  fc.assert(property, replayable(t, 150));
});

// ---- the desk -------------------------------------------------------------------------------------------------------

test('the desk: what runs, what waits in which tray, and when each source will ring', () => {
  const { told } = deskRun(LESSON_5, 'browser');
  assert.deepEqual(told, [
    [
      'The desk of a browser, at 0 ms.',
      'Nothing runs.',
      'The tray microtasks is empty.',
      'The tray tasks is empty.',
      'To ring: onResolve (promise) at 2 ms; onTimeout (timer) at 2 ms; onMessage (socket) at 4 ms.',
    ],
    [
      'The desk of a browser, at 2 ms.',
      'On the desk: onResolve (promise) runs.',
      'The tray microtasks is empty.',
      'In the tray tasks: onTimeout.',
      'To ring: onMessage (socket) at 4 ms.',
    ],
    [
      'The desk of a browser, at 2 ms.',
      'On the desk: onTimeout (timer) runs.',
      'The tray microtasks is empty.',
      'The tray tasks is empty.',
      'To ring: onMessage (socket) at 4 ms.',
      '1 callback is finished, onResolve last.',
    ],
    [
      'The desk of a browser, at 4 ms.',
      'On the desk: onMessage (socket) runs.',
      'The tray microtasks is empty.',
      'The tray tasks is empty.',
      'Nobody else will ring.',
      '2 callbacks are finished, onTimeout last.',
    ],
  ]);
});

test('the desk: what changed with each step', () => {
  const text = 'script main takes 3\n  microtask cleanUp\n  timer later after 5\nsocket onMessage ready 1 9';
  const { states, told } = deskRun(text, 'browser');
  const changes = states.slice(1).map((state, i) => plain(deskChanges(states[i], state)));
  assert.deepEqual(changes, [
    [
      'main rang, and went to the desk at once.',
      'main asked for later, at 5 ms.',
      'main put cleanUp into the tray microtasks.',
    ],
    [
      'The clock went from 0 ms to 3 ms.',
      'main is finished.',
      'cleanUp went from the tray microtasks to the desk.',
      'onMessage rang, and went to the tray tasks.',
    ],
    ['cleanUp is finished.', 'onMessage went from the tray tasks to the desk.'],
    ['The loop slept from 3 ms to 5 ms.', 'onMessage is finished.', 'later rang, and went to the desk at once.'],
    ['The loop slept from 5 ms to 9 ms.', 'later is finished.', 'onMessage rang, and went to the desk at once.'],
  ]);
  assert.ok(told[1].includes('On the desk: main (script) runs. It holds the thread until 3 ms.'));
  assert.ok(told[1].includes('Ringing while the thread is busy: onMessage at 1 ms.'));
  assert.ok(told[1].includes('To ring: later (timer) at 5 ms; onMessage (socket) at 9 ms.'), told[1].join(' '));
});

test('the desk of Node: where the loop is, and where it goes', () => {
  const { states, told } = deskRun('script main\n  immediate now\n  timer soon after 1', 'node');
  assert.ok(told[1].includes('The loop is at the main script.'), told[1].join(' '));
  assert.equal(told[0][0], 'The desk of Node, at 0 ms.');
  const changes = states.slice(2).map((state, i) => plain(deskChanges(states[i + 1], state)));
  assert.ok(changes[0].includes('The loop went from main to check.'), changes[0].join(' '));
});

test('the desk: a run that would never end says so', () => {
  const { told } = deskRun('timer starved ready 1\nscript main\n  microtask again takes 1 forever', 'browser');
  const last = told[told.length - 1];
  assert.equal(last[1], 'The run was stopped here: somebody never gets a turn.');
  assert.ok(last.includes('In the tray microtasks: again, again and again.'), last.join(' '));
  assert.ok(last.includes('In the tray tasks: starved, which never gets its turn.'), last.join(' '));
  assert.ok(last.includes('Never answered: starved at 1 ms.'), last.join(' '));
});

test('the desk: a longer row is told up to its front, with how many more there are', () => {
  const text = Array.from({ length: 12 }, (_, i) => `timer t${i} ready 1`).join('\n');
  const { told } = deskRun(text, 'browser');
  assert.ok(told[0].includes('6 more doorbells are not told here.'), told[0].join(' '));
  assert.ok(told[1].includes('In the tray tasks: t1, t2, t3, t4, t5, t6, and 5 more.'), told[1].join(' '));
});

test('the desk: every card that comes to it is told, wherever it came from', (t) => {
  const shape = fc.constantFrom(shapes.browserTasks, shapes.browserPromisesLater, shapes.nodePhases);
  const runs = shape.chain((each) => fc.tuple(fc.constant(each.host), programs(each)));
  const property = fc.property(runs, ([host, text]) => {
    const { trace, states } = deskRun(text, host);
    stepsOf(trace).forEach(({ statement, queue }, k) => {
      if (['starved', 'stopped', 'ended'].includes(queue)) return;
      const { name } = trace.statements[statement];
      const told = deskChanges(states[k], states[k + 1]);
      assert.ok(
        told.some((sentence) => sentence.includes(name) && sentence.includes('the desk')),
        told.join(' '),
      );
      if (k) assert.ok(told.includes(`${trace.statements[trace.step(k - 1).statement].name} is finished.`));
    });
  });
  fc.assert(property, replayable(t, 60));
});

// ---- both -----------------------------------------------------------------------------------------------------------

test('whoever goes back, or shows another run, is told that alone', () => {
  const view = (position, now, more = {}) => ({ trace: 1, text: 'a', position, state: { now }, ...more });
  const never = () => assert.fail('not asked');
  assert.deepEqual(changed(undefined, view(0, 0), never), []);
  assert.deepEqual(plain(changed(view(2, 4000), view(1, 3000), never)), ['Back at step 1, at 3 ms.']);
  assert.deepEqual(plain(changed(view(2, 4000), view(1, 4000), never)), ['Back at step 1, at 4 ms.']);
  assert.deepEqual(plain(changed(view(1, 4000), view(1, 3000), never)), ['Back at step 1, at 3 ms.']);
  assert.deepEqual(changed(view(2, 4000), view(0, 0), never), ['Back at the start.']);
  assert.deepEqual(changed(view(2, 4), view(2, 4, { trace: 2, text: 'b' }), never), [
    'The scenario is another one now.',
  ]);
  assert.deepEqual(changed(view(2, 4), view(0, 0, { trace: 2 }), never), ['The same scenario is run another way now.']);
  assert.deepEqual(
    changed(view(1, 4), view(2, 4), () => ['it did']),
    ['it did'],
  );
  assert.deepEqual(
    changed(view(1, 4), view(2, 4), () => []),
    ['Nothing is seen to change.'],
  );
  assert.deepEqual(
    changed(view(1, 4), view(1, 4), () => []),
    [],
  );
});

test('what can be done is what can be done here', () => {
  const at = (position, more = {}) => doable({ position, count: 3, answers: [], others: ['Readiness'], ...more });
  const other = 'Readiness runs the same scenario another way: choose it above.';
  const change = 'Change when something comes and what it takes: Change by hand, or the text.';
  const on = 'Take the next step: Step, or the right arrow key. Run it to the end: Run, or Space.';
  const back = 'Go back by a step: Back, or the left arrow key. Begin again: Reset, or Home.';
  assert.deepEqual(at(0), [on, change, other]);
  assert.deepEqual(at(1), [on, back, change, other]);
  assert.deepEqual(at(3), ['All steps are taken.', back, change, other]);
  assert.deepEqual(at(0, { count: 0 }), ['There is no step to take: edit the scenario.', other]);
  const answers = [
    { name: 'A', where: 'door 1' },
    { name: 'B', where: 'door 2' },
  ];
  assert.equal(at(0, { answers })[0], 'What comes next? 1: A, door 1; 2: B, door 2.');
});
