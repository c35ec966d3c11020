// @ts-check
// A scenario as real JavaScript: what its callbacks would be in a page, or in a file that Node runs. See run-here.js
// for the order in which they really come.
//
//     timer onTimeout ready 2          setTimeout(() => {
//       microtask cleanUp                log('onTimeout');
//                                        queueMicrotask(() => {
//                                          log('cleanUp');
//                                        });
//                                      }, 2);
//
// What becomes ready by itself must be made to. A timer is a timer. A socket is a port of a MessageChannel in a
// browser, and in Node a pipe to which another process writes. A promise is one that is resolved from outside: in a
// browser by a timer that is set before all others, in Node by a pipe. An `input` source cannot be made for real (a
// click that a script makes is a call, not a task) and is left out.
//
// Only what user code can see is logged. A hop of a promise (see core/model/promise/promise.h) runs no user code; that
// the model counts the hops right shows in how the callbacks around them interleave.

/**
 * @typedef {object} Statement  a line of a scenario, as a trace has them
 * @property {string} name
 * @property {string} kind
 * @property {number} depth
 * @property {number} takes  microseconds, as all times
 * @property {number | null} after
 * @property {number[]} ready  a source's ready times
 * @property {boolean} [forever]
 * @property {number | null} [of]  the statement whose promise this one is about
 * @property {number | null} [with]  resolve: the statement whose promise is the value
 *
 * @typedef {Statement & { id: string, actions: Line[] }} Line  with what is indented under it
 * @typedef {'browser' | 'node'} Host
 */

/** Milliseconds, as JavaScript writes a number. @param {number} us */
const ms = (us) => String(us / 1000);

/** A string as a learner writes it. @param {string} text */
const quoted = (text) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in interface let new null package private protected public ' +
    'return static super switch this throw true try typeof var void while with yield undefined ' +
    // and what a program uses
    'log busy socket begin pending process setTimeout setImmediate queueMicrotask requestAnimationFrame performance Promise'
  ).split(' '),
);

/** The statements as a tree, each with an identifier of its own. @param {readonly Statement[]} statements */
function linesOf(statements) {
  const taken = new Set(RESERVED);
  /** @type {Line[]} */ const lines = [];
  /** @type {Line[]} */ const roots = [];
  /** @type {Line[]} */ const open = []; // by depth
  for (const statement of statements) {
    const word = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(statement.name) ? statement.name : statement.kind;
    let id = word;
    for (let n = 2; taken.has(id); n++) id = word + n;
    taken.add(id);
    const line = { ...statement, id, actions: [] };
    lines.push(line);
    (statement.depth === 0 ? roots : open[statement.depth - 1].actions).push(line);
    open[statement.depth] = line;
  }
  return { lines, roots };
}

/** @param {Line} line */
const isOfItself = (line) => line.with != null && line.with === line.of;

/** Writes the body of a program. */
class Writer {
  /** @type {Line[]} */ #lines;
  /** @type {Line[]} */ #roots;
  /** @type {Host} */ #host;
  /** @type {Set<Line>} */ #named; // those whose promise a later statement is about
  /** Whether a promise may be rejected. */
  rejects;
  /** What settles a promise from outside at its time. */ #settles;
  #text = '';
  #depth = 0;
  #count = 0; // of the lines of the text
  /**
   * Where the name of each statement is told: the numbers of lines, from 0, in the order of the text.
   *
   * @type {number[][]}
   */
  places;

  /** @param {readonly Statement[]} statements @param {Host} host @param {'socket' | 'timer'} [settles] */
  constructor(statements, host, settles = host === 'node' ? 'socket' : 'timer') {
    const { lines, roots } = linesOf(statements);
    this.#lines = lines;
    this.#roots = roots;
    this.#host = host;
    this.#settles = settles;
    this.places = lines.map(() => []);
    this.#named = new Set(lines.flatMap((line) => [line.of, line.with].flatMap((i) => (i == null ? [] : lines[i]))));
    // A promise that is resolved with itself is rejected too.
    this.rejects = lines.some((line) => line.kind === 'reject' || line.kind === 'throw' || isOfItself(line));
  }

