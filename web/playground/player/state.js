// @ts-check
/**
 * new States(recording, moments).at(moment) -> what stands where at a moment of a run: all that the views show.
 *
 * A learner drags through a run, and each moment is asked for while a frame is drawn. So what a moment needs of fifty
 * thousand callbacks lies in columns of numbers, made once: to go through these takes less than a millisecond.
 */
import { QUEUE_OF, TRAYS } from '../../elements/desk/desk-state.js';
import { CALLED } from '../host/called.js';
import { firstWhere } from './moments.js';

/**
 * @typedef {import('./record.js').Recording} Recording
 * @typedef {import('./moments.js').Moments} Moments
 *
 * @typedef {object} Card  a callback that was asked for
 * @property {number} event
 * @property {string} name
 * @property {string} kind
 * @property {number} ready in microseconds
 * @property {number} line where it was asked for; 0 for what no line asked for
 * @property {number} place
 *
 * @typedef {{ queue: string, title: string, note: string, cards: Card[], count: number }} Queue
 *
 * @typedef {object} PromiseCard
 * @property {number} index of the recording's promises
 * @property {string} name
 * @property {'pending' | 'fulfilled' | 'rejected'} status
 * @property {string} value that it settled with
 * @property {string} follows the promise that it waits for, and becomes what that one is
 * @property {string} runs what has waited for it, and runs now
 * @property {string[]} waits what waits for it; once it has settled, what of that is queued
 *
 * @typedef {object} State
 * @property {number} time in microseconds
 * @property {string} title of the step
 * @property {string} reason
 * @property {boolean} isHalted the last row: the run was stopped, or ended
 * @property {number | null} place that runs
 * @property {import('./moments.js').Frame[]} stack
 * @property {Card | null} running
 * @property {Queue[]} queues
 * @property {Card[]} waiting what has not come yet, the next one first
 * @property {number} waitingCount
 * @property {PromiseCard[]} promises those that matter now, the first ones
 * @property {number} promiseCount
 * @property {{ text: string, isError: boolean, index: number }[]} console the last lines so far
 * @property {number} consoleCount
 */

/** What poll waits for, where a program runs. */
const FILES = 'files; waits here';

/** Of a longer queue so many cards are shown, */
export const CARDS = 6;
/** and of a longer console so many lines. */
export const LINES = 200;

const HALTS = ['starved', 'stopped', 'ended'];
const NEVER = 2 ** 31 - 1;

/** A column of numbers. @template T @param {T[]} rows @param {(row: T) => number} of */
const column = (rows, of, Type = Int32Array) => Type.from(/** @type {any} */ (rows), /** @type {any} */ (of));

/** How many there are, and the first few of them by an order. */
class First {
  count = 0;
  /** @type {number[]} */ list = [];
  #order;

  /** @param {(a: number, b: number) => number} order */
  constructor(order) {
    this.#order = order;
  }

  /** @param {number} one */
  add(one) {
    const { list } = this;
    this.count++;
    let place = list.length;
    while (place > 0 && this.#order(one, list[place - 1]) < 0) place--;
    if (place === CARDS) return;
    list.splice(place, 0, one);
    if (list.length > CARDS) list.pop();
  }
}

export class States {
  #recording;
  #moments;
  // By event: at which moment it was asked for, or cancelled, in which step it ran, when its time came, where it waits
  // then.
  #asked;
  #cancelled;
  #turn;
  #ready;
  #queue;
  #trays;
  // By line of the console, by promise: at which moment.
  #written;
  #made;
  #settled;
  #reacted; // for the first time
  #locked;
  // By promise, too.
  #hasName;
  #isRejected;
  #lastTurn; // the last step of a reaction to it

  /** @param {Recording} recording @param {Moments} moments */
  constructor(recording, moments) {
    const { host, events, console, promises } = recording;
    this.#recording = recording;
    this.#moments = moments;
    /** @param {{ step: number | null, at: number }} when */
    const momentOf = ({ step, at }) => moments.momentOf(step, at);
    const trays = TRAYS[host];
    this.#asked = column(events, ({ parent, at, what, step }) =>
      what === CALLED ? moments.firstOf(step ?? NEVER) : moments.momentOf(parent, at),
    );
    this.#cancelled = column(events, ({ cancelled }) => (cancelled ? momentOf(cancelled) : NEVER));
    this.#turn = column(events, ({ step }) => step ?? NEVER);
    this.#ready = column(events, ({ ready }) => ready, /** @type {any} */ (Float64Array));
    const queues = events.map((event) => this.#queueOf(event));
    this.#queue = column(queues, (queue) => trays.findIndex((tray) => tray.queue === queue));
    this.#trays = trays.filter(({ queue, mayLack }) => !mayLack || queues.includes(queue));
    this.#written = column(console, ({ step, at }) => momentOf({ step: Math.max(step, 0), at }));
    this.#made = column(promises, ({ made }) => momentOf(made));
    this.#settled = column(promises, ({ settled }) => (settled ? momentOf(settled) : NEVER));
    this.#reacted = column(promises, ({ reactions: [first] }) => (first ? momentOf(first) : NEVER));
    this.#locked = column(promises, ({ follows }) => (follows ? momentOf(follows) : NEVER));
    this.#hasName = column(promises, ({ hasVariable }) => Number(hasVariable));
    this.#isRejected = column(promises, ({ status }) => Number(status === 'rejected'));
    this.#lastTurn = column(promises, ({ reactions }) =>
      reactions.reduce((last, { event }) => (event === null ? last : Math.max(last, this.#turn[event])), -1),
    );
  }

  /** Where an event waits when its time has come. @param {import('./record.js').Event} event */
  #queueOf({ kind, step }) {
    const { host, steps } = this.#recording;
    if (step !== null && !HALTS.includes(steps[step].queue)) return steps[step].queue;
    return QUEUE_OF[kind] ?? (host === 'browser' ? 'task' : kind === 'timer' ? 'timers' : 'poll');
  }

  /** @param {number} i @returns {Card} */
  #card(i) {
    const { events, places } = this.#recording;
    const { name, kind, ready, place, parent } = events[i];
    return { event: i, name, kind, ready, line: parent === null ? 0 : places[place].line, place };
  }

