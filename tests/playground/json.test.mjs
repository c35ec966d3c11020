// What the playground's JSON.parse says of a text that is no JSON (web/playground/vm/json.js): the words of Node 20.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOfJson } from '../../web/playground/vm/json.js';
import { fc, replayable } from '../random.mjs';

const FAULTS = {
  '': 'Unexpected end of JSON input',
  '[': 'Unexpected end of JSON input',
  nul: 'Unexpected end of JSON input',
  '{': "Expected property name or '}' in JSON at position 1",
  "{'a':1}": "Expected property name or '}' in JSON at position 1",
  '{"a" 1}': "Expected ':' after property name in JSON at position 5",
  '{"a":1,}': 'Expected double-quoted property name in JSON at position 7',
  '{"a":1 "b":2}': "Expected ',' or '}' after property value in JSON at position 7",
  '[1 2]': "Expected ',' or ']' after array element in JSON at position 3",
  '[1,]': 'Unexpected token \']\', "[1,]" is not valid JSON',
  'not json': 'Unexpected token \'o\', "not json" is not valid JSON',
  '<!DOCTYPE html>': 'Unexpected token \'<\', "<!DOCTYPE html>" is not valid JSON',
  'this is a long text that is no json': 'Unexpected token \'h\', "this is a l"... is not valid JSON',
  '{"key": "value", "other": bad, "more": 1}': `Unexpected token 'b', ..." "other": bad, "more"... is not valid JSON`,
  '[1,2,3,4,5,6,7,8,9,10,x': 'Unexpected token \'x\', ...",7,8,9,10,x" is not valid JSON',
  undefined: '"undefined" is not valid JSON',
  '[object Object]': '"[object Object]" is not valid JSON',
  '1 2': 'Unexpected non-whitespace character after JSON at position 2',
  '01': 'Unexpected number in JSON at position 1',
  '-': 'No number after minus sign in JSON at position 1',
  '1.': 'Unterminated fractional number in JSON at position 2',
  '1e': 'Exponent part is missing a number in JSON at position 2',
  '"abc': 'Unterminated string in JSON at position 4',
  '"a\nb"': 'Bad control character in string literal in JSON at position 2',
  '"\\x"': 'Bad escaped character in JSON at position 2',
  '"\\u12"': 'Bad Unicode escape in JSON at position 5',
};

/** What this engine says; undefined: nothing. @param {string} text */
function nativeFaultOf(text) {
  try {
    JSON.parse(text);
  } catch (error) {
    return error.message;
  }
  return undefined;
}

const PIECES = ['', ...'{}[],:"\\u1-.e xt\n\u0001', 'null', 'tru', '"a":'];
/** JSON, with some of it replaced. */
const nearlyJson = fc
  .tuple(fc.json({ maxDepth: 2 }), fc.array(fc.tuple(fc.nat(60), fc.constantFrom(...PIECES)), { maxLength: 3 }))
  .map(([json, changes]) =>
    changes.reduce((text, [i, piece]) => {
      const at = i % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + (i % 2));
    }, json),
  );

test('each fault has its words', () => {
  for (const [text, fault] of Object.entries(FAULTS)) assert.equal(faultOfJson(text), fault, text);
});

test('what is JSON has none, and what is not has one', (t) => {
  const isNode20 = process.versions.node.startsWith('20.'); // before and after, the words are others
  const said = (fault) => (isNode20 ? fault : fault !== undefined);
  const property = fc.property(nearlyJson, (text) => assert.equal(said(faultOfJson(text)), said(nativeFaultOf(text))));
  fc.assert(property, replayable(t, 2000));
});
