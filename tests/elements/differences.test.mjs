// What two ways of waiting cost, in a sentence made of the numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdict } from '../../web/elements/side-by-side/differences.js';
import { traffic } from '../doorbell.mjs';

const LEFT_OPEN = 'socket A ready 1 closes 2\n  ignore end\nsocket B ready 4';
const CLOSED = 'socket A ready 1 closes 2\nsocket B ready 4';

/** @param {string} name @param {string} text @param {string} strategy */
const run = (name, text, strategy) => ({ name, strategy, trace: traffic.multiplex(text, strategy) });

const said = (/** @type {string} */ strategy) =>
  JSON.stringify(verdict([run('Trap', LEFT_OPEN, strategy), run('Cure', CLOSED, strategy)]));

test('how often a thread wakes for nothing is told where it was measured, which kqueue’s wait was not', () => {
  assert.match(said('epoll'), /Trap reads in vain \d/);
  assert.doesNotMatch(said('kqueue'), /in vain|wakes up/);
  const calm = verdict([run('Level', CLOSED, 'kqueue'), run('Edge', CLOSED, 'kqueue-clear')]);
  assert.match(calm, /Level never reads in vain; Edge reads in vain \d/);
});
