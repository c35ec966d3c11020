// @ts-check
import { css, html, nothing } from 'lit';
import { ms } from '../model/time.js';
import { messagesOf } from './messages.js';

/** @typedef {import('../model/doorbell.js').Trace} Trace */

const ROWS = 8; // sockets shown: those with the greatest difference

/** The longest wait of each socket's messages. @param {Trace} trace */
function waitsOf(trace) {
  const { first, steps, time, ready } = messagesOf(trace);
  return trace.statements.map((_, socket) => {
    const own = steps.subarray(first[socket], first[socket + 1]);
    return own.reduce((longest, k) => Math.max(longest, time[k] - ready[k]), 0);
  });
}

/** A number with its bar. @param {number} us @param {number} most @param {string} kind */
const bar = (us, most, kind) => html`
  <b>${ms(us)} ms</b>
  <i class=${us > 0 ? kind : ''} style=${`inline-size:${most ? (100 * us) / most : 0}%`}></i>
`;

/**
 * Both modes side by side, once both have run to their end: how long each socket waited, the greatest gain first.
 *
 * @param {Trace | undefined} blocking
 * @param {Trace | undefined} readiness
 */
export function comparison(blocking, readiness) {
  if (!blocking || !readiness) {
    return html`<p class="hint">Run both ways to the end, and their waits stand here side by side.</p>`;
  }
  const before = waitsOf(blocking);
  const after = waitsOf(readiness);
  const gain = (/** @type {number} */ i) => before[i] - after[i];
  const order = blocking.statements.map((_, i) => i).sort((a, b) => gain(b) - gain(a) || a - b);
  const most = Math.max(blocking.totals.maxLatency, readiness.totals.maxLatency);
  const total = (/** @type {string} */ what, /** @type {'meanLatency' | 'end'} */ key) => html`
    <tr>
      <th scope="row">${what}</th>
      <td>${ms(blocking.totals[key])} ms</td>
      <td>${ms(readiness.totals[key])} ms</td>
    </tr>
  `;
  const best = order[0];
  return html`
    <p class="crown">
      ${gain(best) > 0 ? `${blocking.statements[best].name} waits ${ms(gain(best))} ms less.` : 'Nobody waits less.'}
      ${blocking.totals.end === readiness.totals.end ? 'The end stays the same.' : nothing}
    </p>
    <div class="table">
      <table class="compare">
        <caption>
          How long each socket waited
        </caption>
        <thead>
          <tr>
            <th scope="col">Socket</th>
            <th scope="col">Blocking</th>
            <th scope="col">Readiness</th>
          </tr>
        </thead>
        <tbody>
          ${order.slice(0, ROWS).map(
            (i) => html`
              <tr>
                <th scope="row" class="name">${blocking.statements[i].name}</th>
                <td>${bar(before[i], most, 'late')}</td>
                <td>${bar(after[i], most, 'late')}</td>
              </tr>
            `,
          )}
        </tbody>
        <tfoot>
          ${total('Mean', 'meanLatency')} ${total('All done at', 'end')}
        </tfoot>
      </table>
    </div>
  `;
}

export const comparisonStyles = css`
  .crown {
    margin: 0;
    font: 600 1.25em var(--serif);
  }
  .compare th[scope='row'] {
    inline-size: 7rem;
    font-weight: 500;
    white-space: nowrap;
  }
  .compare td {
    inline-size: 44%;
  }
  .compare b {
    display: block;
    font-weight: 500;
  }
  .compare i {
    display: block;
    box-sizing: border-box;
    block-size: 0.625rem;
    margin-block-start: 0.25rem;
  }
  .compare .late {
    border: 1px solid var(--late);
    border-radius: 2px;
    background: repeating-linear-gradient(-45deg, var(--late) 0 2px, transparent 2px 5px);
  }
  .compare tfoot {
    color: var(--muted);
  }
`;
