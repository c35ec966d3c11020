// @ts-check
/**
 * The hallway where connections end and messages have sizes: what stands at its doors besides. A door whose caller
 * has gone for good is shut; one that nobody shut stays lit, with nobody behind it; a parcel comes in parts; a door
 * that is watched for writing has a letter box that is open all the time; behind a timer's there is a clock, and behind
 * a worker's a bench; beside a listener's hang the keys that are left; a pipe leads to its own; and beside a file's
 * stands a cabinet.
 */
import { svg } from 'lit';
import { hallwayAt } from '../hallway/hallway-state.js';
import { messagesOf, timeAt } from '../player/messages.js';
import { tellsOnce } from '../side-by-side/ways.js';
import { benchAt, drawBench, isHandedOver, toldOfBench, wordsAtBench } from './at-the-bench.js';
import { drawKeys, entranceAt, isTurnedAway, toldOfEntrance, wordsAtEntrance } from './at-the-entrance.js';
import { alarmAt, captionOf, isApart, tapAt, timerAt, toldOfAlarm, whereOf } from './on-the-clock.js';
import { drawAlarm, drawTap, drawTimer } from './on-the-clock.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */
/** @typedef {import('../hallway/hallway-state.js').HallwayState} HallwayState */
/** @typedef {import('../hallway/hallway-state.js').Door} Door */

/** What core/model/scenario/scenario.h says of a connection. */
export const CONDUCT = { resets: 2, ignoresEnd: 4, watchesWrite: 8, forgetsRest: 64 };

/**
 * What a door has to show besides.
 *
 * @typedef {object} Beyond
 * @property {boolean} shut the connection has ended, and was closed
 * @property {boolean} left it has ended, and nobody closed it
 * @property {boolean} resets it ends with a reset
 * @property {boolean} writes it is watched for writing, with nothing to write
 * @property {number} owed what found no room in its letter box, in bytes
 * @property {boolean} lost and nobody keeps it
 * @property {{ read: number, size: number } | undefined} parcel how much of a message has been read, in bytes
 * @property {import('./on-the-clock.js').Timer | undefined} timer
 * @property {import('./at-the-entrance.js').Entrance | undefined} entrance
 * @property {import('./at-the-bench.js').Bench | undefined} bench
 * @property {boolean} pipe it is the end of one
 * @property {boolean} file it is a file
 */

/**
 * After so many steps.
 *
 * @param {Trace} trace @param {number} position @param {number} [now] @returns {Beyond[]} by socket
 */
