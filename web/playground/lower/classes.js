// @ts-check
// Classes, and the properties of object literals.
import { method } from './functions.js';
import { statements } from './statements.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** A method that the driver must get hold of. @param {Node} node */
const isAsyncMethod = ({ value, key, method, type }) =>
  (method || type === 'MethodDefinition') && value.async && key.type !== 'PrivateIdentifier';

/** @param {Printer} p @param {Node} node */
function classOf(p, node) {
  const name = p.names.get(node) ?? '';
  const index = p.places.addFunction({ name, kind: 'class', start: node.start, end: node.end });
  const { superClass, body } = node;
  const start = node.start + 'class'.length;
  const nodes = superClass ? [superClass, body] : [body];
  return `class/*@${index}*/${p.within({ strict: true }, () => p.between(start, node.end, nodes))}`;
}

/** @param {Printer} p @param {Node} node */
function classBody(p, node) {
  const first = node.body.some(isAsyncMethod) ? `static{${p.$}.class(this)}` : '';
  return `{${first}${p.between(node.start + 1, node.end, node.body)}`;
}

/** What is in a class is in no function around it. */
const INSIDE = { thunks: null, top: false, kind: /** @type {const} */ ('plain') };

/** Its value is the body of a function of its own. @param {Printer} p @param {Node} node */
function field(p, node) {
  const { key, computed, value } = node;
  const nodes = computed ? [key] : [];
  if (value) nodes.push(value);
  const given = new Map(value ? [[value, p.within({ ...INSIDE, marks: false }, () => p.print(value))]] : []);
  return p.between(node.start, node.end, nodes, given);
}

/** @param {Printer} p @param {Node} node */
function staticBlock(p, node) {
  const index = p.places.addFunction({ name: '', kind: 'method', start: node.start, end: node.end });
  const start = p.find('{', node.start) + 1;
  return p.within({ ...INSIDE, function: index, marks: true, finallies: 0 }, () => {
    const before = p.entered(p.place('enter', node));
    const text = statements(
      p,
      node.body,
      { start, end: node.end - 1 },
      { before, after: `${p.left()};`, hoists: 'var' },
    );
    return `static{${text}}`;
  });
}

/** @param {Printer} p @param {Node} node */
function property(p, node) {
  const { key, value, computed, shorthand } = node;
  if (node.method || node.kind === 'get' || node.kind === 'set') return method(p, node);
  if (shorthand) {
    const text = p.print(value);
    return text.startsWith(key.name) ? text : `${key.name}:${text}`;
  }
  if (!computed) return p.between(node.start, node.end, [value]);
  if (!value.async || value.id) return p.rest(node);
  p.computedNames.add(value);
  return p.rest(node, new Map([[key, `${p.$}.key(${p.print(key)})`]]));
}

/** @type {Record<string, import('./printer.js').How>} */
export const CLASSES = {
  ClassDeclaration: classOf,
  ClassExpression: classOf,
  ClassBody: classBody,
  MethodDefinition: method,
  PropertyDefinition: field,
  StaticBlock: staticBlock,
  Property: property,
  ObjectExpression: (p, node) =>
    node.properties.some((each) => each.type === 'Property' && isAsyncMethod(each))
      ? `${p.$}.object(${p.rest(node)})`
      : p.rest(node),
};
