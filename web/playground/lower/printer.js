// @ts-check
/**
 * Writes a program again: what stands between nodes as it is, each node as its type wants it. Types that no table
 * below names are written as they are, but for what is inside them.
 *
 * The code begins with what a step costs: a word into an Int32Array, whose every part is a variable of one function,
 * for that is the quickest that there is in an interpreter. `$` here stands for a prefix that no name of the program
 * begins with:
 *
 *     $T[$I++] = $D = $d | 12;     the trace, how much of it is full, the newest word; this frame's depth | the place
 *
 * and each function, when it begins, notes in `$p` where it was called, and writes that as its last word.
 */
import { everyNode, childrenOf } from './parse.js';
import { CALLS } from './calls.js';
import { CLASSES } from './classes.js';
import { FUNCTIONS } from './functions.js';
import { globals } from './globals.js';
import { MEMBERS } from './members.js';
import { MODULES } from './modules.js';
import { namesOf, variablesOf } from './names.js';
import { PATTERNS } from './patterns.js';
import { Places } from './places.js';
import { FRAME } from './word.js';
import { STATEMENTS, isStrict, statements } from './statements.js';
import { SURROUNDINGS } from './surroundings.js';
import { SUSPENSIONS } from './suspension.js';
import { TRIES } from './tries.js';

/** @typedef {import('./parse.js').Node} Node */
/** @typedef {(printer: Printer, node: Node) => string} How */

/** @type {Record<string, How>} */
const HOW = {
  ...STATEMENTS,
  ...TRIES,
  ...FUNCTIONS,
  ...CLASSES,
  ...SURROUNDINGS,
  ...CALLS,
  ...MEMBERS,
  ...PATTERNS,
  ...SUSPENSIONS,
  ...MODULES,
};

/**
 * Where a node stands, as far as that changes how it is written.
 *
 * @typedef {object} Scope
 * @property {number} function  whose code this is: an index into the functions
 * @property {boolean} marks  whether the frame's variables are there: not in parameters and fields
 * @property {number} statement  the place of the statement that it is in
 * @property {number} finallies  in how many tries of this function that have a `finally`
 * @property {import('./functions.js').Kind} kind  of that function
 * @property {boolean} strict
 * @property {boolean} top  in no function but arrows
 * @property {Map<string, string>} labels  those that are written as others
 * @property {Set<string> | null} thunks  in an async arrow: those that it uses, see surroundings.js
 */

/** A prefix for our names. @param {Node} program */
function prefixFor(program) {
  const names = new Set();
  for (const node of everyNode(program)) if (node.type.endsWith('Identifier')) names.add(node.name);
  let prefix = '$';
  for (let n = 0; [...names].some((name) => name.startsWith(prefix)); n++) prefix = `$${n}`;
  return prefix;
}

/** Whether there is an await in no function. @param {Node} node @returns {boolean} */
const awaitsAtTop = (node) =>
  node.type === 'AwaitExpression' ||
  (node.type === 'ForOfStatement' && node.await) ||
  (!/Function/.test(node.type) && childrenOf(node).some(awaitsAtTop));

export class Printer {
  #program;
  #module;
  #host;
  /** @type {Scope} */ scope = {
    function: 0,
    marks: true,
    statement: 0,
    finallies: 0,
    kind: 'plain',
    thunks: null,
    strict: false,
    top: true,
    labels: new Map(),
  };
  /** What async declarations are called where they stand. @type {Map<Node, string>} */ hoisted = new Map();
  /** Functions whose name is that of a key before them. @type {Set<Node>} */ computedNames = new Set();
  /** What is written in the place of a node, by what is around it. @type {Map<Node, string>} */ instead = new Map();
  #fresh = 0;
  /** @type {import('./lower.js').Lowered['imports']} */ imports = [];
  awaits = false;
  /** What a module does before all else. */
  first = '';

  /** @param {string} source @param {Node} program @param {{ module: boolean, host: string }} options */
  constructor(source, program, { module, host }) {
    this.source = source;
    this.#program = program;
    this.#module = module;
    this.#host = host;
    this.$ = prefixFor(program);
    this.places = new Places(source);
    this.names = namesOf(program);
    this.variables = variablesOf(program);
  }

