// What a demo's tools show beside the scene: the other way or host on the same clock, and the code that runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LESSON_4, LESSON_5, press, start, violations, visitDemo } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const demo = (tab) => tab.locator('#demo');
const open = (tab, name) => demo(tab).getByRole('button', { name, exact: true }).click();

test('lesson 4: both ways stand on one clock with the scene, and the wait of B in both', async () => {
  await visitDemo(site, LESSON_4, {}, async (tab) => {
    await open(tab, 'Both ways');
    await demo(tab).getByText('B has not come yet.').waitFor();
    await press(tab, 'Step');
    await demo(tab).getByText('B has waited 5 ms in blocking, and 0 ms in readiness.').waitFor();
    const chart = demo(tab).locator('both-modes svg[role=img]');
    const label = await chart.getAttribute('aria-label');
    assert.equal(
      label?.replace(/\u00a0/g, ' '),
      'Time chart at 6 ms: Blocking 1 of 3 messages handled, Readiness 3 of 3 messages handled.',
    );
    assert.deepEqual(await violations(tab), []);
    await open(tab, 'Both ways');
    assert.equal(await chart.count(), 0);
  });
});

test('lesson 5: the other host’s desk goes with this one, and says why; one that cannot run it says so', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await open(tab, 'Both hosts');
    await demo(tab).getByText('Nothing has run there yet.').waitFor();
    await press(tab, 'Step');
    await press(tab, 'Step');
    await demo(tab).getByText('Timers phase: onTimeout is due.').waitFor();
    assert.deepEqual(await violations(tab), []);
    await demo(tab).getByRole('radio', { name: 'Node' }).check();
    await demo(tab).getByText('The same in the browser').waitFor();
    await demo(tab).evaluate((element) => /** @type {any} */ (element).edit('script main\n  tick t'));
    await demo(tab).getByText('the browser cannot run this scenario; line 2').waitFor();
  });
});

test('lesson 5: the statement that runs is lit, in either host; what is copied runs by itself', async () => {
  await visitDemo(site, LESSON_5, {}, async (tab) => {
    await open(tab, 'JavaScript');
    const code = demo(tab).getByRole('list', { name: 'The scenario as JavaScript' });
    await code.waitFor();
    const lit = code.locator('[aria-current]');
    assert.equal(await lit.count(), 0);
    for (const host of ['Browser', 'Node']) {
      await demo(tab).getByRole('radio', { name: host }).check();
      for (const name of ['onResolve', 'onTimeout', 'onMessage']) {
        await press(tab, 'Step');
        await lit.filter({ hasText: `log('${name}')` }).waitFor();
        assert.equal(await lit.count(), 1);
      }
    }
    assert.deepEqual(await violations(tab), []);
    await demo(tab).getByRole('radio', { name: 'Browser' }).check();
    await demo(tab).getByRole('button', { name: 'Compare with this browser' }).click();
    await tab.locator('allowed-orders').filter({ visible: true }).waitFor();
  });
});
