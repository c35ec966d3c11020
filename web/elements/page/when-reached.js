// @ts-check
// Elements whose script comes when the reader does. The page names the script, as it does its own:
//
//     <scale-lab data-script="../scale-lab/scale-lab.js"> what a reader without it gets </scale-lab>
//
// Such a script takes what the page's own script has already (Lit, the core, ...) from there: see takeOver in build.mjs.
// @ts-ignore the build finds this name
import 'shared-modules';

/** @param {HTMLElement} element */
function load({ dataset }) {
  const src = /** @type {string} */ (dataset.script);
  if (document.querySelector(`script[src="${src}"]`)) return;
  document.head.append(Object.assign(document.createElement('script'), { src }));
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

for (const element of document.querySelectorAll('[data-script]')) observer.observe(element);
