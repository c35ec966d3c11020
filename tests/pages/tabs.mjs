// Chromium's tabs, taken for one visit after another. A new tab, in a context of its own, costs as much again as the
// page in it: a process is started, and everything in it is compiled anew.
//
// A visit finds its tab as new. What the one before may have left is put back: the page and its history, what was
// stored, the pointer, the size, the look. A test that does more to its tab (see FOR_GOOD) has had it to itself, and so
// has one that failed: such a tab is closed.

/** Of Playwright's words, those that leave behind what is not put back here. */
const FOR_GOOD = /^(?:context|on|once|route|expose|addInit|addLocator|setExtra|setDefault)/;

const PATIENCE = 30_000; // ms. Where nothing is wrong, all comes within one second; a machine may be busy

/** @type {WeakMap<any, Map<string, Used[]>>} of each browser the tabs that wait, by what a tab cannot change */
const waiting = new WeakMap();

/** @typedef {Awaited<ReturnType<typeof open>>} Used  a tab, and what must be known of it */

/** @param {any} browser @param {object} fixed what a tab cannot change */
async function open(browser, fixed) {
  const context = await browser.newContext(fixed);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const session = await context.newCDPSession(page);
  const used = { context, page, session, stored: new Set(), isSpent: false, heard: {} };
  page.on('framenavigated', (frame) => used.stored.add(frame.url()));
  for (const what of ['pageerror', 'console', 'request']) page.on(what, (of) => used.heard[what]?.(of));
  return used;
}

/** Makes a tab as it was before its first visit. @param {Used} used */
async function putBack({ page, session, stored }) {
  await page.goto('about:blank');
  const origins = new Set([...stored].filter((url) => url.startsWith('http')).map((url) => new URL(url).origin));
  const forgetting = [...origins].map((origin) =>
    session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
  );
  await Promise.all([...forgetting, session.send('Page.resetNavigationHistory'), page.mouse.move(-1, -1)]);
  stored.clear();
}

/** A tab for a test, which is not taken again if the test does with it what cannot be put back. @param {Used} used */
const watched = (used) =>
  new Proxy(used.page, {
    get(page, word) {
      used.isSpent ||= typeof word === 'string' && FOR_GOOD.test(word);
      const it = page[word];
      return typeof it === 'function' ? it.bind(page) : it;
    },
  });

/**
 * Does something in a tab that is as new.
 *
 * @param {any} browser
 * @param {any} look  Playwright's options of a tab; and init, a script that runs before the page's own
 * @param {Record<string, (of: any) => void>} heard  what is done with its errors, what it logs and asks for
 * @param {(tab: any) => Promise<void>} work
 */
export async function inTab(browser, { viewport, colorScheme, reducedMotion, init, ...fixed }, heard, work) {
  const key = JSON.stringify(fixed);
  if (!waiting.has(browser)) waiting.set(browser, new Map());
  const tabs = waiting.get(browser);
  if (!tabs.has(key)) tabs.set(key, []);
  const used = tabs.get(key).pop() ?? (await open(browser, fixed));
  try {
    await used.page.setViewportSize(viewport);
    await used.page.emulateMedia({
      media: null,
      colorScheme,
      reducedMotion,
      forcedColors: 'none',
      contrast: 'no-preference',
    });
    used.heard = heard;
    const script = init && (await used.page.addInitScript(init));
    await work(watched(used));
    await script?.dispose();
    used.heard = {};
    if (!used.isSpent) await putBack(used);
  } catch (error) {
    used.isSpent = true;
    throw error;
  } finally {
    if (used.isSpent) await used.context.close();
  }
  if (!used.isSpent) tabs.get(key).push(used);
}
