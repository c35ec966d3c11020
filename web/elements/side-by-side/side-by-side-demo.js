// @ts-check
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ScenarioError } from '../../core/doorbell.js';
import { multiplexerInPage } from '../../core/multiplexer.js';
import { dedent } from '../player/dedent.js';
import { Demo, said } from '../player/demo.js';
import { differences } from './differences.js';
import differencesStyles from './differences.css';
import { inMs } from '../player/labels.js';
import { begunBy, messagesOf, timeAt } from '../player/messages.js';
import { Pair, stuckSockets, TOLD } from './pair.js';
import styles from './side-by-side-demo.css';
import { chartSize, legend, timeChart } from '../time-chart/time-chart.js';
import { tellsOnce, wayOf } from './ways.js';
import timeChartStyles from '../time-chart/time-chart.css';
import { VirtualTime } from '../player/virtual-time.js';

/** A mistake that is none, but that the core here is the small one. */
const ELSEWHERE = { line: 0, column: 0, message: '', isElsewhere: true };
const SIDES = { first: 'First way', second: 'Second way' }; // as a link names them, and the page

/** Ways that the whole core alone knows, which comes when it is needed. */
const KQUEUES = ['kqueue', 'kqueue-clear'];

/** What can be chosen: the core's strategies, some of them in two manners. @param {string[]} strategies */
const waysOf = (strategies) =>
  [...new Set([...strategies, ...KQUEUES])].flatMap((name) => (tellsOnce(name) ? [name, `${name}, no drain`] : name));

/** @param {string} text */
const coresOf = (text) => Math.max(1, Math.min(8, Math.trunc(Number(text)) || 1));

/** @typedef {{ name: string, watch: string, text: string, ways: string[], cores: number }} Scenario */

/**
 * Two ways of waiting on the same scenario, stepped together on one clock.
 *
 *     <side-by-side-demo>
 *       <figure data-ways="poll / epoll">
 *         <figcaption><strong>Who goes first?</strong> What to watch.</figcaption>
 *         <pre>socket A ready 6 …</pre>
 *       </figure>
 *       …
 *     </side-by-side-demo>
 *
 * Each figure is a ready-made scenario, with the two ways that show its point; `data-cores` for `threads`.
 *
 * @extends {Demo<Pair>}
 */
export class SideBySideDemo extends Demo {
  static properties = {
    ways: { state: true },
    cores: { state: true },
    chosen: { state: true },
    refused: { state: true },
  };

  static styles = [Demo.styles, timeChartStyles, differencesStyles, styles];

  static tools = Demo.tools.filter(({ isWanted }) => !isWanted); // here nobody predicts

  /** The moment that the chart shows, on its way from one step to the next. */
  #time = new VirtualTime(this);

  constructor() {
    super();
    this.ways = ['poll', 'epoll'];
    this.cores = 4;
    /** @type {Scenario[]} */
    this.scenarios = [];
    this.chosen = 0; // of the scenarios; -1 if a link has brought another
    this.refused = ''; // why a way that was chosen cannot serve the scenario
  }

  connectedCallback() {
    super.connectedCallback();
    this.scenarios = [...this.querySelectorAll('figure')].map((figure) => ({
      name: figure.querySelector('strong')?.textContent ?? '',
      watch: figure.querySelector('span')?.textContent ?? '',
      text: dedent(figure.querySelector('pre')?.textContent ?? ''),
      ways: figure.dataset.ways?.split(' / ') ?? this.ways,
      cores: Number(figure.dataset.cores ?? 4),
    }));
    this.#prepare(0);
  }

  get isMoving() {
    return this.#time.now !== undefined;
  }

  get label() {
    return 'Side by side';
  }

  load() {
    return multiplexerInPage();
  }

