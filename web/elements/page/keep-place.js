// @ts-check
// A link to a section leads to its heading, and the heading stays there when something above it grows: what comes late
// has only about its room reserved. As soon as the reader moves by himself, the place is his.

/** Where the last link led. @type {Element | null} */
let place = null;

/**
 * While a place is kept, the browser keeps none of its own: it may hold on to another part, and lead away.
 *
 * @param {Element | null} to
 */
function keep(to) {
  place = to;
  document.documentElement.style.overflowAnchor = to ? 'none' : '';
}

/** @param {string} hash */
const follow = (hash) => keep(hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null);

const leave = () => keep(null);
for (const move of ['wheel', 'touchmove', 'pointerdown', 'keydown']) addEventListener(move, leave, { passive: true });

addEventListener('click', ({ target }) => {
  const link = target instanceof Element && target.closest('a');
  if (link && link.hash && link.pathname === location.pathname) follow(link.hash);
});

// Who goes back, or loads the page again, comes to where he was.
const [{ type }] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
if (type === 'navigate') follow(location.hash);

new ResizeObserver(() => place?.scrollIntoView({ behavior: 'instant' })).observe(document.body);
