// @ts-check
/** stateAt(recording, moments, moment) -> what stands where at a moment of a run: all that the views show. */
import { QUEUE_OF, TRAYS } from '../../elements/desk/desk-state.js';

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
 * @property {{ text: string, isError: boolean, index: number }[]} console so far
 */

/** Of a longer queue so many cards are shown. */
export const CARDS = 6;

const HALTS = ['starved', 'stopped', 'ended'];

/**
 * Where an event waits when its time has come.
 *
 * @param {Recording} recording @param {import('./record.js').Event} event
 */
function queueOf({ host, steps }, { kind, step }) {
  if (step !== null && !HALTS.includes(steps[step].queue)) return steps[step].queue;
  return QUEUE_OF[kind] ?? (host === 'browser' ? 'task' : kind === 'timer' ? 'timers' : 'poll');
}

/** @param {Recording} recording @param {Moments} moments @param {number} moment @returns {State} */
export function stateAt(recording, moments, moment) {
  const { host, steps, events, places, console } = recording;
  const now = moments.step(moment);
  const step = steps[now];
  const time = step?.time ?? 0;
  const isHalted = step !== undefined && HALTS.includes(step.queue);

  /** @param {number} i @returns {Card} */
  const card = (i) => {
    const { name, kind, ready, place, parent } = events[i];
    return { event: i, name, kind, ready, line: parent === null ? 0 : places[place].line, place };
  };
  /** @type {Map<string, number[]>} */ const queued = new Map();
  /** @type {number[]} */ const later = [];
  events.forEach((event, i) => {
    if (event.step !== null && event.step <= now) return;
    if (!moments.hasHappened(moment, event.parent, event.at)) return;
    if (event.ready > time) later.push(i);
    else {
      const queue = queueOf(recording, event);
      if (!queued.has(queue)) queued.set(queue, []);
      queued.get(queue)?.push(i);
    }
  });
  // In the order in which they will run; what never runs comes last.
  const turn = (/** @type {number} */ i) => events[i].step ?? Infinity;
  const inTurn = (/** @type {number[]} */ list) =>
    list.sort((a, b) => (turn(a) === turn(b) ? a - b : turn(a) - turn(b)));
  later.sort((a, b) => events[a].ready - events[b].ready || turn(a) - turn(b) || a - b);

  return {
    time,
    isHalted,
    title: step ? (isHalted ? 'The end' : events[step.event].name) : 'Before the program',
    reason: step?.reason ?? 'Nothing has run yet. Take the first step.',
    place: moments.place(moment),
    stack: moments.stack(moment),
    running: step && !isHalted ? card(step.event) : null,
    queues: TRAYS[host]
      .filter(({ queue, mayLack }) => !mayLack || events.some((event) => queueOf(recording, event) === queue))
      .map(({ queue, title, note }) => {
        const all = inTurn(queued.get(queue) ?? []);
        return { queue, title, note, cards: all.slice(0, CARDS).map(card), count: all.length };
      }),
    waiting: later.slice(0, CARDS).map(card),
    waitingCount: later.length,
    console: console
      .map(({ text, stream, step: of, at }, index) => ({ text, isError: stream === 2, index, of, at }))
      .filter(({ of, at }) => moments.hasHappened(moment, Math.max(of, 0), at))
      .map(({ text, isError, index }) => ({ text, isError, index })),
  };
}
