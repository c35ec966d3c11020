// @ts-check
const EDGE = 8; // CSS pixels between the window's edges and what is seen together

/**
 * The room that a demo's scene has, in CSS pixels: as wide as its place, and as high as the window leaves beside the
 * buttons and the reason, so that all three are seen together. It is the same at every step of a run.
 */
export class Room {
  width = 0;
  height = 0;
  /** @type {unknown} */
  #trace = undefined;
  #margins = [0, 0]; // above the scene and below it
  #observer = new ResizeObserver(() => this.#measure());

  /** @param {import('./demo.js').Demo<any>} host */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected() {
    this.#observer.disconnect();
    this.#trace = undefined;
  }

  hostUpdated() {
    if (this.host.trace === this.#trace) return;
    this.#trace = this.host.trace;
    for (const part of this.#parts) this.#observer.observe(part);
    this.#measure();
  }

  /** The scene, the reason, and what is as high as the window, without the bars that a telephone shows now and then. */
  get #parts() {
    const root = /** @type {ShadowRoot} */ (this.host.shadowRoot);
    return /** @type {HTMLElement[]} */ (['.stage', '.reason', '.ruler'].map((part) => root.querySelector(part)));
  }

  #measure() {
    const [stage, reason, view] = this.#parts;
    const width = stage.clientWidth;
    if (!width) return; // it is folded away
    const beneath = Math.max(0, reason.getBoundingClientRect().bottom - stage.getBoundingClientRect().bottom);
    const isBeside = reason.offsetLeft >= stage.offsetLeft + width;
    const height = Math.floor(view.offsetHeight - 2 * EDGE - (isBeside ? 0 : beneath));
    // Whoever scrolls to the scene scrolls to what belongs to it, and needs no more room above than this.
    const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    const covered = parseFloat(getComputedStyle(view).marginBlockEnd) || 0; // by a sheet: see editor/beside.css
    this.#margins = [EDGE - padding, EDGE + beneath + covered];
    this.#reserve();
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.host.requestUpdate();
  }

  /** By whole pixels from here: of a part of one Firefox makes none at first, and one in the next frame. */
  #reserve() {
    const [stage] = this.#parts;
    const { top, bottom } = stage.getBoundingClientRect();
    const [above, below] = this.#margins;
    stage.style.scrollMarginBlock = `${above + top - Math.ceil(top)}px ${Math.floor(bottom + below) - bottom}px`;
  }

  /** Scrolls the scene, the buttons and the reason into the window, if a part of them is out of it. */
  show() {
    const [stage, , view] = this.#parts;
    if (stage.offsetHeight > this.height || !view.offsetHeight) return;
    this.#reserve();
    stage.scrollIntoView({ block: 'nearest' });
  }
}
