// make lighthouse: what Lighthouse says of each page, as on a mid-range telephone, against the budgets of the design.
// The performance is the median of several runs, for one may meet a busy moment. The rest is the same in each.
import lighthouse from 'lighthouse';
import { freePort } from '../engines/drivers/browser.mjs';
import { launchChromium, PAGES, PLAYGROUND, serve } from '../pages/browser.mjs';

const RUNS = 5;
const BUDGETS = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };
const BLOCKING_MS = 100; // the total blocking time at most

/** The playground brings an editor and an engine, and runs a program at once. */
const OF_PLAYGROUND = { performance: 90, blocking: 300 };

/** What a page may not fall below, and how long it may block. @param {string} page */
const budgetOf = (page) => {
  const { blocking = BLOCKING_MS, ...others } = page === PLAYGROUND ? OF_PLAYGROUND : {};
  return { blockingMost: blocking, least: { ...BUDGETS, ...others } };
};

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

/** One run: the scores, the blocking time, and what was found. */
async function measure(url, port) {
  const { lhr } = await lighthouse(url, { port, output: 'json', logLevel: 'error' });
  const scores = Object.fromEntries(
    Object.keys(BUDGETS).map((category) => [category, Math.round(lhr.categories[category].score * 100)]),
  );
  const found = Object.keys(BUDGETS)
    .filter((category) => category !== 'performance' && scores[category] < BUDGETS[category])
    .flatMap((category) => lhr.categories[category].auditRefs)
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => `${id}: ${lhr.audits[id].title}`);
  return { scores, blocking: lhr.audits['total-blocking-time'].numericValue, found };
}

const server = await serve();
const port = await freePort();
const browser = await launchChromium([`--remote-debugging-port=${port}`]);
try {
  console.log(`${'page'.padEnd(30)} ${Object.keys(BUDGETS).join('  ')}  blocking`);
  for (const page of [...PAGES, PLAYGROUND]) {
    const runs = [];
    for (let i = 0; i < RUNS; i++) runs.push(await measure(server.address + page, port));
    const scores = Object.fromEntries(
      Object.keys(BUDGETS).map((category) => [category, median(runs.map((run) => run.scores[category]))]),
    );
    const blocking = Math.round(median(runs.map((run) => run.blocking)));
    const cells = Object.entries(scores).map(([category, score]) => String(score).padStart(category.length));
    console.log(`${page.padEnd(30)} ${cells.join('  ')}  ${String(blocking).padStart(5)} ms`);
    for (const line of new Set(runs.flatMap(({ found }) => found))) console.log(`  ${line}`);
    const { blockingMost, least } = budgetOf(page);
    const isWithin = Object.keys(least).every((category) => scores[category] >= least[category]);
    if (!isWithin || blocking > blockingMost) process.exitCode = 1;
  }
} finally {
  await browser.close();
  server.stop();
}
if (process.exitCode) console.log('over budget');
