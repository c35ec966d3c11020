// make mutation: do the tests in C see it when a line of the model is wrong?
//
//     node tests/mutation/run.mjs [LIST]
//
// Each mutant of the list (mutants.txt, whose head explains it) is made in a copy of the sources under build/mutation,
// built, and tested: first by the test of the same name as its file, then by the others, the quickest first, until one
// fails. A mutant that survives fails the run; so does one that is called equal and is killed, whose line is not found
// exactly once, or that does not compile.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const copy = join(root, 'build/mutation/tree');
const build = join(root, 'build/mutation/build');
const SOURCES = ['CMakeLists.txt', 'core', 'tests/core', 'tests/live', 'tests/bench'];
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
    else if (mark === '@ ') file = join('core/model', rest);
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
  if (!existsSync(join(folder, path))) return [];
  if (!statSync(join(folder, path)).isDirectory()) return [path];
  return readdirSync(join(folder, path)).flatMap((name) => filesUnder(folder, join(path, name)));
}

/** Makes the copy as the sources are. */
function copySources() {
  const files = SOURCES.flatMap((path) => filesUnder(root, path)).filter((path) => !path.endsWith('js'));
  for (const file of files) write(join(copy, file), readFileSync(join(root, file), 'utf8'));
  for (const file of SOURCES.flatMap((path) => filesUnder(copy, path))) {
    if (!files.includes(file)) rmSync(join(copy, file));
  }
}

// ---- building and testing -------------------------------------------------------------------------------------------

const run = (command, args, options) => spawnSync(command, args, { encoding: 'utf8', ...options });

/** Builds a program; what the compiler says when it cannot. */
function make(target) {
  const { status, stdout } = run('ninja', ['-C', build, '-j', String(availableParallelism()), target]);
  return status === 0 ? undefined : stdout;
}

/** Whether a test passes, within so many milliseconds; it is built before. */
function passes(test, limit) {
  const problem = make(`test_${test}`);
  if (problem) throw new Error(problem);
  return run(join(build, `test_${test}`), [], { cwd: copy, timeout: limit }).status === 0;
}

/** All tests, the quickest first: { name, limit }. They must pass before anything is changed. */
function testsByTime() {
  const names = readdirSync(join(copy, 'tests/core')).flatMap((file) => /^test_(.*)\.c$/.exec(file)?.[1] ?? []);
  const tests = [];
  for (const name of names) {
    make(`test_${name}`);
    const start = Date.now();
    if (!passes(name)) throw new Error(`${name} fails without any mutant`);
    tests.push({ name, limit: PATIENCE * (Date.now() - start) + SOME_MS });
  }
  return tests.sort((a, b) => a.limit - b.limit);
}

/** What becomes of a mutant: [whether that is right, what to tell]. */
function judge(mutant, tests) {
  const path = join(copy, mutant.file);
  const text = readFileSync(path, 'utf8');
  const instead = mutated(text, mutant);
  if (instead === undefined) return [false, 'does not stand there exactly once'];
  write(path, instead);
  try {
    const own = basename(mutant.file, '.c');
    const ownFirst = [...tests].sort((a, b) => (b.name === own) - (a.name === own));
    const killer = ownFirst.find(({ name, limit }) => !passes(name, limit))?.name;
    if (mutant.equal) return [!killer, killer ? `called equal, but killed by ${killer}` : 'equal'];
    return [Boolean(killer), killer ? `killed by ${killer}` : 'survived'];
  } catch (error) {
    return [false, `does not compile (${/error: .*/.exec(error.message)?.[0]})`];
  } finally {
    write(path, text);
  }
}

const mutants = readMutants(process.argv[2] ?? fileURLToPath(new URL('mutants.txt', import.meta.url)));
copySources();
const flags = ['-G', 'Ninja', '-DCMAKE_C_FLAGS=-w']; // a mutant may leave something unused
const { status, stderr } = run('cmake', ['-S', copy, '-B', build, ...flags]);
if (status !== 0) throw new Error(stderr);

const tests = testsByTime();
const count = { killed: 0, equal: 0, survived: 0, wrong: 0 };
for (const mutant of mutants) {
  const [isRight, what] = judge(mutant, tests);
  const kind = what.split(' ')[0];
  count[isRight || kind === 'survived' ? kind : 'wrong']++;
  const { file, line, instead } = mutant;
  console.log(`${what.padEnd(28)} ${file.replace('core/model/', '')}: ${line} -> ${instead || 'nothing'}`);
}
const { killed, equal, survived, wrong } = count;
console.log(`${killed} killed, ${equal} equal, ${survived} survived${wrong ? `, ${wrong} listed wrongly` : ''}`);
process.exitCode = survived + wrong > 0 ? 1 : 0;
