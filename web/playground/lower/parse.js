// @ts-check
// A program's syntax tree, by acorn (https://github.com/acornjs/acorn), and the two things that one asks of any tree.
import { parse as acorn } from 'acorn';

/** @typedef {any} Node  an ESTree node, with start and end */

/** A program that is not JavaScript. Its line is from 1, its column from 0. */
export class ProgramSyntaxError extends SyntaxError {
  /** @param {string} message @param {{ line: number, column: number }} at */
  constructor(message, { line, column }) {
    super(message);
    this.name = 'SyntaxError';
    this.line = line;
    this.column = column;
  }
}

/**
 * @param {string} source @param {{ module: boolean, host: string }} options
 * @returns {Node}
 */
export function parse(source, { module, host }) {
  try {
    return acorn(source, {
      ecmaVersion: 2024,
      sourceType: module ? 'module' : host === 'node' ? 'commonjs' : 'script', // that is the body of a function
    });
  } catch (error) {
    const { message, loc } = /** @type {any} */ (error);
    if (!loc) throw error;
    throw new ProgramSyntaxError(message.replace(/ \(\d+:\d+\)$/, ''), loc);
  }
}

/** A node's children, in the order of the source. @param {Node} node @returns {Node[]} */
export function childrenOf(node) {
  const children = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children.sort((a, b) => a.start - b.start);
}

const isNode = (value) => typeof value?.type === 'string';

/** A node and all below it, in the order of the source. @param {Node} node @returns {Generator<Node>} */
export function* everyNode(node) {
  const rest = [node]; // the last is next
  for (let next = rest.pop(); next; next = rest.pop()) {
    yield next;
    rest.push(...childrenOf(next).reverse());
  }
}
