// A console that somebody expects, against the one that came.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { departure, toldOf } from '../../web/playground/player/prediction.js';

const console = (...texts) => texts.map((text) => ({ text: `${text}\n` }));

test('the same lines do not part; quotes, white space and empty lines at the end do not count', () => {
  assert.equal(departure('a\nb', console('a', 'b')), null);
  assert.equal(departure(' "a" \n“b”\n\n', console('a', 'b')), null);
  assert.equal(departure("'a'", console("'a'")), null);
  assert.equal(departure('', []), null);
});

test('they part at the first line that differs, in the entry that has it', () => {
  assert.deepEqual(departure('a\nc\nb', console('a', 'b', 'c')), { line: 2, said: 'c', is: 'b', index: 1 });
  assert.deepEqual(departure('a\nb\nx', console('a\nb', 'c')), { line: 3, said: 'x', is: 'c', index: 1 });
  assert.deepEqual(departure('a\n\nb', console('a', 'b')), { line: 2, said: '', is: 'b', index: 1 });
});

test('and where the one or the other ends first', () => {
  assert.deepEqual(departure('a', console('a', 'b')), { line: 2, said: null, is: 'b', index: 1 });
  assert.deepEqual(departure('a\nb', console('a')), { line: 2, said: 'b', is: null, index: 0 });
  assert.deepEqual(departure('a', []), { line: 1, said: 'a', is: null, index: -1 });
  assert.deepEqual(departure('', console('a')), { line: 1, said: null, is: 'a', index: 0 });
});

test('it is told up to which line it was right, what stands there, and what was said', () => {
  const told = (said, shown, isGuaranteed = true) => toldOf(departure(said, console(...shown)), isGuaranteed);
  const withReason = 'Here it is written, with the reason.';
  assert.equal(told('b', ['a']), `Line 1 is “a”, and you wrote “b”. ${withReason}`);
  assert.equal(told('a\nc', ['a', 'b']), `Right up to line 1. Line 2 is “b”, and you wrote “c”. ${withReason}`);
  assert.equal(told('a', ['a', 'b']), `Right up to line 1. Line 2 is “b”, and you wrote no more. ${withReason}`);
  assert.equal(told('a\nb', ['a']), 'Right up to line 1. You wrote “b” in line 2, but no more comes.');
  assert.equal(told('b', ['a'], false), 'Line 1 is “a”, and you wrote “b”. But no order is guaranteed here.');
});
