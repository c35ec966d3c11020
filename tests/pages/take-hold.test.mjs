// A demo that is changed by hand: its text with marks, cures and pieces; what is undone; the picture taken hold of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  BY_TOUCH,
  fingerOf,
  holdBack,
  LESSON_4,
  LESSON_5,
  press,
  reachDemo,
  start,
  violations,
  visit,
  visitDemo,
} from './browser.mjs';

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

// ---- the picture of lesson 4 ----------------------------------------------------------------------------------------

const LESSON = 'socket A "slow report" ready 6\nsocket B "chat ping"   ready 1\nsocket C "image tile"  ready 3';
const slider = (tab, name) => demo(tab).getByRole('slider', { name, exact: true });
const shownText = (tab) => demo(tab).evaluate((/** @type {any} */ host) => host.text);

/** Waits until something is so. */
async function until(tab, isSo) {
  for (let i = 0; i < 200 && !(await isSo()); i++) await tab.evaluate(() => new Promise(requestAnimationFrame));
  assert.ok(await isSo());
}
const untilText = (tab, expected) => until(tab, async () => (await shownText(tab)) === expected);

async function middleOf(handle) {
  const { x, y, width, height } = await handle.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** How many pixels of the chart a millisecond is. */
const pixelsOfMs = async (tab) =>
  ((await middleOf(slider(tab, 'A becomes ready'))).x - (await middleOf(slider(tab, 'B becomes ready'))).x) / 5;

async function reachChart(tab) {
  await demo(tab).locator('.time-chart').scrollIntoViewIfNeeded();
  const { x, y } = await middleOf(demo(tab).locator('.time-chart'));
  for (const by of [0, 5]) await tab.mouse.move(x + by, y);
  await slider(tab, 'B becomes ready').waitFor();
}

test('by mouse: a message is dragged to another time, what it takes is stretched; each is one entry to undo', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await reachChart(tab);
    const ms = await pixelsOfMs(tab);
    const from = await middleOf(slider(tab, 'B becomes ready'));
    await tab.mouse.move(from.x, from.y);
    await tab.mouse.down();
    await tab.mouse.move(from.x + ms, from.y);
    await untilText(tab, LESSON.replace('ready 1', 'ready 2'));
    await tab.mouse.move(from.x + 3.4 * ms, from.y, { steps: 7 });
    await untilText(tab, LESSON.replace('ready 1', 'ready 4.5'));
    await tab.mouse.up();
    const grip = await middleOf(slider(tab, 'C takes'));
    await tab.mouse.move(grip.x, grip.y);
    await tab.mouse.down();
    await tab.mouse.move(grip.x + 2 * ms, grip.y, { steps: 5 });
    await tab.mouse.up();
    const both = `${LESSON.replace('ready 1', 'ready 4.5')} takes 2`;
    await untilText(tab, both);
    assert.deepEqual(await violations(tab), []);
    await press(tab, 'Undo');
    await untilText(tab, LESSON.replace('ready 1', 'ready 4.5'));
    await press(tab, 'Undo');
    await untilText(tab, LESSON);
    await press(tab, 'Redo');
    await press(tab, 'Redo');
    await untilText(tab, both);
  });
});

test('a drag is one entry to undo, though what undoes comes in the middle of it', async () => {
  await visit(site, LESSON_4, { url: 'about:blank' }, async (tab) => {
    const letThrough = await holdBack(tab, '**/undo.js');
    await tab.goto(site.address + LESSON_4);
    await reachDemo(tab);
    await reachChart(tab);
    const ms = await pixelsOfMs(tab);
    const from = await middleOf(slider(tab, 'B becomes ready'));
    await tab.mouse.move(from.x, from.y);
    await tab.mouse.down();
    await tab.mouse.move(from.x + ms, from.y);
    await untilText(tab, LESSON.replace('ready 1', 'ready 2'));
    letThrough();
    await demo(tab).getByRole('button', { name: 'Undo' }).waitFor();
    await tab.mouse.move(from.x + 2 * ms, from.y);
    await untilText(tab, LESSON.replace('ready 1', 'ready 3'));
    await tab.mouse.up();
    await press(tab, 'Undo');
    await untilText(tab, LESSON);
  });
});

