// @ts-check
/**
 * desk: the picture of lesson 5. Doorbells ring, their cards wait in trays, and one card at a time lies on the desk.
 * The browser has its trays in a row; Node has them around a ring, which its loop walks.
 */
import { html, nothing, svg } from 'lit';
import { ms } from '../../core/time.js';
import figure from '../../figures/receptionist.svg';
import { dial } from '../player/dial.js';
import { inMs, number } from '../player/labels.js';
import { hatch, lamp } from '../player/lamp.js';

/**
 * @typedef {import('./desk-state.js').Bell} Bell
 * @typedef {import('./desk-state.js').Card} Card
 * @typedef {import('./desk-state.js').Desk} Desk
 * @typedef {import('./desk-state.js').Tray} Tray
 */

/** A small drawing for each kind, beside its word. @type {Record<string, string>} */
const GLYPHS = {
  timer: 'M8 4.5V8l2.5 1.5M8 2a6 6 0 1 0 .01 0',
  socket: 'M5 2v3.5M11 2v3.5M3 5.5h10v2a5 5 0 0 1-10 0zM8 12.5V15',
  promise: 'M8 2a6 6 0 1 0 .01 0M5.3 8.2l2 2L10.8 6',
  microtask: 'M9.5 1.5l-6 7.5H8l-1.5 5.5 6-8H8z',
  script: 'M3 3h10M3 6.5h7M3 10h10M3 13.5h5',
  input: 'M5 2v10l2.6-2.4L9.4 14l2-.9-1.8-4.2H13z',
  frame: 'M2.5 3.5h11v8h-11zM6 14h4',
  tick: 'M4 2.5l6 5.5-6 5.5M8 2.5l5 5.5-5 5.5',
  immediate: 'M3 8h9M8.5 4.5L12 8l-3.5 3.5M14 3v10',
};

/** The glyph of what follows a promise. */
const FOLLOWS = 'M8 2a6 6 0 1 0 .01 0M6.5 5.5L9 8l-2.5 2.5';

const glyph = (/** @type {string} */ kind) =>
  html`<svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d=${GLYPHS[kind] ?? FOLLOWS} /></svg>`;

/** @param {string} times */
const at = (times) => html`<span class="at"><span class="word">at </span>${times}</span>`;

const sender = (/** @type {string | null} */ from) => (from === null ? nothing : html`<span>from ${from}</span>`);

const cards = (/** @type {number} */ n) => `${number(n)} card${n === 1 ? '' : 's'}`;
const more = (/** @type {number} */ n) => (n > 0 ? html`<span class="more">+${number(n)} more</span>` : nothing);

const stamp = html`<svg class="stamp" viewBox="-9 -9 18 18" aria-hidden="true"><path d="M-4.5 .5l3 3.5 6-7" /></svg>`;

/** @param {string[]} others what may come before this one as well, or after it */
const swap = (others) => html`
  <span class="note swap" title=${`may swap with ${others.join(', ')}`}
    ><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 5.5h11L10 2.5M14 10.5H3L6 13.5" /></svg
    ><span>may swap with</span><span>${others.length > 2 ? `${others.length} others` : others.join(', ')}</span></span
  >
`;

/** What becomes of a card when a run that would never end is stopped. @type {Record<string, string>} */
const FATES = { never: 'never gets its turn', again: 'again, for ever' };

/** @param {Card} card @param {unknown} [mark] */
const paper = (card, mark = nothing) => html`
  <li
    class="card ${card.isHop ? 'hop' : card.fate}"
    data-place=${card.place}
    data-origin=${card.origin}
    data-tray=${card.queue}
  >
    <b title=${card.name}>${glyph(card.kind)} ${card.name}</b>${mark}
    <span class="facts"><span class="kind">${card.kind}</span> ${at(inMs(card.ready))} ${sender(card.from)}</span>
    ${card.isHop ? html`<span class="note" title="a hop: runs no code">a hop: no code</span>` : nothing}
    ${card.swaps.length && mark === nothing ? swap(card.swaps) : nothing}
    ${card.fate ? html`<strong class="note" title=${FATES[card.fate]}>${FATES[card.fate]}</strong>` : nothing}
  </li>
`;

/** @type {Partial<Record<import('./desk-state.js').BellState, 'quiet' | 'done' | 'late'>>} */
const LAMPS = { quiet: 'quiet', again: 'quiet', done: 'done', never: 'late' };

/** @type {Record<string, string>} */
const BELLS = { never: 'never answered', again: 'again, for ever' };

