// @ts-check
import { svg } from 'lit';

/** A clock of 30 units: the hand goes round once in the whole run, and leaves a full disk. @param {number} part */
export const dial = (part) => svg`
  <g class="dial">
    <circle r="15" />
    <circle class="passed" r="6" pathLength="1" transform="rotate(-90)" .style=${`stroke-dasharray: ${part} 2`} />
    <path d="M0 0V-11" .style=${`transform: rotate(${part}turn)`} />
  </g>`;
