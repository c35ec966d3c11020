// A port's messages wait until it is started, and a closed port gets no more.
// Source: HTML, 9.4.3 Message ports
const { port1, port2 } = new MessageChannel();
port1.addEventListener('message', ({ data }) => console.log('port1', data));
port2.postMessage('waits');
setTimeout(() => {
  console.log('start');
  port1.start();
}, 10);
setTimeout(() => {
  port1.close();
  port2.postMessage('lost');
}, 20);
setTimeout(() => console.log('end'), 40);
const other = new MessageChannel();
other.port1.onmessage = ({ data, target, ports }) => {
  console.log(data.map((n) => n + 1).join(), target === other.port1, ports.length);
};
const sent = [1, 2];
other.port2.postMessage(sent);
sent.push(3);
