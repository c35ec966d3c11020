// @ts-check
import { Tool } from './tool.js';

/** What stands beside a demo of lesson 5, somewhere on the page: it finds the demo by its id. */
export class BesideDemo extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { for: {} };

  constructor() {
    super();
    this.for = 'demo';
  }

  connectedCallback() {
    /** @type {import('../desk/event-loop-demo.js').EventLoopDemo} */
    this.demo ??= /** @type {any} */ (document.getElementById(this.for));
    super.connectedCallback();
  }
}
