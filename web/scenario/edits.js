// @ts-check
// Edits of a scenario's text, as a hand would make them: what an edit is not about stays as it is, comments, spaces,
// payloads, order and line ends among it. A statement is named by its index, as in a trace.
//
// An edit is asked of a text without mistakes. Whether the result has some (a timer that Node cannot have, a promise
// that is used above the line which makes it) is the core's to say.
import { ms } from '../core/time.js';
import { clausesOf, linesOf, statementsIn, textOf, wordsOf } from './lines.js';

/**
 * @typedef {import('./lines.js').Line} Line
 * @typedef {import('./lines.js').Word} Word
 * @typedef {import('./lines.js').Statement} Place  of a statement in the text
 * @typedef {import('../core/doorbell.js').Statement} Statement
 */

/** @param {string} line @param {{ from: number, to: number }} place @param {string} instead */
const replaced = (line, { from, to }, instead) => line.slice(0, from) + instead + line.slice(to);

/** Another text in the place of several words. @param {string} line @param {Word[]} words @param {string[]} instead */
const replacedAll = (line, words, instead) =>
  words.reduceRight((rest, word, i) => replaced(rest, word, instead[i]), line);

/** Something more behind a word. @param {string} line @param {Word} word @param {string} more */
const added = (line, word, more) => replaced(line, { from: word.to, to: word.to }, ` ${more}`);

/** @param {Word[]} words */
const last = (words) => words[words.length - 1];

/** @param {string} text of a time, in milliseconds @returns {number} in microseconds */
const us = (text) => Math.round(Number(text) * 1000);

/** @param {string} text @param {number} statement @param {(line: string, words: Word[]) => string} edit */
function editLine(text, statement, edit) {
  const lines = linesOf(text);
  const line = lines[statementsIn(lines)[statement].line];
  line.text = edit(line.text, wordsOf(line.text));
  return textOf(lines);
}

// ---- times ----------------------------------------------------------------------------------------------------------

/**
 * Another time in the place of a source's k-th. The times of a source do not go back: one that passes its neighbor
 * changes places with it.
 *
 * @param {string} text @param {number} statement @param {number} k @param {number} ready in microseconds
 */
export function setReady(text, statement, k, ready) {
  return editLine(text, statement, (line, words) => {
    const times = clausesOf(words).ready?.values;
    if (!times) return ready ? putReady(line, words, ready) : line; // a script is ready at 0 without saying so
    const texts = times.map((time, i) => (i === k ? ms(ready) : time.text)).sort((a, b) => us(a) - us(b));
    return replacedAll(line, times, texts);
  });
}

/** Behind the names. @param {string} line @param {Word[]} words @param {number} ready */
function putReady(line, words, ready) {
  const [, name, payload] = words;
  return added(line, payload?.text.startsWith('"') ? payload : name, `ready ${ms(ready)}`);
}

/** One more time. @param {string} text @param {number} statement @param {number} ready in microseconds */
export function addReady(text, statement, ready) {
  return editLine(text, statement, (line, words) => {
    const { ready: clause } = clausesOf(words);
    if (!clause) return putReady(line, words, ready);
    const before = clause.values.filter((time) => us(time.text) <= ready);
    return added(line, last([clause.word, ...before]), ms(ready));
  });
}

/** The last time of a source, in microseconds; 0 where it has none. @param {string} text @param {number} statement */
export function lastReady(text, statement) {
  const lines = linesOf(text);
  const { ready } = clausesOf(wordsOf(lines[statementsIn(lines)[statement].line].text));
  return ready?.values.length ? us(last(ready.values).text) : 0;
}

/** One time less; a source keeps its last one. @param {string} text @param {number} statement @param {number} k */
export function removeReady(text, statement, k) {
  return editLine(text, statement, (line, words) => {
    const times = clausesOf(words).ready?.values ?? [];
    return times.length > 1 ? without(line, words, [times[k]]) : line;
  });
}

/**
 * A line without some words, and the spaces before them.
 *
 * @param {string} line @param {Word[]} words @param {Word[]} gone
 */
function without(line, words, gone) {
  const from = words[words.indexOf(gone[0]) - 1].to;
  return replaced(line, { from, to: last(gone).to }, '');
}

