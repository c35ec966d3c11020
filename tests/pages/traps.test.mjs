// The shelf of traps, one layer under lesson 4, in a real browser, by its accessible names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { traffic } from '../doorbell.mjs';
import { trapsIn } from '../printed.mjs';
import { inChromium, LESSON_4, onDisk, start, THEMES, TRAPS, violationsIn, visit } from './browser.mjs';
import { ScenarioError } from '../../web/core/doorbell.js';
import { wayOf } from '../../web/elements/side-by-side/ways.js';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const traps = trapsIn(TRAPS);
const plain = (text) =>
  text
    .replace(/\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Brings the reader to a trap: then its demo comes. */
async function reach(tab, id) {
  const demo = tab.locator(`#${id} trap-demo`);
  await demo.scrollIntoViewIfNeeded();
  await demo.locator('.stage').waitFor();
  return demo;
}

const press = (demo, name) => demo.getByRole('button', { name, exact: true }).click();
const reason = async (demo) => plain(await demo.locator('.why').innerText());

const isDisabled = (demo, name) => demo.getByRole('button', { name, exact: true, disabled: true }).waitFor();

/** Does the core refuse to serve it so? @param {{ way: string, text: string }} scenario */
function refuses({ way, text }) {
  const { strategy, options } = wayOf(way);
  try {
    return !traffic.multiplex(text, strategy, options);
  } catch (error) {
    return error instanceof ScenarioError;
  }
}

/**
 * Runs in the page: steps a demo to its end. All of it is one errand: to fetch what each step says would take longer
 * than to say it.
 *
 * @param {any} demo @returns {Promise<string[]>} each step's reason
 */
async function stepThrough(demo) {
  const said = [];
  for (const step = demo.shadowRoot.querySelector('button.main'); !step.disabled;) {
    step.click();
    while (!(await demo.updateComplete));
    said.push(demo.shadowRoot.querySelector('.why').innerText);
  }
  return said;
}

/** In one visit: where one demo of this page comes, all of them do. */
test('each step of each trap and of its cure says what the core says', (t) =>
  visit(site, TRAPS, {}, async (tab) => {
    for (const { id, scenarios } of traps) {
      await t.test(id, async () => {
        const demo = await reach(tab, id);
        for (const [i, name] of ['Trap', 'Cure'].entries()) {
          await demo.getByLabel(name, { exact: true }).check();
          const { strategy, options } = wayOf(scenarios[i].way);
          if (refuses(scenarios[i])) continue;
          const trace = traffic.multiplex(scenarios[i].text, strategy, options);
          const said = await demo.evaluate(stepThrough);
          assert.equal(said.length, trace.stepCount, name);
          for (const [k, words] of said.entries())
            assert.ok(plain(words).includes(plain(trace.step(k).reason)), `${name}, step ${k + 1}`);
          assert.ok(await demo.getByRole('button', { name: 'Step', exact: true }).isDisabled());
        }
        const cost = demo.getByRole('table', { name: 'What the two cost' });
        if (!scenarios.some(refuses)) await cost.waitFor();
      });
    }
  }));

test('a call that cannot serve at all serves nobody: it is said why, and there is nothing to step', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const demo = await reach(tab, 'high-descriptor');
    const told =
      'Nobody is served. In line 2 its descriptor would be 1500, and a set of select ends at 1023; use poll or epoll.';
    assert.equal(await reason(demo), `${told} Now choose Cure, and run it too.`);
    for (const name of ['Step', 'Run', 'Back']) await isDisabled(demo, name);
    await demo.getByText('The trap serves nobody').waitFor();
    await press(demo, 'In words');
    await demo.getByText('The guard serves nobody.').waitFor();
    for (const name of ['Both ways', 'Predict first']) await press(demo, name);
    await demo.getByLabel('Cure', { exact: true }).check();
    await demo.locator('.stage').press('End');
    assert.match(await reason(demo), /poll/);
    assert.equal(await demo.getByRole('table', { name: 'What the two cost' }).count(), 0);
    await demo.getByLabel('Trap', { exact: true }).check();
    await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
    await demo.getByLabel('Scenario (one statement a line').fill('socket A ready 1');
    await press(demo, 'Step');
    assert.match(await reason(demo), /the thread slept in select/);
  }));

