// @ts-check
import { html, LitElement } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { number } from '../player/labels.js';
import { count, COUNTS, time } from './amounts.js';
import { logChart } from './log-chart.js';
import { inLetters, sample, slider } from './parts.js';
import { COLUMNS, crewOf, loadOf, QUICK, SLOW_ONE_OF, START } from './serving-start.js';
import { fromUs, lackInWords, serverInWords } from './serving-words.js';
import logChartStyles from './log-chart.css';
import styles from './scale-lab.css';
import strokes from './strokes.css';

/** @typedef {import('../../core/scale.js').Served} Served */

/** What the sliders go through; times in microseconds. */
const PLACES = {
  rate: COUNTS,
  atOnce: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
  slow: [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000],
  cores: [1, 2, 4, 8, 16],
  workers: [1, 2, 4, 8, 16, 32, 64],
  slice: [100, 200, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000],
};

/** @typedef {keyof typeof PLACES} Place @type {{ of: Place, name: string, words: (value: number) => string }[]} */
const SLIDERS = [
  { of: 'rate', name: 'Messages a second', words: number },
  { of: 'slow', name: `One of ${SLOW_ONE_OF} takes`, words: fromUs },
  { of: 'atOnce', name: 'Coming at once', words: number },
  { of: 'cores', name: 'Cores', words: number },
  { of: 'workers', name: 'Workers of the pool', words: number },
  { of: 'slice', name: 'Time slice', words: fromUs },
];

/**
 * The lab's second bench: what a message waits for when handling takes time.
 *
 *     <serving-lab .scale=${Scale} .width=${pixels}></serving-lab>
 */
export class ServingLab extends LitElement {
  static properties = {
    scale: { attribute: false },
    width: { attribute: false },
    at: { state: true },
    said: { state: true },
  };

  static styles = [demoStyles, strokes, logChartStyles, styles];

  #saying = 0;
  /** The lines of the chart, and what they are of: they stay while the rate alone changes. */
  #curves = { of: '', lines: /** @type {import('./log-chart.js').Curve[]} */ ([]) };

  constructor() {
    super();
    /** @type {import('../../core/scale.js').Scale | undefined} */
    this.scale = undefined;
    this.width = 0;
    this.said = '';
    /** Where each slider is. */
    this.at = Object.fromEntries(
      Object.entries(START).map(([of, value]) => [of, PLACES[/** @type {Place} */ (of)].indexOf(value)]),
    );
  }

  /** What a slider says. @param {Place} of */
  #value = (of) => PLACES[of][this.at[of]];

