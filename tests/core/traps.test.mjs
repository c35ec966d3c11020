// The shelf of traps (web/lessons/traps.html): each piece of its C is compiled, each of its Python run, with the cure
// and without it, on real sockets. Without it the trap is fallen into, with it it is not. Its scenarios the kernel
// serves as the model does.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { traffic } from '../doorbell.mjs';
import { trapsIn } from '../printed.mjs';
import { ScenarioError } from '../../web/core/doorbell.js';
import { wayOf } from '../../web/elements/side-by-side/ways.js';

const run = promisify(execFile);
const here = new URL('traps/', import.meta.url);
const around = {
  c: readFileSync(new URL('around.c', here), 'utf8'),
  python: readFileSync(new URL('around.py', here), 'utf8'),
};
const folder = mkdtempSync(join(tmpdir(), 'doorbell-traps-'));
after(() => rmSync(folder, { recursive: true }));

const IN = 0x1;
const OUT = 0x4;
const EDGE = (1 << 31) >>> 0;
const MANY = 1000; // waits in a quarter of a second: nobody sleeps
const FEW = 12;
const PAGE = 300_000; // bytes, as in traps/around.c: more than a send buffer has room for

/** How a piece is called, by its language. */
const BY_EPOLL = { c: 'serve(epoll)', python: 'serve(epoll, sockets)' };
const ON_A_LIST = { c: 'serve(watched, 2)', python: 'serve(list(sockets.values()))' };
const WITH_A_TIMER = { c: 'serve(epoll, timer)', python: 'serve(epoll, sockets, timer)' };
const WITH_A_LISTENER = { c: 'serve(epoll, listener)', python: 'serve(epoll, sockets, listener)' };
const WITH_A_WORKER = { c: 'serve(epoll, done)', python: 'serve(epoll, sockets, done)' };
const EACH_300_MS = { c: 'serve(epoll, 300)', python: 'serve(epoll, sockets, 0.3)' };

/** A byte of A's at each of these moments. @param {number[]} moments */
const bytesAt = (moments) => moments.map((ms) => `${ms}:A:1`);

/**
 * What is done to each, with the events that are watched, how long a message takes to handle, how the piece is called,
 * and with which options its C is compiled besides; and what is seen then.
 *
 * @typedef {{ waits: number, most: number, reads: number, handled: string, open: number[], received: number[],
 *   ticks: number, due: number, turned_away: number, died: string }} Seen  `most`: how many sockets a wait answered
 *   with at most; `ticks`: what was counted of the timer's, of so many that were `due`; `turned_away`: how many of who
 *   connected; `died`: the last words of a program that ended by itself
 * @type {Record<string, { events?: number, blocking?: boolean, takes?: number, plays: string[],
 *   serve?: Record<string, string>, options?: string[], trap: (seen: Seen) => boolean,
 *   cure: (seen: Seen) => boolean }>}
 */
