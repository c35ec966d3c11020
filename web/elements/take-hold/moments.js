// @ts-check
// The moments of a run at which one can stop, and what there is to see: each step, and between them each message that
// comes while nobody looks.
import { begunBy, messagesOf, timeAt } from '../player/messages.js';
import { inMs } from '../player/labels.js';

/** @typedef {import('../player/messages.js').Trace} Trace */

/**
 * @typedef {object} Moment
 * @property {number} time in microseconds
 * @property {number} position how many steps have begun by then
 * @property {number[]} rings the sockets whose messages come at this moment, and are not answered at it
 */

/** @type {WeakMap<Trace, Moment[]>} */
const known = new WeakMap();

/** In the order in which they pass. @param {Trace} trace */
export function momentsOf(trace) {
  let moments = known.get(trace);
  if (!moments) known.set(trace, (moments = listed(trace)));
  return moments;
}

/** @param {Trace} trace @returns {Moment[]} */
function listed(trace) {
  const { ready, step, time } = messagesOf(trace);
  /** @type {Map<number, number[]>} */
  const rings = new Map();
  for (let m = 0; m < ready.length; m++) {
    if (time[step[m]] === ready[m]) continue;
    const { statement } = trace.events(m);
    rings.set(ready[m], [...(rings.get(ready[m]) ?? []), statement]);
  }
  const atRest = Array.from({ length: trace.stepCount + 1 }, (_, position) => timeAt(trace, position));
  const between = new Set([...rings.keys(), ...time.slice(-1)]); // the last step begins before the end
  for (const rest of atRest) between.delete(rest);
  return [
    ...atRest.map((time, position) => ({ time, position, rings: rings.get(time) ?? [] })),
    ...[...between].map((at) => ({ time: at, position: begunBy(time, at), rings: rings.get(at) ?? [] })),
  ].sort((a, b) => a.time - b.time || a.position - b.position);
}

/** A moment between two steps, or at one. @param {Trace} trace @param {number} time @returns {Moment} */
export function momentAt(trace, time) {
  const at = momentsOf(trace).filter((moment) => moment.time === time);
  return at[at.length - 1] ?? { time, position: begunBy(messagesOf(trace).time, time), rings: [] };
}

/** The next moment, or the one before. @param {Trace} trace @param {Moment} from @param {number} by 1 or -1 */
export function momentBeside(trace, from, by) {
  const moments = momentsOf(trace);
  const isPast = (/** @type {Moment} */ { time, position }) =>
    time < from.time || (time === from.time && position < from.position);
  const before = moments.findIndex((moment) => !isPast(moment));
  if (by < 0) return moments[before < 0 ? moments.length - 1 : before - 1];
  const isHere = moments[before]?.time === from.time && moments[before].position === from.position;
  return moments[before + (isHere ? 1 : 0)];
}

const names = new Intl.ListFormat('en');
const SOME = 3; // of many names are said

/** @param {Trace} trace @param {number[]} statements */
function namesOf(trace, statements) {
  const some = statements.slice(0, SOME).map((i) => trace.statements[i].name);
  return names.format(statements.length > SOME ? [...some, `${statements.length - SOME} more`] : some);
}

/** What the guard is at. @param {Trace} trace @param {Moment} moment @param {string} strategy */
function guardAt(trace, { time, position }, strategy) {
  const { end } = messagesOf(trace);
  const nameAt = (/** @type {number} */ k) => trace.statements[trace.step(k).statement].name;
  if (position > 0 && time < end[position - 1]) return `the guard is busy with ${nameAt(position - 1)}`;
  if (position === trace.stepCount) return 'the guard is done';
  return strategy === 'blocking' ? `the guard waits at ${nameAt(position)}` : 'the guard watches the panel';
}

/**
 * What there is to see at a moment between two steps.
 *
 * @param {Trace} trace @param {Moment} moment @param {string} strategy 'blocking' or 'readiness'
 * @returns {[string, string]} what happens, and why nothing comes of it
 */
export function inWords(trace, moment, strategy) {
  const { rings } = moment;
  const guard = guardAt(trace, moment, strategy);
  if (!rings.length) return [`${inMs(moment.time)}:`, `${guard}.`];
  const what = `${namesOf(trace, rings)} ${rings.length > 1 ? 'ring' : 'rings'}`;
  return [`${inMs(moment.time)}: ${what}, and nobody looks:`, `${guard}.`];
}
