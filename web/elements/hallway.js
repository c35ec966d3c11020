// @ts-check
import { html, nothing, svg } from 'lit';
import { ms } from '../model/time.js';
import { drawDoor, drawGuard, drawPanel, panelRows } from './hallway-figures.js';
import { hatch } from './lamp.js';
import { messagesOf, pageAt, pendingAt, timeAt } from './messages.js';

/** @typedef {'done' | 'quiet' | 'ready' | 'late' | 'handling'} DoorState */

/** What a door can be in, from the least to the most urgent. @type {DoorState[]} */
const STATES = ['done', 'quiet', 'ready', 'late', 'handling'];

const DOORS = 8; // as many as are drawn; of more, the page with the current one
const PANEL_CELLS = 160; // as many lamps as the panel draws; of more doors, one lamp stands for several

/**
 * @typedef {object} Door
 * @property {string} name
 * @property {string} payload of the message at the door; '' when none is
 * @property {DoorState} state  done: nothing more will come. quiet: nothing has come. ready: rings since this very
 *   moment. late: has been ringing, and the guard is elsewhere. handling: the guard opened, and takes the message.
 * @property {boolean} open
 * @property {number} waited how long the caller has been ringing, in microseconds
 */

/**
 * @typedef {object} HallwayState
 * @property {string} strategy
 * @property {number} position
 * @property {number} now   in microseconds
 * @property {number} end   of the whole run, in microseconds
 * @property {number} first which socket the first door is
 * @property {Door[]} doors at most eight
 * @property {number} guard the socket whose door he stands at; -1 when he watches the panel
 * @property {number} count of all sockets
 * @property {Record<DoorState, number>} counts how many sockets are in each state, those without a drawn door too
 * @property {DoorState[]} cells the panel's lamps: each the most urgent state of the doors that it stands for
 */

/**
 * What stands where at a position.
 *
 * @param {*} trace
 * @param {number} position how many steps have been taken
 * @param {string} strategy 'blocking' or 'readiness'
 * @returns {HallwayState}
 */
export function hallwayAt(trace, position, strategy) {
  const messages = messagesOf(trace);
  const now = timeAt(trace, position);
  const count = trace.statements.length;
  const atEnd = position >= trace.stepCount;
  // Before the first step a blocking guard has already made up his mind where to stand; the other watches the panel.
  const current = position > 0 ? position - 1 : strategy === 'blocking' && trace.stepCount ? 0 : -1;
  const guard = current < 0 ? -1 : trace.step(current).statement;

  const stateOf = (socket) => {
    if (socket === guard && position > 0 && !atEnd) return 4;
    const pending = pendingAt(messages, socket, position);
    if (pending === messages.first[socket + 1]) return 0;
    const ready = messages.ready[messages.steps[pending]];
    return ready > now ? 1 : ready === now ? 2 : 3;
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

  const first = count > DOORS ? pageAt(trace, position, DOORS) : 0;
  const doors = trace.statements.slice(first, first + DOORS).map(({ name, payload }, i) => {
    const socket = first + i;
    const state = STATES[stateOf(socket)];
    const open = socket === guard && position > 0;
    const step = open ? current : messages.steps[pendingAt(messages, socket, position)];
    const rings = open || state === 'ready' || state === 'late';
    return {
      name,
      payload: rings ? payload : '',
      state,
      open,
      waited: rings ? (open ? messages.time[step] : now) - messages.ready[step] : 0,
    };
  });

  return {
    strategy,
    position,
    now,
    end: trace.totals.end,
    first,
    doors,
    guard,
    count,
    counts,
    cells: cells.map((cell) => STATES[cell]),
  };
}

/** The state in words, for those who do not see the picture. */
function describe(state) {
  const { doors, guard, first, now, count, counts, position, strategy } = state;
  const names = (list) => list.join(', ').replace(/, ([^,]*)$/, ' and $1');
  const ringing = doors.filter((door) => !door.open && (door.state === 'ready' || door.state === 'late'));
  const told = ringing.map((door) => `${door.name} for ${ms(door.waited)} ms`);
  const untold = counts.ready + counts.late - ringing.length;
  if (untold > 0) told.push(`${untold} more`);
  const at = doors[guard - first]?.name;
  const where =
    guard < 0
      ? 'The guard watches the panel of lamps'
      : position === 0
        ? `The guard stands at door ${at}`
        : `The guard is at door ${at} and takes its message`;
  return [
    `A hallway of ${count} ${count === 1 ? 'door' : 'doors'}, ${strategy}, at ${ms(now)} ms.`,
    `${where}.`,
    told.length ? `Ringing: ${names(told)}.` : 'Nobody else rings.',
    counts.done === count && count ? 'All messages are handled.' : '',
  ].join(' ');
}

const LABELS = 54; // the height of the floor, where the words under the doors stand

/** Where everything stands in a picture `width` wide: the panel beside the doors, or above them when that is tight. */
function layOut(width, doors) {
  const W = Math.min(960, Math.max(288, width));
  const count = doors.length || 1;
  const side = (W - 216) / count >= 130;
  const left = side ? 216 : 0;
  const panel = side ? { x: 20, y: 104, w: 140 } : { x: 12, y: 12, w: Math.min(W - 108, Math.max(180, count * 64)) };
  const rows = side || W / count >= 70 ? 1 : 2;
  const perRow = Math.ceil(count / rows);
  const col = (W - left) / perRow;
  const scale = Math.min(1.15, Math.max(0.64, col / 140));
  const top = side ? 40 : panel.y + panelRows(doors, panel.w) + 44;
  const rowHeight = Math.round(204 * scale) + 8 + LABELS;
  const floor = (row) => top + (row + 1) * rowHeight - LABELS;
  return {
    W,
    H: floor(rows - 1) + LABELS,
    side,
    floors: Array.from({ length: rows }, (_, row) => floor(row)),
    top,
    col,
    scale,
    panel,
    door: (i) => ({ x: left + ((i % perRow) + 0.5) * col, y: floor(Math.floor(i / perRow)) }),
    // The guard's own place: to the right of the panel, looking at it.
    rest: side ? { x: 186, y: floor(0) } : { x: panel.x + panel.w + 42, y: top - 12 },
    clock: side ? { x: 36, y: 56 } : { x: W - 84, y: 28 },
  };
}
