// @ts-check
import { html } from 'lit';
import { ms } from '../../core/time.js';
import { number } from '../player/labels.js';
import { neverHandled, stuckSockets } from './pair.js';

/** @typedef {import('./pair.js').Run} Run */

/** Does it wake again and again, nobody knows how often? What a wait of kqueue takes was measured nowhere.
 * @param {Run} run */
function spinsUncounted({ strategy, trace: { tables } }) {
  const { spinning, accepting, events } = tables;
  // Is a connection there for which no descriptor is left?
  const isStarved = (/** @type {number} */ k) => accepting.count > 0 && accepting.waits.at(k) < events.count;
  const isAwake = (/** @type {number} */ k) => spinning.ended.at(k) + spinning.writable.at(k) > 0 || isStarved(k);
  return /^kqueue/.test(strategy) && Array.from({ length: spinning.count }, (_, k) => k).some(isAwake);
}

/**
 * A count of system calls. `readiness` is the idea of a wait, and no call that could be counted: not a number.
 *
 * @param {keyof import('../../core/doorbell.js').Calls} what @returns {(run: Run) => number}
 */
const calls = (what) => (run) => (run.strategy === 'readiness' || spinsUncounted(run) ? NaN : run.trace.calls[what]);

/** @param {Run} run */
const wakeUps = (run) => (spinsUncounted(run) ? NaN : run.trace.totals.wakeUps);

/** What is compared, and whether it is a time. @type {[string, (run: Run) => number, boolean?][]} */
const MEASURES = [
  ['Mean latency', ({ trace }) => trace.totals.meanLatency, true],
  ['Longest latency', ({ trace }) => trace.totals.maxLatency, true],
  ['Waits', calls('waits')],
  ['Descriptors scanned', calls('scanned')],
  ['Descriptors returned', calls('returned')],
  ['Reads', calls('reads')],
  ['Reads in vain', calls('inVain')],
  ['Wake-ups', wakeUps],
  ['Messages never handled', neverHandled],
  ['All done at', ({ trace }) => trace.tables.totals.end_us.at(0), true],
];

/** @param {number} value @param {boolean} [isTime] */
function written(value, isTime) {
  if (Number.isNaN(value)) return 'not counted';
  return isTime ? `${ms(value)}\u00a0ms` : number(value);
}

/** @param {number} change @param {boolean} [isTime] */
function difference(change, isTime) {
  if (Number.isNaN(change)) return '';
  if (change === 0) return 'the same';
  return `${written(Math.abs(change), isTime)} ${change > 0 ? 'more' : isTime ? 'less' : 'fewer'}`;
}

/** @param {number} n @param {string} noun */
const counted = (n, noun) => `${n ? number(n) : 'no'} ${noun}${n === 1 ? '' : 's'}`;

/** @param {string[]} names */
const listed = (names) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${number(names.length - 3)} more` : names.join(' and ');

/** @param {number} n */
const times = (n) => (n === 1 ? 'once' : `${number(n)} times`);

/**
 * The work of waiting, in words; the first that differs is told.
 *
 * @type {{ of: (run: Run) => number, tell: (n: number) => string }[]}
 */
const WORK = [
  { of: calls('scanned'), tell: (n) => `looks at ${counted(n, 'descriptor')}` },
  { of: calls('inVain'), tell: (n) => (n ? `reads in vain ${times(n)}` : 'never reads in vain') },
  { of: calls('waits'), tell: (n) => `makes ${counted(n, 'call')} that ${n === 1 ? 'waits' : 'wait'} for many` },
  { of: wakeUps, tell: (n) => (n ? `wakes up ${times(n)}` : 'never wakes up') },
];

/** The difference in sentences, from the numbers alone. @param {Run[]} runs */
export function verdict(runs) {
  const [one, two] = runs;
  const said = runs.flatMap((run) => {
    const stuck = stuckSockets(run).map(({ name }) => name);
    const lost = counted(neverHandled(run), 'message');
    return stuck.length ? `${run.name} ends with ${listed(stuck)} stuck: ${lost} never handled.` : [];
  });
  const [a, b] = runs.map(({ trace }) => trace.totals.meanLatency);
  const message = said.length ? 'a message that is handled' : 'a message';
  said.push(
    a === b
      ? `On average ${message} waits ${ms(a)}\u00a0ms, either way.`
      : `On average ${message} waits ${ms(a)}\u00a0ms with ${one.name}, and ${ms(b)}\u00a0ms with ${two.name}.`,
  );
  const work = WORK.find(({ of }) => Math.abs(of(one) - of(two)) > 0); // both are counted, and differ
  if (work) said.push(`${runs.map((run) => `${run.name} ${work.tell(work.of(run))}`).join('; ')}.`);
  return said.join(' ');
}

/** What two runs cost, and the difference. @param {Run[]} runs */
export function differences(runs) {
  const [one, two] = runs;
  return html`
    <p class="crown">${verdict(runs)}</p>
    <div class="table">
      <table class="differences">
        <caption>
          What the two cost
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="hidden">Measure</span></th>
            <th scope="col">${one.name}</th>
            <th scope="col">${two.name}</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          ${MEASURES.map(
            ([what, of, isTime]) => html`
              <tr>
                <th scope="row">${what}</th>
                <td>${written(of(one), isTime)}</td>
                <td>${written(of(two), isTime)}</td>
                <td class=${of(one) === of(two) ? 'same' : ''}>${difference(of(two) - of(one), isTime)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}
