// Lesson 4, one layer down: any two ways of waiting on the same scenario, in a real browser, by their accessible names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { multiplexer } from '../doorbell.mjs';
import {
  addressOf,
  copyLink,
  holdBack,
  inChromium,
  LESSON_4,
  onDisk,
  restoreFirst,
  start,
  THEMES,
  violationsIn,
  visit,
} from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const NO_SCRIPTS = inChromium('a tab without JavaScript');
const NO_DRAIN = 'epoll-et, no drain';
const SLOW = 'socket A ready 1 takes 50\nsocket B ready 5 25\nsocket C ready 10 takes 4';
const TWICE = 'socket A ready 6\nsocket B ready 1 takes 2\nsocket C ready 2 2';

/** Opens the fold where the demo stands; the demo's script comes when it is reached. */
function open(options, work) {
  return visit(site, LESSON_4, options, async (tab) => {
    await tab.getByText('One layer down: the real ways of waiting').click();
    const demo = tab.locator('#side-by-side');
    await demo.scrollIntoViewIfNeeded();
    await demo.locator('.stage').waitFor();
    await work(demo, tab);
  });
}

async function choose(demo, one, two) {
  await demo.getByLabel('First way').selectOption(one);
  await demo.getByLabel('Second way').selectOption(two);
}

async function edit(demo, text) {
  const editor = demo.getByLabel('Scenario (one statement a line');
  if (!(await editor.isVisible())) await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
  await editor.fill(text);
}

const press = (demo, name) => demo.getByRole('button', { name, exact: true }).click();
const end = (demo) => demo.locator('.stage').press('End');
const position = (demo) => demo.locator('.count').innerText();
const clock = async (demo) => (await demo.locator('.playhead text').textContent()).replace('\u00a0', ' ');
const said = async (demo) => (await demo.locator('.why').innerText()).replace(/\u00a0/g, ' ');
const chart = (demo) => demo.getByRole('img', { name: /^Time chart/ }).getAttribute('aria-label');

/** The two columns of numbers, by the name of their row. */
async function costs(demo) {
  const rows = demo.getByRole('table', { name: 'What the two cost' }).locator('tbody tr');
  const cells = await rows.evaluateAll((list) => list.map((row) => [...row.children].map((cell) => cell.textContent)));
  return Object.fromEntries(
    cells.map(([name, ...values]) => [
      name.trim(),
      values.slice(0, 2).map((value) => parseFloat(value.replace(',', ''))),
    ]),
  );
}

/** What Node says of one of the ways. */
function expected(text, way, cores = 4) {
  const strategy = way === NO_DRAIN ? 'epoll-et' : way;
  const trace = multiplexer.multiplex(text, strategy, { cores, ...(way === NO_DRAIN && { drain: false }) });
  const { totals } = trace;
  const not = { waits: NaN, scanned: NaN, returned: NaN, reads: NaN, inVain: NaN };
  const calls = way === 'readiness' ? not : trace.calls; // an idea, and no call that could be counted
  return {
    'Mean latency': totals.meanLatency / 1000,
    'Longest latency': totals.maxLatency / 1000,
    Waits: calls.waits,
    'Descriptors scanned': calls.scanned,
    'Descriptors returned': calls.returned,
    Reads: calls.reads,
    'Reads in vain': calls.inVain,
    'Wake-ups': totals.wakeUps,
    'Messages never handled': trace.eventCount - trace.stepCount,
    'All done at': trace.end / 1000,
  };
}

test('of two ways that are chosen before the part of the page has come that knows them, both are taken', async () => {
  await open({}, async (demo, tab) => {
    const letThrough = await holdBack(tab, '**/*traffic*');
    await choose(demo, 'kqueue', 'kqueue-clear');
    await demo.getByText('kqueue-clear is in a part of the page that has not come yet.').waitFor();
    letThrough();
    for (const way of ['kqueue-clear', 'kqueue']) {
      await demo.locator('.time-chart text:has(.way)', { hasText: new RegExp(`^${way}\\b(?!-)`) }).waitFor();
    }
    assert.equal(await demo.locator('[role="alert"]').count(), 0);
  });
});

