// @ts-check
import { html, LitElement, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { unbroken } from '../player/demo.js';
import { keyOf, questionInWords } from './predictions.js';
import styles from './what-next.css';

/**
 * The question of a prediction, under the reason of the step before: what comes next? A button for each answer, which a
 * number key presses too. Fires `guess` with the statement.
 *
 * @typedef {{ statement: number, name: string, where: string }} Answer
 */
export class WhatNext extends LitElement {
  static properties = { answers: { attribute: false }, picked: { attribute: false }, note: {} };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    /** @type {Answer[]} */
    this.answers = [];
    /** The answer that was given, while the picture is on its way. @type {number | undefined} */
    this.picked = undefined;
    this.note = ''; // where nothing is asked
  }

  #hadFocus = false;

  willUpdate() {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
  }

  /** An answer may go while it has the focus; the demo's keys go on working. */
  updated() {
    if (!this.#hadFocus) this.shadowRoot?.querySelector('.answers')?.scrollTo(0, 0);
    if (!this.#hadFocus || this.shadowRoot?.activeElement) return;
    const stage = /** @type {ShadowRoot} */ (this.getRootNode()).querySelector('.stage');
    /** @type {HTMLElement} */ (stage).focus({ preventScroll: true });
  }

  /** @param {number} statement */
  #guess(statement) {
    if (this.picked === undefined) this.dispatchEvent(new CustomEvent('guess', { detail: statement }));
  }

  render() {
    const { answers, picked } = this;
    return html`
      <div class="row" role="group" aria-label="What comes next?">
        ${
          answers.length
            ? html`<span class="ask" aria-hidden="true">What comes next?</span>
                <div class="answers">
                  ${answers.map(
                    ({ statement, name, where }, i) => html`
                      <button
                        type="button"
                        aria-label=${unbroken(`${name}, ${where}`)}
                        aria-pressed=${String(statement === picked)}
                        aria-disabled=${String(picked !== undefined)}
                        aria-keyshortcuts=${keyOf(i) || nothing}
                        data-key=${keyOf(i) || nothing}
                        @click=${() => this.#guess(statement)}
                      >
                        <b title=${where}>${name}</b>
                      </button>
                    `,
                  )}
                </div>`
            : nothing
        }
        <span role="status" class=${answers.length ? 'said' : 'note'}>
          ${answers.length ? questionInWords(answers) : this.note}
        </span>
      </div>
    `;
  }
}

customElements.get('what-next') ?? customElements.define('what-next', WhatNext);
