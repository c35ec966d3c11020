// @ts-check
import { html } from 'lit';
import { multiplexerInPage } from '../../core/multiplexer.js';
import { ms } from '../../core/time.js';
import { comparison } from './comparison.js';
import comparisonStyles from './comparison.css';
import { Demo, inWords } from '../player/demo.js';
import { hallway } from './hallway.js';
import { hallwayAt } from './hallway-state.js';
import figureStyles from '../../figures/figures.css';
import hallwayStyles from './hallway.css';
import dialStyles from '../player/dial.css';
import lampStyles from '../player/lamp.css';
import { begunBy, messagesOf, timeAt } from '../player/messages.js';
import { chartSize, legend, timeChart } from '../time-chart/time-chart.js';
import timeChartStyles from '../time-chart/time-chart.css';
import { timeline } from '../player/timeline.js';
import { VirtualTime } from '../player/virtual-time.js';

export const MODES = ['blocking', 'readiness'];

const CHART = 0.36; // of the scene's height is the chart's, unless it needs less

/** 'blocking' -> 'Blocking'. @param {string} word */
export const title = (word) => word[0].toUpperCase() + word.slice(1);

/**
 * The demo of lesson 4: a hallway of sockets, served in one of the beginner's two ways.
 *
 *     <io-multiplexer-demo><pre>socket A ready 6 …</pre></io-multiplexer-demo>
 */
export class IoMultiplexerDemo extends Demo {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { mode: {} };

  static styles = [Demo.styles, dialStyles, lampStyles, figureStyles, hallwayStyles, timeChartStyles, comparisonStyles];

  static tools = [
    ...Demo.tools,
    { ...inWords, tag: 'hallway-told', load: () => import('../in-words/hallway-told.js') },
    { name: 'Change by hand', tag: 'change-by-hand', load: () => import('../take-hold/change-by-hand.js') },
    { name: 'Ring now', tag: 'ring-now', load: () => import('../take-hold/ring-now.js') },
    { name: 'Both ways', tag: 'both-modes', load: () => import('../both/both-modes.js') },
  ];

  /** The moment that the scene shows, on its way from one step to the next. */
  #time = new VirtualTime(this, () => this.#isWalking);

  /** The traces of the modes that were run to their end, to compare. */
  #finished = new Map();

  /** The mode of the trace that is on show. */
  #shownMode = MODES[0];

  constructor() {
    super();
    this.mode = MODES[0];
    this.ownMode = MODES[0]; // which the page says
    this.span = 0; // the axis of the chart is at least so long
  }

  connectedCallback() {
    this.ownMode = this.mode;
    super.connectedCallback();
  }

  get isMoving() {
    return this.#time.now !== undefined && !this.held;
  }

