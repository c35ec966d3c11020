// @ts-check
import { html, nothing } from 'lit';
import { addStyles } from '../player/add-styles.js';
import { inMs } from '../player/labels.js';
import { demoStyles } from '../player/demo-styles.js';
import { Tool } from '../player/tool.js';
import { addReady } from '../../scenario/edits.js';
import { answersOf, toldOf } from './answers.js';
import styles from './change-by-hand.css';
import liveStyles from './live.css';

/**
 * What stands at a demo's scene and lets it be rung at: the handles of the lesson.
 *
 * @typedef {object} Ringable
 * @property {import('./hand.js').Hand | undefined} hand
 * @property {(time: number) => void} run the clock runs: shows a moment, which may lie behind the end
 * @property {() => void} rest the clock has stopped for good
 * @property {number[]} ringing the statements that can ring now
 * @property {(place: Element) => number} statementAt whose a place in the scene is; -1 for nobody's
 * @property {import('./answers.js').Ways} ways
 * @property {{ hint: string, none: string }} words what to do; and what is missing where nobody can ring
 */

/** Microseconds of the scenario in a second of the learner's. */
const PACES = { slow: 500, normal: 1000, fast: 2000 };
const GRID = 100; // microseconds: a ring comes at the next tenth of a millisecond
const BELLS = 8; // so many have a button each
const TOLD = 5; // rings are listed, the last ones

/**
 * The clock runs, slowly, and the learner rings: a message comes now. When it is answered is seen in the scene; when it
 * is in each way stands below, as soon as it has happened.
 *
 *     <ring-now .demo=${demo}></ring-now>
 */
export class RingNow extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { running: { state: true } };

  static styles = [demoStyles, styles];

  /** @type {Ringable | undefined} */ #handles = undefined;
  #now = 0; // of the clock, in microseconds
  #frame = 0;
  #last = 0; // the last frame, in milliseconds
  /** What was rung: whose door, and when. @type {import('./answers.js').Ring[]} */ #rings = [];

  constructor() {
    super();
    this.running = false;
  }

  async connectedCallback() {
    super.connectedCallback();
    this.#handles = await this.demo.takeHold();
    addStyles(this.demo.shadowRoot, liveStyles);
    this.demo.addEventListener('click', this.#knock);
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.demo.removeEventListener('click', this.#knock);
    this.#stop();
    this.#handles?.rest();
  }

  // ---- the clock ----------------------------------------------------------------------------------------------------

  #start() {
    const { demo } = this;
    this.#now = demo.held?.time ?? 0;
    if (!demo.held) demo.go(0);
    this.#last = performance.now();
    this.running = true;
    demo.toggleAttribute('data-live', true);
    requestAnimationFrame(() => requestAnimationFrame(() => demo.room.show())); // it has its new room then
    this.#tick(this.#last);
  }

  #stop() {
    cancelAnimationFrame(this.#frame);
    this.running = false;
    this.demo.toggleAttribute('data-live', false);
  }

  #tick = (/** @type {number} */ at) => {
    const { demo } = this;
    if (!demo.trace || demo.playing) return this.#stop();
    this.#now += Math.max(0, at - this.#last) * (PACES[demo.speed] / 1000);
    this.#last = at;
    this.#handles?.run(this.#now);
    const { held } = demo;
    this.requestUpdate();
    this.#frame = requestAnimationFrame((next) => (demo.held === held ? this.#tick(next) : this.#stop()));
  };

  // ---- the bells ----------------------------------------------------------------------------------------------------

  /** A place in the scene is rung at too. @param {MouseEvent} event */
  #knock = (event) => {
    if (!this.running || !this.#handles) return;
    const statement = this.#handles.statementAt(/** @type {Element} */ (event.composedPath()[0]));
    if (this.#handles.ringing.includes(statement)) this.#ring(statement);
  };

  /** @param {number} statement */
  #ring(statement) {
    const { demo } = this;
    const ready = Math.ceil(this.#now / GRID) * GRID;
    if (!this.#handles?.hand?.put(addReady(demo.shown, statement, ready))) return;
    this.#rings = [...this.#rings, { name: demo.trace.statements[statement].name, ready }].slice(-TOLD);
    this.#handles.run(this.#now);
    if (this.running) {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(this.#tick);
    }
  }

  render() {
    const { trace, error } = this.demo;
    const handles = this.#handles;
    if (error || !trace) return html`<p class="hint">Mend the text first: then you can ring.</p>`;
    if (!handles) return nothing;
    const { ringing, words } = handles;
    if (!ringing.length) return html`<p class="hint">${words.none}</p>`;
    return html`
      ${this.running ? nothing : html`<p class="hint">${words.hint}</p>`}
      <div class="buttons">
        <button
          type="button"
          aria-pressed=${this.running}
          @click=${() => (this.running ? this.#stop() : this.#start())}
        >
          ${this.running ? 'Stop the clock' : 'Start the clock'}
        </button>
        ${ringing
          .slice(0, BELLS)
          .map(
            (statement) => html`
              <button type="button" ?disabled=${!this.running} @click=${() => this.#ring(statement)}>
                Ring ${trace.statements[statement].name}
              </button>
            `,
          )}
      </div>
      ${this.#rings.length ? this.#renderRings(handles.ways) : nothing}
    `;
  }

  /** @param {import('./answers.js').Ways} ways */
  #renderRings(ways) {
    const answers = answersOf(ways, this.demo.shown);
    return html`<div role="status">
      <ul>
        ${this.#rings.map(
          (ring) =>
            html`<li>
              <b>${ring.name}</b> rang at ${inMs(ring.ready)}. ${toldOf(answers, ring, this.#now).join(' ')}
            </li>`,
        )}
      </ul>
    </div>`;
  }
}

customElements.get('ring-now') ?? customElements.define('ring-now', RingNow);
