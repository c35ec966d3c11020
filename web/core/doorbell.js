// @ts-check
// From a scenario's text to a trace: loads the WebAssembly module and reads its columns in place.
//
// A trace is an instance of the module: its memory holds the rows, and goes when nobody reads them any more. Every
// layout (where a column lies, how wide it is, what a code is called) is asked of the module. Times are microseconds.

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true }); // a name may begin with U+FEFF, which is then part of it

/** A column of a table in linear memory. */
class Column {
  #instance;
  #base;
  #stride;
  #size;

  /** @param {Instance} instance @param {number} base @param {number} stride @param {number} size bytes of one value */
  constructor(instance, base, stride, size) {
    this.#instance = instance;
    this.#base = base;
    this.#stride = stride;
    this.#size = size;
  }

  /** The value in a row. @param {number} row */
  at(row) {
    const view = this.#instance.view;
    const place = this.#base + row * this.#stride;
    if (this.#size === 8) return view.getUint32(place, true) + view.getInt32(place + 4, true) * 2 ** 32;
    if (this.#size === 4) return view.getUint32(place, true);
    return this.#size === 2 ? view.getUint16(place, true) : view.getUint8(place);
  }
}

/** One instance of the module, with what its memory holds. */
export class Instance {
  /** @type {any} */ #exports;
  #view = new DataView(new ArrayBuffer(0));

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.#exports = new WebAssembly.Instance(module).exports;
  }

  /** Linear memory now: when it grows, views on the memory of before are void. */
  get view() {
    const { buffer } = this.#exports.memory;
    if (this.#view.buffer !== buffer) this.#view = new DataView(buffer);
    return this.#view;
  }

  /** Calls an export. @param {string} name @param {number[]} numbers @returns {number} */
  number(name, ...numbers) {
    return this.#exports[name](...numbers);
  }

  /** The same, for one that answers with no negative integer. @param {string} name @param {number[]} numbers */
  ask(name, ...numbers) {
    return this.number(name, ...numbers) >>> 0;
  }

  /** Calls an export that answers 0 when it fails. @param {string} name @param {number[]} numbers */
  call(name, ...numbers) {
    const answer = this.ask(name, ...numbers);
    if (answer === 0) throw new Error(this.string(this.ask('error')));
    return answer;
  }

  /** The string at a place, which a NUL ends. @param {number} place */
  string(place) {
    const bytes = new Uint8Array(this.view.buffer, place);
    return utf8.decode(bytes.subarray(0, bytes.indexOf(0)));
  }

  /** @param {string} text */
  write(text) {
    const bytes = new TextEncoder().encode(text);
    const place = this.call('text', bytes.length);
    new Uint8Array(this.view.buffer, place, bytes.length).set(bytes);
  }

  /** What the module says of its memory, its tables with their columns ready to read. */
  describe() {
    const description = JSON.parse(this.string(this.call('describe')));
    for (const table of Object.values(description)) {
      for (const [name, [offset, size]] of Object.entries(table.columns ?? {})) {
        table[name] = new Column(this, table.at + offset, table.stride, size);
      }
    }
    return description;
  }
}

/**
 * @typedef {{ line: number, column: number, message: string, cure?: string, isElsewhere?: boolean }} Problem  line and
 *   column count from 1; see advice.js
 * @typedef {{ name: string, payload: string, kind: string, takes: number, depth: number, forever: boolean,
 *   after: number | null, of: number | null, with: number | null }} Statement  `of` and `with` are of promises: the
 *   statements that made them
 * @typedef {{ time: number, free: number, end: number, ready: number, latency: number, statement: number,
 *   event: number, guaranteed: boolean, other: number | null, queuedAt: number | null, parent: number | null,
 *   queue: string,
 *   job: string, rejected: boolean, isHop: boolean, reason: string }} Step  of a promise's job: what it does (see
 *   core/model/promise/promise.h), whether it is about a rejection, and whether it runs none of the program's code
 * @typedef {{ idle: number, meanLatency: number, medianLatency: number, p99Latency: number,
 *   maxLatency: number, messages: number, wakeUps: number }} Totals
 * @typedef {{ waits: number, scanned: number, returned: number, reads: number, inVain: number }} Calls
 */

/** A scenario that cannot run: what is wrong with it, and where. */
export class ScenarioError extends Error {
  /** @param {Problem[]} problems the first ones @param {number} count how many there are */
  constructor(problems, count) {
    super(problems.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n'));
    this.name = 'ScenarioError';
    this.problems = problems;
    this.count = count;
  }
}

const ABOUT_A_PROMISE = new Set(['then', 'catch', 'finally', 'resolve', 'reject', 'await', 'return']);

/** What happened, step by step, and why. */
export class Trace {
  #instance;
  /** The tables of the module: their columns are its structs' (core/wasm/face.c). @type {any} */ tables;
  /** @type {Statement[]} */ statements = [];

  /** @param {Instance} instance @param {any} description @param {(trace: Trace, messages: any) => void} [more] */
  constructor(instance, description, more) {
    this.#instance = instance;
    this.more = more;
    this.tables = description;
    const { statements, strings, kinds, forms = {} } = description; // lesson 4's statements have one form
    for (let i = 0; i < statements.count; i++) {
      const code = statements.kind.at(i);
      this.statements.push({
        name: instance.string(strings + statements.name.at(i)),
        payload: instance.string(strings + statements.payload.at(i)),
        kind: kinds[code],
        takes: statements.takes_us.at(i),
        depth: statements.depth.at(i),
        forever: statements.forever.at(i) === 1,
        after: forms[code] === 'after' ? statements.after_us.at(i) : null,
        of: ABOUT_A_PROMISE.has(kinds[code]) ? this.#orNull(statements.of.at(i)) : null,
        with: forms[code] === 'with' ? this.#orNull(statements.with.at(i)) : null,
      });
    }
  }

  /** Its memory, for another run; the trace must not be read any more. */
  release() {
    return this.#instance;
  }

  get stepCount() {
    return this.tables.steps.count;
  }

  get eventCount() {
    return this.tables.events.count;
  }

  /** @param {number} i */
  events(i) {
    const { events } = this.tables;
    return {
      ready: events.ready_us.at(i),
      statement: events.statement.at(i),
      parent: this.#orNull(events.parent.at(i)),
    };
  }

  /** The statements, each source with its ready times: what web/javascript/javascript.js writes as JavaScript. */
  get scenario() {
    const lines = this.statements.map((statement) => ({ ...statement, ready: /** @type {number[]} */ ([]) }));
    for (let i = 0; i < this.eventCount; i++) {
      const { ready, statement, parent } = this.events(i);
      if (parent === null) lines[statement].ready.push(ready);
    }
    return lines;
  }

  /** An index, or null where the module says that there is none. @param {number} index */
  #orNull(index) {
    return index === this.tables.none ? null : index;
  }

  /** The job of a promise that a step is; 'microtask' for all other steps. @param {number} k */
  #job(k) {
    const { jobs, first_hop } = this.tables;
    if (!jobs) return { job: 'microtask', rejected: false, isHop: false }; // lesson 4
    const code = this.#instance.call('job', k) - 1;
    return { job: jobs[code & 0x7f], rejected: code > 0x7f, isHop: (code & 0x7f) >= first_hop };
  }

  /** When step k ends; 0 before the first. @param {number} k */
  #end(k) {
    return this.#instance.number('end', k);
  }

