// Random programs for an event loop, as scenarios: small, for a mismatch must be understood.
//
// A program is a tree of statements, { word, name, clauses, actions }; `textOf` writes it as a scenario.

/** The tree as a scenario's text. */
export function textOf(statements, depth = 0) {
  return statements
    .map(({ word, name, clauses, actions }) => {
      const line = [word, name, ...clauses].filter(Boolean).join(' ');
      return `${'  '.repeat(depth)}${line}\n${textOf(actions, depth + 1)}`;
    })
    .join('');
}

const statement = (word, name, ...clauses) => ({ word, name, clauses, actions: [] });

/** The statements that may have actions, and those that make something with a name. */
const MAY_ACT = new Set(['microtask', 'timer', 'tick', 'immediate', 'frame', 'then', 'catch', 'finally', 'async']);
const MAKES = new Set(['promise', 'then', 'catch', 'finally', 'async', 'thenable']);

/** One of a list. */
const pick = (random, list) => list[random(list.length)];

/**
 * What a kind of programs may contain.
 *
 * @typedef {object} Shape
 * @property {'browser' | 'node'} host
 * @property {string[]} actions  the words of its actions; one that stands twice is twice as likely
 * @property {string[]} sources  the words of its sources, besides a script
 * @property {number[]} delays  of timers, milliseconds
 * @property {number[]} times  at which sources are ready
 * @property {number[]} takes  how long a callback may hold the thread; empty: none does
 */

/** Makes one program. What is in scope are the promises and thenables that a line may name. */
class Maker {
  #random;
  #shape;
  #left;
  #names = 0;

  /** @param {(below: number) => number} random @param {Shape} shape */
  constructor(random, shape) {
    this.#random = random;
    this.#shape = shape;
    this.#left = 3 + random(18);
  }

  #name(word) {
    return `${word}${++this.#names}`;
  }

  #takes() {
    const { takes } = this.#shape;
    return takes.length > 0 && this.#random(6) === 0 ? [`takes ${pick(this.#random, takes)}`] : [];
  }

  #after() {
    return `after ${pick(this.#random, this.#shape.delays)}`;
  }

  /** A statement that queues a callback, or makes a promise, or settles one. */
  #action(scope) {
    const random = this.#random;
    const word = pick(random, this.#shape.actions);
    const promises = scope.filter((one) => one.word !== 'thenable');
    const pending = scope.filter((one) => one.word === 'promise');
    switch (word) {
      case 'timer':
        return statement(word, this.#name(word), this.#after(), ...this.#takes());
      case 'then':
      case 'catch':
      case 'finally':
        if (promises.length === 0) break;
        return statement(word, this.#name(word), `of ${pick(random, promises).name}`, ...this.#takes());
      case 'resolve':
        if (pending.length === 0) break;
        return statement(word, pick(random, pending).name, ...this.#resolution(scope));
      case 'reject':
        if (pending.length === 0) break;
        return statement(word, pick(random, pending).name, ...(this.#later() ? [this.#after()] : []));
      case 'promise':
      case 'thenable':
      case 'async':
        return statement(word, this.#name(word));
      default:
        return statement(word, this.#name(word), ...this.#takes());
    }
    return statement('promise', this.#name('promise'));
  }

  #later() {
    return this.#shape.delays.length > 0 && this.#random(3) === 0;
  }

  #resolution(scope) {
    if (this.#later()) return [this.#after()];
    return this.#random(2) === 0 ? [`with ${pick(this.#random, scope).name}`] : [];
  }

  /** Gives a callback its actions, and these theirs. */
  #fill(callback, depth, outer) {
    const random = this.#random;
    const scope = [...outer];
    const isAsync = callback.word === 'async';
    for (let n = random((depth === 0 ? 5 : 3) + 1); n > 0 && this.#left > 0; n--) {
      this.#left--;
      if (isAsync && random(2) === 0) callback.actions.push(statement('await', this.#awaited(scope)));
      const action = this.#action(scope);
      callback.actions.push(action);
      if (depth < 7 && MAY_ACT.has(action.word)) this.#fill(action, depth + 1, scope);
      if (MAKES.has(action.word)) scope.push(action);
    }
    if (isAsync || callback.word === 'then' || callback.word === 'catch' || callback.word === 'finally') {
      const end = random(6);
      if (end === 0) callback.actions.push(statement('throw'));
      else if (end < 3 && scope.length > 0) callback.actions.push(statement('return', pick(random, scope).name));
    }
    return callback;
  }

  /** What is awaited: mostly one of those in scope; without a name, undefined. */
  #awaited(scope) {
    return scope.length > 0 && this.#random(4) > 0 ? pick(this.#random, scope).name : undefined;
  }

  #source() {
    this.#left--;
    const word = pick(this.#random, this.#shape.sources);
    return statement(word, this.#name(word), `ready ${pick(this.#random, this.#shape.times)}`, ...this.#takes());
  }

  /**
   * How deep a source counts as. In JavaScript a promise source is settled by a timer, so that a browser finds the timers
   * under it nested one deeper than the model, and clamps them one sooner: there are no six of them in each other.
   */
  #depthOf({ word }) {
    return word === 'promise' && this.#shape.host === 'browser' ? 3 : 0;
  }

  make() {
    const { sources } = this.#shape;
    const program = [statement('script', 'main', ...this.#takes())];
    if (sources.length > 0) for (let n = this.#random(4); n > 0; n--) program.push(this.#source());
    for (const source of program) this.#fill(source, this.#depthOf(source), []);
    return program;
  }
}

/** A random program. @param {(below: number) => number} random @param {Shape} shape */
export const makeProgram = (random, shape) => new Maker(random, shape).make();

/** Every program that is one step smaller. */
export function* smaller(statements) {
  for (let i = 0; i < statements.length; i++) {
    const one = statements[i];
    const put = (...instead) => [...statements.slice(0, i), ...instead, ...statements.slice(i + 1)];
    yield put();
    if (one.clauses.some((clause) => clause.startsWith('takes'))) {
      yield put({ ...one, clauses: one.clauses.filter((clause) => !clause.startsWith('takes')) });
    }
    for (const actions of smaller(one.actions)) yield put({ ...one, actions });
  }
}
