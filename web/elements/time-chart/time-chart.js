// @ts-check
import { html, nothing, svg } from 'lit';
import { ms } from '../../core/time.js';
import { columns, fit, inMs } from '../player/labels.js';
import { begunBy, messagesOf, NEVER, PAGE, pageAt, timeAt } from '../player/messages.js';

/** @typedef {import('../player/messages.js').Trace} Trace */

const ROWS = 12; // as many as are drawn; of more sockets, the same page of eight that the hallway shows
const ROW = { most: 34, least: 20 }; // the height of a row
const HEAD = 32; // the words above a lane
const TOP = 30;
const FOOT = 22; // the times below the rows
const PADDING = { x: 10, y: 6 }; // CSS pixels at both sides, and above: see time-chart.css
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

const dot = (/** @type {number} */ x, /** @type {number} */ y) =>
  `M${x.toFixed(1)} ${y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0`;
const tick = (/** @type {number} */ x, /** @type {number} */ y) => `M${x.toFixed(1)} ${y}m-4 .5l3 3 5.5-6.5`;
/** @param {number} x @param {number} y @param {string} words */
const labelAt = (x, y, words) => svg`<text class="label" x=${x} y=${y + 4}>${words}</text>`;

/**
 * One way of serving the sockets.
 *
 * @typedef {object} Lane
 * @property {Trace} trace
 * @property {number} position how many of its steps have been taken; on the way to a moment the last may not have begun
 * @property {string} [strategy] that made it
 * @property {string} [name] and what it is doing, to stand above it
 * @property {string} [state]
 */

/**
 * What all lanes are drawn on.
 *
 * @typedef {object} Axis
 * @property {(time: number) => number} x where a time stands
 * @property {number} end where it ends, as a time
 * @property {number} now the moment to show
 */

/**
 * The row of one socket: for each message when it came, how long nobody answered, when it was handled.
 *
 * @param {Lane} lane @param {number} socket @param {number} y @param {Axis} axis
 */
function drawSocket({ trace, position }, socket, y, { x, end: axisEnd, now }) {
  const { first, ready, step, time, end } = messagesOf(trace);
  const { takes } = trace.statements[socket];
  const turns = new Stretches(y, BLOCK - 1);
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
    const k = step[m];
    if (ready[m] === Infinity) break; // never
    const from = x(ready[m]);
    if (from - lastDot >= 2) {
      const mark = dot((lastDot = from), y);
      coming += mark;
      if (ready[m] <= now) come += mark;
    }
    const handled = k < position && time[k] <= now;
    const until = handled ? time[k] : now;
    if (until > ready[m]) {
      late.add(from, x(until));
      // A label stands only on a stretch that nothing else is drawn on.
      const clear = Math.max(from, blocks.to);
      const next = m + 1 < first[socket + 1] ? Math.min(until, ready[m + 1]) : until;
      const stuck = k === NEVER && position === trace.stepCount;
      const words = stuck ? 'never handled' : `${inMs(until - ready[m])} late`;
      if (x(next) - clear > words.length * 7 + 14) {
        labels.push(labelAt((clear + x(next)) / 2, y, words));
      }
    }
    if (handled) {
      const at = x(time[k]);
      const shares = end[k] - time[k] > takes; // a core, with others: it is at work for a part of this time alone
      if (shares) turns.add(at, x(Math.min(end[k], now)));
      blocks.add(at, Math.max(at + BLOCK, shares ? 0 : x(Math.min(end[k], now))));
      if (end[k] > now) taken.add(at, x(end[k]));
      if (at - lastTick >= BLOCK) ticks += tick((lastTick = at) + BLOCK / 2 + 1, y);
    }
  }
  return svg`
    <path class="quiet future" d="M${x(0)} ${y}H${x(axisEnd)}" />
    <path class="coming" d=${coming} />
    <path class="quiet" d="M${x(0)} ${y}H${x(now)}" />
    <path class="late" d=${late.path} />
    <path class="taken" d=${taken.path} />
    <path class="turns" d=${turns.path} />
    <path class="block" d=${blocks.path} />
    <path class="check" d=${ticks} />
    <path class="come" d=${come} />
    ${labels}`;
}

