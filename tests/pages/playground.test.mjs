// The playground, in a browser: what a person does there. What stands where at each moment is tested in Node
// (tests/playground/moments.test.mjs).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  addressOf,
  holdBack,
  inChromium,
  LESSON_5,
  NO_PATIENCE,
  onDisk,
  PAGES,
  PLAYGROUND,
  press,
  reachDemo,
  start,
  THEMES,
  violations,
  violationsIn,
  visit,
  visitDemo,
} from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

/** Until the run that was asked for last has come. */
const settled = (tab) =>
  tab.locator('event-loop-playground').evaluate(async (element) => {
    while (element.isRunning) await new Promise((ran) => element.addEventListener('ran', ran, { once: true }));
    await element.updateComplete;
  });

const open = (options, work) =>
  visit(site, PLAYGROUND, options, async (tab) => {
    await tab.locator('event-loop-playground .state section').first().waitFor();
    await settled(tab);
    await work(tab);
  });

/** Lesson 5, at its section with the playground. */
const inLesson = (options, work) =>
  visit(site, LESSON_5, options, async (tab) => {
    await tab.locator('#program-title').evaluate((title) => title.scrollIntoView());
    await tab.locator('event-loop-playground .state section').first().waitFor();
    await settled(tab);
    await work(tab);
  });

/** Writes another program, as by hand. */
async function write(tab, program) {
  await tab.locator('.cm-content').click();
  await tab.keyboard.press('Control+a');
  await tab.keyboard.insertText(program);
  await tab.locator('event-loop-playground').evaluate(async (element, program) => {
    while (element.source !== program) await new Promise(requestAnimationFrame);
  }, program);
  await settled(tab);
}

const textOf = async (tab, selector) => (await tab.locator(selector).innerText()).replace(/\s+/g, ' ').trim();
const lit = (tab) =>
  tab
    .locator('.lit')
    .allInnerTexts()
    .then((texts) => texts.join(''));
const printed = (tab) => tab.locator('.console button').allInnerTexts();

test('a program is stepped: what runs is lit, and what it prints and queues is there', () =>
  open({}, async (tab) => {
    await write(tab, "setTimeout(() => console.log('b'), 3);\nconsole.log('a');\n");
    await tab.getByRole('radio', { name: 'Browser' }).check();
    await settled(tab);
    await press(tab, 'Step into');
    assert.match(await textOf(tab, '.stack'), /the program/);
    await press(tab, 'Step into');
    assert.equal(await lit(tab), "setTimeout(() => console.log('b'), 3);");
    assert.match(await textOf(tab, '.later'), /setTimeout callback \(line 1\).*at 3 ms/);
    await press(tab, 'Step into');
    assert.deepEqual(await printed(tab), ['a']);
    await press(tab, 'Next callback');
    assert.match(await textOf(tab, '.why'), /^3 ms: .*slept from 0 to 3 ms/);
    await press(tab, 'Back');
    assert.equal(await lit(tab), "console.log('a');");
    await press(tab, 'Reset');
    assert.deepEqual(await printed(tab), []);
  }));

test('the keys step, a line of the console leads to where it was written', () =>
  open({}, async (tab) => {
    await write(tab, "console.log('one');\nconsole.log('two');\n");
    await tab.locator('.player').focus();
    await tab.keyboard.press('End');
    assert.deepEqual(await printed(tab), ['one', 'two']);
    await tab.locator('.console button').first().click();
    assert.equal(await lit(tab), "console.log('one');");
    await tab.locator('.player').focus();
    await tab.keyboard.press('ArrowRight');
    assert.equal(await lit(tab), "console.log('two');");
    await tab.locator('.console button').first().click();
    await tab.keyboard.press('ArrowRight');
    assert.equal(await lit(tab), "console.log('two');");
    await tab.keyboard.press('Home');
    await press(tab, 'Step into');
    await tab.keyboard.press('ArrowRight');
    assert.equal(await lit(tab), "console.log('one');");
    await press(tab, 'Reset'); // which cannot be pressed any more
    await tab.keyboard.press('End');
    await tab.keyboard.press('ArrowLeft');
    assert.equal(await lit(tab), "console.log('one');");
  }));

