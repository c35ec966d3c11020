// @ts-check
/**
 * trays(state, { source, recording, go }) -> what stands where at a moment of a run: the line that runs, the call
 * stack, what waits, the queues, the promises. A card leads to where it was asked for: `go` takes a step, and a place
 * in it.
 */
import { html, nothing } from 'lit';
import { inMs } from '../../elements/player/labels.js';

/**
 * @typedef {import('../player/state.js').State} State
 * @typedef {import('../player/state.js').Card} Card
 * @typedef {{ source: string, recording: import('../player/record.js').Recording,
 *   go: (step: number, at: number) => void }} Run
 */

/** @param {Card} card @param {Run} run @param {boolean} isLater */
function cardOf(card, { recording, go }, isLater) {
  const { parent, at } = recording.events[card.event];
  const saysLine = card.line === 0 || card.name.endsWith(`(line ${card.line})`);
  const facts = [isLater && `at ${inMs(card.ready)}`, !saysLine && `from line ${card.line}`];
  return html`<li>
    <button
      class="card"
      @click=${() => go(parent ?? 0, at)}
      ?disabled=${card.line === 0}
      title="to where it was asked for"
    >
      <b>${card.name}</b>
      <span>${facts.filter(Boolean).join(', ')}</span>
    </button>
  </li>`;
}

/**
 * @param {{ queue: string, title: string, note: string, cards: Card[], count: number }} queue
 * @param {Run} run @param {boolean} [isLater]
 */
function tray({ queue, title, note, cards, count }, run, isLater = false) {
  const more = count - cards.length;
  return html`<section class="tray ${queue}" aria-label="${title}, ${count}">
    <p class="title">${title} <small>${note}</small></p>
    <ol role="list">
      ${cards.map((card) => cardOf(card, run, isLater))}
      ${more > 0 ? html`<li class="more">and ${more} more</li>` : nothing}
      ${count ? nothing : html`<li class="empty">empty</li>`}
    </ol>
  </section>`;
}

/** @param {State} state */
const callStack = ({ stack, running }) =>
  html`<section class="tray stack" aria-label="Call stack, ${stack.length}">
    <p class="title">Call stack <small>newest first</small></p>
    <ol role="list">
      ${[...stack]
        .reverse()
        .map(({ name, line }) => html`<li class="call"><b>${name}</b> <span>line ${line}</span></li>`)}
      ${stack.length ? nothing : html`<li class="empty">${running ? 'no code of the program runs' : 'empty'}</li>`}
    </ol>
  </section>`;

/** @param {import('../player/state.js').PromiseCard} card @param {Run} run */
function promiseOf({ index, name, status, value, follows, runs, waits }, { recording, go }) {
  const { made } = recording.promises[index];
  const isLeft = status === 'rejected' && waits.length === 0 && !runs;
  return html`<li>
    <button class="card ${status}" @click=${() => made && go(made.step, made.at)} title="to where it was made">
      <b>${name}</b>
      <span><i>${status}</i>${value ? `: ${value}` : ''}</span>
      ${follows ? html`<span class="who">follows ${follows}</span>` : nothing}
      ${runs ? html`<span class="who">runs now: ${runs}</span>` : nothing}
      ${waits.length ? html`<span class="who">${status === 'pending' ? 'waiting' : 'queued'}: ${waits.join(', ')}</span>` : nothing}
      ${isLeft ? html`<span class="who">nobody handles that</span>` : nothing}
    </button>
  </li>`;
}

/** @param {State} state @param {Run} run */
function promisesOf({ promises, promiseCount }, run) {
  const more = promiseCount - promises.length;
  return html`<section class="tray promises" aria-label="Promises, ${promiseCount}">
    <p class="title">Promises <small>that matter now</small></p>
    <ol role="list">
      ${promises.map((card) => promiseOf(card, run))}
      ${more > 0 ? html`<li class="more">and ${more} more</li>` : nothing}
      ${promiseCount ? nothing : html`<li class="empty">none</li>`}
    </ol>
  </section>`;
}

/** @param {State} state @param {Run} run */
export function trays(state, run) {
  const { line } = state.stack.at(-1) ?? { line: 0 };
  const waiting = { queue: 'later', title: 'Waiting', note: 'not ready yet', cards: state.waiting };
  return html`
    <code class="runs">${line ? html`<span>${line}</span> ${run.source.split('\n')[line - 1]?.trim()}` : nothing}</code>
    ${callStack(state)} ${tray({ ...waiting, count: state.waitingCount }, run, true)}
    ${state.queues.map((queue) => tray(queue, run))} ${run.recording.promises.length ? promisesOf(state, run) : nothing}
  `;
}
