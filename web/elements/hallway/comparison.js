// @ts-check
import { html, nothing } from 'lit';
import { ms } from '../../core/time.js';
import { messagesOf } from '../player/messages.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

const ROWS = 8; // sockets shown: those with the greatest difference

/** The longest wait of each socket's messages. @param {Trace} trace */
function waitsOf(trace) {
  const { first, ready, step, time } = messagesOf(trace);
  return trace.statements.map((_, socket) => {
    let longest = 0;
    for (let m = first[socket]; m < first[socket + 1]; m++) longest = Math.max(longest, time[step[m]] - ready[m]);
    return longest;
  });
}

/** A number with its bar. @param {number} us @param {number} most @param {string} kind */
const bar = (us, most, kind) => html`
  <b>${ms(us)} ms</b>
  <i class=${us > 0 ? kind : ''} .style=${`inline-size:${most ? (100 * us) / most : 0}%`}></i>
`;

/**
 * What the strategies that ran to their end did with the same scenario, side by side: how long each socket waited, the
 * greatest difference first.
 *
 * @param {{ name: string, trace: Trace }[]} runs
 */
export function comparison(runs) {
  if (runs.length < 2) {
    return html`<p class="hint">Run two ways to the end, and their waits stand here side by side.</p>`;
  }
  const [first] = runs;
  const last = runs[runs.length - 1];
  const waits = runs.map(({ trace }) => waitsOf(trace));
  const gain = (/** @type {number} */ i) => waits[0][i] - waits[runs.length - 1][i];
  const order = first.trace.statements.map((_, i) => i).sort((a, b) => gain(b) - gain(a) || a - b);
  const most = Math.max(...runs.map(({ trace }) => trace.totals.maxLatency));
  const best = order[0];
  const total = (/** @type {string} */ what, /** @type {(trace: Trace) => unknown} */ of) => html`
    <tr>
      <th scope="row">${what}</th>
      ${runs.map(({ trace }) => html`<td>${of(trace)}</td>`)}
    </tr>
  `;
  return html`
    <p class="crown">
      ${gain(best) > 0 ? `${first.trace.statements[best].name} waits ${ms(gain(best))} ms less.` : 'Nobody waits less.'}
      ${first.trace.end === last.trace.end ? 'The end stays the same.' : nothing}
    </p>
    <div class="table">
      <table class="compare">
        <caption>
          How long each socket waited
        </caption>
        <thead>
          <tr>
            <th scope="col">Socket</th>
            ${runs.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${order.slice(0, ROWS).map(
            (i) => html`
              <tr>
                <th scope="row" class="name">${first.trace.statements[i].name}</th>
                ${waits.map((wait) => html`<td>${bar(wait[i], most, 'late')}</td>`)}
              </tr>
            `,
          )}
        </tbody>
        <tfoot>
          ${total('Mean', ({ totals }) => `${ms(totals.meanLatency)} ms`)}
          ${total('All done at', ({ tables }) => `${ms(tables.totals.end_us.at(0))} ms`)}
        </tfoot>
      </table>
    </div>
  `;
}
