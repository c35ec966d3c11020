// @ts-check
/**
 * A way of waiting, as a page names it: the core's strategy, and what it is told besides.
 *
 *     epoll    epoll-et, no drain    epoll-et, drain 2    epoll, maxevents 1    threads, cores 2
 *
 * @typedef {{ strategy: string, options: { maxevents?: number, cores?: number, drain?: number | false } }} Way
 */

/** Edge-triggered: does it tell of what comes, once, and not of what is still there? @param {string} strategy */
export const tellsOnce = (strategy) => strategy === 'epoll-et' || strategy === 'kqueue-clear';

/** @param {string} name @returns {Way} */
export function wayOf(name) {
  const [strategy, ...more] = name.split(', ');
  const options = more.map((each) => (each === 'no drain' ? ['drain', false] : numbered(each)));
  return { strategy, options: Object.fromEntries(options) };
}

/** 'maxevents 1' -> ['maxevents', 1] @param {string} text @returns {[string, number]} */
function numbered(text) {
  const [word, number] = text.split(' ');
  return [word, Number(number)];
}

/** The other way round. @param {Way} way */
export function nameOf({ strategy, options }) {
  const more = Object.entries(options).map(([word, value]) => (value === false ? `no ${word}` : `${word} ${value}`));
  return [strategy, ...more].join(', ');
}
