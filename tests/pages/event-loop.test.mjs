// What lesson 5's demo shows beyond the beginner's: two hosts, examples, orders that nobody guarantees, and real runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { examples } from '../../web/lessons/event-loop-examples.js';
import { eventLoop, stepsOf } from '../doorbell.mjs';
import {
  addressOf,
  cells,
  copyLink,
  LESSON_5,
  onDisk,
  press,
  restoreFirst,
  start,
  THEMES,
  violationsIn,
  visitDemo,
} from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const ROWS = 60; // of a long table, the last ones are shown,
const REPEATED_ROWS = 12; // and of what repeats, so many
const demo = (tab) => tab.locator('#demo');
const picker = (tab) => tab.getByLabel('Example');
const host = (tab, name) => demo(tab).getByRole('radio', { name, exact: true });
const compare = (tab) => tab.locator('allowed-orders summary', { hasText: 'Compare' });
const exampleNamed = (name) => examples.find((example) => example.name === name);

/** Brings the reader to the demo: then what stands beside it comes. */
async function reach(tab) {
  await tab.locator('example-picker').scrollIntoViewIfNeeded();
  await picker(tab).waitFor();
}

async function pick(tab, name) {
  await picker(tab).selectOption(name);
}

const toTheEnd = (tab) => demo(tab).locator('.stage').press('End');

/** What the callback timeline must say, from the core as Node runs it. */
function rowsOf(text, host) {
  const trace = eventLoop.loop(text, host);
  return stepsOf(trace).map(({ time, queue, statement }) => {
    const { name, kind } = trace.statements[statement];
    return [String(time / 1000), queue, name, kind];
  });
}

test('every example, stepped to its end, gives the rows that the core gives in Node', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    const own = await demo(tab).evaluate((element) => /** @type {any} */ (element).original);
    for (const { name, host, text = own } of examples) {
      await pick(tab, name);
      const expected = rowsOf(text, host);
      assert.ok(expected.length > 0, name);
      if (expected.length > ROWS) await toTheEnd(tab);
      else for (let i = 0; i < expected.length; i++) await press(tab, 'Step');
      const shown = await cells(tab, 'Callback timeline');
      assert.deepEqual(
        shown.filter((row) => row.length === 4),
        expected.slice(expected.length > ROWS ? -REPEATED_ROWS : 0),
        name,
      );
      assert.ok(await demo(tab).getByRole('button', { name: 'Step', exact: true }).isDisabled(), name);
    }
  });
});

test('every example says what to watch, in one sentence, and stands in the editor as if typed', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await demo(tab).locator('summary', { hasText: 'Edit the scenario' }).click();
    for (const { name, watch, text } of examples) {
      await pick(tab, name);
      await tab.getByRole('status').filter({ hasText: watch }).waitFor();
      assert.match(watch, /^[^.?]*(\d\.\d+[^.?]*)*[.?]$/, 'one sentence');
      if (text) assert.equal(await demo(tab).getByLabel('Scenario').inputValue(), text);
    }
    await demo(tab).getByLabel('Scenario').fill('socket A ready 1');
    assert.equal(await picker(tab).locator('option:checked').innerText(), 'your own');
  });
});

test('the host is the browser until Node is chosen, which shows its phases and where the loop is', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    assert.ok(await host(tab, 'Browser').isChecked());
    const group = (name) => demo(tab).getByRole('group', { name });
    await group('microtasks, 0 cards').waitFor();
    await host(tab, 'Node').check();
    for (const name of ['timers', 'poll', 'check', 'ticks', 'microtasks']) await group(`${name}, 0 cards`).waitFor();
    await press(tab, 'Step');
    await press(tab, 'Step');
    assert.deepEqual(await cells(tab, 'Callback timeline'), [
      ['2', 'microtask', 'onResolve', 'promise'],
      ['2', 'timers', 'onTimeout', 'timer'],
    ]);
    await group('timers, 0 cards, the loop is here').waitFor();
    await press(tab, 'Step');
    await group('poll, 0 cards, the loop is here').waitFor();
  });
});

