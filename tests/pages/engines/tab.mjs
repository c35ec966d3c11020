// A tab of Firefox or WebKit, with the words that the page tests use of Playwright's: the same test runs in three
// engines. Playwright itself drives Chromium alone, of those that a system brings.
//
// What a locator finds, and when something can be acted on, is decided in the page (find.js). A driver
// (tests/engines/drivers/) evaluates, navigates, and performs the actions of pointer and keys that WebDriver describes
// (https://www.w3.org/TR/webdriver2/#actions), so a press is a real one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIND = readFileSync(new URL('find.js', import.meta.url), 'utf8');
const PATIENCE = 15_000; // milliseconds
const PAUSE = 25;
const MOST = 60_000; // milliseconds, until a page that does not answer is given up

// https://www.w3.org/TR/webdriver2/#keyboard-actions
const KEYS = {
  '\n': '\ue007',
  Alt: '\ue00a',
  ArrowDown: '\ue015',
  ArrowLeft: '\ue012',
  ArrowRight: '\ue014',
  ArrowUp: '\ue013',
  Backspace: '\ue003',
  Control: '\ue009',
  Delete: '\ue017',
  End: '\ue010',
  Enter: '\ue007',
  Escape: '\ue00c',
  Home: '\ue011',
  PageDown: '\ue00f',
  PageUp: '\ue00e',
  Shift: '\ue008',
  Space: ' ',
  Tab: '\ue004',
};

const wantedText = (text, exact = false) =>
  text instanceof RegExp ? { source: text.source, flags: text.flags } : { text, exact };

/** Tries until it has an answer that is not undefined. */
async function patiently(what, attempt) {
  let last;
  for (const start = Date.now(); Date.now() - start < PATIENCE;) {
    try {
      const answer = await attempt();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (error.isFinal) throw error;
      last = error; // the page may be on its way to another
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  throw new Error(`waited ${PATIENCE} ms: ${what}${last ? `; ${last.message}` : ''}`);
}

/** An answer that comes in time: a page that hangs fails its test, and the next one goes on. */
async function inTime(answer) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(`no answer in ${MOST} ms`), { isFinal: true })), MOST);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** What both a tab and a locator offer: a way to what is inside. */
class Finder {
  constructor(tab, steps) {
    this.tab = tab;
    this.steps = steps;
  }

  #to = (...steps) => new Locator(this.tab ?? this, [...this.steps, ...steps]);

  locator(css, { hasText } = {}) {
    return this.#to({ css }, ...(hasText === undefined ? [] : [{ hasText: wantedText(hasText) }]));
  }
  getByRole(role, { name, exact, ...states } = {}) {
    return this.#to({ role, ...(name !== undefined && { name: wantedText(name, exact) }), ...states });
  }
  getByText(text, { exact } = {}) {
    return this.#to({ text: wantedText(text, exact) });
  }
  getByLabel(label, { exact } = {}) {
    return this.#to({ label: wantedText(label, exact) });
  }
  filter({ hasText, has, visible }) {
    return this.#to(
      ...(visible === undefined ? [] : [{ visible }]),
      ...(hasText === undefined ? [] : [{ hasText: wantedText(hasText) }]),
      ...(has === undefined ? [] : [{ has: has.steps }]),
    );
  }
  and(other) {
    return this.#to({ and: other.steps });
  }
  nth(nth) {
    return this.#to({ nth });
  }
  first() {
    return this.nth(0);
  }
  last() {
    return this.nth(-1);
  }
}

class Locator extends Finder {
  /** What a function gives of all that is found. */
  evaluateAll(work, argument) {
    return this.tab.inPage(`(${work})(find(${JSON.stringify(this.steps)}), ${JSON.stringify(argument)})`);
  }

