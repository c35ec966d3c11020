// @ts-check
// What each element of the package has, on a page of which nothing is known.
import tokens from '../styles/tokens.css';
import styles from './standalone.css';

/**
 * A property that an attribute may say. Another word is the usual one.
 *
 * @param {string[]} words @param {string} usual
 */
export function oneOf(words, usual) {
  return { converter: (/** @type {string | null} */ word) => words.find((each) => each === word) ?? usual };
}

/**
 * @attr {'light' | 'dark' | 'auto'} [theme] `auto` follows the reader's system; without it, the page's `color-scheme`
 */
export const standaloneProperties = { theme: { reflect: true } };

/** The first ones come before an element's own sheets: those may lay out what these made plain. */
export const standaloneStyles = [tokens, styles];

/** @param {ShadowRoot} root @param {Record<string, string>} parts what a page may style: each with its selector */
export function nameParts(root, parts) {
  for (const [part, selector] of Object.entries(parts)) {
    for (const element of root.querySelectorAll(selector)) element.part.add(part);
  }
}