const TRAPS = {
  'peer-gone': {
    plays: ['10:A:1', '20:A:close', '40:B:1'],
    trap: ({ waits, handled, open }) => waits > MANY && handled === 'A1 B1 ' && open[0] === 1,
    cure: ({ waits, handled, open }) => waits < FEW && handled === 'A1 B1 ' && open[0] === 0,
  },
  'watched-for-writing': {
    events: IN | OUT,
    plays: ['10:A:1', '40:B:1'],
    trap: ({ waits, handled }) => waits > MANY && handled === 'A1 B1 ',
    cure: ({ waits, handled }) => waits < FEW && handled === 'A1 B1 ',
  },
  'timer-unread': {
    plays: ['0:T:50', '60:B:1'],
    serve: WITH_A_TIMER,
    trap: ({ ticks, handled }) => ticks > MANY && handled === 'B1 ',
    cure: ({ ticks, due, handled }) => ticks > 0 && ticks <= due && handled === 'B1 ',
  },
  'long-work': {
    takes: 250,
    plays: ['10:A:1', '100:B:1', '600:A:take'], // the last does nothing: so long it goes on
    serve: WITH_A_WORKER,
    trap: ({ handled }) => handled === 'A1 B1 ',
    cure: ({ handled }) => handled === 'B1 A1 ',
  },
  'eventfd-unread': {
    plays: ['10:A:1', '100:B:1'],
    serve: WITH_A_WORKER,
    trap: ({ waits, handled }) => waits > MANY && handled === 'A1 B1 ',
    cure: ({ waits, handled }) => waits < FEW && handled === 'A1 B1 ',
  },
  'rest-forgotten': {
    plays: ['10:A:1', ...[40, 60, 80, 100, 120, 140].map((ms) => `${ms}:A:take`)],
    trap: ({ handled, received }) => handled === 'A1 ' && received[0] > 0 && received[0] < PAGE,
    cure: ({ handled, received, waits }) => handled === 'A1 ' && received[0] === PAGE && waits < FEW,
  },
  'told-once': {
    events: IN | EDGE,
    plays: ['10:A:4096', '40:B:512'],
    trap: ({ handled }) => handled === 'A1024 B512 ',
    cure: ({ handled }) => handled === 'A1024 A1024 A1024 A1024 B512 ',
  },
  'close-wait': {
    events: IN | EDGE,
    plays: ['10:A:1', '20:A:close', '40:B:1'],
    trap: ({ waits, handled, open }) => waits < FEW && handled === 'A1 B1 ' && open[0] === 1,
    cure: ({ waits, handled, open }) => waits < FEW && handled === 'A1 B1 ' && open[0] === 0,
  },
  reset: {
    events: IN | EDGE,
    plays: ['10:A:1', '100:A:reset', '200:B:1', '300:B:close'],
    trap: ({ waits, handled, open }) => waits < FEW && handled === 'A1 B1 ' && open[0] === 1 && open[1] === 0,
    cure: ({ waits, handled, open }) => waits < FEW && handled === 'A1 B1 ' && open[0] === 0 && open[1] === 0,
  },
  'half-a-message': {
    plays: ['10:A:2048', '30:B:4096', '60:A:2048'],
    trap: ({ handled }) => handled === 'A2048 B4096 A2048 ',
    cure: ({ handled }) => handled === 'B4096 A4096 ',
  },
  flood: {
    plays: ['0:A:65536', '0:B:1'],
    trap: ({ handled }) => handled === `${'A4096 '.repeat(16)}B1 `,
    cure: ({ handled }) => /^(A4096 )+B1 (A4096 )+$/.test(handled),
  },
  'silent-client': {
    blocking: true,
    plays: ['10:B:1'],
    serve: ON_A_LIST,
    trap: ({ handled }) => handled === '',
    cure: ({ handled }) => handled === 'B1 ',
  },
  idle: {
    plays: ['10:B:1', '200:B:1', '400:B:1', '600:B:1'],
    trap: ({ handled, open }) => handled === 'B1 B1 B1 B1 ' && open[0] === 1,
    cure: ({ handled, open }) => handled === 'B1 B1 B1 B1 ' && open[0] === 0,
  },
  'housekeeping-late': {
    plays: bytesAt([10, 60, 110, 160, 210, 260, 310, 360, 410, 460, 510]),
    serve: EACH_300_MS,
    trap: ({ handled }) => /^(A\d+ )+(house )*$/.test(handled),
    cure: ({ handled }) => /^(A\d+ )+house (A\d+ )+/.test(handled),
  },
  'ticks-missing': {
    takes: 250,
    plays: ['0:T:30', '10:A:1', '400:A:take'], // the last does nothing: so long it goes on
    serve: WITH_A_TIMER,
    trap: ({ ticks, due }) => ticks > 0 && ticks <= due - 4,
    cure: ({ ticks, due }) => ticks > due - 4 && ticks <= due + 1,
  },
  interrupted: {
    plays: ['10:A:1', '150:S:hup', '300:B:1'],
    trap: ({ handled }) => handled === 'A1 ' || handled === 'A1 B1 reload ', // C gives up; Python hears of it late
    cure: ({ handled }) => handled === 'A1 reload B1 ',
  },
  'asks-without-end': {
    plays: ['10:B:1', '150:A:1'],
    serve: ON_A_LIST,
    trap: ({ handled, reads }) => handled === 'B1 A1 ' && reads > MANY,
    cure: ({ handled, reads }) => handled === 'B1 A1 ' && reads < FEW,
  },
  'regular-file': {
    plays: ['0:R:6000', '30:A:1'],
    serve: ON_A_LIST,
    trap: ({ handled, reads }) => handled === 'B4096 B1904 A1 ' && reads > MANY,
    cure: ({ handled, reads }) => handled === 'B4096 B1904 A1 ' && reads < FEW,
  },
  'no-descriptor': {
    plays: ['100:F:1', '110:L:connect', '120:L:connect', '150:B:1'],
    serve: WITH_A_LISTENER,
    trap: ({ waits, handled, turned_away }) => waits > MANY && handled === 'L B1 ' && turned_away === 0,
    cure: ({ waits, handled, turned_away }) => waits < FEW && handled === 'L B1 ' && turned_away === 1,
  },
  burst: {
    events: IN | EDGE,
    plays: ['0:L:connect', '0:L:connect', '0:L:connect', '100:B:1'],
    serve: WITH_A_LISTENER,
    trap: ({ handled }) => handled === 'L B1 ',
    cure: ({ handled }) => handled === 'L L L B1 ',
  },
  'high-descriptor': {
    plays: ['0:N:1500', '10:A:1', '30:B:1'],
    serve: ON_A_LIST,
    options: ['-O1', '-D_FORTIFY_SOURCE=2'], // glibc ends a program that writes beside its set
    trap: ({ died }) => /on fd_set|buffer overflow detected|filedescriptor out of range in select\(\)/.test(died),
    cure: ({ handled }) => handled === 'A1 B1 ',
  },
  'few-answers': {
    plays: ['0:A:1', '0:B:1'],
    trap: ({ handled, most }) => handled === 'A1 B1 ' && most === 1,
    cure: ({ handled, most }) => handled === 'A1 B1 ' && most === 2,
  },
};

