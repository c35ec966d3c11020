// The command `doorbell`: what it prints, where, and with which exit status.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { printed } from '../printed.mjs';

const command = fileURLToPath(new URL('../../build/native/doorbell', import.meta.url));
assert.ok(existsSync(command), 'build/native/doorbell is not there yet: run `make native` first');

const folder = mkdtempSync(join(tmpdir(), 'doorbell-'));
after(() => rmSync(folder, { recursive: true }));

const DOORS = 'socket A "slow report" ready 6\nsocket B "chat ping" ready 1\nsocket C "image tile" ready 3\n';
const PROGRAM = 'promise onResolve ready 2\ntimer onTimeout ready 2\nsocket onMessage ready 4\n';

function doorbell(args, input = '') {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A file with a scenario in it. */
function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('multiplex prints TSV: a header line, then a row a message', () => {
  const { status, stdout } = doorbell(['multiplex', '--strategy=blocking', file('doors.txt', DOORS)]);
  assert.equal(status, 0);
  assert.equal(
    stdout,
    'step\ttime\tsocket\tpayload\tready\tlatency\n' +
      '1\t6\tA\tslow report\t6\t0\n2\t6\tB\tchat ping\t1\t5\n3\t6\tC\timage tile\t3\t3\n',
  );
});

test('loop prints TSV: a header line, then a row a callback', () => {
  const expected =
    'tick\tqueue\tcallback\tsource\n' +
    '2\tmicrotask\tonResolve\tpromise\n2\ttask\tonTimeout\ttimer\n4\ttask\tonMessage\tsocket\n';
  for (const host of [[], ['--host=browser']]) {
    assert.equal(doorbell(['loop', ...host, '--format=tsv', '-'], PROGRAM).stdout, expected);
  }
});

test('loop --host=node goes by the phases of Node', () => {
  const scenario = 'script main\n  microtask m\n  tick t\n  immediate i\n  timer zero after 0\nsocket s ready 3\n';
  assert.equal(
    doorbell(['loop', '--host=node', '-'], scenario).stdout,
    'tick\tqueue\tcallback\tsource\n0\tmain\tmain\tscript\n0\ttick\tt\ttick\n0\tmicrotask\tm\tmicrotask\n' +
      '0\tcheck\ti\timmediate\n1\ttimers\tzero\ttimer\n3\tpoll\ts\tsocket\n',
  );
});

test('loop --orders prints every order in which the callbacks may run, one a line', () => {
  const scenario = 'script main\n  timer zero after 0\n  immediate "soon\tthen"\n';
  const orders = (format) => doorbell(['loop', '--host=node', '--orders', `--format=${format}`, '-'], scenario).stdout;
  assert.equal(orders('tsv'), 'main\tsoon\\tthen\tzero\nmain\tzero\tsoon\\tthen\n');
  assert.equal(orders('table'), 'main, soon\tthen, zero\nmain, zero, soon\tthen\n\n2 orders\n');
  assert.deepEqual(JSON.parse(orders('json')), {
    orders: [
      ['main', 'soon\tthen', 'zero'],
      ['main', 'zero', 'soon\tthen'],
    ],
    complete: true,
    runs: 3,
  });
});

test('JSON has the same keys, the reasons and the totals', () => {
  const { rows, totals } = JSON.parse(
    doorbell(['multiplex', '--strategy=readiness', '--format=json', '-'], DOORS).stdout,
  );
  assert.deepEqual(Object.keys(rows[0]), ['step', 'time', 'socket', 'payload', 'ready', 'latency', 'reason']);
  assert.deepEqual([rows[0].step, rows[0].time, rows[0].socket, rows[0].latency], [1, 1, 'B', 0]);
  assert.match(rows[0].reason, /slept from 0 to 1 ms/);
  assert.deepEqual(totals, {
    messages: 3,
    end: 6,
    mean_latency: 0,
    median_latency: 0,
    p99_latency: 0,
    max_latency: 0,
    idle: 6,
    wake_ups: 3,
  });
  const loop = JSON.parse(doorbell(['loop', '--format=json', '-'], PROGRAM).stdout);
  assert.deepEqual(Object.keys(loop.rows[0]), ['tick', 'queue', 'callback', 'source', 'reason']);
});

test('the table is for people: columns in line, reasons beside them, and no color', () => {
  const { stdout } = doorbell(['multiplex', '--strategy=readiness', '--format=table', '-'], DOORS);
  const lines = stdout.split('\n');
  assert.equal(lines[0].indexOf('socket'), lines[1].indexOf('B'));
  assert.match(lines[1], /Nothing was ready/);
  assert.ok(!stdout.includes('\u001b'));
});

test('in TSV a backslash and a tab in a name are escaped, in JSON they are as JSON has them', () => {
  const scenario = 'socket "a\tb\\\\c\\"d" "p\tq" ready 1\n';
  const tsv = doorbell(['multiplex', '--strategy=readiness', '-'], scenario).stdout;
  assert.equal(tsv.split('\n')[1], '1\t1\ta\\tb\\\\c"d\tp\\tq\t1\t0');
  const json = JSON.parse(doorbell(['multiplex', '--strategy=readiness', '--format=json', '-'], scenario).stdout);
  assert.equal(json.rows[0].socket, 'a\tb\\c"d');
});

test('a name as long as a line can hold is printed whole, in each format', () => {
  const names = ['a', 'b'].map((letter) => `${letter}\\\t`.repeat(15_000)); // each escape makes two characters of one
  const scenario = names.map((name, i) => `socket "${name.replaceAll('\\', '\\\\')}" ready ${i}\n`).join('');
  const print = (format) => doorbell(['multiplex', '--strategy=readiness', `--format=${format}`, '-'], scenario).stdout;
  const escaped = names.map((name) => name.replaceAll('\\', '\\\\').replaceAll('\t', '\\t'));
  const rows = escaped.map((name, i) => `${i + 1}\t${i}\t${name}\t\t${i}\t0\n`);
  assert.ok(print('tsv') === `step\ttime\tsocket\tpayload\tready\tlatency\n${rows.join('')}`);
  const read = JSON.parse(print('json')).rows;
  assert.ok(read.every(({ socket }, i) => socket === names[i]));
  const width = 'step  time  '.length + names[0].length;
  const lines = print('table').split('\n');
  assert.ok(names.every((name, i) => lines[i + 1].slice(0, width) === `   ${i + 1}     ${i}  ${name}`));
});

test('an empty scenario gives a header and no rows', () => {
  assert.equal(doorbell(['loop', '-'], '').stdout, 'tick\tqueue\tcallback\tsource\n');
  assert.deepEqual(JSON.parse(doorbell(['loop', '--format=json', '-'], '# nobody').stdout).rows, []);
});

test('bad input: every mistake with its place, nothing on standard output, status 1', () => {
  const path = file('bad.txt', 'socket A\nsocket B ready 2 1\nsockt C ready 1\n');
  const { status, stdout, stderr } = doorbell(['multiplex', '--strategy=blocking', path]);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  const places = stderr
    .trim()
    .split('\n')
    .map((line) =>
      line
        .slice(path.length)
        .match(/^:(\d+):(\d+): .+; .+$/)
        ?.slice(1, 3),
    );
  assert.deepEqual(places, [
    ['1', '9'],
    ['2', '18'],
    ['3', '1'],
  ]);
});

test('a mistake repeats the word in question, and nothing around it', () => {
  const { stderr } = doorbell(['multiplex', '--strategy=readiness', '-'], 'socket A ready 1\nsocket A   ready 2\n');
  assert.match(stderr, /^-:2:8: "A" stands on line 1 already;/);
});

test('a mistake offers only what the lesson then takes', () => {
  const { status, stderr } = doorbell(['multiplex', '--strategy=poll', '-'], 'socket A ready: 1\n');
  assert.equal(status, 1);
  const [, offer] = stderr.match(/^-:1:10: "ready:" has no place here; socket may be followed by (.*)\n$/) ?? [];
  const offered = offer?.replace('a "payload in quotes"', '"payload"').split(/, | or /);
  assert.deepEqual(offered, [
    '"payload"',
    'ready',
    'takes',
    'never',
    'closes',
    'resets',
    'size',
    'in',
    'buffer',
    'reads',
    'fd',
  ]);
  for (const clause of [
    '"payload" ready 1',
    'ready 1',
    'ready 1 takes 1',
    'never',
    'ready 1 closes 1',
    'never resets 1',
    'ready 1 size 4 KB',
    'ready 1 2 size 4 KB in 2 parts',
    'ready 1 fd 1024',
  ]) {
    assert.equal(doorbell(['multiplex', '--strategy=poll', '-'], `socket A ${clause}\n`).status, 0, clause);
  }
});

test('a file that cannot be read: its name and the reason, status 1', () => {
  for (const path of [join(folder, 'nobody'), folder]) {
    const { status, stdout, stderr } = doorbell(['loop', path]);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.ok(stderr.includes(path), stderr);
  }
});

test('output that cannot be written: status 1, in words', () => {
  const { status, stderr } = spawnSync('sh', ['-c', `"${command}" loop - >/dev/full`], {
    input: PROGRAM,
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stderr, /could not be written/);
});

test('wrong usage: what is wrong, a hint, status 2', () => {
  for (const args of [
    [],
    ['dance'],
    ['multiplex', '-'],
    ['multiplex', '--strategy=magic', '-'],
    ['multiplex', '--strategy=blocking'],
    ['multiplex', '--strategy=blocking', 'a', 'b'],
    ['multiplex', '--strategy=blocking', '--host=browser', '-'],
    ['loop', '--strategy=blocking', '-'],
    ['loop', '--host=moon', '-'],
    ['multiplex', '--strategy=blocking', '--orders', '-'],
    ['loop', '--format=xml', '-'],
    ['loop', '--colour', '-'],
    ['live', '-'],
    ['multiplex', '--strategy=poll', '--scale=2', '-'],
    ['multiplex', '--strategy=epoll', '--maxevents=0', '-'],
    ['live', '--tcp=1', '-'],
    ['loop', '--format'],
  ]) {
    const { status, stdout, stderr } = doorbell(args);
    assert.equal(status, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /Try 'doorbell --help'/, args.join(' '));
  }
});

test('live says what comes nearest to what this kernel has not', () => {
  for (const [strategy, nearest] of [
    ['kqueue', 'epoll'],
    ['kqueue-clear', 'epoll-et'],
  ]) {
    const { status, stdout, stderr } = doorbell(['live', `--strategy=${strategy}`, '-'], DOORS);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.ok(stderr.includes(`live runs on Linux: ${nearest} comes nearest; multiplex shows kqueue`), stderr);
  }
});

test('kqueue tells what it found in an event, of a beginner’s scenario too', () => {
  const { stdout } = doorbell(['multiplex', '--strategy=kqueue', '-'], 'socket A ready 1\n');
  assert.equal(stdout, 'step\ttime\tsocket\tpayload\tready\tlatency\treported\n1\t1\tA\t\t1\t0\tREAD\n');
});

test('an option that would be passed over is a mistake, which says what it goes with', () => {
  const answersMany = 'epoll, epoll-et, io_uring, kqueue and kqueue-clear';
  for (const [args, answer] of [
    ['multiplex --strategy=epoll --drain=no', '--drain goes with epoll-et and kqueue-clear, not with epoll'],
    ['multiplex --strategy=epoll --drain=2', '--drain goes with epoll-et and kqueue-clear, not with epoll'],
    ['multiplex --strategy=epoll-et --drain=0', '--drain=0 is no whole number from 1 to 65535'],
    ['multiplex --strategy=epoll-et --drain=65536', '--drain=65536 is no whole number from 1 to 65535'],
    ['multiplex --strategy=epoll-et --drain=2x', '--drain=2x is no whole number from 1 to 65535'],
    ['live --strategy=epoll-et --drain=on', '--drain is yes, no, or how many reads at most, not on'],
    ['live --strategy=epoll --drain=yes', '--drain goes with epoll-et and kqueue-clear, not with epoll'],
    ['multiplex --strategy=poll --maxevents=3', `--maxevents goes with ${answersMany}, not with poll`],
    ['live --strategy=blocking --maxevents=3', `--maxevents goes with ${answersMany}, not with blocking`],
    ['multiplex --strategy=epoll --cores=2', '--cores goes with threads, not with epoll'],
    ['loop --cores=2', '--cores goes with multiplex and live, not with loop'],
    ['loop --strategy=poll', '--strategy goes with multiplex and live, not with loop'],
    ['loop --scale=2', '--scale goes with live, not with loop'],
    ['multiplex --strategy=poll --tcp', '--tcp goes with live, not with multiplex'],
    ['multiplex --measure', '--measure goes with live, not with multiplex'],
    ['live --strategy=poll --host=node', '--host goes with loop, not with live'],
    ['live --strategy=poll --orders', '--orders goes with loop, not with live'],
    ['live --measure --scale=2', '--measure goes alone, without --scale'],
  ]) {
    const { status, stdout, stderr } = doorbell([...args.split(' '), '-'], DOORS);
    assert.equal(status, 2, args);
    assert.equal(stdout, '');
    assert.equal(stderr, `doorbell: ${answer}\nTry 'doorbell --help'.\n`, args);
  }
});

test('a bounded drain and descriptors that run out are a mistake of the scenario', () => {
  for (const command of ['multiplex', 'live']) {
    const args = [command, '--strategy=epoll-et', '--drain=2', '-'];
    const { status, stdout, stderr } = doorbell(
      args,
      'socket A ready 1\nsocket B ready 1\nlistener L ready 1 descriptors 2\n',
    );
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^-:3:1: when no descriptor is left, a server whose own list remembers its listener would spin/,
    );
  }
});

test('an option is taken where it fits', () => {
  for (const args of [
    'multiplex --strategy=epoll-et --drain=no --maxevents=1',
    'multiplex --strategy=kqueue-clear --drain=yes',
    'multiplex --strategy=kqueue-clear --drain=65535',
    'live --strategy=epoll-et --drain=2',
    'multiplex --strategy=io_uring --maxevents=1',
    'multiplex --strategy=threads --cores=1',
    'live --strategy=epoll-et --drain=no --tcp --scale=0.5',
  ]) {
    assert.equal(doorbell([...args.split(' '), '-'], DOORS).status, 0, args);
  }
});

test('of many mistakes 20 are told, and the rest counted', () => {
  const told = (count) => doorbell(['loop', '-'], 'sockt A\n'.repeat(count)).stderr.trimEnd().split('\n');
  assert.equal(told(20).length, 20);
  assert.match(told(20)[19], /^-:20:1: /);
  assert.equal(told(21).length, 21);
  assert.equal(told(21)[20], '-: ... and 1 more');
  assert.equal(told(1_000_000)[20], '-: ... and 999,980 more');
});

test('what goes on forever has no orders, and is named', () => {
  const scenario = 'script main\n  microtask m forever\n  timer t after 2\n';
  for (const host of ['browser', 'node']) {
    const { status, stdout, stderr } = doorbell(['loop', `--host=${host}`, '--orders', '-'], scenario);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^doorbell: -: m on line 2 goes on forever, so no order has an end; without --orders /);
  }
});

