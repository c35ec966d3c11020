// A demo in somebody else's page: the recipes that are printed, letter for letter, and pages that make it hard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { printed } from '../printed.mjs';
import { NO_PATIENCE, start, violations, visit } from './browser.mjs';
import { makeFolder } from './folder.mjs';

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
const SCRIPT = { 'doorbell.js': 'dist/embed/doorbell.js' };
const PARTS = ['doorbell-playground.js', 'doorbell-runner.js', 'doorbell-code-editor.js'];
const FILES = { ...SCRIPT, ...Object.fromEntries(PARTS.map((name) => [name, `dist/embed/${name}`])) };
const SCRIPT_TEXT = readFileSync(new URL(`../../${SCRIPT['doorbell.js']}`, import.meta.url), 'utf8');

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
/** @type {Awaited<ReturnType<typeof makeFolder>>} */
let mine;
/** @type {Awaited<ReturnType<typeof makeFolder>>} */
let strict;
before(async () => {
  site = await start();
  mine = await makeFolder(FILES);
  strict = await makeFolder(FILES, { 'content-security-policy': POLICY });
});
after(() => Promise.all([site, mine, strict].map((each) => each?.stop())));

// ---- Recipes --------------------------------------------------------------------------------------------------------

const SCRIPTS = printed('script');
const [AROUND, STYLES, LISTENER] = /** @type {const} */ (['frame', 'styles', 'listener']).map((kind) => {
  const [{ text }, ...more] = printed(kind);
  assert.deepEqual(more, []);
  return text;
});
const FRAMED = SCRIPTS.find(({ text }) => text.includes('parent.postMessage'))?.text ?? '';

const DEMOS = 'io-multiplexer-demo, event-loop-demo';

/** Presses Step in every demo of a page until none has a step left. How many demos there are. */
async function stepAll(tab) {
  await tab.waitForFunction(
    (demos) => [...document.querySelectorAll(demos)].every(({ shadowRoot }) => shadowRoot?.querySelector('.stage')),
    DEMOS,
  );
  const steps = await tab.getByRole('button', { name: 'Step', exact: true }).all();
  assert.ok(steps.length > 0);
  for (const step of steps) {
    do await step.click();
    while (await step.isEnabled());
  }
  return steps.length;
}

/** Opens a page of one's own. */
async function open(body, work, { at = mine, disk = false, ...options } = {}) {
  await at.write('mine.html', body);
  const url = disk ? at.onDisk('mine.html') : `${at.address}mine.html`;
  await visit({ ...site, address: at.address }, '', { url, ...options }, work);
}

test('a recipe stands in the README, on the first page and in the package', () => {
  const files = ['README.md', 'web/package/README.md', 'web/lessons/index.html'];
  assert.deepEqual([...new Set(SCRIPTS.map(({ file }) => file))], files);
});

for (const [i, { file, text }] of SCRIPTS.entries()) {
  for (const disk of [false, true]) {
    test(`recipe ${i + 1}, of ${file}, gives demos that are stepped to their end${disk ? ', from the disk' : ''}`, async () => {
      const work = async (tab) => {
        await stepAll(tab);
        const demo = tab.locator(DEMOS).first();
        if (await demo.getAttribute('controls')) return;
        await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
        await demo.getByLabel('Scenario').fill('sokcet');
        await demo.getByText(/line 1, column 1.*"sokcet" is/).waitFor(); // the words for a mistake are inside, too
      };
      await open(text, work, { disk });
    });
  }
}

// ---- The playground -------------------------------------------------------------------------------------------------

/** Until a playground has run what it shows. */
const ran = (tab) =>
  tab.waitForFunction(() => {
    const playground = /** @type {any} */ (document.querySelector('event-loop-playground'));
    return playground?.isRunning === false && playground.renderRoot.querySelector('.state section');
  });

/** Steps through a playground's program; what it printed. */
async function stepThrough(tab) {
  await ran(tab);
  const next = tab.getByRole('button', { name: 'Next callback' });
  while (await next.isEnabled()) await next.click();
  return tab.locator('.console button').allInnerTexts();
}

