// @ts-check
import { decode } from '../../scenario/link.js';

/** Which of a page's demos it is, for one without an id. @param {HTMLElement} demo */
export function placeOf(demo) {
  const root = /** @type {Document | ShadowRoot} */ (demo.getRootNode());
  return `${demo.localName} ${[...root.querySelectorAll(demo.localName)].indexOf(demo)}`;
}

/**
 * What the page's address says of a demo: ?demo=2eNo…, or as a query (scenario/link.js). Of several demos on a page it
 * is the one whose id stands behind the #, or the one of the place that the link tells.
 *
 * @param {import('../player/demo.js').Demo<any>} demo  is told what is wrong with the link
 * @returns {Promise<Record<string, string>>}
 */
export async function askedOf(demo) {
  const asked = Object.fromEntries(new URLSearchParams(location.search));
  const isMeant = demo.id === (location.hash.slice(1) || 'demo');
  if (asked.demo) {
    try {
      Object.assign(asked, await decode(asked.demo));
    } catch (error) {
      if (isMeant || !demo.id) demo.notice = /** @type {Error} */ (error).message;
    }
  }
  return (asked.for ? asked.for === placeOf(demo) : isMeant) ? asked : {};
}
