// @ts-check
// What the browser keeps for the learner between visits. A convenience: where storage is refused, full or holds
// something odd, the lesson works all the same and starts afresh.

/** Each page keeps its own; `/lesson` and `/lesson.html` are one page. @param {string} part */
const key = (part) => `doorbell:${location.pathname.replace(/\.html$/, '')}:${part}`;

/**
 * What was remembered, or null. Anybody may have written to storage, so only what `isValid` accepts comes in.
 * @template T
 * @param {string} part
 * @param {(value: any) => value is T} isValid
 * @returns {T | null}
 */
export function recall(part, isValid) {
  try {
    const value = JSON.parse(localStorage.getItem(key(part)) ?? 'null');
    return isValid(value) ? value : null;
  } catch {
    return null;
  }
}

/** @param {string} part @param {unknown} value */
export function remember(part, value) {
  try {
    localStorage.setItem(key(part), JSON.stringify(value));
  } catch {
    // Refused or full: then it lasts as long as the page.
  }
}
