// make check and make test: runs one part after another, and says in a line what each is and how it ended. What passed
// is hidden, what failed is shown. The last line is `N passed, N failed`. A part may run beside those after it: most
// such take what these leave of the processors. Its line comes last.
//
//     node tests/run.mjs check|test|test-browsers
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const cores = cpus().length;

/** So many test files run at a time. By itself Node leaves one core free; older ones cannot be told. */
const [major, minor] = process.versions.node.split('.').map(Number);
const together = (count) => (major > 20 || (major === 20 && minor >= 10) ? [`--test-concurrency=${count}`] : []);
const atOnce = together(cores + 1); // each waits now and then

/** The test files of a folder. @param {string} folder */
const testsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => `${folder}/${name}`);

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} command
 * @property {(output: string) => { passed: number, failed: number }} count  what of it passed, when it has ended
 * @property {(output: string) => string} failures  what of its output tells of failures
 * @property {boolean} [isBeside]  the next part does not wait for it
 * @property {Part[]} [needs]  those beside that must have ended before it begins
 */

/** What passes or fails as a whole. @returns {Part} */
const step = (name, ...command) => ({
  name,
  command,
  count: () => ({ passed: 1, failed: 0 }),
  failures: (output) =>
    output.replace(/^(?:\d+ warnings? generated\.|clang-|\[\d+\/\d+\]|ninja: |make\[\d+\]: warning).*\n/gm, ''),
});

/** Test programs in C, by ctest. @returns {Part} */
const programs = (name, folder, ...options) => ({
  name,
  command: ['ctest', '--test-dir', folder, '--output-on-failure', `-j${cores}`, ...options],
  count: (output) => {
    const [, failed, all] = /(\d+) tests failed out of (\d+)/.exec(output) ?? [0, 1, 1];
    return { passed: Number(all) - Number(failed), failed: Number(failed) };
  },
  failures: (output) =>
    output.replace(/^(?:Internal ctest|Test project| *Start +\d+| *\d+\/\d+ Test.*Passed).*\n/gm, ''),
});

/** The same, with a variable in its environment. @returns {Part} */
const withVariable = (variable, part) => ({ ...part, command: ['env', variable, ...part.command] });

/**
 * The same, beside the parts after it, which do not notice: they have the processors first. Nothing in it may have a
 * time to be done in.
 * @returns {Part}
 */
const beside = (part) => ({ ...part, isBeside: true, command: ['nice', '-n', '19', ...part.command] });

/** The same, when those have ended. @param {Part[]} needs @param {Part} part @returns {Part} */
const when = (needs, part) => ({ ...part, needs });

/** The same, where random tests run so many times as many rounds as they do in a quick one. @returns {Part} */
const inRounds = (times, part) => withVariable(`DOORBELL_ROUNDS=${times}`, part);

/** Test files, by Node. @returns {Part} */
const files = (name, ...list) => ({
  name,
  command: [process.execPath, '--test', '--test-reporter=spec', ...list],
  count: (output) => {
    const of = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? 1);
    return { passed: of('pass'), failed: of('fail') + of('cancelled') };
  },
  failures: (output) => output.slice(Math.max(0, output.indexOf('✖ failing tests'))),
});

/** The pages' tests in another engine. What it cannot do is skipped there, and says so. @returns {Part} */
const pagesIn = (name, browser, ...options) =>
  withVariable(`BROWSER=${browser}`, files(`pages in ${name}`, ...options, ...testsIn('tests/pages')));

const make = (name, ...words) => step(name, 'make', '--no-print-directory', '-O', `-j${cores}`, ...words);
const sanitized = beside(make('build the C, with sanitizers', 'sanitized'));
const TRAPS = 'tests/core/traps.test.mjs'; // on real sockets
const traps = { ...files('traps, in C and in Python', TRAPS), isBeside: true };
const exercises = beside(
  files(
    'exercises, wasm and command, in Node',
    ...atOnce,
    ...['tests', 'tests/core', 'tests/elements'].flatMap(testsIn).filter((file) => file !== TRAPS),
  ),
);

/** @type {Record<string, Part[]>} */
const PARTS = {
  // What a change of a line must not break.
  check: [
    make('build the C and the wasm', 'native', 'wasm'),
    programs('tests in C', 'build/native', '-LE', 'kernel'),
    files('view states and code, in Node', ...atOnce, ...testsIn('tests/elements')),
  ],
  test: [
    make('build the C, plain', 'native'),
    sanitized,
    make('build the wasm, the pages, the package', 'site', 'package'),
    beside(make('layout, likely mistakes, types', '-k', 'lint')),
    inRounds(3, programs('tests in C', 'build/native')), // the kernel's wait, most of the time
    when([sanitized], beside(programs('tests in C, with sanitizers', 'build/sanitize', '-LE', 'kernel'))),
    exercises,
    traps,
    when([sanitized], programs('the kernel, with sanitizers', 'build/sanitize', '-L', 'kernel')), // waits, as traps do
    when([exercises, traps], pagesIn('Chromium', 'chromium', ...atOnce)),
    files(
      'the package, and code beside engines', // at once: by themselves the first two leave a processor idle
      ...atOnce,
      ...['tests/package', 'tests/engines', 'tests/playground'].flatMap(testsIn),
    ),
  ],
  'test-browsers': [
    make('build the wasm and the pages', 'site'),
    pagesIn('Chromium', 'chromium'),
    pagesIn('Firefox', 'firefox'),
    pagesIn('WebKit', 'webkit'),
  ],
};

/** Runs a command; its output, and whether it ended well. @param {string[]} command */
function run([program, ...words]) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ output: String(error), good: false }));
    child.on('close', (code) => resolve({ output, good: code === 0 }));
  });
}

const sum = { passed: 0, failed: 0 };

/** @type {{ part: Part, run: Promise<() => number> }[]} */
const running = [];

/** Runs a part. What comes of it tells of it, counts it, and says how much of it failed.
 * @param {Part} part @returns {Promise<() => number>} */
async function runPart({ command, count, failures, needs = [] }) {
  await Promise.all(running.filter(({ part }) => needs.includes(part)).map(({ run }) => run));
  const start = Date.now();
  const { output, good } = await run(command);
  const seconds = `${Math.round((Date.now() - start) / 1000)} s`;
  return () => {
    const { passed, failed } = count(output);
    const bad = good ? failed : Math.max(failed, 1); // what ended badly has failed, whatever it counted
    const here = bad > failed ? 0 : passed;
    console.log(`${String(here).padStart(5)} passed ${String(bad).padStart(3)} failed ${seconds.padStart(6)}`);
    if (bad > 0) console.log(`\n${failures(output).trim()}\n`);
    sum.passed += here;
    sum.failed += bad;
    return bad;
  };
}

const tellName = (/** @type {Part} */ { name }) => void process.stdout.write(name.padEnd(40));

const parts = PARTS[process.argv[2]];
if (!parts) {
  console.error('run: say check, test or test-browsers');
  process.exit(2);
}
for (const part of parts) {
  if (part.isBeside) {
    running.push({ part, run: runPart(part) });
    continue;
  }
  tellName(part);
  const failed = (await runPart(part))();
  if (failed > 0 && part.name.startsWith('build')) break; // the rest would tell of what is not there
}
for (const { part, run } of running) {
  tellName(part);
  (await run)();
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
