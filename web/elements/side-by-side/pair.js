// @ts-check
import { begunBy, messagesOf, NEVER } from '../player/messages.js';

/**
 * One way of serving a scenario, and what came of it.
 *
 * @typedef {object} Run
 * @property {string} name as it was chosen
 * @property {string} strategy of the core
 * @property {import('../player/messages.js').Trace} trace
 */

/** The reasons of so many steps at one moment are told; the others are counted. */
export const TOLD = 3;

/** Two runs of one scenario on one clock. A step of the pair is a moment at which either of them begins something. */
export class Pair {
  #moments;

  /** @param {Run[]} runs */
  constructor(runs) {
    this.runs = runs;
    this.end = Math.max(...runs.map(({ trace }) => trace.end));
    const times = runs.flatMap(({ trace }) => [...messagesOf(trace).time]);
    if (times.length) times.push(this.end);
    this.#moments = Float64Array.from(new Set(times)).sort();
  }

  /** The statements of the scenario, which both serve. */
  get statements() {
    return this.runs[0].trace.statements;
  }

  get stepCount() {
    return this.#moments.length;
  }

  /** A moment, and the reasons of all that begins there. @param {number} k */
  step(k) {
    const pair = this;
    return {
      time: this.#moments[k],
      get reason() {
        const [from, to] = [pair.taken(k), pair.taken(k + 1)];
        const told = ({ trace }, i) =>
          Array.from({ length: Math.min(TOLD, to[i] - from[i]) }, (_, j) => trace.step(from[i] + j).reason);
        return pair.runs.flatMap(told).join(' ');
      },
    };
  }

  /** The last position whose moment has come by `time`. @param {number} time */
  positionAt(time) {
    return begunBy(this.#moments, time);
  }

  /** How many steps of each run have begun at a position. @param {number} position */
  taken(position) {
    return this.runs.map(({ trace }) =>
      position > 0 ? begunBy(messagesOf(trace).time, this.#moments[position - 1]) : 0,
    );
  }
}

/** How many messages nobody ever handles. @param {Run} run */
export const neverHandled = ({ trace }) => messagesOf(trace).step.reduce((n, k) => n + (k === NEVER ? 1 : 0), 0);

/** The sockets of a run with a message that nobody handles. @param {Run} run */
export function stuckSockets({ trace }) {
  const { first, step } = messagesOf(trace);
  return trace.statements.filter((_, s) => first[s] < first[s + 1] && step[first[s + 1] - 1] === NEVER);
}
