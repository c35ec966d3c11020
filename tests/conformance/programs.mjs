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

/** Makes one program. */
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

  #action() {
    const word = pick(this.#random, this.#shape.actions);
    const after = word === 'timer' ? [`after ${pick(this.#random, this.#shape.delays)}`] : [];
    return statement(word, this.#name(word), ...after, ...this.#takes());
  }

  /** Gives a callback its actions, and these theirs. */
  #fill(callback, depth) {
    const most = depth === 0 ? 5 : 3;
    for (let n = this.#random(most + 1); n > 0 && this.#left > 0; n--) {
      this.#left--;
      const action = this.#action();
      callback.actions.push(action);
      if (depth < 7) this.#fill(action, depth + 1);
    }
    return callback;
  }

  #source() {
    this.#left--;
    const word = pick(this.#random, this.#shape.sources);
    return statement(word, this.#name(word), `ready ${pick(this.#random, this.#shape.times)}`, ...this.#takes());
  }

  make() {
    const { sources } = this.#shape;
    const program = [statement('script', 'main', ...this.#takes())];
    if (sources.length > 0) for (let n = this.#random(4); n > 0; n--) program.push(this.#source());
    for (const source of program) this.#fill(source, 0);
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
