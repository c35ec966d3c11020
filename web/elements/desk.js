// @ts-check
/**
 * desk: the picture of lesson 5. Doorbells ring, their cards wait in two trays, and one card at a time lies on the desk.
 *
 *     deskAt(trace, position) -> what is where after so many steps
 *     desk(state)             -> the picture of it
 *     cardPlaces, moveCards   -> cards glide from where they were to where they are
 *
 * The card of the newest step lies on the desk; it stays there after the last step too, so that every card is seen to
 * run.
 */
import { html, nothing, svg } from 'lit';
import { ms } from '../model/time.js';
import { dial } from './dial.js';
import { inMs, number } from './labels.js';
import { lamp } from './lamp.js';

export { deskStyles } from './desk-styles.js';

/** Of a longer row only the front is shown, and how many more there are. */
const SHOWN = { bells: 6, cards: 6, done: 3, times: 3 };

const TRAYS = [
  { queue: 'microtask', title: 'microtasks', note: 'urgent: these first' },
  { queue: 'task', title: 'tasks', note: 'then the oldest one' },
];

/**
 * @typedef {import('../model/doorbell.js').Trace} Trace
 * @typedef {'quiet' | 'ringing' | 'queued' | 'running' | 'done'} BellState
 * @typedef {{ place: string, origin: string, name: string, kind: string, from: string | null }} Thing  `place`: what
 *   `moveCards` knows it by; `origin`: the place that it has just come from, or ''
 * @typedef {Thing & { times: number[], later: boolean, state: BellState }} Bell  `times`: those to come, the one that
 *   the state is about first; `later`: there are more
 * @typedef {Thing & { queue: string, ready: number }} Card
 * @typedef {{ queue: string, title: string, note: string, cards: Card[], count: number, room: number }} Tray
 *   `room`: how many cards it shows at most in the whole run
 * @typedef {{ now: number, free: number, until: number, end: number, bells: Bell[], bellCount: number,
 *   bellRoom: number, trays: Tray[], running: Card | null, done: Card[], doneCount: number }} Desk
 *   The thread slept from `free` to `now`, and is busy until `until`.
 */

