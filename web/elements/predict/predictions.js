// @ts-check
/**
 * Predict first: what could come next at a position of a trace, which of it is right, and how a guess turned out. All
 * of it is read from the trace, and from the orders that are allowed. Why it was so, the trace alone says.
 *
 * What may be guessed is a statement: in lesson 4 a socket with something still to come; in lesson 5 a callback that
 * waits, or a source that has yet to ring.
 *
 * @typedef {{ statement: number, name: string, event: number, ready: number }} Candidate  `event`: its next one
 *
 * @typedef {object} Question  what comes next?
 * @property {number} step  the step that answers it: so many are taken when it is asked
 * @property {Candidate[]} candidates in the order of the scenario
 * @property {number} own  the statement that comes next in the trace
 * @property {number[]} right  all statements that may come next, `own` first
 * @property {boolean} isOpen  there may be others, which nobody looked through
 *
 * @typedef {'right' | 'allowed' | 'wrong' | 'open'} Verdict  allowed: the trace goes another way, and this one would
 *   have been as good. open: it may be, and nobody knows, so it does not count.
 * @typedef {{ right: number, asked: number }} Score
 */

import { HALTS } from '../player/halts.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */
/** @typedef {import('../orders/swaps.js').Orders} Orders */

/** Among more nobody guesses. */
export const MOST = 12;

const KEYS = 9;

/** The first answer to a question, if it was passed without one. */
const SHOWN = -1;

/** How a guess turned out. @param {Question} question @param {number} statement @returns {Verdict} */
export function verdictOf({ own, right, isOpen }, statement) {
  if (statement === own) return 'right';
  if (right.includes(statement)) return 'allowed';
  return isOpen ? 'open' : 'wrong';
}

const list = new Intl.ListFormat('en');

/**
 * What is said of a guess, before what happened and why.
 *
 * @param {Question} question @param {number} statement
 * @param {(candidate: Candidate) => string} whyNot  why a wrong one did not come, as far as the reason does not say it
 */
export function verdictInWords(question, statement, whyNot) {
  const { candidates, right } = question;
  const candidateOf = (/** @type {number} */ which) => candidates.find((one) => one.statement === which);
  const nameOf = (/** @type {number} */ which) => candidateOf(which)?.name ?? '';
  const others = right.filter((one) => one !== question.own).map(nameOf);
  const name = nameOf(statement);
  const guessed = candidateOf(statement);
  const why = guessed && whyNot(guessed);
  const words = {
    right: others.length ? `Right. ${list.format(others)} ${others.length > 1 ? 'are' : 'is'} allowed, too.` : 'Right.',
    allowed: `Right, ${name} is allowed. This run takes another.`,
    wrong: why ? `Not ${name}: ${why}.` : `Not ${name}.`,
    open: `Perhaps ${name}, too: not all orders were looked through.`,
  };
  return words[verdictOf(question, statement)];
}

/**
 * The most that is said of any guess: so much room is kept.
 *
 * @param {Question} question @param {(candidate: Candidate) => string} whyNot
 */
export const longestVerdict = (question, whyNot) =>
  question.candidates
    .map(({ statement }) => verdictInWords(question, statement, whyNot))
    .reduce((longest, words) => (words.length > longest.length ? words : longest), '');

/** @param {Score} score */
export const scoreInWords = ({ right, asked }) => `${right} of ${asked} predicted`;

/**
 * A question as it is said aloud: with the keys, so that whoever hears it can answer at once.
 *
 * @param {{ name: string, where: string }[]} answers
 */
export const questionInWords = (answers) =>
  `What comes next? ${answers.map(({ name, where }, i) => `${keyOf(i) || 'Or'}: ${name}, ${where}`).join('; ')}.`;

/** The key that gives an answer; nothing for those that have none. @param {number} i */
export const keyOf = (i) => (i < KEYS ? String(i + 1) : '');

/** The questions of a trace, and what was answered. */
export class Predictions {
  // A run may have thousands of steps, and is asked about at each: what many questions need is read once.
  /** @type {Orders | undefined} */ #orders;
  /** Which step runs each event; one that never runs would come after all. @type {Uint32Array} */ #stepOf;
  /** From which step on each event is there to be guessed. @type {Uint32Array} */ #thereFrom;
  /** @type {Uint32Array} */ #statementOf;
  /** What ran, as orders tell it: hops of promises run no code. @type {number[]} */ #order = [];
  /** How many of these ran before each step. @type {Uint32Array} */ #taken;
  /** What was said first, by step, or SHOWN: the score is made of it. @type {Map<number, number>} */ #first =
    new Map();
  /** @type {Score} */ #score = { right: 0, asked: 0 };
  /** What was said last: it is confirmed or corrected. @type {Map<number, number>} */ #last = new Map();
  #ended = false;

