// @ts-check
import { html, nothing, svg } from 'lit';
import { ms } from '../model/time.js';
import { columns, fit, inMs } from './labels.js';
import { messagesOf, PAGE, pageAt, timeAt } from './messages.js';

export { timeChartStyles } from './time-chart-styles.js';

/** @typedef {import('./messages.js').Trace} Trace */

const ROWS = 12; // as many as are drawn; of more sockets, the same page of eight that the hallway shows
const ROW = 34;
const TOP = 34;
const LATE = 14; // the height of a stretch of waiting
const BLOCK = 19; // the height of handling, and the least width, so that handling in no time at all is seen too

/**
 * Distances between ticks are 1, 2 or 5 times a power of ten, the smallest such that is not below `least`.
 *
 * @param {number} least
 */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

/** Stretches of one kind in one row, as one path. What overlaps is joined, so that a row of a million stays short. */
class Stretches {
  #path = '';
  #from = 0;
  to = -Infinity; // where the last one ends

  /** @param {number} y of their middle @param {number} height */
  constructor(y, height) {
    this.y = y - height / 2;
    this.height = height;
  }

  /** Starts never go back. @param {number} from @param {number} to */
  add(from, to) {
    if (from >= this.to) {
      this.#path = this.path;
      this.#from = from;
    }
    this.to = Math.max(this.to, to);
  }

  get path() {
    const width = (this.to - this.#from).toFixed(1);
    return this.to < this.#from
      ? ''
      : `${this.#path}M${this.#from.toFixed(1)} ${this.y}h${width}v${this.height}h-${width}z`;
  }
}

/** @typedef {(time: number) => number} Scale */

const dot = (/** @type {number} */ x, /** @type {number} */ y) =>
  `M${x.toFixed(1)} ${y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0`;
const tick = (/** @type {number} */ x, /** @type {number} */ y) => `M${x.toFixed(1)} ${y}m-4 .5l3 3 5.5-6.5`;
/** @param {number} x @param {number} y @param {string} words */
const labelAt = (x, y, words) => svg`<text class="label" x=${x} y=${y + 4}>${words}</text>`;

/**
 * The row of one socket: for each message when it came, how long nobody answered, when it was handled.
 *
 * @param {Trace} trace @param {number} socket @param {number} position @param {number} now
 * @param {number} y @param {Scale} x
 */
function drawSocket(trace, socket, position, now, y, x) {
  const { first, steps, ready, time, end } = messagesOf(trace);
  const late = new Stretches(y, LATE);
  const taken = new Stretches(y, BLOCK - 1);
  const blocks = new Stretches(y, BLOCK);
  const labels = [];
  let ticks = '';
  let come = '';
  let coming = '';
  let lastTick = -Infinity;
  let lastDot = -Infinity;
  for (let m = first[socket]; m < first[socket + 1]; m++) {
    const k = steps[m];
    const from = x(ready[k]);
    if (from - lastDot >= 2) {
      const mark = dot((lastDot = from), y);
      coming += mark;
      if (ready[k] <= now) come += mark;
    }
    const handled = k < position && time[k] <= now;
    const until = handled ? time[k] : now;
    if (until > ready[k]) {
      late.add(from, x(until));
      // A label stands only on a stretch that nothing else is drawn on.
      const next = m + 1 < first[socket + 1] ? Math.min(until, ready[steps[m + 1]]) : until;
      const words = `${inMs(until - ready[k])} late`;
      if (blocks.to <= from && x(next) - from > words.length * 7 + 14) {
        labels.push(labelAt((from + x(next)) / 2, y, words));
      }
    }
    if (handled) {
      const at = x(time[k]);
      blocks.add(at, Math.max(at + BLOCK, x(Math.min(end[k], now))));
      if (end[k] > now) taken.add(at, x(end[k]));
      if (at - lastTick >= BLOCK) ticks += tick((lastTick = at) + BLOCK / 2 + 1, y);
    }
  }
  return svg`
    <path class="quiet future" d="M${x(0)} ${y}H${x(trace.totals.end)}" />
    <path class="coming" d=${coming} />
    <path class="quiet" d="M${x(0)} ${y}H${x(now)}" />
    <path class="late" d=${late.path} />
    <path class="taken" d=${taken.path} />
    <path class="block" d=${blocks.path} />
    <path class="check" d=${ticks} />
    <path class="come" d=${come} />
    ${labels}`;
}

/**
 * The row of the thread: asleep, asleep though somebody rings, or handling.
 *
 * @param {import('./messages.js').Messages} messages @param {number} position @param {number} now
 * @param {number} y @param {Scale} x
 */
function drawThread({ free, time, end, other }, position, now, y, x) {
  const asleep = new Stretches(y, LATE);
  const wasted = new Stretches(y, LATE);
  const taken = new Stretches(y, BLOCK - 1);
  const blocks = new Stretches(y, BLOCK);
  const labels = [];
  for (let k = 0; k < position && free[k] <= now; k++) {
    // Who had to wait for this step may have come while the thread slept: from then on its sleep was a waste.
    const awake = Math.min(time[k], now);
    const rings = other[k] < awake ? Math.max(free[k], other[k]) : awake;
    const [from, middle, to] = [x(free[k]), x(rings), x(awake)];
    if (middle > from) asleep.add(from, middle);
    if (to > middle) wasted.add(middle, to);
    const clear = Math.max(from, blocks.to); // of the block before, which is drawn wider than its time
    if (middle - clear > 60) labels.push(labelAt((clear + middle) / 2, y, 'asleep'));
    const waste = to - Math.max(middle, blocks.to);
    if (waste > 60) labels.push(labelAt(to - waste / 2, y, waste > 190 ? 'asleep while others ring' : 'asleep'));
    if (time[k] > now) break;
    blocks.add(to, Math.max(to + BLOCK, x(Math.min(end[k], now))));
    if (end[k] > now) taken.add(to, x(end[k]));
  }
  return svg`
    <path class="asleep" d=${asleep.path} />
    <path class="late" d=${wasted.path} />
    <path class="taken" d=${taken.path} />
    <path class="block" d=${blocks.path} />
    ${labels}`;
}

/**
 * A row a socket, and one for the thread, over time. What has happened is drawn; of the future only when messages will
 * come, for that is known from the scenario, and the learner is to guess the rest.
 *
 * @param {Trace} trace
 * @param {number} position how many steps have been taken
 * @param {object} options
 * @param {number} [options.width] of the place for it, in CSS pixels; as in the hallway, up to 960 one unit is one pixel
 * @param {number} [options.now] a moment between the position before and this one: the playhead stands there
 * @param {(position: number) => void} [options.onSeek] the playhead was dragged to this position
 */
export function timeChart(trace, position, { width = 960, now = timeAt(trace, position), onSeek } = {}) {
  const messages = messagesOf(trace);
  const count = trace.statements.length;
  const start = count > ROWS ? pageAt(trace, position) : 0;
  const rows = trace.statements.slice(start, start + (count > ROWS ? PAGE : ROWS));

  const W = Math.min(960, Math.max(288, width));
  const narrow = W < 560;
  const left = narrow ? 66 : 170;
  const nameWidth = narrow ? 54 : 80;
  const right = W - BLOCK - 10;
  const end = trace.totals.end || 1000; // an axis needs a length
  /** @type {Scale} */
  const x = (t) => left + (t / end) * (right - left);
  const rowY = (/** @type {number} */ i) => TOP + (i + 0.5) * ROW;
  const threadY = rowY(rows.length) + 8;
  const axis = threadY + ROW / 2 + 4;
  const height = axis + 24;
  const space = narrow ? 42 : 64; // between ticks, at least
  const step = niceStep(Math.max(1, (end * space) / (right - left)));
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);

