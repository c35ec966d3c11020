// What a trace's words must be like, whatever the program (web/playground/lower/lower.js); and a trace to read.
import { depthOf, placeOf } from '../../web/playground/lower/word.js';

const BEGINS = new Set(['program', 'enter', 'await', 'yield']);

/**
 * What is wrong with the words of one job, as sentences. A job begins and ends with no function on the stack; an error
 * that nobody caught may leave some there.
 *
 * @param {number[]} words @param {import('../../web/playground/lower/lower.js').Lowered} lowered
 */
export function faultsOf(words, { places }) {
  const faults = [];
  /** The function of each frame. @type {number[]} */ const stack = [];
  for (const [i, word] of words.entries()) {
    const depth = depthOf(word);
    const place = places[placeOf(word)];
    const tell = (what) => faults.push(`word ${i}: ${what} (${depth} ${place?.kind} ${place?.line}:${place?.column})`);
    if (word === 0) {
      stack.length = 0;
      continue;
    }
    const isNew = depth > stack.length || stack[depth - 1] !== place.function;
    if (depth > stack.length + 1) tell(`${depth - stack.length} deeper`);
    if (isNew && !BEGINS.has(place.kind)) tell('a function begins in its middle');
    stack.length = depth;
    stack[depth - 1] = place.function;
  }
  return faults;
}

/** A word in a line: depth, kind, and how the source begins there. @param {string} source */
export function lineOf(word, source, { places }) {
  const { kind, start, end } = places[placeOf(word)];
  if (word === 0) return 'end';
  const text = source.slice(start, end).replace(/\s+/g, ' ');
  return `${'  '.repeat(depthOf(word) - 1)}${kind} ${text.length > 24 ? `${text.slice(0, 23)}…` : text}`;
}
