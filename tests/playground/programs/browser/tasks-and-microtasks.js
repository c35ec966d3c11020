// A script runs to its end, then all microtasks, then the next task.
// Source: HTML, event loop processing model
console.log('script start');
setTimeout(() => {
  console.log('timer 1');
  Promise.resolve().then(() => console.log('microtask of timer 1'));
}, 0);
setTimeout(() => console.log('timer 2'), 0);
queueMicrotask(() => console.log('microtask'));
console.log('script end');
