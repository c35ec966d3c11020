// Without a network: a lesson as one file, and the site that stays.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeWorker } from '../../web/offline/site.mjs';
import { LESSON_4, LESSON_5, onDisk, press, reachDemo, start, visit } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let browser;
before(async () => (browser = await start()));
after(() => browser?.stop());

// ---- One file --------------------------------------------------------------------------------------------------------

for (const [lesson, steps] of [
  [LESSON_4, 3],
  [LESSON_5, 3],
]) {
  test(`${lesson} is one file, which asks for nothing else and whose demo is stepped to its end`, async () => {
    const url = onDisk(`offline/${lesson}`);
    await visit(browser, '', { url: 'about:blank' }, async (tab) => {
      const asked = [];
      tab.on('request', (request) => asked.push(request.url()));
      await tab.context().setOffline(true);
      await tab.goto(url);
      await tab.locator('#demo .stage').waitFor();
      const demo = tab.locator('#demo');
      for (let i = 0; i < steps; i++) await demo.getByRole('button', { name: 'Step', exact: true }).click();
      await demo.getByText(`${steps}/${steps}`).waitFor();
      await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
      await demo.getByLabel('Scenario').fill('sokcet');
      await demo.getByText(/line 1, column 1.*"sokcet" is/).waitFor(); // the words for a mistake are inside, too
      assert.deepEqual(
        asked.filter((address) => address !== url && !address.startsWith('data:')),
        [],
      );
    });
  });
}

// ---- The site ----------------------------------------------------------------------------------------------------------

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** A copy of the site on a server of its own: not on localhost, where nothing is kept. */
async function serveCopy() {
  const folder = await mkdtemp(join(tmpdir(), 'doorbell-site-'));
  await cp(fileURLToPath(new URL('../../dist', import.meta.url)), folder, { recursive: true });
  const server = createServer(async ({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    try {
      const bytes = await readFile(join(folder, pathname === '/' ? 'index.html' : pathname));
      response.setHeader('content-type', TYPES[extname(pathname)] ?? 'application/octet-stream').end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const change = async (file, edit) => writeFile(join(folder, file), edit(await readFile(join(folder, file), 'utf8')));
  return {
    address: `http://127.0.0.1:${port}/`,
    change,
    publish: () => writeWorker(folder),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true });
    },
  };
}

/** Opens a page, waits for its service worker's word that the site is kept, and gives the tab. */
async function openKept(context, address) {
  const tab = await context.newPage();
  await tab.goto(address);
  await tab.evaluate(() => navigator.serviceWorker.ready);
  return tab;
}

/** The versions that a page and its part that comes later are of. */
async function versionsIn(tab) {
  await reachDemo(tab);
  return [await tab.title(), await tab.evaluate(() => /** @type {any} */ (globalThis).partOfVersion)];
}

const PART = 'assets/io-multiplexer-demo.js';

/** Makes a version of the page, and of its part that comes later. */
async function mark(site, version) {
  await site.change(LESSON_4, (html) => html.replace(/<title>[^<]*/, `<title>${version}`));
  await markPart(site, version);
}
const markPart = (site, version) =>
  site.change(PART, (script) => script.replace(/^(?:partOfVersion='.*?';)?/, `partOfVersion='${version}';`));

test('the site is kept, and can be installed', async () => {
  const site = await serveCopy();
  const context = await browser.browser.newContext();
  try {
    const tab = await openKept(context, site.address + LESSON_5);
    const session = await context.newCDPSession(tab);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    assert.deepEqual(
      installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'),
      [],
    );
    await context.setOffline(true);
    for (const page of [`${LESSON_5}?host=node`, LESSON_4, '', 'one-guard-many-doors']) {
      await tab.goto(site.address + page);
      await tab.getByRole('heading', { level: 1 }).waitFor();
    }
    await tab.goto(site.address + LESSON_4);
    await reachDemo(tab);
    for (let i = 0; i < 3; i++) await press(tab, 'Step');
    await tab.locator('#demo').getByText('3/3').waitFor();
  } finally {
    await context.close();
    await site.stop();
  }
});

/** Looks for a new version, and waits until it is there or was given up: whether it waits. */
const update = (tab) =>
  tab.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const { installing } = registration;
    while (installing?.state === 'installing') {
      await new Promise((change) => installing.addEventListener('statechange', change, { once: true }));
    }
    return Boolean(registration.waiting);
  });

test('an update is seen whole or not at all', async () => {
  const site = await serveCopy();
  const context = await browser.browser.newContext();
  const address = site.address + LESSON_4;
  const open = async () => {
    const tab = await context.newPage();
    await tab.goto(address);
    return tab;
  };
  try {
    await mark(site, 'old');
    await site.publish();
    const first = await open();
    await first.evaluate(() => navigator.serviceWorker.ready);
    await first.reload(); // from now on it is kept
    await mark(site, 'new');
    await site.publish();

    // Half of the new version is on the server: its page and its list are there, its part is not.
    await markPart(site, 'old');
    assert.equal(await update(first), false, 'what is not whole does not come in');
    assert.deepEqual(await versionsIn(first), ['old', 'old']);

    // Now all of it is. The open page goes on with the old one, and so does one beside it.
    await markPart(site, 'new');
    const second = await open();
    assert.equal(await update(second), true);
    await first.reload();
    assert.deepEqual(await versionsIn(first), ['old', 'old']);
    assert.deepEqual(await versionsIn(second), ['old', 'old']);

    await first.close();
    await second.close();
    const third = await open();
    await third.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    assert.deepEqual(await versionsIn(third), ['new', 'new']);
  } finally {
    await context.close();
    await site.stop();
  }
});