/**
 * The row of the one thread: asleep, asleep though somebody rings, awake with nothing to do, or handling.
 *
 * @param {Lane} lane @param {number} y @param {Axis} axis
 */
function drawThread({ trace, position, strategy }, y, { x, now }) {
  const { free, time, end, other, awake, lost } = messagesOf(trace);
  const asks = strategy === 'busy-poll';
  const asleep = new Stretches(y, LATE);
  const asking = new Stretches(y, LATE);
  const wasted = new Stretches(y, LATE);
  const taken = new Stretches(y, BLOCK - 1);
  const blocks = new Stretches(y, BLOCK);
  const labels = [];
  for (let k = 0; k < position; k++) {
    if (free[k] > now) break;
    // Who had to wait for this step, or waits for ever, may have come while the thread slept: then its sleep was a
    // waste.
    const until = Math.min(time[k], now);
    const wakes = Math.min(until, Math.max(free[k], asks ? 0 : awake[k]));
    const rings = Math.min(wakes, Math.max(free[k], Math.min(other[k], lost)));
    const to = x(until);
    /** @param {Stretches} kind @param {number} since @param {number} till @param {(width: number) => string} words */
    const rest = (kind, since, till, words) => {
      if (till <= since) return;
      kind.add(x(since), x(till));
      const clear = Math.max(x(since), blocks.to); // of the block before, which is drawn wider than its time
      const width = x(till) - clear;
      if (width > 60) labels.push(labelAt(clear + width / 2, y, words(width)));
    };
    rest(asleep, free[k], rings, () => 'asleep');
    rest(wasted, rings, wakes, (width) => (width > 190 ? 'asleep while others ring' : 'asleep'));
    rest(asking, wakes, until, () => (asks ? 'asking' : 'awake'));
    if (time[k] > now || trace.step(k).queue) break; // a last row that is no step
    blocks.add(to, Math.max(to + BLOCK, x(Math.min(end[k], now))));
    if (end[k] > now) taken.add(to, x(end[k]));
  }
  return svg`
    <path class="asleep" d=${asleep.path} />
    <path class="asking" d=${asking.path} />
    <path class="late" d=${wasted.path} />
    <path class="taken" d=${taken.path} />
    <path class="block" d=${blocks.path} />
    ${labels}`;
}

/** Has the thread a row? Of `threads` each socket has its own, and its row says it all. @param {Lane} lane */
const hasThread = ({ strategy }) => strategy !== 'threads';

/** Which sockets have rows. @param {Lane[]} lanes */
function rowsOf(lanes) {
  const last = lanes.reduce((a, b) => (timeAt(b.trace, b.position) > timeAt(a.trace, a.position) ? b : a));
  const { statements } = last.trace;
  const few = statements.length <= (lanes.length > 1 ? PAGE : ROWS);
  const start = few ? 0 : pageAt(last.trace, last.position);
  return { start, rows: statements.slice(start, few ? undefined : start + PAGE) };
}

/**
 * The size of a chart: its rows are as high as its place allows.
 *
 * @param {Lane[]} lanes @param {{ width: number, height: number }} place in CSS pixels
 * @returns {{ width: number, row: number, height: number }} height in CSS pixels, the others in units
 */
export function chartSize(lanes, place) {
  const drawn = place.width - 2 * PADDING.x;
  const width = Math.min(960, Math.max(256, drawn)); // as in the hallway, up to 960 one unit is one pixel
  const unit = Math.max(1, drawn / width);
  const { rows } = rowsOf(lanes);
  const count = lanes.reduce((sum, lane) => sum + rows.length + (hasThread(lane) ? 1 : 0), 0);
  const rest = stack(lanes, rows.length, 0).bottom + FOOT;
  const row = Math.max(ROW.least, Math.min(ROW.most, ((place.height - PADDING.y) / unit - rest) / count));
  return { width, row, height: PADDING.y + unit * (rest + count * row) };
}

