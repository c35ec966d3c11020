// Random programs in the playground, and in the real Node and Chromium. `make conformance` runs more of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replayable } from '../random.mjs';
import { Comparison } from './compare-random.mjs';

const MANY = 20; // one in so many programs may be
/** Before Node 20, yield* over a list awaited once more: ECMAScript was another then. */
const isOld = Number(process.versions.node.split('.')[0]) < 20;
const COUNTS = { callbacks: 440, scripts: 30, modules: 30 };

for (const [way, count] of Object.entries(COUNTS)) {
  test(
    `${count} random programs, ${way}: the playground prints what the real Node prints`,
    { skip: isOld },
    async (t) => {
      const { seed, path } = replayable(t);
      const comparison = await new Comparison(way, seed).open();
      try {
        await comparison.random(path ? 1 : count, path);
        const { programs, lines, late, setAside, unsettled, different } = comparison;
        t.diagnostic(`${programs} programs, ${lines} lines, ${late} late runs repeated, ${setAside} set aside`);
        assert.ok(
          setAside + unsettled <= count / MANY,
          `${setAside} programs are set aside, of ${unsettled} nothing is known`,
        );
        if (different.length > 0) assert.fail(comparison.describe(await comparison.shrink(different[0])));
      } finally {
        await comparison.close();
      }
    },
  );
}

/** Always the same ones: it is the engine that is new, from time to time. */
const IN_CHROMIUM = { chromium: 50, chromiumModules: 10 };
const SEED = 11;

for (const [way, count] of Object.entries(IN_CHROMIUM)) {
  test(`${count} random programs, ${way}: the playground prints, or allows, what Chromium prints`, async (t) => {
    const comparison = await new Comparison(way, SEED).open();
    try {
      await comparison.random(count);
      const { lines, other, many, unsettled, different } = comparison;
      t.diagnostic(`${lines} lines, ${other} programs went another way, which is allowed`);
      assert.deepEqual({ many, unsettled }, { many: 0, unsettled: 0 }, 'of so many nothing is known');
      if (different.length > 0) assert.fail(comparison.describe(await comparison.shrink(different[0])));
    } finally {
      await comparison.close();
    }
  });
}
