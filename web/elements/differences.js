// @ts-check
import { css, html } from 'lit';
import { ms } from '../model/time.js';
import { number } from './labels.js';
import { stuckSockets } from './pair.js';

/** @typedef {import('./pair.js').Run} Run */

/** What is compared, and whether it is a time. @type {[string, (run: Run) => number, boolean?][]} */
const MEASURES = [
  ['Mean latency', ({ trace }) => trace.totals.meanLatency, true],
  ['Longest latency', ({ trace }) => trace.totals.maxLatency, true],
  ['Waits', ({ trace }) => trace.calls.waits],
  ['Descriptors scanned', ({ trace }) => trace.calls.scanned],
  ['Descriptors returned', ({ trace }) => trace.calls.returned],
  ['Reads', ({ trace }) => trace.calls.reads],
  ['Reads in vain', ({ trace }) => trace.calls.inVain],
  ['Wake-ups', ({ trace }) => trace.totals.wakeUps],
  ['Messages never handled', ({ trace }) => trace.eventCount - trace.stepCount],
  ['All done at', ({ trace }) => trace.totals.end, true],
];

/** @param {number} value @param {boolean} [isTime] */
const written = (value, isTime) => (isTime ? `${ms(value)}\u00a0ms` : number(value));

/** @param {number} change @param {boolean} [isTime] */
function difference(change, isTime) {
  if (change === 0) return 'the same';
  const [less, more] = isTime ? ['less', 'more'] : ['fewer', 'more'];
  return `${written(Math.abs(change), isTime)} ${change < 0 ? less : more}`;
}

/** @param {number} n @param {string} noun */
const counted = (n, noun) => `${n ? number(n) : 'no'} ${noun}${n === 1 ? '' : 's'}`;

/** @param {string[]} names */
const listed = (names) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${number(names.length - 3)} more` : names.join(' and ');

/** What one way of working costs and the other does not, in a sentence; the first that differs is said. */
const WORK = [
  {
    of: (/** @type {Run} */ { trace }) => trace.calls.scanned,
    says: (/** @type {string} */ one, /** @type {number} */ a, /** @type {string} */ two, /** @type {number} */ b) =>
      `The kernel looks at ${counted(a, 'descriptor')} for ${one}, and at ${counted(b, 'descriptor')} for ${two}.`,
  },
  {
    of: (/** @type {Run} */ { trace }) => trace.calls.inVain,
    says: (/** @type {string} */ one, /** @type {number} */ a, /** @type {string} */ two, /** @type {number} */ b) =>
      `${one} makes ${counted(a, 'read')} in vain, ${two} ${counted(b, 'read')}.`,
  },
  {
    of: (/** @type {Run} */ { trace }) => trace.calls.waits,
    says: (/** @type {string} */ one, /** @type {number} */ a, /** @type {string} */ two, /** @type {number} */ b) =>
      `${one} makes ${counted(a, 'call')} to wait, ${two} ${counted(b, 'call')}.`,
  },
];

/** The difference in sentences, from the numbers alone. @param {Run[]} runs */
export function verdict(runs) {
  const [one, two] = runs;
  const said = runs.flatMap((run) => {
    const stuck = stuckSockets(run).map(({ name }) => name);
    const lost = counted(run.trace.eventCount - run.trace.stepCount, 'message');
    return stuck.length ? `${run.name} ends with ${listed(stuck)} stuck: ${lost} never handled.` : [];
  });
  const [a, b] = runs.map(({ trace }) => trace.totals.meanLatency);
  said.push(
    a === b
      ? `A message waits ${ms(a)}\u00a0ms on average, either way.`
      : `On average a message waits ${ms(a)}\u00a0ms with ${one.name}, and ${ms(b)}\u00a0ms with ${two.name}.`,
  );
  const work = WORK.find(({ of }) => of(one) !== of(two));
  if (work) said.push(work.says(one.name, work.of(one), two.name, work.of(two)));
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

export const differencesStyles = css`
  .crown {
    margin: 0;
    font: 600 1.125em/1.45 var(--serif);
  }
  .differences th[scope='row'] {
    font-weight: 400;
  }
  .differences thead th:not(:last-child) {
    font-family: var(--mono);
  }
  .same {
    color: var(--muted);
  }
`;