  /** @param {number} moment @returns {State} */
  at(moment) {
    const { host, steps, events } = this.#recording;
    const moments = this.#moments;
    const now = moments.step(moment);
    const step = steps[now];
    const time = step?.time ?? 0;
    const isHalted = step !== undefined && HALTS.includes(step.queue);
    const { later, queued } = this.#waiting(moment, now, time);
    const card = (/** @type {number} */ i) => this.#card(i);
    return {
      time,
      isHalted,
      title: step ? (isHalted ? 'The end' : events[step.event].name) : 'Before the program',
      reason: step?.reason ?? 'Nothing has run yet. Take the first step.',
      place: moments.place(moment),
      stack: moments.stack(moment),
      running: step && !isHalted ? card(step.event) : null,
      queues: this.#trays.map(({ queue, title, note }) => {
        const { list, count } = queued[TRAYS[host].findIndex((tray) => tray.queue === queue)];
        return { queue, title, note: queue === 'poll' ? FILES : note, cards: list.map(card), count };
      }),
      waiting: later.list.map(card),
      waitingCount: later.count,
      ...this.#promises(moment, now),
      ...this.#console(moment),
    };
  }

  /** Who waits: for its time to come, or in a queue. @param {number} moment @param {number} now @param {number} time */
  #waiting(moment, now, time) {
    const asked = this.#asked;
    const cancelled = this.#cancelled;
    const turn = this.#turn;
    const ready = this.#ready;
    const queue = this.#queue;
    // In the order in which they will run; what never runs comes last.
    const inTurn = (/** @type {number} */ a, /** @type {number} */ b) => turn[a] - turn[b] || a - b;
    const byTime = (/** @type {number} */ a, /** @type {number} */ b) => ready[a] - ready[b] || inTurn(a, b);
    const later = new First(byTime);
    const queued = TRAYS[this.#recording.host].map(() => new First(inTurn));
    // They were asked for in their order.
    for (let i = 0; i < asked.length && asked[i] <= moment; i++) {
      if (turn[i] <= now || cancelled[i] <= moment) continue;
      if (ready[i] > time) later.add(i);
      else queued[queue[i]]?.add(i);
    }
    return { later, queued };
  }

  /** @param {number} moment */
  #console(moment) {
    const lines = this.#recording.console;
    const written = this.#written;
    const consoleCount = firstWhere(0, written.length, (i) => written[i] > moment);
    const first = Math.max(0, consoleCount - LINES);
    return {
      console: lines
        .slice(first, consoleCount)
        .map(({ text, stream }, i) => ({ text, isError: stream === 2, index: first + i })),
      consoleCount,
    };
  }

  /**
   * The promises that matter: those that settle in this step; those that have settled, while a reaction to that is
   * queued, or runs, or that were rejected, and nobody handles it; then those that wait, if somebody waits for them or
   * they have a name.
   *
   * @param {number} moment @param {number} now
   */
  #promises(moment, now) {
    const made = this.#made;
    /** @type {number[]} */ const settled = [];
    /** @type {number[]} */ const pending = [];
    for (let index = 0; index < made.length && made[index] <= moment; index++) {
      if (this.#matters(index, moment, now)) (this.#settled[index] <= moment ? settled : pending).push(index);
    }
    const shown = [...settled.slice(0, CARDS), ...pending.slice(0, CARDS)].slice(0, CARDS);
    return {
      promises: shown.map((index) => this.#promiseCard(index, moment, now)),
      promiseCount: settled.length + pending.length,
    };
  }

  /** @param {number} index of a promise @param {number} moment @param {number} now */
  #matters(index, moment, now) {
    const settled = this.#settled[index];
    const isReacted = this.#reacted[index] <= moment;
    if (settled > moment) return isReacted || this.#hasName[index] === 1 || this.#locked[index] <= moment;
    if (this.#moments.step(settled) === now || (this.#isRejected[index] === 1 && !isReacted)) return true;
    return this.#lastTurn[index] >= now && this.#waitsFor(index, moment, now).length > 0;
  }

  /** What waits for a promise; once that has settled, what of it is queued or runs. @param {number} index
   * @param {number} moment @param {number} now */
  #waitsFor(index, moment, now) {
    const isSettled = this.#settled[index] <= moment;
    const turn = this.#turn;
    const isOpen = (/** @type {number | null} */ event) => !isSettled || (event !== null && turn[event] >= now);
    return this.#recording.promises[index].reactions.filter(
      ({ step, at, event }) => isOpen(event) && this.#moments.hasHappened(moment, step, at),
    );
  }

  /** @param {number} index @param {number} moment @param {number} now @returns {PromiseCard} */
  #promiseCard(index, moment, now) {
    const { name, status, value, follows } = this.#recording.promises[index];
    const all = this.#waitsFor(index, moment, now);
    const isSettled = this.#settled[index] <= moment;
    const runs = isSettled ? all.find(({ event }) => event !== null && this.#turn[event] === now) : undefined;
    const waits = all.filter((one) => one !== runs).map(({ what }) => what);
    const card = { index, name, runs: runs?.what ?? '', waits };
    if (isSettled) return { ...card, status, value, follows: '' };
    const followed = this.#locked[index] <= moment && follows ? follows.name : '';
    return { ...card, status: 'pending', value: '', follows: followed };
  }
}
