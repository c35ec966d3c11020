// @ts-check
/**
 * A classic script may stand anywhere in a page, and an element reads what stands inside it: so elements begin when the
 * page is read.
 *
 * @param {() => void} begin
 */
export function whenRead(begin) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}
