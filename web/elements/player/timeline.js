// @ts-check
import { html } from 'lit';
import { number } from './labels.js';

const ROWS = 60;

/**
 * A table of the steps taken so far, the newest one marked.
 *
 * @param {unknown} caption
 * @param {{ head: string, cell: (k: number) => unknown, kind?: 'number' | 'ms' | 'name' }[]} columns
 * @param {number} count how many steps have been taken
 * @param {string} empty what it says before the first
 * @param {number} [most] how many rows are shown: the last ones
 */
export function timeline(caption, columns, count, empty, most = ROWS) {
  const first = Math.max(0, count - most);
  const rows = Array.from({ length: count - first }, (_, i) => first + i);
  return html`
    <div class="table">
      <table>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ head, kind }) => html`<th scope="col" class=${kind ?? ''}>${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${count === 0 ? note(empty, columns) : ''} ${first > 0 ? note(`${number(first)} earlier steps`, columns) : ''}
          ${rows.map(
            (k) =>
              html`<tr aria-current=${k === count - 1 ? 'step' : 'false'}>
                ${columns.map(({ cell, kind }) => html`<td class=${kind ?? ''}>${cell(k)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/** @param {string} text @param {unknown[]} columns */
const note = (text, columns) =>
  html`<tr class="note">
    <td colspan=${columns.length}>${text}</td>
  </tr>`;
