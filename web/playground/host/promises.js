// @ts-check
/**
 * The promises of a run: what each is called, what became of it, and why there is each of their jobs. A promise goes by
 * the variable that it went to, or by the call that gave it, and the line of that: "p (line 3)", "load(…) (line 8)".
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
 *
 * @typedef {{ step: number, at: number }} When  in a step, after so many words
 *
 * @typedef {object} PromiseStory  of a promise that the program has
 * @property {string} name
 * @property {boolean} hasVariable
 * @property {When} made
 * @property {When | null} settled
 * @property {'pending' | 'fulfilled' | 'rejected'} status that it comes to
 * @property {string} value
 * @property {(When & { name: string }) | null} follows a promise or thenable
 * @property {(When & { what: string, event: number | null })[]} reactions with the event of their job, if it came to it
 */
import { placeOf } from '../lower/word.js';
import { JOBS, MADE } from '../vm/told.js';

const kindOf = new Map(Object.entries(JOBS).map(([kind, what]) => [what, kind]));

const LONG = 32; // of a call that is a name

/** A call, in short; of a long chain its end. @param {string} called */
function shortCall(called) {
  const whole = `${called.replace('(intermediate value)', '…').replaceAll('(...)', '(…)')}(…)`;
  return whole.length > LONG ? whole.replace(/^.*\)\./s, '…') : whole;
}

/** The method that a reaction came by. @param {Place} place */
export const methodAt = ({ called = '' }) => /\b(?:then|catch|finally)$/.exec(called)?.[0] ?? 'then';

/** What a function is called. @param {{ name: string, kind: string }} f */
export const functionName = ({ name, kind }) => (kind === 'program' ? 'the program' : name || `an async ${kind}`);

/** What an await of a function is called. @param {{ name: string }} f */
export const awaitOf = ({ name }) => (name ? `${name}'s await` : 'await');

/** @param {Told} told @returns {When} */
const when = ({ step, at }) => ({ step, at });

/** Calls at one place make promises of one name. @param {Job} job */
const toldApart = (job) => (job.of !== '' && job.of === job.own ? { ...job, of: `another ${job.of}` } : job);

/** What a run knows of a promise. */
class Known {
  /** Each with what the program had made last at its place.
   * @type {{ told: Told, isLate: boolean, event: number | null, whole: Known | undefined }[]} */ reactions = [];
  queued = 0; // so many of them have a job
  /** @type {Told | undefined} */ settled;
  /** @type {Told | undefined} */ locked;
  /** A call of the program's made it on its way to another, which it gave: once() of an async function, wait() of
   * timers/promises. */ isOnTheWay = false;
  /** @param {Told} made */
  constructor(made) {
    this.made = made;
  }
}

export class Promises {
  /** By number. @type {Map<number, Known>} */ #known = new Map();
  /** By event. @type {Map<number, Job>} */ jobs = new Map();
  /** By place: what the program made there last. @type {Map<number, Known>} */ #madeAt = new Map();
  /** The jobs that tell a Promise.all or its kin. @type {{ event: number, whole: Known }[]} */ #combined = [];
  #run;

  /**
   * @param {{ told: Told[], jobs: { own: number, of: number, told: number }[], whats: string[], places: Place[],
   *   functions: { name: string, kind: string }[], words: Int32Array, eventOf: (step: number) => number,
   *   stepOf: (event: number) => number }} run
   */
  constructor(run) {
    this.#run = run;
    const { told, jobs, whats, stepOf } = run;
    let read = 0;
    const readTo = (/** @type {number} */ end) => {
      for (; read < end; read++) this.#read(told[read]);
    };
    jobs.forEach((job, event) => {
      readTo(job.told);
      const kind = kindOf.get(whats[event]);
      if (kind) this.jobs.set(event, toldApart(this.#job(kind, job, event)));
    });
    readTo(told.length);
    for (const { event, whole } of this.#combined) {
      const job = /** @type {Job} */ (this.jobs.get(event));
      if (whole.settled && whole.settled.step < stepOf(event - 1)) job.kind = 'combine-late';
    }
  }

  /** @param {Told} one */
  #read(one) {
    const known = this.#known.get(one.promise);
    if (one.what === 'locked') this.#noteOnTheWay(one.other, one.promise);
    if (one.what === 'reacted') this.#noteOnTheWay(one.promise, one.other);
    if (one.what === 'made') this.#noteMade(one);
    else if (!known) return;
    else if (one.what === 'locked') known.locked = one;
    else if (one.what !== 'reacted') known.settled = one;
    else {
      const whole = this.#madeAt.get(one.place);
      known.reactions.push({ told: one, isLate: known.settled !== undefined, event: null, whole });
    }
  }

  /** @param {Told} one */
  #noteMade(one) {
    const known = new Known(one);
    this.#known.set(one.promise, known);
    if (one.isByCode && one.other !== MADE.INSIDE) this.#madeAt.set(one.place, known);
  }