/**
 * Where the lanes and their rows stand, from top to bottom.
 *
 * @param {Lane[]} lanes @param {number} sockets @param {number} row
 */
function stack(lanes, sockets, row) {
  let y = TOP;
  const places = lanes.map((lane) => {
    const head = lane.name ? (y += HEAD) - 9 : 0;
    const sockets0 = y + row / 2;
    y += sockets * row;
    const rule = y + 3;
    const threadY = hasThread(lane) ? y + 6 + row / 2 : 0;
    y += threadY ? row + 8 : 8;
    return { lane, head, socketY: (/** @type {number} */ i) => sockets0 + i * row, rule, threadY };
  });
  return { places, bottom: y };
}

/**
 * Where everything stands in a chart, in its units.
 *
 * @param {Lane[]} lanes @param {number} end of the axis @param {ReturnType<typeof chartSize>} size
 */
export function chartPlaces(lanes, end, size) {
  const { start, rows } = rowsOf(lanes);
  const { width } = size;
  const narrow = width < 560;
  const left = narrow ? 66 : 170;
  const right = width - BLOCK - 10;
  const length = end || 1000; // an axis needs one
  return {
    ...stack(lanes, rows.length, size.row),
    width,
    narrow,
    left,
    right,
    length,
    start, // the first socket that has a row
    rows,
    x: (/** @type {number} */ time) => left + (time / length) * (right - left),
    timeAt: (/** @type {number} */ x) => ((x - left) / (right - left)) * length,
  };
}

/**
 * A row a socket, and one for the thread, over time: once for each lane. What has happened is drawn; of the future only
 * when messages will come, for that is known from the scenario, and the learner is to guess the rest.
 *
 * @param {Lane[]} lanes of the same scenario
 * @param {object} options
 * @param {number} options.now the moment at which the playhead stands
 * @param {number} options.end of the axis
 * @param {ReturnType<typeof chartSize>} options.size
 * @param {(time: number) => void} [options.onSeek] the playhead was dragged to this moment
 */
