// What lowering makes runs in QuickJS as the program itself runs in this engine.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fc, replayable } from '../random.mjs';
import { closesSync } from './engine.mjs';
import { PROGRAMS } from './lowered-programs/all.mjs';
import { runner, wordless } from './lowered.mjs';
import { inQuickJs } from './quickjs.mjs';
import { randomProgram } from './random-lowered.mjs';

const native = runner('native');
after(() => native.stop());

test('programs by clause log the same', async (t) => {
  for (const program of PROGRAMS) {
    await t.test(program.name, async () => {
      const lines = program.inQuickJs ?? (await native.run(program));
      assert.deepEqual(inQuickJs(program, { closesSync }), lines);
    });
  }
});

test('random programs log the same', async (t) => {
  const logsTheSame = fc.asyncProperty(randomProgram, async (program) => {
    const lines = await native.run(program);
    assert.deepEqual(wordless(inQuickJs(program, { closesSync })), wordless(lines));
  });
  await fc.assert(logsTheSame, replayable(t, 100));
});
