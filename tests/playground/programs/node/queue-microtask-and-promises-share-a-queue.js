// queueMicrotask and promise callbacks share one queue, in order.
// Source: HTML, queue a microtask; ECMAScript 9.5.5 HostEnqueuePromiseJob
Promise.resolve().then(() => console.log(1));
queueMicrotask(() => console.log(2));
(async () => {
  await null;
  console.log(3);
})();
queueMicrotask(() => console.log(4));
