// make monkey: presses, drags, types, resizes, switches and navigates at random, in Chromium, and looks after each of
// it: no error, no sideways scroll, and nothing that Reset does not cure.
//
//     node tests/pages/monkey.mjs [--seed=N] [--seconds=120 | --actions=N] [--replay=FILE]
//
// It prints its seed, and each action in a line. The same seed does the same again, but for what a loaded machine shows
// later. To make a failure smaller, put the lines into a file, take some out, and replay the rest: an action names what
// it acts on, and does nothing without it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { start } from './browser.mjs';

const CURE_EVERY = 12; // actions between two looks at whether Reset cures

const SIZES = [320, 360, 412, 740, 768, 1024, 1280, 1366, 1920, 2560];
const HEIGHTS = [360, 625, 740, 900, 1080];

const KEYS = `ArrowLeft ArrowRight ArrowUp ArrowDown Home End Space Enter Tab Shift+Tab Escape PageDown PageUp
  Delete Backspace Control+z Control+Shift+z Control+a`.split(/\s+/);

const TEXTS = [
  '',
  '# nobody',
  'socket A ready 1',
  'socket A ready 6\nsocket B ready 1 4 takes 2\nsocket "a b" "\\"x\\"" ready 3',
  'sokcet A ready',
  'socket A ready 0 0 0 takes 3\nsocket A ready 1',
  'timer t ready 2\n  microtask m\n    timer u after 0\npromise p ready 2',
  'script main\n  immediate i\n  tick t\n  timer z after 0',
  'script main\n  microtask again forever\ntimer never ready 1',
  'script main\n  async f\n    await\n    throw\n  promise p\n  then q of p\n  resolve p',
  'input onClick ready 1 takes 9\n  frame paint\nsocket whenTheServerHasSentTheVeryLastMessage ready 3',
  'socket ‮עברית ready 1\nsocket 门 "敲门" ready 2',
  `${Array.from({ length: 60 }, (_, i) => `socket s${i} ready ${i % 7}`).join('\n')}`,
  'x'.repeat(3000),
  '\t\tsocket\tA',
  '<img src=x onerror=alert(1)>',
];

const LINKS = [
  'one-guard-many-doors.html',
  'event-loop.html',
  'index.html',
  'event-loop.html?host=node',
  'event-loop.html?host=deno',
  'event-loop.html?scenario=script%20main%0A%20%20tick%20t&host=node#demo',
  'one-guard-many-doors.html?scenario=socket%20X%20ready%201#demo',
  'one-guard-many-doors.html?scenario=%00%ff#demo',
  'one-guard-many-doors.html?first=select&second=threads#side-by-side',
  'one-guard-many-doors.html#scale',
  'event-loop.html#check',
  'traps.html',
  'playground.html',
];

/** Numbers that look random, the same for the same seed (mulberry32). @param {number} seed */
function randomFrom(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Before a page's own scripts: what would leave the page, or differ from one run to the next. */
const tame = (seed) => {
  let state = seed;
  Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  window.print = () => {};
  window.open = () => null;
};

/** In the page: what can be pressed, dragged or filled in, each with a name that stays the same. */
function targets() {
  const found = [];
  const seen = new Map();
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.matches('a[href], button, input, select, textarea, summary, svg, [tabindex], [role=slider]'))
        continue;
      if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled, [slot=still] *'))
        continue;
      if (element.matches('a') && (element.origin !== location.origin || element.download || element.target)) continue;
      const kind = element.matches('textarea, [contenteditable]') ? 'text' : element.localName;
      const host = element.getRootNode().host;
      const said = (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
      const base = [host?.id || host?.localName || 'page', kind, element.type ?? '', said.slice(0, 30)].join('/');
      const count = (seen.get(base) ?? 0) + 1;
      seen.set(base, count);
      found.push({ element, kind, name: `${base}#${count}` });
    }
  };
  look(document);
  return found;
}

