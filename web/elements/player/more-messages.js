// @ts-check
// What the traces of lesson 4's whole module say of the messages, and the beginners' never do.

/** @typedef {import('./messages.js').Trace} Trace @typedef {import('./messages.js').Messages} Messages */

/**
 * Writes it into what is known so far.
 *
 * @param {Trace} trace @param {Pick<Messages, 'first' | 'ready' | 'step' | 'awake'>} messages
 */
export function moreMessages(trace, messages) {
  leaveOutNotGiven(trace, messages);
  readBySize(trace, messages);
  keepAwake(trace, messages);
}

/**
 * What no handler ever gave to a worker is never done (core/model/multiplexer/worker.h): nobody is missing it.
 *
 * @param {Trace} trace @param {Pick<Messages, 'ready' | 'step'>} messages
 */
function leaveOutNotGiven({ stepCount }, { ready, step }) {
  ready.forEach((at, m) => {
    if (at > Number.MAX_SAFE_INTEGER) [ready[m], step[m]] = [Infinity, stepCount];
  });
}

/**
 * Where messages have sizes (core/model/multiplexer/bytes.h) a read takes a piece of one, or several parts together; of
 * a timer it takes all expirations (timer.h).
 *
 * @param {Trace} trace @param {Pick<Messages, 'first' | 'step'>} messages
 */
function readBySize(trace, { first, step }) {
  const { streams, taken, none } = trace.tables;
  if (!taken?.count) return;
  const rows = new Map(Array.from({ length: streams.count }, (_, i) => [streams.statement.at(i), i]));
  const next = first.slice();
  const read = new Float64Array(first.length);
  for (let k = 0; k < trace.stepCount; k++) {
    const bytes = taken.bytes.at(k);
    if (!bytes) continue;
    const { statement: s, event } = trace.step(k);
    const [size, parts] = ['size', 'parts'].map((column) => streams[column].at(rows.get(s))); // no parts: a timer
    const ends = (/** @type {number} */ m) =>
      parts ? size * Math.floor(m / parts) + Math.floor((size * ((m % parts) + 1)) / parts) : m + 1;
    step[event] = none;
    read[s] += bytes;
    while (next[s] < first[s + 1] && ends(next[s] - first[s]) <= read[s]) step[next[s]++] = k;
  }
}

/**
 * Before a step the thread does not sleep while a socket keeps ending, or can be written to, or a timer is not read
 * (core/model/multiplexer/closing.h); and not after a connection has come for which no descriptor is left (listener.h).
 *
 * @param {Trace} trace @param {Pick<Messages, 'ready' | 'awake'>} messages
 */
function keepAwake(trace, { ready, awake }) {
  const { spinning, unread, accepting } = trace.tables;
  for (let k = 0; k < (spinning?.count ?? 0); k++) {
    const timers = unread.count && unread.timers.at(k);
    const starved = accepting.count ? ready[accepting.waits.at(k)] : undefined; // or by nobody
    if (spinning.ended.at(k) + spinning.writable.at(k) + timers) awake[k] = 0;
    else if (starved !== undefined) awake[k] = starved;
  }
}
