// @ts-check
/**
 * The moments of a run, one after the other: where one can stop and look.
 *
 * A moment is a word of the trace where control is in the program: a statement runs, a function is entered, goes on
 * after an await, or was returned to. A callback without a word of its own (a promise passes a value on, or
 * `setTimeout(console.log)`) is a moment too. The first moment of all comes before the first step. What the statement
 * does until the next word belongs to its moment.
 *
 * A run may have a million of them, and a learner drags through it: whatever is asked takes a few microseconds.
 */
import { depthOf, placeOf } from '../lower/word.js';

/** @typedef {import('./record.js').Recording} Recording */
/** @typedef {{ name: string, line: number, place: number }} Frame  of the call stack */

const NO_WORD = -1;
/** The open frames are kept for every so-many-th word: from there on the words say what happened to them. */
const KEPT = 2048;

/** The first number from `low` to `high` for which it is true; `high` when there is none before.
 * @param {number} low @param {number} high @param {(n: number) => boolean} isSo once true, true from there on */
export function firstWhere(low, high, isSo) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What a word says of the open frames. @param {number[]} frames @param {Int32Array} words @param {number} i */
function note(frames, words, i) {
  const depth = depthOf(words[i]);
  while (frames.length > depth) frames.pop();
  if (depth > 0) frames[depth - 1] = i;
}

export class Moments {
  #recording;
  #steps;
  #words;
  /** The newest word of each open frame, by depth. @type {Int32Array[]} */ #kept = [];

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
    /** @type {number[]} */ const frames = [];
    for (let i = 0; i < words.length; i++) {
      if (i % KEPT === 0) this.#kept.push(Int32Array.from(frames));
      note(frames, words, i);
    }
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

  /** The first moment of a step; the last of all when there is none. @param {number} step */
  firstOf(step) {
    return firstWhere(0, this.count - 1, (moment) => this.#steps[moment] >= step);
  }

  /** The moment at which something happened. @param {number | null} step @param {number} at see hasHappened */
  momentOf(step, at) {
    return firstWhere(0, this.count - 1, (moment) => this.hasHappened(moment, step, at));
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
    const last = this.#words[moment];
    if (last === NO_WORD) return [];
    const kept = Math.floor(last / KEPT);
    const frames = [...this.#kept[kept]];
    for (let i = kept * KEPT; i <= last; i++) note(frames, words, i);
    const { begin } = steps[this.step(moment)];
    return frames
      .filter((word) => word >= begin) // a callback has a stack of its own
      .map((word) => {
        const place = placeOf(words[word]);
        const { name, kind } = functions[places[place].function];
        return {
          name: kind === 'program' ? 'the program' : name || `(${kind})`,
          line: places[place].line,
          place,
        };
      });
  }
}
