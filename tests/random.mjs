// Random tests, by fast-check: it draws the values, makes one that fails smaller, and replays.
//
// What failed is replayed by the seed and the path that the report tells:
//     DOORBELL_SEED=123 DOORBELL_PATH=4:0:1 node --test ...
import { createRequire } from 'node:module';

/** It is one of the packages of web/. @type {typeof import('fast-check').default} */
export const fc = createRequire(new URL('../web/package.json', import.meta.url))('fast-check');

/** What a random test passes to fast-check: so many runs, with a new seed each time. */
export function replayable(test, numRuns) {
  const seed = Number(process.env.DOORBELL_SEED ?? Date.now() % 1e9);
  const path = process.env.DOORBELL_PATH ?? '';
  test.diagnostic(`DOORBELL_SEED=${seed}`);
  return { seed, path, numRuns };
}
