// @ts-check
import { css, html } from 'lit';
import { ms } from '../model/time.js';

/** @typedef {import('../model/doorbell.js').Trace} Trace */

const ROWS = 8; // sockets shown: those with the greatest difference

/** The longest wait of each socket's messages. @param {Trace} trace */
function waits(trace) {
  const longest = new Float64Array(trace.statements.length);
  for (let k = 0; k < trace.stepCount; k++) {
    const { statement, latency } = trace.step(k);
    longest[statement] = Math.max(longest[statement], latency);
  }
  return longest;
}

/** @type {WeakMap<Trace, Float64Array>} */
const known = new WeakMap();

/** @param {Trace} trace */
function waitsOf(trace) {
  const found = known.get(trace) ?? waits(trace);
  known.set(trace, found);
  return found;
}

/** @param {number} us @param {number} most @param {string} kind */
const bar = (us, most, kind) => html`
  <span class="bar"><i class=${kind} style=${`inline-size:${most ? (100 * us) / most : 0}%`}></i></span>
  <b>${ms(us)} ms</b>
`;

/**
 * Both modes side by side, once both have run to their end: how long each socket waited, the greatest gain first.
 *
 * @param {Trace | undefined} blocking
 * @param {Trace | undefined} readiness
 * @param {string} mode the one on show
 */
export function comparison(blocking, readiness, mode) {
  if (!blocking || !readiness) {
    const other = mode === 'blocking' ? 'Readiness' : 'Blocking';
    const seen = blocking || readiness;
    return html`<p class="comparing">
      ${seen ? `Now choose ${other} and run it too: then both stand here, side by side.` : 'Run both ways to the end, and their waits stand here side by side.'}
    </p>`;
  }
  const before = waitsOf(blocking);
  const after = waitsOf(readiness);
  const gain = (/** @type {number} */ i) => before[i] - after[i];
  const order = blocking.statements.map((_, i) => i).sort((a, b) => gain(b) - gain(a) || a - b);
  const most = Math.max(blocking.totals.maxLatency, readiness.totals.maxLatency);
  const total = (/** @type {Trace} */ { totals }) => html`
    <td>mean ${ms(totals.meanLatency)} ms; all done at ${ms(totals.end)} ms</td>
  `;
  return html`
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
                <th scope="row">${blocking.statements[i].name}</th>
                <td>${bar(before[i], most, 'late')}</td>
                <td>${bar(after[i], most, 'done')}</td>
              </tr>
            `,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            ${total(blocking)} ${total(readiness)}
          </tr>
        </tfoot>
      </table>
    </div>
  `;
}

export const comparisonStyles = css`
  .comparing {
    color: var(--muted);
  }
  .compare td {
    inline-size: 42%;
  }
  .compare .bar {
    display: inline-block;
    inline-size: calc(100% - 5em);
    block-size: 0.75em;
    margin-inline-end: 0.5em;
    border-inline-start: 1px solid var(--quiet);
  }
  .bar i {
    display: block;
    block-size: 100%;
  }
  .bar .late {
    background: repeating-linear-gradient(45deg, var(--late) 0 2px, transparent 2px 5px);
    border-inline-end: 2px solid var(--late);
  }
  .bar .done {
    background: var(--done);
  }
  .compare b {
    font: inherit;
    white-space: nowrap;
  }
`;
