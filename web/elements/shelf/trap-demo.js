// @ts-check
import { html, nothing } from 'lit';
import { ms } from '../../core/time.js';
import { differences } from '../side-by-side/differences.js';
import differencesStyles from '../side-by-side/differences.css';
import { wayOf } from '../side-by-side/ways.js';
import { dedent } from '../player/dedent.js';
import { Demo, inWords } from '../player/demo.js';
import { IoMultiplexerDemo, title } from '../hallway/io-multiplexer-demo.js';
import { legend } from '../time-chart/time-chart.js';
import { timeline } from '../player/timeline.js';
import { isHandedOver } from './at-the-bench.js';
import { isTurnedAway } from './at-the-entrance.js';
import { CONDUCT, shelfAt, sizeInWords } from './on-shelf.js';
import styles from './on-shelf.css';
import { wayControls } from './way-controls.js';
import controlStyles from './way-controls.css';

const MODES = ['trap', 'cure'];

/** What the core finds wrong, if it refuses. @param {() => unknown} run */
function problemOf(run) {
  try {
    run();
    return undefined;
  } catch (error) {
    return /** @type {import('../../core/doorbell.js').ScenarioError} */ (error).problems?.[0];
  }
}

/** What is said of a step that is about no message. @type {Record<string, (name: string) => string>} */
const ABOUT = {
  timer: (name) => `the timer ${name} has expired`,
  timeout: () => 'it is time for the housekeeping',
  signal: (name) => `the signal ${name} has come`,
  listener: (name) => `a connection has come to ${name}`,
  worker: (name) => `work is done at ${name}`,
};

/**
 * What goes wrong with many sockets, and what cures it: two scenarios, each with a way of waiting, in one hallway.
 *
 *     <trap-demo label="The peer is gone">
 *       <pre data-way="epoll">…</pre>
 *       <pre data-way="epoll">…</pre>
 *     </trap-demo>
 *
 * The first is the trap. A way is named as in side-by-side/ways.js.
 */
export class TrapDemo extends IoMultiplexerDemo {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { name: { attribute: 'label' }, refused: { state: true } };

  static styles = [IoMultiplexerDemo.styles, differencesStyles, styles, controlStyles];

  static tools = [
    ...Demo.tools,
    { ...inWords, tag: 'hallway-told', load: () => import('../in-words/hallway-told.js') },
    { name: 'Both ways', tag: 'both-modes', load: () => import('../both/both-modes.js') },
  ];

  /**
   * By mode; `own` and `ownWay` are the page's. While the text has mistakes, `shown` is what ran before. `refusal`: why
   * the page's own way cannot serve its own text, where that is the trap.
   *
   * @type {Record<string, Record<'way' | 'text' | 'shown' | 'own' | 'ownWay' | 'refusal', string>>}
   */
  #ways = {};

  /** Here is one scenario, and no others of growing difficulty. */
  hasChallenges = false;

  constructor() {
    super();
    this.name = 'Trap';
    this.refused = ''; // a way that cannot serve the scenario
    [this.mode] = MODES;
  }

  connectedCallback() {
    [...this.querySelectorAll('pre')].forEach((pre, i) => {
      const text = dedent(pre.textContent ?? '');
      const way = pre.dataset.way ?? 'epoll';
      this.#ways[MODES[i]] = { way, text, shown: text, own: text, ownWay: way, refusal: '' };
    });
    super.connectedCallback();
  }

  get modes() {
    return MODES;
  }

  get label() {
    return this.name;
  }

