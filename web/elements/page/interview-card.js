// @ts-check
import { LitElement, css, html } from 'lit';
import { recall, remember } from '../player/memory.js';

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
  static styles = css`
    :host {
      padding: 1.4em 1.5em;
      border: 1px solid var(--line);
      border-radius: 12px;
      background: var(--surface);
    }
    label {
      display: block;
      margin-bottom: 0.4em;
      color: var(--muted);
      font-size: 0.9em;
    }
    textarea {
      box-sizing: border-box;
      width: 100%;
      min-height: 6.5em;
      margin-bottom: 0.9em;
      padding: 0.7em 0.9em;
      border: 1px solid var(--quiet);
      border-radius: 8px;
      background: var(--bg);
      color: inherit;
      font: inherit;
      resize: vertical;
      field-sizing: content;
    }
    textarea:focus-visible {
      outline: 3px solid var(--accent);
      outline-offset: 2px;
    }
  `;

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
