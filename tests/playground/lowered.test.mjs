// Lowering keeps what a program does (web/playground/lower, web/playground/vm): each program logs the same as it is,
// and lowered, on the same host.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PROGRAMS } from './lowered-programs.mjs';

/** What programs log, by run-lowered.mjs. @param {'native' | 'lowered'} how @returns {string[][]} */
function linesOf(programs, how) {
  const runner = fileURLToPath(new URL('run-lowered.mjs', import.meta.url));
  const options = { input: JSON.stringify(programs), encoding: /** @type {const} */ ('utf8'), maxBuffer: 1 << 30 };
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', runner, how],
    options,
  );
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

test('programs by clause log the same', async (t) => {
  const native = linesOf(PROGRAMS, 'native');
  const lowered = linesOf(PROGRAMS, 'lowered');
  for (const [i, { name }] of PROGRAMS.entries()) {
    await t.test(name, () => {
      assert.ok(native[i].length > 0, 'it must log something');
      assert.deepEqual(lowered[i], native[i]);
    });
  }
});
