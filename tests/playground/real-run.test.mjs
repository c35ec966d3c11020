// What a browser printed, against what the playground shows: objects are drawn in many ways.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOLE, isLike, partOf, whyNotHere } from '../../web/playground/player/real-run.js';

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

test('a program is not run here where it could not do here what it did', () => {
  const run = { limit: '', steps: [{ time: 0 }, { time: 5_000_000 }] };
  const why = (source, recording = run) => whyNotHere(recording, source);
  assert.equal(why("console.log('a'); // fetch, import and postTask are only named"), '');
  assert.equal(why('', { ...run, limit: 'too long' }), 'the run was stopped, and a page would stand still');
  assert.equal(why('  //@ click #b 20'), 'a page cannot click for you, nor answer its own requests');
  for (const source of ["fetch ('/a')", "await import('fs')"])
    assert.equal(why(source), 'nothing is fetched from here');
  assert.equal(why('console.table([1])'), 'of a console only its lines can be compared');
  assert.equal(why('requestIdleCallback(f)'), 'this browser has no requestIdleCallback', 'nor has Node');
  assert.equal(why('', { ...run, steps: [{ time: 5_001_000 }] }), 'it would take 5 seconds');
  assert.equal(why('', { ...run, steps: [] }), '');
});