/** @param {Bell} bell */
const doorbell = (bell) => html`
  <li class="bell ${bell.state}" .bell=${bell} data-place=${bell.place} data-origin=${bell.origin}>
    <svg class="signal" viewBox="-19 -19 38 38" aria-hidden="true">${lamp(LAMPS[bell.state] ?? 'ready', 0, 0)}</svg>
    <span class="row">
      <b title=${bell.name}>${bell.name}</b>
      ${at(`${bell.times.map(ms).join(', ')}${bell.later ? ', …' : ''}\u00a0ms`)}
    </span>
    <span class="row facts"
      ><span class="facts">${glyph(bell.kind)} ${bell.kind} ${sender(bell.from)}</span>
      <em>${BELLS[bell.state] ?? bell.state}</em></span
    >
  </li>
`;

/** A place for a doorbell that a callback will ask for, so that nothing jumps when it comes. */
const spare = html`<li class="spare" aria-hidden="true"></li>`;

/** Where Node's loop is on its ring. */
const token = html`<span class="token" data-place="loop" data-origin=""
  ><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8a5 5 0 1 0 2-4M3 2v4h4" /></svg> the
  loop</span
>`;

/** @param {Tray} tray @param {boolean} [hasLoop] */
const letterTray = (tray, hasLoop = false) => html`
  <div
    class="tray ${tray.queue}"
    role="group"
    aria-label="${tray.title}, ${cards(tray.count)}${hasLoop ? ', the loop is here' : ''}"
  >
    <p class="label"><b>${tray.title}</b> <span>${tray.note}</span> ${more(tray.count - tray.cards.length)}</p>
    ${hasLoop ? token : nothing}
    <ol role="list" .style=${`--room: ${tray.room}`} data-place=${tray.queue}>
      ${tray.cards.length ? tray.cards.map((card) => paper(card)) : html`<li class="empty">empty</li>`}
    </ol>
  </div>
`;

/** @param {Desk} state */
const trays = ({ trays }) => html`<div class="trays">${trays.map((tray) => letterTray(tray))}</div>`;

/**
 * Node's: the script, then round and round through the phases; in the middle what is drained after every callback.
 * @param {Desk} state
 */
const ring = ({ trays, phase }) => {
  const at = phase || trays[0].queue;
  const isHub = ({ queue }) => queue === 'tick' || queue === 'microtask';
  return html`
    <div class="ring">
      <div class="track" aria-hidden="true">
        ${[0, 1, 2, 3].map(() => html`<svg viewBox="-8 -8 16 16"><path d="M-3-5 3 0-3 5" /></svg>`)}
      </div>
      ${trays.filter((tray) => !isHub(tray)).map((tray) => letterTray(tray, tray.queue === at))}
      <div class="hub" role="group" aria-label="after every callback">
        <p class="label">after <b>every</b> callback, until both are empty:</p>
        ${trays.filter(isHub).map((tray) => letterTray(tray))}
      </div>
    </div>
  `;
};

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
    <path class="light" d="M141 63L-37 261A168 70 0 1 0 283 269L181 94z" />
    <ellipse class="light" cx="120" cy="286" rx="138" ry="50" />
    ${figure}
    <path class="pen" d=${awake ? 'M75 60v3M93 60v3M79 71q5 4 10 0' : 'M71 61q4 4 8 0M89 61q4 4 8 0M81 72h6'} />
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
        ${free < now ? html`<span>slept ${ms(free)} to ${inMs(now)}</span>` : nothing}
        ${now < until ? html`<span>busy until ${inMs(until)}</span>` : nothing}
      </span>
    </p>
  </div>
`;

/** @param {Desk} state */
export const desk = (state) => html`
  <div class="desk ${state.look} ${state.hasNotes ? 'notes' : ''} ${state.hasLongNames ? 'long' : ''}">
    <svg class="patterns" aria-hidden="true"><defs>${hatch}</defs></svg>
    <div class="office ${state.host}">
      <div class="bells" role="group" aria-label="doorbells">
        <p class="label"><b>doorbells</b> ${more(state.bellCount - state.bells.length)}</p>
        <ul role="list">
          ${state.bells.map(doorbell)} ${Array.from({ length: state.bellRoom - state.bells.length }, () => spare)}
        </ul>
      </div>
      ${outside} ${state.host === 'node' ? ring(state) : trays(state)}
      ${receptionist(state.running !== null || state.halted !== '')}
      <div class="blotter" role="group" aria-label="on the desk, ${cards(state.running ? 1 : 0)}">
        <p class="label"><b>on the desk</b> <span>one at a time</span></p>
        <ol role="list">
          ${state.running ? paper(state.running) : html`<li class="empty">${state.halted === 'ended' ? 'ended' : state.halted ? 'stopped' : 'nothing runs'}</li>`}
        </ol>
      </div>
      <div class="pile" role="group" aria-label="finished, ${cards(state.doneCount)}">
        <p class="label"><b>finished</b> <span>${state.doneCount ? cards(state.doneCount) : nothing}</span></p>
        <ol role="list" .style=${`--room: ${state.doneRoom}`}>
          ${state.done.length ? state.done.map((card) => paper(card, stamp)) : html`<li class="empty">empty</li>`}
        </ol>
      </div>
      ${clock(state)}
    </div>
  </div>
`;
