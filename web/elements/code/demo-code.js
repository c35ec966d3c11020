// @ts-check
import { html, nothing } from 'lit';
import { javascriptOf, playableOf, programWithPlaces } from '../../javascript/javascript.js';
import { demoStyles } from '../player/demo-styles.js';
import { Tool } from '../player/tool.js';
import { runningLine } from './running-line.js';
import styles from './demo-code.css';

/**
 * The scenario of a demo of lesson 5 as the JavaScript that it stands for; the statement that runs is lit.
 *
 *     <demo-code .demo=${demo}></demo-code>
 */
export class DemoCode extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { copied: { state: true } };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    this.copied = '';
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === 'shown') this.copied = '';
    super.handleEvent(event);
  }

  async #copy() {
    const { copy } = await import('../share/copy-link.js');
    const { trace, shownHost } = this.demo;
    const isCopied = await copy(javascriptOf(trace.scenario, shownHost));
    if (trace === this.demo.trace) this.copied = isCopied ? 'Copied.' : 'The browser refused: select and copy it.';
  }

  /** The page of the playground, where this page leads to it. */
  get #playground() {
    return document.querySelector('event-loop-playground')?.getAttribute('page');
  }

  /** Takes the code there; the way back leads here. @param {string} program */
  async #step(program) {
    const [{ encode }, { linkTo }] = await Promise.all([
      import('../../scenario/link.js'),
      import('../share/copy-link.js'),
    ]);
    const { shownHost } = this.demo;
    const here = await linkTo(this.demo);
    if (here) history.replaceState(null, '', here);
    const link = new URL(/** @type {string} */ (this.#playground), location.href);
    link.searchParams.set('play', await encode({ program, host: shownHost, module: 'no', moment: '0' }));
    location.assign(link);
  }

  /** Where the page has it: the same code, run here, beside the model. */
  get #comparison() {
    return document.querySelector('real-order');
  }

  render() {
    const { trace, shownHost, position } = this.demo;
    if (!trace?.stepCount) return nothing;
    const { program, places } = programWithPlaces(trace.scenario, shownHost);
    const running = runningLine(trace, places, position);
    const playable = this.#playground ? playableOf(trace.scenario, shownHost) : null;
    const missing = trace.statements.filter(({ kind }) => kind === 'input').map(({ name }) => name);
    return html`
      <section aria-label="JavaScript">
        <ol tabindex="0" aria-label="The scenario as JavaScript">
          ${program
            .trimEnd()
            .split('\n')
            .map((line, i) => html`<li aria-current=${i === running ? 'step' : nothing}><code>${line}</code></li>`)}
        </ol>
        ${missing.length ? html`<p class="hint">A script cannot make ${missing.join(', ')}: it is left out.</p>` : nothing}
        <div class="buttons">
          <button type="button" @click=${this.#copy}>Copy the code</button>
          ${
            playable === null
              ? nothing
              : html`<button type="button" @click=${() => this.#step(playable)}>
                  Step this code in the playground
                </button>`
          }
          ${
            this.#comparison && shownHost === 'browser'
              ? html`<button
                  type="button"
                  @click=${() => this.#comparison?.scrollIntoView({ block: 'center', behavior: 'smooth' })}
                >
                  Compare with this browser
                </button>`
              : nothing
          }
          <span role="status">${this.copied}</span>
        </div>
      </section>
    `;
  }

  /** What runs is kept in view, inside the list alone. */
  updated() {
    const list = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('ol'));
    const lit = /** @type {HTMLElement | null | undefined} */ (list?.querySelector('[aria-current]'));
    if (!list || !lit) return;
    const from = lit.offsetTop - list.offsetTop;
    if (from < list.scrollTop || from + lit.offsetHeight > list.scrollTop + list.clientHeight)
      list.scrollTop = from - list.clientHeight / 2;
  }
}

customElements.get('demo-code') ?? customElements.define('demo-code', DemoCode);