/** The first index of a rising array whose value is at least `value`. @param {Int32Array} array @param {number} value */
function atLeast(array, value) {
  let low = 0;
  let high = array.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (array[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @typedef {{ steps: Int32Array, joined: Int32Array }} Queue  a queue's steps, and before which step each joined it */

/**
 * Which of a queue's steps wait in its tray: those to come that joined before the current step, or while it ran. A
 * queue is first in, first out, so both columns rise.
 * @param {Queue} queue @param {number} position
 */
function waiting({ steps, joined }, position) {
  const first = atLeast(steps, position);
  return { first, count: atLeast(joined, position) - first };
}

/** What every position asks of a trace, read from it once: then a step costs no more with 10,000 sources than with 3. */
class Index {
  /** A source is one doorbell, however often it rings; a timer that a callback asks for is one from then on.
   * @type {{ statement: number, parent: number | null, first: number, end: number }[]} */
  bells = [];

  /** @param {Trace} trace */
  constructor(trace) {
    const bellOf = new Int32Array(trace.eventCount).fill(-1);
    for (let event = 0; event < trace.eventCount; event++) {
      const { statement, parent } = trace.events(event);
      if (trace.statements[statement].kind === 'microtask') continue;
      const last = this.bells.at(-1);
      if (last && parent === null && last.statement === statement) last.end++;
      else this.bells.push({ statement, parent, first: event, end: event + 1 });
      bellOf[event] = this.bells.length - 1;
    }
    /** The position from which on each doorbell hangs on the wall. */
    this.hung = Int32Array.from(this.bells, ({ parent }) => (parent === null ? 0 : parent + 1));

    /** The step that runs each event, and the doorbell of each step, -1 for a microtask. */
    this.stepOf = new Int32Array(trace.eventCount);
    this.bellOf = new Int32Array(trace.stepCount);
    const rows = TRAYS.map(() => ({ steps: /** @type {number[]} */ ([]), joined: /** @type {number[]} */ ([]) }));
    for (let k = 0; k < trace.stepCount; k++) {
      const { event, queue, queuedAt } = trace.step(k);
      this.stepOf[event] = k;
      this.bellOf[k] = bellOf[event];
      const row = rows[TRAYS.findIndex((tray) => tray.queue === queue)];
      row.steps.push(k);
      row.joined.push(queuedAt ?? k);
    }
    /** @type {Queue[]} */
    this.queues = rows.map(({ steps, joined }) => ({ steps: Int32Array.from(steps), joined: Int32Array.from(joined) }));
    this.rooms = this.queues.map((queue) => {
      let room = 0;
      for (let p = 0; p < trace.stepCount && room < SHOWN.cards; p++) room = Math.max(room, waiting(queue, p).count);
      return Math.min(room, SHOWN.cards);
    });
  }
}

/** @type {WeakMap<Trace, Index>} */
const indexes = new WeakMap();

/**
 * What is where after `position` steps.
 * @param {Trace} trace @param {number} position @returns {Desk}
 */
export function deskAt(trace, position) {
  const index = indexes.get(trace) ?? new Index(trace);
  indexes.set(trace, index);
  const { bells, hung, stepOf, bellOf, queues, rooms } = index;
  const current = position - 1;
  const { time: now, free, end: until } = position > 0 ? trace.step(current) : { time: 0, free: 0, end: 0 };

  /** What a callback is called, and its card. @param {number | null} step */
  const callbackOf = (step) => (step === null ? null : trace.statements[trace.step(step).statement].name);
  const placeOf = (/** @type {number | null} */ step) => (step === null ? '' : `card ${trace.step(step).event}`);

  /** @param {number} step @returns {Card} */
  const cardOf = (step) => {
    const { statement, parent, ready, queue, queuedAt } = trace.step(step);
    const { name, kind } = trace.statements[statement];
    const asker = bellOf[step] < 0 ? placeOf(parent) : `bell ${bellOf[step]}`;
    const origin = queuedAt === current ? asker : '';
    return { place: placeOf(step), origin, name, kind, from: callbackOf(parent), queue, ready };
  };

  /** @param {number} bell @returns {Bell} */
  const bellAt = (bell) => {
    const { statement, parent, first, end } = bells[bell];
    const { name, kind } = trace.statements[statement];
    const next = first + atLeast(stepOf.subarray(first, end), current);
    const front = Math.min(next, end - 1);
    const times = Array.from({ length: Math.min(SHOWN.times, end - front) }, (_, i) => trace.events(front + i).ready);
    const later = front + times.length < end;
    const state = next === end ? 'done' : stateOf(next);
    const origin = parent === current ? placeOf(parent) : '';
    return { place: `bell ${bell}`, origin, name, kind, from: callbackOf(parent), times, later, state };
  };

  /** @param {number} event @returns {BellState} */
  const stateOf = (event) => {
    const step = stepOf[event];
    const { queuedAt, ready } = trace.step(step);
    if (step === current) return 'running';
    if (queuedAt !== null && queuedAt <= current) return 'queued';
    return ready <= now || ready < until ? 'ringing' : 'quiet'; // it rings, but a callback holds the thread
  };

  /** Of too many doorbells, those that are answered next, then those that were answered last. */
  const nearest = () => {
    const near = new Set();
    const look = (/** @type {number} */ step) => {
      if (bellOf[step] >= 0 && bellOf[step] < bellCount) near.add(bellOf[step]);
    };
    const from = Math.max(0, current);
    for (let k = from; k < trace.stepCount && near.size < SHOWN.bells; k++) look(k);
    for (let k = from - 1; k >= 0 && near.size < SHOWN.bells; k--) look(k);
    return [...near];
  };

  const bellCount = atLeast(hung, position + 1);
  const doneCount = Math.max(0, current);
  return {
    ...{ now, free, until, end: trace.totals.end },
    bells: (bellCount > SHOWN.bells ? nearest() : [...bells.keys()].slice(0, bellCount)).map(bellAt),
    bellCount,
    bellRoom: Math.min(bells.length, SHOWN.bells),
    trays: TRAYS.map((tray, i) => {
      const { first, count } = waiting(queues[i], position);
      const front = queues[i].steps.subarray(first, first + Math.min(count, SHOWN.cards));
      return { ...tray, cards: Array.from(front, cardOf), count, room: rooms[i] };
    }),
    running: position > 0 ? cardOf(current) : null,
    done: Array.from({ length: Math.min(doneCount, SHOWN.done) }, (_, i) => cardOf(current - 1 - i)),
    doneCount,
  };
}

/** A small drawing for each kind, beside its word. @type {Record<string, string>} */
const GLYPHS = {
  timer: 'M8 4.5V8l2.5 1.5M8 2a6 6 0 1 0 .01 0',
  socket: 'M5 2v3.5M11 2v3.5M3 5.5h10v2a5 5 0 0 1-10 0zM8 12.5V15',
  promise: 'M8 2a6 6 0 1 0 .01 0M5.3 8.2l2 2L10.8 6',
  microtask: 'M9.5 1.5l-6 7.5H8l-1.5 5.5 6-8H8z',
  script: 'M3 3h10M3 6.5h7M3 10h10M3 13.5h5',
};

/** @param {{ kind: string, from: string | null }} of */
const kindOf = ({ kind, from }) => html`
  <span
    ><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d=${GLYPHS[kind]} /></svg> ${kind}</span
  >
  ${from === null ? nothing : html`<span>from ${from}</span>`}
`;

const cards = (/** @type {number} */ n) => `${number(n)} card${n === 1 ? '' : 's'}`;
const more = (/** @type {number} */ n) => (n > 0 ? html`<p class="more">+${number(n)} more</p>` : nothing);

const stamp = html`<svg class="stamp" viewBox="-9 -9 18 18" aria-hidden="true"><path d="M-4.5 .5l3 3.5 6-7" /></svg>`;

/** @param {Card} card @param {unknown} [mark] */
const paper = (card, mark = nothing) => html`
  <li class="card" data-place=${card.place} data-origin=${card.origin} data-tray=${card.queue}>
    <b>${card.name}</b>${mark}
    <span class="facts">${kindOf(card)} <span>at ${inMs(card.ready)}</span></span>
  </li>
`;

/** @param {Bell} bell */
const doorbell = (bell) => html`
  <li class="bell ${bell.state}" data-place=${bell.place} data-origin=${bell.origin}>
    <svg class="signal" viewBox="-19 -19 38 38" aria-hidden="true">
      ${lamp(bell.state === 'quiet' || bell.state === 'done' ? bell.state : 'ready', 0, 0)}
    </svg>
    <span class="row">
      <b>${bell.name}</b>
      <span> at ${bell.times.map(ms).join(', ')}${bell.later ? ', …' : ''} ms </span>
    </span>
    <span class="row facts"><span class="facts">${kindOf(bell)}</span> <em>${bell.state}</em></span>
  </li>
`;

/** A place for a doorbell that a callback will ask for, so that nothing jumps when it comes. */
const spare = html`<li class="spare" aria-hidden="true"></li>`;

/** @param {Tray} tray */
const letterTray = (tray) => html`
  <div class="tray ${tray.queue}" role="group" aria-label="${tray.title}, ${cards(tray.count)}">
    <p class="label"><b>${tray.title}</b> <span>${tray.note}</span></p>
    <ol role="list" style="--room: ${tray.room}" data-place=${tray.queue}>
      ${tray.cards.length ? tray.cards.map((card) => paper(card)) : html`<li class="empty">empty</li>`}
    </ol>
    ${more(tray.count - tray.cards.length)}
  </div>
`;

/** It is night outside, as in the hallway. */
const outside = html`
  <svg class="window" viewBox="0 0 200 106" aria-hidden="true">
    <path class="sky" d="M8 6h184v90H8z" />
    <circle class="orb" cx="152" cy="34" r="13" />
    <path class="stars" d="M30 26h.01M62 18h.01M48 48h.01M82 36h.01M118 22h.01M176 60h.01M122 56h.01" />
    <path class="roofs" d="M8 96V74h16v-8h16v12h12l12-10 12 10h14V66h14v12l14-10 14 10v4h18V72h18v10h22v14z" />
    <path class="sash" d="M8 6h184v90H8zM100 6v90M0 100h200" />
  </svg>
`;

/** The receptionist at the desk, in the light of its lamp; with closed eyes until there is something to do. */
const receptionist = (/** @type {boolean} */ awake) => html`
  <svg class="figure" viewBox="0 0 240 150" aria-hidden="true">
    <path class="light" d="M141 63L-47 286A168 70 0 0 0 287 286L181 94z" />
    <ellipse class="light" cx="120" cy="286" rx="138" ry="50" />
    <path class="hair" d="M60 98c-9-10-9-30-8-40a32 34 0 0 1 64 0c1 10 1 30-8 40zM71 30a13 13 0 1 1 26 0z" />
    <path class="coat" d="M16 150c2-42 22-58 68-58s66 16 68 58z" />
    <path class="face" d="M76 70v26q8 8 16 0V70zM62 56a22 25 0 0 0 44 0v-10H62z" />
    <path class="hair" d="M60 58c-2-38 50-38 48 0-3-6-8-8-11-16-7 9-25 9-37 16z" />
    <path class="pen" d=${awake ? 'M75 60v3M93 60v3M79 71q5 4 10 0' : 'M71 61q4 4 8 0M89 61q4 4 8 0M81 72h6'} />
    <path class="collar" d="M70 92l14 16 14-16" />
    <path class="sleeve" d="M30 132q8 14 34 10M138 132q-8 14-34 10" />
    <path class="hand" d="M72 143h.01M96 143h.01" />
    <path class="stand" d="M196 147h32M212 147l12-50-34-50" />
    <path class="shade" d="M177 39Q150 42 138 62L182 96Q198 72 192 50Q187 40 177 39z" />
    <path class="bulb" d="M147 69a16 16 0 0 0 27 21z" />
  </svg>
`;

/** @param {Desk} state */
const clock = ({ now, free, until, end }) => html`
  <div class="clock" role="group" aria-label="clock">
    <svg viewBox="-18 -18 36 36" aria-hidden="true">${dial(end ? now / end : 0)}</svg>
    <p>
      <b>${inMs(now)}</b>
      <span class="facts">
        ${free < now ? html`<span>slept ${ms(free)} → ${inMs(now)}</span>` : nothing}
        ${now < until ? html`<span>busy until ${inMs(until)}</span>` : nothing}
      </span>
    </p>
  </div>
`;

/** @param {Desk} state */
export const desk = (state) => html`
  <div class="desk">
    <div class="office">
      <div class="bells" role="group" aria-label="doorbells">
        <p class="label"><b>doorbells</b></p>
        <ul role="list">
          ${state.bells.map(doorbell)} ${Array.from({ length: state.bellRoom - state.bells.length }, () => spare)}
        </ul>
        ${more(state.bellCount - state.bells.length)}
      </div>
      ${outside}
      <div class="trays">${state.trays.map(letterTray)}</div>
      ${receptionist(state.running !== null)}
      <div class="blotter" role="group" aria-label="on the desk, ${cards(state.running ? 1 : 0)}">
        <p class="label"><b>on the desk</b> <span>one at a time</span></p>
        <ol role="list">
          ${state.running ? paper(state.running) : html`<li class="empty">nothing runs</li>`}
        </ol>
      </div>
      <div class="pile" role="group" aria-label="finished, ${cards(state.doneCount)}">
        <p class="label"><b>finished</b> <span>${state.doneCount ? cards(state.doneCount) : nothing}</span></p>
        <ol role="list">
          ${state.done.length ? state.done.map((card) => paper(card, stamp)) : html`<li class="empty">empty</li>`}
        </ol>
        ${more(state.doneCount - state.done.length)}
      </div>
      ${clock(state)}
    </div>
  </div>
`;

/** How long a card glides from one place to the next, in milliseconds. */
const GLIDE = 380;

/**
 * Where each doorbell, tray and card is: taken before an update, for `moveCards` after it.
 * @param {Element} root
 */
export function cardPlaces(root) {
  const { left, top } = root.getBoundingClientRect();
  /** @type {Map<string, { element: HTMLElement, x: number, y: number, width: number }>} */
  const places = new Map();
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-place]'))) {
    const box = element.getBoundingClientRect();
    places.set(element.dataset.place ?? '', {
      element,
      x: box.x + box.width / 2 - left,
      y: box.y + box.height / 2 - top,
      width: box.width,
    });
  }
  return places;
}

/**
 * Lets each card glide to where it is now: from where it was; a new one from its doorbell, through its tray; or from
 * the callback on the desk that asked for it.
 * @param {Element} root @param {ReturnType<typeof cardPlaces>} before @param {{ instant?: boolean }} [options]
 */
export function moveCards(root, before, { instant = false } = {}) {
  if (instant || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const after = cardPlaces(root);
  for (const [place, to] of after) {
    const { origin, tray } = to.element.dataset;
    if (origin === undefined) continue; // a tray stays where it is
    const was = before.get(place);
    const from = was ?? after.get(origin) ?? before.get(origin);
    // What a callback asks for comes when the callback has come to the desk.
    const delay = !was && origin.startsWith('card') ? GLIDE * (before.has(origin) ? 1 : 2) : 0;
    const timing = { delay, fill: /** @type {const} */ ('backwards') };
    if (!was) to.element.animate({ opacity: [0, 1] }, { ...timing, duration: GLIDE / 3 });
    if (!from || Math.hypot(from.x - to.x, from.y - to.y) < 1) continue;
    const through = !was && tray && to.element.closest('.blotter') && after.get(tray);
    const stops = through ? [from, through, to] : [from, to];
    const frames = stops.map(({ x, y, width }) => ({
      translate: `${x - to.x}px ${y - to.y}px`,
      scale: Math.min(1, width / to.width), // no wider than what it comes from
      zIndex: 3,
      easing: 'cubic-bezier(0.4, 0, 0.2, 1)',
    }));
    to.element.animate(frames, { ...timing, duration: GLIDE * (stops.length - 1) });
  }
}
