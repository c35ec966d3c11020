// @ts-check
import { html } from 'lit';
import { IoMultiplexerDemo as LessonsDemo, MODES } from '../elements/hallway/io-multiplexer-demo.js';
import { demoProperties, fault, Standalone } from './standalone-demo.js';
import { oneOf, standaloneStyles } from './standalone.js';

/**
 * @csspart legend what the signs of the time chart mean
 * @csspart table the steps taken so far
 * @csspart comparison blocking against readiness, when both were run
 */
const PARTS = {
  legend: '.legend',
  table: '.table:not(:has(.compare))',
  comparison: '.demo > .hint, .crown, .table:has(.compare)',
};

/**
 * One guard and many doors: blocking against readiness. Its scenario stands in a `<pre>` inside it.
 *
 * @tag io-multiplexer-demo
 * @attr {'blocking' | 'readiness'} [mode=blocking] how the guard works
 * @attr {string} [controls] what is kept of `choice position legend table comparison tools editor`; without it, all
 */
export class IoMultiplexerDemo extends LessonsDemo {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { ...demoProperties, mode: oneOf(MODES, MODES[0]) };
  static styles = [standaloneStyles, LessonsDemo.styles];

  #standalone = new Standalone(this, PARTS);

  constructor() {
    super();
    /** @type {string | null} */ this.theme = null;
    /** @type {string | null} */ this.controls = null;
    this.predict = false;
  }

  /** Whoever says another mode starts over. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('mode') && this.trace) this.choose(this.mode);
    super.willUpdate(changed);
  }

  render() {
    return this.error && !this.doorbell ? html`${fault(this.error)}${super.render()}` : super.render();
  }
}

customElements.get('io-multiplexer-demo') ?? customElements.define('io-multiplexer-demo', IoMultiplexerDemo);
