// @ts-check
// A chart with two logarithmic axes, drawn in SVG. A library was weighed: uPlot 1.6 is 22 KB compressed, more than all
// of this lab, and draws on a canvas, which knows no theme, no forced colors, no print and no names for screen readers;
// its strength, millions of points redrawn in a frame, is not needed for seven lines of sixty.
import { html, nothing, svg } from 'lit';

/**
 * @typedef {[number, number]} Point
 * @typedef {{ name: string, points: Point[], measured: Point[] }} Curve  `points` may have gaps: y is then 0
 */

const TOP = 12;
const BOTTOM = 30;
const LEFT = 50;
const RIGHT = 74; // where the names stand
const LINE = 15; // the height of a name

const log = Math.log10;

/**
 * The powers of ten from `from` to `to`, every `step`th.
 *
 * @param {number} from @param {number} to @param {number} step
 */
function powers(from, to, step) {
  const list = [];
  for (let e = Math.ceil(from / step) * step; e <= to; e += step) list.push(e);
  return list;
}

/** Labels that would overlap are moved apart, in the order of their places. @param {{ y: number }[]} labels */
function moveApart(labels, top, bottom) {
  labels.sort((a, b) => a.y - b.y);
  let free = top;
  for (const label of labels) free = (label.y = Math.max(label.y, free)) + LINE;
  let limit = bottom;
  for (const label of labels.reverse()) limit = (label.y = Math.min(label.y, limit)) - LINE;
}

/** A curve as a path, with gaps where it has no value. @param {Point[]} points @param {(p: Point) => string} place */
function path(points, place) {
  let drawing = false;
  return points
    .map((point) => {
      const command = drawing ? 'L' : 'M';
      drawing = point[1] > 0;
      return drawing ? command + place(point) : '';
    })
    .join('');
}

/**
 * @param {object} chart
 * @param {string} chart.label what a screen reader says of it
 * @param {Curve[]} chart.curves
 * @param {number} chart.at where the reader is on the axis of connections
 * @param {number} chart.until up to there it was measured
 * @param {[number, number]} chart.decades the lowest and the highest power of ten upwards
 * @param {(value: number) => string} chart.format
 * @param {number} chart.width in CSS pixels
 * @param {number} chart.height
 * @param {{ at: Point, words: string }} [chart.note] a word beside a place on a curve
 */
export function logChart({ label, curves, at, until, decades, format, width, height, note }) {
  const right = width - RIGHT;
  const bottom = height - BOTTOM;
  const [low, high] = decades;
  const x = (/** @type {number} */ n) => LEFT + (log(n) / 6) * (right - LEFT);
  const y = (/** @type {number} */ v) => bottom - ((log(v) - low) / (high - low)) * (bottom - TOP);
  /** @type {(p: Point) => string} */
  const place = ([n, v]) => `${x(n).toFixed(1)} ${y(v).toFixed(1)}`;

  const ends = curves.flatMap(({ name, points }) => {
    const last = points.filter(([, v]) => v > 0).pop();
    return last ? [{ name, x: x(last[0]), end: y(last[1]), y: y(last[1]) }] : [];
  });
  const labels = ends.filter((end) => end.x > right - 1);
  const early = ends.filter((end) => end.x <= right - 1); // lines that end on the way
  for (const end of early) end.y += 12;
  moveApart(labels, TOP, bottom);
  moveApart(early, TOP, bottom);

  return html`<svg class="log-chart" data-lowest=${low} viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${powers(low, high, 1).map((e) => svg`<path class="grid" d="M${LEFT} ${y(10 ** e)}H${right}" />`)}
    ${powers(low, high, high - low > 8 ? 3 : 2).map((e) => svg`<text class="tick end" x=${LEFT - 6} y=${y(10 ** e) + 4}>${format(10 ** e)}</text>`)}
    ${powers(0, 6, 1).map((e) => svg`<path class="grid" d="M${x(10 ** e)} ${TOP}V${bottom}" />`)}
    ${[0, 2, 4, 6].map((e) => svg`<text class="tick middle" x=${x(10 ** e)} y=${bottom + 18}>${['1', '', '100', '', '10,000', '', '1 million'][e]}</text>`)}
    ${until > 1 ? svg`<path class="until" d="M${x(until)} ${TOP}V${bottom}" />` : nothing}
    ${curves.map(({ name, points }) => svg`<path class="curve ${name}" d=${path(points, place)} />`)}
    ${curves.map(({ name, measured }) => measured.map((p) => svg`<circle class="measured ${name}" cx=${x(p[0])} cy=${y(p[1])} r="3.2" />`))}
    <path class="at" d="M${x(at)} ${TOP}V${bottom}" />
    <path class="at handle" d="M${x(at)} ${bottom}l5 8h-10z" />
    ${labels.map(
      (l) => svg`<path class="leader" d="M${l.x + 2} ${l.end}L${right + 5} ${l.y}" />
        <text class="name ${l.name}" x=${right + 8} y=${l.y + 4}>${l.name}</text>`,
    )}
    ${early.map(
      (l) => svg`<path class="stop ${l.name}" d="M${l.x} ${l.end - 6}v12" />
        <text class="name ${l.name}" x=${l.x + 6} y=${l.y + 4}>${l.name}</text>`,
    )}
    ${
      note
        ? svg`<path class="leader" d="M${x(note.at[0])} ${y(note.at[1])}v-34" />
            <text class="note" x=${x(note.at[0]) - 6} y=${y(note.at[1]) - 40}>${note.words}</text>`
        : nothing
    }
  </svg>`;
}
