// Programs, run by a real engine and by the model: the engine's order must be one that the model allows.
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { ScenarioError } from '../../web/core/doorbell.js';
import { javascriptOf, programOf } from '../../web/javascript/javascript.js';
import { fc } from '../random.mjs';
import { programs } from './programs.mjs';
import * as shapes from './shapes.mjs';

const BATCH = 200; // programs in one call of an engine
const REPEATS = 20; // of a run in which the machine was late
const TRIES = 20; // of a smaller program, on a real clock: what differs may do so now and then alone
const SHRINKING_MS = 60_000;

/** Does it wait for a time, and not for its turn alone? */
const isTimed = ({ kind, depth, after }) => (depth === 0 && kind !== 'script') || after !== null;

/**
 * A promise that becomes ready while a callback holds the thread, or just as it ends. The model lets it go before all
 * tasks; but in JavaScript a promise is settled by a task of its own, which has to wait for its turn.
 */
const isLatePromise = (trace, steps, { statement, ready }) => {
  const { kind, depth } = trace.statements[statement];
  return kind === 'promise' && depth === 0 && steps.some(({ time, end }) => time < ready && ready <= end);
};

/** Is it a frame, whose time is the browser's, or does it come of one? */
const isFromFrame = (trace, steps, { statement, parent }) =>
  trace.statements[statement].kind === 'frame' || (parent !== null && isFromFrame(trace, steps, steps[parent]));

/** What the model says of a program. Times are milliseconds. */
export function predict(text, host) {
  const trace = eventLoop.loop(text, host);
  const steps = stepsOf(trace);
  const { scenario } = trace;
  const ends = steps.at(-1)?.queue === 'ended';
  const seen = steps.filter(({ isHop, queue }) => !isHop && queue !== 'ended');
  const exact = seen.filter((step) => !isFromFrame(trace, steps, step)); // whose time the model knows
  const timed = exact.filter(({ statement }) => isTimed(scenario[statement]));
  const prediction = {
    text,
    host,
    names: seen.map(({ statement }) => scenario[statement].name),
    // when something becomes ready, and what: with one kind and delay, the one that was set first comes first
    timed: timed.map(({ ready, statement, parent }) => ({
      time: ready / 1000,
      line: `${scenario[statement].kind} after ${ready - (parent === null ? 0 : steps[parent].time)}`,
    })),
    ends: exact.filter(({ time, end }) => end > time).map(({ end }) => end / 1000), // of those that hold the thread
    status: ends ? 1 : 0, // of a process of its own
    isFeasible: !steps.some((step) => isLatePromise(trace, steps, step)),
    inCallback: programOf(scenario, host),
    standingAlone: javascriptOf(scenario, host),
  };
  eventLoop.recycle(trace);
  return prediction;
}

/** Every order that the model allows when the loop may be late by less than so many milliseconds; and whether that is all. */
export function allowedOrders(text, host, late) {
  const { scenario } = eventLoop.loop(text, host);
  const { orders, complete } = eventLoop.orders(text, host, late * 1000);
  return { orders: orders.map((order) => order.map((statement) => scenario[statement].name).join(' ')), complete };
}

/** Whether a clock that is not exact can tell all that happens apart. */
export function isClear({ timed, ends }, gap) {
  const line = new Map();
  for (const one of timed) {
    if ((line.get(one.time) ?? one.line) !== one.line) return false;
    line.set(one.time, one.line);
  }
  const moments = [...line.keys(), ...ends].sort((a, b) => a - b);
  return moments.every((time, i) => i === 0 || time - moments[i - 1] >= gap);
}

/** One engine, and what of it is compared. */
export class Check {
  programs = 0;
  same = 0;
  late = 0; // runs that were repeated, for the machine was late
  other = 0; // of the same, those that went another allowed way than the model's own
  many = 0; // not among the orders that were found, but there are more of them than are looked for
  unclear = 0; // programs set aside: two things happen too close to each other for a real clock
  busy = 0; // programs set aside: a promise source is settled while a callback holds the thread
  /** @type {{ expected: any, run: any, wasLate: boolean }[]} */ different = [];

  /** @param {object} engine an open one @param {number} seed of all its programs */
  constructor(engine, seed) {
    this.engine = engine;
    this.seed = seed;
  }

