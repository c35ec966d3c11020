// @ts-check
import { css, html, nothing, svg } from 'lit';
import { ms } from '../model/time.js';
import { fit, messagesOf, pageAt, pendingAt, timeAt } from './messages.js';

const ROWS = 12; // as many as are drawn; of more sockets, the same page of eight that the hallway shows
const PAGE = 8;
const ROW = 34;
const TOP = 34;
const BLOCK = 18; // handling is drawn at least this wide, so that no time at all can be seen too

/** Distances between ticks are 1, 2 or 5 times a power of ten, the smallest such that is not below `least`. */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= least * 0.999);
}

/**
 * Shapes of one kind in one row, gathered in one path. Those that begin less than a pixel after the last one are left
 * out, so that a row of a million messages is no longer than the row is wide.
 */
class Shapes {
  d = '';
  #last = -Infinity;
  add(x, path) {
    if (x - this.#last < 1) return;
    this.#last = x;
    this.d += `M${x.toFixed(1)} ${path}`;
  }
}

const box = (y, width, height) => `${y - height / 2}h${width.toFixed(1)}v${height}h${-width.toFixed(1)}z`;
const dot = (y) => `${y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0`;
const tick = (y) => `${y}m-4 .5l3 3 5.5-6.5`;

/** The row of one socket: for each message when it came, how long nobody answered, when it was handled. */
function drawSocket(messages, socket, position, now, y, x) {
  const { first, steps, ready, time, end } = messages;
  const [late, blocks, ticks, come, coming] = Array.from({ length: 5 }, () => new Shapes());
  const labels = [];
  let lastTick = -Infinity;
  for (let m = first[socket]; m < first[socket + 1]; m++) {
    const k = steps[m];
    const from = x(ready[k]);
    (ready[k] <= now ? come : coming).add(from, dot(y));
    const handled = k < position;
    const until = handled ? time[k] : now;
    if (until > ready[k]) {
      const width = x(until) - from;
      late.add(from, box(y, width, 14));
      const next = m + 1 < first[socket + 1] ? x(ready[steps[m + 1]]) - from : Infinity;
      const label = `${ms(until - ready[k])} ms late`;
      if (Math.min(width, next) > label.length * 7 + 14) labels.push({ label, at: from + width / 2 });
    }
    if (handled) {
      const at = x(time[k]);
      blocks.add(at, box(y, Math.max(BLOCK, x(end[k]) - at), 20));
      if (at - lastTick >= BLOCK) ticks.add((lastTick = at) + BLOCK / 2 + 1, tick(y));
    }
  }
  return svg`
    <path class="late" d=${late.d} />
    <path class="block" d=${blocks.d} />
    <path class="check" d=${ticks.d} />
    <path class="coming" d=${coming.d} />
    <path class="come" d=${come.d} />
    ${labels.map(({ label, at }) => svg`<text class="label" x=${at} y=${y + 4}>${label}</text>`)}`;
}

/** The row of the thread: asleep, asleep though somebody rings, or handling. */
function drawThread(messages, position, y, x) {
  const { free, time, end, other } = messages;
  const [asleep, wasted, blocks] = Array.from({ length: 3 }, () => new Shapes());
  const labels = [];
  for (let k = 0; k < position; k++) {
    const from = Math.max(free[k], Math.min(other[k], time[k]) || 0);
    const rings = other[k] < time[k] ? from : time[k];
    const sleep = x(rings) - x(free[k]);
    if (sleep > 0) asleep.add(x(free[k]), box(y, sleep, 14));
    if (sleep > 56) labels.push({ label: 'asleep', at: x(free[k]) + sleep / 2 });
    const waste = x(time[k]) - x(rings);
    if (waste > 0) wasted.add(x(rings), box(y, waste, 14));
    const label = waste > 190 ? 'asleep while others ring' : 'asleep';
    if (waste > 60) labels.push({ label, at: x(rings) + waste / 2 });
    blocks.add(x(time[k]), box(y, Math.max(BLOCK, x(end[k]) - x(time[k])), 20));
  }
  return svg`
    <path class="asleep" d=${asleep.d} />
    <path class="late" d=${wasted.d} />
    <path class="block" d=${blocks.d} />
    ${labels.map(({ label, at }) => svg`<text class="label" x=${at} y=${y + 4}>${label}</text>`)}`;
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
 * @param {number} [options.width] of the place for it, in CSS pixels
 * @param {(position: number) => void} [options.onSeek] the playhead was dragged to this position
 */
export function timeChart(trace, position, { width = 960, onSeek } = {}) {
  const messages = messagesOf(trace);
  const now = timeAt(trace, position);
  const count = trace.statements.length;
  const start = count > ROWS ? pageAt(trace, position, PAGE) : 0;
  const rows = trace.statements.slice(start, start + (count > ROWS ? PAGE : ROWS));

  const narrow = width < 560;
  const left = narrow ? 66 : 170;
  const right = width - BLOCK - 10;
  const end = trace.totals.end || 1;
  const x = (t) => left + (t / end) * (right - left);
  const rowY = (i) => TOP + (i + 0.5) * ROW;
  const threadY = rowY(rows.length) + 8;
  const axis = threadY + ROW / 2 + 4;
  const height = axis + 24;
  const step = niceStep((end * 56) / Math.max(56, right - left));
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);

  const seek = (event) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.buttons) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const unit = ((event.clientX - bounds.left) / bounds.width) * width;
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
  const flagX = Math.min(width - flag, Math.max(0, x(now) - flag / 2));
  return html`<div class="time-chart">
    <svg
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label=${describe(trace, position, now)}
      @pointerdown=${seek}
      @pointermove=${seek}
    >
      <defs>
        <pattern id="late-time" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch" width="2.6" height="6" />
        </pattern>
      </defs>
      ${ticks.map(
        (t) => svg`<path class="grid" d="M${x(t)} ${TOP - 6}V${axis}" />
          <text class="tick" x=${x(t)} y=${axis + 16}>${ms(t)}</text>`,
      )}
      <text class="tick unit" x="0" y=${axis + 16}>${narrow ? 'ms' : 'time in ms'}</text>
      ${rows.map(
        ({ name, payload }, i) => svg`
          <text class="name" x="0" y=${rowY(i) + 4.5}>${fit(name, narrow ? left - 12 : 80, 7.9)}</text>
          ${narrow ? nothing : svg`<text class="payload" x=${Math.min(80, [...name].length * 8) + 10} y=${rowY(i) + 4.5}>${fit(payload, 150 - Math.min(80, [...name].length * 8), 7)}</text>`}
          <path class="quiet" d="M${left} ${rowY(i)}H${x(now)}" />
          <path class="quiet future" d="M${x(now)} ${rowY(i)}H${right}" />
          ${drawSocket(messages, start + i, position, now, rowY(i), x)}`,
      )}
      <path class="rule" d="M0 ${threadY - ROW / 2 - 3}H${width}" />
      <text class="thread" x="0" y=${threadY + 4.5}>thread</text>
      ${drawThread(messages, position, threadY, x)}
      <g class="playhead">
        <path d="M${x(now)} 20V${axis}" />
        <rect x=${flagX} width=${flag} height="22" rx="11" />
        <text x=${flagX + flag / 2} y="15.5">${clock}</text>
      </g>
    </svg>
    <ul class="legend">
      ${LEGEND.map(([shape, words]) => html`<li><svg viewBox="0 0 28 20" aria-hidden="true">${shape}</svg>${words}</li>`)}
    </ul>
  </div>`;
}