/** What the programs that are printed print, in their order. */
const SAID = {
  'README.md': ['script', 'tick', 'timer'],
  'web/package/README.md': ['script', 'promise', 'timer'],
  'web/lessons/index.html': ['microtask', 'timer'],
};

for (const disk of [false, true]) {
  test(`the playground is stepped as each file prints it${disk ? ', from the disk' : ''}`, async () => {
    const recipes = printed('playground');
    assert.deepEqual(
      recipes.map(({ file }) => file),
      Object.keys(SAID),
    );
    for (const { file, text } of recipes) {
      const work = async (tab) => assert.deepEqual(await stepThrough(tab), SAID[file]);
      await open(text, work, { disk });
    }
  });
}

const PLAY = (attributes = '', program = "console.log('a');\nsetTimeout(() => console.log('b'), 3);") =>
  `<event-loop-playground ${attributes}><pre>${program}</pre></event-loop-playground>`;
const playPage = (body) => page(body).replace('<script src="doorbell.js">', '<script src="doorbell-playground.js">');

test('the engine and the editor are fetched when the playground comes near, and not before', async () => {
  await open(playPage(`<div style="height: 400vh">far</div>${PLAY()}`), async (tab) => {
    const fetched = async () => {
      const addresses = await tab.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      return PARTS.filter((name) => addresses.includes(mine.address + name));
    };
    await tab.locator('event-loop-playground .why').waitFor({ state: 'attached' });
    assert.deepEqual(await fetched(), PARTS.slice(0, 1));
    await tab.locator('event-loop-playground').scrollIntoViewIfNeeded();
    assert.deepEqual(await stepThrough(tab), ['a', 'b']);
    assert.deepEqual(await fetched(), PARTS);
  });
});

test('a playground begins as its attributes say, follows its properties, and tells of each moment', async () => {
  await open(playPage(PLAY('host="node" step="2" theme="dark"')), async (tab) => {
    const playground = tab.locator('event-loop-playground');
    await ran(tab);
    const at = () => playground.evaluate(({ position, host, module }) => [position, host, module]);
    assert.deepEqual(await at(), [2, 'node', false]);
    assert.equal(await playground.getByLabel('Example').count(), 0, 'beside a program there are no examples');
    assert.equal(await playground.getByRole('button', { name: 'Copy link' }).count(), 0);
    await tab.evaluate(() => {
      /** @type {any} */ (window).told = [];
      for (const type of ['step', 'finish'])
        addEventListener(type, ({ detail }) => /** @type {any} */ (window).told.push({ type, ...detail }));
    });
    assert.deepEqual(await stepThrough(tab), ['a', 'b']);
    const told = await tab.evaluate(() => /** @type {any} */ (window).told);
    const [last] = told.slice(-1);
    assert.deepEqual([last.type, last.position, last.time], ['finish', last.count, 3]);
    assert.match(last.reason, /slept/);
    await playground.evaluate((element) => element.edit("await null; console.log('c');"));
    assert.match(await playground.locator('.why').innerText(), /does not run/);
    await playground.evaluate((element) => void (element.module = true));
    assert.deepEqual(await stepThrough(tab), ['c']);
    await playground.evaluate((element) => element.setAttribute('host', 'browser'));
    await tab.getByRole('radio', { name: 'Browser', checked: true }).waitFor();
    await ran(tab);
    assert.deepEqual(await at(), [0, 'browser', true]);
  });
});

test('a playground that is moved in its page keeps what it shows, and begins again what that broke off', async () => {
  await open(playPage(`${PLAY()}<div id="there"></div>`), async (tab) => {
    const playground = tab.locator('event-loop-playground');
    await ran(tab);
    const moved = await playground.evaluate(async (element) => {
      await element.edit("console.log('mine');");
      document.querySelector('#there').append(element);
      const { text, isRunning } = element;
      element.edit("console.log('mine, too');");
      document.querySelector('#there').before(element);
      return [text, isRunning];
    });
    assert.deepEqual(moved, ["console.log('mine');", false]);
    assert.deepEqual(await stepThrough(tab), ['mine, too']);
    await tab.getByRole('button', { name: 'All allowed orders' }).click();
    await playground.evaluate((element) => document.querySelector('#there').append(element));
    await ran(tab);
    await tab.getByRole('button', { name: 'Compare with this browser' }).click();
    await tab.getByText('This browser printed the same, line by line.').waitFor();
  });
});

