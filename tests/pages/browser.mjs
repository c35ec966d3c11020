// What the page tests share: the pages as `make lesson` serves them, in the system's own browser. It is Chromium,
// unless BROWSER says firefox or webkit; these know the words of Playwright that engines/tab.mjs has.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchFirefox } from '../engines/drivers/firefox.mjs';
import { launchWebKit } from '../engines/drivers/webkit.mjs';
import { startWatch } from './engines/watch.mjs';
import { Tab } from './engines/tab.mjs';
import { inTab } from './tabs.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const root = new URL('../../', import.meta.url);

export const LESSON_4 = 'one-guard-many-doors.html';
export const LESSON_5 = 'event-loop.html';
export const PLAYGROUND = 'playground.html';
export const TRAPS = 'traps.html';
export const PAGES = ['index.html', LESSON_4, LESSON_5, TRAPS, 'speaker-notes.html'];

/** For a page that fills its window where it would fill the screen: that has one size. */
export const NO_FULL_SCREEN = 'Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("not here"))';

/** For a page, and its frames, that shall not need its patience: whoever waits for long does so for ever. */
export const NO_PATIENCE = `const later = setTimeout;
  window.setTimeout = (act, ms, ...rest) => (ms > 9000 ? 0 : later(act, ms, ...rest));`;

/** A page as a file on the disk. */
export const onDisk = (page) => pathToFileURL(fileURLToPath(new URL(`dist/${page}`, root))).href;

const OTHERS = { firefox: launchFirefox, webkit: launchWebKit };
export const engine = process.env.BROWSER ?? 'chromium';
if (engine !== 'chromium' && !(engine in OTHERS)) throw new Error(`BROWSER=${engine}: chromium, firefox or webkit`);

/** For a test whose means the other engines do not offer. @param {string} means */
export const inChromium = (means) => ({ skip: engine !== 'chromium' && `in Chromium alone: ${means}` });

/** For what is done with a finger. */
export const BY_TOUCH = { skip: engine === 'webkit' && 'not in WebKit: its driver makes a mouse of a finger' };

/** Serves the pages. @returns {Promise<{ address: string, stop: () => void }>} */
export async function serve() {
  // A group of its own, so that esbuild's process is ended, too: left to itself it may wait for ever for an answer to
  // its ping, and whoever reads what it could still say waits with it.
  const server = spawn(process.execPath, [fileURLToPath(new URL('web/serve.mjs', root))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const address = await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface(server.stdout).on('line', (line) => {
      const found = /http:\S+/.exec(line);
      if (found) resolve(found[0]);
    });
  });
  return { address, stop: () => process.kill(-(/** @type {number} */ (server.pid))) };
}

/** @param {string[]} [more] arguments */
export const launchChromium = (more = []) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Root may not use the sandbox; letters are as wide as in a window; the rest keeps it from talking to its maker.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
      '--font-render-hinting=none',
      ...more,
    ],
  });

/** Starts the server and the browser; `stop` ends both. */
export async function start() {
  const server = await serve();
  if (engine !== 'chromium') return startOther(server, OTHERS[engine]);
  const browser = await launchChromium().catch((error) => {
    server.stop();
    throw error;
  });
  return {
    address: server.address,
    browser,
    async stop() {
      await browser.close();
      server.stop();
    },
  };
}

/** A browser in each look that is asked for, started when it first is. */
async function startOther(server, launch) {
  const watch = await startWatch();
  /** @type {Map<string, Promise<any>>} */
  const browsers = new Map();
  const inLook = (look) => {
    const key = JSON.stringify(look);
    if (!browsers.has(key)) browsers.set(key, launch(look));
    return browsers.get(key);
  };
  return {
    address: watch.address,
    server: server.address,
    watch,
    inLook,
    async stop() {
      for (const browser of browsers.values()) await (await browser).close();
      watch.stop();
      server.stop();
    },
  };
}

/**
 * Opens a page and does something with it. Afterwards: no error was thrown in it, nothing was logged as one, and it
 * asked no other host for anything.
 */
export async function visit(site, page, options, work) {
  const faults = [];
  const url = options.url ?? site.address + page;
  await (site.watch ? visitInOther : visitInChromium)(site, url, options, faults, work);
  if (faults.length) throw new Error(faults.join('\n'));
}

