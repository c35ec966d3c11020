// @ts-check
import { html, LitElement, nothing } from 'lit';
import { inMs } from '../player/labels.js';
import { move, moveUnder, remove, removeReady, setAfter, setReady, setTakes } from '../../scenario/edits.js';
import styles from './time-handles.css';

/**
 * A statement of the scenario, as it lies in a picture: in CSS pixels, and in microseconds.
 *
 * @typedef {object} Row
 * @property {number} statement
 * @property {string} name
 * @property {number} y the middle of its row
 * @property {(time: number) => number} x where a time stands in it
 * @property {number[]} ready its times: a source's
 * @property {number} [only] which of them has a handle, if not all
 * @property {number} takes
 * @property {number} [from] when what it takes is drawn to begin; nothing where that is not drawn
 * @property {number} [after] its delay: that of a timer that a callback asks for
 * @property {number} [origin] when it is drawn to be asked for
 */

/**
 * Where the handles are.
 *
 * @typedef {object} Places
 * @property {Row[]} rows
 * @property {number} perPixel microseconds
 * @property {number} max the end of the axis
 */

/**
 * What is taken hold of: one of a row's times, what it takes, its delay.
 *
 * @typedef {{ row: Row, what: 'ready' | 'takes' | 'after', k: number, us: number }} Grip
 */

/** @typedef {{ pointerId: number, clientX: number, clientY: number }} Touch */

const PIXELS = 5; // so far a time moves at once, at least
const GRID = [500, 1000, 5000, 10_000, 50_000, 100_000, 500_000, 1_000_000]; // microseconds; and powers of ten beyond
const FINER = 10; // times, with Shift
const PAGE = 10; // a page is so many steps of the grid
const HANDLES = 24; // of a row with more times, the first ones have a handle
const LABEL = 40; // pixels: nearer to the right edge, what a grip says would stick out
const BESIDE = 24; // CSS pixels from a dot to the handle of what it takes, at least

/** The steps in which a time moves. @param {number} perPixel microseconds */
export const gridOf = (perPixel) =>
  GRID.find((step) => step >= perPixel * PIXELS) ?? 10 ** Math.ceil(Math.log10(perPixel * PIXELS));

/** @param {number} us @param {number} step */
const snapped = (us, step) => Math.max(0, Math.round(us / step) * step);

/** Takes a pointer over, if it is still down. @param {Element} element @param {number} pointerId */
function captures(element, pointerId) {
  try {
    element.setPointerCapture(pointerId);
    return element.hasPointerCapture(pointerId);
  } catch {
    return false; // it has gone
  }
}

/**
 * What can be taken hold of in a picture of times: when something becomes ready, and how long it takes. Each is a
 * slider, for mouse, finger and keys. They lie over the picture, which draws what they mean.
 */
