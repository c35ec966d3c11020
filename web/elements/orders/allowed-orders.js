// @ts-check
import { html, nothing } from 'lit';
import { BesideDemo } from '../player/beside-demo.js';
import { demoStyles } from '../player/demo-styles.js';
import { number } from '../player/labels.js';

/**
 * Beside a demo of lesson 5: all orders that its scenario allows, to fold out; and a place to fold out, where the
 * scenario is really run.
 *
 *     <allowed-orders for="demo"><real-order for="demo"></real-order></allowed-orders>
 */
export class AllowedOrders extends BesideDemo {
  static styles = demoStyles;

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
      <details class="editor" @toggle=${() => import('./orders-table.js')}>
        <summary>All allowed orders (${number(orders.length)}${complete ? '' : ' and more'})</summary>
        <orders-table .demo=${this.demo}></orders-table>
      </details>
    `;
  }
}

customElements.get('allowed-orders') ?? customElements.define('allowed-orders', AllowedOrders);
