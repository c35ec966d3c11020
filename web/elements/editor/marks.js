// @ts-check
import { html } from 'lit';
import { wordsOf } from '../../scenario/lines.js';

/** @typedef {import('../../core/doorbell.js').ScenarioError['problems'][number]} Problem */

/** Where a line lies in a text. @param {string} text @param {number} line from 0 */
export function placeOf(text, line) {
  const before = text.split('\n', line).reduce((sum, each) => sum + each.length + 1, 0);
  const end = text.indexOf('\n', before);
  return { from: before, to: end < 0 ? text.length : end };
}

/**
 * The text, to lie under the one that is edited, with marks where it is wrong: the word in question, or the place where
 * one is missing. A line has one problem at most.
 *
 * @param {string} text @param {Problem[]} problems
 */
export function markedText(text, problems) {
  const byLine = new Map(problems.map((problem) => [problem.line - 1, problem]));
  return text.split('\n').map((line, i) => {
    const problem = byLine.get(i);
    if (!problem) return `${line}\n`;
    const at = [...line].slice(0, problem.column - 1).join('').length; // a column is a character
    const word = wordsOf(line).find(({ from, to }) => from <= at && at < to);
    const to = word?.to ?? at + 1;
    return html`${line.slice(0, at)}<mark>${line.slice(at, to) || ' '}</mark>${line.slice(to)}${'\n'}`;
  });
}
