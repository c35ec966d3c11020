// The model of lesson 5 against the engines that it explains, on random programs. `make conformance` runs more of them,
// and more engines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replayable } from '../random.mjs';
import { Check } from './check.mjs';
import { openChromium } from './drivers/chromium.mjs';
import { openNode, openNodeMain } from './drivers/node.mjs';
import { withRunner } from './drivers/runner.mjs';

const inBrowser = (open) => async () => withRunner(await open());

const MANY = 20; // one in so many programs may be unsettled

/** Runs as many programs of each shape, and shrinks the first that goes another way. */
async function compare(t, open, parts) {
  const { seed } = replayable(t);
  const engine = await open();
  try {
    const check = new Check(engine, seed);
    for (const [count, shape] of parts) await check.random(count, shape);
    const { programs, same, late, unsettled, different } = check;
    t.diagnostic(
      `${engine.name} ${engine.version}: ${programs} programs, ${same} the same, ${late} late runs repeated, ${unsettled} unsettled`,
    );
    assert.ok(unsettled <= programs / MANY, 'the machine is too busy with something else');
    if (different.length > 0) assert.fail(check.describe(await check.shrink(different[0])));
  } finally {
    await engine.close();
  }
}

test('Node runs random programs in an order that the model allows', (t) =>
  compare(t, openNode, [
    [780, 'nodeQueues'],
    [800, 'nodePromises'],
    [300, 'nodeRaces'],
    [60, 'nodePhases'],
    [60, 'nodePromisesLater'],
  ]));

test('Node runs random main scripts in an order that the model allows', (t) =>
  compare(t, openNodeMain, [
    [6, 'nodeQueues'],
    [6, 'nodePromises'],
    [12, 'nodeEndings'],
    [8, 'nodeRaces'],
  ]));

test('Chromium runs random programs in an order that the model allows; its clock is virtual', (t) =>
  compare(t, inBrowser(openChromium), [
    [250, 'browserExact'],
    [250, 'browserPromisesExact'],
  ]));

test('Chromium runs random programs in an order that the model allows; its clock is real', (t) =>
  compare(
    t,
    inBrowser(() => openChromium({ virtual: false })),
    [
      [20, 'browserOverdue'],
      [20, 'browserTasks'],
      [20, 'browserPromisesLater'],
      [10, 'browserFrames'],
    ],
  ));
