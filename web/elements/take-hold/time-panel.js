// @ts-check
import { html, nothing, svg } from 'lit';
import { ms } from '../../core/time.js';
import { fit } from '../player/labels.js';
import { coreOf } from '../../scenario/words.js';
import { positionAt, readyTimes } from './bell-hold.js';
import { Hand } from './hand.js';
import { TimeHandles } from './time-handles.js';
import styles from './time-panel.css';

/** @typedef {import('../desk/event-loop-demo.js').EventLoopDemo} Demo */

const ROW = 34; // CSS pixels
const HEAD = 24; // above the rows, where the times stand
const ROWS = 24; // of a longer scenario the first lines have one
const NAMES = { share: 0.3, most: 180 }; // the room for the names, of the width and in CSS pixels
const RIGHT = 40; // CSS pixels beside the end of the axis, for a grip
const INDENT = 12; // CSS pixels
const LEAST = 10_000; // microseconds: so long is the axis at least
const TICKS = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]; // microseconds
const SPACE = 40; // CSS pixels between ticks, at least

/**
 * A scenario of lesson 5 over time, to be changed by hand: a row a statement, from when it becomes ready, or from when
 * it is asked for at the earliest, and how long it holds the thread. It is what the text says, not what happens.
 */
export class TimePanel extends TimeHandles {
  static styles = [TimeHandles.styles, styles];

  #size = new ResizeObserver(() => this.settle());
  /** @type {Demo | undefined} */ demo = undefined;
  /** Which words take a duration. @type {((kind: string, isIndented: boolean) => boolean) | undefined} */ #takes;
  #axis = { left: 0, length: LEAST, unit: 1 }; // unit: CSS pixels a microsecond
  /** A callback whose name is dragged, and the one it is over. @type {{ own: number, over: number } | undefined} */
  #moved = undefined;
  #span = 0; // of the axis, while something is dragged

  /** @param {Demo} demo */
  hold(demo) {
    this.demo = demo;
    this.once = 'ring';
    this.hand = new Hand(demo, (time) => demo.trace && demo.go(positionAt(demo.trace, time)));
    this.addEventListener('drag', () => this.#keepAxis());
    this.#learn(demo);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#size.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
  }

  /** @param {Demo} demo */
  async #learn(demo) {
    const { doorbell } = demo;
    if (!doorbell) return;
    const { kinds, usage } = coreOf(
      doorbell,
      await (
        await import('../../core/advice-in-page.js')
      ).advice,
      demo.host,
      (text) => demo.run(text),
    );
    const under = kinds.indexOf('script');
    this.#takes = (kind, isIndented) =>
      usage(kinds.indexOf(kind), isIndented ? under : kinds.length)?.includes('[takes') ?? false;
    this.settle();
  }

