// @ts-check
// A link to a section leads to its heading, and the heading stays there when something above it grows: what comes late
// has only about its room reserved. As soon as the reader moves by himself, the place is his.

/** Where the last link led. @type {Element | null} */
let place = null;

/** @param {string} hash */
const follow = (hash) => (place = hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null);

const leave = () => (place = null);
for (const move of ['wheel', 'touchmove', 'pointerdown', 'keydown']) addEventListener(move, leave, { passive: true });

addEventListener('click', ({ target }) => {
  const link = target instanceof Element && target.closest('a');
  if (link && link.hash && link.pathname === location.pathname) follow(link.hash);
});

// Who goes back, or loads the page again, comes to where he was.
const [{ type }] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
if (type === 'navigate') follow(location.hash);

new ResizeObserver(() => place?.scrollIntoView({ behavior: 'instant' })).observe(document.body);
