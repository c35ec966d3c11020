// The exercises in the page: what a learner writes down is compared with what the model says, and why.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EXERCISES } from '../../web/lessons/exercises.js';
import { LESSON_4, LESSON_5, start, THEMES, violationsIn, visit } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const LESSONS = [
  [LESSON_4, EXERCISES.multiplexer],
  [LESSON_5, EXERCISES.loop],
];

const exercisesOf = (tab) => tab.locator('lesson-exercises');
const run = (tab) => exercisesOf(tab).getByRole('button', { name: 'Run and compare' });

const visitExercises = (page, options, work) =>
  visit(site, page, options, async (tab) => {
    await exercisesOf(tab).scrollIntoViewIfNeeded();
    await run(tab).waitFor();
    await work(tab);
  });

/** Writes down an answer, by pressing names or typing a number; by keys alone, if so asked. */
async function write(tab, answer, byKeys = false) {
  if (!Array.isArray(answer)) {
    await exercisesOf(tab).getByRole('textbox').fill(String(answer));
    return;
  }
  for (const name of answer) {
    const button = exercisesOf(tab)
      .getByRole('group', { name: 'Who comes next?' })
      .getByRole('button', { name: new RegExp(`^${name}\\b`) });
    await (byKeys ? button.press('Enter') : button.click());
  }
}

for (const [page, exercises] of LESSONS) {
  test(`${page}: every exercise is solved by its answer, which is said with the reasons, and remembered`, async () => {
    await visitExercises(page, {}, async (tab) => {
      for (const [i, { order, at, title }] of exercises.entries()) {
        await exercisesOf(tab)
          .getByRole('button', { name: `Exercise ${i + 1}`, exact: true })
          .click();
        assert.ok(await run(tab).isDisabled(), 'first something is written down');
        await write(tab, order ?? at.ms, i % 2 === 1);
        await run(tab).click();
        const result = await exercisesOf(tab).locator('.result').innerText();
        assert.match(result, /Right\./);
        assert.ok(result.includes(title) && !result.includes('Not quite'), result);
        if (order) assert.equal(await exercisesOf(tab).locator('.came li').count(), order.length);
      }
      await tab.reload();
      await exercisesOf(tab).scrollIntoViewIfNeeded();
      const solved = exercisesOf(tab).getByRole('button', { name: /^Exercise \d, solved$/ });
      await solved.first().waitFor();
      assert.equal(await solved.count(), exercises.length);
    });
  });

  test(`${page}: a wrong order is corrected line by line, and what was pressed can be taken back`, async () => {
    await visitExercises(page, {}, async (tab) => {
      const [{ order }] = exercises;
      const [first, second, third] = order;
      await write(tab, [second]);
      await exercisesOf(tab).getByRole('button', { name: 'Take back' }).click();
      await write(tab, [second, first, third]);
      assert.match(
        await exercisesOf(tab).locator('.written').innerText(),
        new RegExp(`${second}, ${first}, ${third}\\.`),
      );
      await run(tab).click();
      const lines = await exercisesOf(tab).locator('.came li').allInnerTexts();
      assert.match(lines[0], new RegExp(`✗ \\d\\sms: ${first}, not ${second}\\. .+`));
      assert.match(lines[2], new RegExp(`✓ \\d\\sms: ${third}\\. .+`));
      assert.match(await exercisesOf(tab).locator('.result').innerText(), /Not quite/);
    });
  });

  test(`${page}: an exercise is loaded into the demo, which has the keys then; Back leads back to it`, async () => {
    await visitExercises(page, {}, async (tab) => {
      const last = exercises.length;
      await exercisesOf(tab)
        .getByRole('button', { name: `Exercise ${last}` })
        .click();
      const top = await tab.evaluate(() => scrollY);
      await exercisesOf(tab).getByRole('button', { name: 'Load it into the demo' }).click();
      const { text, way } = exercises[last - 1];
      const shown = await tab
        .locator('#demo')
        .evaluate((/** @type {any} */ demo) => [demo.shown, demo.mode ?? demo.host]);
      assert.deepEqual(shown, [text, way]);
      await tab.keyboard.press('ArrowRight');
      assert.match(await tab.locator('#demo .count').innerText(), /^1\//);
      await tab.goBack();
      await tab.waitForFunction((y) => Math.abs(scrollY - y) < 60, top);
    });
  });

  test(`${page}: axe finds nothing wrong with an exercise before and after, light and dark, and it fits 320 px`, async () => {
    for (const theme of THEMES) {
      await visitExercises(page, { theme, width: 320, height: 640 }, async (tab) => {
        assert.deepEqual(await violationsIn(theme, tab), []);
        const [{ order }] = exercises;
        await write(tab, [...order].reverse());
        await run(tab).click();
        assert.deepEqual(await violationsIn(theme, tab), []);
        assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      });
    }
  });
}
