// @ts-check
// The desk of lesson 5 at a moment between two steps: while a clock runs.
import { inMs } from '../player/labels.js';

/**
 * The desk of the step before, at a moment after it: who rings while the step's callback holds the thread has not rung
 * before his time.
 *
 * @param {import('../desk/desk-state.js').Desk} desk @param {number} now in microseconds
 * @returns {import('../desk/desk-state.js').Desk}
 */
export const deskAtMoment = (desk, now) => ({
  ...desk,
  now,
  free: now,
  end: Math.max(desk.end, now),
  bells: desk.bells.map((bell) =>
    bell.state === 'ringing' && bell.times[0] > now ? { ...bell, state: 'quiet' } : bell,
  ),
});

/**
 * What the loop is at.
 *
 * @param {import('../../core/doorbell.js').Trace} trace @param {number} position whose step is the last to have begun
 * @param {number} now in microseconds
 */
export function inWordsAtDesk(trace, position, now) {
  if (position > 0 && now < trace.step(position - 1).end) {
    const { statement, end } = trace.step(position - 1);
    return `${trace.statements[statement].name} holds the thread until ${inMs(end)}.`;
  }
  return position < trace.stepCount
    ? 'nothing is ready, and the loop sleeps.'
    : 'nothing is left, and the loop sleeps.';
}
