// The pages as a whole: sections, access, sizes, storage, no JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import {
  holdBack,
  inChromium,
  LESSON_4,
  LESSON_5,
  PAGES,
  press,
  reachDemo,
  start,
  THEMES,
  violationsIn,
  visit,
  visitDemo,
} from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const KB = 1024;
const NO_SCRIPTS = inChromium('a tab without JavaScript');
const ON_PAPER = inChromium('a page as it is printed');
const ANSWERS = inChromium('the bodies of all answers');

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
    'Step real code',
    'Interview payoff',
    'Next challenge',
  ],
};

/**
 * How far a section is from where a link should lead, when all that was asked for has come and nothing moves any more.
 * The last sections can only come so far.
 */
const atRest = (tab, hash) =>
  tab.evaluate(async (hash) => {
    const section = document.querySelector(hash);
    const root = document.documentElement;
    const place = () =>
      section.getBoundingClientRect().top - parseFloat(getComputedStyle(root).scrollPaddingBlockStart);
    const isAsked = (script) => document.querySelector(`script[src="${script}"]`);
    const isComing = (element) =>
      element.matches(':not(:defined)') && element.dataset.scripts.split(' ').every(isAsked);
    for (let still = 0, last = NaN; still < 20; still = place() === last ? still + 1 : 0) {
      last = [...document.querySelectorAll('[data-scripts]')].some(isComing) ? NaN : place();
      await new Promise(requestAnimationFrame);
    }
    return Math.min(place(), root.scrollHeight - innerHeight - scrollY);
  }, hash);

