// @ts-check
import { nothing, svg } from 'lit';

const RAYS = 'M0-13v-5M9.2-9.2l3.5-3.5M13 0h5M-9.2-9.2l-3.5-3.5M-13 0h-5M9.2 9.2l3.5 3.5M-9.2 9.2l-3.5 3.5';

/** What the hatched lamps are filled with; stands in the `defs` of a picture that has any. */
export const hatch = svg`
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="lit" width="5" height="5" />
    <rect class="hatch" width="2" height="5" />
  </pattern>`;

/**
 * A lamp around (x, y), told apart by shape: quiet is hollow, ready and handling are lit with rays, late is so too
 * and hatched, done has a tick.
 *
 * @param {'quiet' | 'ready' | 'late' | 'handling' | 'done'} state
 * @param {number} x
 * @param {number} y
 */
export const lamp = (state, x, y, scale = 1) => svg`
  <g class="lamp ${state}" transform="translate(${x} ${y}) scale(${scale})">
    <circle r="9" />
    ${state === 'quiet' ? nothing : svg`<path d=${state === 'done' ? 'M-4.5 .5l3 3.5 6-7' : RAYS} />`}
  </g>`;
