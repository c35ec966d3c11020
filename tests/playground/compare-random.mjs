// Random programs: what the playground prints must be what the real Node prints.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../engines/drivers/browser.mjs';
import { fc } from '../random.mjs';
import { openMany } from './many-in-node.mjs';
import { openPlayground } from './playground-here.mjs';
import { randomPrograms } from './random-programs.mjs';
import { inRealNode } from './real-node.mjs';

const BATCH = 100; // programs that the real Node gets at once
const ON_TIME_MS = 5; // a task that is later than that may have changed places with another, 8 ms away
const REPEATS = 20; // of a real run that differs, and was late
const SURE = 3; // a program differs when it did so in as many runs that were not late
const SHRINKING_MS = 60_000;

/**
 * How the real Node is asked: `openReal()` gives `run(programs)`, which gives a Run of each (many-here.mjs). In a
 * process of its own code runs for the first time and lines are really written: between two timers that the program
 * sets at once there may be milliseconds, and what comes first when they are due is an accident. No two of them are due
 * together there.
 */
export const WAYS = {
  callbacks: { isModule: false, unit: 8, hasTies: true, openReal: openMany },
  scripts: { isModule: false, unit: 50, hasTies: false, openReal: () => openFiles('program.cjs') },
  modules: { isModule: true, unit: 50, hasTies: false, openReal: () => openFiles('program.mjs') },
};

/** Each program as a main script or module, in a process of its own: nobody can say whether it was late. */
function openFiles(name) {
  return {
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
 * @property {string} there  what the real Node printed
 * @property {string} path   of fast-check
 */

export class Comparison {
  programs = 0;
  lines = 0; // that they printed
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
    this.#real = this.#way.openReal();
    return this;
  }

  close() {
    this.#real.close();
  }

  /** Programs that printed the same in both. */
  get same() {
    return this.programs - this.setAside - this.unsettled - this.different.length;
  }

  #randomPrograms() {
    const programs = randomPrograms(this.#way);
    return this.#way.hasTies ? programs : programs.filter((program) => !this.#playground.hasTie(program, this.#way));
  }

  #here(program) {
    const { isModule } = this.#way;
    const { stdout, stderr, status } = this.#playground.run(program, { isModule });
    return stdout + stderr + (status || '');
  }

  /** What the real Node prints when it differs; undefined when it prints the same. */
  async #differs(program, here, run) {
    let sure = 0;
    for (let repeats = 0; run.stdout !== here; repeats++) {
      if (run.isOpen) {
        this.setAside++;
        return undefined;
      }
      if (run.late <= ON_TIME_MS && ++sure === SURE) return run.stdout;
      if (repeats === REPEATS) {
        this.unsettled++;
        return undefined;
      }
      if (run.late > ON_TIME_MS) this.late++;
      [run] = await this.#real.run([program]);
    }
    return undefined;
  }

  /** As many random programs, from a path on. @param {number} count @param {string} [path] */
  async random(count, path = '') {
    const programs = fc.sample(this.#randomPrograms(), { seed: this.seed, path, numRuns: count });
    for (let first = 0; first < count; first += BATCH) {
      const batch = programs.slice(first, first + BATCH);
      const running = this.#real.run(batch); // in other processes, meanwhile
      const heres = batch.map((program) => this.#here(program));
      const runs = await running;
      for (const [i, program] of batch.entries()) {
        const here = heres[i];
        this.lines += here.split('\n').length - 1;
        const there = await this.#differs(program, here, runs[i]);
        if (there !== undefined) this.different.push({ program, here, there, path: path || String(first + i) });
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
      const there = await this.#differs(program, here, (await this.#real.run([program]))[0]);
      if (there === undefined) return true;
      smallest = { ...mismatch, program, here, there };
      return false;
    };
    const property = fc.asyncProperty(this.#randomPrograms(), isSame);
    const { counterexamplePath } = await fc.check(property, { seed: this.seed, path: mismatch.path, numRuns: 1 });
    return { ...smallest, path: counterexamplePath ?? mismatch.path };
  }

  /** What to tell of a mismatch. @param {Mismatch} mismatch */
  describe({ program, here, there, path }) {
    return `The playground and Node ${process.version} differ (${this.way}).\n
${program}
--- Node:\n${there}
--- the playground:\n${here}
Again: node tests/engines/conformance.mjs --engines=playground --shape=${this.way} --seed=${this.seed} --path=${path}`;
  }
}
