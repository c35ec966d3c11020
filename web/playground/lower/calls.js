// @ts-check
/**
 * Calls. While one is made, the newest word is its place: so what it queues knows from where. Nothing is written; the
 * number is put there when all that the call needs has been evaluated, for that may have called others:
 *
 *     f(a, b())      f(a, ($v = b(), $D = $d | 12, $v))
 *     o.f()          ($v = o, $D = $d | 12, $v).f()
 */
import { givenTo, inWords } from './in-words.js';
import { isNameless } from './names.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** What runs nothing when it is evaluated. */
const QUIET = /^(Identifier|ThisExpression|Literal|FunctionExpression|ArrowFunctionExpression)$/;

/** What may be called, and need not be callable. */
const OTHERS = /^(?:Call|Sequence|Logical|Conditional|Await|Unary|Array|Object)Expression$|Literal$/;

/** Whether a chain that may end early goes on in this node: it must not be taken apart. @param {Node} node */
function isOptional(node) {
  for (let at = node; at; at = at.object ?? at.callee) if (at.optional) return true;
  return false;
}

/** An expression, and then the place. @param {Printer} p @param {Node} node @param {number} place */
function thenAt(p, node, place) {
  const { $ } = p;
  const here = `${$}D=${$}d|${place}`;
  const text = p.operand(node);
  return QUIET.test(node.type)
    ? `(${here},${text})`
    : `(${$}v=${isNameless(node) ? `(0,${text})` : text},${here},${$}v)`;
}

/** Which part of a call is evaluated last. @param {Node} node */
function lastOf({ callee, arguments: list }) {
  if (list.length > 0) return list.at(-1).type === 'SpreadElement' ? list.at(-1).argument : list.at(-1);
  if (callee.type === 'Identifier') return callee.name === 'eval' ? undefined : callee;
  if (callee.type !== 'MemberExpression') return OTHERS.test(callee.type) ? callee : undefined;
  if (callee.object.type === 'Super') return undefined;
  return isOptional(callee.object) ? undefined : callee.object;
}

/** A call or a `new`. @param {Printer} p @param {Node} node */
export function call(p, node) {
  const last = p.scope.marks ? lastOf(node) : undefined;
  if (last) {
    const called = (node.type === 'NewExpression' ? 'new ' : '') + inWords(node.callee);
    const place = p.place('call', node, { called, given: givenTo(node), variable: p.variables.get(node) });
    p.instead.set(last, thenAt(p, last, place));
  }
  return p.rest(node);
}

/** QuickJS takes `new new X()()` apart in another way. @param {Printer} p @param {Node} node */
function construct(p, node) {
  const { callee } = node;
  if (callee.type === 'NewExpression') p.instead.set(callee, `(${p.print(callee)})`);
  return call(p, node);
}

/** @type {Record<string, import('./printer.js').How>} */
export const CALLS = { NewExpression: construct };
