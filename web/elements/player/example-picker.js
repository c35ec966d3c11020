// @ts-check
import { html, nothing } from 'lit';
import { BesideDemo } from './beside-demo.js';
import { demoStyles } from './demo-styles.js';
import styles from './example-picker.css';

/**
 * @typedef {{ name: string, host: 'browser' | 'node', watch: string, text?: string }} Example  a scenario to pick, and
 *   what to watch; without a text it is the one that stands in the demo
 */

/**
 * Scenarios for a demo of lesson 5, ready to pick, with one sentence on what to watch.
 *
 *     <example-picker for="demo" role="group" aria-label="Example"></example-picker>
 *
 * Until it has come its place can be reached by the tabulator (see when-reached.js); then the choice takes over.
 */
export class ExamplePicker extends BesideDemo {
  static properties = { examples: { attribute: false } };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    /** @type {Example[]} */
    this.examples = [];
  }

  updated() {
    const choice = this.renderRoot.querySelector('select');
    if (!choice || !this.hasAttribute('tabindex')) return;
    const isHere = this.matches(':focus');
    for (const name of ['tabindex', 'role', 'aria-label']) this.removeAttribute(name);
    if (isHere) choice.focus({ preventScroll: true });
  }

  render() {
    const { demo, examples } = this;
    if (!demo.doorbell) return nothing;
    const current = examples.find(({ host, text = demo.original }) => host === demo.shownHost && text === demo.shown);
    const group = (/** @type {string} */ host, /** @type {string} */ title) => html`
      <optgroup label=${title}>
        ${examples.map((example, i) =>
          example.host === host
            ? html`<option value=${i} .selected=${example === current}>${example.name}</option>`
            : nothing,
        )}
      </optgroup>
    `;
    return html`
      <div class="demo pick">
        <label>
          <span>Example</span>
          <select @change=${this.#pick}>
            ${group('browser', 'Browser')} ${group('node', 'Node')}
            ${current ? nothing : html`<option .selected=${true} disabled>your own</option>`}
          </select>
        </label>
        <p role="status">
          ${current ? html`<b>Watch:</b> ${current.watch.replace(/(\d) ms/g, '$1\u00a0ms')}` : nothing}
        </p>
      </div>
    `;
  }

  /** @param {Event & { target: HTMLSelectElement }} event */
  #pick({ target }) {
    const { host, text = this.demo.original ?? '' } = this.examples[+target.value];
    this.demo.take({ host, text });
  }
}

customElements.get('example-picker') ?? customElements.define('example-picker', ExamplePicker);
