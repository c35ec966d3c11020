// @ts-check
import { css, html, nothing } from 'lit';
import { number } from './labels.js';
import { occurrences } from './swaps.js';

/** @typedef {import('../model/doorbell.js').Trace} Trace */

const ROWS = 12; // of more orders, so many are shown

/** @param {Trace} trace */
const orderOf = (trace) => Array.from({ length: trace.stepCount }, (_, k) => trace.step(k).statement);

/**
 * The names that a real run tells, in an order of statements; without it, in the trace's. Hops of promises run no code
 * that could tell; and nobody is there to press a key.
 *
 * @param {Trace} trace
 */
export function namesOf(trace, order = orderOf(trace)) {
  const isUser = (/** @type {number} */ statement) => {
    while (trace.statements[statement].depth > 0) statement--;
    return trace.statements[statement].kind === 'input';
  };
  const hops = new Set(occurrences(orderOf(trace)).filter((_, k) => trace.step(k).isHop));
  const steps = occurrences(order);
  return order.flatMap((statement, k) =>
    hops.has(steps[k]) || isUser(statement) ? [] : trace.statements[statement].name,
  );
}

/**
 * All orders, one a row, those columns alone in which they differ.
 *
 * @param {Trace} trace @param {import('./swaps.js').Orders | undefined} allowed
 * @param {{ names: string[] }[]} runs what came of real runs
 */
export function allowedOrders(trace, allowed, runs) {
  if (!allowed) return nothing;
  const own = orderOf(trace);
  const isOwn = (/** @type {number[]} */ order) => occurrences(order).join() === occurrences(own).join();
  const others = allowed.orders.filter((order) => !isOwn(order));
  if (!others.length)
    return html`<p class="hint">No other order is allowed, unless the machine is late by a millisecond or more.</p>`;
  const rows = [own, ...others];
  const columns = own.flatMap((statement, k) => (rows.some((order) => order[k] !== statement) ? k : []));
  const seen = (/** @type {number[]} */ order) => {
    const key = namesOf(trace, order).join('\n');
    return runs.filter(({ names }) => names.join('\n') === key).length;
  };
  const more = allowed.complete ? '' : ' and more';
  const cell = (/** @type {number[]} */ order, /** @type {number} */ k) => {
    const { name } = trace.statements[order[k]];
    return order[k] === own[k] ? name : html`<b><span aria-hidden="true">⇄</span> ${name}</b>`;
  };
  return html`
    <details class="editor">
      <summary>All allowed orders (${number(rows.length)}${more})</summary>
      <div class="table">
        <table class="orders">
          <caption>
            Where they differ
            <span>· a double arrow marks what has changed places</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Order</th>
              ${columns.map((k) => html`<th scope="col">${k + 1}</th>`)}
              ${runs.length ? html`<th scope="col">Seen here</th>` : nothing}
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, ROWS).map(
              (order, i) => html`
                <tr>
                  <th scope="row">${i ? 'allowed too' : 'the model’s'}</th>
                  ${columns.map((k) => html`<td class="name">${cell(order, k)}</td>`)}
                  ${runs.length ? html`<td>${seen(order)} of ${runs.length}</td>` : nothing}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      ${rows.length > ROWS || more ? html`<p class="hint">and ${rows.length > ROWS ? number(rows.length - ROWS) : ''} more</p>` : nothing}
      ${columns.length < own.length ? html`<p class="hint">The rest stands in all of them as in the timeline.</p>` : nothing}
    </details>
  `;
}

export const allowedOrdersStyles = css`
  .orders :is(th, td) {
    white-space: nowrap;
  }
  .orders th[scope='row'] {
    color: var(--muted);
    font-weight: 400;
  }
`;
