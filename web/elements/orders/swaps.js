// @ts-check
/**
 * Which callbacks may change places, where the order is not guaranteed.
 *
 * @typedef {{ orders: number[][], complete: boolean }} Orders  each order is the statements of its callbacks;
 * `complete`:
 *   there are no more
 */

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

/** The steps that an order is made of: hops of promises run no code. @param {Trace} trace */
export const stepsWithCode = (trace) => [...Array(trace.stepCount).keys()].filter((k) => !trace.step(k).isHop);

/**
 * The names that a real run tells, in an order of statements. Nobody is there to press a key.
 *
 * @param {Trace} trace @param {number[]} order
 */
export function namesOf(trace, order) {
  const isUser = (/** @type {number} */ statement) => {
    while (trace.statements[statement].depth > 0) statement--;
    return trace.statements[statement].kind === 'input';
  };
  return order.filter((statement) => !isUser(statement)).map((statement) => trace.statements[statement].name);
}

/** A statement may run several times: each time is told apart. @param {number[]} order @returns {string[]} */
function occurrences(order) {
  const seen = new Map();
  return order.map((statement) => {
    const nth = seen.get(statement) ?? 0;
    seen.set(statement, nth + 1);
    return `${statement} ${nth}`;
  });
}

/** The microtask queue, and Node's ticks: what is in them follows the callback that queued it. */
const FOLLOWING = new Set(['microtask', 'tick']);

/**
 * The callback that a step follows, with all that it queued: the step itself, if nobody queued it as a microtask or
 * tick.
 *
 * @param {Trace} trace @param {number} k
 */
function leaderOf(trace, k) {
  for (let step = trace.step(k); FOLLOWING.has(step.queue) && step.parent !== null; step = trace.step(k))
    k = step.parent;
  return k;
}

/**
 * For each step that may change places with another: the names of those others. A microtask never changes places with a
 * task: the callbacks that they follow do, and so it is said of these.
 *
 * @param {Trace} trace @param {Orders} allowed @returns {Map<number, string[]>}
 */
export function swapsOf(trace, { orders }) {
  const ran = stepsWithCode(trace);
  const steps = occurrences(ran.map((k) => trace.step(k).statement));
  const leaders = ran.map((k) => leaderOf(trace, k));
  const places = orders.map((order) => new Map(occurrences(order).map((step, place) => [step, place])));
  /** @type {Map<number, string[]>} */
  const swaps = new Map();
  const add = (/** @type {number} */ step, /** @type {number} */ other) => {
    const { name } = trace.statements[trace.step(other).statement];
    const names = swaps.get(step) ?? [];
    if (!names.includes(name)) swaps.set(step, [...names, name]);
  };
  for (let a = 0; a < steps.length; a++) {
    for (let b = a + 1; b < steps.length; b++) {
      const turned = places.some((place) => (place.get(steps[a]) ?? -1) > (place.get(steps[b]) ?? Infinity));
      const lead = leaders[a] === ran[a] && leaders[b] === ran[b];
      if (!turned || !(lead || leaders[a] === leaders[b])) continue;
      add(ran[a], ran[b]);
      add(ran[b], ran[a]);
    }
  }
  return swaps;
}
