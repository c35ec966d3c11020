// The pages as a whole: sections, access, sizes, storage, no JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LESSON_4, LESSON_5, PAGES, press, start, violations, visit } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const SECTIONS = {
  [LESSON_4]: [
    'One Guard, Many Doors',
    'A guard who watches lights, not doors',
    'Blocking waits in the wrong place',
    'Demo: blocking order vs readiness order',
    'From three doors to a million',
    'How to recognize this problem',
    'Exercise: run the I/O multiplexer model',
    'Knowledge check',
    'Interview payoff',
    'Next challenge',
  ],
  [LESSON_5]: [
    'Event Loop: Callbacks from Readiness',
    'A receptionist with two trays',
    'From I/O readiness to JavaScript work',
    'Demo: readiness becomes callbacks',
    'Exercise',
    'Knowledge check',
    'Interview payoff',
    'Next challenge',
  ],
};

for (const [page, sections] of Object.entries(SECTIONS)) {
  test(`${page}: every section is there, in order, with and without JavaScript`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      await visit(site, page, { javaScriptEnabled }, async (tab) => {
        const heads = await tab.locator('main h1, main h2').allInnerTexts();
        assert.deepEqual(
          heads.map((head) => head.replace(/\s+/g, ' ').replace(/\.$/, '')),
          sections,
        );
      });
    }
  });

  test(`${page}: without JavaScript the demo's place shows a picture and says what happens`, async () => {
    await visit(site, page, { javaScriptEnabled: false }, async (tab) => {
      assert.ok(await tab.locator('#demo .fallback svg').isVisible());
      assert.ok(await tab.locator('#demo .fallback figcaption').isVisible());
      assert.ok(await tab.locator('#demo pre').isVisible());
    });
  });

  test(`${page}: axe-core finds nothing, in either theme, at the start, in the middle and at the end`, async () => {
    for (const theme of ['light', 'dark']) {
      await visit(site, page, { theme }, async (tab) => {
        assert.deepEqual(await violations(tab), [], `${theme}, start`);
        await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
        await press(tab, 'Step');
        assert.deepEqual(await violations(tab), [], `${theme}, middle`);
        await press(tab, 'Step');
        await press(tab, 'Step');
        assert.deepEqual(await violations(tab), [], `${theme}, end`);
      });
    }
  });

  test(`${page}: a right answer is explained, counted, and survives a reload`, async () => {
    await visit(site, page, {}, async (tab) => {
      const check = tab.locator('knowledge-check');
      const right = await check.evaluate((element) => {
        const question = element.querySelector('fieldset');
        return [...question.querySelectorAll('details')].findIndex((option) => option.hasAttribute('data-right'));
      });
      const form = check.locator('form').first();
      await form.getByRole('radio').nth(right).check();
      await form.getByRole('button').click();
      await form.locator('.right').waitFor();
      assert.match(await check.locator('.score').innerText(), /^1 of \d/);
      await tab.reload();
      assert.match(await check.locator('.score').innerText(), /^1 of \d/);
    });
  });

  test(`${page}: a wrong answer is explained too, and may be tried again`, async () => {
    await visit(site, page, {}, async (tab) => {
      const check = tab.locator('knowledge-check');
      const wrong = await check.evaluate((element) => {
        const question = element.querySelector('fieldset');
        return [...question.querySelectorAll('details')].findIndex((option) => !option.hasAttribute('data-right'));
      });
      const form = check.locator('form').first();
      await form.getByRole('radio').nth(wrong).check();
      await form.getByRole('button').click();
      assert.ok((await form.locator('.wrong').innerText()).length > 40);
      assert.ok(await form.getByRole('radio').first().isEnabled());
    });
  });

  test(`${page}: where storage is refused, or holds garbage, the lesson works`, async () => {
    const refuse = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })`;
    const garbage = `for (const part of ['section', 'answers', 'interview', 'theme'])
      for (const page of ['/${page}', '/${page.replace('.html', '')}'])
        { localStorage.setItem('doorbell:' + page + ':' + part, '{"a":['); localStorage.setItem('doorbell:' + part, '[[]]'); }`;
    for (const init of [refuse, garbage]) {
      await visit(site, page, { init }, async (tab) => {
        await press(tab, 'Step');
        await tab.locator('knowledge-check form').first().getByRole('radio').first().check();
        await tab.locator('interview-card textarea').fill('One thread asks who is ready.');
      });
    }
  });
}

test('index.html: axe-core finds nothing in either theme', async () => {
  for (const theme of ['light', 'dark']) {
    await visit(site, 'index.html', { theme }, async (tab) => assert.deepEqual(await violations(tab), []));
  }
});

for (const page of PAGES) {
  test(`${page}: nothing sticks out sideways from 320 to 2560 px`, async () => {
    for (const width of [320, 360, 768, 1280, 2560]) {
      await visit(site, page, { width }, async (tab) => {
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${wide} px at ${width} px`);
      });
    }
  });

  test(`${page}: every link inside the site leads somewhere`, async () => {
    await visit(site, page, {}, async (tab) => {
      const links = await tab
        .locator('a[href]')
        .evaluateAll((list) => list.map((link) => /** @type {any} */ (link).href));
      for (const link of links.filter((href) => href.startsWith(site.address))) {
        const url = new URL(link);
        const answer = await tab.request.get(url.href);
        assert.ok(answer.ok(), link);
        if (url.hash) {
          const id = decodeURIComponent(url.hash.slice(1));
          assert.match(await answer.text(), new RegExp(`id="${id}"`), link);
        }
      }
    });
  });
}
