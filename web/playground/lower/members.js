// @ts-check
/**
 * What V8 words with values that its words alone do not tell: `key in 5`, and in strict code what cannot be assigned
 * to. The machine does these itself (../vm/members.js):
 *
 *     k in o      $.in(k, o)                o.k = v     $.put(o, "k", v)
 *     #k in o     #k in $.within("#k", o)   o.k += v    $.put(o, "k", o.k + (v))
 *                                           o[k]++      $.bump(o, k, 1, 0)
 *
 * An assignment is so written only in a program that may make something that refuses, for it is slower; and one that
 * reads first, only where `o` and `k` run nothing of their own.
 */

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

const REFUSES = /\b(?:freeze|seal|preventExtensions|define(?:Property|Properties)|get|Proxy)\b/;
const LOGICAL = new Set(['&&=', '||=', '??=']);

/** @param {Printer} p @param {Node} node */
const mayRefuse = (p, { type, object, property }) =>
  type === 'MemberExpression' &&
  object.type !== 'Super' &&
  property.type !== 'PrivateIdentifier' &&
  p.scope.strict &&
  REFUSES.test(p.source);

/** Object and key, as two values of a call; and what stands for them there. @param {Printer} p @param {Node} member */
function partsOf(p, { start, end, object, property, computed }) {
  const key = computed ? p.operand(property) : JSON.stringify(property.name);
  const gap = p.lines(start, object.start) + p.lines(object.end, property.start);
  return `${p.operand(object)}${gap},${key}${p.lines(property.end, end)}`;
}

/** @param {Node} member */
const runsNothing = ({ object, property, computed }) =>
  /^(?:This|Identifier)/.test(object.type) && (!computed || /^(?:Identifier|Literal)$/.test(property.type));

/** An assignment; undefined: it stays as it is. @param {Printer} p @param {Node} node */
export function assigned(p, { left, right, operator }) {
  if (!mayRefuse(p, left)) return undefined;
  const put = (value) => `${p.$}.put(${partsOf(p, left)},${p.lines(left.end, right.start)}${value})`;
  if (operator === '=') return put(p.operand(right));
  if (LOGICAL.has(operator) || !runsNothing(left)) return undefined;
  return put(`${p.print(left)}${operator.slice(0, -1)}(${p.print(right)})`);
}

/** @type {Record<string, import('./printer.js').How>} */
export const MEMBERS = {
  BinaryExpression(p, node) {
    const { left, right, operator } = node;
    if (operator !== 'in') return p.rest(node);
    const gap = p.lines(left.end, right.start);
    if (left.type !== 'PrivateIdentifier') return `${p.$}.in(${p.operand(left)},${gap}${p.operand(right)})`;
    return `#${left.name} in ${p.$}.within("#${left.name}",${gap}${p.operand(right)})`;
  },
  UpdateExpression(p, node) {
    const { argument, prefix, operator } = node;
    if (!mayRefuse(p, argument)) return p.rest(node);
    return `${p.$}.bump(${partsOf(p, argument)},${operator === '++' ? 1 : -1},${prefix ? 1 : 0})`;
  },
};
