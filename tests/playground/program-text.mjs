// The text of a random program (random-programs.mjs). Each line that it logs has a number of its own.
//
// What a program prints must be no accident: it has few timers, and no two sums of their delays are alike, unless one
// of them is run again and again; nothing is thrown where nobody catches it, unless it listens to that; it ends; and no
// text of an error that an engine words itself is logged. Where a statement cannot be what it is (an await outside of
// async functions), it is another, so that every tree is a program.

const TIMERS = 3; // the second's delay is 4 times as long as the first's, and the third's 16 times
const DEFERRED = 2;
const HANDLES = 2; // that may be cleared: the first timers and immediates
const CANCELS = {
  Timeout: 'clearTimeout',
  Immediate: 'clearImmediate',
  AnimationFrame: 'cancelAnimationFrame',
  IdleCallback: 'cancelIdleCallback',
};
const EMITS = 6; // in all, and changes of an element: who hears of them may emit again
const SENDERS = 2; // ports that get many messages
const CONTROLLERS = 2; // of tasks
const FILES = 3; // that are asked for: several together come in any order
const LINES = 300; // of the log, at most: the rest is not told

/** Where orders are compared, each call prints one line. @param {{ isModule: boolean, has?: string[] }} options */
const nodePrelude = ({ isModule, has = [] }) => `${
  isModule ? "import events from 'node:events';" : "const events = require('node:events');"
}
${
  has.includes('files')
    ? `const fs = require('node:fs');
const { inspect } = require('node:util');
const line = (values) => [values.map((v) => inspect(v, { breakLength: Infinity })).join(' ')];`
    : 'const line = (values) => values;'
}
const print = (...values) => ++lines <= ${LINES} && console.log(...line(values));
const emitter = new events.EventEmitter();
const emit = (name, v) => ++emits <= ${EMITS} && emitter.emit(name, v);
`;

// Each call prints one line. Elements, which nobody sees; a click is an event like others, and a browser makes it.
const BROWSER_PRELUDE = `const text = (v) =>
  v instanceof Event ? v.type
  : typeof v === 'function' ? 'a function'
  : Array.isArray(v) ? '[' + v.map(text) + ']'
  : v?.constructor === Object ? '{' + Object.entries(v).map(([key, value]) => key + ': ' + text(value)) + '}'
  : typeof v === 'object' && v !== null ? Object.prototype.toString.call(v)
  : String(v);
const print = (...values) => ++lines <= ${LINES} && console.log(values.map(text).join(' '));
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  say('unhandled', event.reason);
});
const outer = document.body.appendChild(document.createElement('div'));
const inner = outer.appendChild(document.createElement('button'));
const emit = (name, v) => {
  if (++emits > ${EMITS}) return 'enough';
  if (name === 'click') return inner.click();
  return (v % 2 ? outer : inner).dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
};
const once = (name) => new Promise((resolve) => inner.addEventListener(name, resolve, { once: true }));
let observed = 0;
const change = (v) => ++emits <= ${EMITS} && outer.setAttribute('title', v);
const posted = [];
addEventListener('message', ({ data }) => posted[data]());
const post = (callback) => postMessage(posted.push(callback) - 1, '*');
const senders = Array.from({ length: ${SENDERS} }, () => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => posted[data]();
  return port2;
});
const send = (index, callback) => senders[index].postMessage(posted.push(callback) - 1);
const message = (callback) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    callback();
    port1.close();
  };
  port2.postMessage('now');
};
const timeout = (ms) => new Promise((resolve) => (AbortSignal.timeout(ms).onabort = resolve));
const controllers = Array.from({ length: ${CONTROLLERS} }, () => globalThis.TaskController && new TaskController());
`;

/** @param {{ host: string, isModule: boolean, has?: string[] }} options */
const preludeOf = (options) => `${options.host === 'node' ? nodePrelude(options) : BROWSER_PRELUDE}let lines = 0;
let emits = 0;
const isPlain = (v) => v?.constructor === Object && !('then' in v);
const plain = (v) =>
  v instanceof Error ? v.name + (v.message === 'e' ? ' e' : '')
  : v instanceof Promise ? 'a promise'
  : Array.isArray(v) ? v.map(plain)
  : isPlain(v) ? Object.fromEntries(Object.entries(v).map(([key, value]) => [key, plain(value)]))
  : v;
const say = (n, v) => print(n, plain(v));
class Own extends Promise {
  then(f, g) {
    print('then of Own');
    return super.then(f, g);
  }
}
const settled = Promise.resolve('settled');
const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const handles = { Timeout: [], Immediate: [], AnimationFrame: [], IdleCallback: [] };
const settle = [];
const deferred = Array.from({ length: ${DEFERRED} }, () => new Promise((...both) => settle.push(both)));
`;

