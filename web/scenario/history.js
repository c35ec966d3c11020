// @ts-check
// What can be undone, and done again: the states that a demo was in, such as its scenario's text, its mode or host and
// the example that was taken, as plain data. Whoever makes a change records what it led to.

const PAUSE_MS = 1000; // whoever types, and rests for longer, begins something new
const MOST = 200; // states are kept

/** @param {unknown} a @param {unknown} b */
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** @template State */
export class History {
  /** @type {State[]} */ #states;
  #at = 0; // the state that is shown
  /** @type {unknown} */ #gesture = undefined; // that led to it, as long as it may go on
  #typedAt = 0; // in milliseconds

  /** @param {State} first */
  constructor(first) {
    this.#states = [first];
  }

  get state() {
    return this.#states[this.#at];
  }

  get canUndo() {
    return this.#at > 0;
  }

  get canRedo() {
    return this.#at < this.#states.length - 1;
  }

  /**
   * A change led to this state. What was undone before cannot be done again then.
   *
   * @param {State} state
   * @param {unknown} [gesture] changes of one gesture, such as a drag, are one entry: that which led to the last state
   */
  record(state, gesture) {
    if (isSame(state, this.state)) return;
    const goesOn = gesture !== undefined && gesture === this.#gesture;
    this.#gesture = gesture;
    this.#states.length = this.#at + (goesOn ? 0 : 1);
    if (goesOn && isSame(state, this.#states[this.#at - 1])) {
      this.#at--; // back where the gesture began: nothing has changed
      this.#gesture = undefined;
      return;
    }
    this.#states.push(state);
    if (this.#states.length > MOST) this.#states.shift();
    this.#at = this.#states.length - 1;
  }

  /** Letters that are typed without a rest are one entry. @param {State} state @param {number} now in milliseconds */
  type(state, now) {
    if (now - this.#typedAt > PAUSE_MS && this.#gesture === 'typing') this.#gesture = undefined;
    this.#typedAt = now;
    this.record(state, 'typing');
  }

  /** @returns {State | undefined} the state to go back to */
  undo() {
    return this.canUndo ? this.#go(-1) : undefined;
  }

  /** @returns {State | undefined} */
  redo() {
    return this.canRedo ? this.#go(1) : undefined;
  }

  /** @param {number} by */
  #go(by) {
    this.#at += by;
    this.#gesture = undefined;
    return this.state;
  }
}