  /** Takes from the page's address which two ways to show. */
  follow() {
    super.follow();
    const known = waysOf(this.doorbell?.strategies ?? []);
    const asked = Object.keys(SIDES).map((side, i) => this.parameter(side) ?? this.ways[i]);
    const unknown = asked.find((way) => !known.includes(way));
    if (unknown === undefined) this.ways = asked;
    else this.notice = `The link asks for the way “${unknown}”. There are ${known.join('; ')}.`;
    this.cores = coresOf(this.parameter('cores') ?? String(this.cores));
    this.chosen = this.scenarios.findIndex((scenario) => this.#shows(scenario, this.text));
  }

  get parameters() {
    const { text, cores } = this;
    if (this.#shows(this.scenarios[0], text)) return {};
    const [first, second] = this.ways;
    return { scenario: text, first, second, ...(this.ways.includes('threads') ? { cores: String(cores) } : {}) };
  }

  /** @param {string} text */
  run(text) {
    const { doorbell, ways, cores } = this;
    if (!doorbell) throw new Error('not loaded');
    const { strategies } = doorbell;
    return new Pair(
      ways.map((name) => {
        const { strategy, options } = wayOf(name);
        if (!strategies.includes(strategy)) throw new ScenarioError([ELSEWHERE], 1);
        return { name, strategy, trace: doorbell.multiplex(text, strategy, { cores, ...options }) };
      }),
    );
  }

  /**
   * Is this text a ready-made scenario's, and are the ways those that it is for?
   *
   * @param {Scenario | undefined} scenario @param {string} text
   */
  #shows(scenario, text) {
    return text === scenario?.text && String(this.ways) === String(scenario.ways);
  }

  /** @param {number} chosen */
  #prepare(chosen) {
    const scenario = this.scenarios[chosen];
    if (!scenario) return;
    this.chosen = chosen;
    this.ways = scenario.ways;
    this.cores = scenario.cores;
  }

  /** Takes a ready-made scenario, with the ways that it is for. @param {number} chosen */
  choose(chosen) {
    this.notice = '';
    this.#prepare(chosen);
    this.edit(this.scenarios[chosen].text);
  }

  get snapshot() {
    const { text, ways, cores, chosen } = this;
    return { text, ways, cores, chosen };
  }

  /** @param {SideBySideDemo['snapshot']} snapshot */
  recall({ text, ...rest }) {
    Object.assign(this, rest);
    this.edit(text);
  }

  restore() {
    this.choose(Math.max(0, this.chosen));
  }

  /** A way that cannot serve the scenario is not chosen. @param {number} which of the two @param {string} way */
  #chooseWay(which, way) {
    const { text, ways: before } = this;
    const isStillWanted = () => text === this.text && before[which] === this.ways[which];
    this.ways = before.map((each, i) => (i === which ? way : each));
    this.notice = '';
    try {
      this.run(this.text);
      this.start();
    } catch (error) {
      this.ways = before;
      const [{ line, message, isElsewhere }] = /** @type {import('../../core/doorbell.js').ScenarioError} */ (error)
        .problems;
      this.refused = isElsewhere
        ? `${way} is in a part of the page that has not come yet.`
        : `${way} cannot serve this scenario; line ${line}${message && `: ${message}`}.`;
      this.tell(error, () => isStillWanted() && this.#chooseWay(which, way));
    }
  }

  /** @param {string} text */
  show(text) {
    super.show(text);
    this.refused = '';
  }

