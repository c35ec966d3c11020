// @ts-check
import { LitElement } from 'lit';

/**
 * What a demo tells (see demo.js); that of lesson 5 has `ran` besides: it knows of another real run of what it shows.
 */
const EVENTS = ['shown', 'moved', 'edited', 'ran'];

/** What stands with a demo and shows itself anew when something happens there. */
export class Tool extends LitElement {
  constructor() {
    super();
    /** Given by whoever makes the element, which may be before its script has come. @type {any} */
    this.demo = /** @type {any} */ (this).demo;
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