/**
 * How long a callback, or the handling of a message, holds the thread.
 *
 * @param {string} text @param {number} statement @param {number} takes in microseconds
 */
export function setTakes(text, statement, takes) {
  return editLine(text, statement, (line, words) => {
    const { takes: clause } = clausesOf(words);
    if (clause) {
      if (!takes) return without(line, words, [clause.word, ...clause.values]);
      return replaced(line, clause.values[0], ms(takes));
    }
    return takes ? added(line, last(words), `takes ${ms(takes)}`) : line;
  });
}

/**
 * The delay of an action that has one.
 *
 * @param {string} text @param {number} statement @param {number} after in microseconds
 */
export function setAfter(text, statement, after) {
  return editLine(text, statement, (line, words) => {
    const { after: clause } = clausesOf(words);
    return clause ? replaced(line, clause.values[0], ms(after)) : line;
  });
}

// ---- more on a line -------------------------------------------------------------------------------------------------

/**
 * A clause behind all others, which the line does not have yet.
 *
 * @param {string} text @param {number} statement @param {string} clause
 */
export function addClause(text, statement, clause) {
  return editLine(text, statement, (line, words) =>
    clausesOf(words)[clause.split(' ')[0]] ? line : added(line, last(words), clause),
  );
}

/**
 * What a source brings, where it says nothing of it yet.
 *
 * @param {string} text @param {number} statement @param {string} payload
 */
export function addPayload(text, statement, payload) {
  return editLine(text, statement, (line, words) =>
    words[2]?.text.startsWith('"') ? line : added(line, words[1], quoted(payload)),
  );
}

// ---- statements -----------------------------------------------------------------------------------------------------

/** The index behind the last statement that is indented under one. @param {Place[]} statements @param {number} i */
function endOf(statements, i) {
  let end = i + 1;
  while (end < statements.length && statements[end].indent > statements[i].indent) end++;
  return end;
}

/**
 * The lines of a statement and of what is indented under it, with the comments between.
 *
 * @param {Place[]} statements @param {number} i
 */
const linesOfBlock = (statements, i) => ({
  from: statements[i].line,
  to: statements[endOf(statements, i) - 1].line + 1,
});

/** Takes a statement away, with what is indented under it. @param {string} text @param {number} statement */
export function remove(text, statement) {
  const lines = linesOf(text);
  const { from, to } = linesOfBlock(statementsIn(lines), statement);
  lines.splice(from, to - from);
  return textOf(lines);
}

/**
 * The statement next to one, on its level and under the same parent; -1 if there is none.
 *
 * @param {Place[]} statements @param {number} i @param {number} by -1 or 1
 */
function siblingOf(statements, i, by) {
  let at = by < 0 ? i - 1 : endOf(statements, i);
  while (at >= 0 && statements[at]?.indent > statements[i].indent) at--;
  return statements[at]?.indent === statements[i].indent ? at : -1;
}

/**
 * A statement changes places with the one before it (by -1) or behind it (by 1), each with what is indented under it.
 * What stands between the two stays between them.
 *
 * @param {string} text @param {number} statement @param {number} by
 * @returns {{ text: string, statement: number } | undefined} with its new index; nothing where there is no such place
 */
export function move(text, statement, by) {
  const lines = linesOf(text);
  const statements = statementsIn(lines);
  const other = siblingOf(statements, statement, by);
  if (other < 0) return undefined;
  const [first, second] = [statement, other].sort((a, b) => a - b);
  const [upper, lower] = [first, second].map((i) => linesOfBlock(statements, i));
  const texts = lines.map((line) => line.text);
  const swapped = [
    ...texts.slice(lower.from, lower.to),
    ...texts.slice(upper.to, lower.from),
    ...texts.slice(upper.from, upper.to),
  ];
  swapped.forEach((moved, i) => (lines[upper.from + i].text = moved));
  const size = endOf(statements, other) - other;
  return { text: textOf(lines), statement: by < 0 ? other : statement + size };
}

/** How lines end here. @param {Line[]} lines */
const feedOf = (lines) => lines.find(({ end }) => end.endsWith('\n'))?.end ?? '\n';

/**
 * Lines come in before others.
 *
 * @param {Line[]} lines @param {number} at @param {string} block @param {number} indent
 */
