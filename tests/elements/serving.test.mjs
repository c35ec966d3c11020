// What the scale lab says of its servers, letter for letter.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lackInWords, serverInWords } from '../../web/elements/scale-lab/serving-words.js';

const LOAD = { rate: 2000, atOnce: 20, slowOneOf: 100, quick: 100, slow: 50_000 };
const CREW = { workers: 4, cores: 4, slice: 3000 };
const SERVED = { most: 1669.4, quick: 1, quickMax: 1, slow: 1, switches: 1, queue: 0, line: 0 };

/** An unbroken space is one like others. @param {string} text */
const plain = (text) => text.replaceAll('\u00a0', ' ');

/** @param {string} server @param {object} served @param {object} [crew] */
const said = (server, served, crew) =>
  plain(lackInWords(server, { ...SERVED, lack: 'none', ...served }, LOAD, { ...CREW, ...crew }));

test('what each server is', () => {
  assert.equal(serverInWords('loop', CREW), 'One thread waits for all, and handles each message itself.');
  assert.match(serverInWords('pool', CREW), /hands each message to 4 workers through a queue/);
  assert.match(serverInWords('pool', { ...CREW, workers: 1 }), /to 1 worker through/);
  assert.match(plain(serverInWords('threads', { ...CREW, slice: 100 })), /each has a core for 100 µs, then goes/);
});

test('a loop: for whom its messages wait', () => {
  assert.equal(said('loop', {}), 'Nobody waits: each message is done before the next one comes.');
  assert.equal(
    said('loop', { lack: 'thread', queue: 59 }),
    'One at a time, quick or slow: up to 59 messages wait in the queue for those before them.',
  );
});

test('a pool: for a worker, or a core, or both', () => {
  assert.match(said('pool', {}), /^Nobody waits: whenever a message comes, a worker is free/);
  assert.equal(
    said('pool', { lack: 'core', line: 1 }),
    'A worker is always free, but up to 1 worker waits for a core.',
  );
  assert.equal(
    said('pool', { lack: 'thread', queue: 17 }),
    'All 4 workers are busy at times: up to 17 messages wait in the queue.',
  );
  assert.equal(
    said('pool', { lack: 'thread', queue: 1, line: 60 }, { workers: 64 }),
    'All 64 workers are busy at times: up to 1 message waits in the queue. And up to 60 workers wait for a core.',
  );
  assert.match(said('pool', { lack: 'thread', queue: 5 }, { workers: 1 }), /^The worker is busy at times/);
});

test('threads: for a core', () => {
  assert.equal(said('threads', {}), 'Nobody waits: whenever a message comes, a core is free for its thread.');
  assert.equal(
    said('threads', { lack: 'core', line: 17 }),
    'No message waits for a thread. But up to 17 threads wait for a core; whoever has had one for 3 ms makes room.',
  );
});

test('what comes faster than it can be handled, and what grows by how much', () => {
  assert.equal(
    said('pool', { lack: 'time' }),
    'Too much: 2,000 come in a second, 1,669 can be handled. So each second 331 more messages wait in the queue.',
  );
  assert.match(said('threads', { lack: 'time' }), /331 more threads wait in the line\.$/);
});