test('a host that cannot run the scenario says why, and is not chosen', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'A long task delays a frame');
    await press(tab, 'Step');
    await host(tab, 'Node').click();
    const alert = demo(tab).getByRole('alert');
    await alert.getByText(/Node cannot run this scenario; line 2: .*frame.*browser/).waitFor();
    assert.ok(await host(tab, 'Browser').isChecked());
    assert.equal(await demo(tab).locator('.count').innerText(), '1/3', 'and what was shown is');
    await pick(tab, 'Equal times');
    assert.equal(await alert.count(), 0);
    await host(tab, 'Node').check();
    assert.equal(await alert.count(), 0);
  });
});

test('the first scenario is the example that was picked last; what was written over it, and its host, come back', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await demo(tab).locator('summary', { hasText: 'Edit the scenario' }).click();
    await pick(tab, 'setImmediate against a timer');
    const text = demo(tab).getByLabel('Scenario');
    await text.fill('script mine\n  immediate soon');
    await restoreFirst(tab);
    assert.equal(await picker(tab).locator('option:checked').innerText(), 'setImmediate against a timer');
    assert.ok(await host(tab, 'Node').isChecked());
    await pick(tab, 'Equal times');
    await host(tab, 'Node').check();
    await text.fill('script mine\n  immediate soon');
    await pick(tab, 'Starvation');
    await press(tab, 'Undo');
    assert.ok(await host(tab, 'Node').isChecked());
    assert.equal(await text.inputValue(), 'script mine\n  immediate soon');
    await press(tab, 'Redo');
    assert.ok(await host(tab, 'Browser').isChecked());
    assert.equal(await picker(tab).locator('option:checked').innerText(), 'Starvation');
    for (let back = 0; back < 4; back++) await press(tab, 'Undo');
    assert.equal(await picker(tab).locator('option:checked').innerText(), 'setImmediate against a timer');
  });
});

test('a tray says how many cards it has, those that will never run and those of a run without an end too', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    for (const { name } of examples) {
      await pick(tab, name);
      const wrong = await demo(tab).evaluate(async (element) => {
        const it = /** @type {any} */ (element);
        const wrong = [];
        for (; ; it.go(it.position + it.stride)) {
          while (!(await it.updateComplete));
          for (const tray of it.shadowRoot.querySelectorAll('.tray')) {
            const said = Number(/, (\d+) card/.exec(tray.ariaLabel)?.[1]);
            const more = Number(/\d+/.exec(tray.querySelector('.more')?.textContent ?? '0')?.[0]);
            const cards = tray.querySelectorAll('.card').length;
            if (said !== cards + more)
              wrong.push(`at ${it.position}: ${tray.ariaLabel}, with ${cards} and ${more} more`);
          }
          if (it.atEnd) return wrong;
        }
      });
      assert.deepEqual(wrong, [], name);
    }
  });
});

test('a long name ends in dots, and is whole in its title', async () => {
  await visitDemo(site, LESSON_5, { width: 360 }, async (tab) => {
    const long = 'whenTheServerHasSentTheVeryLastMessage40';
    await demo(tab).evaluate((element, text) => /** @type {any} */ (element).edit(text), `socket ${long} ready 1`);
    const name = demo(tab).locator('.bell b');
    await name.filter({ hasText: long }).waitFor();
    assert.equal(await name.getAttribute('title'), long);
    assert.ok(await name.evaluate((element) => element.scrollWidth > element.clientWidth));
    assert.ok(await name.evaluate((element) => element.clientWidth > 60), 'and enough of it is read');
  });
});

