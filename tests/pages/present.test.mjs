// A demo that is presented: it fills the screen, a clicker steps it, Escape gives the page back as it was.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { engine, LESSON_4, LESSON_5, NO_FULL_SCREEN, press, start, violations, visitDemo } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const count = (tab) => tab.locator('#demo .count').innerText();
const letters = (tab) => tab.evaluate(() => document.documentElement.style.fontSize);

/** In the other drivers a window may have any size, the whole screen has one: there the window is filled instead. */
const onScreen = engine === 'chromium' ? undefined : NO_FULL_SCREEN;

async function present(tab) {
  await press(tab, 'Present');
  await tab.locator('#demo[presented]').waitFor();
  // Not `:focus`: of WebKit the window itself may lose the focus to its whole screen, where nobody manages windows.
  await tab.waitForFunction(() => document.querySelector('#demo')?.shadowRoot?.activeElement?.matches('.stage'));
}

for (const page of [LESSON_4, LESSON_5]) {
  test(`${page}: a clicker steps, from wherever the focus is; Escape leaves`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await present(tab);
      await tab.keyboard.press('PageDown');
      await tab.locator('#demo').getByRole('radio').first().focus();
      await tab.keyboard.press('PageDown');
      assert.equal(await count(tab), '2/3');
      await tab.keyboard.press('PageUp');
      assert.equal(await count(tab), '1/3');
      assert.deepEqual(await violations(tab), []);
      assert.equal(
        await tab.getByRole('link', { name: 'Notes', exact: true }).getAttribute('href'),
        'speaker-notes.html',
      );
      await tab.keyboard.press('Escape');
      await tab.locator('#demo:not([presented])').waitFor();
      assert.equal(await letters(tab), '');
      await tab.waitForFunction(() => document.fullscreenElement === null);
      await press(tab, 'Step');
      assert.equal(await count(tab), '2/3');
    });
  });

  test(`${page}: scene, buttons and the whole reason fill a projector, at every step`, async () => {
    for (const [width, height, least] of [
      [1024, 768, 16],
      [1920, 1080, 24],
      [2560, 1440, 32],
    ]) {
      await visitDemo(site, page, { width, height, init: onScreen }, async (tab) => {
        await present(tab);
        assert.ok(parseFloat(await letters(tab)) >= least, `${await letters(tab)} at ${width}`);
        for (let i = 0; i < 3; i++) {
          await tab.keyboard.press('PageDown');
          await tab.locator('#demo').evaluate(async (it) => {
            while (!(await /** @type {any} */ (it).updateComplete));
            await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            while (!(await /** @type {any} */ (it).updateComplete));
          });
          const [player, wide] = await tab.locator('#demo').evaluate((it) => {
            const { top, bottom, width } = it.shadowRoot.querySelector('.player').getBoundingClientRect();
            return [top >= 0 && bottom <= innerHeight, width / innerWidth];
          });
          assert.ok(player, `step ${i + 1} at ${width} × ${height} is not whole`);
          assert.ok(wide > 0.95);
        }
      });
    }
  });
}

test('where the page may not have the whole screen, the demo fills the window, and Leave leaves', async () => {
  await visitDemo(site, LESSON_4, { init: NO_FULL_SCREEN }, async (tab) => {
    await present(tab);
    const box = await tab.locator('#demo').boundingBox();
    assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 1280, 900]);
    await press(tab, 'Leave');
    await tab.locator('#demo:not([presented])').waitFor();
  });
});
