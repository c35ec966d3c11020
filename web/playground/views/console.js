// @ts-check
/**
 * consoleOf(state, { parting, goToLine, pressKey }) -> the console at a moment of a run; without a state it is empty.
 * A line leads to the moment that wrote it: `goToLine` takes its number. Where it is not what the learner expected,
 * that stands beside it.
 */
import { html, nothing } from 'lit';

/**
 * @param {import('../player/state.js').State | null} state
 * @param {{ parting: import('../player/prediction.js').Departure | null, goToLine: (index: number) => void,
 *   pressKey: (event: KeyboardEvent) => void }} options
 */
export function consoleOf(state, { parting, goToLine, pressKey }) {
  const wrote = (/** @type {number} */ index) =>
    parting?.index === index && parting.is !== null
      ? html`<small>you wrote ${parting.said === null ? 'no more' : `“${parting.said}”`}</small>`
      : nothing;
  const earlier = state ? state.consoleCount - state.console.length : 0;
  return html`<section class="console" aria-label="Console" @keydown=${pressKey}>
    <p class="title">Console <small>a line leads to the moment that wrote it</small></p>
    <ol role="list" tabindex="0">
      ${earlier > 0 ? html`<li class="empty">and ${earlier} earlier</li>` : nothing}
      ${state?.console.map(
        ({ text, isError, index }) =>
          html`<li>
            <button class=${isError ? 'error' : ''} @click=${() => goToLine(index)}>${text.replace(/\n$/, '')}</button>
            ${wrote(index)}
          </li>`,
      )}
      ${state?.console.length ? nothing : html`<li class="empty">Nothing is printed yet.</li>`}
    </ol>
  </section>`;
}
