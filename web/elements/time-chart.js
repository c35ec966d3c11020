// @ts-check
import { css, html, nothing, svg } from 'lit';
import { ms } from '../model/time.js';
import { fit, messagesOf, pageAt, timeAt } from './messages.js';

const ROWS = 12; // as many as are drawn; of more sockets, the same page of eight that the hallway shows
const PAGE = 8;
const ROW = 34;
const TOP = 34;
const LATE = 14; // the height of a stretch of waiting
const BLOCK = 19; // the height of handling, and the least width, so that handling in no time at all is seen too

/** Distances between ticks are 1, 2 or 5 times a power of ten, the smallest such that is not below `least`. */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= least * 0.999);
}

/** Stretches of one kind in one row, as one path. What overlaps is joined, so that a row of a million stays short. */
class Stretches {
  #path = '';
  #from = 0;
  #to = -Infinity;

  constructor(y, height) {
    this.y = y - height / 2;
    this.height = height;
  }

  /** Starts never go back. */
  add(from, to) {
    if (from >= this.#to) {
      this.#path = this.path;
      this.#from = from;
    }
    this.#to = Math.max(this.#to, to);
  }

  get path() {
    const width = (this.#to - this.#from).toFixed(1);
    return this.#to < this.#from
      ? ''
      : `${this.#path}M${this.#from.toFixed(1)} ${this.y}h${width}v${this.height}h-${width}z`;
  }
}

const dot = (x, y) => `M${x.toFixed(1)} ${y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0`;
const tick = (x, y) => `M${x.toFixed(1)} ${y}m-4 .5l3 3 5.5-6.5`;
const labelAt = (x, y, words) => svg`<text class="label" x=${x} y=${y + 4}>${words}</text>`;

/** The row of one socket: for each message when it came, how long nobody answered, when it was handled. */
function drawSocket(messages, socket, position, now, y, x) {
  const { first, steps, ready, time, end } = messages;
  const late = new Stretches(y, LATE);
  const blocks = new Stretches(y, BLOCK);
  const dots = { come: '', coming: '' };
  const labels = [];
  let ticks = '';
  let lastTick = -Infinity;
  let lastDot = -Infinity;
  for (let m = first[socket]; m < first[socket + 1]; m++) {
    const k = steps[m];
    const from = x(ready[k]);
    if (from - lastDot >= 2) dots[ready[k] <= now ? 'come' : 'coming'] += dot((lastDot = from), y);
    const handled = k < position;
    const until = handled ? time[k] : now;
    if (until > ready[k]) {
      late.add(from, x(until));
      const next = m + 1 < first[socket + 1] ? Math.min(until, ready[steps[m + 1]]) : until;
      const words = `${ms(until - ready[k])} ms late`;
      if (x(next) - from > words.length * 7 + 14) labels.push(labelAt((from + x(next)) / 2, y, words));
    }
    if (handled) {
      const at = x(time[k]);
      blocks.add(at, Math.max(at + BLOCK, x(end[k])));
      if (at - lastTick >= BLOCK) ticks += tick((lastTick = at) + BLOCK / 2 + 1, y);
    }
  }
  return svg`
    <path class="late" d=${late.path} />
    <path class="block" d=${blocks.path} />
    <path class="check" d=${ticks} />
    <path class="coming" d=${dots.coming} />
    <path class="come" d=${dots.come} />
    ${labels}`;
}

/** The row of the thread: asleep, asleep though somebody rings, or handling. */
function drawThread({ free, time, end, other }, position, y, x) {
  const asleep = new Stretches(y, LATE);
  const wasted = new Stretches(y, LATE);
  const blocks = new Stretches(y, BLOCK);
  const labels = [];
  for (let k = 0; k < position; k++) {
    // Who had to wait for this step may have come while the thread slept: from then on its sleep was a waste.
    const rings = other[k] < time[k] ? Math.max(free[k], other[k]) : time[k];
    const [from, middle, to] = [x(free[k]), x(rings), x(time[k])];
    if (middle > from) asleep.add(from, middle);
    if (to > middle) wasted.add(middle, to);
    if (middle - from > 60) labels.push(labelAt((from + middle) / 2, y, 'asleep'));
    if (to - middle > 60)
      labels.push(labelAt((middle + to) / 2, y, to - middle > 190 ? 'asleep while others ring' : 'asleep'));
    blocks.add(to, Math.max(to + BLOCK, x(end[k])));
  }
  return svg`
    <path class="asleep" d=${asleep.path} />
    <path class="late" d=${wasted.path} />
    <path class="block" d=${blocks.path} />
    ${labels}`;
}

/** @returns {string} the chart in words */
function describe(trace, position, now) {
  const { stepCount } = trace;
  return `Time chart at ${ms(now)} ms: ${position} of ${stepCount} messages handled.`;
}

/**
 * A row a socket, and one for the thread, over time. What has happened is drawn; of the future only when messages will
 * come, for that is known from the scenario, and the learner is to guess the rest.
 *
 * @param {*} trace
 * @param {number} position how many steps have been taken
 * @param {object} options
 * @param {number} [options.width] of the place for it, in CSS pixels; as in the hallway, up to 960 one unit is one pixel
 * @param {(position: number) => void} [options.onSeek] the playhead was dragged to this position
 */
export function timeChart(trace, position, { width = 960, onSeek } = {}) {
  const messages = messagesOf(trace);
  const now = timeAt(trace, position);
  const count = trace.statements.length;
  const start = count > ROWS ? pageAt(trace, position, PAGE) : 0;
  const rows = trace.statements.slice(start, start + (count > ROWS ? PAGE : ROWS));

  const W = Math.min(960, Math.max(288, width));
  const narrow = W < 560;
  const left = narrow ? 66 : 170;
  const right = W - BLOCK - 10;
  const end = trace.totals.end || 1000; // an axis needs a length
  const x = (t) => left + (t / end) * (right - left);
  const rowY = (i) => TOP + (i + 0.5) * ROW;
  const threadY = rowY(rows.length) + 8;
  const axis = threadY + ROW / 2 + 4;
  const height = axis + 24;
  const space = narrow ? 42 : 64; // between ticks, at least
  const step = niceStep(Math.max(1, (end * space) / (right - left)));
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);

