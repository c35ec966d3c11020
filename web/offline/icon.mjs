// The site's icon, a lit lamp: as a drawing, and as dots for those who take no drawing.
import { deflateSync } from 'node:zlib';

// In units of a square of 64; what a mask may cut away is outside of a circle of 25.
const SIZE = 64;
const LAMP = { r: 10.5, stroke: 2.4, fill: '#ffb84d', line: '#ffe3b0' };
const NIGHT = '#14161f';
const RAYS = Array.from({ length: 8 }, (_, i) => (i * Math.PI) / 4).map((angle) =>
  [15.5, 21].map((r) => [r * Math.sin(angle), r * Math.cos(angle)]),
);

const digits = (/** @type {number} */ n) => Number(n.toFixed(2));

export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-32 -32 ${SIZE} ${SIZE}">
<path fill="${NIGHT}" d="M-32-32h${SIZE}v${SIZE}h-${SIZE}z"/>
<g fill="${LAMP.fill}" stroke="${LAMP.line}" stroke-width="${LAMP.stroke}" stroke-linecap="round">
<circle r="${LAMP.r}"/>
<path d="${RAYS.map(([from, to]) => `M${from.map(digits)}L${to.map(digits)}`).join('')}"/>
</g></svg>
`;

/** How far a point is from a stretch. */
function distance([x, y], [[x0, y0], [x1, y1]]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

const rgb = (/** @type {string} */ color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
const mixed = (a, b, part) => a.map((value, i) => Math.round(value + (b[i] - value) * part));

/** The color at a point; `unit` is the width of a dot, over which an edge is softened. */
function colorAt(point, unit) {
  const inside = (/** @type {number} */ depth) => Math.max(0, Math.min(1, depth / unit + 0.5));
  const edge = Math.abs(Math.hypot(...point) - LAMP.r);
  const line = Math.min(edge, ...RAYS.map((ray) => distance(point, ray)));
  const ground = mixed(rgb(NIGHT), rgb(LAMP.fill), inside(LAMP.r - Math.hypot(...point)));
  return mixed(ground, rgb(LAMP.line), inside(LAMP.stroke / 2 - line));
}

/** The check sum of PNG. @param {Buffer} bytes */
function sumOf(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [data.length, sumOf(body)].map((number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(number);
    return bytes;
  });
  return Buffer.concat([length, body, sum]);
}

/** As a PNG of so many dots a side. @param {number} dots */
export function iconPng(dots) {
  const unit = SIZE / dots;
  const at = (i) => (i + 0.5) * unit - SIZE / 2;
  const rows = Array.from({ length: dots }, (_, y) => [
    0, // no filter
    ...Array.from({ length: dots }, (_, x) => colorAt([at(x), at(y)], unit)).flat(),
  ]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(dots, 0);
  head.writeUInt32BE(dots, 4);
  head.set([8, 2], 8); // bits a color, three colors
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(Buffer.from(rows.flat()), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
