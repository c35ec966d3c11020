// Programs, run by a real engine and by the model: the engine's order must be one that the model allows.
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { javascriptOf, programOf } from '../../web/javascript/javascript.js';
import { fc } from '../random.mjs';
import { programs } from './programs.mjs';
import * as shapes from './shapes.mjs';

const BATCH = 200; // programs in one call of an engine
export const REPEATS = 20; // of a run in which the machine was late
// A run that is further behind is late. A browser's clock is coarse; in Node's milliseconds it is less than one, else
// the clock moves by more of them than the model knows (tests/core/test_orders.c tries it with a clock of chance).
const ON_TIME_MS = { browser: 1.25, node: 0.999 };
const MODEL_MS = 1.5; // how late the model's loop may be
const CLOCK_AHEAD_US = 1000; // of Node's clock, which has whole milliseconds, at most
const ALONE_MS = 3; // the same in a process of its own, whose code runs for the first time, round after round
const TRIES = 20; // of a smaller program, on a real clock: what differs may do so now and then alone
const SHRINKING_MS = 60_000;

/** Does it become ready at a time of its own, and not when another asks for it? */
const isTimed = ({ kind, depth, after }) => (depth === 0 && kind !== 'script') || after !== null;

/**
 * A promise source that in JavaScript may have to wait, where the model lets it go before all tasks, for there it is
 * settled by a task of its own: it becomes ready while a callback holds the thread, or just as it ends. Or together
 * with another: in Node it is settled by a pipe, and poll comes after the timers, whose clock may be a millisecond
 * ahead; in a browser by a timer, which may change places with one that a callback set for the same moment.
 */
function isLatePromise({ statements }, steps, { statement, ready }, host) {
  const { kind, depth } = statements[statement];
  if (kind !== 'promise' || depth > 0) return false;
  const isBusy = steps.some(({ time, end }) => time < ready && ready <= end);
  const ahead = host === 'node' ? CLOCK_AHEAD_US : 0;
  const isTie = (other) =>
    ready <= other.ready &&
    other.ready <= ready + ahead &&
    other.statement !== statement &&
    isTimed(statements[other.statement]);
  return isBusy || steps.some((other) => isTie(other) && (host === 'node' || other.parent !== null));
}

/** What the model says of a program. */
export function predict(text, host) {
  const trace = eventLoop.loop(text, host);
  const steps = stepsOf(trace);
  const { scenario } = trace;
  const prediction = {
    text,
    host,
    names: steps
      .filter(({ isHop, queue }) => !isHop && queue !== 'ended')
      .map(({ statement }) => scenario[statement].name),
    status: steps.at(-1)?.queue === 'ended' ? 1 : 0, // of a process of its own
    isFeasible: !steps.some((step) => isLatePromise(trace, steps, step, host)),
    inCallback: programOf(scenario, host),
    standingAlone: javascriptOf(scenario, host),
  };
  eventLoop.recycle(trace);
  return prediction;
}

/** Every order that the model allows when the loop may be late by less than so many milliseconds; are there no more? */
export function allowedOrders(text, host, late) {
  const { scenario } = eventLoop.loop(text, host);
  const { orders, complete } = eventLoop.orders(text, host, late * 1000);
  return { orders: orders.map((order) => order.map((statement) => scenario[statement].name).join(' ')), complete };
}

/** One engine, and what of it is compared. */
export class Check {
  programs = 0;
  same = 0;
  late = 0; // runs that were repeated, for the machine was late
  other = 0; // of the same, those that went another allowed way than the model's own
  many = 0; // not among the orders that were found, but there are more of them than are looked for
  busy = 0; // programs set aside: a promise source is settled while a callback holds the thread
  unsettled = 0; // programs of which nothing is known: another order, but the machine was late in each run
  /** @type {{ expected: any, run: any, name: string, path: string }[]} */ different = [];

  /** @param {object} engine an open one @param {number} seed of all its programs */
  constructor(engine, seed) {
    this.engine = engine;
    this.seed = seed;
  }