  /** Is the guard still on his way to the door? A fast run does not wait for him. */
  get #isWalking() {
    const guard = this.shadowRoot?.querySelector('.guard');
    return !(this.playing && this.speed === 'fast') && Boolean(guard?.getAnimations().length);
  }

  get lesson() {
    return 'multiplex';
  }

  get label() {
    return 'I/O multiplexer';
  }

  load() {
    return multiplexerInPage();
  }

  follow() {
    super.follow();
    const { modes } = this;
    const asked = this.parameter('mode') ?? this.ownMode;
    if (modes.includes(asked)) this.mode = asked;
    else this.notice = `The link asks for the mode “${asked}”. There are ${modes.join(' and ')}.`;
  }

  get parameters() {
    return { ...super.parameters, ...(this.mode === this.ownMode ? {} : { mode: this.mode }) };
  }

  /** What there is to choose from. */
  get modes() {
    return MODES;
  }

  /** How the core serves the sockets in a mode. @param {string} mode */
  strategyOf(mode) {
    return mode;
  }

  get strategy() {
    return this.strategyOf(this.mode);
  }

  /** @param {string} text */
  run(text) {
    return this.runAs(this.mode, text);
  }

  /** @param {string} mode */
  runAs(mode, text = this.shown) {
    if (!this.doorbell) throw new Error('not loaded');
    return this.doorbell.multiplex(text, mode);
  }

  /** @param {string} text */
  show(text) {
    if (text !== this.shown) this.#finished.clear();
    super.show(text);
    this.#shownMode = this.mode;
  }

  /** Starts over in another mode, with the scenario that is on show. @param {string} mode */
  choose(mode) {
    this.mode = mode;
    this.show(this.shown);
  }

  get snapshot() {
    const { text, mode } = this;
    return { text, mode };
  }

  /** @param {IoMultiplexerDemo['snapshot']} snapshot */
  recall({ text, mode }) {
    this.mode = mode;
    this.edit(text);
  }

  /** @param {Map<string, unknown>} _changed */
  willUpdate(_changed) {
    if (this.trace && this.atEnd && this.trace.stepCount > 0) this.#finished.set(this.#shownMode, this.trace);
  }

  renderHead() {
    return html`
      <h4>Readiness panel</h4>
      <fieldset class="choice">
        <legend>How the guard works</legend>
        ${this.modes.map(
          (mode) => html`
            <label>
              <input
                type="radio"
                name="mode"
                .checked=${mode === this.mode}
                @change=${() => this.choose(mode)}
              />${title(mode)}
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  get next() {
    const other = !this.challenge && MODES.find((mode) => mode !== this.mode && !this.#finished.has(mode));
    return other && this.trace?.stepCount ? `Now choose ${title(other)}, and run it too.` : '';
  }

  /** What the chart shows, and of which moment. @param {import('../../core/doorbell.js').Trace} trace */
  chart(trace) {
    const { room, held } = this;
    const { now = timeAt(trace, this.position) } = this.#time;
    const position = held ? Math.min(this.position + 1, trace.stepCount) : this.position; // on the way to the next
    const lanes = [{ trace, position, strategy: this.strategy }];
    const size = chartSize(lanes, { width: room.width, height: room.height * CHART });
    return { lanes, position, now, end: Math.max(trace.end, this.span), size };
  }

  /**
   * What stands where in the hallway.
   *
   * @param {import('../../core/doorbell.js').Trace} trace @param {number} position @param {number} [now]
   */
  stateAt(trace, position, now) {
    return hallwayAt(trace, position, this.strategy, now);
  }

  /** @param {import('../../core/doorbell.js').Trace} trace */
  renderScene(trace) {
    const { room } = this;
    const { lanes, position, now, end, size } = this.chart(trace);
    const onSeek = (/** @type {number} */ time) => this.go(begunBy(messagesOf(trace).time, time));
    return html`
      ${hallway(this.stateAt(trace, position, now), { width: room.width, height: room.height - size.height })}
      ${timeChart(lanes, { now, end, size, onSeek })}
    `;
  }

  /** @param {any} [touch] @returns {Promise<unknown>} */
  async takeHold(touch) {
    return (await import('../take-hold/chart-hold.js')).holdChart(this, touch);
  }

  /** @param {import('../../core/doorbell.js').Trace} trace @param {number} position */
  describe(trace, position) {
    if (!trace.stepCount) return 'No message comes: nothing to do.';
    if (!position) return 'Ready. Take the first step.';
    const current = trace.step(position - 1);
    const { name, payload } = trace.statements[current.statement];
    const { taken } = trace.tables; // where messages have sizes
    const isPiece = taken?.count && taken.missing.at(position - 1);
    const done = current.event >= trace.eventCount ? 'written to' : isPiece ? 'read' : 'handled';
    if (current.queue) return 'From here on nothing changes any more.';
    if (current.parent !== null) return `${ms(current.time)} ms: ${name} has come to its end.`;
    return `${ms(current.time)} ms: ${name} is ${done}${payload ? ` (${payload})` : ''}.`;
  }

  /** @param {import('../../core/doorbell.js').Trace} trace */
  renderResults(trace) {
    const statement = (/** @type {number} */ k) => trace.statements[trace.step(k).statement];
    return html`
      ${legend([{ trace, position: this.position }])}
      ${timeline(
        'Processing timeline',
        [
          { head: 'Step', kind: 'number', cell: (k) => k + 1 },
          { head: 'Time', kind: 'ms', cell: (k) => ms(trace.step(k).time) },
          { head: 'Socket', kind: 'name', cell: (k) => statement(k).name },
          { head: 'Payload', cell: (k) => (trace.step(k).parent === null ? statement(k).payload : '') },
        ],
        this.position,
        'No events yet.',
      )}
      ${comparison(MODES.flatMap((mode) => (this.#finished.has(mode) ? { name: title(mode), trace: this.#finished.get(mode) } : [])))}
    `;
  }
}