export function timeChart(lanes, { now, end, size, onSeek }) {
  const chart = chartPlaces(lanes, end, size);
  const { width: W, narrow, left, right, length, start, rows, x, places, bottom } = chart;
  const nameWidth = narrow ? 54 : 80;
  const axis = { x, end, now };
  const space = narrow ? 42 : 64; // between ticks, at least
  const step = niceStep(Math.max(1, (length * space) / (right - left)));
  const ticks = Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step);

  /** @param {PointerEvent} event */
  const seek = (event) => {
    const picture = /** @type {Element} */ (event.currentTarget);
    if (event.type === 'pointerdown') picture.setPointerCapture(event.pointerId);
    else if (!event.buttons) return;
    const bounds = picture.getBoundingClientRect();
    onSeek?.(chart.timeAt(((event.clientX - bounds.left) / bounds.width) * W));
  };

  const clock = inMs(now);
  const flag = clock.length * 8 + 14;
  const flagX = Math.min(W - flag, Math.max(0, x(now) - flag / 2)) - x(now);
  const handled = lanes.map(({ trace, position, name = '' }) => {
    const { time, step } = messagesOf(trace);
    const begun = Math.min(position, begunBy(time, now));
    const isOfReads = trace.tables.streams?.count; // of which not all bring the last of a message
    const count = isOfReads ? step.filter((k) => k < begun).length : begun;
    return `${name} ${count} of ${trace.eventCount} messages handled`.trim();
  });

  return html`<div class="time-chart">
    <svg
      viewBox="0 0 ${W} ${bottom + FOOT}"
      role="img"
      aria-label="Time chart at ${clock}: ${handled.join(', ')}."
      @pointerdown=${seek}
      @pointermove=${seek}
    >
      <defs>
        <pattern id="late-time" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="ground" width="6" height="6" />
          <rect class="stripe" width="2.6" height="6" />
        </pattern>
        <pattern id="asking-time" width="5" height="14" patternUnits="userSpaceOnUse">
          <rect class="comb" width="1.5" height="14" />
        </pattern>
      </defs>
      ${ticks.map(
        (t) => svg`<path class="grid" d="M${x(t)} ${TOP - 6}V${bottom}" />
          <text class="muted middle" x=${x(t)} y=${bottom + 16}>${ms(t)}</text>`,
      )}
      <text class="muted" x="0" y=${bottom + 16}>${narrow ? 'ms' : 'time in ms'}</text>
      ${places.map(
        ({ lane, head, socketY, rule, threadY }) => svg`
          ${
            lane.name
              ? svg`<text x="0" y=${head}><tspan class="way">${lane.name}</tspan> <tspan class="muted" dx="5">${lane.state ?? ''}</tspan></text>`
              : nothing
          }
          ${rows.map(
            ({ name, payload }, i) => svg`
              <text x="0" y=${socketY(i) + 4.5}>
                <tspan class="name">${fit(name, nameWidth, 7.9)}</tspan>
                ${narrow ? nothing : svg`<tspan class="muted" dx="6">${fit(payload, left - 20 - Math.min(nameWidth, columns(name) * 8), 7)}</tspan>`}
              </text>
              ${drawSocket(lane, start + i, socketY(i), axis)}`,
          )}
          ${
            threadY
              ? svg`<path class="grid" d="M0 ${rule}H${W}" />
                  <text x="0" y=${threadY + 4.5}>thread</text>
                  ${drawThread(lane, threadY, axis)}`
              : nothing
          }`,
      )}
      <g class="playhead" transform="translate(${x(now)})">
        <path d="M0 20V${bottom}" />
        <rect x=${flagX} width=${flag} height="22" rx="11" />
        <text x=${flagX + flag / 2} y="15.5">${clock}</text>
      </g>
    </svg>
  </div>`;
}

/** What the signs of a chart mean. @param {Lane[]} lanes */
export function legend(lanes) {
  const more = Object.entries(MORE).filter(([name]) =>
    lanes.some(({ strategy, trace }) => strategy === name || trace.tables[name]?.count),
  );
  const signs = [...SIGNS, ...more.map(([, line]) => line)];
  return html`<ul class="legend" aria-label="Signs of the time chart">
    ${signs.map(([shape, words]) => html`<li><svg viewBox="0 0 28 20" aria-hidden="true">${shape}</svg>${words}</li>`)}
  </ul>`;
}

const MORE = {
  'busy-poll': [svg`<path class="asking" d="M1 3h26v14h-26z" />`, 'awake, asking them all over and over'],
  spinning: [svg`<path class="asking" d="M1 3h26v14h-26z" />`, 'awake, and nothing new'],
  threads: [svg`<path class="turns" d="M1 1h26v18h-26z" />`, 'begun; its thread takes turns on the cores with others'],
};
const SIGNS = [
  [svg`<path class="quiet" d="M1 10h26" />`, 'quiet'],
  [svg`<path class="coming" d=${dot(14, 10)} />`, 'a message will come'],
  [svg`<path class="come" d=${dot(14, 10)} />`, 'it has come'],
  [svg`<path class="late" d="M1 3h26v14h-26z" />`, 'ready, and nobody answers'],
  [svg`<path class="block" d="M4 0h20v20h-20z" /><path class="check" d=${tick(14, 10)} />`, 'handled'],
  [svg`<path class="asleep" d="M1 3h26v14h-26z" />`, 'the thread sleeps'],
];