  /** @param {string} mode */
  strategyOf(mode) {
    return wayOf(this.#ways[mode].way).strategy;
  }

  /** The demo's own module where it is enough; else the whole one. */
  async load() {
    const doorbell = await super.load();
    const { advice, grow } = await import('../../core/advice-in-page.js');
    await grow(doorbell);
    for (const ways of Object.values(this.#ways)) {
      const { strategy, options } = wayOf(ways.ownWay);
      const problem = () => problemOf(() => doorbell.multiplex(ways.own, strategy, options));
      if (!problem()) continue;
      doorbell.learn(await advice);
      ways.refusal = `In line ${problem()?.line} ${problem()?.message}`;
    }
    return doorbell;
  }

  /** Does the page's own way refuse what is shown? @param {string} mode */
  #refusal(mode, text = this.#ways[mode].shown) {
    const { way, ownWay, own, refusal } = this.#ways[mode];
    return way === ownWay && text === own ? refusal : '';
  }

  follow() {
    super.follow();
    if (!this.parameter('scenario')) this.text = this.#ways[this.mode].own;
    const { strategies } = /** @type {import('../../core/doorbell.js').Doorbell} */ (this.doorbell);
    const way = this.parameter('way') ?? '';
    if (strategies.includes(wayOf(way).strategy)) this.#ways[this.mode].way = way;
  }

  get parameters() {
    const { mode, text } = this;
    const { own, way, ownWay } = this.#ways[mode];
    return {
      ...(text === own ? {} : { scenario: text }),
      ...(mode === this.ownMode ? {} : { mode }),
      ...(way === ownWay ? {} : { way }),
    };
  }

  /** @param {string} mode */
  runAs(mode, text = this.#ways[mode].shown) {
    if (!this.doorbell) throw new Error('not loaded');
    const { strategy, options } = wayOf(this.#ways[mode].way);
    if (!this.#refusal(mode, text)) return this.doorbell.multiplex(text, strategy, options);
    const trace = this.doorbell.multiplex(text, 'poll');
    trace.tables.steps.count = 0; // they all come, and nobody is served
    return trace;
  }

  /** @param {string} text */
  show(text) {
    super.show(text);
    this.#ways[this.mode].shown = text;
  }

  /** @param {string} text */
  edit(text) {
    this.refused = '';
    this.#ways[this.mode].text = text;
    super.edit(text);
  }

  /** @param {string} mode */
  choose(mode) {
    this.mode = mode;
    this.edit(this.#ways[mode].text);
  }

  restore() {
    const ways = this.#ways[this.mode];
    ways.way = ways.ownWay;
    this.edit(ways.own);
  }

  get snapshot() {
    return { ...super.snapshot, way: this.#ways[this.mode].way };
  }

  /** @param {TrapDemo['snapshot']} snapshot */
  recall({ text, mode, way }) {
    this.#ways[mode].way = way;
    super.recall({ text, mode });
  }

  /** The same scenario, served in another way, if that can serve it. @param {string} way @returns {Promise<void>} */
  async chooseWay(way) {
    const { doorbell } = this;
    const ways = this.#ways[this.mode];
    const before = ways.way;
    ways.way = way;
    try {
      this.runAs(this.mode);
    } catch (error) {
      ways.way = before;
      const [problem] = /** @type {import('../../core/doorbell.js').ScenarioError} */ (error).problems ?? [];
      if (problem && doorbell && !doorbell.hasWords) {
        doorbell.learn(await (await import('../../core/advice-in-page.js')).advice);
        return this.chooseWay(way);
      }
      this.refused = problem?.message ?? `${error}`;
      this.requestUpdate(); // the control says again what is
      return undefined;
    }
    return this.edit(this.text);
  }

  renderHead() {
    const { way } = this.#ways[this.mode];
    return html`${super.renderHead()}
    ${wayControls(way, this.doorbell?.strategies ?? [], (name) => this.chooseWay(name))}
    ${this.refused ? html`<p class="cannot" role="alert">${this.refused}</p>` : nothing}`;
  }

  get next() {
    return this.mode === MODES[0] ? 'Now choose Cure, and run it too.' : '';
  }

  /** What is seen here does not give in to the hand. */
  takeHold() {
    return Promise.resolve();
  }

  /** @param {import('../../core/doorbell.js').Trace} trace @param {number} position @param {number} [now] */
  stateAt(trace, position, now) {
    const state = shelfAt(trace, position, this.strategy, now);
    return this.#refusal(this.mode)
      ? { ...state, where: 'The guard serves nobody', caption: 'he serves nobody' }
      : state;
  }

  /** @param {import('../../core/doorbell.js').Trace} trace @param {number} position */
  describe(trace, position) {
    const refusal = this.#refusal(this.mode);
    if (refusal) return `Nobody is served. ${refusal}.`;
    if (!position) return super.describe(trace, position);
    const { statement, time, queue } = trace.step(position - 1);
    const { kind, name, payload } = trace.statements[statement];
    if (isHandedOver(trace, position - 1)) {
      return `${ms(time)} ms: ${name} is handed over${payload ? ` (${payload})` : ''}.`;
    }
    if (queue || !ABOUT[kind]) return super.describe(trace, position);
    return `${ms(time)} ms: ${ABOUT[kind](name)}.`;
  }

  /** What a read gave. @param {import('../../core/doorbell.js').Trace} trace @param {number} k */
  #read(trace, k) {
    const { queue, parent, event, statement } = trace.step(k);
    const { taken } = trace.tables;
    const { kind } = trace.statements[statement];
    if (queue) return queue === 'starved' ? 'never' : 'and so on, for ever';
    if (kind === 'listener') return isTurnedAway(trace, k) ? 'EMFILE: turned away' : 'a connection';
    if (kind === 'timeout' || kind === 'signal') return 'nothing';
    if (kind === 'worker') return taken.bytes.at(k) ? `${taken.bytes.at(k)} done` : 'nothing: it is left';
    if (kind === 'timer') return taken.bytes.at(k) ? `${taken.bytes.at(k)}\u00a0×` : 'nothing: it is left';
    if (parent !== null)
      return trace.tables.statements.forever.at(statement) & CONDUCT.resets ? 'ECONNRESET' : 'the end';
    if (event >= trace.eventCount) return 'nothing: it writes';
    if (isHandedOver(trace, k)) return 'a message: handed over';
    if (kind === 'file') return 'a part';
    return taken?.count && taken.bytes.at(k) ? sizeInWords(taken.bytes.at(k)) : 'a message';
  }

  /** @param {import('../../core/doorbell.js').Trace} trace */
  renderResults(trace) {
    const statement = (/** @type {number} */ k) => trace.statements[trace.step(k).statement];
    const { strategy } = this;
    const hint = MODES.some((name) => this.#refusal(name))
      ? 'The trap serves nobody: what the two cost cannot be compared.'
      : 'At the end, what trap and cure cost stands here, with the difference.';
    return html`
      ${legend([{ trace, position: this.position, strategy }])}
      ${timeline(
        'Processing timeline',
        [
          { head: 'Step', kind: 'number', cell: (k) => k + 1 },
          { head: 'Time', kind: 'ms', cell: (k) => ms(trace.step(k).time) },
          { head: 'Socket', kind: 'name', cell: (k) => statement(k).name },
          { head: 'Read', cell: (k) => this.#read(trace, k) },
        ],
        this.position,
        'No events yet.',
      )}
      ${
        this.atEnd && !MODES.some((name) => this.#refusal(name))
          ? differences(
              MODES.map((name) => ({ name: title(name), strategy: this.strategyOf(name), trace: this.runAs(name) })),
            )
          : html`<p class="hint">${hint}</p>`
      }
    `;
  }
}

customElements.get('trap-demo') ?? customElements.define('trap-demo', TrapDemo);
