// Lesson 4 has two modules for pages (CMakeLists.txt): what the demo's own runs, the whole one runs to the same rows,
// for the same reasons, though it has but one way for messages with a size and without one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multiplexer, traffic } from '../doorbell.mjs';

/** The same numbers each time. @param {number} seed */
function* chance(seed) {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** @param {number} seed */
function scenarioOf(seed) {
  const random = chance(seed);
  const below = (/** @type {number} */ bound) => Math.floor(/** @type {number} */ (random.next().value) * bound);
  const lines = Array.from({ length: 1 + below(5) }, (_, i) => {
    let ready = below(6);
    const times = Array.from({ length: 1 + below(4) }, () => (ready += below(3)));
    const end = below(4) === 0 ? ` ${below(2) ? 'closes' : 'resets'} ${ready + below(3)}` : '';
    const lines = [`socket s${i} ready ${times.join(' ')} takes ${below(3)}${end}`];
    if (end && below(2)) lines.push('  ignore end');
    if (below(8) === 0) lines.push('  watch write');
    return lines.join('\n');
  });
  return `${lines.join('\n')}\n`;
}

/** @param {import('../../web/core/doorbell.js').Trace} trace */
const told = (trace) => ({
  steps: Array.from({ length: trace.stepCount }, (_, k) => ({ ...trace.step(k) })),
  totals: trace.totals,
  calls: trace.calls,
});

test('the whole module runs what the small one runs, to the same rows', () => {
  const strategies = multiplexer.strategies;
  for (let seed = 1; seed <= 60; seed++) {
    const text = scenarioOf(seed);
    for (const strategy of strategies) {
      const options = { maxevents: seed % 4, cores: 1 + (seed % 3), ...(seed % 2 ? {} : { drain: false }) };
      assert.deepEqual(
        told(traffic.multiplex(text, strategy, options)),
        told(multiplexer.multiplex(text, strategy, options)),
        `${strategy}:\n${text}`,
      );
    }
  }
});
