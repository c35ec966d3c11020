// @ts-check
/**
 * deskAt(trace, host, position) -> what is where on the desk of lesson 5, after so many steps.
 *
 * The card of the newest step lies on the desk; it stays there after the last step too, so that every card is seen to
 * run. A run that was stopped has a last row that is no callback: then nothing lies on the desk, and what never got its
 * turn is told.
 */

import { HALTS } from '../player/halts.js';

/**
 * The sizes that a desk can have, the largest first. Each has a look of its own (see desk.css), and shows so many
 * doorbells, cards in a tray and finished cards; a longer row shows its front, and how many more there are.
 */
export const SIZES = [
  { look: 'large', bells: 6, cards: 6, done: 3 },
  { look: 'medium', bells: 6, cards: 4, done: 2 },
  { look: 'small', bells: 6, cards: 3, done: 1 },
  { look: 'tiny', bells: 4, cards: 2, done: 1 },
];
const [LARGEST] = SIZES;

const TIMES = 3; // of a doorbell that rings more often
const LONG_NAME = 14; // a longer one may take two lines on the desk

/** Where cards wait, by host. A tray that `mayLack` is there when the run has a card for it. */
export const TRAYS = {
  browser: [
    { queue: 'microtask', title: 'microtasks', note: 'urgent: these first' },
    { queue: 'task', title: 'tasks', note: 'then the oldest' },
    { queue: 'frame', title: 'frames', note: 'before the next paint', mayLack: true },
  ],
  node: [
    { queue: 'main', title: 'main script', note: 'first, before the loop', mayLack: true },
    { queue: 'timers', title: 'timers', note: 'those that are due' },
    { queue: 'poll', title: 'poll', note: 'sockets; waits here' },
    { queue: 'check', title: 'check', note: 'immediates' },
    { queue: 'tick', title: 'ticks', note: 'first' },
    { queue: 'microtask', title: 'microtasks', note: 'then these' },
  ],
};

/** Where the card of an event that never ran waits, by its kind. @type {Record<string, string>} */
export const QUEUE_OF = {
  microtask: 'microtask',
  promise: 'microtask',
  tick: 'tick',
  immediate: 'check',
  frame: 'frame',
};

/** Whoever let half of the steps pass that a run for ever is given never gets a turn. */
const LONG = 500;

/**
 * @typedef {import('../../core/doorbell.js').Trace} Trace
 * @typedef {'browser' | 'node'} Host
 * @typedef {'quiet' | 'ringing' | 'queued' | 'running' | 'done' | 'never' | 'again'} BellState
 * @typedef {{ place: string, origin: string, name: string, kind: string, from: string | null }} Thing  `place`: what
 *   `moveCards` knows it by; `origin`: the place that it has just come from, or ''
 * @typedef {Thing & { statement: number, times: number[], later: boolean, state: BellState }} Bell  `times`: those to
 *   come, the one that the state is about first; `later`: there are more
 * @typedef {Thing & { queue: string, ready: number, isHop: boolean, fate: string, swaps: string[] }} Card  `fate`:
 *   'never' if it waits for ever, 'again' if it would run for ever; `swaps`: see swaps.js
 * @typedef {{ queue: string, title: string, note: string, cards: Card[], count: number, room: number }} Tray
 *   `room`: how many cards it shows at most in the whole run
 * @typedef {{ host: Host, now: number, free: number, until: number, end: number, bells: Bell[], bellCount: number,
 *   bellRoom: number, trays: Tray[], phase: string, running: Card | null, halted: string, done: Card[],
 *   doneCount: number, doneRoom: number, look: string, hasNotes: boolean, hasLongNames: boolean }} Desk
 *   The thread slept from `free` to `now`, and is busy until `until`. `halted`: 'starved', 'stopped' or 'ended', else
 *   ''. The rooms, and what the run `has` somewhere, are the same at every position: so nothing moves for another's
 *   sake.
 */

/** The last row of a run that was stopped, or ended: no callback. @param {Trace} trace @param {number} step */
export function haltOf(trace, step) {
  const { queue } = trace.step(step);
  return HALTS.includes(queue) ? queue : '';
}

