// The playground's Promise is one by Promises/A+ (https://promisesaplus.com).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('all tests of Promises/A+ pass', () => {
  const file = fileURLToPath(new URL('promises-aplus.mjs', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  assert.equal(stderr, '');
  assert.equal(stdout, '872 passed, 0 failed\n');
});
