// @ts-check
import { html, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { number } from '../player/labels.js';
import { Tool } from '../player/tool.js';
import styles from './orders-table.css';
import { namesOf } from './swaps.js';

const ROWS = 12; // of more orders, so many are shown

/** All orders that a scenario allows, one a row: where they differ, and how often each was seen in real runs. */
export class OrdersTable extends Tool {
  static styles = [demoStyles, styles];

  render() {
    const { trace, runs } = this.demo;
    /** @type {import('./swaps.js').Orders} */
    const { orders, complete } = this.demo.orders ?? { orders: [[]], complete: true };
    const [own] = orders; // the model's
    const longest = Math.max(...orders.map(({ length }) => length));
    const columns = [...Array(longest).keys()].filter((k) => orders.some((order) => order[k] !== own[k]));
    const seen = (/** @type {number[]} */ order) => {
      const key = namesOf(trace, order).join('\n');
      return runs.filter(({ names }) => names.join('\n') === key).length;
    };
    const cell = (/** @type {number[]} */ order, /** @type {number} */ k) => {
      const name = trace.statements[order[k]]?.name ?? '';
      return order[k] === own[k] ? name : html`<b><span aria-hidden="true">⇄</span> ${name}</b>`;
    };
    const more = orders.length > ROWS ? number(orders.length - ROWS) : '';
    return html`
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
        ${more || !complete ? html`And ${more} more.` : nothing} A double arrow marks what has changed places.
        ${columns.length < longest ? 'The rest stands in all of them as in the timeline.' : nothing}
      </p>
    `;
  }
}

customElements.get('orders-table') ?? customElements.define('orders-table', OrdersTable);
