// Random programs: what the playground prints must be what the real engine prints. In Node what a program prints is no
// accident, unless it reads files. Nor is it in a browser, but for the order of what HTML leaves open: there what was
// really printed must be one of the things that the playground allows.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../engines/drivers/browser.mjs';
import { fc } from '../random.mjs';
import { openPages } from './in-browsers.mjs';
import { openMany } from './many-in-node.mjs';
import { openPlayground } from './playground-here.mjs';
import { randomPrograms } from './random-programs.mjs';
import { inRealNode } from './real-node.mjs';

const BATCH = 100; // programs that the engine gets at once
const ON_TIME_MS = 5; // a task that is later than that may have changed places with another, 8 ms away
const REPEATS = 20; // of a real run that differs, and was late
const SURE = 3; // a program differs when it did so in as many runs that were not late
const SHRINKING_MS = 60_000;
const WAYS_GONE = 2000; // of a program, before nobody knows whether what was printed is allowed
/** After the last callback that is expected; and where a run differs, for it may have been broken off, or where idle
 * callbacks are put off. */
const SETTLE_MS = 40;
const SETTLE_AGAIN_MS = 400;

/** What each does in a way of its own: known-differences.mjs. */
const WEBKITS = ['changes', 'thenables', 'lists', 'delegates'];
const CHROMIUMS = ['refusals'];

/**
 * How a real engine is asked: `openReal()` gives `run(programs)`, which gives a Run of each (many-here.mjs,
 * in-browsers.mjs). In a process of its own code runs for the first time and lines are really written: between two
 * timers that the program sets at once there may be milliseconds, and what comes first when they are due is an
 * accident. No two of them are due together there.
 *
 * Chromium's virtual clock is exact and jumps over every wait; frames need the real one. What a browser does in a way
 * of its own is in known-differences.mjs, and not asked of it here.
 */
export const WAYS = {
  callbacks: { host: 'node', isModule: false, unit: 8, hasTies: true, openReal: openMany },
  scripts: { host: 'node', isModule: false, unit: 50, hasTies: false, openReal: () => openFiles('program.cjs') },
  files: {
    host: 'node',
    isModule: false,
    unit: 50,
    hasTies: false,
    isOpen: true,
    openReal: () => ({ ...openFiles('program.cjs'), has: ['files'] }),
  },
  modules: { host: 'node', isModule: true, unit: 50, hasTies: false, openReal: () => openFiles('program.mjs') },
  chromium: inBrowser('chromium', { without: ['frames', 'idle', ...CHROMIUMS] }),
  chromiumModules: inBrowser('chromium', { without: ['frames', 'idle', ...CHROMIUMS], isModule: true }),
  chromiumScheduler: inBrowser('chromium', { without: ['frames', 'idle', ...CHROMIUMS], scheduling: 8 }),
  chromiumFrames: inBrowser('chromium, real clock', { without: ['idle', ...CHROMIUMS] }),
  chromiumIdle: inBrowser('chromium, real clock', { without: CHROMIUMS, settle: SETTLE_AGAIN_MS }),
  firefox: inBrowser('firefox', { without: ['observers', 'priorities', 'idle'] }),
  firefoxModules: inBrowser('firefox', { without: ['observers', 'priorities', 'idle'], isModule: true }),
  firefoxIdle: inBrowser('firefox', { without: ['observers', 'priorities', 'scheduler'], settle: SETTLE_AGAIN_MS }),
  webkit: inBrowser('webkit', { without: WEBKITS }),
  webkitModules: inBrowser('webkit', { without: WEBKITS, isModule: true }),
};

/** @param {Parameters<typeof openPages>[0]} engine
 * @param {{ without?: string[], isModule?: boolean, settle?: number, scheduling?: number }} [options] */
function inBrowser(engine, { without = [], isModule = false, settle = SETTLE_MS, scheduling } = {}) {
  const openReal = async () => {
    const { name, version, has, run, close } = await openPages(engine);
    return {
      name: `${name} ${version}`,
      has: has.filter((one) => !without.includes(one)),
      run: (programs, overs) =>
        run(programs.map((source, i) => ({ source, isModule, isTimed: true, over: overs[i] + settle }))),
      close,
    };
  };
  return { host: 'browser', isModule, unit: 8, hasTies: true, scheduling, openReal };
}

/** Each program as a main script or module, in a process of its own: nobody can say whether it was late. */
function openFiles(name) {
  return {
    name: `Node ${process.version}`,
    run: (programs) =>
      Promise.all(
        programs.map(async (program) => {
          const { folder, remove } = newFolder();
          const file = join(folder, name);
          writeFileSync(file, program);
          const { stdout, stderr, status } = await inRealNode(file);
          remove();
          return { stdout: stdout + stderr + (status || ''), late: 0, isOpen: false };
        }),
      ),
    close() {},
  };
}

/**
 * @typedef {object} Mismatch
 * @property {string} program
 * @property {string} here   what the playground printed
 * @property {string} there  what the real engine printed
 * @property {string} path   of fast-check
 */

