// @ts-check
import { html, LitElement, nothing } from 'lit';
import measured from '../../../core/live/measured.tsv';
import { doorbellInPage, unpack } from '../../core/in-page.js';
import { Scale } from '../../core/scale.js';
import packedModel from 'multiplexer.wasm';
import packed from 'scale.wasm';
import crowd from 'worker:../../core/crowd.js';
import { demoStyles } from '../player/demo-styles.js';
import { number } from '../player/labels.js';
import { bytes, count, COUNTS, time } from './amounts.js';
import { logChart } from './log-chart.js';
import { inLetters, sample, slider } from './parts.js';
import './serving-lab.js';
import logChartStyles from './log-chart.css';
import styles from './scale-lab.css';
import strokes from './strokes.css';

const STRATEGIES = ['busy-poll', 'select', 'poll', 'epoll', 'epoll-et', 'threads', 'io_uring'];
const RUN = STRATEGIES.filter((name) => name !== 'threads'); // those of one thread

/** Percent that are ready at a wake-up; of 0, one socket is. */
const SHARES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

const HEADS = ['Wake-ups', 'Waits', 'Scanned', 'Answered', 'Reads in vain', 'Time they take', 'Computed in'];

/** A word on the first chart. @type {{ at: [number, number], words: string }} */
const BEND = { at: [5500, 1e6], words: 'the sockets outgrow the cache' };

/** @param {number} connections @param {number} share */
const readyOf = (connections, share) => Math.max(1, Math.round((connections * share) / 100));

const CHARTS = [
  {
    title: 'Asking',
    note: 'processor’s time for one wake-up, besides the reads',
    of: (/** @type {Scale} */ scale, name, n, k) => scale.asking(name, n, k),
    format: time,
    decades: [2, 10],
  },
  {
    title: 'Latency',
    note: 'mean time from sent until read',
    of: (/** @type {Scale} */ scale, name, n, k) => scale.latency(name, n, k),
    format: time,
    decades: [2, 10],
  },
  {
    title: 'Memory',
    note: 'beside the sockets themselves',
    of: (/** @type {Scale} */ scale, name, n) => scale.memory(name, n),
    format: bytes,
    decades: [0, 11],
  },
];

/**
 * What it costs to wait for few sockets, many, or a million.
 *
 *     <scale-lab data-scripts="…"> what a reader without it gets </scale-lab>
 */
export class ScaleLab extends LitElement {
  static properties = {
    scale: { state: true },
    count: { state: true },
    share: { state: true },
    width: { state: true },
    said: { state: true },
    stage: { state: true },
    rows: { state: true },
  };

  static styles = [demoStyles, strokes, logChartStyles, styles];

  /** @type {Worker | undefined} */ #worker;
  #saying = 0;
  #resize = new ResizeObserver(([entry]) => (this.width = Math.round(entry.contentRect.width)));

  constructor() {
    super();
    /** @type {Scale | undefined} */
    this.scale = undefined;
    this.count = COUNTS.indexOf(10_000);
    this.share = 0; // a place in SHARES
    this.width = 0;
    this.said = '';
    this.stage = ''; // of the run that is under way
    /** @type {any[]} */
    this.rows = []; // of the last run
    this.ran = ''; // of which crowd
    this.outcome = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#resize.observe(this);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#worker?.terminate();
  }