/** A browser says in its console what it did not do. @param {Error} fault */
const isBrowsersWord = ({ message }) => assert.match(message, /^console: /);

test('a strict page allows the playground its worker; where it does not, the playground says so in its place', async () => {
  const isSaid = (tab) => tab.getByText(/could not begin; .* by worker-src blob:/).waitFor();
  await open(playPage(PLAY()), isSaid, { at: strict }).catch(isBrowsersWord);
  const allowing = await makeFolder(FILES, { 'content-security-policy': `${POLICY}; worker-src blob:` });
  try {
    await open(playPage(PLAY()), async (tab) => assert.deepEqual(await stepThrough(tab), ['a', 'b']), { at: allowing });
    const compare = async (tab) => {
      await ran(tab);
      await tab.getByRole('button', { name: 'Compare with this browser' }).click();
      await tab.getByText('This program could not be run here: the page does not allow it.').waitFor();
    };
    await open(playPage(PLAY()), compare, { at: allowing, init: NO_PATIENCE }).catch(isBrowsersWord);
  } finally {
    await allowing.stop();
  }
});

test('without one of its files the playground says that it could not begin', async () => {
  const without = await makeFolder({ [PARTS[0]]: FILES[PARTS[0]], [PARTS[2]]: FILES[PARTS[2]] });
  try {
    const isSaid = (tab) => tab.getByText('The playground could not begin.').waitFor();
    await open(playPage(PLAY()), isSaid, { at: without }).catch(isBrowsersWord);
  } finally {
    await without.stop();
  }
});

// ---- Styles and events ----------------------------------------------------------------------------------------------

test('styles and events are as the package prints them', async () => {
  const body = `<!doctype html><html lang="en"><title>Mine</title><style>${STYLES}</style>
    <script src="doorbell.js"></script><script>${LISTENER}</script>
    <event-loop-demo><pre>timer t ready 2\ntimer u ready 3</pre></event-loop-demo></html>`;
  await open(body, async (tab) => {
    await tab.evaluate(() => {
      /** @type {any} */ (window).logged = [];
      console.log = (...said) => /** @type {any} */ (window).logged.push(said.join(' '));
      document.addEventListener('finish', ({ detail }) => console.log('finish', JSON.stringify(detail)));
    });
    await stepAll(tab);
    const [first, , last] = await tab.evaluate(() => /** @type {any} */ (window).logged);
    assert.match(first, /^event-loop-demo 1 .*t was the only task/);
    assert.match(last, /^finish {"position":2,"count":2,"time":3,"name":"u","reason":".*u was the only task.*"}/);
    const look = await tab
      .locator('event-loop-demo')
      .evaluate(({ shadowRoot }) => [
        getComputedStyle(shadowRoot.querySelector('summary')).color,
        getComputedStyle(shadowRoot.querySelector('.reason')).fontSize,
      ]);
    assert.deepEqual(look, ['rgb(102, 51, 153)', '20px']);
  });
});

// ---- Attributes -----------------------------------------------------------------------------------------------------

const IO = (attributes = '') =>
  `<io-multiplexer-demo ${attributes}><pre>socket A ready 6\nsocket B ready 1</pre></io-multiplexer-demo>`;
const LOOP = (attributes = '') =>
  `<event-loop-demo ${attributes}><pre>timer t ready 2\n  microtask m\nsocket s ready 2</pre></event-loop-demo>`;
const page = (body, head = '') =>
  `<!doctype html><html lang="en"><head><title>Mine</title><script src="doorbell.js"></script>${head}</head>
  <body><main><h1>Mine</h1>${body}</main></body></html>`;