  /** While something is dragged the axis does not become shorter. */
  #keepAxis() {
    this.#span = this.dragging ? this.#axis.length : 0;
    this.settle();
  }

  /** The demo shows another scenario, or there is another width. */
  settle() {
    const trace = this.demo?.trace;
    if (!trace || !this.offsetWidth) return;
    /** @type {number[]} */
    const origins = []; // when the statement at each depth can run, at the earliest
    const rows = trace.statements.slice(0, ROWS).map(({ name, kind, depth, takes, after }, statement) => {
      const ready = depth ? [] : readyTimes(trace, statement);
      const origin = depth ? origins[depth - 1] : 0;
      const isAfter = kind === 'timer' && depth > 0;
      origins[depth] = depth ? origin + (isAfter ? (after ?? 0) : 0) : (ready[0] ?? 0);
      const hasTakes = this.#takes?.(kind, depth > 0);
      return {
        statement,
        name,
        y: HEAD + (statement + 0.5) * ROW,
        x: (/** @type {number} */ time) => this.#x(time),
        ready,
        takes,
        ...(hasTakes ? { from: origins[depth] } : {}),
        ...(isAfter ? { after: after ?? 0, origin } : {}),
      };
    });
    const ends = rows.map(({ ready, from = 0, takes }) => Math.max(from + takes, ...ready));
    const length = Math.max(LEAST, this.#span, ...ends);
    const left = Math.min(NAMES.most, this.offsetWidth * NAMES.share);
    this.#axis = { left, length, unit: (this.offsetWidth - left - RIGHT) / length };
    this.places = { rows, perPixel: 1 / this.#axis.unit, max: length };
  }

  /** A name is taken, to be laid on that of another callback. @param {PointerEvent} event @param {number} own */
  #take(event, own) {
    const name = /** @type {HTMLElement} */ (event.currentTarget);
    name.setPointerCapture(event.pointerId);
    this.select(own);
    /** @param {PointerEvent} moved */
    const follow = ({ clientY }) => {
      const row = Math.floor((clientY - this.getBoundingClientRect().top - HEAD) / ROW);
      this.#moved = { own, over: this.places?.rows[row]?.statement ?? own };
      this.requestUpdate();
    };
    const drop = () => {
      name.removeEventListener('pointermove', follow);
      name.removeEventListener('lostpointercapture', drop);
      const { over = own } = this.#moved ?? {};
      this.#moved = undefined;
      this.requestUpdate();
      if (over !== own) this.putUnder(own, over);
    };
    name.addEventListener('pointermove', follow);
    name.addEventListener('lostpointercapture', drop);
  }

  /** @param {number} time */
  #x(time) {
    const { left, unit } = this.#axis;
    return left + time * unit;
  }

  render() {
    const trace = this.demo?.trace;
    if (!this.places || !trace) return nothing;
    const { rows, max } = this.places;
    const { left, unit } = this.#axis;
    const tick = TICKS.find((each) => each * unit >= SPACE) ?? max;
    const ticks = Array.from({ length: Math.floor(max / tick) + 1 }, (_, i) => i * tick);
    const height = HEAD + rows.length * ROW;
    const more = trace.statements.length - rows.length;
    return html`
      <svg width=${this.offsetWidth} height=${height} aria-hidden="true">
        ${ticks.map(
          (at) => svg`<path class="grid" d="M${this.#x(at)} ${HEAD - 6}V${height}" />
            <text class="muted" x=${this.#x(at)} y=${HEAD - 10}>${ms(at)}</text>`,
        )}
        <text x="0" y=${HEAD - 10}>ms</text>
        ${rows.map(({ statement, name, y, ready, after, origin = 0, from }) => {
          const inset = trace.statements[statement].depth * INDENT;
          const dots = after === undefined ? ready : [origin + after];
          return svg`
            ${this.#moved && this.#moved.over === statement && this.#moved.own !== statement ? svg`<rect class="over" y=${y - ROW / 2} width=${left - 8} height=${ROW} rx="6" />` : nothing}
            <text class="name" x=${inset} y=${y + 4.5}>${fit(name, left - inset - 8, 8)}</text>
            <path class="quiet" d="M${left} ${y}H${this.#x(max)}" />
            ${dots.map((at) => svg`<circle cx=${this.#x(at)} cy=${y} r="5" />`)}
            ${dots.length || from === undefined ? nothing : svg`<path class="asked" d="M${this.#x(from)} ${y - 7}v14" />`}`;
        })}
      </svg>
      ${rows
        .filter(({ statement }) => trace.statements[statement].depth)
        .map(
          ({ statement, y }) =>
            html`<i
              class="taken"
              .style=${`translate: 0 ${y - ROW / 2}px; inline-size: ${left - 8}px; block-size: ${ROW}px`}
              @pointerdown=${(/** @type {PointerEvent} */ event) => this.#take(event, statement)}
            ></i>`,
        )}
      ${super.render()} ${more > 0 ? html`<p>and ${more} more, in the text</p>` : nothing}
    `;
  }
}

customElements.get('time-panel') ?? customElements.define('time-panel', TimePanel);
