// @ts-check
import { timeAt } from './messages.js';

const SPAN = { least: 450, most: 1400 }; // of a step, in real milliseconds: the longer it waits, the longer it is shown
const HURRY = 0.4; // a fast run leaves less time for each step
const STEPS = 1000; // a longer run jumps from step to step: to draw it takes too long for a film

/**
 * Virtual time on its way from one position to the next, linear: `now` is the moment to show, and undefined at rest.
 * The one thing that moves a picture: what it draws of a moment, it draws of every moment on the way. When the moment
 * has come, `now` stays there until the picture has followed.
 *
 * The clock is an animation of nothing, so that whoever finishes the animations of a demo ends this too.
 */
export class VirtualTime {
  /** @type {number | undefined} */
  now = undefined;
  /** @type {import('./demo.js').Demo<any>['trace']} */
  #trace = undefined;
  #position = 0;
  /** @type {Animation | undefined} */
  #clock = undefined;
  #frame = 0;
  #isDrawn = false; // the moment to which it went

  /**
   * @param {import('./demo.js').Demo<any>} host
   * @param {() => boolean} [isFollowing]  does the picture, which has the moment by now, still move by itself?
   */
  constructor(host, isFollowing) {
    this.host = host;
    this.isFollowing = isFollowing;
    host.addController(this);
  }

  hostUpdate() {
    const { trace, position, held } = this.host;
    if (trace !== this.#trace || position !== this.#position) {
      const isNext = trace === this.#trace && position === this.#position + 1;
      this.#clock = trace && isNext ? this.#start(trace, position) : undefined;
      this.#trace = trace;
      this.#position = position;
      this.#isDrawn = false;
    }
    cancelAnimationFrame(this.#frame);
    this.now = held?.time;
    if (held) return;
    const progress = this.#clock?.effect?.getComputedTiming().progress ?? null;
    if (progress === null && this.#isDrawn && !this.isFollowing?.()) this.#clock = undefined;
    if (!trace || !this.#clock) return;
    this.#isDrawn = progress === null;
    const from = timeAt(trace, position - 1);
    this.now = from + (progress ?? 1) * (timeAt(trace, position) - from);
    this.#frame = requestAnimationFrame(() => this.host.requestUpdate());
  }

  /** @param {any} trace @param {number} position */
  #start(trace, position) {
    const { host } = this;
    const passes = timeAt(trace, position) - timeAt(trace, position - 1);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches || host.hasAttribute('data-instant');
    const held = host.shadowRoot?.querySelector('.stage :active, .scrubber :active'); // the hand leads, not the clock
    if (still || held || host.held || trace.stepCount > STEPS) return;
    const span = passes && SPAN.least + (SPAN.most - SPAN.least) * (passes / trace.end);
    const hurry = host.playing && host.speed === 'fast' ? HURRY : 1;
    return host.shadowRoot?.querySelector('.stage')?.animate([], span * hurry);
  }
}
