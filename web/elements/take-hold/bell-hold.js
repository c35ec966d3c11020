// @ts-check
import { timeAt } from '../player/messages.js';
import { Hand } from './hand.js';
import { TimeHandles } from './time-handles.js';

/** @typedef {import('../desk/event-loop-demo.js').EventLoopDemo} Demo */
/** @typedef {import('../desk/desk-state.js').Desk['bells'][number]} Bell */

const PER_PIXEL = 100; // microseconds: a doorbell has no axis

/** Of each demo, the handles on its doorbells. @type {WeakMap<Demo, BellHandles>} */
const known = new WeakMap();

/** Makes the doorbells of a demo something that can be taken hold of. @param {Demo} demo */
export function holdBells(demo) {
  let handles = known.get(demo);
  if (!handles) {
    handles = /** @type {BellHandles} */ (document.createElement('bell-handles'));
    handles.hold(demo);
    known.set(demo, handles);
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