  /** @returns {import('./lower.js').Lowered} */
  lowered() {
    const { $, source } = this;
    const whole = { start: 0, end: source.length };
    this.places.addFunction({ name: '', kind: 'program', ...whole });
    const place = this.place('program', whole);
    const list = this.#program.body;
    const start = /^#!.*/.exec(source)?.[0].length ?? 0;
    this.awaits = this.#module && awaitsAtTop(this.#program);
    if (this.awaits) this.scope.kind = 'async';
    this.scope.strict = this.#module || isStrict(list);
    this.scope.top = !/\b(?:var|let|const|function)\s+arguments\b/.test(source); // else they are its own
    const global = this.#module || this.#host === 'node' ? '' : globals(this, this.#program);
    const before = this.entered(place) + global;
    const text = statements(
      this,
      list,
      { start, end: source.length },
      { before, after: `\n;${this.left()};`, hoists: 'var' },
    );
    const body = this.awaits ? `return ${$}.run(function*(){${text}},this,[]);` : text;
    const strict = this.scope.strict ? "'use strict';" : '';
    const code =
      `(function(${$}){${strict}let ${$}T=${$}.trace,${$}I=0,${$}L=${$}.limit,${$}F=${$}.full,${$}D=0,${$}K;` +
      `${$}.open({at:()=>${$}I,word:()=>${$}D,key:()=>${$}K,move(w){${$}D=w},write(w){${$}T[${$}I++]=${$}D=w}});` +
      `${this.first}${body}})`;
    const { places, functions } = this.places;
    return { code, places, functions, imports: this.imports, awaits: this.awaits };
  }

  /** @param {Node} node @returns {string} */
  print(node) {
    const given = this.instead.get(node);
    if (given !== undefined) return given;
    const how = HOW[node.type];
    return how ? how(this, node) : this.rest(node);
  }

  /** An expression that is to stand among others: what was in parentheses is again. @param {Node} node */
  operand(node) {
    const text = this.print(node);
    return node.type === 'SequenceExpression' ? `(${text})` : text;
  }

  /**
   * As it is, but for what is inside it; and for what of that is given.
   *
   * @param {Node} node @param {Map<Node, string>} [given]
   */
  rest(node, given) {
    return this.between(node.start, node.end, childrenOf(node), given);
  }

  /** A range of the source with these nodes in it. @param {number} start @param {number} end @param {Node[]} nodes */
  between(start, end, nodes, given = new Map()) {
    let text = '';
    for (const node of nodes) {
      text += this.source.slice(start, node.start) + (given.get(node) ?? this.print(node));
      start = node.end;
    }
    return text + this.source.slice(start, end);
  }

  /** A name that nothing has. */
  fresh() {
    return `${this.$}_${this.#fresh++}`;
  }

  /** As many ends of lines as there are in a range: what is written anew stays on its line. @returns {string} */
  lines(start, end) {
    return '\n'.repeat(this.places.positionOf(end).line - this.places.positionOf(start).line);
  }

  /** What is written for a range of the source, and as many ends of lines as it has. @param {string} text */
  padded(start, end, text) {
    return text + this.lines(start, end).slice(text.split('\n').length - 1);
  }

  /** Where something is next, white space and comments aside. @param {number} from */
  skip(from) {
    const space = /(?:\s|\/\*[^]*?\*\/|\/\/.*)*/y;
    space.lastIndex = from;
    return from + /** @type {RegExpExecArray} */ (space.exec(this.source))[0].length;
  }

  /** Where a character is next in the source, comments aside. @param {string} character @param {number} from */
  find(character, from) {
    const comment = /\/\*[^]*?\*\/|\/\/.*/y;
    for (let at = from; ; at++) {
      comment.lastIndex = at;
      const skipped = comment.exec(this.source)?.[0].length ?? 0;
      at += skipped;
      if (this.source[at] === character) return at;
    }
  }

  /** Prints with another scope. @template T @param {Partial<Scope>} scope @param {() => T} print @returns {T} */
  within(scope, print) {
    const outer = this.scope;
    this.scope = { ...outer, ...scope };
    const text = print();
    this.scope = outer;
    return text;
  }

  /**
   * A new place.
   *
   * @param {import('./places.js').Place['kind']} kind @param {{ start: number, end: number }} range
   * @param {{ called?: string, variable?: string, iterated?: string, changed?: string,
   *   given?: string[], inside?: import('../vm/wordings.js').Taken }} [words]
   */
  place(kind, { start, end }, words = {}) {
    const { function: f, statement } = this.scope;
    return this.places.add({ kind, start, end, function: f, statement, ...words });
  }

  /** An expression that writes a word: control is here. @param {number} place */
  at(place) {
    const { $ } = this;
    return `${$}T[${$}I++]=${$}D=${$}d|${place}`;
  }

  /** An expression that looks whether the trace is full. */
  look() {
    const { $ } = this;
    return `${$}I<${$}L||(${$}I=${$}F(${$}I))`;
  }

  /** What a function begins with. @param {number} place */
  entered(place) {
    const { $ } = this;
    return `let ${$}p=${$}D,${$}d=(${$}p&${-FRAME})+${FRAME},${$}v,${$}r;${this.at(place)};${this.look()};`;
  }

  /** An expression that a function ends with. */
  left() {
    const { $ } = this;
    return `${$}T[${$}I++]=${$}D=${$}p`;
  }
}
