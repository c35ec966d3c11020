// @ts-check
/**
 * `for await`: a loop that awaits each next value; what it asks of iterators is in ../vm/async-iteration.js.
 *
 *     { let each = $.each(e);
 *       try { while ($.more(each, await $.next(each))) { const x = each.value; ... } }
 *       catch (error) { throw $.failed(each, error) }
 *       finally { if (each.inBody) yield* $.close(place, each) } }
 *
 * Only an abrupt end of the body closes the iterator: `inBody` says whether it is one.
 */
import { inWords } from './in-words.js';
import { body } from './statements.js';
import { caught, suspended } from './suspension.js';
import { guarded, passed } from './tries.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** What is iterated, as V8 words it when it cannot be. @param {Node} node */
const wordsFor = (node) =>
  inWords(node) + (/^(Call|New)Expression$/.test(node.type) ? ' is not a function or its return value' : '');

/** @param {Printer} p @param {Node} node @param {string} labels  what stands before it */
export function forAwait(p, node, labels = '') {
  const { $ } = p;
  const { left, right } = node;
  const each = p.fresh();
  const text = JSON.stringify(wordsFor(right));
  const range = { start: node.start, end: right.end };
  const next = suspended(p, 'await', range, (place) => `(${$}D=${$}d|${place},${$}.next(${each}))`);
  const bind =
    left.type === 'VariableDeclaration' ? `${p.print(left)}=${each}.value;` : `(${p.print(left)}=${each}.value);`;
  const mark = `${p.at(p.place('loop', left))};`; // without a look: each turn awaits, so there is an end to jobs
  const closing = (place, value) => `yield*${$}.close(${place},${value})`;
  const close = suspended(p, 'await', range, each, closing);
  const before = `{let ${each}=${$}.each(${p.operand(right)},${text});try{`;
  const loop = `while(${$}.more(${each},${next})){${bind}${mark}`;
  const head = p.padded(node.start, node.body.start, before + loop).slice(before.length);
  return (
    `${before}${labels}${head}${guarded(p, () => body(p, node.body))}}}` +
    `catch(${$}e){${caught(p)}throw ${$}.failed(${each},${$}e)}` +
    `finally{${caught(p)}if(${each}.inBody)${close};${passed(p)}}}`
  );
}
