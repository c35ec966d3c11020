// @ts-check
import { inMs } from '../player/labels.js';

/** @typedef {import('../hallway/hallway-state.js').HallwayState} HallwayState */

/** Where the guard is. @param {HallwayState} state */
const placeOf = ({ guard, first, doors }) => (guard < 0 ? 'the panel' : `door ${doors[guard - first]?.name}`);

/**
 * What became otherwise in the hallway while time went on: who rang, who has been served, where the guard went.
 *
 * @param {HallwayState} before @param {HallwayState} after of the same run
 */
export function hallwayChanges(before, after) {
  const isSamePage = before.first === after.first;
  const sentences = [];
  if (after.now > before.now) sentences.push(`The clock went from ${inMs(before.now)} to ${inMs(after.now)}.`);
  if (isSamePage) {
    before.doors.forEach(({ name, comes }) => {
      if (comes <= after.now) sentences.push(`${name} rang at ${inMs(comes)}.`);
    });
  }
  const [from, to] = [before, after].map(placeOf);
  if (from !== to) sentences.push(`The guard went from ${from} to ${to}.`);
  if (after.busy && after.counts.handling) {
    const { name, kind, payload, waited } = after.doors[after.guard - after.first];
    const what = payload ? `“${payload}”` : kind === 'socket' ? 'its message' : 'what came';
    const which = waited ? `waited ${inMs(waited)}` : 'did not wait';
    sentences.push(after.where ? `${after.where}.` : `He opened door ${name}, and takes ${what}, which ${which}.`);
  }
  if (isSamePage) {
    after.doors.forEach(({ name, state }, i) => {
      if (state === 'done' && before.doors[i].state !== 'done') sentences.push(`Nothing more comes to door ${name}.`);
    });
  }
  return sentences;
}