/** In the page: where the target of such a name is, brought into view. */
const placeOf = (name) => `(() => {
  const found = (${targets})().find((target) => target.name === ${JSON.stringify(name)});
  if (!found) return null;
  found.element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const { x, y, width, height } = found.element.getBoundingClientRect();
  return { x, y, width, height };
})()`;

/** In the page: the names and kinds of what can be acted on, two frames long the same, or whatever a run changes. */
const settled = `(async () => {
  const look = () => (${targets})().map(({ name, kind }) => ({ name, kind }));
  let list = look();
  for (let tries = 0, before = ''; tries < 10 && before !== JSON.stringify(list); tries++) {
    before = JSON.stringify(list);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    list = look();
  }
  return list;
})()`;

/** What can be acted on, when what the last action asked for has come: nearly always the same on a busy machine. */
async function inView(tab, isLoading) {
  let list = await askPage(tab, settled);
  for (let looks = 0; looks < 50 && isLoading(); looks++) list = await askPage(tab, settled);
  return list;
}

/** The next action: plain data, so that it can be printed and replayed. */
async function choose(tab, random, isLoading) {
  const list = await inView(tab, isLoading);
  const any = (of) => of[random(of.length)];
  const demo = list.filter(({ name }) => /demo|side-by-side/.test(name));
  const among = demo.length && random(3) ? demo : list; // most of what can go wrong is there
  const dice = random(100);
  if (dice < 45 && among.length) return { press: any(among).name };
  if (dice < 57 && among.length) {
    const [from, to] = [0, 1].map(() => [random(101) / 100, random(101) / 100]);
    const svgs = among.filter(({ kind }) => kind === 'svg' || kind === 'input');
    return { drag: any(svgs.length ? svgs : among).name, from, to };
  }
  if (dice < 72) return { key: any(KEYS) };
  if (dice < 80) {
    const fields = list.filter(({ kind }) => kind === 'text');
    if (fields.length) return { fill: any(fields).name, text: random(TEXTS.length) };
    return { key: 'Tab' };
  }
  if (dice < 84) return { choose: any(list.filter(({ kind }) => kind === 'select'))?.name ?? '', option: random(12) };
  if (dice < 89) return { width: any(SIZES), height: any(HEIGHTS) };
  if (dice < 92) {
    const media = [{ colorScheme: any(['light', 'dark']) }, { reducedMotion: any(['reduce', 'no-preference']) }];
    return { media: any([...media, { contrast: any(['more', 'no-preference']) }]) };
  }
  if (dice < 94) return { scroll: random(101) / 100 };
  if (dice < 97) return { rest: 1 + random(20) };
  if (dice < 98) return { go: any(['back', 'forward', 'reload']) };
  return { open: any(LINKS) };
}

/** Does it, as a hand would. What it would act on may be gone: then it does nothing. */
async function act(tab, address, action) {
  const name = action.press ?? action.drag ?? action.fill ?? action.choose;
  const box = name === undefined ? null : await askPage(tab, placeOf(name));
  if (name !== undefined && !box) return;
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  const run = {
    press: () => tab.mouse.click(...at([0.5, 0.5])),
    drag: async () => {
      await tab.mouse.move(...at(action.from));
      await tab.mouse.down();
      await tab.mouse.move(...at(action.to), { steps: 3 });
      await tab.mouse.up();
    },
    key: () => tab.keyboard.press(action.key),
    fill: async () => {
      await tab.mouse.click(...at([0.5, 0.5]));
      await tab.keyboard.press('Control+a');
      await tab.keyboard.press('Delete');
      await tab.keyboard.insertText(TEXTS[action.text]);
    },
    choose: async () => {
      await tab.mouse.click(...at([0.5, 0.5]));
      for (let i = 0; i < action.option; i++) await tab.keyboard.press('ArrowDown');
      await tab.keyboard.press('Enter');
    },
    // A window that is full screen has one size: where the browser insists on that, the screen is left first.
    width: () =>
      tab.setViewportSize(action).catch(async () => {
        await tab.evaluate(() => document.exitFullscreen());
        await tab.setViewportSize(action);
      }),
    media: () => tab.emulateMedia(action.media),
    scroll: () => tab.evaluate((part) => scrollTo(0, part * document.documentElement.scrollHeight), action.scroll),
    rest: () =>
      tab.evaluate(async (frames) => {
        for (let i = 0; i < frames; i++) await new Promise(requestAnimationFrame);
      }, action.rest),
    go: () => (action.go === 'back' ? tab.goBack() : action.go === 'forward' ? tab.goForward() : tab.reload()),
    open: () => tab.goto(address + action.open),
  };
  await run[Object.keys(action)[0]]();
}

