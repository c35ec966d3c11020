// @ts-check
import { html, nothing, svg } from 'lit';
import { drawClock, drawDoor, drawGuard, drawPanel, drawWindow, panelHeight } from './hallway-figures.js';
import { inMs, number } from '../player/labels.js';
import { hatch } from '../player/lamp.js';
import { begunBy, messagesOf, PAGE, pageAt, pendingAt, timeAt } from '../player/messages.js';

/** @typedef {'done' | 'quiet' | 'ready' | 'late' | 'handling'} DoorState */

/** What a door can be in, from the least to the most urgent. @type {DoorState[]} */
const STATES = ['done', 'quiet', 'ready', 'late', 'handling'];

const PANEL_CELLS = 160; // as many lamps as the panel draws; of more doors, one lamp stands for several

/**
 * @typedef {object} Door
 * @property {string} name
 * @property {string} payload of the message at the door; '' when none is
 * @property {DoorState} state  done: nothing more will come. quiet: nothing has come. ready: rings since this very
 *   moment. late: has been ringing, and the guard is elsewhere. handling: the guard opened, and takes the message.
 * @property {boolean} open
 * @property {boolean} caller somebody is behind it
 * @property {number} waited how long the caller has been ringing, in microseconds
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
  const doors = trace.statements.slice(first, first + PAGE).map(({ name, payload }, i) => {
    const socket = first + i;
    const state = STATES[stateOf(socket)];
    const open = socket === guard && busy;
    const message = pendingAt(messages, socket, open ? current : begun);
    const times = messages.ready.subarray(messages.first[socket], messages.first[socket + 1]);
    const caller = open || state === 'ready' || state === 'late';
    const speaks = caller && trace.events(message).parent === null; // the end of a connection says nothing
    return {
      name,
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

/** The state in words, for those who do not see the picture. @param {HallwayState} state */
function describe(state) {
  const { doors, guard, first, now, count, counts, busy, strategy } = state;
  const ringing = doors.filter((door) => door.caller && !door.open);
  const told = ringing.map((door) => `${door.name} for ${inMs(door.waited)}`);
  const untold = counts.ready + counts.late - ringing.length;
  if (untold > 0) told.push(`${untold} more`);
  const coming = doors.filter(({ comes }) => comes < Infinity).map(({ name, comes }) => `${name} at ${inMs(comes)}`);
  const at = doors[guard - first]?.name;
  const does = !busy ? 'waits' : counts.handling ? 'takes the message' : 'has taken the last message';
  const where = guard < 0 ? 'The guard watches the panel of lamps' : `The guard ${does} at door ${at}`;
  return [
    `A hallway of ${count} ${count === 1 ? 'door' : 'doors'}, ${strategy}, at ${inMs(now)}.`,
    `${where}.`,
    told.length ? `Ringing: ${told.join(', ')}.` : busy ? 'Nobody else rings.' : 'Nobody rings.',
    coming.length ? `To come: ${coming.join(', ')}.` : '',
    counts.done === count && count ? 'All messages are handled.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

const MARGIN = 22; // to the right of the doors: the guard at the last one has his lantern there
const FLOOR = 46; // its height, where the words under the doors stand
const SCALE = { most: 1.15, least: 0.36 }; // of the doors; a door of 1 is 168 high
const HEAD = 32; // from a door's floor to the top of its story there is so much more than the door takes
const CAPTION = 24; // the words under the panel
const COLUMN = 140; // the width of a place for a door of 1

/**
 * A picture's parts, in rows of doors, as large as they may be in a height.
 *
 * @param {number} height @param {number} rows
 */
const scaleFor = (height, rows) => (height / rows - HEAD - FLOOR) / 188;

/**
 * Where everything stands in a picture of a size: the panel beside the doors, or above them when that is tight.
 *
 * @param {HallwayState} state @param {{ width: number, height: number }} room in CSS pixels
 */
function layOut(state, room) {
  const W = Math.min(960, Math.max(256, room.width));
  const most = room.height * Math.min(1, W / room.width); // in units
  const count = state.doors.length || 1;
  const clockWidth = 40 + Math.max(7, inMs(state.end).length) * 9;
  const above = { x: 12, y: 10, w: Math.min(W - 32 - clockWidth, Math.max(148, count * 52)) };
  const aboveHeight = above.y + panelHeight(state, above.w) + CAPTION;

  const roomy = (W - 236 - MARGIN) / count;
  const isLow = most < aboveHeight + 188 * SCALE.least + HEAD + FLOOR + 60;
  const side = roomy >= 130 || (isLow && roomy >= 44);
  const left = side ? 236 : 0;
  const rows = side || W / count >= 70 ? 1 : 2;
  const perRow = Math.ceil(count / rows);
  const col = (W - left - MARGIN) / perRow;
  const isMore = state.count > count ? 18 : 0;
  const top = side ? 0 : aboveHeight;
  const scale = Math.max(
    SCALE.least,
    Math.min(SCALE.most, Math.max(0.64, col / COLUMN), scaleFor(most - top - isMore, rows), (col - 4) / 104),
  );
  const story = Math.round(188 * scale) + HEAD + FLOOR;
  const low = side ? 42 + panelHeight(state, 156) + CAPTION + FLOOR : 0; // the panel needs some height, too
  const start = top + Math.max(0, low - story);
  const floors = Array.from({ length: rows }, (_, row) => start + (row + 1) * story - FLOOR);
  const middle = (floors[0] - panelHeight(state, 156) + 10) / 2;
  const panel = side ? { x: 20, y: Math.max(42, Math.min(108, middle)), w: 156 } : above;
  return {
    W,
    H: floors[rows - 1] + FLOOR + isMore,
    side,
    top,
    floors,
    col,
    scale,
    panel,
    door: (/** @type {number} */ i) => ({ x: left + ((i % perRow) + 0.5) * col, y: floors[Math.floor(i / perRow)] }),
    // The guard's own place: to the right of the panel, looking at it.
    rest: side
      ? { x: 206, y: floors[0] + 5, scale }
      : { x: panel.x + panel.w + 42, y: top - 9, scale: Math.min(0.72, scale) },
    clock: side ? { x: 36, y: panel.y / 2 + 4 } : { x: W - clockWidth + 6, y: 24 },
  };
}

/**
 * The picture.
 *
 * @param {HallwayState} state
 * @param {{ width: number, height: number }} room the place for it, in CSS pixels: up to a width of 960 one unit of the
 *   picture is one pixel, so that text keeps its size on a phone
 */
export function hallway(state, room = { width: 960, height: Infinity }) {
  const { doors, guard, first, count, walk } = state;
  const place = layOut(state, room);
  const { W, H, side, top, floors, col, scale, panel } = place;
  const at = guard - first;
  let spot = place.rest;
  if (guard >= 0) {
    const { x, y } = place.door(at);
    spot = { x: Math.min(x + Math.min(58 * scale, col / 2), W - 50 * scale), y: y + 5, scale };
  }
  return html`<svg class="hallway" viewBox="0 0 ${W} ${H}" role="img" aria-label=${describe(state)}>
    <defs>
      <radialGradient id="glow">
        <stop stop-color="var(--ready-fill)" stop-opacity=".5" />
        <stop offset="1" stop-color="var(--ready-fill)" stop-opacity="0" />
      </radialGradient>
      ${hatch}
    </defs>
    <rect class="wall" width=${W} height=${H} />
    ${side ? (panel.y > 86 ? drawWindow(196, panel.y - 22) : nothing) : svg`<rect class="floor" y=${top - 4} width=${W} height="8" />`}
    ${floors.map(
      (y) => svg`
        <rect class="wainscot" y=${y - 62 * scale} width=${W} height=${62 * scale} />
        <rect class="floor" y=${y} width=${W} height=${FLOOR + 18} />`,
    )}
    ${drawPanel(state, panel)} ${drawClock(state, place.clock)}
    ${
      count > doors.length
        ? svg`<text class="muted" x=${W / 2} y=${H - 8}>doors ${number(first + 1)}–${number(first + doors.length)} of ${number(count)}</text>`
        : nothing
    }
    ${doors.map((door, i) => drawDoor(door, first + i, place.door(i), place, i === at))} ${drawGuard(spot, walk)}
  </svg>`;
}
