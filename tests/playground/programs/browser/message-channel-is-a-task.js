// A message to a port is a task: it comes after the microtasks, in the order of sending.
// Source: HTML, 9.4 Channel messaging: message port post message steps
const { port1, port2 } = new MessageChannel();
port2.onmessage = ({ data }) => {
  console.log('message', data);
  Promise.resolve().then(() => console.log('microtask of', data));
  if (data === 2) port2.close();
};
port1.postMessage(1);
port1.postMessage(2);
Promise.resolve().then(() => console.log('microtask'));
console.log('script end');