  /** @param {number} k @returns {Step} */
  step(k) {
    if (!(k >= 0 && k < this.stepCount)) throw new RangeError(`There is no step ${k}.`);
    const { steps, queues } = this.tables;
    const time = steps.time_us.at(k);
    const event = steps.event.at(k);
    const { ready, statement, parent } = this.events(event);
    const instance = this.#instance;
    return {
      time,
      free: this.#end(k - 1),
      end: this.#end(k),
      ready,
      latency: time - ready,
      statement,
      event,
      guaranteed: steps.no_guarantee.at(k) === 0,
      other: this.#orNull(steps.other.at(k)),
      queuedAt: this.#orNull(steps.queued_at.at(k)),
      parent,
      queue: queues[steps.queue.at(k)],
      ...this.#job(k),
      get reason() {
        return instance.string(instance.call('reason', k));
      },
    };
  }

  /** Rejections that nobody had handled when the microtasks were done: whose promise, by statement, and after which
   * step. */
  get unhandled() {
    const { unhandled } = this.tables;
    return Array.from({ length: unhandled.count }, (_, i) => ({
      statement: unhandled.statement.at(i),
      step: unhandled.step.at(i),
    }));
  }

  /** The system calls of lesson 4's run, all together. @returns {Calls} */
  get calls() {
    const { calls } = this.tables;
    return {
      waits: calls.waits.at(0),
      scanned: calls.scanned.at(0),
      returned: calls.returned.at(0),
      reads: calls.reads.at(0),
      inVain: calls.in_vain.at(0),
    };
  }

