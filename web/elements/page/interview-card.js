// @ts-check
import { LitElement, html } from 'lit';
import { recall, remember } from '../player/memory.js';
import styles from './interview-card.css';

/**
 * A question as an interviewer asks it: the learner tries first, then unfolds the model answer.
 *
 *     <interview-card>
 *       <h3 slot="question">How can one thread handle many network connections?</h3>
 *       <details><summary>See the model answer</summary> … </details>
 *     </interview-card>
 *
 * The element adds the place to try in, and keeps what was written.
 */
export class InterviewCard extends LitElement {
  static styles = styles;

  render() {
    return html`
      <slot name="question"></slot>
      <label for="try">Say it aloud first. Then write two or three sentences, as you would say them.</label>
      <textarea
        id="try"
        maxlength="4000"
        .value=${recall('interview', isText) ?? ''}
        @input=${(/** @type {any} */ event) => remember('interview', event.target.value)}
      ></textarea>
      <slot></slot>
    `;
  }
}

/** @returns {value is string} */
const isText = (/** @type {any} */ value) => typeof value === 'string' && value.length <= 4000;

customElements.get('interview-card') ?? customElements.define('interview-card', InterviewCard);
