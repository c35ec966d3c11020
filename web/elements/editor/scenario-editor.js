// @ts-check
import { html, nothing } from 'lit';
import { ScenarioError } from '../../core/doorbell.js';
import demoStyles from '../player/demo.css';
import { Tool } from '../player/tool.js';
import styles from './scenario-editor.css';

/**
 * The scenario of a demo as text, to be edited; what is wrong with it; and ways back.
 *
 *     <scenario-editor .demo=${demo}></scenario-editor>
 */
export class ScenarioEditor extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { copied: { state: true }, hasTabs: { state: true } };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    this.copied = ''; // what became of copying the link
    this.hasTabs = false; // the text had some
  }

  /** @param {Event} event */
  handleEvent(event) {
    super.handleEvent(event);
    if (event.type === 'edited') this.copied = '';
  }

  /** The learner types. A tab is no indentation of a scenario, so it becomes two spaces. @param {HTMLTextAreaElement} field */
  #type(field) {
    this.hasTabs = field.value.includes('\t');
    if (this.hasTabs) {
      const end = field.value.slice(0, field.selectionEnd).replaceAll('\t', '  ').length;
      field.value = field.value.replaceAll('\t', '  ');
      field.setSelectionRange(end, end);
    }
    this.demo.replaced = undefined;
    this.demo.edit(field.value);
  }

  #restore() {
    this.hasTabs = false;
    this.demo.restore();
  }

  #bringBack() {
    this.demo.replaced?.();
    this.demo.replaced = undefined;
  }

  async #copyLink() {
    const { link } = this.demo;
    history.replaceState(null, '', link); // the address bar has it, should the clipboard be refused
    const copied = await navigator.clipboard?.writeText(link).then(
      () => 'Copied; it is in the address bar too.',
      () => '',
    );
    if (this.demo.link === link) this.copied = copied || 'It is in the address bar: copy it from there.';
  }

  render() {
    const { text, error, trace, replaced } = this.demo;
    return html`
      <label for="text">Scenario <span>one statement a line, times in milliseconds</span></label>
      <textarea
        id="text"
        rows=${Math.min(16, text.split('\n').length + 1)}
        spellcheck="false"
        autocapitalize="off"
        wrap="off"
        aria-invalid=${String(error !== undefined)}
        aria-describedby="problems"
        .value=${text}
        @input=${(/** @type {InputEvent & { target: HTMLTextAreaElement }} */ event) => this.#type(event.target)}
      ></textarea>
      <p class="hint" role="status">${this.hasTabs ? 'A scenario has no tabs: each became two spaces.' : nothing}</p>
      <div id="problems" class="problems" role="status">
        ${this.#renderProblems(error)}
        ${error && trace ? html`<p>The demo still shows the last scenario without a mistake.</p>` : nothing}
      </div>
      <div class="buttons">
        <button type="button" @click=${this.#restore}>Restore the first scenario</button>
        ${replaced ? html`<button type="button" @click=${this.#bringBack}>Bring back what I wrote</button>` : nothing}
        <button type="button" @click=${this.#copyLink}>Copy a link to this scenario</button>
        <span role="status">${this.copied}</span>
      </div>
    `;
  }

  /** @param {Error | undefined} error */
  #renderProblems(error) {
    if (!(error instanceof ScenarioError)) return error?.message ?? nothing;
    const more = error.count - error.problems.length;
    return html`
      <ul>
        ${error.problems.map(
          ({ line, column, message }) => html`<li><b>line ${line}, column ${column}</b> ${message}</li>`,
        )}
      </ul>
      ${more > 0 ? html`<p>and ${more} more</p>` : nothing}
    `;
  }
}

customElements.get('scenario-editor') ?? customElements.define('scenario-editor', ScenarioEditor);
