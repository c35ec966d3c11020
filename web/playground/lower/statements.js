// @ts-check
// Statements: before each, a word. A statement that stands alone under `if` or a loop gets braces for that.

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** Those without a word: they do nothing, or what they consist of tells. */
const SILENT = new Set(['BlockStatement', 'EmptyStatement', 'FunctionDeclaration']);

/** Those that may have been ended by the end of the line. */
const ENDED = new Set(
  ['Expression', 'Return', 'Throw', 'Break', 'Continue', 'DoWhile', 'Debugger'].map((word) => `${word}Statement`),
).add('VariableDeclaration');

/** A statement with its word. @param {Printer} p @param {Node} node */
function marked(p, node) {
  const mark = SILENT.has(node.type) ? '' : `${p.at(p.place('statement', node))};`;
  return mark + ended(p, p.print(node), node);
}

/** @param {Printer} p @param {string} text @param {Node} node */
const ended = (p, text, node) => (ENDED.has(node.type) && p.source[node.end - 1] !== ';' ? `${text};` : text);

/** The directives that a list begins with stay there. @param {Node[]} list */
const directivesOf = (list) => list.filter((node) => node.directive !== undefined);

/** Whether they make what begins with them strict. @param {Node[]} list */
export const isStrict = (list) => directivesOf(list).some(({ directive }) => directive === 'use strict');

/**
 * A list of statements, from `start` to `end` in the source. `before` comes first of all that runs, `after` last.
 *
 * @param {Printer} p @param {Node[]} list @param {{ start: number, end: number }} range
 * @param {{ before?: string, after?: string }} [more]
 */
export function statements(p, list, { start, end }, { before = '', after = '' } = {}) {
  const given = new Map();
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
export const block = (p, node, before = '') =>
  `{${statements(p, node.body, { start: node.start + 1, end: node.end - 1 }, { before })}}`;

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

/** `for (x of y)`: a word for each value. @param {Printer} p @param {Node} node */
function forEach(p, node) {
  const mark = `${p.at(p.place('loop', node.left))};${p.look()};`;
  return p.rest(node, new Map([[node.body, body(p, node.body, mark)]]));
}

/** The word is before the label, for what a label stands at must stay there. @param {Printer} p @param {Node} node */
const labelled = (p, node) => p.rest(node, new Map([[node.body, ended(p, p.print(node.body), node.body)]]));

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
  WhileStatement: loop,
  DoWhileStatement: loop,
  ForStatement: forLoop,
  ForInStatement: forEach,
  ForOfStatement: forEach,
  SwitchCase(p, node) {
    const start = p.find(':', node.test?.end ?? node.start) + 1;
    const head = p.between(node.start, start, node.test ? [node.test] : []);
    return head + statements(p, node.consequent, { start, end: node.end });
  },
};
