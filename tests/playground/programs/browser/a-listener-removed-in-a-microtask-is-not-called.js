// Between two listeners of a message microtasks run: a listener that one of them removes is not called any more.
// Source: DOM 2.9, "inner invoke": removed; HTML 8.1.4.4, "clean up after running script"
const { port1, port2 } = new MessageChannel();
const second = () => console.log('never');
port2.addEventListener('message', () => {
  console.log('first');
  queueMicrotask(() => {
    console.log('microtask');
    port2.removeEventListener('message', second);
  });
});
port2.addEventListener('message', second);
port2.addEventListener('message', () => {
  console.log('third');
  port2.close();
});
port2.start();
port1.postMessage('it');