test('kqueue comes when it is chosen, and is asked for by a link', async () => {
  await open({}, async (demo) => {
    await edit(demo, TWICE);
    await demo.getByLabel('First way').selectOption('kqueue');
    await demo.locator('.time-chart text:has(.way)', { hasText: 'kqueue' }).waitFor();
    assert.equal(await demo.locator('.cannot').count(), 0);
    await demo.getByLabel('Second way').selectOption('kqueue-clear, no drain');
    await demo.locator('.time-chart text:has(.way)', { hasText: 'kqueue-clear, no drain' }).waitFor();
    await press(demo, 'Step');
    assert.match(await said(demo), /the thread slept in kevent from 0 to 1 ms\. It answered with 1 event, B first\./);
    await end(demo);
    const { 'Messages never handled': left } = await costs(demo);
    assert.deepEqual(left, [0, 1], 'without a drain one is lost');
  });
  const url = `${site.address}${LESSON_4}?first=kqueue&second=epoll#side-by-side`;
  await visit(site, LESSON_4, { url }, async (tab) => {
    const state = tab.locator('#side-by-side .time-chart text:has(.way)', { hasText: 'kqueue' });
    await state.waitFor();
    assert.match((await state.textContent()).replace(/\s+/g, ' '), /kqueue asleep in kevent|kqueue busy with A/);
  });
});

test('both step together on one clock, to the next moment at which either begins something', async () => {
  await open({}, async (demo) => {
    await edit(demo, SLOW);
    await choose(demo, 'epoll', 'threads');
    const moments = ['1 ms', '5 ms', '10 ms', '25 ms', '51 ms', '55 ms'];
    for (const [i, moment] of moments.entries()) {
      await press(demo, 'Step');
      assert.equal(await clock(demo), moment);
      assert.equal(await position(demo), `${i + 1}/${moments.length}`);
    }
    assert.equal(await demo.locator('.playhead').count(), 1, 'one playhead');
    for (const moment of moments.slice(0, -1).reverse()) {
      await press(demo, 'Back');
      assert.equal(await clock(demo), moment);
    }
  });
});

test('at each moment both are shown as they are then: epoll busy with A, the threads with A and B', async () => {
  await open({}, async (demo) => {
    await edit(demo, SLOW);
    await choose(demo, 'epoll', 'threads');
    await press(demo, 'Step');
    await press(demo, 'Step');
    assert.match(await chart(demo), /5.ms: epoll 1 of 4 messages handled, threads 2 of 4 messages handled/);
    const states = await demo.locator('.time-chart text:has(.way)').allTextContents();
    assert.deepEqual(
      states.map((text) => text.replace(/\s+/g, ' ').trim()),
      ['epoll busy with A', 'threads busy with A, B'],
    );
  });
});

for (const [one, two, text] of [
  ['blocking', 'readiness', SLOW],
  ['busy-poll', 'select', SLOW],
  ['poll', 'epoll', SLOW],
  ['epoll-et', NO_DRAIN, TWICE],
  ['threads', 'io_uring', SLOW],
]) {
  test(`${one} against ${two}: the numbers are those that the core gives in Node`, async () => {
    await open({}, async (demo) => {
      await edit(demo, text);
      await choose(demo, one, two);
      await end(demo);
      const shown = await costs(demo);
      for (const [i, way] of [one, two].entries()) {
        const column = Object.fromEntries(Object.entries(shown).map(([name, values]) => [name, values[i]]));
        assert.deepEqual(column, expected(text, way), way);
      }
    });
  });
}

