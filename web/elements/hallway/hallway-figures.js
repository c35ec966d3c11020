// @ts-check
/** The figures of the hallway: a door and who is behind it, the guard, the panel, the clock. */
import { nothing, svg } from 'lit';
import doorFrame from '../../figures/door-frame.svg';
import doorLeaf from '../../figures/door-leaf.svg';
import guard from '../../figures/guard.svg';
import guardFace from '../../figures/guard-face.svg';
import nightWindow from '../../figures/night-window.svg';
import { dial } from '../player/dial.js';
import { columns, fit, inMs, number } from '../player/labels.js';
import { lamp } from '../player/lamp.js';

/**
 * @typedef {import('./hallway-state.js').Door} Door
 * @typedef {import('./hallway-state.js').HallwayState} HallwayState
 * @typedef {{ x: number, y: number }} Point
 */

/** A woolly hat, hair in a bun, a cap: the callers are people, each a little different. */
const HATS = [
  'M-16-94q0-17 16-17t16 17zM0-109a5 5 0 1 1 .1 0z',
  'M-15-90q-4-20 15-20 19 0 15 20-6-11-15-11t-15 11zM0-107a7 7 0 1 1 .1 0z',
  'M-15-93q0-18 15-18 16 0 15 16h8v4q-18-3-38-2z',
];

/**
 * The words under a door; the second are for a door too narrow for the first.
 *
 * @param {Door} door @param {boolean} guarded
 */
function wordsOf({ state, open, waited }, guarded) {
  const time = inMs(waited);
  if (open) return waited ? [`waited ${time}`, time] : ['no wait'];
  if (state === 'late') return [`waits ${time}`, time];
  if (state === 'ready') return ['rings now', 'rings'];
  return guarded ? ['he waits here', 'he waits'] : [state];
}

/**
 * @param {Door} door
 * @param {number} index
 * @param {Point} at the middle of its threshold
 * @param {{ scale: number, col: number }} size how large it is drawn, and how wide its place is
 * @param {boolean} guarded the guard stands here
 */
export function drawDoor(door, index, { x, y }, { scale, col }, guarded) {
  const { state, open, caller, name, payload } = door;
  const plate = Math.min(col - 8, Math.max(28, columns(name) * 8 + 14));
  const top = y - 168 * scale;
  const words = door.words ?? wordsOf(door, guarded);
  const word = words.find((each) => each.length * 8 < col) ?? words[words.length - 1];
  return svg`
    <g class="door ${state} ${open ? 'open' : ''} ${caller ? 'rings' : ''} ${col < 90 ? 'tight' : ''}">
      <g transform="translate(${x} ${y}) scale(${scale})">
        <circle class="glow" cy="-190" r="110" fill="url(#glow)" />
        <ellipse class="pool" cy="4" rx="62" ry="8" />
        ${doorFrame}
        <g class="caller coat-${index % HATS.length}">
          <path d="M-32 0C-34-40-28-70-14-76h14C14-70 20-40 18 0z" />
          <g transform="translate(-7)">
            <circle class="skin" cy="-90" r="15" />
            <path class="pen" d="M-4-91v2M5-91v2${state === 'late' ? 'M-3-82h7' : 'M-3-83q4 3 7 0'}" />
            <path d=${HATS[index % HATS.length]} />
            <path class="letter" d="M-11-54h26v17h-26zl13 10 13-10" />
          </g>
        </g>
        <g class="wing">${doorLeaf}</g>
      </g>
      ${lamp(state, x, top - 20 * scale - 8, Math.max(0.85, scale))}
      <rect class="plate" x=${x - plate / 2} y=${top - 9} width=${plate} height="21" rx="4" />
      <text class="name" x=${x} y=${top + 6}>${fit(name, plate - 6, 7.9)}</text>
      ${caller ? svg`<text class="muted" x=${x} y=${y + 22}>${fit(payload, col - 4, 7)}</text>` : nothing}
      <text class="word" x=${x} y=${y + (caller && payload ? 39 : 30)}>${word}</text>
    </g>`;
}

/**
 * The guard looks to the left, at the door or the panel beside him.
 *
 * @param {Point & { scale: number }} place @param {number} walk
 */
export const drawGuard = ({ x, y, scale }, walk) => svg`
  <g class="guard" .style=${`transform: translate(${x}px, ${y}px) scale(${scale})`}>
    <ellipse class="shade" rx="30" ry="4" />
    <circle cx="26" cy="-32" r="40" fill="url(#glow)" />
    <g class="walk-${walk}">${guard}${guardFace}</g>
  </g>`;

