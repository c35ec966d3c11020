// @ts-check
// A scenario's text as lines, and a line as words: where something stands, so that an edit can change this and leave
// all else as it was. What a line means is the core's to say; the places of words follow core/model/scenario/lexer.h.
//
// Texts without mistakes are meant. Of others a line is still a line, and a word a word.

/**
 * @typedef {{ text: string, end: string }} Line  `end` is its line feed, or nothing at the end of the text
 * @typedef {{ line: number, indent: number }} Statement  `line` is an index, `indent` a count of spaces
 * @typedef {{ text: string, from: number, to: number }} Word  `text` as it stands there, with its quotes
 * @typedef {{ word: Word, values: Word[] }} Clause
 */

/**
 * Joined again, they are the text. A byte-order mark ends a line of its own, which is empty.
 *
 * @param {string} text
 * @returns {Line[]}
 */
export function linesOf(text) {
  const parts = text.split(/(^\ufeff|\r?\n)/);
  const lines = [];
  for (let i = 0; i < parts.length; i += 2) lines.push({ text: parts[i], end: parts[i + 1] ?? '' });
  if (parts[parts.length - 1] === '') lines.pop();
  return lines;
}

/** @param {Line[]} lines */
export const textOf = (lines) => lines.map(({ text, end }) => text + end).join('');

/** How far a line is indented; -1 where it is no statement. @param {string} line */
const indentOf = (line) => (/^[ \t]*#/.test(line) ? -1 : line.search(/[^ \t]/));

/**
 * The statements, as the core counts them: a line each, but for those that are empty or a comment.
 *
 * @param {Line[]} lines @returns {Statement[]}
 */
export function statementsIn(lines) {
  return lines.flatMap(({ text }, line) => {
    const indent = indentOf(text);
    return indent < 0 ? [] : [{ line, indent }];
  });
}

/** The statement that one is indented under; -1 at the left edge. @param {number[]} indents @param {number} i */
export function parentOf(indents, i) {
  let at = i - 1;
  while (at >= 0 && indents[at] >= indents[i]) at--;
  return at;
}

/** Words and strings, up to a comment. @param {string} line @returns {Word[]} */
export function wordsOf(line) {
  const pattern = /[ \t]*("(?:\\.|[^"\\])*"?|[^ \t"#]+)/y;
  const words = [];
  for (let found = pattern.exec(line); found; found = pattern.exec(line)) {
    const [, text] = found;
    words.push({ text, from: pattern.lastIndex - text.length, to: pattern.lastIndex });
  }
  return words;
}

/** How many words follow the word of a clause; `ready` has one or more times. @type {Record<string, number>} */
const VALUES = { ready: 1, takes: 1, after: 1, of: 1, with: 1, forever: 0 };

/**
 * What stands behind the names, by its word. A name may be the word of a clause too: it is told by its place.
 *
 * @param {Word[]} words of a line
 * @returns {Record<string, Clause | undefined>}
 */
export function clausesOf(words) {
  /** @type {Record<string, Clause>} */
  const clauses = {};
  let i = words[2]?.text.startsWith('"') ? 3 : 2; // behind the statement's word, its name, and a payload
  while (i < words.length) {
    const word = words[i++];
    const from = i;
    i += VALUES[word.text] ?? 0;
    if (word.text === 'ready') while (/^[\d.+-]/.test(words[i]?.text ?? '')) i++;
    clauses[word.text] = { word, values: words.slice(from, i) };
  }
  return clauses;
}