for (const [page, sections] of Object.entries(SECTIONS)) {
  for (const [javaScriptEnabled, options] of /** @type {const} */ ([
    [true, {}],
    [false, NO_SCRIPTS],
  ])) {
    test(
      `${page}: every section is there, in order, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
      options,
      async () => {
        await visit(site, page, { javaScriptEnabled }, async (tab) => {
          const heads = await tab.locator('main h1, main h2').allInnerTexts();
          assert.deepEqual(
            heads.map((head) => head.replace(/\s+/g, ' ').replace(/\.$/, '')),
            sections,
          );
        });
      },
    );
  }

  test(`${page}: without JavaScript the demo's place shows a picture and says what happens`, NO_SCRIPTS, async () => {
    await visit(site, page, { javaScriptEnabled: false }, async (tab) => {
      assert.ok(await tab.locator('#demo .fallback svg').isVisible());
      assert.ok(await tab.locator('#demo .fallback figcaption').isVisible());
      assert.ok(await tab.locator('#demo pre').isVisible());
    });
  });

  test(
    `${page}: to be read it loads at most 30 KB, compressed, and with its demo stepped to the end at most 70`,
    ANSWERS,
    async () => {
      await visit(site, page, { url: 'about:blank' }, async (tab) => {
        const loaded = new Map();
        tab.on('response', (response) => loaded.set(response.url(), response.body()));
        const weight = async () => {
          const bodies = await Promise.all([...loaded.values()]);
          return bodies.reduce(
            (sum, body) => sum + execFileSync('gzip', ['-9n'], { input: body, maxBuffer: 2 ** 24 }).length,
            0,
          );
        };
        await tab.goto(site.address + page, { waitUntil: 'networkidle' });
        const read = await weight();
        assert.ok(read > 10 * KB && read <= 30 * KB, `${read} bytes, of ${[...loaded.keys()]}`);
        await reachDemo(tab);
        const step = tab.getByRole('button', { name: 'Step', exact: true });
        while (await step.isEnabled()) await step.click();
        await tab.waitForLoadState('networkidle');
        const stepped = await weight();
        assert.ok(stepped > read && stepped <= 70 * KB, `${stepped} bytes, of ${[...loaded.keys()]}`);
      });
    },
  );

  test(`${page}: what is pressed before the demo has come is kept, and carried out when it has`, async () => {
    await visit(site, page, {}, async (tab) => {
      const letThrough = await holdBack(tab, '**/*.wasm.js');
      await press(tab, 'Step');
      await press(tab, 'Step');
      assert.ok(await tab.locator('#demo .still svg').isVisible(), 'a still picture, until then');
      letThrough();
      await tab.locator('#demo .count').getByText('2/3').waitFor();
      assert.ok(await tab.getByRole('button', { name: 'Step', exact: true }).evaluate((it) => it.matches(':focus')));
      assert.equal(await tab.locator('#demo .still').isVisible(), false);
    });
  });

  test(`${page}: who starts the demo has its keys, when it has come`, async () => {
    await visit(site, page, {}, async (tab) => {
      await tab.getByRole('link', { name: 'Start the demo' }).click();
      await tab.locator('#demo .stage:focus').waitFor();
      await tab.keyboard.press('ArrowRight');
      await tab.locator('#demo .count').getByText('1/3').waitFor();
    });
  });

  test(`${page}: if the demo's script is lost on the way, its place says what it would show`, async () => {
    const visited = visit(site, page, {}, async (tab) => {
      await tab.route('**/*-demo.js', (route) => route.abort());
      await tab.locator('#demo').scrollIntoViewIfNeeded();
      await tab.locator('#demo .fallback figcaption').waitFor();
      assert.equal(await tab.locator('#demo .still').isVisible(), false);
    });
    await assert.rejects(visited, /Failed to load resource: net::ERR_FAILED|lost: /);
  });

  for (const [width, height] of [
    [360, 740],
    [1366, 625],
  ]) {
    test(`${page}: every link to a section leads to its heading, and stays there, at ${width} × ${height}`, async () => {
      for (const fresh of [true, false]) {
        await visit(site, page, { width, height, motion: true }, async (tab) => {
          const links = await tab.locator('lesson-progress li a').evaluateAll((list) => list.map((link) => link.hash));
          assert.ok(links.length >= 7);
          for (const hash of links) {
            await tab.goto(`${site.address}${page}?${hash.slice(1)}${fresh ? hash : ''}`); // each time another page
            if (!fresh) await tab.locator('lesson-progress details').evaluate((it) => (it.open = true));
            if (!fresh) await tab.locator(`lesson-progress li a[href="${hash}"]`).click();
            const off = await atRest(tab, hash);
            assert.ok(Math.abs(off) <= 3, `${hash} from the ${fresh ? 'address bar' : 'contents'} is ${off} px off`);
          }
        });
      }
    });
  }

  test(`${page}: the room that is kept for what comes late is about what it takes`, async () => {
    for (const [width, height] of [
      [360, 740],
      [768, 1024],
      [1366, 625],
      [1920, 1080],
    ]) {
      await visit(site, page, { width, height }, async (tab) => {
        const late = tab.locator('section > [data-scripts]');
        const heights = () => late.evaluateAll((list) => list.map((it) => it.getBoundingClientRect().height));
        const kept = await heights();
        for (const element of await late.all()) {
          await element.scrollIntoViewIfNeeded();
          await element.locator('.demo, textarea, .score').first().waitFor();
        }
        const taken = await heights();
        for (const [i, room] of kept.entries()) {
          const name = await late.nth(i).evaluate((it) => it.localName);
          assert.ok(Math.abs(room - taken[i]) <= 0.12 * taken[i], `${name}, ${width} px: ${room} px for ${taken[i]}`);
        }
      });
    }
  });

  test(`${page}: axe-core finds nothing, in either theme, at the start, in the middle and at the end`, async () => {
    for (const theme of THEMES) {
      await visit(site, page, { theme }, async (tab) => {
        assert.deepEqual(await violationsIn(theme, tab), [], 'start');
        await reachDemo(tab);
        await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
        await press(tab, 'Step');
        assert.deepEqual(await violationsIn(theme, tab), [], 'middle');
        await press(tab, 'Step');
        await press(tab, 'Step');
        assert.deepEqual(await violationsIn(theme, tab), [], 'end');
      });
    }
  });

  test(
    `${page}: on paper the demo’s place has its picture and words, before the demo has come too`,
    ON_PAPER,
    async () => {
      await visit(site, page, {}, async (tab) => {
        await tab.emulateMedia({ media: 'print' });
        assert.ok(await tab.locator('#demo .fallback svg').isVisible());
        assert.ok(await tab.locator('#demo .fallback figcaption').isVisible());
      });
    },
  );

  test(`${page}: a right answer is explained, counted, and survives a reload`, async () => {
    await visit(site, page, {}, async (tab) => {
      const check = tab.locator('knowledge-check');
      await check.scrollIntoViewIfNeeded();
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
      await tab.locator('lesson-progress', { hasText: /Knowledge check: 1 of \d/ }).waitFor();
      await check.scrollIntoViewIfNeeded();
      assert.match(await check.locator('.score').innerText(), /^1 of \d/);
    });
  });

  test(`${page}: a wrong answer is explained too, and may be tried again`, async () => {
    await visit(site, page, {}, async (tab) => {
      const check = tab.locator('knowledge-check');
      await check.scrollIntoViewIfNeeded();
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
    const garbage = `for (const part of ['section', 'answers', 'score', 'interview', 'theme'])
      for (const page of ['/${page}', '/${page.replace('.html', '')}'])
        { localStorage.setItem('doorbell:' + page + ':' + part, '{"a":['); localStorage.setItem('doorbell:' + part, '[[]]'); }`;
    for (const init of [refuse, garbage]) {
      await visitDemo(site, page, { init }, async (tab) => {
        await press(tab, 'Step');
        await tab.locator('knowledge-check').scrollIntoViewIfNeeded();
        await tab.locator('knowledge-check form').first().getByRole('radio').first().check();
        await tab.locator('interview-card').scrollIntoViewIfNeeded();
        await tab.locator('interview-card textarea').fill('One thread asks who is ready.');
      });
    }
  });
}

for (const page of ['index.html', 'speaker-notes.html']) {
  test(`${page}: axe-core finds nothing in either theme`, async () => {
    for (const theme of THEMES) {
      await visit(site, page, { theme }, async (tab) => assert.deepEqual(await violationsIn(theme, tab), []));
    }
  });
}

for (const page of PAGES) {
  test(`${page}: nothing sticks out sideways from 320 to 2560 px`, async () => {
    for (const width of [320, 360, 768, 1280, 2560]) {
      await visit(site, page, { width }, async (tab) => {
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${wide} px at ${width} px`);
      });
    }
  });

  test(`${page}: no word of code is broken in two`, async () => {
    for (const width of [320, 768, 1280]) {
      await visit(site, page, { width }, async (tab) => {
        const broken = await tab.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
          return [...document.querySelectorAll('main :is(code, td a, th)')].flatMap((element) => {
            const word = element.textContent?.trim() ?? '';
            if (/[\s\-<]/.test(word) || word.length > 20) return [];
            const range = document.createRange();
            range.selectNodeContents(element);
            return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size > 1 ? word : [];
          });
        });
        assert.deepEqual(broken, [], `at ${width} px`);
        assert.ok(
          await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
          `with all unfolded it scrolls sideways at ${width} px`,
        );
      });
    }
  });

  test(`${page}: no heading is broken in two on paper`, ON_PAPER, async () => {
    for (const width of [320, 768, 1280]) {
      await visit(site, page, { width }, async (tab) => {
        await tab.emulateMedia({ media: 'print' });
        const heads = await tab.locator('h1, h2, h3').evaluateAll((list) =>
          list.map((head) => {
            const { breakInside, breakAfter } = getComputedStyle(head);
            return `${breakInside} ${breakAfter}`;
          }),
        );
        assert.deepEqual([...new Set(heads)], ['avoid avoid']);
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
        const answer = await fetch(url);
        assert.ok(answer.ok, link);
        if (url.hash) {
          const id = decodeURIComponent(url.hash.slice(1));
          assert.match(await answer.text(), new RegExp(`id="${id}"`), link);
        }
      }
    });
  });
}