test('the difference is told in a sentence made of the numbers', async () => {
  await open({}, async (demo) => {
    await edit(demo, SLOW);
    await choose(demo, 'poll', 'epoll');
    await end(demo);
    const { calls, totals } = multiplexer.multiplex(SLOW, 'poll');
    const sentence = (await demo.locator('.crown').innerText()).replace(/\u00a0/g, ' ');
    assert.ok(sentence.includes(`waits ${totals.meanLatency / 1000} ms, either way`), sentence);
    assert.ok(
      sentence.includes(`poll looks at ${calls.scanned} descriptors; epoll looks at no descriptors.`),
      sentence,
    );
  });
});

test('threads run on as many cores as are chosen; those that share one are drawn so', async () => {
  await open({}, async (demo) => {
    await edit(demo, 'socket A ready 1 takes 4\nsocket B ready 1 takes 4\nsocket C ready 1 takes 4');
    await choose(demo, 'epoll', 'threads');
    for (const [cores, done, sharing] of [
      [1, 13, 3],
      [2, 8, 1],
      [3, 5, 0],
    ]) {
      await demo.getByLabel('Cores', { exact: true }).fill(String(cores));
      await demo.getByLabel('Cores', { exact: true }).press('Tab');
      await end(demo);
      assert.equal((await costs(demo))['All done at'][1], done, `${cores} cores`);
      const turns = await demo
        .locator('.time-chart > svg .turns')
        .evaluateAll((all) => all.map((one) => one.getAttribute('d')));
      assert.equal(turns.filter((path) => path).length, sharing, `${cores} cores`);
    }
  });
});

test('a socket that is stuck is named, and its message is never handled', async () => {
  await open({}, async (demo) => {
    await demo.getByRole('radio', { name: 'Told only once' }).check();
    await end(demo);
    assert.match(await demo.locator('.crown').innerText(), /no drain ends with C stuck: 1 message never handled/);
    assert.equal(await demo.locator('.time-chart').getByText('never handled').count(), 1);
    assert.equal(await demo.locator('.time-chart').getByText('nothing will tell it of C').count(), 1);
  });
});

test('busy polling is awake between messages, and shown so', async () => {
  await open({}, async (demo) => {
    await edit(demo, 'socket A ready 5');
    await choose(demo, 'busy-poll', 'poll');
    await end(demo);
    assert.deepEqual(await demo.locator('.time-chart .label').allTextContents(), ['asking', 'asleep']);
  });
});

test('who has no key left for who rings is awake where he is told again and again; told once, he sleeps', async () => {
  await open({}, async (demo) => {
    await edit(demo, 'socket A never closes 20\nlistener L ready 1 8 descriptors 1');
    await shown(demo);
    await choose(demo, 'epoll', 'epoll-et');
    await end(demo);
    const labels = await demo.locator('.time-chart .label').allTextContents();
    const [level, edge] = [labels.slice(0, labels.indexOf('awake') + 1), labels.slice(labels.indexOf('awake') + 1)];
    assert.ok(!level.some((label) => /ring/.test(label)) && level.includes('asleep'), `${labels}`);
    assert.ok(edge.includes('asleep while others ring') && !edge.includes('awake'), `${labels}`);
  });
});

test('each moment is announced politely: what each begins, and why; or what it is at', async () => {
  await open({}, async (demo) => {
    await edit(demo, SLOW);
    await choose(demo, 'epoll', 'threads');
    assert.equal(await demo.locator('.why').getAttribute('role'), 'status');
    await press(demo, 'Step');
    await press(demo, 'Step');
    assert.match(
      await said(demo),
      /At 5 ms\..*epoll\s+Busy with A\..*threads\s+B is handled\.\s+B's message woke B's own thread/s,
    );
  });
});

