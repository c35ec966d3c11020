// What the README and the pages tell people to type works, letter for letter, with the files that they tell them to
// write: in a folder that has all that a copy of the project has, and is not one.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PRINTED } from '../printed.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'doorbell-'));
after(() => rmSync(folder, { recursive: true }));
for (const name of readdirSync(root)) symlinkSync(join(root, name), join(folder, name));

// A person's shell knows nothing of the make and the test runner that run this.
const { MAKEFLAGS, MFLAGS, MAKELEVEL, NODE_TEST_CONTEXT, ...env } = process.env;

/** These run for minutes, and run this test: whether make knows what to do is what is looked at. */
const OF_THIS = /^make (test|check)\b/;

/** Is what `make lesson` says served? Then Ctrl-C ends it, as it says too. @param {string} line */
async function isServed(line) {
  const child = spawn('sh', ['-c', line], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const errors = text(child.stderr);
  let isThere = false;
  for await (const said of createInterface(child.stdout)) {
    const [address] = /http:\S+/.exec(said) ?? [];
    if (!address) continue;
    isThere = (await fetch(address)).ok;
    process.kill(-Number(child.pid), 'SIGINT');
  }
  await ended;
  assert.ok(isThere, await errors);
}

/** @param {string} line */
function run(line) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    env: OF_THIS.test(line) ? { ...env, MAKEFLAGS: 'n' } : env,
    encoding: 'utf8',
  });
  assert.equal(status, 0, `${line}\n${stdout}${stderr}`);
  assert.ok(stdout.trim(), `${line} says nothing`);
}

const isLesson4 = (part) => !/^\s*(promise|timer|script|input) /m.test(part);

/** A scenario as the files into which a reader has written it by then. @param {string} scenario */
function filesOf(scenario) {
  const parts = scenario.split(/\n{2,}/);
  const files = {
    'doors.txt': parts.filter(isLesson4),
    'loop.txt': parts.filter((part) => !isLesson4(part)),
  };
  return Object.entries(files).filter(([, lines]) => lines.length);
}

/** @type {Record<string, string[]>} */
const written = {};
for (const { file, text, kind } of PRINTED) {
  if (kind === 'scenario') Object.assign(written, Object.fromEntries(filesOf(text)));
  if (kind !== 'shell') continue;
  const files = Object.entries(written);
  for (const line of text.split('\n').filter(Boolean)) {
    test(`${file}: ${line}`, async () => {
      for (const [name, parts] of files) writeFileSync(join(folder, name), `${parts.join('\n\n')}\n`);
      if (line.startsWith('make lesson')) await isServed(line);
      else run(line);
    });
  }
}