test('what is no JavaScript is marked on its line, and nothing of another program is shown beside it', () =>
  open({}, async (tab) => {
    await write(tab, 'const a = 1;\nlet b = ;\n');
    assert.match(await textOf(tab, '.why'), /does not run\. Line 2: /);
    assert.equal(await tab.locator('.wrong').first().innerText(), 'let b = ;');
    assert.equal(await tab.locator('.state section').count(), 0);
    assert.ok(await tab.getByRole('button', { name: 'Step into' }).isDisabled());
  }));

test('a loop without an end is stopped, says so, and the page goes on', () =>
  open({}, async (tab) => {
    await write(tab, 'while (true) {}');
    assert.match(await textOf(tab, '.notice'), /stopped: .*loop that does not end/);
    await write(tab, "console.log('again')");
    await tab.locator('.player').focus();
    await tab.keyboard.press('End');
    assert.deepEqual(await printed(tab), ['again']);
  }));

test('a link brings program, host and moment', async () => {
  let url = '';
  await open({}, async (tab) => {
    await write(tab, "console.log('ü – 🚪');\nlet b;\n");
    await press(tab, 'Step into');
    await press(tab, 'Step into');
    await press(tab, 'Copy link');
    await tab.waitForFunction(() => location.search.includes('play='));
    url = await addressOf(tab);
  });
  await open({ url }, async (tab) => {
    await tab.waitForFunction(() => document.querySelector('event-loop-playground')?.moment === 2);
    assert.equal(await lit(tab), "console.log('ü – 🚪');");
    assert.deepEqual(await printed(tab), ['ü – 🚪']);
  });
});

test('promises are there with their state and what waits for them; a reason says why a job is there', () =>
  open({}, async (tab) => {
    await write(tab, "const p = new Promise((resolve) => setTimeout(resolve, 1, 'x'));\np.then(() => {});\n");
    await tab.locator('.player').focus();
    const promises = () => textOf(tab, '.promises ol');
    assert.equal(await promises(), 'none');
    for (let pressed = 0; pressed < 4; pressed++) await press(tab, 'Step into');
    assert.equal(await promises(), 'p (line 1) pending');
    await press(tab, 'Next callback');
    assert.equal(await promises(), "p (line 1) fulfilled: 'x' queued: then (line 2)");
    await press(tab, 'Next callback');
    assert.match(await textOf(tab, '.why'), /p \(line 1\) is fulfilled, so its then from line 2 was queued\.$/);
    assert.equal((await promises()).split(' p.then')[0], "p (line 1) fulfilled: 'x' runs now: then (line 2)");
    await tab.locator('.promises .card').first().click();
    assert.match(await lit(tab), /^const p = new Promise/);
  }));

test('an example asks, and answers with the reason', () =>
  open({}, async (tab) => {
    await tab.getByLabel('Example').selectOption({ label: 'Zero is not now' });
    await settled(tab);
    await tab.getByLabel('Which line comes last?').fill('three');
    await press(tab, 'Check');
    assert.match(await textOf(tab, '.question [role=status]'), /It is “two”\. Even with a delay of 0/);
    assert.equal((await printed(tab)).at(-1), 'two');
    await tab.getByLabel('Which line comes last?').fill('two');
    await press(tab, 'Check');
    assert.match(await textOf(tab, '.question [role=status]'), /^Right\./);
  }));

test('a learner writes the whole console, and sees where it parts from the real one', () =>
  open({}, async (tab) => {
    await write(
      tab,
      "setTimeout(() => console.log('c'));\nPromise.resolve().then(() => console.log('b'));\nconsole.log('a');",
    );
    const field = tab.getByLabel('What does the console show?');
    const verdict = () => textOf(tab, '.question [role=status]');
    await field.fill('a\nc\nb');
    await press(tab, 'Check');
    assert.equal(
      await verdict(),
      'Right up to line 1. Line 2 is “b”, and you wrote “c”. Here it is written, with the reason.',
    );
    assert.match(await textOf(tab, '.why'), /Promise\.resolve.* was fulfilled already/);
    assert.deepEqual(await printed(tab), ['a', 'b']);
    assert.equal(await tab.locator('.console li small').innerText(), 'you wrote “c”');
    await field.fill('a\nb\nc');
    await field.press('Control+Enter');
    assert.equal(await verdict(), 'Right, every line.');
    assert.equal(await tab.locator('.console li small').count(), 0);
    await write(tab, "console.log('a');");
    assert.equal(await verdict(), '');
  }));