test('attributes say the mode, the host, the speed; properties change them', async () => {
  const body = page(IO('mode="readiness" speed="fast"') + LOOP('host="node"') + IO('mode="no such"'));
  await open(body, async (tab) => {
    await stepAll(tab);
    const checked = tab.getByRole('radio', { checked: true });
    const labels = () => checked.evaluateAll((list) => list.map((radio) => radio.parentElement?.textContent?.trim()));
    assert.deepEqual(await labels(), ['Readiness', 'Node', 'Blocking']);
    assert.deepEqual(await tab.getByLabel('Speed').evaluateAll((list) => list.map(({ value }) => value)), [
      'fast',
      'normal',
      'normal',
    ]);
    await tab.evaluate(() => {
      Object.assign(document.querySelector('io-multiplexer-demo') ?? {}, { mode: 'blocking' });
      document.querySelector('event-loop-demo')?.setAttribute('host', 'browser');
    });
    await tab.getByRole('radio', { name: 'Browser', checked: true }).waitFor();
    assert.deepEqual(await labels(), ['Blocking', 'Browser', 'Blocking']);
    await tab.locator('io-multiplexer-demo').first().getByText('0/2').waitFor();
  });
});

test('a page may ask a question, and for predictions, and is told what the learner says', async () => {
  const body = page(
    IO('mode="readiness" predict question="When is B handled?" answer="1 ms"'),
    `<script>told = []; for (const type of ['predict', 'answer'])
      addEventListener(type, ({ target, detail }) => told.push({ type, on: target.localName, ...detail }));</script>`,
  );
  await open(body, async (tab) => {
    const demo = tab.locator('io-multiplexer-demo');
    await demo.getByRole('button', { name: /^A, / }).click();
    await demo
      .getByText(/Not A: its next message comes/)
      .first()
      .waitFor();
    await demo.getByLabel('When is B handled?').fill('1');
    await demo.getByRole('button', { name: 'Answer' }).click();
    await demo.getByText('Right.').first().waitFor();
    const on = 'io-multiplexer-demo';
    assert.deepEqual(await tab.evaluate(() => /** @type {any} */ (window).told), [
      { type: 'predict', on, position: 0, name: 'A', verdict: 'wrong' },
      { type: 'answer', on, text: '1', right: true },
    ]);
  });
});

test('a page may ask for predictions later too, and stop asking', async () => {
  await open(page(LOOP()), async (tab) => {
    const demo = tab.locator('event-loop-demo');
    const ask = demo.getByText('Predict first', { exact: true });
    const question = demo.getByRole('group', { name: 'What comes next?' });
    await ask.waitFor();
    for (const predict of [true, false, true]) {
      await demo.evaluate((element, predict) => void Object.assign(element, { predict }), predict);
      await question.waitFor({ state: predict ? 'visible' : 'detached' });
      assert.equal(await demo.getAttribute('predict'), predict ? '' : null);
    }
    await ask.click();
    await question.waitFor({ state: 'detached' });
  });
});

test('controls says what is kept around the scene', async () => {
  const names = ['choice', 'position', 'legend', 'table', 'comparison', 'tools', 'editor', 'picker', 'orders'];
  const seen = (tab) =>
    tab
      .locator(DEMOS)
      .evaluateAll(
        (demos, names) =>
          demos.map(({ shadowRoot }) =>
            names.filter((name) =>
              [...shadowRoot.querySelectorAll(`[part~="${name}"]`)].some((part) => part.checkVisibility()),
            ),
          ),
        names,
      );
  const body = page(
    IO() + IO('controls=""') + IO('controls="table comparison"') + LOOP() + LOOP('controls="picker orders"'),
  );
  await open(body, async (tab) => {
    await stepAll(tab);
    await tab.getByLabel('Example').waitFor();
    await tab.getByText('All allowed orders').waitFor();
    assert.deepEqual(await seen(tab), [
      names.slice(0, 7),
      [],
      ['table', 'comparison'],
      ['choice', 'position', 'table', 'tools', 'editor'],
      ['picker', 'orders'],
    ]);
    await tab.getByLabel('Example').selectOption('Starvation');
    await tab.locator('event-loop-demo').last().getByText('onClick').first().waitFor();
  });
});

test('the script is ASCII: where a page does not say that it is UTF-8, the script is not read so either', () => {
  assert.match(SCRIPT_TEXT, /^[\x00-\x7f]+$/);
});

// ---- Pages that make it hard ----------------------------------------------------------------------------------------

