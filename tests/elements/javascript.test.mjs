// A scenario written out as JavaScript (web/javascript/javascript.js), and run (web/javascript/run-here.js). Whether
// the order is the model's is asked of real engines in tests/engines/.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { javascriptOf, programOf } from '../../web/javascript/javascript.js';
import { runHere } from '../../web/javascript/run-here.js';
import { openNodeMain } from '../engines/drivers/node.mjs';
import { stepsWithCode } from '../../web/elements/orders/swaps.js';
import { eventLoop, orderOf, stepsOf } from '../doorbell.mjs';

const scenarioOf = (text, host) => eventLoop.loop(text, host).scenario;
const program = (text, host = 'browser') => programOf(scenarioOf(text, host), host);

test('a callback tells its name, acts in order, and then holds the thread', () => {
  assert.equal(
    program(`
timer onTimeout ready 2 takes 0.5
  microtask cleanUp
  timer retry after 3`),
    `setTimeout(() => {
  log('onTimeout');
  queueMicrotask(() => log('cleanUp'));
  setTimeout(() => log('retry'), 3);
  busy(0.5);
}, 2);
`,
  );
});

test('a source with several times is queued for each of them', () => {
  assert.equal(
    program('timer knock ready 1 4'),
    `for (const ms of [1, 4]) {
  setTimeout(() => log('knock'), ms);
}
`,
  );
});

test('promises that settle at the same time are settled by one timer, set before all others', () => {
  assert.equal(
    program('timer t ready 2\npromise a ready 2\npromise b ready 2'),
    `const after2 = new Promise((resolve) => setTimeout(resolve, 2));
after2.then(() => log('a'));
after2.then(() => log('b'));
setTimeout(() => log('t'), 2);
`,
  );
});

test('promise statements are what their words say', () => {
  assert.equal(
    program(`
script main
  promise p
  thenable t
  then onP of p
    return t
  async f
    await p
    microtask m
  catch onErr of onP
  resolve p with t
  resolve p after 2`),
    `{
  log('main');
  const p = pending();
  const t = { then: (resolve) => resolve() };
  const onP = p.then(() => {
    log('onP');
    return t;
  });
  (async () => {
    await p;
    log('f');
    queueMicrotask(() => log('m'));
  })();
  onP.catch(() => log('onErr'));
  p.resolve(t);
  setTimeout(() => {
    log('p');
    p.resolve();
  }, 2);
}
`,
  );
});

test('where something may be rejected, an async function tells that it goes on even if by throwing', async () => {
  const text = 'script main\n  promise p\n  async f\n    await p\n  catch seen of f\n  reject p';
  const ran = await runHere(program(text), { start: setImmediate, socket: setTimeout });
  assert.deepEqual(ran.names, ['main', 'f', 'seen']);
});

/** Every form of every statement that a callback may hold, and what may stand around it. */
const FORMS = [
  ...['microtask', 'timer', 'frame', 'tick', 'immediate'].flatMap((kind) => {
    const form = `${kind} x${kind === 'timer' ? ' after 1' : ''}`;
    return [form, `${form} takes 0.1`, `${form}\n  microtask y`, `${form} forever`];
  }),
  ...['promise q', 'thenable u', 'resolve p', 'resolve p with t', 'resolve p with p', 'resolve p after 1', 'reject p'],
  ...['reject p after 1', 'then x of p', 'catch x of p', 'finally x of p', 'then x of p takes 0.1', 'async g', 'await'],
  ...['await p', 'await t', 'return', 'return p', 'return t', 'throw', 'async g\n  await\n  throw'],
  ...['then x of p\n  return', 'then x of p\n  return t', 'then x of p\n  throw', 'async g\n  return\nawait g'],
  ...['async g\n  async h\n    throw\n  await h', 'async g\n  throw\ncatch x of g\n  microtask y'],
];
const AROUND = [
  '',
  'microtask m',
  'timer m after 1',
  'then m of p',
  'catch m of p',
  'finally m of p',
  'async f',
  'await',
];
const indented = (text, by) => text.replace(/^/gm, ' '.repeat(by));

test('every form of every statement becomes a program that runs, and runs as many callbacks as the model', async () => {
  const listeners = process.listeners('unhandledRejection'); // that nobody handles a rejection is no fault here
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => {});
  const judge = async (text, trace, program) => {
    const { names } = await runHere(program, { start: setImmediate, socket: setTimeout });
    const modelled = stepsWithCode(trace).map((k) => trace.statements[trace.step(k).statement].name);
    assert.deepEqual([...names].sort(), [...modelled].sort(), `${text}\n${program}`);
  };
  for (const form of FORMS) {
    const host = /tick|immediate/.test(form) ? 'node' : 'browser';
    const runs = [];
    let count = 0;
    for (const around of AROUND) {
      for (const settle of ['resolve p', 'reject p']) {
        const head = around === 'await' ? 'async f\n  await' : around;
        const body = head ? `${head}\n${indented(form, 2)}` : form;
        const text = `script main\n${indented(`promise p\nthenable t\n${settle}\n${body}`, 2)}`;
        let trace;
        try {
          trace = eventLoop.loop(text, host);
        } catch {
          continue; // it does not belong there
        }
        count++;
        const program = programOf(trace.scenario, host);
        new Function(`return async () => { ${program} }`); // it can be read
        // A model of Node ends at a rejection; and some things Node has not, or they have no end.
        if (host === 'browser' && !/forever|frame/.test(text)) runs.push(judge(text, trace, program));
      }
    }
    await Promise.all(runs);
    assert.ok(count > 0, form);
  }
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
});

