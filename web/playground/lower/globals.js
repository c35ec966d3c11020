// @ts-check
// In a page, what a script declares by `var` or `function` at its top is a property of the global object too (9.1.1.4).
// Our code is a function: so these properties are accessors.
import { childrenOf } from './parse.js';

/** @typedef {import('./parse.js').Node} Node */

/** The names that a pattern binds. @param {Node} pattern @returns {string[]} */
export function boundBy(pattern) {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'AssignmentPattern') return boundBy(pattern.left);
  return childrenOf(pattern).flatMap((node) => boundBy(node.type === 'Property' ? node.value : node));
}

/** The `var` names below a node, outside functions. @param {Node} node @returns {string[]} */
export function varsIn(node) {
  if (/Function|Class/.test(node.type)) return [];
  const own = node.type === 'VariableDeclaration' && node.kind === 'var' ? node.declarations : [];
  return [...own.flatMap(({ id }) => boundBy(id)), ...childrenOf(node).flatMap(varsIn)];
}

/** What makes the properties. @param {import('./printer.js').Printer} p @param {Node} program */
export function globals(p, program) {
  const functions = program.body.filter(({ type }) => type === 'FunctionDeclaration').map(({ id }) => id.name);
  const names = new Set([...functions, ...varsIn(program)]);
  return [...names].map((name) => `${p.$}.global("${name}",()=>${name},(${p.$}v)=>{${name}=${p.$}v});`).join('');
}