test('live with more cores than there are says on how many the threads ran', () => {
  const { status, stderr } = doorbell(['live', '--strategy=threads', '--cores=64', '-'], 'socket A ready 0\n');
  assert.equal(status, 0);
  if (availableParallelism() < 64) assert.match(stderr, /the threads ran on \d+ cores, not on 64, .*--cores=\d+/);
});

test('live serves real sockets, and prints the same columns with real times', () => {
  const { status, stdout } = doorbell(['live', '--strategy=epoll', '-'], DOORS);
  assert.equal(status, 0);
  const [head, ...rows] = stdout.trim().split('\n');
  assert.equal(head, 'step\ttime\tsocket\tpayload\tready\tlatency');
  assert.deepEqual(
    rows.map((row) => row.split('\t')[2]),
    ['B', 'C', 'A'],
  );
});

test('live refuses what would take longer than a minute, and says which scale would fit', () => {
  const { status, stdout, stderr } = doorbell(['live', '--strategy=poll', '-'], 'socket A ready 120000\n');
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /--scale=0\.\d+/);
});

test('live --measure with too few open files prints no costs, and says how many it needs', () => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `ulimit -n 6; exec "${command}" live --measure`], {
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /needs 46 open files and 6 are allowed; .*ulimit -n 46/);
});