export function beyondAt(trace, position, now = timeAt(trace, position)) {
  const { statements, streams, taken, written } = trace.tables;
  const does = (/** @type {number} */ socket, /** @type {number} */ what) =>
    (statements.forever.at(socket) & what) !== 0; // it lies there
  const all = trace.statements.map((_, socket) => ({
    shut: false,
    left: false,
    resets: does(socket, CONDUCT.resets),
    writes: does(socket, CONDUCT.watchesWrite),
    owed: 0,
    lost: does(socket, CONDUCT.forgetsRest),
    parcel: /** @type {Beyond['parcel']} */ (undefined),
    timer: timerAt(trace, messagesOf(trace), socket, position, now),
    entrance: entranceAt(trace, socket, position),
    bench: benchAt(trace, messagesOf(trace), socket, position, now),
    pipe: trace.statements[socket].kind === 'pipe',
    file: trace.statements[socket].kind === 'file',
  }));
  for (let i = 0; i < streams?.count; i++) {
    const size = streams.size.at(i); // 0 where only answers have one
    if (size) all[streams.statement.at(i)].parcel = { read: 0, size };
  }
  for (let k = 0; k < position; k++) {
    const { statement, parent, queue } = trace.step(k);
    const door = all[statement];
    if (parent !== null && !queue) {
      const isIgnored = does(statement, CONDUCT.ignoresEnd);
      Object.assign(door, { shut: !isIgnored, left: isIgnored, writes: door.writes && isIgnored });
    }
    if (written?.count && !queue) door.owed = written.owed.at(k);
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

/**
 * What the guard does at a door, if it is not that he takes a message.
 *
 * @typedef {'finds nobody' | 'is called for nobody' | 'is called for room' | 'is called for a clock' | 'writes' |
 *   'takes a part' | 'reads a clock' | 'leaves a clock' |
 *   'accepts' | 'turns away' | 'is called for a key' |
 *   'hands over' | 'hears what is done' | 'leaves what is done' | 'is called for what is done'} Errand
 */

/** @param {Trace} trace @param {number} k a step @param {Beyond} beyond @returns {Errand | undefined} */
function errandOf(trace, k, { writes, left, timer, entrance, bench }) {
  const { taken } = trace.tables;
  const { queue, parent, event } = trace.step(k);
  if (timer) return queue ? 'is called for a clock' : timer.unread ? 'leaves a clock' : 'reads a clock';
  if (bench) return queue ? 'is called for what is done' : bench.unread ? 'leaves what is done' : 'hears what is done';
  if (entrance) return queue ? 'is called for a key' : isTurnedAway(trace, k) ? 'turns away' : 'accepts';
  if (queue) return writes && !left ? 'is called for room' : 'is called for nobody';
  if (parent !== null) return 'finds nobody';
  if (event >= trace.eventCount) return 'writes';
  if (isHandedOver(trace, k)) return 'hands over';
  return taken?.count && taken.bytes.at(k) && taken.missing.at(k) ? 'takes a part' : undefined;
}

/** A letter box will do, or nobody may come in. @type {Errand[]} */
const STAYS_SHUT = ['writes', 'is called for room', 'is called for a key', 'is called for what is done'];

/** Somebody is there all the same. @type {Errand[]} */
const MEETS_SOMEBODY = ['takes a part', 'hands over', 'hears what is done', 'leaves what is done'];

/** @type {Record<Errand, (name: string) => string>} */
const WHERE = {
  'finds nobody': (name) => `The guard opens door ${name}, and nobody is there`,
  'is called for nobody': (name) => `The guard is called to door ${name} over and over, and nobody is there`,
  'is called for room': (name) =>
    `The guard is called to door ${name} over and over, for there is room in its letter box`,
  writes: (name) => `The guard puts more of his answer into the letter box of door ${name}`,
  'takes a part': (name) => `The guard takes a part of the message at door ${name}`,
  'reads a clock': (name) => `The guard is called by the clock at door ${name}`,
  'leaves a clock': (name) => `The guard is called by the clock at door ${name}, and does not read it`,
  accepts: (name) => `The guard accepts a connection at door ${name}, and gives it a key`,
  'turns away': (name) =>
    `The guard accepts a connection at door ${name} with the spare key, and sends it away at once, for no other is left`,
  'is called for a key': (name) => `The guard is called to door ${name} over and over, and has no key to give`,
  'hands over': (name) => `The guard hands over to the worker what came at door ${name}`,
  'hears what is done': (name) => `The guard hears at door ${name} that work is done`,
  'leaves what is done': (name) =>
    `The guard is called to door ${name}, where work is done, and does not read how much`,
  'is called for what is done': (name) =>
    `The guard is called to door ${name} over and over, for nobody reads how much is done`,
  'is called for a clock': (name) => `The guard is called to door ${name} over and over, for nobody reads the clock`,
};

/**
 * The words under a door.
 *
 * @param {Door} door @param {Beyond} beyond @param {Errand | undefined} errand that the guard has there
 * @param {boolean} tells does the panel tell of what is still there?
 */
function wordsOf(door, { shut, left, resets, owed, lost, parcel, timer, entrance, bench }, errand, tells) {
  const { open } = door;
  if (bench) return wordsAtBench(door, bench, tells);
  if (entrance) return wordsAtEntrance(door, entrance, errand, tells);
  if (timer?.unread) return tells && !open ? ['lit, not read', 'unread'] : ['not read', 'unread'];
  if (timer && open)
    return timer.gave === 1 ? ['expired once'] : [`expired ${timer.gave} times`, `${timer.gave} times`];
  if (errand === 'finds nobody' && resets) return ['gone without a word', 'gone'];
  if (errand === 'finds nobody' || errand === 'is called for nobody') return ['nobody is there', 'nobody'];
  if (errand === 'is called for room') return ['there is room', 'room'];
  if (left) return tells ? ['lit, nobody there', 'nobody'] : ['never closed', 'open'];
  if (shut) return ['shut'];
  if (owed && lost) return [`${sizeInWords(owed)} lost`, 'lost'];
  if (owed) return [`no room: ${sizeInWords(owed)}`, sizeInWords(owed)];
  if (errand === 'writes') return ['all is written', 'written'];
  if (errand === 'hands over') return ['handed over', 'handed'];
  if (!parcel || !parcel.read || (parcel.read === parcel.size && !open)) return undefined;
  return [`${sizeInWords(parcel.read)} of ${sizeInWords(parcel.size)}`, sizeInWords(parcel.read)];
}

/** What is to be told of a door, in a sentence. @param {Door} door @param {Beyond} beyond @param {boolean} tells */
function toldOf(door, { shut, left, writes, owed, lost, parcel, timer, entrance, bench, pipe, file }, tells) {
  const { name } = door;
  if (entrance) return toldOfEntrance(door, entrance, tells);
  if (bench) return toldOfBench(door, bench);
  const told = [];
  if (pipe) told.push(`A pipe leads to door ${name}.`);
  if (file) told.push(`Beside door ${name} stands the cabinet of a file: its lamp is lit until it is closed.`);
  if (timer && !timer.unread) told.push(`Behind door ${name} is a clock.`);
  if (timer?.unread && tells) told.push(`At door ${name} the lamp stays lit, for nobody reads the clock.`);
  if (timer?.unread && !tells) told.push(`At door ${name} nobody has read the clock, and it does not go on.`);
  if (shut) told.push(`Door ${name} is shut.`);
  if (left && tells) told.push(`At door ${name} the lamp stays lit, and nobody is there.`);
  if (left && !tells) told.push(`Door ${name} was never closed, and nobody is there.`);
  if (writes) told.push(`The letter box of door ${name} is watched, and has room all the time.`);
  if (owed && lost) told.push(`Of the answer at door ${name} ${sizeInWords(owed)} found no room, and are lost.`);
  if (owed && !lost) told.push(`The letter box of door ${name} is full: ${sizeInWords(owed)} found no room.`);
  if (parcel?.read && parcel.read < parcel.size) {
    told.push(`Of the parcel at door ${name} ${sizeInWords(parcel.read)} of ${sizeInWords(parcel.size)} are here.`);
  }
  return told;
}

/**
 * The hallway at a position, with all that.
 *
 * @param {Trace} trace @param {number} position how many steps have been taken
 * @param {string} strategy @param {number} [now] a moment between the position before and this one
 * @returns {HallwayState}
 */
export function shelfAt(trace, position, strategy, now = timeAt(trace, position)) {
  const { stepCount } = trace;
  const asleep = strategy === 'blocking' && stepCount > 0 && trace.step(stepCount - 1).queue === 'starved';
  const state = hallwayAt(trace, asleep ? Math.min(position, stepCount - 1) : position, strategy, now);
  const { first: firstEvent } = messagesOf(trace);
  const isSilent = (/** @type {number} */ socket) => firstEvent[socket] === firstEvent[socket + 1];
  if (asleep && position >= stepCount - 1) state.guard = trace.statements.findIndex((_, socket) => isSilent(socket));
  const begun = position > 0 && now < trace.step(position - 1).time ? position - 1 : position;
  const beyond = beyondAt(trace, begun, now);
  const alarm = alarmAt(trace, messagesOf(trace), begun, now);
  const tap = state.busy ? tapAt(trace, begun - 1) : undefined;
  if (trace.statements.some(isApart)) leaveOut(trace, state);
  const last = state.busy ? trace.step(begun - 1) : undefined;
  const tells = !tellsOnce(strategy); // of what is still there, again and again
  const doors = state.doors.map((door, i) => {
    const socket = state.first + i;
    const here = beyond[socket];
    const errand = door.open && last?.statement === socket ? errandOf(trace, begun - 1, here) : undefined;
    if (errand) state.where = WHERE[errand](door.name);
    return {
      ...door,
      state: door.state === 'handling' ? door.state : lampOf(door, here, isSilent(socket), tells),
      caller:
        door.caller &&
        (!errand || MEETS_SOMEBODY.includes(errand) || here.timer !== undefined || here.entrance !== undefined),
      open: door.open && (!errand || !STAYS_SHUT.includes(errand)),
      words: wordsOf(door, here, errand, tells),
      beyond: here,
    };
  });
  if (strategy === 'busy-poll') {
    state.caption = 'nobody looks here';
    if (state.guard < 0) Object.assign(state, roundOf(doors, state.first));
  }
  const isStarved = doors.some(({ caller, beyond: { entrance } }) => caller && entrance?.out);
  const spins =
    tells && (isStarved || beyond.some(({ left, writes, timer, bench }) => left || writes || (timer ?? bench)?.unread));
  const house = trace.statements.find(({ kind }) => kind === 'timeout')?.payload ?? '';
  return {
    ...state,
    doors,
    where: whereOf(alarm, tap, house) ?? state.where,
    caption: spins && state.guard < 0 ? 'he cannot rest' : (captionOf(alarm, tap) ?? state.caption),
    more: [...doors.flatMap((door) => toldOf(door, door.beyond, tells)), ...toldOfAlarm(alarm)],
    draw: (door, at, place) => [drawBeyond(door, at, place), door === doors[0] && drawApart(alarm, tap, place)],
  };
}

/** What is no descriptor has no door, and no lamp. @param {Trace} trace @param {HallwayState} state */
function leaveOut(trace, state) {
  const { doors, guard, first } = state;
  const count = trace.statements.findIndex(isApart);
  for (const { state: is } of doors.slice(Math.max(0, count - first))) state.counts[is]--;
  if (state.cells.length === state.count) state.cells.length = count; // a lamp a door
  Object.assign(state, { doors: doors.slice(0, Math.max(0, count - first)), count });
  if (guard >= count) Object.assign(state, { guard: -1, busy: false, walk: 2 });
}

/**
 * @param {Door} door @param {Beyond} beyond @param {boolean} isSilent @param {boolean} tells
 * @returns {Door['state']}
 */
function lampOf({ state }, { left, shut, timer, bench }, isSilent, tells) {
  if ((left || (timer ?? bench)?.unread) && tells) return 'late';
  if (isSilent) return 'quiet'; // which nobody knows to be all
  return left || shut ? 'done' : state;
}

/**
 * Nobody watches the panel: the guard is on his round, from door to door.
 *
 * @param {(Door & { words?: string[] })[]} doors @param {number} first
 */
function roundOf(doors, first) {
  doors.forEach((door) => (door.words ??= ['he tries it', 'tries']));
  return { guard: first, where: 'The guard goes from door to door, and tries each' };
}

// ---- drawn at a door ----------------------------------------------------------------------------------------------

const BOARD = 'M-52-104l104 22v14l-104-22zM-52-52l104-22v14l-104 22z';

/** Down the wall beside the door, and in. */
const PIPE = 'M62-190h16v150h-26v-16h10zM57-176h26v12h-26zM57-70h26v12h-26z';

/** Three drawers, and a handle on each. */
const CABINET = 'M58 0v-96h40v96zM58-64h40M58-32h40M72-82h12M72-50h12M72-18h12';

/**
 * In a door's own units, of which it is 168 high.
 *
 * @param {Door & { beyond: Beyond }} door @param {{ x: number, y: number }} at @param {{ scale: number }} size
 */
function drawBeyond({ open, beyond }, { x, y }, { scale }) {
  const { shut, writes, owed, lost, parcel, timer, entrance, bench, pipe, file } = beyond;
  return svg`<g class="beyond" transform="translate(${x} ${y}) scale(${scale})">
    ${pipe ? svg`<path class="pipe" d=${PIPE} />` : ''} ${file ? svg`<path class="cabinet" d=${CABINET} />` : ''}
    ${shut && !open ? svg`<path class="board" d=${BOARD} />` : ''}
    ${writes ? svg`<path class="slot" d="M-20-34h40v14h-40z" /><path class="post" d="M-12-24v-18h24v18" />` : ''}
    ${owed && (open || !lost) ? svg`<path class="slot" d="M-90-70h34v44h-34z" /><path class="full" d="M-86-76l26-8 4 10M-86-62h26" />` : ''}
    ${parcel ? drawParcel(parcel) : ''} ${timer ? drawTimer(timer, open) : ''}
    ${entrance ? drawKeys(entrance) : ''} ${bench ? drawBench(bench, open) : ''}
  </g>`;
}

/**
 * On the panel, or under the hallway's clock where the panel has the whole width; and at the guard's own place.
 *
 * @param {import('./on-the-clock.js').Alarm | undefined} alarm @param {ReturnType<typeof tapAt>} tap
 * @param {any} place
 */
const drawApart = (alarm, tap, { side, panel, clock, rest }) => [
  alarm &&
    drawAlarm(alarm, side ? { x: panel.x + panel.w - 22, y: panel.y - 18 } : { x: clock.x + 52, y: clock.y + 42 }),
  tap && drawTap(rest),
];

/** As much of it as was read is solid. @param {{ read: number, size: number }} parcel */
function drawParcel({ read, size }) {
  const height = 30 * (read / size);
  return svg`
    <path class="parcel missing" d="M-78 0v-30h30v30z" />
    <path class="parcel" d="M-78 0v${-height}h30v${height}z" />
    ${read === size ? svg`<path class="string" d="M-63 0v-30M-78-15h30" />` : ''}`;
}
