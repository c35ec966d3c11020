// The shelf of traps (web/lessons/traps.html): each piece of its C is compiled, each of its Python run, with the cure
// and without it, on real sockets. Without it the trap is fallen into, with it it is not.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { traffic } from '../doorbell.mjs';
import { trapsIn } from '../printed.mjs';
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
const EACH_100_MS = { c: 'serve(epoll, 100)', python: 'serve(epoll, sockets, 0.1)' };

/** A byte of A's at each of these moments. @param {number[]} moments */
const bytesAt = (moments) => moments.map((ms) => `${ms}:A:1`);

/**
 * What is done to each, with the events that are watched, how long a message takes to handle, and how the piece is
 * called; and what is seen then.
 *
 * @typedef {{ waits: number, most: number, reads: number, handled: string, open: number[], received: number[],
 *   ticks: number, due: number }} Seen  `most`: how many sockets a wait answered with at most; `ticks`: what was
 *   counted of the timer's, of so many that were `due`
 * @type {Record<string, { events?: number, blocking?: boolean, takes?: number, plays: string[],
 *   serve?: Record<string, string>, trap: (seen: Seen) => boolean, cure: (seen: Seen) => boolean }>}
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
  'housekeeping-late': {
    plays: bytesAt([10, 30, 50, 70, 90, 110, 130, 150, 170, 190, 210, 230, 250, 270, 290]),
    serve: EACH_100_MS,
    trap: ({ handled }) => /^(A1 ){15}(house )*$/.test(handled),
    cure: ({ handled }) => /^(A1 )+house (A1 )+(house )+/.test(handled),
  },
  'asks-without-end': {
    plays: ['10:B:1', '30:A:1'],
    serve: ON_A_LIST,
    trap: ({ handled, reads }) => handled === 'B1 A1 ' && reads > MANY,
    cure: ({ handled, reads }) => handled === 'B1 A1 ' && reads < FEW,
  },
  'few-answers': {
    plays: ['0:A:1', '0:B:1'],
    trap: ({ handled, most }) => handled === 'A1 B1 ' && most === 1,
    cure: ({ handled, most }) => handled === 'A1 B1 ' && most === 2,
  },
};

const traps = trapsIn('traps.html');

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
      return traffic.multiplex(text, strategy, options).statements.map(({ name }) => name);
    });
    assert.equal(names.length, 2, id);
    assert.deepEqual(names[0], names[1], id);
  }
});

/** How a program is run. @type {Record<string, (path: string, words: string[]) => Promise<{ stdout: string }>>} */
const LANGUAGES = {
  c: async (path, words) => {
    const strict = ['-Wall', '-Wextra', '-Werror', '-Wno-unused-function', '-std=c11', '-pthread'];
    await run('cc', [...strict, '-o', `${path}.program`, '-x', 'c', path]);
    return run(`${path}.program`, words);
  },
  python: (path, words) => run('python3', [path, ...words]),
};

for (const { id, code } of traps) {
  for (const [language, texts] of Object.entries(code)) {
    const skip = process.platform !== 'linux' && 'epoll is there on Linux alone';
    test(`${id}, in ${language}: the trap, and the cure`, { skip }, async () => {
      const { events = IN, blocking = false, takes = 0, plays, serve = BY_EPOLL, ...expected } = TRAPS[id];
      const check = async (/** @type {string} */ which, /** @type {string} */ text) => {
        const path = join(folder, `${id}-${which}.${language}`);
        const words = [String(events), blocking ? '1' : '0', String(takes), ...plays];
        writeFileSync(
          path,
          around[language].replace('SNIPPET', () => text).replace('SERVE', () => serve[language]),
        );
        const { stdout } = await LANGUAGES[language](path, words);
        assert.ok(expected[which](JSON.parse(stdout)), `${which}: ${stdout}`);
      };
      await Promise.all(Object.entries(texts).map((each) => check(...each)));
    });
  }
}