test('the ready-made scenarios bring the two ways that show their point, and say what to watch', async () => {
  await open({}, async (demo) => {
    const names = ['Who goes first?', 'A slow handler', 'Told only once', 'Many quiet sockets', 'More work than cores'];
    const ways = [
      ['poll', 'epoll'],
      ['epoll', 'threads'],
      ['epoll-et', NO_DRAIN],
      ['poll', 'epoll'],
      ['epoll', 'threads'],
    ];
    for (const [i, name] of names.entries()) {
      await demo.getByRole('radio', { name }).check();
      assert.equal(await demo.getByLabel('First way').inputValue(), ways[i][0], name);
      assert.equal(await demo.getByLabel('Second way').inputValue(), ways[i][1], name);
      assert.ok((await demo.locator('.watch').innerText()).length > 60, name);
      await end(demo);
      assert.equal(await demo.locator('.crown').count(), 1, name);
    }
    assert.equal(await demo.getByLabel('Cores', { exact: true }).inputValue(), '2');
    await choose(demo, 'select', 'threads');
    assert.equal(await demo.locator('.watch').count(), 0, 'the words are not for other ways');
  });
});

test('arrow keys step, Home and End jump, Space plays and pauses', async () => {
  await open({}, async (demo, tab) => {
    await demo.locator('.stage').focus();
    await tab.keyboard.press('ArrowRight');
    assert.equal(await position(demo), '1/4');
    await tab.keyboard.press('End');
    assert.equal(await position(demo), '4/4');
    await tab.keyboard.press('ArrowLeft');
    assert.equal(await position(demo), '3/4');
    await tab.keyboard.press('Home');
    assert.equal(await position(demo), '0/4');
    await tab.keyboard.press('Space');
    assert.equal(await demo.getByRole('button', { name: 'Run' }).getAttribute('aria-pressed'), 'true');
    await tab.keyboard.press('Space');
    assert.equal(await demo.getByRole('button', { name: 'Run' }).getAttribute('aria-pressed'), 'false');
  });
});

test('the playhead can be dragged: it stops at the moments', async () => {
  await open({}, async (demo, tab) => {
    const chart = demo.locator('.time-chart svg').first();
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    await tab.mouse.move(box.x + box.width - 4, box.y + box.height / 2);
    await tab.mouse.down();
    assert.equal(await position(demo), '4/4');
    await tab.mouse.move(box.x + 4, box.y + box.height / 2);
    await tab.mouse.up();
    assert.equal(await position(demo), '0/4');
  });
});

test('select refuses more sockets than it can hold, in words; what ran before stays chosen and on show', async () => {
  await open({}, async (demo) => {
    const many = Array.from({ length: 1022 }, (_, i) => `socket s${i} ready 1`).join('\n');
    await demo.evaluate((element, text) => /** @type {any} */ (element).edit(text), many); // to type it takes long
    await demo.getByLabel('First way').selectOption('select');
    await demo.getByText(/its descriptor would be 1024, and a set of select ends at 1023/).waitFor();
    assert.match(await chart(demo), /poll 0 of 1022/);
    assert.deepEqual(await ways(demo), ['poll', 'epoll']);
    await demo.getByRole('radio', { name: 'Who goes first?' }).check();
    assert.equal(await demo.getByRole('alert').count(), 0);
  });
});

test('axe-core finds nothing, in either theme, in the middle and at the end', async () => {
  for (const theme of THEMES) {
    await open({ theme }, async (demo, tab) => {
      await demo.getByRole('radio', { name: 'A slow handler' }).check();
      await press(demo, 'Step');
      assert.deepEqual(await violationsIn(theme, tab), [], 'middle');
      await end(demo);
      assert.deepEqual(await violationsIn(theme, tab), [], 'end');
    });
  }
});

