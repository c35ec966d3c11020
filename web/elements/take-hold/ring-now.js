// @ts-check
import { html, nothing } from 'lit';
import { addStyles } from '../player/add-styles.js';
import { inMs } from '../player/labels.js';
import demoStyles from '../player/demo.css';
import { Tool } from '../player/tool.js';
import { addReady } from '../../scenario/edits.js';
import { answersOf, isTold } from './answers.js';
import styles from './change-by-hand.css';
import liveStyles from './live.css';

/** @typedef {import('../hallway/io-multiplexer-demo.js').IoMultiplexerDemo} Demo */

/** Microseconds of the scenario in a second of the learner's. */
const PACES = { slow: 500, normal: 1000, fast: 2000 };
const GRID = 100; // microseconds: a ring comes at the next tenth of a millisecond
const AHEAD = 2000; // microseconds of the axis lie before the clock, at least
const DOORS = 8; // have a bell each
const TOLD = 5; // rings are listed, the last ones

/**
 * The clock runs, slowly, and the learner rings at the doors: a message comes now. When the guard answers it is seen in
 * the scene; when he answers in either way stands below, as soon as it has happened.
 *
 *     <ring-now .demo=${demo}></ring-now>
 */
export class RingNow extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { running: { state: true } };

  static styles = [demoStyles, styles];

  /** @type {ReturnType<typeof import('./chart-hold.js').holdChart> | undefined} */ #handles = undefined;
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
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.demo.removeEventListener('click', this.#knock);
    this.demo.span = 0;
    this.#stop();
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
    demo.span = Math.max(demo.span, this.#now + AHEAD);
    this.#handles?.run(this.#now);
    const { held } = demo;
    this.requestUpdate();
    this.#frame = requestAnimationFrame((next) => (demo.held === held ? this.#tick(next) : this.#stop()));
  };

  // ---- the doors ----------------------------------------------------------------------------------------------------

  /** A door of the hallway is rung at too. @param {MouseEvent} event */
  #knock = (event) => {
    const door = /** @type {Element} */ (event.composedPath()[0]).closest('.door');
    const doors = [...(door?.parentElement?.querySelectorAll('.door') ?? [])];
    if (door && this.running) this.#ring(this.#firstDoor + doors.indexOf(door));
  };

  get #firstDoor() {
    return this.#handles?.places?.rows[0]?.statement ?? 0;
  }

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
    if (error || !trace) return html`<p class="hint">Mend the text first: then you can ring.</p>`;
    const doors = trace.statements.slice(this.#firstDoor, this.#firstDoor + DOORS);
    return html`
      ${
        this.running
          ? nothing
          : html`<p class="hint">
              Start the clock, and ring at a door, here or in the hallway: its message comes now. What each way makes of
              it is told as soon as it has happened.
            </p>`
      }
      <div class="buttons">
        <button
          type="button"
          aria-pressed=${this.running}
          @click=${() => (this.running ? this.#stop() : this.#start())}
        >
          ${this.running ? 'Stop the clock' : 'Start the clock'}
        </button>
        ${doors.map(
          ({ name }, i) => html`
            <button type="button" ?disabled=${!this.running} @click=${() => this.#ring(this.#firstDoor + i)}>
              Ring ${name}
            </button>
          `,
        )}
      </div>
      ${this.#rings.length ? this.#renderRings() : nothing}
    `;
  }

  #renderRings() {
    const { demo } = this;
    const answers = answersOf(demo.doorbell, demo.shown);
    return html`<div role="status">
      <ul>
        ${this.#rings.map(
          (ring) =>
            html`<li>
              <b>${ring.name}</b> rang at ${inMs(ring.ready)}.
              ${answers.map(({ mode, answer }) => {
                const at = answer(ring);
                if (at === undefined) return nothing;
                return isTold(at, this.#now)
                  ? html`${mode}: answered at ${inMs(at)}, after ${inMs(at - ring.ready)}. `
                  : html`${mode}: not yet. `;
              })}
            </li>`,
        )}
      </ul>
    </div>`;
  }
}

customElements.get('ring-now') ?? customElements.define('ring-now', RingNow);
