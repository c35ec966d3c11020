// A message that comes while a port tells one has its task before what is posted while the port tells the next.
// Source: HTML, 9.4 Channel messaging: port message queue
const [here, there] = [new MessageChannel(), new MessageChannel()];
here.port1.onmessage = ({ data }) => {
  console.log('here', data);
  if (data === 2) here.port2.postMessage('while 2 is told');
  if (data === 3) there.port2.postMessage('while 3 is told');
};
there.port1.onmessage = ({ data }) => console.log('there', data);
for (const data of [1, 2, 3]) here.port2.postMessage(data);