  /** @param {string} line */
  #put(line) {
    this.#text += `${'  '.repeat(this.#depth)}${line}\n`;
    this.#count++;
  }

  /** A line that tells a name: the code of a statement begins here. @param {Line} line @param {string} [name] */
  #log(line, name = line.name, before = '', after = ';') {
    this.places[this.#lines.indexOf(line)].push(this.#count);
    this.#put(`${before}log(${quoted(name)})${after}`);
  }

  /** Lines between an opening and a closing one. @param {string} open @param {() => void} body @param {string} close */
  #block(open, body, close) {
    this.#put(open);
    this.#depth++;
    body();
    this.#depth--;
    this.#put(close);
  }

  /** The identifier of the promise that a statement is about. @param {number | null | undefined} index */
  #id(index) {
    return this.#lines[/** @type {number} */ (index)].id;
  }

  /** A function whose body is a callback. @param {string} before @param {Line} line @param {string} after */
  #callback(before, line, after) {
    const name = line.forever ? `function ${line.id}()` : '() =>';
    const logs = line.actions.length === 0 && line.takes === 0 && !line.forever;
    if (logs) return this.#log(line, line.name, `${before}() => `, after);
    this.#block(`${before}${name} {`, () => this.#body(line), `}${after}`);
  }

  /** What a callback does: it tells its name, acts, and then holds the thread. @param {Line} line */
  #body(line) {
    this.#log(line);
    const last = line.actions.at(-1);
    const end = last && ['return', 'throw'].includes(last.kind) ? last : undefined;
    for (const action of line.actions) if (action !== end) this.#action(action);
    if (line.forever) this.#again(line);
    if (line.takes > 0) this.#put(`busy(${ms(line.takes)});`);
    if (end) this.#action(end);
  }

  /** It queues itself again. @param {Line} line */
  #again({ kind, id, after }) {
    const [before, behind] = this.#queueing(kind, after);
    this.#put(`${before}${id}${behind} // for ever`);
  }

  /** What stands before and behind a callback that is queued. @param {string} kind @param {number | null} after */
  #queueing(kind, after) {
    switch (kind) {
      case 'microtask':
        return ['queueMicrotask(', ');'];
      case 'timer':
        return ['setTimeout(', `, ${ms(after ?? 0)});`];
      case 'frame':
        return ['requestAnimationFrame(', ');'];
      case 'immediate':
        return ['setImmediate(', ');'];
      default:
        return ['process.nextTick(', ');'];
    }
  }

  /** @param {Line} line */
  #action(line) {
    const named = this.#named.has(line) ? `const ${line.id} = ` : '';
    switch (line.kind) {
      case 'promise':
        return this.#put(`const ${line.id} = pending();`);
      case 'thenable':
        return this.#put(`const ${line.id} = { then: (resolve) => resolve() };`);
      case 'then':
      case 'catch':
      case 'finally':
        return this.#callback(`${named}${this.#id(line.of)}.${line.kind}(`, line, ');');
      case 'resolve':
      case 'reject':
        return this.#settle(line);
      case 'async':
        return this.#async(named, line);
      case 'return':
        return this.#put(line.of == null ? 'return;' : `return ${this.#id(line.of)};`);
      case 'throw':
        return this.#put(`throw new Error('thrown');`);
      default: {
        const [before, after] = this.#queueing(line.kind, line.after);
        return this.#callback(before, line, after);
      }
    }
  }

  /** @param {Line} line */
  #settle(line) {
    const value = line.with == null ? '' : this.#id(line.with);
    const call = `${this.#id(line.of)}.${line.kind}(${value});`;
    if (line.after === null) return this.#put(call);
    const body = () => {
      this.#log(line);
      this.#put(call);
    };
    this.#block('setTimeout(() => {', body, `}, ${ms(line.after)});`);
  }

  /** An async function, called at once. @param {string} named @param {Line} line */
  #async(named, line) {
    const body = () => {
      for (const action of line.actions) {
        if (action.kind === 'await') this.#await(line, action);
        else this.#action(action);
      }
    };
    this.#block(`${named}(async () => {`, body, '})();');
  }

  /** The function's name is told when it goes on, even if by throwing. @param {Line} f @param {Line} line */
  #await(f, line) {
    const awaited = line.of == null ? 'undefined' : this.#id(line.of);
    if (this.rejects) {
      this.#block('try {', () => this.#put(`await ${awaited};`), '} finally {');
      this.#depth++;
      this.#log(line, f.name);
      this.#depth--;
      this.#put('}');
    } else {
      this.#put(`await ${awaited};`);
      this.#log(line, f.name);
    }
  }

  /** Promises as sources: what settles at the same time is settled by one task. @param {Line[]} lines */
  #promises(lines) {
    const times = [...new Set(lines.map(({ ready }) => ready[0]))].sort((a, b) => a - b);
    for (const time of times) {
      const together = lines.filter(({ ready }) => ready[0] === time);
      const settled = this.#settles === 'socket' ? `socket(${ms(time)}, resolve)` : `setTimeout(resolve, ${ms(time)})`;
      let promise = time === 0 ? 'Promise.resolve()' : `new Promise((resolve) => ${settled})`;
      if (together.length > 1) {
        const id = `after${ms(time).replace('.', '_')}`;
        this.#put(`const ${id} = ${promise};`);
        promise = id;
      }
      for (const line of together) this.#callback(`${promise}.then(`, line, ');');
    }
  }

  /** A source, once for each of its times. @param {Line} line */
  #source(line) {
    const times = line.ready.map(ms);
    const at = times.length > 1 ? 'ms' : times[0];
    if (times.length > 1) {
      this.#put(`for (const ms of [${times.join(', ')}]) {`);
      this.#depth++;
    }
    if (line.kind === 'socket') this.#callback(`socket(${at}, `, line, ');');
    else this.#callback('setTimeout(', line, `, ${at});`);
    if (times.length > 1) {
      this.#depth--;
      this.#put('}');
    }
  }

  /** The whole program. */
  write() {
    const sources = this.#roots.filter(({ kind }) => kind !== 'input' && kind !== 'listener');
    const promises = sources.filter(({ kind }) => kind === 'promise');
    const others = sources.filter(({ kind }) => kind !== 'promise');
    // The first script is the program itself, unless something must come before it.
    const inline = others.find((line) => line.kind === 'script' && line.ready[0] === 0);
    const [first] = [...promises, ...others].filter(({ ready }) => ready[0] === 0);
    const main = this.#host === 'node' || first === inline ? inline : undefined;
    // In Node another process is told first when to write to which socket; all times begin when it is up.
    const sockets = this.#host === 'node' ? others.filter(({ kind }) => kind === 'socket') : [];
    this.#promises(promises);
    for (const line of sockets) this.#source(line);
    if (this.#host === 'node' && this.#text.includes('socket(')) this.#put('begin();');
    for (const line of others) if (line !== main && !sockets.includes(line)) this.#source(line);
    if (main) this.#block('{', () => this.#body(main), '}');
    return this.#text;
  }
}

