// The handwritten programs, each for one rule: tests/playground/programs/. What the real Node makes of a program in
// node/ is the truth that the playground must meet; in open/ Node itself goes now one way, now another.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openPlayground } from './playground-here.mjs';
import { inRealNode } from './real-node.mjs';

const PROGRAMS = fileURLToPath(new URL('programs/', import.meta.url));
const SOURCES =
  /^\/\/ Source: (?:ECMAScript|HTML|DOM|Node\.js|Fetch|Streams|Web IDL|High Resolution Time|Prioritized|request)/;
const REPEATS = 8; // of the real run, on a machine that was late
const TRIES = 60; // of the real run, where it goes now one way, now another

/** What older versions of Node draw, word or order in another way. The playground does as Node 20. */
const SINCE_20 = [
  'node/console-table.js',
  'node/console-table-of-other-things.js',
  'node/events-on-takes-its-listeners-away-last-first.js',
  'node/buffers-and-base64.js',
  'node/calls-without-what-they-need.js',
  'node/console-log-shows-controllers-events-and-emitters.js',
  'node/exit-codes-are-whole-numbers.js',
  'node/unhandled-rejection-of-a-value.js',
  'node/abort-signals-of-what-is-none.js',
  'node/console-does-not-call-the-methods-of-the-program.js',
  'node/engine-errors-name-what-they-were-given.js',
  'node/engine-errors-of-values.js',
  'node/engine-errors-of-what-is-taken-apart.js',
  'node/engine-errors-say-which-key-and-which-call.js',
  'node/files-are-written-by-flag-and-encoding.js',
  'node/many-listeners-are-warned-of-once.js',
  'node/file-calls-that-are-wrong-in-themselves.js',
  // Before, there were fewer jobs behind a file's work.
  'node/file-promises-settle-behind-jobs-of-node.js',
  // Before, these rejections were taken one by one, each when it was told; and a tick of a script whose listener of
  // errors had been called came before any immediate.
  'node/unhandled-rejection-listener-that-throws.js',
  'node/unhandled-rejections-of-one-round-are-all-told.js',
  'node/uncaught-exception-in-ticks-of-the-script.js',
  // Before, a timer of a script is due each time that the loop begins.
  'open/file-and-timer.js',
  'open/timer-of-zero-and-immediate.js',
  'open/timers-one-and-two-and-immediate.js',
];
const isOld = Number(process.versions.node.split('.')[0]) < 20;
const ofProgram = (program) => ({ skip: isOld && SINCE_20.includes(program) && 'Node 20 does it in another way' });

const programsIn = (folder) => readdirSync(PROGRAMS + folder).map((name) => `${folder}/${name}`);
const sourceOf = (program) => readFileSync(PROGRAMS + program, 'utf8');

/** An outcome as a text, so that what differs is shown line by line. @param {import('./real-node.mjs').Outcome} one */
const told = ({ stdout, stderr, status }) => `${stdout}--- standard error:\n${stderr}\n--- status: ${status}\n`;

test('each program says its rule in a sentence, then its source, and is short', () => {
  for (const program of ['node', 'open', 'browser'].flatMap(programsIn)) {
    const [rule, source, ...lines] = sourceOf(program).split('\n');
    assert.match(program, /^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)+\.m?js$/);
    assert.match(rule, /^\/\/ \S.*\.$/, program);
    assert.match(source, SOURCES, program);
    assert.ok(lines.length <= 40, `${program} has ${lines.length} lines`);
  }
});

test('no two programs are for the same rule', () => {
  for (const folder of ['node', 'open', 'browser']) {
    const rules = programsIn(folder).map((program) => sourceOf(program).split('\n')[0]);
    assert.equal(new Set(rules).size, rules.length);
  }
});

test('the playground prints what the real Node prints, and ends as it does', { concurrency: true }, async (t) => {
  const programs = programsIn('node');
  assert.ok(programs.length >= 150);
  const playground = await openPlayground();
  await Promise.all(
    programs.map((program) =>
      t.test(program, ofProgram(program), async () => {
        const file = PROGRAMS + program;
        const here = told(playground.run(sourceOf(program), { file }));
        let there;
        for (let repeats = 0; repeats <= REPEATS && there !== here; repeats++) there = told(await inRealNode(file));
        assert.equal(here, there, 'the playground (actual) and the real Node (expected) differ');
      }),
    ),
  );
});

test(
  'where the order is open the playground goes a way that the real Node goes too',
  { concurrency: true },
  async (t) => {
    const playground = await openPlayground();
    await Promise.all(
      programsIn('open').map((program) =>
        t.test(program, ofProgram(program), async () => {
          const file = PROGRAMS + program;
          const here = told(playground.run(sourceOf(program), { file }));
          const seen = new Set();
          for (let runs = 0; runs < TRIES && !seen.has(here); runs++) seen.add(told(await inRealNode(file)));
          assert.ok(seen.has(here), `the playground: ${here}\nthe real Node: ${[...seen].join('\nor: ')}`);
        }),
      ),
    );
  },
);