/**
 * The first index, of so many, whose value is at least `value`; values rise.
 * @param {number} count @param {(i: number) => number} at @param {number} value
 */
function firstFrom(count, at, value) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {number[]} rising @param {number} value */
const atLeast = (rising, value) => firstFrom(rising.length, (i) => rising[i], value);

/**
 * A queue's steps, and before which step each joined it; then the events that joined it and never ran.
 * @typedef {{ steps: number[], joined: number[], stuck: { event: number, joined: number }[], room: number }} Queue
 */

/**
 * Which of a queue's steps wait in its tray: those to come that joined before the current step, or while it ran. A
 * queue is first in, first out, so both columns rise.
 * @param {Queue} queue @param {number} position
 */
function waiting({ steps, joined }, position) {
  const first = atLeast(steps, position);
  return { first, count: atLeast(joined, position) - first };
}

/** What every position asks of a trace, read from it once: then a step costs no more with 10,000 sources than with
 * 3. */
class Index {
  /** A source is one doorbell, however often it rings; a timer that a callback asks for is one from then on.
   * @type {{ statement: number, parent: number | null, events: number[] }[]} */
  bells = [];
  /** @type {Map<string, Queue>} */
  queues = new Map();
  /** In Node, before which step the timers phase began. */
  #phase = 0;
  /** Before which step each event joined a queue that never ran. @type {Map<number, number>} */
  stuckAt = new Map();
  /** The doorbell of each event, -1 for a card that has none. */
  bellOf = new Int32Array();
  /** The position from which on each doorbell hangs on the wall. @type {number[]} */
  hung = [];

  /** Does a card say more than its name and time: that it is a hop, or its fate? */
  hasNotes = false;
  hasLongNames = false;

  /** @param {Trace} trace @param {Host} host */
  constructor(trace, host) {
    const { stepCount, eventCount } = trace;
    /** How many callbacks ran. */
    this.runs = stepCount > 0 && haltOf(trace, stepCount - 1) ? stepCount - 1 : stepCount;
    /** The step that runs each event; one that never runs would come after all. */
    this.stepOf = new Int32Array(eventCount).fill(stepCount);
    /** Before which step each step's card joined its queue. */
    this.joinedAt = new Int32Array(stepCount);
    for (let k = 0; k < this.runs; k++) {
      const { event, queue } = trace.step(k);
      const { steps, joined } = this.queue(queue);
      this.stepOf[event] = k;
      steps.push(k);
      this.joinedAt[k] = this.#joined(trace, k);
      joined.push(this.joinedAt[k]);
    }
    this.#hangBells(trace);
    this.#readStatements(trace);
    for (let event = 0; event < eventCount; event++)
      if (this.stepOf[event] === stepCount) this.#addStuck(trace, host, event);
    for (const queue of this.queues.values()) {
      queue.stuck.sort((a, b) => a.joined - b.joined);
      for (let p = 0; p <= stepCount && queue.room < LARGEST.cards; p++) {
        const stuck = queue.stuck.filter(({ joined }) => joined < p).length;
        queue.room = Math.max(queue.room, waiting(queue, p).count + stuck);
      }
    }
  }