test('a line that says what happens around the program is added, and a link has it', async () => {
  let url = '';
  await open({}, async (tab) => {
    await write(tab, "document.body.id = 'button';\ndocument.body.onclick = () => console.log('clicked');\n");
    await tab.getByRole('radio', { name: 'Browser' }).check();
    await tab.getByLabel('World').selectOption({ label: 'a click' });
    await settled(tab);
    assert.match(await textOf(tab, '.later'), /click #button at 20 ms$/);
    await press(tab, 'Copy link');
    await tab.waitForFunction(() => location.search.includes('play='));
    url = await addressOf(tab);
    await tab.getByRole('radio', { name: 'Node' }).check();
    await settled(tab);
    assert.match(await textOf(tab, '.why'), /does not run\. Line 1: click is for host browser$/);
  });
  await open({ url }, async (tab) => {
    await tab.locator('.player').focus();
    await tab.keyboard.press('End');
    assert.deepEqual(await printed(tab), ['clicked']);
  });
});

test('what runs programs gets ready before the editor has come', () => {
  const init = `Worker = class extends Worker {
    constructor(...values) {
      super(...values);
      window.hasWorker = true;
    }
  };`;
  return visit(site, PAGES[0], { init }, async (tab) => {
    const letThrough = await holdBack(tab, '**/code-editor.js');
    await tab.evaluate((url) => location.assign(url), PLAYGROUND);
    await tab.locator('event-loop-playground').evaluate(async () => {
      while (!('hasWorker' in window)) await new Promise(requestAnimationFrame);
    });
    letThrough();
    await tab.locator('event-loop-playground .state section').first().waitFor();
  });
});

test('it works from the disk', inChromium('the others may not open files'), () =>
  open({ url: onDisk(PLAYGROUND) }, async (tab) => {
    await write(tab, "Promise.resolve().then(() => console.log('kept'))");
    await tab.locator('.player').focus();
    await tab.keyboard.press('End');
    assert.deepEqual(await printed(tab), ['kept']);
  }),
);

for (const theme of THEMES) {
  for (const width of [320, 768, 1280, 2560]) {
    test(`${theme} theme, ${width} px: axe finds nothing, and nothing scrolls sideways`, () =>
      open({ theme, width, height: 720 }, async (tab) => {
        for (const host of ['Browser', 'Node']) {
          await tab.getByRole('radio', { name: host }).check();
          await settled(tab);
          await tab.locator('.player').focus();
          for (let pressed = 0; pressed < 4; pressed++) await tab.keyboard.press('ArrowRight');
          assert.deepEqual(await violationsIn(theme, tab), []);
          assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        }
      }));
  }
}

/** What of the player is not in the window, where it is. */
const outOfSight = (tab) =>
  tab.locator('event-loop-playground').evaluate(({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll('.buttons, .reason, .tray')]
      .map((part) => ({ name: part.className, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.top < -1 || box.bottom > innerHeight + 1)
      .map(({ name, box }) => `${name} from ${box.top} to ${box.bottom}`),
  );

test('360×740: a key that steps brings them into the window, too', () =>
  open({ width: 360, height: 740 }, async (tab) => {
    await settled(tab);
    const player = tab.locator('event-loop-playground .player');
    await player.evaluate((it) => it.focus({ preventScroll: true }));
    for (let moment = 1; moment < 8; moment++) {
      await tab.evaluate(() => scrollTo(0, 0));
      await tab.keyboard.press('ArrowRight');
      await player.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(await outOfSight(tab), []);
    }
  }));

for (const [width, height] of [
  [360, 740],
  [768, 1024],
  [820, 1180],
]) {
  test(`${width}×${height}: a press brings buttons, reason, queues and promises into the window together, where they stay`, () =>
    open({ width, height }, async (tab) => {
      const buttons = tab.locator('event-loop-playground .buttons');
      for (const label of ['Two timers', 'Promise.all']) {
        await tab.getByLabel('Example').selectOption({ label });
        for (const host of ['Browser', 'Node']) {
          await tab.getByRole('radio', { name: host }).check();
          await settled(tab);
          const places = new Set();
          for (let moment = 1; moment < 20; moment++) {
            await press(tab, 'Next callback');
            assert.deepEqual(await outOfSight(tab), [], `${label}, ${host}`);
            places.add((await buttons.boundingBox())?.y);
            if (await tab.getByRole('button', { name: 'Next callback' }).isDisabled()) break;
          }
          assert.equal(places.size, 1, `${label}, ${host}: ${[...places]}`);
        }
      }
    }));
}

test('360×740: the line that runs is seen with the buttons; beside the editor it is not said twice', () =>
  open({ width: 360, height: 740 }, async (tab) => {
    await settled(tab);
    await press(tab, 'Step into');
    await press(tab, 'Step into');
    const runs = tab.locator('.runs');
    assert.equal(await runs.innerText(), "1 setTimeout(() => console.log('slow'), 20);");
    const { y, height } = /** @type {any} */ (await runs.boundingBox());
    assert.ok(y > 0 && y + height < 740);
    await press(tab, 'Reset');
    assert.equal(await runs.innerText(), '', 'nothing runs yet');
    assert.equal((await runs.boundingBox())?.height, height, 'its room is kept');
    await tab.setViewportSize({ width: 1280, height: 720 });
    await runs.waitFor({ state: 'hidden' });
  }));

test('1280×720: buttons, reason, stack, queues and console are in the window together, and no button moves', () =>
  open({ width: 1280, height: 720 }, async (tab) => {
    await tab.locator('event-loop-playground').evaluate((element) => element.scrollIntoView({ block: 'end' }));
    let places = '';
    const names = ['Two timers', 'An async function, up to its first await'];
    for (const [name, host] of names.flatMap((name) => [
      [name, 'Browser'],
      [name, 'Node'],
    ])) {
      await tab.getByLabel('Example').selectOption({ label: name });
      await tab.getByRole('radio', { name: host }).check();
      await settled(tab);
      const last = await tab.locator('event-loop-playground').evaluate((element) => element.last);
      for (let moment = 0; moment <= last; moment++) {
        const found = await tab.locator('event-loop-playground').evaluate(async (element, at) => {
          element.go(at);
          await element.updateComplete;
          const boxOf = (part) => part.getBoundingClientRect();
          const parts = element.shadowRoot.querySelectorAll('.buttons, .reason, .tray, .console');
          const out = [...parts].filter((part) => boxOf(part).top < 0 || boxOf(part).bottom > innerHeight + 1);
          const buttons = [...element.shadowRoot.querySelectorAll('.buttons button')].map((b) => boxOf(b).top);
          return { out: out.map((part) => part.className), buttons: String(buttons) };
        }, moment);
        assert.deepEqual(found.out, [], `${name}, ${host}, moment ${moment}`);
        places ||= found.buttons;
        assert.equal(found.buttons, places);
      }
    }
  }));

test('1366×625: a card of two lines has room in each of its trays', () =>
  open({ width: 1366, height: 625 }, async (tab) => {
    await tab.getByLabel('Example').selectOption({ label: 'Two timers' });
    await settled(tab);
    const next = tab.getByRole('button', { name: 'Step into' });
    while (await next.isEnabled()) {
      await next.click();
      const tooLow = await tab
        .locator('.tray')
        .evaluateAll((trays) =>
          trays
            .filter((tray) => tray.querySelectorAll('.card').length < 2 && tray.scrollHeight > tray.clientHeight)
            .map(({ className }) => className),
        );
      assert.deepEqual(tooLow, []);
    }
  }));

test('1280×720: no reason of an example is longer than its place', () =>
  open({ width: 1280, height: 720 }, async (tab) => {
    const count = await tab.getByLabel('Example').locator('option').count();
    for (let index = 0; index < count; index++) {
      await tab.getByLabel('Example').selectOption({ index });
      await settled(tab);
      const long = await tab.locator('event-loop-playground').evaluate(async (element) => {
        const long = [];
        for (let step = 0; step < element.recording.steps.length; step++) {
          element.go(element.moments.firstOf(step));
          await element.updateComplete;
          const reason = element.shadowRoot.querySelector('.reason');
          if (reason.scrollHeight > reason.clientHeight) long.push(reason.textContent);
        }
        return long;
      });
      assert.deepEqual(long, []);
    }
  }));

test('lesson 5 does not load the playground before it is reached, however far its demo is stepped', () =>
  visit(site, LESSON_5, { width: 1280, height: 1400 }, async (tab) => {
    await reachDemo(tab);
    for (let i = 0; i < 3; i++) await press(tab.locator('#demo'), 'Step');
    await tab.locator('#demo').getByText('3/3').waitFor();
    const asked = () =>
      tab.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('playground')));
    assert.equal(await asked(), false);
    await tab.locator('#program-title').evaluate((title) => title.scrollIntoView());
    await tab.locator('event-loop-playground .state section').first().waitFor();
    assert.equal(await asked(), true);
  }));

test('lesson 5’s examples are those of its text, in a browser; a press leads to the whole page, with what is shown', () =>
  inLesson({}, async (tab) => {
    const options = await tab.locator('event-loop-playground').getByLabel('Example').locator('option').allInnerTexts();
    assert.equal(options.length, 3);
    const said = [];
    for (const label of options) {
      await tab.locator('event-loop-playground').getByLabel('Example').selectOption({ label });
      await settled(tab);
      assert.ok(await tab.locator('event-loop-playground').getByRole('radio', { name: 'Browser' }).isChecked());
      await tab.locator('event-loop-playground .player').focus();
      await tab.keyboard.press('End');
      said.push(await printed(tab));
    }
    assert.deepEqual(said, [
      ['script', 'promise', 'timer'],
      ['one', 'load begins', 'two', 'load goes on'],
      ['begin roast', 'begin salad', 'the kitchen is free', 'serve salad', 'serve roast'],
    ]);
    await tab.keyboard.press('ArrowLeft');
    const moment = await tab.locator('event-loop-playground').evaluate((element) => element.moment);
    await press(tab, 'Open in a page of its own');
    await tab.waitForFunction(() => location.pathname.includes('playground'));
    await tab.locator('event-loop-playground .state section').first().waitFor();
    await settled(tab);
    await tab.waitForFunction((moment) => document.querySelector('event-loop-playground')?.moment === moment, moment);
    assert.match(await tab.locator('.cm-content').innerText(), /cook\('roast', 60\)/);
  }));

test('lesson 5: what the program did is shown at its desk, as a scenario, with its host', () =>
  inLesson({}, async (tab) => {
    await tab.locator('event-loop-playground').getByRole('radio', { name: 'Node' }).check();
    await settled(tab);
    await press(tab, 'Show at the desk');
    const demo = tab.locator('#demo');
    await demo.getByText('0/3').waitFor();
    assert.ok(await demo.getByRole('radio', { name: 'Node' }).isChecked());
    assert.ok(await demo.locator('.stage').evaluate((stage) => stage.matches(':focus')));
    for (let i = 0; i < 3; i++) await tab.keyboard.press('ArrowRight');
    await demo.getByText('3/3').waitFor();
    const names = await demo.locator('table tbody tr').allInnerTexts();
    const expected = ['program.js', 'then callback (line 2)', 'setTimeout callback (line 1)'];
    expected.forEach((name, i) => assert.ok(names[i].includes(name), `${names[i]}: ${name}`));
  }));

test('the playground’s page leads to the desk, and the way back to the program; what no scenario says is told', () =>
  open({}, async (tab) => {
    await write(tab, "process.on('exit', () => {});\n");
    await tab.getByRole('radio', { name: 'Node' }).check();
    await settled(tab);
    await press(tab, 'Show at the desk');
    await tab.getByText("No scenario can say this: process.on('exit') is called between two callbacks").waitFor();
    await write(tab, 'setTimeout(function late() {}, 9);\nsetTimeout(function soon() {}, 3);\n');
    await press(tab, 'Show at the desk');
    const demo = tab.locator('#demo');
    await demo.getByText('0/3').waitFor();
    await press(demo, 'Step');
    await press(demo, 'Step');
    await demo.getByText('soon').first().waitFor();
    await tab.goBack();
    await tab.locator('event-loop-playground .state section').first().waitFor();
    await settled(tab);
    assert.match(await tab.locator('.cm-content').innerText(), /function late/);
  }));

test('lesson 5: the code of a scenario is stepped in the playground, and the way back leads to the scenario', () =>
  visitDemo(site, LESSON_5, {}, async (tab) => {
    const demo = tab.locator('#demo');
    await demo.evaluate((element) => element.edit('timer late ready 9\npromise soon ready 3\n'));
    await demo.getByRole('button', { name: 'JavaScript', exact: true }).click();
    await demo.getByRole('radio', { name: 'Node' }).check();
    await press(demo, 'Step this code in the playground');
    await tab.locator('event-loop-playground .state section').first().waitFor();
    await settled(tab);
    assert.match(await tab.locator('.cm-content').innerText(), /log\('soon'\)[^]*log\('late'\)/);
    assert.ok(await tab.getByRole('radio', { name: 'Node' }).isChecked());
    await tab.locator('.player').focus();
    await tab.keyboard.press('End');
    await tab.locator('.reason').getByText('9 ms').first().waitFor();
    assert.deepEqual(await tab.locator('.console button').allInnerTexts(), ['soon', 'late']);
    await tab.goBack();
    await demo.getByText('0/2').waitFor();
    await demo.evaluate((element) => element.edit('socket S ready 1'));
    const code = demo.getByRole('button', { name: 'JavaScript', exact: true });
    // A browser that kept the page shows the code still.
    if ((await code.getAttribute('aria-expanded')) === 'false') await code.click();
    await demo.getByRole('button', { name: 'Copy the code' }).waitFor();
    assert.equal(await demo.getByRole('button', { name: 'Step this code in the playground' }).count(), 0);
  }));

test('a run that ends while an edit waits for its own is of another program: it is not shown beside it', () =>
  open({}, async (tab) => {
    await tab.evaluate(() => {
      const later = window.setTimeout;
      const held = [];
      // Not what is long: WebKit's driver has its own timers in the page.
      window.setTimeout = /** @type {any} */ (
        (act, ms, ...rest) => (ms > 0 && ms < 1000 ? held.push(act) : later(act, ms, ...rest))
      );
      Object.assign(window, { goOn: () => ((window.setTimeout = later), held.forEach((act) => act())) });
    });
    const playground = tab.locator('event-loop-playground');
    await playground.evaluate(async (element) => {
      const run = element.rerun();
      const { view } = element.shadowRoot.querySelector('.cm-content').cmTile; // an edit before the run can end
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: "console.log('new');" } });
      await run;
    });
    assert.equal(await playground.evaluate((element) => element.isRunning), true, 'the edit is still to be run');
    assert.ok(await tab.getByRole('button', { name: 'Step into' }).isDisabled());
    await tab.evaluate(() => /** @type {any} */ (window).goOn());
    await settled(tab);
    await press(tab, 'Run');
    await tab.locator('.console').getByText('new').waitFor();
  }));

