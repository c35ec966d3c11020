// @ts-check
import { html } from 'lit';
import { History } from '../../scenario/history.js';

/** @typedef {import('../player/demo.js').Demo<any>} Demo */

/**
 * Undoes what was changed in a demo, and does it again: by buttons, which the demo shows, and by the keys that people
 * know. Whoever changes something by a gesture of many changes says so; of all else it hears.
 */
export class Undo {
  #demo;
  #history;

  /** @param {Demo} demo @param {Demo['snapshot']} first before any change */
  constructor(demo, first) {
    this.#demo = demo;
    this.#history = new History(first);
    for (const event of ['shown', 'edited']) demo.addEventListener(event, () => this.record());
    demo.addEventListener('keydown', this.#press);
    this.record(demo.gesture); // where it came late, a drag is under way
  }

  /** There is something else to undo: its buttons change. */
  #tell() {
    this.#demo.requestUpdate();
    this.#demo.dispatchEvent(new Event('remembered'));
  }

  /** The demo shows something else. @param {unknown} [gesture] that goes on, such as a drag: see history.js */
  record(gesture) {
    this.#history.record(this.#demo.snapshot, gesture);
    this.#tell();
  }

  /** Somebody types. */
  type() {
    this.#history.type(this.#demo.snapshot, performance.now());
    this.#tell();
  }

  /** @param {'undo' | 'redo'} way */
  go(way) {
    const snapshot = this.#history[way]();
    if (!snapshot) return;
    this.#demo.recall(snapshot);
    this.#tell();
  }

  #press = (/** @type {KeyboardEvent} */ event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!(ctrlKey || metaKey) || altKey) return;
    const way = { z: shiftKey ? 'redo' : 'undo', y: 'redo' }[key.toLowerCase()];
    if (!way) return;
    event.preventDefault();
    this.go(/** @type {'undo' | 'redo'} */ (way));
  };

  get buttons() {
    const { canUndo, canRedo } = this.#history;
    return html`
      <button type="button" aria-keyshortcuts="Control+Z" ?disabled=${!canUndo} @click=${() => this.go('undo')}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H6" /></svg>Undo
      </button>
      <button
        type="button"
        aria-keyshortcuts="Control+Y Control+Shift+Z"
        ?disabled=${!canRedo}
        @click=${() => this.go('redo')}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m10 3 3.5 3.5L10 10m3-3.5H7a4 4 0 0 0 0 8h3" /></svg>Redo
      </button>
    `;
  }
}
