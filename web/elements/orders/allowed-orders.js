// @ts-check
import { html, nothing } from 'lit';
import { BesideDemo } from '../player/beside-demo.js';
import demoStyles from '../player/demo.css';
import { number } from '../player/labels.js';
import styles from './allowed-orders.css';

/**
 * Beside a demo of lesson 5: all orders that its scenario allows, one a row, and how often each was seen in real runs;
 * and a place to fold out, where the scenario is really run.
 *
 *     <allowed-orders for="demo"><real-order for="demo"></real-order></allowed-orders>
 */
export class AllowedOrders extends BesideDemo {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { ...BesideDemo.properties, table: { state: true } };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    /** What writes the table: it comes when it is unfolded. @type {((demo: any) => unknown) | undefined} */
    this.table = undefined;
  }

  async #open() {
    const { ordersTable } = await import('./orders-table.js');
    this.table = ordersTable;
  }

  render() {
    const { trace, orders, shownHost } = this.demo;
    if (!trace?.stepCount) return nothing;
    return html`
      <div class="demo">
        ${orders ? this.#renderOrders(orders) : nothing}
        <details class="editor">
          <summary>Compare with ${shownHost === 'node' ? 'Node' : 'this browser'}</summary>
          <slot></slot>
        </details>
      </div>
    `;
  }

  /** @param {import('./swaps.js').Orders} allowed */
  #renderOrders({ orders, complete }) {
    if (orders.length === 1) {
      return html`<p class="hint editor">
        No other order is allowed, unless the machine is late by a millisecond or more.
      </p>`;
    }
    return html`
      <details class="editor" @toggle=${this.#open}>
        <summary>All allowed orders (${number(orders.length)}${complete ? '' : ' and more'})</summary>
        ${this.table?.(this.demo)}
      </details>
    `;
  }
}

customElements.get('allowed-orders') ?? customElements.define('allowed-orders', AllowedOrders);
