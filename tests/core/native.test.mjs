// The same scenario gives the same trace natively and in WebAssembly, row for row and word for word.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventLoop, multiplexer, randomFrom, seedOf, stepsOf } from '../doorbell.mjs';

const command = fileURLToPath(new URL('../../build/native/doorbell', import.meta.url));
assert.ok(existsSync(command), 'build/native/doorbell is not there yet: run `make native` first');

function native(args, scenario) {
  const { status, stdout, stderr } = spawnSync(command, [...args, '-'], { input: scenario, encoding: 'utf8' });
  return { status, stdout, problems: stderr };
}

const ms = (us) => us / 1000;

/** A trace of lesson 4 as the command prints it in JSON. */
function asJson(trace) {
  const { totals } = trace;
  return {
    rows: stepsOf(trace).map(multiplexRow(trace.statements)),
    totals: {
      messages: totals.messages,
      end: ms(trace.end),
      mean_latency: ms(totals.meanLatency),
      median_latency: ms(totals.medianLatency),
      p99_latency: ms(totals.p99Latency),
      max_latency: ms(totals.maxLatency),
      idle: ms(totals.idle),
      wake_ups: totals.wakeUps,
    },
  };
}

const multiplexRow = (statements) => (step, k) => ({
  step: k + 1,
  time: ms(step.time),
  socket: statements[step.statement].name,
  payload: statements[step.statement].payload,
  ready: ms(step.ready),
  latency: ms(step.latency),
  reason: step.reason,
});

const loopRow = (statements) => (step) => ({
  tick: ms(step.time),
  queue: step.queue,
  callback: statements[step.statement].name,
  source: statements[step.statement].kind,
  reason: step.reason,
});

/** Names that need quotes, escapes and more than one byte. */
const NAMES = [
  'A',
  'b1',
  '\ufeffmark',
  '"two words"',
  '"say \\"hi\\""',
  '"back\\\\slash"',
  'größe',
  '门',
  '"tab\there"',
];

function randomSockets(random) {
  const lines = Array.from({ length: random(8) }, (_, i) => {
    const times = Array.from({ length: 1 + random(4) }, () => random(40) / 8).sort((a, b) => a - b);
    return `socket ${i}x ${random(2) ? '"a payload"' : ''} ready ${times.join(' ')} ${random(2) ? `takes ${random(30) / 10}` : ''}`;
  });
  return lines.join('\n');
}

const SOURCES = { browser: ['timer', 'socket', 'promise', 'script', 'input'], node: ['timer', 'socket', 'promise'] };
const ACTIONS = { browser: ['microtask', 'microtask', 'frame'], node: ['microtask', 'tick', 'immediate'] };

function randomProgram(random, host) {
  const actions = (depth) =>
    depth > 4
      ? []
      : Array.from({ length: random(3) }, () => {
          const kind = ACTIONS[host][random(ACTIONS[host].length)];
          const what = random(2) ? `${kind} ${NAMES[random(NAMES.length)]}` : `timer t after ${random(20) / 10}`;
          const tail = `${random(60) ? '' : 'forever'} ${random(2) ? `takes ${random(20) / 10}` : ''}`;
          return [`${'  '.repeat(depth)}${what} ${tail}`, ...actions(depth + 1)];
        }).flat();
  const lines = Array.from({ length: random(6) }, () => {
    const kind = SOURCES[host][random(SOURCES[host].length)];
    const ready = kind === 'script' && random(2) ? '' : `ready ${random(40) / 8}`;
    return [`${kind} ${NAMES[random(NAMES.length)]} ${ready}`, ...actions(1)];
  });
  return lines.flat().join('\n');
}

/** What the command tells of a real way of waiting besides. */
const callsOf = ({ calls }) => ({
  waits: calls.waits,
  scanned: calls.scanned,
  returned: calls.returned,
  reads: calls.reads,
  would_block: calls.inVain,
  stuck: [],
});

/** The same rows without what each cost. */
const plain = ({ waits, scanned, returned, reads, would_block, ...row }) => row;

test('lesson 4: 80 random scenarios, every strategy', (t) => {
  const random = randomFrom(seedOf(t));
  for (let i = 0; i < 80; i++) {
    const scenario = randomSockets(random);
    for (const strategy of multiplexer.strategies) {
      const { status, stdout } = native(['multiplex', `--strategy=${strategy}`, '--format=json'], scenario);
      assert.equal(status, 0, scenario);
      const trace = multiplexer.multiplex(scenario, strategy);
      const { rows, totals } = JSON.parse(stdout);
      const expected = asJson(trace);
      if ('waits' in totals) Object.assign(expected.totals, callsOf(trace));
      assert.deepEqual({ rows: rows.map(plain), totals }, expected, `${strategy}\n${scenario}`);
    }
  }
});

for (const host of ['browser', 'node']) {
  test(`lesson 5, ${host}: 200 random programs`, (t) => {
    const random = randomFrom(seedOf(t));
    for (let i = 0; i < 200; i++) {
      const scenario = randomProgram(random, host);
      const { status, stdout } = native(['loop', `--host=${host}`, '--format=json'], scenario);
      assert.equal(status, 0, scenario);
      const { rows, totals } = JSON.parse(stdout);
      const trace = eventLoop.loop(scenario, host);
      assert.deepEqual(stepsOf(trace).map(loopRow(trace.statements)), rows, scenario);
      assert.equal(ms(trace.end), totals.end, scenario);
    }
  });

  test(`lesson 5, ${host}: the orders of 60 random programs`, (t) => {
    const random = randomFrom(seedOf(t));
    for (let i = 0; i < 60; i++) {
      const scenario = randomProgram(random, host);
      const { status, stdout } = native(['loop', `--host=${host}`, '--orders', '--format=json'], scenario);
      assert.equal(status, 0, scenario);
      const found = eventLoop.orders(scenario, host);
      const { statements } = eventLoop.loop(scenario, host);
      const orders = found.orders.map((order) => order.map((statement) => statements[statement].name));
      assert.deepEqual({ ...found, orders }, JSON.parse(stdout), scenario);
    }
  });
}

test('mistakes are reported in the same words, with the same places', () => {
  const scenario =
    'socket\n  socket x\nfoo\nsocket A ready -1\nsocket B ready 2 1\nsocket "C ready 1\n\tsocket D ready 1\n';
  const { status, stdout, problems } = native(['multiplex', '--strategy=readiness'], scenario);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.throws(
    () => multiplexer.multiplex(scenario, 'readiness'),
    ({ message }) => {
      assert.equal(message.replace(/^/gm, '-:'), problems.trimEnd());
      return true;
    },
  );
});
