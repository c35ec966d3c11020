// @ts-check
import loadProblems from 'later:problem.wasm';
import loadTraffic from 'later:traffic.wasm';
import { loadAdvice } from './advice.js';
import { unpack } from './in-page.js';

/** What has advice for whoever writes a scenario; it comes when it is first asked for. */
export const advice = loadProblems().then(unpack).then(loadAdvice);

/**
 * Helps a core with a scenario that it does not run: with the words for what is wrong; or, where nothing is wrong but
 * that the demo's own module is small, with the whole one.
 *
 * @param {import('./doorbell.js').Doorbell | undefined} doorbell @param {import('./doorbell.js').ScenarioError} error
 * @returns {Promise<boolean>} whether another run comes further
 */
export async function help(doorbell, { problems }) {
  if (!doorbell) return false;
  if (!doorbell.hasWords) doorbell.learn(await advice);
  else if (problems.some(({ isElsewhere }) => isElsewhere)) await grow(doorbell);
  else return false;
  return true;
}

/** From now on lesson 4's core runs all that the command does. @param {import('./doorbell.js').Doorbell} doorbell */
export async function grow(doorbell) {
  doorbell.grow(await WebAssembly.compile(await unpack(await loadTraffic())));
}
