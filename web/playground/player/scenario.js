// @ts-check
/**
 * scenarioOf(recording) -> a run as the scenario of what it did, for lesson 5's desk; or what none can say of it.
 *
 * The two share a core: a callback is a statement, under the one that asked for it, and a job of a promise is one more
 * microtask. So the scenario gives the same callbacks, at the same times, from the same queues. It knows nothing of
 * what was decided while the program ran: it says what was done, not why.
 */
import { CALLED } from '../host/called.js';

/**
 * @typedef {import('./record.js').Recording} Recording
 * @typedef {import('./record.js').Event} Event
 *
 * @typedef {object} Unsaid  what no scenario can say
 * @property {number} line where the program asks for it; 0 for no line of it
 * @property {string} why
 */

/** A longer one is no picture. */
const MOST = 300;
const DEPTH_MOST = 256; // see core/model/scenario/bounds.h

/** What happens at a time of its own, whatever the program does. */
const SOURCES = ['script', 'promise', 'input', 'socket'];
const FROM_OUTSIDE = /^(?:reply from |fs\.)/;

const ms = (/** @type {number} */ us) => String(us / 1000);
const quoted = (/** @type {string} */ name) => `"${name.replace(/[\0-\x1f\x7f]/g, ' ').replace(/["\\]/g, '\\$&')}"`;

/** What a callback is, as a scenario says it. @param {Event} event */
function statementOf({ name, kind, ready, after, takes }) {
  const when = SOURCES.includes(kind) ? ` ready ${ms(ready)}` : kind === 'timer' ? ` after ${ms(after)}` : '';
  return `${kind} ${quoted(name)}${when}${takes > 0 ? ` takes ${ms(takes)}` : ''}`;
}

/** Why an event cannot be said; '' when it can. @param {Event} event @param {Recording} recording */
function whyNot({ name, kind, what, held, ready, parent, takes }, { events, host }) {
  if (what === CALLED) return `${name} is called between two callbacks, and a scenario knows only what a queue had`;
  if (kind === 'socket' && !FROM_OUTSIDE.test(what))
    return `${name} comes from a queue of its own kind, and a scenario has none such`;
  if (kind === 'socket' && host === 'browser' && events.some((one) => one.ready === ready && one.name !== name))
    return `${name} is ready at the same time as another task, and a scenario would know of it earlier`;
  if (kind === 'promise' && takes >= 1000)
    return `${name} took time, and a scenario has no module, after which immediates go before timers that are due`;
  if (held > 0 && parent !== null && (kind === 'timer' || kind === 'frame'))
    return `${name} was asked for after its callback had taken time, and in a scenario a callback asks first`;
  return '';
}

/** @param {Recording} recording @returns {{ text: string } | { unsaid: Unsaid[] }} */
export function scenarioOf(recording) {
  const { steps, events, places, limit } = recording;
  const lineOf = (/** @type {Event} */ { parent, place }) => (parent === null ? 0 : places[place].line);
  if (limit) return { unsaid: [{ line: 0, why: `the run was stopped: ${limit}` }] };
  if (steps.length > MOST)
    return { unsaid: [{ line: 0, why: `more than ${MOST} callbacks ran, too many to look at` }] };
  if (steps.some(({ queue }) => queue === 'ended'))
    return { unsaid: [{ line: 0, why: 'the process ended early, and a scenario runs until nothing is to come' }] };

  const ran = events.filter(({ step }) => step !== null); // the others were cancelled
  const unsaid = ran.map((event) => ({ line: lineOf(event), why: whyNot(event, recording) })).filter(({ why }) => why);
  if (unsaid.length > 0) return { unsaid };

  /** @type {Map<number | null, Event[]>} */ const asked = new Map();
  for (const event of ran) {
    const parent = SOURCES.includes(event.kind) ? null : event.parent;
    asked.set(parent, [...(asked.get(parent) ?? []), event]);
  }
  /** @type {string[]} */ const lines = [];
  /** @param {number | null} step @param {number} depth */
  const write = (step, depth) => {
    for (const event of asked.get(step) ?? []) {
      if (depth >= DEPTH_MOST) return lineOf(event);
      lines.push(`${'  '.repeat(depth)}${statementOf(event)}`);
      const deep = write(event.step, depth + 1);
      if (deep !== null) return deep;
    }
    return null;
  };
  const deep = write(null, 0);
  if (deep !== null)
    return { unsaid: [{ line: deep, why: `callbacks lead to callbacks more than ${DEPTH_MOST} deep` }] };
  return { text: `${lines.join('\n')}\n` };
}
