// @ts-check
/**
 * Cards glide from where they were to where they are: `cardPlaces` before an update, `moveCards` after it.
 */

/** How long a card glides from one place to the next, in milliseconds. */
const GLIDE = 380;

/** Whether cards glide at all. */
export const movesCards = () => !matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Where each doorbell, tray and card is: taken before an update, for `moveCards` after it.
 * @param {Element} root
 */
export function cardPlaces(root) {
  const { left, top } = root.getBoundingClientRect();
  /** @type {Map<string, { element: HTMLElement, x: number, y: number, width: number }>} */
  const places = new Map();
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-place]'))) {
    const box = element.getBoundingClientRect();
    places.set(element.dataset.place ?? '', {
      element,
      x: box.x + box.width / 2 - left,
      y: box.y + box.height / 2 - top,
      width: box.width,
    });
  }
  return places;
}

/**
 * Lets each card glide to where it is now: from where it was; a new one from its doorbell, through its tray; or from
 * the callback on the desk that asked for it.
 * @param {Element} root @param {ReturnType<typeof cardPlaces>} before @param {{ instant?: boolean }} [options]
 */
export function moveCards(root, before, { instant = false } = {}) {
  if (instant || !movesCards()) return;
  const after = cardPlaces(root);
  for (const [place, to] of after) {
    const { origin, tray } = to.element.dataset;
    if (origin === undefined) continue; // a tray stays where it is
    const was = before.get(place);
    const from = was ?? after.get(origin) ?? before.get(origin);
    // What a callback asks for comes when the callback has come to the desk.
    const delay = !was && origin.startsWith('card') ? GLIDE * (before.has(origin) ? 1 : 2) : 0;
    const timing = { delay, fill: /** @type {const} */ ('backwards') };
    if (!was) to.element.animate({ opacity: [0, 1] }, { ...timing, duration: GLIDE / 3 });
    if (!from || Math.hypot(from.x - to.x, from.y - to.y) < 1) continue;
    const through = !was && tray && to.element.closest('.blotter') && after.get(tray);
    const stops = through ? [from, through, to] : [from, to];
    const frames = stops.map(({ x, y, width }) => ({
      translate: `${x - to.x}px ${y - to.y}px`,
      scale: Math.min(1, width / to.width), // no wider than what it comes from
      zIndex: 3,
      easing: 'cubic-bezier(0.4, 0, 0.2, 1)',
    }));
    to.element.animate(frames, { ...timing, duration: GLIDE * (stops.length - 1) });
  }
}