test('the grips are seen while the mouse is at the picture, and else not: they lie over what it says', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await reachChart(tab);
    const isSeen = async (name) => {
      const grip = slider(tab, name);
      return Number(await grip.evaluate((handle) => getComputedStyle(handle, '::before').opacity)) > 0;
    };
    assert.ok(await isSeen('B takes'));
    await tab.mouse.move(1, 1);
    await until(tab, async () => !(await isSeen('B takes')));
    await slider(tab, 'C becomes ready').focus();
    assert.ok(await isSeen('B takes'), 'whoever has the keys there sees them too');
  });
});

test('with Shift a time moves finely', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await reachChart(tab);
    const ms = await pixelsOfMs(tab);
    const from = await middleOf(slider(tab, 'B becomes ready'));
    await tab.mouse.move(from.x, from.y);
    await tab.mouse.down();
    await tab.keyboard.down('Shift');
    await tab.mouse.move(from.x + 0.3 * ms, from.y);
    await tab.keyboard.up('Shift');
    await tab.mouse.up();
    await untilText(tab, LESSON.replace('ready 1', 'ready 1.3'));
  });
});

test('by touch: the same, while the page stays where it is', BY_TOUCH, async () => {
  await visitDemo(site, LESSON_4, { width: 360, height: 740 }, async (tab) => {
    await demo(tab).locator('.time-chart').scrollIntoViewIfNeeded();
    const finger = await fingerOf(tab);
    const chart = await middleOf(demo(tab).locator('.time-chart'));
    await finger.down(chart);
    await finger.up();
    await slider(tab, 'B becomes ready').waitFor();
    const ms = await pixelsOfMs(tab);
    const from = await middleOf(slider(tab, 'B becomes ready'));
    const scrolled = await tab.evaluate(() => scrollY);
    await finger.down(from);
    for (const part of [0.4, 0.8, 1.2, 1.6, 2]) await finger.move({ x: from.x + part * ms, y: from.y + 20 * part });
    await finger.up();
    await untilText(tab, LESSON.replace('ready 1', 'ready 3'));
    assert.equal(await tab.evaluate(() => scrollY), scrolled);
  });
});

test('by keyboard: times, what it takes, a message more, a door less, another order', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await demo(tab).getByRole('button', { name: 'Change by hand' }).focus();
    await tab.keyboard.press('Enter');
    await until(tab, () => slider(tab, 'A becomes ready').evaluate((handle) => handle.matches(':focus')));
    await tab.keyboard.press('ArrowLeft');
    assert.equal(await slider(tab, 'A becomes ready').getAttribute('aria-valuetext'), '5.5\u00a0ms');
    await tab.keyboard.press('Shift+ArrowRight');
    await untilText(tab, LESSON.replace('ready 6', 'ready 5.55'));
    await tab.keyboard.press('Tab');
    await tab.keyboard.press('ArrowUp');
    await untilText(tab, LESSON.replace('ready 6', 'ready 5.55 takes 0.5'));
    await tab.keyboard.press('Delete');
    await untilText(tab, LESSON.replace('ready 6', 'ready 5.55'));
    await slider(tab, 'A becomes ready').focus();
    await tab.keyboard.press('Alt+ArrowDown');
    const [a, b, c] = LESSON.replace('ready 6', 'ready 5.55').split('\n');
    await untilText(tab, [b, a, c].join('\n'));
    await press(tab, 'One more message');
    await untilText(tab, [b, `${a} 6.55`, c].join('\n'));
    await slider(tab, 'A becomes ready, message 1 of 2').focus();
    await tab.keyboard.press('Delete');
    await untilText(tab, [b, a.replace('5.55', '6.55'), c].join('\n'));
    await tab.keyboard.press('Delete');
    await untilText(tab, [b, c].join('\n'));
    await press(tab, 'Add a door');
    await untilText(tab, [b, c, 'socket A ready 2'].join('\n'));
    for (let i = 0; i < 8; i++) await tab.keyboard.press('Control+z');
    await untilText(tab, LESSON);
  });
});