  /** What a function gives of the one that is found; waits for it. An answer of undefined means: not yet. */
  #ofOne(work, argument, isYet = '() => true') {
    const expression = `(async () => {
      const found = find(${JSON.stringify(this.steps)});
      if (found.length > 1) return { many: found.length };
      if (!found.length || !(${isYet})(found[0])) return {};
      return { done: true, value: await (${work})(found[0], ${JSON.stringify(argument)}) };
    })()`;
    return patiently(JSON.stringify(this.steps), async () => {
      const { many, done, value } = await this.tab.inPage(expression);
      if (many) throw Object.assign(new Error(`${many} fit ${JSON.stringify(this.steps)}`), { isFinal: true });
      return done ? { value } : undefined;
    }).then(({ value }) => value);
  }

  evaluate(work, argument) {
    return this.#ofOne(work, argument);
  }

  async #place(options) {
    let stop = '';
    return patiently(`to act on ${JSON.stringify(this.steps)}`, async () => {
      const place = await this.#ofOne(placeIn, options);
      if (!place.stop) return place;
      if (place.stop !== stop) stop = place.stop;
      throw new Error(stop);
    });
  }

  async click() {
    await patiently(`to click on ${JSON.stringify(this.steps)}`, async () => {
      const { x, y } = await this.#place({ isGuarded: true });
      await this.tab.mouse.click(x, y);
      const isMissed = await this.tab.inPage('endGuard()').catch(() => false); // a page that is left does not answer
      return isMissed ? undefined : true;
    });
  }
  async hover() {
    const { x, y } = await this.#place({ needsEnabled: false });
    await this.tab.mouse.move(x, y);
  }
  async tap() {
    const { x, y } = await this.#place();
    await this.tab.finger.down({ x, y });
    await this.tab.finger.up();
  }
  async dragTo(other) {
    const [from, to] = [await this.#place(), await other.#place({ needsEnabled: false })];
    await this.tab.mouse.move(from.x, from.y);
    await this.tab.mouse.down();
    await this.tab.mouse.move(to.x, to.y, { steps: 3 });
    await this.tab.mouse.up();
  }
  async check() {
    if (await this.isChecked()) return;
    await this.click();
    if (!(await this.isChecked())) throw new Error(`${JSON.stringify(this.steps)} did not become checked`);
  }
  async press(key) {
    await this.focus();
    await this.tab.keyboard.press(key);
  }
  fill(value) {
    return this.#ofOne('fillIn', value, '(it) => isSeen(it) && !it.matches(":disabled")');
  }
  async selectOption(wanted) {
    const { label = wanted } = Object(wanted);
    await patiently(`to choose ${label}`, async () => (await this.#ofOne('choose', label)) || undefined);
  }
  focus() {
    return this.#ofOne('(it) => it.focus()');
  }
  scrollIntoViewIfNeeded() {
    return this.#ofOne(`(it) => {
      const { top, bottom } = it.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) it.scrollIntoView({ block: 'center', behavior: 'instant' });
    }`);
  }

  async waitFor({ state = 'visible' } = {}) {
    const isThere = `(found) => {
      const seen = found.filter((it) => isSeen(it) && it.getClientRects().length);
      return { attached: found.length > 0, detached: !found.length, visible: seen.length > 0, hidden: !seen.length };
    }`;
    await patiently(`for ${state} of ${JSON.stringify(this.steps)}`, async () => {
      const states = await this.evaluateAll(isThere);
      return states[state] || undefined;
    });
  }

  count() {
    return this.evaluateAll('(found) => found.length');
  }
  async all() {
    return Array.from({ length: await this.count() }, (_, i) => this.nth(i));
  }
  allInnerTexts() {
    return this.evaluateAll('(found) => found.map(seenIn)');
  }
  allTextContents() {
    return this.evaluateAll('(found) => found.map((it) => it.textContent)');
  }
  isVisible() {
    return this.evaluateAll('(found) => found.some((it) => isSeen(it) && it.getClientRects().length > 0)');
  }
  innerText() {
    return this.#ofOne('seenIn');
  }
  textContent() {
    return this.#ofOne('(it) => it.textContent');
  }
  inputValue() {
    return this.#ofOne('(it) => it.value');
  }
  getAttribute(name) {
    return this.#ofOne('(it, name) => it.getAttribute(name)', name);
  }
  isChecked() {
    return this.#ofOne('(it) => it.checked ?? it.getAttribute("aria-checked") === "true"');
  }
  isDisabled() {
    return this.#ofOne('(it) => it.matches(":disabled")');
  }
  async isEnabled() {
    return !(await this.isDisabled());
  }
  async boundingBox() {
    const box = await this.#ofOne(`(it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return { x, y, width, height };
    }`);
    const { x, y } = await this.tab.cornerOf();
    return { ...box, x: box.x + x, y: box.y + y };
  }
}

const moveTo = (x, y) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 });
const DOWN = { type: 'pointerDown', button: 0 };
const UP = { type: 'pointerUp', button: 0 };

const placeIn = '(it, options) => placeOf(it, options)';

export class Tab extends Finder {
  #driver;
  #mouseAt = [0, 0];

  keyboard = {
    down: (key) => this.#keys([{ type: 'keyDown', value: KEYS[key] ?? key }]),
    up: (key) => this.#keys([{ type: 'keyUp', value: KEYS[key] ?? key }]),
    press: (keys) => {
      const values = (keys === '+' ? ['+'] : keys.split('+')).map((key) => KEYS[key] ?? key);
      return this.#keys([
        ...values.map((value) => ({ type: 'keyDown', value })),
        ...values.reverse().map((value) => ({ type: 'keyUp', value })),
      ]);
    },
    type: (text) =>
      this.#keys(
        [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[value] ?? value }))),
      ),
    insertText: (text) => this.evaluate((text) => document.execCommand('insertText', false, text), text),
  };

  mouse = {
    move: (x, y, { steps = 1 } = {}) => {
      const [fromX, fromY] = this.#mouseAt;
      this.#mouseAt = [x, y];
      const parts = Array.from({ length: steps }, (_, i) => (i + 1) / steps);
      return this.#mouse(...parts.map((part) => moveTo(fromX + part * (x - fromX), fromY + part * (y - fromY))));
    },
    down: () => this.#mouse(DOWN),
    up: () => this.#mouse(UP),
    click: (x, y) => {
      this.#mouseAt = [x, y];
      return this.#mouse(moveTo(x, y), DOWN, UP);
    },
  };

  /** One finger on the screen. */
  finger = {
    down: ({ x, y }) => this.#finger(moveTo(x, y), DOWN),
    move: ({ x, y }) => this.#finger(moveTo(x, y)),
    up: () => this.#finger(UP),
  };

  /**
   * @param driver see tests/engines/drivers/browser.mjs
   * @param {object} more
   * @param {(glob: string, answer: (route: any) => unknown) => void} [more.route] see watch.mjs
   * @param {string} [more.downloads] the folder
   * @param {() => Promise<{ x: number, y: number }>} [more.cornerOf] where a frame is in its window
   */
  constructor(driver, { route, downloads, cornerOf = async () => ({ x: 0, y: 0 }) }) {
    super(undefined, []);
    this.#driver = driver;
    this.#downloads = downloads;
    this.route = route;
    this.cornerOf = cornerOf;
  }

  #downloads;

  /** Acts, and waits until the page has answered with a frame; a page that is left by it does not answer. */
  async #perform(action) {
    await inTime(this.#driver.perform([action]));
    await inTime(this.#driver.evaluate('new Promise((next) => requestAnimationFrame(() => next()))').catch(() => {}));
  }
  #keys = (actions) => this.#perform({ type: 'key', id: 'keys', actions });
  #pointer = (pointerType, actions) =>
    this.#perform({ type: 'pointer', id: pointerType, parameters: { pointerType }, actions });
  #mouse = (...actions) => this.#pointer('mouse', actions);
  #finger = (...actions) => this.#pointer('touch', actions);

  /** What is in the one frame of the page. */
  frameLocator(css) {
    const driver = {
      evaluate: async (expression) => (await this.#driver.frame()).evaluate(expression),
      perform: async (actions) => (await this.#driver.frame()).perform(actions),
    };
    const cornerOf = () =>
      this.locator(css).evaluate(`(frame) => {
        const { x, y } = frame.getBoundingClientRect();
        return { x: x + frame.clientLeft, y: y + frame.clientTop };
      }`);
    return new Tab(driver, { cornerOf });
  }

  /** Of events there is one: a file that is downloaded, when all of it has come. @param {'download'} name */
  async waitForEvent(name) {
    const files = () => readdirSync(this.#downloads);
    const before = new Set(files());
    const file = await patiently(`for a ${name}`, async () => {
      const isComing = files().some((each) => /\.(part|wkdownload)$/.test(each));
      return isComing ? undefined : files().find((each) => !before.has(each));
    });
    return { suggestedFilename: () => file, path: async () => join(this.#downloads, file) };
  }

  /** The value of an expression that may use what find.js has. */
  inPage(expression) {
    return inTime(this.#driver.evaluate(`(() => { ${FIND}\nreturn ${expression}; })()`));
  }

  evaluate(work, argument) {
    const expression =
      typeof work === 'string' ? `(0, eval)(${JSON.stringify(work)})` : `(${work})(${JSON.stringify(argument)})`;
    return inTime(this.#driver.evaluate(expression));
  }

  async waitForFunction(work, argument) {
    await patiently(`for ${work}`, async () => (await this.evaluate(work, argument)) || undefined);
  }

  goto(url) {
    return inTime(this.#driver.goto(url));
  }
  goBack() {
    return inTime(this.#driver.back());
  }
  title() {
    return this.evaluate(() => document.title);
  }
  close() {
    return this.#driver.close();
  }
  async reload() {
    const url = await this.evaluate(() => location.href);
    await this.goto('about:blank');
    await this.goto(url);
  }
  setViewportSize({ width, height }) {
    return this.#driver.resize(width, height);
  }
  async screenshot() {
    return Buffer.from(await this.#driver.screenshot(), 'base64');
  }
}