test('this browser prints the same, in a frame that reaches nothing; what is not run here says why', () =>
  open({}, async (tab) => {
    await tab.getByRole('radio', { name: 'Browser' }).check();
    const compare = () => press(tab, 'Compare with this browser');
    await write(
      tab,
      `setTimeout(() => console.log('t', { a: 1 }), 5);
Promise.resolve().then(() => console.log('m'));
(async () => { await null; console.log('%s', 'x'); })();
requestAnimationFrame(() => {});
try { globalThis['parent'].document.title; console.log('in the page'); } catch { console.log('outside'); }
`,
    );
    await compare();
    await tab.getByText('This browser printed the same, line by line.').waitFor();
    assert.deepEqual(await tab.locator('.outputs li li').allInnerTexts(), ['outside', 'm', '…', 't …']);
    assert.equal(await tab.locator('iframe').count(), 0);
    assert.deepEqual(await violations(tab), []);
    await write(tab, "console.log('two\\nlines', 1n, -0);\nconsole.log(new Error('drawn with its stack'));");
    await compare();
    await tab.getByText('This browser printed the same, line by line.').waitFor();
    await write(tab, "console.log('parent' in globalThis);");
    await compare();
    await tab.getByText(/printed something else, from the mark on/).waitFor();
    assert.deepEqual(await tab.locator('.outputs mark').allInnerTexts(), ['true']);
    await write(tab, "if (!('parent' in globalThis)) console.log('only here');");
    await compare();
    await tab.getByText(/printed something else, from the mark on/).waitFor();
    assert.deepEqual(await tab.locator('.outputs mark').allInnerTexts(), ['no more']);
    await write(tab, 'while (true) {}');
    await compare();
    await tab.getByText('This program is not run here: the run was stopped').waitFor();
    await tab.getByRole('radio', { name: 'Node' }).check();
    await settled(tab);
    assert.equal(await tab.getByRole('button', { name: 'Compare with this browser' }).count(), 0);
  }));

