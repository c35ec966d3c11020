// @ts-check
// The core's loop (core/wasm/play.c), as the playground's host drives it. Times are microseconds.
import { depthOf } from '../lower/word.js';
import { CALLED } from './called.js';
import { ASK, ASK_ROW } from '../vm/kernel.js';
import { TOLD } from '../vm/told.js';

/** Why something is called that no queue has: see `call` in core/wasm/play.c. */
export const CALL = { BEFORE_EXIT: 0, EXIT: 1, REJECTIONS: 2, LISTENER: 3, THROWN: 4, SETTLES: 5 };

/** What a run has no room for. */
export class NoRoom extends Error {}

/** So many tasks in a row take time: see Core.finish. */
const MANY = 1000;
const BETWEEN = ['microtask', 'tick'];

export class Core {
  #instance;
  #kinds;
  #jobKinds;
  #steps;
  #stepCount = 0;
  /** @type {number[]} */ #labels = [0];
  /** The `word` and `at` of each event's ask, by its number; see ../lower/lower.js. @type {number[]} */
  asked = [0, 0];
  /** What each event is, where it has no name. @type {string[]} */ whats = [];
  /** @type {string[]} */ names = [];
  /** By event: how long its callback had held the thread when it asked. @type {number[]} */ held = [];
  /** By event: in which step, and at which moment of it, it was cancelled. @type {{ step: number, at: number }[]} */
  cancelled = [];
  #passed = 0;
  /** Of a promise's job: the promise that it settles, the one that it is about, and how much was told before.
   * @type {{ own: number, of: number, told: number }[]} */
  jobs = [];
  /** @type {import('./trace.js').Told[]} */ told = [];
  /** Values that were told of, by their number; 0 is none. */ values = [''];
  /** @type {string[]} */ #whats = [''];
  /** @type {string[]} */ #texts = [''];
  #queues;
  /** In a row: since the loop slept. */ #tasks = 0;
  /** When the last callback was over. */ #over = 0;

  /** @param {import('../../core/doorbell.js').Instance} instance what it had before is gone; its choices go on: see
   * play.c @param {'browser' | 'node'} host @param {number} events room for so many */
  constructor(instance, host, events) {
    this.#instance = instance;
    const { hosts, kinds, sources, jobs } = this.#instance.describe();
    this.#kinds = kinds;
    this.sources = sources;
    /** @type {string[]} */ this.#jobKinds = jobs;
    this.#instance.call('start', hosts.indexOf(host), events);
    this.#labels = [this.#name('')];
    const { steps, queues } = this.#instance.describe();
    this.#steps = steps; // they stay where they are
    this.#queues = queues;
  }

  /** The number of a kind. @param {string} kind */
  kind(kind) {
    return this.#kinds.indexOf(kind);
  }

  /** A name's place; 0 when there is no room. @param {string} text */
  #write(text) {
    const bytes = new TextEncoder().encode(text);
    const place = this.#instance.ask('name', bytes.length);
    if (place !== 0) new Uint8Array(this.#instance.view.buffer, place, bytes.length).set(bytes);
    return place;
  }

