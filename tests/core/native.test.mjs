// The same scenario gives the same trace natively and in WebAssembly, row for row and word for word.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventLoop, multiplexer, stepsOf, traffic } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

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
      end: ms(trace.tables.totals.end_us.at(0)),
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

/** Times that are multiples of 1/8 or 1/10 ms. */
const eighth = fc.nat(39).map((n) => n / 8);
const tenth = fc.nat(29).map((n) => n / 10);
const name = fc.constantFrom(...NAMES);
const takes = fc.oneof(
  fc.constant(''),
  tenth.map((ms) => `takes ${ms}`),
);

const sockets = fc
  .array(fc.tuple(fc.boolean(), fc.array(eighth, { minLength: 1, maxLength: 4 }), takes), { maxLength: 7 })
  .map((list) =>
    list.map(([pays, times, takes], i) => {
      const ready = times.sort((a, b) => a - b).join(' ');
      return `socket ${i}x ${pays ? '"a payload"' : ''} ready ${ready} ${takes}`;
    }),
  )
  .map((lines) => lines.join('\n'));

const SOURCES = { browser: ['timer', 'socket', 'promise', 'script', 'input'], node: ['timer', 'socket', 'promise'] };
const ACTIONS = { browser: ['microtask', 'microtask', 'frame'], node: ['microtask', 'tick', 'immediate'] };

const source = (host) =>
  fc
    .tuple(fc.constantFrom(...SOURCES[host]), name, fc.boolean(), eighth)
    .map(([kind, name, isLate, ms]) => `${kind} ${name} ${kind === 'script' && !isLate ? '' : `ready ${ms}`}`);

const action = (host) => {
  const now = fc.tuple(fc.constantFrom(...ACTIONS[host]), name).map((words) => words.join(' '));
  const later = tenth.map((ms) => `timer t after ${ms}`);
  const forever = fc.constantFrom(...Array(59).fill(''), 'forever');
  return fc.tuple(fc.oneof(now, later), forever, takes).map((words) => words.join(' '));
};

/** Lines with their depth, of which one that is too deep stands under the line before. */
const indented = (lines) => {
  let last = 0;
  return lines.map(([depth, line]) => '  '.repeat((last = Math.min(depth, last + 1))) + line);
};

const program = (host) => {
  const lines = fc.array(fc.tuple(fc.constantFrom(1, 1, 2, 2, 3, 4), action(host)), { maxLength: 7 }).map(indented);
  const section = fc.tuple(source(host), lines).map((both) => both.flat());
  return fc.array(section, { maxLength: 5 }).map((sections) => sections.flat().join('\n'));
};

/** What the command tells of a real way of waiting besides. */
const callsOf = ({ calls }) => ({
  waits: calls.waits,
  scanned: calls.scanned,
  returned: calls.returned,
  reads: calls.reads,
  would_block: calls.inVain,
  stuck: [],
});

const BESIDES =
  'waits scanned returned reads would_block reported result bytes so_far unread expirations wrote owed'.split(' ');

/** The same rows without what each cost, and what a step read and wrote. */
const plain = (row) => Object.fromEntries(Object.entries(row).filter(([column]) => !BESIDES.includes(column)));

/** The command and these modules give the same. */
function isSame(cores, scenario, strategy) {
  const { status, stdout } = native(['multiplex', `--strategy=${strategy}`, '--format=json'], scenario);
  assert.equal(status, 0);
  const { rows, totals } = JSON.parse(stdout);
  for (const core of cores) {
    const trace = core.multiplex(scenario, strategy);
    const expected = asJson(trace);
    if ('waits' in totals) Object.assign(expected.totals, { ...callsOf(trace), stuck: totals.stuck });
    assert.deepEqual({ rows: rows.map(plain), totals }, expected, strategy);
    const { taken } = trace.tables;
    const bytes = (k) => (taken?.count ? taken.bytes.at(k) : undefined);
    const tookOf = ({ bytes, expirations = 0 }) => (bytes === undefined ? undefined : bytes + expirations);
    rows.forEach((row, k) => assert.equal(bytes(k), tookOf(row), `${strategy}: step ${k + 1}`));
  }
}