function put(lines, at, block, indent) {
  const end = feedOf(lines);
  const margin = ' '.repeat(indent);
  const more = block.split('\n').map((line) => ({ text: line && margin + line, end }));
  if (at === lines.length && at > 0 && !lines[at - 1].end) {
    lines[at - 1].end = end;
    more[more.length - 1].end = '';
  }
  lines.splice(at, 0, ...more);
  return textOf(lines);
}

/**
 * Other lines in the place of one: what cures a mistake.
 *
 * @param {string} text @param {number} at from 0 @param {string} block
 */
export function replaceLine(text, at, block) {
  const lines = linesOf(text);
  const line = lines[at + (text.startsWith('\ufeff') ? 1 : 0)]; // the mark is no line to the core
  line.text = block.replaceAll('\n', feedOf(lines));
  return textOf(lines);
}

/**
 * The line behind a statement and what is indented under it, as an index.
 *
 * @param {string} text @param {number} statement
 */
export const lineBehind = (text, statement) => linesOfBlock(statementsIn(linesOf(text)), statement).to;

/**
 * A source more, behind all others.
 *
 * @param {string} text @param {string} block one line, or several with what is indented under it
 */
export function append(text, block) {
  const lines = linesOf(text);
  return put(lines, lines.length, block, 0);
}

/**
 * A statement more, behind one and on its level.
 *
 * @param {string} text @param {number} statement @param {string} block
 */
export function insertBehind(text, statement, block) {
  const lines = linesOf(text);
  const statements = statementsIn(lines);
  return put(lines, linesOfBlock(statements, statement).to, block, statements[statement].indent);
}

/**
 * A statement more, as the last that is indented under one.
 *
 * @param {string} text @param {number} statement @param {string} block
 */
export function insertUnder(text, statement, block) {
  const lines = linesOf(text);
  const statements = statementsIn(lines);
  const hasChild = endOf(statements, statement) > statement + 1;
  const indent = hasChild ? statements[statement + 1].indent : statements[statement].indent + 2;
  return put(lines, linesOfBlock(statements, statement).to, block, indent);
}

/**
 * A statement that is indented under another one goes under a third, behind what is there; with what is indented under
 * it.
 *
 * @param {string} text @param {number} statement @param {number} parent
 * @returns {{ text: string, statement: number } | undefined} with its new index; nothing where it would be in itself
 */
export function moveUnder(text, statement, parent) {
  const lines = linesOf(text);
  const statements = statementsIn(lines);
  const size = endOf(statements, statement) - statement;
  if (parent >= statement && parent < statement + size) return undefined;
  const { from, to } = linesOfBlock(statements, statement);
  const margin = new RegExp(`^ {0,${statements[statement].indent}}`);
  const block = lines.slice(from, to).map((line) => line.text.replace(margin, ''));
  const rest = remove(text, statement);
  const under = parent < statement ? parent : parent - size;
  return {
    text: insertUnder(rest, under, block.join('\n')),
    statement: endOf(statementsIn(linesOf(rest)), under),
  };
}

// ---- names ----------------------------------------------------------------------------------------------------------

/** @param {string} name */
const quoted = (name) => `"${name.replace(/["\\]/g, '\\$&')}"`;

/** A name as a line has it: in quotes where it needs them. @param {string} name */
const written = (name) => (/^[^ \t"#]+$/.test(name) ? name : quoted(name));

/**
 * Another name for what a statement makes, wherever it is named.
 *
 * @param {string} text @param {number} statement @param {string} name
 * @param {Statement[]} statements of the text's trace: they know who names it
 */
export function rename(text, statement, name, statements) {
  const lines = linesOf(text);
  const places = statementsIn(lines);
  places.forEach(({ line }, i) => {
    const words = wordsOf(lines[line].text);
    const named = i === statement ? [words[1]] : referencesIn(words, statements[i], statement);
    lines[line].text = named.reduceRight((rest, word) => replaced(rest, word, written(name)), lines[line].text);
  });
  return textOf(lines);
}

/**
 * The words by which a statement names another one.
 *
 * @param {Word[]} words @param {Statement} by @param {number} statement
 */
function referencesIn(words, by, statement) {
  const { of: clause, with: other } = clausesOf(words);
  return [
    ...(by.of === statement ? [clause?.values[0] ?? words[1]] : []),
    ...(by.with === statement && other ? other.values : []),
  ];
}