test('a link carries the host; one that is none is told, and the browser is shown', async () => {
  const { text } = exampleNamed('setImmediate against a timer');
  const link = (host) => `${site.address}${LESSON_5}?${new URLSearchParams({ scenario: text, host })}`;
  let url = '';
  await visitDemo(site, LESSON_5, { url: link('node') }, async (tab) => {
    assert.ok(await host(tab, 'Node').isChecked());
    await demo(tab).getByText('0/3').waitFor();
    await demo(tab).locator('summary', { hasText: 'Edit the scenario' }).click();
    await copyLink(demo(tab));
    await demo(tab).getByText('in the address bar').waitFor();
    url = await addressOf(tab);
    await restoreFirst(demo(tab));
    await demo(tab).getByText('in the address bar').waitFor({ state: 'detached' });
    await copyLink(demo(tab));
    await demo(tab).getByText('in the address bar').waitFor();
    assert.equal(new URL(await addressOf(tab)).search, '', 'the first needs no words');
  });
  await visitDemo(site, LESSON_5, { url }, async (tab) => {
    assert.ok(await host(tab, 'Node').isChecked());
    assert.equal(await demo(tab).evaluate((element) => /** @type {any} */ (element).shown), text);
  });
  for (const wrong of ['deno', 'toString']) {
    await visitDemo(site, LESSON_5, { url: `${site.address}${LESSON_5}?host=${wrong}` }, async (tab) => {
      await demo(tab).getByText(`“${wrong}”`).waitFor();
      assert.ok(await host(tab, 'Browser').isChecked());
    });
  }
});

for (const url of [undefined, onDisk(LESSON_5)]) {
  test(`run in this browser, the lesson's own order is the model's${url ? ', from the disk too' : ''}`, async () => {
    await visitDemo(site, LESSON_5, { url }, async (tab) => {
      await reach(tab);
      await compare(tab).click();
      assert.match(await tab.locator('real-order pre').innerText(), /setTimeout\(\(\) => log\('onTimeout'\), 2\);/);
      // A busy machine may be late with a timer; the order of two that are due at once is not its to choose.
      const verdict = tab.locator('real-order .verdict');
      for (let i = 0; i < 5; i++) {
        await tab.getByRole('button', { name: 'Run it in this browser' }).click();
        await verdict.waitFor();
        if ((await verdict.innerText()) === 'The same order, row by row.') break;
      }
      assert.equal(await verdict.innerText(), 'The same order, row by row.');
      const rows = await cells(tab, 'This browser beside the model');
      assert.deepEqual(
        rows.map(([model, here, , compared]) => [model, here, compared]),
        ['onResolve', 'onTimeout', 'onMessage'].map((name) => [name, name, 'same']),
      );
    });
  });
}

test('who runs it with the keyboard can run it again: the button keeps the focus', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await compare(tab).click();
    const run = tab.getByRole('button', { name: 'Run it 20 times' });
    await run.press('Enter');
    await tab.getByText('the last one of 20 runs').waitFor();
    assert.ok(await run.evaluate((button) => button.matches(':focus')));
  });
});

test('what goes on for ever is not run here; what only a user can do is left out; Node’s is for Node', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await compare(tab).click();
    await pick(tab, 'Starvation');
    await tab.getByText('goes on for ever, and the page would freeze').waitFor();
    await tab.getByText('It is without onClick').waitFor();
    assert.equal(await tab.getByRole('button', { name: 'Run it in this browser' }).count(), 0);
    await pick(tab, 'nextTick against a promise');
    assert.equal(await compare(tab).innerText(), 'Compare with Node');
    await tab.locator('real-order').getByText('node order.cjs').waitFor();
    assert.match(await tab.locator('real-order pre').innerText(), /process\.nextTick/);
    assert.equal(await tab.getByRole('button', { name: 'Run it in this browser' }).count(), 0);
  });
});

