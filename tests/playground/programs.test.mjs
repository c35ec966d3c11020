// The handwritten programs, each for one rule: tests/playground/programs/. What the real Node makes of a program in
// node/ is the truth that the playground must meet; in open/ Node itself goes now one way, now another.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inRealNode } from './real-node.mjs';

const PROGRAMS = fileURLToPath(new URL('programs/', import.meta.url));
const SOURCES = /^\/\/ Source: (?:ECMAScript|HTML|DOM|Node\.js|Fetch|Streams|High Resolution Time|Prioritized|request)/;

const programsIn = (folder) => readdirSync(PROGRAMS + folder).map((name) => `${folder}/${name}`);
const textOf = (program) => readFileSync(PROGRAMS + program, 'utf8');

test('each program says its rule in a sentence, then its source, and is short', () => {
  for (const program of ['node', 'open', 'browser'].flatMap(programsIn)) {
    const [rule, source, ...lines] = textOf(program).split('\n');
    assert.match(program, /^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)+\.m?js$/);
    assert.match(rule, /^\/\/ \S.*\.$/, program);
    assert.match(source, SOURCES, program);
    assert.ok(lines.length <= 40, `${program} has ${lines.length} lines`);
  }
});

test('no two programs are for the same rule', () => {
  for (const folder of ['node', 'open', 'browser']) {
    const rules = programsIn(folder).map((program) => textOf(program).split('\n')[0]);
    assert.equal(new Set(rules).size, rules.length);
  }
});

test('each program of node/ runs in the real Node, and prints something', { concurrency: true }, async (t) => {
  const programs = programsIn('node');
  assert.ok(programs.length >= 150);
  await Promise.all(
    programs.map((program) =>
      t.test(program, async () => {
        const { stdout, status } = await inRealNode(PROGRAMS + program);
        assert.notEqual(stdout, '');
        assert.equal(typeof status, 'number', String(status));
      }),
    ),
  );
});