  const seek = (event) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.buttons) return;
    const bounds = event.currentTarget.getBoundingClientRect();
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

  const clock = `${ms(now)} ms`;
  const flag = clock.length * 8 + 14;
  const flagX = Math.min(W - flag, Math.max(0, x(now) - flag / 2));
  return html`<div class="time-chart" style="font-size: ${13 * Math.max(1, width / W)}px">
    <svg
      viewBox="0 0 ${W} ${height}"
      role="img"
      aria-label=${describe(trace, position, now)}
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
          <text class="name" x="0" y=${rowY(i) + 4.5}>${fit(name, narrow ? left - 12 : 80, 7.9)}</text>
          ${narrow ? nothing : svg`<text class="muted" x=${Math.min(80, [...name].length * 8) + 10} y=${rowY(i) + 4.5}>${fit(payload, 150 - Math.min(80, [...name].length * 8), 7)}</text>`}
          <path class="quiet" d="M${left} ${rowY(i)}H${x(now)}" />
          <path class="quiet future" d="M${x(now)} ${rowY(i)}H${right}" />
          ${drawSocket(messages, start + i, position, now, rowY(i), x)}`,
      )}
      <path class="grid" d="M0 ${threadY - ROW / 2 - 3}H${W}" />
      <text x="0" y=${threadY + 4.5}>thread</text>
      ${drawThread(messages, position, threadY, x)}
      <g class="playhead">
        <path d="M${x(now)} 20V${axis}" />
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

export const timeChartStyles = css`
  .time-chart {
    color: var(--muted);
    font-family: var(--sans);

    svg {
      display: block;
      width: 100%;
      height: auto;
    }
    > svg {
      font-size: 13px;
      touch-action: pan-y; /* a finger that moves sideways seeks, up and down it scrolls */
      user-select: none;
      cursor: ew-resize;
    }
    text {
      fill: var(--ink);
    }
    .name {
      font: 600 13px var(--mono);
    }
    .muted {
      fill: var(--muted);
    }
    .middle,
    .label,
    .playhead text {
      text-anchor: middle;
    }
    .label {
      font-size: 12px;
      font-weight: 600;
      paint-order: stroke;
      stroke: var(--surface);
      stroke-width: 7px;
      stroke-linejoin: round;
    }
    .grid {
      stroke: var(--line);
    }
    .quiet {
      stroke: var(--quiet);
      stroke-width: 2;
    }
    .future {
      stroke-width: 1;
      stroke-dasharray: 1 5;
    }
    .late {
      fill: url(#late-time);
      stroke: var(--late);
    }
    .ground {
      fill: var(--surface);
    }
    .stripe {
      fill: var(--late);
    }
    .block {
      fill: var(--done);
      stroke: var(--surface);
    }
    .check {
      fill: none;
      stroke: var(--surface);
      stroke-width: 2.2;
      stroke-linecap: round;
    }
    .come {
      fill: var(--ready-fill);
      stroke: var(--ready);
      stroke-width: 1.5;
    }
    .coming {
      fill: var(--surface);
      stroke: var(--quiet);
      stroke-width: 1.5;
    }
    .asleep {
      fill: none;
      stroke: var(--quiet);
      stroke-dasharray: 3 3;
    }
    .playhead {
      fill: var(--accent);
      path {
        stroke: var(--accent);
        stroke-width: 2;
      }
      text {
        fill: var(--surface);
        font: 600 13px var(--mono);
      }
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 18px;
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      gap: 6px;
    }
    li svg {
      width: 2.1em;
    }
  }
`;