test('under a policy that allows no inline style, and no connection, nothing is refused and the guard stands at his door', async () => {
  const init = () => {
    /** @type {any} */ (window).refused = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, blockedURI }) => {
      if (blockedURI.endsWith('/favicon.ico')) return; // Firefox asks for it by itself
      /** @type {any} */ (window).refused.push(`${violatedDirective} ${sourceFile}`);
    });
  };
  const work = async (tab) => {
    await stepAll(tab);
    assert.deepEqual(await tab.evaluate(() => /** @type {any} */ (window).refused), []);
    const [guard, door] = await Promise.all(['.guard', '.door.open'].map((part) => tab.locator(part).boundingBox()));
    assert.ok(Math.abs(guard.x - (door.x + door.width)) < door.width, 'he stands at the open door');
  };
  await open(page(IO() + LOOP('controls="picker orders editor"')), work, { at: strict, init });
});

test('where WebAssembly is not allowed, the demo says so in its place', async () => {
  const init = 'delete window.WebAssembly';
  await open(
    page(LOOP()),
    (tab) =>
      tab
        .getByRole('alert')
        .filter({ hasText: /could not begin[^]*wasm-unsafe-eval/ })
        .waitFor(),
    { init },
  );
});

const HARD = {
  'a dark page': '<style>body { background: #111; color: #eee }</style>',
  'a page that is dark by its color scheme': '<style>:root { color-scheme: dark }</style>',
  'a page where all letters are large': '<style>* { font-size: 30px }</style>',
  'a page where a rem is 10 px': '<style>html { font-size: 62.5% }</style>',
  'a page with its own reset': `<style>
    *, *::before, *::after { all: unset; display: revert; box-sizing: content-box; line-height: 3; letter-spacing: 9px;
      text-transform: uppercase; text-align: right; white-space: pre; text-indent: 5em; list-style: square }
    svg, button, table { display: none }</style>`,
};
for (const [name, head] of Object.entries(HARD)) {
  test(`${name} leaves a demo as it is: legible, and no wider than its place`, async () => {
    await open(page(IO() + LOOP(), head), async (tab) => {
      await stepAll(tab);
      const found = await tab.locator(DEMOS).evaluateAll((demos) =>
        demos.map(({ shadowRoot }) => {
          const { fontSize, letterSpacing, textAlign, whiteSpace } = getComputedStyle(shadowRoot.querySelector('.why'));
          const demo = shadowRoot.querySelector('.demo');
          const fits = demo.scrollWidth <= demo.clientWidth && demo.getBoundingClientRect().right <= innerWidth;
          return [parseFloat(fontSize) >= 15 && parseFloat(fontSize) <= 20, letterSpacing, textAlign, whiteSpace, fits];
        }),
      );
      for (const each of found) assert.deepEqual(each, [true, 'normal', 'start', 'normal', true]);
      const inside = (await violations(tab)).filter((line) => line.includes('-demo,'));
      assert.deepEqual(inside, []);
    });
  });
}

test('hard pages leave the playground as it is, too', async () => {
  for (const [name, head] of Object.entries(HARD)) {
    await open(playPage(PLAY('host="node"')).replace('</head>', `${head}</head>`), async (tab) => {
      assert.deepEqual(await stepThrough(tab), ['a', 'b']);
      const found = await tab.locator('event-loop-playground').evaluate(({ shadowRoot }) => {
        const { fontSize, letterSpacing, textAlign, whiteSpace } = getComputedStyle(shadowRoot.querySelector('.why'));
        const { clientWidth, scrollWidth } = shadowRoot.querySelector('.playground');
        const isLegible = parseFloat(fontSize) >= 13 && parseFloat(fontSize) <= 20;
        return [isLegible, letterSpacing, textAlign, whiteSpace, scrollWidth <= clientWidth];
      });
      assert.deepEqual(found, [true, 'normal', 'start', 'normal', true], name);
      const inside = (await violations(tab)).filter((line) => line.includes('-playground,'));
      assert.deepEqual(inside, [], name);
    });
  }
});

