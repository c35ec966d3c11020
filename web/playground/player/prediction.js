// @ts-check
/**
 * What a learner expects of the console, against what it showed.
 *
 *     departure(said, console) -> where the two part; null when they do not
 *     toldOf(departure, isGuaranteed) -> that, in words
 *
 * An expected line may stand in quotes, and white space around it does not count; nor do empty lines at the end.
 *
 * @typedef {object} Departure
 * @property {number} line of the console, from 1
 * @property {string | null} said null: no more was expected
 * @property {string | null} is null: no more came
 * @property {number} index which of the console's entries it is in; of the last one when no more came, -1 for none
 */

/** @param {string} line */
const plain = (line) => line.trim().replace(/^(['"“])(.*)['"”]$/, '$2');

/** @param {string} text */
export const linesOf = (text) => text.trimEnd().split('\n').map(plain);

/** @param {string} said @param {{ text: string }[]} console @returns {Departure | null} */
export function departure(said, console) {
  const expected = said.trim() === '' ? [] : linesOf(said);
  const shown = console.flatMap(({ text }, index) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => ({ line: line.trim(), index })),
  );
  for (let i = 0; i < Math.max(expected.length, shown.length); i++) {
    const is = shown[i]?.line ?? null;
    const expects = expected[i] ?? null;
    if (is !== null && expects !== null && plain(is) === expects) continue;
    return { line: i + 1, said: expects, is, index: shown[i]?.index ?? console.length - 1 };
  }
  return null;
}

/**
 * @param {Departure} departure
 * @param {boolean} isGuaranteed the order in which that line comes; the moment's reason then says why
 */
export function toldOf({ line, said, is }, isGuaranteed) {
  const before = line > 1 ? `Right up to line ${line - 1}. ` : '';
  if (is === null) return `${before}You wrote “${said}” in line ${line}, but no more comes.`;
  const why = isGuaranteed ? 'Here it is written, with the reason.' : 'But no order is guaranteed here.';
  return `${before}Line ${line} is “${is}”, and you wrote ${said === null ? 'no more' : `“${said}”`}. ${why}`;
}
