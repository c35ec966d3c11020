// What the README and the pages print to be copied works, letter for letter: scenarios, JavaScript, Python.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { eventLoop, orderOf, traffic } from '../doorbell.mjs';
import { PRINTED, printed } from '../printed.mjs';

/** What a text of JavaScript prints when it is pasted somewhere by itself. */
async function printedBy(text) {
  const lines = [];
  runInNewContext(text, { setTimeout, queueMicrotask, console: { log: (line) => lines.push(line) } });
  await pause(20);
  return lines;
}

test('whatever is printed is of a kind that a test runs', () => {
  assert.deepEqual(
    PRINTED.filter(({ kind }) => !kind),
    [],
  );
});

test('every scenario that is printed runs, and so does each part of it', () => {
  const scenarios = printed('scenario').flatMap(({ file, text }) => [
    { file, text },
    ...text.split(/\n{2,}/).map((text) => ({ file, text })),
  ]);
  for (const { file, text } of scenarios) {
    const isLesson4 = !/^\s*(promise|timer|script|input) /m.test(text);
    const trace = isLesson4 ? traffic.multiplex(text, 'epoll') : eventLoop.loop(text);
    assert.ok(trace.stepCount > 0, `${file}: ${text}`);
  }
});

test('every JavaScript that is printed runs by itself', async () => {
  for (const { file, text } of printed('javascript')) assert.ok((await printedBy(text)).length > 0, `${file}: ${text}`);
});

test('lesson 5 prints what its JavaScript prints', async () => {
  const [{ text }] = printed('javascript');
  assert.deepEqual(await printedBy(text), ['the script ends', 'onResolve', 'onTimeout']);
});

test('lesson 5’s exercise prints in JavaScript what the model says of its scenario', async () => {
  const scenario = PRINTED.findIndex(({ text }) => text.startsWith('script main\n  timer onTimeout'));
  const [{ text }, javascript] = PRINTED.slice(scenario);
  assert.deepEqual(await printedBy(javascript.text), orderOf(eventLoop.loop(text)));
});

/** Two connections, A and B. B has something to read; A gets it when B was handled, or so much later by itself. */
const inPython = (plan, late) => `
import socket, sys, threading
ends = {name: socket.socketpair() for name in 'AB'}
sockets = [end for end, _ in ends.values()]
ring = lambda name: ends[name][1].send(b'!')
order = []
def handle(s, data):
    order.append(next(name for name in ends if ends[name][0] is s))
    if len(order) == 2:
        print(*order)
        sys.exit()
    if order == ['B']:
        ring('A')
ring('B')
${late ? `threading.Timer(${late}, lambda: ring('A')).start()` : ''}
${plan}`;

test('both plans in Python do what is said of them: one waits for A, the other sees B first', () => {
  const [blocking, multiplexed] = printed('python').map(({ text }) => text);
  const run = (program) => execFileSync('python3', ['-c', program], { encoding: 'utf8', timeout: 10_000 }).trim();
  assert.equal(run(inPython(blocking, 0.05)), 'A B');
  assert.equal(run(inPython(multiplexed)), 'B A');
});
