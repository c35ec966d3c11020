// @ts-check
import { html, nothing } from 'lit';
import { messagesOf, timeAt } from '../player/messages.js';
import { chartPlaces } from '../time-chart/time-chart.js';
import { inMs } from '../player/labels.js';
import { timesOf } from './answers.js';
import { Hand } from './hand.js';
import { inWords, momentAt, momentBeside, momentsOf } from './moments.js';
import { gridOf, TimeHandles } from './time-handles.js';

/** @typedef {import('../hallway/io-multiplexer-demo.js').IoMultiplexerDemo} Demo */
/** @typedef {import('./moments.js').Moment} Moment */
/** @typedef {{ x: number, y: number, height: number, now: number }} Playhead  in CSS pixels; `now` in microseconds */

const AHEAD = 2000; // microseconds of the axis lie before a clock that runs, at least
const NEAR = 5; // CSS pixels: so near, the playhead goes to a moment at which something happens

/** Of each demo, the handles on its chart. @type {WeakMap<Demo, ChartHandles>} */
const known = new WeakMap();

/**
 * Makes a demo's time chart something that can be taken hold of.
 *
 * @param {Demo} demo @param {import('./time-handles.js').Touch} [touch] that is there already
 */
export function holdChart(demo, touch) {
  let handles = known.get(demo);
  if (!handles) {
    handles = /** @type {ChartHandles} */ (document.createElement('chart-handles'));
    handles.hold(demo);
    known.set(demo, handles);
    if (touch) handles.reach(touch);
  }
  return handles;
}

/**
 * What can be taken hold of in the time chart of lesson 4: besides the messages the playhead, which shows any moment,
 * and stops where a message comes that nobody looks at.
 */
class ChartHandles extends TimeHandles {
  /** @type {Demo | undefined} */ demo = undefined;
  /** The time at a place of the window. @type {((clientX: number) => number) | undefined} */ timeOf = undefined;
  /** @type {Playhead | undefined} */ playhead = undefined;

  /** @param {Demo} demo */
  hold(demo) {
    this.demo = demo;
    this.hand = new Hand(demo, (time) => this.#seek(time));
    this.addEventListener('drag', this.#keepAxis);
    demo.addController({ hostUpdated: () => this.#settle() });
    demo.requestUpdate();
  }

  /** While something is dragged the axis does not become shorter, or it would run away. */
  #keepAxis = () => {
    const { demo } = this;
    if (!demo?.trace) return;
    demo.span = this.dragging ? demo.trace.end : 0;
    demo.requestUpdate();
  };

  /** Finds its place over the picture. */
  #settle() {
    const { demo } = this;
    const chart = /** @type {HTMLElement | null} */ (demo?.shadowRoot?.querySelector('.time-chart'));
    const picture = chart?.firstElementChild;
    if (!demo?.trace || !chart || !picture) return;
    if (this.parentNode !== chart) this.#attach(chart);
    const { trace } = demo;
    const { lanes, position, now, end, size } = demo.chart(trace);
    const { start, rows, x, timeAt: timeOf, places, width, bottom } = chartPlaces(lanes, end, size);
    const [frame, drawn] = [chart, picture].map((element) => element.getBoundingClientRect());
    const unit = drawn.width / width;
    const left = drawn.left - frame.left;
    const top = drawn.top - frame.top;
    const { first, ready, step, time } = messagesOf(trace);
    const place = (/** @type {number} */ at) => left + unit * x(at);
    this.places = {
      max: end,
      perPixel: (timeOf(1) - timeOf(0)) / unit,
      rows: rows.map(({ name, takes }, i) => {
        const statement = start + i;
        const m = first[statement];
        const isHandled = step[m] < position && time[step[m]] <= now;
        return {
          statement,
          name,
          takes,
          x: place,
          y: top + unit * places[0].socketY(i),
          ready: [...ready.subarray(m, first[statement + 1])],
          from: isHandled ? time[step[m]] : ready[m],
        };
      }),
    };
    this.timeOf = (/** @type {number} */ clientX) => timeOf((clientX - drawn.left) / unit);
    this.playhead = { x: place(now), y: top, height: unit * bottom, now };
    this.requestUpdate();
  }

  /** @param {HTMLElement} chart */
  #attach(chart) {
    chart.style.position = 'relative';
    chart.append(this);
    this.toggleAttribute('reached', chart.matches(':hover'));
    chart.addEventListener('pointerenter', () => this.toggleAttribute('reached', true));
    chart.addEventListener('pointerleave', () => this.toggleAttribute('reached', false));
    for (const type of ['pointerdown', 'pointermove']) {
      chart.addEventListener(type, (event) => this.#scrub(/** @type {PointerEvent} */ (event)), { capture: true });
    }
  }

  // ---- the playhead -------------------------------------------------------------------------------------------------

  /** The chart itself seeks from step to step: here it is every moment. @param {PointerEvent} event */
  #scrub(event) {
    const { demo, places } = this;
    const grip = /** @type {Element} */ (event.composedPath()[0]).closest('[role="slider"]');
    const isHandle = this.dragging || (grip && !grip.matches('.playhead'));
    if (!demo?.trace || !places || !this.timeOf || isHandle || event.button > 0) return;
    event.stopPropagation();
    const chart = /** @type {Element} */ (event.currentTarget);
    if (event.type === 'pointerdown') {
      chart.setPointerCapture(event.pointerId);
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.playhead'))?.focus({ preventScroll: true });
    } else if (!event.buttons || !chart.hasPointerCapture(event.pointerId)) {
      return;
    }
    const time = Math.max(0, Math.min(demo.trace.end, this.timeOf(event.clientX)));
    const distance = (/** @type {Moment} */ moment) => Math.abs(moment.time - time);
    const nearest = momentsOf(demo.trace).reduce((best, each) => (distance(each) < distance(best) ? each : best));
    const isNear = distance(nearest) < NEAR * places.perPixel;
    this.#seek(isNear ? nearest.time : snappedTo(time, gridOf(places.perPixel) / 10));
  }

  /** Shows a moment. @param {number} time */
  #seek(time) {
    const trace = this.demo?.trace;
    if (trace) this.#show(time <= 0 ? momentsOf(trace)[0] : momentAt(trace, Math.min(time, trace.end)));
  }

