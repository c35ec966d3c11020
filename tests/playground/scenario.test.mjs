// A run as the scenario of what it did: the core plays it, and gives the same callbacks, at the same times, from the
// same queues.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { recordingOf } from '../../web/playground/player/record.js';
import { scenarioOf } from '../../web/playground/player/scenario.js';
import { loadPlayground } from '../../web/playground/play.mjs';
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';
import { randomPrograms } from './random-programs.mjs';

const PROGRAMS = new URL('programs/', import.meta.url);
const playground = await loadPlayground();

/** @param {string} source @param {{ host: 'node' | 'browser', module?: boolean }} options */
async function play(source, options) {
  await playground.ready;
  const run = playground.run(source, options);
  const recording = recordingOf(run, options.host);
  playground.recycle(run);
  return { recording, scenario: scenarioOf(recording) };
}

/** When each callback ran, from which queue, and what it is called. */
const ofRun = ({ steps, events }) => steps.map(({ time, queue, event }) => [time, queue, events[event].name].join(' '));
const ofScenario = (text, host) => {
  const trace = eventLoop.loop(text, host);
  const steps = stepsOf(trace);
  eventLoop.recycle(trace);
  return steps.map(({ time, queue, statement }) => [time, queue, trace.statements[statement].name].join(' '));
};

/** Is it said, and the same? */
async function isSaid(source, options) {
  const { recording, scenario } = await play(source, options);
  if (!('text' in scenario)) return false;
  assert.deepEqual(ofScenario(scenario.text, options.host), ofRun(recording), `${source}\n${scenario.text}`);
  return true;
}

/** What has queues that a scenario has not. */
const OWN_QUEUES = /\bscheduler\.|requestIdleCallback/;

for (const [folder, host] of /** @type {const} */ ([
  ['node', 'node'],
  ['open', 'node'],
  ['browser', 'browser'],
])) {
  test(`${folder}/: the scenario of what a program did does the same`, async () => {
    const names = readdirSync(new URL(`${folder}/`, PROGRAMS));
    let said = 0;
    let others = 0;
    for (const name of names) {
      const source = readFileSync(new URL(`${folder}/${name}`, PROGRAMS), 'utf8');
      if (await isSaid(source, { host, module: name.endsWith('.mjs') })) said++;
      else if (!OWN_QUEUES.test(source)) others++;
    }
    assert.ok(said > others, `${said} can be said, and ${others} not`);
  });
}

for (const isModule of [false, true]) {
  test(`random ${isModule ? 'modules' : 'scripts'}: the scenario of what a program did does the same`, async (t) => {
    let said = 0;
    const numRuns = 150;
    const program = randomPrograms({ host: 'node', isModule, unit: 1 });
    const check = fc.asyncProperty(program, async (source) => {
      if (await isSaid(source, { host: 'node', module: isModule })) said++;
    });
    const options = replayable(t, numRuns);
    await fc.assert(check, options);
    if (!options.path) assert.ok(said > numRuns / 3, `${said} of ${numRuns} can be said`);
  });
}

test('the scenario of a script, word for word', async () => {
  const source = `function load() { setTimeout(() => console.log('a "b"'), 4); }
setTimeout(load, 2.5);
Promise.resolve().then(() => {});
document.body.id = 'save';
document.body.onclick = () => queueMicrotask(() => {});
//@ click #save at 7 ms
`;
  const { scenario } = await play(source, { host: 'browser' });
  assert.deepEqual(scenario, {
    text: `script "program.js" ready 0
  timer "load" after 2
    timer "setTimeout callback (line 1)" after 4
  microtask "then callback (line 3)"
input "click #save" ready 7
  microtask "queueMicrotask callback (line 5)"
`,
  });
});

const UNSAID = {
  "process.on('exit', () => {});": [0, /^process\.on\('exit'\) is called between two callbacks/, 'node'],
  'setTimeout(() => {}, 1);\nprocess.exit();': [0, /^the process ended early/, 'node'],
  'while (true) {}': [0, /^the run was stopped: .*loop/, 'node'],
  '\nconst { port1, port2 } = new MessageChannel();\nport1.onmessage = () => {};\nport2.postMessage(1);': [
    4,
    /comes from a queue of its own kind/,
    'browser',
  ],
  'const t = performance.now();\nwhile (performance.now() < t + 2);\nsetTimeout(() => {}, 5);': [
    3,
    /after its callback had taken time/,
    'browser',
  ],
  'for (let i = 0; i < 400; i++) queueMicrotask(() => {});': [0, /^more than 300 callbacks ran/, 'node'],
  'let n = 0;\n(function again() { if (n++ < 290) setTimeout(again, 1); })();': [2, /more than 256 deep/, 'node'],
};
for (const [source, [line, why, host]] of Object.entries(UNSAID)) {
  test(`what no scenario can say is said, with its line: ${why}`, async () => {
    const { scenario } = await play(source, { host: /** @type {'node' | 'browser'} */ (host) });
    assert.ok('unsaid' in scenario);
    assert.equal(scenario.unsaid[0].line, line);
    assert.match(scenario.unsaid[0].why, /** @type {RegExp} */ (why));
  });
}
