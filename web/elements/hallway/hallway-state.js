// @ts-check
/**
 * hallwayAt(trace, position, strategy) -> what stands where in the hallway of lesson 4, after so many steps.
 */
import { begunBy, messagesOf, PAGE, pageAt, pendingAt, timeAt } from '../player/messages.js';

/** @typedef {'done' | 'quiet' | 'ready' | 'late' | 'handling'} DoorState */

/** What a door can be in, from the least to the most urgent. @type {DoorState[]} */
const STATES = ['done', 'quiet', 'ready', 'late', 'handling'];

const PANEL_CELLS = 160; // as many lamps as the panel draws; of more doors, one lamp stands for several

/**
 * @typedef {object} Door
 * @property {string} name
 * @property {string} kind   of what is behind it: a socket has messages, a listener connections
 * @property {string} payload of the message at the door; '' when none is
 * @property {DoorState} state  done: nothing more will come. quiet: nothing has come. ready: rings since this very
 *   moment. late: has been ringing, and the guard is elsewhere. handling: the guard opened, and takes the message.
 * @property {boolean} open
 * @property {boolean} caller somebody is behind it
 * @property {number} waited how long the caller has been ringing, in microseconds
 * @property {string[]} [words] that stand under it, if they are none of the usual ones
 * @property {number} comes when the next message will come, in microseconds; Infinity if none will
 */

/**
 * @typedef {object} HallwayState
 * @property {string} strategy
 * @property {number} walk  tells where he stands now from where he stood before
 * @property {boolean} busy the guard has opened a door; otherwise he waits
 * @property {number} now   in microseconds
 * @property {number} end   of the whole run, in microseconds
 * @property {number} first which socket the first door is
 * @property {Door[]} doors at most eight
 * @property {number} guard the socket whose door he stands at; -1 when he watches the panel
 * @property {number} count of all sockets
 * @property {Record<DoorState, number>} counts how many sockets are in each state, those without a drawn door too
 * @property {string} [where] the guard is, in words, where he is not where he seems
 * @property {string} [caption] under the panel, if it is none of the usual ones
 * @property {string[]} [more] what else there is, in words,
 * @property {(door: any, at: { x: number, y: number }, size: { scale: number, col: number }) => unknown} [draw]
 *   and drawn at a door: see shelf/on-shelf.js
 * @property {DoorState[]} cells the panel's lamps: each the most urgent state of the doors that it stands for
 */

/**
 * What stands where at a position, or at a moment on the way to it, while time passes until its step begins.
 *
 * @param {import('../player/messages.js').Trace} trace
 * @param {number} position how many steps have been taken
 * @param {string} strategy 'blocking' or 'readiness'
 * @param {number} [now] a moment between the position before and this one
 * @returns {HallwayState}
 */
export function hallwayAt(trace, position, strategy, now = timeAt(trace, position)) {
  const messages = messagesOf(trace);
  const { end } = trace;
  const count = trace.statements.length;
  const passing = now < timeAt(trace, position);
  const begun = passing && now < messages.time[position - 1] ? position - 1 : position;
  const busy = begun > 0 && (begun === position || now < messages.end[begun - 1]);
  const atEnd = begun >= trace.stepCount && !passing;
  // A blocking guard has made up his mind where to wait; the other watches the panel.
  const waitsFor = strategy === 'blocking' && begun < trace.stepCount ? begun : -1;
  const current = busy ? begun - 1 : waitsFor;
  const guard = current < 0 ? -1 : trace.step(current).statement;
  // Who has come on the way is seen lit for a moment before it is late.
  const since = passing ? timeAt(trace, position - 1) : Infinity;

  /** @param {number} socket @returns {number} an index in STATES */
  const stateOf = (socket) => {
    if (socket === guard && busy && !atEnd) return 4;
    const pending = pendingAt(messages, socket, begun);
    if (pending === messages.first[socket + 1]) return 0;
    const ready = messages.ready[pending];
    if (ready > now) return 1;
    return ready === now || (ready > since && now - ready < end / 8) ? 2 : 3;
  };

  const counts = { done: 0, quiet: 0, ready: 0, late: 0, handling: 0 };
  const perCell = Math.max(1, Math.ceil(count / PANEL_CELLS));
  const cells = new Array(Math.ceil(count / perCell)).fill(0);
  for (let socket = 0; socket < count; socket++) {
    const state = stateOf(socket);
    counts[STATES[state]]++;
    const cell = Math.floor(socket / perCell);
    cells[cell] = Math.max(cells[cell], state);
  }

  const first = count > PAGE ? pageAt(trace, position) : 0;
  const doors = trace.statements.slice(first, first + PAGE).map(({ name, kind, payload }, i) => {
    const socket = first + i;
    const state = STATES[stateOf(socket)];
    const open = socket === guard && busy;
    const message = pendingAt(messages, socket, open ? current : begun);
    const times = messages.ready.subarray(messages.first[socket], messages.first[socket + 1]);
    const caller = open || state === 'ready' || state === 'late';
    const speaks = caller && trace.events(message).parent === null; // the end of a connection says nothing
    return {
      name,
      kind,
      payload: speaks ? payload : '',
      state,
      open,
      caller,
      comes: times[begunBy(times, now)] ?? Infinity,
      waited: caller ? (open ? messages.time[current] : now) - messages.ready[message] : 0,
    };
  });

  return {
    strategy,
    walk: current < 0 ? 2 : current % 2,
    busy,
    now,
    end,
    first,
    doors,
    guard,
    count,
    counts,
    cells: cells.map((cell) => STATES[cell]),
  };
}
