// What is taken away from a demo, by the buttons under Share: each link is opened and gives what was shown.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { encode } from '../../web/scenario/link.js';
import {
  addressOf,
  cells,
  engine,
  LESSON_4,
  LESSON_5,
  onDisk,
  press,
  start,
  violations,
  visit,
  visitDemo,
} from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const demo = (tab) => tab.locator('#demo');
const openShare = async (tab) => {
  await demo(tab).getByRole('button', { name: 'Share', exact: true }).click();
  await demo(tab).getByRole('button', { name: 'Copy link', exact: true }).waitFor();
};

/** The link that is copied. */
async function copied(tab) {
  await demo(tab).getByRole('button', { name: 'Copy link', exact: true }).click();
  await demo(tab).getByText('in the address bar').waitFor();
  return addressOf(tab);
}

const SCENARIOS = {
  [LESSON_4]: { text: 'socket "Ünï 😀 # \\"x\\"" ready 3\nsocket B ready 1 2 # mine', choice: 'Readiness', steps: 2 },
  [LESSON_5]: { text: 'script main\n  immediate "näch\u200dste" # mine\n  tick t', choice: 'Node', steps: 1 },
};

for (const [page, { text, choice, steps }] of Object.entries(SCENARIOS)) {
  test(`${page}: a link leads to the scenario, the choice and the step, and to the question`, async () => {
    let url = '';
    await visitDemo(site, page, {}, async (tab) => {
      await demo(tab).getByRole('radio', { name: choice }).check();
      await demo(tab).evaluate((element, words) => /** @type {any} */ (element).edit(words), text);
      for (let k = 0; k < steps; k++) await press(tab, 'Step');
      await openShare(tab);
      await demo(tab).getByLabel('A question to go with it').fill('When is B handled?');
      await demo(tab).getByLabel('Its answer').fill('2 ms');
      url = await copied(tab);
      assert.deepEqual(await violations(tab), []);
    });
    for (const at of [url, onDisk(page) + new URL(url).search + new URL(url).hash]) {
      await visitDemo(site, page, { url: at }, async (tab) => {
        assert.ok(await demo(tab).getByRole('radio', { name: choice }).isChecked());
        assert.equal(await demo(tab).evaluate((element) => /** @type {any} */ (element).shown), text);
        await demo(tab).getByText(`${steps}/3`).waitFor();
        const field = demo(tab).getByLabel('When is B handled?');
        await field.fill('7');
        await field.press('Enter');
        await demo(tab).getByText('Not so').waitFor();
        await field.fill(' 2,0 MS ');
        await demo(tab).getByRole('button', { name: 'Answer' }).click();
        await demo(tab).getByText('Right. Step').waitFor();
        if (at === url) assert.deepEqual(await violations(tab), []);
      });
    }
  });

  test(`${page}: a damaged link says so, and the lesson opens`, async () => {
    const parameter = await encode({ scenario: text });
    for (const [broken, words] of [
      [parameter.slice(0, -5), 'The link is damaged'],
      [`9${parameter.slice(1)}`, 'The link is of version 9'],
    ]) {
      await visitDemo(site, page, { url: `${site.address}${page}?demo=${broken}` }, async (tab) => {
        await demo(tab).getByRole('alert').filter({ hasText: words }).waitFor();
        await demo(tab).getByText('0/3').waitFor();
      });
    }
  });

  test(`${page}: a hostile link is text, and runs nothing`, async () => {
    const hostile = {
      step: '1e99',
      question: '<img src=x onerror=alert(1)>',
      mode: '__proto__',
      host: '"><script>',
    };
    const url = `${site.address}${page}?demo=${await encode(hostile)}`;
    await visitDemo(site, page, { url }, async (tab) => {
      await demo(tab).getByText('<img src=x onerror=alert(1)>').waitFor();
      await demo(tab).getByRole('alert').filter({ hasText: 'The link asks for' }).waitFor();
      await demo(tab).getByText('3/3').waitFor();
    });
  });

  test(`${page}: the trace, and its picture, are saved as files`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await press(tab, 'Step');
      await openShare(tab);
      const saved = async (name) => {
        const [file] = await Promise.all([
          tab.waitForEvent('download'),
          demo(tab).getByRole('button', { name }).click(),
        ]);
        return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
      };
      const caption = page === LESSON_4 ? 'Processing timeline' : 'Callback timeline';
      const csv = await saved('Trace as CSV');
      const json = await saved('Trace as JSON');
      assert.match(json.name, /^[\w-]+\.json$/);
      const { rows } = JSON.parse(json.bytes.toString());
      assert.equal(rows.length, 3);
      assert.equal(csv.bytes.toString().split('\r\n').length, 1 + rows.length + 1);
      await press(tab, 'Step');
      await press(tab, 'Step');
      assert.equal((await cells(tab, caption)).length, rows.length);
      const svg = (await saved('Picture as SVG')).bytes.toString();
      const png = (await saved('Picture as PNG')).bytes;
      assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
      // The picture is drawn alone, and it is not empty: it has as many colors as a scene has.
      const colors = await tab.evaluate(async (text) => {
        const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 160 });
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        context.drawImage(image, 0, 0, 320, 160);
        return new Set(new Uint32Array(context.getImageData(0, 0, 320, 160).data.buffer)).size;
      }, svg);
      assert.ok(colors > 50, String(colors));
    });
  });
}

