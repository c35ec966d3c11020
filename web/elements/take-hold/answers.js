// @ts-check
// When each way of running a scenario answers a ring: read from the traces of all of them.
import { HALTS } from '../player/halts.js';
import { inMs } from '../player/labels.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */
/** @typedef {{ name: string, ready: number }} Ring  whose it is, and when it comes, in microseconds */
/** @typedef {Map<string, number>} Times  when each ring is answered */
/** @typedef {Record<string, (text: string) => Times>} Ways  each throws where it cannot run the text */
/** @typedef {{ way: string, answer?: (ring: Ring) => number | undefined }[]} Answers  none of a way that cannot run */

/**
 * When the sources of a run are answered, by whose they are and when they ring. The trace is of no use after it.
 *
 * @param {import('../../core/doorbell.js').Doorbell} doorbell @param {Trace} trace @returns {Times}
 */
export function timesOf(doorbell, trace) {
  const times = new Map();
  for (let k = 0; k < trace.stepCount; k++) {
    const { statement, ready, time, parent, queue } = trace.step(k);
    if (parent !== null || HALTS.includes(queue)) continue;
    times.set(`${trace.statements[statement].name} ${ready}`, time);
  }
  doorbell.recycle(trace);
  return times;
}

/**
 * The last text, and what came of it: it is asked at every frame.
 *
 * @type {{ ways: Ways, text: string, answers: Answers } | undefined}
 */
let known;

/**
 * When a ring is answered, in every way; undefined for one that the text does not have.
 *
 * @param {Ways} ways @param {string} text
 * @returns {Answers}
 */
export function answersOf(ways, text) {
  if (known?.text === text && known.ways === ways) return known.answers;
  const answers = Object.entries(ways).map(([way, run]) => {
    try {
      const times = run(text);
      return { way, answer: (/** @type {Ring} */ { name, ready }) => times.get(`${name} ${ready}`) };
    } catch {
      return { way };
    }
  });
  known = { ways, text, answers };
  return answers;
}

/**
 * What is told of a ring by now: nobody tells an answer before it has come.
 *
 * @param {Answers} answers @param {Ring} ring @param {number} now
 */
export function toldOf(answers, ring, now) {
  return answers.flatMap(({ way, answer }) => {
    if (!answer) return `${way} cannot run this.`;
    const at = answer(ring);
    if (at === undefined) return [];
    return at <= now ? `${way}: answered at ${inMs(at)}, after ${inMs(at - ring.ready)}.` : `${way}: not yet.`;
  });
}
