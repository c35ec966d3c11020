// Finds what a person would name, in any browser: this text is put before what is evaluated in a page, so it is a
// classic script. `find(steps)` goes from the document through one step after another, into shadow roots too:
//
//     { css }  { role, name, … }  { text }  { label }              what is inside that fits
//     { hasText }  { has: steps }  { and: steps }  { visible }  { nth }     which of those that were found
//
// The words mean what they mean in Playwright's locators: tests/pages/engines/tab.mjs. A text to fit is
// `{ text, exact }` or `{ source, flags }`, of a regular expression.

const ROLES = {
  alert: '[role=alert]',
  button: 'button:not([role]), [role=button], input:is([type=button], [type=submit])',
  checkbox: 'input[type=checkbox]:not([role]), [role=checkbox]',
  combobox: 'select:not([multiple], [role]), [role=combobox]',
  dialog: 'dialog, [role=dialog]',
  group: 'fieldset:not([role]), details:not([role]), optgroup, [role=group]',
  heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
  img: 'img[alt]:not([alt=""]), [role=img]',
  link: 'a[href]:not([role]), [role=link]',
  list: 'ul:not([role]), ol:not([role]), [role=list]',
  listitem: 'li:not([role]), [role=listitem]',
  option: 'option, [role=option]',
  progressbar: 'progress, [role=progressbar]',
  radio: 'input[type=radio]:not([role]), [role=radio]',
  region: 'section[aria-label], section[aria-labelledby], [role=region]',
  slider: 'input[type=range]:not([role]), [role=slider]',
  spinbutton: 'input[type=number]',
  status: 'output, [role=status]',
  switch: '[role=switch]',
  table: 'table:not([role]), [role=table]',
  textbox: 'textarea, input:not([type]), input[type=text], [role=textbox]',
  toolbar: '[role=toolbar]',
};

const childrenOf = (node) => [...(node.shadowRoot?.children ?? []), ...node.children];

/** Everything inside, in the order of the document. */
function* within(node) {
  for (const child of childrenOf(node)) {
    yield child;
    yield* within(child);
  }
}

const plain = (text) =>
  text
    .replace(/[\u200b\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const UNSAID = 'script, style, noscript, template';

/** All the text in an element, in its shadow root too; without the parts that are `unsaid`. */
function textOf(element, unsaid = UNSAID) {
  const nodes = [...(element.shadowRoot?.childNodes ?? []), ...element.childNodes];
  const parts = nodes.map((node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    return node.nodeType === Node.ELEMENT_NODE && !node.matches(unsaid) ? textOf(node, unsaid) : '';
  });
  return parts.join('');
}

/** The text as it is seen. Around that of an item of a list WebKit leaves breaks, which the standard takes away. */
const seenIn = (element) => element.innerText.trim();

function fits(text, wanted) {
  const said = plain(text);
  if (wanted.source !== undefined) return new RegExp(wanted.source, wanted.flags).test(said);
  if (wanted.exact) return said === plain(wanted.text);
  return said.toLowerCase().includes(plain(wanted.text).toLowerCase());
}

const LABELED = `${UNSAID}, [aria-hidden=true], select, textarea, input`;

/** The accessible name, as far as these pages need it. */
function nameOf(element) {
  const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
  const labels = ids.length ? ids.map((id) => element.getRootNode().getElementById(id)) : [...(element.labels ?? [])];
  if (!ids.length && element.hasAttribute('aria-label')) return element.getAttribute('aria-label');
  if (labels.length) return labels.map((label) => (label ? textOf(label, LABELED) : '')).join(' ');
  const title = element.matches('table, fieldset, details, figure')
    ? element.querySelector(':scope > :is(caption, legend, summary, figcaption)')
    : element;
  return plain((title && textOf(title, LABELED)) || element.getAttribute('alt') || element.title || '');
}

const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });

/** Is it there for who has the page read out? */
const isTold = (element) => {
  for (let node = element; node; node = node.parentElement ?? node.getRootNode().host)
    if (node.getAttribute?.('aria-hidden') === 'true') return false;
  return isSeen(element) || element.localName === 'option';
};

/** Parts a selector at its descendant combinators: each of the parts may be in a shadow root of its own. */
const chunksOf = (selector) =>
  selector
    .trim()
    .replace(/\s*([>+~])\s*(?![^[(]*[\])])/g, '$1')
    .split(/\s+(?![^[]*\])(?![^(]*\))/);

/** "a b, c d" -> ["a b", "c d"] */
const alternativesOf = (selector) => selector.split(/,(?![^[]*\])(?![^(]*\))/);

function byCss(roots, selector) {
  const found = new Set();
  for (const alternative of alternativesOf(selector)) {
    let inside = roots;
    for (const chunk of chunksOf(alternative))
      inside = [...new Set(inside.flatMap((root) => [...within(root)].filter((element) => element.matches(chunk))))];
    for (const element of inside) found.add(element);
  }
  return roots.flatMap((root) => [...within(root)].filter((element) => found.has(element)));
}