test('the table of symptoms leads to each trap, and the lesson does too', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const links = (/** @type {string} */ selector) =>
      tab.locator(selector).evaluateAll((list) => list.map((link) => link.getAttribute('href')));
    const ids = traps.map(({ id }) => `#${id}`);
    assert.deepEqual(await links('.symptoms th a'), ids);
    await tab.goto(site.address + LESSON_4);
    assert.deepEqual(
      await links('main a[href^="traps.html"]'),
      ids.map((id) => TRAPS + id),
    );
    await tab.getByText('One layer down: when it happens to you').click();
    await tab.locator('main a[href^="traps.html"]').first().click();
    await tab.locator(`${ids[0]} .stage`).waitFor();
  }));

test('one predicts, and no challenges of other scenarios are offered', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const demo = await reach(tab, 'told-once');
    await press(demo, 'Predict first');
    const question = demo.getByRole('group', { name: 'What comes next?' });
    await question.getByRole('button', { name: /^B,/ }).click();
    assert.match(await reason(demo), /^✗ Not B: its next message comes at 2 ms\./);
    assert.equal(await demo.getByRole('button', { name: /challenge/ }).count(), 0);
    assert.ok(!(await demo.innerText()).includes('Ten challenges'));
  }));

test('both ways stand on one clock', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const demo = await reach(tab, 'flood');
    await press(demo, 'Both ways');
    for (let k = 0; k < 7; k++) await press(demo, 'Step');
    await demo.getByText('B has waited 11 ms in trap, and 3 ms in cure.').waitFor();
  }));

test('in words: what there is at the doors, and who is gone', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const demo = await reach(tab, 'peer-gone');
    await press(demo, 'In words');
    for (let k = 0; k < 3; k++) await press(demo, 'Step');
    await demo.getByText('At door A the lamp stays lit, and nobody is there.').waitFor();
  }));

test('what is changed in trap and cure is kept for each, and can be undone', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const demo = await reach(tab, 'peer-gone');
    await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
    const editor = demo.getByLabel('Scenario (one statement a line');
    await editor.fill('socket A size 2 KB ready 3\nsocket B ready 1');
    await demo.getByLabel('Cure', { exact: true }).check();
    assert.match(await editor.inputValue(), /closes 2/);
    await demo.getByLabel('Trap', { exact: true }).check();
    assert.match(await editor.inputValue(), /^socket A size 2 KB/);
  }));

test('a mistake that is typed at the end leaves what ran before on show, and its comparison', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const faults = [];
    tab.on('pageerror', (error) => faults.push(error.message));
    const demo = await reach(tab, traps[0].id);
    await demo.locator('.stage').press('End');
    const table = demo.getByRole('table', { name: 'What the two cost' });
    const before = await table.innerText();
    await demo.evaluate((it) => it.edit('sokcet A'));
    await demo.locator('.problems').getByText('sokcet').first().waitFor();
    assert.equal(await table.innerText(), before);
    await demo.getByLabel('Cure', { exact: true }).check();
    await demo.locator('.stage').press('End');
    assert.equal(await table.innerText(), before);
    assert.deepEqual(faults, []);
  }));