  /** When all is done; or until when a run was watched that never ends. With one thread its last step holds it last. */
  get end() {
    return Math.max(this.#end(this.stepCount - 1), this.tables.totals?.end_us.at(0) ?? 0);
  }

  /** The totals of lesson 4's run. @returns {Totals} */
  get totals() {
    const { totals } = this.tables;
    return {
      idle: totals.idle_us.at(0),
      meanLatency: totals.mean_latency_us.at(0),
      medianLatency: totals.median_latency_us.at(0),
      p99Latency: totals.p99_latency_us.at(0),
      maxLatency: totals.max_latency_us.at(0),
      messages: totals.messages.at(0),
      wakeUps: totals.wake_ups.at(0),
    };
  }
}

/** The core, ready to run scenarios. */
export class Doorbell {
  #module;
  /** @type {import('./advice.js').Advice | undefined} */ #advice;
  /** @type {ConstructorParameters<typeof Trace>[2]} */ #more;
  /** @type {Instance[]} */ #released = [];

  /** @param {WebAssembly.Module} module a lesson's */
  constructor(module) {
    this.#module = module;
  }

  /**
   * From now on it says in words what is wrong with a scenario; before, only where.
   *
   * @param {import('./advice.js').Advice} advice
   */
  learn(advice) {
    this.#advice = advice;
  }

  get hasWords() {
    return this.#advice !== undefined;
  }

  /**
   * From now on another module runs the scenarios, one that knows more.
   *
   * @param {WebAssembly.Module} module @param {(trace: Trace, messages: any) => void} more how its traces are read
   */
  grow(module, more) {
    this.#module = module;
    this.#more = more;
    this.#released = [];
  }

  /** For a worker, which makes instances of its own. */
  get module() {
    return this.#module;
  }

  /** The ways of lesson 4, by name. @returns {string[]} */
  get strategies() {
    return new Instance(this.#module).describe().strategies;
  }

  /**
   * Lesson 4.
   *
   * @param {string} text the scenario
   * @param {string} strategy one of `strategies`
   * @param {{ maxevents?: number, cores?: number, drain?: number | false }} [options] see
   *   core/model/multiplexer/waiting.h; `drain` is how many reads a turn has, and false for none
   */
  multiplex(text, strategy, { maxevents = 0, cores = 0, drain = -1 } = {}) {
    return this.#run(text, 'multiplexer', (instance, { strategies }) =>
      instance.call('multiplex', strategies.indexOf(strategy), maxevents, cores, +drain),
    );
  }

  /** Lesson 5. @param {string} text the scenario @param {string} [host] 'browser' or 'node' */
  loop(text, host = 'browser') {
    return this.#run(text, host, (instance) => instance.call('loop'));
  }

  /** Takes a trace back that nobody will read any more: another run is written over it. For those who run thousands.
   * @param {Trace} trace */
  recycle(trace) {
    this.#released.push(trace.release());
  }

  /**
   * Lesson 5: every order in which the callbacks may run (core/model/loop/orders.h). An order is the indexes of the
   * statements whose callbacks ran; the first is the model's own.
   *
   * @param {string} text the scenario
   * @param {string} [host] 'browser' or 'node'
   * @param {number} [lateUs] how late the loop may be, in microseconds
   * @returns {{ orders: number[][], complete: boolean, runs: number }} complete: there are no others
   */
  orders(text, host = 'browser', lateUs = 1000) {
    let found;
    const trace = this.#run(text, host, (instance) => {
      found = JSON.parse(instance.string(instance.call('orders', lateUs)));
    });
    this.recycle(trace);
    return /** @type {any} */ (found);
  }

  /** @param {string} text @param {string} host @param {(instance: Instance, description: any) => void} run */
  #run(text, host, run) {
    const instance = this.#released.pop() ?? new Instance(this.#module);
    const words = instance.describe();
    instance.write(text);
    try {
      instance.call('parse', words.hosts.indexOf(host));
    } catch (error) {
      throw this.#explain(instance) ?? error;
    }
    try {
      run(instance, words);
    } catch (error) {
      throw this.#explain(instance) ?? error;
    }
    return new Trace(instance, instance.describe(), this.#more);
  }

  /** @param {Instance} instance */
  #explain(instance) {
    const { problems, problem_count } = instance.describe();
    if (problem_count === 0) return undefined;
    const list = Array.from({ length: problems.count }, (_, i) => ({
      line: problems.line.at(i),
      column: problems.column.at(i),
      message: '',
      ...this.#advice?.about(instance, problems, i),
    }));
    return new ScenarioError(list, problem_count);
  }
}

/** @param {BufferSource} lesson the lesson's module */
export async function loadDoorbell(lesson) {
  return new Doorbell(await WebAssembly.compile(lesson));
}
