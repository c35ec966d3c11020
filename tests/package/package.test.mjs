// The npm package as its README says to use it: installed into an empty folder, bundled by Vite and served by it, from
// an import map without a bundler, and in TypeScript; and whether the manifest of its elements is what they are.
import { Package, checkPackage } from '@arethetypeswrong/core';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { build, createServer, preview } from 'vite';
import { launchChromium, visit } from '../pages/browser.mjs';
import { makeFolder } from '../pages/folder.mjs';
import { printed } from '../printed.mjs';

const NAME = 'doorbell-lessons';
const [INSTALL] = printed('install').map(({ text }) => text);
const [, TARBALL] = /\.\/(\S+\.tgz)/.exec(INSTALL) ?? [];
const IMPORTS = printed('imports').flatMap(({ text }) => text.split(/\n+/));
const [WITH_MAP] = printed('import map').map(({ text }) => text);

const tsc = fileURLToPath(new URL('../../web/node_modules/.bin/tsc', import.meta.url));

let browser;
/** @type {Awaited<ReturnType<typeof makeFolder>>} */
let mine;
let installed = ''; // where the package is then
before(async () => {
  browser = await launchChromium();
  mine = await makeFolder({ [TARBALL]: `build/${TARBALL}` });
  // What npm has fetched before it need not ask for again.
  const env = { ...process.env, npm_config_prefer_offline: 'true', npm_config_audit: 'false' };
  execFileSync('sh', ['-c', INSTALL], { cwd: mine.folder, env });
  installed = join(mine.folder, 'node_modules', NAME);
});
after(async () => {
  await browser?.close();
  await mine?.stop();
});

const ELEMENTS = `
  <io-multiplexer-demo mode="readiness"><pre>socket A ready 6\nsocket B ready 1</pre></io-multiplexer-demo>
  <event-loop-demo><pre>timer t ready 2\n  microtask m</pre></event-loop-demo>
  <event-loop-playground><pre>setTimeout(() => console.log('timer'), 2)</pre></event-loop-playground>`;
const TAGS = [...ELEMENTS.matchAll(/<(\w+-[\w-]+)/g)].map(([, tag]) => tag);

/** Opens a page, steps every element to its end, and says which ones. */
async function stepped(address, page = '') {
  const names = [];
  await visit({ browser, address }, page, {}, async (tab) => {
    for (const element of await tab.locator(`:is(${TAGS}):defined`).all()) {
      await element.scrollIntoViewIfNeeded();
      const step = element.getByRole('button', { name: /^(Step|Step into)$/ });
      do await step.click();
      while (await step.isEnabled());
      names.push(await element.evaluate(({ localName }) => localName));
    }
  });
  return names;
}

/** A page with a module of one's own, for Vite. @param {string} module */
async function project(module) {
  await mine.write(
    'index.html',
    `<!doctype html><html lang="en"><link rel="icon" href="data:," /><title>Mine</title>
    <script type="module" src="./main.js"></script>${ELEMENTS}</html>`,
  );
  await mine.write('main.js', module);
  return /** @type {const} */ ({ root: mine.folder, configFile: false, logLevel: 'error' });
}

/** Where a server of Vite is. */
const addressOf = ({ resolvedUrls }) => resolvedUrls.local[0];

// ---- What is in it ------------------------------------------------------------------------------------------------

test('publint finds nothing wrong with it', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(messages, []);
});

/** For modules alone: these are told of whoever cannot load any. */
const OF_OTHERS = ['node10', 'node16-cjs'];

test('its types are right, in the eyes of are-the-types-wrong', async () => {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((path) => [`/node_modules/${NAME}/${relative(installed, path).split(sep).join('/')}`, readFileSync(path)]);
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const checked = await checkPackage(new Package(Object.fromEntries(files), NAME, version));
  assert.ok(checked.types, 'it has types');
  const problems = checked.problems.filter(
    (problem) => !('resolutionKind' in problem && OF_OTHERS.includes(problem.resolutionKind)),
  );
  assert.deepEqual(problems, []);
});

