// @ts-check
import { css, html, nothing } from 'lit';
import { BesideDemo } from './beside-demo.js';
import { demoStyles } from './demo-styles.js';

/**
 * @typedef {{ name: string, host: 'browser' | 'node', watch: string, text?: string }} Example  a scenario to pick, and
 *   what to watch; without a text it is the one that stands in the demo
 */

/**
 * Scenarios for a demo of lesson 5, ready to pick, with one sentence on what to watch.
 *
 *     <example-picker for="demo"></example-picker>
 */
export class ExamplePicker extends BesideDemo {
  static properties = { examples: { attribute: false } };

  static styles = [
    demoStyles,
    css`
      .pick {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1.25rem;
      }
      label {
        display: flex;
        flex: 0 1 auto;
        align-items: center;
        gap: 0.75rem;
        min-inline-size: 0;
      }
      label span {
        color: var(--muted);
      }
      select {
        flex: 1;
        min-inline-size: 0;
      }
      p {
        flex: 1 18rem;
        min-block-size: 1.5em;
        margin: 0;
        line-height: 1.5;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Example[]} */
    this.examples = [];
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
    this.demo.choose(host, text);
  }
}

customElements.get('example-picker') ?? customElements.define('example-picker', ExamplePicker);
