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
import { html, nothing } from 'lit';
import { ms } from '../model/time.js';

export { deskStyles } from './desk-styles.js';

/** Of a longer row of cards or doorbells only the front is shown, and how many more there are. */
const SHOWN = { bells: 8, cards: 6, done: 3, times: 3 };

const TRAYS = [
  { queue: 'microtask', title: 'microtasks', note: 'urgent: all of these first' },
  { queue: 'task', title: 'tasks', note: 'then the oldest of these' },
];

/**
 * @typedef {{ event: number, queue: string, name: string, kind: string, ready: number, takes: number, from: string | null,
 *   origin: string }} Card   `origin`: the place that it comes from (see `moveCards`)
 * @typedef {'quiet' | 'ringing' | 'queued' | 'running' | 'done'} BellState
 * @typedef {{ place: string, name: string, kind: string, from: string | null, state: BellState,
 *   times: { ready: number, done: boolean }[], earlier: boolean, later: boolean }} Bell
 * @typedef {{ queue: string, title: string, note: string, cards: Card[], count: number, room: number }} Tray
 * @typedef {{ bells: Bell[], bellCount: number, bellRoom: number, trays: Tray[], running: Card | null, done: Card[],
 *   doneCount: number, now: number, free: number, until: number, end: number }} Desk
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

/**
 * What each position asks of a trace, read from it once: so a step costs the same with three sources or 10,000.
 * @param {any} trace
 */
function indexOf(trace) {
  const stepOf = new Int32Array(trace.eventCount);
  const queues = TRAYS.map(({ queue }) => ({ queue, steps: [], joined: [] }));
  for (let k = 0; k < trace.stepCount; k++) {
    const { event, queue, queuedAt } = trace.step(k);
    stepOf[event] = k;
    const row = queues.find((each) => each.queue === queue);
    row?.steps.push(k);
    row?.joined.push(queuedAt);
  }
  // A queue is first in, first out: its steps rise, and so do the moments at which they joined.
  const trays = queues.map(({ steps, joined }) => ({ steps: Int32Array.from(steps), joined: Int32Array.from(joined) }));

  // A source is one doorbell, however often it rings; a timer that a callback asks for is a doorbell from then on.
  const bells = [];
  const bellOf = new Int32Array(trace.eventCount).fill(-1);
  for (let event = 0; event < trace.eventCount; event++) {
    const { statement, parent } = trace.events(event);
    if (trace.statements[statement].kind === 'microtask') continue;
    const last = bells[bells.length - 1];
    if (parent === null && last?.statement === statement) last.end++;
    else bells.push({ statement, parent, event, end: event + 1 });
    bellOf[event] = bells.length - 1;
  }
  const hung = Int32Array.from(bells, ({ parent }) => (parent === null ? 0 : parent + 1)); // the position it appears at
  const index = { stepOf, trays, bells, bellOf, hung };
  const rooms = trays.map(() => 0);
  for (let p = 0; p <= trace.stepCount; p++)
    trays.forEach((tray, i) => (rooms[i] = Math.max(rooms[i], waiting(tray, p).count)));
  return { ...index, rooms };
}

/** @type {WeakMap<object, ReturnType<typeof indexOf>>} */
const indexes = new WeakMap();

/**
 * Which of a queue's steps wait in its tray: those to come that joined before the current step, or while it ran.
 * @param {{ steps: Int32Array, joined: Int32Array }} tray @param {number} position
 */
function waiting(tray, position) {
  const first = atLeast(tray.steps, position);
  return { first, count: atLeast(tray.joined, position) - first };
}

/**
 * What is where after `position` steps.
 * @param {any} trace @param {number} position @returns {Desk}
 */
