// @ts-check
// `const { a } = undefined` is an error that tells of `a`, and of what was undefined: the engine does not know, so the
// value is looked at before it is taken apart; and a pattern inside another has a default, which throws.
import { inWords } from './in-words.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** The first property that a pattern takes; undefined when it has no plain name. @param {Node} pattern
 * @returns {string | undefined} */
const firstOf = ({ properties: [first] }) =>
  first?.type === 'Property' && !first.computed ? (first.key.name ?? first.key.value) : undefined;

/** What V8 says cannot be destructured; where the first property has a default, it says what was read of it.
 * @param {Node} pattern @param {string} value @returns {{ what: string, name?: string }} */
function wordsFor(pattern, value) {
  const name = firstOf(pattern);
  if (pattern.properties[0]?.value?.type === 'AssignmentPattern') return { what: '', name };
  return { what: `${name === undefined ? '' : `property '${name}' of `}'${value}'` };
}

/** What V8 says of a function that is called without what it takes apart. @param {Node} f */
export function takenFrom({ params }) {
  const pattern = params.find(({ type }) => type === 'ObjectPattern');
  return pattern && wordsFor(pattern, 'undefined');
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
