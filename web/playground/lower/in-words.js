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
  LogicalExpression: ({ left, operator, right }) => `(${inWords(left)} ${operator} ${inWords(right)})`,
  SequenceExpression: ({ expressions }) => `(${expressions.map(inWords).join(' , ')})`,
  ObjectExpression: ({ properties }) => `{${UNKNOWN.repeat(properties.length)}}`,
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
    if (iterated.type === 'SpreadElement') return `...${inWords(iterated.argument)}`;
    const isCall = iterated.type === 'CallExpression' || iterated.type === 'NewExpression';
    return isCall ? `${inWords(iterated.callee)} is not a function or its return value` : inWords(iterated);
  }
  for (const child of childrenOf(node)) {
    const found = /Function|Class|Statement$/.test(child.type) ? undefined : iteratedBy(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a call spreads at its end. */
const spreadLast = ({ arguments: list }) => list.at(-1)?.type === 'SpreadElement' && list.at(-1);

/** @type {Record<string, (node: Node) => Node | false | undefined>} */
const ITERATED = {
  CallExpression: spreadLast,
  NewExpression: spreadLast,
  ForOfStatement: ({ right }) => right,
  VariableDeclarator: ({ id, init }) => id.type === 'ArrayPattern' && init,
  AssignmentExpression: ({ left, right }) => left.type === 'ArrayPattern' && right,
  ArrayExpression: ({ elements }) => elements.find((element) => element?.type === 'SpreadElement')?.argument,
  YieldExpression: ({ delegate, argument }) => delegate && argument,
};

/**
 * Whether a statement assigns to a property, or which it deletes.
 *
 * @param {Node} node
 * @returns {string | undefined} its name; '' when the text does not tell
 */
export function changedBy(node) {
  const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' && node.argument;
  const changed = node.operator === 'delete' ? node.argument : target;
  if (changed?.type === 'MemberExpression') return keyOf(changed);
  for (const child of childrenOf(node)) {
    const found = /Function|Class|Statement$/.test(child.type) ? undefined : changedBy(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param {Node} node a member */
const keyOf = ({ property, computed }) =>
  computed ? literal(property) : `${property.type === 'PrivateIdentifier' ? '#' : ''}${property.name}`;

/** What a literal is as a string; '' for what is none. @param {Node} node @returns {string} */
function literal({ type, value, operator, argument, name }) {
  if (type === 'Literal') return String(value);
  if (type === 'UnaryExpression' && operator === '-') return `-${literal(argument)}`;
  return type === 'Identifier' && /^(?:undefined|NaN|Infinity)$/.test(name) ? name : '';
}

/** The first two values of a call that are literals. @param {Node} node */
export const givenTo = ({ arguments: list }) => list.slice(0, 2).map(literal);

/** @param {Node} node @returns {string} */
export const inWords = (node) => WORDS[node.type]?.(node) || UNKNOWN;