test('lesson 4: 80 random scenarios, every strategy, its own module and the whole one', (t) => {
  const both = (scenario) =>
    multiplexer.strategies.forEach((strategy) => isSame([multiplexer, traffic], scenario, strategy));
  fc.assert(fc.property(sockets, both), replayable(t, 80));
});

/** Sockets whose messages have a size, and whose connections may end. */
const sized = fc
  .array(fc.tuple(eighth, fc.constantFrom('1 KB', '4 KB in 2 parts', '3 KB'), fc.boolean(), fc.boolean()), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) =>
    list
      .map(([ready, size, ends, small], i) => {
        const times = size.includes('parts') ? `${ready} ${ready + 1}` : ready;
        const end = ends ? ` closes ${ready + 2}` : '';
        return `socket ${i}x size ${size} ready ${times}${end}\n${small ? '  read up to 1 KB\n' : ''}`;
      })
      .join(''),
  );

test('lesson 4: 60 random scenarios where messages have sizes and connections end, in the whole module', (t) => {
  const all = (scenario) => traffic.strategies.forEach((strategy) => isSame([traffic], scenario, strategy));
  fc.assert(fc.property(sized, all), replayable(t, 60));
});

for (const host of ['browser', 'node']) {
  test(`lesson 5, ${host}: 200 random programs`, (t) => {
    const isSame = (scenario) => {
      const { status, stdout } = native(['loop', `--host=${host}`, '--format=json'], scenario);
      assert.equal(status, 0);
      const { rows, totals } = JSON.parse(stdout);
      const trace = eventLoop.loop(scenario, host);
      assert.deepEqual(stepsOf(trace).map(loopRow(trace.statements)), rows);
      assert.equal(ms(trace.end), totals.end);
    };
    fc.assert(fc.property(program(host), isSame), replayable(t, 200));
  });

  test(`lesson 5, ${host}: the orders of 60 random programs`, (t) => {
    const isSame = (scenario) => {
      const { status, stdout } = native(['loop', `--host=${host}`, '--orders', '--format=json'], scenario);
      const isEndless = / forever\b/.test(scenario);
      assert.equal(status, isEndless ? 1 : 0);
      if (isEndless) return;
      const found = eventLoop.orders(scenario, host);
      const { statements } = eventLoop.loop(scenario, host);
      const orders = found.orders.map((order) => order.map((statement) => statements[statement].name));
      assert.deepEqual({ ...found, orders }, JSON.parse(stdout));
    };
    fc.assert(fc.property(program(host), isSame), replayable(t, 60));
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

test('what the demo’s own module has no room for, it says, each with its place, and that it runs elsewhere', () => {
  const scenario =
    'socket A size 4 KB in 2 parts ready 1 2\nsocket B size 2 KB ready 1\n  read up to 1 KB\ntimer T every 1 until 2\n' +
    'listener L ready 1\ntimeout 5\nsocket C ready 1 fd 1500\n';
  assert.throws(
    () => multiplexer.multiplex(scenario, 'epoll'),
    ({ problems }) => {
      assert.deepEqual(
        problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
        ['1:10 "size"', '2:10 "size"', '3:3 "read"', '4:1 "timer"', '5:1 "listener"', '6:1 "timeout"', '7:18 "fd"'].map(
          (at) => {
            const [place, word] = at.split(' ');
            return `${place} the part of the page that runs ${word} has not come; try again with a network, or run doorbell multiplex`;
          },
        ),
      );
      assert.deepEqual(
        problems.map(({ isElsewhere }) => isElsewhere),
        Array(7).fill(true),
      );
      return true;
    },
  );
  isSame([traffic], scenario, 'epoll');
});