test('a program that is slow in this browser is waited for', () =>
  open({}, async (tab) => {
    await tab.getByRole('radio', { name: 'Browser' }).check();
    await write(
      tab,
      `if ('parent' in globalThis) for (const end = Date.now() + 1000; Date.now() < end; );
setTimeout(() => console.log('timer'), 5);`,
    );
    await press(tab, 'Compare with this browser');
    await tab.getByText('This browser printed the same, line by line.').waitFor();
  }));

test('a program that asks for no idle callback is compared with a browser that is never idle', () =>
  open({ init: `${NO_PATIENCE} window.requestIdleCallback = () => 0;` }, async (tab) => {
    await tab.getByRole('radio', { name: 'Browser' }).check();
    await write(tab, "setTimeout(() => console.log('timer'), 5);");
    await press(tab, 'Compare with this browser');
    await tab.getByText('This browser printed the same, line by line.').waitFor();
  }));

test('what this browser has not is not compared with it', () =>
  open({ init: 'delete window.requestIdleCallback;' }, async (tab) => {
    await tab.getByRole('radio', { name: 'Browser' }).check();
    await write(tab, "requestIdleCallback(() => console.log('idle'));");
    await press(tab, 'Compare with this browser');
    await tab.getByText('This program is not run here: this browser has no requestIdleCallback.').waitFor();
  }));

