// @ts-check
/**
 * What a host has and the playground has not: said before anything runs, with the line, and what to use instead. So
 * nothing is silently different; what the host has not either fails as it does there.
 *
 *     absentIn(source, { host, module }) -> [{ line, column, name, cure }]
 */
import { childrenOf, everyNode, parse } from '../lower/parse.js';

/** @typedef {import('../lower/parse.js').Node} Node */
/** @typedef {{ line: number, column: number, name: string, cure: string }} Absence  line and column from 1 */

/** A program that uses what is not here. */
export class AbsentError extends Error {
  /** @param {Absence[]} absences */
  constructor(absences) {
    super(absences.map(textOf).join('\n'));
    this.name = 'AbsentError';
    this.absences = absences;
  }
}

/** @param {Absence} absence */
export const textOf = ({ line, column, name, cure }) => `${line}:${column}: ${name} is not in this playground; ${cure}`;

const NETWORK = 'let a timer stand for the wait';
const STORE = 'keep the value in a variable';
const CODE = 'write the code as a function';
const THREADS = 'a timer can stand for the reply: there is one thread here';
const TEXT = 'use strings and arrays';
const WRITE = 'write the text yourself';
const EVENT = 'use new Event';
const ALONE = 'nothing is drawn here';
const MACHINE = 'put what you need of it into a variable';
const DIALOG = 'use console.log, and values that stand in the program';

/** Names of both hosts. */
const BOTH = {
  eval: CODE,
  WebSocket: NETWORK,
  Worker: THREADS,
  SharedArrayBuffer: THREADS,
  Atomics: THREADS,
  BroadcastChannel: 'use an EventTarget',
  WebAssembly: 'write it in JavaScript',
  FinalizationRegistry: 'no order is promised for it anywhere: leave it out',
  WeakRef: 'hold the object itself: when one is collected is not promised anywhere',
  crypto: 'use Math.random()',
  Blob: TEXT,
  File: TEXT,
  FormData: 'use an object',
  URL: TEXT,
  URLSearchParams: TEXT,
  TextEncoder: TEXT,
  TextDecoder: TEXT,
  Intl: WRITE,
  WritableStream: 'use an async function that is called for each chunk',
  TransformStream: 'use an async generator',
};

/** @type {Record<string, Record<string, string>>} */
const NAMES = {
  node: {
    ...BOTH,
    fetch: 'use host browser, whose replies you set, or a promise that a timer resolves',
    Request: NETWORK,
    Response: NETWORK,
    Headers: 'use a Map',
    MessageChannel: 'use host browser, or setImmediate',
    MessagePort: 'use host browser',
    ReadableStream: 'use an async generator, or host browser',
  },
  browser: {
    ...BOTH,
    XMLHttpRequest: 'use fetch, whose replies you set',
    EventSource: NETWORK,
    localStorage: STORE,
    sessionStorage: STORE,
    indexedDB: STORE,
    caches: STORE,
    alert: DIALOG,
    confirm: DIALOG,
    prompt: DIALOG,
    history: 'nothing is navigated here',
    MouseEvent: EVENT,
    PointerEvent: EVENT,
    KeyboardEvent: EVENT,
    InputEvent: EVENT,
    UIEvent: EVENT,
    FocusEvent: EVENT,
    SubmitEvent: EVENT,
    FileReader: TEXT,
    Request: 'give its address to fetch',
    Notification: DIALOG,
    DOMParser: 'use document.createElement',
    getComputedStyle: ALONE,
    matchMedia: ALONE,
    innerWidth: ALONE,
    innerHeight: ALONE,
    scrollTo: ALONE,
    open: 'there is one page',
    close: 'there is one page',
    customElements: 'use document.createElement with listeners',
    IntersectionObserver: 'nothing is laid out here',
    ResizeObserver: 'nothing is laid out here',
    Image: 'nothing is drawn here: use fetch',
    SharedWorker: THREADS,
  },
};

/** Members of objects that are here. @type {Record<string, Record<string, Record<string, string>>>} */
const MEMBERS = {
  node: {
    process: {
      stdin: 'let a timer stand for the input',
      cpuUsage: 'use process.hrtime()',
      resourceUsage: MACHINE,
      config: MACHINE,
      features: MACHINE,
      umask: MACHINE,
      getuid: MACHINE,
      getgid: MACHINE,
      getActiveResourcesInfo: 'look at what waits',
      mainModule: 'use require.main',
      report: MACHINE,
      kill: 'use process.exit()',
      binding: 'nothing inside Node is here',
      send: 'there is one process',
      chdir: 'all files are in one folder',
    },
  },
  browser: {
    document: { write: 'use document.body.append', cookie: STORE },
    performance: { getEntries: 'use performance.now()', timing: 'use performance.now()' },
  },
};
/** What speaks of a language or a form; without them it is here, in American English. */
const IN_A_FORM = /^(?:toLocale(?:Date|Time)?String|localeCompare)$/;
const ANYWHERE = { Array: { fromAsync: 'use for await' }, Error: { prepareStackTrace: 'read error.stack' } };

