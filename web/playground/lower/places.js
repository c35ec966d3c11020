// @ts-check
/**
 * The places of a program, and its functions: the two tables that a trace's words point into (see lower.js).
 *
 * @typedef {object} Place
 * @property {'program' | 'enter' | 'statement' | 'loop' | 'await' | 'yield' | 'call'} kind
 * @property {number} start  in the source, in UTF-16 units
 * @property {number} end
 * @property {number} line  from 1
 * @property {number} column  from 0
 * @property {number} function  an index into the functions
 * @property {number} statement  the place of the statement that it is in; a statement's own
 * @property {string} [called]  of a call: what is called, as messages word it; `new X` of a `new`
 * @property {string[]} [given]  to a call: its first two values; '' for what is no literal
 * @property {string} [variable]  of a call: the variable that its value goes to
 * @property {string} [iterated]  of a statement: what it iterates, in the same words
 * @property {string} [changed]  of a statement: the property that it assigns to, or deletes
 * @property {import('../vm/wordings.js').Taken} [inside]  of a statement: what a pattern in a pattern reads first
 *
 * @typedef {object} FunctionRange
 * @property {string} name  '' when it has none
 * @property {'program' | 'function' | 'arrow' | 'method' | 'class'} kind
 * @property {number} start
 * @property {number} end
 * @property {import('../vm/wordings.js').Taken} [taken]  what it takes apart first, as V8 words it
 * @property {number} [line]  where it begins, with `taken`
 */

const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

export class Places {
  /** @type {Place[]} */ places = [];
  /** @type {FunctionRange[]} */ functions = [];
  /** @type {number[]} */ #lines = [0]; // where each begins

  /** @param {string} source */
  constructor(source) {
    for (const { index, 0: text } of source.matchAll(LINE_END)) this.#lines.push(index + text.length);
  }

  /** @param {number} offset @returns {{ line: number, column: number }} */
  positionOf(offset) {
    let low = 0;
    for (let high = this.#lines.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle] <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.#lines[low] };
  }

  /** A new place; its index. @param {Omit<Place, 'line' | 'column'>} place */
  add({ kind, start, end, function: f, statement, ...words }) {
    const index = this.places.length;
    const of = kind === 'statement' ? index : statement;
    this.places.push({ kind, start, end, ...this.positionOf(start), function: f, statement: of, ...words });
    return index;
  }

  /** A new function; its index. @param {FunctionRange} range */
  addFunction({ name, kind, start, end, taken }) {
    const more = taken && { taken, line: this.positionOf(start).line };
    return this.functions.push({ name, kind, start, end, ...more }) - 1;
  }
}
