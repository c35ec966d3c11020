// @ts-check
// `const { a } = undefined` is an error that tells of `a`, and of what was undefined: the engine does not know, so the
// value is looked at before it is taken apart. So is a parameter, where the body may begin with that, and the variable
// of a loop or a catch. A pattern inside another has a default, which throws: then what remains is null.
import { boundBy, varsIn } from './globals.js';
import { inWords } from './in-words.js';
import { everyNode } from './parse.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */
/** @typedef {import('../vm/wordings.js').Taken} Taken */

/** The first property that a pattern takes; undefined when it has no plain name. @param {Node} pattern
 * @returns {string | undefined} */
const firstOf = ({ properties: [first] }) =>
  first?.type === 'Property' && !first.computed ? (first.key.name ?? first.key.value) : undefined;

/** What V8 says cannot be destructured; where the first property has a default, it says what was read of it.
 * @param {Node} pattern @param {string} value @returns {Taken} */
function wordsFor(pattern, value) {
  const name = firstOf(pattern);
  if (pattern.properties[0]?.value?.type === 'AssignmentPattern') return { what: '', name };
  return { what: `${name === undefined ? '' : `property '${name}' of `}'${value}'` };
}

/** What V8 says of a function that is called without what it takes apart. @param {Node} f */
export function takenFrom(f) {
  const pattern = patternsOf(f).length === 0 && f.params.find(({ type }) => type === 'ObjectPattern');
  return pattern ? wordsFor(pattern, 'undefined') : insideOf(f.params);
}

/** What V8 says of a null that is to be taken apart and is no value as a whole, so of the first such.
 * @param {Node[]} nodes @returns {Taken | undefined} */
function insideOf(nodes) {
  for (const { type, value, elements, left } of nodes.flatMap((node) => [...everyNode(node)])) {
    const inner = type === 'Property' ? [value] : type === 'ArrayPattern' ? elements : [];
    const pattern = inner.find((node) => node?.type === 'ObjectPattern' && firstOf(node) !== undefined);
    if (pattern) return { what: '', name: firstOf(pattern), isNull: true };
    if (type === 'AssignmentPattern' && left.type === 'ObjectPattern')
      return { ...wordsFor(left, '(intermediate value)'.repeat(3)), isNull: true };
  }
  return undefined;
}

/** The same of a statement. @param {Node} node */
export const insideStatement = ({ type, declarations, expression }) =>
  type === 'VariableDeclaration'
    ? insideOf(declarations.map(({ id }) => id))
    : insideOf(expression?.type === 'AssignmentExpression' ? [expression.left] : []);

/** The parameters of a function that its body may begin with: then nobody sees the difference. @param {Node} f */
export function patternsOf({ params, body, generator }) {
  const patterns = params.filter(({ type }) => type === 'ObjectPattern');
  const isPlain = params.every(({ type }) => type === 'ObjectPattern' || type === 'Identifier');
  if (generator || !isPlain || patterns.length === 0) return [];
  const functions = (body.body ?? []).filter(({ type }) => type === 'FunctionDeclaration').map(({ id }) => id.name);
  const taken = new Set([...functions, ...varsIn(body)]);
  const isMovable = (pattern) =>
    !boundBy(pattern).some((name) => taken.has(name)) && [...everyNode(pattern)].every(isSimple);
  const usesList = [...everyNode(body)].some(({ type, name }) => type === 'Identifier' && name === 'arguments');
  return !usesList && patterns.every(isMovable) ? patterns : [];
}

/** Whether a part of a pattern means the same in the body: it reads no name. @param {Node} node */
const isSimple = ({ type, computed, right }) =>
  !computed && !(type === 'AssignmentPattern' && [...everyNode(right)].some(({ type }) => !QUIET.has(type)));
const QUIET = new Set(['Literal', 'ObjectExpression', 'ArrayExpression', 'UnaryExpression']);

/** Such parameters get other names; @param {Printer} p @param {Node} f */
export function renameTaken(p, f) {
  for (const pattern of patternsOf(f)) p.instead.set(pattern, p.fresh());
}

/** and this is what the body then begins with. @param {Printer} p @param {Node} f */
export function takenFirst(p, f) {
  let text = '';
  for (const pattern of patternsOf(f)) {
    const name = /** @type {string} */ (p.instead.get(pattern));
    p.instead.delete(pattern);
    text += bound(p, 'let', pattern, name, 'undefined');
  }
  return text;
}

/** A declaration. @param {Printer} p @param {string} kind @param {Node} pattern @param {string} value
 * @param {string} words of the value */
export function bound(p, kind, pattern, value, words) {
  const looked =
    pattern.type === 'ObjectPattern'
      ? `${p.$}.destructured(${value},${JSON.stringify(wordsFor(pattern, words))})`
      : value;
  return `${kind} ${p.print(pattern)}=${looked};`;
}

/** Patterns in a pattern. @param {Printer} p @param {Node} node @param {(Node | null | undefined)[]} inner */
function inside(p, node, inner) {
  for (const pattern of inner) {
    const name = pattern?.type === 'ObjectPattern' ? firstOf(pattern) : undefined;
    if (pattern && name !== undefined)
      p.instead.set(pattern, `${p.print(pattern)}=${p.$}.destructured(void 0,${JSON.stringify({ what: '', name })})`);
  }
  return p.rest(node);
}

/** Before a pattern and its value are written. @param {Printer} p @param {Node} pattern @param {Node | null} value */
export function takenApart(p, pattern, value) {
  if (!value || pattern.type !== 'ObjectPattern') return;
  const words = JSON.stringify(wordsFor(pattern, inWords(value)));
  p.instead.set(value, `${p.$}.destructured(${p.operand(value)},${words})`);
}

/** @type {Record<string, import('./printer.js').How>} */
export const PATTERNS = {
  ObjectPattern: (p, node) =>
    inside(
      p,
      node,
      node.properties.map(({ value }) => value),
    ),
  ArrayPattern: (p, node) => inside(p, node, node.elements),
  VariableDeclarator(p, node) {
    takenApart(p, node.id, node.init);
    return p.rest(node);
  },
};