test('TypeScript knows the elements, their properties and their events, by either way of finding modules', async () => {
  await mine.write(
    'typed.ts',
    `import 'doorbell-lessons/event-loop-demo.js';
    import { EventLoopPlayground, IoMultiplexerDemo } from 'doorbell-lessons';
    const loop = document.createElement('event-loop-demo');
    loop.host = 'node';
    loop.predict = true;
    loop.edit('timer t ready 1');
    const doors: IoMultiplexerDemo | null = document.querySelector('io-multiplexer-demo');
    doors?.go(doors.position + 1);
    const playground: EventLoopPlayground | null = document.querySelector('event-loop-playground');
    if (playground?.module) playground.edit(playground.text.trim());
    // @ts-expect-error a position is a number
    loop.go('1');`,
  );
  for (const [module, resolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ]) {
    const options = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--module',
      module,
      '--moduleResolution',
      resolution,
    ];
    execFileSync(tsc, [...options, 'typed.ts'], { cwd: mine.folder });
  }
});

// ---- Each way of using it -------------------------------------------------------------------------------------------

for (const line of IMPORTS) {
  const named = TAGS.filter((tag) => line.includes(tag));
  const defined = named.length ? named : TAGS;
  test(`${line} in a project that Vite builds, and while Vite serves its sources`, async () => {
    const config = await project(line);
    await build(config);
    const built = await preview({ ...config, preview: { port: 0 } });
    assert.deepEqual(await stepped(addressOf(built)), defined);
    await built.close();
    const server = await createServer({ ...config, server: { port: 0, hmr: false } });
    await server.listen();
    assert.deepEqual(await stepped(addressOf(server)), defined);
    await server.close();
  });
}

test('an import map, without a bundler', async () => {
  await mine.write('map.html', WITH_MAP);
  assert.deepEqual(await stepped(mine.address, 'map.html'), ['event-loop-demo']);
});

// ---- The manifest ---------------------------------------------------------------------------------------------------

/** Opens a page with an element in it, from an import map. */
async function withElement(html, work) {
  await mine.write(
    'element.html',
    WITH_MAP.replace(/<event-loop-demo>[^]*/, () => html),
  );
  await visit({ browser, address: mine.address }, 'element.html', {}, async (tab) => {
    await tab.locator('.stage, .state').first().waitFor();
    await work(tab);
  });
}

const TEXTS = {
  'io-multiplexer-demo': 'socket A ready 6\nsocket B ready 1',
  'event-loop-demo': 'timer t ready 2\n  microtask m\nsocket s ready 2',
  'event-loop-playground': "setTimeout(() => console.log('timer'), 2)",
};
const elementOf = (tag, attributes = '') => `<${tag} ${attributes}><pre>${TEXTS[tag]}</pre></${tag}>`;

/** Presses Step to the end. */
async function stepToEnd(tab) {
  const step = tab.getByRole('button', { name: /^(Step|Step into)$/ });
  do await step.click();
  while (await step.isEnabled());
}

/** @param {{ name: string }[]} list */
const namesOf = (list) => list.map(({ name }) => name).sort();

/** The words of a type, `'a' | 'b'`. @param {string} type */
const wordsOf = (type) => [...type.matchAll(/'([\w-]+)'/g)].map(([, word]) => word);

/** What is found in a page; some of it comes a moment later. */
async function found(tab, look, tag, expected) {
  await tab.waitForFunction(look, [tag, expected]).catch(() => {});
  return tab.evaluate(look, [tag]);
}

/** In the page: the parts of an element; null while some that are expected are not there. */
function partsOf([tag, expected = []]) {
  const all = document.querySelector(tag).shadowRoot.querySelectorAll('[part]');
  const parts = [...new Set([...all].flatMap(({ part }) => [...part]))].sort();
  return expected.every((part) => parts.includes(part)) ? parts : null;
}

/** The same of the custom properties that its sheets, and those of the elements in it, take from outside. */
function propertiesOf([tag, expected = []]) {
  const sheetsIn = ({ shadowRoot }) =>
    shadowRoot ? [...shadowRoot.adoptedStyleSheets, ...[...shadowRoot.querySelectorAll('*')].flatMap(sheetsIn)] : [];
  const rules = sheetsIn(document.querySelector(tag)).flatMap(({ cssRules }) => [...cssRules]);
  const text = rules.map(({ cssText }) => cssText).join('\n');
  const declared = rules.filter(({ selectorText }) => selectorText === ':host').flatMap(({ style }) => [...style]);
  const properties = [...new Set(declared)].filter((name) => text.includes(`var(${name})`)).sort();
  return expected.every((name) => properties.includes(name)) ? properties : null;
}

