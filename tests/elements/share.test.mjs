// What is taken away from a demo: links (web/scenario/link.js), and traces as files (web/elements/share/trace-files.js;
// the JSON beside what the native command writes).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { deflateSync } from 'node:zlib';
import { csvOf, jsonOf } from '../../web/elements/share/trace-files.js';
import { decode, encode } from '../../web/scenario/link.js';
import { eventLoop, multiplexer } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const RUNS = 100;
const texts = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), {
  noNullPrototype: true,
});

test('what a link carries is read again, letter for letter, of any script', (t) =>
  fc.assert(
    fc.asyncProperty(texts, async (state) => {
      const parameter = await encode(state);
      assert.match(parameter, /^2[\w-]*$/, 'nothing in it that an address would change');
      assert.deepEqual(await decode(parameter), state);
    }),
    replayable(t, RUNS),
  ));

test('a link of which a letter was changed, or that was cut, is damaged, or carries the same', (t) =>
  fc.assert(
    fc.asyncProperty(texts, fc.nat(), fc.constantFrom('A', 'z', '_', ''), async (state, at, letter) => {
      const parameter = await encode(state);
      const place = 1 + (at % (parameter.length - 2)); // the last letter holds bits that nothing is in
      const cut = letter ? parameter.slice(place + 1) : '';
      const changed = parameter.slice(0, place) + letter + cut;
      if (changed === parameter) return;
      const read = await decode(changed).catch((error) => error);
      if (letter && isDeepStrictEqual(read, state)) return; // it was in the bits that fill up the last byte
      assert.ok(read instanceof Error && /damaged/.test(read.message), JSON.stringify(read));
    }),
    replayable(t, RUNS),
  ));

for (const [what, parameter, message] of [
  ['nothing', '', /damaged/],
  ['no base64', '2%%%', /damaged/],
  ['another version', '3abc', /version 3.*version 2/],
]) {
  test(`a link with ${what} in it is refused, and says so`, () => assert.rejects(decode(parameter), message));
}

test('a small link that would grow beyond a million bytes is refused', async () => {
  const bomb = await encode({ scenario: 'a'.repeat(2 ** 21) });
  assert.ok(bomb.length < 4000, String(bomb.length));
  await assert.rejects(decode(bomb), /damaged/);
});

test('a link whose bytes are no text is refused', async () => {
  const bytes = deflateSync(Buffer.from([...Buffer.from('scenario=A'), 0xff]));
  await assert.rejects(decode(`2${bytes.toString('base64url')}`), /damaged/);
});

test('a link is shorter than the scenario that it carries', async () => {
  const scenario = Array.from({ length: 8 }, (_, i) => `socket S${i} "message ${i}" ready ${i}`).join('\n');
  assert.ok((await encode({ scenario })).length < encodeURIComponent(scenario).length / 2);
});

// ---- traces as files ------------------------------------------------------------------------------------------------

const doorbell = fileURLToPath(new URL('../../build/native/doorbell', import.meta.url));

/** What the command writes. @param {string} text @param {string[]} words */
const native = (text, ...words) =>
  JSON.parse(execFileSync(doorbell, [...words, '--format=json', '-'], { input: text, encoding: 'utf8' }));

/** @type {[string, import('../../web/elements/share/trace-files.js').Lesson, string, string[]][]} */
const TRACES = [
  [
    'readiness',
    'multiplex',
    'socket A "slow report" ready 6\nsocket B ready 1 4\nsocket C ready 1.5',
    ['--strategy=readiness'],
  ],
  ['a slow handler', 'multiplex', 'socket A ready 0 takes 2.125\nsocket B ready 1 1', ['--strategy=blocking']],
  ['no message', 'multiplex', '', ['--strategy=blocking']],
  ['a rejection', 'loop', 'script main\n  promise p\n  reject p\nsocket x ready 3', ['--host=browser']],
  ['an ended process', 'loop', 'script main\n  promise p\n  reject p\nsocket x ready 3', ['--host=node']],
  ['fractions', 'loop', 'timer a ready 0.001 takes 1.5\n  microtask "b \\"c\\""', ['--host=node']],
];

for (const [what, lesson, text, words] of TRACES) {
  test(`as JSON a trace is what the command writes: ${what}`, () => {
    const value = words[0].split('=')[1];
    const trace = lesson === 'loop' ? eventLoop.loop(text, value) : multiplexer.multiplex(text, value);
    const { rows, unhandled = [], totals } = native(text, lesson, ...words);
    const own = lesson === 'loop' ? { unhandled } : { totals };
    assert.deepEqual(JSON.parse(jsonOf(trace, lesson)), { rows, ...own });
  });
}

test('as CSV it has a head and a line a step; quotes, commas and formulas stay text', () => {
  const trace = multiplexer.multiplex('socket "=1+1" "say \\"hi\\", twice" ready 1', 'blocking');
  assert.equal(
    csvOf(trace, 'multiplex'),
    `step,time,socket,payload,ready,latency,reason\r\n1,1,'=1+1,"say ""hi"", twice",1,0,"${trace.step(0).reason}"\r\n`,
  );
});