/** What is used instead of what a module of Node's has. @type {Record<string, Record<string, string>>} */
const OF_MODULES = {
  fs: {
    createReadStream: 'use fs.readFile',
    createWriteStream: 'use fs.writeFile',
    watch: 'nothing else changes the files',
    open: 'use fs.readFile, fs.writeFile',
  },
};

const FILES = 'access appendFile mkdir readFile readdir rename stat unlink writeFile';
/** What the modules have here, all of it. */
export const MODULE_NAMES = new Map(
  Object.entries({
    assert: 'ok strict',
    buffer: 'Buffer',
    events:
      'EventEmitter captureRejectionSymbol captureRejections errorMonitor defaultMaxListeners init listenerCount on once',
    fs: `${FILES} ${FILES.replace(/\b( |$)/g, 'Sync$1')} constants existsSync promises`,
    'fs/promises': `${FILES} constants`,
    path: 'basename dirname extname join resolve sep',
    perf_hooks: 'performance',
    timers: 'clearImmediate clearInterval clearTimeout promises setImmediate setInterval setTimeout',
    'timers/promises': 'scheduler setImmediate setInterval setTimeout',
    util: 'callbackify format formatWithOptions inherits inspect promisify types',
    'util/types':
      'isAsyncFunction isDate isGeneratorFunction isGeneratorObject isMap isNativeError isPromise isProxy isRegExp isSet ' +
      'isTypedArray isUint8Array isWeakMap isWeakSet',
  }).map(([name, names]) => [name, names.split(' ')]),
);
/** What every function and object has; an ES module has a default, too. @param {string} name */
const isEverywhere = (name) => name in Function.prototype || name === 'prototype' || name === 'default';

/** What elements are not: members, of whatever object, in a program that has a document. */
const OF_ELEMENTS = {
  innerHTML: 'use textContent and append',
  outerHTML: 'use append and remove',
  insertAdjacentHTML: 'use append',
  classList: 'use className',
  insertBefore: 'use append',
  replaceChildren: 'use textContent and append',
  cloneNode: 'use document.createElement',
  getBoundingClientRect: 'nothing is laid out here',
  offsetHeight: 'nothing is laid out here',
  offsetWidth: 'nothing is laid out here',
  clientX: ALONE,
  clientY: ALONE,
  scrollTop: ALONE,
  scrollIntoView: ALONE,
  innerText: 'use textContent',
  dataset: 'use getAttribute and setAttribute',
  firstChild: 'use childNodes',
  lastChild: 'use childNodes',
  firstElementChild: 'use children',
  lastElementChild: 'use children',
  nextSibling: 'use childNodes of the parentNode',
  previousSibling: 'use childNodes of the parentNode',
  nextElementSibling: 'use children of the parentNode',
  previousElementSibling: 'use children of the parentNode',
  prepend: 'use append',
  replaceWith: 'use append and remove',
  toggleAttribute: 'use hasAttribute, setAttribute and removeAttribute',
  getElementsByClassName: 'use querySelectorAll',
  getElementsByTagName: 'use querySelectorAll',
  createDocumentFragment: 'append one element after another',
  createEvent: EVENT,
  closest: 'go from parentNode to parentNode',
  matches: 'compare tagName, id or className',
};

/** The same of what fetch gives, in a program that calls it. */
const OF_REPLIES = { arrayBuffer: 'use text() or json()', blob: 'use text() or json()', formData: 'use json()' };

/** The same of streams, in a program that has any. */
const OF_STREAMS = {
  closed: 'read until it is done',
  tee: 'read it once, and keep the chunks',
  pipeTo: 'read it with for await',
  pipeThrough: 'read it with for await',
};

const OF_INSPECT = { colors: 'there are none', getters: 'read them yourself', numericSeparator: WRITE };
/** Options that are not here, by the name of what they are given to. @type {Record<string, Record<string, string>>} */
const OPTIONS = {
  dir: OF_INSPECT,
  inspect: OF_INSPECT,
  formatWithOptions: OF_INSPECT,
};

const MODULES = new Set([...MODULE_NAMES.keys(), 'console', 'process']);
const MODULE_CURE = `there are ${[...MODULES].join(', ')}`;

