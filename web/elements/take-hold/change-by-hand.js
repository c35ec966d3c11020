// @ts-check
import { html, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { Tool } from '../player/tool.js';
import { addReady, append, insertUnder, lastReady, moveUnder } from '../../scenario/edits.js';
import { freshName } from '../../scenario/line-help.js';
import { parentOf } from '../../scenario/lines.js';
import styles from './change-by-hand.css';
import { ringsOften } from './often.js';

/** @typedef {import('./time-handles.js').TimeHandles} TimeHandles */

const PARENTS = 40; // so many statements are looked at
const LATER = 1000; // microseconds: one more message comes so much after the last one

/** What can be added by a press, as the lessons call it. */
const SOURCES = { multiplexer: { socket: 'door' }, loop: { timer: 'timer', promise: 'promise', socket: 'socket' } };

/**
 * What the hand can do at the scene, in words and as buttons, for what was taken hold of last. In lesson 4 the chart is
 * in the scene; in lesson 5 it comes with this tool. Opened, it leads the keyboard to the handles.
 *
 *     <change-by-hand .demo=${demo}></change-by-hand>
 */
export class ChangeByHand extends Tool {
  static styles = [demoStyles, styles];

  /** Those at the scene, and those of lesson 5's chart. @type {TimeHandles[]} */ #handles = [];
  /** The ones that were used last. @type {TimeHandles | undefined} */ #used = undefined;

  /** @type {{ trace: unknown, selected: number, parents: number[] } | undefined} */ #known = undefined;

  async connectedCallback() {
    super.connectedCallback();
    this.#handles = [await this.demo.takeHold()];
    if (this.demo.host) this.#handles.push(await this.#panel());
    for (const handles of this.#handles) handles.addEventListener('selected', this);
    this.#used = this.#handles[this.#handles.length - 1];
    this.requestUpdate();
    await this.updateComplete;
    if (!this.demo.host) this.demo.room.show();
    this.#used.focusOn(0, 0);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const handles of this.#handles) handles.removeEventListener('selected', this);
  }

  async #panel() {
    await import('./time-panel.js');
    const panel = /** @type {import('./time-panel.js').TimePanel} */ (document.createElement('time-panel'));
    panel.hold(this.demo);
    return panel;
  }

  /** @param {Event} event */
  handleEvent(event) {
    super.handleEvent(event);
    if (event.type === 'selected') this.#used = /** @type {TimeHandles} */ (event.target);
  }

  /** @param {string} text @param {number} [statement] to go to */
  #put(text, statement) {
    this.#used?.hand?.put(text);
    if (statement !== undefined) this.#used?.focusOn(statement, 0);
  }

  /** @param {string} word */
  #addSource(word) {
    const { shown, trace } = this.demo;
    this.#put(append(shown, `${word} ${freshName(shown, word)} ready 2`), trace.statements.length);
  }

  /** @param {number} statement */
  #addTime(statement) {
    const { shown } = this.demo;
    this.#put(addReady(shown, statement, lastReady(shown, statement) + LATER));
  }

  /** @param {number} statement */
  #addMicrotask(statement) {
    const { shown } = this.demo;
    this.#put(insertUnder(shown, statement, `microtask ${freshName(shown, 'microtask')}`));
  }

  /**
   * What could run a callback instead of its parent: the core can read the text then.
   *
   * @param {number} selected @returns {number[]}
   */
  #parentsFor(selected) {
    const { shown, trace } = this.demo;
    const known = this.#known;
    if (known?.trace === trace && known?.selected === selected) return known.parents;
    const parents = [...trace.statements.keys()].slice(0, PARENTS).filter((parent) => {
      const moved = moveUnder(shown, selected, parent);
      return moved && this.#used?.hand?.isGood(moved.text);
    });
    this.#known = { trace, selected, parents };
    return parents;
  }

  updated() {
    for (const handles of this.#handles) if ('settle' in handles) /** @type {any} */ (handles).settle();
  }

  render() {
    const { trace, error, host } = this.demo;
    if (error || !trace) return html`<p class="hint">Mend the text first: then it can be changed by hand again.</p>`;
    const selected = Math.min(this.#used?.selected ?? 0, trace.statements.length - 1);
    const what = host ? 'a ring' : 'a message';
    return html`
      <p class="hint">
        Drag ${what} to where it should come, and the grip behind it to how long it takes. On the keyboard: Tab goes
        from one to the next, arrow keys move it (with Shift, finely), Delete removes it, Alt with ↑ or ↓ moves its
        line. ${host ? 'Drag a name onto another one, and that callback runs it.' : nothing}
      </p>
      ${host ? this.#handles[1] : nothing}
      <div class="buttons">
        ${Object.entries(SOURCES[host ? 'loop' : 'multiplexer']).map(
          ([word, title]) => html`<button type="button" @click=${() => this.#addSource(word)}>Add a ${title}</button>`,
        )}
        ${trace.statements.length ? this.#renderSelected(selected, trace.statements[selected]) : nothing}
      </div>
    `;
  }

  /** @param {number} selected @param {import('../../core/doorbell.js').Statement} statement */
  #renderSelected(selected, statement) {
    const { host } = this.demo;
    const { name, depth } = statement;
    const used = this.#used;
    const button = (/** @type {string} */ title, /** @type {() => void} */ press) =>
      html`<button type="button" @click=${press}>${title}</button>`;
    return html`
      <span role="group" aria-label=${name} class="selected">
        <b>${name}</b>
        ${ringsOften(statement) ? button(host ? 'Ring once more' : 'One more message', () => this.#addTime(selected)) : nothing}
        ${host ? button('Microtask under it', () => this.#addMicrotask(selected)) : nothing}
        ${button('Move up', () => used?.moveRow(selected, -1))} ${button('Move down', () => used?.moveRow(selected, 1))}
        ${button('Remove', () => used?.removeRow(selected))} ${depth ? this.#renderParent(selected) : nothing}
      </span>
    `;
  }

  /** Which callback runs this one. @param {number} selected */
  #renderParent(selected) {
    const { statements } = this.demo.trace;
    const own = parentOf(
      statements.map((/** @type {{ depth: number }} */ { depth }) => depth),
      selected,
    );
    return html`
      <label>
        Under
        <select
          @change=${(/** @type {Event & { target: HTMLSelectElement }} */ { target }) => this.#used?.putUnder(selected, +target.value)}
        >
          ${[...new Set([own, ...this.#parentsFor(selected)])]
            .sort((a, b) => a - b)
            .map((i) => html`<option value=${i} .selected=${i === own}>${statements[i].name}</option>`)}
        </select>
      </label>
    `;
  }
}

customElements.get('change-by-hand') ?? customElements.define('change-by-hand', ChangeByHand);
