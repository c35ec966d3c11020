// @ts-check
/**
 * A run as plain data, for a worker to post and for views to read: the trace (../host/trace.js) written out.
 *
 * @typedef {import('../host/trace.js').Line} Line
 * @typedef {import('../lower/lower.js').Place} Place
 * @typedef {import('../lower/lower.js').FunctionRange} FunctionRange
 *
 * @typedef {import('../host/trace.js').Step} Step
 * @typedef {import('../host/trace.js').Event} Event
 *
 * @typedef {object} Recording
 * @property {'browser' | 'node'} host
 * @property {Step[]} steps
 * @property {Event[]} events
 * @property {Int32Array} words
 * @property {Place[]} places
 * @property {FunctionRange[]} functions
 * @property {import('../host/promises.js').PromiseStory[]} promises
 * @property {Line[]} console
 * @property {number} status
 * @property {string} limit why it was broken off; '' when it was not
 */
import { LIMIT_WORDS } from '../host/limits.js';

/** @param {import('../host/trace.js').Run} run @param {'browser' | 'node'} host @returns {Recording} */
export function recordingOf({ trace, console, status, limit }, host) {
  const { words, places, functions, stepCount, eventCount } = trace;
  const steps = Array.from({ length: stepCount }, (_, k) => trace.step(k));
  const events = Array.from({ length: eventCount }, (_, i) => trace.event(i));
  const promises = trace.promises.stories(trace.values);
  const why = limit ? LIMIT_WORDS[limit] : '';
  return { host, steps, events, words, places, functions, promises, console, status, limit: why };
}