  /** @param {string} text */
  #name(text) {
    const place = this.#write(text);
    if (place === 0) throw new NoRoom();
    return place;
  }

  /** A label's number. @param {string} text @param {string} what */
  label(text, what) {
    this.#whats.push(what);
    this.#texts.push(text);
    return this.#labels.push(this.#name(text)) - 1;
  }

  /** A value's number. @param {string} text */
  value(text) {
    return this.values.push(text) - 1;
  }

  /** What happens at a time of its own, known before the first step. @param {string} kind @param {string} text
   * @param {number} ready */
  know(kind, text, ready) {
    this.asked.push(0, 0);
    const event = this.#instance.call('know', this.kind(kind), this.#name(text), ready);
    this.names[event] = text;
    return event;
  }

  /** Hands the VM's asks on, in order. @param {Float64Array} asks @param {number} count */
  ask(asks, count) {
    for (let i = 0; i < count; i++) {
      const [ask, kind, label, of, us, word, at] = asks.subarray(i * ASK_ROW, (i + 1) * ASK_ROW);
      if (ask === ASK.TELL) {
        const isByCode = depthOf(word) > 0;
        this.told.push({ what: TOLD[kind], promise: label, other: of, place: us, at, step: this.#stepCount, isByCode });
      } else if (ask === ASK.PASS) {
        this.#instance.call('pass', us);
        this.#passed += us;
      } else if (ask === ASK.CANCEL) {
        if (this.#instance.ask('cancel', label)) this.cancelled[label] = { step: this.#stepCount, at };
      } else if (ask === ASK.MOVE) this.#instance.ask('move', label, of);
      else if (ask === ASK.NAME_PORT) this.#instance.call('name_port', of, this.#labels[label]);
      else {
        const name = this.#labels[label];
        let event = 0;
        if (ask === ASK.QUEUE) event = this.#instance.ask('queue', kind, name, 0);
        else if (ask === ASK.WORK) event = this.#instance.ask('work', name, us);
        else if (ask === ASK.EXPECT) event = this.#instance.ask('expect', kind, name, us, of);
        else event = this.#instance.ask('set_timer', name, us, ask === ASK.REPEAT ? 1 : 0);
        if (event === 0) throw new NoRoom();
        this.held[event] = this.#passed;
        this.asked.push(word, at);
        this.whats[event] = this.#whats[label];
        this.names[event] = this.#texts[label];
        if (ask === ASK.QUEUE) this.jobs[event] = { own: us, of, told: this.told.length };
      }
    }
  }

  /** The next callback's event; 0 when nothing is to come. */
  take() {
    return this.#instance.ask('take');
  }

  /** What no queue has: a process event, the next listener of an event. @param {string} text
   * @param {number} why of CALL */
  call(text, why) {
    const event = this.#instance.call('call', this.#name(text), why);
    this.whats[event] = CALLED;
    this.asked.push(0, 0);
    return event;
  }

  /** The callback threw, and the process goes on. Are ticks and microtasks skipped now? */
  throw() {
    return this.#instance.ask('throw') === 1;
  }

  /**
   * The callback is over. A task takes no time unless it looks at a clock, but many do: whoever has tasks queue tasks
   * until a timer ends would wait for ever. So, while the loop does not sleep, the thousandth one takes a millisecond,
   * the next thousandth two, and so on.
   *
   * @param {number} us
   */
  finish(us) {
    const { time } = this;
    const isTask = !BETWEEN.includes(this.#queues[this.#steps.queue.at(this.#stepCount)]);
    if (time > this.#over) this.#tasks = 0;
    if (isTask && ++this.#tasks % MANY === 0) us += this.#tasks;
    this.#instance.call('finish', us);
    this.#over = time + this.#passed + us;
    this.#passed = 0;
    this.#stepCount++;
  }

  /** Does a tick or a microtask wait? */
  get between() {
    return this.#instance.ask('between') === 1;
  }

  /** Did the callback that was taken, poll's, come though ticks or microtasks wait? */
  get comesFirst() {
    return this.#instance.ask('comes_first') === 1;
  }

  /** When the idle period ends that has begun. */
  get idleEnd() {
    return this.#instance.number('idle_end');
  }

  /** When the callback that was taken begins. */
  get time() {
    return this.#steps.time_us.at(this.#stepCount);
  }

  stop() {
    this.#instance.ask('stop');
  }

  /** @param {number} event @param {boolean} calledExit @param {string} [fatal] the promise that was rejected */
  end(event, calledExit, fatal) {
    const row = fatal === undefined ? 0 : this.#instance.call('row', this.kind('promise'), this.#name(fatal));
    this.#instance.call('end', event, calledExit ? 1 : 0, row);
  }

  /** Names that were written, by their text. @type {Map<string, number>} */ #written = new Map();

  /** A name; none when there is no room for it. @param {string} text */
  #nameOnce(text) {
    if (!this.#written.has(text)) {
      const place = text && this.#write(text);
      this.#written.set(text, place || 0);
    }
    return this.#written.get(text) ?? 0;
  }

  /** Before the reason of an event's step is asked for: what its job is for, if it is a promise's.
   * @param {import('./promises.js').Promises} promises @param {number} event from 1 on */
  about(promises, event) {
    const job = promises.jobs.get(event);
    const names = job ? [job.of, job.own, job.method].map((text) => this.#nameOnce(text)) : [0, 0, 0];
    const flags = [this.#jobKinds.indexOf(job?.kind ?? ''), job?.rejected ? 1 : 0, job?.wasSettled ? 1 : 0];
    this.#instance.call('about', ...flags, ...names, job?.line ?? 0, job?.settledLine ?? 0);
  }

  /** What happened: the columns of the trace, and why. */
  get trace() {
    return { instance: this.#instance, ...this.#instance.describe() };
  }
}
