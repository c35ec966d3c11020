// The playground's examples: each gives the answer that its question expects, in the playground and in the real Node.
// (Those for a browser: in-chromium.test.mjs.)
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { examples } from '../../web/playground/examples.js';
import { newFolder } from '../engines/drivers/browser.mjs';
import { openPlayground } from './playground-here.mjs';
import { inRealNode } from './real-node.mjs';

const REPEATS = 5; // on a machine that was late

test('there are thirty of them or more, each with a name and a title of its own, and a question', () => {
  assert.ok(examples.length >= 30);
  for (const key of ['name', 'title', 'program', 'why']) {
    assert.equal(new Set(examples.map((one) => one[key])).size, examples.length, key);
  }
  for (const { name, program, question, why } of examples) {
    assert.match(name, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    assert.match(question, /^[A-Z].*\?$/);
    assert.match(why, /^\S.*[^.]\.$/);
    assert.ok(!/\. /.test(why), `${name}: why is one sentence`);
    for (const line of program.split('\n')) assert.ok(line.length <= 120, `${name}: ${line}`);
    assert.ok(program.split('\n').length <= 25, `${name} is too long for a screen`);
  }
});

/** The line that the question asks for. */
const lineOf = (stdout, line) =>
  stdout
    .trimEnd()
    .split('\n')
    .at(line > 0 ? line - 1 : line);

test('each example gives its answer in the playground', async () => {
  const playground = await openPlayground();
  for (const { name, host, module, program, line, answer } of examples) {
    assert.equal(lineOf(playground.run(program, { host, isModule: module }).stdout, line), answer, name);
  }
});

test('each example for Node gives its answer in the real Node', { concurrency: true }, async (t) => {
  const inNode = examples.filter(({ host }) => host === 'node');
  await Promise.all(
    inNode.map(({ name, module, program, line, answer }) =>
      t.test(name, async () => {
        const { folder, remove } = newFolder();
        const file = join(folder, module ? 'program.mjs' : 'program.cjs');
        writeFileSync(file, program);
        let given;
        for (let repeats = 0; repeats <= REPEATS && given !== answer; repeats++) {
          given = (await inRealNode(file)).stdout
            .trimEnd()
            .split('\n')
            .at(line > 0 ? line - 1 : line);
        }
        remove();
        assert.equal(given, answer);
      }),
    ),
  );
});
