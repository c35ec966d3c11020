// @ts-check
import { decode, encode } from '../../scenario/link.js';
import { placeOf } from './asked.js';

/** What links carried before they had a version. */
const FIRST_NAMES = ['scenario', 'challenge', 'host', 'first', 'second', 'cores'];

/**
 * The address that leads to what a demo shows; what else stands in the page's address stays. '' where a page has no
 * address of its own, as one that stands in an attribute of an iframe.
 *
 * @param {import('../player/demo.js').Demo<any>} demo
 * @param {Record<string, string>} [more] what it shall carry besides
 */
export async function linkTo(demo, more = {}) {
  if (!/^(https?|file):$/.test(location.protocol)) return '';
  const url = new URL(location.href);
  for (const name of [...FIRST_NAMES, 'demo']) url.searchParams.delete(name);
  url.hash = demo.id;
  const texts = { ...demo.parameters, ...more };
  if (!Object.keys(texts).length && demo.id) return url.href;
  if (!demo.id) texts.for = placeOf(demo);
  const parameter = await encode(texts);
  if (JSON.stringify(await decode(parameter)) !== JSON.stringify(texts)) return ''; // too long to be read again
  url.searchParams.set('demo', parameter);
  return url.href;
}

/**
 * Copies a link to what a demo shows, and says what came of it; '' if the demo shows something else by then.
 *
 * @param {import('../player/demo.js').Demo<any>} demo @param {Record<string, string>} [more]
 */
export async function copyLink(demo, more) {
  const link = await linkTo(demo, more);
  if (!link) return 'This demo has no address of its own: copy the text instead.';
  history.replaceState(null, '', link); // the address bar has it, should the clipboard be refused
  const isCopied = await copy(link);
  if ((await linkTo(demo, more)) !== link) return '';
  return isCopied ? 'Copied; it is in the address bar too.' : 'It is in the address bar: copy it from there.';
}

/** Did the clipboard take a text? @param {string} text */
export const copy = async (text) =>
  (await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )) ?? false;