export class Comparison {
  programs = 0;
  lines = 0; // that they printed
  other = 0; // programs that went another way in the engine, which is allowed
  many = 0; // programs that went another way, and there are too many to know whether it is allowed
  late = 0; // real runs that were repeated, for the machine was late
  unsettled = 0; // programs whose real runs all differed and were late
  setAside = 0; // programs: two timers are due together
  /** @type {Mismatch[]} */ different = [];
  #way;
  #playground;
  #real;

  /** @param {keyof typeof WAYS} way @param {number} seed */
  constructor(way, seed) {
    this.way = way;
    this.seed = seed;
    this.#way = WAYS[way];
  }

  async open() {
    this.#playground = await openPlayground();
    this.#real = await this.#way.openReal();
    return this;
  }

  async close() {
    await this.#real.close();
  }

  /** The engine's. */
  get name() {
    return this.#real.name;
  }

  /** Programs that printed what the playground does, or allows. */
  get same() {
    return this.programs - this.setAside - this.many - this.unsettled - this.different.length;
  }

  /** What a program prints in the playground, and in the engine. @param {string} program */
  async both(program) {
    const here = this.#here(program);
    const [{ stdout }] = await this.#real.run([program], [here.ms + SETTLE_AGAIN_MS]);
    return { here: here.text, there: stdout };
  }

  #randomPrograms() {
    const programs = randomPrograms({ ...this.#way, has: this.#real.has });
    return this.#way.hasTies ? programs : programs.filter((program) => !this.#playground.hasTie(program, this.#way));
  }

  /** What the playground prints, and when the last callback comes. */
  #here(program) {
    const { host, isModule } = this.#way;
    const { stdout, stderr, status, ms } = this.#playground.run(program, { host, isModule });
    return { text: host === 'node' ? stdout + stderr + (status || '') : stdout, ms };
  }

  /** In a browser the order of much is open, in Node that of files. @returns {boolean | null} null: nobody knows */
  #allows(program, printed) {
    const { host, isOpen = host === 'browser' } = this.#way;
    return isOpen && this.#playground.allows(program, printed, { ...this.#way, runs: WAYS_GONE });
  }

  /** What the real engine prints when it may not; undefined when it prints the same, or may, or nobody knows. */
  async #differs(program, here, run) {
    let sure = 0;
    for (let repeats = 0; run.stdout !== here.text; repeats++) {
      if (run.isOpen) {
        this.setAside++;
        return undefined;
      }
      const isAllowed = this.#allows(program, run.stdout);
      if (isAllowed !== false) {
        this[isAllowed ? 'other' : 'many']++;
        return undefined;
      }
      if (run.late <= ON_TIME_MS && ++sure === SURE) return run.stdout;
      if (repeats === REPEATS) {
        this.unsettled++;
        return undefined;
      }
      if (run.late > ON_TIME_MS) this.late++;
      [run] = await this.#real.run([program], [here.ms + SETTLE_AGAIN_MS]);
    }
    return undefined;
  }

  /** As many random programs, from a path on. @param {number} count @param {string} [path] */
  async random(count, path = '') {
    const programs = fc.sample(this.#randomPrograms(), { seed: this.seed, path, numRuns: count });
    const batchFrom = (first) => {
      const batch = programs.slice(first, first + BATCH);
      return { batch, heres: batch.map((program) => this.#here(program)) };
    };
    let next = batchFrom(0);
    for (let first = 0; first < count; first += BATCH) {
      const { batch, heres } = next;
      const overs = heres.map(({ ms }) => ms);
      const running = this.#real.run(batch, overs); // in other processes, meanwhile
      next = batchFrom(first + BATCH);
      const runs = await running;
      for (const [i, program] of batch.entries()) {
        const here = heres[i];
        this.lines += here.text.split('\n').length - 1;
        const there = await this.#differs(program, here, runs[i]);
        if (there !== undefined)
          this.different.push({ program, here: here.text, there, path: path || String(first + i) });
      }
      this.programs += batch.length;
    }
  }

  /** The smallest program that still differs. @param {Mismatch} mismatch @returns {Promise<Mismatch>} */
  async shrink(mismatch) {
    let smallest = mismatch;
    const until = Date.now() + SHRINKING_MS;
    const isSame = async (program) => {
      if (Date.now() > until) return true; // what comes yet is not tried
      const here = this.#here(program);
      const there = await this.#differs(program, here, (await this.#real.run([program], [here.ms]))[0]);
      if (there === undefined) return true;
      smallest = { ...mismatch, program, here: here.text, there };
      return false;
    };
    const property = fc.asyncProperty(this.#randomPrograms(), isSame);
    const { counterexamplePath } = await fc.check(property, { seed: this.seed, path: mismatch.path, numRuns: 1 });
    return { ...smallest, path: counterexamplePath ?? mismatch.path };
  }

  /** What to tell of a mismatch. @param {Mismatch} mismatch */
  describe({ program, here, there, path }) {
    return `The playground and ${this.name} differ (${this.way}).\n
${program}
--- ${this.name}:\n${there}
--- the playground:\n${here}
Again: node tests/engines/conformance.mjs --engines=playground --shape=${this.way} --seed=${this.seed} --path=${path}`;
  }
}