test('the playhead shows every moment, and stops where somebody rings and nobody looks', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await reachChart(tab);
    const why = demo(tab).locator('.why');
    const playhead = slider(tab, 'Moment on the clock');
    await playhead.focus();
    await tab.keyboard.press('ArrowRight');
    await why.getByText('the guard waits at A').waitFor();
    assert.match(await why.innerText(), /^1\sms: B rings, and nobody looks:/);
    assert.match(await playhead.getAttribute('aria-valuetext'), /B rings, and nobody looks/);
    assert.equal(await demo(tab).locator('.count').innerText(), '0/3', 'no step was taken');
    assert.deepEqual(await violations(tab), []);
    await tab.keyboard.press('ArrowRight');
    await why.getByText('3 ms: C rings').waitFor();
    await tab.keyboard.press('ArrowRight');
    await demo(tab).getByText('1/3').waitFor();
    const ms = await pixelsOfMs(tab);
    const { x, y } = await middleOf(slider(tab, 'C becomes ready'));
    await tab.mouse.move(x - 2.6 * ms, y);
    await tab.mouse.down();
    await tab.mouse.move(x - 0.75 * ms, y, { steps: 4 });
    await why.getByText(/2\.2\d?\sms:/).waitFor();
    await tab.mouse.move(x - 2, y);
    await why.getByText('3 ms: C rings').waitFor();
    await tab.mouse.up();
    await press(tab, 'Step');
    await demo(tab).getByText('1/3').waitFor();
    assert.match(await why.innerText(), /A is handled/);
  });
});

test('what a grip at the right edge says does not stick out', async () => {
  await visitDemo(site, LESSON_4, { width: 360 }, async (tab) => {
    await press(tab, 'Change by hand');
    await demo(tab).getByRole('slider', { name: 'A becomes ready' }).focus();
    assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), 360);
  });
});

// ---- the doorbells of lesson 5, and its chart -----------------------------------------------------------------------

const PROGRAM = 'script main\n  timer later after 3 # of it\npromise onResolve ready 2\nsocket onMessage ready 4 7';
const loopDemo = (options, work) =>
  visitDemo(site, LESSON_5, options, async (tab) => {
    await demo(tab).evaluate((/** @type {any} */ host, text) => host.edit(text), PROGRAM);
    await work(tab);
  });
const onWall = (tab, name) => demo(tab).locator('bell-handles').getByRole('slider', { name });
const onPanel = (tab, name) => demo(tab).locator('time-panel').getByRole('slider', { name, exact: true });

test('a doorbell rings later when its lamp is dragged, by mouse; the rest of its times stay', async () => {
  await loopDemo({}, async (tab) => {
    await demo(tab).locator('.bells').scrollIntoViewIfNeeded();
    const wall = await middleOf(demo(tab).locator('.bells'));
    for (const by of [0, 5]) await tab.mouse.move(wall.x + by, wall.y);
    await onWall(tab, 'onMessage').waitFor();
    const { x, y } = await middleOf(onWall(tab, 'onMessage'));
    await tab.mouse.move(x, y);
    await tab.mouse.down();
    await tab.mouse.move(x + 20, y);
    await untilText(tab, PROGRAM.replace('4 7', '6 7'));
    await tab.mouse.move(x + 50, y);
    await untilText(tab, PROGRAM.replace('4 7', '7 9'));
    await tab.mouse.up();
    assert.deepEqual(await violations(tab), []);
    await press(tab, 'Undo');
    await untilText(tab, PROGRAM);
  });
});

test('by touch: a doorbell of lesson 5', BY_TOUCH, async () => {
  await loopDemo({ width: 360, height: 740 }, async (tab) => {
    await demo(tab).locator('.bells').scrollIntoViewIfNeeded();
    const finger = await fingerOf(tab);
    await finger.down(await middleOf(demo(tab).locator('.bells')));
    await finger.up();
    await onWall(tab, 'onResolve').waitFor();
    const { x, y } = await middleOf(onWall(tab, 'onResolve'));
    await finger.down({ x, y });
    for (const by of [5, 10, 15]) await finger.move({ x: x + by, y });
    await finger.up();
    await untilText(tab, PROGRAM.replace('ready 2', 'ready 3.5'));
  });
});

