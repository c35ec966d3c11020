// @ts-check
/**
 * What happened in a run, for views: steps as the core has them, each with its reason; and the words of the lowered
 * program (../lower/lower.js), which say at each moment where control was. A moment is a number of words. Who waits
 * then, and the call stack, are the player's to find (../player/moments.js, ../player/state.js).
 */
import { placeOf } from '../lower/word.js';
import { Promises } from './promises.js';

/**
 * @typedef {object} Step  a callback
 * @property {number} event what ran
 * @property {number} time when it began, in microseconds
 * @property {string} queue from which it was taken
 * @property {number | null} other the event that had to wait
 * @property {boolean} guaranteed
 * @property {number} begin the moment
 * @property {number} end the moment when it was over
 * @property {string} reason
 *
 * @typedef {object} Event  what was asked for
 * @property {string} name
 * @property {string} kind the core's word: 'timer', 'microtask', ...
 * @property {number} ready when its time had come, in microseconds
 * @property {number | null} parent the step that asked for it
 * @property {number} place where in the program, an index into `places`
 * @property {number} at the moment when it was asked for
 * @property {number | null} step that it became
 * @property {{ step: number, at: number } | null} cancelled when it was
 * @property {string} what it is: 'setTimeout callback', 'await', ...; 'called' if it waited nowhere
 * @property {number} promise that it settles, from 1 on; 0 for none
 * @property {number} after the delay that was asked for, in microseconds
 * @property {number} held how long, when it was asked for, the asking callback had held the thread
 * @property {number} takes how long it held the thread itself
 *
 * @typedef {object} Told  what happened to a promise
 * @property {string} what 'made', 'fulfilled', 'rejected', 'locked' (it follows `other`; 0: no promise), 'reacted' (a
 *   reaction waits with it, and settles `other`; 0: an await)
 * @property {number} promise from 1 on
 * @property {number} other  'made': one of MADE in ../vm/told.js; 'fulfilled', 'rejected': of its value, in `values`
 * @property {number} place
 * @property {number} at the moment
 * @property {number} step
 * @property {boolean} isByCode the program's own code ran; else a job
 *
 * @typedef {object} Line  what was written to the console at once
 * @property {1 | 2} stream standard output, standard error
 * @property {string} text
 * @property {number} step the trace's step that wrote it
 * @property {number} at how many words the trace had then
 *
 * @typedef {object} Run
 * @property {Line[]} console
 * @property {number} status the process's: 1 for an uncaught error, 3 for a limit; a browser's is always 0
 * @property {import('./limits.js').Limit | null} limit
 * @property {boolean} hasLeft  it printed something else than was to be looked for, and was left there
 * @property {Trace} trace
 */

export class Trace {
  #core;
  #begins;
  #asked;
  #whats;
  #facts;
  /** @type {Promises | undefined} */ #promises;
  /** @type {Map<number, number>} */ #stepOf = new Map();

  /** @param {any} core @param {import('../lower/lower.js').Lowered} lowered @param {Int32Array[]} pieces
   * @param {number[]} begins @param {import('./core.js').Core} facts */
  constructor(core, { places, functions }, pieces, begins, facts) {
    const { asked, whats, told, values } = facts;
    this.#core = core;
    this.#begins = begins;
    this.#asked = asked;
    this.#whats = whats;
    this.#facts = facts;
    this.told = told;
    this.values = values;
    this.places = places;
    this.functions = functions;
    this.words = new Int32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      this.words.set(piece, at);
      at += piece.length;
    }
    for (let k = 0; k < begins.length; k++) this.#stepOf.set(core.steps.event.at(k), k);
  }

  /** The core's memory, for another run; the trace must not be read any more. */
  release() {
    return this.#core.instance;
  }

  /** How many steps there are; the last may be no callback's, but say why the run ended ('stopped', 'ended', ...). */
  get stepCount() {
    return this.#core.steps.count;
  }

  get eventCount() {
    return this.#core.events.count;
  }

  /** @param {number} index */
  #orNull(index) {
    return index === this.#core.none ? null : index;
  }

  /** @param {number} k @returns {Step} */
  step(k) {
    const { steps, queues, instance } = this.#core;
    return {
      event: steps.event.at(k),
      time: steps.time_us.at(k),
      queue: queues[steps.queue.at(k)],
      other: this.#orNull(steps.other.at(k)),
      guaranteed: steps.no_guarantee.at(k) === 0,
      begin: this.#begins[k] ?? this.words.length,
      end: this.#begins[k + 1] ?? this.words.length,
      reason: this.#reason(k),
    };
  }

  /** @param {number} k */
  #reason(k) {
    const { instance, steps } = this.#core;
    this.#facts.about(this.promises, steps.event.at(k) + 1);
    return instance.string(instance.call('reason', k));
  }

  /** The promises of the whole run. */
  get promises() {
    const { words, places, functions, told } = this;
    const { jobs } = this.#facts;
    const eventOf = (/** @type {number} */ step) => this.#core.steps.event.at(step);
    const stepOf = (/** @type {number} */ event) => this.#stepOf.get(event) ?? -1;
    this.#promises ??= new Promises({ told, jobs, whats: this.#whats, places, functions, words, eventOf, stepOf });
    return this.#promises;
  }

  /** @param {number} i @returns {Event} */
  event(i) {
    const { events, statements, strings, kinds, instance } = this.#core;
    const statement = events.statement.at(i);
    const [word, at] = this.#asked.slice(2 * (i + 1), 2 * (i + 2));
    return {
      name: instance.string(strings + statements.name.at(statement)),
      kind: kinds[statements.kind.at(statement)],
      ready: events.ready_us.at(i),
      parent: this.#orNull(events.parent.at(i)),
      place: placeOf(word),
      at,
      step: this.#stepOf.get(i) ?? null,
      cancelled: this.#facts.cancelled[i + 1] ?? null,
      what: this.#whats[i + 1] ?? '',
      promise: this.#facts.jobs[i + 1]?.own ?? 0,
      after: statements.after_us.at(statement),
      held: this.#facts.held[i + 1] ?? 0,
      takes: statements.takes_us.at(statement),
    };
  }
}
