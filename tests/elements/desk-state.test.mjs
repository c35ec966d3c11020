// What is where on lesson 5's desk (web/elements/desk/desk-state.js), at every position of random programs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskAt } from '../../web/elements/desk/desk-state.js';
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { programs } from '../engines/programs.mjs';
import * as shapes from '../engines/shapes.mjs';
import { fc, replayable } from '../random.mjs';

const RUNS = 60;
const SHAPES = [shapes.browserTasks, shapes.browserPromisesLater, shapes.browserFrames, shapes.nodePhases];

/** Calls `check(trace, host, position, desk)` at each position of random programs. */
const atEveryPosition = (t, check) =>
  fc.assert(
    fc.property(
      fc.constantFrom(...SHAPES).chain((shape) => fc.tuple(fc.constant(shape.host), programs(shape))),
      ([host, text]) => {
        const trace = eventLoop.loop(text, host);
        for (let position = 0; position <= trace.stepCount; position++) {
          check(trace, host, position, deskAt(trace, host, position));
        }
      },
    ),
    replayable(t, RUNS),
  );

test('the card of the newest step lies on the desk, and those before it on the pile, the newest on top', (t) =>
  atEveryPosition(t, (trace, host, position, { running, done, doneCount }) => {
    const cards = stepsOf(trace).map(({ event }) => `card ${event}`);
    assert.equal(running?.place ?? null, cards[position - 1] ?? null);
    assert.deepEqual(
      done.map(({ place }) => place),
      cards
        .slice(0, Math.max(0, position - 1))
        .reverse()
        .slice(0, done.length),
    );
    assert.equal(doneCount, Math.max(0, position - 1));
  }));

test('a card waits in the tray of the queue that it will run from, in the order in which it will', (t) =>
  atEveryPosition(t, (trace, host, position, { trays }) => {
    const steps = stepsOf(trace);
    for (const { queue, cards, count, room } of trays) {
      const toCome = steps.slice(position).filter((step) => step.queue === queue);
      const front = toCome.slice(0, cards.length).map(({ event }) => `card ${event}`);
      assert.deepEqual(
        cards.map(({ place }) => place),
        front,
      );
      assert.ok(count >= cards.length && count <= toCome.length, `${count} cards of ${toCome.length} to come`);
      assert.ok(cards.length <= room, 'the tray has room for what it shows');
    }
  }));

test('what waits in a tray is ready, but for a frame, which has its time from its asking; and whoever asked has run', (t) =>
  atEveryPosition(t, (trace, host, position, { trays, until }) => {
    for (const { queue, cards } of trays) {
      for (const { place, ready } of cards) {
        const { parent } = trace.events(Number(place.slice('card '.length)));
        assert.ok(ready <= until || queue === 'frame', `ready at ${ready}, and the thread is free at ${until}`);
        assert.ok(parent === null || parent < position);
      }
    }
  }));

test('the next callback is in sight before its turn: in a tray, or at a doorbell', (t) =>
  atEveryPosition(t, (trace, host, position, { trays, bells }) => {
    if (position === trace.stepCount) return;
    const { event, statement } = trace.step(position);
    const { name } = trace.statements[statement];
    const inTray = trays.some(({ cards }) => cards.some(({ place }) => place === `card ${event}`));
    assert.ok(inTray || bells.some((bell) => bell.name === name), `${name} comes next`);
  }));

test('nothing is in two places', (t) =>
  atEveryPosition(t, (trace, host, position, { trays, running, done }) => {
    const places = [...trays.flatMap(({ cards }) => cards), ...done, ...(running ? [running] : [])].map(
      ({ place }) => place,
    );
    assert.equal(new Set(places).size, places.length);
  }));

test('a run that is starved has an empty desk, and says of each card that it never runs or would run again', () => {
  const trace = eventLoop.loop('script main\n  microtask m forever\ntimer t ready 0', 'browser');
  const { running, halted, trays } = deskAt(trace, 'browser', trace.stepCount);
  assert.equal(running, null);
  assert.equal(halted, 'starved');
  assert.deepEqual(
    trays.map(({ queue, cards }) => [queue, cards.map(({ name, fate }) => [name, fate])]),
    [
      ['microtask', [['m', 'again']]],
      ['task', [['t', 'never']]],
    ],
  );
});

test('an empty scenario has a desk without anything on it', () => {
  const desk = deskAt(eventLoop.loop('', 'node'), 'node', 0);
  assert.equal(desk.bellCount + desk.doneCount, 0);
  assert.ok(desk.trays.every(({ cards }) => cards.length === 0));
});
