// @ts-check
/**
 * Where a function stops and goes on later: await, yield, yield*.
 *
 *     await e    ($v = e, it returns, $d = ~12, $v = yield $.await(12, $v), it is entered again, $v)
 *
 * 12 is the place. Going on with an error leaves this in the middle; then `$d` is below 0, and the `catch` or `finally`
 * that gets hold of it first enters again. (A generator may be called from elsewhere each time: so the frame is new.)
 */
import { isNameless } from './names.js';
import { FRAME } from './word.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** A function is entered again: expressions. @param {Printer} p @param {string | number} place */
function again({ $ }, place) {
  return `${$}p=${$}D,${$}d=(${$}p&${-FRAME})+${FRAME},${$}T[${$}I++]=${$}D=${$}d|${place}`;
}

/** What a `catch` or `finally` of a generator begins with. @param {Printer} p */
export const caught = (p) => (p.scope.kind === 'plain' ? '' : `if(${p.$}d<0){${p.$}v=~${p.$}d;${again(p, `${p.$}v`)}}`);

/**
 * @param {Printer} p @param {'await' | 'yield'} kind @param {{ start: number, end: number }} range
 * @param {string | ((place: number) => string)} operand  an expression
 * @param {(place: number, value: string) => string} [ask]
 */
export function suspended(p, kind, range, operand, ask = (place, value) => `yield ${p.$}.await(${place},${value})`) {
  const { $ } = p;
  const place = p.place(kind, range);
  const stop = `${$}v=${typeof operand === 'string' ? operand : operand(place)},${p.left()},${$}d=${~place}`;
  return `(${stop},${$}v=${ask(place, `${$}v`)},${again(p, place)},${$}v)`;
}

/** The text of an operand, after so many characters of its operator. @param {Printer} p @param {Node} node */
function operandOf(p, node, from) {
  const text = p.between(from, node.end, [node.argument]);
  return isNameless(node.argument) ? `(0,${text})` : text;
}

/** @type {Record<string, import('./printer.js').How>} */
export const SUSPENSIONS = {
  AwaitExpression: (p, node) => suspended(p, 'await', node, operandOf(p, node, node.start + 'await'.length)),

  YieldExpression(p, node) {
    const { $ } = p;
    const from = node.delegate ? p.find('*', node.start) + 1 : node.start + 'yield'.length;
    const operand = node.argument ? operandOf(p, node, from) : 'undefined';
    if (p.scope.kind === 'generator') {
      const word = node.delegate ? 'yield*' : 'yield';
      return suspended(p, 'yield', node, operand, (_, value) => `${word} ${value}`);
    }
    if (node.delegate) {
      return suspended(p, 'yield', node, operand, (place, value) => `yield*${$}.delegate(${place},${value})`);
    }
    const awaited = suspended(p, 'await', node, operand);
    return suspended(p, 'yield', node, awaited, (place, value) => `yield ${$}.yield(${place},${value})`);
  },
};