async function visitInChromium({ browser, address }, url, options, faults, work) {
  const { javaScriptEnabled = true, theme, width = 1280, height = 900, init } = options;
  const look = {
    javaScriptEnabled,
    colorScheme: theme === 'dark' ? theme : 'light',
    viewport: { width, height },
    hasTouch: options.touch,
    reducedMotion: options.motion ? 'no-preference' : 'reduce',
    init,
  };
  const isOwn = (asked) => [address, 'file:', 'data:', 'blob:'].some((start) => asked.startsWith(start));
  const HEARD = {
    pageerror: (error) => faults.push(`error: ${error.message}`),
    console: (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`),
    request: (request) => isOwn(request.url()) || faults.push(`request: ${request.url()}`),
  };
  await inTab(browser, look, HEARD, async (tab) => {
    await tab.goto(url);
    await work(tab);
  });
}

async function visitInOther({ address, server, watch, inLook }, url, options, faults, work) {
  const { theme = 'light', width = 1280, height = 900, init, motion = false } = options;
  watch.begin(address === watch.address ? server : address, faults, init);
  const { newTab, downloads } = await inLook({ theme, motion });
  const driver = await newTab();
  try {
    await driver.resize(width, height);
    const tab = new Tab(driver, { route: watch.route, downloads });
    await tab.goto(url.replace(address, watch.address));
    await work(tab);
  } finally {
    await driver.close();
  }
}

/**
 * A reader with a storage of their own, who opens one tab after another: `work(open, context)`; Chromium has a context.
 */
export async function asReader({ browser, inLook }, work) {
  if (browser) {
    const context = await browser.newContext();
    try {
      await work(() => context.newPage(), context);
    } finally {
      await context.close();
    }
  } else {
    const driver = await (await inLook({})).newTab();
    try {
      await work(async () => new Tab(await driver.beside(), {}));
    } finally {
      await driver.close();
    }
  }
}

/**
 * Holds back what a page fetches, as a slow line does.
 *
 * @param {any} tab @param {string} pattern of addresses @returns {Promise<() => void>} lets it through
 */
export async function holdBack(tab, pattern) {
  let letThrough = () => {};
  const through = new Promise((resolve) => (letThrough = () => resolve(undefined)));
  await tab.route(pattern, async (route) => {
    await through;
    await route.continue();
  });
  return letThrough;
}

/** One finger on the screen, as a tab of Chromium has it by its protocol. */
export async function fingerOf(tab) {
  if (tab.finger) return tab.finger;
  const session = await tab.context().newCDPSession(tab);
  const touch = (type, ...touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    down: (point) => touch('touchStart', point),
    move: (point) => touch('touchMove', point),
    up: () => touch('touchEnd'),
  };
}

/** Brings the reader to the demo: then it comes. */
export async function reachDemo(tab) {
  await tab.locator('#demo').scrollIntoViewIfNeeded();
  await tab.locator('#demo .demo').waitFor();
}

/** The same, for what is done at the demo. */
export const visitDemo = (site, page, options, work) =>
  visit(site, page, options, async (tab) => {
    await reachDemo(tab);
    await work(tab);
  });

/**
 * What axe-core finds wrong, a line each; on the whole page, or in a part of it. Handles on an axis may lie over each
 * other where times are near: what they do can be done in the text, too, which is all that WCAG asks of such a target.
 */
export const violations = (tab, part) =>
  // WCAG 2.2 AA has target-size: axe leaves it out by itself.
  runAxe(tab, part, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });

async function runAxe(tab, part, options) {
  if (!(await tab.evaluate(() => 'axe' in window))) await tab.evaluate(`${axe};0`);
  const found = await tab.evaluate(
    async ({ part, options }) => {
      const found = await /** @type {any} */ (window).axe.run(part ?? document, options);
      return found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target}`));
    },
    { part, options },
  );
  return found.filter((each) => !/^target-size: .*(-handles|time-panel),/.test(each));
}

/**
 * For what is looked at in either theme. A tab of Chromium can change its theme, so that one visit sees both: `either`.
 * Elsewhere each takes a visit of its own.
 */
export const THEMES = /** @type {const} */ (engine === 'chromium' ? ['either'] : ['light', 'dark']);

/** What axe knows about colors: the page is the same in the dark, but for these. */
const OF_COLORS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** The same in a theme that a visit was made in; each line says which it is. */
export async function violationsIn(theme, tab, part) {
  const told = (theme, found) => found.map((each) => `${theme}: ${each}`);
  if (theme !== 'either') return told(theme, await violations(tab, part));
  const light = told('light', await violations(tab, part));
  await tab.emulateMedia({ colorScheme: 'dark' });
  const dark = told('dark', await runAxe(tab, part, { resultTypes: ['violations'], ...OF_COLORS }));
  await tab.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
}

/** The address that the tab shows now. */
export const addressOf = (tab) => tab.evaluate(() => location.href);

export const press = (tab, name) => tab.getByRole('button', { name, exact: true }).click();

/**
 * By a key: what stands above the button may come a moment later, the editor or what helps with a line, and the button
 * then goes from under the mouse.
 *
 * @param {any} part of the page, or all of it
 */
const pressByKey = (part, name) => part.getByRole('button', { name }).press('Enter');
export const restoreFirst = (part) => pressByKey(part, 'Restore the first scenario');
export const copyLink = (part) => pressByKey(part, 'Copy a link');

/** The cells of a table, row by row. */
export async function cells(tab, caption) {
  const rows = tab.getByRole('table', { name: caption }).locator('tbody tr');
  return rows.evaluateAll((list) =>
    list.map((row) => [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim())),
  );
}
