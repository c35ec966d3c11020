// make mutation: do the tests see it when a line of the model, or of the pages' JavaScript, is wrong?
//
//     node tests/mutation/run.mjs [LIST…]
//
// Each mutant of the lists (mutants.txt, whose head explains them, and its neighbors) is made in a copy of the sources
// under build/mutation, and tested, one in C after it was built: first by the tests that are about its file, then by
// the others (of the elements, those about another file of the list), the quickest first, until one fails. A mutant
// that survives fails the run; so does one that is called equal and is killed, whose line is not found exactly once, or
// that does not compile.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = join(root, 'build/mutation/tree');
const build = join(root, 'build/mutation/build');
const SOURCES = ['CMakeLists.txt', 'core', 'tests/core', 'tests/live', 'tests/bench'];
const SCRIPTS = [
  'README.md',
  'web',
  'tests/elements',
  'tests/playground',
  'tests/engines',
  'tests/doorbell.mjs',
  'tests/printed.mjs',
  'tests/random.mjs',
];
const LINKS = ['web/node_modules', 'tests/playground/node_modules']; // what the scripts' tests use as it is,
const BUILT = ['build/wasm', 'build/native/doorbell']; // and what they use as it was when the run began
/** Of the playground's, what needs a browser, or is not the same each time. */
const SET_APART = ['in-chromium.test.mjs', 'random-programs.test.mjs'];
const PATIENCE = 10; // a test that takes so many times as long as without a mutant, and some seconds, goes on for ever
const SOME_MS = 10_000;

// ---- the list -------------------------------------------------------------------------------------------------------

