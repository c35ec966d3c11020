// @ts-check
/**
 * The kernel: what the program's world stands on, inside the VM. No queue is in here: every queue is the core's
 * (core/model/loop/loop.h). A callback is a closure in a table, and what the core has of it is its number.
 *
 * An ask ("queue this", "set a timer") is written into a table of numbers, and the host takes them to the core when the
 * callback is over, in their order: nothing that the core does could have come in between, and a call to the host costs
 * as much as a hundred statements. Numbers are given in the order of asking, here and there, so each is known at once.
 *
 * Time is virtual, in microseconds. A callback takes no time unless it looks at the clock: each look moves it, by 1 us
 * as a rule, and by more, up to 50 us, when the callback has looked on for long. So a wait that looks at the clock over
 * and over ends, after some thousand looks, and overshoots by less than a real one may.
 * (Of a thousand tasks in a row one takes time, too: see Core.finish in ../host/core.js.)
 */

import { depthOf, placeOf } from '../lower/word.js';

/** What an ask is: its row is [ask, kind, label, of, us, word, at]; see host/core.js. */
export const ASK = {
  EXPECT: 0,
  QUEUE: 1,
  TIMER: 2,
  REPEAT: 3,
  CANCEL: 4,
  PASS: 5,
  TELL: 6,
  NAME_PORT: 7,
  MOVE: 8,
  WORK: 9,
};
export const ASK_ROW = 7;
const ASK_ROWS = 4096;
const VALUES_MOST = 1000; // each is a call to the host

/** Where in the control block a number is: what host and VM tell each other without a call. */
export const CONTROL = {
  EVENT: 0,
  TIME: 1,
  ASKS: 2,
  TOOK: 3,
  AT: 4,
  ENDED: 5,
  STATUS: 6,
  REJECTIONS: 7,
  ALIVE: 8,
  LISTENS: 9,
  THREW: 10,
  OVER: 11, // a limit is reached: the host breaks off what runs, as soon as it is asked
  GOES_ON: 12, // a task has more to do: it comes when no microtask waits
  UNTOLD: 13, // the callback threw, and listeners are to be told, before anything else runs
  IDLE_END: 14, // when the idle period ends that has begun
  OTHERS_WAIT: 15, // ticks or microtasks, while poll goes on: see bell_loop_throw
};
/** What both sides see. Of the trace, so many words are kept until the host takes them. */
export const TABLES = {
  control: { length: 16, Type: Float64Array },
  asks: { length: ASK_ROW * ASK_ROWS, Type: Float64Array },
  words: { length: 1 << 16, Type: Int32Array },
};
/** Who listens to the end, and would hear of rejections as they are now. */
export const LISTENS = { BEFORE_EXIT: 1, EXIT: 2, UNHANDLED: 4, UNCAUGHT: 8, HANDLED: 16 };
/** What a task has more to do: another listener's turn, or to settle its promise. */
export const GOES_ON = { NOT: 0, LISTENER: 1, SETTLES: 2 };
/** Why no more callback may run. */
export const ENDED = { NOT: 0, THREW: 1, EXIT: 2, REJECTED: 3, MEMORY: 4 };

const { create } = Object;
const { floor, max, min } = Math;
const Places = Int32Array;
const LOOK_MOST_US = 50;
const LOOK_SHARE = 1 / 64; // of the time that the callback has taken so far

/** What the host gives, by name. @type {(keyof HostDoor)[]} */
export const DOOR = ['label', 'value', 'print', 'flush', 'words', 'kind'];

/**
 * @typedef {object} HostDoor  what the host gives
 * @property {(text: string, kind: string, place: number) => number} label  a label's number
 * @property {(text: string) => number} value  a value's number, of those that are told of
 * @property {(stream: number, text: string) => void} print  1 for standard output, 2 for standard error
 * @property {() => void} flush  takes the asks
 * @property {(count: number) => void} words  takes the trace's first words
 * @property {(kind: string) => number} kind  the core's number for a kind
 *
 * @typedef {object} Meter  see ../lower/lower.js
 * @property {() => number} at
 * @property {() => number} word
 * @property {() => any} key
 * @property {(word: number) => void} move
 * @property {(word: number) => void} write
 */