/** All names that are bound anywhere in a program, and how often: a name of the host that is among them is the
 * program's own. */
function boundIn(/** @type {Node} */ program) {
  /** @type {Map<string, number>} */ const bound = new Map();
  /** @param {Node | null} pattern */
  const bind = (pattern) => {
    if (!pattern) return;
    if (pattern.type === 'Identifier') bound.set(pattern.name, (bound.get(pattern.name) ?? 0) + 1);
    else if (pattern.type === 'AssignmentPattern') bind(pattern.left);
    else if (pattern.type === 'Property') bind(pattern.value);
    else if (/Pattern|RestElement/.test(pattern.type)) childrenOf(pattern).forEach(bind);
  };
  for (const node of everyNode(program)) {
    if (node.type === 'VariableDeclarator' || /^(?:Function|Class)/.test(node.type)) bind(node.id);
    if (node.type === 'CatchClause') bind(node.param);
    if (node.params) node.params.forEach(bind);
    if (node.local) bind(node.local);
  }
  return bound;
}

/** The members that a program gives to objects of its own: an element or a stream is not meant by their names.
 * @param {Node} program */
function ownMembersOf(program) {
  /** @type {Set<string>} */ const own = new Set();
  for (const node of everyNode(program)) {
    const isOfThis = node.type === 'AssignmentExpression' && node.left.object?.type === 'ThisExpression';
    if (isOfThis && !node.left.computed) own.add(nameIn(node.left.property));
    const members = node.type === 'ObjectExpression' ? node.properties : node.type === 'ClassBody' ? node.body : [];
    for (const { key, computed } of members) if (key && !computed) own.add(nameIn(key));
  }
  return own;
}

/** A module's name without its prefix. @param {Node | undefined} specifier @returns {string | undefined} */
const moduleNamed = (specifier) =>
  specifier?.type === 'Literal' && typeof specifier.value === 'string'
    ? specifier.value.replace(/^node:/, '')
    : undefined;

/** What a key or an imported name says: both may stand in quotes. @param {Node} node @returns {string} */
const nameIn = ({ name, value }) => name ?? String(value);

/** Which modules a program's names stand for, and what it takes out of them. */
class ModulesOf {
  /** @type {Map<string, string>} */ #owners = new Map();
  /** @type {{ node: Node, module: string, name: string }[]} */ taken = [];

  /** @param {Node} program @param {Map<string, number>} bound */
  constructor(program, bound) {
    const own = (/** @type {Node} */ local, /** @type {string} */ module) => {
      if (bound.get(local.name) === 1) this.#owners.set(local.name, module);
    };
    for (const node of everyNode(program)) {
      const module =
        node.type === 'VariableDeclarator' ? this.of(node.init) : node.specifiers && moduleNamed(node.source);
      if (!module) continue;
      for (const { local, imported } of node.specifiers ?? []) {
        if (imported) this.taken.push({ node: imported, module, name: nameIn(imported) });
        else own(local, module);
      }
      if (node.id?.type === 'Identifier') own(node.id, module);
      if (node.id?.type !== 'ObjectPattern') continue;
      for (const { key, computed } of node.id.properties) {
        if (key && !computed) this.taken.push({ node: key, module, name: nameIn(key) });
      }
    }
  }

  /** The module that a value is; undefined when it is none, or unknown. @param {Node | null} node
   * @returns {string | undefined} */
  of(node) {
    if (node?.type === 'Identifier') return this.#owners.get(node.name);
    if (node?.type === 'CallExpression' && node.callee.name === 'require') return moduleNamed(node.arguments[0]);
    if (node?.type !== 'MemberExpression' || node.computed) return undefined;
    const inner = `${this.of(node.object)}/${node.property.name}`;
    return MODULE_NAMES.has(inner) ? inner : undefined;
  }
}

/** Whether a call says in which language or form, other than American English. @param {Node} node */
function speaksOfForm({ callee, arguments: list }) {
  const [language, ...others] = list.slice(callee.property.name === 'localeCompare' ? 1 : 0);
  return others.length > 0 || (language !== undefined && language.value !== 'en-US' && language.name !== 'undefined');
}

/** The nodes whose names are looked up, those of `typeof` aside: that is how a program asks. @param {Node} node
 * @returns {Generator<Node>} */
function* lookedUp(node) {
  if (node.type === 'Identifier' || node.type === 'MemberExpression' || node.type === 'ImportExpression') yield node;
  if (node.type === 'CallExpression' || node.type === 'ImportDeclaration' || node.type === 'NewExpression') yield node;
  if (node.type === 'UnaryExpression' && node.operator === 'typeof' && node.argument.type === 'Identifier') return;
  for (const child of childrenOf(node)) {
    const isKey = (child === node.property || child === node.key) && !node.computed && !node.shorthand;
    const isLabel = child === node.label || child === node.imported || child === node.exported;
    if (!isKey && !isLabel) yield* lookedUp(child);
  }
}

