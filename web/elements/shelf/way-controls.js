// @ts-check
/** By which call the guard waits, with what that call is told besides: to be chosen. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { nameOf, tellsOnce, wayOf } from '../side-by-side/ways.js';

/** @typedef {import('../side-by-side/ways.js').Way} Way */

/** Of these the hallway would be no true picture: many guards; the idea of a wait; a read that the kernel does. */
const UNDRAWN = ['threads', 'readiness', 'io_uring'];

/** As many answers a wait holds, unless it is told (core/model/multiplexer/waiting.h). */
const MAXEVENTS = { own: 64, most: 1024 };

const holdsAnswers = (/** @type {string} */ strategy) => /^(epoll|kqueue)/.test(strategy);

/** What is left of the options when another call is chosen. @param {Way} way @param {string} strategy @returns {Way} */
const withCall = ({ options: { maxevents } }, strategy) => ({
  strategy,
  options: maxevents && holdsAnswers(strategy) ? { maxevents } : {},
});

/** @param {Way} way @param {string} text what was typed @returns {Way} */
function withMaxevents({ strategy, options: { maxevents: _, ...rest } }, text) {
  const maxevents = Math.max(1, Math.min(MAXEVENTS.most, Math.trunc(Number(text)) || MAXEVENTS.own));
  return { strategy, options: maxevents === MAXEVENTS.own ? rest : { ...rest, maxevents } };
}

/** How far an edge-triggered socket is read. */
const DRAINS = {
  'until EAGAIN': undefined,
  '4 times a turn': 4,
  '2 times a turn': 2,
  '1 time a turn': 1,
  'once: no drain': false,
};

/** @param {Way} way @param {string} text @returns {Way} */
function withDrain({ strategy, options: { drain: _, ...rest } }, text) {
  const drain = DRAINS[text];
  return { strategy, options: drain === undefined ? rest : { ...rest, drain } };
}

/**
 * @param {string} name of the way, as in side-by-side/ways.js
 * @param {string[]} strategies the core's
 * @param {(name: string) => void} choose
 */
export function wayControls(name, strategies, choose) {
  const way = wayOf(name);
  const { strategy, options } = way;
  /** @param {(way: Way, text: string) => Way} change */
  const onChange = (change) => (/** @type {Event & { target: HTMLInputElement | HTMLSelectElement }} */ event) =>
    choose(nameOf(change(way, event.target.value)));
  const known = strategies.filter((each) => !UNDRAWN.includes(each));
  return html`<details class="way">
    <summary>The guard waits with <b>${name}</b></summary>
    <div>
      <label>
        Call
        <select aria-label="Call" @change=${onChange((_, strategy) => withCall(way, strategy))}>
          ${known.map((each) => html`<option .selected=${live(each === strategy)}>${each}</option>`)}
        </select>
      </label>
      ${
        holdsAnswers(strategy)
          ? html`<label>
              maxevents
              <input
                type="number"
                min="1"
                max=${MAXEVENTS.most}
                .value=${live(String(options.maxevents ?? MAXEVENTS.own))}
                @change=${onChange(withMaxevents)}
              />
            </label>`
          : nothing
      }
      ${
        tellsOnce(strategy)
          ? html`<label>
              Read
              <select aria-label="Read" @change=${onChange(withDrain)}>
                ${Object.entries(DRAINS).map(
                  ([words, each]) => html`<option .selected=${live(each === options.drain)}>${words}</option>`,
                )}
              </select>
            </label>`
          : nothing
      }
    </div>
  </details>`;
}
