// @ts-check
// What a line of a scenario may hold, and what may stand beside it and under it: how such a line is written, and edits
// that write one. The words, and where each fits, are asked of the core; so is whether a line can be read there.
import * as edits from './edits.js';
import { clausesOf, linesOf, parentOf, statementsIn, wordsOf } from './lines.js';

/**
 * Who knows the words.
 *
 * @typedef {object} Core
 * @property {string[]} kinds the words, by number; a word may have several
 * @property {(kind: number, under: number) => string | undefined} usage how a line of a kind is written under another
 *   (at the left edge: under the number of kinds): core/model/scenario/usage.h
 * @property {(text: string) => number} problems how many a text has
 */

/**
 * @typedef {import('./lines.js').Statement} Place  of a statement in the text
 * @typedef {{ label: string, text: string, line: number }} Offer  the text with the piece in it, and the line to go to
 */

/**
 * @typedef {object} Help
 * @property {string} usage how this line is written; '' for a word that does not fit here
 * @property {Offer[]} more what it may hold besides
 * @property {Offer[]} beside what may come behind it, on its level
 * @property {Offer[]} under what may be indented under it
 */

const TRIED = 8; // names that may be a promise's, the nearest above

/** What stands for a time, a duration, a size, a payload. @type {Record<string, string>} */
const SAMPLES = { T: '2', D: '1', SIZE: '4 KB', N: '2', PAYLOAD: 'hello' };

/** What a usage has in brackets, which may have more of them inside. */
const BRACKETS = / \[((?:[^[\]]|\[[^\]]*\])*)\]/g;

/**
 * A name that no word of the text is: door after door; else the word, with a number.
 *
 * @param {string} text @param {string} word
 */
export function freshName(text, word) {
  const taken = new Set(linesOf(text).flatMap((line) => wordsOf(line.text).map((each) => each.text)));
  const isDoor = word === 'socket' && [...taken].some((name) => /^[A-Z]$/.test(name));
  for (let i = 0; ; i++) {
    const name = isDoor && i < 26 ? String.fromCharCode(65 + i) : `${word}${i + 1}`;
    if (!taken.has(name)) return name;
  }
}

/**
 * What may be written at a line of a text, which may have mistakes elsewhere. Whatever is offered, the core can read.
 *
 * @param {string} text @param {number} at the line, from 0; of an empty line or a comment the statement above counts
 * @param {Core} core
 * @returns {Help}
 */
export function helpAt(text, at, core) {
  const { kinds } = core;
  const edge = kinds.length;
  const lines = linesOf(text);
  const words = lines.map((line) => wordsOf(line.text));
  const statements = statementsIn(lines);
  const indents = statements.map(({ indent }) => indent);
  const statement = statements.filter(({ line }) => line <= at).length - 1;
  const mistakes = core.problems(text);

  /**
   * The one that the host has, of several of one word.
   *
   * @param {number} i of a statement, or below 0 for the left edge
   */
  const kindOf = (i) => {
    if (i < 0) return edge;
    const { text: own } = words[statements[i].line][0];
    const here = kinds.findIndex((word, kind) => word === own && core.usage(kind, edge));
    return here < 0 ? kinds.indexOf(own) : here;
  };

  /**
   * A piece with its gaps filled, once for each promise that may be meant: the nearest above first.
   *
   * @param {string} piece @param {string} [name]
   */
  const filled = (piece, name = '') => {
    const whole = piece.replace(/\b(NAME|PAYLOAD|SIZE|T|D|N)\b/g, (gap) => SAMPLES[gap] ?? name);
    if (!whole.includes('PROMISE')) return [whole];
    const above = statements.filter(({ line, indent }) => line <= at && indent > 0).reverse();
    const names = new Set(above.map(({ line }) => words[line][1]?.text).filter(Boolean));
    return [...names].slice(0, TRIED).map((promise) => whole.replace('PROMISE', promise));
  };

  /**
   * The first of several texts that the core can read.
   *
   * @param {string} label @param {number} line @param {string[]} texts @returns {Offer[]}
   */
  const offer = (label, line, texts) => {
    const good = texts.find((each) => each !== text && core.problems(each) <= mistakes);
    return good === undefined ? [] : [{ label, text: good, line }];
  };

  /**
   * Of each word that fits under a kind, the shortest line.
   *
   * @param {number} under @param {number} line @param {(block: string) => string} insert
   */
  const linesUnder = (under, line, insert) =>
    kinds.flatMap((word, kind) => {
      const usage = core.usage(kind, under)?.replace(BRACKETS, '');
      return usage ? offer(word, line, filled(usage, freshName(text, word)).map(insert)) : [];
    });

  /** The line with one more of what its usage has in brackets. @param {string} piece */
  const added = (piece) => {
    if (piece.startsWith('"')) return [edits.addPayload(text, statement, SAMPLES.PAYLOAD)];
    if (piece === 'T...') return [edits.addReady(text, statement, edits.lastReady(text, statement) + 1000)];
    return filled(piece).map((clause) => edits.addClause(text, statement, clause));
  };

  if (statement < 0) {
    const beside = linesUnder(edge, lines.length, (block) => edits.append(text, block));
    return { usage: '', more: [], beside, under: [] };
  }
  const { line } = statements[statement];
  const parent = kindOf(parentOf(indents, statement));
  const own = kinds.findIndex((word, kind) => word === words[line][0].text && core.usage(kind, parent));
  const usage = core.usage(own, parent) ?? '';
  const isNamed = words[line].length > 1 || !usage.includes('NAME');
  const pieces = !isNamed
    ? []
    : [...usage.matchAll(BRACKETS)].flatMap(([, piece]) => piece.replace(/ \[.*/, '').split(' | '));
  const behind = edits.lineBehind(text, statement);
  return {
    usage,
    more: pieces.flatMap((piece) => offer(piece, line, added(piece))),
    beside: linesUnder(parent, behind, (block) => edits.insertBehind(text, statement, block)),
    under: linesUnder(kindOf(statement), behind, (block) => edits.insertUnder(text, statement, block)),
  };
}