for (const tag of Object.keys(TEXTS)) {
  const declared = () => {
    const { modules } = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8'));
    return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === tag);
  };

  test(`the manifest names the attributes of ${tag}, their words, and what goes without saying`, async () => {
    const { attributes, name } = declared();
    await withElement(elementOf(tag), async (tab) => {
      const element = tab.locator(tag);
      const isExported = await element.evaluate(
        async ({ constructor }, [module, name]) => (await import(module))[name] === constructor,
        [NAME, name],
      );
      assert.ok(isExported, `${name} is its class`);
      const observed = await element.evaluate(({ constructor }) => constructor.observedAttributes);
      assert.deepEqual(observed.sort(), namesOf(attributes));
      for (const { name, fieldName, type, default: usual = null } of attributes) {
        const words = wordsOf(type.text);
        const set = (word) =>
          element.evaluate(
            (demo, [name, fieldName, word]) => {
              if (word === null) demo.removeAttribute(name);
              else demo.setAttribute(name, word);
              return demo[fieldName];
            },
            [name, fieldName, word],
          );
        if (type.text === 'number') {
          assert.deepEqual([await set(null), await set('1')], [Number(usual), 1], name);
          continue;
        }
        if (usual) assert.equal(await set(null), usual, name);
        if (usual) assert.equal(await set('no such word'), usual, name);
        if (type.text === 'boolean') assert.deepEqual([await set(''), await set(null)], [true, false], name);
        else for (const word of words.length ? words : ['a word']) assert.equal(await set(word), word, name);
      }
    });
  });

  test(`the manifest names the properties of ${tag}`, async () => {
    const { members } = declared();
    await withElement(elementOf(tag), async (tab) => {
      for (const { name, type } of members)
        assert.equal(await tab.locator(tag).evaluate((demo, name) => typeof demo[name], name), type.text, name);
    });
  });

  test(`the manifest names the events of ${tag}`, async () => {
    const { events } = declared();
    await withElement(elementOf(tag, 'predict question="Who?" answer="B"'), async (tab) => {
      await tab.locator(tag).evaluate((demo) => {
        const told = /** @type {any} */ (window.told = new Set());
        const { dispatchEvent } = demo;
        demo.dispatchEvent = (event) => {
          if (event.bubbles) told.add(event.type);
          return dispatchEvent.call(demo, event);
        };
      });
      if (events.some(({ name }) => name === 'answer')) {
        await tab.locator('what-next button').first().click();
        await tab.getByLabel('Who?').fill('B');
        await tab.getByRole('button', { name: 'Answer' }).click();
      }
      await stepToEnd(tab);
      await tab.waitForFunction(() => /** @type {any} */ (window).told.has('finish'));
      const told = await tab.evaluate(() => [.../** @type {any} */ (window).told].sort());
      assert.deepEqual(told, namesOf(events));
    });
  });

  const withAll = () => {
    const { description = '' } = declared().attributes.find(({ name }) => name === 'controls') ?? {};
    const words = (description.match(/(?<=`)[^`]+(?=`)/g) ?? []).join(' ');
    return elementOf(tag, `controls="${words}"`);
  };

  test(`the manifest names the parts of ${tag}`, async () => {
    await withElement(withAll(), async (tab) => {
      await stepToEnd(tab);
      const parts = namesOf(declared().cssParts);
      assert.deepEqual(await found(tab, partsOf, tag, parts), parts);
    });
  });

  test(`the manifest names the custom properties of ${tag}: each has an effect, and a page may set it`, async () => {
    await withElement(withAll(), async (tab) => {
      const properties = namesOf(declared().cssProperties);
      assert.deepEqual(await found(tab, propertiesOf, tag, properties), properties);
      const set = await tab.locator(tag).evaluate((demo, names) => {
        for (const name of names) demo.style.setProperty(name, 'thistle');
        const inside = getComputedStyle(demo.shadowRoot.querySelector('.demo, .playground'));
        return names.filter((name) => inside.getPropertyValue(name) === 'thistle');
      }, properties);
      assert.deepEqual(set, properties);
    });
  });
}
