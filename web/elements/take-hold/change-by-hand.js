// @ts-check
import { html, nothing } from 'lit';
import demoStyles from '../player/demo.css';
import { Tool } from '../player/tool.js';
import { addReady, append, lastReady } from '../../scenario/edits.js';
import { freshName } from '../../scenario/line-help.js';
import styles from './change-by-hand.css';

const LATER = 1000; // microseconds: one more message comes so much after the last one

/**
 * What the hand can do at the scene, in words and as buttons, for the source that was taken hold of last. Opened, it
 * leads the keyboard to the handles.
 *
 *     <change-by-hand .demo=${demo}></change-by-hand>
 */
export class ChangeByHand extends Tool {
  static styles = [demoStyles, styles];

  /** @type {import('./time-handles.js').TimeHandles | undefined} */ #handles = undefined;

  async connectedCallback() {
    super.connectedCallback();
    this.#handles = await this.demo.takeHold();
    this.#handles?.addEventListener('selected', this);
    this.demo.room.show();
    this.#handles?.focusOn(0, 0);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#handles?.removeEventListener('selected', this);
  }

  /** @param {string} text */
  #put(text) {
    this.#handles?.hand?.put(text);
  }

  #addSocket() {
    const { shown, trace } = this.demo;
    const name = freshName(shown, 'socket');
    this.#put(append(shown, `socket ${name} ready 2`));
    this.#handles?.focusOn(trace.statements.length, 0);
  }

  /** @param {number} statement */
  #addMessage(statement) {
    const { shown } = this.demo;
    this.#put(addReady(shown, statement, lastReady(shown, statement) + LATER));
  }

  render() {
    const { trace, error } = this.demo;
    const selected = this.#handles?.selected ?? 0;
    const name = trace?.statements[selected]?.name;
    if (error) return html`<p class="hint">Mend the text first: then the picture can be changed again.</p>`;
    return html`
      <p class="hint">
        Drag a message to where it should come, and the grip behind it to how long it takes. On the keyboard: Tab goes
        from one to the next, arrow keys move (with Shift, finely), Delete removes, Alt with ↑ or ↓ moves the door.
      </p>
      <div class="buttons">
        <button type="button" @click=${this.#addSocket}>Add a door</button>
        ${name === undefined ? nothing : this.#renderSelected(selected, name)}
      </div>
    `;
  }

  /** @param {number} selected @param {string} name */
  #renderSelected(selected, name) {
    const handles = this.#handles;
    const { length } = this.demo.trace.statements;
    return html`
      <span role="group" aria-label=${name} class="selected">
        <b>${name}</b>
        <button type="button" @click=${() => this.#addMessage(selected)}>One more message</button>
        <button type="button" ?disabled=${selected === 0} @click=${() => handles?.moveRow(selected, -1)}>
          Move up
        </button>
        <button type="button" ?disabled=${selected === length - 1} @click=${() => handles?.moveRow(selected, 1)}>
          Move down
        </button>
        <button type="button" @click=${() => handles?.removeRow(selected)}>Remove</button>
      </span>
    `;
  }
}

customElements.get('change-by-hand') ?? customElements.define('change-by-hand', ChangeByHand);