export class Kernel {
  /** @type {HostDoor} */ #host;
  #asks;
  #control;
  #count = 0;
  /** By number. A program may replace every method: so no method is used here. @type {Record<number, () => void>} */
  #callbacks = Object.create(null);
  /** Microtasks that were asked for. */ microtasks = 0;
  /** Where each was asked for; larger when there are more. */
  #places = new Places(1024);
  #waiting = 0;
  #events = 0;
  #passed = 0;
  #unsaid = 0;
  #loose = 0;
  #taken = 0;
  /** What the task that runs hands on to its microtasks; whoever sets it says what it is. @type {any} */ handedOn;
  /** By place. @type {Record<number, Record<string, number>>} */ #labels = Object.create(null);
  /** @type {Record<string, number>} */ #kinds = Object.create(null);
  /** @type {Record<string, number>} */ #values = Object.create(null);
  #valueCount = 0;
  /** @type {Meter} */ meter = { at: () => 0, word: () => 0, key() {}, move() {}, write() {} };

  /** @param {HostDoor} host @param {ArrayBuffer} control @param {ArrayBuffer} asks see TABLES */
  constructor(host, control, asks) {
    this.#host = host;
    this.#control = new Float64Array(control);
    this.#asks = new Float64Array(asks);
  }

  /** @param {number} stream @param {string} text */
  print(stream, text) {
    this.#control[CONTROL.AT] = this.#at;
    this.#host.print(stream, text);
  }

  /** @param {number} count */
  takeWords(count) {
    this.#host.words(count);
    this.#taken += count;
    if (this.#control[CONTROL.OVER] === 1) for (;;);
  }

  /** How many words the trace has. */
  get #at() {
    return this.#taken + this.meter.at();
  }

  // ---- asks ---------------------------------------------------------------------------------------------------------

  /** @param {string} kind @param {string} text @param {number} place */
  #label(kind, text, place) {
    const here = (this.#labels[place] ??= create(null));
    return (here[text === '' ? kind : `${kind} ${text}`] ??= this.#host.label(text, kind, place));
  }

  /** @param {number} ask @param {number} kind @param {number} label @param {number} of @param {number} us */
  #ask(ask, kind, label, of, us) {
    if (this.#count === ASK_ROWS) this.#flush();
    const row = this.#count++ * ASK_ROW;
    const asks = this.#asks;
    asks[row] = ask;
    asks[row + 1] = kind;
    asks[row + 2] = label;
    asks[row + 3] = of;
    asks[row + 4] = us;
    asks[row + 5] = this.meter.word();
    asks[row + 6] = this.#at;
  }

  #flush() {
    this.#control[CONTROL.ASKS] = this.#count;
    this.#host.flush();
    this.#count = 0;
  }

  /** Time that has passed since the last ask counts from where it passed. */
  #sayTime() {
    if (this.#unsaid === 0) return;
    this.#ask(ASK.PASS, 0, 0, 0, this.#unsaid);
    this.#unsaid = 0;
  }

