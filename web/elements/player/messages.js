// @ts-check
/**
 * A trace of lesson 4 turned on its side: the messages of each socket. The hallway and the chart both ask "what of this
 * socket at this moment?", which a trace answers only step by step; the answer is prepared once a trace.
 *
 * @typedef {object} Messages
 * @property {Uint32Array} first  the messages of socket s are first[s] up to first[s + 1], as they came
 * @property {Float64Array} ready for each message, in microseconds: when it had come,
 * @property {Uint32Array} step   and the step that handles it, or reads the last of it; or NEVER
 * @property {Float64Array} free  for each step, in microseconds: when the thread was free to begin it,
 * @property {Float64Array} time  when it began,
 * @property {Float64Array} end   when it ended,
 * @property {Float64Array} other when the message that had to wait for it had come, if one had to; else Infinity,
 * @property {Float64Array} awake since when somebody kept the thread from sleeping before it; else Infinity
 * @property {number} lost        when the first message that nobody handles had come; else Infinity
 */

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

/** In place of the step, for a message that nobody was told of. */
export const NEVER = 2 ** 32 - 1;

/** @type {WeakMap<Trace, Messages>} */
const known = new WeakMap();

/** @param {Trace} trace @returns {Messages} */
export function messagesOf(trace) {
  let messages = known.get(trace);
  if (!messages) known.set(trace, (messages = bySocket(trace)));
  return messages;
}

/** The events of lesson 4 stand socket by socket. @param {Trace} trace @returns {Messages} */
function bySocket(trace) {
  const { eventCount, stepCount } = trace;
  const first = new Uint32Array(trace.statements.length + 1);
  const ready = new Float64Array(eventCount);
  for (let m = 0; m < eventCount; m++) {
    const event = trace.events(m);
    ready[m] = event.ready;
    first[event.statement + 1] = m + 1;
  }
  for (let s = 1; s < first.length; s++) first[s] = Math.max(first[s], first[s - 1]);
  const step = new Uint32Array(eventCount).fill(NEVER);
  const [free, time, end, other] = Array.from({ length: 4 }, () => new Float64Array(stepCount));
  for (let k = 0; k < stepCount; k++) {
    const taken = trace.step(k);
    if (!taken.queue) step[taken.event] = k; // a last row that is no step handles nothing
    free[k] = taken.free;
    time[k] = taken.time;
    end[k] = taken.end;
    other[k] = ready[taken.other ?? NEVER] ?? Infinity;
  }
  const awake = new Float64Array(stepCount).fill(Infinity);
  trace.more?.(trace, { first, ready, step, awake }); // see more-messages.js
  const lost = ready.reduce((least, at, m) => (step[m] === NEVER ? Math.min(least, at) : least), Infinity);
  return { first, ready, step, free, time, end, other, awake, lost };
}

/**
 * The first message of a socket that is not handled before `position`: at most first[s + 1].
 *
 * @param {Messages} messages @param {number} socket @param {number} position
 */
export function pendingAt({ first, step }, socket, position) {
  let low = first[socket];
  let high = first[socket + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (step[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many of the steps have begun by a moment. Their times never go back.
 *
 * @param {Float64Array} times @param {number} now
 */
export function begunBy(times, now) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The moment that a position shows: the start of its step, and when all is handled, the end.
 *
 * @param {{ stepCount: number, end: number, step: (k: number) => { time: number } }} trace
 * @param {number} position
 */
export function timeAt(trace, position) {
  if (position >= trace.stepCount) return trace.end;
  return position === 0 ? 0 : trace.step(position - 1).time;
}

/** So many sockets a view shows at a time, where there are very many. */
export const PAGE = 8;

/**
 * The index of the first socket on the page where the current step happens.
 *
 * @param {Trace} trace @param {number} position
 */
export function pageAt(trace, position) {
  if (!trace.stepCount) return 0;
  const { statement } = trace.step(Math.max(0, position - 1));
  return statement - (statement % PAGE);
}
