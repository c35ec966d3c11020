// @ts-check
import { html, nothing } from 'lit';
import { BesideDemo } from '../player/beside-demo.js';
import demoStyles from '../player/demo.css';
import { number } from '../player/labels.js';
import styles from './allowed-orders.css';
import { namesOf } from './swaps.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

const ROWS = 12; // of more orders, so many are shown

/**
 * Beside a demo of lesson 5: all orders that its scenario allows, one a row, and how often each was seen in real runs;
 * and a place to fold out, where the scenario is really run.
 *
 *     <allowed-orders for="demo"><real-order for="demo"></real-order></allowed-orders>
 */
export class AllowedOrders extends BesideDemo {
  static styles = [demoStyles, styles];

  render() {
    const { trace, orders, shownHost } = this.demo;
    if (!trace?.stepCount) return nothing;
    return html`
      <div class="demo">
        ${orders ? this.#renderOrders(trace, orders) : nothing}
        <details class="editor">
          <summary>Compare with ${shownHost === 'node' ? 'Node' : 'this browser'}</summary>
          <slot></slot>
        </details>
      </div>
    `;
  }

  /** @param {Trace} trace @param {import('./swaps.js').Orders} allowed */
  #renderOrders(trace, { orders, complete }) {
    if (orders.length === 1) {
      return html`<p class="hint editor">
        No other order is allowed, unless the machine is late by a millisecond or more.
      </p>`;
    }
    return html`
      <details class="editor">
        <summary>All allowed orders (${number(orders.length)}${complete ? '' : ' and more'})</summary>
        ${this.#renderTable(trace, orders, complete)}
      </details>
    `;
  }

  /**
   * Those columns alone in which they differ.
   *
   * @param {Trace} trace @param {number[][]} orders @param {boolean} complete
   */
  #renderTable(trace, orders, complete) {
    const { runs } = this.demo;
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

customElements.get('allowed-orders') ?? customElements.define('allowed-orders', AllowedOrders);