for (const width of [320, 360, 768, 1280, 1366, 1920]) {
  test(`whom a card may swap with is read at ${width} pixels, as far as there is a line for it`, async () => {
    await visitDemo(site, LESSON_5, { width, height: width < 400 ? 740 : 800 }, async (tab) => {
      await reach(tab);
      await pick(tab, 'Sources without a guarantee');
      await press(tab, 'Step');
      const names = demo(tab).locator('.tray .note.swap span:last-child');
      assert.deepEqual(await names.allInnerTexts(), ['onMessage', 'first, second']);
      for (const name of await names.all()) {
        const isSeen = await name.evaluate((part) => {
          const line = part.closest('.note').getBoundingClientRect();
          const { top, bottom } = part.getBoundingClientRect();
          return part.scrollWidth <= part.clientWidth + 1 && top >= line.top - 1 && bottom <= line.bottom + 1;
        });
        assert.ok(isSeen, await name.innerText());
      }
    });
  });
}

test('where no order is guaranteed, the cards that may swap say so, and all allowed orders are listed', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'Sources without a guarantee');
    await press(tab, 'Step');
    const card = (tray, name) =>
      demo(tab)
        .getByRole('group', { name: tray })
        .getByRole('listitem')
        .filter({ has: tab.locator('b', { hasText: new RegExp(`^\\s*${name}$`) }) });
    assert.match(await card('tasks, 2 cards', 'second').innerText(), /may swap with\s+onMessage$/);
    assert.match(await card('tasks, 2 cards', 'onMessage').innerText(), /may swap with\s+first, second$/);
    assert.match(await demo(tab).locator('.why').innerText(), /No guarantee/);
    await tab.getByText('All allowed orders (3)').click();
    await tab.getByRole('table', { name: /^Where they differ/ }).waitFor();
    const orders = await cells(tab, /^Where they differ/);
    assert.deepEqual(orders[0], ['the model’s', 'first', 'second', 'onMessage']);
    assert.deepEqual(
      orders
        .slice(1)
        .map((row) => row.map((cell) => cell?.replace('⇄ ', '')))
        .sort(),
      [
        ['allowed too', 'first', 'onMessage', 'second'],
        ['allowed too', 'onMessage', 'first', 'second'],
      ],
    );
  });
});

test('in Node, a 0 ms timer and an immediate may swap in the main script, and not in an I/O callback', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'setImmediate against a timer');
    await tab.getByText('All allowed orders (2)').waitFor();
    await pick(tab, 'The same inside an I/O callback');
    await tab.getByText('No other order is allowed').waitFor();
  });
});

test('a real order that is not the model’s is told to be allowed too, or to be different', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'Sources without a guarantee');
    await compare(tab).click();
    await tab.getByRole('button', { name: 'Run it in this browser' }).waitFor();
    const verdict = async (names) => {
      await tab.locator('#demo').evaluate((element, names) => {
        const it = /** @type {any} */ (element);
        it.addRun(it.trace, { names, times: [2, 2, 2], late: 0, ended: 'done' });
      }, names);
      await tab.locator('real-order').evaluate((element) => /** @type {any} */ (element).updateComplete);
      const rows = await cells(tab, 'This browser beside the model');
      return [await tab.locator('real-order .verdict').innerText(), ...rows.map((row) => row[3])];
    };
    assert.deepEqual(await verdict(['first', 'onMessage', 'second']), [
      'Not the model’s order, but one that is allowed too.',
      'same',
      'allowed too',
      'allowed too',
    ]);
    assert.deepEqual(await verdict(['second', 'first', 'onMessage']), [
      'Another order than any that the model allows. The machine was 0.0 ms late; run it again. If it stays so, one of the two is wrong, the browser or the model.',
      'different',
      'different',
      'same',
    ]);
  });
});

/** The address of the page with a scenario. */
const linkTo = (text) => `${site.address}${LESSON_5}?${new URLSearchParams({ scenario: text })}`;

