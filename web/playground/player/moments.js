// @ts-check
/**
 * The moments of a run, one after the other: where one can stop and look.
 *
 * A moment is a word of the trace where control is in the program: a statement runs, a function is entered, goes on
 * after an await, or was returned to. A callback without a word of its own (a promise passes a value on, or
 * `setTimeout(console.log)`) is a moment too. The first moment of all comes before the first step. What the statement
 * does until the next word belongs to its moment.
 */
import { depthOf, placeOf } from '../lower/word.js';

/** @typedef {import('./record.js').Recording} Recording */
/** @typedef {{ name: string, line: number, place: number }} Frame  of the call stack */

const NO_WORD = -1;

export class Moments {
  #recording;
  #steps;
  #words;

  /** @param {Recording} recording */
  constructor(recording) {
    this.#recording = recording;
    const { steps, words } = recording;
    const most = words.length + steps.length + 1;
    this.#steps = new Int32Array(most);
    this.#words = new Int32Array(most);
    let count = 0;
    const add = (/** @type {number} */ step, /** @type {number} */ word) => {
      this.#steps[count] = step;
      this.#words[count++] = word;
    };
    add(-1, NO_WORD);
    steps.forEach(({ begin, end }, step) => {
      const before = count;
      for (let i = begin; i < end; i++) if (depthOf(words[i]) > 0) add(step, i);
      if (count === before) add(step, NO_WORD);
    });
    this.count = count;
  }

  /** The step that a moment is in; -1 before the first. @param {number} moment */
  step(moment) {
    return this.#steps[moment];
  }

  /** The place that runs: an index into the recording's; null for a callback of no place. @param {number} moment */
  place(moment) {
    const word = this.#words[moment];
    return word === NO_WORD ? null : placeOf(this.#recording.words[word]);
  }

  /** How deep the call stack is. @param {number} moment */
  depth(moment) {
    const word = this.#words[moment];
    return word === NO_WORD ? 0 : depthOf(this.#recording.words[word]);
  }

  /** Has what happened in a step, after so many words, happened at a moment? @param {number} moment
   * @param {number | null} step null: before the run @param {number} at */
  hasHappened(moment, step, at) {
    const now = this.step(moment);
    if (step === null || step !== now) return step === null || step < now;
    return moment + 1 === this.count || this.#steps[moment + 1] !== now || at <= this.#words[moment + 1];
  }

  /** The first moment of a step. @param {number} step */
  firstOf(step) {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#steps[middle] < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The moment at which something happened. @param {number} step @param {number} at see hasHappened */
  momentOf(step, at) {
    let moment = this.firstOf(step);
    while (!this.hasHappened(moment, step, at)) moment++;
    return moment;
  }

  // ---- ways on: each gives the last moment when there is no other ---------------------------------------------------

  /** @param {number} moment */
  into(moment) {
    return Math.min(moment + 1, this.count - 1);
  }

  /** What a statement calls is run through; at the end of a function back to who called it. @param {number} moment */
  over(moment) {
    const depth = this.depth(moment);
    let next = this.into(moment);
    while (next < this.count - 1 && this.#steps[next] === this.#steps[moment] && this.depth(next) > depth) next++;
    return next;
  }

  /** @param {number} moment */
  nextCallback(moment) {
    const now = this.step(moment);
    return now + 1 < this.#recording.steps.length ? this.firstOf(now + 1) : this.count - 1;
  }

  /** The call stack, outermost first. @param {number} moment @returns {Frame[]} */
  stack(moment) {
    const { words, steps, places, functions } = this.#recording;
    /** @type {Frame[]} */ const stack = [];
    let depth = Infinity;
    const begin = steps[this.step(moment)]?.begin ?? 0;
    for (let i = this.#words[moment]; i >= begin && depth > 1; i--) {
      const here = depthOf(words[i]);
      if (here === 0 && stack.length) break;
      if (here === 0 || here >= depth) continue;
      depth = here;
      const place = placeOf(words[i]);
      const { name, kind } = functions[places[place].function];
      stack.unshift({
        name: kind === 'program' ? 'the program' : name || `(${kind})`,
        line: places[place].line,
        place,
      });
    }
    return stack;
  }
}
