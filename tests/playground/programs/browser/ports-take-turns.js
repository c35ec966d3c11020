// A port tells its first message; and when it has told one, all queue together that have come for it meanwhile.
// Source: HTML, 9.4 Channel messaging: port message queue
const ports = ['a', 'b'].map((name) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    console.log(name, data);
    queueMicrotask(() => console.log('microtask of', name, data));
    if (name === 'a' && data === 1) answer();
  };
  return port2;
});
const [a, b] = ports;
addEventListener('message', ({ data }) => console.log('window', data));
function answer() {
  b.postMessage('from a');
  postMessage('from a', '*');
  a.postMessage('from a');
  Promise.resolve().then(() => {
    postMessage('from a job', '*');
    a.postMessage('from a job');
  });
}
a.postMessage(1);
b.postMessage(1);
postMessage(1, '*');
a.postMessage(2);
b.postMessage(2);
a.postMessage(3);
const [early, late] = ports.map(() => new MessageChannel());
early.port2.postMessage('sent early');
late.port1.onmessage = ({ data }) => console.log(data);
for (const data of ['sent late', 'and another']) late.port2.postMessage(data);
early.port2.postMessage('and another, early');
early.port1.onmessage = ({ data }) => console.log(data);
setTimeout(() => {
  console.log('timer');
  a.postMessage('from a timer');
  b.postMessage('from a timer');
  a.postMessage('from a timer, 2');
}, 5);
