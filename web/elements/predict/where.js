// @ts-check
import { ms } from '../../core/time.js';
import { deskAt } from '../desk/desk-state.js';

/** @typedef {import('./predictions.js').Candidate} Candidate */

const PLACES = ['first', 'second', 'third'];

/** The tray in which a callback lies at a position, and its place there; '' if in none. */
function trayOf(/** @type {any} */ { trace, shownHost }, /** @type {number} */ position, /** @type {number} */ event) {
  const all = { look: '', bells: 0, cards: trace.eventCount, done: 0 };
  for (const { title, cards } of deskAt(trace, shownHost, position, all).trays) {
    const place = cards.findIndex((card) => card.place === `card ${event}`);
    if (place >= 0) return `${PLACES[place] ?? `number ${place + 1}`} in the tray ${title}`;
  }
  return '';
}

/**
 * Where an answer is seen now, in words: enough to predict from without the picture.
 *
 * @param {any} demo @param {Candidate} candidate
 */
export function whereIs(demo, { statement, event, ready }) {
  const { trace, position } = demo;
  if (!('host' in demo)) {
    const { takes } = trace.statements[statement];
    const slow = takes ? `, takes ${ms(takes)} ms` : '';
    return `door ${statement + 1}, message at ${ms(ready)} ms${slow}`;
  }
  const free = position ? trace.step(position - 1).end : 0;
  const rings = ready <= free && position ? 'rang' : 'rings';
  return trayOf(demo, position, event) || `${trace.statements[statement].kind}, ${rings} at ${ms(ready)} ms`;
}

/**
 * Why a wrong answer did not come, in words: that its time was later, or that others lay before it. Else it is for the
 * reason to say.
 *
 * @param {any} demo @param {number} step  that answered the question @param {Candidate} candidate
 */
export function whyNot(demo, step, { event, ready }) {
  const { trace } = demo;
  const { time, ready: own } = trace.step(step);
  if ('host' in demo) {
    const tray = trayOf(demo, step, event);
    if (tray) return `it is ${tray}`;
    return ready > time ? `it rings at ${ms(ready)} ms` : '';
  }
  if (demo.strategy === 'blocking' || ready === own) return '';
  if (ready > time) return `its next message comes at ${ms(ready)} ms`;
  return demo.strategy === 'readiness' ? `it has been ready only since ${ms(ready)} ms` : '';
}