for (const [attribute, scheme, night] of [
  ['theme="dark"', 'light', true],
  ['theme="light"', 'dark', false],
  ['theme="auto"', 'dark', true],
  ['theme="auto"', 'light', false],
  ['', 'dark', false],
]) {
  test(`${attribute || 'no theme'} for a reader in ${scheme} is ${night ? 'dark' : 'light'}`, async () => {
    const work = async (tab) => {
      await stepAll(tab);
      const ground = await tab
        .locator(DEMOS)
        .evaluate(({ shadowRoot }) => getComputedStyle(shadowRoot.querySelector('.demo')).backgroundColor);
      assert.equal(ground, night ? 'rgb(20, 22, 31)' : 'rgb(251, 248, 242)');
    };
    await open(page(LOOP(attribute)), work, { theme: scheme });
    const ofPlayground = async (tab) => {
      await ran(tab);
      const ground = await tab
        .locator('event-loop-playground')
        .evaluate(({ shadowRoot }) => getComputedStyle(shadowRoot.querySelector('.playground')).backgroundColor);
      assert.equal(ground, night ? 'rgb(20, 22, 31)' : 'rgb(251, 248, 242)');
    };
    await open(playPage(PLAY(attribute)), ofPlayground, { theme: scheme });
  });
}

test('a frame grows with its demo, and comes to rest', async () => {
  for (const disk of [false, true]) {
    await mine.write('demo.html', disk ? inside(FRAMED) : FRAMED);
    await open(
      `<!doctype html><html lang="en"><title>Course</title>${AROUND}</html>`,
      async (tab) => {
        const inside = tab.frameLocator('iframe');
        const step = inside.getByRole('button', { name: 'Step', exact: true });
        do await step.click();
        while (await step.isEnabled());
        await tab.waitForFunction(() => document.querySelector('iframe')?.height !== '500');
        const heights = await tab.evaluate(async () => {
          const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
          const seen = [];
          for (let i = 0; i < 30; i++) {
            seen.push(frame.height);
            await new Promise((next) => requestAnimationFrame(next));
          }
          return seen;
        });
        assert.equal(new Set(heights.slice(10)).size, 1, heights.join(' '));
        const { clientHeight, scrollHeight } = await inside
          .locator('html')
          .evaluate(({ clientHeight, scrollHeight }) => ({ clientHeight, scrollHeight }));
        assert.ok(scrollHeight <= clientHeight, 'nothing is left to scroll to');
      },
      { disk },
    );
  }
});

/** In a frame with a sandbox a page from the disk may load no file: the script stands in the page itself. */
const inside = (body) => body.replace('<script src="doorbell.js">', () => `<script>${SCRIPT_TEXT}`);

for (const demo of [IO(), LOOP()]) {
  for (const disk of [false, true]) {
    test(`in a sandboxed frame of 700×500${disk ? ', from the disk,' : ''} scene, buttons and reason are seen together`, async () => {
      const framed = page(demo).replace('<h1>Mine</h1>', '');
      await mine.write('demo.html', disk ? inside(framed) : framed);
      const around =
        '<iframe src="demo.html" title="A demo" sandbox="allow-scripts" width="700" height="500"></iframe>';
      const work = async (tab) => {
        const inside = tab.frameLocator('iframe');
        await inside.getByRole('button', { name: 'Step', exact: true }).click();
        const frame = await tab.locator('iframe').boundingBox();
        const parts = ['.stage', '.reason'].map((part) => inside.locator(part).boundingBox());
        const [scene, reason] = await Promise.all(parts);
        assert.ok(scene.y >= frame.y, `${scene.y} ${frame.y}`);
        assert.ok(reason.y + reason.height <= frame.y + frame.height, `${reason.y + reason.height}`);
      };
      await open(`<!doctype html><html lang="en"><title>Course</title>${around}</html>`, work, { disk });
    });
  }
}

test('a demo that comes before its script, or by a script, reads what stands inside it', async () => {
  const late = `<!doctype html><html lang="en"><title>Mine</title>${LOOP()}<script async src="doorbell.js"></script></html>`;
  await open(late, async (tab) => {
    assert.equal(await stepAll(tab), 1);
    await tab.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), IO());
    await tab.locator('io-multiplexer-demo').getByText('0/2').waitFor();
  });
});