test('what this browser printed is not told beside another program, which runs by then', () =>
  open({}, async (tab) => {
    await tab.getByRole('radio', { name: 'Browser' }).check();
    await write(tab, "setTimeout(() => console.log('long ago'), 300);");
    await tab.evaluate(() => {
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (message) {
        if (message.ways) Object.assign(window, { isAsked: true });
        postMessage.call(this, message);
      };
    });
    await press(tab, 'Compare with this browser');
    await tab.locator('iframe').waitFor({ state: 'attached' });
    await tab.locator('event-loop-playground').evaluate(async (playground) => {
      let ended;
      do {
        ended = playground.edit('for (;;) {}');
        await new Promise(requestAnimationFrame);
      } while (document.querySelector('iframe'));
      await ended;
    });
    await settled(tab);
    assert.equal(await tab.locator('.orders').innerText(), '');
    const button = tab.getByRole('button', { name: 'Compare with this browser' });
    assert.ok(await button.isEnabled());
    assert.equal(await button.getAttribute('aria-disabled'), 'false', 'it would do nothing');
    assert.equal(await tab.evaluate(() => 'isAsked' in window), false, 'the other program is not looked at');
  }));

/** Notes the workers, and whom a program is given to. In the page, before all else. */
function noteWorkers() {
  const { postMessage } = Worker.prototype;
  const workers = [];
  const asked = [];
  const made = Promise.withResolvers();
  Worker.prototype.postMessage = function (message) {
    if ('source' in message) asked.push(this);
    else workers.push({ worker: this, isCompiled: message.quickjs instanceof WebAssembly.Module });
    if (workers.length === 2) made.resolve();
    postMessage.call(this, message);
  };
  Object.assign(window, { workers, asked, made: made.promise });
}