  /** Of two promises that were made at once one goes on as the other.
   * @param {number} first @param {number} last */
  #noteOnTheWay(first, last) {
    const [one, other] = [this.#known.get(first), this.#known.get(last)];
    const isSame = (/** @type {'step' | 'at' | 'place'} */ what) => one?.made[what] === other?.made[what];
    if (one && other && isSame('step') && isSame('at') && isSame('place')) one.isOnTheWay = true;
  }

  /** @param {string} kind @param {{ own: number, of: number }} job @param {number} event from 1 on @returns {Job} */
  #job(kind, { own, of }, event) {
    const { places, functions } = this.#run;
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
    const reaction = known.reactions[known.queued++]; // their jobs come in their order
    job.rejected = settled?.what === 'rejected';
    if (settled?.isByCode) job.settledLine = places[settled.place].line;
    if (!reaction) return job;
    reaction.event = event - 1;
    job.wasSettled = reaction.isLate;
    const place = places[reaction.told.place];
    job.line = place.line;
    job.method = methodAt(place);
    if (kind === 'await') {
      job.own = functionName(functions[place.function]);
      if (made.other === MADE.INSIDE && locked && locked.other > 0)
        job.of = this.nameOf(locked.other); // of another class
      else if (made.other === MADE.INSIDE) job.kind = locked ? 'await-thenable' : 'await-plain';
    }
    if (kind === 'follow') job.own = this.nameOf(this.#followerBy(reaction.told));
    if (kind === 'unwrap' && made.other === MADE.INSIDE) job.of = `an inner promise (line ${place.line})`;
    if (kind === 'combine') {
      job.own = this.#callAt(reaction.told.place);
      if (reaction.whole) this.#combined.push({ event, whole: reaction.whole });
    }
    return job;
  }

  /** The promise for which a job called somebody's `then`, which left this reaction; 0: none did.
   * @param {Told} reaction */
  #followerBy({ step, isByCode }) {
    const { eventOf, jobs, whats } = this.#run;
    const event = eventOf(step) + 1;
    return !isByCode && whats[event] === JOBS.then ? jobs[event].own : 0;
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
    const known = this.#known.get(promise);
    if (!known) return '';
    const { made, locked } = known;
    const { kind, line, called = '' } = places[made.place];
    if (made.other === MADE.BY_ASYNC) {
      const f = functions[places[placeOf(words[made.at] ?? 0)].function]; // the next word is its first
      const isCalledSo = f.name !== '' && called.endsWith(f.name);
      return made.isByCode && isCalledSo ? this.#callAt(made.place) : `${functionName(f)}'s promise (line ${line})`;
    }
    if (made.isByCode && made.other !== MADE.INSIDE && !known.isOnTheWay) return this.#callAt(made.place);
    if (kind === 'await') return `the await (line ${line})`;
    // Promise.all and its kin make one of each value that is none.
    const isOfValue = made.isByCode && made.other === MADE.INSIDE && kind === 'call' && !locked;
    return `${isOfValue ? 'the promise of a plain value' : 'an inner promise'} (line ${line})`;
  }

  /** @param {Known} known */
  #isInner({ made, isOnTheWay }) {
    return isOnTheWay || made.other === MADE.INSIDE || (!made.isByCode && made.other !== MADE.BY_ASYNC);
  }

  /** What reacts, as it is called. @param {Told} reaction */
  #reactionName(reaction) {
    const { places, functions } = this.#run;
    const place = places[reaction.place];
    const follower = this.nameOf(this.#followerBy(reaction));
    if (follower) return `${follower} follows`;
    if (reaction.other === 0) return `${awaitOf(functions[place.function])} (line ${place.line})`;
    const method = /\.(then|catch|finally)$/.exec(place.called ?? '')?.[1];
    return method ? `${method} (line ${place.line})` : this.#callAt(reaction.place);
  }

  /** Those that the program has. @param {string[]} values @returns {PromiseStory[]} */
  stories(values) {
    return [...this.#known]
      .filter(([, known]) => !this.#isInner(known))
      .map(([promise, { made, settled, locked, reactions }]) => ({
        name: this.nameOf(promise),
        hasVariable: this.#run.places[made.place].variable !== undefined,
        made: when(made),
        settled: settled ? when(settled) : null,
        status: settled ? /** @type {'fulfilled' | 'rejected'} */ (settled.what) : 'pending',
        value: settled ? values[settled.other] : '',
        follows: locked ? { name: this.nameOf(locked.other) || 'a thenable', ...when(locked) } : null,
        reactions: reactions.map(({ told, event }) => ({ what: this.#reactionName(told), event, ...when(told) })),
      }));
  }
}
