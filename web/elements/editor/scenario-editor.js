// @ts-check
import { html, nothing } from 'lit';
import { ScenarioError } from '../../core/doorbell.js';
import { addStyles } from '../player/add-styles.js';
import { demoStyles } from '../player/demo-styles.js';
import { Tool } from '../player/tool.js';
import { replaceLine } from '../../scenario/edits.js';
import { helpAt } from '../../scenario/line-help.js';
import { coreOf } from '../../scenario/words.js';
import besideStyles from './beside.css';
import { markedText, placeOf } from './marks.js';
import styles from './scenario-editor.css';

/** @typedef {'more' | 'beside' | 'under'} Group */

const BESIDE = 880; // CSS pixels: in so wide a demo the editor stands beside the scene, else under it
const RESTS_MS = 150; // whoever types is helped when the hand rests

/**
 * The scenario of a demo as text, to be edited; what is wrong with it, where, and what would cure it; what the line may
 * hold, and ways back. It keeps the scene in view: see beside.css.
 *
 *     <scenario-editor .demo=${demo}></scenario-editor>
 */
export class ScenarioEditor extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { copied: { state: true }, hasTabs: { state: true }, help: { state: true } };

  static styles = [demoStyles, styles];

  #width = new ResizeObserver(() => this.#settle());
  #timer = 0;
  #seen = ''; // the text that the field shows
  #helped = ''; // the text that the help is for

  constructor() {
    super();
    this.copied = ''; // what became of copying the link
    this.hasTabs = false; // the text had some
    /** @type {import('../../scenario/line-help.js').Help | undefined} */
    this.help = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    const { demo } = this;
    demo.remember();
    demo.addEventListener('remembered', this);
    addStyles(demo.shadowRoot, besideStyles);
    this.#width.observe(demo);
    this.#details.addEventListener('toggle', this.#open);
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#width.disconnect();
    this.demo.removeEventListener('remembered', this);
    this.demo.removeAttribute('data-editor');
  }

  get #details() {
    return /** @type {HTMLDetailsElement} */ (this.parentElement);
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('textarea'));
  }

  /** Opened or closed: the scene gets another place. */
  #open = () => {
    this.#settle();
    if (!this.#details.open || !this.demo.trace) return;
    requestAnimationFrame(() => requestAnimationFrame(() => this.#showScene())); // it has its new room then
  };

  /** Together with its buttons and the reason; of a scene too high for that, at least its own beginning. */
  #showScene() {
    const stage = this.demo.shadowRoot.querySelector('.stage');
    const { room } = this.demo;
    if (stage.offsetHeight <= room.height) room.show();
    else stage.scrollIntoView({ block: 'start' });
  }

  #settle() {
    const { demo } = this;
    const place = demo.offsetWidth < BESIDE ? 'below' : 'beside';
    this.toggleAttribute('data-low', place === 'below');
    if (this.#details.open && demo.trace) demo.setAttribute('data-editor', place);
    else demo.removeAttribute('data-editor');
  }

  /** @param {Event} event */
  handleEvent(event) {
    super.handleEvent(event);
    if (event.type !== 'edited') return;
    this.copied = '';
    this.#helpSoon();
  }

  // ---- changes ------------------------------------------------------------------------------------------------------

  /** The learner types. A tab is no indentation of a scenario, so it becomes two spaces. */
  #type() {
    const field = this.#field;
    this.hasTabs = field.value.includes('\t');
    if (this.hasTabs) {
      const end = field.value.slice(0, field.selectionEnd).replaceAll('\t', '  ').length;
      field.value = field.value.replaceAll('\t', '  ');
      field.setSelectionRange(end, end);
    }
    this.#seen = field.value;
    this.demo.edit(field.value);
    this.demo.undo?.type();
  }

  /** Something was pressed that changes the text, here. @param {string} text @param {number} line to go to, from 0 */
  async #put(text, line) {
    this.demo.edit(text);
    this.demo.undo?.record();
    await this.updateComplete;
    const { from, to } = placeOf(text, line);
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(from, to);
    this.#helpSoon();
  }

  #restore() {
    this.hasTabs = false;
    this.demo.restore();
  }

  async #copyLink() {
    const { copyLink } = await import('../share/copy-link.js');
    this.copied = await copyLink(this.demo);
  }

  // ---- help ---------------------------------------------------------------------------------------------------------

  #helpSoon = () => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#findHelp(), RESTS_MS);
  };

  async #findHelp() {
    const { doorbell, host = 'multiplexer' } = this.demo;
    const read = (/** @type {string} */ text) =>
      host === 'multiplexer' ? doorbell.multiplex(text, 'readiness') : doorbell.loop(text, host);
    const advice = await (await import('../../core/advice-in-page.js')).advice;
    doorbell.learn(advice);
    const core = coreOf(doorbell, advice, host, read);
    const { value, selectionEnd } = this.#field;
    this.help = helpAt(value, value.slice(0, selectionEnd).split('\n').length - 1, core);
    this.#helped = value;
  }

  /**
   * Puts a piece into the text, which may have changed since it was offered.
   *
   * @param {Group} group @param {string} label
   */
  async #insert(group, label) {
    if (this.#helped !== this.#field.value) await this.#findHelp();
    const offer = this.help?.[group].find((each) => each.label === label);
    if (offer) this.#put(offer.text, offer.line);
  }

  firstUpdated() {
    this.#helpSoon();
  }

  /** What others changed is where the caret goes, for whoever is at the text. */
  updated() {
    const { text } = this.demo;
    if (text === this.#seen) return;
    let same = 0;
    while (same < text.length && text[text.length - 1 - same] === this.#seen[this.#seen.length - 1 - same]) same++;
    this.#seen = text;
    if (this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === this.#field) {
      this.#field.setSelectionRange(text.length - same, text.length - same);
    }
  }

  // ---- what is shown ------------------------------------------------------------------------------------------------

  render() {
    const { text, error, trace } = this.demo;
    const problems = error instanceof ScenarioError ? error.problems : [];
    return html`
      <div class="top">
        <label for="text">Scenario <span>(one statement a line, times in milliseconds)</span></label>
        <div class="buttons">${this.demo.undo?.buttons}</div>
      </div>
      <div class="field">
        <pre class="marks" aria-hidden="true">${problems.length ? markedText(text, problems) : nothing}</pre>
        <textarea
          id="text"
          rows=${Math.min(16, text.split('\n').length + 1)}
          spellcheck="false"
          autocapitalize="off"
          wrap="off"
          aria-invalid=${String(error !== undefined)}
          aria-describedby="problems"
          .value=${text}
          @input=${this.#type}
          @scroll=${this.#scroll}
          @keyup=${this.#helpSoon}
          @click=${this.#helpSoon}
          @focus=${this.#helpSoon}
        ></textarea>
      </div>
      <p class="hint" role="status">${this.hasTabs ? 'A scenario has no tabs: each became two spaces.' : nothing}</p>
      <div id="problems" class="problems" role="status">
        ${this.#renderProblems(error)}
        ${error && trace ? html`<p>The demo still shows the last scenario without a mistake.</p>` : nothing}
      </div>
      ${this.help ? this.#renderHelp(this.help) : nothing}
      <div class="buttons">
        <button type="button" @click=${this.#restore}>Restore the first scenario</button>
        <button type="button" @click=${this.#copyLink}>Copy a link to this scenario</button>
        <span role="status">${this.copied}</span>
      </div>
    `;
  }

  /** The marks lie under the text. */
  #scroll() {
    const marks = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.marks'));
    marks.scrollTop = this.#field.scrollTop;
    marks.scrollLeft = this.#field.scrollLeft;
  }

  /** @param {Error | undefined} error */
  #renderProblems(error) {
    if (!(error instanceof ScenarioError)) return error?.message ?? nothing;
    const more = error.count - error.problems.length;
    return html`
      <ul>
        ${error.problems.map(
          ({ line, column, message, cure }) =>
            html`<li>
              <b>line ${line}, column ${column}:</b> ${message}
              ${cure === undefined ? nothing : this.#renderCure(line - 1, cure)}
            </li>`,
        )}
      </ul>
      ${more > 0 ? html`<p>and ${more} more</p>` : nothing}
    `;
  }

  /** @param {number} line @param {string} cure */
  #renderCure(line, cure) {
    const lines = cure.trim().split(/\s*\n\s*/);
    const what = cure.trim() ? html`Write ${lines.map((each) => html`<code>${each}</code> `)}` : 'Leave it out';
    return html`<button
      type="button"
      class="piece"
      @click=${() => this.#put(replaceLine(this.demo.text, line, cure), line)}
    >
      ${what}
    </button>`;
  }

  /** @param {import('../../scenario/line-help.js').Help} help */
  #renderHelp(help) {
    /** @param {string} title @param {Group} group */
    const pieces = (title, group) =>
      help[group].length
        ? html`<div class="pieces" role="group" aria-label=${title}>
            <span aria-hidden="true">${title}</span>
            ${help[group].map(
              ({ label }) =>
                html`<button type="button" class="piece" @click=${() => this.#insert(group, label)}>
                  <code>${label}</code>
                </button>`,
            )}
          </div>`
        : nothing;
    return html`
      <div class="help">
        ${help.usage ? html`<p><code>${help.usage}</code></p>` : nothing} ${pieces('Add', 'more')}
        ${pieces('New line', 'beside')} ${pieces('Under it', 'under')}
      </div>
    `;
  }
}

customElements.get('scenario-editor') ?? customElements.define('scenario-editor', ScenarioEditor);
