// @ts-check
// An expression as V8 words it in messages: "o.f(...) is not a function", "x is not iterable".

import { childrenOf } from './parse.js';

/** @typedef {import('./parse.js').Node} Node */

const UNKNOWN = '(intermediate value)';

/** @param {Node} node */
function member({ object, property, computed, optional }) {
  const before = inWords(object) + (optional ? '?.' : '');
  const isName = !computed || typeof property.value === 'string';
  if (isName) return `${before}${optional ? '' : '.'}${property.name ?? property.value}`;
  return `${before}[${inWords(property)}]`;
}

const list = (nodes) => nodes.map((node) => (node ? inWords(node) : '')).join('');

/** @type {Record<string, (node: Node) => string>} */
const WORDS = {
  Identifier: ({ name }) => name,
  PrivateIdentifier: ({ name }) => `#${name}`,
  ThisExpression: () => 'this',
  Literal: ({ value, raw, bigint }) => (bigint ? UNKNOWN : typeof value === 'string' ? JSON.stringify(value) : raw),
  MemberExpression: member,
  ChainExpression: ({ expression }) => inWords(expression),
  CallExpression: ({ callee }) => `${inWords(callee)}(...)`,
  UnaryExpression: ({ operator, argument }) => `(${operator}${/\w/.test(operator) ? ' ' : ''}${inWords(argument)})`,
  BinaryExpression: ({ left, operator, right }) => `(${inWords(left)} ${operator} ${inWords(right)})`,
  SequenceExpression: ({ expressions }) => `(${expressions.map(inWords).join(' , ')})`,
  ObjectExpression: ({ properties }) => `{${list(properties.map(({ value, argument }) => value ?? argument))}}`,
  ArrayExpression: ({ elements }) => `[${elements.map((node) => (node ? inWords(node) : '')).join(',')}]`,
};

/**
 * What a statement iterates, by `for`, a pattern, `...` or `yield*`; the first such thing. Undefined: none.
 *
 * @param {Node} node
 * @returns {string | undefined}
 */
export function iteratedBy(node) {
  const iterated = ITERATED[node.type]?.(node);
  if (iterated) {
    const isCall = iterated.type === 'CallExpression' || iterated.type === 'NewExpression';
    return isCall ? `${inWords(iterated.callee)} is not a function or its return value` : inWords(iterated);
  }
  for (const child of childrenOf(node)) {
    const found = /Function|Class|Statement$/.test(child.type) ? undefined : iteratedBy(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @type {Record<string, (node: Node) => Node | false | undefined>} */
const ITERATED = {
  ForOfStatement: ({ right }) => right,
  VariableDeclarator: ({ id, init }) => id.type === 'ArrayPattern' && init,
  AssignmentExpression: ({ left, right }) => left.type === 'ArrayPattern' && right,
  ArrayExpression: ({ elements }) => elements.find((element) => element?.type === 'SpreadElement')?.argument,
  YieldExpression: ({ delegate, argument }) => delegate && argument,
};

/** @param {Node} node @returns {string} */
export const inWords = (node) => WORDS[node.type]?.(node) || UNKNOWN;