const LEGEND = [
  [svg`<path class="quiet" d="M2 10h24" />`, 'quiet'],
  [svg`<path class="come" d="M14 ${dot(10)}" />`, 'a message comes'],
  [svg`<path class="late" d="M2 ${box(10, 24, 14)}" />`, 'ready, and nobody answers'],
  [svg`<path class="block" d="M5 ${box(10, 18, 20)}" /><path class="check" d="M14 ${tick(10)}" />`, 'handled'],
  [svg`<path class="asleep" d="M2 ${box(10, 24, 14)}" />`, 'the thread sleeps'],
];

export const timeChartStyles = css`
  .time-chart svg {
    display: block;
    width: 100%;
    height: auto;
    font: 13px var(--sans);
    touch-action: pan-y;
    user-select: none;
    cursor: ew-resize;
  }
  .time-chart text {
    fill: var(--ink);
  }
  .time-chart .name {
    font: 600 13px var(--mono);
  }
  .time-chart .payload,
  .time-chart .tick {
    fill: var(--muted);
    font-size: 12.5px;
  }
  .time-chart .tick:not(.unit),
  .time-chart .label,
  .playhead text {
    text-anchor: middle;
  }
  .time-chart .label {
    font-size: 12px;
    font-weight: 600;
    paint-order: stroke;
    stroke: var(--surface);
    stroke-width: 5px;
    stroke-linejoin: round;
  }
  .grid,
  .rule {
    stroke: var(--line);
  }
  .time-chart path.quiet {
    stroke: var(--quiet);
    stroke-width: 2;
  }
  .time-chart path.future {
    stroke-width: 1;
    stroke-dasharray: 1 5;
  }
  .time-chart path.late {
    fill: url(#late-time);
    stroke: var(--late);
  }
  .time-chart .hatch {
    fill: var(--late);
  }
  .time-chart .block {
    fill: var(--done);
    stroke: var(--surface);
  }
  .time-chart .check {
    fill: none;
    stroke: var(--surface);
    stroke-width: 2.2;
    stroke-linecap: round;
  }
  .time-chart .come {
    fill: var(--ready-fill);
    stroke: var(--ready);
    stroke-width: 1.5;
  }
  .time-chart .coming {
    fill: var(--surface);
    stroke: var(--quiet);
    stroke-width: 1.5;
  }
  .time-chart .asleep {
    fill: var(--surface);
    stroke: var(--quiet);
    stroke-dasharray: 3 3;
  }
  .playhead path {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .playhead rect {
    fill: var(--accent);
  }
  .time-chart .playhead text {
    fill: var(--surface);
    font: 600 13px var(--mono);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    color: var(--muted);
    font: 13px var(--sans);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .time-chart .legend svg {
    width: 28px;
    cursor: auto;
  }
`;