export function deskAt(trace, position) {
  let index = indexes.get(trace);
  if (!index) indexes.set(trace, (index = indexOf(trace)));
  const { stepOf, bells, bellOf, hung } = index;
  const current = position > 0 ? trace.step(position - 1) : null;
  const [now, free, until] = current ? [current.time, current.free, current.end] : [0, 0, 0];

  /** @param {number | null} step */
  const callbackOf = (step) => (step === null ? null : trace.statements[trace.step(step).statement].name);

  /** @param {number} step @returns {Card} */
  const cardOf = (step) => {
    const { event, statement, parent, ready, queue } = trace.step(step);
    const { name, kind, takes } = trace.statements[statement];
    const origin = bellOf[event] < 0 ? `card ${trace.step(parent).event}` : `bell ${bellOf[event]}`;
    return { event, queue, name, kind, ready, takes, from: callbackOf(parent), origin };
  };

  /** @param {number} b @returns {Bell} */
  const bellAt = (b) => {
    const { statement, parent, event: first, end } = bells[b];
    const { name, kind } = trace.statements[statement];
    const next = first + atLeast(stepOf.subarray(first, end), position - 1);
    const start = Math.max(first, Math.min(next - 1, end - SHOWN.times));
    const stop = Math.min(end, start + SHOWN.times);
    const times = [];
    for (let e = start; e < stop; e++) times.push({ ready: trace.events(e).ready, done: e < next });
    return {
      place: `bell ${b}`,
      ...{ name, kind, times, from: callbackOf(parent), earlier: start > first, later: stop < end },
      state: next === end ? 'done' : stateOf(next),
    };
  };

  /** @param {number} event @returns {BellState} */
  const stateOf = (event) => {
    const step = stepOf[event];
    if (step === position - 1) return 'running';
    if (trace.step(step).queuedAt < position) return 'queued';
    const { ready } = trace.events(event);
    return ready <= now || ready < until ? 'ringing' : 'quiet'; // it rings, but a callback holds the thread
  };

  const bellCount = atLeast(hung, position + 1);
  let shown = bells.slice(0, bellCount).map((_, b) => b);
  if (bellCount > SHOWN.bells) {
    // Too many to show: those that are answered next, then those that were answered last.
    const near = new Set();
    const look = (/** @type {number} */ step) => {
      const b = bellOf[trace.step(step).event];
      if (b >= 0 && b < bellCount) near.add(b);
    };
    const from = Math.max(0, position - 1);
    for (let k = from; k < trace.stepCount && near.size < SHOWN.bells; k++) look(k);
    for (let k = from - 1; k >= 0 && near.size < SHOWN.bells; k--) look(k);
    shown = [...near];
  }

  const done = [];
  for (let k = position - 2; k >= 0 && done.length < SHOWN.done; k--) done.push(cardOf(k));

  return {
    ...{ now, free, until, end: trace.totals.end },
    bells: shown.map(bellAt),
    bellCount,
    bellRoom: Math.min(bells.length, SHOWN.bells),
    trays: TRAYS.map((tray, i) => {
      const { first, count } = waiting(index.trays[i], position);
      const cards = [...index.trays[i].steps.subarray(first, first + Math.min(count, SHOWN.cards))].map(cardOf);
      return { ...tray, cards, count, room: Math.min(index.rooms[i], SHOWN.cards) };
    }),
    running: current && cardOf(position - 1),
    done,
    doneCount: Math.max(0, position - 1),
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

const number = (/** @type {number} */ n) => n.toLocaleString('en');
const cards = (/** @type {number} */ n) => `${number(n)} card${n === 1 ? '' : 's'}`;
const more = (/** @type {number} */ n) => (n > 0 ? html`<p class="more">+${number(n)} more</p>` : nothing);

/** @param {Card} card */
const paper = (card) => html`
  <li class="card" data-place="card ${card.event}" data-origin=${card.origin} data-tray=${card.queue}>
    <b>${card.name}</b>
    <span class="facts">${kindOf(card)} <span>at ${ms(card.ready)} ms</span></span>
  </li>
`;

/** What lies inside a lamp: as in lesson 4 it is hollow while quiet, has rays when it rings, and a tick when done. */
const LAMPS = {
  quiet: '',
  ringing: 'M0-13v-5M9.2-9.2l3.5-3.5M13 0h5M-9.2-9.2l-3.5-3.5M-13 0h-5M9.2 9.2l3.5 3.5M-9.2 9.2l-3.5 3.5M0 13v5',
  queued: 'M-4-3.5h8M-4 0h8M-4 3.5h5',
  running: 'M-2.5-4.5v9l7-4.5z',
  done: 'M-4.500.5l3 3.5 6-7',
};

/** @param {Bell} bell */
const doorbell = (bell) => html`
  <li class="bell ${bell.state}" data-place=${bell.place}>
    <svg class="lamp" viewBox="-12 -12 24 24" aria-hidden="true">
      <circle r="9" />
      <path d=${LAMPS[bell.state]} />
    </svg>
    <span class="row">
      <b>${bell.name}</b>
      <span>
        at
        ${bell.earlier ? '… ' : ''}${bell.times.map(
          ({ ready, done }, i) => html`${i ? ', ' : ''}<span class=${done ? 'past' : ''}>${ms(ready)}</span>`,
        )}${bell.later ? ' …' : ''}
        ms
      </span>
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
      ${tray.cards.length ? tray.cards.map(paper) : html`<li class="empty">empty</li>`}
    </ol>
    ${more(tray.count - tray.cards.length)}
  </div>
`;

/** Night outside, or day, as the page is dark or light. */
const outside = html`
  <svg class="window" viewBox="0 0 200 106" aria-hidden="true">
    <path class="sky" d="M8 6h184v90H8z" />
    <circle class="orb" cx="152" cy="34" r="13" />
    <path class="stars" d="M30 26h.01M62 18h.01M48 48h.01M82 36h.01M118 22h.01M176 60h.01M122 56h.01" />
    <path
      class="clouds"
      d="M28 50a8 8 0 0 1 6-15 12 12 0 0 1 23-2 9 9 0 0 1 7 17zM112 38a6 6 0 0 1 4-11 9 9 0 0 1 17-1 6 6 0 0 1 6 12z"
    />
    <path class="roofs" d="M8 96V74h16v-8h16v12h12l12-10 12 10h14V66h14v12l14-10 14 10v4h18V72h18v10h22v14z" />
    <path class="sash" d="M8 6h184v90H8zM100 6v90M0 100h200" />
  </svg>
`;

/** The receptionist at the desk, in the light of its lamp; with closed eyes until there is something to do. */
const receptionist = (/** @type {boolean} */ awake) => html`
  <svg class="figure" viewBox="0 0 240 150" aria-hidden="true">
    <path class="light" d="M141 63L-28 240A150 58 0 0 0 268 240L181 94z" />
    <ellipse class="light" cx="120" cy="246" rx="120" ry="46" />
    <path class="hair" d="M74 98c-8-10-8-30-8-40a32 34 0 0 1 64 0c0 10 0 30-8 40zM85 22a13 13 0 1 1 26 0z" />
    <path class="coat" d="M30 150c2-42 22-58 68-58s66 16 68 58z" />
    <path class="face" d="M90 78h16v18q-8 8-16 0zM76 56a22 25 0 0 0 44 0v-10H76z" />
    <path class="hair" d="M74 58c-2-38 50-38 48 0-3-6-8-8-11-16-7 9-25 9-37 16z" />
    <path class="pen" d=${awake ? 'M89 60v3M107 60v3M93 71q5 4 10 0' : 'M85 61q4 4 8 0M103 61q4 4 8 0M95 72h6'} />
    <path class="collar" d="M84 92l14 16 14-16" />
    <path class="sleeve" d="M44 132q8 14 34 10M152 132q-8 14-34 10" />
    <path class="hand" d="M86 143h.01M110 143h.01" />
    <path class="stand" d="M196 147h32M212 147l12-50-34-50" />
    <path class="shade" d="M177 39Q150 42 138 62L182 96Q198 72 192 50Q187 40 177 39z" />
    <path class="bulb" d="M147 69a16 16 0 0 0 27 21z" />
  </svg>
`;

/** The dial: its hand goes round once in the whole run. @param {Desk} state */
const clock = ({ now, free, until, end }) => html`
  <div class="clock" role="group" aria-label="clock">
    <svg viewBox="-20 -20 40 40" aria-hidden="true">
      <circle r="17" />
      <path d="M0-13v-1M0 13v1M-13 0h-1M13 0h1" />
      <path class="hand" d="M0 0V-10" style="transform: rotate(${end ? (now / end) * 360 : 0}deg)" />
    </svg>
    <p>
      <b>${ms(now)} ms</b>
      <span class="facts">
        ${free < now ? html`<span>slept ${ms(free)} → ${ms(now)} ms</span>` : nothing}
        ${now < until ? html`<span>busy until ${ms(until)} ms</span>` : nothing}
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
          ${state.done.length ? state.done.map(paper) : html`<li class="empty">empty</li>`}
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
  /** @type {Map<string, { element: HTMLElement, x: number, y: number }>} */
  const places = new Map();
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-place]'))) {
    const box = element.getBoundingClientRect();
    places.set(element.dataset.place ?? '', {
      element,
      x: box.x + box.width / 2 - left,
      y: box.y + box.height / 2 - top,
    });
  }
  return places;
}

/**
 * Lets each card glide to where it is now: from where it was; a new one from its doorbell, through its tray; or from
 * the callback on the desk that asked for it. A press while they move calls `finish()` on what this returns.
 * @param {Element} root @param {ReturnType<typeof cardPlaces>} before @param {{ instant?: boolean }} [options]
 * @returns {Animation[]}
 */
export function moveCards(root, before, { instant = false } = {}) {
  if (instant || matchMedia('(prefers-reduced-motion: reduce)').matches) return [];
  const after = cardPlaces(root);
  const moves = [];
  for (const [place, to] of after) {
    const { origin = '', tray = '' } = to.element.dataset;
    const was = before.get(place);
    const stops = [was ?? after.get(origin) ?? before.get(origin) ?? to, to];
    if (!was && tray && to.element.closest('.blotter')) stops.splice(1, 0, after.get(tray) ?? to);
    if (was && Math.hypot(was.x - to.x, was.y - to.y) < 1) continue;
    const frames = stops.map(({ x, y }, i) => ({
      translate: `${x - to.x}px ${y - to.y}px`,
      scale: was || i ? 1 : 0.6,
      opacity: was || i ? 1 : 0,
      zIndex: 2,
      easing: 'cubic-bezier(0.4, 0, 0.2, 1)',
    }));
    // What a callback asks for comes after the callback has come to the desk.
    const delay = !was && origin.startsWith('card') ? GLIDE : 0;
    moves.push(to.element.animate(frames, { duration: GLIDE * (stops.length - 1), delay, fill: 'backwards' }));
  }
  return moves;
}
