// @ts-check
import { ms } from '../../core/time.js';
import { deskAt } from '../desk/desk-state.js';

const PLACES = ['first', 'second', 'third'];

/**
 * Where an answer is seen now, in words: enough to predict from without the picture.
 *
 * @param {any} demo @param {import('./predictions.js').Candidate} candidate
 */
export function whereIs(demo, { statement, event, ready }) {
  const { trace, position } = demo;
  if (!('host' in demo)) {
    const { takes } = trace.statements[statement];
    const slow = takes ? `, takes ${ms(takes)} ms` : '';
    return `door ${statement + 1}, message at ${ms(ready)} ms${slow}`;
  }
  const all = { look: '', bells: 0, cards: trace.eventCount, done: 0 };
  for (const { title, cards } of deskAt(trace, demo.shownHost, position, all).trays) {
    const place = cards.findIndex((card) => card.place === `card ${event}`);
    if (place >= 0) return `${PLACES[place] ?? `number ${place + 1}`} in the tray ${title}`;
  }
  const free = position ? trace.step(position - 1).end : 0;
  return `${trace.statements[statement].kind}, ${ready <= free && position ? 'rang' : 'rings'} at ${ms(ready)} ms`;
}