  /** The programs of a shape that can be compared; others are set aside. */
  #comparable(shape) {
    return programs(shape).filter((text) => {
      const { isFeasible } = predict(text, shape.host);
      if (!isFeasible) this.busy++;
      return isFeasible;
    });
  }

  /** What is expected of a program. An engine whose clock is exact is never late. */
  #expect(text, { host, isExact = false }) {
    const late = this.engine.standsAlone ? ALONE_MS : MODEL_MS;
    return { ...predict(text, host), late: isExact ? 0 : late };
  }

  #run(list) {
    return this.engine.run(
      list.map(({ standingAlone, inCallback }) => (this.engine.standsAlone ? standingAlone : inCallback)),
    );
  }

  /** Is it an order that the model allows? */
  #isAllowed(run, { text, host, names, late, status }) {
    if (run.ended !== 'done') return false;
    const order = run.names.join(' ');
    if (order === names.join(' ')) return !this.engine.standsAlone || run.status === status;
    const { orders, complete } = allowedOrders(text, host, late);
    if (orders.includes(order)) this.other++;
    else if (!complete) this.many++;
    else return false;
    return true;
  }

  /** Runs a program again until the machine was not late. What came of it, and the last run. */
  async #settle(expected, run) {
    for (let repeats = 0; repeats <= REPEATS; repeats++) {
      if (this.#isAllowed(run, expected)) return { outcome: 'same', run };
      const wasLate = expected.late > 0 && run.late > ON_TIME_MS[expected.host];
      if (!wasLate) return { outcome: 'different', run };
      this.late++;
      [run] = await this.#run([expected]);
    }
    return { outcome: 'unsettled', run };
  }

  /** As many random programs of a shape, from a path on (see fast-check). */
  async random(count, name, path = '') {
    const shape = shapes[name];
    const texts = fc.sample(this.#comparable(shape), { seed: this.seed, path, numRuns: count });
    for (let first = 0; first < count; first += BATCH) {
      const batch = texts.slice(first, first + BATCH).map((text) => this.#expect(text, shape));
      const runs = await this.#run(batch);
      for (const [i, expected] of batch.entries()) {
        const { outcome, run } = await this.#settle(expected, runs[i]);
        if (outcome === 'different') this.different.push({ expected, run, name, path: path || String(first + i) });
        else this[outcome]++;
      }
      this.programs += batch.length;
    }
  }

  /** The smallest program that still goes another way, on time. */
  async shrink(mismatch) {
    const { name, path } = mismatch;
    const shape = shapes[name];
    let smallest = mismatch;
    const until = Date.now() + SHRINKING_MS;
    const isSame = async (text) => {
      if (Date.now() > until) return true; // what comes yet is not tried
      const expected = this.#expect(text, shape);
      for (const run of await this.#run(Array(shape.isExact ? 1 : TRIES).fill(expected))) {
        const found = await this.#settle(expected, run);
        if (found.outcome !== 'different') continue;
        smallest = { ...mismatch, expected, run: found.run };
        return false;
      }
      return true;
    };
    const property = fc.asyncProperty(this.#comparable(shape), isSame);
    const { counterexamplePath } = await fc.check(property, { seed: this.seed, path, numRuns: 1 });
    return { ...smallest, path: counterexamplePath ?? path };
  }

  /** What to tell of a mismatch. */
  describe({ expected: { text, host, late, names, standingAlone }, run, name, path }) {
    const others = allowedOrders(text, host, late).orders.slice(1);
    return [
      `${this.engine.name} ${this.engine.version} and the model differ.`,
      `The scenario, for host ${host}:\n\n${text}`,
      `As JavaScript:\n\n${standingAlone}`,
      `${this.engine.name}:  ${run.names.join(' ')}${run.ended === 'done' ? '' : ` (stopped: ${run.ended})`}`,
      `The model: ${names.join(' ')}`,
      ...others.map((order) => `       or: ${order}`),
      `Again: node tests/engines/conformance.mjs --shape=${name} --seed=${this.seed} --path=${path}`,
    ].join('\n');
  }
}
