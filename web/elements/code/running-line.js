// @ts-check
import { HALTS } from '../player/halts.js';

/**
 * The line of a program whose code begins with a step: where the name of its statement is told. A statement that runs
 * several times tells its name in several places (an async function, behind each await), or in one (a loop).
 *
 * @param {import('../../core/doorbell.js').Trace} trace
 * @param {number[][]} places for each statement: see programWithPlaces in web/javascript/javascript.js
 * @param {number} position how many steps have been taken
 * @returns {number} from 0; -1 where no code of the program runs
 */
export function runningLine(trace, places, position) {
  if (position === 0) return -1;
  const { statement, isHop, queue } = trace.step(position - 1);
  if (isHop || HALTS.includes(queue)) return -1;
  let before = 0;
  for (let k = 0; k < position - 1; k++) {
    const step = trace.step(k);
    if (step.statement === statement && !step.isHop) before++;
  }
  const lines = places[statement];
  return lines.length ? lines[Math.min(before, lines.length - 1)] : -1;
}
