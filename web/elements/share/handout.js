// @ts-check
// A sheet of paper: the scenario, its scene at a few steps, the table, and room for answers.
import { imageOf, svgOf } from './picture.js';
import { rowsOf } from './trace-files.js';
import sheet from './handout.css';

const SCENES = 4; // the start, the end, and what fits between them
const ROWS = 20; // of a longer run the first ones

/** @param {string} name @param {(string | Node)[]} content */
function element(name, ...content) {
  const node = document.createElement(name);
  node.append(...content);
  return node;
}

/** The positions whose scenes are printed. @param {number} steps */
export function chosenSteps(steps) {
  const count = Math.min(SCENES, steps + 1);
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round((i * steps) / Math.max(1, count - 1))))];
}

/**
 * The scene at each position, as images.
 *
 * @param {import('../player/demo.js').Demo<any>} demo @param {number[]} positions
 */
async function scenesOf(demo, positions) {
  const { position } = demo;
  const wasInstant = demo.hasAttribute('data-instant');
  demo.toggleAttribute('data-instant', true);
  const images = [];
  for (const k of positions) {
    demo.go(k);
    await demo.updateComplete;
    for (const animation of demo.shadowRoot?.getAnimations() ?? []) animation.finish();
    images.push(await imageOf(svgOf(demo)));
  }
  demo.go(position);
  demo.toggleAttribute('data-instant', wasInstant);
  return images;
}

/** The rows of the trace, without the reasons: those are for the learner to find. @param {any} demo */
function tableOf({ trace, lesson }) {
  const rows = rowsOf(trace, lesson).map(({ reason, ...row }) => row);
  const line = (/** @type {string} */ name, /** @type {unknown[]} */ cells) =>
    element('tr', ...cells.map((cell) => element(name, String(cell))));
  return element(
    'table',
    line('th', [...Object.keys(rows[0] ?? {}), 'because']),
    ...rows.slice(0, ROWS).map((row) => line('td', [...Object.values(row), ''])),
  );
}

/** Prints a handout of what a demo shows. @param {any} demo */
export async function handout(demo) {
  const positions = chosenSteps(demo.trace.stepCount);
  const images = await scenesOf(demo, positions);
  const figures = images.map((image, i) =>
    element('figure', image, element('figcaption', positions[i] ? `after step ${positions[i]}` : 'at the start')),
  );
  const answers = element('section', element('h2', 'What do you expect? Write it down before you look.'));
  answers.append(...Array.from({ length: 5 }, () => element('hr')));
  const paper = element(
    'doorbell-handout',
    element('h1', document.title),
    ...(demo.question ? [element('p', demo.question)] : []),
    element('pre', demo.shown),
    answers,
    ...figures,
    element('h2', 'What happened'),
    tableOf(demo),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, /** @type {any} */ (sheet).styleSheet];
  document.body.append(paper);
  const clear = () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (each) => each !== /** @type {any} */ (sheet).styleSheet,
    );
  };
  addEventListener('afterprint', clear, { once: true });
  print();
}