test('by which call the guard waits can be chosen, with its options, by keys alone; a link keeps it', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const demo = await reach(tab, 'few-answers');
    const summary = demo.locator('summary', { hasText: 'The guard waits with' });
    await summary.press('Enter');
    assert.equal(plain(await summary.innerText()), 'The guard waits with epoll, maxevents 1');
    const most = demo.getByLabel('maxevents', { exact: true });
    await most.fill('2');
    await most.press('Tab');
    assert.match(await summary.innerText(), /epoll, maxevents 2$/);
    await press(demo, 'Step');
    assert.match(await reason(demo), /answered with 2 sockets/);
    await demo.getByLabel('Call', { exact: true }).selectOption('epoll-et');
    await demo.getByLabel('Read', { exact: true }).selectOption('2 times a turn');
    assert.match(await summary.innerText(), /epoll-et, maxevents 2, drain 2$/);
    await demo.getByLabel('Read', { exact: true }).selectOption('once: no drain');
    assert.match(await summary.innerText(), /epoll-et, maxevents 2, no drain$/);
    await demo.getByLabel('Call', { exact: true }).selectOption('poll');
    assert.equal(await most.count(), 0);
    await press(demo, 'Step');
    assert.match(await reason(demo), /slept in poll from/);
    const parameters = await demo.evaluate((/** @type {any} */ element) => element.parameters);
    assert.deepEqual(parameters, { way: 'poll' });
  }));

test('a call that cannot serve the scenario is refused in words, and nothing else changes', () =>
  visit(site, TRAPS, {}, async (tab) => {
    const demo = await reach(tab, 'housekeeping-late');
    await demo.locator('summary', { hasText: 'The guard waits with' }).press('Enter');
    await demo.getByLabel('Call', { exact: true }).selectOption('blocking');
    await demo.getByRole('alert').filter({ hasText: 'timeout' }).waitFor();
    assert.equal(await demo.getByLabel('Call', { exact: true }).inputValue(), 'epoll');
    await press(demo, 'Step');
    assert.match(await reason(demo), /epoll_wait/);
    await demo.getByLabel('Cure', { exact: true }).check();
    assert.equal(await demo.getByRole('alert').count(), 0);
  }));

test('axe-core finds nothing in either theme, with a demo at its end', async () => {
  for (const theme of THEMES) {
    await visit(site, TRAPS, { theme }, async (tab) => {
      const demo = await reach(tab, 'half-a-message');
      await demo.locator('.stage').press('End');
      await demo.getByRole('table', { name: 'What the two cost' }).waitFor();
      assert.deepEqual(await violationsIn(theme, tab), []);
    });
  }
});

test('from the disk, from one file too, it is the same', async () => {
  for (const page of [TRAPS, `offline/${TRAPS}`]) {
    await visit(site, '', { url: onDisk(page) }, async (tab) => {
      const demo = await reach(tab, 'told-once');
      await press(demo, 'Step');
      assert.match(await reason(demo), /3 KB lie unread/);
    });
  }
});

test('without JavaScript scenarios, causes, cures and code are read', inChromium('a tab without JavaScript'), () =>
  visit(site, TRAPS, { javaScriptEnabled: false }, async (tab) => {
    const text = plain(await tab.locator('main').innerText());
    for (const part of [
      'socket A "an order" size 4 KB ready 1',
      'Cause: a socket at its end is ready for ever.',
      'close(fd);',
    ])
      assert.ok(text.includes(part), part);
  }),
);

test('a scenario with sizes runs in the lesson’s own demo: the whole module comes for it', () =>
  visit(site, LESSON_4, {}, async (tab) => {
    const asked = () =>
      tab.evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('traffic')).length,
      );
    await tab.locator('#demo').scrollIntoViewIfNeeded();
    const demo = tab.locator('#demo');
    await demo.locator('.stage').waitFor();
    await demo.locator('summary', { hasText: 'Edit the scenario' }).click();
    assert.equal(await asked(), 0);
    await demo.getByLabel('Scenario (one statement a line').fill('socket A size 2 KB in 2 parts ready 3 5');
    await demo.locator('.count', { hasText: '0/2' }).waitFor();
    assert.equal(await asked(), 1);
    await press(demo, 'Step');
  }));
