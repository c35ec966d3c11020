// A timer that throws is followed by the next one of its list: ticks, microtasks and rejections wait for that.
// Source: Node.js, Process: 'uncaughtException'; src/env.cc: RunTimers; lib/internal/timers.js: listOnTimeout
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const queue = (name) => {
  process.nextTick(() => console.log('tick of', name));
  queueMicrotask(() => console.log('microtask of', name));
  Promise.reject(name);
};
setTimeout(() => {
  queue('first');
  throw 1;
}, 1);
setTimeout(() => console.log('second'), 1);
setTimeout(() => console.log('third'), 1);
const until = performance.now() + 5;
while (performance.now() < until);
