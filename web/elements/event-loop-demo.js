// @ts-check
import { html } from 'lit';
import packed from 'loop.wasm';
import { doorbellInPage } from '../model/in-page.js';
import { ms } from '../model/time.js';
import { Demo } from './demo.js';
import { cardPlaces, desk, deskAt, deskStyles, moveCards } from './desk.js';
import { timeline } from './timeline.js';

/**
 * The demo of lesson 5: doorbells, two trays, and a desk where one callback runs at a time.
 *
 *     <event-loop-demo><pre>timer onTimeout ready 2 …</pre></event-loop-demo>
 */
export class EventLoopDemo extends Demo {
  static styles = [Demo.styles, deskStyles];

  /** @type {ReturnType<typeof cardPlaces>} */ #before = new Map();

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
    return this.doorbell.loop(text);
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
    return html`<h4>Runtime queues</h4>`;
  }

  /** @param {import('../model/doorbell.js').Trace} trace */
  renderScene(trace) {
    return desk(deskAt(trace, this.position));
  }

  /** @param {import('../model/doorbell.js').Trace} trace */
  describe(trace) {
    const { current } = this;
    if (!trace.stepCount) return 'Nothing becomes ready: the loop ends at once.';
    if (!current) return 'Ready. Run first callback.';
    return `${ms(current.time)} ms: ${trace.statements[current.statement].name} runs.`;
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
