// Random programs for an event loop, as scenarios. fast-check makes them, and makes one that fails smaller.
//
// What fast-check draws is a list of sections: a source, and the lines under it, each with all that it might need: how
// deep it would stand, which of the promises in scope it would name. `Writer` makes a scenario of any such list. So
// whatever is left out in a smaller list, a program remains.
import { fc } from '../random.mjs';

/**
 * What a kind of programs may contain.
 *
 * @typedef {object} Shape
 * @property {'browser' | 'node'} host
 * @property {string[]} actions  the words of its actions, the simplest first; one that stands twice is twice as likely
 * @property {string[]} sources  the words of its sources, besides a script
 * @property {number[]} delays  of timers, milliseconds, as all times
 * @property {number[]} times  at which sources are ready
 * @property {number[]} takes  how long a callback may hold the thread; empty: none does
 * @property {boolean} [listens]  somebody listens to rejections that nobody handles
 * @property {number} [lines]  under one source, at most
 * @property {number} [deepest]  how deep they nest, at most
 */

/** The statements that may have actions, and those that make something with a name. */
const MAY_ACT = new Set(['microtask', 'timer', 'tick', 'immediate', 'frame', 'then', 'catch', 'finally', 'async']);
const MAKES = new Set(['promise', 'then', 'catch', 'finally', 'async', 'thenable']);
const MAY_END = new Set(['then', 'catch', 'finally', 'async']);
const MAY_TAKE = new Set(['microtask', 'timer', 'tick', 'immediate', 'frame', 'then', 'catch', 'finally']);

const DEEPEST = 8;

/**
 * How deep lines nest under a source. In JavaScript a promise source is settled by a timer, so that a browser finds the
 * timers under it nested one deeper than the model, and clamps them one sooner: there are no six of them in each other.
 */
const deepestUnder = (word, { host, deepest = DEEPEST }) =>
  word === 'promise' && host === 'browser' ? Math.min(deepest - 1, 5) : deepest;

// ---- what fast-check draws ----------------------------------------------------------------------------------------

/** One of a list, or nothing if it is empty; a smaller program has one nearer to its beginning. */
const oneOf = (list) => (list.length > 0 ? fc.constantFrom(...list) : fc.constant(null));

/** Mostly nothing, to which it shrinks. */
const seldom = (arbitrary, weight = 5) =>
  fc.oneof({ withCrossShrink: true }, { weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

/** Which of those that are in scope; or none, where one awaits no promise. */
const which = fc.nat(60);
const UNDEFINED = -1;

/** @param {Shape} shape */
const line = ({ actions, delays, takes }) =>
  fc.record({
    depth: fc.constantFrom(1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, DEEPEST), // as far as it fits
    word: oneOf(actions),
    after: oneOf(delays),
    takes: seldom(oneOf(takes)),
    of: which,
    later: seldom(fc.constant(true), 2), // a promise is settled by a timer
    with: seldom(which, 1),
    awaits: seldom(fc.oneof(fc.constant(UNDEFINED), which, which, which), 1), // before it, in an async function
    end: fc.constantFrom(null, null, null, 'return', 'return', 'throw'),
    returns: which,
  });

/** @param {Shape} shape @param {fc.Arbitrary<string>} word */
const section = (shape, word) =>
  fc.record({
    word,
    ready: oneOf(shape.times),
    takes: seldom(oneOf(shape.takes)),
    lines: fc.array(line(shape), { maxLength: shape.lines ?? 12, size: 'max' }),
  });

/** @param {Shape} shape */
const sections = (shape) =>
  fc.tuple(
    section(shape, fc.constant('script')),
    fc.array(section({ ...shape, lines: 4 }, oneOf(shape.sources)), {
      maxLength: shape.sources.length > 0 ? 3 : 0,
    }),
  );

/** Random programs of a shape. @param {Shape} shape @returns {fc.Arbitrary<string>} */
export const programs = (shape) => sections(shape).map(([main, others]) => new Writer(shape).write([main, ...others]));

// ---- the scenario of it -------------------------------------------------------------------------------------------

/** One of a list, by a number that may be too large for it. */
const at = (list, index) => list[index % list.length];

class Writer {
  #shape;
  #text = '';
  #names = 0;
  /** @type {{ word: string, line: any, scope: { word: string, name: string }[] }[]} */
  #open = []; // the statements that the next line may stand under, the outermost first

  /** @param {Shape} shape */
  constructor(shape) {
    this.#shape = shape;
  }

  #name(word) {
    return `${word}${++this.#names}`;
  }

  #put(...words) {
    this.#text += `${'  '.repeat(this.#open.length)}${words.filter((word) => word !== null).join(' ')}\n`;
  }

  write(list) {
    if (this.#shape.listens) this.#put('listener', 'unhandledRejection');
    for (const { word, ready, takes, lines } of list) {
      const isMain = word === 'script';
      this.#put(word, isMain ? 'main' : this.#name(word), isMain ? null : `ready ${ready}`, this.#takes(takes));
      this.#open.push({ word, line: null, scope: [] });
      const deepest = deepestUnder(word, this.#shape);
      for (const one of lines) {
        this.#close(Math.min(one.depth, deepest));
        this.#line(one);
      }
      this.#close(0);
    }
    return this.#text;
  }

  /** Ends what stands at this depth or deeper. */
  #close(depth) {
    while (this.#open.length > depth) {
      const { word, line, scope } = this.#open.at(-1);
      if (MAY_END.has(word) && line.end === 'throw') this.#put('throw');
      else if (MAY_END.has(word) && line.end && scope.length > 0) this.#put('return', at(scope, line.returns).name);
      this.#open.pop();
    }
  }

  #takes(takes) {
    return takes === null ? null : `takes ${takes}`;
  }

  #line(line) {
    const { word: outer, scope } = this.#open.at(-1);
    if (outer === 'async' && line.awaits !== null) this.#await(line.awaits, scope);
    const [word, name] = this.#action(line, scope);
    if (MAY_ACT.has(word)) this.#open.push({ word, line, scope: [...scope] });
    if (MAKES.has(word)) scope.push({ word, name });
  }

  #await(awaited, scope) {
    this.#put('await', awaited === UNDEFINED || scope.length === 0 ? null : at(scope, awaited).name);
  }

  /** A statement that queues a callback, or makes a promise, or settles one; where there is none yet, makes one. */
  #action(line, scope) {
    const { word } = line;
    const promises = scope.filter((one) => one.word !== 'thenable');
    const pending = scope.filter((one) => one.word === 'promise');
    const isAbout = { then: promises, catch: promises, finally: promises, resolve: pending, reject: pending }[word];
    if (isAbout?.length === 0) return this.#made('promise');
    if (word === 'resolve' || word === 'reject') return this.#settle(line, at(pending, line.of).name, scope);
    const takes = MAY_TAKE.has(word) ? this.#takes(line.takes) : null;
    if (word === 'timer') return this.#made(word, `after ${line.after}`, takes);
    return this.#made(word, isAbout ? `of ${at(isAbout, line.of).name}` : null, takes);
  }

  #made(word, ...clauses) {
    const name = this.#name(word);
    this.#put(word, name, ...clauses);
    return [word, name];
  }

  #settle({ word, later, after, with: value }, name, scope) {
    const isLater = later !== null && after !== null;
    const hasValue = word === 'resolve' && !isLater && value !== null;
    this.#put(word, name, isLater ? `after ${after}` : null, hasValue ? `with ${at(scope, value).name}` : null);
    return [word, name];
  }
}