  /**
   * An ask for a callback; its number.
   *
   * @param {number} ask @param {string} kind the core's word @param {() => void} callback @param {string} text what it
   *   is called @param {string} what it is, where it has no name @param {number} [us] @param {number} [of]
   *   @param {number} [place] where the program asked
   */
  ask(ask, kind, callback, text, what, us = 0, of = 0, place = this.place) {
    this.#sayTime();
    this.#ask(ask, this.#kind(kind), this.#label(what, text, place), of, us);
    if (kind === 'microtask') this.microtasks++;
    const event = this.know(callback);
    if (event >= this.#places.length) this.#grow();
    this.#places[event] = place;
    return event;
  }

  /** For a microtask: it has what was handed on where it was asked for. @param {() => void} callback
   * @param {any} handedOn */
  handOn(callback, handedOn) {
    if (handedOn === undefined) return callback;
    return () => {
      this.handedOn = handedOn;
      callback();
    };
  }

  /** Something happened to a promise. @param {number} what an index into TOLD @param {number} id
   * @param {number} other @param {number} place */
  tell(what, id, other, place) {
    this.#ask(ASK.TELL, what, id, other, place);
  }

  /** The number of a value that is told of; of those that are too many, 0. @param {string} text */
  value(text) {
    const known = this.#values[text];
    if (known !== undefined) return known;
    return this.#valueCount++ < VALUES_MOST ? (this.#values[text] = this.#host.value(text)) : 0;
  }

  /** A port's source is that of another port from now on. @param {number} source @param {string} text */
  namePort(source, text) {
    this.#ask(ASK.NAME_PORT, 0, this.#label('port', text, 0), source, 0);
  }

  #grow() {
    const places = new Places(2 * this.#places.length);
    for (let i = 0; i < this.#places.length; i++) places[i] = this.#places[i];
    this.#places = places;
  }

  /** A number that is not forgotten: the host knows these before the program starts. @param {() => void} callback */
  know(callback) {
    this.#callbacks[++this.#events] = callback;
    this.#waiting++;
    return this.#events;
  }

  /** @param {string} kind */
  #kind(kind) {
    return (this.#kinds[kind] ??= this.#host.kind(kind));
  }

  /** @param {number} event */
  #take(event) {
    const callback = this.#callbacks[event];
    if (callback === undefined) return undefined;
    delete this.#callbacks[event];
    this.#waiting--;
    return callback;
  }

  /** False when it has run, or was cancelled before. @param {number} event */
  cancel(event) {
    if (!this.#take(event)) return false;
    this.#ask(ASK.CANCEL, 0, event, 0, 0);
    return true;
  }

  /** A task of the scheduler's has another priority, and so another source. @param {number} event
   * @param {number} source */
  move(event, source) {
    if (this.#callbacks[event] !== undefined) this.#ask(ASK.MOVE, 0, event, source, 0);
  }

  // ---- time ---------------------------------------------------------------------------------------------------------

  /** Microseconds since the program began, as it looks at a clock. */
  look() {
    const us = min(LOOK_MOST_US, max(1, floor(this.#passed * LOOK_SHARE)));
    const now = this.now;
    this.#passed += us;
    this.#unsaid += us;
    return now;
  }

  /** Did an error have ticks and microtasks skipped, which wait now? */
  get othersWait() {
    return this.#control[CONTROL.OTHERS_WAIT] === 1;
  }

  /** When the idle period ends that has begun. */
  get idleEnd() {
    return this.#control[CONTROL.IDLE_END];
  }

  /** Where the program is; while none of its code runs, where what runs was asked for. */
  get place() {
    return placeOf(this.meter.word());
  }

  /** The same while its code runs, else 0. */
  get placeOfCode() {
    const word = this.meter.word();
    return depthOf(word) === 0 ? 0 : placeOf(word);
  }

  get now() {
    return this.#control[CONTROL.TIME] + this.#passed;
  }

  // ---- callbacks ----------------------------------------------------------------------------------------------------

  /** Runs the callback that the control block names. What it throws is the caller's. */
  run() {
    const event = this.#control[CONTROL.EVENT];
    const place = event < this.#places.length ? this.#places[event] : 0;
    const callback = this.#take(event);
    this.#passed = this.#unsaid = this.#count = 0;
    this.handedOn = undefined;
    this.meter.move(place); // what is done before its code runs, or without any, is done for the one who asked
    if (callback) callback();
  }

  /** It is over: what the host must know. A checkpoint may come yet, at which time goes on from here. */
  settle() {
    this.#control[CONTROL.ASKS] = this.#count;
    this.#control[CONTROL.TOOK] = this.#unsaid;
    this.#control[CONTROL.AT] = this.#at;
    this.#control[CONTROL.ALIVE] = this.#waiting - this.#loose;
    this.#count = 0;
  }

  /** Of the callbacks that wait, so many more do not keep the program alive. @param {number} by */
  loosen(by) {
    this.#loose += by;
  }

  /** The callback threw, and a listener will take that. */
  setThrew() {
    this.#control[CONTROL.THREW] = 1;
  }

  /** @param {boolean} isUntold see CONTROL */
  setUntold(isUntold) {
    this.#control[CONTROL.UNTOLD] = isUntold ? 1 : 0;
  }

  /** @param {number} who LISTENS */
  setListens(who) {
    this.#control[CONTROL.LISTENS] = who;
  }

  /** @param {number} how one of GOES_ON */
  setGoesOn(how) {
    this.#control[CONTROL.GOES_ON] = how;
  }

  /** @param {number} status */
  setStatus(status) {
    this.#control[CONTROL.STATUS] = status;
  }

  /** How many rejections nobody has handled so far. @param {number} count */
  setRejections(count) {
    this.#control[CONTROL.REJECTIONS] = count;
  }

  /** Ends the program, now: the host breaks off whatever runs. @param {number} how one of ENDED
   * @param {number} status */
  end(how, status) {
    this.#control[CONTROL.ENDED] = how;
    this.#control[CONTROL.STATUS] = status;
    for (;;);
  }
}
