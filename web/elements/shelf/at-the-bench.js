// @ts-check
/**
 * A worker in the hallway (core/model/multiplexer/worker.h): behind its door somebody does what the guard hands over,
 * piece after piece, and comes to the door when one is done. It may be several, with a piece each.
 */
import { svg } from 'lit';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

/** What core/model/scenario/scenario.h says of a socket whose handler hands its work over. */
const HANDS_OVER = 1;

/** Does the step hand its work over? @param {Trace} trace @param {number} k */
export function isHandedOver(trace, k) {
  const { statement, event, parent, queue } = trace.step(k);
  const { statements, taken } = trace.tables;
  const hands = (statements.forever.at(statement) & HANDS_OVER) !== 0; // it lies there
  const isMessage = parent === null && !queue && event < trace.eventCount;
  return hands && isMessage && !taken.missing.at(k);
}

/**
 * @typedef {object} Bench
 * @property {number} pieces that are being done, or wait to be; of one that is not read nobody says it
 * @property {number} threads how many do them
 * @property {number} gave how many were done, as the last read said; 0 before the first
 * @property {boolean} unread something is done, and the handler has not read it
 */

/**
 * @param {Trace} trace @param {import('../player/messages.js').Messages} messages @param {number} socket
 * @param {number} begun so many steps @param {number} now
 * @returns {Bench | undefined}
 */
export function benchAt(trace, { first, ready }, socket, begun, now) {
  if (trace.statements[socket].kind !== 'worker') return undefined;
  const bench = { pieces: 0, threads: trace.tables.statements.with.at(socket), gave: 0, unread: false };
  for (let k = 0; k < begun; k++) {
    if (isHandedOver(trace, k)) bench.pieces++;
    if (trace.step(k).statement !== socket) continue;
    bench.gave = trace.tables.taken.bytes.at(k);
    bench.unread = bench.gave === 0;
  }
  for (let m = first[socket]; m < first[socket + 1]; m++) if (ready[m] <= now) bench.pieces--;
  return bench;
}

/**
 * The words under its door.
 *
 * @param {{ open: boolean, caller: boolean }} door @param {Bench} bench @param {boolean} tells
 */
export function wordsAtBench({ open, caller }, { pieces, threads, gave, unread }, tells) {
  if (unread) return tells && !open ? ['lit, not read', 'unread'] : ['not read', 'unread'];
  if (open) return gave === 1 ? ['one is done'] : [`${gave} are done`];
  if (caller || !pieces) return undefined;
  const at = threads > 1 ? `${Math.min(pieces, threads)} at work` : 'at work';
  const more = pieces - threads;
  return more > 0 ? [`${at}, ${more} ${more === 1 ? 'waits' : 'wait'}`, at] : [at];
}

/** What is to be told of it, in sentences. @param {{ name: string }} door @param {Bench} bench */
export function toldOfBench({ name }, { pieces, threads, unread }) {
  if (unread) return [`At door ${name} the lamp stays lit, for nobody reads what is done.`];
  const more = pieces - threads;
  const waiting = more > 0 ? `, and ${more} more ${more === 1 ? 'piece waits' : 'pieces wait'}` : '';
  const working = pieces > 1 && threads > 1 ? `${Math.min(pieces, threads)} are` : 'somebody is';
  return pieces > 0 ? [`Behind door ${name} ${working} at work${waiting}.`] : [];
}

/** A hammer, in the door's window. @param {Bench} bench @param {boolean} open */
export const drawBench = ({ pieces, unread }, open) =>
  open || (!pieces && !unread)
    ? ''
    : svg`<g class="bench" transform="translate(0 -98)">
        <path class="hand" d="M-13 13L5-5M-2-12L12 2M-22 20H22" />
        ${unread ? svg`<path class="beams" d="M-22-16l-8-8M22-16l8-8M0-24v-9" />` : ''}
      </g>`;