test('by keyboard: a delay, what a callback takes, a callback more', async () => {
  await loopDemo({}, async (tab) => {
    await demo(tab).getByRole('button', { name: 'Change by hand' }).focus();
    await tab.keyboard.press('Enter');
    await until(tab, () => onPanel(tab, 'main becomes ready').evaluate((handle) => handle.matches(':focus')));
    await onPanel(tab, 'later takes').waitFor();
    assert.deepEqual(await violations(tab), []);
    await onPanel(tab, 'later comes after').focus();
    await tab.keyboard.press('ArrowRight');
    await untilText(tab, PROGRAM.replace('after 3', 'after 3.5'));
    await onPanel(tab, 'later takes').focus();
    await tab.keyboard.press('PageUp');
    await untilText(tab, PROGRAM.replace('after 3', 'after 3.5 takes 5'));
    await press(tab, 'Microtask under it');
    await untilText(tab, PROGRAM.replace('after 3 # of it', 'after 3.5 takes 5 # of it\n    microtask microtask1'));
    await press(tab, 'Add a timer');
    await until(tab, async () => (await shownText(tab)).endsWith('\ntimer timer1 ready 2'));
    for (let i = 0; i < 4; i++) await press(tab, 'Undo');
    await untilText(tab, PROGRAM);
  });
});

const FAMILY = 'script main\n  microtask tidy\n    microtask more\nsocket onMessage ready 4';

test('a callback goes under another one: by the keyboard, and by dragging its name, by mouse and touch', async () => {
  await visitDemo(site, LESSON_5, { width: 768, height: 1024 }, async (tab) => {
    await demo(tab).evaluate((/** @type {any} */ host, text) => host.edit(text), FAMILY);
    await press(tab, 'Change by hand');
    await onPanel(tab, 'more takes').focus();
    const under = demo(tab).getByRole('combobox', { name: 'Under' });
    assert.deepEqual(await under.locator('option').allInnerTexts(), ['main', 'tidy', 'onMessage']);
    await under.focus();
    await tab.keyboard.press('m');
    await untilText(tab, 'script main\n  microtask tidy\n  microtask more\nsocket onMessage ready 4');
    await press(tab, 'Undo');
    await untilText(tab, FAMILY);
    const name = async (row) => middleOf(demo(tab).locator('time-panel svg .name').nth(row));
    const [from, to] = [await name(1), await name(3)];
    await tab.mouse.move(from.x, from.y);
    await tab.mouse.down();
    await tab.mouse.move(to.x, to.y, { steps: 4 });
    await demo(tab).locator('time-panel .over').waitFor();
    await tab.mouse.up();
    const moved = 'script main\nsocket onMessage ready 4\n  microtask tidy\n    microtask more';
    await untilText(tab, moved);
    assert.deepEqual(await violations(tab, '#demo'), []);
    const finger = await fingerOf(tab);
    await finger.down(await name(2));
    await finger.move(await name(1));
    await finger.move(await name(0));
    await finger.up();
    await untilText(tab, 'script main\n  microtask tidy\n    microtask more\nsocket onMessage ready 4\n');
  });
});

test('by touch: the first one already drags what it is at', async () => {
  await visitDemo(site, LESSON_4, { width: 360, height: 740 }, async (tab) => {
    await demo(tab).locator('.time-chart').scrollIntoViewIfNeeded();
    const finger = await fingerOf(tab);
    const dot = await demo(tab).evaluate((host) => {
      const svg = host.shadowRoot.querySelector('.time-chart > svg');
      const { x, y } = svg.querySelectorAll('.coming')[1].getBoundingClientRect(); // B's
      return { x: x + 5, y: y + 5 };
    });
    await finger.down(dot);
    await demo(tab).locator('chart-handles').waitFor({ state: 'attached' });
    await slider(tab, 'B becomes ready').and(demo(tab).locator(':focus')).waitFor();
    for (const by of [5, 40, 80]) await finger.move({ x: dot.x + by, y: dot.y });
    await finger.up();
    await until(tab, async () => !(await shownText(tab)).includes('ready 1'));
  });
  await loopDemo({ width: 360, height: 740 }, async (tab) => {
    await demo(tab).locator('.bells').scrollIntoViewIfNeeded();
    const finger = await fingerOf(tab);
    const lamp = await middleOf(demo(tab).locator('.bell', { hasText: 'onResolve' }).locator('.signal'));
    await finger.down(lamp);
    await onWall(tab, 'onResolve').and(demo(tab).locator(':focus')).waitFor();
    for (const by of [5, 10, 15]) await finger.move({ x: lamp.x + by, y: lamp.y });
    await finger.up();
    await untilText(tab, PROGRAM.replace('ready 2', 'ready 3.5'));
  });
});