  /**
   * Before which step the card of step k joined its queue. Node's timers are taken out of their lists, all that are
   * due, when their phase begins.
   * @param {Trace} trace @param {number} k
   */
  #joined(trace, k) {
    const { queue, queuedAt, ready } = trace.step(k);
    if (queue !== 'timers') return queuedAt ?? k;
    if (k === 0 || phaseAt(trace, k - 1) !== 'timers') return (this.#phase = k);
    return (this.#phase = Math.max(
      this.#phase,
      firstFrom(k, (i) => trace.step(i).time, ready),
    ));
  }

  /** @param {string} name @returns {Queue} */
  queue(name) {
    const queue = this.queues.get(name) ?? { steps: [], joined: [], stuck: [], room: 0 };
    this.queues.set(name, queue);
    return queue;
  }

  /** @param {Trace} trace */
  #hangBells(trace) {
    this.bellOf = new Int32Array(trace.eventCount).fill(-1);
    for (let event = 0; event < trace.eventCount; event++) {
      const { statement, parent } = trace.events(event);
      if (parent !== null && !this.#waitsForTime(trace, event)) continue;
      const asker = parent === null ? event - 1 : trace.step(parent).event; // an interval asks for itself
      const own = asker >= 0 && trace.events(asker).statement === statement;
      if (own) this.bells[this.bellOf[asker]].events.push(event);
      else this.bells.push({ statement, parent, events: [event] });
      this.bellOf[event] = own ? this.bellOf[asker] : this.bells.length - 1;
    }
    this.hung = this.bells.map(({ parent }) => (parent === null ? 0 : parent + 1));
  }

  /** @param {Trace} trace */
  #readStatements(trace) {
    const steps = [...Array(trace.stepCount).keys()];
    this.hasLongNames = trace.statements.some(({ name }) => name.length > LONG_NAME);
    this.hasNotes = this.runs < trace.stepCount || steps.some((k) => trace.step(k).isHop);
  }

  /** What a callback asked for and the clock brings: a timer. @param {Trace} trace @param {number} event */
  #waitsForTime(trace, event) {
    const step = this.stepOf[event];
    if (step === trace.stepCount) return !(trace.statements[trace.events(event).statement].kind in QUEUE_OF);
    return ['task', 'timers', 'poll'].includes(trace.step(step).queue);
  }

  /**
   * An event that never ran may have joined a queue all the same; in Node, what the clock brings is first looked at in
   * its phase.
   * @param {Trace} trace @param {Host} host @param {number} event
   */
  #addStuck(trace, host, event) {
    const { statement, parent, ready } = trace.events(event);
    const { kind } = trace.statements[statement];
    const queue = QUEUE_OF[kind] ?? (host === 'browser' ? 'task' : '');
    const noticed = firstFrom(this.runs, (k) => trace.step(k).time, ready);
    const joined = Math.max(parent ?? 0, noticed);
    if (!queue || joined >= this.runs) return;
    this.queue(queue).stuck.push({ event, joined });
    this.stuckAt.set(event, joined);
  }
}

/** @type {WeakMap<Trace, Index>} */
const indexes = new WeakMap();

/**
 * What is where after `position` steps.
 * @param {Trace} trace @param {Host} host @param {number} position
 * @param {typeof LARGEST} [size]
 * @param {Map<number, string[]>} [swaps] see swaps.js
 * @returns {Desk}
 */