  async #load() {
    this.scale = new Scale(await WebAssembly.compile(await unpack(packed)), measured);
  }

  get connections() {
    return COUNTS[this.count];
  }

  get ready() {
    return readyOf(this.connections, SHARES[this.share]);
  }

  // ---- the run ------------------------------------------------------------------------------------------------------

  /** Runs the whole crowd through the model, in a worker. */
  run() {
    const { connections, ready } = this;
    this.#worker?.terminate();
    const address = URL.createObjectURL(new Blob([crowd], { type: 'text/javascript' }));
    const worker = (this.#worker = new Worker(address));
    URL.revokeObjectURL(address);
    this.rows = [];
    this.ran = `${count(connections, 'connection')}, ${number(ready)} ready at once`;
    this.stage = 'starting';
    worker.onmessage = ({ data }) => {
      if (worker !== this.#worker) return; // it was told to end
      if (data.stage === 'done') this.stop('done');
      else if (data.stage) this.stage = data.stage;
      else
        this.rows = [
          ...this.rows,
          { ...data, ns: data.calls && this.scale?.run(data.strategy, connections, data.calls, data.wakeUps) },
        ];
    };
    worker.onerror = ({ message }) => this.stop(`failed: ${message}`);
    doorbellInPage(packedModel).then(
      ({ module }) => worker.postMessage({ module, connections, ready, strategies: RUN }),
      ({ message }) => this.stop(`failed: ${message}`),
    );
  }

  /** Ends the run. @param {string} outcome */
  stop(outcome) {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.stage = '';
    this.outcome = `${this.ran}: ${outcome}.`;
  }

  // ---- what is shown ------------------------------------------------------------------------------------------------

  /** Said once, when the sliders have come to rest. @param {Map<string, unknown>} changed */
  updated(changed) {
    if (!changed.has('count') && !changed.has('share')) return;
    clearTimeout(this.#saying);
    this.#saying = window.setTimeout(() => (this.said = this.#summary()), 700);
  }

  #summary() {
    const { scale, connections, ready } = this;
    if (!scale) return '';
    const ask = (/** @type {string} */ name) => {
      const ns = scale.asking(name, connections, ready);
      return ns === null ? `${name} cannot hold so many` : `${name} asks for ${time(ns)}`;
    };
    return `${count(connections, 'connection')}, ${number(ready)} ready: ${['select', 'poll', 'epoll'].map(ask).join(', ')}.`;
  }

  /** What breaks first. @param {Scale} scale @param {string} name */
  #limit(scale, name) {
    const { connections: n, ready: k } = this;
    const asking = time(scale.asking(name, n, k) ?? 0);
    const memory = bytes(scale.memory(name, n) ?? 0);
    switch (scale.limit(name, n, k)) {
      case 'set':
        return 'Too many: a descriptor of 1024 or above does not fit in its set.';
      case 'scan':
        return `Scan time: ${count(n, 'socket')} looked at before the sleep, and again after it, to find ${number(k)}. Asking takes ${asking}, reading ${time(k * scale.read)}.`;
      case 'in-vain':
        return `System calls in vain: ${number(n - k)} of ${count(n, 'read')} find nothing, round after round, even when nobody rings.`;
      case 'stacks':
        return `Memory and switches: ${count(n, 'stack')} keep ${memory}, and set ${bytes(n * scale.stack)} of addresses aside.`;
      case 'threads':
        return `Refused up to glibc 2.41: a stack takes two mappings, and Linux as it comes allows 65,530 (vm.max_map_count). With newer ones memory: ${memory}, and the kernel’s limit on threads (kernel.threads-max).`;
      case 'descriptors':
        return html`Nothing of its own. Each socket is an open file: so many need a higher limit,
          <code>ulimit -n</code>.`;
      default:
        if (name === 'busy-poll') return 'Nothing yet: reads in vain take less time than those that find a message.';
        if (name === 'select' || name === 'poll')
          return 'Nothing yet: looking at the sockets takes less time than reading those that are ready.';
        return 'Nothing: a quiet socket costs no time.';
    }
  }

  render() {
    const { scale } = this;
    if (!scale || !this.width) return html`<slot></slot>`;
    return html`<div class="demo" role="group" aria-label="Scale lab">
        ${this.#renderSliders()} ${this.#renderCharts(scale)} ${this.#renderCosts(scale)} ${this.#renderRun()}
        <p class="hidden" role="status">${this.said}</p>
      </div>
      <serving-lab .scale=${scale} .width=${this.width}></serving-lab>`;
  }

  #renderSliders() {
    const { connections, ready, count: at, share } = this;
    const part = SHARES[share];
    return html`<div class="sliders">
      ${slider({
        name: 'Connections',
        value: number(connections),
        said: count(connections, 'connection'),
        at,
        last: COUNTS.length - 1,
        move: (to) => (this.count = to),
      })}
      ${slider({
        name: 'Ready at a wake-up',
        value: part === 0 ? 'one socket' : `${part}% (${number(ready)})`,
        said: part === 0 ? 'one socket' : `${part} percent, ${count(ready, 'socket')}`,
        at: share,
        last: SHARES.length - 1,
        move: (to) => (this.share = to),
      })}
    </div>`;
  }

  /** @param {Scale} scale */
  #renderCharts(scale) {
    const whole = inLetters(this.width);
    const abreast = whole >= 680;
    const until = Math.max(...STRATEGIES.flatMap((name) => scale.points(name).map(([n]) => n)));
    const share = SHARES[this.share];
    return html`<div class=${abreast ? 'charts abreast' : 'charts'}>
        ${CHARTS.map(({ title, note, of, format, decades }, i) => {
          const isFirst = i === 0;
          const curves = STRATEGIES.map((name) => ({
            name,
            points: COUNTS.map(
              (n) => /** @type {[number, number]} */ ([n, of(scale, name, n, readyOf(n, share)) ?? 0]),
            ),
            measured: isFirst ? scale.points(name) : [],
          }));
          const label = `${title} against connections, both logarithmic, a line for each strategy. The table below says the same.`;
          return html`<figure>
            <figcaption><strong>${title}</strong>${note}</figcaption>
            ${logChart({
              label,
              curves,
              at: this.connections,
              until: isFirst ? until : 0,
              decades: /** @type {[number, number]} */ (decades),
              format,
              width: abreast && !isFirst ? (whole - 32) / 2 : whole,
              height: isFirst ? Math.max(300, Math.min(420, whole * 0.5)) : 300,
              note: isFirst && abreast ? BEND : undefined,
            })}
          </figure>`;
        })}
      </div>
      <ul class="legend">
        <li>
          <svg viewBox="0 0 28 12" aria-hidden="true"><circle class="measured epoll" cx="14" cy="6" r="3.5" /></svg
          >measured, with one socket ready
        </li>
        <li>
          <svg viewBox="0 0 28 12" aria-hidden="true"><path class="curve epoll" d="M0 6h28" /></svg>reckoned by the
          model
        </li>
        <li>
          <svg viewBox="0 0 28 12" aria-hidden="true"><path class="until" d="M14 0v12" /></svg>measured up to here
        </li>
        <li>
          <svg viewBox="0 0 28 12" aria-hidden="true"><path class="at" d="M14 0v12" /></svg>${number(this.connections)},
          where the slider is
        </li>
      </ul>`;
  }

  /** @param {Scale} scale */
  #renderCosts(scale) {
    const { connections, ready } = this;
    return html`<table class="records">
      <caption>
        One wake-up
        <span>with ${count(connections, 'connection')}, ${number(ready)} ready</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Strategy</th>
          ${CHARTS.map(({ title }) => html`<th scope="col">${title}</th>`)}
          <th scope="col" class="words">What breaks first</th>
        </tr>
      </thead>
      <tbody>
        ${STRATEGIES.map(
          (name) =>
            html`<tr>
              <th scope="row">${sample(name)}${name}</th>
              ${CHARTS.map(({ title, of, format }) => {
                const value = of(scale, name, connections, ready);
                const refused = scale.limit(name, connections, ready) === 'set';
                return html`<td data-head=${title}>
                  ${value === null ? html`<span class="unknown">${refused ? 'too many' : 'not measured'}</span>` : format(value)}
                </td>`;
              })}
              <td class="words">${this.#limit(scale, name)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #renderRun() {
    const { connections, ready, stage, rows } = this;
    return html`<div class="run">
        ${
          stage
            ? html`<button type="button" @click=${() => this.stop('cancelled')}>Cancel</button>
                <progress max=${RUN.length + 2} value=${rows.length + 1} aria-label="The run"></progress>`
            : html`<button type="button" class="main" @click=${this.run}>
                Run the model with ${number(connections)}
              </button>`
        }
        <p role="status">
          ${
            stage
              ? `Now: ${stage}.`
              : this.outcome ||
                `Step by step, instead of the formula: ${count(connections, 'socket')} with one message each, ${number(ready)} at once.`
          }
        </p>
      </div>
      ${rows.length ? this.#renderRows() : nothing}`;
  }

  #renderRows() {
    return html`<table class="records counted">
      <caption>
        What the run counted
        <span>${this.ran}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Strategy</th>
          ${HEADS.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${this.rows.map(
          ({ strategy, refused, calls, wakeUps, ns, took }) =>
            html`<tr>
              <th scope="row">${sample(strategy)}${strategy}</th>
              ${
                refused
                  ? html`<td colspan=${HEADS.length} class="unknown words">
                      too many: its set has room for 1,021 sockets
                    </td>`
                  : [
                      strategy === 'busy-poll' ? 'none' : number(wakeUps),
                      ...[calls.waits, calls.scanned, calls.returned, calls.inVain].map(number),
                      ns === null ? 'not measured' : html`<strong>${time(ns)}</strong>`,
                      `${took.toFixed(0)}\u00a0ms`,
                    ].map((cell, i) => html`<td data-head=${HEADS[i]}>${cell}</td>`)
              }
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

customElements.get('scale-lab') ?? customElements.define('scale-lab', ScaleLab);