  /** @param {string} text */
  #chooseCores(text) {
    this.cores = coresOf(text);
    this.start();
  }

  renderHead() {
    const { doorbell } = this;
    const known = waysOf(doorbell?.strategies ?? []);
    const scenario = this.scenarios[this.chosen];
    return html`
      <fieldset class="choice">
        <legend>Scenario</legend>
        ${this.scenarios.map(
          ({ name, text }, i) => html`
            <label>
              <input
                type="radio"
                name="scenario"
                .checked=${live(i === this.chosen && text === this.text)}
                @change=${() => this.choose(i)}
              />${name}
            </label>
          `,
        )}
      </fieldset>
      <div class="ways">
        ${Object.values(SIDES).map(
          (label, which) => html`
            ${which ? 'against' : nothing}
            <label>
              <span class="hidden">${label}</span>
              <select
                @change=${(/** @type {Event & { target: HTMLSelectElement }} */ event) =>
                  this.#chooseWay(which, event.target.value)}
              >
                ${known.map((way) => html`<option .selected=${live(way === this.ways[which])}>${way}</option>`)}
              </select>
            </label>
          `,
        )}
        ${
          this.ways.includes('threads')
            ? html`<label>
                on
                <input
                  type="number"
                  aria-label="Cores"
                  min="1"
                  max="8"
                  .value=${String(this.cores)}
                  @change=${(/** @type {Event & { target: HTMLInputElement }} */ event) =>
                    this.#chooseCores(event.target.value)}
                />
                cores
              </label>`
            : nothing
        }
      </div>
      ${this.#shows(scenario, this.shown) ? html`<p class="watch">${scenario.watch}</p>` : nothing}
      ${this.refused ? html`<p class="cannot" role="alert">${this.refused}</p>` : nothing}
    `;
  }

  /** @param {Pair} pair */
  renderScene(pair) {
    const { position, room } = this;
    const { now = timeAt(pair, position) } = this.#time;
    const taken = pair.taken(position);
    const lanes = pair.runs.map(({ name, strategy, trace }, i) => ({
      name,
      strategy,
      trace,
      position: taken[i],
      state: doing(pair.runs[i], taken[i], now),
    }));
    const onSeek = (/** @type {number} */ time) => this.go(pair.positionAt(time));
    return timeChart(lanes, { now, end: pair.end, size: chartSize(lanes, room), onSeek });
  }

  /** @param {Pair} pair @param {number} position */
  renderWhy(pair, position) {
    if (!pair.stepCount) return said('No message comes: nothing to do.', '');
    if (position === 0) return said('Ready. Take the first step.', '');
    const before = pair.taken(position - 1);
    const taken = pair.taken(position);
    const now = timeAt(pair, position);
    return html`
      <span class="hidden">At ${inMs(now)}.</span>
      <div class="lanes">
        ${pair.runs.map(
          (run, i) =>
            html`<div><span class="way">${run.name}</span> ${this.#steps(run, before[i], taken[i], now)}</div>`,
        )}
      </div>
    `;
  }

  /**
   * What a run begins at this moment, and why; or else what it is at.
   *
   * @param {import('./pair.js').Run} run @param {number} from @param {number} to @param {number} now
   */
  #steps(run, from, to, now) {
    const { trace } = run;
    if (from === to) return html`<p>${sentence(doing(run, to, now))}</p>`;
    const told = Array.from({ length: Math.min(TOLD, to - from) }, (_, i) => {
      const { statement, reason } = trace.step(from + i);
      const { name, payload } = trace.statements[statement];
      return html`<p>${said(`${name} is handled${payload ? ` (${payload})` : ''}.`, reason)}</p>`;
    });
    const more = to - from - told.length;
    return html`${told} ${more ? html`<p>And ${more} more at this moment.</p>` : nothing}`;
  }

  /** @param {Pair} pair */
  renderResults(pair) {
    const lanes = pair.runs.map(({ strategy, trace }) => ({ strategy, trace, position: 0 }));
    return html`
      ${legend(lanes)}
      ${
        this.atEnd
          ? differences(pair.runs)
          : html`<p class="hint">At the end, what the two cost stands here, with the difference.</p>`
      }
    `;
  }
}

/** @param {string} words */
const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`;

/** How the thread waits in each way. */
const WAITING = {
  'busy-poll': 'awake, asking every socket',
  select: 'asleep in select',
  poll: 'asleep in poll',
  epoll: 'asleep in epoll_wait',
  'epoll-et': 'asleep in epoll_wait',
  kqueue: 'asleep in kevent',
  'kqueue-clear': 'asleep in kevent',
  io_uring: 'asleep in io_uring_enter',
};

/**
 * What a run is doing at a moment.
 *
 * @param {import('./pair.js').Run} run @param {number} position how many of its steps have been taken
 * @param {number} now
 */
function doing(run, position, now) {
  const { strategy, trace } = run;
  const { time, end } = messagesOf(trace);
  const nameOf = (/** @type {number} */ k) => trace.statements[trace.step(k).statement].name;
  const begun = Math.min(position, begunBy(time, now));
  const over = begun === trace.stepCount && now >= trace.end;
  const first = strategy === 'threads' || begun === 0 ? 0 : begun - 1; // one thread does one thing at a time
  const busy = [];
  for (let k = first; k < begun && !over; k++) if (end[k] > now || time[k] === now) busy.push(k);
  const more = busy.length > TOLD ? ` and ${busy.length - TOLD} more` : '';
  if (busy.length) return `busy with ${busy.slice(0, TOLD).map(nameOf).join(', ')}${more}`;
  if (begun === trace.stepCount) {
    const stuck = stuckSockets(run);
    return stuck.length ? `asleep for good: nothing will tell it of ${stuck[0].name}` : 'all handled';
  }
  if (strategy === 'blocking') return `asleep at ${nameOf(begun)}`;
  if (strategy === 'threads') return 'every thread is asleep in read';
  return WAITING[strategy] ?? 'asleep';
}

customElements.get('side-by-side-demo') ?? customElements.define('side-by-side-demo', SideBySideDemo);