for (const body of [
  'async f\n    return',
  'async f\n    throw',
  'async f\n    await\n    throw',
  'promise p\n  reject p',
  'async f\n    async g\n      throw\n    await g\n    return',
]) {
  test(`it is run here without a word in the console, 20 times: ${body.replace(/\s+/g, ' ')}`, async () => {
    await visitDemo(site, LESSON_5, { url: linkTo(`script main\n  ${body}\n  microtask m`) }, async (tab) => {
      await compare(tab).click();
      await tab.getByRole('button', { name: 'Run it 20 times' }).click();
      await tab.getByText('the last one of 20 runs').waitFor();
      // What is told of rejections comes before a task that is queued now.
      await tab.evaluate(() => new Promise((done) => setTimeout(done, 50)));
    });
  });
}

test('nothing of a run, and of all orders, stands beside another scenario; not even what comes too late', async () => {
  await visitDemo(site, LESSON_5, { url: linkTo('timer a ready 1\nsocket b ready 1') }, async (tab) => {
    const real = tab.locator('real-order');
    const edit = (text) => demo(tab).evaluate((it, text) => /** @type {any} */ (it).edit(text), text);
    await compare(tab).click();
    await tab.getByRole('button', { name: 'Run it in this browser' }).click();
    await real.locator('.verdict').waitFor();
    await edit('timer c ready 1\nsocket d ready 1');
    await real.getByText("log('c')").waitFor();
    assert.equal(await real.locator('.verdict').count(), 0);
    assert.equal(await tab.getByText('Seen here').count(), 0);
    assert.deepEqual(
      (await cells(tab, /^Where they differ/)).flat().filter((cell) => /[ab]$/.test(cell)),
      [],
    );

    await edit('timer slow ready 300');
    await tab.getByRole('button', { name: 'Run it in this browser' }).click();
    await edit('timer next ready 1');
    await real.locator('button.main[aria-disabled=false]').waitFor(); // the slow run has ended
    assert.equal(await real.locator('.verdict').count(), 0);

    await edit('timer e ready 1');
    await tab.getByRole('button', { name: 'Run it in this browser' }).click();
    await real.locator('.verdict').waitFor();
    await tab.evaluate(() => (window.Function = /** @type {any} */ (null))); // what WebDriver itself needs stays
    await tab.getByRole('button', { name: 'Run it in this browser' }).click();
    await real.getByText(/^It could not be run: TypeError/).waitFor();
    assert.equal(await real.locator('.verdict').count(), 0);
    await edit('timer g ready 1');
    await real.getByText("log('g')").waitFor();
    assert.equal(await real.getByText('could not be').count(), 0);
    await demo(tab).evaluate((it) => {
      Object.defineProperty(/** @type {any} */ (it).trace, 'scenario', { value: [{}] });
      it.dispatchEvent(new Event('shown'));
    });
    await real.getByText(/^This scenario could not be written as JavaScript: TypeError/).waitFor();
    assert.equal(await real.locator('pre').count(), 0);
  });
});

test('who starves is named, in words; the thousand repeats before it take a few moves', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'Starvation');
    const moves = await demo(tab).evaluate((element) => {
      const it = /** @type {any} */ (element);
      let count = 0;
      for (; !it.atEnd; count++) it.go(it.position + it.stride);
      return count;
    });
    assert.ok(moves < 30, `${moves} moves`);
    const card = (name) =>
      demo(tab)
        .getByRole('listitem')
        .filter({ has: tab.locator('b', { hasText: new RegExp(`^\\s*${name}$`) }) });
    assert.match(await card('onTimeout').last().innerText(), /never gets its turn$/);
    assert.match(await card('onClick').first().innerText(), /never answered$/);
    assert.match(await demo(tab).locator('.why').innerText(), /stopped here\. onTimeout never gets its turn\./);
    const rows = await cells(tab, 'Callback timeline');
    assert.deepEqual(rows.at(-1)?.slice(1), ['starved', 'onTimeout', 'timer']);
    assert.ok(await demo(tab).getByText('1,002 cards').isVisible(), 'the last row is no callback that ran');
  });
});