test('while a program runs, a worker gets ready for the next one, of what the first has compiled', () =>
  open({ init: `(${noteWorkers})()` }, async (tab) => {
    const next = await tab.locator('event-loop-playground').evaluate(async (playground) => {
      const { workers, asked, made } = window;
      const before = asked.length;
      playground.edit('for (;;) {}');
      await made;
      while (asked.length === before) await new Promise(requestAnimationFrame);
      await playground.edit("console.log('next')");
      const [first, second] = workers;
      const is = [asked.at(-2) === first.worker, asked.at(-1) === second.worker, first.isCompiled, second.isCompiled];
      return is.join();
    });
    await settled(tab);
    assert.equal(next, 'true,true,false,true');
  }));

test('whether the way that this browser goes is allowed is told, of however many ways there are', () =>
  open({}, async (tab) => {
    await tab.getByRole('radio', { name: 'Browser' }).check();
    const goes = (order) => `const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }) => console.log('message', data);
const numbers = [1, 2, 3, 4, 5, 6];
if ('parent' in globalThis) {
  for (const what of ${order}) console.log(...what);
} else
  for (const i of numbers) {
    setTimeout(() => console.log('timer', i));
    port2.postMessage(i);
  }`;
    const [timers, messages] = ['timer', 'message'].map((what) => `numbers.map((i) => ['${what}', i])`);
    await write(tab, goes(`[...${messages}, ...${timers}]`));
    await press(tab, 'Compare with this browser');
    await tab.getByText('This browser went another way, which is allowed too').waitFor();
    assert.deepEqual(await tab.locator('.outputs mark').allInnerTexts(), ['message 1']);
    await write(tab, goes(`[...${messages}.reverse(), ...${timers}]`));
    await press(tab, 'Compare with this browser');
    await tab.getByText('one of the two is wrong, the browser or the playground').waitFor();
  }));

