// @ts-check
/**
 * What an arrow function has of what surrounds it: this, arguments, new.target, super. An async arrow becomes a
 * generator, which is no arrow; so it asks by thunks, which are arrows where it stands:
 *
 *     async () => this.x      (($t) => $.async(function* () { ... $t().x ... }))(() => this)
 *
 * They are asked each time, for in a constructor `this` comes into being only with super().
 */

import { call } from './calls.js';
import { assigned } from './members.js';
import { takenApart } from './patterns.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** @type {Record<string, string>} */
const THUNKS = {
  t: '()=>this',
  g: '(k)=>super[k]',
  s: '(k,v)=>super[k]=v',
  c: '(...a)=>super(...a)',
};

/** In no function it is the program's, which its host knows: Node's modules are functions. @param {Printer} p */
const argumentsOf = (p) => (p.scope.top ? `${p.$}.arguments` : 'arguments');
/** @param {Printer} p */
const targetOf = (p) => (p.scope.top ? '(void 0)' : 'new.target');

/** @param {Printer} p @param {string} thunk */
export const thunkOf = (p, thunk) =>
  thunk === 'a' ? `()=>${argumentsOf(p)}` : thunk === 'n' ? `()=>${targetOf(p)}` : THUNKS[thunk];

/** The name of a thunk, where there must be one. @param {Printer} p @param {string} thunk */
function asked(p, thunk) {
  p.scope.thunks?.add(thunk);
  return p.$ + thunk;
}

/** `super.x` in an async arrow. @param {Printer} p @param {Node} node */
const isAsked = (p, node) => p.scope.thunks && node.type === 'MemberExpression' && node.object.type === 'Super';

/** Its key, as an expression. @param {Printer} p @param {Node} node */
const keyOf = (p, { computed, property }) => (computed ? `(${p.print(property)})` : JSON.stringify(property.name));

/** @param {Printer} p @param {Node} node */
const listOf = (p, node) => {
  const start = p.find('(', node.callee.end) + 1;
  return p.between(start, node.end - 1, node.arguments);
};

/** @type {Record<string, import('./printer.js').How>} */
export const SURROUNDINGS = {
  ThisExpression: (p) => (p.scope.thunks ? `${asked(p, 't')}()` : 'this'),
  MetaProperty(p, node) {
    if (node.meta.name === 'import') return `${p.$}.meta`;
    return p.scope.thunks ? `${asked(p, 'n')}()` : targetOf(p);
  },
  Identifier(p, node) {
    if (node.name === 'arguments') return p.scope.thunks ? `${asked(p, 'a')}()` : argumentsOf(p);
    return node.name === 'yield' ? `${p.$}yield` : p.source.slice(node.start, node.end); // a name in sloppy code
  },
  UnaryExpression(p, node) {
    const mayBeNone = node.operator === 'typeof' && node.argument.name === 'arguments';
    return mayBeNone ? `(()=>{try{return typeof ${p.print(node.argument)}}catch{return'undefined'}})()` : p.rest(node);
  },
  MemberExpression(p, node) {
    if (isAsked(p, node)) return `${asked(p, 'g')}(${keyOf(p, node)})`;
    if (!node.computed) return p.between(node.start, node.end, [node.object]);
    return p.rest(node, new Map([[node.property, `${p.$}K=${p.operand(node.property)}`]]));
  },
  CallExpression(p, node) {
    const { callee } = node;
    if (!p.scope.thunks) return call(p, node);
    if (callee.type === 'Super') return `${asked(p, 'c')}(${listOf(p, node)})`;
    if (!isAsked(p, callee)) return call(p, node);
    return `${p.$}.call(${p.print(callee)},${asked(p, 't')}(),[${listOf(p, node)}])`;
  },
  AssignmentExpression(p, node) {
    const { left, right, operator } = node;
    if (!isAsked(p, left)) {
      takenApart(p, left, right);
      return assigned(p, node) ?? p.rest(node);
    }
    const value = operator === '=' ? p.operand(right) : `${p.print(left)}${operator.slice(0, -1)}(${p.print(right)})`;
    return `${asked(p, 's')}(${keyOf(p, left)},${value})`;
  },
};