  /** @param {PointerEvent} event */
  const seek = (event) => {
    const chart = /** @type {Element} */ (event.currentTarget);
    if (event.type === 'pointerdown') chart.setPointerCapture(event.pointerId);
    else if (!event.buttons) return;
    const bounds = chart.getBoundingClientRect();
    const unit = ((event.clientX - bounds.left) / bounds.width) * W;
    const t = ((unit - left) / (right - left)) * end;
    // As many steps as have begun by then. Times never go back.
    let low = 0;
    let high = trace.stepCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (messages.time[middle] <= t) low = middle + 1;
      else high = middle;
    }
    if (low !== position) onSeek?.(low);
  };

  const clock = inMs(now);
  const flag = clock.length * 8 + 14;
  const flagX = Math.min(W - flag, Math.max(0, x(now) - flag / 2)) - x(now);
  return html`<div class="time-chart" style="font-size: ${13 * Math.max(1, width / W)}px">
    <svg
      viewBox="0 0 ${W} ${height}"
      role="img"
      aria-label="Time chart at ${clock}: ${position} of ${trace.stepCount} messages handled."
      @pointerdown=${seek}
      @pointermove=${seek}
    >
      <defs>
        <pattern id="late-time" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="ground" width="6" height="6" />
          <rect class="stripe" width="2.6" height="6" />
        </pattern>
      </defs>
      ${ticks.map(
        (t) => svg`<path class="grid" d="M${x(t)} ${TOP - 6}V${axis}" />
          <text class="muted middle" x=${x(t)} y=${axis + 16}>${ms(t)}</text>`,
      )}
      <text class="muted" x="0" y=${axis + 16}>${narrow ? 'ms' : 'time in ms'}</text>
      ${rows.map(
        ({ name, payload }, i) => svg`
          <text x="0" y=${rowY(i) + 4.5}>
            <tspan class="name">${fit(name, nameWidth, 7.9)}</tspan>
            ${narrow ? nothing : svg`<tspan class="muted" dx="6">${fit(payload, left - 20 - Math.min(nameWidth, columns(name) * 8), 7)}</tspan>`}
          </text>
          ${drawSocket(trace, start + i, position, now, rowY(i), x)}`,
      )}
      <path class="grid" d="M0 ${threadY - ROW / 2 - 3}H${W}" />
      <text x="0" y=${threadY + 4.5}>thread</text>
      ${drawThread(messages, position, now, threadY, x)}
      <g class="playhead" transform="translate(${x(now)})">
        <path d="M0 20V${axis}" />
        <rect x=${flagX} width=${flag} height="22" rx="11" />
        <text x=${flagX + flag / 2} y="15.5">${clock}</text>
      </g>
    </svg>
    <ul>
      ${LEGEND.map(([shape, words]) => html`<li><svg viewBox="0 0 28 20" aria-hidden="true">${shape}</svg>${words}</li>`)}
    </ul>
  </div>`;
}

const LEGEND = [
  [svg`<path class="quiet" d="M1 10h26" />`, 'quiet'],
  [svg`<path class="coming" d=${dot(14, 10)} />`, 'a message will come'],
  [svg`<path class="come" d=${dot(14, 10)} />`, 'it has come'],
  [svg`<path class="late" d="M1 3h26v14h-26z" />`, 'ready, and nobody answers'],
  [svg`<path class="block" d="M4 0h20v20h-20z" /><path class="check" d=${tick(14, 10)} />`, 'handled'],
  [svg`<path class="asleep" d="M1 3h26v14h-26z" />`, 'the thread sleeps'],
];
