// A port can be sent: the receiver gets another object for its end, with the messages that wait there.
// Source: HTML, 9.4.3 Message ports: transfer steps
const { port1, port2 } = new MessageChannel();
port1.postMessage('waits');
addEventListener('message', ({ data, ports }) => {
  console.log(data, ports.length, ports[0] === port2);
  ports[0].onmessage = (event) => {
    console.log(event.data);
    ports[0].postMessage('answer');
  };
});
port1.onmessage = (event) => console.log(event.data);
postMessage('here', '*', [port2]);
setTimeout(() => port1.postMessage('later'), 10);
try {
  port1.postMessage('again', [port2]);
} catch (error) {
  console.log(error.name);
}
const bytes = new Uint8Array(4);
const other = new MessageChannel();
other.port1.onmessage = ({ data }) => console.log(data.length, bytes.length);
other.port2.postMessage(bytes, { transfer: [bytes.buffer] });
console.log(bytes.length);
