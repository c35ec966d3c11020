// @ts-check
import loadProblems from 'later:problem.wasm';
import loadTraffic from 'later:traffic.wasm';
import { moreMessages } from '../elements/player/more-messages.js';
import { loadAdvice } from './advice.js';
import { ScenarioError } from './doorbell.js';
import { unpack } from './in-page.js';

/** What has advice for whoever writes a scenario; it comes when it is first asked for. */
export const advice = loadProblems().then(unpack).then(loadAdvice);

/**
 * Helps a demo with a scenario that its core does not run: with the words for what is wrong; or, where nothing is wrong
 * but that the demo's own module is small, with the whole one. Else the mistake is its author's, who finds the editor.
 *
 * @param {any} demo @param {any} error @param {() => void} again has another try
 */
export async function help(demo, error, again) {
  const { doorbell } = demo;
  if (!(error instanceof ScenarioError)) return;
  if (!doorbell.hasWords) doorbell.learn(await advice);
  else if (error.problems.some(({ isElsewhere }) => isElsewhere)) await grow(doorbell);
  else {
    if (demo.error === error) demo.editing = true;
    return;
  }
  again();
}

/** From now on lesson 4's core runs all that the command does. @param {import('./doorbell.js').Doorbell} doorbell */
export async function grow(doorbell) {
  doorbell.grow(await WebAssembly.compile(await unpack(await loadTraffic())), moreMessages);
}
