// A demo that is changed by hand: its text with marks, cures and pieces; what is undone; the picture taken hold of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LESSON_4, LESSON_5, press, start, violations, visitDemo } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site.stop());

const demo = (tab) => tab.locator('#demo');
const text = (tab) => demo(tab).getByLabel('Scenario');

async function openEditor(tab) {
  await demo(tab).locator('summary', { hasText: 'Edit the scenario' }).click();
  await text(tab).waitFor();
}

// ---- the editor -----------------------------------------------------------------------------------------------------

test('a mistake is marked where it is, and cured by a press', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await openEditor(tab);
    await text(tab).fill('script main\ntimer late # of it\n  sokcet A');
    const marks = demo(tab).locator('mark');
    await marks.first().waitFor();
    assert.deepEqual(await marks.allInnerTexts(), ['#', 'sokcet']);
    assert.deepEqual(await violations(tab), []);
    await demo(tab).getByRole('button', { name: 'Write timer late ready 2 # of it' }).click();
    assert.equal(await text(tab).inputValue(), 'script main\ntimer late ready 2 # of it\n  sokcet A');
    await press(tab, 'Undo');
    assert.equal(await text(tab).inputValue(), 'script main\ntimer late # of it\n  sokcet A');
  });
});

test('a mark lies under its word, however far the text is scrolled', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await openEditor(tab);
    const lines = Array.from({ length: 60 }, (_, i) => `socket s${i} ready ${i}`);
    await text(tab).fill([...lines, `socket ${'x'.repeat(90)} redy 1`].join('\n'));
    await demo(tab).locator('mark').waitFor({ state: 'attached' });
    await text(tab).evaluate((field) => field.scrollTo(200, field.scrollHeight));
    const scrolled = () =>
      text(tab).evaluate((field) => {
        const marks = field.previousElementSibling;
        return field.scrollTop > 0 && marks.scrollTop === field.scrollTop && marks.scrollLeft === field.scrollLeft;
      });
    while (!(await scrolled())) await tab.evaluate(() => new Promise(requestAnimationFrame));
  });
});

test('the line is helped: how it is written, what it may hold besides, what may stand beside and under it', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await openEditor(tab);
    await text(tab).fill('script main\n  microtask m');
    await text(tab).press('Control+End');
    await demo(tab).getByText('microtask NAME ["PAYLOAD"] [takes D] [forever]').waitFor();
    await demo(tab).getByRole('group', { name: 'Add' }).getByRole('button', { name: 'takes D' }).click();
    assert.equal(await text(tab).inputValue(), 'script main\n  microtask m takes 1');
    await demo(tab).getByRole('group', { name: 'Under it' }).getByRole('button', { name: 'timer' }).click();
    assert.equal(await text(tab).inputValue(), 'script main\n  microtask m takes 1\n    timer timer1 after 1');
    const selected = await text(tab).evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
    assert.equal(selected, '    timer timer1 after 1', 'the new line is what is typed over');
    await demo(tab).getByText('0/3').waitFor();
    await press(tab, 'Undo');
    await press(tab, 'Undo');
    assert.equal(await text(tab).inputValue(), 'script main\n  microtask m');
  });
});

test('typing is undone by the keys, in the text and beside it, and done again', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await openEditor(tab);
    const first = await text(tab).inputValue();
    await text(tab).press('Control+End');
    await tab.keyboard.type('\nsocket D ready 2');
    await demo(tab).getByText('0/4').waitFor();
    await tab.keyboard.press('Control+z');
    assert.equal(await text(tab).inputValue(), first);
    await tab.keyboard.press('Control+Shift+z');
    assert.equal(await text(tab).inputValue(), `${first}\nsocket D ready 2`);
    await demo(tab).getByRole('button', { name: 'Step', exact: true }).focus();
    await tab.keyboard.press('Control+z');
    assert.equal(await text(tab).inputValue(), first);
    await tab.keyboard.press('Control+y');
    assert.equal(await text(tab).inputValue(), `${first}\nsocket D ready 2`);
  });
});

for (const [width, height, last] of [
  [1280, 720, '.why'],
  [768, 1024, '.why'],
  [360, 740, '.player > .buttons'], // the reason is under the sheet there
]) {
  test(`the editor and the scene with its buttons are on the screen together at ${width} × ${height}`, async () => {
    for (const page of [LESSON_4, LESSON_5]) {
      await visitDemo(site, page, { width, height }, async (tab) => {
        await openEditor(tab);
        await demo(tab).getByRole('button', { name: 'Step', exact: true }).click();
        const boxes = () =>
          demo(tab).evaluate((host, last) => {
            const root = /** @type {ShadowRoot} */ (host.shadowRoot);
            const box = (part) => root.querySelector(part).getBoundingClientRect();
            const [stage, lower, editor] = ['.stage', last, '.editor'].map(box);
            const bottom = editor.left < stage.right ? Math.min(editor.top, innerHeight) : innerHeight;
            return { top: stage.top, lower: lower.bottom, bottom, editor: editor.top < innerHeight };
          }, last);
        const isSeen = ({ top, lower, bottom, editor }) => top >= 0 && lower <= bottom && editor;
        for (let i = 0; i < 60 && !isSeen(await boxes()); i++)
          await tab.evaluate(() => new Promise(requestAnimationFrame));
        assert.ok(isSeen(await boxes()), `${page}: ${JSON.stringify(await boxes())}`);
      });
    }
  });
}
