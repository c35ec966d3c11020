// @ts-check
import { html, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { Tool } from '../player/tool.js';
import styles from './demo-question.css';
import fieldStyles from './field.css';

/**
 * Capitals, spaces and the unit do not make an answer wrong; a number may be written in any way.
 *
 * @param {string} text
 */
export function plain(text) {
  const words = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ').replace(/[.!]$/, '');
  const amount = words.replace(/^(?:at )?(\S+?) ?(?:ms|milliseconds?)?$/, '$1').replace(/^(\d+),(\d+)$/, '$1.$2');
  return amount !== '' && Number.isFinite(Number(amount)) ? String(Number(amount)) : words;
}

/**
 * A question that a teacher wrote, above a demo that gives the answer. Fires `answer` on the demo, with what was
 * answered and whether that is right.
 *
 *     <demo-question .demo=${demo}></demo-question>   of its `question` and `answer`
 */
export class DemoQuestion extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { verdict: { state: true } };

  static styles = [demoStyles, fieldStyles, styles];

  constructor() {
    super();
    /** @type {boolean | undefined} */
    this.verdict = undefined;
  }

  /** @param {SubmitEvent} event */
  #answer(event) {
    event.preventDefault();
    const text = this.renderRoot.querySelector('input')?.value ?? '';
    if (!text.trim()) return;
    this.verdict = plain(text) === plain(this.demo.answer);
    this.demo.dispatchEvent(new CustomEvent('answer', { bubbles: true, detail: { text, right: this.verdict } }));
  }

  render() {
    const { question, answer } = this.demo;
    return html`
      <form @submit=${this.#answer} class=${this.verdict === undefined ? '' : this.verdict ? 'right' : 'wrong'}>
        <label for="answer"><span>A question to you</span> ${question}</label>
        ${
          answer
            ? html`<div class="buttons">
                <input id="answer" autocomplete="off" @input=${() => (this.verdict = undefined)} />
                <button type="submit">Answer</button>
                <span role="status">${this.#said}</span>
              </div>`
            : nothing
        }
      </form>
    `;
  }

  get #said() {
    if (this.verdict === undefined) return nothing;
    return this.verdict ? '✓ Right. Step, and see why.' : '✗ Not so. Step, look, and try again.';
  }
}

customElements.get('demo-question') ?? customElements.define('demo-question', DemoQuestion);
