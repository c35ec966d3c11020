// Step, scene and reason belong together and never move: measured at every size, in every example, at every step.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { examples } from '../../web/lessons/event-loop-examples.js';
import { LESSON_4, LESSON_5, reachDemo, start, visit } from './browser.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let site;
before(async () => (site = await start()));
after(() => site?.stop());

const SIZES = ['320x640', '360x740', '740x360', '768x1024', '1280x720', '1366x625', '1920x1080'];
const ZOOMED = '320x180'; // 1280x720 at 400 %

const LEAST_TYPE = 11; // CSS pixels: what fits because it is too small to read does not fit
const STEPPED = 12; // of a longer run so many steps are pressed one by one, and the rest in strides, as Run takes them

/** Sixteen events of every kind that a browser has, with the longest names that anybody should give. */
const LONG_NAMES = `script loadTheWholeSettingsPageAtOnce
  microtask rememberWhatWasChosenBefore
  timer tryOnceMoreAfterAShortPauseOf2ms after 2
  promise theSettingsOfThisUserFromServer
  resolve theSettingsOfThisUserFromServer
  then showTheSettingsThatHaveJustCome of theSettingsOfThisUserFromServer
timer  hideTheSpinnerWhenAllHasBeenShown ready 2
socket whenTheServerSendsAnotherMessage1 ready 2
input  whenTheUserPressesTheSaveButton11 ready 3`;

/** What a demo shows, to be run in the page: its parts that a step changes, in each lesson. */
const PARTS = {
  [LESSON_4]: '.door :is(.frame, .lamp circle, .plate, .word), .guard .coat, .panel rect, .clock, .time-chart > svg',
  [LESSON_5]: '.bell, .tray, .card, .empty, .blotter, .pile, .clock, .token',
};

/**
 * Runs in the page: every fault of this moment, and where the buttons are.
 *
 * @param {any} demo @param {{ parts: string, leastType: number, isWindowed: boolean }} what
 */
