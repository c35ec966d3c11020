// Predict first: by mouse, touch and keys; what is said of a guess; the score; ten challenges, predicted from what the
// page says in words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LEVELS } from '../../web/scenario/random.js';
import {
  BY_TOUCH,
  cells,
  LESSON_4,
  LESSON_5,
  press,
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

const demo = (tab) => tab.locator('#demo');
const why = async (tab) => (await demo(tab).locator('.why').innerText()).replace(/\s+/g, ' ');
const count = (tab) => demo(tab).locator('.count').innerText();
const question = (tab) => tab.getByRole('group', { name: 'What comes next?' });
const answer = (tab, name) => question(tab).getByRole('button', { name: new RegExp(`^${name}, `) });
const strip = (tab) => tab.getByRole('region', { name: 'Predictions' });

/** Opens a lesson's demo, with predictions. */
const visitPredicting = (page, options, work) =>
  visitDemo(site, page, options, async (tab) => {
    if (page === LESSON_4) await tab.getByRole('radio', { name: 'Readiness' }).check();
    await press(tab, 'Predict first');
    await question(tab).waitFor();
    await work(tab);
  });

test('lesson 4: a wrong guess is corrected, a right one confirmed, with the reason; and the score counts both', async () => {
  await visitPredicting(LESSON_4, {}, async (tab) => {
    assert.match(await why(tab), /^Ready\./);
    await answer(tab, 'A').click();
    assert.match(
      await why(tab),
      /^✗ Not A: its next message comes at 6 ms\. 1 ms: B is handled .*slept from 0 to 1 ms/,
    );
    await answer(tab, 'C').click();
    assert.match(await why(tab), /^✓ Right\. 3 ms: C is handled/);
    assert.match(await strip(tab).innerText(), /1 of 2 predicted/);
    assert.match(await question(tab).innerText(), /No choice here: press Step\./);
    await press(tab, 'Step');
    assert.match(await why(tab), /^6 ms: A is handled/, 'nobody guessed');
    assert.match(await question(tab).innerText(), /The end: 1 of 2 predicted\./);
    for (let i = 0; i < 2; i++) await press(tab, 'Back');
    assert.match(await why(tab), /^✗ Not A: /, 'what was said of a step stays with it');
    await answer(tab, 'A').click();
    assert.match(await strip(tab).innerText(), /1 of 2 predicted/, 'the first guess counts');
    await press(tab, 'Step');
    await press(tab, 'Reset');
    assert.doesNotMatch(await strip(tab).innerText(), /predicted\b(?! in)/, 'a new run');
  });
});

test('lesson 4: a door is taken by a click on it, and by dragging it to the guard, but not to elsewhere', async () => {
  await visitPredicting(LESSON_4, {}, async (tab) => {
    const door = (i) => demo(tab).locator('.door .name').nth(i);
    await door(1).click();
    assert.match(await why(tab), /^✓ Right\. 1 ms: B/);
    const from = await door(2).boundingBox();
    const guard = await demo(tab).locator('.guard').boundingBox();
    const drag = async (x, y) => {
      await tab.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await tab.mouse.down();
      await tab.mouse.move(from.x + 30, from.y + 30);
      await demo(tab).locator('.taken-along', { hasText: 'C' }).waitFor();
      await tab.mouse.move(x, y);
      await tab.mouse.up();
      assert.equal(await demo(tab).locator('.taken-along').count(), 0);
    };
    await drag(from.x + from.width + 80, from.y + 20);
    assert.equal(await count(tab), '1/3', 'it was put down elsewhere');
    await drag(guard.x + guard.width / 2, guard.y + guard.height / 2);
    assert.match(await why(tab), /^✓ Right\. 3 ms: C/);
  });
});

test('lesson 5: a card is taken by a tap, and a doorbell, and by dragging a card onto the desk', async () => {
  await visitPredicting(LESSON_5, {}, async (tab) => {
    const bell = (name) => demo(tab).locator('.bell', { hasText: name });
    await bell('onTimeout').click();
    assert.match(await why(tab), /^✗ Not onTimeout\. 2 ms: onResolve runs\. .*Microtasks go before tasks/);
    await demo(tab).locator('.tray .card', { hasText: 'onTimeout' }).dragTo(demo(tab).locator('.blotter'));
    assert.match(await why(tab), /^✓ Right\. 2 ms: onTimeout runs\./);
    assert.equal(await count(tab), '2/3');
  });
});

test('by touch: a door and a card are tapped', BY_TOUCH, async () => {
  for (const [page, thing, said] of [
    [LESSON_4, '.door .name', /^(✓ Right|✗ Not)/],
    [LESSON_5, '.bell', /^✓ Right\. 2 ms: onResolve/],
  ]) {
    await visitDemo(site, page, { touch: true, width: 360, height: 740 }, async (tab) => {
      await demo(tab).getByRole('button', { name: 'Predict first' }).tap();
      await question(tab).waitFor();
      await demo(tab).locator(thing).first().tap();
      assert.match(await why(tab), said);
      assert.match(await count(tab), /^1\//);
    });
  }
});

for (const page of [LESSON_4, LESSON_5]) {
  test(`${page}: by keys alone: number keys answer, and so do the buttons`, async () => {
    await visitPredicting(page, {}, async (tab) => {
      await demo(tab).locator('.stage').focus();
      await tab.keyboard.press('9');
      assert.equal(await count(tab), '0/3', 'there is no ninth');
      await tab.keyboard.press('2');
      assert.equal(await count(tab), '1/3');
      assert.match(await why(tab), page === LESSON_4 ? /^✓ Right/ : /^✗ Not onTimeout/);
      await question(tab).getByRole('button').first().focus();
      await tab.keyboard.press('Enter');
      assert.equal(await count(tab), '2/3');
      await tab.keyboard.press('ArrowLeft');
      assert.equal(await count(tab), '1/3', 'the arrows step as ever');
    });
  });

  test(`${page}: what comes next is not told before the picture has arrived`, async () => {
    await visitPredicting(page, { motion: true }, async (tab) => {
      await question(tab).getByRole('button').first().click();
      assert.match(await why(tab), /^Ready/);
      assert.equal(await question(tab).getByRole('button', { pressed: true }).count(), 1, 'the answer stays marked');
      await demo(tab)
        .locator('.why', { hasText: /Right|Not/ })
        .waitFor();
      assert.equal(await question(tab).getByRole('button', { pressed: true }).count(), 0);
    });
  });

  test(`${page}: it is remembered; just show me is one press, and remembered too`, async () => {
    await visitPredicting(page, {}, async (tab) => {
      await tab.reload();
      await demo(tab).scrollIntoViewIfNeeded();
      await question(tab).waitFor();
      await press(tab, 'Just show me');
      assert.equal(await count(tab), '1/3', 'the step is shown');
      assert.equal(await question(tab).count(), 0);
      await tab.keyboard.press('ArrowRight');
      assert.equal(await count(tab), '2/3');
      await tab.reload();
      await demo(tab).scrollIntoViewIfNeeded();
      await demo(tab).getByRole('button', { name: 'Predict first' }).waitFor();
      assert.equal(await question(tab).count(), 0);
      assert.equal(await demo(tab).locator('.asks').count(), 0);
    });
  });
}

test('lesson 5: where several orders are allowed, each is right, and the step says so', async () => {
  const scenario = encodeURIComponent('timer onTimeout ready 2\nsocket onMessage ready 2');
  for (const [name, said] of [
    ['onTimeout', /^✓ Right\. onMessage is allowed, too\. 2 ms: onTimeout runs\. .*No guarantee/],
    ['onMessage', /^✓ Right, onMessage is allowed\. This run takes another\. 2 ms: onTimeout runs\. .*No guarantee/],
  ]) {
    await visit(site, LESSON_5, { url: `${site.address}${LESSON_5}?scenario=${scenario}#demo` }, async (tab) => {
      await demo(tab).scrollIntoViewIfNeeded();
      await press(tab, 'Predict first');
      await answer(tab, name).click();
      assert.match(await why(tab), said);
      assert.match(await strip(tab).innerText(), /1 of 1 predicted/);
    });
  }
});

// ---- What is seen of it ---------------------------------------------------------------------------------------------

/** What of the demo's parts is out of the window, or, of the answers, out of the question; a line each. */
const outOfSight = (tab) =>
  demo(tab).evaluate((it) => {
    const root = it.shadowRoot;
    const question = root.querySelector('what-next');
    const view = new DOMRect(0, 0, innerWidth, innerHeight);
    const name = (element) => element.className || element.textContent.trim();
    const sticks = (element, into) => {
      const [a, b] = [element.getBoundingClientRect(), into];
      return a.left < b.left - 1 || a.top < b.top - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1;
    };
    const parts = ['.stage', '.player > .buttons', '.reason'].map((part) => root.querySelector(part));
    const answers = [...question.shadowRoot.querySelectorAll('.row:not(.kept) button')];
    const box = question.getBoundingClientRect();
    return [
      ...parts.filter((part) => sticks(part, view)),
      ...answers.filter((answer) => sticks(answer, box) || sticks(answer, view)),
    ].map(name);
  });

for (const [page, width, height, challenge] of [
  [LESSON_4, 1366, 625, '10.7'],
  [LESSON_4, 360, 740, '10.7'],
  [LESSON_5, 1366, 625, '9.3'],
  [LESSON_5, 1366, 625, '5.11'],
  [LESSON_5, 360, 740, '5.11'],
  [LESSON_5, 360, 740, '9.279'],
  [LESSON_5, 768, 1024, '10.7'],
]) {
  test(`${page}, ${width}×${height}: all answers are in sight, with picture and reason, and nothing moves`, async () => {
    const url = `${site.address}${page}?challenge=${challenge}#demo`;
    await visit(site, page, { url, width, height }, async (tab) => {
      await demo(tab).scrollIntoViewIfNeeded();
      await question(tab).waitFor();
      await demo(tab).evaluate(async (it) => {
        await new Promise(requestAnimationFrame);
        document.documentElement.style.scrollBehavior = 'auto';
        it.room.show();
      });
      const heights = new Set();
      for (;;) {
        assert.deepEqual(await outOfSight(tab), [], await count(tab));
        heights.add(await demo(tab).evaluate((it) => it.shadowRoot.querySelector('.player').offsetHeight));
        if (!(await demo(tab).getByRole('button', { name: 'Step', exact: true }).isEnabled())) break;
        const answers = question(tab).getByRole('button');
        if (await answers.count()) await answers.last().click();
        else await press(tab, 'Step');
      }
      assert.equal(heights.size, 1, [...heights].join());
    });
  });
}

for (const page of [LESSON_4, LESSON_5]) {
  test(`${page}: a challenge says which it is, comes into sight, and is gone on from with the Enter key`, async () => {
    await visitPredicting(page, { width: 1366, height: 625, motion: true }, async (tab) => {
      await press(tab, 'Step'); // from a position beside the start, too, the first question is asked
      await demo(tab).locator('.why:not(.past)').waitFor();
      await press(tab, 'Take challenge 1');
      assert.match(await why(tab), /^Challenge 1 of 10: .*Ready\./);
      await question(tab).getByRole('button').first().waitFor();
      await tab.waitForFunction(() => {
        const root = document.querySelector('#demo').shadowRoot;
        const { top } = root.querySelector('.stage').getBoundingClientRect();
        return top >= 0 && root.querySelector('.reason').getBoundingClientRect().bottom <= innerHeight;
      });
      await tab.keyboard.press('End');
      await question(tab)
        .getByRole('button', { name: 'Challenge 1', exact: true })
        .or(question(tab).getByRole('button', { name: 'Another one', exact: true }))
        .waitFor();
      assert.doesNotMatch(await why(tab), /Now choose/, 'there is a challenge to go on with');
      const before = await demo(tab).evaluate((/** @type {any} */ it) => it.challenge);
      await tab.keyboard.press('Enter');
      await tab.waitForFunction((was) => document.querySelector('#demo').challenge !== was, before);
      assert.match(await count(tab), /^0\//);
    });
  });
}

// ---- Ten challenges, from what the page says in words ---------------------------------------------------------------

/** What the buttons say: a name, and where it is. */
const said = (tab) =>
  question(tab)
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.map((button) => {
        const [name, ...where] = (button.getAttribute('aria-label') ?? '').replace(/\u00a0/g, ' ').split(', ');
        return { name, where: where.join(', '), at: Number(/at ([\d.]+) ms/.exec(where.join())?.[1]) };
      }),
    );

/** Lesson 4's rules: who has been ready longest; or, blocking, whose turn it is. */
async function whoOfDoors(tab, last) {
  const answers = await said(tab);
  if (await tab.getByRole('radio', { name: 'Readiness' }).isChecked()) {
    return answers.reduce((first, one) => (one.at < first.at ? one : first));
  }
  const door = ({ where }) => Number(/door (\d+)/.exec(where)[1]);
  return answers.find((one) => door(one) > (last ? door(last) : 0)) ?? answers[0];
}

/** Lesson 5's: the first card in the most urgent tray that has one, or who rang meanwhile; else whoever rings first. */
async function whoOfCards(tab) {
  const answers = await said(tab);
  const inTray = (tray) => answers.filter(({ where }) => where === `first in the tray ${tray}`);
  const rang = (kind) => answers.filter(({ where }) => new RegExp(`^${kind}, rang`).test(where));
  const rings = (kind) => answers.filter(({ where }) => new RegExp(`^${kind}, rings`).test(where));
  const earliest = (list) => list.sort((a, b) => a.at - b.at).slice(0, 1);
  const soonest = Math.min(...rings('\\w+').map(({ at }) => at));
  const rows = await cells(tab, 'Callback timeline');
  // Node empties its ticks, then its microtasks; and a tick that comes meanwhile waits.
  const urgent = rows[rows.length - 1]?.[1] === 'microtask' ? ['microtasks', 'ticks'] : ['ticks', 'microtasks'];
  const [next] = [
    ...['main script', ...urgent].flatMap(inTray),
    ...earliest(rang('promise')),
    ...inTray('tasks'),
    ...earliest(rang('\\w+')),
    ...['timers', 'poll', 'check'].flatMap(inTray),
    ...rings('promise').filter(({ at }) => at === soonest),
    ...rings('\\w+').filter(({ at }) => at === soonest),
  ];
  return next;
}

for (const [page, who, lesson] of [
  [LESSON_4, whoOfDoors, 'multiplexer'],
  [LESSON_5, whoOfCards, 'loop'],
]) {
  test(`${page}: ten challenges, one after the other, are predicted from what is said in words`, async () => {
    await visitPredicting(page, {}, async (tab) => {
      await press(tab, 'Take challenge 1');
      for (let level = 1; level <= 10; level++) {
        const { name } = LEVELS[lesson][level - 1];
        const told = (await strip(tab).innerText()).replace(/\u00a0/g, ' ');
        assert.ok(told.includes(`Challenge ${level} of 10: ${name}`), told);
        let last;
        while (await demo(tab).getByRole('button', { name: 'Step', exact: true }).isEnabled()) {
          if (await question(tab).getByRole('button').count()) {
            last = await who(tab, last);
            await answer(tab, last.name).click();
            assert.match(
              await why(tab),
              /^✓ Right/,
              `level ${level}, ${last.name}: ${await demo(tab).evaluate((it) => it.shown)}`,
            );
          } else await press(tab, 'Step');
        }
        if (level % 2) await press(tab, `Challenge ${level + 1}`);
        else if (level < 10) await press(tab, `Take challenge ${level + 1}`);
      }
      assert.match(await strip(tab).innerText(), /All ten challenges done\. (\d+) of \1 predicted on the way\./);
      assert.equal(await strip(tab).getByRole('listitem', { name: /done$/ }).count(), 10);
      assert.deepEqual(await violations(tab), []);
    });
  });

  test(`${page}: a challenge with mistakes is followed by one of its kind; its link leads to the same`, async () => {
    await visitPredicting(page, {}, async (tab) => {
      await press(tab, 'Take challenge 1');
      const first = await demo(tab).evaluate((/** @type {any} */ it) => it.shown);
      for (let k = 0; k < 3 && (await demo(tab).getByRole('button', { name: 'Step', exact: true }).isEnabled()); k++)
        await press(tab, 'Step');
      assert.match(await strip(tab).innerText(), /0 of \d predicted/);
      const { challenge } = await demo(tab).evaluate((/** @type {any} */ it) => it.parameters);
      assert.match(challenge, /^1\.\d+$/);
      await press(tab, 'Another of this kind');
      const second = await demo(tab).evaluate((/** @type {any} */ it) => it.shown);
      assert.notEqual(second, first);
      await tab.goto('about:blank');
      await tab.goto(`${site.address}${page}?challenge=${challenge}#demo`);
      await strip(tab).filter({ hasText: 'Challenge 1 of 10' }).waitFor();
      assert.equal(await demo(tab).evaluate((/** @type {any} */ it) => it.shown), first);
      await press(tab, 'Undo');
      await strip(tab).filter({ hasText: 'Ten challenges' }).waitFor();
      assert.equal(await demo(tab).evaluate((/** @type {any} */ it) => it.parameters.challenge), undefined);
    });
  });

  test(`${page}: axe finds nothing wrong before, during and after a prediction, in either theme`, async () => {
    for (const theme of THEMES) {
      await visitPredicting(page, { theme, width: 360, height: 740 }, async (tab) => {
        assert.deepEqual(await violationsIn(theme, tab), []);
        await question(tab).getByRole('button').first().click();
        assert.deepEqual(await violationsIn(theme, tab), []);
        await press(tab, 'Take challenge 1');
        assert.deepEqual(await violationsIn(theme, tab), []);
        await question(tab).getByRole('button').first().click();
        await press(tab, 'Step');
        assert.deepEqual(await violationsIn(theme, tab), []);
      });
    }
  });
}