test('nothing sticks out sideways from 320 to 2560 px', async () => {
  for (const width of [320, 360, 768, 1280, 2560]) {
    await open({ width }, async (demo, tab) => {
      await demo.getByLabel('First way').selectOption('kqueue-clear, no drain'); // the longest
      await demo.locator('.time-chart text:has(.way)', { hasText: 'kqueue-clear, no drain' }).waitFor();
      await demo.getByLabel('Second way').selectOption('threads');
      await end(demo);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} px at ${width} px`);
      const inner = await demo.locator('.player').evaluate((box) => box.scrollWidth - box.clientWidth);
      assert.ok(inner <= 0, `the demo sticks out by ${inner} px at ${width} px`);
    });
  }
});

const linkTo = (parameters) => `${site.address}${LESSON_4}?${new URLSearchParams(parameters)}#side-by-side`;
const ways = (demo) => Promise.all(['First way', 'Second way'].map((side) => demo.getByLabel(side).inputValue()));

/** Until what was written is shown: it comes when the module has that knows its words. */
const shown = (demo) =>
  demo.evaluate(async (/** @type {any} */ element) => {
    while (element.shown !== element.text) await new Promise(requestAnimationFrame);
    await element.updateComplete;
  });

async function linkOf(demo, tab) {
  await shown(demo);
  if (!(await demo.getByRole('button', { name: 'Copy a link' }).isVisible())) {
    await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
  }
  await copyLink(demo);
  await demo.getByText('in the address bar').waitFor();
  return addressOf(tab);
}

test('a link carries the scenario, the two ways and the cores', async () => {
  let url = '';
  await open({}, async (demo, tab) => {
    await demo.getByRole('radio', { name: 'Who goes first?' }).check();
    assert.equal(new URL(await linkOf(demo, tab)).search, '', 'the first needs no words');
    await demo.getByRole('radio', { name: 'More work than cores' }).check();
    await demo.getByLabel('Cores', { exact: true }).fill('3');
    await demo.getByLabel('First way').selectOption(NO_DRAIN);
    url = await linkOf(demo, tab);
  });
  await visit(site, LESSON_4, { url }, async (tab) => {
    const demo = tab.locator('#side-by-side');
    await demo.locator('.stage').waitFor();
    assert.deepEqual(await ways(demo), [NO_DRAIN, 'threads']);
    assert.equal(await demo.getByLabel('Cores', { exact: true }).inputValue(), '3');
    assert.equal(await linkOf(demo, tab), url, 'and it can be handed on');
    await restoreFirst(demo);
    assert.deepEqual(await ways(demo), ['poll', 'epoll']);
  });
});

test('a link to a ready-made scenario brings what to watch; a way that is none is told', async () => {
  let url = '';
  await open({}, async (demo, tab) => {
    await demo.getByRole('radio', { name: 'Told only once' }).check();
    url = await linkOf(demo, tab);
  });
  await visit(site, LESSON_4, { url }, async (tab) => {
    await tab.locator('#side-by-side .watch').waitFor();
    assert.ok(await tab.getByRole('radio', { name: 'Told only once' }).isChecked());
  });
  await visit(site, LESSON_4, { url: linkTo({ first: 'toString' }) }, async (tab) => {
    const demo = tab.locator('#side-by-side');
    await demo.getByText('The link asks for the way “toString”').waitFor();
    assert.deepEqual(await ways(demo), ['poll', 'epoll']);
    await choose(demo, 'select', 'epoll');
    assert.equal(await demo.locator('.cannot').count(), 0);
  });
});

test('straight from the disk it works the same', async () => {
  await open({ url: onDisk(LESSON_4) }, async (demo) => {
    await end(demo);
    assert.equal(await position(demo), '4/4');
  });
});

test('without JavaScript the ready-made scenarios can be read, each with what to watch', NO_SCRIPTS, async () => {
  await visit(site, LESSON_4, { javaScriptEnabled: false }, async (tab) => {
    await tab.getByText('One layer down: the real ways of waiting').click();
    assert.equal(await tab.locator('#side-by-side figcaption').count(), 5);
    assert.ok(await tab.locator('#side-by-side pre').first().isVisible());
  });
});