/** A page of somebody else with demos in it. */
async function onMyPage(at, demos, work) {
  const body = `<!doctype html><html lang="en"><title>Mine</title><script defer src="embed/doorbell.js"></script>${demos}`;
  await visit(site, '', { url: `${site.address}index.html` }, async (tab) => {
    await tab.route('**/mine.html*', (route) => route.fulfill({ contentType: 'text/html', body }));
    await tab.goto(at);
    const found = tab.locator('io-multiplexer-demo');
    await found.last().locator('.stage').waitFor();
    await work(tab, found);
  });
}

/** The link to a demo on such a page. */
async function linkOf(tab, demo) {
  await demo.getByRole('button', { name: 'Share', exact: true }).click();
  await demo.getByRole('button', { name: 'Copy link', exact: true }).click();
  await demo.getByText('in the address bar').waitFor();
  return addressOf(tab);
}

test('a link carries a mode that is not the one that the page says', async () => {
  const demos = '<io-multiplexer-demo mode="readiness"><pre>socket A ready 1</pre></io-multiplexer-demo>';
  let link = '';
  await onMyPage(`${site.address}mine.html`, demos, async (tab, found) => {
    assert.ok(await found.getByRole('radio', { name: 'Readiness' }).isChecked());
    await found.getByRole('radio', { name: 'Blocking' }).check();
    link = await linkOf(tab, found);
  });
  await onMyPage(link, demos, async (_, found) =>
    assert.ok(await found.getByRole('radio', { name: 'Blocking' }).isChecked()),
  );
});

test('two demos without an id on one page: each link leads to its own', async () => {
  const demos = `<io-multiplexer-demo><pre>socket A ready 1</pre></io-multiplexer-demo>
    <io-multiplexer-demo><pre>socket B ready 1</pre></io-multiplexer-demo>`;
  let link = '';
  await onMyPage(`${site.address}mine.html`, demos, async (tab, found) => {
    await found.nth(1).getByRole('radio', { name: 'Readiness' }).check();
    link = await linkOf(tab, found.nth(1));
  });
  await onMyPage(link, demos, async (_, found) => {
    assert.ok(await found.nth(0).getByRole('radio', { name: 'Blocking' }).isChecked());
    assert.ok(await found.nth(1).getByRole('radio', { name: 'Readiness' }).isChecked());
  });
});

test('the handout has the scenario, scenes, the table and room to write, and is alone on the paper', async () => {
  await visitDemo(
    site,
    LESSON_4,
    { init: () => (window.print = () => document.body.classList.add('printed')) },
    async (tab) => {
      await openShare(tab);
      await demo(tab).getByRole('button', { name: 'Print a handout' }).click();
      await tab.locator('body.printed').waitFor();
      const paper = tab.locator('doorbell-handout');
      if (engine === 'chromium') {
        await tab.emulateMedia({ media: 'print' }); // the others do not offer a page as it is printed
        assert.ok(await paper.isVisible());
        assert.ok(!(await tab.locator('main').isVisible()));
      }
      assert.equal(await paper.locator('figure img').count(), 4);
      assert.equal(await paper.locator('tr').count(), 4);
      assert.ok((await paper.locator('hr').count()) >= 5);
      await tab.evaluate(() => dispatchEvent(new Event('afterprint')));
      assert.equal(await paper.count(), 0);
    },
  );
});
