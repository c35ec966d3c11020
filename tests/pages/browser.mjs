// What the page tests share: the pages as `make lesson` serves them, in the system's own Chromium.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const root = new URL('../../', import.meta.url);

export const LESSON_4 = 'one-guard-many-doors.html';
export const LESSON_5 = 'event-loop.html';
export const PAGES = ['index.html', LESSON_4, LESSON_5];

/** A page as a file on the disk. */
export const onDisk = (page) => pathToFileURL(fileURLToPath(new URL(`dist/${page}`, root))).href;

/** Starts the server and the browser; `stop` ends both. */
export async function start() {
  const server = spawn(process.execPath, [fileURLToPath(new URL('web/serve.mjs', root))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface(server.stdout).on('line', (line) => {
      const found = /http:\S+/.exec(line);
      if (found) resolve(found[0]);
    });
  });
  const options = {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Root may not use the sandbox; the rest keeps the browser from talking to its maker.
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  };
  const browser = await chromium.launch(options).catch((error) => {
    server.kill();
    throw error;
  });
  return {
    address,
    browser,
    async stop() {
      await browser.close();
      server.kill();
    },
  };
}

/**
 * Opens a page and does something with it. Afterwards: no error was thrown in it, nothing was logged as one, and it
 * asked no other host for anything.
 */
export async function visit({ browser, address }, page, options, work) {
  const { javaScriptEnabled = true, theme = 'light', width = 1280, height = 900, init, url } = options;
  const context = await browser.newContext({
    javaScriptEnabled,
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: options.motion ? 'no-preference' : 'reduce',
  });
  const faults = [];
  try {
    const tab = await context.newPage();
    tab.setDefaultTimeout(15_000);
    tab.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    tab.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
    tab.on('request', (request) => {
      const own = [address, 'file:', 'data:', 'blob:'].some((start) => request.url().startsWith(start));
      if (!own) faults.push(`request: ${request.url()}`);
    });
    if (init) await tab.addInitScript(init);
    await tab.goto(url ?? address + page);
    await work(tab);
  } finally {
    await context.close();
  }
  if (faults.length) throw new Error(faults.join('\n'));
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

/** What axe-core finds wrong, a line each. */
export async function violations(tab) {
  await tab.evaluate(axe);
  return tab.evaluate(async () => {
    const found = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target}`));
  });
}

export const press = (tab, name) => tab.getByRole('button', { name, exact: true }).click();

/** The cells of a table, row by row. */
export async function cells(tab, caption) {
  const rows = tab.getByRole('table', { name: caption }).locator('tbody tr');
  return rows.evaluateAll((list) =>
    list.map((row) => [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim())),
  );
}
