// @ts-check
import { LitElement } from 'lit';

/** What stands beside a demo of lesson 5: it finds the demo by its id, and hears when that shows something else. */
export class BesideDemo extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { for: {} };

  constructor() {
    super();
    this.for = 'demo';
  }

  /** @returns {import('../desk/event-loop-demo.js').EventLoopDemo} */
  get demo() {
    return /** @type {any} */ (document.getElementById(this.for));
  }

  connectedCallback() {
    super.connectedCallback();
    this.demo.addEventListener('shown', this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.demo.removeEventListener('shown', this);
  }

  /** The demo shows something else. */
  handleEvent() {
    this.requestUpdate();
  }
}
