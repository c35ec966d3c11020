// @ts-check
// Elements whose scripts come when the reader does. The page names the scripts, in their order:
//
//     <scale-lab data-scripts="../demo.js ../scale-lab/scale-lab.js"> what a reader without them gets </scale-lab>
//
// Each takes what the page has already (Lit, the core, ...) from the scripts before it: see takeOver in build.mjs.
// Until they have come, the element is `awaited`. In a demo's place a still picture stands then, with buttons:
//
//     <io-multiplexer-demo data-scripts="…"><div slot="still"> … <button>Step</button></div></io-multiplexer-demo>

/** @typedef {import('../player/demo.js').Demo} Demo */

/** Without one of its scripts an element is what a reader without scripts gets. @param {string} src */
function giveUp(src) {
  for (const element of document.querySelectorAll(`[data-scripts~="${src}"]`)) element.classList.remove('awaited');
}

/** @param {HTMLElement} element */
function load(element) {
  for (const src of element.dataset.scripts?.split(' ') ?? []) {
    if (document.querySelector(`script[src="${src}"]`)) continue;
    const script = Object.assign(document.createElement('script'), { src, async: false });
    script.onerror = () => giveUp(src);
    document.head.append(script);
  }
}

/** Loads a demo at once, and waits until it stands there. @param {HTMLElement} element */
export async function arrival(element) {
  load(element);
  await customElements.whenDefined(element.localName);
  const demo = /** @type {Demo} */ (element);
  await demo.arrived;
  return demo;
}

/** A press that comes before the demo is kept, and carried out when the demo is there. @param {MouseEvent} event */
async function keepPress({ target, currentTarget }) {
  const pressed = /** @type {HTMLElement} */ (target).closest('[slot=still] button');
  if (!pressed) return;
  const { shadowRoot } = await arrival(/** @type {HTMLElement} */ (currentTarget));
  const buttons = shadowRoot?.querySelectorAll('button') ?? [];
  const same = [...buttons].find((button) => button.textContent?.trim() === pressed.textContent?.trim());
  same?.focus({ preventScroll: true });
  same?.click();
}

/** Near is within the height of a window: the next flick, a link or the tabulator may lead there. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      load(/** @type {HTMLElement} */ (target));
    }
  },
  { rootMargin: '100% 0px' },
);

for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-scripts]'))) {
  element.classList.add('awaited');
  if (!element.childElementCount) element.tabIndex = 0; // whoever tabs there finds it, though it has not come yet
  element.addEventListener('click', keepPress);
  observer.observe(element);
}

// Who starts the demo wants its keys too: its stage takes the focus, after the link has moved the page there.
document.querySelector('.hero .button')?.addEventListener('click', async () => {
  const { shadowRoot } = await arrival(/** @type {HTMLElement} */ (document.querySelector('#demo')));
  const stage = /** @type {HTMLElement | null | undefined} */ (shadowRoot?.querySelector('.stage'));
  stage?.focus({ preventScroll: true });
});