  // ---- for a clock that runs: see ring-now.js -----------------------------------------------------------------------

  words = {
    hint: `Start the clock, and ring at a door, here or in the hallway: its message comes now. What each way makes of it
      is told as soon as it has happened.`,
    none: 'There is no door to ring at: add one.',
  };

  ways = {
    Blocking: (/** @type {string} */ text) => this.#run(text, 'blocking'),
    Readiness: (/** @type {string} */ text) => this.#run(text, 'readiness'),
  };

  /** @param {string} text @param {string} mode */
  #run(text, mode) {
    const doorbell = /** @type {import('../../core/doorbell.js').Doorbell} */ (this.demo?.doorbell);
    return timesOf(doorbell, doorbell.multiplex(text, mode));
  }

  /** Those that are drawn. */
  get ringing() {
    return this.places?.rows.map(({ statement }) => statement) ?? [];
  }

  /** @param {Element} place */
  statementAt(place) {
    const door = place.closest('.door');
    const doors = [...(door?.parentElement?.querySelectorAll('.door') ?? [])];
    return door ? this.ringing[doors.indexOf(door)] : -1;
  }

  rest() {
    if (this.demo) this.demo.span = 0;
  }

  /** @param {number} time in microseconds */
  run(time) {
    const { demo } = this;
    if (!demo?.trace) return;
    demo.span = Math.max(demo.span, time + AHEAD);
    const moment = momentAt(demo.trace, Math.round(time));
    demo.go(moment.position);
    demo.held = { time, words: ['The clock runs:', inWords(demo.trace, { ...moment, rings: [] }, demo.mode)[1]] };
  }

  /** @param {Moment} moment */
  #show(moment) {
    const { demo } = this;
    if (!demo?.trace) return;
    const { position, time, rings } = moment;
    demo.go(position);
    if (time === timeAt(demo.trace, position) && !rings.length) return;
    demo.held = { time, words: inWords(demo.trace, moment, demo.mode) };
  }

  /** The moment on show. @param {import('../../core/doorbell.js').Trace} trace @returns {Moment} */
  #moment(trace) {
    const { held, position } = /** @type {Demo} */ (this.demo);
    return { ...momentAt(trace, held?.time ?? timeAt(trace, position)), position };
  }

  /** @param {KeyboardEvent} event */
  #pressPlayhead(event) {
    const { demo, places } = this;
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    if (!demo?.trace || !places || ctrlKey || altKey || metaKey) return;
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[key];
    const { trace } = demo;
    const from = this.#moment(trace);
    if (by && shiftKey) this.#seek(Math.max(0, from.time + by * gridOf(places.perPixel)));
    else if (by) this.#show(momentBeside(trace, from, by) ?? from);
    else if (key === 'Home') this.#show(momentsOf(trace)[0]);
    else if (key === 'End') demo.go(trace.stepCount);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  render() {
    const { playhead, demo } = this;
    return html`${super.render()} ${playhead && demo?.trace ? this.#renderPlayhead(playhead, demo.trace) : nothing}`;
  }

  /** @param {Playhead} place @param {import('../../core/doorbell.js').Trace} trace */
  #renderPlayhead({ x, y, height, now }, trace) {
    const { held, position } = /** @type {Demo} */ (this.demo);
    const words = held ? held.words.join(' ') : `${inMs(now)}, step ${position} of ${trace.stepCount}`;
    return html`<div
      role="slider"
      tabindex="0"
      class="playhead"
      aria-label="Moment on the clock"
      aria-valuemin="0"
      aria-valuemax=${trace.end / 1000}
      aria-valuenow=${now / 1000}
      aria-valuetext=${words}
      .style=${`translate: ${x}px ${y}px; block-size: ${height}px`}
      @keydown=${this.#pressPlayhead}
    ></div>`;
  }
}

/** @param {number} time @param {number} step */
const snappedTo = (time, step) => Math.round(time / step) * step;

customElements.get('chart-handles') ?? customElements.define('chart-handles', ChartHandles);
