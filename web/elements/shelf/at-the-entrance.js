// @ts-check
/**
 * A listener in the hallway (core/model/multiplexer/listener.h): a door at which somebody new comes each time, and is
 * given a key of his own. The keys are descriptors; where they run out, those that are left hang beside the door.
 */
import { svg } from 'lit';
import { messagesOf, NEVER, pendingAt } from '../player/messages.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

/** What core/model/scenario/scenario.h says of a listener. */
const KEEPS_SPARE = 2;

/**
 * @typedef {object} Entrance
 * @property {number | undefined} keys that are left; undefined where they do not run out
 * @property {boolean} out no key is left, nor a spare one
 * @property {boolean} spare there is a spare one
 * @property {boolean} lost who comes next is never accepted
 */

/**
 * @param {Trace} trace @param {number} socket @param {number} begun so many steps
 * @returns {Entrance | undefined}
 */
export function entranceAt(trace, socket, begun) {
  if (trace.statements[socket].kind !== 'listener') return undefined;
  const { accepting, statements } = trace.tables;
  const messages = messagesOf(trace);
  const lost = messages.step[pendingAt(messages, socket, begun)] === NEVER;
  if (!accepting?.count) return { keys: undefined, out: false, spare: false, lost };
  const keys = accepting.left.at(Math.min(begun, accepting.count - 1));
  const spare = (statements.forever.at(socket) & KEEPS_SPARE) !== 0; // it lies there
  return { keys, out: keys === 0 && !spare, spare, lost };
}

/** Did the step turn away who came? @param {Trace} trace @param {number} k */
export const isTurnedAway = (trace, k) =>
  trace.tables.accepting?.count > 0 && trace.tables.accepting.left.at(k) === 0 && !trace.step(k).queue;

/** @param {number} keys */
const leftInWords = (keys) => (keys === 1 ? '1 key left' : `${keys || 'no'} keys left`);

/**
 * The words under its door.
 *
 * @param {import('../hallway/hallway-state.js').Door} door @param {Entrance} entrance
 * @param {string | undefined} errand that the guard has there @param {boolean} tells
 */
export function wordsAtEntrance({ open, caller }, { keys, out }, errand, tells) {
  if (errand === 'turns away') return ['turned away', 'away'];
  if (errand === 'is called for a key') return ['no key is left', 'no key'];
  if (open) return ['accepted'];
  if (out && caller) return tells ? ['lit, no key', 'no key'] : ['no key was left', 'no key'];
  return keys === undefined ? undefined : [leftInWords(keys), `${keys}`];
}

/**
 * What is to be told of it, in sentences.
 *
 * @param {import('../hallway/hallway-state.js').Door} door @param {Entrance} entrance @param {boolean} tells
 */
export function toldOfEntrance({ name, caller, open }, { keys, out, spare, lost }, tells) {
  const told = [`At door ${name} connections come, and each is given a key of its own.`];
  if (keys) told.push(`Of the keys, which are descriptors, ${keys} ${keys === 1 ? 'hangs' : 'hang'} there.`);
  if (keys === 0) told.push('No key is left: no descriptor.');
  if (spare) told.push('A spare one is kept apart.');
  if (out && caller && !open && tells) told.push(`At door ${name} the lamp stays lit, for there is no key to give.`);
  if (lost && caller && !open && !tells) told.push(`At door ${name} somebody waits, and nobody tells of it again.`);
  return told;
}

const SHOWN = 3; // keys that hang there at most; how many there are is in words

/** A board with hooks. @param {Entrance} entrance */
export const drawKeys = ({ keys, spare }) =>
  keys === undefined
    ? ''
    : svg`<path class="hooks" d="M-98-112h44v8h-44z" />
        ${Array.from({ length: Math.min(keys, SHOWN) }, (_, i) => drawKey(-90 + 14 * i, ''))}
        ${spare ? drawKey(-76, 'spare') : ''}`;

/** @param {number} x @param {string} kind */
const drawKey = (x, kind) => svg`
  <path class="key ${kind}" transform="translate(${x} ${kind ? -62 : -98})" d="M0-6v4M-5 3a5 5 0 1 0 10 0a5 5 0 1 0-10 0M0 8v16M0 18h6M0 23h5" />`;
