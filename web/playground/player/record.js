// @ts-check
/**
 * A run as plain data, for a worker to post and for views to read: the trace (../host/trace.js) written out.
 *
 * @typedef {import('../host/run.js').Line} Line
 * @typedef {import('../lower/lower.js').Place} Place
 * @typedef {import('../lower/lower.js').FunctionRange} FunctionRange
 *
 * @typedef {object} Step  a callback; the last one may be none, but say why the run ended
 * @property {number} event what ran
 * @property {number} time when it began, in microseconds
 * @property {string} queue
 * @property {boolean} guaranteed
 * @property {number} begin how many words there were then
 * @property {number} end and when it was over
 * @property {string} reason
 *
 * @typedef {object} Event  what was asked for
 * @property {string} name
 * @property {string} kind
 * @property {number} ready in microseconds
 * @property {number | null} parent the step that asked for it
 * @property {number} place where in the program
 * @property {number} at how many words there were when it was asked for
 * @property {number | null} step that it became
 *
 * @typedef {object} Recording
 * @property {'browser' | 'node'} host
 * @property {Step[]} steps
 * @property {Event[]} events
 * @property {Int32Array} words
 * @property {Place[]} places
 * @property {FunctionRange[]} functions
 * @property {Line[]} console
 * @property {number} status
 * @property {string} limit why it was broken off; '' when it was not
 */
import { LIMIT_WORDS } from '../host/limits.js';

/** @param {import('../host/run.js').Run} run @param {'browser' | 'node'} host @returns {Recording} */
export function recordingOf({ trace, console, status, limit }, host) {
  const { words, places, functions, stepCount, eventCount } = trace;
  const steps = Array.from({ length: stepCount }, (_, k) => {
    const { event, time, queue, guaranteed, begin, end, reason } = trace.step(k);
    return { event, time, queue, guaranteed, begin, end, reason };
  });
  const events = Array.from({ length: eventCount }, (_, i) => trace.event(i));
  return { host, steps, events, words, places, functions, console, status, limit: limit ? LIMIT_WORDS[limit] : '' };
}
