// @ts-check
/**
 * Runs a program: lowers it, makes a world for it in QuickJS (../vm), and drives both by the core's loop.
 *
 *     const playground = new Playground({ quickjs, vm, core })
 *     playground.run(source, { host, module }) -> Run
 *
 * A callback after the other: the core says whose turn it is, the VM runs it, what it asked for goes to the core. A
 * run is a pure function of the program: time is virtual, and nothing of this machine is in it but the limit of time.
 */
import { lower } from '../lower/lower.js';
import { CONTROL, ENDED, GOES_ON, LISTENS } from '../vm/kernel.js';
import { JOBS } from '../vm/told.js';
import { Instance } from '../../core/doorbell.js';
import { AbsentError, absentIn } from './absent.js';
import { CALL, Core, NoRoom } from './core.js';
import { Engine, EngineError } from './engine.js';
import { LIMITS } from './limits.js';
import { awaitOf, methodAt } from './promises.js';
import { Trace } from './trace.js';
import { worldOf } from './world.js';

/**
 * @typedef {object} Options
 * @property {'browser' | 'node'} [host]
 * @property {boolean} [module] an ES module; in Node else a CommonJS one
 * @property {string} [file] what the program's file is called, from the root
 */

/** @typedef {import('./trace.js').Line} Line */
/** @typedef {import('./trace.js').Run} Run */
/** @typedef {{ lowered: import('../lower/lower.js').Lowered, options: any }} Program  `options`: for the VM too */
/** @typedef {import('quickjs-emscripten-core').QuickJSWASMModule} QuickJS */

/** What the time zone is called here, in winter and in summer, by its offset: the engine does not know. */
const ZONES = Object.fromEntries(
  [0, 6].map((month) => {
    const date = new Date(2024, month);
    return [date.getTimezoneOffset(), /\((.*)\)/.exec(String(date))?.[1]];
  }),
);

export class Playground {
  #parts;
  #engine;
  /** The core, of runs that are over. @type {Instance[]} */ #released = [];
  /** The same, of runs that choose. @type {Instance | undefined} */ #chooser;
  /** When another run may begin: a crash of QuickJS takes its module along. */
  ready = Promise.resolve();
  limits = LIMITS;

  /**
   * @param {{ quickjs: QuickJS, loadQuickJS: () => Promise<QuickJS>, vm: string, core: WebAssembly.Module }} parts
   *   `vm`: the source of ../vm/main.js, bundled
   */
  constructor(parts) {
    this.#parts = parts;
    this.#engine = new Engine(parts.quickjs, parts.vm);
  }

  /**
   * Throws an AbsentError for what is not in the playground, a SyntaxError for what is not JavaScript; then nothing
   * has run.
   *
   * @param {string} source @param {Options} [options] @returns {Run}
   */
  run(source, options = {}) {
    return this.#run(this.#read(source, options), this.#released.pop() ?? new Instance(this.#parts.core));
  }

  /** Takes a run back that nobody will read any more: another is written over it. @param {Run} run */
  recycle({ trace }) {
    this.#released.push(trace.release());
  }

  /**
   * Every way that the program may go where no order is guaranteed: what it prints on standard output, the model's own
   * way first.
   *
   * @param {string} source @param {Options} [options] @param {{ late?: number, runs?: number }} [how] by how many
   *   microseconds the loop may be late; after how many runs to stop
   * @returns {{ outputs: string[], complete: boolean }} complete: there are no others
   */
  orders(source, options = {}, { late = 1000, runs = 500 } = {}) {
    const program = this.#read(source, options);
    const instance = this.#choosing(late);
    const outputs = new Set();
    for (let i = 0; i < runs; i++) {
      const { console, limit } = this.#run(program, instance);
      const lines = console.filter(({ stream }) => stream === 1);
      outputs.add(lines.map(({ text }) => text).join(''));
      if (limit || instance.ask('has_more_ways')) break;
      if (!instance.ask('choose_otherwise')) return { outputs: [...outputs], complete: true };
    }
    return { outputs: [...outputs], complete: false };
  }

