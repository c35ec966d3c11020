// The demos in a real browser, by their accessible names: what a learner presses, sees and hears.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cells, LESSON_4, LESSON_5, onDisk, press, restoreFirst, start, visit, visitDemo } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const button = (tab, name) => tab.getByRole('button', { name, exact: true });
const why = (tab) => tab.locator('#demo .why').innerText();
const demo = (tab) => tab.locator('#demo .stage').first();

test('lesson 4: blocking first: B, ready early, waits behind slow A', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    assert.deepEqual(await cells(tab, 'Processing timeline'), [['No events yet.']]);
    for (let i = 0; i < 3; i++) await press(tab, 'Step');
    assert.deepEqual(await cells(tab, 'Processing timeline'), [
      ['1', '6', 'A', 'slow report'],
      ['2', '6', 'B', 'chat ping'],
      ['3', '6', 'C', 'image tile'],
    ]);
  });
});

test('lesson 4: who cannot see the scene is told what rings and when each message comes, and can predict from it', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    const scene = () => tab.getByRole('img', { name: /^A hallway of 3 doors/ }).getAttribute('aria-label');
    const plain = async () => (await scene())?.replace(/\u00a0/g, ' ');
    await tab.getByRole('radio', { name: 'Readiness' }).check();
    assert.match((await plain()) ?? '', /Nobody rings\. To come: A at 6 ms, B at 1 ms, C at 3 ms\.$/);
    await press(tab, 'Step');
    assert.match(
      (await plain()) ?? '',
      /takes the message at door B\. Nobody else rings\. To come: A at 6 ms, C at 3 ms\.$/,
    );
    for (let k = 0; k < 2; k++) await press(tab, 'Step');
    assert.match((await plain()) ?? '', /Nobody else rings\. All messages are handled\.$/);
    await tab.getByRole('radio', { name: 'Blocking' }).check();
    await press(tab, 'Step');
    assert.match((await plain()) ?? '', /Ringing: B for 5 ms, C for 3 ms\.$/);
  });
});

for (const [page, text, refuse] of [
  [LESSON_4, (long) => `socket ${long}`],
  [LESSON_5, (long) => `timer ${long}`],
  [LESSON_5, (long) => long, (tab) => tab.getByRole('radio', { name: 'Node' }).first().click()],
]) {
  const what = refuse ? 'why a host is not taken' : 'the cure of a line';
  test(`${page}: ${what} fits a narrow window, however long a name in it is`, async () => {
    const scenario = encodeURIComponent(text('x'.repeat(300)));
    const url = `${site.address}${page}${refuse ? '' : `?scenario=${scenario}`}#demo`;
    await visit(site, page, { url, width: 320, height: 640 }, async (tab) => {
      if (refuse) {
        await demo(tab).waitFor();
        await tab.locator('#demo').evaluate((it, scenario) => it.edit(decodeURIComponent(scenario)), scenario);
        await refuse(tab);
        await tab.locator('#demo .cannot').getByText('xxx').waitFor();
      } else await tab.locator('#demo').getByRole('button', { name: 'xxx' }).waitFor();
      assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), 320);
    });
  });
}

for (const [width, height, doors] of [
  [320, 640, 4],
  [360, 740, 5],
]) {
  test(`lesson 4: the guard does not stand before the clock, at ${width} × ${height} with ${doors} doors`, async () => {
    const scenario = Array.from({ length: doors }, (_, i) => `socket ${'ABCDEF'[i]} ready ${i}`).join('\n');
    const url = `${site.address}${LESSON_4}?mode=readiness&scenario=${encodeURIComponent(scenario)}#demo`;
    await visit(site, LESSON_4, { url, width, height }, async (tab) => {
      await demo(tab).scrollIntoViewIfNeeded();
      const seen = await demo(tab).evaluate((stage) => {
        const clock = stage.querySelector('.clock');
        const box = clock.getBoundingClientRect();
        const at = (part) =>
          stage.getRootNode().elementFromPoint(box.left + part * box.width, box.top + box.height / 2);
        return [0.03, 0.2, 0.5].map((part) => clock.contains(at(part)) || at(part).matches('.wall'));
      });
      assert.deepEqual(seen, [true, true, true]);
    });
  });
}

test('lesson 4: then readiness, and both stand side by side, B first', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    const blocking = tab.getByRole('radio', { name: 'Blocking' });
    const readiness = tab.getByRole('radio', { name: 'Readiness' });
    assert.ok(await blocking.isChecked());
    for (let i = 0; i < 3; i++) await press(tab, 'Step');
    await readiness.check();
    assert.deepEqual(await cells(tab, 'Processing timeline'), [['No events yet.']], 'changing the mode starts over');
    for (let i = 0; i < 3; i++) await press(tab, 'Step');
    assert.deepEqual(await cells(tab, 'Processing timeline'), [
      ['1', '1', 'B', 'chat ping'],
      ['2', '3', 'C', 'image tile'],
      ['3', '6', 'A', 'slow report'],
    ]);
    assert.deepEqual(await cells(tab, 'How long each socket waited'), [
      ['B', '5 ms', '0 ms'],
      ['C', '3 ms', '0 ms'],
      ['A', '0 ms', '0 ms'],
    ]);
  });
});