/**
 * The program alone; it calls `log`, and where it needs them `busy`, `pending`, `socket` and (in Node) `begin`, which
 * others give it.
 *
 * @param {readonly Statement[]} statements @param {Host} host
 */
export const programOf = (statements, host) => new Writer(statements, host).write();

/**
 * The same, with where the name of each statement is told: for each statement the lines, from 0.
 *
 * @param {readonly Statement[]} statements @param {Host} host
 */
export function programWithPlaces(statements, host) {
  const writer = new Writer(statements, host);
  return { program: writer.write(), places: writer.places };
}

const LOG = `const log = (name) => console.log(name);
`;

// Node's first console.log alone takes milliseconds, and would change what it tells of.
const LOG_AT_EXIT = `// The names are printed at the end, for printing takes time.
const names = [];
const log = (name) => void names.push(name);
process.on('exit', () => console.log(names.join('\\n')));
`;

export const BUSY = `// Holds the thread.
function busy(ms) {
  for (const start = performance.now(); performance.now() - start < ms; );
}
`;

export const PENDING = `// A promise that whoever has it can settle.
function pending() {
  let resolve, reject;
  const promise = new Promise((...functions) => ([resolve, reject] = functions));
  return Object.assign(promise, { resolve, reject });
}
`;

/** @type {Record<Host, string>} */
const LISTENERS = {
  browser: `// Told of each rejection that nobody handles.
addEventListener('unhandledrejection', () => {});
`,
  node: `// Told of each rejection that nobody handles, which would end the process otherwise.
process.on('unhandledRejection', () => {});
`,
};

export const SOCKET_IN_BROWSER = `// A task that comes from outside at its time, as from a network: a message on a port.
const wire = new MessageChannel();
const callbacks = [];
wire.port1.onmessage = () => callbacks.shift()();
function socket(ms, callback) {
  setTimeout(() => wire.port2.postMessage(callbacks.push(callback)), ms);
}
`;

const SOCKET_IN_NODE = `// Real I/O: another process writes to a pipe for each message, at its time. It needs a moment to get up.
const start = Date.now() + 500;
function socket(ms, callback) {
  const write = \`setTimeout(() => console.log(), \${start + ms} - Date.now())\`;
  require('node:child_process').spawn(process.execPath, ['-e', write]).stdout.once('data', callback);
}
function begin() {
  while (Date.now() < start);
}
`;

/** @param {readonly Statement[]} statements @param {Host} host @param {string} log @param {string} program */
function withItsFunctions(statements, host, log, program) {
  const parts = [log];
  if (/\bbusy\(/.test(program)) parts.push(BUSY);
  if (/\bpending\(/.test(program)) parts.push(PENDING);
  if (statements.some(({ kind }) => kind === 'listener')) parts.push(LISTENERS[host]);
  if (/\bsocket\(/.test(program)) parts.push(host === 'node' ? SOCKET_IN_NODE : SOCKET_IN_BROWSER);
  return [...parts, program].join('\n');
}

/**
 * A program that stands alone: to be pasted into a browser's console, or saved as a .cjs file for Node.
 *
 * @param {readonly Statement[]} statements @param {Host} host
 */
export function javascriptOf(statements, host) {
  const log = host === 'node' && !statements.some(({ forever }) => forever) ? LOG_AT_EXIT : LOG;
  return withItsFunctions(statements, host, log, programOf(statements, host));
}

/**
 * The same for the playground: there printing takes no time, and for Node a promise is settled by a timer that is set
 * before all others. null where a socket needs another process, which Node has and the playground has not.
 *
 * @param {readonly Statement[]} statements @param {Host} host
 */
export function playableOf(statements, host) {
  if (host === 'node' && statements.some(({ kind }) => kind === 'socket')) return null;
  return withItsFunctions(statements, host, LOG, new Writer(statements, host, 'timer').write());
}
