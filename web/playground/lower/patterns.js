// @ts-check
// `const { a } = undefined` is an error that tells of `a`, and of what was undefined: the engine does not know, so the
// value is looked at before it is taken apart.
import { inWords } from './in-words.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** What V8 says cannot be destructured. @param {Node} pattern @param {Node} value */
function wordsFor({ properties: [first] }, value) {
  const named = first?.type === 'Property' && !first.computed;
  return `${named ? `property '${first.key.name ?? first.key.value}' of ` : ''}'${inWords(value)}'`;
}

/** Before a pattern and its value are written. @param {Printer} p @param {Node} pattern @param {Node | null} value */
export function takenApart(p, pattern, value) {
  if (!value || pattern.type !== 'ObjectPattern') return;
  const words = JSON.stringify(wordsFor(pattern, value));
  p.instead.set(value, `${p.$}.destructured(${p.operand(value)},${words})`);
}

/** @type {Record<string, import('./printer.js').How>} */
export const PATTERNS = {
  VariableDeclarator(p, node) {
    takenApart(p, node.id, node.init);
    return p.rest(node);
  },
};
