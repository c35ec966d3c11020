// @ts-check
import { html, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { title } from '../hallway/io-multiplexer-demo.js';
import { inMs } from '../player/labels.js';
import lampStyles from '../player/lamp.css';
import { begunBy, messagesOf, timeAt } from '../player/messages.js';
import { Tool } from '../player/tool.js';
import { chartSize, timeChart } from '../time-chart/time-chart.js';
import timeChartStyles from '../time-chart/time-chart.css';
import styles from './both-ways.css';

const HEIGHT = 420; // CSS pixels, for both

/**
 * Under the demo of lesson 4: both ways of serving the scenario, on one clock with the scene above.
 *
 *     <both-modes .demo=${demo}></both-modes>
 */
export class BothModes extends Tool {
  static styles = [demoStyles, lampStyles, timeChartStyles, styles];

  /** The traces of both ways of what is shown. @type {any[]} */ #traces = [];
  #shown = '';

  #run() {
    const { demo } = this;
    const { modes, shown, mode, trace } = demo;
    if (this.#shown !== shown || !this.#traces.length) {
      this.#shown = shown;
      this.#traces = modes.map((/** @type {string} */ each) => demo.runAs(each));
    }
    return this.#traces.map((each, i) => (mode === modes[i] ? trace : each));
  }

  /**
   * How long a socket's first message waited, or waits, at this moment.
   *
   * @param {any} trace @param {number} socket @param {number} now
   */
  #waited(trace, socket, now) {
    const { first, ready, step, time } = messagesOf(trace);
    const m = first[socket];
    if (m === first[socket + 1] || ready[m] > now) return undefined;
    return Math.min(now, time[step[m]] ?? Infinity) - ready[m];
  }

  render() {
    const { trace, position, modes } = this.demo;
    if (!trace?.stepCount) return nothing;
    const now = timeAt(trace, position);
    const traces = this.#run();
    const names = modes.map(title);
    const lanes = traces.map((each, i) => ({
      name: names[i],
      strategy: this.demo.strategyOf(modes[i]),
      trace: each,
      position: each === trace ? position : begunBy(messagesOf(each).time, now),
    }));
    const end = Math.max(...traces.map((each) => each.end));
    const size = chartSize(lanes, { width: this.clientWidth || 640, height: HEIGHT });
    // The socket to which the two ways make the greatest difference: B, in the lesson's own scenario.
    const gain = (/** @type {number} */ s) =>
      (this.#waited(traces[0], s, end) ?? 0) - (this.#waited(traces[1], s, end) ?? 0);
    const sockets = [...trace.statements.keys()].filter(
      (s) => messagesOf(trace).first[s] < messagesOf(trace).first[s + 1],
    );
    const told = sockets.reduce((best, s) => (gain(s) > gain(best) ? s : best), sockets[0]);
    const { name } = trace.statements[told];
    const waits = traces.map((each) => this.#waited(each, told, now));
    return html`
      <section aria-label="Both ways at once">
        <h4>Both ways at once, at ${inMs(now)}</h4>
        <div class="other">${timeChart(lanes, { now, end, size })}</div>
        <p class="hint" role="status">
          ${
            waits[0] === undefined || waits[1] === undefined
              ? `${name} has not come yet.`
              : `${name} has waited ${inMs(waits[0])} in ${modes[0]}, and ${inMs(waits[1])} in ${modes[1]}.`
          }
        </p>
      </section>
    `;
  }
}

customElements.get('both-modes') ?? customElements.define('both-modes', BothModes);
