// For everybody: in every state that a demo can be brought to, axe finds nothing, each target is large enough for a
// finger, and nothing is told by color alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  holdBack,
  inChromium,
  LESSON_4,
  LESSON_5,
  NO_FULL_SCREEN,
  press,
  reachDemo,
  start,
  violationsIn,
  visit,
  visitDemo,
} from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const demo = (tab) => tab.locator('#demo');
const LEAST = 24; // CSS pixels, of WCAG 2.2's "Target Size (Minimum)"
const LOOKED_AT = { width: 1280, height: 900 };
const SMALL = { width: 320, height: 640 };

/** @param {string} name of a tool @param {string} element that it opens */
const tool = (name, element) => async (tab) => {
  await press(tab, name);
  await demo(tab).locator(element).waitFor();
  await demo(tab).locator(`${element} :is(section, button, p)`).first().waitFor();
};
const steps = (count) => async (tab) => {
  for (let i = 0; i < count; i++) await press(tab, 'Step');
};
const predict = tool('Predict first', 'predict-first');

async function answer(tab) {
  await demo(tab).getByRole('group', { name: 'What comes next?' }).getByRole('button').first().click();
  await demo(tab)
    .getByText(/Right\.|Not /)
    .first()
    .waitFor();
}

async function challenge(tab) {
  await predict(tab);
  await press(tab, 'Take challenge 1');
  await press(tab, 'Step');
}

async function editor(tab) {
  await demo(tab).locator('summary', { hasText: 'Edit the scenario' }).click();
  await demo(tab).getByLabel('Scenario').fill('socket A redy 1\nsokcet B ready 1');
  await demo(tab).locator('mark').first().waitFor({ state: 'attached' });
  await demo(tab).getByRole('button', { name: 'Write socket A' }).waitFor();
}

async function share(tab) {
  await tool('Share', 'demo-share')(tab);
  await demo(tab).getByLabel('A question to go with it').fill('When is B handled?');
  await demo(tab).getByLabel('Its answer').fill('2 ms');
}

async function byHand(tab) {
  await tool('Change by hand', 'change-by-hand')(tab);
  await demo(tab)
    .getByRole('slider', { name: /becomes ready/ })
    .first()
    .focus();
}

async function exercises(tab) {
  const list = tab.locator('lesson-exercises');
  await list.scrollIntoViewIfNeeded();
  await list.locator('button', { hasText: 'Load it into the demo' }).waitFor();
  const answers = list.getByRole('group').getByRole('button');
  for (let i = 0; i < 3; i++) await answers.nth(i).click();
  await list.getByRole('button', { name: 'Run and compare' }).click();
}

async function check(tab) {
  const questions = tab.locator('knowledge-check');
  await questions.scrollIntoViewIfNeeded();
  await questions.getByRole('radio').first().check();
  await questions.getByRole('button', { name: 'Check answer' }).first().click();
  await questions.locator('.right, .wrong').waitFor();
}

/**
 * What a demo, or what stands on the page with it, can be brought to: how, one after the other; and where it is, unless
 * in the demo.
 */
const BOTH = {
  'the start, a step, the end': { bring: [steps(0), steps(1), steps(2)] },
  'a question, an answer': { bring: [predict, answer] },
  'a challenge': { bring: [challenge] },
  'mistakes in the text': { bring: [editor] },
  'a question to share': { bring: [share] },
  'the scene in words': { bring: [tool('In words', ':is(hallway-told, desk-told)')] },
  'what the hand can change': { bring: [byHand] },
  Present: { bring: [(tab) => press(tab, 'Present')] },
  'an exercise': { bring: [exercises], part: 'lesson-exercises' },
  'the knowledge check': { bring: [check], part: 'knowledge-check' },
};
const STATES = {
  [LESSON_4]: {
    ...BOTH,
    'both ways': { bring: [tool('Both ways', 'both-modes')] },
    'Ring now': { bring: [tool('Ring now', 'ring-now')] },
  },
  [LESSON_5]: {
    ...BOTH,
    'Ring now': { bring: [tool('Ring now', 'ring-now')] },
    'both hosts': { bring: [tool('Both hosts', 'both-hosts')] },
    JavaScript: { bring: [tool('JavaScript', 'demo-code')] },
  },
};

/**
 * Runs in the page: what can be pressed or dragged, and is too small. A link in a sentence is as high as its line. In
 * another window a demo finds its place within some frames: what is small then is not small for long.
 */