/** What a role may be asked for besides its name. */
const STATES = {
  checked: (element) => element.checked ?? element.getAttribute('aria-checked') === 'true',
  level: (element) => Number(element.getAttribute('aria-level') ?? element.localName[1]),
  pressed: (element) => element.getAttribute('aria-pressed') === 'true',
};

const STEPS = {
  css: (roots, { css }) => byCss(roots, css),
  role: (roots, { role, name, ...states }) =>
    byCss(roots, ROLES[role]).filter(
      (element) =>
        isTold(element) &&
        (!name || fits(nameOf(element), name)) &&
        Object.entries(states).every(([state, value]) => STATES[state](element) === value),
    ),
  text: (roots, { text }) =>
    roots
      .flatMap((root) => [root, ...within(root)])
      .filter((element) => element !== document && !element.matches(UNSAID) && fits(textOf(element), text))
      .filter((element) => !childrenOf(element).some((child) => !child.matches(UNSAID) && fits(textOf(child), text))),
  label: (roots, { label }) =>
    byCss(roots, 'input, select, textarea, button, [role], [aria-label]').filter(
      (element) => (element.labels?.length || element.hasAttribute('aria-label')) && fits(nameOf(element), label),
    ),
  hasText: (found, { hasText }) => found.filter((element) => fits(textOf(element), hasText)),
  has: (found, { has }) => found.filter((element) => find(has, [element]).length > 0),
  and: (found, { and }) => {
    const others = find(and);
    return found.filter((element) => others.includes(element));
  },
  visible: (found, { visible }) =>
    found.filter((element) => (isSeen(element) && element.getClientRects().length > 0) === visible),
  nth: (found, { nth }) => found.slice(nth, nth + 1 || undefined),
};

function find(steps, from = [document]) {
  return steps.reduce((found, step) => {
    const kind = Object.keys(STEPS).find((name) => name in step);
    return [...new Set(STEPS[kind](found, step))];
  }, from);
}

const STILL = 6; // frames: what comes with a later part moves what is under it

/** What stops a pointer from acting on an element, or '' with the place to press. */
async function placeOf(element, { needsEnabled = true, isGuarded = false } = {}) {
  if (!isSeen(element)) return { stop: 'it is not visible' };
  if (needsEnabled && element.matches(':disabled')) return { stop: 'it is disabled' };
  const boxOf = () => {
    const { x, y, width, height } = element.getClientRects()[0] ?? element.getBoundingClientRect();
    return { x, y, width, height };
  };
  const isIn = ({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight;
  if (!isIn(boxOf())) element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const box = boxOf();
  for (let frame = 0; frame < STILL; frame++) {
    await new Promise(requestAnimationFrame);
    if (JSON.stringify(box) !== JSON.stringify(boxOf())) return { stop: 'it moves' };
  }
  if (!box.width || !box.height) return { stop: 'it has no size' };
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  let top = document.elementFromPoint(x, y);
  while (top?.shadowRoot?.elementFromPoint(x, y) && top.shadowRoot.elementFromPoint(x, y) !== top)
    top = top.shadowRoot.elementFromPoint(x, y);
  for (let node = top; node; node = node.parentElement ?? node.getRootNode().host) {
    if (node === element || node.control === element) {
      if (isGuarded) guard(element);
      return { stop: '', x, y };
    }
  }
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' }); // a box that scrolls may hide it
  return { stop: `${top?.localName}.${top?.getAttribute('class')} is above it` };
}

const GUARD = Symbol.for('guard');

/** The next press reaches this element or nothing: something may come and move it after its place was found. */
function guard(element) {
  const look = (event) => {
    const isHit = event.composedPath().some((node) => node === element || node.control === element);
    if (event.type === 'pointerdown') window[GUARD].isMissed = !isHit;
    if (!window[GUARD].isMissed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window[GUARD]?.end(); // of a press that led to another page, from which the reader came back to this one
  const types = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  for (const type of types) addEventListener(type, look, true);
  window[GUARD] = { isMissed: false, end: () => types.forEach((type) => removeEventListener(type, look, true)) };
}

/** Was something else pressed? On a page that the press has led to there is no guard. */
function endGuard() {
  window[GUARD]?.end();
  return window[GUARD]?.isMissed ?? false;
}

/** Does to a field what a learner does who types or pastes into it, or moves a slider. */
function fillIn(element, value) {
  element.focus();
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value');
  set.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}

function choose(element, wanted) {
  const isWanted = ({ label, value }) => [label, value].includes(wanted.label);
  const option = wanted.index === undefined ? [...element.options].find(isWanted) : element.options[wanted.index];
  if (!option) return false;
  element.focus();
  element.value = option.value;
  element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}
