// What a browser printed, against what the playground shows: objects are drawn in many ways.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOLE, isLike, partOf } from '../../web/playground/player/real-run.js';

test('where letters are known they count, an object may be anything', () => {
  assert.ok(isLike('a 1', 'a 1'));
  assert.ok(!isLike('a 1', 'a 2'));
  assert.ok(isLike(`got ${HOLE}.`, 'got { a: [\n 1 ] }.'));
  assert.ok(!isLike(`got ${HOLE}.`, 'had {}.'));
  assert.ok(isLike(`(${HOLE}) [x]*`, '(y) [x]*'));
  assert.ok(isLike(`${HOLE} b ${HOLE}\nend`, '[ 1 ] a b b {}\nend'));
  assert.ok(!isLike(`${HOLE} b ${HOLE}\nend`, '[ 1 ] b\nend'));
  assert.ok(!isLike(`ab${HOLE}ba`, 'aba'), 'a letter stands in one place');
});

test('two consoles part at the first call that is not like the other, or where one has no more', () => {
  assert.equal(partOf(['a', 'b'], ['a', 'b']), -1);
  assert.equal(partOf([HOLE, 'b\nc'], ['Error: a\n    at line 1', 'b\nc']), -1);
  assert.equal(partOf(['a', 'b'], ['b', 'a']), 0);
  assert.equal(partOf(['a'], ['a', 'b']), 1);
  assert.equal(partOf(['a', 'b'], ['a']), 1);
  assert.equal(partOf([], []), -1);
});
