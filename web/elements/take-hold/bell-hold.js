// @ts-check
import { timeAt } from '../player/messages.js';
import { timesOf } from './answers.js';
import { deskAtMoment, inWordsAtDesk } from './desk-moment.js';
import { Hand } from './hand.js';
import { ringsOften } from './often.js';
import { TimeHandles } from './time-handles.js';

/** @typedef {import('../desk/event-loop-demo.js').EventLoopDemo} Demo */
/** @typedef {import('../desk/desk-state.js').Desk['bells'][number]} Bell */

const PER_PIXEL = 100; // microseconds: a doorbell has no axis

/** Of each demo, the handles on its doorbells. @type {WeakMap<Demo, BellHandles>} */
const known = new WeakMap();

/**
 * Makes the doorbells of a demo something that can be taken hold of.
 *
 * @param {Demo} demo @param {import('./time-handles.js').Touch} [touch] that is there already
 */
export function holdBells(demo, touch) {
  let handles = known.get(demo);
  if (!handles) {
    handles = /** @type {BellHandles} */ (document.createElement('bell-handles'));
    handles.hold(demo);
    known.set(demo, handles);
    if (touch) handles.reach(touch);
  }
  return handles;
}

/**
 * The last position whose step has begun by a moment.
 *
 * @param {NonNullable<Demo['trace']>} trace @param {number} time
 */
export function positionAt(trace, time) {
  let [low, high] = [0, trace.stepCount];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (trace.step(middle).time <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What can be taken hold of at the doorbells of lesson 5: the lamp of each moves its next ring sideways, earlier or
 * later.
 */
class BellHandles extends TimeHandles {
  /** @type {Demo | undefined} */ demo = undefined;

  /** @param {Demo} demo */
  hold(demo) {
    this.demo = demo;
    this.once = 'ring';
    this.hand = new Hand(demo, (time) => demo.trace && demo.go(positionAt(demo.trace, time)));
    demo.addController({ hostUpdated: () => this.#settle() });
    demo.requestUpdate();
  }

  /** Finds its place over the doorbells. */
  #settle() {
    const { demo } = this;
    const wall = /** @type {HTMLElement | null} */ (demo?.shadowRoot?.querySelector('.bells'));
    if (!demo?.trace || !wall) return;
    if (this.parentNode !== wall) {
      wall.style.position = 'relative';
      wall.append(this);
    }
    const { trace } = demo;
    const frame = wall.getBoundingClientRect();
    const bells = /** @type {(HTMLElement & { bell: Bell })[]} */ ([...wall.querySelectorAll('.bell')]);
    this.places = {
      perPixel: PER_PIXEL,
      max: timeAt(trace, trace.stepCount),
      rows: bells.flatMap((element) => this.#row(element, element.bell, frame)),
    };
  }

  // ---- for a clock that runs: see ring-now.js -----------------------------------------------------------------------

  words = {
    hint: `Start the clock, and ring a doorbell, here or on the wall: its event comes now. What each host makes of it is
      told as soon as it has happened.`,
    none: 'Nothing here can ring twice: add a socket or a timer.',
  };

  ways = {
    Browser: (/** @type {string} */ text) => this.#run(text, 'browser'),
    Node: (/** @type {string} */ text) => this.#run(text, 'node'),
  };

  /** @param {string} text @param {'browser' | 'node'} host */
  #run(text, host) {
    const doorbell = /** @type {import('../../core/doorbell.js').Doorbell} */ (this.demo?.doorbell);
    return timesOf(doorbell, doorbell.loop(text, host));
  }

  get ringing() {
    const statements = this.demo?.trace?.statements ?? [];
    return [...statements.keys()].filter((i) => ringsOften(statements[i]));
  }

  /** @param {Element} place */
  statementAt(place) {
    const bell = /** @type {(HTMLElement & { bell: Bell }) | null} */ (place.closest('.bell'));
    return bell?.bell.statement ?? -1;
  }

  rest() {
    if (this.demo) this.demo.atMoment = (state) => state;
    this.demo?.requestUpdate();
  }

  /** @param {number} time in microseconds */
  run(time) {
    const { demo } = this;
    if (!demo?.trace) return;
    const position = positionAt(demo.trace, time);
    if (position !== demo.position || demo.playing) demo.go(position);
    demo.atMoment = (state) => (demo.held ? deskAtMoment(state, demo.held.time) : state);
    demo.held = { time, words: ['The clock runs:', inWordsAtDesk(demo.trace, position, time)] };
  }

  /** @param {HTMLElement} element @param {Bell} bell @param {DOMRect} frame */
  #row(element, { statement, name, times }, frame) {
    const { trace } = /** @type {Demo} */ (this.demo);
    if (!trace || !times.length) return [];
    const { takes, depth, after } = trace.statements[statement];
    const lamp = /** @type {Element} */ (element.firstElementChild).getBoundingClientRect();
    const place = lamp.left - frame.left + lamp.width / 2;
    const ready = depth ? [] : readyTimes(trace, statement);
    return {
      statement,
      name,
      y: lamp.top - frame.top + lamp.height / 2,
      x: () => place,
      ready,
      only: ready.indexOf(times[0]),
      takes,
      ...(depth && after !== null ? { after } : {}),
    };
  }
}

/** When a source becomes ready. @param {NonNullable<Demo['trace']>} trace @param {number} statement */
export function readyTimes(trace, statement) {
  const times = [];
  for (let i = 0; i < trace.eventCount; i++) {
    const event = trace.events(i);
    if (event.statement === statement && event.parent === null) times.push(event.ready);
  }
  return times;
}

customElements.get('bell-handles') ?? customElements.define('bell-handles', BellHandles);
