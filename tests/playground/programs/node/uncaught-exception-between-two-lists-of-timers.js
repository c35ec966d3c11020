// Between timers of two delays ticks come, though the last of the first list threw.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/timers.js: processTimers
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const queue = (name) => {
  process.nextTick(() => console.log('tick of', name));
  queueMicrotask(() => console.log('microtask of', name));
  Promise.reject(name);
};
setTimeout(() => {
  queue('first list');
  throw 1;
}, 1);
setTimeout(() => console.log('second list'), 2);
const until = performance.now() + 5;
while (performance.now() < until);
