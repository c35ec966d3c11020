// What a program's comments say of the world around it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLES } from '../../web/playground/host/samples.js';
import { worldOf } from '../../web/playground/host/world.js';
import { loadPlayground } from '../../web/playground/play.mjs';
import { printed as snippets } from '../printed.mjs';

const playground = await loadPlayground();
playground.limits = { ...playground.limits, ms: 60_000 }; // of a machine that is busy with other tests
const run = (source, host) => playground.run(source, { host });
const printed = (source, host = 'browser') =>
  run(source, host)
    .console.map(({ text }) => text)
    .join('')
    .split('\n')
    .slice(0, -1);

test('what each line says', () => {
  const source = `//@ click #save at 20 ms
  //@ keydown document at 2.5
//@ reply /user after 30 ms {"name":"Ann"}
//@ reply /none after 5 status 404 no such user
//@ reply /bad after 0 ms fails
// click #save at 20 ms is said to nobody`;
  assert.deepEqual(worldOf(source, 'browser'), {
    happenings: [
      { type: 'click', target: '#save', at: 20 },
      { type: 'keydown', target: 'document', at: 2.5 },
    ],
    replies: {
      '/user': { delay: 30, fails: false, status: 200, body: '{"name":"Ann"}' },
      '/none': { delay: 5, fails: false, status: 404, body: 'no such user' },
      '/bad': { delay: 0, fails: true, status: 200, body: '' },
    },
    files: {},
  });
  assert.deepEqual(worldOf('//@ file a/b.txt one\\ntwo\n//@ file empty', 'node').files, {
    'a/b.txt': 'one\ntwo',
    empty: '',
  });
});

test('a sample of each is understood', () => {
  for (const { host, text } of Object.values(SAMPLES)) assert.doesNotThrow(() => worldOf(text, host));
});

test('what is not understood, or is of the other host, is told with its line', () => {
  const wrong = (source, host) => {
    try {
      run(source, host);
    } catch ({ line, message }) {
      return `${line}: ${message}`;
    }
    return '';
  };
  assert.match(
    wrong('0;\n//@ clack', 'browser'),
    /^2: this says nothing of the world .*; write \/\/@ click #button at 20 ms, or /,
  );
  assert.match(wrong('//@ click #a at noon', 'browser'), /^1: this says nothing/);
  assert.equal(wrong('//@ click #a at 1 ms', 'node'), '1: click is for host browser');
  assert.equal(wrong('\n\n//@ file a b', 'browser'), '3: file is for host node');
});

const ELEMENTS = `const outer = document.createElement('div');
const inner = document.createElement('div');
inner.id = 'inner';
outer.append(inner);
document.body.append(outer);
function onClick() {
  console.log('click');
  setTimeout(() => console.log('timeout'), 0);
  Promise.resolve().then(() => console.log('promise'));
  outer.setAttribute('data-random', Math.random());
}
new MutationObserver(() => console.log('mutate')).observe(outer, { attributes: true });
inner.addEventListener('click', onClick);
outer.addEventListener('click', onClick);
`;

test('a click: microtasks run between its listeners; a click by code has none there', () => {
  assert.deepEqual(
    printed(`//@ click #inner at 20 ms\n${ELEMENTS}`),
    'click promise mutate click promise mutate timeout timeout'.split(' '),
  );
  assert.deepEqual(
    printed(`${ELEMENTS}inner.click();`),
    'click click promise mutate promise timeout timeout'.split(' '),
  );
});

test('a click is nobody’s: it comes at its time, and each listener has a step that says why it goes on', () => {
  const { trace } = run(`//@ click #inner at 20 ms\n${ELEMENTS}`, 'browser');
  const steps = Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));
  const clicks = steps.filter(({ event }) => trace.event(event).name === 'click #inner');
  assert.deepEqual(
    clicks.map(({ time, event }) => [time, trace.event(event).parent]),
    [
      [20_000, null],
      [20_000, null],
    ],
  );
  assert.match(clicks[0].reason, /slept from 0 to 20 ms\. .* click #inner was the only task\.$/);
  assert.match(
    clicks[1].reason,
    /^No microtask is left of the listener before, .*: click #inner goes on with its next listener\.$/,
  );
});

test('a task is through with its microtasks before its promise is settled, which is a step of its own', () => {
  const { trace } = playground.run('scheduler.postTask(() => queueMicrotask(() => {}))', { host: 'browser' });
  const steps = Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));
  assert.deepEqual(
    steps.map(({ queue }) => queue),
    ['task', 'task', 'microtask', 'task'],
  );
  assert.equal(
    steps[3].reason,
    'No microtask is left of its callback, and nothing else comes in between: the promise of postTask callback (line 1) ' +
      'is settled.',
  );
});

test('a body with an id, and the root, are found too', () => {
  assert.deepEqual(
    printed(`//@ click #page at 1 ms
//@ click html at 2 ms
document.body.id = 'page';
document.documentElement.addEventListener('click', ({ target }) => console.log(target.tagName));`),
    ['BODY', 'HTML'],
  );
});

test('a click where nothing is says so', () => {
  assert.deepEqual(printed('//@ click #nobody at 1 ms'), ['click #nobody: there is no such element then']);
});

