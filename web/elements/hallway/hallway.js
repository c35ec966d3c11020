// @ts-check
import { html, nothing, svg } from 'lit';
import { drawClock, drawDoor, drawGuard, drawPanel, drawWindow, panelHeight } from './hallway-figures.js';
import { hallwayInWords } from './hallway-in-words.js';
import { inMs, number } from '../player/labels.js';
import { hatch } from '../player/lamp.js';

/** @typedef {import('./hallway-state.js').HallwayState} HallwayState */

const MARGIN = 22; // to the right of the doors: the guard at the last one has his lantern there
const FLOOR = 46; // its height, where the words under the doors stand
const SCALE = { most: 1.15, least: 0.36 }; // of the doors; a door of 1 is 168 high
const HEAD = 32; // from a door's floor to the top of its story there is so much more than the door takes
const CAPTION = 24; // the words under the panel
const GUARD = 78; // beside a panel that is above the doors: he stands between it and the clock
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
  const above = { x: 12, y: 10, w: Math.min(W - GUARD - clockWidth, Math.max(148, count * 52)) };
  const aboveHeight = above.y + panelHeight(state, above.w) + CAPTION;

  const roomy = (W - 236 - MARGIN) / count;
  const isLow = most < aboveHeight + 188 * SCALE.least + HEAD + FLOOR + 60;
  const side = roomy >= 130 || (isLow && roomy >= 44);
  const narrower = isLow ? 30 : 0; // so low a guard is narrow, too, and leaves his place beside the panel to the doors
  const left = side ? 236 - narrower : 0;
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
      ? { x: 206 - narrower / 2, y: floors[0] + 5, scale }
      : { x: panel.x + panel.w + 36, y: top - 9, scale: Math.min(0.72, scale) },
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
  const { doors, guard, first, count, walk, draw } = state;
  const place = layOut(state, room);
  const { W, H, side, top, floors, col, scale, panel } = place;
  const at = guard - first;
  let spot = place.rest;
  if (guard >= 0) {
    const { x, y } = place.door(at);
    spot = { x: Math.min(x + Math.min(58 * scale, col / 2), W - 50 * scale), y: y + 5, scale };
  }
  return html`<svg class="hallway" viewBox="0 0 ${W} ${H}" role="img" aria-label=${hallwayInWords(state).join(' ')}>
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
    ${doors.map((door, i) => [drawDoor(door, first + i, place.door(i), place, i === at), draw?.(door, place.door(i), place)])}
    ${drawGuard(spot, walk)}
  </svg>`;
}
