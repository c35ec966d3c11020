// @ts-check
// What became otherwise in a scene, and what can be done there now, in sentences: what both lessons have in common.
import { inMs } from '../player/labels.js';
import { questionInWords } from '../predict/predictions.js';

/**
 * A scene as it stood when the picture had arrived.
 *
 * @template State
 * @typedef {{ trace: unknown, text: string, position: number, moment?: number, state: State & { now: number } }} View
 *   `moment`: of one between two steps, when it is
 */

/**
 * What became otherwise since it was told last; nothing of a scene that is the first one.
 *
 * @template State
 * @param {View<State> | undefined} before @param {View<State>} after
 * @param {(before: State & { now: number }, after: State & { now: number }) => string[]} changes while time goes on
 * @returns {string[]}
 */
export function changed(before, after, changes) {
  if (!before) return [];
  if (before.text !== after.text) return ['The scenario is another one now.'];
  if (before.trace !== after.trace) return ['The same scenario is run another way now.'];
  const { position, state } = after;
  if (position < before.position || state.now < before.state.now) {
    return [position || state.now ? `Back at step ${position}, at ${inMs(state.now)}.` : 'Back at the start.'];
  }
  const sentences = changes(before.state, state);
  const moved = position !== before.position || state.now !== before.state.now;
  return moved && !sentences.length ? ['Nothing is seen to change.'] : sentences;
}

/**
 * What can be done now.
 *
 * @param {object} demo what it is at
 * @param {number} demo.position
 * @param {number} demo.count of the steps
 * @param {{ name: string, where: string }[]} demo.answers to the question what comes next; none where nothing is asked
 * @param {string[]} demo.others the other ways in which the scenario can be run
 * @returns {string[]}
 */
export function doable({ position, count, answers, others }) {
  const other = others.length ? `${others.join(' or ')} runs the same scenario another way: choose it above.` : '';
  if (!count) return ['There is no step to take: edit the scenario.', other].filter(Boolean);
  return [
    answers.length ? questionInWords(answers) : '',
    position < count ? 'Take the next step: Step, or the right arrow key. Run it to the end: Run, or Space.' : '',
    position === count ? 'All steps are taken.' : '',
    position ? 'Go back by a step: Back, or the left arrow key. Begin again: Reset, or Home.' : '',
    'Change when something comes and what it takes: Change by hand, or the text.',
    other,
  ].filter(Boolean);
}
