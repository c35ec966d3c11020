// @ts-check
import { css, html, nothing } from 'lit';
import packed from 'loop.wasm';
import { ScenarioError } from '../model/doorbell.js';
import { doorbellInPage } from '../model/in-page.js';
import { ms } from '../model/time.js';
import { Demo } from './demo.js';
import { deskAt, haltOf } from './desk-state.js';
import { desk, deskStyles } from './desk.js';
import { cardPlaces, moveCards } from './moving-cards.js';
import { swapsOf } from './swaps.js';
import { timeline } from './timeline.js';

const HOSTS = { browser: 'Browser', node: 'Node' };

/** All orders of a longer run are too many to look through at each edit. */
const LOOKED_THROUGH = 200;

/** From the fourth time on, what repeats is run in longer strides. */
const REPEATS = 4;

/**
 * @typedef {'browser' | 'node'} Host
 * @typedef {{ name: string, host: Host, watch: string, text?: string }} Example  a scenario to pick, and what to watch;
 *   without a text it is the one that stands in the page
 */

/**
 * The demo of lesson 5: doorbells, the trays of a host, and a desk where one callback runs at a time.
 *
 *     <event-loop-demo><pre>timer onTimeout ready 2 …</pre></event-loop-demo>
 *
 * The page may give it `examples`. What it shows can be asked: `trace`, `shown` and `shownHost`; it fires `shown` when
 * that is another.
 */
export class EventLoopDemo extends Demo {
  static properties = { host: { state: true }, examples: { attribute: false } };

  static styles = [
    Demo.styles,
    deskStyles,
    css`
      .pick {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-inline-size: 0;
      }
      .pick span {
        color: var(--muted);
      }
      .pick select {
        flex: 1;
        min-inline-size: 0;
      }
      .watch,
      .cannot {
        margin: 0;
      }
      .watch {
        flex: 1 20rem;
        min-block-size: 1.5em;
      }
      .cannot {
        flex-basis: 100%;
        color: var(--late);
      }
    `,
  ];

  /** @type {ReturnType<typeof cardPlaces>} */ #before = new Map();

  /** What repeats in the trace: how often the statement of each step ran before. @type {Uint32Array} */
  #repeats = new Uint32Array();

  constructor() {
    super();
    /** @type {Host} */
    this.host = 'browser';
    /** @type {Host} */
    this.shownHost = 'browser';
    /** @type {Example[]} */
    this.examples = [];
    /** All orders that are allowed. @type {import('./swaps.js').Orders | undefined} */
    this.orders = undefined;
    /** @type {Map<number, string[]>} */
    this.swaps = new Map();
    this.unknown = ''; // the host that a link asks for, if there is none such
  }

  connectedCallback() {
    const asked = this.parameter('host') ?? 'browser';
    if (asked in HOSTS) this.host = /** @type {Host} */ (asked);
    else this.unknown = asked;
    super.connectedCallback();
  }

