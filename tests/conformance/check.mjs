// Programs, run by a real engine and by the model: the engine's order must be one that the model allows.
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { javascriptOf, programOf } from '../../web/model/javascript.js';
import { makeProgram, smaller, textOf } from './programs.mjs';

const BATCH = 200; // programs in one call of an engine
const REPEATS = 10; // of a run in which the machine was late
const SHRINKS = 200; // steps at most

/** What a program's row is of, for what came of it to be compared: the moments at which it can be told from others. */
const isTimed = ({ kind, depth }) => kind === 'timer' || kind === 'socket' || (kind === 'promise' && depth === 0);

/**
 * A promise that became ready while a callback ran. The model lets it go before all tasks; but in JavaScript a promise
 * is settled by a task of its own, which has to wait for its turn.
 */
const isLatePromise = (trace, { statement, ready, free }) => {
  const { kind, depth } = trace.statements[statement];
  return kind === 'promise' && depth === 0 && ready < free;
};

/** What the model says of a program. Times are milliseconds. */
export function predict(text, host) {
  const trace = eventLoop.loop(text, host);
  const steps = stepsOf(trace);
  const { scenario } = trace;
  const timed = steps.filter(({ statement }) => isTimed(scenario[statement]));
  const prediction = {
    names: steps.map(({ statement }) => scenario[statement].name),
    times: steps.map(({ time }) => time / 1000),
    // when something becomes ready, and what: equal ones that one callback set come in the order of their setting
    timed: timed.map(({ ready, statement, parent }) => {
      const { kind } = scenario[statement];
      return { time: ready / 1000, line: `${kind} set in step ${parent}` };
    }),
    ends: steps.map(({ end }) => end / 1000),
    isFeasible: !steps.some((step) => isLatePromise(trace, step)),
    inCallback: programOf(scenario, host),
    standingAlone: javascriptOf(scenario, host),
  };
  eventLoop.recycle(trace);
  return prediction;
}

/** Whether a clock that is not exact can tell all that happens apart. */
export function isClear({ timed, ends }, gap) {
  const line = new Map();
  for (const one of timed) {
    if ((line.get(one.time) ?? one.line) !== one.line) return false;
    line.set(one.time, one.line);
  }
  const moments = [...line.keys(), ...ends].sort((a, b) => a - b);
  return moments.every((time, i) => i === 0 || time === moments[i - 1] || time - moments[i - 1] >= gap);
}

/** By how many milliseconds a run's callbacks came at another time than the model's, at most. */
function lateness({ names, times }, expected) {
  const whens = (run) => {
    const found = new Map();
    run.names.forEach((name, i) => found.set(name, [...(found.get(name) ?? []), run.times[i]]));
    return found;
  };
  const model = whens(expected);
  let most = 0;
  for (const [name, found] of whens({ names, times })) {
    found.forEach((time, k) => {
      const due = model.get(name)?.[k];
      if (due !== undefined) most = Math.max(most, Math.abs(time - due));
    });
  }
  return most;
}

/** One engine, and what of it is compared. */
export class Check {
  programs = 0;
  same = 0;
  late = 0; // runs that were repeated, for the machine was late
  /** @type {{ expected: any, run: any }[]} */ different = [];

  /** @param {object} engine an open one */
  constructor(engine) {
    this.engine = engine;
  }

  /** What is expected of a program; undefined when it cannot be compared. */
  #expect(tree, { host, gap }) {
    const expected = predict(textOf(tree), host);
    return expected.isFeasible && (gap === 0 || isClear(expected, gap)) ? { ...expected, tree, host, gap } : undefined;
  }

  #run(list) {
    return this.engine.run(
      list.map(({ standingAlone, inCallback }) => (this.engine.standsAlone ? standingAlone : inCallback)),
    );
  }

  #isSame(run, { names }) {
    return run.ended === 'done' && run.names.join('\n') === names.join('\n');
  }

  #isLate(run, expected) {
    return expected.gap > 0 && lateness(run, expected) > expected.gap / 2;
  }

  /** Runs a program until its run was in time; null when its order was right. */
  async #settle(expected, run) {
    for (let repeats = 0; !this.#isSame(run, expected); repeats++) {
      if (!this.#isLate(run, expected) || repeats === REPEATS) return run;
      this.late++;
      [run] = await this.#run([expected]);
    }
    return null;
  }

  /** As many random programs of a shape. */
  async random(count, shape, random) {
    while (count > 0) {
      const batch = [];
      while (batch.length < Math.min(count, BATCH)) {
        const expected = this.#expect(makeProgram(random, shape), shape);
        if (expected) batch.push(expected);
      }
      const runs = await this.#run(batch);
      for (const [i, expected] of batch.entries()) {
        const run = await this.#settle(expected, runs[i]);
        if (run === null) this.same++;
        else this.different.push({ expected, run });
      }
      this.programs += batch.length;
      count -= batch.length;
    }
  }

  /** The smallest program that still goes another way. */
  async shrink(mismatch) {
    for (let steps = 0; steps < SHRINKS;) {
      let next;
      for (const tree of smaller(mismatch.expected.tree)) {
        const expected = this.#expect(tree, mismatch.expected);
        if (!expected) continue;
        steps++;
        const [first] = await this.#run([expected]);
        const run = await this.#settle(expected, first);
        if (run === null) continue;
        next = { expected, run };
        break;
      }
      if (!next) break;
      mismatch = next;
    }
    return mismatch;
  }

  /** What to tell of a mismatch. */
  describe({ expected: { tree, host, names, standingAlone }, run }) {
    return [
      `${this.engine.name} ${this.engine.version} and the model differ.`,
      `The scenario, for host ${host}:\n\n${textOf(tree)}`,
      `As JavaScript:\n\n${standingAlone}`,
      `${this.engine.name}:  ${run.names.join(' ')}${run.ended === 'done' ? '' : ` (stopped: ${run.ended})`}`,
      `The model: ${names.join(' ')}`,
    ].join('\n');
  }
}
