// @ts-check
// The desk of lesson 5 in sentences: what there is, and what became otherwise.
import { inMs, number } from '../player/labels.js';

/**
 * @typedef {import('../desk/desk-state.js').Desk} Desk
 * @typedef {import('../desk/desk-state.js').Card} Card
 * @typedef {import('../desk/desk-state.js').Bell} Bell
 */

const HOSTS = { browser: 'The desk of a browser', node: 'The desk of Node' };

/** What lies on the desk when a run was stopped, or ended. @type {Record<string, string>} */
const HALTS = {
  starved: 'The run was stopped here: somebody never gets a turn.',
  stopped: 'The run was stopped here: it would go on for ever.',
  ended: 'The process ended here.',
};

/** What a card says besides. @type {Record<string, string>} */
const FATES = { never: ', which never gets its turn', again: ', again and again' };

const list = new Intl.ListFormat('en');

/** @param {string[]} names @param {number} more that have no name here */
const listed = (names, more) => list.format(more > 0 ? [...names, `${more} more`] : names);

/** @param {Desk} state */
function runningInWords({ running, now, until, halted }) {
  if (halted) return HALTS[halted];
  if (!running) return 'Nothing runs.';
  const hold = until > now ? ` It holds the thread until ${inMs(until)}.` : '';
  return running.isHop
    ? `On the desk: ${running.name}, a hop of a promise, which runs no code.`
    : `On the desk: ${running.name} (${running.kind}) runs.${hold}`;
}

/** @param {Desk['trays'][number]} tray */
const trayInWords = ({ title, cards, count }) =>
  cards.length || count
    ? `In the tray ${title}: ${listed(
        cards.map(({ name, fate }) => name + (FATES[fate] ?? '')),
        count - cards.length,
      )}.`
    : `The tray ${title} is empty.`;

/**
 * What there is: what runs, what waits and in which order, and when each source will ring.
 *
 * @param {Desk} state
 */
export function deskInWords(state) {
  const { host, now, phase, trays, bells, bellCount, done, doneCount, halted } = state;
  const inState = (/** @type {string} */ which) =>
    list.format(bells.filter((bell) => bell.state === which).map(({ name, times }) => `${name} at ${inMs(times[0])}`));
  const [ringing, never, coming] = [inState('ringing'), inState('never'), comingInWords(state)];
  const untold = bellCount - bells.length;
  return [
    `${HOSTS[host]}, at ${inMs(now)}.`,
    runningInWords(state),
    host === 'node' && phase ? `The loop is at ${phase === 'main' ? 'the main script' : phase}.` : '',
    ...trays.map(trayInWords),
    ringing ? `Ringing while the thread is busy: ${ringing}.` : '',
    never ? `Never answered: ${never}.` : '',
    coming ? `To ring: ${coming}.` : bells.length && !halted ? 'Nobody else will ring.' : '',
    untold > 0 ? `${untold} more doorbells are not told here.` : '',
    doneCount
      ? `${number(doneCount)} ${doneCount === 1 ? 'callback is' : 'callbacks are'} finished, ${done[0].name} last.`
      : '',
  ].filter(Boolean);
}

/** Who will ring, and when: the first one first. @param {Desk} state */
const comingInWords = ({ bells, now }) =>
  bells
    .map(({ name, kind, times, later, state }) => {
      const isNext = state === 'quiet'; // otherwise the first time is that of a ring which has come
      return { who: `${name} (${kind})`, later, ahead: times.slice(isNext ? 0 : 1).filter((time) => time > now) };
    })
    .filter(({ ahead }) => ahead.length)
    .sort((a, b) => a.ahead[0] - b.ahead[0])
    .map(({ who, ahead, later }) => `${who} at ${list.format(ahead.map(inMs))}${later ? ' and later' : ''}`)
    .join('; ');

/** Where each card waits, by what it is known by. @param {Desk} state */
const traysByCard = ({ trays }) =>
  new Map(trays.flatMap(({ title, cards }) => cards.map(({ place }) => [place, title])));

/**
 * How a card came.
 *
 * @param {Card} card @param {string} where
 */
const arrival = ({ name, origin, from }, where) =>
  from !== null && !origin.startsWith('bell')
    ? `${from} put ${name} into ${where}.`
    : `${name} rang, and went to ${where}.`;

/**
 * What became otherwise on the desk while the run went on.
 *
 * @param {Desk} before @param {Desk} after of the same run
 */
export function deskChanges(before, after) {
  const waited = traysByCard(before);
  const known = new Set(before.bells.map(({ place }) => place));
  const sentences = [];
  if (after.free < after.now && after.now > before.now)
    sentences.push(`The loop slept from ${inMs(after.free)} to ${inMs(after.now)}.`);
  else if (after.now > before.now) sentences.push(`The clock went from ${inMs(before.now)} to ${inMs(after.now)}.`);
  if (before.running) sentences.push(`${before.running.name} is finished.`);
  if (after.running && after.running.place !== before.running?.place) {
    const from = waited.get(after.running.place);
    sentences.push(
      from
        ? `${after.running.name} went from the tray ${from} to the desk.`
        : arrival(after.running, 'the desk at once'),
    );
  }
  if (after.host === 'node' && before.phase && after.phase !== before.phase)
    sentences.push(`The loop went from ${before.phase} to ${after.phase}.`);
  for (const { name, from, place, times } of after.bells) {
    if (from !== null && !known.has(place)) sentences.push(`${from} asked for ${name}, at ${inMs(times[0])}.`);
  }
  for (const { title, cards } of after.trays)
    for (const card of cards) if (!waited.has(card.place)) sentences.push(arrival(card, `the tray ${title}`));
  return sentences;
}