test('--help and --version', () => {
  assert.match(doorbell(['--help']).stdout, /^usage: doorbell multiplex --strategy=NAME/);
  assert.match(doorbell(['--version']).stdout, /^doorbell \d+\.\d+\.\d+\n$/);
});

test('the help of a command has its own options alone', () => {
  const optionsOf = (args) => [...doorbell(args).stdout.matchAll(/^ {2}(--\w+)/gm)].map((found) => found[1]);
  assert.deepEqual(optionsOf(['loop', '--help']), ['--host', '--orders', '--format']);
  const waiting = ['--strategy', '--maxevents', '--drain', '--cores'];
  assert.deepEqual(optionsOf(['multiplex', '--help']), [...waiting, '--format']);
  assert.deepEqual(optionsOf(['live', '--help']), [...waiting, '--scale', '--tcp', '--measure', '--format']);
  for (const command of ['multiplex', 'live', 'loop']) {
    const { status, stdout } = doorbell([command, '--help']);
    assert.equal(status, 0);
    assert.ok(stdout.startsWith(`usage: doorbell ${command} `));
  }
});

test('the scenario in the help of a command can be run by it', () => {
  for (const [command, ...options] of [['multiplex', '--strategy=poll'], ['live', '--strategy=poll'], ['loop']]) {
    const [, examples] = doorbell([command, '--help']).stdout.match(/in milliseconds(:\n[^]*?)\nExit status/);
    for (const [, scenario] of examples.matchAll(/:\n((?: {2}.*\n)+)/g)) {
      const { status, stderr } = doorbell([command, ...options, '-'], scenario.replace(/^ {2}/gm, ''));
      assert.equal(status, 0, stderr);
    }
  }
});

test('what is printed of scenarios that the command alone runs is run by it, in the model and live', () => {
  const scenarios = printed('scenario for the command');
  assert.notEqual(scenarios.length, 0);
  for (const { text } of scenarios) {
    const once = /^worker/m.test(text) ? ['--strategy=epoll'] : ['--strategy=epoll-et', '--drain=no'];
    const way = /^file/m.test(text) ? ['--strategy=poll'] : once; // epoll takes none
    for (const command of ['multiplex', 'live']) {
      const { status, stderr } = doorbell([command, ...way, '-'], text);
      assert.equal(status, 0, stderr);
    }
  }
});