test('replies come after their time, with their status; one fails; what is not told of is not found', () => {
  assert.deepEqual(
    printed(`//@ reply /user after 30 ms {"name":"Ann"}
//@ reply /none after 5 ms status 404 no such user
//@ reply /bad after 6 ms fails
const tell = async (reply) => console.log(performance.now() | 0, reply.status, reply.ok, await reply.text());
for (const address of ['/user', '/none', '/bad', '/else'])
  fetch(address).then(tell, (error) => console.log(error.name, error.message));`),
    ['5 404 false no such user', 'TypeError Failed to fetch', '10 404 false ', '30 200 true {"name":"Ann"}'],
  );
});

test('files are there for Node’s fs', () => {
  assert.deepEqual(
    printed(
      `//@ file notes.txt one\\ntwo
require('fs').readFile('notes.txt', 'utf8', (error, text) => console.log(text));`,
      'node',
    ),
    ['one', 'two'],
  );
});

test('the lines that are printed say something, letter for letter', () => {
  const hosts = snippets('world').map(({ text }) =>
    ['browser', 'node'].filter((host) => {
      try {
        const { happenings, replies, files } = worldOf(text, host);
        return happenings.length + Object.keys(replies).length + Object.keys(files).length === text.split('\n').length;
      } catch {
        return false; // it is the other host's
      }
    }),
  );
  assert.deepEqual(hosts, [['browser'], ['node']]);
});

/** The steps of a browser's run: what each is called, and why it came. @param {string} source */
function stepsOf(source) {
  const { trace } = run(source, 'browser');
  const steps = Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));
  return steps.map(({ event, reason }) => [trace.event(event).name, reason]);
}

test('what is aborted or cancelled has no step, and nor has a timeout of what has run', () => {
  const source = `const c = new TaskController();
scheduler.postTask(function gone() {}, { signal: c.signal }).catch(() => {});
scheduler.postTask(function late() {}, { signal: c.signal, delay: 5 }).catch(() => {});
c.abort();
cancelIdleCallback(requestIdleCallback(function never() {}, { timeout: 5 }));
requestIdleCallback(function idle() {}, { timeout: 5 });`;
  const tasks = stepsOf(source).filter(([name]) => !/catch/.test(name));
  assert.deepEqual(
    tasks.map(([name]) => name),
    ['program.js', 'idle'],
  );
});

test('a task whose priority changes is one step', () => {
  const source = `const c = new TaskController({ priority: 'background' });
scheduler.postTask(function moved() {}, { signal: c.signal });
scheduler.postTask(function visible() {});
c.setPriority('user-visible');`;
  assert.deepEqual(
    stepsOf(source).map(([name]) => name),
    ['program.js', 'moved', 'visible'],
  );
});

test('of two tasks of the scheduler’s the one with the higher priority goes first, which is guaranteed', () => {
  const source = `scheduler.postTask(function quiet() {}, { priority: 'background' });
scheduler.postTask(function usual() {});
scheduler.postTask(function another() {});`;
  const [, [, first], [, second], [, last]] = stepsOf(source);
  assert.equal(
    first,
    "No microtask waited. Of the scheduler's tasks those with the highest priority go first: usual is user-visible, and " +
      'that of quiet is lower. program.js queued usual.',
  );
  assert.match(second, /: another is user-visible, and that of quiet is lower/);
  assert.equal(last, 'No microtask waited, and quiet was the only task. program.js queued quiet.');
});

test('between a task of the scheduler’s and another source’s the browser may choose, but not one of a lower priority', () => {
  const source = `scheduler.postTask(() => console.log('background'), { priority: 'background' });
scheduler.postTask(() => console.log('visible'));
const { port1, port2 } = new MessageChannel();
port1.onmessage = function message() {
  console.log('message');
};
port2.postMessage('now');`;
  const { outputs, complete } = playground.orders(source, { host: 'browser' });
  assert.ok(complete);
  assert.deepEqual(outputs.map((text) => text.trim().split('\n').join(' ')).sort(), [
    'message visible background',
    'visible background message',
    'visible message background',
  ]);
  const [, [, first], [, second]] = stepsOf(source);
  assert.match(
    first,
    /^No guarantee: postTask callback \(line 2\) is a task of the scheduler, message \(line 7\) one of port1 /,
  );
  assert.match(
    second,
    /^No guarantee: message \(line 7\) is a task of port1 .*, postTask callback \(line 1\) one of the scheduler/,
  );
});

test('the priority that a reason names is the one that the task had then', () => {
  const source = `const c = new TaskController({ priority: 'user-visible' });
scheduler.postTask(function quiet() {}, { signal: c.signal });
scheduler.postTask(function loud() { c.setPriority('user-blocking'); }, { priority: 'user-blocking' });`;
  const [, [, reason]] = stepsOf(source);
  assert.match(reason, /: loud is user-blocking, and that of quiet is lower\./);
});

test('idle callbacks wait until no task does, and then a browser may put them off', () => {
  const source = `requestIdleCallback(function idle() {});
setTimeout(function later() {}, 5);
scheduler.postTask(function task() {}, { priority: 'background' });`;
  const [, [, first], [, second]] = stepsOf(source);
  assert.equal(
    first,
    'No microtask waited, and task goes first: idle is an idle callback, and these wait until no task does. program.js ' +
      'queued task.',
  );
  assert.equal(
    second,
    'No guarantee: no task waited, so idle callbacks may run, and idle does. But a browser may put them off for as long ' +
      'as it likes. program.js queued idle.',
  );
  const { outputs } = playground.orders(source.replace(/(\w+)\(\) \{\}/g, "$1() { console.log('$1'); }"), {
    host: 'browser',
  });
  assert.deepEqual(outputs.map((text) => text.trim().split('\n').join(' ')).sort(), [
    'task idle later',
    'task later idle',
  ]);
});
