// @ts-check
import { HALTS } from '../player/halts.js';

/**
 * What a learner wrote down, beside what came.
 *
 * @typedef {{ name: string, time: number, guess: string, isRight: boolean, reason: string }} Line  of an order: a step
 */

/** @typedef {import('../../core/doorbell.js').Trace} Trace */
/** @typedef {import('../../lessons/exercises.js').Exercise} Exercise */

/** What ran, in order. @param {Trace} trace */
const stepsOf = (trace) =>
  Array.from({ length: trace.stepCount }, (_, k) => trace.step(k)).filter(
    ({ isHop, queue }) => !isHop && !HALTS.includes(queue),
  );

/** An order, line by line. @param {Trace} trace @param {string[]} guesses @returns {Line[]} */
export function compareOrder(trace, guesses) {
  return stepsOf(trace).map(({ statement, time, reason }, i) => {
    const { name } = trace.statements[statement];
    return { name, time, guess: guesses[i] ?? '', isRight: guesses[i] === name, reason };
  });
}

/**
 * A time, or how long something has waited, in microseconds.
 *
 * @param {Trace} trace @param {NonNullable<Exercise['at']>} at @param {number} guess in milliseconds
 */
export function compareTime(trace, { name, what }, guess) {
  const step = stepsOf(trace).find(({ statement }) => trace.statements[statement].name === name);
  if (!step) throw new Error(`${name} never comes`);
  return { time: step.time, us: step[what], isRight: Math.round(guess * 1000) === step[what], reason: step.reason };
}
