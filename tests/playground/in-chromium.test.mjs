// The handwritten programs for a browser (tests/playground/programs/browser/), and the examples: what Chromium's
// console shows is what the playground's must show.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { examples } from '../../web/playground/examples.js';
import { openPages } from './in-browsers.mjs';
import { openPlayground } from './playground-here.mjs';

const PROGRAMS = fileURLToPath(new URL('programs/browser/', import.meta.url));
const OVER_MS = 300; // when a program is over: its last timer is due before 100
const REPEATS = 8; // of Chromium's run, on a machine that was late

const pages = await openPages('chromium, real clock');
after(() => pages.close());
const playground = await openPlayground();

/** Runs a program in both. @returns {Promise<string>} what both of them wrote to the console */
async function inBoth(source, isModule) {
  const { stdout } = playground.run(source, { host: 'browser', isModule });
  let there;
  for (let repeats = 0; repeats <= REPEATS && there !== stdout; repeats++) {
    [{ stdout: there }] = await pages.run([{ source, isModule, over: OVER_MS }]);
  }
  assert.equal(stdout, there, 'the playground (actual) and Chromium (expected) differ');
  return stdout;
}

for (const name of readdirSync(PROGRAMS)) {
  test(`as in Chromium: ${name}`, async () => {
    const stdout = await inBoth(readFileSync(PROGRAMS + name, 'utf8'), name.endsWith('.mjs'));
    assert.notEqual(stdout, '');
  });
}

/** What the world around a program does cannot be told to Chromium. */
const isAlone = ({ program }) => !program.startsWith('//@');

for (const { name, module, program, line, answer } of examples
  .filter(({ host }) => host === 'browser')
  .filter(isAlone)) {
  test(`the example ${name} gives its answer in Chromium`, async () => {
    const lines = (await inBoth(program, module)).trimEnd().split('\n');
    assert.equal(lines.at(line > 0 ? line - 1 : line), answer);
  });
}