test('all allowed orders are those that the command prints; another program has its own', () =>
  open({}, async (tab) => {
    await tab.getByRole('radio', { name: 'Node' }).check();
    await write(tab, "setTimeout(() => console.log('t'));\nsetImmediate(() => console.log('i'));\n");
    const button = tab.getByRole('button', { name: 'All allowed orders' });
    await button.focus();
    await tab.keyboard.press('Enter');
    await tab.getByText(/may show 2 different things/).waitFor();
    assert.ok(await button.evaluate((element) => element.matches(':focus')), 'the focus stays where it was');
    const outputs = await tab.locator('.outputs > li').allInnerTexts();
    assert.deepEqual(
      outputs.map((text) => text.trim().split(/\s+/)),
      [
        ['i', 't'],
        ['t', 'i'],
      ],
    );
    assert.deepEqual(await tab.locator('.outputs mark').allInnerTexts(), ['t']);
    assert.deepEqual(await violations(tab), []);
    await write(tab, "console.log('only');");
    assert.equal(await tab.locator('.outputs').count(), 0);
    await press(tab, 'All allowed orders');
    await tab.getByText('No other order is allowed: the console always shows this.').waitFor();
    await write(tab, 'setInterval(() => {}, 1);');
    await press(tab, 'All allowed orders');
    await tab.getByText('No other order was found. There may be more, which were not looked for.').waitFor();
    await press(tab, 'All allowed orders');
    await write(tab, "console.log('again');"); // the run cancels the search
    await tab.locator('.player').focus();
    await tab.keyboard.press('End');
    assert.deepEqual(await printed(tab), ['again']);
  }));

for (const theme of THEMES) {
  for (const [width, height] of [
    [360, 740],
    [768, 900],
    [1366, 625],
    [2560, 1300],
  ]) {
    test(`in lesson 5, ${theme} theme, ${width}×${height}: axe finds nothing, and nothing scrolls sideways`, () =>
      inLesson({ theme, width, height }, async (tab) => {
        await tab.locator('event-loop-playground .player').focus();
        for (let pressed = 0; pressed < 4; pressed++) await tab.keyboard.press('ArrowRight');
        assert.deepEqual(await violationsIn(theme, tab), []);
        assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      }));
  }
}

test('what is under it is out of the window before it comes, and is not seen to move', () =>
  visit(site, PAGES[0], { width: 412, height: 823 }, async (tab) => {
    /** @type {(route: any) => void} */ let ask = () => {};
    const asked = new Promise((resolve) => (ask = resolve));
    await tab.route('**/event-loop-playground.js', (route) => ask(route));
    await tab.evaluate((url) => location.assign(url), PLAYGROUND);
    const footer = tab.locator('footer.foot');
    await tab.locator('event-loop-playground.awaited').waitFor({ state: 'attached' });
    assert.ok((await footer.boundingBox()).y >= 823);
    await (await asked).continue();
    await tab.locator('event-loop-playground .state section').first().waitFor();
    assert.ok((await footer.boundingBox()).y >= 823);
  }));