async function smallTargets(least) {
  let faults = [];
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.closest('[inert]')) continue;
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.matches('button, summary, select, textarea, input, a[href], [role="slider"], [tabindex="0"]'))
        continue;
      const isInText =
        element.matches('a') && getComputedStyle(element).display === 'inline' && !element.closest('nav');
      const target = element.matches('input') ? (element.closest('label') ?? element) : element;
      if (isInText || !element.checkVisibility({ visibilityProperty: true })) continue;
      const { width, height } = target.getBoundingClientRect();
      if (width && Math.min(width, height) < least - 0.1)
        faults.push(`${element.outerHTML.slice(0, 90)}: ${width.toFixed(1)} × ${height.toFixed(1)}`);
    }
  };
  for (let frames = 0; frames < 60; frames++) {
    faults = [];
    look(document);
    if (!faults.length) break;
    await new Promise(requestAnimationFrame);
  }
  return [...new Set(faults)];
}

for (const page of [LESSON_4, LESSON_5]) {
  for (const [state, { part = '#demo', bring }] of Object.entries(STATES[page])) {
    const name = `${page}, ${state}: axe finds nothing in either theme, and every target is ${LEAST} px or more`;
    test(name, inChromium('axe sees the same everywhere'), async () => {
      await visitDemo(site, page, { init: NO_FULL_SCREEN }, async (tab) => {
        for (const bringOn of bring) {
          await tab.setViewportSize(LOOKED_AT);
          await bringOn(tab);
          assert.deepEqual(await violationsIn('either', tab, part), []);
          for (const size of [LOOKED_AT, SMALL]) {
            await tab.setViewportSize(size);
            assert.deepEqual(await tab.evaluate(smallTargets, LEAST), [], `${size.width} × ${size.height}`);
          }
        }
      });
    });
  }
}

test('the examples can be reached by the tabulator before they have come, and take the focus when they do', async () => {
  await visit(site, LESSON_5, { url: 'about:blank' }, async (tab) => {
    const letThrough = await holdBack(tab, '**/event-loop-beside.js');
    await tab.goto(site.address + LESSON_5);
    const picker = tab.locator('example-picker');
    const isThere = () => picker.evaluate((element) => document.activeElement === element);
    for (let i = 0; i < 60 && !(await isThere()); i++) await tab.keyboard.press('Tab');
    assert.ok(await isThere(), 'on the way from the top of the page');
    letThrough();
    await picker.locator('select:focus').waitFor();
    assert.equal(await picker.getAttribute('tabindex'), null);
  });
});

const FORCED = inChromium('the others cannot be told to force their colors');

for (const page of [LESSON_4, LESSON_5]) {
  test(
    `${page}: with colors that the reader forces, what can be pressed is told from what cannot`,
    FORCED,
    async () => {
      await visitDemo(site, page, {}, async (tab) => {
        await tab.emulateMedia({ forcedColors: 'active' });
        const looks = () =>
          demo(tab)
            .locator('.player > .buttons button')
            .evaluateAll((buttons) =>
              buttons.map((button) => {
                const { color, backgroundColor, borderTopColor } = getComputedStyle(button);
                return { off: button.disabled, look: `${color} ${backgroundColor} ${borderTopColor}` };
              }),
            );
        const off = new Set();
        const on = new Set();
        for (let i = 0; i < 4; i++) {
          for (const each of await looks()) (each.off ? off : on).add(each.look);
          if (i < 3) await press(tab, 'Step');
        }
        assert.equal(off.size, 1, `${[...off]}`);
        assert.ok(![...off].some((look) => on.has(look)), `${[...on]}`);
      });
    },
  );

  test(`${page}: with more contrast no text is soft`, FORCED, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await press(tab, 'Step');
      const colorOf = (name) =>
        demo(tab).evaluate((host, name) => {
          const probe = host.shadowRoot.querySelector('.demo').appendChild(document.createElement('i'));
          probe.style.color = `var(${name})`;
          const { color } = getComputedStyle(probe);
          probe.remove();
          return color;
        }, name);
      assert.notEqual(await colorOf('--muted'), await colorOf('--ink'));
      await tab.emulateMedia({ contrast: 'more' });
      assert.equal(await colorOf('--muted'), await colorOf('--ink'));
    });
  });
}

const WORDS = {
  [LESSON_4]: /B rang at 1\sms\..*He opened door A/s,
  [LESSON_5]: /onResolve rang, and went to the desk/,
};

for (const page of [LESSON_4, LESSON_5]) {
  test(`${page}: the scene is told in words, what changed is said aloud, and it is so at the next visit`, async () => {
    await visitDemo(site, page, {}, async (tab) => {
      await press(tab, 'In words');
      const words = demo(tab).getByRole('region', { name: 'In words' });
      await words.getByText(/To (come|ring): /).waitFor();
      await press(tab, 'Step');
      await words.getByRole('status').filter({ hasText: WORDS[page] }).waitFor();
      await press(tab, 'Back');
      await words.getByRole('status').filter({ hasText: 'Back at the start.' }).waitFor();
      await predict(tab);
      await words.getByText(/What comes next\? 1: /).waitFor();
      await tab.reload();
      await reachDemo(tab);
      await words.getByText(/To (come|ring): /).waitFor();
    });
  });
}