  /** @param {Trace} trace @param {Orders} [orders] all that are allowed; without them it is the trace's own alone */
  constructor(trace, orders) {
    this.trace = trace;
    this.#orders = orders;
    const { eventCount, stepCount } = trace;
    this.#stepOf = new Uint32Array(eventCount).fill(stepCount);
    this.#thereFrom = new Uint32Array(eventCount);
    this.#statementOf = new Uint32Array(eventCount);
    for (let event = 0; event < eventCount; event++) {
      const { statement, parent } = trace.events(event);
      this.#statementOf[event] = statement;
      this.#thereFrom[event] = parent === null ? 0 : parent + 1;
    }
    this.#taken = new Uint32Array(stepCount);
    for (let k = 0; k < stepCount; k++) {
      const { event, statement, queue, isHop } = trace.step(k);
      this.#taken[k] = this.#order.length;
      if (HALTS.includes(queue)) break;
      this.#stepOf[event] = k;
      if (!isHop) this.#order.push(statement);
    }
  }

  /** What is asked before a step; nothing where there is no choice. @param {number} step @returns {Question | null} */
  questionAt(step) {
    const trace = this.trace;
    if (step < 0 || step >= trace.stepCount) return null;
    const { statement: own, isHop, queue, guaranteed } = trace.step(step);
    if (isHop || HALTS.includes(queue)) return null;
    const candidates = this.#candidatesAt(step);
    if (candidates.length < 2 || candidates.length > MOST) return null;
    const right = this.#rightAt(step, own, candidates);
    return { step, candidates, own, right, isOpen: !guaranteed && !this.#orders?.complete };
  }

  /** @param {number} step @returns {Candidate[]} */
  #candidatesAt(step) {
    const trace = this.trace;
    /** The next event of each. @type {Map<number, number>} */
    const found = new Map();
    for (let event = 0; event < trace.eventCount && found.size <= MOST; event++) {
      if (this.#stepOf[event] < step || this.#thereFrom[event] > step) continue;
      const statement = this.#statementOf[event];
      if (!found.has(statement)) found.set(statement, event);
    }
    return [...found]
      .sort(([a], [b]) => a - b)
      .map(([statement, event]) => {
        const { name } = trace.statements[statement];
        return { statement, name, event, ready: trace.events(event).ready };
      });
  }

  /**
   * All that an allowed order puts next, after what has run.
   *
   * @param {number} step @param {number} own @param {Candidate[]} candidates
   */
  #rightAt(step, own, candidates) {
    const taken = this.#taken[step];
    const beginsSo = (/** @type {number[]} */ order) => {
      let same = 0;
      while (same < taken && order[same] === this.#order[same]) same++;
      return same === taken;
    };
    const nexts = (this.#orders?.orders ?? []).filter(beginsSo).map((order) => order[taken]);
    const isAsked = (/** @type {number} */ next) => candidates.some(({ statement }) => statement === next);
    return [...new Set([own, ...nexts.filter(isAsked)])];
  }

  /** Says what comes next. @param {number} step @param {number} statement */
  guess(step, statement) {
    this.#count(step, statement);
    this.#last.set(step, statement);
  }

  /** What is said first of a step counts. @param {number} step @param {number} said */
  #count(step, said) {
    if (this.#first.has(step)) return;
    this.#first.set(step, said);
    const question = this.questionAt(step);
    const verdict = question && said !== SHOWN ? verdictOf(question, said) : 'wrong';
    if (!question || verdict === 'open') return;
    this.#score.asked++;
    if (verdict !== 'wrong') this.#score.right++;
  }

  /**
   * The run has gone from one position to another. What is passed without a guess was shown. Whoever begins again after
   * the end runs anew.
   *
   * @param {number} from @param {number} to
   */
  move(from, to) {
    for (let step = from; step < to; step++) this.#count(step, SHOWN);
    if (to === this.trace.stepCount) this.#ended = true;
    if (to > 0 || !this.#ended) return;
    this.#first.clear();
    this.#last.clear();
    this.#score = { right: 0, asked: 0 };
    this.#ended = false;
  }

  /** What was said last of a step. @param {number} step @returns {number | undefined} */
  guessAt(step) {
    return this.#last.get(step);
  }

  /** Of the questions that have been answered or passed: how many were answered right at first. @returns {Score} */
  get score() {
    return { ...this.#score };
  }
}