/**
 * What makes the page wider than the window, if anything: by how many pixels, and the parts that stand out. After a
 * change of the window's size the scene follows in a frame or two, on a busy machine in some more: it is given 60.
 */
const tooWide = async () => {
  let wide = 0;
  for (let frames = 0; frames < 60; frames++) {
    await new Promise(requestAnimationFrame);
    wide = document.documentElement.scrollWidth - innerWidth;
    if (frames > 1 && wide <= 0) return '';
  }
  const parts = [];
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      const { right, width } = element.getBoundingClientRect();
      if (width && right > innerWidth + 0.5) parts.push(`${element.localName} ${element.getAttribute('class') ?? ''}`);
    }
  };
  look(document);
  return `${wide} px in a window of ${innerWidth}: ${parts.slice(0, 20).join(', ')}`;
};

/** Asks the page that is there when whatever was pressed has led somewhere. */
async function askPage(tab, question) {
  for (;;) {
    await tab.waitForLoadState('load');
    try {
      return await tab.evaluate(question);
    } catch (error) {
      if (!/context was destroyed|navigati/.test(error.message)) throw error;
    }
  }
}

/** In the page: what a demo says, of its scene too; how large that is depends on what stands beside it. */
const picture = (demo) => {
  const root = demo.shadowRoot;
  const parts = [...root.querySelectorAll('.stage :is(svg[role=img], [role=group])')];
  const why = root.querySelector('.why')?.cloneNode(true);
  why?.querySelector('em')?.remove(); // which way to try next: who has tried both is not asked, Reset or not
  return {
    why: why?.textContent.replace(/\s+/g, ' ').trim() ?? '',
    count: root.querySelector('.count')?.textContent ?? '',
    stage: parts.map((part) => part.ariaLabel).join('; '),
    rows: root.querySelector('table')?.textContent.replace(/\s+/g, ' ') ?? '',
  };
};

