// @ts-check
/**
 * tokensOf(text): what an editor shows in a color of its own: comments, strings, numbers, keywords.
 *
 * It reads words, not the grammar, which is enough for colors: a whole parser for them would weigh as much as the
 * language that the playground runs. A `/` that begins a regular expression is not told from a division.
 *
 * @typedef {{ kind: 'comment' | 'string' | 'number' | 'keyword', start: number, end: number }} Token
 */

const KEYWORDS =
  'async await break case catch class const continue default delete do else export extends false finally for from ' +
  'function get if import in instanceof let new null return set static super switch this throw true try typeof ' +
  'undefined var void while yield';

const TOKEN = new RegExp(
  [
    /(?<comment>\/\/.*|\/\*[^]*?(?:\*\/|$))/,
    /(?<string>(?<quote>["'])(?:\\[^]|(?!\k<quote>)[^\\\n])*\k<quote>?|`(?:\\[^]|[^\\`])*`?)/,
    /(?<number>\b(?:0[xbo][\da-f_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?)n?\b)/,
    new RegExp(`(?<![\\w$.#])(?<keyword>${KEYWORDS.replaceAll(' ', '|')})(?![\\w$])`),
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** @param {string} text @returns {Token[]} */
export function tokensOf(text) {
  /** @type {Token[]} */ const tokens = [];
  for (const {
    index,
    0: { length },
    groups = {},
  } of text.matchAll(TOKEN)) {
    const kinds = /** @type {Token['kind'][]} */ (['comment', 'string', 'number', 'keyword']);
    const kind = kinds.find((name) => groups[name] !== undefined);
    if (kind) tokens.push({ kind, start: index, end: index + length });
  }
  return tokens;
}
