// @ts-check
/**
 * outputs({ isLooking, told, real, orders }) -> what a tool found: what this browser printed, or all that a program may
 * print, each with the first line in which it differs from what is shown.
 */
import { html, nothing } from 'lit';

const OUTPUTS_SEEN = 24;

/**
 * @typedef {object} Found
 * @property {boolean} isLooking it is still looked for
 * @property {string} told why the tool did nothing
 * @property {{ lines: string[], at: number, said: string } | null} real what this browser printed, where that parts
 *   from what is shown, and what it says
 * @property {import('../player/runner.js').Orders | null} orders what else it may print
 */

/** Lines of a console, one of them marked, or their end. @param {string[]} lines @param {number} at */
const listed = (lines, at) => {
  const seen = at === lines.length ? [...lines, html`<i>no more</i>`] : lines;
  return html`<li>
    <ol role="list" tabindex="0">
      ${seen.map((line, i) => html`<li>${i === at ? html`<mark>${line}</mark>` : line}</li>`)}
    </ol>
  </li>`;
};

/** @param {Found} found */
function saidOf({ isLooking, told, real, orders }) {
  if (isLooking) return 'Looking …';
  if (real) return real.said;
  if (!orders) return told;
  const { outputs, complete } = orders;
  const rest = complete ? '' : ' There may be more, which were not looked for.';
  if (outputs.length === 1)
    return complete ? 'No other order is allowed: the console always shows this.' : `No other order was found.${rest}`;
  return `No order is guaranteed: the console may show ${outputs.length} different things. The first is what you step
    through; a mark shows where another leaves it.${rest}`;
}

/** @param {Found} found */
export function outputs(found) {
  const { real, orders } = found;
  const [own, ...others] = (orders?.outputs ?? []).map((output) => output.split('\n').slice(0, -1));
  const parting = (/** @type {string[]} */ lines) => {
    const at = lines.findIndex((line, i) => line !== own[i]);
    return at < 0 && lines.length < own.length ? lines.length : at;
  };
  const list = (/** @type {unknown} */ items) =>
    html`<ol class="outputs">
      ${items}
    </ol>`;
  return html`<div class="orders">
    <p role="status">${saidOf(found)}</p>
    ${real ? list(listed(real.lines, real.at)) : nothing}
    ${
      others.length
        ? list([own, ...others].slice(0, OUTPUTS_SEEN).map((lines) => listed(lines, parting(lines))))
        : nothing
    }
  </div>`;
}
