// @ts-check
import { html, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { remember } from '../player/memory.js';
import { Tool } from '../player/tool.js';
import { changed, doable } from './changed.js';
import styles from './scene-in-words.css';

/**
 * Under a demo: its scene in sentences. What there is; what became otherwise, which is said aloud when the picture has
 * arrived; what can be done. Opened once, it is open at the next visit too. A lesson says how its scene is told.
 */
export class SceneInWords extends Tool {
  static styles = [demoStyles, styles];

  /** What was told last. @type {import('./changed.js').View<any> | undefined} */ #told = undefined;
  /** @type {string[]} */ #changed = [];
  #controller = { hostUpdated: () => this.#follow() };

  /** The scene as it stands. @returns {{ now: number }} */
  get state() {
    throw new Error('a lesson says what there is');
  }

  /** @param {any} _state @returns {string[]} */
  tell(_state) {
    throw new Error('a lesson says how it is told');
  }

  /** @param {any} _before @param {any} _after @returns {string[]} */
  changes(_before, _after) {
    throw new Error('a lesson says what became otherwise');
  }

  /** The other ways in which a scenario can be run. @returns {string[]} */
  get others() {
    return [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.demo.addController(this.#controller);
    remember('in words', true);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.demo.removeController(this.#controller);
    if (this.demo.isConnected) remember('in words', false);
  }

  /** While a picture moves it is the one before; while a clock runs, only what a step or a ring changes is said. */
  #follow() {
    const { demo } = this;
    const { trace, position, held, shown } = demo;
    if (!trace || demo.isMoving) return;
    const moment = demo.hasAttribute('data-live') ? undefined : held?.time;
    const told = this.#told;
    if (!told || told.trace !== trace || told.position !== position || told.moment !== moment) {
      const view = { trace, text: shown, position, moment, state: this.state };
      this.#changed = changed(told, view, this.changes);
      this.#told = view;
    }
    this.requestUpdate();
  }

  render() {
    const { demo } = this;
    const { trace, position } = demo;
    if (!trace) return nothing;
    const question = demo.shadowRoot.querySelector('what-next'); // there while one predicts
    const answers = (!demo.isMoving && question?.answers) || [];
    const sentences = (/** @type {string[]} */ list) => list.map((sentence) => html`<p>${sentence}</p>`);
    return html`
      <section aria-label="In words">
        <h4>What there is</h4>
        ${sentences(this.tell(this.state))}
        <h4>What changed</h4>
        <div role="status">${sentences(this.#changed.length ? this.#changed : ['Nothing yet.'])}</div>
        <h4>What you can do</h4>
        ${sentences(doable({ position, count: trace.stepCount, answers, others: this.others }))}
      </section>
    `;
  }
}
