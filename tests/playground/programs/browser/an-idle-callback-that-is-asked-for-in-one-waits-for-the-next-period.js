// What is asked for in an idle period waits for the next one, which begins when no task waits.
// Source: requestIdleCallback, "start an idle period algorithm"
requestIdleCallback(() => {
  console.log('first');
  requestIdleCallback(() => console.log('of the next period'));
});
requestIdleCallback(() => {
  console.log('second');
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => console.log('message');
  port2.postMessage(0);
});
cancelIdleCallback(requestIdleCallback(() => console.log('never')));
console.log('script end');
