// @ts-check
import { html } from 'lit';
import { EventLoopDemo as LessonsDemo, HOSTS } from '../elements/desk/event-loop-demo.js';
import { demoProperties, fault, Standalone } from './standalone-demo.js';
import { oneOf, standaloneStyles } from './standalone.js';

/**
 * @csspart table the callbacks that ran so far
 * @csspart picker the examples
 * @csspart orders all orders that are allowed
 */
const PARTS = { table: '.table, .demo > .hint' };

const BESIDE = {
  async picker() {
    const [{ examples }] = await Promise.all([
      import('../lessons/event-loop-examples.js'),
      import('../elements/player/example-picker.js'),
    ]);
    return Object.assign(document.createElement('example-picker'), { examples });
  },
  async orders() {
    await Promise.all([import('../elements/orders/allowed-orders.js'), import('../elements/orders/real-order.js')]);
    const orders = document.createElement('allowed-orders');
    orders.append(document.createElement('real-order'));
    return orders;
  },
};

/**
 * The event loop of a browser or of Node: readiness becomes queued callbacks. Its scenario stands in a `<pre>` inside
 * it.
 *
 * @tag event-loop-demo
 * @attr {'browser' | 'node'} [host=browser] whose loop it is
 * @attr {string} [controls] what is kept of `choice position table tools editor`, and what is added of `picker orders`;
 *   without it, all but the last two
 */
export class EventLoopDemo extends LessonsDemo {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { ...demoProperties, host: oneOf(Object.keys(HOSTS), 'browser') };
  static styles = [standaloneStyles, LessonsDemo.styles];

  #standalone = new Standalone(this, PARTS, BESIDE);

  constructor() {
    super();
    /** @type {string | null} */ this.theme = null;
    /** @type {string | null} */ this.controls = null;
    this.predict = false;
  }

  /** Whoever says another host starts over. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const { host, shownHost } = this;
    if (this.trace && host !== shownHost) {
      this.host = shownHost; // until it is known that the other runs what is shown
      this.choose(host);
    }
    super.willUpdate(changed);
  }

  render() {
    return this.error && !this.doorbell ? html`${fault(this.error)}${super.render()}` : super.render();
  }
}

customElements.get('event-loop-demo') ?? customElements.define('event-loop-demo', EventLoopDemo);