/**
 * @param {string} source @param {{ host: 'node' | 'browser', module: boolean }} options
 * @returns {Absence[]}
 */
export function absentIn(source, { host, module }) {
  const program = parse(source, { host, module });
  const bound = boundIn(program);
  const free = (/** @type {Node} */ node) => node?.type === 'Identifier' && !bound.has(node.name);
  const usesFetch = host === 'browser' && /\bfetch\b/.test(source);
  const usesStreams = host === 'browser' && /\b(?:ReadableStream|getReader)\b/.test(source);
  const usesDocument = host === 'browser' && /\bdocument\b/.test(source);
  const own = ownMembersOf(program);
  const globals = new Set(['globalThis', 'window', 'self', 'global']);
  /** @type {Absence[]} */ const absences = [];
  const note = (/** @type {Node} */ { start }, /** @type {string} */ name, /** @type {string} */ cure) => {
    const before = source.slice(0, start).split('\n');
    absences.push({ line: before.length, column: before[before.length - 1].length + 1, name, cure });
  };
  /** @param {any} table @param {string} name @returns {string | undefined} */
  const cureIn = (table, name) =>
    table && Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;

  const modules = new ModulesOf(program, bound);
  /** @param {Node} node @param {string} from @param {string} name */
  const needOfModule = (node, from, name) => {
    const names = MODULE_NAMES.get(from);
    if (host !== 'node' || !names || names.includes(name) || isEverywhere(name)) return;
    note(node, `${from}.${name}`, cureIn(OF_MODULES[from], name) ?? `there are ${names.join(', ')}`);
  };
  for (const { node, module: from, name } of modules.taken) needOfModule(node, from, name);

  /** @param {Node} node @param {Node} specifier */
  const needModule = (node, specifier) => {
    const name = moduleNamed(specifier);
    if (name === undefined) return;
    const isHere = host === 'node' && MODULES.has(name);
    if (!isHere)
      note(node, `the module '${specifier.value}'`, host === 'node' ? MODULE_CURE : 'write it in the program');
  };

  /** @param {Node} node a call */
  const needOptions = ({ callee, arguments: given }) => {
    const options = cureIn(OPTIONS, callee.name ?? callee.property?.name);
    for (const { key, value, computed } of given.flatMap((/** @type {Node} */ one) => one.properties ?? [])) {
      const cure = key && !computed && value.value !== false ? cureIn(options, nameIn(key)) : undefined;
      if (cure) note(key, `the option ${nameIn(key)}`, cure);
    }
  };

  for (const node of lookedUp(program)) {
    if (host === 'node' && node.arguments) needOptions(node);
    if (free(node)) {
      const cure = cureIn(NAMES[host], node.name);
      if (cure) note(node, node.name, cure);
    } else if (node.type === 'MemberExpression' && !node.computed) {
      const { object, property } = node;
      const owner = object.type === 'Identifier' ? object.name : '';
      const from = modules.of(object);
      if (from) needOfModule(property, from, property.name);
      const known = free(object) ? (cureIn(MEMBERS[host], owner) ?? cureIn(ANYWHERE, owner)) : undefined;
      const ofGlobal = free(object) && globals.has(owner) ? cureIn(NAMES[host], property.name) : undefined;
      const ofObject = own.has(property.name)
        ? undefined
        : ((usesDocument ? cureIn(OF_ELEMENTS, property.name) : undefined) ??
          (usesFetch ? cureIn(OF_REPLIES, property.name) : undefined) ??
          (usesStreams ? cureIn(OF_STREAMS, property.name) : undefined));
      const cure = cureIn(known, property.name) ?? ofGlobal ?? ofObject;
      if (cure) note(property, owner ? `${owner}.${property.name}` : property.name, cure);
    } else if (node.type === 'ImportDeclaration' || node.type === 'ImportExpression') {
      needModule(node, node.source);
    } else if (IN_A_FORM.test(node.callee?.property?.name) && speaksOfForm(node)) {
      note(node.callee.property, `${node.callee.property.name} of a language or in a form`, WRITE);
    } else if (free(node.callee)) {
      if (node.callee.name === 'require' && host === 'node' && !module) needModule(node, node.arguments[0]);
      if (node.callee.name === 'Function') note(node, 'Function of a text', CODE);
    }
  }
  return absences;
}