test('what throws out of a program is told, and ends the run at once', async () => {
  const options = { start: setImmediate, socket: setTimeout };
  await assert.rejects(runHere("log('a'); nobody();", options), ReferenceError);
  await assert.rejects(runHere('setTimeout(() => nobody(), 1);', options), ReferenceError);
  await assert.rejects(runHere('return return;', options), SyntaxError);
});

test('any name can be logged, and none clashes with a word of JavaScript', () => {
  const text = 'timer "it\'s\\\\late" ready 1\nscript main\n  promise new\n  promise log\n  resolve new with log';
  assert.equal(
    program(text),
    `setTimeout(() => log('it\\'s\\\\late'), 1);
{
  log('main');
  const new2 = pending();
  const log2 = pending();
  new2.resolve(log2);
}
`,
  );
});

test('what queues itself for ever is a named function that does so', () => {
  assert.match(
    program('script main\n  microtask again forever'),
    /queueMicrotask\(function again\(\) \{\n.*\n.*queueMicrotask\(again\);/,
  );
});

test('a file for Node runs alone, real I/O included, and prints the order of the model', () => {
  const text = `
socket onMessage ready 1
  immediate soon
  timer later after 20
    tick first
    microtask second
script main
  tick t
  microtask m`;
  const names = execFileSync(process.execPath, ['-e', javascriptOf(scenarioOf(text, 'node'), 'node')], {
    encoding: 'utf8',
  });
  assert.deepEqual(names.trim().split('\n'), orderOf(eventLoop.loop(text, 'node')));
});

/** Runs a scenario as a main script of the real Node: what it printed, and its exit code. */
function runFile(text) {
  const file = javascriptOf(scenarioOf(text, 'node'), 'node');
  const { stdout, status } = spawnSync(process.execPath, ['-e', file], { encoding: 'utf8' });
  return { names: stdout.trim().split('\n'), status };
}

/** The same by the model. */
function modelled(text) {
  const trace = eventLoop.loop(text, 'node');
  const steps = stepsOf(trace);
  const ends = steps.at(-1).queue === 'ended';
  const ran = steps.filter(({ isHop, queue }) => !isHop && queue !== 'ended');
  return { names: ran.map(({ statement }) => trace.statements[statement].name), status: ends ? 1 : 0 };
}

test('a rejection that nobody handles ends a file for Node where the model says so, with status 1', () => {
  const endings = [
    'script main\n  promise p\n  reject p\n  timer t after 2',
    'script main\n  promise p\n  reject p\n  microtask m\n    tick n\n  immediate i',
    'script main\n  promise p\n  reject p after 90\n  timer before after 1\n  timer later after 200',
    'script main\n  promise p\n  reject p\n  timer t after 1\n    catch tooLate of p',
    'script main\n  promise p\n  reject p\n  then a of p\n  immediate i',
    'script main\n  async f\n    await\n    throw\n  immediate i',
  ];
  for (const text of endings) {
    const heard = `listener unhandledRejection\n${text}`;
    assert.equal(modelled(text).status, 1, text);
    assert.deepEqual(runFile(text), modelled(text), text);
    assert.equal(modelled(heard).status, 0, heard);
    assert.deepEqual(runFile(heard), modelled(heard), heard);
  }
});

test('a run that would go on for ever is stopped', async () => {
  const options = { start: setImmediate, socket: setTimeout };
  const again = (queue) => `${queue}(function again() { log('again'); ${queue}(again); });`;
  const microtasks = await runHere(again('queueMicrotask'), { ...options, callbacks: 50 });
  assert.equal(microtasks.ended, 'callbacks');
  assert.equal(microtasks.names.length, 50);
  assert.equal((await runHere(again('setImmediate'), { ...options, callbacks: 1e9, time: 20 })).ended, 'time');
});

const HOLDS_UP = 'const until = performance.now() + 20; while (performance.now() < until);';

test('what holds the thread up between two callbacks that are watched makes the run late', async () => {
  const program = `Promise.resolve().then(() => { ${HOLDS_UP} }); queueMicrotask(() => log('a')); setImmediate(() => {});`;
  const { names, late } = await runHere(program, { start: setImmediate, socket: setTimeout });
  assert.deepEqual(names, ['a']);
  assert.ok(late >= 20, `${late} ms`);
});

test('a main script that is held up between two of its timers, in a microtask too, is late', async () => {
  const engine = await openNodeMain();
  const timers = `setTimeout(() => {}, 1); ${HOLDS_UP} setTimeout(() => {}, 1);`;
  const runs = await engine.run([timers, `Promise.resolve().then(() => { ${timers} }); setTimeout(() => {}, 1);`]);
  for (const { late } of runs) assert.ok(late >= 20, `${late} ms`);
  await engine.close();
});

test('a run tells of each callback when it runs, and how late the machine was', async () => {
  const told = [];
  const run = await runHere("log('a'); queueMicrotask(() => log('b'));", {
    start: setImmediate,
    socket: setTimeout,
    log: (name) => told.push(name),
  });
  assert.deepEqual(told, ['a', 'b']);
  assert.deepEqual(run.names, told);
  assert.equal(run.ended, 'done');
  assert.ok(run.late >= 0);
});