/** @typedef {{ isAsync: boolean, isGenerator: boolean, catches: boolean, returns: 'not' | 'nothing' | 'value',
 * isLoop: boolean }} Where  what may stand at a place; `catches`: what is thrown there is caught by somebody, who is
 * not the process */
/** @type {Where} */
const AT_TOP = { isAsync: false, isGenerator: false, catches: false, returns: 'not', isLoop: false };
const CALLBACK = { ...AT_TOP, returns: 'nothing' };
const HANDLER = { ...AT_TOP, catches: true, returns: 'value' };
const ASYNC = { ...HANDLER, isAsync: true };

class Text {
  #lines = 0;
  #timers = 0;
  #files = 0;
  /** What is thrown where nobody catches it is told. */ #listens = false;
  /** @type {string[]} the forms of the functions that are declared: only these are called, so there is an end */
  #forms = [];

  constructor({ host, isModule, unit, has = [] }) {
    this.has = has;
    this.host = host;
    this.isModule = isModule;
    this.unit = unit;
  }

  program({ functions, main, listeners }) {
    this.#listens = listeners !== null;
    let text = '';
    for (const one of functions) {
      text += this.function(one);
      this.#forms.push(one.form);
    }
    if (this.host === 'node') text += this.listeners(listeners ?? { caught: [], unhandled: [] });
    const where = { ...AT_TOP, isAsync: this.isModule };
    return preludeOf(this) + text + main.map((block) => this.block(block, where, '')).join('');
  }