const traps = trapsIn('traps.html');
const onLinux = { skip: process.platform !== 'linux' && 'epoll is there on Linux alone' };

test('every trap of the page is caused here', () => {
  assert.deepEqual(
    traps.map(({ id }) => id),
    Object.keys(TRAPS),
  );
});

test('every scenario of the page runs in the model, and its two ways serve the same sockets', () => {
  for (const { id, scenarios } of traps) {
    const names = scenarios.map(({ way, text }) => {
      const { strategy, options } = wayOf(way);
      assert.ok(traffic.strategies.includes(strategy), `${id}: ${way}`);
      if (id === 'high-descriptor' && strategy === 'select') {
        assert.throws(() => traffic.multiplex(text, strategy, options), ScenarioError);
        return traffic.multiplex(text, 'poll').statements.map(({ name }) => name);
      }
      const { statements } = traffic.multiplex(text, strategy, options);
      return statements.filter(({ kind }) => kind !== 'timeout').map(({ name }) => name);
    });
    assert.equal(names.length, 2, id);
    assert.deepEqual(names[0], names[1], id);
  }
});

const command = fileURLToPath(new URL('../../build/native/doorbell', import.meta.url));

/**
 * Whom the command serves, in order, and what each step gave; not how many bytes, nor when there was room for the rest
 * of what is written: that is each kernel's own affair (core/model/multiplexer/writing.h).
 *
 * @param {string[]} words @param {{ way: string, text: string }} scenario
 * @returns {Promise<string | string[]>} where it is refused, why
 */
async function served(words, { way, text }) {
  const { strategy, options } = wayOf(way);
  const more = Object.entries(options).map(([name, value]) => `--${name}=${value === false ? 'no' : value}`);
  const path = join(folder, 'scenario.txt');
  writeFileSync(path, text);
  const { stdout, stderr } = await run(command, [...words, `--strategy=${strategy}`, ...more, path]).catch(
    (refused) => refused,
  );
  if (!stdout) return stderr;
  const [head, ...rows] = stdout.split('\n').map((line) => line.split('\t'));
  const columns = ['socket', 'result', 'expirations'].map((name) => head.indexOf(name));
  const steps = rows.map((row) => columns.map((column) => row[column]?.replace(/^[1-9]\d{2,}$/, 'bytes')).join(' '));
  return text.includes('write 32 KB') ? steps.filter((step) => !step.includes('bytes')) : steps;
}

