// @ts-check
// When each way of serving answers a ring: read from the traces of both.

/** @typedef {import('../../core/doorbell.js').Doorbell} Doorbell */
/** @typedef {{ name: string, ready: number }} Ring  at whose door, and when, in microseconds */

const MODES = { blocking: 'Blocking', readiness: 'Readiness' };

/**
 * When the messages of a text are answered, by whose they are and when they come.
 *
 * @param {Doorbell} doorbell @param {string} text @param {string} mode
 */
function timesOf(doorbell, text, mode) {
  const trace = doorbell.multiplex(text, mode);
  const times = new Map();
  for (let k = 0; k < trace.stepCount; k++) {
    const { statement, ready, time } = trace.step(k);
    times.set(`${trace.statements[statement].name} ${ready}`, time);
  }
  doorbell.recycle(trace);
  return times;
}

/**
 * The last text, and what came of it: it is asked at every frame.
 *
 * @type {{ text: string, answers: Answers } | undefined}
 */
let known;

/** @typedef {{ mode: string, answer: (ring: Ring) => number | undefined }[]} Answers */

/**
 * When a ring is answered, in both ways; undefined for one that the text does not have.
 *
 * @param {Doorbell} doorbell @param {string} text
 * @returns {Answers}
 */
export function answersOf(doorbell, text) {
  if (known?.text === text) return known.answers;
  const answers = Object.entries(MODES).map(([mode, title]) => {
    const times = timesOf(doorbell, text, mode);
    return { mode: title, answer: (/** @type {Ring} */ { name, ready }) => times.get(`${name} ${ready}`) };
  });
  known = { text, answers };
  return answers;
}

/** Has an answer come by now? Until then nobody tells it. @param {number} at @param {number} now */
export const isTold = (at, now) => at <= now;