/** The mutants of a list: { file, line, instead, equal }, the last a reason or nothing. */
function readMutants(path) {
  const mutants = [];
  let file;
  for (const [i, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    const [mark, rest] = [text.slice(0, 2), text.slice(2)];
    if (text === '' || text.startsWith('#')) continue;
    else if (mark === '@ ') file = rest.endsWith('.js') ? rest : join('core/model', rest);
    else if (mark === '- ') mutants.push({ file, line: rest, instead: '' });
    else if (mark === '+ ') mutants.at(-1).instead = rest;
    else if (mark === '= ') mutants.at(-1).equal = [mutants.at(-1).equal, rest].filter(Boolean).join(' ');
    else throw new Error(`${path}:${i + 1}: a line begins with one of "@ ", "- ", "+ ", "= ", "# "`);
  }
  return mutants;
}

/** A file's text with the mutant's line in it; nothing when the line does not stand there exactly once. */
function mutated(text, { line, instead }) {
  const lines = text.split('\n');
  const found = lines.flatMap((one, i) => (one.trim() === line.trim() ? [i] : []));
  if (found.length !== 1) return undefined;
  lines[found[0]] = instead;
  return lines.join('\n');
}

// ---- the copy -------------------------------------------------------------------------------------------------------

/** Writes what is different, and nothing else: what did not change is not built again. */
function write(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function filesUnder(folder, path) {
  if (!existsSync(join(folder, path)) || LINKS.includes(path)) return [];
  if (!statSync(join(folder, path)).isDirectory()) return [path];
  return readdirSync(join(folder, path)).flatMap((name) => filesUnder(folder, join(path, name)));
}

/** Makes the copy as the sources are. @param {string[]} sources @param {(path: string) => boolean} isOne */
function copySources(sources, isOne = () => true) {
  const files = sources.flatMap((path) => filesUnder(root, path)).filter(isOne);
  for (const file of files) write(join(copy, file), readFileSync(join(root, file), 'utf8'));
  for (const file of sources.flatMap((path) => filesUnder(copy, path))) {
    if (!files.includes(file)) rmSync(join(copy, file));
  }
}

/** What stood at a place of the copy gives way. */
function replace(path, make) {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  rmSync(join(copy, path), { recursive: true, force: true });
  make();
}

// ---- building and testing -------------------------------------------------------------------------------------------

const run = (command, args, options) => spawnSync(command, args, { encoding: 'utf8', ...options });

/** Builds a program; what the compiler says when it cannot. */
function make(target) {
  const { status, stdout } = run('ninja', ['-C', build, '-j', String(availableParallelism()), target]);
  return status === 0 ? undefined : stdout;
}

/**
 * The tests of a language.
 *
 * @typedef {object} Language
 * @property {() => void} prepare makes the copy
 * @property {(files: string[]) => string[]} tests the names of those that may notice something in these files
 * @property {(test: string, file: string) => boolean} isAbout whether a test is about a file
 * @property {(test: string) => string | undefined} make builds a test; what the compiler says when it cannot
 * @property {(test: string, limit?: number) => boolean} passes within so many milliseconds
 */

/** @type {Language} */
const C = {
  prepare() {
    copySources(SOURCES, (path) => !path.endsWith('js'));
    const flags = ['-G', 'Ninja', '-DCMAKE_C_FLAGS=-w']; // a mutant may leave something unused
    const { status, stderr } = run('cmake', ['-S', copy, '-B', build, ...flags]);
    if (status !== 0) throw new Error(stderr);
  },
  tests: () => readdirSync(join(copy, 'tests/core')).flatMap((file) => /^test_(.*)\.c$/.exec(file)?.[1] ?? []),
  isAbout: (test, file) => test === basename(file, '.c'),
  make: (test) => make(`test_${test}`),
  passes: (test, limit) => run(join(build, `test_${test}`), [], { cwd: copy, timeout: limit }).status === 0,
};

/**
 * JavaScript whose tests are in a folder.
 *
 * @param {string} folder
 * @param {(test: string, isAbout: boolean) => boolean} mayNotice whether a test may, which is or is not about the files
 * @returns {Language}
 */
const scriptsIn = (folder, mayNotice) => {
  const isAbout = (test, file) => readFileSync(join(copy, folder, test), 'utf8').includes(`/${file}'`);
  return {
    prepare() {
      copySources(SCRIPTS);
      for (const path of LINKS) replace(path, () => symlinkSync(join(root, path), join(copy, path)));
      const isWanted = (path) => !/CMakeFiles|\.a$/.test(path);
      for (const path of BUILT) {
        replace(path, () => cpSync(join(root, path), join(copy, path), { recursive: true, filter: isWanted }));
      }
    },
    tests: (files) =>
      readdirSync(join(copy, folder)).filter(
        (name) =>
          name.endsWith('.test.mjs') &&
          mayNotice(
            name,
            files.some((file) => isAbout(name, file)),
          ),
      ),
    isAbout,
    make: () => undefined,
    /* Without --test, which runs each file in a process of a process. */
    passes: (test, limit) => run(process.execPath, [join(folder, test)], { cwd: copy, timeout: limit }).status === 0,
  };
};

const ELEMENTS = scriptsIn('tests/elements', (_, isAbout) => isAbout);
const PLAYGROUND = scriptsIn('tests/playground', (test) => !SET_APART.includes(test)); // programs are about all of it

const languageOf = ({ file }) =>
  file.startsWith('web/playground/') ? PLAYGROUND : file.endsWith('.js') ? ELEMENTS : C;

/** Whether a test passes, within so many milliseconds; it is built before. */
function passes(language, test, limit) {
  const problem = language.make(test);
  if (problem) throw new Error(problem);
  return language.passes(test, limit);
}

/**
 * The tests, the quickest first: { name, limit }. They must pass before anything is changed.
 *
 * @param {Language} language @param {string[]} files that will be
 */
function testsByTime(language, files) {
  const tests = [];
  for (const name of language.tests(files)) {
    language.make(name);
    const start = Date.now();
    if (!passes(language, name)) throw new Error(`${name} fails without any mutant`);
    tests.push({ name, limit: PATIENCE * (Date.now() - start) + SOME_MS });
  }
  return tests.sort((a, b) => a.limit - b.limit);
}

/** What becomes of a mutant: [whether that is right, what to tell]. */
function judge(language, mutant, tests) {
  const path = join(copy, mutant.file);
  const text = readFileSync(path, 'utf8');
  const instead = mutated(text, mutant);
  if (instead === undefined) return [false, 'does not stand there exactly once'];
  write(path, instead);
  try {
    const isOwn = ({ name }) => language.isAbout(name, mutant.file);
    const ownFirst = [...tests.filter(isOwn), ...tests.filter((test) => !isOwn(test))];
    const killer = ownFirst.find(({ name, limit }) => !passes(language, name, limit))?.name;
    if (mutant.equal) return [!killer, killer ? `called equal, but killed by ${killer}` : 'equal'];
    return [Boolean(killer), killer ? `killed by ${killer}` : 'survived'];
  } catch (error) {
    return [false, `does not compile (${/error: .*/.exec(error.message)?.[0]})`];
  } finally {
    write(path, text);
  }
}

const lists = process.argv.slice(2);
const all = ['mutants.txt', 'javascript.txt', 'playground.txt'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);
const mutants = (lists.length ? lists : all).flatMap((path) => readMutants(path));
const count = { killed: 0, equal: 0, survived: 0, wrong: 0 };
for (const language of new Set(mutants.map(languageOf))) {
  language.prepare();
  const own = mutants.filter((mutant) => languageOf(mutant) === language);
  const tests = testsByTime(
    language,
    own.map(({ file }) => file),
  );
  for (const mutant of own) {
    const [isRight, what] = judge(language, mutant, tests);
    const kind = what.split(' ')[0];
    count[isRight || kind === 'survived' ? kind : 'wrong']++;
    const { file, line, instead } = mutant;
    console.log(`${what.padEnd(28)} ${file.replace('core/model/', '')}: ${line} -> ${instead || 'nothing'}`);
  }
}
const { killed, equal, survived, wrong } = count;
console.log(`${killed} killed, ${equal} equal, ${survived} survived${wrong ? `, ${wrong} listed wrongly` : ''}`);
process.exitCode = survived + wrong > 0 ? 1 : 0;