test('a timer whose card lies in a tray is queued, says its doorbell, even if it never gets its turn', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'Starvation');
    await press(tab, 'Step');
    await press(tab, 'Step');
    const named = (group) =>
      demo(tab).getByRole('group', { name: group }).getByRole('listitem').filter({ hasText: 'onTimeout' });
    await named('tasks, 1 card').waitFor();
    assert.match(await named('doorbells').innerText(), /queued$/);
  });
});

test('of more doorbells than the wall has room for, those about the step hang in the order of their rings', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'Nested timers');
    const bells = demo(tab).getByRole('group', { name: 'doorbells' });
    const names = () => bells.locator('.bell b').allTextContents();
    await demo(tab).evaluate((element) => /** @type {any} */ (element).go(7));
    await bells.getByText('seven', { exact: true }).waitFor();
    assert.deepEqual(await names(), ['two', 'three', 'four', 'five', 'six', 'seven']);
    await press(tab, 'Step');
    await bells.getByText('eight', { exact: true }).waitFor();
    assert.deepEqual(await names(), ['three', 'four', 'five', 'six', 'seven', 'eight']);
  });
});

test('a rejection that nobody handles ends Node in the picture and in the table, and says why', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'A rejection that nobody handles');
    await press(tab, 'Step');
    await press(tab, 'Step');
    assert.equal(await demo(tab).getByRole('button', { name: 'Step', exact: true }).isDisabled(), true);
    assert.match(await demo(tab).locator('.why').innerText(), /Node ends the process here, with status 1/);
    assert.match(await demo(tab).locator('.why').innerText(), /later would have come next/);
    assert.match(await demo(tab).getByRole('group', { name: 'on the desk, 0 cards' }).innerText(), /ended/);
    const rows = await cells(tab, 'Callback timeline');
    assert.deepEqual(rows.at(-1)?.slice(0, 4), ['0', 'ended', 'later', 'timer']);
  });
});

test('a hop of a promise is a card that runs no code', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await reach(tab);
    await pick(tab, 'return against return await');
    await press(tab, 'Step');
    await press(tab, 'Step');
    const desk = demo(tab).getByRole('group', { name: 'on the desk, 1 card' });
    assert.match(await desk.innerText(), /viaReturn\s+return[^]*a hop: no code/);
    assert.match(
      await demo(tab).locator('.why').innerText(),
      /no code runs\.[^]*A hop: viaReturn returned the promise p/,
    );
  });
});

for (const theme of THEMES) {
  test(`${theme} theme: axe finds nothing wrong with an example of either host, everything unfolded`, async () => {
    await visitDemo(site, LESSON_5, { theme }, async (tab) => {
      await reach(tab);
      for (const name of ['Sources without a guarantee', 'setImmediate against a timer']) {
        await pick(tab, name);
        await tab
          .locator('real-order')
          .evaluate((element) =>
            element.shadowRoot?.querySelectorAll('details').forEach((details) => (details.open = true)),
          );
        await press(tab, 'Step');
        assert.deepEqual(await violationsIn(theme, tab), [], name);
      }
    });
  });
}

test('320 pixels are enough for every example, at its start, middle and end', async () => {
  await visitDemo(site, LESSON_5, { width: 320 }, async (tab) => {
    await reach(tab);
    for (const { name } of examples) {
      await pick(tab, name);
      for (const part of [0, 0.5, 1]) {
        const width = await demo(tab).evaluate(async (element, part) => {
          const it = /** @type {any} */ (element);
          it.go(Math.round(it.trace.stepCount * part));
          await it.updateComplete;
          return document.documentElement.scrollWidth;
        }, part);
        assert.ok(width <= 320, `${name} at ${part}`);
      }
    }
  });
});
