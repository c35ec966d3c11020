// make conformance: the model of lesson 5 against Node, Chromium, Firefox and WebKit, on thousands of random programs.
//
//     node tests/conformance/conformance.mjs [--programs=20000] [--engines=node,chromium,firefox,webkit] [--seed=N]
import { parseArgs } from 'node:util';
import { randomFrom } from '../doorbell.mjs';
import { Check, predict } from './check.mjs';
import { openChromium } from './engines/chromium.mjs';
import { openFirefox } from './engines/firefox.mjs';
import { openNode, openNodeMain } from './engines/node.mjs';
import { withRunner } from './engines/runner.mjs';
import { openWebKit } from './engines/webkit.mjs';
import { knownDifferences } from './known-differences.mjs';
import * as shapes from './shapes.mjs';

const inBrowser = (open) => async () => withRunner(await open());

// What each engine runs: how to open it, and the shapes with their share of the programs. What is over at once is cheap
// and makes up most of it; what waits for a clock takes its time.
const REAL_TIME = [
  [0.45, shapes.browserQueues],
  [0.45, shapes.browserPromises],
  [0.04, shapes.browserTasks],
  [0.04, shapes.browserPromisesLater],
  [0.02, shapes.browserFrames],
];
const ENGINES = {
  node: [
    [
      openNode,
      [
        [0.3, shapes.nodeQueues],
        [0.3, shapes.nodePromises],
        [0.2, shapes.nodeRaces],
        [0.1, shapes.nodePhases],
        [0.09, shapes.nodePromisesLater],
      ],
    ],
    [
      openNodeMain,
      [
        [0.004, shapes.nodeQueues],
        [0.003, shapes.nodePromises],
        [0.003, shapes.nodeRaces],
      ],
    ],
  ],
  chromium: [
    [
      inBrowser(openChromium),
      [
        [0.45, shapes.browserExact],
        [0.45, shapes.browserPromisesExact],
      ],
    ],
    [
      inBrowser(() => openChromium({ virtual: false })),
      [
        [0.04, shapes.browserTasks],
        [0.04, shapes.browserPromisesLater],
        [0.02, shapes.browserFrames],
      ],
    ],
  ],
  firefox: [[inBrowser(openFirefox), REAL_TIME]],
  webkit: [[inBrowser(openWebKit), REAL_TIME]],
};

const SHOWN = 3; // mismatches of one engine that are shrunk and shown

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '20000' },
    engines: { type: 'string', default: Object.keys(ENGINES).join(',') },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});

/** What an engine does where it is known to differ: a line for each program. */
async function checkKnown(engine, host) {
  const lines = [];
  for (const known of knownDifferences.filter((one) => one.host === host)) {
    const expected = predict(known.scenario, host);
    const order = known.orders[engine.name] ?? expected.names.join(' ');
    const [run] = await engine.run([expected.inCallback]);
    const found = run.names.join(' ');
    const isAsWritten = found === order;
    lines.push(`${engine.name}: ${known.what}: ${isAsWritten ? 'as known' : `now ${found}; known was ${order}`}`);
  }
  return lines;
}

const columns = ['engine', 'version', 'programs', 'same', 'late runs', 'different', 'seconds'];
const rows = [];
const known = [];
let isFine = true;

console.log(`Seed ${values.seed}. Each engine runs ${values.programs} programs; this takes minutes.`);
for (const name of values.engines.split(',')) {
  for (const [open, parts] of ENGINES[name]) {
    const start = Date.now();
    const engine = await open();
    try {
      const check = new Check(engine);
      for (const [share, shape] of parts) {
        await check.random(Math.ceil(share * Number(values.programs)), shape, randomFrom(Number(values.seed)));
      }
      for (const mismatch of check.different.slice(0, SHOWN)) {
        console.log(`\n${check.describe(await check.shrink(mismatch))}`);
      }
      if (!engine.standsAlone) known.push(...(await checkKnown(engine, parts[0][1].host)));
      const { programs, same, late, different } = check;
      const seconds = Math.round((Date.now() - start) / 1000);
      rows.push([engine.name, engine.version, programs, same, late, different.length, seconds]);
      isFine &&= different.length === 0;
    } finally {
      await engine.close();
    }
  }
}

const cells = [columns, ...rows].map((row) => row.map(String));
const widths = columns.map((_, c) => Math.max(...cells.map((row) => row[c].length)));
console.log(`\n${cells.map((row) => row.map((cell, c) => cell.padEnd(widths[c])).join('  ')).join('\n')}`);
console.log(`\nA late run is one in which this machine was busy with something else; it was repeated.`);
console.log(`\nKnown differences (tests/conformance/known-differences.mjs):\n${known.join('\n')}`);
process.exitCode = isFine ? 0 : 1;