test('Node begins with its script at 0: what the core cannot read is not done', async () => {
  await loopDemo({}, async (tab) => {
    await demo(tab).getByRole('radio', { name: 'Node' }).check();
    await press(tab, 'Change by hand');
    await onPanel(tab, 'main becomes ready').focus();
    await tab.keyboard.press('ArrowRight');
    await onPanel(tab, 'main takes').waitFor();
    await onPanel(tab, 'main takes').focus();
    await tab.keyboard.press('ArrowRight');
    await untilText(tab, PROGRAM.replace('script main', 'script main takes 0.5'));
  });
});

// ---- the clock runs -------------------------------------------------------------------------------------------------

/** The page's clock goes on when the test lets it: what is true for a moment alone is there until it was looked at. */
function clockByHand() {
  let now = 0; // milliseconds
  const next = requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => next(() => callback(now));
  performance.now = () => now;
  const goOn = async (ms) => {
    now += ms;
    for (let frame = 0; frame < 2; frame++) await new Promise(next);
  };
  Object.assign(window, { goOn });
}

const goOn = (tab, ms) => tab.evaluate((ms) => /** @type {any} */ (window).goOn(ms), ms);

test('a door is rung now, while the clock runs; when each way answers is told when it has happened', async () => {
  await visitDemo(site, LESSON_4, { init: clockByHand }, async (tab) => {
    const told = (text) => demo(tab).locator('ring-now li').filter({ hasText: text }).waitFor();
    await press(tab, 'Ring now');
    await press(tab, 'Start the clock');
    await demo(tab).locator('.why').getByText('the guard waits at A').waitFor();
    await goOn(tab, 2000); // a millisecond of the scenario's a second
    await press(tab, 'Ring C');
    await untilText(tab, LESSON.replace('ready 3', 'ready 2 3'));
    await told(/C rang at 2\sms\. Blocking: not yet\. Readiness: answered at 2\sms, after 0\sms\./);
    await goOn(tab, 3900);
    await demo(tab).locator('.hallway .door').nth(1).click();
    await told(/B rang at 5\.9\sms\. Blocking: not yet\. Readiness: answered at 5\.9\sms, after 0\sms\./);
    await goOn(tab, 100);
    await told(/B rang .*Blocking: answered at 6\sms, after 0\.1\sms\./);
    await told(/C rang .*Blocking: answered at 6\sms, after 4\sms\./);
    await press(tab, 'Stop the clock');
    assert.deepEqual(await violations(tab), []);
    await press(tab, 'Undo');
    await press(tab, 'Undo');
    await untilText(tab, LESSON);
  });
});

test('a doorbell is rung now, on the wall or below; when each host answers is told when it has happened', async () => {
  await loopDemo({}, async (tab) => {
    await demo(tab).getByRole('combobox', { name: 'Speed' }).selectOption('fast');
    await press(tab, 'Ring now');
    await press(tab, 'Start the clock');
    await demo(tab).locator('.why').getByText('the loop sleeps').waitFor();
    assert.equal(await demo(tab).locator('ring-now button').count(), 2, 'a script and a promise ring once');
    await press(tab, 'Ring onMessage');
    await until(tab, async () => /socket onMessage ready [\d.]+ [\d.]+ [\d.]+$/.test(await shownText(tab)));
    const list = demo(tab).locator('ring-now li');
    await list
      .filter({ hasText: /onMessage rang at [\d.]+\sms\. Browser: answered at .* Node: answered at / })
      .waitFor();
    const wall = await demo(tab).locator('.bell', { hasText: 'onMessage' }).boundingBox();
    await tab.mouse.click(wall.x + wall.width - 8, wall.y + wall.height / 2);
    await until(tab, async () => (await list.count()) === 2);
    await press(tab, 'Stop the clock');
    assert.deepEqual(await violations(tab, '#demo'), []);
    await press(tab, 'Undo');
    await press(tab, 'Undo');
    await untilText(tab, PROGRAM);
  });
});

test('whoever takes a step stops the clock', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await press(tab, 'Ring now');
    await press(tab, 'Start the clock');
    await demo(tab).locator('.why').getByText('the guard waits at A').waitFor();
    await press(tab, 'Step');
    await demo(tab).getByRole('button', { name: 'Start the clock' }).waitFor();
    await demo(tab).getByText('1/3').waitFor();
  });
});
