// @ts-check
/**
 * The hallway where connections end and messages have sizes: what stands at its doors besides. A door whose caller has
 * gone for good is shut; one that nobody shut stays lit, with nobody behind it; a parcel comes in parts; and a door that
 * is watched for writing has a letter box that is open all the time.
 */
import { svg } from 'lit';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */
/** @typedef {import('../hallway/hallway-state.js').HallwayState} HallwayState */
/** @typedef {import('../hallway/hallway-state.js').Door} Door */

/** What core/model/scenario/scenario.h says of a connection. */
const CONDUCT = { resets: 2, ignoresEnd: 4, watchesWrite: 8 };

/**
 * What a door has to show besides.
 *
 * @typedef {object} Beyond
 * @property {boolean} shut the connection has ended, and was closed
 * @property {boolean} left it has ended, and nobody closed it
 * @property {boolean} writes it is watched for writing, with nothing to write
 * @property {{ read: number, size: number } | undefined} parcel how much of a message has been read, in bytes
 */

/**
 * After so many steps.
 *
 * @param {Trace} trace @param {number} position @returns {Beyond[]} by socket
 */
export function beyondAt(trace, position) {
  const { streams, taken } = trace.tables;
  const all = trace.statements.map(({ conduct }) => ({
    shut: false,
    left: false,
    writes: (conduct & CONDUCT.watchesWrite) !== 0,
    parcel: /** @type {Beyond['parcel']} */ (undefined),
  }));
  for (let i = 0; i < streams?.count; i++) {
    all[streams.statement.at(i)].parcel = { read: 0, size: streams.size.at(i) };
  }
  for (let k = 0; k < position; k++) {
    const { statement, parent, queue } = trace.step(k);
    const door = all[statement];
    if (parent !== null && !queue) {
      const isIgnored = (trace.statements[statement].conduct & CONDUCT.ignoresEnd) !== 0;
      Object.assign(door, { shut: !isIgnored, left: isIgnored, writes: door.writes && isIgnored });
    }
    if (door.parcel && taken.bytes.at(k)) door.parcel.read = door.parcel.size - taken.missing.at(k);
  }
  return all;
}

const BYTES = ['bytes', 'KB', 'MB'];

/** 2048 -> '2 KB', as the core writes it. @param {number} bytes */
export function sizeInWords(bytes) {
  let unit = 0;
  while (bytes >= 1024 && bytes % 1024 === 0 && unit + 1 < BYTES.length) [bytes, unit] = [bytes / 1024, unit + 1];
  return `${bytes}\u00a0${BYTES[unit]}`;
}

/** The words under a door. @param {Door} door @param {Beyond} beyond @param {boolean} atEnd its end is being read */
function wordsOf({ open }, { shut, left, parcel }, atEnd) {
  if (atEnd) return ['nobody is there', 'nobody'];
  if (left) return ['lit, nobody there', 'nobody'];
  if (shut) return ['shut'];
  if (!parcel || !parcel.read || (parcel.read === parcel.size && !open)) return undefined;
  return [`${sizeInWords(parcel.read)} of ${sizeInWords(parcel.size)}`, sizeInWords(parcel.read)];
}

/** What is to be told of a door, in a sentence. @param {Door} door @param {Beyond} beyond */
function toldOf({ name }, { shut, left, writes, parcel }) {
  const told = [];
  if (shut) told.push(`Door ${name} is shut.`);
  if (left) told.push(`At door ${name} the lamp stays lit, and nobody is there.`);
  if (writes) told.push(`The letter box of door ${name} is watched, and has room all the time.`);
  if (parcel?.read && parcel.read < parcel.size) {
    told.push(`Of the parcel at door ${name} ${sizeInWords(parcel.read)} of ${sizeInWords(parcel.size)} are here.`);
  }
  return told;
}

/**
 * The hallway, with all that.
 *
 * @param {HallwayState} state @param {Trace} trace @param {number} position how many steps have been taken
 * @returns {HallwayState}
 */
export function onShelf(state, trace, position) {
  const { first, strategy } = state;
  const begun = state.busy ? position : Math.min(position, trace.stepCount);
  const beyond = beyondAt(trace, begun);
  const last = begun > 0 ? trace.step(begun - 1) : undefined;
  const tells = strategy !== 'epoll-et'; // of what is still there, again and again
  const doors = state.doors.map((door, i) => {
    const socket = first + i;
    const here = beyond[socket];
    const atEnd = door.open && last?.statement === socket && last.parent !== null;
    const lamp = here.left && tells ? 'late' : here.left || here.shut ? 'done' : door.state;
    return {
      ...door,
      state: /** @type {import('../hallway/hallway-state.js').DoorState} */ (door.open ? door.state : lamp),
      caller: door.caller && !atEnd,
      words: wordsOf(door, here, atEnd),
      beyond: here,
    };
  });
  const spins = tells && beyond.some(({ left, writes }) => left || writes);
  return {
    ...state,
    doors,
    caption: spins && state.guard < 0 ? 'he cannot rest' : undefined,
    more: doors.flatMap((door) => toldOf(door, door.beyond)),
    draw: drawBeyond,
  };
}

// ---- drawn at a door --------------------------------------------------------------------------------------------------

const BOARD = 'M-52-104l104 22v14l-104-22zM-52-52l104-22v14l-104 22z';

/**
 * In a door's own units, of which it is 168 high.
 *
 * @param {Door & { beyond: Beyond }} door @param {{ x: number, y: number }} at @param {{ scale: number }} size
 */
function drawBeyond({ open, beyond }, { x, y }, { scale }) {
  const { shut, writes, parcel } = beyond;
  return svg`<g class="beyond" transform="translate(${x} ${y}) scale(${scale})">
    ${shut && !open ? svg`<path class="board" d=${BOARD} />` : ''}
    ${writes ? svg`<path class="slot" d="M-20-34h40v14h-40z" /><path class="post" d="M-12-24v-18h24v18" />` : ''}
    ${parcel ? drawParcel(parcel) : ''}
  </g>`;
}

/** As much of it as was read is solid. @param {{ read: number, size: number }} parcel */
function drawParcel({ read, size }) {
  const height = 30 * (read / size);
  return svg`
    <path class="parcel missing" d="M-78 0v-30h30v30z" />
    <path class="parcel" d="M-78 0v${-height}h30v${height}z" />
    ${read === size ? svg`<path class="string" d="M-63 0v-30M-78-15h30" />` : ''}`;
}
