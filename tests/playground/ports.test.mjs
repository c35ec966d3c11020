// A port is a task source of its own (HTML 9.4.4): its messages keep their order, and no other one's. What Chromium
// does of all that is allowed is in programs/browser/ports-take-turns.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPlayground } from '../../web/playground/play.mjs';

const playground = await loadPlayground();
const host = 'browser';
const allows = (program, lines) => playground.allows(program, { host }, lines.split(', '));

const SEND = `const sender = (name) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => console.log(name + data);
  return port2;
};
addEventListener('message', ({ data }) => console.log('w' + data));
`;
const TWO_PORTS = `${SEND}const a = sender('a');
const b = sender('b');
a.postMessage(1);
b.postMessage(1);
postMessage(1, '*');
a.postMessage(2);
b.postMessage(2);
`;

test('two ports and the window are open to each other, as three engines have it', () => {
  assert.equal(allows(TWO_PORTS, 'a1, b1, w1, a2, b2'), true); // Chromium and Firefox
  assert.equal(allows(TWO_PORTS, 'w1, a1, a2, b1, b2'), true); // WebKit
  assert.equal(allows(TWO_PORTS, 'w1, b1, b2, a1, a2'), true); // WebKit, at other times
});

test('the messages of one port keep their order', () => {
  assert.equal(allows(TWO_PORTS, 'a2, a1, b1, w1, b2'), false);
  assert.equal(allows(TWO_PORTS, 'a1, b2, b1, w1, a2'), false);
});

test('a step that another port could have had says so, and names both ports', () => {
  const { trace } = playground.run(TWO_PORTS, { host });
  assert.match(
    trace.step(1).reason,
    /^No guarantee: message \(line 9\) is a task of port1 \(line 2\)\. A task of another source waits too, and a browser/,
  );
  const apart = 'const a = new MessageChannel();\nconst b = new MessageChannel();\n'.concat(
    ...['a', 'b'].map((name) => `${name}.port2.onmessage = () => {};\n${name}.port1.postMessage(0);\n`),
  );
  assert.match(
    playground.run(apart, { host }).trace.step(1).reason,
    /^No guarantee: message \(line 4\) is a task of port2 \(line 1\), message \(line 6\) one of port2 \(line 2\), and a/,
  );
});

/** More than the core has sources for. */
const MANY = 40;

test('of more ports than there are sources for, each keeps its order, and every message comes', () => {
  const program = `${SEND}const senders = Array.from({ length: ${MANY} }, (_, i) => sender(i + ':'));
for (const n of [1, 2, 3]) for (const one of senders) one.postMessage(n);
setTimeout(() => senders[0].postMessage(4), 1);
`;
  const lines = playground.run(program, { host }).console.map(({ text }) => text.trim());
  assert.equal(lines.length, 3 * MANY + 1);
  for (let i = 0; i < MANY; i++) {
    const its = lines.filter((line) => line.startsWith(`${i}:`)).map((line) => line.split(':')[1]);
    assert.deepEqual(its, i === 0 ? ['1', '2', '3', '4'] : ['1', '2', '3']);
  }
});

test('a source goes on to the next port when its port has no message on its way', () => {
  const program = `for (let i = 0; i < ${MANY}; i++) {
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
}
${SEND}sender('a').postMessage(1);
postMessage(1, '*');
`;
  assert.equal(playground.allows(program, { host, module: true }, ['a1', 'w1']), true);
  assert.equal(playground.allows(program, { host, module: true }, ['w1', 'a1']), true);
});
