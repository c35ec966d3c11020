// @ts-check
/** @typedef {{ stepCount: number, step: (k: number) => { time: number } }} Steps */

/**
 * How many steps of another run have begun when so many of this one have: all that began before this moment, and of
 * those at this very moment as many as here. At the end of this run, all.
 *
 * @param {Steps} other @param {Steps} own @param {number} position
 */
export function positionBeside(other, own, position) {
  if (position === own.stepCount) return other.stepCount;
  if (position === 0) return 0;
  const { time } = own.step(position - 1);
  let same = 0;
  while (same < position && own.step(position - 1 - same).time === time) same++;
  let begun = 0;
  while (begun < other.stepCount && other.step(begun).time < time) begun++;
  while (same > 0 && begun < other.stepCount && other.step(begun).time === time) {
    begun++;
    same--;
  }
  return begun;
}
