// Without a network: a lesson as one file, and the site that stays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeWorker } from '../../web/offline/site.mjs';
import { asReader, LESSON_4, LESSON_5, PLAYGROUND, reachDemo, start, visit } from './browser.mjs';
import { makeFolder } from './folder.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let browser;
before(async () => (browser = await start()));
after(() => browser?.stop());

// ---- One file -------------------------------------------------------------------------------------------------------

async function stepDemo(tab) {
  await tab.locator('#demo .stage').waitFor();
  const demo = tab.locator('#demo');
  for (let i = 0; i < 3; i++) await demo.getByRole('button', { name: 'Step', exact: true }).click();
  await demo.getByText('3/3').waitFor();
  await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
  await demo.getByLabel('Scenario').fill('sokcet');
  await demo.getByText(/line 1, column 1.*"sokcet" is/).waitFor(); // the words for a mistake are inside, too
}

async function stepProgram(tab) {
  const playground = tab.locator('event-loop-playground');
  await playground.locator('.state section').first().waitFor();
  const next = playground.getByRole('button', { name: 'Next callback' });
  while (await next.isEnabled()) await next.click();
  assert.ok((await playground.locator('.console button').count()) > 0);
}

for (const [name, work] of /** @type {const} */ ([
  [LESSON_4, stepDemo],
  [LESSON_5, stepDemo],
  [PLAYGROUND, stepProgram],
])) {
  test(`${name} is one file, which asks for nothing else and is stepped to its end`, async () => {
    const alone = await makeFolder({ [name]: `dist/offline/${name}` });
    try {
      for (const url of [alone.onDisk(name), alone.address + name]) {
        await visit({ ...browser, address: alone.address }, '', { url }, async (tab) => {
          await work(tab);
          const asked = await tab.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
          assert.deepEqual(
            asked.filter((address) => !/^(data|blob):/.test(address)),
            [],
          );
        });
      }
    } finally {
      await alone.stop();
    }
  });
}

// ---- The site -------------------------------------------------------------------------------------------------------

/** A copy of the site on a server of its own: on localhost nothing is kept. */
const copySite = () => makeFolder({ '.': 'dist' });

/** The versions that a page and its part that comes later are of. */
async function versionsIn(tab) {
  await reachDemo(tab);
  return [await tab.title(), await tab.evaluate(() => /** @type {any} */ (globalThis).partOfVersion)];
}

const PART = 'assets/io-multiplexer-demo.js';

/** Makes a version of the page, and of its part that comes later. */
async function mark(site, version) {
  await site.write(LESSON_4, (await site.read(LESSON_4)).replace(/<title>[^<]*/, `<title>${version}`));
  await markPart(site, version);
}
async function markPart(site, version) {
  const script = await site.read(PART);
  await site.write(PART, script.replace(/^(?:partOfVersion='.*?';)?/, `partOfVersion='${version}';`));
}

/** What keeps a browser from installing the site. Chromium alone can be asked. */
async function hindrances(tab, context) {
  if (!context) return [];
  const session = await context.newCDPSession(tab);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  return installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
}

for (const first of ['', LESSON_4, LESSON_5]) {
  test(`whoever comes to "${first}" first has the whole site kept, and can install it`, async () => {
    const site = await copySite();
    try {
      await asReader(browser, async (open, context) => {
        const tab = await open();
        await tab.goto(site.address + first);
        await tab.evaluate(async () => void (await navigator.serviceWorker.ready));
        assert.deepEqual(await hindrances(tab, context), []);
        await site.goAway();
        for (const page of [`${LESSON_5}?host=node`, LESSON_4, '', 'one-guard-many-doors']) {
          await tab.goto(site.address + page);
          await tab.getByRole('heading', { level: 1 }).waitFor();
        }
        await tab.goto(site.address + LESSON_4);
        await reachDemo(tab);
        await tab.locator('#demo .stage').press('End');
        await tab.locator('#demo').getByText('3/3').waitFor();
      });
    } finally {
      await site.stop();
    }
  });
}

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

test('an update is seen whole or not at all', { timeout: 60_000 }, async () => {
  const site = await copySite();
  const address = site.address + LESSON_4;
  try {
    await mark(site, 'old');
    await writeWorker(site.folder);
    await asReader(browser, async (newTab) => {
      const open = async () => {
        const tab = await newTab();
        await tab.goto(address);
        return tab;
      };
      const first = await newTab();
      await first.goto(site.address);
      await first.evaluate(async () => void (await navigator.serviceWorker.ready));
      await first.goto(address); // from now on it is kept
      await mark(site, 'new');
      await writeWorker(site.folder);

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
      // When the browser has noticed that they are closed, all that is opened is new.
      for (let version = 'old'; version === 'old';) {
        const tab = await open();
        const versions = await versionsIn(tab);
        [version] = versions;
        assert.deepEqual(versions, [version, version]);
        await tab.close();
      }
    });
  } finally {
    await site.stop();
  }
});
