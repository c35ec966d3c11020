// @ts-check
// What both benches of the lab are made of.
import { html, svg } from 'lit';

/**
 * @param {object} slider
 * @param {string} slider.name
 * @param {string} slider.value what stands beside the name
 * @param {string} [slider.said] what a screen reader says of the value, where that is not the same
 * @param {number} slider.at the place, from 0
 * @param {number} slider.last
 * @param {(at: number) => void} slider.move
 */
export const slider = ({ name, value, said = value, at, last, move }) =>
  html`<label>
    ${name} <b>${value}</b>
    <input
      type="range"
      min="0"
      max=${last}
      .value=${String(at)}
      aria-label=${name}
      aria-valuetext=${said}
      @input=${(/** @type {InputEvent & { target: HTMLInputElement }} */ event) => move(+event.target.value)}
    />
  </label>`;

/** A piece of a line. @param {string} name */
export const sample = (name) =>
  html`<svg viewBox="0 0 28 8" aria-hidden="true">${svg`<path class="curve ${name}" d="M0 4h28" />`}</svg>`;

/** How wide a chart can be, in units of its letters. @param {number} width in CSS pixels */
export const inLetters = (width) =>
  width / Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 18);
