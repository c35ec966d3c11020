// From the desk to the playground: a scenario's JavaScript, stepped there, gives the scenario's callbacks at the
// scenario's times. (tests/playground/scenario.test.mjs goes the way back.)
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playableOf } from '../../web/javascript/javascript.js';
import { examples } from '../../web/lessons/event-loop-examples.js';
import { loadPlayground } from '../../web/playground/play.mjs';
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { allowedOrders, predict } from '../engines/check.mjs';
import { programs } from '../engines/programs.mjs';
import * as shapes from '../engines/shapes.mjs';
import { printed } from '../printed.mjs';
import { fc, replayable } from '../random.mjs';

const playground = await loadPlayground();
playground.limits = { ...playground.limits, ms: 60_000 }; // of a machine that is busy with other tests

/**
 * How far behind a busy wait may end, at most: each look at the clock moves that by 0.05 ms
 * (web/playground/vm/kernel.js); the last one finds that the time is over, and the one before it was just too early.
 */
const LATE_MS = 0.1;

/** What of a scenario a script cannot make, and those that never end. */
const isPlayable = ({ scenario }, host) =>
  playableOf(scenario, host) !== null && !scenario.some(({ kind, forever }) => kind === 'input' || forever);

/** Each callback that tells its name, with when it begins, in milliseconds. */
function atTheDesk(text, host) {
  const trace = eventLoop.loop(text, host);
  return stepsOf(trace)
    .filter(({ isHop, queue }) => !isHop && queue !== 'ended')
    .map(({ statement, time }) => {
      const { name, takes } = trace.scenario[statement];
      return { name, ms: time / 1000, isBusy: takes > 0 };
    });
}

function inThePlayground(text, host) {
  const { scenario } = eventLoop.loop(text, host);
  const { console, trace, limit } = playground.run(playableOf(scenario, host), { host });
  assert.equal(limit, null);
  const lines = console.filter(({ stream }) => stream === 1); // on the other it tells of rejections
  return lines.map(({ text, step }) => ({ name: text.trimEnd(), ms: trace.step(step).time / 1000 }));
}

const namesOf = (callbacks) => callbacks.map(({ name }) => name).join(' ');

/** @param {string} text @param {'browser' | 'node'} host */
function checkBoth(text, host) {
  const desk = atTheDesk(text, host);
  const there = inThePlayground(text, host);
  if (namesOf(there) !== namesOf(desk)) {
    const { orders, complete } = allowedOrders(text, host, 1);
    assert.ok(
      orders.includes(namesOf(there)) || !complete,
      `${host}\n${text}\ndesk: ${namesOf(desk)}\nthere: ${namesOf(there)}`,
    );
    return;
  }
  let most = 0;
  for (const [i, { name, ms }] of there.entries()) {
    const late = ms - desk[i].ms;
    assert.ok(late >= 0 && late <= most, `${name} at ${ms} ms, at the desk at ${desk[i].ms}:\n${text}`);
    if (desk[i].isBusy) most += LATE_MS;
  }
}

test('the examples that lesson 5 offers, and the scenarios that are printed', () => {
  let count = 0;
  const offered = examples.filter(({ text }) => text); // without one: that which stands in the page
  for (const { text } of [...offered, ...printed('scenario')]) {
    for (const host of /** @type {const} */ (['browser', 'node'])) {
      let trace;
      try {
        trace = eventLoop.loop(text, host);
      } catch {
        continue; // it is lesson 4's, or the other host's
      }
      if (!isPlayable(trace, host)) continue;
      checkBoth(text, host);
      count++;
    }
  }
  assert.ok(count > 20, `${count} of them`);
});

const COUNTS = { browserTasks: 30, browserPromisesLater: 30, browserFrames: 30, nodePromisesLater: 30 };

for (const [name, count] of Object.entries(COUNTS)) {
  test(`${count} random scenarios: ${name}`, (t) => {
    const shape = shapes[name];
    const whole = {
      ...shape,
      delays: shape.delays.filter(Number.isInteger), // a timer cuts them
      sources: shape.sources.filter((source) => shape.host === 'browser' || source !== 'socket'),
    };
    const comparable = programs(whole).filter((text) => predict(text, shape.host).isFeasible);
    fc.assert(
      fc.property(comparable, (text) => checkBoth(text, shape.host)),
      replayable(t, count),
    );
  });
}