/** After Reset each demo steps, and shows what one shows that has just come, with the same scenario. */
async function cure(tab) {
  const demos = tab.locator('io-multiplexer-demo, event-loop-demo, side-by-side-demo');
  for (const demo of await demos.all()) {
    const isThere = await demo.evaluate(
      (it) => /** @type {any} */ (it).trace && it.checkVisibility() && it.shadowRoot?.querySelector('.buttons'),
    );
    if (!isThere) continue;
    const faults = await demo.evaluate(async (element, picture) => {
      const it = /** @type {any} */ (element);
      const look = new Function(`return ${picture}`)();
      const settled = async (demo) => {
        do {
          for (const animation of demo.shadowRoot.getAnimations()) animation.finish();
          while (!(await demo.updateComplete));
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          while (!(await demo.updateComplete));
        } while (demo.isMoving); // what follows the clock begins to move when the clock has come
      };
      const press = async (demo, name) => {
        const buttons = [...demo.shadowRoot.querySelectorAll('button')];
        buttons.find((button) => button.textContent.trim() === name).click();
        await settled(demo);
      };
      // What was guessed of a run stays told: to go back does not undo a guess. So it is compared without guesses.
      const [predict] = [...it.shadowRoot.querySelectorAll('[aria-expanded=true]')].filter((button) =>
        /Predict first/.test(button.textContent),
      );
      predict?.click();
      await settled(it);
      await press(it, 'Reset');
      const fresh = it.cloneNode(true);
      fresh.removeAttribute('id');
      fresh.dataset.instant = '';
      it.after(fresh);
      await fresh.arrived;
      Object.assign(fresh, { mode: it.mode, host: it.host, ways: it.ways, cores: it.cores });
      const found = [];
      try {
        fresh.edit(it.shown);
        await settled(fresh);
        for (const [when, name] of [['after Reset'], ['a step later', 'Step']]) {
          if (name && it.atEnd !== fresh.atEnd) found.push(`${when}: one is at its end`);
          if (name && !it.atEnd) for (const demo of [it, fresh]) await press(demo, name);
          const [one, two] = [look(it), look(fresh)];
          for (const part of Object.keys(one)) {
            const at = [...one[part]].findIndex((character, i) => character !== two[part][i]);
            const near = (text) => text.slice(Math.max(0, at - 200), at + 200).replace(/\s+/g, ' ');
            if (one[part] !== two[part])
              found.push(`${when}, ${part}: ${near(one[part])}\n  afresh: ${near(two[part])}`);
          }
        }
        await press(it, 'Reset');
      } finally {
        fresh.remove();
      }
      return found;
    }, String(picture));
    if (faults.length)
      throw new Error(`Reset does not cure ${await demo.evaluate((it) => it.localName)}: ${faults.join('\n')}`);
  }
}

/**
 * Plays until it has done so many actions, or the time is over; or replays. The first fault ends it: it is thrown.
 *
 * @param {Awaited<ReturnType<typeof start>>} site
 * @param {{ seed: number, isOver: (done: number) => boolean, replayed?: any[], tell: (line: string) => void }} how
 */
export async function play(site, { seed, isOver, replayed, tell }) {
  const random = randomFrom(seed);
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const faults = [];
  try {
    const tab = await context.newPage();
    tab.setDefaultTimeout(20_000);
    const loading = new Set();
    tab.on('request', (request) => loading.add(request));
    for (const end of ['requestfinished', 'requestfailed']) tab.on(end, (request) => loading.delete(request));
    tab.on('pageerror', (error) => faults.push(`error: ${error.stack}`));
    tab.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
    tab.on('dialog', (dialog) => {
      faults.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    await tab.addInitScript(tame, 1 + (seed % 1000));
    await tab.goto(site.address + LINKS[random(3)]);
    for (let done = 0; replayed ? done < replayed.length : !isOver(done); done++) {
      const action = replayed ? replayed[done] : await choose(tab, random, () => loading.size > 0);
      tell(JSON.stringify(action));
      await act(tab, site.address, action);
      const wide = await askPage(tab, tooWide);
      if (wide) faults.push(`the page scrolls sideways by ${wide}`);
      if (tab.url() === 'about:blank') await tab.goto(site.address + LINKS[0]); // went back too far
      if (!faults.length && (done % CURE_EVERY === CURE_EVERY - 1 || (replayed && done === replayed.length - 1))) {
        await cure(tab);
      }
      if (faults.length) throw new Error(`${faults.join('\n')}\n  at ${tab.url()}`);
    }
  } finally {
    await context.close();
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seconds: { type: 'string' },
      actions: { type: 'string' },
      replay: { type: 'string' },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const end = Date.now() + 1000 * Number(values.seconds ?? 120);
  const most = values.actions && Number(values.actions);
  const replayed =
    values.replay &&
    readFileSync(values.replay, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  console.log(`seed ${seed}`);
  const site = await start();
  let count = 0;
  const tell = (line) => {
    count++;
    console.log(line);
  };
  try {
    await play(site, { seed, isOver: (done) => (most ? done >= most : Date.now() > end), replayed, tell });
    console.log(`${count} actions, nothing found`);
  } catch (error) {
    console.error(`\nseed ${seed}, action ${count}: ${error.message}`);
    process.exitCode = 1;
  } finally {
    await site.stop();
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
