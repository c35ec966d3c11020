// The model of lesson 5 against the engines that it explains, on random programs. `make conformance` runs more of them,
// and more engines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, seedOf } from '../doorbell.mjs';
import { Check } from './check.mjs';
import { openChromium } from './drivers/chromium.mjs';
import { openNode, openNodeMain } from './drivers/node.mjs';
import { withRunner } from './drivers/runner.mjs';
import * as shapes from './shapes.mjs';

const inBrowser = (open) => async () => withRunner(await open());

/** Runs as many programs of each shape, and shrinks the first that goes another way. */
async function compare(t, open, parts) {
  const random = randomFrom(seedOf(t));
  const engine = await open();
  try {
    const check = new Check(engine);
    for (const [count, shape] of parts) await check.random(count, shape, random);
    const { programs, same, late, different } = check;
    t.diagnostic(
      `${engine.name} ${engine.version}: ${programs} programs, ${same} the same, ${late} late runs repeated`,
    );
    if (different.length > 0) assert.fail(check.describe(await check.shrink(different[0])));
  } finally {
    await engine.close();
  }
}

test('Node runs random programs in an order that the model allows', (t) =>
  compare(t, openNode, [
    [780, shapes.nodeQueues],
    [800, shapes.nodePromises],
    [300, shapes.nodeRaces],
    [60, shapes.nodePhases],
    [60, shapes.nodePromisesLater],
  ]));

test('Node runs random main scripts in an order that the model allows', (t) =>
  compare(t, openNodeMain, [
    [6, shapes.nodeQueues],
    [6, shapes.nodePromises],
    [8, shapes.nodeRaces],
  ]));

test('Chromium runs random programs in an order that the model allows; its clock is virtual', (t) =>
  compare(t, inBrowser(openChromium), [
    [250, shapes.browserExact],
    [250, shapes.browserPromisesExact],
  ]));

test('Chromium runs random programs in an order that the model allows; its clock is real', (t) =>
  compare(
    t,
    inBrowser(() => openChromium({ virtual: false })),
    [
      [20, shapes.browserTasks],
      [20, shapes.browserPromisesLater],
      [10, shapes.browserFrames],
    ],
  ));
