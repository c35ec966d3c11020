// A demo in somebody else's page: the recipes that are printed, letter for letter, and pages that make it hard.
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

const BOTH = `<io-multiplexer-demo><pre>socket A ready 6\nsocket B ready 1</pre></io-multiplexer-demo>
  <event-loop-demo><pre>promise p ready 2\n  microtask m\ntimer t ready 2</pre></event-loop-demo>`;

/** Presses Step in every demo of a page until none has a step left. */
async function stepAll(tab) {
  await tab.waitForFunction(
    (tags) => tags.every((tag) => document.querySelector(tag)?.shadowRoot?.querySelector('.stage')),
    ['io-multiplexer-demo', 'event-loop-demo'],
  );
  for (const step of await tab.getByRole('button', { name: 'Step', exact: true }).all()) {
    while (await step.isEnabled()) await step.click();
  }
}

test('under a policy that allows no inline style, and no connection, nothing is refused and the guard stands at his door', async () => {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
  const init = () => {
    /** @type {any} */ (window).refused = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
      /** @type {any} */ (window).refused.push(`${violatedDirective} ${sourceFile}`),
    );
  };
  await visit(site, '', { url: 'about:blank', init }, async (tab) => {
    const body = `<!doctype html><html lang="en"><title>Mine</title><link rel="stylesheet" href="embed/tokens.css">
      <script defer src="embed/io-multiplexer-demo.js"></script><script defer src="embed/event-loop-demo.js"></script>
      ${BOTH}</html>`;
    const headers = { 'content-security-policy': policy };
    await tab.route('**/course.html', (route) => route.fulfill({ contentType: 'text/html', headers, body }));
    await tab.goto(`${site.address}course.html`);
    await stepAll(tab);
    assert.deepEqual(await tab.evaluate(() => /** @type {any} */ (window).refused), []);
    const [guard, door] = await Promise.all(['.guard', '.door.open'].map((part) => tab.locator(part).boundingBox()));
    assert.ok(Math.abs(guard.x - (door.x + door.width)) < door.width, 'he stands at the open door');
  });
});
