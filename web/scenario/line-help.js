// @ts-check
// What a line of a scenario may hold, and what may stand beside it and under it: how such a line is written, and edits
// that write one. The words, and where each fits, are asked of the core; so is whether a line can be read there.
import * as edits from './edits.js';
import { clausesOf, linesOf, statementsIn, wordsOf } from './lines.js';

/**
 * Who knows the words.
 *
 * @typedef {object} Core
 * @property {string[]} kinds the words, by number; a word may have several
 * @property {(kind: number, under: number) => string | undefined} usage how a line of a kind is written under another
 *   (at the left edge: under the number of kinds): core/model/scenario/usage.h
 * @property {(text: string) => number} problems how many a text has
 */

/** @typedef {{ label: string, text: string, line: number }} Offer  the text with the piece in it, and the line to go to */

/**
 * @typedef {object} Help
 * @property {string} usage how this line is written; '' for a word that does not fit here
 * @property {Offer[]} more what it may hold besides
 * @property {Offer[]} beside what may come behind it, on its level
 * @property {Offer[]} under what may be indented under it
 */

/** What stands for a time, and for a duration. */
const SAMPLES = { T: '2', D: '1' };

const OPTIONAL = /\[([^\]]*)\]/g;

/** A name that no word of the text is: door after door; else the word, with a number. @param {string} text @param {string} word */
function freshName(text, word) {
  const taken = new Set(linesOf(text).flatMap((line) => wordsOf(line.text).map((each) => each.text)));
  const isDoor = taken.has('A') && word === 'socket';
  for (let i = 0; ; i++) {
    const name = isDoor && i < 26 ? String.fromCharCode(65 + i) : `${word}${i + 1}`;
    if (!taken.has(name)) return name;
  }
}

/** The names that stand above a line, the nearest first: one of them may be a promise's. @param {string} text @param {number} line */
function namesAbove(text, line) {
  const names = linesOf(text)
    .slice(0, line + 1)
    .map(({ text }) => wordsOf(text)[1]?.text);
  return [...new Set(names.reverse())].filter(Boolean);
}

/** A usage with its gaps filled, once for each promise that may be meant. @param {string} usage @param {string} name @param {string[]} promises */
function filled(usage, name, promises) {
  const line = usage.replace(/\b(NAME|T|D)\b/g, (gap) => ({ ...SAMPLES, NAME: name })[gap] ?? gap);
  return line.includes('PROMISE') ? promises.map((promise) => line.replace('PROMISE', promise)) : [line];
}

/** The kinds of a line's word under another kind, the first that fits there. @param {Core} core @param {string | undefined} word @param {number} under */
const usageOf = ({ kinds, usage }, word, under) => {
  const kind = kinds.findIndex((each, i) => each === word && usage(i, under));
  return kind < 0 ? '' : (usage(kind, under) ?? '');
};

/**
 * What may be written at a line of a text, which may have mistakes elsewhere.
 *
 * @param {string} text @param {number} at the line, from 0; of an empty line or a comment the statement above counts
 * @param {Core} core
 * @returns {Help}
 */
export function helpAt(text, at, core) {
  const lines = linesOf(text);
  const statements = statementsIn(lines);
  const statement = statements.findLastIndex(({ line }) => line <= at);
  const edge = core.kinds.length;
  const before = core.problems(text);
  const wordAt = (/** @type {number} */ i) => wordsOf(lines[statements[i].line].text)[0].text;

  /** The first of several edits that the core can read. @param {string} label @param {string[]} candidates @param {number} [line] */
  const offer = (label, candidates, line = statements[statement]?.line) => {
    const good = candidates.find((candidate) => candidate !== text && core.problems(candidate) <= before);
    return good === undefined ? [] : [{ label, text: good, line }];
  };
  /** A line of each word that fits under a kind. @param {number} under @param {(block: string) => string} insert @param {number} line */
  const linesUnder = (under, insert, line) =>
    core.kinds.flatMap((word, kind) => {
      const usage = core.usage(kind, under)?.replace(/ \[[^\]]*\]/g, '');
      if (!usage) return [];
      const blocks = filled(usage, freshName(text, word), namesAbove(text, at));
      return offer(word, blocks.map(insert), line);
    });

  if (statement < 0) {
    return { usage: '', more: [], beside: linesUnder(edge, (block) => edits.append(text, block), lines.length), under: [] };
  }
  const { line, indent } = statements[statement];
  const parent = statements.findLastIndex((other, i) => i < statement && other.indent < indent);
  const under = parent < 0 ? edge : core.kinds.indexOf(wordAt(parent));
  const usage = usageOf(core, wordAt(statement), under);
  const more = [...usage.matchAll(OPTIONAL)].flatMap(([, optional]) =>
    optional.split(' | ').flatMap((piece) => {
      const pieces = filled(piece.replace('...', ''), '', namesAbove(text, line - 1));
      return offer(pieces[0] ?? piece, pieces.map((one) => edits.addPiece(text, statement, one)));
    }),
  );
  const end = edits.lineBehind(text, statement);
  return {
    usage,
    more,
    beside: linesUnder(under, (block) => edits.insertBehind(text, statement, block), end),
    under: linesUnder(core.kinds.indexOf(wordAt(statement)), (block) => edits.insertUnder(text, statement, block), end),
  };
}