  /**
   * May the program print this, where no order is guaranteed? A run is left where it prints another line, and the next
   * one goes another way before that: so few runs tell, of however many ways there are.
   *
   * @param {string} source @param {Options} options
   * @param {string[]} calls  what each call that writes to standard output is to print, without the last line's end
   * @param {{ late?: number, runs?: number, isLike?: (call: string, printed: string) => boolean }} [how]
   *   see `orders`; when something printed is what it is to be
   * @returns {boolean | null} null: nobody knows, for not every way was gone
   */
  allows(source, options, calls, { late = 1000, runs = 500, isLike = Object.is } = {}) {
    const program = this.#read(source, options);
    const instance = this.#choosing(late);
    for (let i = 0; i < runs; i++) {
      let at = 0;
      const follows = (/** @type {string} */ text) => at < calls.length && isLike(calls[at++], text.replace(/\n$/, ''));
      const { limit, hasLeft } = this.#run(program, instance, follows);
      if (limit) return null;
      if (!hasLeft && at === calls.length) return true;
      if (instance.ask('has_more_ways')) return null;
      if (!instance.ask('choose_otherwise')) return false;
    }
    return null;
  }

  /** The core, for runs that go one way after another. @param {number} late see `orders` */
  #choosing(late) {
    this.#chooser ??= new Instance(this.#parts.core);
    this.#chooser.call('choose', late);
    return this.#chooser;
  }

  /** What there is to know of a program before it runs. @param {string} source @param {Options} options
   * @returns {Program} */
  #read(source, { host = 'node', module = false, file = '/program.js' }) {
    const absences = absentIn(source, { host, module });
    if (absences.length > 0) throw new AbsentError(absences);
    const lowered = lower(source, { module, host });
    return { lowered, options: { source, host, module, file, ...worldOf(source, host) } };
  }

  /** @param {Program} program @param {Instance} instance of the core
   * @param {(text: string) => boolean} [follows] goes on while what is printed does */
  #run(program, instance, follows) {
    const engine = this.#engine;
    try {
      return new Machine(engine, program, this.limits, instance, follows).run();
    } finally {
      if (engine.isSpent) this.ready = this.#reload();
    }
  }

  async #reload() {
    const { loadQuickJS, vm } = this.#parts;
    this.#engine = new Engine(await loadQuickJS(), vm);
  }
}

/** What a callback is called that has no name. @param {string} kind @param {number} at @param {any} lowered */
function labelOf(kind, at, { places, functions }) {
  const place = places[at];
  const words =
    kind === JOBS.await ? awaitOf(functions[place.function]) : kind.replace(/^then (?!call$)/, `${methodAt(place)} `);
  return `${words} (line ${place.line})`;
}

/** @type {[number, string][]} */
const TELLERS = [
  [LISTENS.UNHANDLED, 'unhandledRejection'],
  [LISTENS.UNCAUGHT, 'uncaughtException'],
  [LISTENS.HANDLED, 'rejectionHandled'],
];

class Machine {
  #limits;
  #core;
  #engine;
  #lowered;
  #options;
  /** @type {Line[]} */ #console = [];
  #characters = 0;
  /** @type {Int32Array[]} */ #words = [];
  #wordCount = 0;
  /** Where each step begins in the words. @type {number[]} */ #begins = [];
  /** @type {import('./limits.js').Limit | null} */ #limit = null;
  #start = performance.now();
  #isCrashed = false;
  #isBroken = false;
  #follows;
  #hasLeft = false;
  /** The callback before threw, and ticks, microtasks and the checkpoint do not come behind it. */ #skips = false;

