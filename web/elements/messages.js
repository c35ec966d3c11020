// @ts-check
/**
 * A trace of lesson 4 turned on its side: the messages of each socket. The hallway and the chart both ask "what of this
 * socket at this position?", which a trace answers only step by step; the answer is prepared once a trace.
 *
 * @typedef {object} Messages
 * @property {Uint32Array} first  the messages of socket s stand in `steps` at first[s] up to first[s + 1]
 * @property {Uint32Array} steps  for each message the step that handles it, in message order
 * @property {Float64Array} free  for each step, in microseconds: when the thread was free to begin it,
 * @property {Float64Array} time  when it began,
 * @property {Float64Array} end   when it ended,
 * @property {Float64Array} ready when its message had come,
 * @property {Float64Array} other and when the message that had to wait for it had come; NaN if none had to
 */

/** @typedef {import('../model/doorbell.js').Trace} Trace */

/** @type {WeakMap<Trace, Messages>} */
const known = new WeakMap();

/** @param {Trace} trace @returns {Messages} */
export function messagesOf(trace) {
  let messages = known.get(trace);
  if (!messages) known.set(trace, (messages = sortBySocket(trace)));
  return messages;
}

/**
 * A counting sort: how many messages each socket has, where each socket's begin, then each into its place.
 *
 * @param {Trace} trace @returns {Messages}
 */
function sortBySocket(trace) {
  const count = trace.stepCount;
  const first = new Uint32Array(trace.statements.length + 1);
  const socket = new Uint32Array(count);
  const steps = new Uint32Array(count);
  const [free, time, end, ready, other] = Array.from({ length: 5 }, () => new Float64Array(count));
  for (let k = 0; k < count; k++) {
    const step = trace.step(k);
    free[k] = step.free;
    time[k] = step.time;
    end[k] = step.end;
    ready[k] = step.ready;
    other[k] = step.other === null ? NaN : trace.events(step.other).ready;
    socket[k] = step.statement;
    first[step.statement + 1]++;
  }
  for (let s = 1; s < first.length; s++) first[s] += first[s - 1];
  const next = first.slice();
  for (let k = 0; k < count; k++) steps[next[socket[k]]++] = k;
  return { first, steps, free, time, end, ready, other };
}

/**
 * The first message of a socket that is not handled before `position`: an index in `steps`, at most first[s + 1].
 *
 * @param {Messages} messages @param {number} socket @param {number} position
 */
export function pendingAt({ first, steps }, socket, position) {
  let low = first[socket];
  let high = first[socket + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The moment that a position shows: the start of its step, and when all is handled, the end.
 *
 * @param {Trace} trace @param {number} position
 */
export function timeAt(trace, position) {
  if (position >= trace.stepCount) return trace.totals.end;
  return position === 0 ? 0 : messagesOf(trace).time[position - 1];
}

/** Of very many sockets a view shows one page of so many. */
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
