// Lowering keeps what a program does (web/playground/lower, web/playground/vm): each program logs the same as it is,
// and lowered, on the same host.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fc, replayable } from '../random.mjs';
import { PROGRAMS } from './lowered-programs/all.mjs';
import { bothWays, wordless } from './lowered.mjs';
import { randomProgram } from './random-lowered.mjs';

const both = bothWays();
after(() => both.stop());

for (const program of PROGRAMS) {
  test(program.name, async () => {
    const { native, lowered } = await both.run(program);
    assert.ok(native.length > 0, 'it must log something');
    assert.deepEqual(lowered, native);
  });
}

/** Before Node 20 an async generator's `return` threw where the promise's constructor does; 27.6.3.8 has it reject. */
const isOld = Number(process.versions.node.split('.')[0]) < 20;
const isWrongThere = ({ source }) => isOld && source.includes('broken(') && source.includes('.return(');

test('random programs log the same', async (t) => {
  let lines = 0;
  const logsTheSame = fc.asyncProperty(randomProgram, async (program) => {
    fc.pre(!isWrongThere(program));
    const { native, lowered } = await both.run(program);
    lines += native.length;
    assert.deepEqual(wordless(lowered), wordless(native));
  });
  await fc.assert(logsTheSame, replayable(t, Number(process.env.DOORBELL_RUNS ?? 500)));
  t.diagnostic(`${lines} lines`);
});