export function deskAt(trace, host, position, size = LARGEST, swaps = new Map()) {
  const index = indexes.get(trace) ?? new Index(trace, host);
  indexes.set(trace, index);
  const { bells, hung, stepOf, joinedAt, stuckAt, bellOf, queues, runs } = index;
  const current = position - 1;
  const { time: now, free, end: until } = position > 0 ? trace.step(current) : { time: 0, free: 0, end: 0 };
  const halted = position > runs ? haltOf(trace, current) : '';

  /** What a callback is called, and its card. @param {number | null} step */
  const callbackOf = (step) => (step === null ? null : trace.statements[trace.step(step).statement].name);
  const placeOf = (/** @type {number | null} */ step) => (step === null ? '' : `card ${trace.step(step).event}`);

  /** @param {number} step @returns {Card} */
  const cardOf = (step) => {
    const { event, queue, isHop } = trace.step(step);
    return { ...cardOfEvent(event, joinedAt[step]), queue, isHop, swaps: swaps.get(step) ?? [] };
  };

  /** @param {number} event @param {number} joined @returns {Card} */
  const cardOfEvent = (event, joined) => {
    const { statement, parent, ready } = trace.events(event);
    const { name, kind } = trace.statements[statement];
    const asker = bellOf[event] < 0 ? placeOf(parent) : `bell ${bellOf[event]}`;
    const origin = joined === current ? asker : '';
    const repeats = halted && trace.statements[statement].forever; // it had queued itself once more
    const fate = repeats ? 'again' : halted === 'starved' && joined < runs - LONG ? 'never' : '';
    const from = callbackOf(parent);
    return { place: `card ${event}`, origin, name, kind, from, queue: '', ready, isHop: false, fate, swaps: [] };
  };

  /** @param {number} bell @returns {Bell} */
  const bellAt = (bell) => {
    const { statement, parent } = bells[bell];
    const { name, kind } = trace.statements[statement];
    const { events } = bells[bell];
    const known = firstFrom(events.length, (i) => trace.events(events[i]).parent ?? -1, position);
    const next = firstFrom(known, (i) => stepOf[events[i]], current);
    const front = Math.min(next, known - 1);
    const times = events.slice(front, Math.min(front + TIMES, known)).map((event) => trace.events(event).ready);
    const later = front + times.length < known;
    const ended = halted && trace.statements[statement].forever ? 'again' : 'done'; // an interval would ring again
    const state = next === known ? ended : stateOf(events[next]);
    const origin = parent === current ? placeOf(parent) : '';
    return { place: `bell ${bell}`, origin, statement, name, kind, from: callbackOf(parent), times, later, state };
  };

  /** @param {number} event @returns {BellState} */
  const stateOf = (event) => {
    const step = stepOf[event];
    const { ready, parent } = trace.events(event);
    if (step === trace.stepCount) {
      if (halted === 'starved' && (parent ?? 0) < runs - LONG) return 'never';
    } else if (step === current) return 'running';
    if ((stuckAt.get(event) ?? joinedAt[step]) <= current) return 'queued';
    return ready <= now || ready < until ? 'ringing' : 'quiet'; // it rings, but a callback holds the thread
  };

  /** Where there are too many doorbells: those that are answered next, and above them those that were answered last. */
  const nearest = () => {
    /** @type {number[]} */
    const near = [];
    const look = (/** @type {number} */ step, /** @type {'push' | 'unshift'} */ add) => {
      const bell = bellOf[trace.step(step).event];
      if (bell >= 0 && bell < bellCount && !near.includes(bell)) near[add](bell);
    };
    const from = Math.max(0, current);
    for (let k = from; k < trace.stepCount && near.length < size.bells; k++) look(k, 'push');
    for (let k = from - 1; k >= 0 && near.length < size.bells; k--) look(k, 'unshift');
    return near;
  };

  /** @param {typeof TRAYS.node[number]} tray @returns {Tray[]} */
  const trayAt = ({ mayLack, ...tray }) => {
    const queue = queues.get(tray.queue);
    if (!queue) return mayLack ? [] : [{ ...tray, cards: [], count: 0, room: 0 }];
    const { first, count } = waiting(queue, position);
    const stuck = queue.stuck.filter(({ joined }) => joined < position);
    const room = Math.min(queue.room, size.cards);
    const cards = [
      ...queue.steps.slice(first, first + Math.min(count, room)).map(cardOf),
      ...stuck.slice(0, Math.max(0, room - count)).map(({ event, joined }) => cardOfEvent(event, joined)),
    ];
    return [{ ...tray, cards, count: count + stuck.length, room }];
  };

  const bellCount = atLeast(hung, position + 1);
  const doneCount = Math.max(0, current);
  return {
    ...{ host, now, free, until, end: trace.end, halted },
    ...{ look: size.look, hasNotes: index.hasNotes || swaps.size > 0, hasLongNames: index.hasLongNames },
    bells: (bellCount > size.bells ? nearest() : [...bells.keys()].slice(0, bellCount)).map(bellAt),
    bellCount,
    bellRoom: Math.min(bells.length, size.bells),
    trays: TRAYS[host].flatMap(trayAt),
    phase: phaseAt(trace, Math.min(current, runs - 1)),
    running: position > 0 && !halted ? cardOf(current) : null,
    done: Array.from({ length: Math.min(doneCount, size.done) }, (_, i) => cardOf(current - 1 - i)),
    doneCount,
    doneRoom: size.done,
  };
}

/**
 * Where Node's loop is: it stays in its phase while ticks and microtasks run.
 *
 * @param {Trace} trace @param {number} step
 */
function phaseAt(trace, step) {
  for (let k = step; k >= 0; k--) {
    const { queue } = trace.step(k);
    if (queue !== 'tick' && queue !== 'microtask') return queue;
  }
  return '';
}
