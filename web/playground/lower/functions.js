// @ts-check
// Functions: the first word of each is that it was entered, the last that it returned.
import { block, isStrict, statements } from './statements.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/**
 * @param {Printer} p @param {Node} node @param {string} name
 * @param {import('./places.js').FunctionRange['kind']} kind
 */
const indexOf = (p, node, name, kind) => p.places.addFunction({ name, kind, start: node.start, end: node.end });

/** A function's body, with its frame. @param {Printer} p @param {Node} node @param {number} index */
function framed(p, node, index) {
  return p.within({ function: index, marks: true }, () => {
    const enter = p.entered(p.place('enter', node));
    const { body } = node;
    if (node.expression)
      return `{${enter}${p.at(p.place('statement', body))};${returned(p, body, bodyStart(p, node), node.end)}}`;
    const range = { start: body.start + 1, end: body.end - 1 };
    return `{${statements(p, body.body, range, { before: enter, after: `${p.left()};` })}}`;
  });
}

/** `return e`, where e is as it stands in the source, from `start` to `end`. @param {Printer} p */
function returned(p, argument, start = argument.start, end = argument.end) {
  return `return ${p.$}v=(${p.between(start, end, [argument])}),${p.left()},${p.$}v;`;
}

/** Where an arrow's body begins: an expression may be in parentheses. @param {Printer} p @param {Node} node */
function bodyStart(p, node) {
  if (!node.expression) return node.body.start;
  const end = p.find('>', p.find('=', node.params.at(-1)?.end ?? node.start)) + 1;
  return end;
}

/** @param {Printer} p @param {Node} node */
function plainFunction(p, node, kind, name = node.id?.name ?? '') {
  const index = indexOf(p, node, name, kind);
  const head = p.within({ marks: false }, () => p.between(node.start, bodyStart(p, node), node.params));
  return head + framed(p, node, index);
}

/** @type {Record<string, import('./printer.js').How>} */
export const FUNCTIONS = {
  FunctionDeclaration: (p, node) => plainFunction(p, node, 'function'),
  FunctionExpression: (p, node) => plainFunction(p, node, 'function'),
  ArrowFunctionExpression: (p, node) => plainFunction(p, node, 'arrow'),
  Property: (p, node) => (node.shorthand ? p.print(node.value) : p.rest(node)),
  ReturnStatement(p, node) {
    const { argument } = node;
    if (!argument) return `return void(${p.left()});`;
    const end = p.source[node.end - 1] === ';' ? node.end - 1 : node.end;
    return returned(p, argument, node.start + 'return'.length, end);
  },
};