  get load() {
    return loadOf({ rate: this.#value('rate'), atOnce: this.#value('atOnce'), slow: this.#value('slow') });
  }

  get crew() {
    return crewOf({ workers: this.#value('workers'), cores: this.#value('cores'), slice: this.#value('slice') });
  }

  /** Said once, when the sliders have come to rest. @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.get('at') === undefined) return;
    clearTimeout(this.#saying);
    this.#saying = window.setTimeout(() => (this.said = this.#summary()), 700);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#saying);
  }

  #summary() {
    const { scale, load, crew } = this;
    const served = scale?.serve(load, crew);
    if (!served) return '';
    const each = [...served].map(([name, { lack, quick }]) =>
      lack === 'time' ? `${name} cannot keep up` : `${name} ${time(quick)}`,
    );
    return `${count(load.rate, 'message')} a second; the quick ones take: ${each.join(', ')}.`;
  }

  /** A line for each server, up to where it cannot keep up. @param {import('../../core/scale.js').Scale} scale */
  #lines(scale) {
    const { load, crew } = this;
    const of = JSON.stringify({ ...load, rate: 0, ...crew });
    if (of === this.#curves.of) return this.#curves.lines;
    const runs = COUNTS.map((rate) => scale.serve({ ...load, rate }, crew));
    const lines = scale.servers.map((name) => ({
      name,
      points: COUNTS.map((rate, i) => {
        const served = runs[i]?.get(name);
        return /** @type {[number, number]} */ ([rate, served && served.lack !== 'time' ? served.quick : 0]);
      }),
      measured: [],
    }));
    this.#curves = { of, lines };
    return lines;
  }

  render() {
    const { scale, width } = this;
    const served = scale?.serve(this.load, this.crew);
    if (!scale || !served || !width) return '';
    return html`<div class="demo" role="group" aria-label="Servers in the scale lab">
      <h3>When handling takes time</h3>
      <p>
        So far a message was done as soon as it was read. Now 99 of ${SLOW_ONE_OF} keep the processor for
        ${fromUs(QUICK)}, and one for longer. Who has to wait for it?
      </p>
      <dl class="servers">
        ${scale.servers.map(
          (name) =>
            html`<div>
              <dt>${sample(name)}${name}</dt>
              <dd>${serverInWords(name, this.crew)}</dd>
            </div>`,
        )}
      </dl>
      <div class="sliders">
        ${SLIDERS.map(({ of, name, words }) =>
          slider({
            name,
            value: words(this.#value(of)),
            at: this.at[of],
            last: PLACES[of].length - 1,
            move: (at) => (this.at = { ...this.at, [of]: at }),
          }),
        )}
      </div>
      ${this.#renderChart(scale)} ${this.#renderServed(served)}
      <p class="note">
        Try: more messages a second. Where does each line end? Then 1,000 again, with a slow one of 200&nbsp;ms, and 500
        coming at once: five of them are slow, and there are four workers. What do eight workers change, or a time slice
        of 100&nbsp;µs, and what does it cost?
      </p>
      <p class="hidden" role="status">${this.said}</p>
    </div>`;
  }

  /** @param {import('../../core/scale.js').Scale} scale */
  #renderChart(scale) {
    const width = inLetters(this.width);
    return html`<figure>
        <figcaption>
          <strong>Latency of the quick ones</strong>mean time from sent until handled, by messages a second
        </figcaption>
        ${logChart({
          label:
            'Latency of the quick ones against messages a second, both logarithmic, a line for each server. The table below says the same.',
          curves: this.#lines(scale),
          at: this.#value('rate'),
          until: 0,
          decades: [4, 10],
          format: time,
          width,
          height: Math.max(300, Math.min(420, width * 0.5)),
        })}
      </figure>
      <p class="note">
        Where a line ends, more comes than its server can handle. Each place on it is a run of the model, with 2,000
        messages or a few more, which come at even intervals; a test holds it against real threads on one core, which
        wait as long, give or take a quarter. A switch to another thread takes ${time(scale.switch)}, as measured; what
        that thread then lacks in the cache would come on top. Linux has a time slice of 0.7&nbsp;ms on one core up to
        2.8&nbsp;ms on eight and more (0.75 to 3&nbsp;ms in Linux 6.6 to 6.14), and since 6.12 a thread may ask for one
        of 0.1 to 100&nbsp;ms.
      </p>`;
  }

  /** @param {Map<string, Served>} served */
  #renderServed(served) {
    const { load, crew } = this;
    return html`<table class="records">
      <caption>
        Three servers
        <span>with ${count(load.rate, 'message')} a second, one of ${SLOW_ONE_OF} slow</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Server</th>
          ${COLUMNS.map(({ title }) => html`<th scope="col">${title}</th>`)}
          <th scope="col" class="words">Who waits, and for what</th>
        </tr>
      </thead>
      <tbody>
        ${[...served].map(
          ([name, result]) =>
            html`<tr>
              <th scope="row">${sample(name)}${name}</th>
              ${
                result.lack === 'time'
                  ? html`<td colspan=${COLUMNS.length} class="unknown words">longer and longer, for ever</td>`
                  : COLUMNS.map(({ title, of }) => html`<td data-head=${title}>${of(result)}</td>`)
              }
              <td class="words">${lackInWords(name, result, load, crew)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.get('serving-lab') ?? customElements.define('serving-lab', ServingLab);
