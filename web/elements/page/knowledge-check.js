// @ts-check
import { LitElement, html, nothing } from 'lit';
import { recall, remember } from '../player/memory.js';
import styles from './knowledge-check.css';

/**
 * Questions that are answered on the page; every answer is explained, right or wrong, and a wrong one may be tried
 * again. They are written as HTML that reads well by itself: without JavaScript each answer unfolds its explanation.
 *
 *     <knowledge-check>
 *       <fieldset>
 *         <legend>Does readiness make a slow socket faster?</legend>
 *         <details><summary>Yes.</summary><p>No: …</p></details>
 *         <details data-right><summary>No.</summary><p>Right: …</p></details>
 *       </fieldset>
 *     </knowledge-check>
 *
 * Fires `doorbell-score`, with `{ right, total }`, whenever the score may have changed.
 *
 * @typedef {{ answer: Node[], explanation: Node[], right: boolean }} Option
 * @typedef {{ text: Node[], options: Option[] }} Question
 */
export class KnowledgeCheck extends LitElement {
  static properties = { tries: { state: true } };

  static styles = styles;

  constructor() {
    super();
    /** @type {Question[]} */
    this.questions = [];
    /** The options that were tried, in order, for each question. @type {number[][]} */
    this.tries = [];
  }

  willUpdate() {
    if (this.hasUpdated) return;
    this.questions = [...this.querySelectorAll('fieldset')].map(read);
    this.tries = recall('answers', this.#isTries) ?? this.questions.map(() => []);
  }

  /** @returns {value is number[][]} */
  #isTries = (/** @type {any} */ value) =>
    Array.isArray(value) &&
    value.length === this.questions.length &&
    value.every(
      (tried, q) => Array.isArray(tried) && tried.every((o) => Number.isInteger(o) && this.questions[q].options[o]),
    );

  /** @param {number} q */
  #isSolved(q) {
    return this.tries[q].some((o) => this.questions[q].options[o].right);
  }

  get #score() {
    return { right: this.tries.filter((_, q) => this.#isSolved(q)).length, total: this.questions.length };
  }

  /** @param {number} q @param {HTMLFormElement} form */
  #try(q, form) {
    const option = Number(new FormData(form).get('option'));
    this.tries = this.tries.map((tried, i) => (i === q && !tried.includes(option) ? [...tried, option] : tried));
    remember('answers', this.tries);
  }

  #startOver() {
    this.tries = this.questions.map(() => []);
    remember('answers', this.tries);
    for (const form of this.renderRoot.querySelectorAll('form')) form.reset();
  }

  updated() {
    remember('score', this.#score); // for who shows it before this element is reached
    this.dispatchEvent(new CustomEvent('doorbell-score', { detail: this.#score, bubbles: true, composed: true }));
  }

  render() {
    const { right, total } = this.#score;
    return html`
      ${this.questions.map((question, q) => this.#renderQuestion(question, q))}
      <div class="score">
        <span role="status"><strong>${right} of ${total}</strong> answered right</span>
        <button type="button" @click=${this.#startOver}>Start over</button>
      </div>
    `;
  }

  /** @param {Question} question @param {number} q */
  #renderQuestion({ text, options }, q) {
    const tried = this.tries[q];
    return html`<form
      @submit=${(/** @type {any} */ event) => {
        event.preventDefault();
        this.#try(q, event.currentTarget);
      }}
    >
      <fieldset>
        <legend>
          <small>Question ${q + 1} of ${this.questions.length}${this.#isSolved(q) ? ', answered right' : ''}</small>
          ${text}
        </legend>
        ${options.map(
          ({ answer, explanation, right }, o) => html`
            <label>
              <input type="radio" name="option" value=${o} required ?checked=${o === tried.at(-1)} />
              <span>${answer}</span>
            </label>
            <div aria-live="polite">
              ${
                tried.includes(o)
                  ? html`<div class=${right ? 'right' : 'wrong'}>
                      <b>${right ? '✓ Right' : '✗ Not this one'}</b>${explanation}
                    </div>`
                  : nothing
              }
            </div>
          `,
        )}
        <button>Check answer</button>
      </fieldset>
    </form>`;
  }
}

/** @param {HTMLFieldSetElement} fieldset @returns {Question} */
function read(fieldset) {
  return {
    text: copy(fieldset.querySelector('legend')),
    options: [...fieldset.querySelectorAll('details')].map((details) => ({
      answer: copy(details.querySelector('summary')),
      explanation: [...details.children].slice(1).map((node) => node.cloneNode(true)),
      right: 'right' in details.dataset,
    })),
  };
}

/** @param {Element | null} element */
const copy = (element) => [...(element?.cloneNode(true).childNodes ?? [])];

customElements.get('knowledge-check') ?? customElements.define('knowledge-check', KnowledgeCheck);