  /** @param {Engine} engine @param {Program} program @param {typeof LIMITS} limits
   * @param {Instance} instance of the core
   * @param {(text: string) => boolean} [follows] is what is printed as it is to be? Else the run is left */
  constructor(engine, { lowered, options }, limits, instance, follows = () => true) {
    this.#engine = engine;
    this.#limits = limits;
    this.#follows = follows;
    this.#lowered = lowered;
    this.#options = options;
    const { host, module, file, happenings } = options;
    this.#core = new Core(instance, host, this.#limits.events);
    this.#core.know(module && host === 'node' ? 'promise' : 'script', file.replace(/.*\//, ''), 0);
    for (const { type, target, at } of happenings) this.#core.know('input', `${type} ${target}`, at * 1000);
    const door = {
      label: (/** @type {string} */ text, /** @type {string} */ kind, /** @type {number} */ place) =>
        this.#core.label(text || labelOf(kind, place, lowered), kind),
      value: (/** @type {string} */ text) => this.#core.value(text),
      kind: (/** @type {string} */ word) => this.#core.kind(word),
      print: (/** @type {1 | 2} */ stream, /** @type {string} */ text) => this.#print(stream, text),
      flush: () => this.#takeAsks(),
      words: (/** @type {number} */ count) => this.#takeWords(count),
    };
    const lines = lowered.places.map((place) => place.line);
    const called = lowered.places.map((place) => place.called ?? '');
    const iterated = lowered.places.map(({ statement }) => lowered.places[statement].iterated ?? '');
    const changed = lowered.places.map(({ statement }) => lowered.places[statement].changed);
    const given = lowered.places.map((place) => place.given);
    const inside = lowered.places.map(({ statement }) => lowered.places[statement].inside);
    const { functions } = lowered;
    const { sources } = this.#core;
    const settings = {
      ...options,
      zones: ZONES,
      lines,
      places: lines.length,
      sources,
      functions,
      called,
      given,
      iterated,
      changed,
      inside,
    };
    this.#engine.begin(door, settings, () => this.#isOver());
    const code =
      module || host !== 'node'
        ? `(${lowered.code})`
        : `(function(exports,require,module,__filename,__dirname){return{arguments,code:${lowered.code}\n}})`;
    this.#engine.load(code, file);
  }

