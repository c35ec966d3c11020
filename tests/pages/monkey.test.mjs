// A short run of the monkey (monkey.mjs; make monkey is the long one, with a new seed each time).
import { after, before, test } from 'node:test';
import { inChromium, start } from './browser.mjs';
import { play } from './monkey.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

for (const seed of [1, 2, 3]) {
  test(`60 random actions find nothing, seed ${seed}`, inChromium('the monkey'), async (t) => {
    await play(site, { seed, isOver: (done) => done === 60, tell: (line) => t.diagnostic(line) });
  });
}