function look(demo, { parts, leastType, isWindowed }) {
  const root = demo.shadowRoot;
  const faults = [];
  const window_ = new DOMRect(0, 0, innerWidth, innerHeight);
  const round = ({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round).join(' ');
  const within = (box, frame) =>
    box.left >= frame.left - 1 &&
    box.right <= frame.right + 1 &&
    box.top >= frame.top - 1 &&
    box.bottom <= frame.bottom + 1;
  const inside = (name, box, frameName, frame) =>
    within(box, frame) || faults.push(`${name} (${round(box)}) is not inside the ${frameName} (${round(frame)})`);
  const named = (part) => `${part.getAttribute('class')} ${part.querySelector?.('b')?.textContent ?? ''}`;

  const stage = root.querySelector('.stage');
  const why = root.querySelector('.why');
  const text = document.createRange();
  text.selectNodeContents(why);
  inside('the reason', text.getBoundingClientRect(), 'its box', why.getBoundingClientRect());
  if (isWindowed) inside('the reason', text.getBoundingClientRect(), 'window', window_);
  const buttons = [...root.querySelectorAll('.buttons button')].filter((button) =>
    ['Back', 'Step', 'Run', 'Reset'].includes(button.textContent.trim()),
  );
  if (isWindowed)
    for (const button of buttons) inside(button.textContent, button.getBoundingClientRect(), 'window', window_);
  const question = root.querySelector('what-next'); // there while one predicts
  if (question && isWindowed) inside('what comes next', question.getBoundingClientRect(), 'window', window_);
  const changing = [...stage.querySelectorAll(parts)];
  if (!changing.length) faults.push('there is no scene');
  for (const part of changing) {
    const box = part.getBoundingClientRect();
    if (!box.width || !box.height) faults.push(`${named(part)} is not seen`);
    if (isWindowed) inside(named(part), box, 'window', window_);
    inside(named(part), box, 'scene', stage.getBoundingClientRect());
  }
  for (const card of stage.querySelectorAll('.card, .bell')) {
    const frame = card.closest('.tray, .blotter, .pile, .bells').getBoundingClientRect();
    inside(named(card), card.getBoundingClientRect(), 'box around it', frame);
    for (const line of card.children) {
      const isShown = getComputedStyle(line).display !== 'none' && getComputedStyle(line).position === 'static';
      if (isShown)
        inside(`“${line.textContent.trim()}”`, line.getBoundingClientRect(), 'card', card.getBoundingClientRect());
    }
  }
  if (innerWidth >= 1280)
    for (const name of stage.querySelectorAll('li b'))
      if (name.scrollWidth > name.clientWidth && name.title.length <= 10) faults.push(`“${name.title}” is cut`);
  for (const said of stage.querySelectorAll('text, b, span, em')) {
    if (!said.textContent.trim() || !said.getClientRects().length) continue;
    const scale = said.ownerSVGElement ? said.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(said).fontSize) * scale;
    if (size < leastType - 0.05) faults.push(`“${said.textContent.trim()}” is ${size.toFixed(1)} px high`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
  const places = buttons.map((button) => button.getBoundingClientRect());
  return { faults, buttons: places.flatMap(({ left, top, right, bottom }) => [left, top, right, bottom]) };
}

/** What a demo can be made to show: a name, and how. */
const SHOWS = {
  [LESSON_4]: ['blocking', 'readiness'].map((mode) => [mode, (demo, mode) => demo.choose(mode), mode]),
  [LESSON_5]: [...examples, { name: 'long names', host: 'browser', text: LONG_NAMES }].map((example) => [
    `${example.host}, ${example.name}`,
    (demo, { host, text = demo.original }) => demo.choose(host, text),
    example,
  ]),
};

/** Brings the reader to the demo: then what stands beside it comes. */
async function reach(tab, page, isPredicting = false) {
  if (page === LESSON_5) {
    await tab.locator('example-picker').scrollIntoViewIfNeeded();
    await tab.getByLabel('Example').waitFor();
  }
  await reachDemo(tab);
  if (!isPredicting) return;
  await tab.locator('#demo').getByRole('button', { name: 'Predict first' }).click();
  await tab.locator('#demo what-next').waitFor();
}

/**
 * Runs in the page: every step of what a demo shows now. What is asked gets its last answer, and then the step is
 * taken.
 * All of it is one errand: to fetch what each step shows would take longer than to show it.
 *
 * @param {any} demo @param {Parameters<typeof look>[1] & { stepped: number }} what
 */
async function walkThrough(demo, { stepped, ...what }) {
  const { shadowRoot } = demo;
  /** A demo may look again at the room that it has. */
  const settle = async () => {
    while (!(await demo.updateComplete));
    await shadowRoot.querySelector('what-next')?.updateComplete;
  };
  const press = () => {
    const answers = shadowRoot.querySelector('what-next')?.shadowRoot.querySelectorAll('button') ?? [];
    (answers[answers.length - 1] ?? shadowRoot.querySelector('button.main')).click();
  };
  const seen = [];
  for (let pressed = 0; ; pressed++) {
    await settle();
    const { faults, buttons } = window.look(demo, what);
    seen.push({ at: `${demo.position}/${demo.trace.stepCount}`, faults, buttons });
    if (demo.atEnd) return seen;
    if (pressed < stepped) press();
    else await demo.go(demo.position + demo.stride);
  }
}

/** Every step of everything that a demo can show; the faults, each once. */
async function walk(tab, page, isWindowed) {
  const demo = tab.locator('#demo');
  const faults = new Set();
  await tab.evaluate(`window.look = ${look};0`);
  for (const [name, show, what] of SHOWS[page]) {
    await demo.evaluate(show, what);
    await demo.getByRole('button', { name: 'Step', exact: true }).click(); // brings the demo into its place
    const looked = { parts: PARTS[page], leastType: LEAST_TYPE, isWindowed, stepped: STEPPED };
    const seen = await demo.evaluate(walkThrough, looked);
    for (const { at, faults: found } of seen) for (const fault of found) faults.add(`${name}, at ${at}: ${fault}`);
    const [{ buttons: first }] = seen;
    const moved = seen.find(({ buttons }) => buttons.some((place, i) => Math.abs(place - first[i]) >= 0.5));
    if (isWindowed && moved) faults.add(`${name}: the buttons move: ${first.join(' ')}  →  ${moved.buttons.join(' ')}`);
  }
  return [...faults];
}

for (const page of [LESSON_4, LESSON_5]) {
  for (const size of SIZES) {
    test(`${page}, ${size}: scene, buttons and the whole reason are in the window, and no button moves`, async () => {
      const [width, height] = size.split('x').map(Number);
      await visit(site, page, { width, height }, async (tab) => {
        await reach(tab, page);
        assert.deepEqual(await walk(tab, page, true), []);
      });
    });
  }

  for (const size of SIZES) {
    test(`${page}, ${size}: the same while one predicts, with the question`, async () => {
      const [width, height] = size.split('x').map(Number);
      await visit(site, page, { width, height }, async (tab) => {
        await reach(tab, page, true);
        assert.deepEqual(await walk(tab, page, true), []);
      });
    });
  }

  test(`${page}, ${ZOOMED}, which is 400 % of zoom: nothing is cut`, async () => {
    const [width, height] = ZOOMED.split('x').map(Number);
    await visit(site, page, { width, height }, async (tab) => {
      await reach(tab, page);
      assert.deepEqual(await walk(tab, page, false), []);
    });
  });
}
