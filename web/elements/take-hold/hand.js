// @ts-check
import { timeAt } from '../player/messages.js';

/** @typedef {import('../player/demo.js').Demo<any>} Demo */

/** Changes a demo's scenario by hand: each gesture is one entry to undo, and the moment on show stays. */
export class Hand {
  /** @type {unknown} */ #gesture = undefined;
  #text = ''; // when the gesture began

  #seek;

  /** @param {Demo} demo @param {(time: number) => void} seek shows a moment of the demo */
  constructor(demo, seek) {
    this.demo = demo;
    this.#seek = seek;
    demo.remember(); // soon enough for the first change
  }

  /** Until the text is mended, what is on show is not what would be changed. */
  get isFree() {
    return !this.demo.error && this.demo.trace !== undefined;
  }

  /** A gesture begins, such as a drag; or one goes on that is known by this. @param {unknown} [gesture] */
  begin(gesture = {}) {
    this.#gesture = gesture;
    this.#text = this.demo.shown;
  }

  /** The gesture has led to this. @param {(text: string) => string} edit of the text with which it began */
  change(edit) {
    this.put(edit(this.#text), this.#gesture);
  }

  /**
   * A change, unless the core cannot read what comes of it.
   *
   * @param {string} text @param {unknown} [gesture]
   * @returns {boolean} was it made?
   */
  put(text, gesture) {
    const { demo } = this;
    if (text === demo.text || !this.isGood(text)) return false;
    this.#keepMoment(() => demo.edit(text));
    demo.gesture = gesture;
    demo.undo?.record(gesture);
    return true;
  }

  /** Can the core read it? @param {string} text */
  isGood(text) {
    try {
      this.demo.doorbell?.recycle(this.demo.run(text));
      return true;
    } catch {
      return false;
    }
  }

  /** @param {() => void} change */
  #keepMoment(change) {
    const { demo } = this;
    const { position, atEnd, held } = demo;
    const now = held?.time ?? timeAt(demo.trace, position);
    change();
    if (atEnd && !held) demo.go(demo.trace.stepCount);
    else if (position > 0 || held) this.#seek(now);
  }
}
