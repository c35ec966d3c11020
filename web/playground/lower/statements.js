// @ts-check
// Statements: before each, a word. A statement that stands alone under `if` or a loop gets braces for that.
import { forAwait } from './for-await.js';
import { changedBy, iteratedBy } from './in-words.js';
import { childrenOf } from './parse.js';
import { bound, insideStatement } from './patterns.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** Those without a word: they do nothing, or what they consist of tells. */
const SILENT = new Set(['BlockStatement', 'EmptyStatement', 'FunctionDeclaration']);

/** Those that may have been ended by the end of the line. */
const ENDED = new Set(
  ['Expression', 'Return', 'Throw', 'Break', 'Continue', 'DoWhile', 'Debugger'].map((word) => `${word}Statement`),
).add('VariableDeclaration');

/** What messages say of a statement. @param {Node} node */
export const wordsOf = (node) => ({
  iterated: iteratedBy(node),
  changed: changedBy(node),
  inside: insideStatement(node),
});

/** A statement with its word. @param {Printer} p @param {Node} node */
function marked(p, node) {
  if (SILENT.has(node.type)) return ended(p, p.print(node), node);
  const statement = p.place('statement', node, wordsOf(node));
  return `${p.at(statement)};${ended(
    p,
    p.within({ statement }, () => p.print(node)),
    node,
  )}`;
}

/** @param {Printer} p @param {string} text @param {Node} node */
const ended = (p, text, node) => (ENDED.has(node.type) && p.source[node.end - 1] !== ';' ? `${text};` : text);

/** The directives that a list begins with stay there. @param {Node[]} list */
const directivesOf = (list) => list.filter((node) => node.directive !== undefined);

/** Async functions are there from the beginning. @param {Printer} p @param {Node[]} list @param {string} word */
function hoist(p, list, word) {
  if (word === '') return ''; // in a switch, whose cases are no beginning: they stay where they are
  let text = '';
  list.forEach((each, i) => {
    const node = each.declaration ?? each;
    if (node.type !== 'FunctionDeclaration' || !node.async) return;
    const name = node.id?.name ?? `${p.$}default`;
    if (list.slice(i + 1).some(({ type, id }) => type === 'FunctionDeclaration' && id.name === name)) return;
    const generator = p.fresh();
    p.hoisted.set(node, generator);
    const make = node.generator ? 'asyncGenerator' : 'async';
    text += `${word} ${name}=${p.$}.${make}(${generator},${JSON.stringify(p.names.get(node) ?? '')});`;
  });
  return text;
}

/** Whether they make what begins with them strict. @param {Node[]} list */
export const isStrict = (list) => directivesOf(list).some(({ directive }) => directive === 'use strict');

/**
 * A list of statements, from `start` to `end` in the source. `before` comes first of all that runs, `after` last.
 *
 * @param {Printer} p @param {Node[]} list @param {{ start: number, end: number }} range
 * @param {{ before?: string, after?: string, hoists?: 'let' | 'var' | '' }} [more]  hoists: by which word
 */
export function statements(p, list, { start, end }, { before = '', after = '', hoists = 'let' } = {}) {
  const given = new Map();
  before += hoist(p, list, hoists);
  const directives = directivesOf(list);
  for (const node of list) given.set(node, directives.includes(node) ? ended(p, p.rest(node), node) : marked(p, node));
  const first = directives.length > 0 ? /** @type {Node} */ (directives.at(-1)).end : start;
  const head = p.between(start, first, directives, given);
  return head + before + p.between(first, end, list.slice(directives.length), given) + after;
}

/** The statement under an `if` or a loop; `before` comes first in it. @param {Printer} p @param {Node} node */
export function body(p, node, before = '') {
  if (node.type === 'BlockStatement') return block(p, node, before);
  if (node.type === 'FunctionDeclaration') return p.print(node); // as a sloppy `if` may have it
  return `{${before}${marked(p, node)}}`;
}

/** @param {Printer} p @param {Node} node */
export const block = (p, node, before = '', after = '') =>
  `{${statements(p, node.body, { start: node.start + 1, end: node.end - 1 }, { before, after })}}`;

/** A loop's condition, with a word each time; and a look, for this is what may go on for ever. @param {Printer} p */
function condition(p, test, range = test) {
  const mark = `${p.at(p.place('loop', range))},${p.look()}`;
  return `(${mark},${test ? p.print(test) : 'true'})`;
}

