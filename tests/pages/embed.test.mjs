// A demo in somebody else's page: the recipes that are printed, letter for letter.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { press, start, visit } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const unescaped = (html) => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const README = /## Embed a demo[\s\S]*?((?:\n(?: {4}.*)?)+\n)For lesson 5/
  .exec(read('README.md'))?.[1]
  .replace(/^ {4}/gm, '');
const INDEX = unescaped(
  /Two lines load a demo[\s\S]*?<code>([\s\S]*?)<\/code>/.exec(read('web/lessons/index.html'))?.[1] ?? '',
);
const forLesson5 = (recipe) =>
  recipe?.replaceAll('io-multiplexer-demo', 'event-loop-demo').replace(/socket .*ready/g, 'timer t ready');

const RECIPES = {
  'of the README': README,
  'of the first page': INDEX,
  'of the README, for lesson 5': forLesson5(README),
  'of the first page, for lesson 5': forLesson5(INDEX),
};

for (const [name, recipe] of Object.entries(RECIPES)) {
  test(`the recipe ${name} gives a demo that is stepped to its end`, async () => {
    await visit(site, '', { url: 'about:blank' }, async (tab) => {
      const page = `<!doctype html><html lang="en"><title>Mine</title>${recipe}</html>`;
      await tab.route('**/course.html', (route) => route.fulfill({ contentType: 'text/html', body: page }));
      await tab.goto(`${site.address}course.html`);
      for (let i = 0; i < 2; i++) await press(tab, 'Step');
      await tab.getByText('2/2').waitFor();
      assert.ok(await tab.getByRole('button', { name: 'Step', exact: true }).isDisabled());
      await tab.locator('summary', { hasText: 'Edit the scenario' }).click();
      await tab.getByLabel('Scenario').fill('sokcet');
      await tab.getByText(/line 1, column 1.*"sokcet" is/).waitFor(); // the words for a mistake come from there too
    });
  });
}