export class TimeHandles extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { places: { state: true } };

  /** @type {import('lit').CSSResultGroup} */
  static styles = styles;

  #hadFocus = false;

  constructor() {
    super();
    /** @type {import('./hand.js').Hand | undefined} */
    this.hand = undefined;
    this.once = 'message'; // what comes at a time
    /** @type {Places | undefined} */
    this.places = undefined;
    /** The statement that was taken hold of last; nothing, if none was. @type {number | undefined} */
    this.selected = undefined;
    this.dragging = false;
  }

  /** @param {number} statement */
  select(statement) {
    if (statement === this.selected) return;
    this.selected = statement;
    this.dispatchEvent(new Event('selected'));
  }

  // ---- changes ------------------------------------------------------------------------------------------------------

  /** The edit that gives a grip another value. @param {Grip} grip @param {number} us */
  #edit({ row: { statement }, what, k }, us) {
    return {
      ready: (/** @type {string} */ text) => setReady(text, statement, k, us),
      takes: (/** @type {string} */ text) => setTakes(text, statement, us),
      after: (/** @type {string} */ text) => setAfter(text, statement, us),
    }[what];
  }

  /** @param {PointerEvent} event @param {Grip} grip */
  #grab(event, grip) {
    if (event.button || !this.places) return;
    event.stopPropagation();
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    handle.setPointerCapture(event.pointerId);
    this.#hold(handle, event, grip);
  }

  /** The hand was there before this: what the touch is at is held, if it has not ended. @param {Touch} touch */
  async reach(touch) {
    const { pointerId, clientX, clientY } = touch;
    await this.hand?.demo.updateComplete;
    await this.updateComplete;
    const isAt = (/** @type {Element} */ handle) => {
      const { left, right, top, bottom } = handle.getBoundingClientRect();
      return left <= clientX && clientX <= right && top <= clientY && clientY <= bottom;
    };
    const handles = /** @type {(HTMLElement & { grip: Grip })[]} */ ([
      ...this.renderRoot.querySelectorAll('[data-grip]'),
    ]);
    const handle = handles.find(isAt);
    if (handle && captures(handle, pointerId)) this.#hold(handle, touch, handle.grip);
  }

  /** @param {HTMLElement} handle @param {Touch} touch @param {Grip} grip */
  #hold(handle, { clientX }, grip) {
    if (!this.places) return;
    const { perPixel } = this.places; // as it is when the drag begins: the axis may become longer
    handle.focus({ preventScroll: true });
    this.hand?.begin();
    this.#drag(true);
    /** @param {PointerEvent} moved */
    const follow = (moved) => {
      const step = gridOf(perPixel) / (moved.shiftKey ? FINER : 1);
      const us = grip.us + (moved.clientX - clientX) * perPixel;
      this.hand?.change(this.#edit(grip, snapped(us, step)));
    };
    const drop = () => {
      handle.removeEventListener('pointermove', follow);
      handle.removeEventListener('lostpointercapture', drop);
      this.#drag(false);
    };
    handle.addEventListener('pointermove', follow);
    handle.addEventListener('lostpointercapture', drop);
  }

  /** @param {boolean} dragging */
  #drag(dragging) {
    this.dragging = dragging;
    this.dispatchEvent(new Event('drag'));
  }

  /** @param {KeyboardEvent} event @param {Grip} grip */
  #press(event, grip) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (ctrlKey || metaKey || !this.places) return;
    const up = key === 'ArrowUp' || key === 'ArrowRight';
    const isArrow = /^Arrow/.test(key);
    if (altKey) {
      if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
      this.moveRow(grip.row.statement, key === 'ArrowUp' ? -1 : 1);
    } else if (key === 'Delete' || key === 'Backspace') {
      this.#remove(grip);
    } else if (isArrow || key === 'PageUp' || key === 'PageDown' || key === 'Home') {
      const grid = gridOf(this.places.perPixel);
      const by = isArrow ? (shiftKey ? grid / FINER : grid) : PAGE * grid;
      this.#step(grip, key === 'Home' ? -grip.us : (up || key === 'PageUp' ? 1 : -1) * by);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Presses of one key after the other are one gesture. @param {Grip} grip @param {number} by microseconds */
  #step(grip, by) {
    const { row, what, k } = grip;
    const us = Math.max(0, grip.us + by);
    this.hand?.begin(`${row.statement} ${what}`);
    this.hand?.change(this.#edit(grip, us));
    const before = row.ready.filter((other, i) => i !== k && (other < us || (other === us && i < k))).length;
    if (what === 'ready') this.focusOn(row.statement, before);
  }

  /** A time goes; the last one takes its source with it, and what it takes becomes nothing. @param {Grip} grip */
  #remove({ row: { statement, ready }, what, k }) {
    const { shown } = /** @type {import('./hand.js').Hand} */ (this.hand).demo;
    if (what === 'takes') this.hand?.put(setTakes(shown, statement, 0));
    else if (ready.length > 1) this.hand?.put(removeReady(shown, statement, k));
    else this.removeRow(statement);
    this.focusOn(statement, Math.max(0, k - 1));
  }

  /** @param {number} statement */
  removeRow(statement) {
    const { shown } = /** @type {import('./hand.js').Hand} */ (this.hand).demo;
    if (this.hand?.put(remove(shown, statement))) this.select(Math.max(0, statement - 1));
  }

  /** @param {number} statement @param {number} by -1 or 1 */
  moveRow(statement, by) {
    const { shown } = /** @type {import('./hand.js').Hand} */ (this.hand).demo;
    const moved = move(shown, statement, by);
    if (moved && this.hand?.put(moved.text)) this.focusOn(moved.statement, 0);
  }

  /** @param {number} statement @param {number} parent to run it */
  putUnder(statement, parent) {
    const { shown } = /** @type {import('./hand.js').Hand} */ (this.hand).demo;
    const moved = moveUnder(shown, statement, parent);
    if (moved && this.hand?.put(moved.text)) this.focusOn(moved.statement, 0);
  }

  /** Goes to a handle once the picture shows it. @param {number} statement @param {number} k */
  async focusOn(statement, k) {
    await this.hand?.demo.updateComplete;
    await this.updateComplete;
    const handles = [...this.renderRoot.querySelectorAll('[role="slider"]')];
    const isIt = (/** @type {Element} */ handle) => handle.getAttribute('data-grip') === `${statement} ${k}`;
    /** @type {HTMLElement | undefined} */ (handles.find(isIt) ?? handles[0])?.focus({ preventScroll: true });
  }

  willUpdate() {
    this.#hadFocus = this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement !== null;
  }

  /** A handle that goes, as by an undo, leaves the keyboard to another one. */
  updated() {
    const { renderRoot } = this;
    if (!this.#hadFocus || !(renderRoot instanceof ShadowRoot) || renderRoot.activeElement) return;
    const handles = renderRoot.querySelectorAll('[role="slider"]');
    /** @type {HTMLElement | undefined} */ (handles[handles.length - 1])?.focus({ preventScroll: true });
  }

  // ---- what is shown ------------------------------------------------------------------------------------------------

  /** @returns {unknown} */
  render() {
    if (!this.places || !this.hand?.isFree) return nothing;
    return this.places.rows.map((row) => this.#renderRow(row));
  }

  /** @param {Row} row */
  #renderRow(row) {
    const { name, x, ready, only, after, origin = 0, from } = row;
    const which = (/** @type {number} */ k) => (ready.length > 1 ? `, ${this.once} ${k + 1} of ${ready.length}` : '');
    return html`
      ${ready
        .slice(0, HANDLES)
        .map((us, k) =>
          only === undefined || only === k
            ? this.#renderHandle({ row, what: 'ready', k, us }, `${name} becomes ready${which(k)}`, x(us))
            : nothing,
        )}
      ${
        after === undefined
          ? nothing
          : this.#renderHandle({ row, what: 'after', k: 0, us: after }, `${name} comes after`, x(origin + after))
      }
      ${from === undefined ? nothing : this.#renderTakes(row, x(from), x(from + row.takes))}
    `;
  }

  /** @param {Row} row @param {number} from @param {number} to */
  #renderTakes(row, from, to) {
    const { takes, name, y } = row;
    const place = `translate: ${from}px ${y}px; inline-size: ${to - from}px`;
    return html`
      ${takes ? html`<i class="span" .style=${place}></i>` : nothing}
      ${this.#renderHandle({ row, what: 'takes', k: 0, us: takes }, `${name} takes`, Math.max(from + BESIDE, to))}
    `;
  }

  /** @param {Grip} grip @param {string} label @param {number} x */
  #renderHandle(grip, label, x) {
    const { row, what, k, us } = grip;
    const { max } = /** @type {Places} */ (this.places);
    return html`<div
      role="slider"
      tabindex="0"
      class="${what} ${x > this.offsetWidth - LABEL ? 'last' : ''}"
      .grip=${grip}
      data-grip="${row.statement} ${what === 'takes' ? what : k}"
      aria-label=${label}
      aria-valuemin="0"
      aria-valuemax=${Math.max(us, max) / 1000}
      aria-valuenow=${us / 1000}
      aria-valuetext=${inMs(us)}
      .style=${`translate: ${x}px ${row.y}px`}
      @pointerdown=${(/** @type {PointerEvent} */ event) => this.#grab(event, grip)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.#press(event, grip)}
      @focus=${() => this.select(row.statement)}
    >
      <span>${inMs(us)}</span>
    </div>`;
  }
}

customElements.get('time-handles') ?? customElements.define('time-handles', TimeHandles);
