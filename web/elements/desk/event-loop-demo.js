// @ts-check
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import packed from 'loop.wasm';
import { ScenarioError } from '../../core/doorbell.js';
import { doorbellInPage } from '../../core/in-page.js';
import { ms } from '../../core/time.js';
import { Demo, inWords } from '../player/demo.js';
import { deskAt, haltOf, SIZES } from './desk-state.js';
import { desk } from './desk.js';
import figureStyles from '../../figures/figures.css';
import deskStyles from './desk.css';
import styles from './event-loop-demo.css';
import { cardPlaces, moveCards, movesCards } from './moving-cards.js';
import { swapsOf } from '../orders/swaps.js';
import dialStyles from '../player/dial.css';
import lampStyles from '../player/lamp.css';
import { timeline } from '../player/timeline.js';

export const HOSTS = { browser: 'Browser', node: 'Node' };

/** All orders of a longer run are too many to look through at each edit. */
const LOOKED_THROUGH = 200;

/** From the fourth time on, what repeats is run in longer strides. */
const REPEATS = 4;

const REPEATED_ROWS = 12; // of what repeats, the table shows so many

/**
 * @typedef {'browser' | 'node'} Host
 * @typedef {import('../../core/doorbell.js').ScenarioError['problems'][number]} Problem
 */

const byHand = () => import('../take-hold/bells.js');
const besideDesk = () => import('../both/hosts-and-code.js');

/**
 * The demo of lesson 5: doorbells, the trays of a host, and a desk where one callback runs at a time.
 *
 *     <event-loop-demo><pre>timer onTimeout ready 2 …</pre></event-loop-demo>
 *
 * Whoever stands beside it may ask what it shows (`trace`, `orders`, `shown`, `shownHost`, `runs`), is told by the
 * events `shown` and `ran` that this has changed, may choose something else, and may add what came of a real run.
 */
