// @ts-check
import { LitElement } from 'lit';

/** The demo shows another scenario; or it knows of another real run of the one that it shows. */
const EVENTS = ['shown', 'ran'];

/** What stands beside a demo of lesson 5: it finds the demo by its id, and hears what happens there. */
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
    for (const event of EVENTS) this.demo.addEventListener(event, this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const event of EVENTS) this.demo.removeEventListener(event, this);
  }

  /** @param {Event} _event */
  handleEvent(_event) {
    this.requestUpdate();
  }
}