/** @param {Printer} p @param {Node} node */
function loop(p, node) {
  const given = new Map([[node.body, body(p, node.body)]]);
  if (node.test) given.set(node.test, condition(p, node.test));
  return p.rest(node, given);
}

/** `for (;;)`. Without a condition it has one, which is true. @param {Printer} p @param {Node} node */
function forLoop(p, node) {
  if (node.test) return loop(p, node);
  const gap = { end: p.find(';', p.find(';', node.init?.end ?? node.start) + 1), start: 0 };
  gap.start = gap.end;
  const given = new Map([
    [node.body, body(p, node.body)],
    [gap, condition(p, null, { start: node.start, end: gap.end })],
  ]);
  const parts = [node.init, gap, node.update, node.body].filter(Boolean);
  return p.between(node.start, node.end, parts, given);
}

/**
 * `for (x of y)`: a word for each value. QuickJS cannot yield in y: so that comes first, and labels after it.
 *
 * @param {Printer} p @param {Node} node
 */
function forEach(p, node, labels = '') {
  if (node.await) return forAwait(p, node, labels);
  const mark = `${p.at(p.place('loop', node.left))};${p.look()};`;
  const given = new Map([[node.body, body(p, node.body, mark)]]);
  const pattern = node.type === 'ForOfStatement' && node.left.declarations?.[0].id;
  if (pattern?.type === 'ObjectPattern') {
    const value = p.fresh();
    const taken = bound(p, node.left.kind, pattern, value, '.for');
    given.set(node.left, `const ${value}`).set(node.body, `{${mark}${taken}${body(p, node.body)}}`);
  }
  if (!suspends(node.right)) return labels + p.rest(node, given);
  const value = p.fresh();
  return `{let ${value}=${p.operand(node.right)};${labels}${p.rest(node, given.set(node.right, value))}}`;
}

/** Whether there is an await or a yield in it. @param {Node} node @returns {boolean} */
const suspends = (node) =>
  /^(Await|Yield)/.test(node.type) || (!/Function/.test(node.type) && childrenOf(node).some(suspends));

/**
 * The word is before the label, for what a label stands at must stay there. QuickJS does not `continue` to the first of
 * two labels: so of several the last alone is left, and what goes to another goes there.
 *
 * @param {Printer} p @param {Node} node
 */
function labelled(p, node) {
  let inner = node;
  const names = [node.label.name];
  for (; inner.body.type === 'LabeledStatement'; inner = inner.body) names.push(inner.body.label.name);
  const label = p.print(inner.label);
  const labels = new Map(p.scope.labels);
  for (const name of names) labels.set(name, label);
  return p.within({ labels }, () => {
    const { body } = inner;
    const before = `${label}:${p.lines(node.start, body.start)}`;
    return /^For(In|Of)/.test(body.type) ? forEach(p, body, before) : before + ended(p, p.print(body), body);
  });
}

/** break, continue @param {Printer} p @param {Node} node */
function jump(p, node) {
  const to = node.label && p.scope.labels.get(node.label.name);
  return to ? p.rest(node, new Map([[node.label, to]])) : p.rest(node);
}

/** @type {Record<string, import('./printer.js').How>} */
export const STATEMENTS = {
  BlockStatement: (p, node) => block(p, node),
  IfStatement(p, node) {
    const given = new Map([[node.consequent, body(p, node.consequent)]]);
    if (node.alternate) given.set(node.alternate, body(p, node.alternate));
    return p.rest(node, given);
  },
  WithStatement: (p, node) => p.rest(node, new Map([[node.body, body(p, node.body)]])),
  LabeledStatement: labelled,
  BreakStatement: jump,
  ContinueStatement: jump,
  WhileStatement: loop,
  DoWhileStatement: loop,
  ForStatement: forLoop,
  ForInStatement: (p, node) => forEach(p, node),
  ForOfStatement: (p, node) => forEach(p, node),
  SwitchCase(p, node) {
    const start = p.find(':', node.test?.end ?? node.start) + 1;
    const head = p.between(node.start, start, node.test ? [node.test] : []);
    return head + statements(p, node.consequent, { start, end: node.end }, { hoists: '' });
  },
};