export class EventLoopDemo extends Demo {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    host: {},
    refused: { state: true },
    size: { state: true },
    gliding: { state: true },
  };

  static styles = [Demo.styles, dialStyles, lampStyles, figureStyles, deskStyles, styles];

  static tools = [
    ...Demo.tools,
    { ...inWords, tag: 'desk-told', load: () => import('../in-words/desk-told.js') },
    { name: 'Change by hand', tag: 'change-by-hand', load: byHand },
    { name: 'Ring now', tag: 'ring-now', load: byHand },
    { name: 'JavaScript', tag: 'demo-code', load: besideDesk },
    { name: 'Both hosts', tag: 'both-hosts', load: besideDesk },
  ];

  /** @type {ReturnType<typeof cardPlaces>} */ #before = new Map();

  /** What the desk's size was chosen for: the largest that fits. @type {unknown[]} */
  #place = [];

  /** What repeats in the trace: how often the statement of each step ran before. @type {Uint32Array} */
  #repeats = new Uint32Array();

  constructor() {
    super();
    /** @type {Host} */
    this.host = 'browser';
    /** @type {Host} */
    this.shownHost = 'browser';
    /** @type {Host} */
    this.ownHost = 'browser'; // which the page says
    /** All orders that are allowed. @type {import('../orders/swaps.js').Orders | undefined} */
    this.orders = undefined;
    /** @type {Map<number, string[]>} */
    this.swaps = new Map();
    /** What came of real runs of what is shown. @type {import('../../javascript/run-here.js').Run[]} */
    this.runs = [];
    /**
     * The host that was chosen and cannot run the scenario, and why.
     *
     * @type {{ host: Host, problem: Problem } | undefined}
     */
    this.refused = undefined;
    /** The ready-made scenario that was taken last. @type {{ host: Host, text: string } | undefined} */
    this.taken = undefined;
    this.size = 0; // which of the desk's sizes is shown
    this.gliding = false; // a card, to the desk
  }

  connectedCallback() {
    this.ownHost = this.host;
    super.connectedCallback();
  }

  follow() {
    super.follow();
    const asked = this.parameter('host') ?? this.ownHost;
    if (Object.hasOwn(HOSTS, asked)) this.host = /** @type {Host} */ (asked);
    else this.notice = `The link asks for the host “${asked}”. There are browser and node.`;
  }

  get #stage() {
    return this.shadowRoot?.querySelector('.stage');
  }

  get isMoving() {
    return this.gliding;
  }

  get lesson() {
    return 'loop';
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
    this.refused = undefined;
    this.shownHost = this.host;
    this.runs = [];
    this.#readThrough();
  }

  /**
   * A real run of a trace is of no use for another one.
   *
   * @param {unknown} trace @param {EventLoopDemo['runs'][0]} run
   */
  addRun(trace, run) {
    if (this.trace !== trace) return;
    this.runs = [...this.runs, run];
    this.dispatchEvent(new Event('ran'));
  }

  /** What is asked of the whole trace. */
  #readThrough() {
    const { trace, doorbell } = this;
    this.orders = undefined;
    this.swaps = new Map();
    if (!trace || !doorbell) return;
    const seen = new Map();
    this.#repeats = Uint32Array.from({ length: trace.stepCount }, (_, k) => {
      const { statement } = trace.step(k);
      seen.set(statement, (seen.get(statement) ?? 0) + 1);
      return seen.get(statement) - 1;
    });
    if (trace.stepCount > LOOKED_THROUGH) return;
    this.orders = doorbell.orders(this.shown, this.shownHost);
    this.swaps = swapsOf(trace, this.orders);
  }

  /**
   * Another host, with the same text or another one. One that cannot run it is not chosen.
   *
   * @param {Host} host @param {string} [text]
   */
  choose(host, text = this.text) {
    this.notice = '';
    const problem = this.trace && this.#problemOf(text, host);
    this.refused = problem && { host, problem };
    if (problem) return;
    this.host = host;
    this.edit(text);
  }

  /** Why a host cannot run a text. @param {string} text @param {Host} host */
  #problemOf(text, host) {
    try {
      this.doorbell?.loop(text, host);
      return undefined;
    } catch (error) {
      this.tell(error, () => this.refused?.host === host && this.choose(host, text));
      return error instanceof ScenarioError ? error.problems[0] : undefined;
    }
  }

  /** A ready-made scenario, with its host. @param {{ host: Host, text: string }} example */
  take(example) {
    this.choose(example.host, example.text);
    this.taken = example;
  }

  restore() {
    const { host, text } = this.taken ?? { host: this.ownHost, text: this.original ?? '' };
    this.choose(host, text);
  }

  get snapshot() {
    const { host, text, taken } = this;
    return { host, text, taken };
  }

  /** @param {EventLoopDemo['snapshot']} snapshot */
  recall({ host, text, taken }) {
    Object.assign(this, { host, taken, refused: undefined });
    this.edit(text);
  }

  get parameters() {
    return { ...super.parameters, ...(this.host === this.ownHost ? {} : { host: this.host }) };
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

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('position')) this.gliding = Math.abs(this.#jump(changed)) === 1 && movesCards();
    if (this.#stage) this.#before = cardPlaces(this.#stage);
    const { trace, room } = this;
    const place = [trace, room.width, room.height];
    if (place.some((part, i) => part !== this.#place[i])) this.size = 0;
    this.#place = place;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    const jump = this.#jump(changed);
    const height = this.#stage?.firstElementChild?.clientHeight ?? 0;
    if (height > this.room.height && this.size < SIZES.length - 1) this.size++;
    if (jump !== 0 && this.#stage) moveCards(this.#stage, this.#before, { instant: Math.abs(jump) > 1 });
    if (this.gliding && changed.has('position')) this.#awaitCard();
  }

  /** How far the position has moved, in the same trace. @param {Map<string, unknown>} changed */
  #jump(changed) {
    if (changed.has('trace')) return 0;
    return this.position - /** @type {number} */ (changed.get('position') ?? this.position);
  }

  /** The picture has arrived when its card lies on the desk. */
  async #awaitCard() {
    const { position } = this;
    const card = this.#stage?.querySelector('.blotter .card');
    await Promise.allSettled(card?.getAnimations().map(({ finished }) => finished) ?? []);
    if (position === this.position) this.gliding = false;
  }

  renderHead() {
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
                .checked=${live(name === this.host)}
                @change=${() => this.choose(/** @type {Host} */ (name))}
              />${title}
            </label>
          `,
        )}
      </fieldset>
      ${this.#renderCannot()}
    `;
  }

  /** Why a host that was asked for is not shown. */
  #renderCannot() {
    const { host, refused } = this;
    if (!refused) return nothing;
    const { line, message } = refused.problem;
    return html`
      <p class="cannot" role="alert">
        ${HOSTS[refused.host]} cannot run this scenario; line ${line}${message && `: ${message}`}. It is still
        ${HOSTS[host]}’s.
      </p>
    `;
  }

  /** While a clock runs it is later than at the step. @param {import('./desk-state.js').Desk} state */
  atMoment = (state) => state;

  /** @param {any} [touch] @returns {Promise<unknown>} */
  async takeHold(touch) {
    return (await byHand()).hold(this, touch);
  }

  /** @param {import('../../core/doorbell.js').Trace} trace */
  renderScene(trace) {
    return desk(this.atMoment(deskAt(trace, this.shownHost, this.position, SIZES[this.size], this.swaps)));
  }

  /** @param {import('../../core/doorbell.js').Trace} trace @param {number} position */
  describe(trace, position) {
    if (!trace.stepCount) return 'Nothing becomes ready: the loop ends at once.';
    if (!position) return 'Ready. Run first callback.';
    const current = trace.step(position - 1);
    const { name } = trace.statements[current.statement];
    const halt = haltOf(trace, position - 1);
    if (halt === 'starved') return `${ms(current.time)} ms: stopped here. ${name} never gets its turn.`;
    if (halt === 'ended') return `${ms(current.time)} ms: the process ended here, with status 1.`;
    if (halt) return `${ms(current.time)} ms: stopped here, with ${name} next.`;
    return `${ms(current.time)} ms: ${name} ${current.isHop ? 'hops on; no code runs' : 'runs'}.`;
  }

  /** @param {import('../../core/doorbell.js').Trace} trace */
  renderResults(trace) {
    const statement = (/** @type {number} */ k) => trace.statements[trace.step(k).statement];
    return html`
      ${timeline(
        'Callback timeline',
        [
          { head: 'Tick', kind: 'ms', cell: (k) => ms(trace.step(k).time) },
          {
            head: 'Queue',
            cell: (k) => (haltOf(trace, k) ? html`<b class="halt">${haltOf(trace, k)}</b>` : trace.step(k).queue),
          },
          { head: 'Callback', kind: 'name', cell: (k) => statement(k).name },
          { head: 'Source', cell: (k) => statement(k).kind },
        ],
        this.position,
        'No callbacks yet.',
        this.#repeats[this.position - 2] > REPEATED_ROWS ? REPEATED_ROWS : undefined,
      )}
      <p class="hint">Callbacks executed by the event loop, in order.</p>
    `;
  }
}