  get #stage() {
    return this.shadowRoot?.querySelector('.stage');
  }

  get label() {
    return 'Event loop';
  }

  load() {
    return doorbellInPage(packed);
  }

  /** @param {string} text */
  run(text) {
    if (!this.doorbell) throw new Error('not loaded');
    return this.doorbell.loop(text, this.host);
  }

  /** @param {string} text */
  show(text) {
    super.show(text);
    this.shownHost = this.host;
    this.#readThrough();
    this.dispatchEvent(new Event('shown'));
  }

  /** What is asked of the whole trace. */
  #readThrough() {
    const { trace, doorbell } = this;
    if (!trace || !doorbell) return;
    const seen = new Map();
    this.#repeats = Uint32Array.from({ length: trace.stepCount }, (_, k) => {
      const { statement } = trace.step(k);
      seen.set(statement, (seen.get(statement) ?? 0) + 1);
      return seen.get(statement) - 1;
    });
    const isLong = trace.stepCount > LOOKED_THROUGH;
    this.orders = isLong ? undefined : doorbell.orders?.(this.shown, this.shownHost);
    this.swaps = this.orders ? swapsOf(trace, this.orders) : new Map();
  }

  /** In the same text, another host. @param {Host} host */
  choose(host) {
    this.host = host;
    this.unknown = '';
    this.start();
  }

  /** @param {Example} example */
  pick({ host, text = this.original ?? '' }) {
    this.host = host;
    this.edit(text);
  }

  restore() {
    this.pick({ name: '', host: 'browser', watch: '' });
  }

  get parameters() {
    return { ...super.parameters, ...(this.host === 'browser' ? {} : { host: this.host }) };
  }

  /** What has come often is passed in strides that grow with it, up to what is new. */
  get stride() {
    const { position, trace } = this;
    const count = trace?.stepCount ?? 0;
    const longest = Math.max(1, (this.#repeats[position] ?? 0) - REPEATS);
    let stride = 1;
    while (stride < longest && position + stride < count && this.#repeats[position + stride] >= REPEATS) stride++;
    return stride;
  }

  willUpdate() {
    if (this.#stage) this.#before = cardPlaces(this.#stage);
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    const jump = this.position - /** @type {number} */ (changed.get('position') ?? this.position);
    if (jump !== 0 && this.#stage) moveCards(this.#stage, this.#before, { instant: Math.abs(jump) > 1 });
  }

  renderHead() {
    const { host, examples } = this;
    const example = examples.find((one) => one.host === host && (one.text ?? this.original) === this.text);
    return html`
      <h4>Runtime queues</h4>
      <fieldset class="choice">
        <legend>Host</legend>
        ${Object.entries(HOSTS).map(
          ([name, title]) => html`
            <label>
              <input
                type="radio"
                name="host"
                .checked=${name === host}
                @change=${() => this.choose(/** @type {Host} */ (name))}
              />${title}
            </label>
          `,
        )}
      </fieldset>
      ${
        examples.length
          ? html`
              ${this.#renderExamples(example)}
              <p class="watch" role="status">${example ? html`<b>Watch:</b> ${example.watch}` : nothing}</p>
            `
          : nothing
      }
      ${this.#renderCannot()}
    `;
  }

  /** @param {Example | undefined} chosen */
  #renderExamples(chosen) {
    const choose = (/** @type {Event & { target: HTMLSelectElement }} */ { target }) =>
      this.pick(this.examples[target.selectedIndex]);
    return html`
      <label class="pick">
        <span>Example</span>
        <select @change=${choose}>
          ${this.examples.map(
            (example) =>
              html`<option ?selected=${example === chosen} .selected=${example === chosen}>
                ${example.name} · ${HOSTS[example.host]}
              </option>`,
          )}
          ${chosen ? nothing : html`<option selected disabled>your own</option>`}
        </select>
      </label>
    `;
  }

  /** Why the chosen host shows nothing, and the way out. */
  #renderCannot() {
    const { host, shownHost, error, unknown } = this;
    if (unknown)
      return html`<p class="cannot">The link asks for the host “${unknown}”. There are browser and node.</p>`;
    if (!(error instanceof ScenarioError) || host === shownHost) return nothing;
    const [{ line, message }] = error.problems;
    return html`
      <p class="cannot" role="alert">
        ${HOSTS[host]} cannot run this scenario; line ${line}: ${message}
        <button type="button" @click=${() => this.choose(shownHost)}>Back to ${HOSTS[shownHost]}</button>
      </p>
    `;
  }

  /** @param {import('../model/doorbell.js').Trace} trace */
  renderScene(trace) {
    return desk(deskAt(trace, this.shownHost, this.position, this.swaps));
  }

  /** @param {import('../model/doorbell.js').Trace} trace */
  describe(trace) {
    const { current } = this;
    if (!trace.stepCount) return 'Nothing becomes ready: the loop ends at once.';
    if (!current) return 'Ready. Run first callback.';
    const { name } = trace.statements[current.statement];
    const halt = haltOf(trace, this.position - 1);
    if (halt === 'starved') return `${ms(current.time)} ms: stopped here. ${name} never gets its turn.`;
    if (halt) return `${ms(current.time)} ms: stopped here, with ${name} next.`;
    return `${ms(current.time)} ms: ${name} runs.`;
  }

  /** @param {import('../model/doorbell.js').Trace} trace */
  renderResults(trace) {
    const statement = (/** @type {number} */ k) => trace.statements[trace.step(k).statement];
    return html`
      ${timeline(
        'Callback timeline',
        [
          { head: 'Tick', kind: 'ms', cell: (k) => ms(trace.step(k).time) },
          { head: 'Queue', cell: (k) => trace.step(k).queue },
          { head: 'Callback', kind: 'name', cell: (k) => statement(k).name },
          { head: 'Source', cell: (k) => statement(k).kind },
        ],
        this.position,
        'No callbacks yet.',
      )}
      <p class="hint">Callbacks executed by the event loop, in order.</p>
    `;
  }
}

customElements.get('event-loop-demo') ?? customElements.define('event-loop-demo', EventLoopDemo);