test('what is said of regular files is so', onLinux, async () => {
  const program = `
import os, select, tempfile
with tempfile.TemporaryFile() as file:
    try:
        select.epoll().register(file)
    except PermissionError:
        print('EPERM')
    poll = select.poll()
    poll.register(file, select.POLLIN)
    os.set_blocking(file.fileno(), False)
    print(len(select.select([file], [], [], 60)[0]), len(poll.poll(60_000)), os.read(file.fileno(), 1))
`;
  const { stdout } = await run('python3', ['-c', program], { timeout: 30_000 });
  assert.equal(stdout, "EPERM\n1 1 b''\n");
});

test('what is said of pipes is so', onLinux, async () => {
  const program = `
import os, select
reads, writes = os.pipe()
poll = select.poll()
poll.register(reads, select.POLLIN)
os.write(writes, b'a')
os.close(writes)
before = poll.poll()[0][1]
os.read(reads, 4096)
print(before == select.POLLIN | select.POLLHUP, poll.poll()[0][1] == select.POLLHUP)
print(select.select([reads], [], [], 60)[0] == [reads], os.read(reads, 4096))
`;
  const { stdout } = await run('python3', ['-c', program], { timeout: 30_000 });
  assert.equal(stdout, "True True\nTrue b''\n");
});

test('the kernel serves each in the order of the model, to the same end', onLinux, async () => {
  for (const { id, scenarios } of traps) {
    for (const scenario of scenarios) {
      const model = await served(['multiplex'], scenario);
      const real = (/** @type {number} */ scale) => served(['live', `--scale=${scale}`], scenario);
      // On a busy machine a peer may come so late that somebody else is first: then it was another scenario, and it is
      // run again with all times further apart.
      let live = await real(10);
      for (let scale = 20; scale <= 80 && `${live}` !== `${model}`; scale *= 2) live = await real(scale);
      assert.deepEqual(live, model, `${id}, ${scenario.way}`);
    }
  }
});

/** Its last line. @param {{ stderr: string }} error of a program that failed */
const saidAtTheEnd = ({ stderr }) => ({ stdout: JSON.stringify({ died: stderr.trim().split('\n').at(-1) }) });

/** How a program is run. @type {Record<string, (path: string, words: string[], options: string[]) =>
 *   Promise<{ stdout: string }>>} */
const LANGUAGES = {
  c: async (path, words, more) => {
    const strict = ['-Wall', '-Wextra', '-Werror', '-Wno-unused-function', '-std=c11', '-pthread'];
    await run('cc', [...strict, ...more, '-o', `${path}.program`, '-x', 'c', path]);
    return run(`${path}.program`, words).catch(saidAtTheEnd);
  },
  python: (path, words) => run('python3', [path, ...words]).catch(saidAtTheEnd),
};

for (const { id, code } of traps) {
  for (const [language, texts] of Object.entries(code)) {
    test(`${id}, in ${language}: the trap, and the cure`, onLinux, async () => {
      const {
        events = IN,
        blocking = false,
        takes = 0,
        plays,
        serve = BY_EPOLL,
        options = [],
        ...expected
      } = TRAPS[id];
      const check = async (/** @type {string} */ which, /** @type {string} */ text) => {
        const path = join(folder, `${id}-${which}.${language}`);
        const words = [String(events), blocking ? '1' : '0', String(takes), ...plays];
        writeFileSync(
          path,
          around[language].replace('SNIPPET', () => text).replace('SERVE', () => serve[language]),
        );
        // On a busy machine somebody may come so late that it was another scenario: that may happen twice.
        let stdout = '';
        for (let tries = 0; tries < 3 && !(stdout && expected[which](JSON.parse(stdout))); tries++)
          ({ stdout } = await LANGUAGES[language](path, words, options));
        assert.ok(expected[which](JSON.parse(stdout)), `${which}: ${stdout}`);
      };
      await Promise.all(Object.entries(texts).map((each) => check(...each)));
    });
  }
}
