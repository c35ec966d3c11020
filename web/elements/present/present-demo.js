// @ts-check
import { css, html, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { Tool } from '../player/tool.js';
import presented from './presented.css';

const BASE = { width: 1024, height: 640, px: 16 }; // in a window of this size letters are of so many pixels
const MOST_PX = 40;

/** The stage has the demo's keys. @param {ShadowRoot} root */
const focusStage = (root) =>
  /** @type {HTMLElement | null} */ (root.querySelector('.stage'))?.focus({ preventScroll: true });

/**
 * How large the letters are in a window, for who sits in the last row.
 *
 * @param {{ width: number, height: number }} size
 */
const typeFor = ({ width, height }) =>
  Math.round(Math.min(MOST_PX, Math.max(BASE.px, BASE.px * Math.min(width / BASE.width, height / BASE.height))));

/** All that stands on the page around an element. @param {HTMLElement} element @returns {HTMLElement[]} */
function besides(element) {
  const parent = element.parentElement;
  if (!parent) return [];
  const others = /** @type {HTMLElement[]} */ ([...parent.children]);
  return [...others.filter((other) => other !== element && !other.inert), ...besides(parent)];
}

/**
 * The demo for a projector: it fills the screen, in large type, and a clicker steps it (Page Up, Page Down). It is so
 * while this element is there; Escape ends it. Where a page may not have the whole screen, the demo fills the window.
 *
 *     <present-demo .demo=${demo}></present-demo>
 */
export class PresentDemo extends Tool {
  static styles = [
    demoStyles,
    css`
      :host {
        position: fixed;
        inset: 0.5rem 0.5rem auto auto;
        display: flex;
        align-items: center;
        gap: 1rem;
      }
      a {
        color: var(--accent);
      }
    `,
  ];

  /** How large the letters of the page were. */
  #before = '';
  /** What the demo covers: it is out of the reach of keys, too. @type {HTMLElement[]} */
  #covered = [];

  connectedCallback() {
    super.connectedCallback();
    const { demo } = this;
    const root = /** @type {ShadowRoot} */ (demo.shadowRoot);
    this.#before = document.documentElement.style.fontSize;
    demo.setAttribute('presented', '');
    this.#covered = besides(demo);
    for (const element of this.#covered) element.inert = true;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    addEventListener('keydown', this.#press, { capture: true });
    addEventListener('resize', this.#fit);
    document.addEventListener('fullscreenchange', this.#follow);
    demo.requestFullscreen?.().catch(() => {}); // refused: then the window is filled
    this.#fit();
    focusStage(root);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    const { demo } = this;
    const root = /** @type {ShadowRoot} */ (demo.shadowRoot);
    removeEventListener('keydown', this.#press, { capture: true });
    removeEventListener('resize', this.#fit);
    document.removeEventListener('fullscreenchange', this.#follow);
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
    demo.removeAttribute('presented');
    for (const element of this.#covered) element.inert = false;
    document.documentElement.style.fontSize = this.#before;
    if (document.fullscreenElement) document.exitFullscreen();
    demo.room.show();
    focusStage(root);
  }

  #fit = () => {
    document.documentElement.style.fontSize = `${typeFor({ width: innerWidth, height: innerHeight })}px`;
  };

  #follow = () => {
    if (!document.fullscreenElement) this.#leave();
  };

  #leave = () => {
    const { tools } = this.demo.constructor;
    if (this.isConnected) this.demo.toggle(tools.find((/** @type {any} */ { tag }) => tag === this.localName));
  };

  /** A clicker sends Page Up and Page Down, whatever has the focus. */
  #press = (/** @type {KeyboardEvent} */ event) => {
    const { demo } = this;
    const keys = {
      PageDown: () => demo.go(demo.position + 1),
      PageUp: () => demo.go(demo.position - 1),
      Escape: this.#leave,
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  };

  /** The notes lie beside the lessons, and not beside everybody's page. */
  render() {
    const notes = html`<a href="speaker-notes.html" target="_blank">Notes</a>`;
    return html`
      ${document.querySelector('main.lesson') ? notes : nothing}
      <button type="button" aria-keyshortcuts="Escape" @click=${this.#leave}>Leave</button>
    `;
  }
}

const sheet = /** @type {CSSStyleSheet} */ (presented.styleSheet);

customElements.get('present-demo') ?? customElements.define('present-demo', PresentDemo);