const LETTER = 3.5; // half of one, in the words under it
const LINE = 50; // the height of a lamp and its name on the panel
const LAMP = 34; // the least distance of lamps of full size
const LAMPS = 24; // so many are still drawn as lamps; of more, a dot stands for one door or, of very many, for several
const CELL = 9; // the size of a dot's place
const DOT = 'm-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0';
const HATCHED = `${DOT}m.9 2.1l4.2-4.2m-2.1 5l2.9-2.9m-5.8 0l2.9-2.9`;
const FULL = 'm-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0';

/**
 * Lamps stand under each other in rows of equal length. A few have names; more are as large as the place allows.
 *
 * @param {HallwayState} state @param {number} w
 */
function rowsOf({ count, doors, cells }, w) {
  const named = count === doors.length;
  const room = named ? w : w - 12;
  const least = named ? LAMP : Math.max(CELL, Math.min(LAMP, Math.sqrt((room * 100) / cells.length)));
  const row = Math.ceil(cells.length / Math.ceil((cells.length * least) / room)) || 1;
  const lines = Math.max(1, Math.ceil(cells.length / row));
  const size = room / row;
  return { named, row, size, height: lines * (named ? LINE : Math.min(size, LAMP)) + (named ? 12 : 52) };
}

/** How high the panel is when it is `w` wide. @param {HallwayState} state @param {number} w */
export const panelHeight = (state, w) => rowsOf(state, w).height;

/** A lamp a door. @param {HallwayState} state @param {Point & { w: number }} place */
export function drawPanel(state, { x, y, w }) {
  const { doors, cells, counts, count, guard, strategy } = state;
  const { named, row, size, height: h } = rowsOf(state, w);
  const watched = strategy !== 'blocking';
  const caption =
    state.caption ?? (!watched ? 'nobody looks here' : guard < 0 ? 'he watches the lamps' : 'the lamps tell him where');
  const place = (/** @type {number} */ i) => [((i % row) + 0.5) * size, Math.floor(i / row)];
  let lamps;
  if (!named) {
    const scale = Math.min(size, LAMP) / CELL;
    const shapes = [];
    if (count > LAMPS) {
      // One path a state, for a path of any length is one shape.
      const paths = { done: '', quiet: '', ready: '', late: '', handling: '' };
      cells.forEach((cell, i) => {
        const [cx, line] = place(i);
        const shape = cell === 'late' ? HATCHED : cell === 'done' ? FULL : DOT;
        paths[cell] += `M${cx / scale} ${(line + 0.5) * CELL}${shape}`;
      });
      shapes.push(Object.entries(paths).map(([cell, d]) => svg`<path class="cell ${cell}" d=${d} />`));
    } else {
      cells.forEach((cell, i) => {
        const [cx, line] = place(i);
        shapes.push(lamp(cell, cx / scale, (line + 0.5) * CELL, 0.22));
      });
    }
    lamps = svg`<g transform="translate(6 6) scale(${scale})">${shapes}</g>
      <text class="muted" x=${w / 2} y=${h - 27}>${number(counts.ready + counts.late)} ring</text>
      <text class="muted" x=${w / 2} y=${h - 10}>${number(counts.done)} of ${number(count)} done</text>`;
  } else {
    lamps = doors.map((door, i) => {
      const [cx, line] = place(i);
      return svg`${lamp(door.state, cx, line * LINE + 24, 0.9)}
        <text class="name" x=${cx} y=${line * LINE + 52}>${fit(door.name, size - 2, 7.9)}</text>`;
    });
  }
  return svg`
    <g class="panel ${watched ? 'watched' : ''}" transform="translate(${x} ${y})">
      <rect width=${w} height=${h} rx="8" />
      ${lamps}
      <text class="muted" x=${Math.max(w / 2, caption.length * LETTER - x)} y=${h + 18}>${caption}</text>
    </g>`;
}

/** @param {HallwayState} state @param {Point} at */
export const drawClock = ({ now, end }, { x, y }) => svg`
  <g class="clock" transform="translate(${x} ${y})">
    ${dial(end ? now / end : 0)}
    <text x="24" y="5">${inMs(now)}</text>
  </g>`;

/** A window, to tell that it is night. @param {number} x @param {number} y */
export const drawWindow = (x, y) => svg`
  <g transform="translate(${x} ${y})">${nightWindow}</g>`;
