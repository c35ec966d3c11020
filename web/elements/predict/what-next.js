// @ts-check
import { html, LitElement, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { unbroken } from '../player/demo.js';
import { keyOf, questionInWords } from './predictions.js';
import styles from './what-next.css';

/**
 * The question of a prediction, under the reason of the step before: what comes next? A button for each answer, which a
 * number key presses too. Fires `guess` with the statement; and `next`, for what is offered at the end of a run.
 *
 * @typedef {{ statement: number, name: string, where: string }} Answer
 */
export class WhatNext extends LitElement {
  static properties = {
    answers: { attribute: false },
    most: { attribute: false },
    picked: { attribute: false },
    note: {},
    next: {},
  };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    /** @type {Answer[]} */
    this.answers = [];
    /** The names of the question of this run that needs the most room: it is kept. @type {string[]} */
    this.most = [];
    /** The answer that was given, while the picture is on its way. @type {number | undefined} */
    this.picked = undefined;
    this.note = ''; // where nothing is asked
    this.next = ''; // what is offered then
  }

  #hadFocus = false;

  willUpdate() {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
  }

  /** An answer may go while it has the focus; the demo's keys go on working. */
  updated() {
    if (!this.#hadFocus) this.shadowRoot?.querySelector('.row .answers')?.scrollTo(0, 0);
    if (!this.#hadFocus || this.shadowRoot?.activeElement) return;
    const stage = /** @type {ShadowRoot} */ (this.getRootNode()).querySelector('.stage');
    /** @type {HTMLElement} */ (stage).focus({ preventScroll: true });
  }

  /** @param {number} statement */
  #guess(statement) {
    if (this.picked === undefined) this.dispatchEvent(new CustomEvent('guess', { detail: statement }));
  }

  render() {
    const { answers, most, picked, note, next } = this;
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
          ${answers.length ? questionInWords(answers) : note}
        </span>
        ${
          next && !answers.length
            ? html`<button
                type="button"
                class="main"
                aria-label=${next}
                aria-keyshortcuts="Enter"
                data-key="↵"
                @click=${() => this.dispatchEvent(new Event('next'))}
              >
                ${next}
              </button>`
            : nothing
        }
      </div>
      <div class="row kept" aria-hidden="true">
        <span class="ask">What comes next?</span>
        <div class="answers">
          ${most.map((name, i) => html`<button type="button" data-key=${keyOf(i) || nothing}><b>${name}</b></button>`)}
        </div>
      </div>
    `;
  }
}

customElements.get('what-next') ?? customElements.define('what-next', WhatNext);
