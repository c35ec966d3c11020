// A message is a copy, made when it is sent.
// Source: HTML, StructuredSerializeWithTransfer in postMessage
const { port1, port2 } = new MessageChannel();
const box = { state: 'sent' };
port2.onmessage = ({ data }) => {
  console.log(data.state, data === box);
  port2.close();
};
port1.postMessage(box);
box.state = 'changed';
