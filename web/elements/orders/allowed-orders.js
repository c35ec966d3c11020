// @ts-check
import { html, nothing } from 'lit';
import { number } from '../player/labels.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

const ROWS = 12; // of more orders, so many are shown

/**
 * The names that a real run tells, in an order of statements. Nobody is there to press a key.
 *
 * @param {Trace} trace @param {number[]} order
 */
export function namesOf(trace, order) {
  const isUser = (/** @type {number} */ statement) => {
    while (trace.statements[statement].depth > 0) statement--;
    return trace.statements[statement].kind === 'input';
  };
  return order.filter((statement) => !isUser(statement)).map((statement) => trace.statements[statement].name);
}

/**
 * All orders, one a row, those columns alone in which they differ.
 *
 * @param {Trace} trace @param {import('./swaps.js').Orders | undefined} allowed
 * @param {{ names: string[] }[]} runs what came of real runs
 */
export function allowedOrders(trace, allowed, runs) {
  if (!allowed) return nothing;
  const { orders, complete } = allowed;
  if (orders.length === 1) {
    return html`<p class="hint editor">
      No other order is allowed, unless the machine is late by a millisecond or more.
    </p>`;
  }
  const [own] = orders; // the model's
  const longest = Math.max(...orders.map(({ length }) => length));
  const columns = [...Array(longest).keys()].filter((k) => orders.some((order) => order[k] !== own[k]));
  const seen = (/** @type {number[]} */ order) => {
    const key = namesOf(trace, order).join('\n');
    return runs.filter(({ names }) => names.join('\n') === key).length;
  };
  const more = complete ? '' : ' and more';
  const cell = (/** @type {number[]} */ order, /** @type {number} */ k) => {
    const name = trace.statements[order[k]]?.name ?? '';
    return order[k] === own[k] ? name : html`<b><span aria-hidden="true">⇄</span> ${name}</b>`;
  };
  return html`
    <details class="editor">
      <summary>All allowed orders (${number(orders.length)}${more})</summary>
      <div class="table" tabindex="0" role="region" aria-label="All allowed orders">
        <table class="orders">
          <caption>
            Where they differ
          </caption>
          <thead>
            <tr>
              <th scope="col">Order</th>
              ${columns.map((k) => html`<th scope="col">${k + 1}</th>`)}
              ${runs.length ? html`<th scope="col">Seen here</th>` : nothing}
            </tr>
          </thead>
          <tbody>
            ${orders.slice(0, ROWS).map(
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
      <p class="hint">
        ${orders.length > ROWS || more ? html`And ${orders.length > ROWS ? number(orders.length - ROWS) : ''} more.` : nothing}
        A double arrow marks what has changed places.
        ${columns.length < longest ? 'The rest stands in all of them as in the timeline.' : nothing}
      </p>
    </details>
  `;
}
