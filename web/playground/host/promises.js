// @ts-check
/**
 * The promises of a run: what each is called, and why there is each of their jobs. A promise goes by the variable that
 * it went to, or by the call that gave it, and the line of that: "p (line 3)", "load(…) (line 8)".
 *
 * @typedef {import('./trace.js').Told} Told
 * @typedef {import('../lower/lower.js').Place} Place
 *
 * @typedef {object} Job  see core/model/loop/program_reason.h; without a kind, it is no promise's
 * @property {string} kind
 * @property {boolean} rejected
 * @property {boolean} wasSettled
 * @property {string} of
 * @property {string} own
 * @property {string} method
 * @property {number} line
 * @property {number} settledLine
 */
import { placeOf } from '../lower/word.js';
import { JOBS, MADE } from '../vm/told.js';

const kindOf = new Map(Object.entries(JOBS).map(([kind, what]) => [what, kind]));

/** What is called, without what it is called on where that is a call too. @param {string} called */
const shortCall = (called) => `${called.replace(/^.*\(\.\.\.\)(?=\.)/s, '…')}(…)`;

/** The method that a reaction came by. @param {Place} place */
export const methodAt = ({ called = '' }) => /\b(?:then|catch|finally)$/.exec(called)?.[0] ?? 'then';

/** What a function is called. @param {{ name: string, kind: string }} f */
export const functionName = ({ name, kind }) => (kind === 'program' ? 'the program' : name || `an async ${kind}`);

/** What a run knows of a promise. */
class Known {
  /** @type {Told[]} */ reactions = []; // that have no job yet
  /** @type {Told | undefined} */ settled;
  /** @type {Told | undefined} */ locked;
  /** @param {Told} made */
  constructor(made) {
    this.made = made;
  }
}

export class Promises {
  /** By number. @type {Map<number, Known>} */ #known = new Map();
  /** By event. @type {Map<number, Job>} */ jobs = new Map();
  #run;

  /**
   * @param {{ told: Told[], jobs: { own: number, of: number, told: number }[], whats: string[], places: Place[],
   *   functions: { name: string, kind: string }[], words: Int32Array, eventOf: (step: number) => number }} run
   */
  constructor(run) {
    this.#run = run;
    const { told, jobs, whats } = run;
    let read = 0;
    /** @type {Set<Told>} */ const late = new Set(); // reactions to what had settled
    const readTo = (/** @type {number} */ end) => {
      for (; read < end; read++) this.#read(told[read], late);
    };
    jobs.forEach((job, event) => {
      readTo(job.told);
      const kind = kindOf.get(whats[event]);
      if (kind) this.jobs.set(event, this.#job(kind, job, late));
    });
    readTo(told.length);
  }

  /** @param {Told} one @param {Set<Told>} late */
  #read(one, late) {
    const known = this.#known.get(one.promise);
    if (one.what === 'made') this.#known.set(one.promise, new Known(one));
    else if (!known) return;
    else if (one.what === 'locked') known.locked = one;
    else if (one.what !== 'reacted') known.settled = one;
    else {
      known.reactions.push(one);
      if (known.settled) late.add(one);
    }
  }

  /** @param {string} kind @param {{ own: number, of: number }} job @param {Set<Told>} late @returns {Job} */
  #job(kind, { own, of }, late) {
    const { places, functions, eventOf, jobs } = this.#run;
    const known = this.#known.get(of);
    /** @type {Job} */
    const job = {
      kind,
      rejected: false,
      wasSettled: false,
      of: this.nameOf(of),
      own: this.nameOf(own),
      method: '',
      line: 0,
      settledLine: 0,
    };
    if (kind === 'then' || !known) return job;
    const { settled, locked, made } = known;
    const reaction = known.reactions.shift();
    job.rejected = settled?.what === 'rejected';
    job.wasSettled = reaction !== undefined && late.has(reaction);
    if (settled?.isByCode) job.settledLine = places[settled.place].line;
    if (!reaction) return job;
    const place = places[reaction.place];
    job.line = place.line;
    job.method = methodAt(place);
    if (kind === 'await') {
      job.own = functionName(functions[place.function]);
      if (made.other === MADE.INSIDE && locked && locked.other > 0)
        job.of = this.nameOf(locked.other); // of another class
      else if (made.other === MADE.INSIDE) job.kind = locked ? 'await-thenable' : 'await-plain';
    }
    // The reaction is of a job that called somebody's `then`: for whom it did.
    if (kind === 'follow') job.own = this.nameOf(jobs[eventOf(reaction.step) + 1]?.own ?? 0);
    if (kind === 'unwrap' && made.other === MADE.INSIDE) job.of = `an inner promise (line ${place.line})`;
    if (kind === 'combine') job.own = this.#callAt(reaction.place);
    return job;
  }

  /** @param {number} place */
  #callAt(place) {
    const { kind, variable, called, line } = this.#run.places[place];
    if (variable) return `${variable} (line ${line})`;
    if (kind === 'await') return `the next value (line ${line})`; // of a for await
    return called ? `${shortCall(called)} (line ${line})` : `a promise (line ${line})`;
  }

  /** What a promise is called; '' for none. @param {number} promise */
  nameOf(promise) {
    const { places, functions, words } = this.#run;
    const made = this.#known.get(promise)?.made;
    if (!made) return '';
    const { kind, line, called = '' } = places[made.place];
    if (made.other === MADE.BY_ASYNC) {
      const f = functions[places[placeOf(words[made.at] ?? 0)].function]; // the next word is its first
      const isCalledSo = f.name !== '' && called.endsWith(f.name);
      return made.isByCode && isCalledSo ? this.#callAt(made.place) : `${functionName(f)}'s promise (line ${line})`;
    }
    if (made.isByCode && made.other !== MADE.INSIDE) return this.#callAt(made.place);
    return kind === 'await' ? `the await (line ${line})` : `an inner promise (line ${line})`;
  }
}