  /** What the process tells of; the first ones are answered. A listener of errors must not throw. */
  listeners({ caught, unhandled }) {
    const answers = (blocks, count) =>
      blocks.map((body, i) => `if (${count} === ${i + 1}) ${this.braced(body, CALLBACK, '    ')}\n`).join('');
    let text = `let unhandled = 0;
process.on('unhandledRejection', (reason) => {
  say('unhandled', reason);
  unhandled++;
${answers(unhandled, 'unhandled')}});
`;
    if (this.#listens)
      text += `let caught = 0;
process.on('uncaughtException', (error) => {
  say('caught', error);
  caught++;
  try {
${answers(caught, 'caught')}} catch (error) {
    say('caught at once', error);
  }
});
`;
    return text;
  }

  function({ form, body, value }) {
    const name = `f${this.#forms.length}`;
    const where = form === 'plain' ? { ...CALLBACK, returns: 'value' } : { ...ASYNC, isGenerator: form.includes('*') };
    const given = `(v${value === null ? '' : ` = ${value}`})`;
    const text = `{\n  say(${this.next()}, v);\n${this.block(body, where, '  ')}}`;
    return {
      plain: `function ${name}${given} ${text}\n`,
      async: `async function ${name}${given} ${text}\n`,
      'async arrow': `const ${name} = async ${given} => ${text};\n`,
      'async method': `const ${name} = class {\n  static async run${given} ${text}\n}.run;\n`,
      'async*': `async function* ${name}${given} ${text}\n`,
      'async* method': `const { ${name} } = { async *${name}${given} ${text} };\n`,
    }[form];
  }

  /** The number of another line of the log. */
  next() {
    return ++this.#lines;
  }

  /** The delay of another timer; undefined when there are enough of them. */
  delay() {
    return this.#timers < TIMERS ? this.unit * 4 ** this.#timers++ : undefined;
  }

  /** The call of a file that is there, or is not; undefined when there are enough of them. */
  file({ name, isThere }) {
    if (this.#files++ >= FILES) return undefined;
    const own = name === 'readdir' ? "'.'" : '__filename';
    return `${name}(${isThere ? own : "'nothing'"}`;
  }

  /** The name of a function that may be called, if there is one: a generator, or one that makes a promise. */
  callable(index, isGenerator) {
    const fitting = [...this.#forms.keys()].filter((i) => this.#forms[i].includes('*') === isGenerator);
    return fitting.length > 0 ? `f${fitting[index % fitting.length]}` : undefined;
  }

  block(statements, where, indent) {
    return statements.map((one) => this.statement(one, where, indent)).join('');
  }

  /** Statements between braces, maybe with a line before and after them. */
  braced(statements, where, indent, before = '', after = '') {
    const inner = `${indent}  `;
    const text =
      (before && inner + before + '\n') + this.block(statements, where, inner) + (after && inner + after + '\n');
    return text === '' ? '{}' : `{\n${text}${indent}}`;
  }

  callback(statements, indent) {
    return `() => ${this.braced(statements, CALLBACK, indent)}`;
  }

  /** A promise whose outcome is logged. */
  logged(promise) {
    const n = this.next();
    return `Promise.resolve(${promise}).then((v) => say(${n}, v), (v) => say(${n}, v))`;
  }

  statement(one, where, indent) {
    const text = this.#statement(one, where, indent) ?? `print(${this.next()});`;
    return `${indent}${text}\n`;
  }

  /** @returns {string | undefined} undefined where it cannot be */
  #statement(one, where, indent) {
    const inLoop = { ...where, isLoop: true };
    const canAwait = where.isAsync && where.catches;
    const inner = `${indent}  `;
    switch (one.kind) {
      case 'log':
        return undefined;
      case 'use':
        return `${this.logged(this.promise(one.promise, where, indent))};`;
      case 'await': {
        const promise = this.promise(one.promise, where, indent);
        if (canAwait) return `say(${this.next()}, await ${promise});`;
        if (where.isAsync) return `say(${this.next()}, await Promise.allSettled([${promise}]));`;
        return `${this.logged(promise)};`;
      }
      case 'microtask':
        return `queueMicrotask(${this.callback(one.body, indent)});`;
      case 'tick':
        return `process.nextTick(${this.callback(one.body, indent)});`;
      case 'immediate':
        return `handles.Immediate.push(setImmediate(${this.callback(one.body, indent)}));`;
      case 'file': {
        const call = this.file(one);
        const body = this.braced(one.body, CALLBACK, indent, `print(${this.next()}, error?.code);`);
        return call && `fs.${call}, (error) => ${body});`;
      }
      case 'message':
      case 'post':
        return `${one.kind}(${this.callback(one.body, indent)});`;
      case 'send':
        return `send(${one.index % SENDERS}, ${this.callback(one.body, indent)});`;
      case 'frame':
        return `handles.AnimationFrame.push(requestAnimationFrame(${this.callback(one.body, indent)}));`;
      case 'idle':
        return `handles.IdleCallback.push(requestIdleCallback(${this.callback(one.body, indent)}));`;
      case 'compete': {
        const say = () => `() => print(${this.next()})`;
        return `scheduler.postTask(${say()}), scheduler.yield().then(${say()}, ${say()});`;
      }
      case 'prioritize':
        return `controllers[${one.index % CONTROLLERS}].setPriority('${one.priority}');`;
      case 'abort tasks':
        return `controllers[${one.index % CONTROLLERS}].abort(${one.value});`;
      case 'observe': {
        const body = this.braced(one.body, CALLBACK, indent, `print(${this.next()}, records.length);`);
        const first = this.has.includes('observers') ? '' : 'if (observed++ === 0) ';
        return `${first}new MutationObserver((records) => ${body}).observe(outer, { attributes: true });`;
      }
      case 'change':
        return `change(${this.next()});`;
      case 'timer': {
        const ms = this.delay();
        return ms && `handles.Timeout.push(setTimeout(${this.callback(one.body, indent)}, ${ms}));`;
      }
      case 'interval': {
        const ms = this.delay();
        const body = this.braced(one.body, CALLBACK, `${indent}  `, 'if (++beats === 2) clearInterval(interval);');
        return (
          ms && `{\n${inner}let beats = 0;\n${inner}const interval = setInterval(() => ${body}, ${ms});\n${indent}}`
        );
      }
      case 'clear':
        // After an error Node never ends with immediates of which a tick cleared the next one.
        if (one.what === 'Immediate' && this.#listens) return undefined;
        return `${CANCELS[one.what]}(handles.${one.what}[${one.index % HANDLES}]);`;
      case 'try': {
        const isCaught = one.handler !== null || one.last === null;
        const body = this.braced(one.body, { ...where, catches: where.catches || isCaught }, indent);
        const say = `say(${this.next()}, error);`;
        const caught = isCaught ? ` catch (error) ${this.braced(one.handler ?? [], where, indent, say)}` : '';
        const last = one.last ? ` finally ${this.braced(one.last, where, indent)}` : '';
        return `try ${body}${caught}${last}`;
      }
      case 'throw':
        return where.catches || this.#listens ? `if (${this.next()}) throw ${one.value};` : undefined;
      case 'return': {
        if (where.returns === 'not') return undefined;
        if (where.returns === 'nothing' || !one.promise) return `if (${this.next()}) return;`;
        const promise = this.promise(one.promise, where, indent);
        return `if (${this.next()}) return ${one.isAwaited && canAwait ? 'await ' : ''}${promise};`;
      }
      case 'loop': {
        const head = ['let i = 0; i < 2; i++', "const i of ['x', 'y']", 'let i = 2; i-- > 0; ', 'const i in [1, 2]'][
          one.form
        ];
        return `for (${head}) ${this.braced(one.body, inLoop, indent)}`;
      }
      case 'leave':
        return where.isLoop ? `if (${this.next()}) ${one.word};` : undefined;
      case 'if': {
        const promise = this.promise(one.promise, where, indent);
        const test = canAwait ? `await ${promise}` : this.logged(promise);
        return `if (${test}) ${this.braced(one.body, where, indent)} else ${this.braced(one.other, where, indent)}`;
      }
      case 'for await': {
        if (!canAwait) return undefined;
        const iterable = this.iterable(one.iterable, where, indent);
        return `for await (const v of ${iterable}) ${this.braced(one.body, inLoop, indent, `say(${this.next()}, v);`)}`;
      }
      case 'drive': {
        const generator = this.callable(one.index, true);
        if (!generator) return undefined;
        const calls = one.calls.map(([method, promise]) => {
          const call = `it.${method}(${this.promise(promise, where, inner)})`;
          return `${inner}${this.logged(call)};\n`;
        });
        return `{\n${inner}const it = ${generator}();\n${calls.join('')}${indent}}`;
      }
      case 'settle': {
        const promise = this.promise(one.promise, where, indent);
        return `settle[${one.index % DEFERRED}][${one.isGood ? 0 : 1}](${promise});`;
      }
      case 'yield':
        return where.isGenerator
          ? `say(${this.next()}, yield ${this.promise(one.promise, where, indent)});`
          : undefined;
      case 'yield*':
        return where.isGenerator
          ? `say(${this.next()}, yield* ${this.iterable(one.iterable, where, indent)});`
          : undefined;
      case 'emit':
        return `print(${this.next()}, emit(${this.event(one.index)}, ${this.next()}));`;
      case 'listen': {
        const body = this.braced(one.body, CALLBACK, indent, `say(${this.next()}, v);`);
        if (this.host === 'browser') {
          const [target, isCapture] = [one.index % 4 < 2 ? 'inner' : 'outer', one.index > 5];
          const how = `{ once: ${one.isOnce}, capture: ${isCapture} }`;
          return `${target}.addEventListener(${this.event(one.index)}, (v) => ${body}, ${how});`;
        }
        return `emitter.${one.isOnce ? 'once' : 'on'}(${this.event(one.index)}, (v) => ${body});`;
      }
      case 'dispatch':
        return (
          `{\n${inner}const target = new EventTarget();\n` +
          `${inner}target.addEventListener('go', ${this.callback(one.body, inner)});\n` +
          `${inner}print(${this.next()}, target.dispatchEvent(new Event('go')));\n${indent}}`
        );
      case 'abort': {
        const said = this.braced(one.body, CALLBACK, inner, `say(${this.next()}, signal.reason);`);
        return (
          `{\n${inner}const controller = new AbortController();\n${inner}const { signal } = controller;\n` +
          `${inner}signal.addEventListener('abort', () => ${said});\n` +
          `${inner}controller.abort(${one.value});\n${indent}}`
        );
      }
      case 'reject':
        return `Promise.reject(${one.value});`;
      default:
        throw new Error(`no such statement: ${one.kind}`);
    }
  }

  event(index) {
    if (index % 2 === 0) return "'a'";
    return this.host === 'browser' ? "'click'" : "'b'";
  }

  /** An expression; what it gives may be no promise. */
  promise(one, where, indent) {
    switch (one.kind) {
      case 'resolve':
        return `Promise.resolve(${one.value})`;
      case 'rejected':
        return `Promise.reject(${one.value})`;
      case 'value':
        return one.value;
      case 'call': {
        const name = this.callable(one.index, false);
        return name ? `${name}(${one.value})` : one.value;
      }
      case 'new': {
        const inner = `${indent}  `;
        const before = this.block(one.before, HANDLER, inner);
        const settle = `${inner}${one.isGood ? 'resolve' : 'reject'}(${this.promise(one.promise, HANDLER, inner)});\n`;
        return `new Promise((resolve, reject) => {\n${before}${settle}${this.block(one.after, HANDLER, inner)}${indent}})`;
      }
      case 'chain': {
        const first = this.promise(one.promise, where, indent);
        return `Promise.resolve(${first})${one.links.map((link) => this.link(link, indent)).join('')}`;
      }
      case 'combine': {
        const of = one.isOwn ? 'Own' : 'Promise';
        return `${of}.${one.how}(${this.list(one.promises, where, indent)})`;
      }
      case 'thenable': {
        const settle = `${one.isGood ? 'resolve' : 'reject'}(${this.promise(one.promise, HANDLER, `${indent}    `)});`;
        const twice = one.isTwice ? " resolve('again');" : '';
        const body = this.braced(one.body, HANDLER, `${indent}  `, `print(${this.next()});`, settle + twice);
        return `{\n${indent}  then(resolve, reject) ${body},\n${indent}}`;
      }
      case 'getter': {
        const body = this.braced(one.body, { ...HANDLER, returns: 'not' }, `${indent}  `, '', `return ${one.value};`);
        return `{\n${indent}  get then() ${body},\n${indent}}`;
      }
      case 'own':
        return `Own.resolve(${this.promise(one.promise, where, indent)})`;
      case 'deferred':
        return `deferred[${one.index % DEFERRED}]`;
      case 'sleep': {
        const ms = this.delay();
        return ms ? `sleep(${ms}, ${one.value})` : one.value;
      }
      case 'arrow':
        return `(async () => ${this.braced(one.body, ASYNC, indent)})()`;
      case 'once':
        return this.host === 'browser'
          ? `once(${this.event(one.index)})`
          : `events.once(emitter, ${this.event(one.index)})`;
      case 'file': {
        const call = this.file(one);
        return call ? `fs.promises.${call}).then(() => 'read', (error) => error.code)` : 'null';
      }
      case 'timeout': {
        const ms = this.delay();
        return ms ? `timeout(${ms})` : 'null';
      }
      case 'task': {
        const body = this.braced(one.body, HANDLER, indent);
        return `scheduler.postTask(() => ${body}, { priority: '${one.priority}' })`;
      }
      case 'task of a signal': {
        const body = this.braced(one.body, HANDLER, indent);
        return `scheduler.postTask(() => ${body}, { signal: controllers[${one.index % CONTROLLERS}].signal })`;
      }
      case 'go on':
        return 'scheduler.yield()';
      default:
        throw new Error(`no such promise: ${one.kind}`);
    }
  }

  link({ kind, body, other, isAsync }, indent) {
    const handler = (statements) => {
      const say = `say(${this.next()}, v);`;
      return `${isAsync ? 'async ' : ''}(v) => ${this.braced(statements, isAsync ? ASYNC : HANDLER, indent, say)}`;
    };
    switch (kind) {
      case 'either':
        return `.then(${handler(body)}, ${handler(other)})`;
      case 'pass':
        return '.then()';
      default:
        return `.${kind}(${handler(body)})`;
    }
  }

  list(promises, where, indent) {
    return `[${promises.map((one) => this.promise(one, where, indent)).join(', ')}]`;
  }

  /** An expression: an iterable, of either kind. */
  iterable(one, where, indent) {
    const inner = `${indent}  `;
    switch (one.kind) {
      case 'list':
        return this.list(one.promises, where, indent);
      case 'generated': {
        const name = this.callable(one.index, true);
        return name ? `${name}()` : `['${this.next()}']`;
      }
      case 'steps': {
        const list = this.list(one.promises, { ...CALLBACK, returns: 'not' }, inner);
        const yields = `${inner}try {\n${inner}  yield* ${list};\n${inner}}`;
        return `(function* () {\n${yields} finally {\n${inner}  print(${this.next()});\n${inner}}\n${indent}})()`;
      }
      case 'by hand': {
        const value = this.promise(one.promise, ASYNC, `${inner}  `);
        const next = `async next() {\n${inner}  return { value: await ${value}, done: ++this.count > 2 };\n${inner}}`;
        const say = `print(${this.next()}, 'return');`;
        const body = this.braced(
          one.body,
          { ...HANDLER, returns: 'not' },
          inner,
          say,
          'return { value: v, done: true };',
        );
        return (
          `{\n${inner}count: 0,\n${inner}[Symbol.asyncIterator]() {\n${inner}  return this;\n${inner}},\n` +
          `${inner}${next},\n${inner}return(v) ${body},\n${indent}}`
        );
      }
      default:
        throw new Error(`no such iterable: ${one.kind}`);
    }
  }
}

/**
 * @param {object} tree
 * @param {{ host: 'node' | 'browser', isModule: boolean, unit: number, has?: string[] }} options  `unit`: the shortest
 *   delay, in milliseconds; `has`: see random-programs.mjs
 * @returns {string}
 */
export const textOf = (tree, options) => new Text(options).program(tree);