test('lesson 5: the microtask of a time runs before the task of the same time', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    assert.match(await why(tab), /^Ready\. Run first callback\./);
    assert.deepEqual(await cells(tab, 'Callback timeline'), [['No callbacks yet.']]);
    for (let i = 0; i < 3; i++) await press(tab, 'Step');
    assert.deepEqual(await cells(tab, 'Callback timeline'), [
      ['2', 'microtask', 'onResolve', 'promise'],
      ['2', 'task', 'onTimeout', 'timer'],
      ['4', 'task', 'onMessage', 'socket'],
    ]);
  });
});

test('lesson 4: choosing a mode while the text has a mistake runs the scenario on show, in that mode', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    for (let i = 0; i < 3; i++) await press(tab, 'Step');
    await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
    await tab.locator('#demo').getByLabel('Scenario').fill('socket A ready 6\nsokcet B');
    await tab.getByRole('radio', { name: 'Readiness' }).check();
    for (let i = 0; i < 3; i++) await press(tab, 'Step');
    assert.deepEqual(await cells(tab, 'How long each socket waited'), [
      ['B', '5 ms', '0 ms'],
      ['C', '3 ms', '0 ms'],
      ['A', '0 ms', '0 ms'],
    ]);
  });
});

for (const page of [LESSON_4, LESSON_5]) {
  test(`${page}: Step and Run are disabled at the end, Back at the start`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      const off = async () =>
        Promise.all(['Back', 'Step', 'Run', 'Reset'].map((name) => button(tab, name).isDisabled()));
      assert.deepEqual(await off(), [true, false, false, false]);
      await press(tab, 'Step');
      assert.deepEqual(await off(), [false, false, false, false]);
      await press(tab, 'Step');
      await press(tab, 'Step');
      assert.deepEqual(await off(), [false, true, true, false]);
      await press(tab, 'Reset');
      assert.deepEqual(await off(), [true, false, false, false]);
    });
  });

  test(`${page}: Run goes to the end by itself; a press of Back stops it`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await tab.getByLabel('Speed').selectOption('slow');
      await press(tab, 'Run');
      assert.equal(await button(tab, 'Run').getAttribute('aria-pressed'), 'true');
      await press(tab, 'Back');
      assert.equal(await button(tab, 'Run').getAttribute('aria-pressed'), 'false');
      assert.ok(await button(tab, 'Back').isDisabled());
      await tab.getByLabel('Speed').selectOption('fast');
      await press(tab, 'Run');
      await tab.locator('#demo').getByText('3/3').waitFor();
      assert.ok(await button(tab, 'Run').isDisabled());
    });
  });

  test(`${page}: stepping back shows exactly what was there before`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      const shown = () => demo(tab).evaluate((stage) => stage.innerHTML.replace(/<!--.*?-->/g, ''));
      const seen = [await shown()];
      for (let i = 0; i < 3; i++) {
        await press(tab, 'Step');
        seen.push(await shown());
      }
      for (let i = 2; i >= 0; i--) {
        await press(tab, 'Back');
        assert.equal(await shown(), seen[i], `position ${i}`);
      }
    });
  });

  test(`${page}: arrow keys step, Home and End jump, Space plays and pauses`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      const at = () => tab.locator('#demo .count').innerText();
      await demo(tab).focus();
      await tab.keyboard.press('ArrowRight');
      assert.equal(await at(), '1/3');
      await tab.keyboard.press('End');
      assert.equal(await at(), '3/3');
      await tab.keyboard.press('ArrowLeft');
      assert.equal(await at(), '2/3');
      await tab.keyboard.press('Home');
      assert.equal(await at(), '0/3');
      await tab.keyboard.press('Space');
      assert.equal(await button(tab, 'Run').getAttribute('aria-pressed'), 'true');
      await tab.keyboard.press('Space');
      assert.equal(await button(tab, 'Run').getAttribute('aria-pressed'), 'false');
    });
  });

  test(`${page}: when Enter on Step reaches the end, the keys still work`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await button(tab, 'Step').focus();
      for (let i = 0; i < 3; i++) await tab.keyboard.press('Enter');
      assert.ok(await button(tab, 'Step').isDisabled());
      await tab.keyboard.press('ArrowLeft');
      assert.equal(await tab.locator('#demo .count').innerText(), '2/3');
    });
  });

  test(`${page}: who clicked Step has the keys, in Safari too, where a click gives no button the focus`, async () => {
    const init = () =>
      addEventListener('mousedown', (event) => {
        const [target] = event.composedPath();
        if (target instanceof Element && target.closest('button')) event.preventDefault();
      });
    await visitDemo(site, page, { init }, async (tab) => {
      await press(tab, 'Step');
      assert.ok(await demo(tab).evaluate((stage) => stage.matches(':focus')));
      await tab.keyboard.press('ArrowRight');
      assert.equal(await tab.locator('#demo .count').innerText(), '2/3');
    });
  });

  test(`${page}: keys outside the demo, and in its text, mean what they always mean`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await tab.locator('body').press('ArrowRight');
      assert.equal(await tab.locator('#demo .count').innerText(), '0/3');
      await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
      await tab.locator('#demo').getByLabel('Scenario').press('ArrowRight');
      assert.equal(await tab.locator('#demo .count').innerText(), '0/3');
    });
  });

  test(`${page}: a step pressed during an animation acts at once`, async () => {
    await visitDemo(site, page, { motion: true }, async (tab) => {
      for (let i = 0; i < 3; i++) await press(tab, 'Step');
      assert.equal(await tab.locator('#demo .count').innerText(), '3/3');
    });
  });

  test(`${page}: each step is announced politely, with its reason`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await press(tab, 'Step');
      const status = tab.getByRole('status').filter({ hasText: 'slept' });
      assert.equal(await status.count(), 1);
      assert.match(await status.innerText(), /\d\sms: .*slept .*from 0 to \d\sms/s);
    });
  });

  test(`${page}: the reason appears when the picture has arrived at it, once; and at once where nothing moves`, async () => {
    await visitDemo(site, page, { motion: true }, async (tab) => {
      // What is said, each time that it changes, and whether the picture was at rest then.
      await tab.locator('#demo').evaluate((/** @type {any} */ demo) => {
        const why = demo.shadowRoot.querySelector('.why');
        const told = /** @type {any} */ (window.told = []);
        const guard = demo.shadowRoot.querySelector('.guard'); // in lesson 4 he walks when the time has come
        const isAtRest = () => !demo.isMoving && !guard?.getAnimations().length;
        new MutationObserver(() => {
          if (told.at(-1)?.text !== why.textContent) told.push({ text: why.textContent, isAtRest: isAtRest() });
        }).observe(why, { childList: true, characterData: true, subtree: true });
      });
      await press(tab, 'Step');
      assert.match(await why(tab), /^Ready\./, 'the picture is on its way');
      await tab.locator('#demo .why', { hasText: 'slept' }).waitFor();
      await press(tab, 'Step');
      await tab.waitForFunction('told.length > 1');
      assert.deepEqual(await tab.evaluate('told.map(({ isAtRest }) => isAtRest)'), [true, true]);
      await press(tab, 'Back');
      await press(tab, 'Back');
      await tab.locator('#demo .why', { hasText: 'Ready.' }).waitFor();
      await press(tab, 'Step');
      await press(tab, 'Step');
      await press(tab, 'Step');
      await press(tab, 'Reset');
      await tab.locator('#demo .why', { hasText: 'Ready.' }).waitFor();
    });
  });

  test(`${page}: the scrubber moves to any position`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      const scrubber = tab.getByRole('slider', { name: 'Position' });
      await scrubber.fill('2');
      assert.equal(await tab.locator('#demo .count').innerText(), '2/3');
      assert.equal(await scrubber.getAttribute('aria-valuetext'), 'step 2 of 3');
    });
  });

  test(`${page}: a mistake in the scenario is shown with its place and cure; the demo before it stays`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
      const text = tab.locator('#demo').getByLabel('Scenario');
      const first = await text.inputValue();
      await text.fill(`${first}\nsokcet D ready 2`);
      await tab
        .locator('#demo')
        .getByText(/line 4, column 1/)
        .waitFor();
      await tab
        .locator('#demo')
        .getByText(/"sokcet" is not a statement; .* line starts with socket/)
        .waitFor();
      assert.equal(await tab.locator('#demo .count').innerText(), '0/3');
      await text.fill(`${first}\nsocket D ready 2`);
      await tab.locator('#demo').getByText('0/4').waitFor();
      await restoreFirst(tab);
      assert.equal(await text.inputValue(), first);
    });
  });

  test(`${page}: an empty scenario is valid, shows no step, and asks for nothing`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
      await tab.locator('#demo').getByLabel('Scenario').fill('# nobody');
      await tab.locator('#demo').getByText('0/0').waitFor();
      assert.ok(await button(tab, 'Step').isDisabled());
      assert.doesNotMatch(await why(tab), /choose/);
    });
  });

  test(`${page}: what the learner wrote comes back by Undo after the first scenario was restored`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
      const text = tab.locator('#demo').getByLabel('Scenario');
      const first = await text.inputValue();
      await text.fill('socket mine ready 7');
      await restoreFirst(tab);
      assert.equal(await text.inputValue(), first);
      await press(tab, 'Undo');
      assert.equal(await text.inputValue(), 'socket mine ready 7');
      await tab.locator('#demo').getByText('0/1').waitFor();
      await press(tab, 'Undo');
      assert.equal(await text.inputValue(), first);
      assert.ok(await button(tab, 'Undo').isDisabled());
    });
  });

  test(`${page}: a tab in the text becomes two spaces, and the page says so`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await tab.locator('#demo summary', { hasText: 'Edit the scenario' }).click();
      const text = tab.locator('#demo').getByLabel('Scenario');
      await text.fill('socket\tA\tready 1');
      assert.equal(await text.inputValue(), 'socket  A  ready 1');
      await tab.locator('#demo').getByText('0/1').waitFor();
      await tab.getByRole('status').filter({ hasText: 'each became two spaces' }).waitFor();
      await text.fill('socket A ready 1');
      assert.equal(await tab.getByText('each became two spaces').count(), 0);
    });
  });

  test(`${page}: a link carries a scenario; a broken one is explained, not swallowed`, async () => {
    const link = (text) => `${site.address}${page}?${new URLSearchParams({ scenario: text })}`;
    await visitDemo(site, page, { url: link('socket X ready 1\nsocket Y ready 2') }, async (tab) => {
      await tab.locator('#demo').getByText('0/2').waitFor();
    });
    await visitDemo(site, page, { url: link('<img src=x onerror=alert(1)>') }, async (tab) => {
      await tab
        .locator('#demo')
        .getByText(/line 1, column 1/)
        .waitFor();
    });
  });

  test(`${page}: straight from the disk it is the same lesson with a working demo`, async () => {
    await visitDemo(site, page, { url: onDisk(page) }, async (tab) => {
      for (let i = 0; i < 3; i++) await press(tab, 'Step');
      assert.equal(await tab.locator('#demo .count').innerText(), '3/3');
    });
  });

  test(`${page}: without WebAssembly the demo's place says in words what it would show`, async () => {
    await visit(site, page, { init: 'delete window.WebAssembly' }, async (tab) => {
      await tab.locator('#demo').scrollIntoViewIfNeeded();
      await tab.locator('#demo .fallback figcaption').waitFor();
      assert.ok(await tab.locator('#demo .fallback svg').isVisible());
    });
  });

  test(`${page}: while there is nothing to show no tool is offered; when the text is mended, all are`, async () => {
    const url = `${site.address}${page}?${new URLSearchParams({ scenario: 'nonsense' })}`;
    await visitDemo(site, page, { url }, async (tab) => {
      const share = tab.locator('#demo').getByRole('button', { name: 'Share', exact: true });
      const text = tab.locator('#demo').getByLabel('Scenario');
      await text.waitFor();
      assert.equal(await share.count(), 0);
      await text.fill('socket A ready 1');
      await share.click();
      await tab.locator('#demo').getByRole('button', { name: 'Copy link' }).waitFor();
    });
  });

  test(`${page}: 200 random presses and edits leave a demo that works`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await button(tab, 'Step').waitFor();
      // The editor is there from the start, for its text and its buttons are pressed as well.
      const summary = tab.locator('#demo summary', { hasText: 'Edit the scenario' });
      await summary.click();
      await tab.locator('#demo').getByLabel('Scenario').waitFor();
      // Always the same presses: a failure can be seen again.
      await tab.evaluate(async () => {
        let state = 7;
        const random = (below) => (state = (state * 48271) % 2147483647) % below;
        const texts = [
          '',
          'socket A ready 1',
          'socket A',
          'socket "x\\"y" "<b>" ready 0 0 0 takes 3',
          'x'.repeat(5000),
        ];
        const host = /** @type {any} */ (document.querySelector('#demo'));
        for (let i = 0; i < 200; i++) {
          const roots = [host.shadowRoot, host.shadowRoot.querySelector('scenario-editor').shadowRoot];
          const targets = roots.flatMap((root) => [...root.querySelectorAll('button, input, select, textarea')]);
          const target = targets[random(targets.length)];
          if (target.matches('textarea')) {
            target.value = texts[random(texts.length)];
            target.dispatchEvent(new Event('input'));
          } else if (!/link|Present|Print|Trace|Picture/.test(target.textContent)) target.click();
          await host.updateComplete;
        }
      });
      const isOpen = await summary.evaluate(({ parentElement }) => /** @type {any} */ (parentElement).open);
      if (!isOpen) await summary.click();
      await restoreFirst(tab);
      await press(tab, 'Step');
      assert.equal(await tab.locator('#demo .count').innerText(), '1/3');
    });
  });
}
