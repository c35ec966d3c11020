// @ts-check
/**
 * The little of a document that a program about events needs: elements in a tree, with attributes and text, listeners,
 * `click()`; and MutationObserver (DOM 4.3). Nothing is ever drawn.
 */
import { needCallback } from './errors.js';
import { handlerAttribute } from './event-target.js';
import { ASK } from './kernel.js';
import { call, safe } from './language.js';

/** @param {import('./kernel.js').Kernel} kernel @param {any} web see web.js */
export function makeElements(kernel, web) {
  const { DOMException, EventTarget, Event } = web.globals;
  const { parents, missing, pristine } = web;
  /** @typedef {{ target: any, options: any, observer: any, isTransient?: boolean }} Watching */
  /** @type {WeakMap<object, Watching[]>} */ const watched = safe(new WeakMap());
  /** @type {Set<any>} */ let told = safe(new Set());

  /** DOM 4.3.2 "queue a mutation record". @param {any} target @param {string} type @param {any} facts */
  const note = pristine.run((target, type, facts) => {
    const { attributeName = null, addedNodes = [], removedNodes = [] } = facts;
    /** Each observer gets one record, by however many ways it hears. */
    const interested = new Map();
    for (let node = target; node; node = parents.get(node)) {
      for (const { options, observer } of watched.get(node) ?? []) {
        if ((node !== target && !options.subtree) || !options[type]) continue;
        const { attributeFilter } = options;
        if (type === 'attributes' && attributeFilter && !attributeFilter.includes(attributeName)) continue;
        const old = options[`${type.replace(/s$/, '')}OldValue`]
          ? facts.oldValue
          : interested.get(observer.owner)?.oldValue;
        interested.set(observer.owner, { observer, oldValue: old ?? null });
      }
    }
    for (const { observer, oldValue } of interested.values())
      observer.take({ type, target, addedNodes, removedNodes, attributeName, oldValue });
  });

  /** A node is taken out of a tree: who observes the tree hears of it until the next records are told (DOM 4.2.3
   * "remove", 15: "transient registered observers"). @param {any} node @param {any} parent */
  function follow(node, parent) {
    for (let one = parent; one; one = parents.get(one)) {
      for (const { options, observer } of watched.get(one) ?? []) {
        if (!options.subtree) continue;
        watched.set(node, [...(watched.get(node) ?? []), { target: node, options, observer, isTransient: true }]);
        observer.followed.add(node);
      }
    }
  }

  /** @param {object} node @param {(one: any) => boolean} isOver */
  const unwatch = (node, isOver) =>
    watched.set(
      node,
      (watched.get(node) ?? []).filter((one) => !isOver(one)),
    );

  const unfollow = pristine.run((observer) => {
    for (const node of observer.followed) unwatch(node, (one) => one.isTransient && one.observer === observer);
    observer.followed.clear();
  });

  /** DOM 4.3 "queue a mutation observer microtask". @param {any} observer */
  function queue(observer) {
    const isFirst = told.size === 0;
    told.add(observer);
    if (!isFirst) return;
    const run = () => {
      const all = told;
      told = safe(new Set());
      for (const one of all) one.call();
    };
    kernel.ask(ASK.QUEUE, 'microtask', kernel.handOn(run, kernel.handedOn), '', 'MutationObserver callback');
  }

  class MutationObserver {
    #callback;
    /** @type {any[]} */ #records = [];
    constructor(/** @type {any} */ callback) {
      needCallback("construct 'MutationObserver'", callback);
      this.#callback = callback;
    }
    observe(/** @type {any} */ target, /** @type {any} */ options = {}) {
      const { attributeOldValue, attributeFilter, characterDataOldValue } = options;
      const { attributes = (attributeOldValue ?? attributeFilter) !== undefined } = options;
      const { characterData = characterDataOldValue !== undefined, childList } = options;
      if (!attributes && !childList && !characterData) {
        const most = "at least one of 'attributes', 'characterData', or 'childList' to true.";
        throw new TypeError(`Failed to execute 'observe' on 'MutationObserver': The options object must set ${most}`);
      }
      const observer = {
        take: (/** @type {any} */ record) => {
          this.#records.push(record);
          queue(observer);
        },
        call: () => {
          const records = this.takeRecords();
          unfollow(observer);
          if (records.length > 0) call(this.#callback, this, [records, this]);
        },
        owner: this,
        followed: new Set(),
      };
      unwatch(target, (one) => one.observer.owner === this);
      const all = { ...options, attributes, characterData };
      watched.set(target, [.../** @type {any} */ (watched.get(target)), { target, options: all, observer }]);
      this.#targets.add(target);
    }
    #targets = new Set();
    disconnect() {
      for (const target of this.#targets) unwatch(target, (one) => one.observer.owner === this);
      this.#records = [];
    }
    takeRecords() {
      return this.#records.splice(0);
    }
  }

  class Node extends EventTarget {
    /** @type {any[]} */ childNodes = [];
    get parentNode() {
      const parent = parents.get(this);
      return parent instanceof Node ? parent : null;
    }
    get parentElement() {
      const parent = this.parentNode;
      return parent instanceof HTMLElement ? parent : null;
    }
    get isConnected() {
      return document.contains(this);
    }
    get textContent() {
      return this.childNodes.map((/** @type {any} */ node) => node.textContent).join('');
    }
    set textContent(text) {
      const removedNodes = this.childNodes.splice(0);
      for (const node of removedNodes) {
        parents.delete(node);
        follow(node, this);
      }
      const addedNodes = `${text}` === '' ? [] : [new Text(`${text}`)];
      for (const node of addedNodes) {
        parents.set(node, this);
        this.childNodes.push(node);
      }
      note(this, 'childList', { addedNodes, removedNodes });
    }
    append(/** @type {any[]} */ ...nodes) {
      const all = nodes.map((given) => (given instanceof Node ? given : new Text(`${given}`)));
      const addedNodes = all.filter((node, i) => all.lastIndexOf(node) === i);
      for (const node of addedNodes) node.remove();
      for (const node of addedNodes) parents.set(node, this);
      this.childNodes.push(...addedNodes);
      if (addedNodes.length > 0) note(this, 'childList', { addedNodes });
    }
    appendChild(/** @type {any} */ node) {
      this.append(node);
      return node;
    }
    removeChild(/** @type {any} */ node) {
      if (node.parentNode !== this) {
        const message =
          "Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node.";
        throw new DOMException(message, 'NotFoundError');
      }
      node.remove();
      return node;
    }
    remove() {
      const parent = this.parentNode;
      if (!parent) return;
      parent.childNodes.splice(parent.childNodes.indexOf(this), 1);
      parents.delete(this);
      follow(this, parent);
      note(parent, 'childList', { removedNodes: [this] });
    }
    contains(/** @type {any} */ node) {
      for (let one = node; one; one = one.parentNode) if (one === this) return true;
      return false;
    }
  }

  class Text extends Node {
    #text;
    constructor(text = '') {
      super();
      this.#text = text;
    }
    get textContent() {
      return this.#text;
    }
    set textContent(text) {
      const oldValue = this.#text;
      this.#text = `${text}`;
      note(this, 'characterData', { oldValue });
    }
    get data() {
      return this.#text;
    }
    set data(text) {
      this.textContent = text;
    }
  }

  class HTMLElement extends Node {
    #attributes = safe(new Map());
    #isClicked = false;
    /** @type {Record<string, any>} */ style = {};
    disabled = false;
    constructor(name = 'div') {
      super();
      Object.defineProperty(this, 'tagName', { value: name.toUpperCase(), enumerable: true });
    }
    get id() {
      return this.getAttribute('id') ?? '';
    }
    set id(value) {
      this.setAttribute('id', value);
    }
    get className() {
      return this.getAttribute('class') ?? '';
    }
    set className(value) {
      this.setAttribute('class', value);
    }
    get children() {
      return this.childNodes.filter((/** @type {any} */ node) => node instanceof HTMLElement);
    }
    getAttribute(/** @type {string} */ name) {
      return this.#attributes.get(name) ?? null;
    }
    hasAttribute(/** @type {string} */ name) {
      return this.#attributes.has(name);
    }
    setAttribute(/** @type {string} */ name, /** @type {any} */ value) {
      const oldValue = this.getAttribute(name);
      this.#attributes.set(name, `${value}`);
      note(this, 'attributes', { attributeName: name, oldValue });
    }
    removeAttribute(/** @type {string} */ name) {
      const oldValue = this.getAttribute(name);
      if (this.#attributes.delete(name)) note(this, 'attributes', { attributeName: name, oldValue });
    }
    querySelector(/** @type {string} */ selector) {
      return this.querySelectorAll(selector)[0] ?? null;
    }
    /** @returns {any[]} */
    querySelectorAll(/** @type {string} */ selector) {
      const [, kind, name] = /** @type {any} */ (/^([#.]?)([\w-]+)$/.exec(selector) ?? []);
      if (name === undefined) throw new SyntaxError(`'${selector}': a name, .class or #id alone, in this playground`);
      const fits = (/** @type {any} */ element) => {
        if (kind === '#') return element.id === name;
        if (kind === '.') return element.className.split(' ').includes(name);
        return element.tagName === name.toUpperCase();
      };
      return this.children.flatMap((/** @type {any} */ element) => [
        ...(fits(element) ? [element] : []),
        ...element.querySelectorAll(selector),
      ]);
    }
    click() {
      if (this.#isClicked || this.disabled) return; // HTML 6.5, the "click in progress flag"
      this.#isClicked = true;
      this.dispatchEvent(new Event('click', { bubbles: true, cancelable: true, composed: true }));
      this.#isClicked = false;
    }
    get [Symbol.toStringTag]() {
      return 'HTMLElement';
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      const attributes = [...this.#attributes].map(([name, value]) => ` ${name}="${value}"`);
      return `<${this.tagName.toLowerCase()}${attributes.join('')}>`;
    }
  }
  for (const type of ['click', 'input', 'change', 'keydown', 'keyup', 'focus', 'blur', 'load']) {
    handlerAttribute(HTMLElement.prototype, type);
  }

  class Document extends Node {
    documentElement = new HTMLElement('html');
    body = new HTMLElement('body');
    createElement(/** @type {string} */ name) {
      if (arguments.length === 0) throw missing('', "execute 'createElement' on 'Document'", 1, 0);
      return new HTMLElement(name);
    }
    createTextNode(/** @type {string} */ text) {
      return new Text(`${text}`);
    }
    getElementById(/** @type {string} */ id) {
      return this.querySelector(`#${id}`);
    }
    querySelector(/** @type {string} */ selector) {
      return this.querySelectorAll(selector)[0] ?? null;
    }
    querySelectorAll(/** @type {string} */ selector) {
      const { documentElement } = this;
      return [...(/^html$/i.test(selector) ? [documentElement] : []), ...documentElement.querySelectorAll(selector)];
    }
    readyState = 'complete';
    hidden = false;
    visibilityState = 'visible';
  }
  const document = new Document();
  document.append(document.documentElement);
  document.documentElement.append(document.body);
  parents.set(document, globalThis);

  const { click } = HTMLElement.prototype;
  for (const C of [MutationObserver, Node, Text, HTMLElement, Document]) pristine.runAll(C.prototype);
  Object.defineProperty(HTMLElement.prototype, 'click', { value: click }); // it runs the program's listeners

  return { document, MutationObserver, Node, Text, HTMLElement, Element: HTMLElement };
}
