// @ts-check
// What functions and classes without a name of their own are called: by where they stand (8.4 NamedEvaluation).

/** @typedef {import('./parse.js').Node} Node */
import { everyNode } from './parse.js';

const ANONYMOUS = new Set(['FunctionExpression', 'ArrowFunctionExpression', 'ClassExpression']);
const ASSIGNMENTS = new Set(['=', '&&=', '||=', '??=']);

/** The name that a key gives. @param {Node} node  with a key @returns {string | undefined} */
function keyName({ key, computed }) {
  if (computed) return undefined;
  if (key.type === 'Literal') return String(key.bigint ?? key.value);
  return key.type === 'PrivateIdentifier' ? `#${key.name}` : key.name;
}

/** Who names whom. @type {Record<string, (node: Node) => [Node, string | undefined] | undefined>} */
const NAMING = {
  VariableDeclarator: ({ id, init }) => [init, id.name],
  AssignmentPattern: ({ left, right }) => [right, left.name],
  AssignmentExpression: ({ operator, left, right, start }) =>
    ASSIGNMENTS.has(operator) && left.type === 'Identifier' && left.start === start ? [right, left.name] : undefined,
  Property: (node) => (keyName(node) === '__proto__' && !node.method ? undefined : [node.value, keyName(node)]),
  PropertyDefinition: (node) => [node.value, keyName(node)],
  MethodDefinition: (node) => [node.value, keyName(node)],
  ExportDefaultDeclaration: ({ declaration }) => [declaration, 'default'],
};

/** Whether it would be called by what it is assigned to. @param {Node} node */
export const isNameless = ({ type, id }) => ANONYMOUS.has(type) && !id;

/** The variable that a call's value goes to, as it is. @param {Node} program */
export function variablesOf(program) {
  /** @type {Map<Node, string>} */ const variables = new Map();
  for (const node of everyNode(program)) {
    if (node.type !== 'VariableDeclarator' && node.type !== 'AssignmentExpression') continue;
    const [value, name] = NAMING[node.type](node) ?? [];
    if (value && name !== undefined && /^(?:Call|New)/.test(value.type)) variables.set(value, name);
  }
  return variables;
}

/** The names of a program's functions and classes, of those that have one. @param {Node} program */
export function namesOf(program) {
  /** @type {Map<Node, string>} */ const names = new Map();
  for (const node of everyNode(program)) {
    if (node.id?.type === 'Identifier' && node.type !== 'VariableDeclarator') names.set(node, node.id.name);
    const [named, name] = NAMING[node.type]?.(node) ?? [];
    if (named && name !== undefined && !named.id && (ANONYMOUS.has(named.type) || node.type.startsWith('Export'))) {
      names.set(named, name);
    }
  }
  return names;
}
