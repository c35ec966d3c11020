// @ts-check
/** Ten challenges of growing difficulty: which one stands in a demo, how it went, and which one comes next. */
import { challengeInLink, challengeOf, freshChallenge, LEVELS, nextLevel, SEEDS } from '../../scenario/random.js';
import { recall, remember } from '../player/memory.js';
import { takeInto, wayOf } from '../player/take-into.js';

/** @typedef {import('../../scenario/random.js').Result} Result */

const KEPT = 100; // results

/** @param {any} value @returns {value is Result[]} */
const areResults = (value) =>
  Array.isArray(value) &&
  value.every(
    (result) =>
      result && ['level', 'right', 'asked'].every((part) => Number.isInteger(result[part])) && result.level > 0,
  );

const drawSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS;

export class Challenges {
  /** @type {import('../../scenario/random.js').Challenge | undefined} */ #taken = undefined;
  #isCounted = false;

  /** @param {any} demo */
  constructor(demo) {
    this.demo = demo;
    this.lesson = /** @type {keyof typeof LEVELS} */ (wayOf(demo) === 'mode' ? 'multiplexer' : 'loop');
    /** @type {Result[]} */
    this.results = recall('challenges', areResults) ?? [];
  }

  get count() {
    return LEVELS[this.lesson].length;
  }

  /** The challenge that is on show: nothing is said of one beside another scenario. */
  get current() {
    const { demo } = this;
    const taken = this.#taken;
    return taken && demo.shown === taken.text && demo[wayOf(demo)] === taken.way ? taken : undefined;
  }

  /** How the current one went, if it was run to its end. @type {Result | undefined} */
  get result() {
    return this.current && this.#isCounted ? this.results[this.results.length - 1] : undefined;
  }

  /** The level that comes next, by how the last one went. */
  get next() {
    return Math.min(this.count, nextLevel(this.results[this.results.length - 1], this.count));
  }

  /** @param {number} level */
  nameOf(level) {
    return LEVELS[this.lesson][level - 1].name;
  }

  /** The levels that were run without a mistake. */
  get passed() {
    return new Set(this.results.filter(({ right, asked }) => right === asked).map(({ level }) => level));
  }

  /** The one of a link, by its seed; or a fresh one. @param {number} level @param {number} [seed] */
  take(level, seed) {
    const { lesson } = this;
    this.#taken =
      seed === undefined
        ? freshChallenge(lesson, level, drawSeed, this.#model)
        : challengeOf(lesson, level, seed, this.#model);
    this.#isCounted = false;
    takeInto(this.demo, this.#taken);
    this.demo.challenge = challengeInLink(this.#taken);
  }

  /** @param {string} text @param {string} way */
  #model = (text, way) => {
    const { doorbell } = this.demo;
    if (this.lesson === 'multiplexer') return { trace: doorbell.multiplex(text, way) };
    return { trace: doorbell.loop(text, way), orders: doorbell.orders(text, way) };
  };

  /** The run is at its end: the first time counts. @param {import('./predictions.js').Score} score */
  finish(score) {
    const { current } = this;
    if (!current || this.#isCounted) return;
    this.#isCounted = true;
    this.results = [...this.results, { level: current.level, ...score }].slice(-KEPT);
    remember('challenges', this.results);
  }
}