  /** Can it be compared? If not, it is set aside. */
  #isComparable({ isFeasible, timed, ends }, { gap }) {
    if (!isFeasible) this.busy++;
    else if (gap > 0 && !isClear({ timed, ends }, gap)) this.unclear++;
    else return true;
    return false;
  }

  /** The programs of a shape that can be compared. */
  #comparable(shape) {
    return programs(shape).filter((text) => this.#isComparable(predict(text, shape.host), shape));
  }

  #run(list) {
    return this.engine.run(
      list.map(({ standingAlone, inCallback }) => (this.engine.standsAlone ? standingAlone : inCallback)),
    );
  }

  /** How late the loop may be: later in a process of its own, whose code runs for the first time, round after round. */
  #lateness(gap) {
    return this.engine.standsAlone ? gap : gap / 2;
  }

  /** Is it an order that the model allows? An engine whose clock is exact is never late. */
  #isAllowed(run, { text, host, gap, names, status }) {
    if (run.ended !== 'done') return false;
    const order = run.names.join(' ');
    if (order === names.join(' ')) return !this.engine.standsAlone || run.status === status;
    const { orders, complete } = allowedOrders(text, host, this.#lateness(gap));
    if (orders.includes(order)) this.other++;
    else if (!complete) this.many++;
    else return false;
    return true;
  }

  #isLate(run, expected) {
    return expected.gap > 0 && run.late > expected.gap / 2;
  }

  /** Runs a program again until the machine was not late; null when the order was right. */
  async #settle(expected, run) {
    for (let repeats = 0; !this.#isAllowed(run, expected); repeats++) {
      const wasLate = this.#isLate(run, expected);
      if (!wasLate || repeats === REPEATS) return { expected, run, wasLate };
      this.late++;
      [run] = await this.#run([expected]);
    }
    return null;
  }

  /** As many random programs of a shape, from a path on (see fast-check). */
  async random(count, name, path = '') {
    const shape = shapes[name];
    const texts = fc.sample(this.#comparable(shape), { seed: this.seed, path, numRuns: count });
    for (let first = 0; first < count; first += BATCH) {
      const batch = texts.slice(first, first + BATCH).map((text) => ({ ...predict(text, shape.host), gap: shape.gap }));
      const runs = await this.#run(batch);
      for (const [i, expected] of batch.entries()) {
        const mismatch = await this.#settle(expected, runs[i]);
        if (mismatch) this.different.push({ ...mismatch, name, path: path || String(first + i) });
        else this.same++;
      }
      this.programs += batch.length;
    }
  }

  /** The smallest program that still goes another way, on time. */
  async shrink(mismatch) {
    const { name, path } = mismatch;
    const shape = shapes[name];
    let smallest = mismatch;
    const isSame = async (text) => {
      const expected = { ...predict(text, shape.host), gap: shape.gap };
      for (const run of await this.#run(Array(shape.gap > 0 ? TRIES : 1).fill(expected))) {
        const found = await this.#settle(expected, run);
        if (!found || found.wasLate) continue;
        smallest = { ...found, name };
        return false;
      }
      return true;
    };
    const limits = { numRuns: 1, interruptAfterTimeLimit: SHRINKING_MS };
    const property = fc.asyncProperty(this.#comparable(shape), isSame);
    const { counterexamplePath } = await fc.check(property, { seed: this.seed, path, ...limits });
    return { ...smallest, path: counterexamplePath ?? path };
  }

  /** What to tell of a mismatch. */
  describe({ expected: { text, host, gap, names, standingAlone }, run, wasLate, name, path }) {
    const others = allowedOrders(text, host, this.#lateness(gap)).orders.slice(1);
    return [
      `${this.engine.name} ${this.engine.version} and the model differ.`,
      `The scenario, for host ${host}:\n\n${text}`,
      `As JavaScript:\n\n${standingAlone}`,
      `${this.engine.name}:  ${run.names.join(' ')}${run.ended === 'done' ? '' : ` (stopped: ${run.ended})`}`,
      `The model: ${names.join(' ')}`,
      ...others.map((order) => `       or: ${order}`),
      `Again: node tests/engines/conformance.mjs --shape=${name} --seed=${this.seed} --path=${path}`,
      ...(wasLate ? [`The machine was late in each of ${REPEATS + 1} runs; is it busy with something else?`] : []),
    ].join('\n');
  }
}