  get #control() {
    return this.#engine.table('control');
  }

  // ---- what the VM calls -------------------------------------------------------------------------------------------

  /** Is the VM to be broken off? */
  #isOver() {
    if (this.#limit || this.#hasLeft) return true;
    if (this.#control[CONTROL.ENDED] !== ENDED.NOT) return true;
    if (performance.now() - this.#start > this.#limits.ms) this.#limit = 'time';
    return this.#limit !== null;
  }

  /** @param {1 | 2} stream @param {string} text */
  #print(stream, text) {
    this.#characters += text.length;
    if (this.#characters > this.#limits.characters) this.#limit ??= 'output';
    else this.#console.push({ stream, text, step: this.#begins.length - 1, at: this.#control[CONTROL.AT] });
    if (stream === 1 && !this.#hasLeft) this.#hasLeft = !this.#follows(text);
  }

  /** @param {number} count */
  #takeWords(count) {
    this.#words.push(this.#engine.table('words').slice(0, count));
    this.#wordCount += count;
    if (this.#wordCount > this.#limits.words) this.#limit ??= 'statements';
    if (this.#isOver()) this.#control[CONTROL.OVER] = 1;
  }

  #takeAsks() {
    if (this.#limit) return;
    try {
      this.#core.ask(this.#engine.table('asks'), this.#control[CONTROL.ASKS]);
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      this.#limit = 'jobs';
    }
  }

  // ---- a callback --------------------------------------------------------------------------------------------------

  /** Has the VM do something, in the step that runs. @param {string} what @param {string[]} strings */
  #do(what, ...strings) {
    try {
      if (this.#engine.call(what, ...strings)) this.#takeAsks();
    } catch (error) {
      if (error instanceof EngineError) {
        // The program spoiled what its own world is made of.
        this.#print(2, `play: the program replaced what its own world is made of: ${error.message}\n`);
        this.#isBroken = true;
        return;
      }
      if (!(error instanceof RangeError)) throw error;
      this.#isCrashed = true;
      this.#limit ??= 'stack';
    }
  }

  get #isEnded() {
    return this.#isBroken || this.#hasLeft || this.#limit !== null || this.#control[CONTROL.ENDED] !== ENDED.NOT;
  }

  /** A callback threw, and Node is to tell of it. */
  get #isUntold() {
    return !this.#isEnded && this.#control[CONTROL.UNTOLD] === 1;
  }

  /** Ticks and microtasks are done, and there are rejections to tell of. */
  get #isAtCheckpoint() {
    return !this.#isEnded && !this.#isUntold && this.#control[CONTROL.REJECTIONS] > 0 && !this.#core.between;
  }

  /** The event of Node's process by which the program hears of them, in a step of its own. */
  get #teller() {
    return TELLERS.find(([bit]) => this.#control[CONTROL.LISTENS] & bit)?.[1];
  }

  /** @param {number} event @param {string} what @param {string[]} strings */
  #step(event, what, ...strings) {
    const control = this.#control;
    control[CONTROL.EVENT] = event;
    control[CONTROL.TIME] = this.#core.time;
    control[CONTROL.IDLE_END] = this.#core.idleEnd;
    control[CONTROL.OTHERS_WAIT] = this.#core.comesFirst ? 1 : 0;
    control[CONTROL.THREW] = 0;
    this.#begins.push(control[CONTROL.AT]);
    this.#do(what, ...strings);
    while (!this.#skips && this.#isAtCheckpoint && !this.#teller) this.#do('checkpoint');
    this.#skips = control[CONTROL.THREW] === 1 && this.#core.throw();
    this.#core.finish(this.#isEnded ? 0 : this.#control[CONTROL.TOOK]);
  }

  /** Node tells of what was thrown, or of rejections. @param {number} last the event before @returns the event now */
  #tell(last) {
    const [name, why, what] = this.#isUntold
      ? /** @type {const} */ (['uncaughtException', CALL.THROWN, 'thrown'])
      : [this.#teller, CALL.REJECTIONS, 'rejections'];
    if (name) this.#step((last = this.#core.call(`process.on('${name}')`, why)), 'call', what);
    else this.#do('checkpoint'); // which ends the process: what is asked for there is too late
    return last;
  }

  // ---- a run -------------------------------------------------------------------------------------------------------

  /** @returns {Run} */
  run() {
    let last = 0;
    let fired = 0; // the event of the step that has more to do
    while (!this.#isEnded) {
      const isIdle = this.#begins.length > 0 && this.#options.host === 'node' && this.#control[CONTROL.ALIVE] <= 0;
      if (this.#isUntold || this.#isAtCheckpoint) {
        last = this.#tell(last);
      } else if (fired !== 0 && !this.#core.between) {
        const why = this.#control[CONTROL.GOES_ON] === GOES_ON.SETTLES ? CALL.SETTLES : CALL.LISTENER;
        this.#step((last = this.#core.call(this.#core.names[fired], why)), 'goOn');
      } else {
        const event = isIdle ? 0 : this.#core.take();
        if (event !== 0) this.#step((last = event), 'run');
        else if (!this.#goesOn()) break;
      }
      fired = this.#control[CONTROL.GOES_ON] === GOES_ON.NOT ? 0 : fired || last;
    }
    if (this.#control[CONTROL.ENDED] === ENDED.MEMORY) this.#limit ??= 'memory';
    const status = this.#limit ? 3 : this.#isBroken ? 1 : this.#control[CONTROL.STATUS];
    const how = this.#isCrashed ? ENDED.NOT : this.#control[CONTROL.ENDED];
    if (this.#limit) this.#core.stop();
    else if (how !== ENDED.NOT)
      this.#core.end(last, how === ENDED.EXIT, how === ENDED.REJECTED ? 'A promise' : undefined);
    const tail = this.#isCrashed ? 0 : this.#control[CONTROL.AT] - this.#wordCount;
    if (tail > 0) this.#words.push(this.#engine.table('words').slice(0, tail));
    const trace = new Trace(this.#core.trace, this.#lowered, this.#words, this.#begins, this.#core);
    return { console: this.#console, status, limit: this.#limit, hasLeft: this.#hasLeft, trace };
  }

  /** What comes behind a call that no phase has. */
  #drain() {
    for (let skips = false; ;) {
      skips ||= this.#skips;
      if (this.#isUntold || (!skips && this.#isAtCheckpoint)) this.#tell(0);
      else if (!skips && !this.#isEnded && this.#core.between) this.#step(this.#core.take(), 'run');
      else return;
    }
  }

  /** Nothing is to come: Node tells of that, and listeners may ask for more. */
  #goesOn() {
    if (this.#options.host !== 'node') return false;
    if (this.#control[CONTROL.LISTENS] & LISTENS.BEFORE_EXIT) {
      this.#step(this.#core.call("process.on('beforeExit')", CALL.BEFORE_EXIT), 'call', 'beforeExit');
      this.#drain();
      if (this.#isEnded || this.#control[CONTROL.ALIVE] > 0) return true;
    }
    if (!(this.#control[CONTROL.LISTENS] & LISTENS.EXIT)) {
      this.#do('emit', 'exit');
      return false;
    }
    this.#step(this.#core.call("process.on('exit')", CALL.EXIT), 'call', 'exit');
    this.#drain();
    return false;
  }
}
