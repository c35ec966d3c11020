// That a visit finds its tab as new, though it is taken again: the other tests rely on it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inChromium, LESSON_4, start, visit } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const TAKEN_AGAIN = inChromium('elsewhere each visit has a tab of its own');

/** All that a page can know of what was before it. Where the pointer is, it is told when it has been there a while. */
const known = (tab) =>
  tab.evaluate(async () => {
    for (let frames = 0; frames < 30; frames++) await new Promise(requestAnimationFrame);
    return {
      stored: [
        localStorage.length,
        document.cookie,
        (await indexedDB.databases()).length,
        (await caches.keys()).length,
      ],
      history: history.length,
      size: [innerWidth, innerHeight],
      pointed: [...document.querySelectorAll(':hover')].map(({ localName }) => localName),
      look: [
        '(prefers-color-scheme: dark)',
        '(prefers-reduced-motion)',
        '(prefers-contrast: more)',
        '(forced-colors: active)',
        'print',
      ].filter((query) => matchMedia(query).matches),
      left: 'left' in window,
    };
  });

/** Leaves as much behind as a test can. */
async function leave(tab) {
  await tab.mouse.move(99, 99);
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark', contrast: 'more', forcedColors: 'active' });
  await tab.setViewportSize({ width: 400, height: 400 });
  await tab.evaluate(async () => {
    localStorage.setItem('left', 'left');
    document.cookie = 'left=left';
    history.pushState(null, '', '?left');
    await caches.open('left');
    await new Promise((opened) => (indexedDB.open('left').onsuccess = opened));
  });
}

test('a visit finds its tab as new, whatever the one before has left', TAKEN_AGAIN, async () => {
  let atFirst;
  await visit(site, LESSON_4, {}, async (tab) => (atFirst = await known(tab)));
  await visit(site, LESSON_4, { motion: true, theme: 'dark', init: 'window.left = true' }, async (tab) => {
    await leave(tab);
    assert.equal((await known(tab)).look.length, 4);
    await tab.reload();
    assert.ok((await known(tab)).left);
  });
  await visit(site, LESSON_4, {}, async (tab) => assert.deepEqual(await known(tab), atFirst));
  assert.equal(site.browser.contexts().length, 1, 'it is the same');
});

test('a tab is not taken again after more than can be put back, nor after a failure', TAKEN_AGAIN, async () => {
  for (const work of [
    (tab) => tab.route('**/*', () => {}),
    (tab) => tab.on('request', () => {}),
    (tab) => tab.context().grantPermissions([]),
  ]) {
    await visit(site, LESSON_4, { touch: true }, work);
    assert.equal(site.browser.contexts().length, 1, String(work));
  }
  const failing = visit(site, LESSON_4, { touch: true }, () => Promise.reject(new Error('failed')));
  await assert.rejects(failing, /failed/);
  assert.equal(site.browser.contexts().length, 1);
});
