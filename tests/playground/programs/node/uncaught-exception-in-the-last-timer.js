// After the last timer ticks, microtasks and rejections come though it threw, and before the immediates.
// Source: Node.js, Process: 'uncaughtException'; src/env.cc: RunTimers
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const queue = (name) => {
  process.nextTick(() => console.log('tick of', name));
  queueMicrotask(() => console.log('microtask of', name));
  Promise.reject(name);
};
setTimeout(() => {
  queue('timer');
  setImmediate(() => console.log('immediate'));
  throw 1;
}, 1);
const until = performance.now() + 5;
while (performance.now() < until);
