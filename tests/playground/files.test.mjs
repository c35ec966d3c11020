// Files in Node: threads beside the loop do what a call waits for, in as many trips as Node makes, and which of several
// is done first nobody promises.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPlayground } from '../../web/playground/play.mjs';

const playground = await loadPlayground();
playground.limits = { ...playground.limits, ms: 60_000 }; // of a machine that is busy with other tests
const HEAD = `const fs = require('node:fs'); const told = (name) => () => console.log(name); `;
const ordersOf = (source) =>
  playground
    .orders(HEAD + source)
    .outputs.map((text) => text.trim().split('\n').join(' '))
    .sort();
const stepsOf = (source) => {
  const { trace } = playground.run(HEAD + source);
  return Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));
};

test('Node’s own jobs behind a file’s promise are steps where an error kept others waiting, and nowhere else', () => {
  const listener = "process.on('uncaughtException', () => {}); ";
  const both = (before) =>
    stepsOf(`${listener}fs.stat(__filename, () => ${before}); fs.promises.stat(__filename).then(told('stat'))`);
  const OWN = /Node's own part of fs\.promises\.stat \(line 1\) is the oldest/;
  const ownIn = (steps) => steps.filter(({ reason }) => OWN.test(reason)).length;
  assert.equal(ownIn(both('{ queueMicrotask(told(1)); throw 2; }')), 2);
  assert.equal(ownIn(both('queueMicrotask(told(1))')), 0);
});

test('each call takes a thread as many trips as in Node', () => {
  const times = {
    'readFile(__filename, () => {})': 0.5,
    "readFile('nothing', () => {})": 0.125,
    "writeFile('new', '', () => {})": 0.375,
    "appendFile('new', '', () => {})": 0.375,
    'stat(__filename, () => {})': 0.125,
    "readdir('.', () => {})": 0.125,
    'promises.readFile(__filename)': 0.5,
    "promises.readFile('nothing').catch(() => {})": 0.125,
  };
  for (const [call, ms] of Object.entries(times)) {
    const poll = stepsOf(`fs.${call};`).find(({ queue }) => queue === 'poll');
    assert.equal(poll.time / 1000, ms, call);
  }
});

test('what nobody catches is told with the line of Node that it comes from', () => {
  const firstOf = (source) =>
    playground
      .run(HEAD + source)
      .console.at(-1)
      .text.split('\n\n')[0];
  assert.equal(firstOf("fs.readFileSync('nothing')"), `node:fs:573\n  return binding.open(\n${' '.repeat(17)}^`);
  assert.equal(
    firstOf("fs.promises.stat('nothing')"),
    `node:internal/fs/promises:1033\n  const result = await PromisePrototypeThen(\n${' '.repeat(17)}^`,
  );
  assert.match(firstOf("fs.stat('nothing', (error) => { throw error; })"), /^\/program\.js:1\n/);
  assert.match(firstOf("new (require('events'))().emit('error', new Error('e'))"), /^node:events:502\n {6}throw er;/);
});

test('a file that is about to be written is there for who asks to read it, until it is unlinked', () => {
  const read = "fs.readFile('new', 'utf8', (error, text) => console.log(error?.code ?? text));";
  const first = (source) => playground.run(HEAD + source).console[0].text;
  assert.equal(first(`fs.writeFile('new', 'text', () => {}); ${read}`), 'text\n');
  assert.equal(first(`fs.writeFile('new', 'text', () => fs.unlink('new', () => { ${read} }));`), 'ENOENT\n');
});

const WAYS = {
  'two of a kind': ["fs.stat('.', told('a')); fs.stat('.', told('b'));", ['a b', 'b a']],
  'three of different kinds': [
    "fs.readFile(__filename, told('r')); fs.writeFile('new', '', told('w')); fs.stat('.', told('s'));",
    ['r s w', 'r w s', 's r w', 's w r', 'w r s', 'w s r'],
  ],
  'one after the other': ["fs.stat('.', () => { console.log('a'); fs.stat('.', told('b')); });", ['a b']],
  'one beside two that follow each other': [
    "fs.stat('.', () => { console.log('a'); fs.stat('.', told('b')); }); fs.stat('.', told('c'));",
    ['a b c', 'a c b', 'c a b'],
  ],
  'two that are asked for with a timer in between': [
    "fs.stat('.', told('a')); setTimeout(() => fs.stat('.', told('b')), 5);",
    ['a b'],
  ],
};
for (const [name, [source, ways]] of Object.entries(WAYS)) {
  test(`files in the orders that are allowed: ${name}`, () => assert.deepEqual(ordersOf(source), ways));
}

test('a step says which other file may come first, and that it is the work of threads', () => {
  const reasons = stepsOf("fs.readFile(__filename, function read() {}); fs.stat('.', function stat() {});").map(
    ({ reason }) => reason,
  );
  assert.deepEqual(reasons.slice(1), [
    'The loop slept in poll from 0 to 0.125 ms. Poll phase: stat is done. No guarantee: threads beside the loop work ' +
      'on it and on read, and either may be done first. program.js asked for it.',
    'The loop slept in poll from 0.125 to 0.5 ms. Poll phase: read is ready. program.js asked for it.',
  ]);
});

test('what waits for poll is called by its name alone', () => {
  const [, , { reason }] = stepsOf(
    "fs.stat('.', () => queueMicrotask(function m() {})); fs.stat('.', function b() {});",
  );
  assert.match(reason, /: m is the oldest; b waits\./);
});
