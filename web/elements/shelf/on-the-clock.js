// @ts-check
/**
 * What goes by the clock in the hallway, or comes to the guard and to no door (core/model/multiplexer/timer.h,
 * early.h): a timer is a clock behind a door; the timeout of his waits is an alarm clock of his own; and a signal taps
 * him on the shoulder.
 */
import { svg } from 'lit';
import { inMs } from '../player/labels.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */
/** @typedef {import('../../core/doorbell.js').Statement} Statement */
/** @typedef {import('../player/messages.js').Messages} Messages */

/** Is it no descriptor? These stand behind all others. @param {Statement} statement */
export const isApart = ({ kind }) => kind === 'timeout' || kind === 'signal';

/** What core/model/scenario/scenario.h says of a timer. */
const LEAVES_UNREAD = 2;

/**
 * A timer behind a door.
 *
 * @typedef {object} Timer
 * @property {number} part of its round that has passed
 * @property {boolean} unread it has expired, and its handler has not read it
 * @property {number} gave how often it had expired, as its last read said; 0 before the first
 */

/**
 * @param {Trace} trace @param {Messages} messages @param {number} socket @param {number} begun so many steps
 * @param {number} now
 * @returns {Timer | undefined}
 */
export function timerAt(trace, messages, socket, begun, now) {
  if (trace.statements[socket].kind !== 'timer') return undefined;
  const every = messages.ready[messages.first[socket]];
  const { statements, taken } = trace.tables;
  const timer = { part: (now / every) % 1, unread: false, gave: 0 };
  for (let k = 0; k < begun; k++) {
    if (trace.step(k).statement !== socket) continue;
    timer.gave = taken.bytes.at(k);
    if (!timer.gave && (statements.forever.at(socket) & LEAVES_UNREAD) !== 0) timer.unread = true; // it lies there
  }
  return timer.unread ? { ...timer, part: 0 } : timer;
}

/**
 * The guard's alarm clock.
 *
 * @typedef {{ passed: number, of: number, keeps: boolean, rings: boolean }} Alarm  so much of the timeout, in
 *   microseconds; `keeps`: he lets it go on over several waits
 */

/** @param {Trace} trace @param {Messages} messages @param {number} begun @param {number} now */
export function alarmAt(trace, { time, free, end }, begun, now) {
  const { timeout } = trace.tables;
  if (!timeout?.count) return undefined;
  const of = timeout.timeout_us.at(0);
  const is = (/** @type {number} */ k) => trace.statements[trace.step(k).statement].kind === 'timeout';
  const rings = begun > 0 && is(begun - 1) && now <= end[begun - 1];
  // He sets it anew for each wait; or once, when the housekeeping is done, and looks at it between.
  let from = begun ? (now > time[begun - 1] ? end[begun - 1] : free[begun - 1]) : 0;
  const keeps = timeout.keeps_time.at(0) === 1;
  if (keeps) {
    let k = rings ? begun - 1 : begun;
    while (k > 0 && !is(k - 1)) k--;
    from = k > 0 ? time[k - 1] : 0;
  }
  return { passed: Math.min(of, Math.max(0, now - from)), of, keeps, rings };
}

/** Whose signal taps the guard at this moment? @param {Trace} trace @param {number} k the step that it is in */
export function tapAt(trace, k) {
  const { name, payload, kind } = trace.statements[trace.step(k).statement];
  return kind === 'signal' ? { name, payload } : undefined;
}

/** Under the panel. @param {Alarm | undefined} alarm @param {ReturnType<typeof tapAt>} tap */
export function captionOf(alarm, tap) {
  if (tap) return `${tap.name} taps him`;
  if (!alarm) return undefined;
  return alarm.rings
    ? 'his alarm clock rings'
    : `alarm: ${inMs(alarm.passed).replace('\u00a0ms', '')} of ${inMs(alarm.of)}`;
}

/** @param {Alarm | undefined} alarm @param {ReturnType<typeof tapAt>} tap @param {string} house what he then does */
export function whereOf(alarm, tap, house) {
  const quoted = (/** @type {string} */ words) => (words ? ` (${words})` : '');
  if (tap) return `The signal ${tap.name}${quoted(tap.payload)} taps the guard on the shoulder`;
  return alarm?.rings ? `The guard’s alarm clock has rung, and he does his housekeeping${quoted(house)}` : undefined;
}

/** In a sentence. @param {Alarm | undefined} alarm */
export function toldOfAlarm(alarm) {
  if (!alarm || alarm.rings) return [];
  const { passed, of, keeps } = alarm;
  const anew = passed && !keeps ? '; for the next wait he sets it back' : '';
  return [`Of the ${inMs(of)} of the guard’s alarm clock ${inMs(passed)} have passed${anew}.`];
}

// ---- drawn ----------------------------------------------------------------------------------------------------------

/** A clock's face, with its hand. @param {number} r @param {number} part */
const face = (r, part) => svg`
  <circle class="face" r=${r} />
  <path class="hand" d="M0 0V${4 - r}" transform="rotate(${360 * part})" />`;

const BEAMS = 'M-17-13l-6-5M-20-5h-7M17-13l6-5M20-5h7';

/** In the door's window; or, when it is open, standing behind it. @param {Timer} timer @param {boolean} open */
export const drawTimer = ({ part, unread }, open) =>
  open
    ? svg`<g class="visitor" transform="translate(-6 -34)">
        <path class="hand" d="M-14 20l-8 14M14 20l8 14" />${face(26, part)}
      </g>`
    : svg`<g transform="translate(0 -98)">${face(18, part)}
        ${unread ? svg`<path class="beams" d=${BEAMS} transform="scale(1.4)" />` : ''}
      </g>`;

/** @param {Alarm} alarm @param {{ x: number, y: number }} at */
export const drawAlarm = ({ passed, of, rings }, { x, y }) => svg`
  <g class="alarm ${rings ? 'rings' : ''}" transform="translate(${x} ${y})">
    <path class="hand" d="M-7 9l-4 6M7 9l4 6M-12-6a7 7 0 0 1 7-7M12-6a7 7 0 0 0-7-7" />
    ${face(12, passed / of)}
    ${rings ? svg`<path class="beams" d=${BEAMS} />` : ''}
  </g>`;

/** A hand on his shoulder, from behind. @param {{ x: number, y: number, scale: number }} guard */
export const drawTap = ({ x, y, scale }) => svg`
  <g class="tap" transform="translate(${x} ${y}) scale(${scale})">
    <path class="arm" d="M54-104L32-76" />
    <path class="fingers" d="M36-82q-15-4-24 8q0 10 10 8q5 3 9-1q8-3 9-10z" />
    <path class="beams" d="M20-84l-2-9M28-88l4-8" />
  </g>`;
